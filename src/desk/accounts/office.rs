//! What every handler of the door and of the accounts works with.

use std::future::{Ready, ready};
use std::net::IpAddr;
use std::sync::Arc;

use actix_web::cookie::Cookie;
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{LOCATION, RETRY_AFTER, USER_AGENT};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use askama::Template;

use super::device;
use super::passwords::Passwords;
use super::throttle::{self, Counters};
use crate::articles::model::site_moment;
use crate::config::{Config, SecretKey};
use crate::db::Db;
use crate::desk::gate::{self, Cookies, Known};
use crate::error::AppError;
use crate::mail::Letterhead;
use crate::paths;
use crate::site::shell::{Identity, Shell};
use crate::site::{self, CachePolicy, client};

/// The instance, and who asks.
pub(super) struct Office {
    pub(super) db: web::Data<Db>,
    pub(super) key: web::Data<SecretKey>,
    pub(super) passwords: web::Data<Passwords>,
    pub(super) cookies: Cookies,
    pub(super) site: Arc<Identity>,
    pub(super) client: IpAddr,
    /// The editor whose browser this is known to be.
    pub(super) known: Option<Known>,
    /// Browser and system in words.
    pub(super) device: String,
    /// Epoch milliseconds, UTC.
    pub(super) now: i64,
    config: web::Data<Config>,
}

impl Office {
    /// The frame of a page of the door.
    pub(super) fn shell(&self, path: &str, title: &str) -> Shell {
        Shell::new(&self.site, path)
            .title(title)
            // The addresses of some of these pages are secrets.
            .report(paths::CONTACT)
            .unlisted()
    }

    /// What mails say of the site.
    pub(super) fn letterhead(&self) -> Letterhead {
        Letterhead::of(&self.config)
    }

    /// A page as an answer that nobody keeps.
    pub(super) fn page<T: Template>(
        &self,
        status: StatusCode,
        page: &T,
    ) -> Result<HttpResponse, AppError> {
        site::page_with_status(status, page, CachePolicy::NoStore)
    }

    /// Leads to another page after a form, with new cookies.
    pub(super) fn see(path: &str, cookies: &[Cookie<'_>]) -> HttpResponse {
        let mut response = HttpResponse::SeeOther();
        response.insert_header((LOCATION, path));
        for cookie in cookies {
            response.cookie(cookie.clone());
        }
        response.finish()
    }

    /// Counts a guess before it is looked at; `Some` is a sentence that says
    /// how long to wait instead, and the seconds.
    pub(super) async fn wait(
        &self,
        counters: &Counters,
    ) -> Result<Option<(String, u64)>, AppError> {
        let taken = throttle::take(&self.db, counters, self.now).await?;
        Ok(taken.err().map(|seconds| {
            let words = site::wait_words(seconds);
            let sentence = format!(
                "There were too many wrong attempts, so nothing is looked at for a while. Please \
                 try again in {words}."
            );
            (sentence, seconds)
        }))
    }

    /// A moment in words, by the clock of the site.
    pub(super) fn moment(&self, milliseconds: i64) -> String {
        let (words, _) = site_moment(milliseconds, &self.config.time_zone, self.config.date_style);
        words
    }

    /// What others know of somebody, which makes a poor password.
    pub(super) fn about(&self, email: &str, name: &str) -> Vec<String> {
        let local = email.split('@').next().unwrap_or(email);
        [email, local, name, &self.site.name]
            .map(str::to_owned)
            .to_vec()
    }
}

/// Says in a header too how long to wait.
pub(super) fn retry_after(mut response: HttpResponse, seconds: u64) -> HttpResponse {
    response.headers_mut().insert(RETRY_AFTER, seconds.into());
    response
}

impl FromRequest for Office {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let office = of(request).ok_or_else(|| {
            let error = anyhow::anyhow!("the desk was registered without what it needs");
            AppError::Internal(error).into()
        });
        ready(office)
    }
}

fn of(request: &HttpRequest) -> Option<Office> {
    let config: &web::Data<Config> = request.app_data()?;
    let key: &web::Data<SecretKey> = request.app_data()?;
    let site: &web::Data<Identity> = request.app_data()?;
    let cookies = Cookies::of(&config.base_url);
    let now = gate::now();
    let agent = request.headers().get(USER_AGENT);
    let agent = agent.and_then(|agent| agent.to_str().ok()).unwrap_or("");
    Some(Office {
        db: request.app_data::<web::Data<Db>>()?.clone(),
        key: key.clone(),
        passwords: request.app_data::<web::Data<Passwords>>()?.clone(),
        cookies,
        site: site.clone().into_inner(),
        client: client::of(request, &config.trusted_proxies),
        known: cookies.is_known(request, key, now),
        device: device::in_words(agent),
        now,
        config: config.clone(),
    })
}
