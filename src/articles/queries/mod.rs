//! What pages ask about articles. Every query that can name an article takes a
//! [`Visibility`], so that drafts and future articles cannot slip through.

mod accounts;
mod around;
mod entries;
mod kept;
mod leads;
mod links;
mod lives;
mod media;
mod names;
mod newest;
mod one;
mod outline;
mod periods;
mod places;
mod published;
mod site_times;
mod sketches;
mod tallies;
mod time;
mod withheld;

use super::Visibility;
use super::model::{Details, Registry, Tag};
use crate::cases::Hold;
use crate::db::AnyConnection;
use crate::db::schema::{
    aliases, articles, editions, picture_uses, pictures, revisions, tags, tombstones,
};
use crate::error::Gone;
use diesel::dsl::{AsExprOf, max, not};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use std::collections::{BTreeSet, HashMap};

pub use accounts::contradictions;
pub(super) use accounts::holders;
pub use around::{Bond, Near, around};
pub use entries::{WrittenEntry, written_entries, written_entry, written_with_text};
pub use kept::{KeptRevision, kept_revisions};
pub use leads::{lead_among, lead_candidates, lead_of};
pub use links::{Linked, linked};
pub use lives::{LifeDay, LifeEvent, lives_in, lives_on};
pub use media::{picture, picture_bytes, rendition};
pub use names::listed_of;
pub use newest::{began_at, changed_at, imported_at, newest};
pub use one::listed_by_slug;
pub(super) use outline::evenly;
pub use outline::{
    Spot, first_name, listed_at, outline_of_day, outline_of_entry, outline_of_year, some_of_day,
    some_of_entry,
};
pub use periods::{Entry, Range, Told, titles_at, titles_in, years_beside};
pub(super) use places::located;
pub use published::{Published, Stretch, each_published};
pub use site_times::{SiteTimes, entry_times, site_times};
pub use sketches::{all_naming, due, holding, sketches, standing_at};
pub(crate) use tallies::{CENTURY, DECADE, PLACES_BY_CENTURY, YEAR};
pub use tallies::{number_in, number_of_articles, places_by_century, tag_counts, told_in};
pub use time::{days_of_month, days_with_entries, is_told_without_day, on_day};
pub use withheld::{is_text_withheld, texts_withheld};

/// An article as lists show it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its permanent name.
    pub slug: String,
    /// Headline.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Dates and the rest of the front matter.
    pub details: Details,
    /// The names it carries.
    pub tags: Vec<Tag>,
    /// The picture at its head.
    pub picture: Option<StoredPicture>,
    /// Where it stands on the page that lists it, if that is a page of time.
    pub standing: Option<Standing>,
    /// Which of `details.dates` are disputed, by their index.
    pub disputed_dates: BTreeSet<usize>,
    /// An open case marks it, or keeps something of it back: it leads no day.
    pub is_held: bool,
}

/// Why an article is on a day, month or year page.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Astronomical year.
    pub year: i64,
    /// What happened, in words; may be empty.
    pub label: String,
    /// EDTF of the date that stands there.
    pub edtf: String,
}

/// A whole article.
#[derive(Clone, Debug)]
pub struct Whole {
    /// Its permanent name.
    pub slug: String,
    /// The number of the revision that is shown.
    pub revision: i64,
    /// Headline.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Seen only with `serve --drafts`.
    pub draft: bool,
    /// The day number by which articles are ordered.
    pub first_day: i64,
    /// The rest of the front matter.
    pub details: Details,
    /// The body.
    pub html: String,
    /// The footnotes.
    pub notes: String,
    /// The names it carries.
    pub tags: Vec<Tag>,
    /// The picture at its head.
    pub picture: Option<StoredPicture>,
    /// What open cases mark in it or keep back; that is not in the fields above.
    pub holds: Vec<Hold>,
}

/// What is known of a picture without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPicture {
    /// SHA-256, hexadecimal.
    pub hash: String,
    /// Pixels, of the picture the right way up.
    pub width: u32,
    /// Pixels, of the picture the right way up.
    pub height: u32,
    /// The class of its commonest colour; empty where an older import did not
    /// look for one.
    pub tone: String,
}

/// What a report about an article needs of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedText {
    /// Its permanent name.
    pub slug: String,
    /// Headline.
    pub title: String,
    /// The number of the revision that is shown.
    pub revision: i64,
    /// Whether its text is kept back while a case about it is open.
    pub is_withheld: bool,
}

type ListedRow = (String, String, String, String);

