//! The indexes and the entries.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::queries;
use crate::articles::model::Registry;
use crate::articles::{Audience, Teaser, queries as articles, teasers};
use crate::config::Config;
use crate::content::{EntryDetails, LifeDate};
use crate::dates::DateStyle;
use crate::db::Db;
use crate::error::AppError;
use crate::markdown::RenderedHtml;
use crate::paths;
use crate::site::shell::{Identity, Link, Section, Shell};
use crate::site::{self, CachePolicy};

/// Every entry of one registry that an article names.
#[derive(Template)]
#[template(path = "registries/index.html")]
struct IndexPage {
    shell: Shell,
    heading: &'static str,
    intro: &'static str,
    groups: Vec<Group>,
}

struct Group {
    letter: String,
    entries: Vec<Entry>,
}

struct Entry {
    href: String,
    name: String,
    count: i64,
}

/// One entry with its articles in order of time.
#[derive(Template)]
#[template(path = "registries/entry.html")]
struct EntryPage {
    shell: Shell,
    kind_words: &'static str,
    name: String,
    also: Vec<String>,
    life: Option<String>,
    coordinates: Option<String>,
    body: Option<RenderedHtml>,
    events: Vec<Teaser>,
    index: Link,
}

/// What both pages work with.
type Given = (
    HttpRequest,
    web::Data<Db>,
    web::Data<Audience>,
    web::Data<Identity>,
    web::Data<Config>,
);

/// `GET /people` and its like
pub(super) async fn index(
    registry: Registry,
    (request, db, audience, site, _): Given,
) -> Result<HttpResponse, AppError> {
    let visibility = audience.now();
    let (counts, names) = db
        .read(move |conn| {
            let counts = articles::tag_counts(conn, registry, visibility)?;
            let names = queries::names(conn, registry)?;
            Ok((counts, names))
        })
        .await?;
    let names: BTreeMap<String, String> = names.into_iter().collect();
    let mut groups: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for (slug, named, count) in counts {
        let name = names.get(&slug).cloned().unwrap_or(named);
        let entry = Entry {
            href: paths::entry(registry.slug(), &slug),
            name,
            count,
        };
        groups.entry(letter(&entry.name)).or_default().push(entry);
    }
    let groups = groups
        .into_iter()
        .map(|(letter, mut entries)| {
            entries.sort_by_cached_key(|entry| plain(&entry.name));
            Group { letter, entries }
        })
        .collect();
    let page = IndexPage {
        shell: Shell::new(&site, &paths::registry(registry.slug()))
            .title(registry.heading())
            .description(intro(registry))
            .section(section(registry)),
        heading: registry.heading(),
        intro: intro(registry),
        groups,
    };
    site::page(&request, &page, CachePolicy::Public { max_age: 300 })
}

/// `GET /people/{slug}` and its like
pub(super) async fn entry(
    registry: Registry,
    slug: web::Path<String>,
    (request, db, audience, site, config): Given,
) -> Result<HttpResponse, AppError> {
    let slug = slug.into_inner();
    let path = paths::entry(registry.slug(), &slug);
    let visibility = audience.now();
    let (written, events) = db
        .read(move |conn| {
            let written = queries::written(conn, registry, &slug)?;
            let events = articles::with_tag(conn, registry, &slug, visibility)?;
            Ok((
                written,
                events
                    .into_iter()
                    .map(|one| (one, slug.clone()))
                    .collect::<Vec<_>>(),
            ))
        })
        .await?;
    let named = events.iter().find_map(|(event, slug)| {
        let mut tags = event.tags.iter();
        tags.find(|tag| tag.registry == registry && tag.entry == *slug)
            .map(|tag| tag.name.clone())
    });
    let name = written
        .as_ref()
        .map(|written| written.name.clone())
        .or(named)
        .ok_or(AppError::NotFound)?;
    let style = config.date_style;
    let details = written
        .as_ref()
        .map(|written| written.details.clone())
        .unwrap_or_default();
    let body = written
        .map(|written| written.html)
        .filter(|html| !html.trim().is_empty())
        .map(RenderedHtml::from_stored);
    let page = EntryPage {
        shell: Shell::new(&site, &path)
            .title(&name)
            .description(format!(
                "{name} in the articles of {}, in order of time.",
                site.name
            ))
            .section(section(registry)),
        kind_words: registry.singular(),
        life: life(&details, style),
        coordinates: details
            .lat
            .zip(details.lon)
            .map(|(lat, lon)| coordinates(lat, lon)),
        also: details.also,
        body,
        events: teasers(
            events.into_iter().map(|(event, _)| event).collect(),
            style,
            None,
        ),
        index: Link {
            href: paths::registry(registry.slug()),
            label: registry.heading().to_owned(),
        },
        name,
    };
    site::page(&request, &page, CachePolicy::Public { max_age: 300 })
}

fn section(registry: Registry) -> Section {
    match registry {
        Registry::People => Section::People,
        Registry::Places => Section::Places,
        Registry::Organisations => Section::Organisations,
        Registry::Topics => Section::Topics,
    }
}

fn intro(registry: Registry) -> &'static str {
    match registry {
        Registry::People => "Everyone whom the articles name, with the number of articles.",
        Registry::Places => "Everywhere the articles lead, with the number of articles.",
        Registry::Organisations => {
            "Armies, companies, parliaments and academies, with the number of articles."
        }
        Registry::Topics => "Subjects and longer stories, with the number of articles.",
    }
}

/// What an index is sorted by: the name without accents and case.
fn plain(name: &str) -> String {
    deunicode::deunicode(name).to_lowercase()
}

fn letter(name: &str) -> String {
    plain(name)
        .chars()
        .find(|character| character.is_alphanumeric())
        .filter(|character| character.is_alphabetic())
        .map_or_else(
            || "#".to_owned(),
            |letter| letter.to_uppercase().to_string(),
        )
}

fn life(details: &EntryDetails, style: DateStyle) -> Option<String> {
    let words = |date: &Option<LifeDate>| Some(date.as_ref()?.date()?.words(style));
    match (words(&details.born), words(&details.died)) {
        (Some(born), Some(died)) => Some(format!("Born {born}, died {died}")),
        (Some(born), None) => Some(format!("Born {born}")),
        (None, Some(died)) => Some(format!("Died {died}")),
        (None, None) => None,
    }
}

/// Degrees with their direction; two decimals are a kilometre, near enough for
/// a reader.
fn coordinates(lat: f64, lon: f64) -> String {
    let north = if lat < 0.0 { "S" } else { "N" };
    let east = if lon < 0.0 { "W" } else { "E" };
    format!("{:.2}° {north}, {:.2}° {east}", lat.abs(), lon.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_under_the_letter_without_its_accent() {
        assert_eq!(letter("Élisabeth"), "E");
        assert_eq!(letter("‘Abd al-Rahman"), "A");
        assert_eq!(letter("7th Cavalry"), "#");
    }

    #[test]
    fn coordinates_name_their_direction() {
        assert_eq!(coordinates(-90.0, 0.0), "90.00° S, 0.00° E");
        assert_eq!(coordinates(37.566, -3.7), "37.57° N, 3.70° W");
    }
}
