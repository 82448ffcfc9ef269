//! An article as it is now, for somebody whose link says which revision was
//! shared: what has been corrected since stands above it.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use diesel::QueryResult;
use jiff::tz::TimeZone;
use url::form_urlencoded;

use super::compare::both;
use crate::articles::model::{Correction, CorrectionKind, site_date_words, site_moment};
use crate::articles::{
    self, ARTICLE_CACHE, Arrival, ArticlePage, ArticleView, Audience, NeighbourView, SaidView,
    Teaser, Visibility, inputs,
};
use crate::config::Config;
use crate::dates::DateStyle;
use crate::db::AnyConnection;
use crate::editions::depends_on;
use crate::error::AppError;
use crate::history::comparison::{Comparison, LONGEST, PartChange, Passage, Run};
use crate::history::readable::{NOTES_OF_CHANGES, Readable};
use crate::history::standing::{self, Recorded, Standing};
use crate::paths::{record, sharing};
use crate::site;
use crate::site::shell::{Link, Shell};

/// How many changed passages the notice shows.
const MOST_PASSAGES: usize = 12;

/// How long they may be together, in bytes of text.
const MOST_TEXT: usize = 6_000;

/// From so many bytes on they wait behind a line that opens them.
const MOST_OPEN: usize = 900;

#[derive(Template)]
#[template(path = "history/since.html")]
struct SincePage {
    shell: Shell,
    article: ArticleView,
    before: Vec<NeighbourView>,
    after: Vec<NeighbourView>,
    same_day: Vec<Teaser>,
    all_of_day: Option<Link>,
    since: Since,
}

/// What has changed since a link was shared.
struct Since {
    /// "Corrected since this link was shared".
    headline: &'static str,
    is_correction: bool,
    /// The revision that the link names.
    number: i64,
    revision_href: String,
    /// When that came, in words.
    date_words: String,
    datetime: String,
    /// The notes that have come since, newest first.
    notes: Vec<Note>,
    /// The changed passages, as far as the notice shows them.
    parts: Vec<PartChange>,
    /// They are too long to stand open above the text.
    is_long: bool,
    /// There is more in the comparison than here.
    is_cut: bool,
    changes_href: String,
}

/// Why something was changed.
struct Note {
    kind: &'static str,
    date: String,
    date_words: String,
    text: String,
}

/// What is needed for [`Since`].
struct Past {
    slug: String,
    /// The revision that the link names, and the one that is shown.
    numbers: (i64, i64),
    /// When the former came: epoch milliseconds, UTC.
    created_at: i64,
    /// The notes that have come since.
    notes: Vec<Correction>,
    /// What both say; `None` if one of them is too long to be compared.
    read: Option<(Readable, Readable)>,
    /// The articles to which they link, by the slugs that they name.
    linked: BTreeSet<String>,
}

/// Whether a query string names a revision. One that does not is none of this
/// module's business.
pub(in crate::history) fn names_revision(query: &str) -> bool {
    named_revision(query).is_some()
}

/// `GET /articles/{slug}?r={number}`
///
/// If nothing can be said of that revision, the page is what it is without the
/// number, to the byte.
pub(in crate::history) async fn since(
    request: HttpRequest,
    slug: web::Path<String>,
    audience: web::Data<Audience>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let number = named_revision(request.query_string()).ok_or(AppError::NotFound)?;
    let slug = slug.into_inner();
    let style = config.date_style;
    let (visibility, zone) = (audience.now(), audience.zone.clone());
    let wanted = slug.clone();
    let look_back =
        move |conn: &mut AnyConnection| past(conn, &wanted, number, visibility, &zone, style);
    let (arrival, past) = articles::arrive(&request, slug, look_back).await?;
    let mut page = match arrival {
        Arrival::Here(page) => *page,
        // Its revisions went with it to its new slug.
        Arrival::Moved(slug) => return Ok(site::moved(&sharing::shared(&slug, number))),
    };
    let Some(past) = past else {
        return articles::answer(page);
    };
    page.inputs = page
        .inputs
        .and(past.linked.iter().map(|slug| inputs::article(slug)));
    let zone = audience.zone.clone();
    let work = web::block(move || Since::new(past, &zone, style)).await;
    let since = work.map_err(|error| AppError::Internal(anyhow::Error::new(error)))?;
    let Some(since) = since else {
        return articles::answer(page);
    };
    let ArticlePage {
        shell,
        article,
        before,
        after,
        same_day,
        all_of_day,
        inputs,
    } = page;
    let page = SincePage {
        shell,
        article,
        before,
        after,
        same_day,
        all_of_day,
        since,
    };
    Ok(depends_on(site::page(&page, ARTICLE_CACHE)?, inputs))
}

/// The number in the first `r` of a query string, if it may be one.
fn named_revision(query: &str) -> Option<i64> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let (_, value) = pairs.find(|(key, _)| key == "r")?;
    super::number(&value)
}

