//! The world map: where a place stands on it, and the engraved plate of land,
//! coasts and graticule that lies under the points.
//!
//! The projection is Equal Earth (B. Šavrič, T. Patterson, B. Jenny, "The Equal
//! Earth map projection", International Journal of Geographical Information
//! Science 33, 2019), which gives every country the area that it has. The land
//! is Natural Earth's at 1:110 million, in the public domain; `world-land.txt`
//! is written by `scripts/world-map-data`.

use std::fmt::Write;
use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// The width of the globe in the units of the drawing, from one end of the
/// equator to the other.
pub const WIDTH: f64 = 1000.0;

/// What of the drawing an `<svg>` shows: left, top, width and height. The
/// globe with a little room around it for its outline.
pub const VIEW_BOX: [i32; 4] = [-4, -4, 1008, 495];

/// The polynomial of the projection, A1 to A4 of the paper.
const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];

/// Half the length of the equator, and half that of the axis, on a globe whose
/// radius is 1.
const HALF_WIDTH: f64 = 2.706_629_983_696_075;
const HALF_HEIGHT: f64 = 1.317_362_759_157_413;

/// How many units of the drawing are one radius of the globe.
const SCALE: f64 = WIDTH / (2.0 * HALF_WIDTH);

/// No side of a shape is longer than so many degrees before it is projected,
/// because what is straight on one map is bent on the other.
const LONGEST_SIDE: f64 = 5.0;

/// Points of a coast that lie closer together than this, in units, are one.
const NEAR: f64 = 0.4;

const LAND: &str = include_str!("world-land.txt");

/// The drawing of the land as a file of its own.
#[derive(Clone, Debug)]
pub struct Plate {
    /// SVG in white on nothing. A page lays it over a colour as a mask, so that
    /// the map takes the ink of its theme: the whiter, the more ink.
    pub svg: String,
    /// Ten hexadecimal digits of the SHA-256 of the file, for its address.
    pub hash: String,
}

/// The plate, drawn when it is first asked for.
#[must_use]
pub fn plate() -> &'static Plate {
    static PLATE: LazyLock<Plate> = LazyLock::new(|| {
        let svg = draw();
        let hash = HEXLOWER.encode(&Sha256::digest(&svg)[..5]);
        Plate { svg, hash }
    });
    &PLATE
}

/// Where a place stands in the drawing, from the left and from the top, in
/// units. Degrees north and east; what lies beyond the poles or the
/// antimeridian is drawn on them, and what is no number at 0.
#[must_use]
pub fn place(lat: f64, lon: f64) -> (f64, f64) {
    let within = |degrees: f64, limit: f64| {
        if degrees.is_nan() {
            0.0
        } else {
            degrees.clamp(-limit, limit)
        }
    };
    let (x, y) = equal_earth(within(lat, 90.0), within(lon, 180.0));
    ((HALF_WIDTH + x) * SCALE, (HALF_HEIGHT - y) * SCALE)
}

/// Equal Earth on a globe of radius 1, east and north of its middle.
fn equal_earth(lat: f64, lon: f64) -> (f64, f64) {
    let half_root_3 = 3.0_f64.sqrt() / 2.0;
    let theta = (half_root_3 * lat.to_radians().sin()).asin();
    let square = theta * theta;
    let sixth = square * square * square;
    let slope = A[0] + 3.0 * A[1] * square + sixth * (7.0 * A[2] + 9.0 * A[3] * square);
    let x = lon.to_radians() * theta.cos() / (half_root_3 * slope);
    let y = theta * (A[0] + A[1] * square + sixth * (A[2] + A[3] * square));
    (x, y)
}

