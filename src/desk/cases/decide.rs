//! What can be done with a case short of settling it: take it, note something,
//! put the article on hold, sort spam out.

use actix_web::{HttpRequest, HttpResponse, web};

use super::bench::{Bench, Done, case_id};
use super::queries;
use super::typed::{self, Errors, Typed};
use crate::cases::{self, Actor};
use crate::desk::gate::{Desk, Fields};
use crate::error::AppError;
use crate::paths;

/// `POST /desk/cases/{case}/take`
pub(super) async fn take(
    request: HttpRequest,
    desk: Desk,
    fields: Fields,
    id: web::Path<String>,
    bench: Bench,
) -> Result<HttpResponse, AppError> {
    let id = case_id(&id)?;
    let typed = Typed::read(&fields);
    let is_mine = fields.text("to") == "me";
    let editor = is_mine.then(|| desk.editor.id.clone());
    let outcome = bench
        .change(&desk, &id, typed.seen, move |conn, change, _| {
            cases::take(conn, change, editor.as_deref())
        })
        .await?;
    let done = if is_mine { Done::Taken } else { Done::Left };
    let outcome = (outcome, done);
    bench.answer(&request, desk, &id, typed, outcome).await
}

/// `POST /desk/cases/{case}/note`
pub(super) async fn note(
    request: HttpRequest,
    desk: Desk,
    fields: Fields,
    id: web::Path<String>,
    bench: Bench,
) -> Result<HttpResponse, AppError> {
    let id = case_id(&id)?;
    let typed = Typed::read(&fields);
    let mut errors = Errors::default();
    typed.check_remark(&mut errors);
    if !errors.is_empty() {
        return bench.again(&request, desk, &id, typed, errors).await;
    }
    let (case, editor, now) = (id.clone(), desk.editor.id.clone(), bench.clock().now);
    let kept = bench
        .db
        .write(move |conn| cases::write_note(conn, &case, &editor, &typed.remark, now))
        .await?;
    if kept {
        Ok(bench.done(&id, Done::Noted))
    } else {
        Err(AppError::NotFound)
    }
}

/// `POST /desk/cases/{case}/hold`
pub(super) async fn hold(
    request: HttpRequest,
    desk: Desk,
    fields: Fields,
    id: web::Path<String>,
    bench: Bench,
) -> Result<HttpResponse, AppError> {
    let id = case_id(&id)?;
    let typed = Typed::read(&fields);
    let Some((kind, begins)) = typed::read_hold(&fields) else {
        let sentence = "The form does not say what to hold. Go back to the case and try again.";
        return Err(AppError::BadRequest(sentence.to_owned()));
    };
    let outcome = bench
        .change(&desk, &id, typed.seen, move |conn, change, _| {
            if begins {
                cases::hold(conn, change, kind)
            } else {
                cases::release(conn, change, kind)
            }
        })
        .await?;
    let done = if begins { Done::Held } else { Done::Released };
    let outcome = (outcome, done);
    bench.answer(&request, desk, &id, typed, outcome).await
}

/// `POST /desk/cases/{case}/spam`
pub(super) async fn spam(
    desk: Desk,
    fields: Fields,
    id: web::Path<String>,
    bench: Bench,
) -> Result<HttpResponse, AppError> {
    let id = case_id(&id)?;
    let (case, report) = (id.clone(), fields.text("report").to_owned());
    let (editor, now) = (desk.editor.id.clone(), bench.clock().now);
    // What is left of the case, if it was there.
    let left = bench
        .db
        .write(move |conn| {
            if !queries::is_part(conn, &report, &case)? {
                return Ok(None);
            }
            cases::mark_as_spam(conn, &report, Actor::Editor(&editor), now)?;
            Ok(Some(cases::by_id(conn, &case)?.is_some()))
        })
        .await?;
    match left {
        None => Err(AppError::NotFound),
        Some(true) => Ok(bench.done(&id, Done::Spam)),
        Some(false) => Ok(bench.see(&paths::desk::inbox(&[("done", Done::Spam.as_str())]))),
    }
}
