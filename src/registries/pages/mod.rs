//! The indexes and the entries.

mod index;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

pub(in crate::registries) use index::index;

use super::course::Course;
use super::line::{Life, Stretch, What, line, line_by_century, on_day_number};
use super::structured;
use crate::articles::model::{EntryDetails, LifeDate, Registry};
use crate::articles::queries::Listed;
use crate::articles::{
    Audience, Face, Gazetteer, MOST_EVENTS, MapView, SourceView, Teaser, inputs, locator,
    queries as articles, teasers,
};
use crate::cartography::{country, world};
use crate::config::Config;
use crate::dates::{DateStyle, HistoricalDate};
use crate::db::Db;
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::markdown::RenderedHtml;
use crate::paths::{self, feeds};
use crate::site::feed::Format;
use crate::site::preview::{Preview, PreviewKind};
use crate::site::shell::{Identity, Link, Section, Shell};
use crate::site::turning::Turn;
use crate::site::{self, CachePolicy};

/// One entry with its articles in order of time.
#[derive(Template)]
#[template(path = "registries/entry.html")]
struct EntryPage {
    shell: Shell,
    kind_words: &'static str,
    name: String,
    /// "1895–1993" under the name of a person.
    years: Option<String>,
    also: Vec<String>,
    course: Option<Course>,
    facts: Facts,
    whereabouts: Option<Whereabouts>,
    map: Option<MapView>,
    body: Option<RenderedHtml>,
    notes: Option<RenderedHtml>,
    sources: Vec<SourceView>,
    events: Events,
    turn: Turn,
    /// Its feeds and its calendar.
    follow: Vec<Link>,
    index: Link,
}

/// What the head of an entry's file says, in words.
#[derive(Default)]
struct Facts {
    born: Option<DateView>,
    died: Option<DateView>,
    age_at_death: Option<String>,
    country: Option<String>,
    coordinates: Option<Link>,
    wikidata: Option<Link>,
}

/// A place on a small map of the world, which leads to the large one.
struct Whereabouts {
    href: &'static str,
    view_box: String,
    plate: String,
    /// Units from the left and from the top.
    x: String,
    y: String,
}

struct DateView {
    words: String,
    datetime: Option<String>,
}

/// What the articles tell: of a person or a place as a line through time, of
/// anything else as a list.
enum Events {
    None,
    Line {
        heading: &'static str,
        stretches: Vec<Stretch>,
    },
    List(Vec<Teaser>),
}

/// What both pages work with.
type Given = (
    HttpRequest,
    web::Data<Db>,
    web::Data<Audience>,
    web::Data<Identity>,
    web::Data<Config>,
    web::Data<Gazetteer>,
);