/// Two lines follow the coast on the side of the water, as engravers cut them:
/// each is a broad white stroke that a narrower black one hollows out, for
/// black takes the ink away.
fn draw() -> String {
    let [left, top, width, height] = VIEW_BOX;
    let (land, graticule, globe) = (land(), graticule(), globe());
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{left} {top} {width} {height}\" \
         width=\"{width}\" height=\"{height}\" fill=\"none\" stroke=\"#fff\" stroke-linejoin=\"round\">\
         <defs><path id=\"land\" fill-rule=\"evenodd\" d=\"{land}\"/><path id=\"globe\" d=\"{globe}\"/>\
         <clipPath id=\"in\"><use href=\"#globe\"/></clipPath></defs><g clip-path=\"url(#in)\">\
         <path stroke-opacity=\".2\" stroke-width=\".6\" d=\"{graticule}\"/>\
         <use href=\"#land\" stroke=\"#333\" stroke-width=\"8.4\"/><use href=\"#land\" stroke=\"#000\" stroke-width=\"7.2\"/>\
         <use href=\"#land\" stroke=\"#666\" stroke-width=\"4.4\"/><use href=\"#land\" stroke=\"#000\" stroke-width=\"3.2\"/>\
         <use href=\"#land\" fill=\"#2b2b2b\" stroke=\"#ccc\" stroke-width=\".5\"/></g>\
         <use href=\"#globe\" stroke=\"#ccc\" stroke-width=\".8\"/></svg>\n"
    )
}

fn land() -> String {
    let mut path = String::new();
    for line in LAND.lines() {
        let mut ring: Vec<(f64, f64)> = Vec::new();
        let (mut lon, mut lat) = (0.0, 0.0);
        for step in line.split(' ') {
            let Some((east, north)) = step.split_once(',') else {
                continue;
            };
            lon += east.parse().unwrap_or(0.0) / 100.0;
            lat += north.parse().unwrap_or(0.0) / 100.0;
            ring.push((lat, lon));
        }
        if let Some(first) = ring.first().copied() {
            ring.push(first);
        }
        trace(&mut path, &ring);
        path.push('Z');
    }
    path
}

/// A meridian every 30 degrees and a parallel every 30, and nothing where the
/// globe's own outline runs.
fn graticule() -> String {
    let mut path = String::new();
    for lon in (-150..=150).step_by(30) {
        trace(&mut path, &meridian(f64::from(lon)));
    }
    for lat in [-60.0, -30.0, 0.0, 30.0, 60.0] {
        trace(&mut path, &[(lat, -180.0), (lat, 180.0)]);
    }
    path
}

fn globe() -> String {
    let mut around = meridian(-180.0);
    around.extend(meridian(180.0).into_iter().rev());
    let mut path = String::new();
    trace(&mut path, &around);
    path.push('Z');
    path
}

/// From the south pole to the north pole.
fn meridian(lon: f64) -> Vec<(f64, f64)> {
    vec![(-90.0, lon), (90.0, lon)]
}

/// Adds a line through these latitudes and longitudes to a path, in steps of
/// tenths of a unit. The steps lie between rounded points, so that their
/// rounding does not add up.
fn trace(path: &mut String, line: &[(f64, f64)]) {
    let mut last: Option<(i64, i64)> = None;
    for (lat, lon) in in_short_sides(line) {
        let (x, y) = place(lat, lon);
        let here = (tenths(x), tenths(y));
        // Writing to a string never fails.
        let _ = match last {
            None => write!(path, "M{} {}l", plain(here.0), plain(here.1)),
            Some((x, y)) => {
                let (east, south) = (here.0 - x, here.1 - y);
                let moved = ((east * east + south * south) as f64).sqrt();
                if moved < NEAR * 10.0 {
                    continue;
                }
                write!(path, "{}", step(east, south, path.ends_with('l')))
            }
        };
        last = Some(here);
    }
    // Of a line that came out as a point only that is left.
    if path.ends_with('l') {
        path.pop();
    }
}

fn in_short_sides(line: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = line.first().copied().into_iter().collect();
    for pair in line.windows(2) {
        let [(lat, lon), (to_lat, to_lon)] = [pair[0], pair[1]];
        let longest = (to_lat - lat).abs().max((to_lon - lon).abs());
        // Along a parallel the projection keeps straight what is straight.
        let sides = if to_lat == lat {
            1
        } else {
            (longest / LONGEST_SIDE).ceil().max(1.0) as u32
        };
        points.extend((1..=sides).map(|side| {
            let part = f64::from(side) / f64::from(sides);
            (lat + (to_lat - lat) * part, lon + (to_lon - lon) * part)
        }));
    }
    points
}

