//! The decisions: accept and apply, decline, merge, reopen.

use actix_web::{HttpResponse, web};

use super::bench::{Bench, Done, Hindrance};
use super::queries::{self, File};
use super::typed::{Errors, Typed};
use crate::articles::model::{Correction, CorrectionKind};
use crate::cases::{self, Acceptance, Case, Kind, NoteKind, State};
use crate::content::amend::{self, amend};
use crate::desk::gate::{Desk, Fields};
use crate::error::AppError;

/// `POST /desk/cases/{case}/accept`
pub(super) async fn accept(
    desk: Desk,
    fields: Fields,
    bench: Bench,
) -> Result<HttpResponse, AppError> {
    let typed = Typed::read(&fields);
    let wanted = (bench.id.clone(), typed.file_from.clone());
    let found = bench.db.read(move |conn| {
        let (id, from) = wanted;
        let Some(case) = cases::by_id(conn, &id)? else {
            return Ok(None);
        };
        let file = queries::file(conn, &case)?;
        let from = match &file {
            Some(file) if file.hash == from => Some(file.source.clone()),
            Some(file) => queries::source_of(conn, &file.slug, &from)?,
            None => None,
        };
        Ok(Some((case, file, from)))
    });
    let (case, file, from) = found.await?.ok_or(AppError::NotFound)?;
    if case.kind() == Kind::Letter {
        let sentence = "A letter is about no article, so there is nothing to correct. Go back to the case and answer it.";
        return Err(AppError::BadRequest(sentence.to_owned()));
    }

    let mut errors = Errors::default();
    let kind = typed.note_kind(&mut errors);
    typed.check_public("note", &typed.note, &mut errors);
    let note = Correction {
        date: bench.clock().today(),
        kind: in_file(kind),
        text: typed.note.clone(),
        case: Some(case.id.clone()),
    };
    let mut amended = None;
    if let (true, Some(file)) = (errors.is_empty(), &file) {
        match amended_file(&typed, file, from.as_deref(), &note) {
            Ok(text) => amended = Some((text, file.hash.clone())),
            Err(sentence) => errors.add("file", &sentence),
        }
    }
    if !errors.is_empty() {
        return bench.again(desk, typed, errors).await;
    }
    let acceptance = Acceptance {
        kind,
        note: note.text,
        date: note.date,
        amended,
    };
    let outcome = bench
        .change(&desk, typed.seen, move |conn, change, _| {
            cases::accept(conn, change, &acceptance)
        })
        .await?;
    let outcome = (outcome, Done::Accepted);
    bench.answer(desk, typed, outcome).await
}

/// `POST /desk/cases/{case}/apply`
pub(super) async fn apply(
    desk: Desk,
    fields: Fields,
    bench: Bench,
) -> Result<HttpResponse, AppError> {
    let typed = Typed::read(&fields);
    let dossier = bench.dossier().await?;
    let state = dossier.case.state();
    if dossier.case.version != typed.seen || state != State::Accepted {
        let refusal = if state == State::Accepted {
            Hindrance::Refused(cases::Refusal::Overtaken(Box::new(dossier.case)))
        } else {
            Hindrance::Refused(cases::Refusal::NotNow(state))
        };
        let outcome = (Err(refusal), Done::Applied);
        return bench.answer(desk, typed, outcome).await;
    }
    let errors = match apply_to_file(&bench, dossier.case, dossier.file).await? {
        Ok(done) => return Ok(bench.done(done)),
        Err(sentence) => Errors::one("apply", &sentence),
    };
    bench.again(desk, typed, errors).await
}

/// `POST /desk/cases/{case}/decline`
pub(super) async fn decline(
    desk: Desk,
    fields: Fields,
    bench: Bench,
) -> Result<HttpResponse, AppError> {
    let typed = Typed::read(&fields);
    let mut errors = Errors::default();
    typed.check_public("reason", &typed.reason, &mut errors);
    if !errors.is_empty() {
        return bench.again(desk, typed, errors).await;
    }
    let reason = typed.reason.clone();
    let outcome = bench
        .change(&desk, typed.seen, move |conn, change, letterhead| {
            cases::decline(conn, change, &reason, letterhead)
        })
        .await?;
    let is_letter = outcome
        .as_ref()
        .is_ok_and(|case| case.kind() == Kind::Letter);
    let done = if is_letter {
        Done::Answered
    } else {
        Done::Declined
    };
    let outcome = (outcome, done);
    bench.answer(desk, typed, outcome).await
}

