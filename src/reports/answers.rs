//! How a form is answered: with the way to its receipt, or with itself and a
//! sentence that says why it was not kept yet. Also what the pages behind secret
//! addresses have in common.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue, REFERRER_POLICY, RETRY_AFTER};
use askama::Template;

use super::form::Entered;
use super::intake::Intake;
use super::pages::{NewPage, Return};
use super::spam::limits::Wait;
use super::subject::Subject;
use super::token::Token;
use crate::db::DbError;
use crate::error::AppError;
use crate::paths;
use crate::site::shell::{Identity, Shell};
use crate::site::{self, CachePolicy};

/// Seconds after which a database that cannot answer is worth another try.
const TRY_AGAIN: u64 = 5;

const UNAVAILABLE: &str = "Your words could not be kept just now, and nothing of them is lost: \
    they are all below. Please send them again in a minute.";
const OWN_FAULT: &str = "Your words could not be kept because of a fault of ours, which has been \
    noted. They are all below; please send them again later.";

/// A page behind a secret address whose time is over; it answers 410.
#[derive(Template)]
#[template(path = "reports/ended.html")]
pub(super) struct EndedPage {
    shell: Shell,
    heading: &'static str,
    sentence: &'static str,
    ledger: &'static str,
}

impl EndedPage {
    /// Says in a sentence what is over, and what is not.
    pub(super) fn new(
        site: &Arc<Identity>,
        heading: &'static str,
        sentence: &'static str,
    ) -> EndedPage {
        EndedPage {
            // Nothing on it needs to know its own address, which is a secret.
            shell: Shell::new(site, paths::CONTACT)
                .title(heading)
                .description(sentence)
                .report(paths::CONTACT)
                .unlisted(),
            heading,
            sentence,
            ledger: paths::record::LEDGER,
        }
    }
}

/// Sees to it that a secret address is told to no site that is linked to, and
/// stands in no search engine.
pub(super) fn keep_secret(response: &mut HttpResponse) {
    let headers = response.headers_mut();
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex, nofollow"),
    );
}

/// Leads from a form that was kept to its receipt.
pub(super) fn see_receipt(token: &Token) -> HttpResponse {
    site::see_other(&paths::receipt(token.as_str()))
}

impl Intake {
    /// The form with everything that was typed, and why it comes back.
    pub(super) fn give_back(
        &self,
        subject: &Subject,
        entered: &Entered,
        back: Return,
        status: StatusCode,
    ) -> Result<HttpResponse, AppError> {
        let mut page = NewPage::new(&self.site, subject, entered, Some(back));
        self.challenge(&mut page, subject, entered);
        site::page_with_status(status, &page, CachePolicy::NoStore)
    }

    /// The form under the same nonce, so that sending it again gives one
    /// report even if this one has been kept after all.
    pub(super) fn not_kept(
        &self,
        subject: &Subject,
        entered: Entered,
        error: DbError,
    ) -> Result<HttpResponse, AppError> {
        let (status, sentence) = match &error {
            DbError::Unavailable(reason) => {
                tracing::warn!(reason, "a report could not be kept");
                (StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE)
            }
            DbError::Query(reason) => {
                tracing::error!(%reason, "a report could not be kept");
                (StatusCode::INTERNAL_SERVER_ERROR, OWN_FAULT)
            }
        };
        let back = Return {
            sentence: Some(sentence.to_owned()),
            ..Return::default()
        };
        let mut response = self.give_back(subject, &entered, back, status)?;
        if status == StatusCode::SERVICE_UNAVAILABLE {
            set_retry_after(&mut response, TRY_AGAIN);
        }
        Ok(response)
    }

    /// The form with a challenge, to be sent again once it is solved or enough
    /// time has passed; `seconds` is how much of it is missing.
    pub(super) fn one_more_step(
        &self,
        subject: &Subject,
        entered: &Entered,
        seconds: u64,
    ) -> Result<HttpResponse, AppError> {
        let back = Return {
            sentence: Some(format!(
                "Very many reports are coming in just now, so this form asks for one more step, \
                 which programs find hard. Everything you wrote is below: please send it again in \
                 {}, or as soon as it says that your browser is ready.",
                site::wait_words(seconds)
            )),
            ..Return::default()
        };
        let status = StatusCode::TOO_MANY_REQUESTS;
        let mut response = self.give_back(subject, entered, back, status)?;
        set_retry_after(&mut response, seconds);
        Ok(response)
    }

    /// The form, to be sent again when there is room.
    pub(super) fn wait(
        &self,
        subject: &Subject,
        entered: &Entered,
        wait: Wait,
    ) -> Result<HttpResponse, AppError> {
        let cause = if wait.own {
            "Several reports have come from your address in a short time"
        } else {
            "Very many reports are coming in just now"
        };
        let back = Return {
            sentence: Some(format!(
                "{cause}, so this one has to wait. Everything you wrote is below: please send it \
                 again in {}.",
                site::wait_words(wait.seconds)
            )),
            ..Return::default()
        };
        let status = StatusCode::TOO_MANY_REQUESTS;
        let mut response = self.give_back(subject, entered, back, status)?;
        set_retry_after(&mut response, wait.seconds);
        Ok(response)
    }
}

fn set_retry_after(response: &mut HttpResponse, seconds: u64) {
    response
        .headers_mut()
        .insert(RETRY_AFTER, HeaderValue::from(seconds));
}
