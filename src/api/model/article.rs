//! An article, in short and as a whole.

use serde::Serialize;
use utoipa::ToSchema;

use super::claim::ArticleClaim;
use super::date::EventDate;
use super::evidence::{Correction, Picture, Source};
use super::{Name, Terms, moment};
use crate::articles::HoldNotice;
use crate::articles::locator::Places;
use crate::articles::model::{Registry, Tag};
use crate::articles::queries::{Listed, SiteTimes, Whole};
use crate::paths::{self, api, record};

/// An article in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ArticleSummary)]
pub(in crate::api) struct Summary {
    /// The address of its page, which is its id everywhere and never changes.
    pub(in crate::api) id: String,
    /// The address of its page.
    url: String,
    /// The address of the whole article here.
    api: String,
    /// The last part of both addresses.
    #[schema(example = "fall-of-seoul-1951")]
    pub(in crate::api) slug: String,
    /// Headline.
    #[schema(example = "Chinese and North Korean forces capture Seoul")]
    title: String,
    /// One or two sentences, plain text; empty while the text is kept back.
    summary: String,
    /// When it happened: at least one date, the first in the file first.
    dates: Vec<EventDate>,
    /// Where it happened.
    places: Vec<PlaceName>,
    /// Who appears in it.
    people: Vec<Name>,
    /// Armies, companies, parliaments, academies in it.
    organisations: Vec<Name>,
    /// Subjects and longer stories that it belongs to.
    topics: Vec<Name>,
    /// The picture at its head, if it has one.
    picture: Option<Picture>,
    /// When the site published it (RFC 3339, UTC); no date of the event.
    #[schema(format = DateTime, example = "2026-11-22T00:00:00Z")]
    published: String,
    /// When the site last corrected or clarified it; minor edits do not count.
    #[schema(format = DateTime, example = "2026-12-02T00:00:00Z")]
    updated: String,
    /// The text that is shown now.
    revision: RevisionLink,
}

/// A whole article.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct Article {
    #[serde(flatten)]
    pub(in crate::api) summary: Summary,
    /// Why a date is as it is; plain text.
    date_note: Option<String>,
    /// The text as HTML. Links in it that begin with a slash lead from the
    /// site's own address.
    html: String,
    /// Its notes as HTML, to which the text leads; may be empty.
    notes_html: String,
    /// The works that it cites.
    sources: Vec<Source>,
    /// What it claims on which accounts may differ.
    claims: Vec<ArticleClaim>,
    /// What was changed in it, as its file lists it.
    corrections: Vec<Correction>,
    /// What readers are told while something in it is being examined; empty
    /// most of the time.
    on_hold: Vec<String>,
    /// Who wrote it.
    author: Option<String>,
    /// Who checked it.
    reviewer: Option<String>,
    /// Where to go on.
    links: ArticleLinks,
}

/// A place, with where it lies.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct PlaceName {
    #[serde(flatten)]
    name: Name,
    /// Degrees north, if known.
    #[schema(example = 37.5665)]
    latitude: Option<f64>,
    /// Degrees east, if known.
    #[schema(example = 126.978)]
    longitude: Option<f64>,
}

/// Which revision of an article this is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct RevisionLink {
    /// From 1.
    #[schema(example = 3)]
    number: i64,
    /// SHA-256 of the article's file, hexadecimal.
    hash: String,
    /// Its page, which shows this text for ever.
    url: String,
    /// Its address here.
    api: String,
}

/// Where to go on from an article.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct ArticleLinks {
    /// Its file in Markdown.
    markdown: String,
    /// Every revision, for people.
    history: String,
    /// Every revision, here.
    revisions: String,
    /// Its claims, here.
    claims: String,
    /// The form to report an error in it.
    report: String,
}

