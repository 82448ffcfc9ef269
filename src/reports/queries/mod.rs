//! The table `reports`, and what belongs to it: the questions to addresses
//! (`asking`), the way of a case (`following`), the rules against spam (`rules`),
//! and what is taken out again (`erasing`).

pub(super) mod asking;
pub(super) mod erasing;
pub(super) mod following;
pub(super) mod rules;

use diesel::prelude::*;
use diesel::result::DatabaseErrorKind;
use diesel::result::Error as QueryError;
use serde::Serialize;

use crate::articles::Visibility;
use crate::articles::model::Slug;
use crate::articles::queries as articles;
use crate::content;
use crate::db::AnyConnection;
use crate::db::schema::{cases, pages, reports};
use crate::error::Gone;
use crate::paths;
use crate::reports::model::{SpamRule, State};

use asking::Asking;

diesel::define_sql_function! {
    /// Lower case; SQLite knows only that of ASCII.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// A report as it is kept. `migrations/` says what each column holds.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = reports, treat_none_as_default_value = false)]
pub(in crate::reports) struct Report {
    pub(in crate::reports) id: String,
    #[serde(skip)]
    pub(in crate::reports) token_hash: String,
    pub(in crate::reports) received_at: i64,
    pub(in crate::reports) state: String,
    pub(in crate::reports) spam_reason: String,
    pub(in crate::reports) article: Option<String>,
    pub(in crate::reports) revision: Option<i64>,
    pub(in crate::reports) paragraph: Option<i64>,
    pub(in crate::reports) quote: String,
    pub(in crate::reports) prefix: String,
    pub(in crate::reports) suffix: String,
    pub(in crate::reports) page: String,
    pub(in crate::reports) category: String,
    pub(in crate::reports) wrong: String,
    pub(in crate::reports) correct: String,
    pub(in crate::reports) source: String,
    pub(in crate::reports) email: String,
    pub(in crate::reports) client_hash: String,
    pub(in crate::reports) case_id: Option<String>,
    #[serde(skip)]
    pub(in crate::reports) confirm_hash: String,
    pub(in crate::reports) confirmed_at: Option<i64>,
    pub(in crate::reports) erased_at: Option<i64>,
}

/// What happens to a report beside being kept.
#[derive(Clone, Copy)]
pub(in crate::reports) struct Keeping<'a> {
    /// The rule that has caught it.
    pub(in crate::reports) rule: Option<SpamRule>,
    /// The nonce of its form, where that may come in only once, and until when
    /// that is remembered, in epoch milliseconds.
    pub(in crate::reports) spends: Option<(&'a str, i64)>,
    /// What is needed to ask its address.
    pub(in crate::reports) asking: Asking<'a>,
}

/// Whether a report was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reports) enum Kept {
    /// It is there now, in this state.
    New(State),
    /// It was there before.
    Again,
    /// Its form came in before, with other words, and may not do so now.
    Spent,
}

/// The text that a report is about, in the revision that its reader saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::reports) struct Reported {
    /// The slug under which the article stands now.
    pub(in crate::reports) slug: String,
    /// Its headline now.
    pub(in crate::reports) title: String,
    /// The revision of `paragraphs`.
    pub(in crate::reports) revision: i64,
    /// Whether a newer revision stands on the site.
    pub(in crate::reports) is_old: bool,
    /// Plain text; paragraph n at index n − 1.
    pub(in crate::reports) paragraphs: Vec<String>,
}

/// What stands under a slug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::reports) enum Found {
    /// An article.
    Article(Reported),
    /// It stands under another slug now.
    Moved(String),
    /// It was removed.
    Gone(Gone),
    /// Nothing that may be seen.
    Nothing,
}

