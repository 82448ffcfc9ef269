//! Choosing a password by a link from a mail, and asking for that mail.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::letters::{self, Change};
use super::office::{Office, retry_after};
use super::queries::links::{self, Purpose};
use super::queries::{self, Row, failures};
use super::throttle::Counters;
use crate::desk::gate::{Fields, Stage, Visitor, queries as gate, seal};
use crate::error::AppError;
use crate::paths;
use crate::site::shell::Shell;

const UNLIKE: &str = "The two are not the same.";

/// Asks for the address of an account, or says that a mail is on its way.
#[derive(Template)]
#[template(path = "desk/accounts/forgotten.html")]
struct ForgottenPage {
    shell: Shell,
    csrf: String,
    action: &'static str,
    sign_in_href: &'static str,
    sent: bool,
    error: Option<String>,
}

/// Asks for a password.
#[derive(Template)]
#[template(path = "desk/accounts/password.html")]
struct PasswordPage {
    shell: Shell,
    csrf: String,
    action: String,
    is_invitation: bool,
    name: String,
    email: String,
    error: Option<String>,
}

/// Says that a link cannot be followed.
#[derive(Template)]
#[template(path = "desk/accounts/void.html")]
struct VoidPage {
    shell: Shell,
    forgotten_href: &'static str,
}

/// Shows the form that takes an address.
pub(super) async fn open_forgotten(
    office: Office,
    visitor: Visitor,
) -> Result<HttpResponse, AppError> {
    visitor.greet(office.page(StatusCode::OK, &forgotten(&office, &visitor, false))?)
}

/// Takes an address. The answer is the same whether it is an editor's or not,
/// and so is its time: what has to be done is done after it.
pub(super) async fn send_link(
    office: Office,
    visitor: Visitor,
    fields: Fields,
) -> Result<HttpResponse, AppError> {
    let counters = Counters::forgotten(&office.key, office.client);
    if let Some((sentence, seconds)) = office.wait(&counters).await? {
        let mut page = forgotten(&office, &visitor, false);
        page.error = Some(sentence);
        let response = office.page(StatusCode::TOO_MANY_REQUESTS, &page)?;
        return Ok(retry_after(response, seconds));
    }
    let email = fields.text("email").to_owned();
    let (db, head, now) = (office.db.clone(), office.letterhead(), office.now);
    actix_web::rt::spawn(async move {
        let sent = db.write(move |conn| {
            let found = queries::by_email(conn, &email)?;
            let Some(editor) = found.filter(|editor| editor.disabled_at.is_none()) else {
                return Ok(());
            };
            if links::is_exhausted(conn, &editor.id, now)? {
                return Ok(());
            }
            letters::reset(conn, &head, &editor, now)
        });
        if let Err(error) = sent.await {
            tracing::error!(%error, "no link to a new password could be made");
        }
    });
    office.page(StatusCode::OK, &forgotten(&office, &visitor, true))
}

/// Shows the form behind a link; following it changes nothing yet.
pub(super) async fn open(
    office: Office,
    visitor: Visitor,
    secret: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let secret = secret.into_inner();
    let Some((editor, purpose)) = find(&office, &secret).await? else {
        return void(&office);
    };
    let page = password_page(&office, &visitor, &secret, &editor, purpose, None);
    visitor.greet(office.page(StatusCode::OK, &page)?)
}

/// Takes the password. The link is void from then on, and so is every session.
pub(super) async fn choose(
    office: Office,
    visitor: Visitor,
    secret: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse, AppError> {
    let secret = secret.into_inner();
    let Some((editor, purpose)) = find(&office, &secret).await? else {
        return void(&office);
    };
    let password = fields.raw("password");
    let about = office.about(&editor.email, &editor.name);
    let error = if password == fields.raw("again") {
        office.passwords.refuse(password, about).await?
    } else {
        Some(UNLIKE.to_owned())
    };
    if error.is_some() {
        let page = password_page(&office, &visitor, &secret, &editor, purpose, error);
        return office.page(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let hash = office.passwords.hash(password).await?;
    let (head, now, device) = (office.letterhead(), office.now, office.device.clone());
    let counters = Counters::password(&office.key, &editor.email, office.client, None, None);
    let begun = office
        .db
        .write(move |conn| {
            if !links::follow(conn, &secret, now)? {
                return Ok(None);
            }
            let why = match purpose {
                Purpose::Invitation => "password chosen by invitation",
                Purpose::Reset => "password reset by mail",
            };
            queries::set_password(conn, &editor.id, &hash, "", why, now)?;
            match purpose {
                // Whoever is invited again begins anew: that is the way back in
                // for somebody whose telephone is gone.
                Purpose::Invitation => queries::forget_totp(conn, &editor.id)?,
                Purpose::Reset => letters::tell(conn, &head, &editor, Change::Password, now)?,
            }
            failures::clear(conn, &counters.0)?;
            let old = &visitor.secret;
            gate::begin(conn, old, &editor.id, Stage::Password, None, &device, now).map(Some)
        })
        .await?;
    match begun {
        Some(secret) => {
            let cookie = office.cookies.session(&secret);
            Ok(Office::see(paths::desk::SECOND_FACTOR, &[cookie]))
        }
        None => void(&office),
    }
}

async fn find(office: &Office, secret: &str) -> Result<Option<(Row, Purpose)>, AppError> {
    if !seal::is_secret(secret) {
        return Ok(None);
    }
    let (secret, now) = (secret.to_owned(), office.now);
    Ok(office
        .db
        .read(move |conn| links::find(conn, &secret, now))
        .await?)
}

fn void(office: &Office) -> Result<HttpResponse, AppError> {
    let page = VoidPage {
        shell: office.shell(paths::desk::FORGOTTEN, "This link is void"),
        forgotten_href: paths::desk::FORGOTTEN,
    };
    office.page(StatusCode::NOT_FOUND, &page)
}

fn forgotten(office: &Office, visitor: &Visitor, sent: bool) -> ForgottenPage {
    ForgottenPage {
        shell: office.shell(paths::desk::FORGOTTEN, "A new password"),
        csrf: visitor.csrf(),
        action: paths::desk::FORGOTTEN,
        sign_in_href: paths::desk::SIGN_IN,
        sent,
        error: None,
    }
}

fn password_page(
    office: &Office,
    visitor: &Visitor,
    secret: &str,
    editor: &Row,
    purpose: Purpose,
    error: Option<String>,
) -> PasswordPage {
    PasswordPage {
        // The address of this page is a secret, and stands in no link of it.
        shell: office.shell(paths::desk::FORGOTTEN, "Choose a password"),
        csrf: visitor.csrf(),
        action: paths::desk::password(secret),
        is_invitation: purpose == Purpose::Invitation,
        name: editor.name.clone(),
        email: editor.email.clone(),
        error,
    }
}
