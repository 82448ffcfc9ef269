//! Pages as Wikimedia tells of them: the one of an article, and those of the
//! entries that it names.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use diesel::QueryResult;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use super::model::{
    ContentUrls, Coordinates, Image, Namespace, Summary, SummaryKind, Titles, Urls,
};
use super::{plain, queries as own};
use crate::articles::locator::Places;
use crate::articles::model::{Registry, Tag, site_moment};
use crate::articles::queries::{self, Listed, SiteTimes, StoredPicture, WrittenEntry};
use crate::articles::{Gazetteer, Visibility};
use crate::dates::DateStyle;
use crate::db::AnyConnection;
use crate::paths::{self, record};
use crate::pictures::{self, Format};

/// In which order the names of an article follow it.
const ORDER: [Registry; 4] = [
    Registry::People,
    Registry::Places,
    Registry::Organisations,
    Registry::Topics,
];

/// What the site says of itself in every answer.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// Scheme and host, without a slash at the end.
    pub(super) base_url: String,
    /// Language of all texts, as in BCP 47.
    pub(super) lang: &'static str,
    /// How dates are written in words.
    pub(super) style: DateStyle,
    /// The zone in which the days of its files are meant.
    pub(super) zone: TimeZone,
    /// What may be seen.
    pub(super) visibility: Visibility,
}

/// What an answer needs to know of all articles and entries in it.
pub(super) struct Pages<'a> {
    told: &'a Told,
    places: Arc<Places>,
    times: HashMap<String, SiteTimes>,
    revisions: HashMap<String, i64>,
    entries: BTreeMap<(Registry, String), Entry>,
}

/// An entry, read once for all items that name it.
struct Entry {
    summary: Summary,
    written: WrittenEntry,
}

impl<'a> Pages<'a> {
    /// Asks for all that these events name, and for these people.
    pub(super) fn load(
        conn: &mut AnyConnection,
        told: &'a Told,
        gazetteer: &Gazetteer,
        events: &[Listed],
        people: &[String],
    ) -> QueryResult<Pages<'a>> {
        let slugs: Vec<String> = events.iter().map(|one| one.slug.clone()).collect();
        let opened = own::first_edition_at(conn)?;
        let mut entries = BTreeMap::new();
        for registry in ORDER {
            let named = events.iter().flat_map(|one| &one.tags);
            let named = named.filter(|tag| tag.registry == registry);
            let mut wanted: BTreeSet<String> = named.map(|tag| tag.entry.clone()).collect();
            if registry == Registry::People {
                wanted.extend(people.iter().cloned());
            }
            let times = queries::entry_times(conn, registry, &wanted, told.visibility)?;
            for (slug, written) in queries::written_with_text(conn, registry, &wanted)? {
                let time = times.get(&slug).copied().unwrap_or(opened);
                let summary = told.entry(registry, &slug, &written, time);
                entries.insert((registry, slug), Entry { summary, written });
            }
        }
        Ok(Pages {
            told,
            places: gazetteer.places(conn)?,
            times: queries::site_times(conn, Some(&slugs), &told.zone, told.visibility)?,
            revisions: own::revisions_of(conn, &slugs)?,
            entries,
        })
    }

    /// The page of an article, then those of the entries that it names, each
    /// title once.
    pub(super) fn of_event(&self, event: &Listed) -> Vec<Summary> {
        let mut pages = vec![self.article(event)];
        for registry in ORDER {
            let named = event.tags.iter().filter(|tag| tag.registry == registry);
            let named = named.filter_map(|tag| self.entries.get(&(registry, tag.entry.clone())));
            for entry in named {
                if pages.iter().all(|page| page.title != entry.summary.title) {
                    pages.push(entry.summary.clone());
                }
            }
        }
        pages
    }

    /// The entry of a person and its page; there is one wherever there is a day
    /// of birth or death.
    pub(super) fn person(&self, slug: &str) -> Option<(&WrittenEntry, &Summary)> {
        let entry = self.entries.get(&(Registry::People, slug.to_owned()))?;
        Some((&entry.written, &entry.summary))
    }

    fn article(&self, event: &Listed) -> Summary {
        let revision = self.revisions.get(&event.slug).copied().unwrap_or(1);
        let path = paths::article(&event.slug);
        let told = self.told;
        Summary {
            revision: revision.to_string(),
            tid: uuid(&[&path, &revision.to_string()]),
            timestamp: timestamp(
                self.times
                    .get(&event.slug)
                    .map_or(0, |times| times.updated_at),
            ),
            thumbnail: event
                .picture
                .as_ref()
                .and_then(|stored| told.image(stored, |widths| widths.first().copied())),
            originalimage: event
                .picture
                .as_ref()
                .and_then(|stored| told.image(stored, |widths| widths.last().copied())),
            coordinates: self.coordinates(event),
            content_urls: told.urls(Urls {
                page: path.clone(),
                revisions: record::history(&event.slug),
                edit: paths::report(&event.slug, revision, None),
                talk: Some(record::ledger_of(&[("article", event.slug.clone())])),
            }),
            ..told.summary(
                &path,
                &event.title,
                described(event, told.style),
                &event.summary,
            )
        }
    }

    /// Where the first place lies of which the article or the registry says it.
    fn coordinates(&self, event: &Listed) -> Option<Coordinates> {
        let lies = |tag: &Tag| {
            let mut points = event.details.points.iter();
            let own = points.find(|point| point.name == tag.name);
            own.map(|point| (point.lat(), point.lon())).or_else(|| {
                self.places
                    .get(&tag.entry)
                    .map(|place| (place.lat, place.lon))
            })
        };
        let tags = event.tags.iter();
        let mut places = tags.filter(|tag| tag.registry == Registry::Places);
        let (lat, lon) = places.find_map(lies)?;
        Some(Coordinates { lat, lon })
    }
}

