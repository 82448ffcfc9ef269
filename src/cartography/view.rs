//! What a map shows of the Earth: how far it reaches, and the shapes in it.

use std::fmt::Write;

use super::atlas::{self, Level, Shape};
use super::projection::{HEIGHT, Point, Projection, WIDTH, apart, is_seam, simplify};

/// Half-widths in kilometres, from a province to an ocean.
const EXTENTS: [f64; 14] = [
    110.0, 200.0, 350.0, 480.0, 650.0, 900.0, 1250.0, 1700.0, 2300.0, 3100.0, 4100.0, 5200.0,
    7000.0, 9000.0,
];
/// Where to begin, but for places that are all so near to each other that
/// their marks would touch ([`CROWDED`]).
const NEAREST: f64 = 350.0;
/// See [`NEAREST`].
const CROWDED: f64 = 60.0;
/// The last of [`EXTENTS`].
const FARTHEST: f64 = 9000.0;
/// Up to this half-width the fine level is drawn.
const FINE: f64 = 1300.0;
/// The side of a cell of the [`Waters`], in units.
pub(super) const CELL: f64 = 10.0;
/// Cells in a row.
pub(super) const COLUMNS: usize = (WIDTH / CELL) as usize;
/// Rows of cells.
pub(super) const ROWS: usize = (HEIGHT / CELL) as usize;
/// What the outlines of a map may weigh, in bytes.
const MOST_OUTLINES: usize = 17_000;

/// A part of the Earth, cut to the frame.
pub(super) struct View {
    pub(super) projection: Projection,
    /// Land with its lakes as holes, for the even-odd rule.
    pub(super) land: Vec<Vec<Point>>,
    /// Coasts and shores, where they are not the outlines of `land`.
    pub(super) coast: Option<Vec<Vec<Point>>>,
    pub(super) ice: Vec<Vec<Point>>,
    pub(super) rivers: Vec<River>,
    pub(super) waters: Waters,
}

/// A piece of a river.
pub(super) struct River {
    pub(super) rank: u64,
    pub(super) name: &'static str,
    pub(super) points: Vec<Point>,
}

/// Which cells of the map are water.
pub(super) struct Waters {
    cells: Vec<bool>,
}

impl View {
    /// Looks around the places (degrees east and north), as far as it takes to
    /// see something by which one can tell where they are.
    pub(super) fn around(places: &[[f64; 2]]) -> View {
        let (middle, needed) = middle(places);
        let mut view = None;
        for half_width in EXTENTS {
            let crowded = places.len() > 1 && needed < CROWDED;
            if half_width < needed || (half_width < NEAREST && !crowded) {
                continue;
            }
            let projection = Projection::new(middle[1], middle[0], half_width);
            let seen = View::of(projection);
            if seen.tells_something() {
                return seen;
            }
            view = Some(seen);
        }
        view.unwrap_or_else(|| View::of(Projection::new(middle[1], middle[0], FARTHEST)))
    }

    fn of(projection: Projection) -> View {
        let level = if projection.half_width < FINE {
            atlas::fine()
        } else {
            atlas::coarse()
        };
        let mut seam = false;
        let mut land = rings(projection, &level.land, &mut seam);
        land.extend(rings(projection, &level.lakes, &mut false));
        let coast = seam.then(|| coast(projection, level));
        let ice = rings(projection, &level.ice, &mut false);
        let rivers = rivers(projection, level);
        let waters = Waters::of(&land, &ice);
        let mut view = View {
            projection,
            land,
            coast,
            ice,
            rivers,
            waters,
        };
        view.thin_out();
        view
    }

    /// Simplifies what was cut until its outlines are light enough.
    fn thin_out(&mut self) {
        let mut tolerance = 0.45;
        loop {
            for lines in [
                Some(&mut self.land),
                Some(&mut self.ice),
                self.coast.as_mut(),
            ]
            .into_iter()
            .flatten()
            {
                thin(lines, tolerance);
            }
            for river in &mut self.rivers {
                river.points = simplify(&river.points, tolerance);
            }
            let weight = outline(&self.land, true).len()
                + self
                    .coast
                    .as_deref()
                    .map_or(0, |coast| outline(coast, false).len())
                + outline(&self.ice, true).len()
                + self
                    .rivers
                    .iter()
                    .map(|one| one.points.len() * 6)
                    .sum::<usize>();
            if weight < MOST_OUTLINES || tolerance > 6.0 {
                return;
            }
            tolerance *= 1.35;
        }
    }

