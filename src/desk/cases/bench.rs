//! What every handler of a case needs, and the ways in which one can end: back
//! to the case, or the screen again with what was typed.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use diesel::QueryResult;

use super::queries::{self, Dossier};
use super::typed::{Errors, Typed};
use super::view::{CasePage, Notice};
use crate::cases::{Actor, Case, Change, Refusal};
use crate::config::Config;
use crate::content::Publisher;
use crate::db::{AnyConnection, Db, DbError};
use crate::desk::clock::Clock;
use crate::desk::gate::Desk;
use crate::error::AppError;
use crate::mail::Letterhead;
use crate::paths;
use crate::site::{self, CachePolicy};

/// What a case is settled with: the request, the case that its address names,
/// and data of the application.
pub(super) struct Bench {
    pub(super) request: HttpRequest,
    /// `C-7K3Q2M`; empty, as that of no case is, where the address names none.
    pub(super) id: String,
    pub(super) db: web::Data<Db>,
    pub(super) config: web::Data<Config>,
    pub(super) publisher: web::Data<Publisher>,
}

/// What was done, in the word that the address of the case then bears, and the
/// sentence that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Done {
    Taken,
    Given,
    Left,
    Accepted,
    Applied,
    Written,
    Declined,
    Answered,
    Merged,
    Reopened,
    Held,
    Released,
    Noted,
    Spam,
}

/// Why a change was not made.
pub(super) enum Hindrance {
    /// By the rules of cases.
    Refused(Refusal),
    /// The database cannot write now.
    Unavailable,
}

/// The case that an address names: `c-7k3q2m`, in either case.
fn case_id(part: &str) -> Option<String> {
    let id = part.to_ascii_uppercase();
    let is_id = id
        .strip_prefix("C-")
        .is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_alphanumeric()));
    is_id.then_some(id)
}

