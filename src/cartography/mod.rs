//! Locator maps: where something happened, painted in watercolour from Natural
//! Earth data, with the place marked and lettered. Beside them the plate of the
//! whole world (`world`) and the names of countries (`country`).
//!
//! Geography and words go in, SVG and PNG come out; the same in, the same out.
//! A map shows coasts, lakes and rivers as they are today, and no border, road
//! or town that the caller did not name: those would be of another time.

mod atlas;
pub mod country;
mod labels;
mod lettering;
mod painting;
mod palette;
mod projection;
mod raster;
#[cfg(test)]
mod tests;
mod view;
pub mod world;

use sha2::{Digest, Sha256};

use self::painting::Painting;
pub use self::palette::Era;
pub use self::raster::packed;

/// Part of every map's hash. Raise it with each change to how maps look, so
/// that no cache keeps an old one.
const VERSION: u32 = 1;
/// The size of a map in pixels of CSS: width.
pub const WIDTH: u32 = 800;
/// See [`WIDTH`]: height.
pub const HEIGHT: u32 = 500;
/// How far from the first place a neighbour may be to count, in kilometres.
const REACH: f64 = 1600.0;
/// How many neighbours count at most.
const MOST_NEIGHBOURS: usize = 24;

/// A named point of the Earth.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    /// As the registry has it; what follows a comma is not lettered.
    pub name: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

/// All that a locator map is made from.
#[derive(Clone, Debug)]
pub struct Locator {
    places: Vec<Marked>,
    neighbours: Vec<Marked>,
    era: Era,
}

impl Locator {
    /// Takes what a map is to show: its places, the first of them the most
    /// important, and others that are lettered if they are near and there is
    /// room. `None` without a place that lies on Earth.
    #[must_use]
    pub fn new(places: Vec<Marked>, neighbours: Vec<Marked>, era: Era) -> Option<Locator> {
        let places: Vec<Marked> = places.into_iter().filter(Marked::is_on_earth).collect();
        let first = places.first()?.clone();
        let mut near: Vec<(f64, Marked)> = neighbours
            .into_iter()
            .filter(|one| one.is_on_earth() && places.iter().all(|place| place.apart(one) > 1.0))
            .map(|one| (first.apart(&one), one))
            .filter(|(far, _)| *far < REACH)
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.name.cmp(&b.1.name)));
        near.truncate(MOST_NEIGHBOURS);
        Some(Locator {
            places,
            neighbours: near.into_iter().map(|(_, one)| one).collect(),
            era,
        })
    }

    /// Sixteen hexadecimal digits that change with anything that the map shows
    /// and with how maps are drawn.
    #[must_use]
    pub fn hash(&self) -> String {
        let digest = self.digest();
        digest[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The map as an SVG file of at most 40 kB, all in itself: letters are
    /// outlines, and nothing is loaded.
    #[must_use]
    pub fn svg(&self) -> String {
        self.painting().svg()
    }

    /// The map as a PNG, `width` pixels wide and five eighths of that high.
    /// `None` for a width of nought or beyond all memory.
    #[must_use]
    pub fn png(&self, width: u32) -> Option<Vec<u8>> {
        raster::png(&self.painting(), width)
    }

    /// What stands in an SVG of [`WIDTH`] by [`HEIGHT`] units for the map in flat
    /// washes on nothing, water-lined as engravers did it: drawn in a tenth of
    /// the time, for where nobody waits for paint. Its ids are `b`, `c`, `l`,
    /// `t`, and `g` with a number.
    #[must_use]
    pub fn flat(&self) -> String {
        self.painting().flat()
    }

    /// What the picture shows, for those who do not see it.
    #[must_use]
    pub fn alt(&self) -> String {
        format!("A painted map on which {} marked.", self.named("is", "are"))
    }

    /// What the picture is, for everybody.
    #[must_use]
    pub fn caption(&self) -> String {
        format!(
            "Map: {}, drawn by Daybook from Natural Earth data. Coasts and rivers are \
             those of today.",
            self.named("with what lies around it", "with what lies around them")
        )
    }

    fn named(&self, one: &str, several: &str) -> String {
        let mut names: Vec<&str> = self.places.iter().map(|place| short(&place.name)).collect();
        names.dedup();
        match names.as_slice() {
            [] => String::new(),
            [name] => format!("{name} {one}"),
            [first @ .., last] => format!("{} and {last} {several}", first.join(", ")),
        }
    }

    fn painting(&self) -> Painting {
        let digest = self.digest();
        let seed = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
        Painting::of(self, seed)
    }

    fn digest(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update(format!("{VERSION} {:?}\n", self.era));
        for (kind, list) in [("place", &self.places), ("near", &self.neighbours)] {
            for one in list {
                hasher.update(format!(
                    "{kind} {:.4} {:.4} {}\n",
                    one.lat, one.lon, one.name
                ));
            }
        }
        hasher.finalize().into()
    }
}

impl Marked {
    fn is_on_earth(&self) -> bool {
        (-90.0..=90.0).contains(&self.lat) && (-180.0..=180.0).contains(&self.lon)
    }

    /// Kilometres along the surface.
    fn apart(&self, other: &Marked) -> f64 {
        let [lat, other_lat] = [self.lat, other.lat].map(f64::to_radians);
        let lon = (other.lon - self.lon).to_radians();
        let half = ((other_lat - lat) / 2.0).sin().powi(2)
            + lat.cos() * other_lat.cos() * (lon / 2.0).sin().powi(2);
        2.0 * projection::EARTH_RADIUS * half.sqrt().min(1.0).asin()
    }
}

/// A name without the country behind it.
fn short(name: &str) -> &str {
    name.split(',').next().unwrap_or(name).trim()
}

/// Words as XML may hold them.
fn escape(words: &str) -> String {
    words
        .chars()
        .filter(|one| !one.is_control())
        .collect::<String>()
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