fn tenths(length: f64) -> i64 {
    (length * 10.0).round() as i64
}

/// A step as short as SVG can say it: a minus sign parts numbers as a space does.
fn step(east: i64, south: i64, is_first: bool) -> String {
    let (east, south) = (plain(east), plain(south));
    let parted = |number: &str, is_first: bool| {
        if is_first || number.starts_with('-') {
            number.to_owned()
        } else {
            format!(" {number}")
        }
    };
    format!("{}{}", parted(&east, is_first), parted(&south, false))
}

/// Tenths as a decimal number without zeros that say nothing: "12", ".4", "-.4".
fn plain(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, part) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    match (whole, part) {
        (whole, 0) => format!("{}{whole}", if whole == 0 { "" } else { sign }),
        (0, part) => format!("{sign}.{part}"),
        (whole, part) => format!("{sign}{whole}.{part}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reckoned from the formula of the paper by another program.
    #[test]
    fn places_stand_where_the_paper_puts_them() {
        for (lat, lon, x, y) in [
            (0.0, 0.0, 0.0, 0.0),
            (0.0, 180.0, 2.706_629_983_7, 0.0),
            (90.0, 0.0, 0.0, 1.317_362_759_2),
            (90.0, 180.0, 1.603_588_648_3, 1.317_362_759_2),
            (-90.0, -180.0, -1.603_588_648_3, -1.317_362_759_2),
            (37.566, 126.978, 1.717_333_320_5, 0.731_579_782_8),
            (-34.9, -56.16, -0.770_957_075_5, -0.683_515_643_6),
        ] {
            let (east, north) = equal_earth(lat, lon);
            assert!((east - x).abs() < 1e-9 && (north - y).abs() < 1e-9);
        }
    }

    #[test]
    fn the_drawing_holds_the_whole_globe_and_nothing_beside_it() {
        let [left, top, width, height] = VIEW_BOX.map(f64::from);
        for (lat, lon) in [
            (0.0, -180.0),
            (0.0, 180.0),
            (90.0, 0.0),
            (-90.0, 0.0),
            (1e300, -1e300),
            (f64::INFINITY, f64::NEG_INFINITY),
            (f64::NAN, f64::NAN),
        ] {
            let (x, y) = place(lat, lon);
            assert!(x > left && x < left + width, "{lat} {lon} {x}");
            assert!(y > top && y < top + height, "{lat} {lon} {y}");
        }
        assert!(place(0.0, -180.0).0.abs() < 1e-9);
        assert!((place(0.0, 180.0).0 - WIDTH).abs() < 1e-9);
    }

    #[test]
    fn equal_areas_on_the_globe_are_equal_on_the_map() {
        // Cells of one degree, by the sine of their latitude.
        let area = |lat: f64| {
            let corner = |lat, lon| place(lat, lon);
            let (low, high) = (corner(lat, 0.0), corner(lat + 1.0, 0.0));
            let width = (corner(lat, 1.0).0 - low.0 + corner(lat + 1.0, 1.0).0 - high.0) / 2.0;
            let on_globe = (lat + 1.0).to_radians().sin() - lat.to_radians().sin();
            width * (low.1 - high.1) / on_globe
        };
        for lat in [-85.0, -40.0, 20.0, 60.0, 80.0] {
            assert!((area(lat) / area(0.0) - 1.0).abs() < 1e-3, "{lat}");
        }
    }

    #[test]
    fn the_plate_is_small_and_whole() {
        let plate = plate();
        assert!(plate.svg.len() < 45_000, "{}", plate.svg.len());
        assert_eq!(plate.hash.len(), 10);
        assert!(!plate.svg.contains("NaN") && !plate.svg.contains("inf"));
        assert_eq!(land().matches('Z').count(), LAND.lines().count());
    }

    #[test]
    fn numbers_are_written_short() {
        let numbers = [0, 4, -4, 10, -10, 123, -123].map(plain);
        assert_eq!(numbers, ["0", ".4", "-.4", "1", "-1", "12.3", "-12.3"]);
        assert_eq!(step(-4, 3, false), "-.4 .3");
        assert_eq!(step(5, -3, false), " .5-.3");
    }
}
