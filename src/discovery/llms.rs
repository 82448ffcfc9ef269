//! What the site is and where its texts are, for programs that read text
//! (<https://llmstxt.org>).

use actix_web::{HttpResponse, web};

use crate::config::Config;
use crate::error::AppError;
use crate::paths::{self, api, feeds, record};
use crate::site::shell::Identity;
use crate::site::{CachePolicy, document};

/// `GET /llms.txt`
pub(super) async fn show(
    site: web::Data<Identity>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    Ok(document::answer(
        "text/plain; charset=utf-8",
        text(&site, &config),
        CachePolicy::Public { max_age: 3_600 },
    ))
}

fn text(site: &Identity, config: &Config) -> String {
    let at = |path: &str| paths::absolute(&site.base_url, path);
    let link = |label: &str, path: &str, what: &str| format!("- [{label}]({}): {what}\n", at(path));
    let name = &site.name;
    let by = match &site.publisher {
        Some(publisher) => format!(" It is published by {publisher}."),
        None => String::new(),
    };
    let terms = match &config.content_licence {
        Some(licence) => format!(
            "The articles are under the licence [{}]({}): name {name}, and link the article that you used. Pictures are under the licence that stands beside each.",
            licence.name, licence.url
        ),
        None => "No licence is given for the articles here; ask before you copy more than the law allows.".to_owned(),
    };
    let mut text = format!(
        "# {name}\n\n> What happened on each day of the year, in short articles with their sources. Where accounts differ the article says so, and every error that was reported and decided is on record.{by}\n\n{terms}\n\n"
    );
    let source = at(&record::source("SLUG"));
    text.push_str(&format!(
        "Each article stands at `{}`. Its source is Markdown, with dates in EDTF and all sources in its head: `{source}`. Dates get corrected: take the newest, and cite it with its revision.\n\n",
        at(&paths::article("SLUG")),
    ));
    text.push_str("## Lists\n\n");
    text.push_str(&link("Today", paths::HOME, "what happened on this day"));
    text.push_str(&link(
        "A day",
        &paths::day("january-4"),
        "such as January 4",
    ));
    text.push_str(&link("Timeline", paths::TIMELINE, "all years by century"));
    for (label, kind) in [
        ("Places", "places"),
        ("People", "people"),
        ("Organisations", "organisations"),
        ("Topics", "topics"),
    ] {
        text.push_str(&link(label, &paths::registry(kind), "the index"));
    }
    text.push_str(&link(
        "Corrections",
        record::LEDGER,
        "every decided report of an error",
    ));
    text.push_str("\n## For programs\n\n");
    text.push_str(&link("Sitemap", feeds::SITEMAP, "every page"));
    text.push_str(&link("API", api::API, "JSON, described"));
    text.push_str(&link(
        "Export",
        api::EXPORT,
        "everything at once, one JSON value on a line",
    ));
    text.push_str(&link("Feeds", feeds::FEEDS, "Atom, RSS, JSON Feed"));
    text.push_str(&link(
        "Calendar",
        feeds::CALENDAR,
        "every day of the year, as iCalendar",
    ));
    text
}
