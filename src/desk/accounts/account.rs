//! The editor's own account: password, authenticator, recovery codes, sessions,
//! and whether to be told of reports.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::authenticator::{self, SetUp};
use super::letters::{self, Change};
use super::office::{Office, retry_after};
use super::queries::{self, Row, recovery};
use super::second_factor::show_codes;
use super::throttle::Counters;
use crate::desk::gate::{Desk, Fields, queries as gate};
use crate::error::AppError;
use crate::paths;
use crate::site::shell::Shell;

const NOT_YOURS: &str = "This is not your present password.";
const UNLIKE: &str = "The two are not the same.";
const WRONG_CODE: &str = "This code is not the one that belongs to the picture. Type the code that \
    the new authenticator shows now.";

/// The page.
#[derive(Template)]
#[template(path = "desk/accounts/account.html")]
struct AccountPage {
    shell: Shell,
    desk: Desk,
    email: String,
    role: &'static str,
    codes_left: i64,
    alerts: bool,
    sessions: Vec<Session>,
    done: Option<&'static str>,
    /// What is wrong, and in which part of the page.
    error: Option<(&'static str, String)>,
}

/// The page with the picture for another authenticator.
#[derive(Template)]
#[template(path = "desk/accounts/renew.html")]
struct RenewPage {
    shell: Shell,
    desk: Desk,
    set_up: SetUp,
    error: Option<&'static str>,
}

/// One line of the list of sessions.
struct Session {
    id: String,
    device: String,
    since: String,
    seen: String,
    is_this: bool,
}

/// What the address of the page may say.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
}

/// Shows the page.
pub(super) async fn show(
    office: Office,
    desk: Desk,
    asked: Option<web::Query<Asked>>,
) -> Result<HttpResponse, AppError> {
    let done = asked.and_then(|asked| asked.into_inner().done);
    let done = match done.as_deref() {
        Some("password") => Some("Your password is changed, and all other sessions have ended."),
        Some("alerts") => Some("It is noted whether you want to be told of reports."),
        Some("session") => Some("The session has ended."),
        Some("sessions") => Some("All other sessions have ended."),
        _ => None,
    };
    page(&office, desk, StatusCode::OK, done, None).await
}

/// Does what one of the forms of the page asks for.
pub(super) async fn change(
    office: Office,
    desk: Desk,
    fields: Fields,
) -> Result<HttpResponse, AppError> {
    let (id, session) = (desk.editor.id.clone(), desk.session.clone());
    let done = match fields.text("do") {
        "alerts" => {
            let wants = fields.has("alerts");
            office
                .db
                .write(move |conn| queries::set_alerts(conn, &id, wants))
                .await?;
            "alerts"
        }
        "end-session" => {
            let ended = fields.text("session").to_owned();
            office
                .db
                .write(move |conn| gate::end_one(conn, &id, &ended))
                .await?;
            "session"
        }
        "end-others" => {
            office
                .db
                .write(move |conn| gate::end_all(conn, &id, &session))
                .await?;
            "sessions"
        }
        "confirm" => return confirm(&office, desk, &fields).await,
        kind @ ("password" | "codes" | "authenticator") => {
            let kind = match kind {
                "password" => Guarded::Password,
                "codes" => Guarded::Codes,
                _ => Guarded::Authenticator,
            };
            return guarded(&office, desk, &fields, kind).await;
        }
        _ => {
            let sentence = "The form does not say what to do. Go back, load the page again, and \
                try once more.";
            return Err(AppError::BadRequest(sentence.to_owned()));
        }
    };
    let path = paths::desk::after(paths::desk::ACCOUNT, done);
    Ok(Office::see(&path, &[]))
}

/// What takes the present password, so that a session that somebody else has
/// got hold of is not enough.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Guarded {
    Password,
    Codes,
    Authenticator,
}

impl Guarded {
    /// The part of the page that the form stands in.
    fn part(self) -> &'static str {
        match self {
            Guarded::Password => "password",
            Guarded::Codes => "codes",
            Guarded::Authenticator => "authenticator",
        }
    }
}