/// The columns of [`ListedRow`].
const LISTED: (
    articles::slug,
    articles::title,
    articles::summary,
    articles::details,
) = (
    articles::slug,
    articles::title,
    articles::summary,
    articles::details,
);

/// Whether an article may be seen. A statement with this is prepared once for
/// each connection, as it never is with a list of values (`eq_any`), nor, on
/// SQLite, with a value that is compared to the column of a partial index.
#[diesel::dsl::auto_type]
pub(crate) fn visible(visibility: Visibility) -> _ {
    let until: i64 = visibility.until;
    let drafts: AsExprOf<bool, Bool> = visibility.drafts.into_sql::<Bool>();
    articles::published
        .le(until)
        .and(not(articles::draft).or(drafts))
}

/// The latest edition, 0 before the first import.
///
/// # Errors
/// The database's.
pub fn edition(conn: &mut AnyConnection) -> QueryResult<i64> {
    let latest: Option<i64> = editions::table.select(max(editions::id)).first(conn)?;
    Ok(latest.unwrap_or(0))
}

/// One article by its slug.
///
/// # Errors
/// The database's.
pub fn by_slug(
    conn: &mut AnyConnection,
    slug: &str,
    visibility: Visibility,
) -> QueryResult<Option<Whole>> {
    type Row = (
        String,
        i64,
        String,
        String,
        bool,
        i64,
        String,
        String,
        String,
    );
    let row: Option<Row> = articles::table
        .filter(articles::slug.eq(slug))
        .filter(visible(visibility))
        .select((
            articles::slug,
            articles::revision,
            articles::title,
            articles::summary,
            articles::draft,
            articles::first_day,
            articles::details,
            articles::html,
            articles::notes,
        ))
        .first(conn)
        .optional()?;
    let Some((slug, revision, title, summary, draft, first_day, details, html, notes)) = row else {
        return Ok(None);
    };
    let details = read_json(&details)?;
    let tags = tags_of(conn, std::slice::from_ref(&slug))?
        .remove(&slug)
        .unwrap_or_default();
    let picture = pictures_of(conn, &[(slug.clone(), file_of(&details))])?.remove(&slug);
    let mut whole = Whole {
        slug,
        revision,
        title,
        summary,
        draft,
        first_day,
        details,
        html,
        notes,
        tags,
        picture,
        holds: Vec::new(),
    };
    withheld::from_article(conn, &mut whole)?;
    Ok(Some(whole))
}

/// The slug that answers for an old address, `path` in lower case.
///
/// # Errors
/// The database's.
pub fn alias_target(conn: &mut AnyConnection, path: &str) -> QueryResult<Option<String>> {
    aliases::table
        .filter(aliases::path.eq(path))
        .select(aliases::slug)
        .first(conn)
        .optional()
}

/// Why an article is gone. One that vanished without an entry in
/// `removed.yaml` is gone all the same, because its URL was public once.
///
/// # Errors
/// The database's.
pub fn tombstone(conn: &mut AnyConnection, slug: &str) -> QueryResult<Option<Gone>> {
    let row: Option<(String, String, Option<String>)> = tombstones::table
        .filter(tombstones::slug.eq(slug))
        .select((tombstones::removed_on, tombstones::reason, tombstones::see))
        .first(conn)
        .optional()?;
    if let Some((date, reason, see)) = row {
        return Ok(Some(Gone {
            slug: slug.to_owned(),
            date,
            reason,
            see,
        }));
    }
    let existed: i64 = revisions::table
        .filter(revisions::slug.eq(slug))
        .count()
        .get_result(conn)?;
    let exists: i64 = articles::table
        .filter(articles::slug.eq(slug))
        .count()
        .get_result(conn)?;
    Ok((existed > 0 && exists == 0).then(|| Gone {
        slug: slug.to_owned(),
        date: String::new(),
        reason: "The editors took this article away and have not said why.".to_owned(),
        see: None,
    }))
}

/// The slug of the `n`th article, counted around: any number gives one, as
/// long as there is one.
///
/// # Errors
/// The database's.
pub fn nth(
    conn: &mut AnyConnection,
    n: u64,
    visibility: Visibility,
) -> QueryResult<Option<String>> {
    let count = number_of_articles(conn, visibility)?;
    let Some(n) = n.checked_rem(count.unsigned_abs()) else {
        return Ok(None);
    };
    articles::table
        .filter(visible(visibility))
        .order(articles::slug)
        .select(articles::slug)
        .offset(i64::try_from(n).unwrap_or(0))
        .first(conn)
        .optional()
}

