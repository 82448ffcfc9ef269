//! What an import cannot do without, done plainly by one thread: each file is
//! read, parsed and rendered, and its rows are inserted one by one with
//! prepared statements, in one durable transaction. No lints, no look at what
//! was there before.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use daybook::articles::model::Slug;
use daybook::content::{self, ArticleFile, Catalogue, Document, EntryFile, FoundFile};
use daybook::db::schema::{
    aliases, articles, claims, editions, entries, files, links, revisions, standings, tags,
};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use sha2::{Digest, Sha256};

/// Fills a database that has been migrated and is empty; returns how many
/// articles it wrote.
pub(crate) fn fill(database: &Path, content: &Path) -> anyhow::Result<usize> {
    let path = database.to_str().context("a path of UTF-8")?;
    let mut conn = SqliteConnection::establish(path)?;
    conn.batch_execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;
         PRAGMA mmap_size = 268435456; PRAGMA journal_size_limit = 67108864;",
    )?;
    let scan = content::scan(content)?;
    let catalogue = Catalogue::default();
    conn.immediate_transaction(|conn| {
        let mut written = 0;
        for file in &scan.files {
            let bytes = fs::read(content.join(&file.path))?;
            let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes));
            match content::parse(&file.kind, &bytes).0 {
                Some(Document::Article(article)) => {
                    write_article(conn, file, &article, &hash, &catalogue)?;
                    written += 1;
                }
                Some(Document::Entry(entry)) => write_entry(conn, file, &entry, &catalogue)?,
                _ => anyhow::bail!("{} is broken", file.path),
            }
            diesel::insert_into(files::table)
                .values((
                    files::path.eq(&file.path),
                    files::size.eq(file.size),
                    files::modified_ns.eq(file.modified_ns),
                    files::inode.eq(file.inode),
                    files::read_at.eq(file.seen_at),
                    files::hash.eq(&hash),
                    files::held.eq(false),
                ))
                .execute(conn)?;
        }
        diesel::insert_into(editions::table)
            .values((
                editions::id.eq(1),
                editions::created_at.eq(0),
                editions::articles.eq(i64::try_from(written)?),
            ))
            .execute(conn)?;
        Ok(written)
    })
}

fn write_article(
    conn: &mut SqliteConnection,
    file: &FoundFile,
    article: &ArticleFile,
    hash: &str,
    catalogue: &Catalogue,
) -> anyhow::Result<()> {
    let rendered = content::render_article(article, 1, catalogue, &BTreeMap::new());
    let slug = article.slug.as_str();
    diesel::insert_into(revisions::table)
        .values((
            revisions::slug.eq(slug),
            revisions::number.eq(1),
            revisions::hash.eq(hash),
            revisions::source.eq(&article.source),
            revisions::created_at.eq(0),
        ))
        .execute(conn)?;
    diesel::insert_into(articles::table)
        .values((
            articles::slug.eq(slug),
            articles::path.eq(&file.path),
            articles::revision.eq(1),
            articles::hash.eq(hash),
            articles::renderer.eq(1),
            articles::title.eq(&article.title),
            articles::summary.eq(&article.summary),
            articles::draft.eq(article.draft),
            articles::published.eq(article.published),
            articles::first_day.eq(article.details.first_day()),
            articles::details.eq(serde_json::to_string(&article.details)?),
            articles::html.eq(&rendered.html),
            articles::notes.eq(&rendered.notes),
        ))
        .execute(conn)?;
    for (position, place) in (0_i64..).zip(article.details.places_in_time()) {
        diesel::insert_into(standings::table)
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
    for (position, (registry, name)) in (0_i64..).zip(&article.names) {
        let entry = Slug::from_name(name).map(|slug| slug.to_string());
        diesel::insert_into(tags::table)
            .values((
                tags::slug.eq(slug),
                tags::kind.eq(registry.slug()),
                tags::position.eq(position),
                tags::name.eq(name),
                tags::entry.eq(entry.unwrap_or_default()),
            ))
            .execute(conn)?;
    }
    for (position, claim) in (0_i64..).zip(&article.details.claims) {
        diesel::insert_into(claims::table)
            .values((
                claims::slug.eq(slug),
                claims::position.eq(position),
                claims::subject.eq(claim.subject.as_str()),
                claims::property.eq(&claim.property),
                claims::value.eq(&claim.value),
            ))
            .execute(conn)?;
    }
    for alias in &article.aliases {
        diesel::insert_into(aliases::table)
            .values((aliases::path.eq(&alias.path), aliases::slug.eq(slug)))
            .execute(conn)?;
    }
    for target in &rendered.links {
        diesel::insert_into(links::table)
            .values((links::path.eq(&file.path), links::target.eq(target)))
            .execute(conn)?;
    }
    Ok(())
}

fn write_entry(
    conn: &mut SqliteConnection,
    file: &FoundFile,
    entry: &EntryFile,
    catalogue: &Catalogue,
) -> anyhow::Result<()> {
    let (lines, sources) = (entry.lines_before_body, &entry.details.sources);
    let (html, _, _) = content::render_prose(&entry.body, lines, sources, catalogue);
    diesel::insert_into(entries::table)
        .values((
            entries::kind.eq(entry.registry.slug()),
            entries::slug.eq(entry.slug.as_str()),
            entries::path.eq(&file.path),
            entries::name.eq(&entry.name),
            entries::details.eq(serde_json::to_string(&entry.details)?),
            entries::html.eq(html),
        ))
        .execute(conn)?;
    Ok(())
}
