//! The two questions that most runs end with: whether anything differs at all,
//! and what must be known to take in a few articles whose text has changed.

use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::QueryResult;
use diesel::dsl::{max, min};
use diesel::prelude::*;

use super::super::changes::renderer;
use super::state::{
    AS_LISTED, AS_NUMBERED, AS_SEEN, KnownFile, State, known_entries, known_problems,
};
use crate::articles;
use crate::content::{Diagnostic, FileKind, FoundFile};
use crate::db::AnyConnection;
use crate::db::schema::{
    aliases, articles as articles_table, files as files_table, picture_uses, pictures, revisions,
};
use crate::paths;
use crate::pictures::RECIPE;

/// The edition, and what is wrong in its files, if these files are exactly
/// those that it was made of, none of them is held back, and this program would
/// make the same of them. Asks for far less than [`state`](super::state::state),
/// and for nothing that grows with the length of articles.
pub(in crate::ingest) fn nothing_new(
    conn: &mut AnyConnection,
    found: &[FoundFile],
) -> QueryResult<Option<(i64, Vec<Diagnostic>)>> {
    let rows: Vec<(String, KnownFile)> = files_table::table
        .select((files_table::path, KnownFile::as_select()))
        .load(conn)?;
    if rows.len() != found.len() {
        return Ok(None);
    }
    let by_path: HashMap<&str, &FoundFile> = found
        .iter()
        .map(|file| (file.path.as_str(), file))
        .collect();
    // Those that the recipe of today looked at.
    let pictures: HashSet<String> = pictures::table
        .filter(pictures::recipe.eq(RECIPE))
        .select(pictures::hash)
        .load(conn)?
        .into_iter()
        .collect();
    for (path, known) in rows {
        let is_same = by_path.get(path.as_str()).is_some_and(|file| {
            let is_kept = file.kind != FileKind::Picture || pictures.contains(&known.hash);
            !known.held && is_kept && known.is_same(file)
        });
        if !is_same {
            return Ok(None);
        }
    }
    let (oldest, newest): (Option<i64>, Option<i64>) = articles_table::table
        .select((min(articles_table::renderer), max(articles_table::renderer)))
        .first(conn)?;
    let is_ours = |version: Option<i64>| version.is_none_or(|version| version == renderer());
    if !is_ours(oldest) || !is_ours(newest) {
        return Ok(None);
    }
    let edition = articles::queries::edition(conn)?;
    Ok(Some((edition, known_problems(conn)?)))
}

/// What must be known to take in these articles again, if they stay what they
/// are to all others. `links` are the slugs that their texts link to. `None`
/// if one of them is new, held back, or has something beside it that must be
/// looked at as well: then only the whole [`state`](super::state::state) will
/// do.
pub(in crate::ingest) fn state_of(
    conn: &mut AnyConnection,
    found: &[FoundFile],
    links: &BTreeSet<String>,
) -> QueryResult<Option<State>> {
    let mut state = State {
        edition: articles::queries::edition(conn)?,
        entries: known_entries(conn)?,
        problems: known_problems(conn)?,
        ..State::default()
    };
    let named: Vec<&str> = found.iter().map(|file| file.path.as_str()).collect();
    state.files = files_table::table
        .filter(
            files_table::path
                .eq_any(&named)
                .or(files_table::held.eq(true)),
        )
        .select((files_table::path, KnownFile::as_select()))
        .load::<(String, KnownFile)>(conn)?
        .into_iter()
        .collect();
    let rows = articles_table::table.filter(articles_table::path.eq_any(&named));
    state.learn_articles(rows.select(AS_LISTED).load(conn)?);
    let is_sound = |path: &&str| state.files.get(*path).is_some_and(|known| !known.held);
    if state.articles.len() != named.len() || !named.iter().all(is_sound) || !state.stale.is_empty()
    {
        return Ok(None);
    }
    let slugs: Vec<String> = state.articles.keys().cloned().collect();
    let pages: Vec<String> = links.iter().map(|slug| paths::article(slug)).collect();
    let moved: Vec<String> = aliases::table
        .filter(aliases::path.eq_any(pages))
        .select(aliases::slug)
        .load(conn)?;
    let linked = articles_table::table
        .filter(articles_table::slug.eq_any(links.iter().chain(&moved)))
        .filter(articles_table::slug.ne_all(&slugs));
    state.learn_articles(linked.select(AS_LISTED).load(conn)?);
    let holders: Vec<String> = state.articles.keys().cloned().collect();
    let rows = aliases::table.filter(aliases::slug.eq_any(&holders));
    state.learn_aliases(rows.load(conn)?);
    let rows = revisions::table
        .filter(revisions::slug.eq_any(&slugs))
        .order((revisions::slug, revisions::number));
    state.learn_revisions(rows.select(AS_NUMBERED).load(conn)?);
    let is_known = beside(conn, &mut state, &slugs)?;
    Ok(is_known.then_some(state))
}

/// The pictures beside these articles; whether all of them are as the recipe of
/// today sees them.
fn beside(conn: &mut AnyConnection, state: &mut State, slugs: &[String]) -> QueryResult<bool> {
    let uses: Vec<(String, String, String)> = picture_uses::table
        .filter(picture_uses::slug.eq_any(slugs))
        .select((picture_uses::slug, picture_uses::file, picture_uses::hash))
        .load(conn)?;
    let hashes: Vec<&String> = uses.iter().map(|(_, _, hash)| hash).collect();
    let rows = pictures::table
        .filter(pictures::hash.eq_any(hashes))
        .filter(pictures::recipe.eq(RECIPE));
    state.learn_pictures(rows.select(AS_SEEN).load(conn)?);
    for (slug, file, hash) in uses {
        let (Some(article), Some(picture)) = (state.articles.get(&slug), state.pictures.get(&hash))
        else {
            return Ok(false);
        };
        let folder = article
            .path
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        let path = format!("{folder}/{file}");
        state.picture_of_file.insert(path, picture.clone());
    }
    Ok(true)
}
