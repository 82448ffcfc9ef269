//! The list of mail in trouble, for admins.

use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::config::Config;
use crate::db::Db;
use crate::desk::clock::{Clock, When};
use crate::desk::gate::{Admin, Desk, Fields};
use crate::error::AppError;
use crate::mail::{self, Troubled};
use crate::paths;
use crate::site::shell::Shell;
use crate::site::{self, CachePolicy};

#[derive(Template)]
#[template(path = "desk/mail.html")]
struct MailPage {
    shell: Shell,
    desk: Desk,
    mails: Vec<Line>,
    action: &'static str,
    /// A mail waits to be sent again.
    done: bool,
}

struct Line {
    id: String,
    when: When,
    state: &'static str,
    subject: String,
    /// Enough of the address to know it by: `r…@example.org`.
    recipient: String,
    answer: String,
    can_be_sent: bool,
    is_unknown: bool,
}

/// `GET /desk/mail`
pub(super) async fn show(
    request: HttpRequest,
    admin: Admin,
    db: web::Data<Db>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let clock = Clock::read(&config);
    let mails = db.read(mail::troubled).await?;
    let Admin(desk) = admin;
    let page = MailPage {
        shell: desk.shell(paths::desk::MAIL, "Mail"),
        desk,
        mails: mails
            .into_iter()
            .map(|one| Line::new(one, &clock))
            .collect(),
        action: paths::desk::MAIL,
        done: request.query_string() == "done=again",
    };
    site::page(&page, CachePolicy::NoStore)
}

/// `POST /desk/mail`: one of them goes out again, because an admin says so.
pub(super) async fn again(
    _admin: Admin,
    fields: Fields,
    db: web::Data<Db>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let id = fields.text("mail").to_owned();
    let now = Clock::read(&config).now;
    let is_waiting = db
        .write(move |conn| mail::send_again(conn, &id, now))
        .await?;
    // If somebody else was quicker, the list shows that it is gone.
    let back = match is_waiting {
        true => paths::desk::mail_done(),
        false => paths::desk::MAIL.to_owned(),
    };
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, back))
        .insert_header((CACHE_CONTROL, CachePolicy::NoStore.header()))
        .finish())
}

impl Line {
    fn new(mail: Troubled, clock: &Clock) -> Line {
        let is_unknown = mail.state == "unknown";
        Line {
            when: clock.when(mail.created_at),
            state: if is_unknown {
                "May have arrived"
            } else {
                "Not sent"
            },
            recipient: veiled(&mail.recipient),
            id: mail.id,
            subject: mail.subject,
            answer: mail.answer,
            can_be_sent: mail.can_be_sent,
            is_unknown,
        }
    }
}

/// An address without most of what stands before its `@`.
fn veiled(address: &str) -> String {
    match address.split_once('@') {
        Some((local, domain)) => {
            let first: String = local.chars().take(1).collect();
            format!("{first}…@{domain}")
        }
        None => "an address that was erased".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_apart_and_not_told() {
        assert_eq!(veiled("reader@example.org"), "r…@example.org");
        assert_eq!(veiled(""), "an address that was erased");
    }
}
