//! Editors, as the command line makes them and as their browsers sign them in.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use daybook::desk::{Role, command};
use totp_rs::{Builder, Secret};

use super::{Page, TestApp};

/// What every editor of a test has as the password.
pub(crate) const PASSWORD: &str = "marsh kettle obvious tin";

/// A browser at the desk: it keeps cookies as browsers do, and follows nothing
/// by itself.
#[derive(Clone)]
pub(crate) struct Browser<'a> {
    app: &'a TestApp,
    pub(crate) cookies: BTreeMap<String, String>,
    headers: Vec<(&'static str, String)>,
}

/// A browser in which an editor has signed in.
#[derive(Clone)]
pub(crate) struct SignedIn<'a> {
    pub(crate) browser: Browser<'a>,
    pub(crate) email: String,
    /// `E-…`
    pub(crate) id: String,
    /// Goes into the field `csrf` of forms.
    pub(crate) csrf: String,
    /// The secret of the authenticator, in base 32.
    pub(crate) secret: String,
    pub(crate) recovery_codes: Vec<String>,
}

impl TestApp {
    /// A browser without any cookie.
    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser {
            app: self,
            cookies: BTreeMap::new(),
            headers: Vec::new(),
        }
    }

    /// A new editor, signed in with both factors.
    pub(crate) async fn sign_in_editor(&self) -> SignedIn<'_> {
        self.sign_in_new(Role::Editor).await
    }

    /// A new admin, signed in with both factors.
    pub(crate) async fn sign_in_admin(&self) -> SignedIn<'_> {
        self.sign_in_new(Role::Admin).await
    }

    /// Adds an editor as `daybook editor add` does and gives the path of the
    /// invitation.
    pub(crate) fn invite(&self, email: &str, role: Role) -> String {
        let url = command::add(self.config(), email, "Ada Lovelace", role).unwrap();
        let (_, path) = url.split_once("/desk/").unwrap();
        format!("/desk/{path}")
    }

    async fn sign_in_new(&self, role: Role) -> SignedIn<'_> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let email = format!("editor{number}@example.org");
        let link = self.invite(&email, role);
        self.accept(&email, &link).await
    }

    /// Follows an invitation to its end.
    pub(crate) async fn accept(&self, email: &str, link: &str) -> SignedIn<'_> {
        let mut browser = self.browser();
        let page = browser.get(link).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let fields = [("password", PASSWORD), ("again", PASSWORD)];
        let answer = browser.submit(&page, &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let page = browser.get(answer.header("location")).await;
        let secret = page.one(".account__secret").text.replace(' ', "");
        let code = code_of(&secret, 0);
        let codes = browser.submit(&page, &[("code", &code)]).await;
        assert_eq!(codes.status, 200, "{}", codes.text());
        let recovery_codes = codes.texts(".account__codes li");
        let inbox = browser.get("/desk").await;
        assert_eq!(inbox.status, 200, "{}", inbox.text());
        let id = self.database.lines(&format!(
            "SELECT id AS line FROM editors WHERE email = '{email}'"
        ));
        SignedIn {
            csrf: inbox.one("form input[name=csrf]").attribute("value"),
            browser,
            email: email.to_owned(),
            id: id[0].clone(),
            secret,
            recovery_codes,
        }
    }
}

impl<'a> Browser<'a> {
    /// Sends a header with every request from now on.
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Browser<'a> {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) async fn get(&mut self, path: &str) -> Page {
        let request = self.app.client().get(self.app.url(path));
        self.send(request).await
    }

    /// POST of form fields, as they are.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self.app.client().post(self.app.url(path)).form(fields);
        self.send(request).await
    }

    /// The same browser, led to another instance.
    pub(crate) fn at<'b>(&self, app: &'b TestApp) -> Browser<'b> {
        Browser {
            app,
            cookies: self.cookies.clone(),
            headers: self.headers.clone(),
        }
    }

    /// Any method, without a body.
    pub(crate) async fn request(&mut self, method: &str, path: &str) -> Page {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = self.app.client().request(method, self.app.url(path));
        self.send(request).await
    }

    /// Fills in the only form in the main part of a page, and sends it.
    pub(crate) async fn submit(&mut self, page: &Page, fields: &[(&str, &str)]) -> Page {
        let action = page.one("main form").attribute("action");
        let hidden = page.all("main form input[type=hidden]");
        let hidden: Vec<(String, String)> = hidden
            .iter()
            .map(|input| (input.attribute("name"), input.attribute("value")))
            .collect();
        let mut all: Vec<(&str, &str)> = Vec::new();
        all.extend(
            hidden
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        all.extend(fields);
        self.post(&action, &all).await
    }

    /// The first step of signing in.
    pub(crate) async fn give_password(&mut self, email: &str, password: &str) -> Page {
        let page = self.get("/desk/sign-in").await;
        let fields = [("email", email), ("password", password)];
        self.submit(&page, &fields).await
    }

    /// The second step of signing in.
    pub(crate) async fn give_code(&mut self, code: &str) -> Page {
        let page = self.get("/desk/sign-in/code").await;
        assert_eq!(page.status, 200, "{}", page.text());
        self.submit(&page, &[("code", code)]).await
    }

    async fn send(&mut self, mut request: reqwest::RequestBuilder) -> Page {
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header("cookie", pairs.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let page = Page::read(request.send().await.unwrap()).await;
        for cookie in page.headers.get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        page
    }
}

impl SignedIn<'_> {
    /// POST of form fields with the proof that the form is one of ours.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.csrf.clone();
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend(fields);
        self.browser.post(path, &all).await
    }

    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.browser.get(path).await
    }
}

/// The code that an authenticator shows so many steps of half a minute from
/// now.
pub(crate) fn code_of(secret: &str, steps: i64) -> String {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(now.checked_add_signed(30 * steps).unwrap())
        .to_string()
}