    /// How many islands are large enough to be seen as such.
    fn islands(&self) -> usize {
        let seen = self.land.iter().filter(|ring| {
            let first = ring[0];
            ring.iter().any(|point| apart(*point, first) > 2.4)
        });
        seen.count()
    }

    fn tells_something(&self) -> bool {
        let water = self.waters.share();
        // An ocean tells something once there is a coast, or a few islands.
        if (0.06..0.96).contains(&water) || (water > 0.5 && self.islands() > 5) {
            return true;
        }
        if self.projection.half_width > 1800.0 {
            return (0.02..0.985).contains(&water);
        }
        let length: f64 = self
            .rivers
            .iter()
            .filter(|river| river.rank <= 7)
            .flat_map(|river| river.points.windows(2))
            .map(|pair| apart(pair[0], pair[1]))
            .sum();
        water < 0.5 && length > 700.0
    }
}

impl Waters {
    /// Ice that floats is no water to write on.
    fn of(land: &[Vec<Point>], ice: &[Vec<Point>]) -> Waters {
        let mut waters = Waters {
            cells: vec![true; COLUMNS * ROWS],
        };
        waters.cover(land);
        waters.cover(ice);
        waters
    }

    fn cover(&mut self, rings: &[Vec<Point>]) {
        for (row, cells) in self.cells.chunks_mut(COLUMNS).enumerate() {
            let y = (row as f64 + 0.5) * CELL + 0.013;
            let mut crossings: Vec<f64> = Vec::new();
            for ring in rings {
                let Some(mut last) = ring.last() else {
                    continue;
                };
                for point in ring {
                    if (point[1] > y) != (last[1] > y) {
                        let part = (y - last[1]) / (point[1] - last[1]);
                        crossings.push(last[0] + part * (point[0] - last[0]));
                    }
                    last = point;
                }
            }
            for (column, cell) in cells.iter_mut().enumerate() {
                let x = (column as f64 + 0.5) * CELL;
                *cell &= crossings.iter().filter(|one| **one < x).count() % 2 == 0;
            }
        }
    }

    /// Whether a cell is water; beyond the frame there is none.
    pub(super) fn at(&self, column: usize, row: usize) -> bool {
        column < COLUMNS && row < ROWS && self.cells[row * COLUMNS + column]
    }

    fn share(&self) -> f64 {
        let wet = self.cells.iter().filter(|wet| **wet).count();
        wet as f64 / self.cells.len() as f64
    }
}

/// The middle of all places, and the least half-width that shows them all. If
/// no map can, it is drawn around the first.
fn middle(places: &[[f64; 2]]) -> ([f64; 2], f64) {
    let Some(first) = places.first() else {
        return ([0.0, 0.0], 5000.0);
    };
    let mut sum = [0.0; 3];
    for [lon, lat] in places {
        let (lon, lat) = (lon.to_radians(), lat.to_radians());
        sum[0] += lat.cos() * lon.cos();
        sum[1] += lat.cos() * lon.sin();
        sum[2] += lat.sin();
    }
    let flat = f64::hypot(sum[0], sum[1]);
    let around = if places.len() > 1 && flat.hypot(sum[2]) > 0.1 {
        [
            sum[1].atan2(sum[0]).to_degrees(),
            sum[2].atan2(flat).to_degrees(),
        ]
    } else {
        *first
    };
    // Near a pole the ice has no coast for a long way.
    let least = if around[1].abs() > 84.0 { 2300.0 } else { 0.0 };
    let probe = Projection::new(around[1], around[0], 1000.0);
    let needed = places.iter().map(|place| {
        let [x, y] = probe.project(*place);
        let (x, y) = ((x - WIDTH / 2.0).abs(), (y - HEIGHT / 2.0).abs());
        1000.0 * f64::max(x / (WIDTH * 0.36), y / (HEIGHT * 0.34))
    });
    let needed = needed.fold(least, f64::max);
    if needed > FARTHEST {
        return (*first, NEAREST.max(least));
    }
    (around, needed)
}

fn rings(projection: Projection, shapes: &[Shape], seam: &mut bool) -> Vec<Vec<Point>> {
    let mut found = Vec::new();
    let lines = shapes.iter().flat_map(|shape| &shape.lines);
    for line in lines.filter(|line| projection.may_show(line.bounds)) {
        let rings = projection.ring(line);
        if !rings.is_empty() && !*seam {
            *seam = line.points.windows(2).any(|pair| {
                let near = |place| {
                    let [x, y] = projection.project(place);
                    (0.0..WIDTH).contains(&x) && (0.0..HEIGHT).contains(&y)
                };
                is_seam(pair[0], pair[1]) && (near(pair[0]) || near(pair[1]))
            });
        }
        found.extend(rings);
    }
    found
}