/// What an article is told from, beside itself.
#[derive(Clone, Copy)]
pub(in crate::api) struct Given<'a> {
    /// The number of its revision.
    pub(in crate::api) revision: i64,
    /// SHA-256 of its file.
    pub(in crate::api) hash: &'a str,
    /// When the site published and changed it.
    pub(in crate::api) times: SiteTimes,
    /// Where places lie.
    pub(in crate::api) places: &'a Places,
    /// For whom.
    pub(in crate::api) terms: &'a Terms,
}

impl Summary {
    /// An article in a list.
    pub(in crate::api) fn new(listed: &Listed, given: Given<'_>) -> Summary {
        let terms = given.terms;
        let Listed { slug, details, .. } = listed;
        let url = terms.url(&paths::article(slug));
        let names = |registry: Registry| {
            let tags = listed.tags.iter();
            tags.filter(move |tag| tag.registry == registry)
        };
        let named = |registry| names(registry).map(|tag| Name::new(tag, terms)).collect();
        let dates = details.dates.iter().enumerate().map(|(index, date)| {
            let is_disputed = listed.disputed_dates.contains(&index);
            EventDate::new(date, is_disputed, terms.style)
        });
        let places = names(Registry::Places).map(|tag| {
            let own = details.points.iter().find(|point| point.name == tag.name);
            let known = given.places.get(&tag.entry);
            let point = own
                .map(|point| (point.lat(), point.lon()))
                .or(known.map(|place| (place.lat, place.lon)));
            PlaceName {
                name: Name::new(tag, terms),
                latitude: point.map(|(latitude, _)| latitude),
                longitude: point.map(|(_, longitude)| longitude),
            }
        });
        let picture = listed.picture.as_ref().zip(details.illustration.as_ref());
        Summary {
            id: url.clone(),
            url,
            api: terms.url(&api::article(slug)),
            slug: slug.clone(),
            title: listed.title.clone(),
            summary: listed.summary.clone(),
            dates: dates.collect(),
            places: places.collect(),
            people: named(Registry::People),
            organisations: named(Registry::Organisations),
            topics: named(Registry::Topics),
            picture: picture.map(|(stored, told)| Picture::new(stored, told, terms)),
            published: moment(given.times.published_at),
            updated: moment(given.times.updated_at),
            revision: RevisionLink {
                number: given.revision,
                hash: given.hash.to_owned(),
                url: terms.url(&record::revision(slug, given.revision)),
                api: terms.url(&api::revision(slug, given.revision)),
            },
        }
    }
}

impl Article {
    /// A whole article, from its line in lists and from itself.
    pub(in crate::api) fn new(summary: Summary, whole: Whole, terms: &Terms) -> Article {
        let Whole { slug, details, .. } = &whole;
        let claims = details.claims.iter();
        let corrections = details.corrections.iter();
        let notices = HoldNotice::of(&whole.holds).into_iter();
        Article {
            date_note: details.date_note.clone(),
            sources: details.sources.iter().map(Source::from).collect(),
            claims: claims
                .map(|claim| ArticleClaim::new(claim, details, terms))
                .collect(),
            corrections: corrections
                .map(|note| Correction::new(note, terms))
                .collect(),
            on_hold: notices.map(|notice| notice.sentence).collect(),
            author: details.author.clone(),
            reviewer: details.reviewer.clone(),
            links: ArticleLinks {
                markdown: terms.url(&record::source(slug)),
                history: terms.url(&record::history(slug)),
                revisions: terms.url(&api::revisions(slug)),
                claims: terms.url(&api::claims_of(slug)),
                report: terms.url(&paths::report(slug, whole.revision, None)),
            },
            html: whole.html,
            notes_html: whole.notes,
            summary,
        }
    }
}

impl Name {
    /// The entry that a name of an article stands for.
    pub(super) fn new(tag: &Tag, terms: &Terms) -> Name {
        let kind = tag.registry.slug();
        let url = terms.url(&paths::entry(kind, &tag.entry));
        Name {
            id: url.clone(),
            url,
            api: terms.url(&api::entry(kind, &tag.entry)),
            slug: tag.entry.clone(),
            name: tag.name.clone(),
        }
    }
}