/// `POST /desk/cases/{case}/merge`
pub(super) async fn merge(
    desk: Desk,
    fields: Fields,
    bench: Bench,
) -> Result<HttpResponse, AppError> {
    let typed = Typed::read(&fields);
    let target = typed.target();
    if target.is_empty() {
        let sentence = "Choose the case that answers this one, or write its number.";
        let errors = Errors::one("into", sentence);
        return bench.again(desk, typed, errors).await;
    }
    let outcome = bench
        .change(&desk, typed.seen, move |conn, change, letterhead| {
            cases::merge(conn, change, &target, letterhead)
        })
        .await?;
    let outcome = (outcome, Done::Merged);
    bench.answer(desk, typed, outcome).await
}

/// `POST /desk/cases/{case}/reopen`
pub(super) async fn reopen(
    desk: Desk,
    fields: Fields,
    bench: Bench,
) -> Result<HttpResponse, AppError> {
    let typed = Typed::read(&fields);
    let mut errors = Errors::default();
    typed.check_public("why", &typed.why, &mut errors);
    if !errors.is_empty() {
        return bench.again(desk, typed, errors).await;
    }
    let why = typed.why.clone();
    let outcome = bench
        .change(&desk, typed.seen, move |conn, change, _| {
            cases::reopen(conn, change, &why)
        })
        .await?;
    let outcome = (outcome, Done::Reopened);
    bench.answer(desk, typed, outcome).await
}

/// The file as it shall be, or a sentence that says why it cannot be made.
/// `from` is the file that the editor's text was made from.
fn amended_file(
    typed: &Typed,
    file: &File,
    from: Option<&str>,
    note: &Correction,
) -> Result<String, String> {
    let lines = |text: &str| text.replace("\r\n", "\n");
    let is_changed =
        !typed.file.trim().is_empty() && from.is_none_or(|from| lines(from) != typed.file);
    let changed = if is_changed {
        if typed.file_from != file.hash {
            return Err("The article’s file has changed since you opened the case, and your text was made from the older one. Keep what you need of it, open the case again, and start from the file as it is now.".to_owned());
        }
        amend::Change::File(&typed.file)
    } else {
        amend::Change::Nothing
    };
    amend(&file.source, &changed, note).map_err(|error| error.to_string())
}

/// Writes what was accepted and imports it, or says why that cannot be.
async fn apply_to_file(
    bench: &Bench,
    case: Case,
    file: Option<File>,
) -> Result<Result<Done, String>, AppError> {
    let (Some(file), false) = (file, case.amended.is_empty()) else {
        let sentence = "There is no file that the change could be written to.";
        return Ok(Err(sentence.to_owned()));
    };
    let (publisher, path) = (bench.publisher.clone(), file.path.clone());
    let (from, amended) = (case.amended_from, case.amended);
    let written = web::block(move || publisher.write(&path, &from, &amended)).await;
    if let Err(error) = written.map_err(|error| AppError::Internal(error.into()))? {
        return Ok(Err(error.to_string()));
    }
    if let Ok(imported) = bench.publisher.import().await {
        let mut problems = imported.diagnostics.iter();
        if let Some(problem) = problems.find(|one| one.is_error() && one.file == file.path) {
            return Ok(Err(format!(
                "The file is written, but held back, so that readers still see its last good version. Line {}: {}",
                problem.line, problem.message
            )));
        }
    }
    let id = case.id;
    let after = bench.db.read(move |conn| cases::by_id(conn, &id)).await?;
    let is_corrected = after.is_some_and(|case| case.state() == State::Corrected);
    Ok(Ok(if is_corrected {
        Done::Applied
    } else {
        Done::Written
    }))
}

/// The kind of a correction, as the file's reader knows it.
fn in_file(kind: NoteKind) -> CorrectionKind {
    match kind {
        NoteKind::Correction => CorrectionKind::Correction,
        NoteKind::Clarification => CorrectionKind::Clarification,
        NoteKind::Minor => CorrectionKind::Minor,
    }
}
