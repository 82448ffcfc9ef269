//! Every revision of an article, newest first, with the reason for each.

use std::collections::HashSet;

use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::tz::TimeZone;

use crate::articles::model::{Correction, CorrectionKind, site_moment};
use crate::articles::{Audience, Revision, Revisions, case_link, inputs};
use crate::config::Config;
use crate::dates::DateStyle;
use crate::db::Db;
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::history::comparison::Counts;
use crate::history::standing::{self, Recorded};
use crate::history::tally::Tally;
use crate::paths::{self, record};
use crate::site::shell::{Identity, Link, Shell};
use crate::site::{self, CachePolicy};

#[derive(Template)]
#[template(path = "history/list.html")]
struct ListPage {
    shell: Shell,
    title: String,
    article_href: String,
    source_href: String,
    /// The day of the first one that readers could see, in words.
    since: Option<String>,
    revisions: Vec<RevisionView>,
    /// The form that compares any two; absent where there are no two.
    choice: Option<Choice>,
}

/// One revision in the list.
struct RevisionView {
    number: i64,
    day_words: String,
    date_words: String,
    datetime: String,
    /// Absent where readers have never seen it.
    shown: Option<ShownView>,
}

/// What readers may know of a revision.
struct ShownView {
    href: String,
    is_present: bool,
    is_first: bool,
    hash: String,
    short_hash: String,
    notes: Vec<NoteView>,
    /// "12 words added, 3 taken out".
    words: Option<String>,
    /// The public one before it, to compare it with.
    before: Option<(i64, String)>,
}

/// One reason.
struct NoteView {
    /// Its place in the page, for those that the present article has.
    id: Option<String>,
    kind: &'static str,
    is_correction: bool,
    text: String,
    case: Option<Link>,
}

/// The form that compares any two revisions.
pub(super) struct Choice {
    pub(super) action: String,
    /// Newest first.
    pub(super) numbers: Vec<i64>,
    pub(super) from: i64,
    pub(super) to: i64,
}

/// `GET /articles/{slug}/history`
pub(in crate::history) async fn list(
    slug: web::Path<String>,
    db: web::Data<Db>,
    audience: web::Data<Audience>,
    site: web::Data<Identity>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let slug = slug.into_inner();
    let (visibility, zone) = (audience.now(), audience.zone.clone());
    let found = db
        .read_public(move |conn| standing::find(conn, &slug, visibility, &zone))
        .await?;
    let style = config.date_style;
    let found = match found.or_answer(style, record::history) {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let zone = audience.zone.clone();
    // Old texts are read and compared, which would hold up other requests.
    let work = web::block(move || {
        let views = views(&found, &zone, style);
        (found, views)
    });
    let (Recorded { article, revisions }, views) = work
        .await
        .map_err(|error| AppError::Internal(anyhow::Error::new(error)))?;
    let mut shell = super::shell(&site, &record::history(&article.slug), &article)
        .title(format!("History of “{}”", article.title))
        .description(format!(
            "Every revision of the article “{}”, what changed in each, and why.",
            article.title
        ));
    if article.draft {
        shell = shell.unlisted();
    }
    let inputs = Inputs::of([inputs::article(&article.slug)]);
    let first = views.iter().rev().find(|one| one.shown.is_some());
    let page = ListPage {
        shell,
        article_href: paths::article(&article.slug),
        source_href: record::source(&article.slug),
        since: first.map(|one| one.day_words.clone()),
        choice: Choice::new(&article.slug, &revisions, None),
        title: article.title,
        revisions: views,
    };
    Ok(depends_on(
        site::page(&page, CachePolicy::Public { max_age: 60 })?,
        inputs,
    ))
}

impl Choice {
    /// The form with two revisions chosen: those given, or else the latest two.
    pub(super) fn new(
        slug: &str,
        revisions: &Revisions,
        chosen: Option<(i64, i64)>,
    ) -> Option<Choice> {
        let latest = revisions.latest()?;
        let before = revisions.before(latest.number)?;
        let (from, to) = chosen.unwrap_or((before.number, latest.number));
        let public = revisions.all().iter().rev().filter(|one| one.is_public);
        Some(Choice {
            action: record::compare_action(slug),
            numbers: public.map(|one| one.number).collect(),
            from,
            to,
        })
    }
}

fn views(found: &Recorded, zone: &TimeZone, style: DateStyle) -> Vec<RevisionView> {
    let Recorded { article, revisions } = found;
    let mut tally = Tally::new(style);
    let mut numbered = HashSet::new();
    let mut view = |one: &Revision| {
        let (date_words, datetime) = site_moment(one.created_at, zone, style);
        let shown = one.is_public.then(|| {
            let before = revisions.before(one.number);
            let counts = before.and_then(|before| tally.between(before, one));
            let new = revisions.new_notes(one);
            let notes = new.into_iter().map(|(_, note)| {
                let present = &article.details.corrections;
                let at = present.iter().position(|other| other == note);
                let at = at.filter(|at| numbered.insert(*at));
                NoteView::new(note, at)
            });
            ShownView {
                href: record::revision(&article.slug, one.number),
                is_present: one.number == article.revision,
                is_first: before.is_none(),
                short_hash: one.hash.chars().take(12).collect(),
                hash: one.hash.clone(),
                notes: notes.collect(),
                words: counts.map(words_changed),
                before: before.map(|before| {
                    let href = record::comparison(&article.slug, before.number, one.number);
                    (before.number, href)
                }),
            }
        });
        RevisionView {
            number: one.number,
            day_words: day_of(&date_words),
            date_words,
            datetime,
            shown,
        }
    };
    revisions.all().iter().rev().map(&mut view).collect()
}

impl NoteView {
    fn new(note: &Correction, at: Option<usize>) -> NoteView {
        NoteView {
            id: at.map(|at| format!("correction-{}", at + 1)),
            kind: note.kind.words(),
            is_correction: note.kind == CorrectionKind::Correction,
            text: note.text.clone(),
            case: case_link(note),
        }
    }
}

/// The day of a moment in words, without its time.
fn day_of(words: &str) -> String {
    let day = words.rsplit_once(", ").map_or(words, |(day, _)| day);
    day.to_owned()
}

/// "12 words added, 3 taken out".
pub(super) fn words_changed(counts: Counts) -> String {
    let words = |count: usize| if count == 1 { "word" } else { "words" };
    match (counts.added, counts.removed) {
        (0, 0) => "No word changed".to_owned(),
        (added, 0) => format!("{added} {} added", words(added)),
        (0, removed) => format!("{removed} {} taken out", words(removed)),
        (added, removed) => format!("{added} {} added, {removed} taken out", words(added)),
    }
}
