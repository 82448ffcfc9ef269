//! Places by their countries, as the index of an atlas has them: the map in
//! words, for whom a map of points is no use.

use std::collections::BTreeMap;

use super::queries::Situation;
use crate::articles::model::Registry;
use crate::cartography::country;
use crate::paths;

/// A place with what is told of it.
pub(super) struct Place {
    pub(super) href: String,
    /// As the registry has it: "Seoul, South Korea".
    pub(super) name: String,
    /// The same without the country that it ends with: "Seoul".
    pub(super) short_name: String,
    pub(super) articles: i64,
    /// Degrees north and east.
    pub(super) coordinates: Option<(f64, f64)>,
    /// The country's name.
    country: Option<String>,
}

/// The places of one country.
pub(super) struct Country {
    pub(super) name: String,
    pub(super) places: Vec<Place>,
}

impl Place {
    /// `named` is what an article calls it, which counts where it has no file.
    pub(super) fn new(
        slug: &str,
        named: String,
        articles: i64,
        situation: Option<&Situation>,
    ) -> Place {
        let name = situation.map_or(named, |one| one.name.clone());
        let country = situation.and_then(|one| {
            let code = one.country.as_deref()?.trim().to_ascii_uppercase();
            Some(country::name(&code).map_or(code, str::to_owned))
        });
        let without = country
            .as_deref()
            .and_then(|country| name.strip_suffix(country)?.strip_suffix(", "))
            .filter(|rest| !rest.is_empty());
        Place {
            href: paths::entry(Registry::Places.slug(), slug),
            short_name: without.unwrap_or(&name).to_owned(),
            name,
            articles,
            coordinates: situation.and_then(|one| one.coordinates),
            country,
        }
    }

    /// By which places stand in order: the name without accents and case.
    pub(super) fn sort_key(&self) -> String {
        deunicode::deunicode(&self.name).to_lowercase()
    }
}

/// The places under their countries in the order of the alphabet; those whose
/// country nobody has written stand at the end.
pub(super) fn by_country(places: Vec<Place>) -> Vec<Country> {
    let mut countries: BTreeMap<(bool, String), Country> = BTreeMap::new();
    for place in places {
        let name = place.country.clone();
        let key = (
            name.is_none(),
            deunicode::deunicode(name.as_deref().unwrap_or_default()).to_lowercase(),
        );
        countries
            .entry(key)
            .or_insert_with(|| Country {
                name: name.unwrap_or_else(|| "Elsewhere".to_owned()),
                places: Vec::new(),
            })
            .places
            .push(place);
    }
    countries.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str, country: Option<&str>) -> Place {
        let situation = Situation {
            name: name.to_owned(),
            coordinates: Some((0.0, 0.0)),
            country: country.map(str::to_owned),
        };
        Place::new("a", String::new(), 1, Some(&situation))
    }

    #[test]
    fn a_country_stands_once_over_its_places() {
        let countries = by_country(vec![
            place("Oxford, United Kingdom", Some("GB")),
            place("Atlantis", None),
            place("United Kingdom", Some("gb ")),
            place("Mariehamn, Åland Islands", Some("AX")),
            place("Nowhere", Some("XX")),
        ]);
        let lines: Vec<String> = countries
            .iter()
            .map(|country| {
                let places: Vec<&str> = country
                    .places
                    .iter()
                    .map(|place| place.short_name.as_str())
                    .collect();
                format!("{}: {}", country.name, places.join("; "))
            })
            .collect();
        assert_eq!(
            lines,
            [
                "Åland Islands: Mariehamn",
                "United Kingdom: Oxford; United Kingdom",
                "XX: Nowhere",
                "Elsewhere: Atlantis",
            ]
        );
    }
}
