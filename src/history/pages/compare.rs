//! Two revisions beside each other.

use std::collections::BTreeSet;

use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::{HttpResponse, web};
use askama::Template;
use diesel::QueryResult;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::list::{Choice, words_changed};
use crate::articles::model::{Slug, site_moment};
use crate::articles::queries as articles;
use crate::articles::{Audience, Revision, Visibility, inputs};
use crate::config::Config;
use crate::content;
use crate::dates::DateStyle;
use crate::db::{AnyConnection, Db};
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::history::comparison::{Comparison, LONGEST, PartChange, Passage, Run};
use crate::history::readable::Readable;
use crate::history::standing::{self, Recorded, Standing};
use crate::paths::{self, record};
use crate::site::shell::{Identity, Shell};
use crate::site::{self, CachePolicy};

#[derive(Template)]
#[template(path = "history/compare.html")]
struct ComparePage {
    shell: Shell,
    title: String,
    article_href: String,
    history_href: String,
    old: Side,
    new: Side,
    outcome: Outcome,
    choice: Option<Choice>,
}

/// One of the two.
struct Side {
    number: i64,
    href: String,
    date_words: String,
    datetime: String,
    hash: String,
    short_hash: String,
}

enum Outcome {
    /// What changed.
    Changes(Changes),
    /// The reader chose one revision twice.
    SameRevision,
    /// One of the two is too long.
    TooLong,
}

struct Changes {
    parts: Vec<PartChange>,
    /// "title, summary and notes".
    unchanged: Option<String>,
    /// "12 words added, 3 taken out".
    words: String,
    is_finished: bool,
    /// Today's reader refuses one of the files, so the files are compared.
    is_of_files: bool,
}

/// The two revisions that the form asks for.
#[derive(Deserialize)]
pub(in crate::history) struct Chosen {
    from: Option<String>,
    to: Option<String>,
}

/// Two revisions with what they say.
struct Both {
    recorded: Recorded,
    /// Absent where they are one, or too long.
    read: Option<(Readable, Readable)>,
    /// The articles to which they link, by the slugs that they name.
    linked: BTreeSet<String>,
}

/// `GET /articles/{slug}/compare?from=…&to=…`, where the form is sent
pub(in crate::history) async fn choose(
    slug: web::Path<String>,
    chosen: web::Query<Chosen>,
) -> Result<HttpResponse, AppError> {
    let slug = Slug::parse(&slug).map_err(|_| AppError::NotFound)?;
    let number = |text: &Option<String>| text.as_deref().and_then(super::number);
    let there = match (number(&chosen.from), number(&chosen.to)) {
        (Some(from), Some(to)) => record::comparison(slug.as_str(), from.min(to), from.max(to)),
        _ => record::history(slug.as_str()),
    };
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, there))
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .finish())
}