impl Bench {
    /// Makes one change to a case, as the editor at the desk, in a transaction
    /// of its own.
    pub(super) async fn change<F>(
        &self,
        desk: &Desk,
        seen: i64,
        work: F,
    ) -> Result<Result<Case, Hindrance>, AppError>
    where
        F: FnOnce(
                &mut AnyConnection,
                &Change<'_>,
                &Letterhead,
            ) -> QueryResult<Result<Case, Refusal>>
            + Send
            + 'static,
    {
        let (id, editor) = (self.id.clone(), desk.editor.id.clone());
        let now = self.clock().now;
        let letterhead = Letterhead::of(&self.config);
        let outcome = self.db.write(move |conn| {
            let change = Change {
                case: &id,
                seen,
                by: Actor::Editor(&editor),
                now,
            };
            work(conn, &change, &letterhead)
        });
        match outcome.await {
            Ok(outcome) => Ok(outcome.map_err(Hindrance::Refused)),
            Err(DbError::Unavailable(reason)) => {
                tracing::warn!(reason, "a decision could not be kept");
                Ok(Err(Hindrance::Unavailable))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Leads back to the case, which then says what was done.
    pub(super) fn done(&self, done: Done) -> HttpResponse {
        site::see_other(&paths::desk::case_after(&self.id, done.as_str()))
    }

    /// The screen again, with what was typed and what is wrong with it.
    pub(super) async fn again(
        &self,
        desk: Desk,
        typed: Typed,
        errors: Errors,
    ) -> Result<HttpResponse, AppError> {
        let notice = Notice::Wrong;
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let page = self.page(desk, Some(typed), errors, Some(notice)).await?;
        site::page_with_status(status, &page, CachePolicy::NoStore)
    }

    /// What became of a change: back to the case, or the screen again with the
    /// reason why nothing was done.
    pub(super) async fn answer(
        &self,
        desk: Desk,
        typed: Typed,
        outcome: (Result<Case, Hindrance>, Done),
    ) -> Result<HttpResponse, AppError> {
        let refusal = match outcome {
            (Ok(_), done) => return Ok(self.done(done)),
            (Err(Hindrance::Unavailable), _) => return self.not_kept(desk, typed).await,
            (Err(Hindrance::Refused(refusal)), _) => refusal,
        };
        let notice = match refusal {
            Refusal::Unknown => return Err(AppError::NotFound),
            Refusal::BadTarget => {
                let errors = Errors::one(
                    "into",
                    "There is no such case, or it is merged itself. Look at its number again.",
                );
                return self.again(desk, typed, errors).await;
            }
            Refusal::Overtaken(_) => Notice::Overtaken,
            Refusal::NotNow(state) => Notice::NotNow(state),
        };
        let page = self
            .page(desk, Some(typed), Errors::default(), Some(notice))
            .await?;
        let status = StatusCode::CONFLICT;
        site::page_with_status(status, &page, CachePolicy::NoStore)
    }

    /// The screen again, with what was typed: the database cannot write now.
    pub(super) async fn not_kept(
        &self,
        desk: Desk,
        typed: Typed,
    ) -> Result<HttpResponse, AppError> {
        let notice = Some(Notice::Unavailable);
        let page = self
            .page(desk, Some(typed), Errors::default(), notice)
            .await?;
        let status = StatusCode::SERVICE_UNAVAILABLE;
        let mut response = site::page_with_status(status, &page, CachePolicy::NoStore)?;
        let headers = response.headers_mut();
        headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
        Ok(response)
    }

    /// The screen of a case.
    pub(super) async fn page(
        &self,
        desk: Desk,
        typed: Option<Typed>,
        errors: Errors,
        notice: Option<Notice>,
    ) -> Result<CasePage, AppError> {
        let dossier = self.dossier().await?;
        let may_write = self.publisher.may_write();
        let page = CasePage::new(desk, dossier, self.clock(), self.folder(), may_write);
        Ok(page.with(typed, errors, notice))
    }

    /// Everything about a case.
    pub(super) async fn dossier(&self) -> Result<Dossier, AppError> {
        let id = self.id.clone();
        let found = self.db.read(move |conn| queries::dossier(conn, &id));
        found.await?.ok_or(AppError::NotFound)
    }

    /// Now.
    pub(super) fn clock(&self) -> Clock {
        Clock::read(&self.config)
    }

    /// What the content folder is called: patches are made for the folder that
    /// holds it.
    pub(super) fn folder(&self) -> String {
        let name = self.config.content.file_name();
        name.map_or_else(
            || "content".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        )
    }
}

impl Done {
    const ALL: [Done; 14] = [
        Done::Taken,
        Done::Given,
        Done::Left,
        Done::Accepted,
        Done::Applied,
        Done::Written,
        Done::Declined,
        Done::Answered,
        Done::Merged,
        Done::Reopened,
        Done::Held,
        Done::Released,
        Done::Noted,
        Done::Spam,
    ];

    /// The word in the address.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Done::Taken => "taken",
            Done::Given => "given",
            Done::Left => "left",
            Done::Accepted => "accepted",
            Done::Applied => "applied",
            Done::Written => "written",
            Done::Declined => "declined",
            Done::Answered => "answered",
            Done::Merged => "merged",
            Done::Reopened => "reopened",
            Done::Held => "held",
            Done::Released => "released",
            Done::Noted => "noted",
            Done::Spam => "spam",
        }
    }

    /// What the page says.
    pub(super) const fn sentence(self) -> &'static str {
        match self {
            Done::Taken => "The case is with you. Its reporters see that it is being checked.",
            Done::Given => {
                "The case is with somebody else now, who finds it in the inbox under “Me”."
            }
            Done::Left => "The case is with nobody.",
            Done::Accepted => {
                "Accepted. It is corrected as soon as the article’s file says so: apply the patch below, here or in git."
            }
            Done::Applied => {
                "The file is written and imported: readers see the change, and the case is corrected."
            }
            Done::Written => {
                "The file is written. As soon as it is imported the case is corrected by itself; load this page again in a moment."
            }
            Done::Declined => {
                "Declined. The reason is public, and those who asked to be told get a mail."
            }
            Done::Answered => "Answered. Those who gave an address and confirmed it get a mail.",
            Done::Merged => "Merged. The reports and their receipts have moved to the other case.",
            Done::Reopened => "Open again.",
            Done::Held => "The hold is on; the article says so.",
            Done::Released => "The hold has ended.",
            Done::Noted => "Your note is kept.",
            Done::Spam => "The report is marked as spam, and no longer part of this case.",
        }
    }

    /// Reads the query of an address.
    pub(super) fn read(query: &str) -> Option<Done> {
        let word = query.strip_prefix("done=")?;
        Done::ALL.into_iter().find(|done| done.as_str() == word)
    }
}

impl FromRequest for Bench {
    type Error = AppError;
    type Future = Ready<Result<Bench, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let bench = || {
            let part = request.match_info().get("case");
            Ok(Bench {
                id: part.and_then(case_id).unwrap_or_default(),
                request: request.clone(),
                db: site::given(request)?,
                config: site::given(request)?,
                publisher: site::given(request)?,
            })
        };
        ready(bench())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_looks_like_a_case_is_looked_for() {
        assert_eq!(case_id("c-7k3q2m").as_deref(), Some("C-7K3Q2M"));
        for other in ["", "c-", "7k3q2m", "c-7k3q2", "c-7k3q2mm", "c-7k3q2é"] {
            assert_eq!(case_id(other), None, "{other}");
        }
    }

    #[test]
    fn what_was_done_is_read_back() {
        for done in Done::ALL {
            assert_eq!(Done::read(&format!("done={}", done.as_str())), Some(done));
        }
        assert_eq!(Done::read("done=<b>"), None);
    }
}
