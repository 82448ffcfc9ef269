//! What can be done with a case short of settling it: take it, note something,
//! put the article on hold, sort spam out.

use actix_web::HttpResponse;

use super::bench::{Bench, Done};
use super::queries;
use super::typed::{self, Errors, Typed};
use crate::cases::{self, Actor};
use crate::db::DbError;
use crate::desk::gate::{Desk, Fields};
use crate::error::AppError;
use crate::paths;
use crate::site;

/// `POST /desk/cases/{case}/take`: the case goes to the editor who asks, to
/// another one who can enter the desk, or to nobody.
pub(super) async fn take(
    desk: Desk,
    fields: Fields,
    bench: Bench,
) -> Result<HttpResponse, AppError> {
    let typed = Typed::read(&fields);
    let me = desk.editor.id.clone();
    let (editor, done) = match fields.text("to") {
        "me" => (Some(me), Done::Taken),
        "nobody" | "" => (None, Done::Left),
        other => {
            let colleagues = bench.db.read(queries::colleagues).await?;
            let known = colleagues.into_iter().find(|(id, _)| id == other);
            let (id, _) = known.ok_or_else(|| {
                AppError::BadRequest(
                    "There is no such editor, or their account is closed. Go back and choose \
                     another one."
                        .to_owned(),
                )
            })?;
            (Some(id), Done::Given)
        }
    };
    let outcome = bench
        .change(&desk, typed.seen, move |conn, change, _| {
            cases::take(conn, change, editor.as_deref())
        })
        .await?;
    let outcome = (outcome, done);
    bench.answer(desk, typed, outcome).await
}

/// `POST /desk/cases/{case}/note`
pub(super) async fn note(
    desk: Desk,
    fields: Fields,
    bench: Bench,
) -> Result<HttpResponse, AppError> {
    let typed = Typed::read(&fields);
    let mut errors = Errors::default();
    typed.check_remark(&mut errors);
    if !errors.is_empty() {
        return bench.again(desk, typed, errors).await;
    }
    let (case, editor, now) = (bench.id.clone(), desk.editor.id.clone(), bench.clock().now);
    let remark = typed.remark.clone();
    let kept = bench
        .db
        .write(move |conn| cases::write_note(conn, &case, &editor, &remark, now))
        .await;
    match kept {
        Ok(true) => Ok(bench.done(Done::Noted)),
        Ok(false) => Err(AppError::NotFound),
        Err(DbError::Unavailable(reason)) => {
            tracing::warn!(reason, "a note could not be kept");
            bench.not_kept(desk, typed).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/cases/{case}/hold`
pub(super) async fn hold(
    desk: Desk,
    fields: Fields,
    bench: Bench,
) -> Result<HttpResponse, AppError> {
    let typed = Typed::read(&fields);
    let Some((kind, begins)) = typed::read_hold(&fields) else {
        let sentence = "The form does not say what to hold. Go back to the case and try again.";
        return Err(AppError::BadRequest(sentence.to_owned()));
    };
    let outcome = bench
        .change(&desk, typed.seen, move |conn, change, _| {
            if begins {
                cases::hold(conn, change, kind)
            } else {
                cases::release(conn, change, kind)
            }
        })
        .await?;
    let done = if begins { Done::Held } else { Done::Released };
    let outcome = (outcome, done);
    bench.answer(desk, typed, outcome).await
}

/// `POST /desk/cases/{case}/spam`
pub(super) async fn spam(
    desk: Desk,
    fields: Fields,
    bench: Bench,
) -> Result<HttpResponse, AppError> {
    let (case, report) = (bench.id.clone(), fields.text("report").to_owned());
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
        Some(true) => Ok(bench.done(Done::Spam)),
        Some(false) => Ok(site::see_other(&paths::desk::inbox(&[(
            "done",
            Done::Spam.as_str(),
        )]))),
    }
}
