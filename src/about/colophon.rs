//! The colophon: how the site is made, and below it every part that pages are
//! made of, so that whoever changes one sees all. Lists and text come through
//! the same templates and the same renderer as everywhere else.

use std::sync::OnceLock;

use actix_web::{HttpResponse, web};
use askama::Template;
use diesel::QueryResult;

use crate::articles::queries::{self, Listed};
use crate::articles::{Audience, Teaser, Visibility, teasers};
use crate::config::Config;
use crate::db::{AnyConnection, Db};
use crate::error::AppError;
use crate::markdown::{self, Context, RenderedHtml};
use crate::paths;
use crate::site::shell::{Identity, Section, Shell};
use crate::site::{self, CachePolicy};

/// Markdown with everything that an article may hold.
const SPECIMEN: &str = include_str!("specimen.md");

/// How many events of one day are shown.
const EVENTS: usize = 3;

/// `/about/colophon`
#[derive(Template)]
#[template(path = "about/colophon.html")]
struct ColophonPage {
    shell: Shell,
    prose: RenderedHtml,
    notes: RenderedHtml,
    events: Vec<Teaser>,
}

/// `GET /about/colophon`
pub(super) async fn show(
    db: web::Data<Db>,
    site: web::Data<Identity>,
    config: web::Data<Config>,
    audience: web::Data<Audience>,
) -> Result<HttpResponse, AppError> {
    let visibility = audience.now();
    let events = db
        .read_public(move |conn| full_day(conn, visibility))
        .await?;
    let (prose, notes) = specimen();
    let page = ColophonPage {
        shell: Shell::new(&site, paths::COLOPHON)
            .title("Colophon")
            .description("How this site is made: its typefaces, its paper and ink, its maps and programs, and every part that its pages are made of.")
            .section(Section::About),
        prose,
        notes,
        events: teasers(events, config.date_style, None),
    };
    site::page(&page, CachePolicy::Public { max_age: 300 })
}

/// The first events of the first day of the year that has several.
fn full_day(conn: &mut AnyConnection, visibility: Visibility) -> QueryResult<Vec<Listed>> {
    let days = queries::days_with_entries(conn, visibility)?;
    let mut most = Vec::new();
    for (month, day) in days {
        let events = queries::on_day(conn, month, day, visibility)?;
        if events.len() > most.len() {
            most = events;
        }
        if most.len() > 1 {
            break;
        }
    }
    most.truncate(EVENTS);
    Ok(most)
}

/// The text and its notes. They never change while the program runs.
fn specimen() -> (RenderedHtml, RenderedHtml) {
    static RENDERED: OnceLock<(RenderedHtml, RenderedHtml)> = OnceLock::new();
    let render = || {
        let context = Context {
            sources: &[],
            wikilink: &|_| None,
            picture: &|_| None,
            report_href: None,
            share_href: None,
            margin_notes: true,
        };
        let rendered = markdown::render(SPECIMEN, &context);
        (rendered.html, rendered.notes)
    };
    RENDERED.get_or_init(render).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_specimen_holds_what_an_article_may_hold() {
        let (prose, notes) = specimen();
        for part in [
            "<h2",
            "<h3",
            "<h4",
            "<ul",
            "<ol",
            "<blockquote",
            "<table",
            "<pre",
            "<code",
            "<hr",
            "<em",
            "<strong",
            "note-ref",
        ] {
            assert!(prose.as_str().contains(part), "{part}");
        }
        assert!(!notes.is_empty());
    }
}
