//! The second step of signing in: a code, or the authenticator that shall show
//! them from now on.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::authenticator::{self, SetUp};
use super::letters::{self, Change};
use super::office::{Office, retry_after};
use super::queries::{self, Row, failures, recovery};
use super::throttle::Counters;
use crate::desk::gate::{Fields, Halfway, Stage, queries as gate};
use crate::error::AppError;
use crate::paths;
use crate::site::shell::Shell;

const WRONG: &str = "This code is not right, or it was used before. Wait for the next one that your \
    authenticator shows, or use another recovery code.";
const WRONG_FIRST: &str = "This code is not the one that belongs to the picture. Look whether the \
    clock of your telephone is right, and type the code that it shows now.";
const UNREADABLE: &str = "Your authenticator cannot be checked any more, because the secret key of \
    the site was changed. Ask an admin, or the operator, for a new invitation.";

/// Asks for a code.
#[derive(Template)]
#[template(path = "desk/accounts/code.html")]
struct CodePage {
    shell: Shell,
    csrf: String,
    action: &'static str,
    sign_in_href: &'static str,
    name: String,
    error: Option<String>,
}

/// Shows the picture for an authenticator.
#[derive(Template)]
#[template(path = "desk/accounts/set-up.html")]
struct SetUpPage {
    shell: Shell,
    csrf: String,
    action: &'static str,
    set_up: SetUp,
    error: Option<&'static str>,
}

/// Shows the recovery codes, once.
#[derive(Template)]
#[template(path = "desk/accounts/codes.html")]
struct CodesPage {
    shell: Shell,
    codes: Vec<String>,
    next: String,
}

/// Shows the form.
pub(super) async fn open(office: Office, halfway: Halfway) -> Result<HttpResponse, AppError> {
    let editor = editor(&office, &halfway).await?;
    if editor.totp.is_empty() {
        let set_up = SetUp::new(
            &office.key,
            &editor.id,
            &office.site.name,
            &editor.email,
            office.now,
        )?;
        return office.page(
            StatusCode::OK,
            &set_up_page(&office, &halfway, set_up, None),
        );
    }
    let is_readable = authenticator::is_readable(&office.key, &editor.id, &editor.totp);
    let error = (!is_readable).then(|| UNREADABLE.to_owned());
    office.page(StatusCode::OK, &code_page(&office, &halfway, error))
}

/// Takes a code. That the form is one of ours is looked at before who sends it.
pub(super) async fn enter(
    office: Office,
    halfway: Result<Halfway, actix_web::Error>,
    fields: Fields,
) -> Result<HttpResponse, actix_web::Error> {
    Ok(check(office, halfway?, fields).await?)
}