fn coast(projection: Projection, level: &Level) -> Vec<Vec<Point>> {
    let shapes = level.land.iter().chain(&level.lakes);
    let lines = shapes.flat_map(|shape| &shape.lines);
    lines
        .filter(|line| projection.may_show(line.bounds))
        .flat_map(|line| {
            let mut closed = line.points.clone();
            closed.extend(line.points.first());
            projection.pieces(&closed, true)
        })
        .collect()
}

fn rivers(projection: Projection, level: &'static Level) -> Vec<River> {
    // Far away only great rivers are seen.
    let most = match projection.half_width {
        0.0..500.0 => 9,
        500.0..700.0 => 8,
        700.0..1300.0 => 6,
        1300.0..2400.0 => 5,
        _ => 3,
    };
    let mut found = Vec::new();
    for shape in level.rivers.iter().filter(|shape| shape.rank <= most) {
        for line in &shape.lines {
            if projection.may_show(line.bounds) {
                let pieces = projection.pieces(&line.points, false);
                found.extend(pieces.into_iter().map(|points| River {
                    rank: shape.rank,
                    name: &shape.name,
                    points,
                }));
            }
        }
    }
    found
}

/// Simplifies lines and leaves out islets smaller than the stroke that would
/// draw them, unless there is little else.
fn thin(lines: &mut Vec<Vec<Point>>, tolerance: f64) {
    let least = if lines.len() < 60 {
        0.3
    } else {
        tolerance * 2.2
    };
    lines.retain(|line| {
        let mut bounds = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        for point in line {
            for axis in 0..2 {
                bounds[axis] = bounds[axis].min(point[axis]);
                bounds[axis + 2] = bounds[axis + 2].max(point[axis]);
            }
        }
        (bounds[2] - bounds[0]).max(bounds[3] - bounds[1]) > least
    });
    for line in lines.iter_mut() {
        *line = simplify(line, tolerance);
    }
    lines.retain(|line| line.len() > 1);
}

/// Path data in quarters of a unit, for `transform="scale(.25)"`.
pub(super) fn outline(lines: &[Vec<Point>], closed: bool) -> String {
    let mut path = String::new();
    for line in lines {
        let mut last = (0, 0);
        for (index, [x, y]) in line.iter().enumerate() {
            let here = ((x * 4.0).round() as i64, (y * 4.0).round() as i64);
            if index == 0 {
                let _ = write!(path, "M{} {}", here.0, here.1);
                path.push('l');
            } else if here != last {
                number(&mut path, here.0 - last.0);
                number(&mut path, here.1 - last.1);
            }
            last = here;
        }
        if path.ends_with('l') {
            path.push_str("1 1");
        }
        if closed {
            path.push('z');
        }
    }
    path
}

/// Writes a number, with a space before it only where one is needed.
fn number(path: &mut String, number: i64) {
    if number >= 0 && path.ends_with(|last: char| last.is_ascii_digit()) {
        path.push(' ');
    }
    let _ = write!(path, "{number}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_tells_something() {
        for (lat, lon) in [(40.75, 14.49), (-90.0, 0.0), (48.0, 68.0), (-25.07, -130.1)] {
            let view = View::around(&[[lon, lat]]);
            assert!(
                !view.land.is_empty() || !view.rivers.is_empty(),
                "{lat} {lon}"
            );
        }
        let vesuvius = View::around(&[[14.43, 40.82]]);
        assert_eq!(vesuvius.projection.half_width, 350.0);
        assert!(vesuvius.waters.at(10, 40), "the Tyrrhenian Sea");
        assert!(!vesuvius.waters.at(42, 22), "Campania");
    }

    #[test]
    fn places_that_no_map_can_show_together_leave_the_first_one_its_own() {
        let view = View::around(&[[-9.1, 38.7], [175.0, -41.3]]);
        assert_eq!(view.projection.half_width, 350.0);
    }

    #[test]
    fn places_far_from_each_other_share_a_map() {
        let view = View::around(&[[14.5, 40.8], [31.2, 30.0]]);
        for place in [[14.5, 40.8], [31.2, 30.0]] {
            let [x, y] = view.projection.project(place);
            assert!((60.0..740.0).contains(&x) && (60.0..440.0).contains(&y));
        }
    }
}
