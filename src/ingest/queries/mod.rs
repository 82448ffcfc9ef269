//! What ingest reads from the database and writes into it.

mod beside;
mod glances;
mod lives;
mod named;
mod naming;
pub(super) mod renditions;
mod state;
mod tallies;
mod touched;

use super::changes::{Changes, FinishedArticle, renderer};
use crate::articles::model::Registry;
use crate::cases;
use crate::content::{Diagnostic, render_prose};
use crate::db::AnyConnection;
use crate::db::schema::{
    aliases, articles, claims, editions, entries, files, links, pages, picture_uses, pictures,
    problems, renditions as renditions_table, revisions, standings, tags, tombstones,
};
use crate::pictures::{Examined, RECIPE};
use diesel::prelude::*;
use diesel::{QueryResult, delete, insert_into, update};
use std::collections::{BTreeSet, HashMap};

pub(super) use beside::beside;
pub(super) use glances::{nothing_new, state_of};
pub(super) use named::settle_named;
pub(super) use naming::naming;
pub(super) use state::{KnownFile, Stamp, State, state};
pub(super) use tallies::Counted;
pub(super) use touched::Touched;

/// Takes out what goes away, and what will be written again.
pub(super) fn clear(conn: &mut AnyConnection, changes: &Changes) -> QueryResult<()> {
    for (old, new) in &changes.renames {
        update(revisions::table.filter(revisions::slug.eq(old)))
            .set(revisions::slug.eq(new))
            .execute(conn)?;
        cases::rename(conn, old, new)?;
    }
    let is_first = articles::table
        .select(articles::slug)
        .first::<String>(conn)
        .optional()?
        .is_none();
    if !is_first {
        let again = changes
            .articles
            .iter()
            .map(|planned| planned.file.slug.as_str());
        for slug in changes
            .removed_articles
            .iter()
            .map(String::as_str)
            .chain(again)
        {
            delete(articles::table.filter(articles::slug.eq(slug))).execute(conn)?;
        }
    }
    for path in changes.touched_paths() {
        if !is_first {
            delete(links::table.filter(links::path.eq(path))).execute(conn)?;
        }
    }
    for path in &changes.removed_files {
        delete(files::table.filter(files::path.eq(path))).execute(conn)?;
    }
    for (hash, (examined, bytes)) in &changes.pictures {
        write_picture(conn, hash, *examined, bytes)?;
    }
    Ok(())
}