/// `GET /people/{slug}` and its like
pub(super) async fn entry(
    registry: Registry,
    slug: web::Path<String>,
    (request, db, audience, site, config, gazetteer): Given,
) -> Result<HttpResponse, AppError> {
    let slug = slug.into_inner();
    let path = paths::entry(registry.slug(), &slug);
    let visibility = audience.now();
    let asked = slug.clone();
    let (query, at) = (request.query_string().to_owned(), path.clone());
    let found = db
        .read_public(move |conn| {
            let written = articles::written_entry(conn, registry, &asked)?;
            let outline = articles::outline_of_entry(conn, registry, &asked, visibility)?;
            let Some(turn) = Turn::read(&query, &at, outline.len()) else {
                return Ok(None);
            };
            let part = &outline[turn.range()];
            let slugs: Vec<String> = part.iter().map(|(slug, _)| slug.clone()).collect();
            let events = articles::listed_of(conn, &slugs, visibility)?;
            let card = articles::some_of_entry(conn, &outline, MOST_EVENTS, visibility)?;
            let named = articles::first_name(conn, registry, &asked, &outline)?;
            let map = if registry == Registry::Places {
                locator::of_place(&asked, &*gazetteer.places(conn)?)
            } else {
                None
            };
            Ok(Some((written, named, outline, turn, events, card, map)))
        })
        .await?;
    let (written, named, outline, turn, events, card, map) = found.ok_or(AppError::NotFound)?;
    let style = config.date_style;
    let (name, details, html) = match written {
        Some(written) => (written.name, written.details, written.html),
        None => {
            let name = named.ok_or(AppError::NotFound)?;
            (name, EntryDetails::default(), String::new())
        }
    };
    let life = Life::new(details.born.as_ref(), details.died.as_ref());
    let (body, notes) = apart(html);
    let index = Link {
        href: paths::registry(registry.slug()),
        label: registry.heading().to_owned(),
    };
    let mut shell = Shell::new(&site, &turn.here())
        .title(format!("{name}{}", turn.of_title()))
        .description(format!(
            "{name} in the articles of {}, in order of time.",
            site.name
        ))
        .section(section(registry))
        .neighbours(turn.previous(), turn.next());
    if registry == Registry::People {
        shell = shell.preview(Preview {
            kind: PreviewKind::Profile,
            ..Preview::default()
        });
    }
    let card = match registry {
        Registry::People => Some(Face::of_person(&slug, &name, &details, &card, style)),
        Registry::Places => {
            let map = map.clone();
            Some(Face::of_place(&slug, &name, &details, &card, map))
        }
        Registry::Organisations | Registry::Topics => None,
    };
    if let Some(card) = card {
        shell = shell.card(&card.path(), card.alt());
    }
    let block = structured::entry(&shell, registry, &name, &details, index.clone());
    let page = EntryPage {
        shell: with_feeds(shell.structured(block), registry, &slug, &name),
        follow: follow(registry, &slug),
        kind_words: registry.singular(),
        years: life.years(style),
        course: course(registry, &life, &events, &outline),
        facts: Facts::new(&details, &life, style),
        whereabouts: details.lat.zip(details.lon).map(Whereabouts::new),
        events: Events::new(registry, &path, events, &life, &turn, style),
        turn,
        also: details.also,
        map: map.map(|locator| MapView::of_place(&slug, &locator)),
        body,
        notes,
        sources: details
            .sources
            .into_iter()
            .map(|source| SourceView::new(source, style))
            .collect(),
        index,
        name,
    };
    let inputs = Inputs::of([
        inputs::entry(registry, &slug),
        inputs::named(registry, &slug),
    ]);
    let located = (registry == Registry::Places).then(inputs::places);
    Ok(depends_on(
        site::page(&page, CachePolicy::Public { max_age: 300 })?,
        inputs.and(located),
    ))
}

impl Facts {
    fn new(details: &EntryDetails, life: &Life, style: DateStyle) -> Facts {
        let date = |date: &Option<LifeDate>| {
            let date = date.as_ref()?.date()?;
            Some(DateView {
                words: date.words_with_calendar(style),
                datetime: date.datetime_attribute(),
            })
        };
        Facts {
            born: date(&details.born),
            died: date(&details.died),
            age_at_death: life.age_at_death(),
            country: details.country.as_deref().map(country_name),
            coordinates: details.lat.zip(details.lon).map(|(lat, lon)| Link {
                href: paths::geo(lat, lon),
                label: coordinates(lat, lon),
            }),
            wikidata: details.wikidata.as_deref().and_then(|item| {
                Some(Link {
                    href: paths::wikidata(item)?,
                    label: item.to_owned(),
                })
            }),
        }
    }

    fn is_empty(&self) -> bool {
        self.born.is_none()
            && self.died.is_none()
            && self.country.is_none()
            && self.coordinates.is_none()
            && self.wikidata.is_none()
    }
}

impl Whereabouts {
    /// Of degrees north and east.
    fn new((lat, lon): (f64, f64)) -> Whereabouts {
        let (x, y) = world::place(lat, lon);
        Whereabouts {
            href: paths::MAP,
            view_box: world::VIEW_BOX.map(|side| side.to_string()).join(" "),
            plate: paths::world_plate(&world::plate().hash),
            x: format!("{x:.1}"),
            y: format!("{y:.1}"),
        }
    }
}

