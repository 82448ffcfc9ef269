//! Which places have their names on the map, and on which side of their
//! points: as many as there is room for, those with the most articles first.

use super::gazetteer::Place;
use crate::cartography::world;

/// The height of the letters in units of the drawing; the template says it too.
const SIZE: f64 = 13.0;

/// The mean width of a letter and the height of a line, in sizes.
const LETTER: f64 = 0.5;
const LINE: f64 = 1.05;

/// How far a name stands from the middle of its point, in sizes.
const AWAY: f64 = 0.62;

/// The room that a point takes around its middle, in units.
const POINT: f64 = 4.0;

/// Longer names are left to the list below the map.
const LONGEST: usize = 22;

/// A name on the map.
pub(super) struct Letters {
    pub(super) name: String,
    pub(super) x: String,
    pub(super) y: String,
    /// `text-anchor` of SVG.
    pub(super) anchor: &'static str,
    /// Steps away from the point, in sizes, so that they shrink with the
    /// letters when the map is zoomed.
    pub(super) dx: &'static str,
    pub(super) dy: &'static str,
}

/// Left, top, right and bottom.
type Field = [f64; 4];

/// The sides of a point in the order in which they are tried: the anchor, the
/// steps, and where the field begins, in widths and sizes.
const SIDES: [(&str, &str, &str, f64, f64); 4] = [
    ("start", ".62em", ".32em", 0.0, -0.5),
    ("end", "-.62em", ".32em", -1.0, -0.5),
    ("middle", "0", "-.6em", -0.5, -1.45),
    ("middle", "0", "1.25em", -0.5, 0.4),
];

/// Chooses the names that fit between all points and each other.
pub(super) fn letter(places: &[Place]) -> Vec<Letters> {
    let mut points: Vec<(&Place, f64, f64)> = places
        .iter()
        .filter_map(|place| {
            let (lat, lon) = place.coordinates?;
            let (x, y) = world::place(lat, lon);
            Some((place, x, y))
        })
        .collect();
    let mut taken: Vec<Field> = points
        .iter()
        .map(|(_, x, y)| [x - POINT, y - POINT, x + POINT, y + POINT])
        .collect();
    points.sort_by_key(|(place, ..)| std::cmp::Reverse(place.articles));
    let mut letters = Vec::new();
    for (place, x, y) in points {
        let length = place.short_name.chars().count();
        if length > LONGEST {
            continue;
        }
        let width = length as f64 * LETTER * SIZE;
        let free = SIDES.iter().find_map(|side| {
            let (_, _, _, across, down) = *side;
            let gap = match across {
                0.0 => AWAY * SIZE,
                -1.0 => -AWAY * SIZE,
                _ => 0.0,
            };
            let left = x + across * width + gap;
            let top = y + down * SIZE;
            let field = [left, top, left + width, top + LINE * SIZE];
            let is_free = is_on_the_map(field) && !taken.iter().any(|other| meet(field, *other));
            is_free.then_some((side, field))
        });
        if let Some(((anchor, dx, dy, ..), field)) = free {
            taken.push(field);
            letters.push(Letters {
                name: place.short_name.clone(),
                x: format!("{x:.1}"),
                y: format!("{y:.1}"),
                anchor,
                dx,
                dy,
            });
        }
    }
    letters
}

fn meet(one: Field, other: Field) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

fn is_on_the_map(field: Field) -> bool {
    let [left, top, width, height] = world::VIEW_BOX.map(f64::from);
    field[0] > left && field[1] > top && field[2] < left + width && field[3] < top + height
}

#[cfg(test)]
mod tests {
    use super::super::queries::Situation;
    use super::*;

    fn at(name: &str, lat: f64, lon: f64, articles: i64) -> Place {
        let situation = Situation {
            name: name.to_owned(),
            coordinates: Some((lat, lon)),
            country: None,
        };
        Place::new("a", String::new(), articles, Some(&situation))
    }

    #[test]
    fn names_stand_where_there_is_room_and_the_better_known_first() {
        let places = [
            at("Oxford", 51.75, -1.26, 1),
            at("London", 51.51, -0.13, 9),
            at("Fiji", -17.7, 178.0, 1),
            at("A place with a name that is far too long", 0.0, 0.0, 50),
        ];
        let letters = letter(&places);
        let found: Vec<(&str, &str)> = letters
            .iter()
            .map(|one| (one.name.as_str(), one.anchor))
            .collect();
        assert_eq!(
            found,
            [("London", "start"), ("Oxford", "end"), ("Fiji", "end")]
        );
    }

    #[test]
    fn no_two_names_stand_on_one_another() {
        let crowd: Vec<Place> = (0..60)
            .map(|n| at("Crowded", 40.0 + f64::from(n % 8), f64::from(n % 9), 1))
            .collect();
        let letters = letter(&crowd);
        assert!(
            !letters.is_empty() && letters.len() < 20,
            "{}",
            letters.len()
        );
    }
}
