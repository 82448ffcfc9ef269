//! An article for machines: JSON-LD in the words of schema.org 30. Every
//! property is used on types of its domain and with values of its range
//! (`data/releases/30.0` of schemaorg/schemaorg); `correction` and
//! `CorrectionComment` are pending there.
//!
//! What accounts dispute is not told as a fact, nor what an open case keeps
//! back. Dates are those of the site but in `temporalCoverage` and `about`,
//! which tell when the event was. No `license` is named: the terms of an
//! operator's articles are not known to the program.

mod citation;
mod correction;
mod event;

use serde_json::Value;

use super::Visibility;
use super::accounts::{self, Holder};
use super::locator::Places;
use super::model::{Details, Registry, Tag, site_time};
use super::queries::{self, SiteTimes, Whole};
use crate::cases::HoldKind;
use crate::db::AnyConnection;
use crate::paths;
use crate::site::preview::{Preview, PreviewKind};
use crate::site::shell::{Identity, Link, Shell};
use crate::site::structured::{Node, breadcrumbs, crumb, graph, publisher, publisher_id};
use diesel::QueryResult;
use jiff::tz::TimeZone;

/// How many people and organisations are named. The page names them all; a
/// search engine reads the first few, and the page must stay light.
const MOST_MENTIONED: usize = 10;

/// When the site published an article and last changed what it says, as
/// machines read it.
pub(super) struct Published {
    /// RFC 3339, in the site's zone.
    published: String,
    /// Likewise; absent where nothing was changed.
    modified: Option<String>,
}

impl Published {
    /// # Errors
    /// The database's.
    pub(super) fn of(
        conn: &mut AnyConnection,
        slug: &str,
        zone: &TimeZone,
        visibility: Visibility,
    ) -> QueryResult<Option<Published>> {
        let slugs = [slug.to_owned()];
        let times = queries::site_times(conn, Some(&slugs), zone, visibility)?;
        Ok(times.get(slug).map(|times| Published::new(*times, zone)))
    }

    fn new(times: SiteTimes, zone: &TimeZone) -> Published {
        let is_changed = times.updated_at > times.published_at;
        Published {
            published: site_time(times.published_at, zone),
            modified: is_changed.then(|| site_time(times.updated_at, zone)),
        }
    }

    /// What other sites show of the article where its link is shared.
    pub(super) fn preview(&self) -> Preview {
        Preview {
            kind: PreviewKind::Article,
            card: None,
            published: Some(self.published.clone()),
            modified: self.modified.clone(),
        }
    }
}

/// All that the page of an article says for machines. `shell` is that of the
/// page, with its picture; `holders` are whoever claims something about the
/// subjects of the article, and `day` is the page of its day; without one it
/// lies in the timeline.
pub(super) fn of_page(
    shell: &Shell,
    article: &Whole,
    published: &Published,
    holders: &[Holder],
    places: &Places,
    day: Option<Link>,
) -> Value {
    let site = &shell.site;
    let here = crumb(article.title.as_str(), paths::article(&article.slug));
    let around = day.unwrap_or_else(|| crumb("Timeline", paths::TIMELINE));
    graph(vec![
        node(shell, article, published, holders, places),
        publisher(site),
        breadcrumbs(site, &[around, here]),
    ])
}

fn node(
    shell: &Shell,
    article: &Whole,
    published: &Published,
    holders: &[Holder],
    places: &Places,
) -> Node {
    let site = &shell.site;
    let details = &article.details;
    let is_held = |kind| article.holds.iter().any(|hold| hold.kind == kind);
    // The day of the file, where it names one, rather than a midnight.
    let day_of = |day: Option<&str>, moment: &str| {
        let starts = |day: &&str| moment.starts_with(*day);
        day.filter(starts).unwrap_or(moment).to_owned()
    };
    let first = day_of(details.published.as_deref(), &published.published);
    let last = match &published.modified {
        Some(moment) => day_of(details.updated(), moment),
        None => first.clone(),
    };
    let publisher = || Node::reference(publisher_id(site));
    let written = Node::new("Article")
        .at(&shell.canonical)
        .with("headline", article.title.as_str())
        .with("inLanguage", site.lang)
        .with("isAccessibleForFree", true)
        .with("version", article.revision)
        .with("datePublished", first)
        .with("dateModified", last)
        .with("publisher", publisher())
        .with("publishingPrinciples", about(site))
        .with("author", author(site, details).unwrap_or_else(publisher))
        .maybe("image", shell.shared_card().map(|card| card.href.as_str()))
        .all(
            "correction",
            correction::comments(&article.slug, details, site),
        );
    // While its text is kept back, nothing is told of what it is about.
    if is_held(HoldKind::Text) {
        return written;
    }
    let told = event::Told {
        site,
        article,
        places,
        disputed: accounts::disputed_dates(article.into(), holders),
        is_place_disputed: accounts::is_place_disputed(article.into(), holders),
        is_date_held: is_held(HoldKind::Date),
    };
    written
        .with("description", article.summary.as_str())
        .all("temporalCoverage", told.periods())
        .with("about", told.event())
        .all("mentions", mentions(site, &article.tags))
        .all("citation", citation::all(&details.sources))
}

/// A person, unless the name is that of the site's own people, such as
/// "Daybook editors"; `None` where the article names nobody.
fn author(site: &Identity, details: &Details) -> Option<Node> {
    let name = details.author.as_deref()?;
    let ours = [Some(site.name.as_str()), site.publisher.as_deref()];
    let is_ours = ours.into_iter().flatten().any(|own| name.contains(own));
    let kind = if is_ours { "Organization" } else { "Person" };
    Some(Node::new(kind).with("name", name))
}

fn about(site: &Identity) -> String {
    paths::absolute(&site.base_url, &paths::about("about"))
}

fn mentions(site: &Identity, tags: &[Tag]) -> Vec<Node> {
    let named = tags.iter().filter_map(|tag| {
        let kind = match tag.registry {
            Registry::People => "Person",
            Registry::Organisations => "Organization",
            Registry::Places | Registry::Topics => return None,
        };
        Some(named(site, kind, tag))
    });
    named.take(MOST_MENTIONED).collect()
}

/// Somebody or something of a registry, by the address of its page.
fn named(site: &Identity, kind: &str, tag: &Tag) -> Node {
    let node = Node::new(kind).with("name", tag.name.as_str());
    if tag.entry.is_empty() {
        return node;
    }
    let path = paths::entry(tag.registry.slug(), &tag.entry);
    node.with("@id", paths::absolute(&site.base_url, &path))
}