impl Events {
    fn new(
        registry: Registry,
        path: &str,
        events: Vec<Listed>,
        life: &Life,
        turn: &Turn,
        style: DateStyle,
    ) -> Events {
        // The birth begins the line and the death ends it, on whatever page.
        let here = Life {
            born: life.born.clone().filter(|_| turn.is_first()),
            died: life.died.clone().filter(|_| turn.is_last()),
        };
        match registry {
            _ if events.is_empty() => Events::None,
            Registry::People => Events::Line {
                heading: if life.is_known() {
                    "The life in dates"
                } else {
                    "In the articles"
                },
                stretches: line(events, life, &here, style),
            },
            Registry::Places => Events::Line {
                heading: "Through time",
                stretches: line_by_century(events, path, style),
            },
            Registry::Organisations | Registry::Topics => {
                Events::List(teasers(events, style, None))
            }
        }
    }
}

/// The line of years at the head of a page: of a life with all its dates, of
/// an organisation or a topic with the dates by which its articles are known.
/// Of a long list its outline has to do, which knows the day of each article.
fn course(
    registry: Registry,
    life: &Life,
    events: &[Listed],
    outline: &[(String, i64)],
) -> Option<Course> {
    if outline.len() > events.len() {
        let days = outline.iter().filter_map(|(_, day)| on_day_number(*day));
        let days: Vec<HistoricalDate> = days.collect();
        return match registry {
            Registry::People => Course::of_life(life, &days),
            Registry::Organisations | Registry::Topics => Course::of_events(&days),
            Registry::Places => None,
        };
    }
    let all = events.iter().flat_map(|event| &event.details.dates);
    let dates = |only_primary: bool| -> Vec<_> {
        all.filter(|date| date.primary || !only_primary)
            .filter_map(|date| date.date().ok())
            .collect()
    };
    match registry {
        Registry::People => Course::of_life(life, &dates(false)),
        Registry::Organisations | Registry::Topics => Course::of_events(&dates(true)),
        Registry::Places => None,
    }
}

/// Names the feeds of an entry in the head of its page.
fn with_feeds(shell: Shell, registry: Registry, slug: &str, name: &str) -> Shell {
    Format::ALL.into_iter().fold(shell, |shell, format| {
        let path = feeds::of_entry(registry.slug(), slug, format.as_str());
        let title = format!("{}: {name} ({})", shell.site.name, format.name());
        shell.alternate(format.media_type(), &path, title)
    })
}

fn follow(registry: Registry, slug: &str) -> Vec<Link> {
    let link = |extension: &str, label: &str| Link {
        href: feeds::of_entry(registry.slug(), slug, extension),
        label: label.to_owned(),
    };
    let formats = Format::ALL.map(|format| link(format.as_str(), format.name()));
    formats
        .into_iter()
        .chain([link("ics", "Calendar")])
        .collect()
}

fn section(registry: Registry) -> Section {
    match registry {
        Registry::People => Section::People,
        Registry::Places => Section::Places,
        Registry::Organisations => Section::Organisations,
        Registry::Topics => Section::Topics,
    }
}

/// The country's name, or the code itself where it is none that we know.
fn country_name(code: &str) -> String {
    let code = code.trim().to_ascii_uppercase();
    country::name(&code).map_or(code, str::to_owned)
}

/// The text and its notes, which are kept as one and shown apart.
fn apart(html: String) -> (Option<RenderedHtml>, Option<RenderedHtml>) {
    let at = html.find("<ol class=\"notes\">").unwrap_or(html.len());
    let (body, notes) = html.split_at(at);
    let part =
        |html: &str| (!html.trim().is_empty()).then(|| RenderedHtml::from_stored(html.to_owned()));
    (part(body), part(notes))
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
    fn coordinates_name_their_direction() {
        assert_eq!(coordinates(-90.0, 0.0), "90.00° S, 0.00° E");
        assert_eq!(coordinates(37.566, -3.7), "37.57° N, 3.70° W");
    }
}