impl Told {
    fn entry(
        &self,
        registry: Registry,
        slug: &str,
        written: &WrittenEntry,
        changed_at: i64,
    ) -> Summary {
        let path = paths::entry(registry.slug(), slug);
        let text = plain::first_paragraph(&written.html);
        let details = serde_json::to_string(&written.details).unwrap_or_default();
        let said = [
            path.as_str(),
            written.name.as_str(),
            details.as_str(),
            written.html.as_str(),
        ];
        let place = written.details.lat.zip(written.details.lon);
        let description = plain::first_sentence(&text);
        Summary {
            wikibase_item: written.details.wikidata.clone(),
            revision: number(&said).to_string(),
            tid: uuid(&said),
            timestamp: timestamp(changed_at),
            coordinates: place.map(|(lat, lon)| Coordinates { lat, lon }),
            content_urls: self.urls(Urls {
                page: path.clone(),
                revisions: path.clone(),
                edit: paths::contact_about(&path),
                talk: None,
            }),
            ..self.summary(&path, &written.name, description, &text)
        }
    }

    /// The members that every page has alike.
    fn summary(&self, path: &str, title: &str, description: String, text: &str) -> Summary {
        let canonical = title.replace(' ', "_");
        let escaped = plain::escaped(title);
        let display = format!("<span class=\"mw-page-title-main\">{escaped}</span>");
        let description = Some(description).filter(|words| !words.is_empty());
        let extract = text.trim().to_owned();
        let extract_html = match extract.as_str() {
            "" => String::new(),
            text => format!("<p>{}</p>", plain::escaped(text)),
        };
        Summary {
            kind: if extract.is_empty() {
                SummaryKind::NoExtract
            } else {
                SummaryKind::Standard
            },
            title: canonical.clone(),
            displaytitle: display.clone(),
            namespace: Namespace { id: 0, text: "" },
            wikibase_item: None,
            titles: Titles {
                canonical,
                normalized: title.to_owned(),
                display,
            },
            pageid: number(&[path]),
            thumbnail: None,
            originalimage: None,
            lang: self.lang,
            dir: "ltr",
            revision: String::new(),
            tid: String::new(),
            timestamp: String::new(),
            description_source: description.as_ref().map(|_| "local"),
            description,
            coordinates: None,
            content_urls: self.urls(Urls {
                page: path.to_owned(),
                revisions: path.to_owned(),
                edit: path.to_owned(),
                talk: None,
            }),
            extract,
            extract_html,
            normalizedtitle: title.to_owned(),
        }
    }

    /// Makes paths absolute, for large screens and for small ones.
    fn urls(&self, paths: Urls) -> ContentUrls {
        let absolute = |path: String| paths::absolute(&self.base_url, &path);
        let desktop = Urls {
            page: absolute(paths.page),
            revisions: absolute(paths.revisions),
            edit: absolute(paths.edit),
            talk: paths.talk.map(absolute),
        };
        ContentUrls {
            mobile: desktop.clone(),
            desktop,
        }
    }

    /// A picture in one of its widths, in the format that every browser shows.
    fn image(
        &self,
        stored: &StoredPicture,
        choose: impl Fn(&[u32]) -> Option<u32>,
    ) -> Option<Image> {
        let width = choose(&pictures::widths(stored.width))?;
        let path = paths::rendition(&stored.hash, width, Format::WebP.extension());
        Some(Image {
            source: paths::absolute(&self.base_url, &path),
            width,
            height: pictures::height(stored.width, stored.height, width),
        })
    }
}

/// "January 4, 1951; Seoul, South Korea".
fn described(event: &Listed, style: DateStyle) -> String {
    let date = event.details.primary().and_then(|date| date.date().ok());
    let date = date.map(|date| date.words_with_calendar(style));
    let mut places = event.tags.iter();
    let place = places.find(|tag| tag.registry == Registry::Places);
    let parts: Vec<String> = date
        .into_iter()
        .chain(place.map(|tag| tag.name.clone()))
        .collect();
    parts.join("; ")
}

/// As a moment in the answer; milliseconds would be noise.
fn timestamp(milliseconds: i64) -> String {
    site_moment(milliseconds, &TimeZone::UTC, DateStyle::default()).1
}

/// A positive number of 31 bits, so that it fits the smallest integers that
/// clients read it into. Of 10,000 pages two share a number in one case of
/// fifty.
fn number(parts: &[&str]) -> u32 {
    let hash = hash(parts);
    let number = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]) & 0x7fff_ffff;
    number.max(1)
}

/// A UUID of version 8 (RFC 9562), whose bits are the hash of these texts.
pub(super) fn uuid(parts: &[&str]) -> String {
    let hash = hash(parts);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = data_encoding::HEXLOWER.encode(&bytes);
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// Each part is closed by a byte that no text holds, so that none can pass for
/// two.
fn hash(parts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0xff]);
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages_are_positive_and_belong_to_their_addresses() {
        let ids: BTreeSet<u32> = (0..1000)
            .map(|n| number(&[&format!("/articles/a-{n}")]))
            .collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| (1..=0x7fff_ffff).contains(id)));
        // It must be the same for ever: clients keep it.
        assert_eq!(number(&["/articles/fall-of-seoul-1951"]), 174_854_042);
    }

    #[test]
    fn a_tid_is_a_uuid_that_no_two_texts_share() {
        let tid = uuid(&["a", "b"]);
        assert_eq!(tid.len(), 36);
        assert_eq!(&tid[14..15], "8");
        assert!("89ab".contains(&tid[19..20]));
        assert_ne!(tid, uuid(&["ab"]));
        assert_ne!(tid, uuid(&["a", "c"]));
    }
}