async fn guarded(
    office: &Office,
    desk: Desk,
    fields: &Fields,
    kind: Guarded,
) -> Result<HttpResponse, AppError> {
    let editor = row(office, &desk).await?;
    let (key, id, now) = (&office.key, editor.id.clone(), office.now);
    let refuse = |sentence: &str| Some((kind.part(), sentence.to_owned()));
    let known = office.known.as_ref();
    let counters = Counters::password(key, &editor.email, office.client, Some(&id), known);
    if let Some((sentence, seconds)) = office.wait(&counters).await? {
        let status = StatusCode::TOO_MANY_REQUESTS;
        let response = page(office, desk, status, None, refuse(&sentence)).await?;
        return Ok(retry_after(response, seconds));
    }
    let kept = Some(editor.password.clone());
    if !office
        .passwords
        .is_right(fields.raw("present"), kept)
        .await?
    {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(office, desk, status, None, refuse(NOT_YOURS)).await;
    }
    let traces = counters.0;
    let head = office.letterhead();
    match kind {
        Guarded::Password => {
            let password = fields.raw("password");
            let about = office.about(&editor.email, &editor.name);
            let error = if password == fields.raw("again") {
                office.passwords.refuse(password, about).await?
            } else {
                Some(UNLIKE.to_owned())
            };
            if let Some(sentence) = error {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return page(office, desk, status, None, refuse(&sentence)).await;
            }
            let hash = office.passwords.hash(password).await?;
            let session = desk.session;
            office
                .db
                .write(move |conn| {
                    queries::failures::clear(conn, &traces)?;
                    queries::set_password(conn, &id, &hash, &session, "password changed", now)?;
                    letters::tell(conn, &head, &editor, Change::Password, now)
                })
                .await?;
            let path = paths::desk::after(paths::desk::ACCOUNT, "password");
            Ok(Office::see(&path, &[]))
        }
        Guarded::Codes => {
            let codes = authenticator::new_recovery_codes();
            let hashes: Vec<String> = codes
                .iter()
                .map(|code| authenticator::recovery_trace(key, &id, code))
                .collect();
            office
                .db
                .write(move |conn| {
                    queries::failures::clear(conn, &traces)?;
                    recovery::replace(conn, &id, &hashes)?;
                    letters::tell(conn, &head, &editor, Change::RecoveryCodes, now)
                })
                .await?;
            show_codes(office, codes, paths::desk::ACCOUNT)
        }
        Guarded::Authenticator => {
            let set_up = SetUp::new(key, &id, &office.site.name, &editor.email, now)?;
            office
                .db
                .write(move |conn| queries::failures::clear(conn, &traces))
                .await?;
            office.page(StatusCode::OK, &renew_page(desk, set_up, None))
        }
    }
}

/// Takes the first code of another authenticator. That its secret was sealed
/// for this editor says that the password was right a moment ago.
async fn confirm(office: &Office, desk: Desk, fields: &Fields) -> Result<HttpResponse, AppError> {
    let editor = row(office, &desk).await?;
    let (key, id, now) = (&office.key, editor.id.clone(), office.now);
    let sealed = fields.raw("authenticator");
    let code = fields.text("code");
    let Some((kept, step)) = authenticator::confirm(key, &id, sealed, code, now) else {
        let again = SetUp::again(key, &id, &office.site.name, &editor.email, sealed, now);
        let Some(set_up) = again else {
            return Ok(Office::see(paths::desk::ACCOUNT, &[]));
        };
        let page = renew_page(desk, set_up, Some(WRONG_CODE));
        return office.page(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let codes = authenticator::new_recovery_codes();
    let hashes: Vec<String> = codes
        .iter()
        .map(|code| authenticator::recovery_trace(key, &id, code))
        .collect();
    let (head, session) = (office.letterhead(), desk.session);
    office
        .db
        .write(move |conn| {
            queries::set_totp(conn, &id, &kept, step, now)?;
            recovery::replace(conn, &id, &hashes)?;
            gate::end_all(conn, &id, &session)?;
            letters::tell(conn, &head, &editor, Change::Authenticator, now)
        })
        .await?;
    show_codes(office, codes, paths::desk::ACCOUNT)
}

async fn page(
    office: &Office,
    desk: Desk,
    status: StatusCode,
    done: Option<&'static str>,
    error: Option<(&'static str, String)>,
) -> Result<HttpResponse, AppError> {
    let (id, now) = (desk.editor.id.clone(), office.now);
    let (row, codes_left, sessions) = office
        .db
        .read(move |conn| {
            let row = queries::by_id(conn, &id)?;
            let left = recovery::left(conn, &id)?;
            Ok((row, left, gate::of_editor(conn, &id, now)?))
        })
        .await?;
    let row = row.ok_or(AppError::NotFound)?;
    let sessions = sessions
        .into_iter()
        .map(|one| Session {
            since: office.moment(one.created_at),
            seen: office.moment(one.seen_at),
            is_this: one.id == desk.session,
            id: one.id,
            device: one.device,
        })
        .collect();
    let page = AccountPage {
        shell: desk.shell(paths::desk::ACCOUNT, "Your account"),
        email: row.email,
        role: desk.editor.role.as_str(),
        codes_left,
        alerts: row.alerts,
        sessions,
        done,
        error,
        desk,
    };
    office.page(status, &page)
}

impl AccountPage {
    /// The sentence about one part of the page, if something is wrong there.
    fn error_in(&self, part: &str) -> Option<&str> {
        let (place, sentence) = self.error.as_ref()?;
        (*place == part).then_some(sentence.as_str())
    }
}

fn renew_page(desk: Desk, set_up: SetUp, error: Option<&'static str>) -> RenewPage {
    RenewPage {
        shell: desk.shell(paths::desk::ACCOUNT, "Another authenticator"),
        desk,
        set_up,
        error,
    }
}

async fn row(office: &Office, desk: &Desk) -> Result<Row, AppError> {
    let id = desk.editor.id.clone();
    let row = office
        .db
        .read(move |conn| queries::by_id(conn, &id))
        .await?;
    row.ok_or(AppError::NotFound)
}
