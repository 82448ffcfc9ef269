//! All entries of a registry, by letter.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use askama::Template;

use super::super::line::Life;
use super::{Given, country_name, section};
use crate::articles::model::{EntryDetails, Registry};
use crate::articles::queries as articles;
use crate::dates::DateStyle;
use crate::error::AppError;
use crate::paths;
use crate::site::shell::Shell;
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
    /// As the index has it: "Smith, Adrian" where the entry says so.
    name: String,
    /// The years of a life, the country of a place.
    aside: Option<String>,
    count: i64,
}

/// `GET /people` and its like
pub(in crate::registries) async fn index(
    registry: Registry,
    (_, db, audience, site, config, _): Given,
) -> Result<HttpResponse, AppError> {
    let visibility = audience.now();
    let (counts, written) = db
        .read_public(move |conn| {
            let counts = articles::tag_counts(conn, registry, visibility)?;
            let written = articles::written_entries(conn, registry)?;
            Ok((counts, written))
        })
        .await?;
    let mut groups: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for (slug, named, count) in counts {
        let (name, details) = match written.get(&slug) {
            Some((name, details)) => (name.clone(), Some(details)),
            None => (named, None),
        };
        let aside = details.and_then(|details| aside(&name, details, config.date_style));
        let entry = Entry {
            href: paths::entry(registry.slug(), &slug),
            name: details
                .and_then(|details| details.sort.clone())
                .unwrap_or(name),
            aside,
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
    site::page(&page, CachePolicy::Public { max_age: 300 })
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

/// What stands beside a name in an index: the years of a life, or the country
/// of a place whose name does not end with it.
fn aside(name: &str, details: &EntryDetails, style: DateStyle) -> Option<String> {
    let life = Life::new(details.born.as_ref(), details.died.as_ref());
    let country = || {
        let country = country_name(details.country.as_deref()?);
        (!name.ends_with(&country)).then_some(country)
    };
    life.years(style).or_else(country)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_under_the_letter_without_its_accent() {
        assert_eq!(letter("Élisabeth"), "E");
        assert_eq!(letter("‘Abd al-Rahman"), "A");
        assert_eq!(letter("7th Cavalry"), "#");
    }
}
