//! The first step of signing in, and signing out.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::office::{Office, retry_after};
use super::passwords::Passwords;
use super::queries::{self, failures};
use super::throttle::Counters;
use crate::desk::gate::{Desk, Fields, Stage, Visitor, queries as gate};
use crate::error::AppError;
use crate::paths;
use crate::site::shell::Shell;

const WRONG: &str = "The address and the password do not belong together, or there is no such \
    account. Please try again.";
const ENDED: &str = "You were signed out before the form was sent, so it was not. Sign in, then go \
    back in your browser twice: what you wrote may still be there.";

/// The page.
#[derive(Template)]
#[template(path = "desk/accounts/sign-in.html")]
struct SignInPage {
    shell: Shell,
    csrf: String,
    action: &'static str,
    forgotten_href: &'static str,
    next: String,
    email: String,
    notice: Option<&'static str>,
    error: Option<String>,
}

/// What the address of the page may say.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
    /// The page of the desk that was wanted.
    next: Option<String>,
    /// A form was sent after the session had ended.
    ended: Option<String>,
}

/// Shows the form.
pub(super) async fn open(
    office: Office,
    visitor: Visitor,
    asked: Option<web::Query<Asked>>,
) -> Result<HttpResponse, AppError> {
    let asked = asked.map(web::Query::into_inner).unwrap_or_default();
    let mut page = SignInPage::new(&office, &visitor, asked.next.as_deref().unwrap_or_default());
    page.notice = asked.ended.map(|_| ENDED);
    visitor.greet(office.page(StatusCode::OK, &page)?)
}

/// Takes an address and a password.
pub(super) async fn enter(
    office: Office,
    visitor: Visitor,
    fields: Fields,
) -> Result<HttpResponse, AppError> {
    let mut page = SignInPage::new(&office, &visitor, fields.text("next"));
    page.email = fields.text("email").to_owned();
    let email = page.email.to_lowercase();
    let found = {
        let email = email.clone();
        office
            .db
            .read(move |conn| queries::by_email(conn, &email))
            .await?
    };
    let counters = Counters::password(
        &office.key,
        &email,
        office.client,
        found.as_ref().map(|editor| editor.id.as_str()),
        office.known.as_ref(),
    );
    if let Some((sentence, seconds)) = office.wait(&counters).await? {
        page.error = Some(sentence);
        let response = office.page(StatusCode::TOO_MANY_REQUESTS, &page)?;
        return Ok(retry_after(response, seconds));
    }
    let editor = found.filter(|editor| editor.disabled_at.is_none());
    let kept = editor.as_ref().map(|editor| editor.password.clone());
    let password = fields.raw("password");
    let is_right = office.passwords.is_right(password, kept).await?;
    let Some(editor) = editor.filter(|_| is_right) else {
        page.error = Some(WRONG.to_owned());
        return office.page(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let rehashed = if Passwords::is_outdated(&editor.password) {
        Some(office.passwords.hash(password).await?)
    } else {
        None
    };
    let next = Some(page.next).filter(|next| !next.is_empty());
    let (old, device, now) = (visitor.secret, office.device.clone(), office.now);
    let secret = office
        .db
        .write(move |conn| {
            failures::clear(conn, &counters.0)?;
            if let Some(rehashed) = rehashed {
                queries::rehash(conn, &editor.id, &rehashed)?;
            }
            gate::begin(conn, &old, &editor.id, Stage::Password, next, &device, now)
        })
        .await?;
    let cookie = office.cookies.session(&secret);
    Ok(Office::see(paths::desk::SECOND_FACTOR, &[cookie]))
}

/// Ends the session, and lets the browser forget all that it holds of the
/// desk. The browser stays known.
pub(super) async fn leave(
    office: Office,
    request: HttpRequest,
    desk: Desk,
    _fields: Fields,
) -> Result<HttpResponse, AppError> {
    let (editor, session) = (desk.editor.id, desk.session);
    office
        .db
        .write(move |conn| gate::end_one(conn, &editor, &session))
        .await?;
    let mut response = Office::see(paths::desk::SIGN_IN, &[]);
    if let Some(mut cookie) = office
        .cookies
        .secret(&request)
        .map(|secret| office.cookies.session(&secret))
    {
        cookie.make_removal();
        response
            .add_cookie(&cookie)
            .map_err(|error| AppError::Internal(error.into()))?;
    }
    // Not the cookies: by one of them the browser stays known.
    response.headers_mut().insert(
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(response)
}

impl SignInPage {
    fn new(office: &Office, visitor: &Visitor, next: &str) -> SignInPage {
        SignInPage {
            shell: office.shell(paths::desk::SIGN_IN, "Sign in"),
            csrf: visitor.csrf(),
            action: paths::desk::SIGN_IN,
            forgotten_href: paths::desk::FORGOTTEN,
            next: Some(next)
                .filter(|next| paths::desk::is_inside(next))
                .unwrap_or_default()
                .to_owned(),
            email: String::new(),
            notice: None,
            error: None,
        }
    }
}