/// `GET /articles/{slug}/compare/{from}..{to}`
pub(in crate::history) async fn compare(
    path: web::Path<(String, String)>,
    db: web::Data<Db>,
    audience: web::Data<Audience>,
    site: web::Data<Identity>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let (slug, numbers) = path.into_inner();
    let (from, to) = numbers
        .split_once("..")
        .and_then(|(from, to)| Some((super::number(from)?, super::number(to)?)))
        .ok_or(AppError::NotFound)?;
    let style = config.date_style;
    let (visibility, zone) = (audience.now(), audience.zone.clone());
    let found = db
        .read_public(move |conn| {
            standing::find(conn, &slug, visibility, &zone)?.and_then(|recorded| {
                let revisions = &recorded.revisions;
                let (Some(old), Some(new)) = (revisions.public(from), revisions.public(to)) else {
                    return Ok(Standing::Nothing);
                };
                let is_long = old.source.len().max(new.source.len()) > LONGEST;
                let mut linked = BTreeSet::new();
                let read = if from >= to || is_long {
                    None
                } else {
                    Some(both(
                        conn,
                        &recorded.article.slug,
                        [old, new],
                        (visibility, style),
                        &mut linked,
                    )?)
                };
                Ok(Standing::Article(Both {
                    recorded,
                    read,
                    linked,
                }))
            })
        })
        .await?;
    let there = |slug: &str| record::comparison(slug, from, to);
    let Both {
        recorded,
        read,
        linked,
    } = match found.or_answer(style, there) {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let Recorded { article, revisions } = recorded;
    let slug = article.slug.as_str();
    if from > to {
        return Ok(site::moved(&record::comparison(slug, to, from)));
    }
    let outcome = match read {
        None if from == to => Outcome::SameRevision,
        None => Outcome::TooLong,
        Some((old, new)) => {
            let work = web::block(move || Changes::new(&old, &new));
            let changes = work.await;
            Outcome::Changes(changes.map_err(|error| AppError::Internal(error.into()))?)
        }
    };
    let side = |number: i64| {
        let revision = revisions.public(number)?;
        Some(Side::new(slug, revision, &audience.zone, style))
    };
    let (old, new) = side(from).zip(side(to)).ok_or(AppError::NotFound)?;
    let shell = super::shell(&site, &record::comparison(slug, from, to), &article)
        .title(format!(
            "{}, revisions {from} and {to} compared",
            article.title
        ))
        .description(format!(
            "What changed in the article “{}” from revision {from} to revision {to}.",
            article.title
        ))
        .unlisted();
    let page = ComparePage {
        shell,
        article_href: paths::article(slug),
        history_href: record::history(slug),
        choice: Choice::new(slug, &revisions, Some((from, to))),
        title: article.title.clone(),
        old,
        new,
        outcome,
    };
    let inputs = Inputs::of(linked.iter().map(|slug| inputs::article(slug)));
    Ok(depends_on(
        site::page(&page, CachePolicy::Public { max_age: 60 })?,
        inputs.and([inputs::article(slug)]),
    ))
}

/// Reads both files, neither longer than [`LONGEST`]. If today's reader refuses
/// one, both are lines of a file. `all_links` gets what they link to.
pub(super) fn both(
    conn: &mut AnyConnection,
    slug: &str,
    revisions: [&Revision; 2],
    (visibility, style): (Visibility, DateStyle),
    all_links: &mut BTreeSet<String>,
) -> QueryResult<(Readable, Readable)> {
    let mut read = |one: &Revision| -> QueryResult<Option<Readable>> {
        let Ok(slug) = Slug::parse(slug) else {
            return Ok(None);
        };
        // Whether a picture is still there is no change of the text.
        let beside = std::collections::BTreeMap::new();
        let linked = |links: BTreeSet<String>| {
            all_links.extend(links.iter().cloned());
            articles::linked(conn, links, visibility)
        };
        let old = content::old_article(&slug, one.number, &one.source, &beside, linked)?;
        Ok(old.map(|(file, rendered)| Readable::new(&file, &rendered, style)))
    };
    let [old, new] = revisions;
    Ok(match (read(old)?, read(new)?) {
        (Some(old), Some(new)) => (old, new),
        _ => (
            Readable::of_refused(&old.source),
            Readable::of_refused(&new.source),
        ),
    })
}

impl Side {
    fn new(slug: &str, revision: &Revision, zone: &TimeZone, style: DateStyle) -> Side {
        let (date_words, datetime) = site_moment(revision.created_at, zone, style);
        Side {
            number: revision.number,
            href: record::revision(slug, revision.number),
            date_words,
            datetime,
            short_hash: revision.hash.chars().take(12).collect(),
            hash: revision.hash.clone(),
        }
    }
}

impl Changes {
    fn new(old: &Readable, new: &Readable) -> Changes {
        let comparison = Comparison::new(old, new);
        Changes {
            words: words_changed(comparison.counts),
            unchanged: listed(&comparison.unchanged),
            parts: comparison.parts,
            is_finished: comparison.is_finished,
            is_of_files: new.is_refused(),
        }
    }
}

/// "title, summary and notes".
fn listed(names: &[&str]) -> Option<String> {
    let names: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [first @ .., last] => Some(format!("{} and {last}", first.join(", "))),
    }
}