fn write_picture(
    conn: &mut AnyConnection,
    hash: &str,
    examined: Examined,
    bytes: &[u8],
) -> QueryResult<()> {
    let derived = (
        pictures::media_type.eq(examined.media_type),
        pictures::width.eq(i64::from(examined.width)),
        pictures::height.eq(i64::from(examined.height)),
        pictures::tone.eq(examined.tone),
        pictures::recipe.eq(RECIPE),
    );
    let there: Option<i64> = pictures::table
        .find(hash)
        .select(pictures::recipe)
        .first(conn)
        .optional()?;
    match there {
        Some(RECIPE) => {}
        Some(_) => {
            update(pictures::table.find(hash))
                .set(derived)
                .execute(conn)?;
            delete(renditions_table::table.filter(renditions_table::hash.eq(hash)))
                .execute(conn)?;
        }
        None => {
            insert_into(pictures::table)
                .values((pictures::hash.eq(hash), derived, pictures::bytes.eq(bytes)))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// Writes one article with all that hangs on it.
pub(super) fn write_article(
    conn: &mut AnyConnection,
    article: FinishedArticle,
    now: i64,
) -> QueryResult<()> {
    let FinishedArticle {
        planned,
        file,
        rendered,
        beside,
        names,
    } = article;
    let slug = file.slug.as_str();
    if planned.is_new_revision {
        insert_into(revisions::table)
            .values((
                revisions::slug.eq(slug),
                revisions::number.eq(planned.revision),
                revisions::hash.eq(&planned.hash),
                revisions::source.eq(&file.source),
                revisions::created_at.eq(now),
            ))
            .execute(conn)?;
    }
    insert_into(articles::table)
        .values((
            articles::slug.eq(slug),
            articles::path.eq(&planned.path),
            articles::revision.eq(planned.revision),
            articles::hash.eq(&planned.hash),
            articles::renderer.eq(renderer()),
            articles::title.eq(&file.title),
            articles::summary.eq(&file.summary),
            articles::draft.eq(file.draft),
            articles::published.eq(file.published),
            articles::first_day.eq(file.details.first_day()),
            articles::details.eq(json(&file.details)?),
            articles::html.eq(&rendered.html),
            articles::notes.eq(&rendered.notes),
        ))
        .execute(conn)?;
    for (position, place) in (0_i64..).zip(file.details.places_in_time()) {
        insert_into(standings::table)
            .values((
                standings::slug.eq(slug),
                standings::position.eq(position),
                standings::year.eq(place.year),
                standings::month.eq(place.month),
                standings::day.eq(place.day),
                standings::first_day.eq(place.first_day),
                standings::label.eq(place.label),
                standings::words.eq(place.edtf),
                standings::span.eq(place.span),
            ))
            .execute(conn)?;
    }
    for (position, (registry, name)) in (0_i64..).zip(&file.names) {
        insert_into(tags::table)
            .values((
                tags::slug.eq(slug),
                tags::kind.eq(registry.slug()),
                tags::position.eq(position),
                tags::name.eq(name),
                tags::entry.eq(names.resolve(*registry, name)),
                tags::first_day.eq(file.details.first_day()),
            ))
            .execute(conn)?;
    }
    for (position, claim) in (0_i64..).zip(&file.details.claims) {
        insert_into(claims::table)
            .values((
                claims::slug.eq(slug),
                claims::position.eq(position),
                claims::subject.eq(claim.subject.as_str()),
                claims::property.eq(&claim.property),
                claims::value.eq(&claim.value),
            ))
            .execute(conn)?;
    }
    for alias in &file.aliases {
        insert_into(aliases::table)
            .values((aliases::path.eq(&alias.path), aliases::slug.eq(slug)))
            .execute(conn)?;
    }
    for target in &rendered.links {
        insert_into(links::table)
            .values((links::path.eq(&planned.path), links::target.eq(target)))
            .execute(conn)?;
    }
    for (name, picture) in beside {
        insert_into(picture_uses::table)
            .values((
                picture_uses::slug.eq(slug),
                picture_uses::file.eq(name),
                picture_uses::hash.eq(&picture.hash),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Writes entries, pages and tombstones, and resolves names again where an
/// entry has changed.
pub(super) fn write_rest(conn: &mut AnyConnection, changes: &Changes) -> QueryResult<()> {
    for (registry, slug) in &changes.removed_entries {
        delete_entry(conn, *registry, slug)?;
    }
    for (path, file) in &changes.entries {
        let (html, targets, _) = render_prose(
            &file.body,
            file.lines_before_body,
            &file.details.sources,
            &changes.catalogue,
        );
        delete_entry(conn, file.registry, file.slug.as_str())?;
        insert_into(entries::table)
            .values((
                entries::kind.eq(file.registry.slug()),
                entries::slug.eq(file.slug.as_str()),
                entries::path.eq(path),
                entries::name.eq(&file.name),
                entries::details.eq(json(&file.details)?),
                entries::html.eq(html),
            ))
            .execute(conn)?;
        if file.registry == Registry::People {
            lives::write(conn, file)?;
        }
        write_links(conn, path, &targets)?;
    }
    for slug in &changes.removed_pages {
        delete(pages::table.filter(pages::slug.eq(slug))).execute(conn)?;
    }
    for (path, file) in &changes.pages {
        let (html, targets, _) =
            render_prose(&file.body, file.lines_before_body, &[], &changes.catalogue);
        delete(pages::table.filter(pages::slug.eq(file.slug.as_str()))).execute(conn)?;
        insert_into(pages::table)
            .values((
                pages::slug.eq(file.slug.as_str()),
                pages::path.eq(path),
                pages::title.eq(&file.title),
                pages::summary.eq(&file.summary),
                pages::html.eq(html),
            ))
            .execute(conn)?;
        write_links(conn, path, &targets)?;
    }
    if let Some(list) = &changes.tombstones {
        delete(tombstones::table).execute(conn)?;
        for one in list {
            insert_into(tombstones::table)
                .values((
                    tombstones::slug.eq(one.slug.as_str()),
                    tombstones::removed_on.eq(&one.date),
                    tombstones::reason.eq(&one.reason),
                    tombstones::see.eq(one.see.as_ref().map(|see| see.as_str())),
                ))
                .execute(conn)?;
        }
    }
    if changes.names_changed {
        resolve_names(conn, changes)?;
    }
    // Pictures that no article has beside it any more.
    delete(
        pictures::table
            .filter(pictures::hash.ne_all(picture_uses::table.select(picture_uses::hash))),
    )
    .execute(conn)?;
    Ok(())
}

fn delete_entry(conn: &mut AnyConnection, registry: Registry, slug: &str) -> QueryResult<()> {
    if registry == Registry::People {
        lives::delete_of(conn, slug)?;
    }
    delete(
        entries::table
            .filter(entries::kind.eq(registry.slug()))
            .filter(entries::slug.eq(slug)),
    )
    .execute(conn)?;
    Ok(())
}

fn write_links(
    conn: &mut AnyConnection,
    path: &str,
    targets: &BTreeSet<String>,
) -> QueryResult<()> {
    delete(links::table.filter(links::path.eq(path))).execute(conn)?;
    for target in targets {
        insert_into(links::table)
            .values((links::path.eq(path), links::target.eq(target)))
            .execute(conn)?;
    }
    Ok(())
}

fn resolve_names(conn: &mut AnyConnection, changes: &Changes) -> QueryResult<()> {
    let used: Vec<(String, String, String)> = tags::table
        .select((tags::kind, tags::name, tags::entry))
        .distinct()
        .load(conn)?;
    for (kind, name, entry) in used {
        let Some(registry) = Registry::parse(&kind) else {
            continue;
        };
        let resolved = changes.names.resolve(registry, &name);
        if resolved != entry {
            update(
                tags::table
                    .filter(tags::kind.eq(&kind))
                    .filter(tags::name.eq(&name)),
            )
            .set(tags::entry.eq(resolved))
            .execute(conn)?;
        }
    }
    Ok(())
}

/// Keeps what was found, in place of what was found in the same files before.
pub(super) fn write_problems(
    conn: &mut AnyConnection,
    changes: &Changes,
    found: &[&Diagnostic],
) -> QueryResult<()> {
    let any: i64 = problems::table.count().get_result(conn)?;
    if any > 0 {
        for path in changes.touched_paths() {
            delete(problems::table.filter(problems::path.eq(path))).execute(conn)?;
        }
    }
    let touched = changes.touched_paths();
    let mut positions: HashMap<&str, i64> = HashMap::new();
    for one in found {
        // What the scan finds (a link, a folder named like a file) is found
        // again at every run; only files that were read are remembered.
        if !touched.contains(one.file.as_str()) {
            continue;
        }
        let position = positions.entry(one.file.as_str()).or_insert(0);
        insert_into(problems::table)
            .values((
                problems::path.eq(&one.file),
                problems::position.eq(*position),
                problems::line.eq(i64::try_from(one.line).unwrap_or(i64::MAX)),
                problems::column_number.eq(i64::try_from(one.column).unwrap_or(i64::MAX)),
                problems::kind.eq(one.severity.to_string()),
                problems::code.eq(&one.code),
                problems::message.eq(&one.message),
                problems::advice.eq(json(&one.advice)?),
            ))
            .execute(conn)?;
        *position += 1;
    }
    Ok(())
}

pub(super) fn write_stamps(conn: &mut AnyConnection, stamps: &[Stamp]) -> QueryResult<()> {
    for stamp in stamps {
        if !stamp.is_new {
            delete(files::table.filter(files::path.eq(&stamp.path))).execute(conn)?;
        }
        insert_into(files::table)
            .values((
                files::path.eq(&stamp.path),
                files::size.eq(stamp.size),
                files::modified_ns.eq(stamp.modified_ns),
                files::inode.eq(stamp.inode),
                files::read_at.eq(stamp.read_at),
                files::hash.eq(&stamp.hash),
                files::held.eq(stamp.held),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Makes the row of an edition, without its number of articles; false if another
/// process has made that edition.
pub(super) fn claim_edition(conn: &mut AnyConnection, edition: i64, now: i64) -> QueryResult<bool> {
    use diesel::result::{DatabaseErrorKind, Error};
    let claimed = insert_into(editions::table)
        .values((
            editions::id.eq(edition),
            editions::created_at.eq(now),
            editions::articles.eq(0),
        ))
        .execute(conn);
    match claimed {
        Ok(_) => Ok(true),
        Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Writes how many articles the claimed edition has, once they are there.
pub(super) fn finish_edition(conn: &mut AnyConnection, edition: i64) -> QueryResult<()> {
    let count: i64 = articles::table.count().get_result(conn)?;
    update(editions::table.filter(editions::id.eq(edition)))
        .set(editions::articles.eq(count))
        .execute(conn)
        .map(|_| ())
}

fn json(value: &impl serde::Serialize) -> QueryResult<String> {
    serde_json::to_string(value)
        .map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))
}