async fn check(office: Office, halfway: Halfway, fields: Fields) -> Result<HttpResponse, AppError> {
    let editor = editor(&office, &halfway).await?;
    if editor.totp.is_empty() {
        return set_up(&office, halfway, editor, &fields).await;
    }
    let id = editor.id.clone();
    let counters = Counters::second_factor(&office.key, &id, office.client, office.known.as_ref());
    if let Some((sentence, seconds)) = office.wait(&counters).await? {
        let page = code_page(&office, &halfway, Some(sentence));
        let response = office.page(StatusCode::TOO_MANY_REQUESTS, &page)?;
        return Ok(retry_after(response, seconds));
    }
    let now = office.now;
    let code = fields.text("code");
    let step = authenticator::step_of(&office.key, &id, &editor.totp, code, now);
    let trace = authenticator::recovery_trace(&office.key, &id, code);
    let (old, device) = (halfway.visitor.secret.clone(), office.device.clone());
    let (next, head) = (halfway.present.next.clone(), office.letterhead());
    let secret = office
        .db
        .write(move |conn| {
            let is_right = match step {
                Some(step) => queries::use_step(conn, &id, step)?,
                None if recovery::take(conn, &id, &trace, now)? => {
                    let left = recovery::left(conn, &id)?;
                    letters::tell(conn, &head, &editor, Change::RecoveryCodeUsed(left), now)?;
                    true
                }
                None => false,
            };
            if !is_right {
                return Ok(None);
            }
            failures::clear(conn, &counters.0)?;
            gate::begin(conn, &old, &id, Stage::In, None, &device, now).map(Some)
        })
        .await?;
    let Some(secret) = secret else {
        let page = code_page(&office, &halfway, Some(WRONG.to_owned()));
        return office.page(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let cookies = cookies(&office, &halfway.present.editor.id, &secret);
    let next = next.as_deref().unwrap_or(paths::desk::INBOX);
    Ok(Office::see(next, &cookies))
}

/// The page with new recovery codes, from which the way leads to `next`.
pub(super) fn show_codes(
    office: &Office,
    codes: Vec<String>,
    next: &str,
) -> Result<HttpResponse, AppError> {
    let page = CodesPage {
        shell: office.shell(paths::desk::SECOND_FACTOR, "Recovery codes"),
        codes,
        next: next.to_owned(),
    };
    office.page(StatusCode::OK, &page)
}

/// Takes the first code of a new authenticator.
async fn set_up(
    office: &Office,
    halfway: Halfway,
    editor: Row,
    fields: &Fields,
) -> Result<HttpResponse, AppError> {
    let sealed = fields.raw("authenticator");
    let (key, id, now) = (&office.key, editor.id.clone(), office.now);
    let Some((kept, step)) = authenticator::confirm(key, &id, sealed, fields.text("code"), now)
    else {
        let (site, email) = (&office.site.name, &editor.email);
        let again = SetUp::again(key, &id, site, email, sealed, now);
        let set_up = match again {
            Some(set_up) => set_up,
            None => SetUp::new(key, &id, site, email, now)?,
        };
        let page = set_up_page(office, &halfway, set_up, Some(WRONG_FIRST));
        return office.page(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let codes = authenticator::new_recovery_codes();
    let traces: Vec<String> = codes
        .iter()
        .map(|code| authenticator::recovery_trace(key, &id, code))
        .collect();
    let (old, device) = (halfway.visitor.secret, office.device.clone());
    let secret = {
        let id = id.clone();
        office
            .db
            .write(move |conn| {
                queries::set_totp(conn, &id, &kept, step, now)?;
                recovery::replace(conn, &id, &traces)?;
                gate::begin(conn, &old, &id, Stage::In, None, &device, now)
            })
            .await?
    };
    let next = halfway.present.next.as_deref();
    let mut response = show_codes(office, codes, next.unwrap_or(paths::desk::INBOX))?;
    for cookie in cookies(office, &id, &secret) {
        response
            .add_cookie(&cookie)
            .map_err(|error| AppError::Internal(error.into()))?;
    }
    Ok(response)
}

fn cookies(office: &Office, editor: &str, secret: &str) -> [actix_web::cookie::Cookie<'static>; 2] {
    [
        office.cookies.session(secret),
        office.cookies.known(&office.key, editor, office.now),
    ]
}

async fn editor(office: &Office, halfway: &Halfway) -> Result<Row, AppError> {
    let id = halfway.present.editor.id.clone();
    let row = office
        .db
        .read(move |conn| queries::by_id(conn, &id))
        .await?;
    row.ok_or(AppError::NotFound)
}

fn code_page(office: &Office, halfway: &Halfway, error: Option<String>) -> CodePage {
    CodePage {
        shell: office.shell(paths::desk::SECOND_FACTOR, "Sign in: the code"),
        csrf: halfway.visitor.csrf(),
        action: paths::desk::SECOND_FACTOR,
        sign_in_href: paths::desk::SIGN_IN,
        name: halfway.present.editor.name.clone(),
        error,
    }
}

fn set_up_page(
    office: &Office,
    halfway: &Halfway,
    set_up: SetUp,
    error: Option<&'static str>,
) -> SetUpPage {
    SetUpPage {
        shell: office.shell(paths::desk::SECOND_FACTOR, "Set up an authenticator"),
        csrf: halfway.visitor.csrf(),
        action: paths::desk::SECOND_FACTOR,
        set_up,
        error,
    }
}
