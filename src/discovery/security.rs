//! Whom to tell of a weakness (RFC 9116).

use actix_web::{HttpResponse, web};
use jiff::{Timestamp, ToSpan};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::queries;
use crate::config::Config;
use crate::db::Db;
use crate::error::AppError;
use crate::paths::{self, feeds};
use crate::site::shell::Identity;
use crate::site::{CachePolicy, document};

/// For how many days the file is good; the RFC asks for less than a year. It is
/// written anew each day, so what is in force is always far from its end.
const GOOD_FOR: i64 = 180;

/// The page of the operator's that says how reports of weaknesses are treated,
/// if there is one.
const POLICY: &str = "security";

/// What an address of mail need not escape in a URI (RFC 6068 section 2).
const ADDRESS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'@')
    .remove(b'.')
    .remove(b'-')
    .remove(b'_')
    .remove(b'~')
    .remove(b'+')
    .remove(b'!')
    .remove(b'$')
    .remove(b'*');

/// `GET /.well-known/security.txt`
pub(super) async fn show(
    db: web::Data<Db>,
    site: web::Data<Identity>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let has_policy = db
        .read_public(|conn| Ok(queries::pages(conn)?.iter().any(|page| page == POLICY)))
        .await?;
    let at = |path: &str| paths::absolute(&site.base_url, path);
    let contact = match &config.contact_email {
        Some(address) => format!("mailto:{}", utf8_percent_encode(address, ADDRESS)),
        None => at(paths::CONTACT),
    };
    let mut text = format!("Contact: {contact}\n");
    text.push_str(&format!("Expires: {}\n", expires(Timestamp::now())));
    text.push_str(&format!("Preferred-Languages: {}\n", site.lang));
    text.push_str(&format!("Canonical: {}\n", at(feeds::SECURITY)));
    if has_policy {
        text.push_str(&format!("Policy: {}\n", at(&paths::about(POLICY))));
    }
    Ok(document::answer(
        "text/plain; charset=utf-8",
        text,
        CachePolicy::Public { max_age: 3_600 },
    ))
}

/// Some midnight of UTC, so that the file is the same all day.
fn expires(now: Timestamp) -> String {
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let day = today.checked_add(GOOD_FOR.days()).unwrap_or(today);
    format!("{day}T00:00:00Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_the_same_all_day_and_less_than_a_year_away() {
        let at = |time: &str| expires(time.parse().unwrap());
        assert_eq!(at("2026-11-22T00:00:00Z"), "2027-05-21T00:00:00Z");
        assert_eq!(at("2026-11-22T23:59:59Z"), "2027-05-21T00:00:00Z");
        assert_eq!(at("2026-11-23T00:00:00Z"), "2027-05-22T00:00:00Z");
    }

    #[test]
    fn an_odd_address_stays_one_address_in_a_uri() {
        let uri = |address: &str| utf8_percent_encode(address, ADDRESS).to_string();
        assert_eq!(uri("a.b+c-d_e@x.example"), "a.b+c-d_e@x.example");
        assert_eq!(uri("a%b#c&d@x.example"), "a%25b%23c%26d@x.example");
    }
}
