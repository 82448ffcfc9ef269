//! What an open case keeps back from readers. It is kept back here, so that no
//! page has to think of it.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use super::{Listed, Whole};
use crate::cases::{self, Hold, HoldKind};
use crate::db::AnyConnection;
use crate::db::schema::{holds, picture_uses};

/// Takes out of an article what is on hold in it, and says so in its `holds`.
pub(super) fn from_article(conn: &mut AnyConnection, article: &mut Whole) -> QueryResult<()> {
    article.holds = cases::holds_on(conn, &article.slug)?;
    if has(&article.holds, HoldKind::Text) {
        article.summary.clear();
        article.html.clear();
        article.notes.clear();
        article.details.date_note = None;
        article.details.claims.clear();
    }
    if has(&article.holds, HoldKind::Picture) || has(&article.holds, HoldKind::Text) {
        article.picture = None;
    }
    Ok(())
}

/// The same for the lines of a list.
pub(super) fn from_list(conn: &mut AnyConnection, list: &mut [Listed]) -> QueryResult<()> {
    let held = on_articles(conn)?;
    if held.is_empty() {
        return Ok(());
    }
    for one in list {
        let Some(kinds) = held.get(&one.slug) else {
            continue;
        };
        one.is_held = true;
        if kinds.contains(&HoldKind::Text) {
            one.summary.clear();
        }
        if kinds.iter().any(|kind| *kind != HoldKind::Date) {
            one.picture = None;
        }
    }
    Ok(())
}

/// Whether the text of an article is kept back.
///
/// # Errors
/// The database's.
pub fn is_text_withheld(conn: &mut AnyConnection, slug: &str) -> QueryResult<bool> {
    Ok(has(&cases::holds_on(conn, slug)?, HoldKind::Text))
}

/// The articles whose text is kept back, all of them.
///
/// # Errors
/// The database's.
pub fn texts_withheld(conn: &mut AnyConnection) -> QueryResult<BTreeSet<String>> {
    let held = on_articles(conn)?.into_iter();
    let texts = held.filter(|(_, kinds)| kinds.contains(&HoldKind::Text));
    Ok(texts.map(|(slug, _)| slug).collect())
}

/// Every hold there is, by article. They are few: each is one open case.
pub(super) fn on_articles(conn: &mut AnyConnection) -> QueryResult<HashMap<String, Vec<HoldKind>>> {
    let rows: Vec<(String, String)> = holds::table
        .select((holds::article, holds::kind))
        .load(conn)?;
    let mut held: HashMap<String, Vec<HoldKind>> = HashMap::new();
    for (article, kind) in rows {
        if let Some(kind) = HoldKind::parse(&kind) {
            held.entry(article).or_default().push(kind);
        }
    }
    Ok(held)
}

/// Whether a picture is only to be seen in articles that must not show it now.
pub(super) fn is_picture_withheld(conn: &mut AnyConnection, hash: &str) -> QueryResult<bool> {
    let held = on_articles(conn)?;
    if held.is_empty() {
        return Ok(false);
    }
    let users: Vec<String> = picture_uses::table
        .filter(picture_uses::hash.eq(hash))
        .select(picture_uses::slug)
        .load(conn)?;
    let is_held = |slug: &String| {
        held.get(slug)
            .is_some_and(|kinds| kinds.iter().any(|kind| *kind != HoldKind::Date))
    };
    Ok(users.iter().any(is_held))
}

fn has(holds: &[Hold], kind: HoldKind) -> bool {
    holds.iter().any(|hold| hold.kind == kind)
}
