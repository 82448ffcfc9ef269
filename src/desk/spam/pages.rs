//! The list of what was caught.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use url::form_urlencoded;

use super::queries::{self, Caught, Listing, PAGE};
use crate::cases::{self, Actor, Category};
use crate::config::Config;
use crate::db::Db;
use crate::desk::clock::{Clock, When};
use crate::desk::gate::{Desk, Fields};
use crate::desk::plain::{self, Piece};
use crate::error::AppError;
use crate::paths;
use crate::site::shell::{Link, Shell};
use crate::site::{self, CachePolicy};

/// What a report says is cut in its line after so many characters.
const LONGEST_LINE: usize = 240;

#[derive(Template)]
#[template(path = "desk/spam.html")]
struct SpamPage {
    shell: Shell,
    desk: Desk,
    lines: Vec<Line>,
    rules: Vec<RuleLine>,
    /// Rules that have no effect at present, and since when.
    suspended: Vec<(String, When)>,
    /// The rule whose catch is shown alone.
    only: Option<String>,
    all_href: &'static str,
    action: &'static str,
    previous: Option<String>,
    next: Option<String>,
    range_words: String,
    /// The case that a report has gone to.
    restored: Option<Link>,
}

struct Line {
    id: String,
    when: When,
    rule: String,
    category: &'static str,
    article: Option<String>,
    words: Vec<Piece>,
}

struct RuleLine {
    words: String,
    href: String,
    day: i64,
    week: i64,
    all: i64,
    last: When,
    is_chosen: bool,
}

/// `GET /desk/spam`
pub(super) async fn show(
    request: HttpRequest,
    desk: Desk,
    db: web::Data<Db>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let clock = Clock::read(&config);
    let (mut page, mut only, mut restored) = (1, None, None);
    for (name, value) in form_urlencoded::parse(request.query_string().as_bytes()) {
        match name.as_ref() {
            "page" => page = value.parse().unwrap_or(1).clamp(1, 100_000),
            "rule" if is_word(&value) => only = Some(value.into_owned()),
            "restored" if is_word(&value) => restored = Some(value.to_ascii_uppercase()),
            _ => {}
        }
    }
    let (rule, now) = (only.clone(), clock.now);
    let listing = db
        .read(move |conn| queries::listing(conn, rule.as_deref(), page, now))
        .await?;
    let page = SpamPage::new(desk, listing, only, restored, &clock);
    site::page(&page, CachePolicy::NoStore)
}

/// `POST /desk/spam`: a report is no spam, and goes the way of those that have
/// just arrived.
pub(super) async fn restore(
    desk: Desk,
    fields: Fields,
    db: web::Data<Db>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let (report, editor) = (fields.text("report").to_owned(), desk.editor.id);
    let now = Clock::read(&config).now;
    let case = db
        .write(move |conn| cases::unmark_spam(conn, &report, Actor::Editor(&editor), now))
        .await?;
    // If somebody else was quicker, the list shows that it is gone.
    let back = match &case {
        Some(case) => paths::desk::spam(&[("restored", &case.to_ascii_lowercase())]),
        None => paths::desk::SPAM.to_owned(),
    };
    Ok(site::see_other(&back))
}

impl SpamPage {
    fn new(
        desk: Desk,
        listing: Listing,
        only: Option<String>,
        restored: Option<String>,
        clock: &Clock,
    ) -> SpamPage {
        let (page, total) = (listing.page, listing.total);
        let turned = |page: i64| {
            let page = page.to_string();
            let mut pairs = vec![("page", page.as_str())];
            if let Some(rule) = &only {
                pairs.push(("rule", rule));
            }
            paths::desk::spam(&pairs)
        };
        let last = (page * PAGE).min(total);
        SpamPage {
            shell: desk.shell(paths::desk::SPAM, "Spam"),
            lines: listing
                .caught
                .into_iter()
                .map(|caught| Line::new(caught, clock))
                .collect(),
            rules: listing
                .rules
                .into_iter()
                .map(|rule| RuleLine {
                    words: rule_words(&rule.rule),
                    href: paths::desk::spam(&[("rule", &rule.rule)]),
                    day: rule.day,
                    week: rule.week,
                    all: rule.all,
                    last: clock.when(rule.last),
                    is_chosen: only.as_deref() == Some(rule.rule.as_str()),
                })
                .collect(),
            suspended: listing
                .suspended
                .into_iter()
                .map(|(rule, since)| (rule_words(&rule), clock.when(since)))
                .collect(),
            previous: (page > 1).then(|| turned(page - 1)),
            next: (last < total).then(|| turned(page + 1)),
            range_words: format!("Reports {} to {last} of {total}", (page - 1) * PAGE + 1),
            only: only.as_deref().map(rule_words),
            all_href: paths::desk::SPAM,
            action: paths::desk::SPAM,
            restored: restored.map(|id| Link {
                href: paths::desk::case(&id),
                label: id,
            }),
            desk,
        }
    }
}

impl Line {
    fn new(caught: Caught, clock: &Clock) -> Line {
        let said = [&caught.wrong, &caught.correct, &caught.quote];
        let words = said
            .into_iter()
            .filter(|words| !words.trim().is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" · ");
        Line {
            when: clock.when(caught.received_at),
            rule: rule_words(&caught.rule),
            category: Category::of_row(&caught.category).label(),
            article: caught.article,
            words: plain::line(&words, LONGEST_LINE),
            id: caught.id,
        }
    }
}

/// The rules' words in the table, and of cases in addresses.
fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 40
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// What a rule is called; those of a later version stand for themselves.
fn rule_words(rule: &str) -> String {
    match rule {
        "honeypot" => "Hidden field filled in".to_owned(),
        "too-fast" => "Sent within three seconds".to_owned(),
        "forged" => "Form not ours".to_owned(),
        "editor" => "Marked by an editor".to_owned(),
        other => {
            let words = other.replace('-', " ");
            let mut letters = words.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).collect())
                .unwrap_or_default()
        }
    }
}
