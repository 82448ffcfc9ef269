//! Where countries lie: boxes around their land, from `countries.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// How far outside a box a place still counts as inside, in degrees: maps are
/// drawn coarsely, and islands and harbours lie off the coast.
const TOLERANCE: f64 = 0.3;

/// A country's code, its names, and boxes around all its land.
#[derive(Debug)]
pub(super) struct Country {
    /// What to call it.
    pub(super) name: &'static str,
    land: Vec<Area>,
}

/// Degrees; none reaches over the 180th meridian.
#[derive(Debug)]
struct Area {
    south: f64,
    north: f64,
    west: f64,
    east: f64,
}

/// A slip by which coordinates leave their country.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Slip {
    /// North and east have changed places.
    Exchanged,
    /// One or both should be the other way from the equator or from Greenwich:
    /// how they should read.
    LostMinus(f64, f64),
}

/// The country with this code of ISO 3166-1 alpha-2, if its land is known.
pub(super) fn by_code(code: &str) -> Option<&'static Country> {
    COUNTRIES.by_code.get(code)
}

/// The country that a place name ends with, as in “Seoul, South Korea”.
pub(super) fn named_in(place: &str) -> Option<&'static Country> {
    let (_, last) = place.rsplit_once(", ")?;
    let code = COUNTRIES.by_name.get(last.trim().to_lowercase().as_str())?;
    by_code(code)
}

impl Country {
    /// How many degrees a point lies outside; 0 inside.
    pub(super) fn distance(&self, lat: f64, lon: f64) -> f64 {
        let off = |area: &Area| {
            let along = (area.south - lat).max(lat - area.north).max(0.0);
            let across = if (area.west..=area.east).contains(&lon) {
                0.0
            } else {
                // Whichever way around the earth is shorter.
                let west = (area.west - lon).rem_euclid(360.0);
                west.min((lon - area.east).rem_euclid(360.0))
            };
            along.max(across) - TOLERANCE
        };
        self.land
            .iter()
            .map(off)
            .fold(f64::INFINITY, f64::min)
            .max(0.0)
    }

    /// The slip that explains why a point lies outside, if one does.
    pub(super) fn slip(&self, lat: f64, lon: f64) -> Option<Slip> {
        let inside = |lat: f64, lon: f64| lat.abs() <= 90.0 && self.distance(lat, lon) == 0.0;
        if inside(lon, lat) {
            return Some(Slip::Exchanged);
        }
        [(lat, -lon), (-lat, lon), (-lat, -lon)]
            .into_iter()
            .find(|(lat, lon)| inside(*lat, *lon))
            .map(|(lat, lon)| Slip::LostMinus(lat, lon))
    }
}

struct Countries {
    by_code: HashMap<&'static str, Country>,
    /// Names in lower case.
    by_name: HashMap<String, &'static str>,
}

static COUNTRIES: LazyLock<Countries> = LazyLock::new(|| {
    let mut by_code = HashMap::new();
    let mut by_name = HashMap::new();
    for line in include_str!("../countries.tsv").lines() {
        let mut cells = line.split('\t');
        let (Some(code), Some(names), Some(land)) = (cells.next(), cells.next(), cells.next())
        else {
            continue; // The comments at the head.
        };
        let land = land.split(';').filter_map(area).collect();
        let name = names
            .split('|')
            .next()
            .filter(|name| !name.is_empty())
            .unwrap_or(code);
        by_name.extend(
            names
                .split('|')
                .filter(|name| !name.is_empty())
                .map(|name| (name.to_lowercase(), code)),
        );
        by_code.insert(code, Country { name, land });
    }
    Countries { by_code, by_name }
});

fn area(text: &str) -> Option<Area> {
    let mut degrees = text.split(',').map(str::parse::<f64>);
    let mut next = || degrees.next()?.ok();
    Some(Area {
        south: next()?,
        north: next()?,
        west: next()?,
        east: next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_whole() {
        assert!(COUNTRIES.by_code.len() > 240);
        for (code, country) in &COUNTRIES.by_code {
            assert!(!country.land.is_empty(), "{code}");
            for area in &country.land {
                assert!(area.south <= area.north && area.west <= area.east, "{code}");
                assert!(area.south >= -90.0 && area.north <= 90.0, "{code}");
                assert!(area.west >= -180.0 && area.east <= 180.0, "{code}");
            }
        }
        assert!(include_str!("../countries.tsv").len() <= 60_000);
    }

    #[test]
    fn places_lie_in_their_countries_also_overseas_and_over_the_date_line() {
        for (code, lat, lon) in [
            ("KR", 37.57, 126.98),
            ("FR", 48.86, 2.35),
            ("FR", 5.2, -52.8),     // Kourou
            ("US", 21.35, -157.95), // Pearl Harbor
            ("US", 52.9, 172.9),    // Attu, beyond the date line
            ("RU", 66.0, -172.0),   // Chukotka, beyond it from the other side
            ("FJ", -16.8, 179.9),
            ("NZ", -43.9, -176.5),
            ("MH", 11.6, 165.4), // Bikini
            ("UA", 44.5, 34.2),  // Yalta
            ("VA", 41.902, 12.453),
        ] {
            let country = by_code(code).unwrap();
            assert_eq!(country.distance(lat, lon), 0.0, "{code} {lat} {lon}");
        }
        assert!(by_code("JP").unwrap().distance(37.57, 126.98) > 1.0);
    }

    #[test]
    fn slips_are_told_apart() {
        let korea = by_code("KR").unwrap();
        assert_eq!(korea.slip(126.98, 37.57), Some(Slip::Exchanged));
        assert_eq!(
            korea.slip(37.57, -126.98),
            Some(Slip::LostMinus(37.57, 126.98))
        );
        assert_eq!(korea.slip(48.86, 2.35), None);
        let peru = by_code("PE").unwrap();
        assert_eq!(peru.slip(13.16, 72.5), Some(Slip::LostMinus(-13.16, -72.5)));
    }

    #[test]
    fn a_country_is_read_from_the_end_of_a_name() {
        let name = |place| named_in(place).map(|country| country.name);
        assert_eq!(name("Seoul, South Korea"), Some("South Korea"));
        assert_eq!(
            name("Kitty Hawk, North Carolina, USA"),
            Some("United States of America")
        );
        for place in [
            "Seoul",
            "Atlanta, Georgia",
            "Paris, Texas",
            "Korea, Seoul",
            ", ",
        ] {
            assert_eq!(name(place), None, "{place}");
        }
    }
}