/// What the report form shows of an article.
///
/// # Errors
/// The database's.
pub fn reported_text(
    conn: &mut AnyConnection,
    slug: &str,
    visibility: Visibility,
) -> QueryResult<Option<ReportedText>> {
    let row: Option<(String, String, i64)> = articles::table
        .filter(articles::slug.eq(slug))
        .filter(visible(visibility))
        .select((articles::slug, articles::title, articles::revision))
        .first(conn)
        .optional()?;
    let Some((slug, title, revision)) = row else {
        return Ok(None);
    };
    let is_withheld = withheld::is_text_withheld(conn, &slug)?;
    Ok(Some(ReportedText {
        slug,
        title,
        revision,
        is_withheld,
    }))
}

/// The whole file of one revision, as it was.
///
/// # Errors
/// The database's.
pub fn revision_source(
    conn: &mut AnyConnection,
    slug: &str,
    number: i64,
) -> QueryResult<Option<String>> {
    revisions::table
        .filter(revisions::slug.eq(slug))
        .filter(revisions::number.eq(number))
        .select(revisions::source)
        .first(conn)
        .optional()
}

/// Adds names, pictures and disputes to rows.
fn listed(
    conn: &mut AnyConnection,
    rows: Vec<ListedRow>,
    visibility: Visibility,
) -> QueryResult<Vec<Listed>> {
    let slugs: Vec<String> = rows.iter().map(|row| row.0.clone()).collect();
    let mut tags = tags_of(conn, &slugs)?;
    let mut list = Vec::with_capacity(rows.len());
    for (slug, title, summary, details) in rows {
        list.push(Listed {
            tags: tags.remove(&slug).unwrap_or_default(),
            slug,
            title,
            summary,
            details: read_json(&details)?,
            picture: None,
            standing: None,
            disputed_dates: BTreeSet::new(),
            is_held: false,
        });
    }
    let files: Vec<(String, Option<String>)> = list
        .iter()
        .map(|one| (one.slug.clone(), file_of(&one.details)))
        .collect();
    let mut pictures = pictures_of(conn, &files)?;
    for one in &mut list {
        one.picture = pictures.remove(&one.slug);
    }
    withheld::from_list(conn, &mut list)?;
    accounts::mark_disputed(conn, &mut list, visibility)?;
    Ok(list)
}

fn tags_of(conn: &mut AnyConnection, slugs: &[String]) -> QueryResult<HashMap<String, Vec<Tag>>> {
    let rows: Vec<(String, String, String, String)> = tags::table
        .filter(tags::slug.eq_any(slugs))
        .order((tags::slug, tags::position))
        .select((tags::slug, tags::kind, tags::name, tags::entry))
        .load(conn)?;
    let mut by_slug: HashMap<String, Vec<Tag>> = HashMap::new();
    for (slug, kind, name, entry) in rows {
        if let Some(registry) = Registry::parse(&kind) {
            by_slug.entry(slug).or_default().push(Tag {
                registry,
                name,
                entry,
            });
        }
    }
    Ok(by_slug)
}

fn file_of(details: &Details) -> Option<String> {
    details.illustration.as_ref().map(|one| one.file.clone())
}

fn pictures_of(
    conn: &mut AnyConnection,
    files: &[(String, Option<String>)],
) -> QueryResult<HashMap<String, StoredPicture>> {
    let slugs: Vec<&str> = files
        .iter()
        .filter(|(_, file)| file.is_some())
        .map(|(slug, _)| slug.as_str())
        .collect();
    if slugs.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, String, String, i64, i64, String)> = picture_uses::table
        .inner_join(pictures::table)
        .filter(picture_uses::slug.eq_any(slugs))
        .select((
            picture_uses::slug,
            picture_uses::file,
            pictures::hash,
            pictures::width,
            pictures::height,
            pictures::tone,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter(|(slug, file, ..)| files.contains(&(slug.clone(), Some(file.clone()))))
        .map(|(slug, _, hash, width, height, tone)| {
            let picture = StoredPicture {
                hash,
                width: u32::try_from(width).unwrap_or(1),
                height: u32::try_from(height).unwrap_or(1),
                tone,
            };
            (slug, picture)
        })
        .collect())
}

fn read_json<T: serde::de::DeserializeOwned>(text: &str) -> QueryResult<T> {
    serde_json::from_str(text)
        .map_err(|error| diesel::result::Error::DeserializationError(Box::new(error)))
}
