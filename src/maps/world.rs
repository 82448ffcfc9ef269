//! The world map as a page, and the file of the land under it.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use url::form_urlencoded;

use super::gazetteer::{Country, Place, by_country};
use super::lettering::{Letters, letter};
use super::queries;
use crate::articles::model::Registry;
use crate::articles::{Audience, queries as articles};
use crate::cartography::world;
use crate::dates::Century;
use crate::db::Db;
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::paths;
use crate::site::shell::{Identity, Section, Shell};
use crate::site::{self, CachePolicy};

/// The land stands still; what the articles tell of may change.
const CACHE: CachePolicy = CachePolicy::Public { max_age: 300 };

/// Every place that the articles lead to, or those of one century.
#[derive(Template)]
#[template(path = "maps/world.html")]
struct WorldPage {
    shell: Shell,
    /// "20th century", if it is the map of one.
    century: Option<String>,
    whole: Choice,
    centuries: Vec<Choice>,
    view_box: String,
    plate: String,
    points: Vec<Point>,
    letters: Vec<Letters>,
    countries: Vec<Country>,
    /// Places of which nobody has written where they are.
    off_the_map: Vec<Place>,
}

/// A map to choose: all of time, or a century.
struct Choice {
    href: String,
    /// "20th", "1st BCE"; what follows it to make it whole is `unit`.
    label: String,
    unit: &'static str,
    places: usize,
    is_here: bool,
}

/// A place on the map.
struct Point {
    href: String,
    name: String,
    articles: i64,
    /// Units from the left and from the top.
    x: String,
    y: String,
    /// 1 for a place with one article, 2 for one with a few, 3 for many.
    size: u8,
}

/// `GET /map`
pub(super) async fn map(
    request: HttpRequest,
    db: web::Data<Db>,
    audience: web::Data<Audience>,
    site: web::Data<Identity>,
) -> Result<HttpResponse, AppError> {
    let century = match asked(request.query_string()) {
        None => None,
        Some(asked) => {
            let century = Century::parse_loose(&asked).ok_or(AppError::NotFound)?;
            if century.slug() != asked {
                return Ok(site::moved(&paths::map_of_century(&century.slug())));
            }
            Some(century)
        }
    };
    let visibility = audience.now();
    let (situations, mut told, by_century) = db
        .read_public(move |conn| {
            let situations = queries::situations(conn)?;
            let told = articles::tag_counts(conn, Registry::Places, visibility)?;
            let by_century = articles::places_by_century(conn, visibility)?;
            Ok((situations, told, by_century))
        })
        .await?;
    let whole: Vec<String> = told.iter().map(|(place, ..)| place.clone()).collect();
    if let Some(century) = century {
        let of_it = by_century.iter().filter(|(_, one, _)| *one == century);
        let counts: BTreeMap<&str, i64> = of_it
            .map(|(place, _, articles)| (place.as_str(), *articles))
            .collect();
        told.retain_mut(|(place, _, articles)| match counts.get(place.as_str()) {
            Some(count) => {
                *articles = *count;
                true
            }
            None => false,
        });
    }
    if century.is_some() && told.is_empty() {
        return Err(AppError::NotFound);
    }
    let places: Vec<Place> = told
        .into_iter()
        .map(|(slug, named, articles)| Place::new(&slug, named, articles, situations.get(&slug)))
        .collect();
    let (mut on, off): (Vec<Place>, Vec<Place>) = places
        .into_iter()
        .partition(|place| place.coordinates.is_some());
    // The keyboard goes through them by name; a place drawn later lies on top.
    on.sort_by_cached_key(|place| (place.sort_key(), place.href.clone()));
    let drawn: BTreeSet<&str> = situations
        .iter()
        .filter(|(_, situation)| situation.coordinates.is_some())
        .map(|(slug, _)| slug.as_str())
        .collect();
    let page = WorldPage {
        shell: shell(&site, century),
        century: century.map(Century::words),
        whole: Choice {
            href: paths::MAP.to_owned(),
            label: "All of time".to_owned(),
            unit: "",
            places: whole
                .iter()
                .filter(|place| drawn.contains(place.as_str()))
                .count(),
            is_here: century.is_none(),
        },
        centuries: centuries(&by_century, &drawn, century),
        view_box: world::VIEW_BOX.map(|side| side.to_string()).join(" "),
        plate: paths::world_plate(&world::plate().hash),
        points: on.iter().filter_map(Point::new).collect(),
        letters: letter(&on),
        countries: by_country(on),
        off_the_map: off,
    };
    site::page(&page, CACHE)
}

/// `GET /maps/world.{hash}.svg`: any other hash than the plate's is another
/// file, which there is not.
pub(super) async fn plate(hash: web::Path<String>) -> Result<HttpResponse, AppError> {
    let plate = world::plate();
    if *hash != plate.hash {
        return Err(AppError::NotFound);
    }
    let bytes = web::Bytes::from_static(plate.svg.as_bytes());
    Ok(depends_on(
        site::immutable("image/svg+xml", bytes),
        Inputs::nothing(),
    ))
}

impl Point {
    fn new(place: &Place) -> Option<Point> {
        let (lat, lon) = place.coordinates?;
        let (x, y) = world::place(lat, lon);
        Some(Point {
            href: place.href.clone(),
            name: place.name.clone(),
            articles: place.articles,
            x: format!("{x:.1}"),
            y: format!("{y:.1}"),
            size: match place.articles {
                ..=1 => 1,
                2..=4 => 2,
                _ => 3,
            },
        })
    }
}

/// The century that the query asks for; the rest of it, and a century without
/// a word, ask for nothing.
fn asked(query: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, value)| name == "century" && !value.is_empty())
        .map(|(_, value)| value.into_owned())
}

fn shell(site: &web::Data<Identity>, century: Option<Century>) -> Shell {
    let (path, title, description) = match century {
        Some(one) => (
            paths::map_of_century(&one.slug()),
            format!("Map of the {}", one.words()),
            format!(
                "Where it happened in the {}, on a map of the world.",
                one.words()
            ),
        ),
        None => (
            paths::MAP.to_owned(),
            "Map of the world".to_owned(),
            "Every place that the articles lead to, on a map of the world.".to_owned(),
        ),
    };
    Shell::new(site, &path)
        .title(title)
        .description(description)
        .section(Section::Map)
}

/// The centuries of which places on the map are told, the earliest first.
fn centuries(
    by_century: &[(String, Century, i64)],
    drawn: &BTreeSet<&str>,
    here: Option<Century>,
) -> Vec<Choice> {
    let mut places: BTreeMap<Century, usize> = BTreeMap::new();
    for (place, century, _) in by_century {
        let places = places.entry(*century).or_default();
        *places += usize::from(drawn.contains(place.as_str()));
    }
    places
        .into_iter()
        .map(|(century, places)| {
            let words = century.words();
            let (ordinal, era) = words.split_once(" century").unwrap_or((&words, ""));
            Choice {
                href: paths::map_of_century(&century.slug()),
                label: format!("{ordinal}{era}"),
                unit: "century",
                places,
                is_here: here == Some(century),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_century_of_a_query_counts() {
        assert_eq!(asked("utm=1&century=20th").as_deref(), Some("20th"));
        assert_eq!(
            asked("century=&century=1st-bce").as_deref(),
            Some("1st-bce")
        );
        for nothing in ["", "century", "century=", "Century=20th", "&&=%FF"] {
            assert_eq!(asked(nothing), None, "{nothing}");
        }
    }
}
