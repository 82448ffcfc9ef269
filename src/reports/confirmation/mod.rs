//! The link that a mail brings, by which a reader says that the address in a
//! report is theirs. Opening it changes nothing, because programs that look
//! through mails open links; only the button on its page does.

pub(super) mod mail;
pub(super) mod secret;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::answers::{self, EndedPage};
use super::queries::asking::{self, Asking, Standing};
use crate::config::{Config, SecretKey};
use crate::db::Db;
use crate::error::AppError;
use crate::mail::Letterhead;
use crate::paths;
use crate::site::shell::{Identity, Shell};
use crate::site::{self, CachePolicy, client};
use secret::Secret;

/// The question, or that it has been answered.
#[derive(Template)]
#[template(path = "reports/confirm.html")]
struct ConfirmPage {
    shell: Shell,
    is_done: bool,
    /// How many reports wait for the answer.
    reports: usize,
    action: String,
}

/// `GET /reports/confirm/{token}`
pub(super) async fn show(
    token: web::Path<String>,
    db: web::Data<Db>,
    site: web::Data<Identity>,
) -> Result<HttpResponse, AppError> {
    let secret = Secret::parse(&token).ok_or(AppError::NotFound)?;
    let looked_up = secret.clone();
    let standing = db
        .read(move |conn| asking::standing(conn, &looked_up))
        .await?;
    let reports = match standing {
        Standing::Absent => return Err(AppError::NotFound),
        Standing::Done => 0,
        Standing::Open(_) if secret.is_over(now()) => return ended(&site),
        Standing::Open(reports) => reports,
    };
    let action = paths::record::confirmation(secret.as_str());
    let page = ConfirmPage {
        shell: Shell::new(&site, &action)
            .title("Your address")
            .description("Whether an e-mail address belongs to the person who gave it.")
            .report(paths::CONTACT)
            .unlisted(),
        is_done: standing == Standing::Done,
        reports,
        action,
    };
    let mut response = site::page(&page, CachePolicy::NoStore)?;
    answers::keep_secret(&mut response);
    Ok(response)
}

/// `POST /reports/confirm/{token}`
pub(super) async fn confirm(
    request: HttpRequest,
    token: web::Path<String>,
    db: web::Data<Db>,
    key: web::Data<SecretKey>,
    config: web::Data<Config>,
    site: web::Data<Identity>,
) -> Result<HttpResponse, AppError> {
    if client::is_foreign(request.headers(), &config.base_url) {
        return Err(AppError::BadRequest(
            "This was sent from a page of another site, so nothing was changed. Open the link in \
             the mail, and press the button there."
                .to_owned(),
        ));
    }
    let secret = Secret::parse(&token).ok_or(AppError::NotFound)?;
    let here = paths::record::confirmation(secret.as_str());
    let standing = {
        let secret = secret.clone();
        db.read(move |conn| asking::standing(conn, &secret)).await?
    };
    match standing {
        Standing::Absent => return Err(AppError::NotFound),
        Standing::Done => {}
        Standing::Open(_) if secret.is_over(now()) => return ended(&site),
        Standing::Open(_) => {
            let letterhead = Letterhead::of(&config);
            let confirmed = db
                .write(move |conn| {
                    let asking = Asking {
                        key: &key,
                        letterhead: &letterhead,
                        now: now(),
                    };
                    asking::confirm(conn, &secret, asking)
                })
                .await?;
            if confirmed {
                tracing::info!("an address was confirmed");
            }
        }
    }
    let mut response = site::see_other(&here);
    answers::keep_secret(&mut response);
    Ok(response)
}

fn ended(site: &web::Data<Identity>) -> Result<HttpResponse, AppError> {
    let page = EndedPage::new(
        site,
        "This link has ended",
        "It was good for 48 hours. Your report is kept and will be checked all the same; only a \
         mail about its outcome will not come. The receipt tells it too.",
    );
    let mut response = site::page_with_status(StatusCode::GONE, &page, CachePolicy::NoStore)?;
    answers::keep_secret(&mut response);
    Ok(response)
}

fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}