/// Looks back from the article under a slug to one of its revisions. `None` if
/// readers may not see that one, if it is the present one or none at all, and
/// while the text of the article is kept back.
fn past(
    conn: &mut AnyConnection,
    slug: &str,
    number: i64,
    visibility: Visibility,
    zone: &TimeZone,
    style: DateStyle,
) -> QueryResult<Option<Past>> {
    let Standing::Article(recorded) = standing::find(conn, slug, visibility, zone)? else {
        return Ok(None);
    };
    let Recorded { article, revisions } = recorded;
    if number >= article.revision {
        return Ok(None);
    }
    let both_of = (revisions.public(number), revisions.public(article.revision));
    let (Some(old), Some(new)) = both_of else {
        return Ok(None);
    };
    let is_long = old.source.len().max(new.source.len()) > LONGEST;
    let mut linked = BTreeSet::new();
    let read = match is_long {
        true => None,
        false => Some(both(
            conn,
            &article.slug,
            [old, new],
            (visibility, style),
            &mut linked,
        )?),
    };
    let notes = revisions.notes_since(number, &article.details.corrections);
    Ok(Some(Past {
        numbers: (number, article.revision),
        created_at: old.created_at,
        notes: notes.into_iter().cloned().collect(),
        read,
        linked,
        slug: article.slug,
    }))
}

impl Since {
    /// `None` if no word that a reader sees is another now.
    fn new(past: Past, zone: &TimeZone, style: DateStyle) -> Option<Since> {
        let Past { numbers, notes, .. } = past;
        let mut parts = Vec::new();
        let mut is_cut = true;
        if let Some((old, new)) = &past.read {
            let comparison = Comparison::new(old, new);
            if comparison.parts.is_empty() {
                return None;
            }
            (parts, is_cut) = short(comparison.parts);
            is_cut |= !comparison.is_finished;
        }
        let (date_words, datetime) = site_moment(past.created_at, zone, style);
        let has = |kind: CorrectionKind| notes.iter().any(|note| note.kind == kind);
        let is_correction = has(CorrectionKind::Correction);
        let headline = if is_correction {
            "Corrected since this link was shared"
        } else if has(CorrectionKind::Clarification) {
            "Clarified since this link was shared"
        } else {
            "Edited since this link was shared"
        };
        let is_long = parts.iter().map(weight).sum::<usize>() > MOST_OPEN;
        Some(Since {
            headline,
            is_correction,
            number: numbers.0,
            revision_href: record::revision(&past.slug, numbers.0),
            date_words,
            datetime,
            notes: newest_first(notes, style),
            parts,
            is_long,
            is_cut,
            changes_href: record::comparison(&past.slug, numbers.0, numbers.1),
        })
    }
}

fn newest_first(mut notes: Vec<Correction>, style: DateStyle) -> Vec<Note> {
    notes.reverse();
    notes.sort_by(|one, other| other.date.cmp(&one.date));
    let note = |note: Correction| Note {
        kind: note.kind.words(),
        date_words: site_date_words(&note.date, style),
        date: note.date,
        text: note.text,
    };
    notes.into_iter().map(note).collect()
}

/// The changed passages alone, as many as a notice can hold, and whether some
/// had to go. The notes of changes stand above them already.
fn short(parts: Vec<PartChange>) -> (Vec<PartChange>, bool) {
    let (mut passages, mut bytes) = (0, 0);
    let mut is_cut = false;
    let mut shown = Vec::new();
    for part in parts {
        if part.name == NOTES_OF_CHANGES {
            continue;
        }
        let mut kept = Vec::new();
        for passage in part.passages {
            let size = size(&passage);
            if size == 0 {
                continue;
            }
            passages += 1;
            bytes += size;
            if passages > MOST_PASSAGES || bytes > MOST_TEXT {
                is_cut = true;
            } else {
                kept.push(passage);
            }
        }
        if !kept.is_empty() {
            shown.push(PartChange {
                name: part.name,
                passages: kept,
            });
        }
    }
    (shown, is_cut)
}

/// The bytes of a changed passage, 0 for one that is the same.
fn size(passage: &Passage) -> usize {
    match passage {
        Passage::Same(_) | Passage::Folded(_) => 0,
        Passage::Added(text) | Passage::Removed(text) => text.len(),
        Passage::Changed(runs) => {
            let text = |run: &Run| match run {
                Run::Same(text) | Run::Added(text) | Run::Removed(text) => text.len(),
            };
            runs.iter().map(text).sum()
        }
    }
}

fn weight(part: &PartChange) -> usize {
    part.passages.iter().map(size).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_number_is_a_revision() {
        assert_eq!(named_revision("r=3"), Some(3));
        assert_eq!(named_revision("utm_source=x&r=12"), Some(12));
        assert_eq!(named_revision("utm_source=x&%72=12"), Some(12));
        for nothing in [
            "", "r", "r=", "r=0", "r=03", "r=-1", "r=+1", "r=3.0", "R=3", "p=3",
        ] {
            assert_eq!(named_revision(nothing), None, "{nothing}");
        }
        assert_eq!(named_revision("r=99999999999999999999"), None);
    }

    #[test]
    fn a_notice_holds_changed_passages_and_not_too_many() {
        let part = |name, passages| PartChange { name, passages };
        let added = |text: &str| Passage::Added(text.to_owned());
        let (shown, is_cut) = short(vec![
            part("Text", vec![Passage::Same("a".to_owned()), added("b")]),
            part(NOTES_OF_CHANGES, vec![added("c")]),
        ]);
        assert_eq!(shown, [part("Text", vec![added("b")])]);
        assert!(!is_cut);
        let (shown, is_cut) = short(vec![part("Text", vec![added("d"); 100])]);
        assert_eq!(shown[0].passages.len(), MOST_PASSAGES);
        assert!(is_cut);
        let long = "e".repeat(MOST_TEXT + 1);
        let (shown, is_cut) = short(vec![part("Text", vec![added(&long)])]);
        assert!(shown.is_empty() && is_cut);
    }
}
