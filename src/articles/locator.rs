//! What the map of an article shows: its places, which era colours them, and
//! what lies around.
//!
//! The article's page and whoever serves the map build the same [`Locator`]
//! here, so the address on the page is that of the file.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use diesel::QueryResult;

use super::model::{Details, Registry, Tag};
use super::queries::{self, Listed};
use crate::cartography::{self, Era, Locator, Marked};
use crate::db::AnyConnection;
use crate::paths;

/// The places of the registry by their slugs, as far as they have coordinates.
pub type Places = BTreeMap<String, Marked>;

/// Keeps the places of the latest edition, since every article's map needs
/// those around it. One for each database.
#[derive(Default)]
pub struct Gazetteer {
    kept: Mutex<Option<(i64, Arc<Places>)>>,
}

/// A map as a page shows it.
#[derive(Clone, Debug)]
pub struct MapView {
    /// Its address.
    pub src: String,
    /// Pixels of CSS.
    pub width: u32,
    /// Pixels of CSS.
    pub height: u32,
    /// What it shows.
    pub alt: String,
    /// What it is.
    pub caption: String,
}

impl Gazetteer {
    /// The places of the edition that the connection sees.
    ///
    /// # Errors
    /// The database's.
    pub fn places(&self, conn: &mut AnyConnection) -> QueryResult<Arc<Places>> {
        let edition = queries::edition(conn)?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, places)) = &*kept
            && *of == edition
        {
            return Ok(Arc::clone(places));
        }
        let places = Arc::new(queries::located(conn)?);
        *kept = Some((edition, Arc::clone(&places)));
        Ok(places)
    }
}

impl MapView {
    /// The map at the head of an article.
    #[must_use]
    pub fn of_article(slug: &str, locator: &Locator) -> MapView {
        MapView::new(paths::map(slug, &locator.hash()), locator)
    }

    /// The map of a place of the registry.
    #[must_use]
    pub fn of_place(slug: &str, locator: &Locator) -> MapView {
        MapView::new(paths::place_map(slug, &locator.hash()), locator)
    }

    fn new(src: String, locator: &Locator) -> MapView {
        MapView {
            src,
            width: cartography::WIDTH,
            height: cartography::HEIGHT,
            alt: locator.alt(),
            caption: locator.caption(),
        }
    }
}

/// The map of an article: of those of its places of which it or the registry
/// says where they lie. `None` where that is none of them.
#[must_use]
pub fn of_article(details: &Details, tags: &[Tag], places: &Places) -> Option<Locator> {
    let named = tags.iter().filter(|tag| tag.registry == Registry::Places);
    let marked = named.filter_map(|tag| {
        let own = details.points.iter().find(|point| point.name == tag.name);
        own.map(|point| Marked {
            name: tag.name.clone(),
            lat: point.lat(),
            lon: point.lon(),
        })
        .or_else(|| places.get(&tag.entry).cloned())
    });
    Locator::new(
        marked.collect(),
        places.values().cloned().collect(),
        era(details),
    )
}

/// The map of a place of the registry, in the colours of no age.
#[must_use]
pub fn of_place(slug: &str, places: &Places) -> Option<Locator> {
    let place = places.get(slug)?.clone();
    let around = places.values().cloned().collect();
    Locator::new(vec![place], around, Era::Timeless)
}

/// The map of an article that a list shows without a picture of its own. It
/// costs about as much as the rest of the line, so lists of hundreds go without.
#[must_use]
pub fn of_listed(listed: &Listed, places: &Places) -> Option<MapView> {
    if listed.picture.is_some() {
        return None;
    }
    let locator = of_article(&listed.details, &listed.tags, places)?;
    Some(MapView::of_article(&listed.slug, &locator))
}

fn era(details: &Details) -> Era {
    let date = details.primary().and_then(|date| date.date().ok());
    let day = date.and_then(|date| date.first_day().or(date.last_day()));
    day.map_or(Era::Timeless, |day| Era::of_year(day.to_gregorian().0))
}