/// The text to report on. A revision that never was counts as the present one.
pub(in crate::reports) fn reported(
    conn: &mut AnyConnection,
    slug: &Slug,
    revision: Option<i64>,
    visibility: Visibility,
) -> QueryResult<Found> {
    let Some(text) = articles::reported_text(conn, slug.as_str(), visibility)? else {
        if let Some(target) = articles::alias_target(conn, &paths::article(slug.as_str()))? {
            return Ok(Found::Moved(target));
        }
        let gone = articles::tombstone(conn, slug.as_str())?;
        return Ok(gone.map_or(Found::Nothing, Found::Gone));
    };
    let newest = text.revision;
    let source = |conn: &mut _, number| articles::revision_source(conn, &text.slug, number);
    let old = match revision.filter(|old| *old < newest) {
        Some(old) => source(conn, old)?.map(|source| (old, source)),
        None => None,
    };
    let (revision, source) = match old {
        Some(old) => old,
        None => (newest, source(conn, newest)?.unwrap_or_default()),
    };
    // What is kept back is so in every revision.
    let paragraphs = match text.is_withheld {
        true => Vec::new(),
        false => {
            content::paragraphs_of(&source, |links| articles::linked(conn, links, visibility))?
        }
    };
    Ok(Found::Article(Reported {
        slug: text.slug,
        title: text.title,
        revision,
        is_old: revision < newest,
        paragraphs,
    }))
}

/// The report behind a receipt.
pub(in crate::reports) fn by_token_hash(
    conn: &mut AnyConnection,
    hash: &str,
) -> QueryResult<Option<Report>> {
    reports::table
        .filter(reports::token_hash.eq(hash))
        .select(Report::as_select())
        .first(conn)
        .optional()
}

/// The report that editors know by this number.
pub(in crate::reports) fn by_id(conn: &mut AnyConnection, id: &str) -> QueryResult<Option<Report>> {
    reports::table
        .filter(reports::id.eq(id))
        .select(Report::as_select())
        .first(conn)
        .optional()
}

/// All reports, or those in one state, newest first, each with the state of its
/// case.
pub(in crate::reports) fn newest_first(
    conn: &mut AnyConnection,
    state: Option<&str>,
) -> QueryResult<Vec<(Report, Option<String>)>> {
    let mut query = reports::table
        .left_join(cases::table)
        .select((Report::as_select(), cases::state.nullable()))
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(reports::state.eq(state.to_owned()));
    }
    query
        .order((reports::received_at.desc(), reports::id.desc()))
        .load(conn)
}

/// Keeps a report once, however often it is sent, in a case; or marked as spam,
/// if the rule that has caught it still has its effect. `ids` are tried in
/// order until one is free.
pub(in crate::reports) fn keep(
    conn: &mut AnyConnection,
    report: &Report,
    ids: impl IntoIterator<Item = String>,
    keeping: Keeping<'_>,
) -> QueryResult<Kept> {
    if let Some((nonce, until)) = keeping.spends
        && !rules::spend(conn, nonce, until)?
    {
        // Perhaps by this very report, sent twice at once.
        let is_there = by_token_hash(conn, &report.token_hash)?.is_some();
        return Ok(if is_there { Kept::Again } else { Kept::Spent });
    }
    let caught = match keeping.rule {
        Some(rule) if rules::holds(conn, rule, keeping.asking.now)? => Some(rule),
        _ => None,
    };
    let state = caught.map_or(State::Received, |_| State::Spam);
    let mut report = report.clone();
    state.as_str().clone_into(&mut report.state);
    caught
        .map_or("", SpamRule::as_str)
        .clone_into(&mut report.spam_reason);
    if !insert(conn, &mut report, ids)? {
        return Ok(Kept::Again);
    }
    if state == State::Received {
        following::file(conn, &report)?;
        // After the case, whose line in the audit lets one writer pass at a
        // time: two reports of one address ask it once.
        asking::ask(conn, &report.id, &report.email, keeping.asking)?;
    }
    Ok(Kept::New(state))
}

/// False if it is there already, sent twice at once.
fn insert(
    conn: &mut AnyConnection,
    report: &mut Report,
    ids: impl IntoIterator<Item = String>,
) -> QueryResult<bool> {
    let mut outcome = Err(QueryError::NotFound);
    for id in ids {
        report.id = id;
        // In a savepoint of its own: PostgreSQL would otherwise refuse
        // everything that follows a refused insertion.
        outcome = conn.transaction(|conn| {
            diesel::insert_into(reports::table)
                .values(&*report)
                .execute(conn)
        });
        match &outcome {
            Err(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {
                if by_token_hash(conn, &report.token_hash)?.is_some() {
                    return Ok(false);
                }
            }
            _ => break,
        }
    }
    outcome.map(|_| true)
}

/// What `content/pages/contact.md` says above the contact form.
pub(in crate::reports) fn contact_words(conn: &mut AnyConnection) -> QueryResult<Option<String>> {
    pages::table
        .filter(pages::slug.eq("contact"))
        .select(pages::html)
        .first(conn)
        .optional()
}
