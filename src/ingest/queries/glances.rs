//! The two questions that most runs end with: whether anything differs at all,
//! and what must be known to take in a few articles whose text has changed.

use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::QueryResult;
use diesel::dsl::{max, min};
use diesel::prelude::*;

use super::super::changes::renderer;
use super::state::{AS_SEEN, KnownArticle, KnownFile, State, known_entries, known_problems};
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
    let rows: Vec<(String, i64, i64, i64, i64, String, bool)> = files_table::table.load(conn)?;
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
    for (path, size, modified_ns, inode, read_at, hash, held) in rows {
        let known = KnownFile {
            size,
            modified_ns,
            inode,
            read_at,
            hash,
            held,
        };
        let is_same = by_path.get(path.as_str()).is_some_and(|file| {
            let is_kept = file.kind != FileKind::Picture || pictures.contains(&known.hash);
            !held && is_kept && known.is_same(file)
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
    let rows: Vec<(String, i64, i64, i64, i64, String, bool)> = files_table::table
        .filter(
            files_table::path
                .eq_any(&named)
                .or(files_table::held.eq(true)),
        )
        .load(conn)?;
    for (path, size, modified_ns, inode, read_at, hash, held) in rows {
        let known = KnownFile {
            size,
            modified_ns,
            inode,
            read_at,
            hash,
            held,
        };
        state.files.insert(path, known);
    }
    let rows: Vec<(String, String, String, i64)> = articles_table::table
        .filter(articles_table::path.eq_any(&named))
        .select((
            articles_table::slug,
            articles_table::path,
            articles_table::title,
            articles_table::renderer,
        ))
        .load(conn)?;
    let is_sound = |path: &&str| state.files.get(*path).is_some_and(|known| !known.held);
    if rows.len() != named.len()
        || !named.iter().all(is_sound)
        || rows.iter().any(|row| row.3 != renderer())
    {
        return Ok(None);
    }
    let slugs: Vec<String> = rows.iter().map(|row| row.0.clone()).collect();
    let pages: Vec<String> = links.iter().map(|slug| paths::article(slug)).collect();
    let moved: Vec<String> = aliases::table
        .filter(aliases::path.eq_any(pages))
        .select(aliases::slug)
        .load(conn)?;
    let linked: Vec<(String, String, String, i64)> = articles_table::table
        .filter(articles_table::slug.eq_any(links.iter().chain(&moved)))
        .select((
            articles_table::slug,
            articles_table::path,
            articles_table::title,
            articles_table::renderer,
        ))
        .load(conn)?;
    for (slug, path, title, _) in rows.into_iter().chain(linked) {
        let known = KnownArticle {
            slug: slug.clone(),
            path,
            title,
            aliases: Vec::new(),
        };
        state.articles.insert(slug, known);
    }
    let holders: Vec<&String> = state.articles.keys().collect();
    let rows: Vec<(String, String)> = aliases::table
        .filter(aliases::slug.eq_any(holders))
        .load(conn)?;
    for (path, slug) in rows {
        if let Some(article) = state.articles.get_mut(&slug) {
            article.aliases.push(path);
        }
    }
    let rows: Vec<(String, i64, String)> = revisions::table
        .filter(revisions::slug.eq_any(&slugs))
        .select((revisions::slug, revisions::number, revisions::hash))
        .order((revisions::slug, revisions::number))
        .load(conn)?;
    for (slug, number, hash) in rows {
        state.revisions.insert(slug, (number, hash));
    }
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
