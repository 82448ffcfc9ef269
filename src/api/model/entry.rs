//! People, places, organisations and topics.

use serde::Serialize;
use utoipa::ToSchema;

use super::evidence::Source;
use super::{Date, Terms};
use crate::articles::model::{EntryDetails, Registry};
use crate::paths::{self, api};

/// A person, a place, an organisation or a topic.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct Entry {
    /// The address of its page, which is its id everywhere.
    id: String,
    /// The address of its page.
    url: String,
    /// Its address here.
    api: String,
    /// The last part of both addresses.
    #[schema(example = "seoul")]
    pub(in crate::api) slug: String,
    /// `person`, `place`, `organisation` or `topic`.
    #[schema(example = "place")]
    kind: &'static str,
    /// Its name.
    #[schema(example = "Seoul")]
    name: String,
    /// The name as an index has it (`Smith, Adrian`), if that is another.
    sort_name: Option<String>,
    /// Other names.
    also: Vec<String>,
    /// Of a person: the birth, as far as it is known.
    born: Option<Date>,
    /// Of a person: the death, as far as it is known.
    died: Option<Date>,
    /// Of a place: degrees north.
    #[schema(example = 37.5665)]
    latitude: Option<f64>,
    /// Of a place: degrees east.
    #[schema(example = 126.978)]
    longitude: Option<f64>,
    /// Of a place: the country of today, ISO 3166-1 alpha-2.
    #[schema(example = "KR")]
    country: Option<String>,
    /// Its item of Wikidata.
    #[schema(example = "Q8684")]
    wikidata: Option<String>,
    /// In how many articles it appears.
    #[schema(example = 3)]
    pub(in crate::api) articles: i64,
    /// Those articles, here.
    articles_api: String,
}

/// A person, a place, an organisation or a topic, with its text.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct EntryText {
    #[serde(flatten)]
    pub(in crate::api) entry: Entry,
    /// The text as HTML; empty where nobody has written one.
    html: String,
    /// The works that it cites.
    sources: Vec<Source>,
}

/// The word for one entry of a registry, as parameters and lines have it.
pub(in crate::api) fn entry_kind(registry: Registry) -> &'static str {
    match registry {
        Registry::People => "person",
        Registry::Places => "place",
        Registry::Organisations => "organisation",
        Registry::Topics => "topic",
    }
}

impl Entry {
    /// An entry, which need not have a file of its own.
    pub(in crate::api) fn new(
        registry: Registry,
        slug: &str,
        (name, details): (String, &EntryDetails),
        articles: i64,
        terms: &Terms,
    ) -> Entry {
        let url = terms.url(&paths::entry(registry.slug(), slug));
        let kind = entry_kind(registry);
        let date = |date: &Option<_>| date.as_ref().map(|date| Date::of_life(date, terms.style));
        Entry {
            id: url.clone(),
            url,
            api: terms.url(&api::entry(registry.slug(), slug)),
            slug: slug.to_owned(),
            kind,
            name,
            sort_name: details.sort.clone(),
            also: details.also.clone(),
            born: date(&details.born),
            died: date(&details.died),
            latitude: details.lat,
            longitude: details.lon,
            country: details.country.clone(),
            wikidata: details.wikidata.clone(),
            articles,
            articles_api: terms.url(&api::articles_with(kind, slug)),
        }
    }
}

impl EntryText {
    /// An entry with what its file says.
    pub(in crate::api) fn new(entry: Entry, html: String, details: &EntryDetails) -> EntryText {
        EntryText {
            entry,
            html,
            sources: details.sources.iter().map(Source::from).collect(),
        }
    }
}
