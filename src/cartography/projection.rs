//! Lambert's azimuthal equal-area projection around one point, and the frame
//! that a map is cut to. It is as true at the poles and at the 180th meridian
//! as anywhere.

use super::atlas::Line;

/// Kilometres; the Earth as a ball of the same area.
pub(super) const EARTH_RADIUS: f64 = 6371.0;
/// The frame of every map, in its own units.
pub(super) const WIDTH: f64 = 800.0;
/// See [`WIDTH`].
pub(super) const HEIGHT: f64 = 500.0;
/// How far shapes go on beyond the frame, so that no cut edge is seen.
const MARGIN: f64 = 24.0;

/// A point of the map: right and down from its upper left corner.
pub(super) type Point = [f64; 2];

/// Where the middle of the map lies, and how much it shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Projection {
    lat: f64,
    lon: f64,
    /// Kilometres from the middle to the right edge, near enough.
    pub(super) half_width: f64,
}

impl Projection {
    pub(super) fn new(lat: f64, lon: f64, half_width: f64) -> Projection {
        Projection {
            lat: lat.to_radians(),
            lon: lon.to_radians(),
            half_width,
        }
    }

    /// Units of the map to an Earth's radius.
    fn scale(&self) -> f64 {
        WIDTH / 2.0 * EARTH_RADIUS / self.half_width
    }

    /// Units of the map to a kilometre, in the middle.
    pub(super) fn units_per_km(&self) -> f64 {
        WIDTH / 2.0 / self.half_width
    }

    /// Where a place in degrees lies on the map.
    pub(super) fn project(&self, [lon, lat]: [f64; 2]) -> Point {
        let [x, y] = self.plane([lon, lat]);
        [
            WIDTH / 2.0 + x * self.scale(),
            HEIGHT / 2.0 - y * self.scale(),
        ]
    }

    /// The plane of the projection, in radii of the Earth; at most 2 from the
    /// middle, where the other side of the Earth is.
    fn plane(&self, [lon, lat]: [f64; 2]) -> [f64; 2] {
        let (sin, cos) = lat.to_radians().sin_cos();
        let (sin_0, cos_0) = self.lat.sin_cos();
        let (sin_lon, cos_lon) = (lon.to_radians() - self.lon).sin_cos();
        let nearness = sin_0 * sin + cos_0 * cos * cos_lon;
        let k = (2.0 / (1.0 + nearness).max(1e-9)).sqrt();
        [k * cos * sin_lon, k * (cos_0 * sin - sin_0 * cos * cos_lon)]
    }

    /// The degrees east and north of a point of the map.
    pub(super) fn place([x, y]: Point, of: &Projection) -> [f64; 2] {
        let (x, y) = (
            (x - WIDTH / 2.0) / of.scale(),
            (HEIGHT / 2.0 - y) / of.scale(),
        );
        let far = x.hypot(y);
        if far < 1e-9 {
            return [of.lon.to_degrees(), of.lat.to_degrees()];
        }
        let (sin, cos) = (2.0 * (far / 2.0).min(1.0).asin()).sin_cos();
        let (sin_0, cos_0) = of.lat.sin_cos();
        let lat = (cos * sin_0 + y * sin * cos_0 / far)
            .clamp(-1.0, 1.0)
            .asin();
        let lon = of.lon + (x * sin).atan2(far * cos_0 * cos - y * sin_0 * sin);
        let lon = (lon.to_degrees() + 540.0).rem_euclid(360.0) - 180.0;
        [lon, lat.to_degrees()]
    }

    /// Whether anything of what lies in these bounds can be in the frame.
    pub(super) fn may_show(&self, [west, south, east, north]: [f64; 4]) -> bool {
        let reach = (self.half_width * 1.35 / EARTH_RADIUS).min(3.0);
        let (lat, lon) = (self.lat.to_degrees(), self.lon.to_degrees());
        let degrees = reach.to_degrees();
        if south > lat + degrees || north < lat - degrees {
            return false;
        }
        if self.lat.abs() + reach > 1.5 {
            return true;
        }
        let wide = (reach.sin() / self.lat.cos()).min(1.0).asin().to_degrees();
        [-360.0, 0.0, 360.0]
            .into_iter()
            .any(|turn| west <= lon + wide + turn && east >= lon - wide + turn)
    }

    /// A ring as far as it is in the frame, together with a ring around the
    /// whole frame where only that makes its inside the inside.
    pub(super) fn ring(&self, line: &Line) -> Vec<Vec<Point>> {
        let mut points = Vec::with_capacity(line.points.len());
        let mut goes_far = false;
        let mut last: Option<[f64; 2]> = line.points.last().map(|one| self.plane(*one));
        for place in &line.points {
            let here = self.plane(*place);
            if let Some(before) = last
                && before[0].hypot(before[1]) > 1.5
                && here[0].hypot(here[1]) > 1.5
            {
                goes_far = true;
                walk_round(before, here, |point| points.push(self.unit(point)));
            }
            last = Some(here);
            points.push(self.unit(here));
        }
        let cut = clip_ring(&points);
        let mut rings = Vec::new();
        if goes_far {
            // Where the other side of the Earth is inside a ring, its curve on
            // the map has the outside inside. A vote of five points tells.
            let samples = [
                [400.3, 250.2],
                [190.7, 130.9],
                [611.1, 370.3],
                [203.3, 390.1],
                [590.9, 110.7],
            ];
            let wrong = samples.into_iter().filter(|sample| {
                let place = Projection::place(*sample, self);
                holds(&line.points, place) != holds(&cut, *sample)
            });
            if wrong.count() > 2 {
                rings.push(frame());
            }
        }
        rings.push(cut);
        rings.retain(|ring| ring.len() > 2);
        rings
    }

    /// The pieces of a line that are in the frame. `seam` leaves out what only
    /// closes a ring along the 180th meridian or at the South Pole.
    pub(super) fn pieces(&self, points: &[[f64; 2]], seam: bool) -> Vec<Vec<Point>> {
        let mut pieces = vec![Vec::new()];
        let mut last: Option<([f64; 2], Point)> = None;
        for place in points {
            let here = self.project(*place);
            let apart = last.is_none_or(|(before, point)| {
                (seam && is_seam(before, *place)) || !(is_near(point) || is_near(here))
            });
            if apart {
                pieces.push(Vec::new());
            }
            if let Some(piece) = pieces.last_mut() {
                piece.push(here);
            }
            last = Some((*place, here));
        }
        pieces.retain(|piece| piece.len() > 1);
        pieces
    }

    fn unit(&self, [x, y]: [f64; 2]) -> Point {
        [
            WIDTH / 2.0 + x * self.scale(),
            HEIGHT / 2.0 - y * self.scale(),
        ]
    }
}

/// Whether two neighbours of a ring are joined by a seam of the data and not by
/// a coast.
pub(super) fn is_seam(a: [f64; 2], b: [f64; 2]) -> bool {
    let meridian = a[0].abs() > 179.98 && b[0].abs() > 179.98;
    meridian || (a[1] < -89.0 && b[1] < -89.0)
}

/// Whether a point lies in a ring, by how often a line to the right crosses it.
pub(super) fn holds(ring: &[[f64; 2]], [x, y]: [f64; 2]) -> bool {
    let mut inside = false;
    let Some(mut last) = ring.last() else {
        return false;
    };
    for point in ring {
        let between = (point[1] > y) != (last[1] > y);
        if between && x < (last[0] - point[0]) * (y - point[1]) / (last[1] - point[1]) + point[0] {
            inside = !inside;
        }
        last = point;
    }
    inside
}

/// Leaves out points that lie within `tolerance` of the line without them
/// (Douglas and Peucker).
pub(super) fn simplify(points: &[Point], tolerance: f64) -> Vec<Point> {
    let Some(end) = points.len().checked_sub(1).filter(|end| *end > 1) else {
        return points.to_vec();
    };
    let mut keep = vec![false; points.len()];
    keep[0] = true;
    keep[end] = true;
    let far = (1..end)
        .max_by(|a, b| apart(points[0], points[*a]).total_cmp(&apart(points[0], points[*b])))
        .unwrap_or(end);
    keep[far] = true;
    let mut spans = vec![(0, far), (far, end)];
    while let Some((first, last)) = spans.pop() {
        let (a, b) = (points[first], points[last]);
        let worst = (first + 1..last)
            .map(|index| (index, distance(points[index], a, b)))
            .max_by(|one, other| one.1.total_cmp(&other.1));
        if let Some((index, off)) = worst.filter(|(_, off)| *off > tolerance) {
            keep[index] = true;
            spans.extend([(first, index), (index, last)]);
            debug_assert!(off.is_finite());
        }
    }
    let kept = points.iter().zip(keep).filter(|(_, keep)| *keep);
    kept.map(|(point, _)| *point).collect()
}

/// How far two points are from each other.
pub(super) fn apart(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

fn distance(point: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 {
        (((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    apart(point, [a[0] + along * dx, a[1] + along * dy])
}

fn is_near([x, y]: Point) -> bool {
    (-MARGIN..WIDTH + MARGIN).contains(&x) && (-MARGIN..HEIGHT + MARGIN).contains(&y)
}

fn frame() -> Vec<Point> {
    let (right, low) = (WIDTH + MARGIN, HEIGHT + MARGIN);
    vec![
        [-MARGIN, -MARGIN],
        [right, -MARGIN],
        [right, low],
        [-MARGIN, low],
    ]
}

/// Near the other side of the Earth a short step can be a long way round the
/// map: it goes along the rim and never through the middle.
fn walk_round(from: [f64; 2], to: [f64; 2], mut step: impl FnMut([f64; 2])) {
    let start = from[1].atan2(from[0]);
    let mut turn = to[1].atan2(to[0]) - start;
    if turn.abs() > std::f64::consts::PI {
        turn -= std::f64::consts::TAU.copysign(turn);
    }
    let steps = (turn.abs() / 0.3) as usize;
    for index in 1..=steps {
        let angle = start + turn * index as f64 / (steps + 1) as f64;
        step([2.0 * angle.cos(), 2.0 * angle.sin()]);
    }
}

/// Sutherland and Hodgman: cuts a ring to the frame with its margin.
fn clip_ring(points: &[Point]) -> Vec<Point> {
    let sides: [(usize, f64, f64); 4] = [
        (0, -MARGIN, 1.0),
        (0, WIDTH + MARGIN, -1.0),
        (1, -MARGIN, 1.0),
        (1, HEIGHT + MARGIN, -1.0),
    ];
    let mut ring = points.to_vec();
    for (axis, limit, sign) in sides {
        let mut cut = Vec::with_capacity(ring.len());
        let Some(mut last) = ring.last().copied() else {
            break;
        };
        for point in ring {
            let inside = |one: Point| (one[axis] - limit) * sign >= 0.0;
            if inside(last) != inside(point) {
                let part = (limit - last[axis]) / (point[axis] - last[axis]);
                let mut edge = [0, 1].map(|one| last[one] + part * (point[one] - last[one]));
                edge[axis] = limit;
                cut.push(edge);
            }
            if inside(point) {
                cut.push(point);
            }
            last = point;
        }
        ring = cut;
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_comes_back_from_the_map() {
        for (lat, lon) in [(40.7, 14.5), (-90.0, 0.0), (-16.0, 179.9), (89.9, -30.0)] {
            let around = Projection::new(lat, lon, 900.0);
            for point in [[10.0, 20.0], [400.0, 250.0], [790.0, 400.0]] {
                let back = around.project(Projection::place(point, &around));
                assert!(apart(back, point) < 1e-6, "{lat} {lon} {point:?} {back:?}");
            }
        }
    }

    #[test]
    fn a_ring_round_the_other_side_of_the_earth_is_not_turned_inside_out() {
        let mut points = Vec::new();
        for degree in 0..360 {
            let (sin, cos) = f64::from(degree).to_radians().sin_cos();
            points.push([30.0 * cos, 30.0 * sin]);
        }
        let line = Line {
            points,
            bounds: [-30.0, -30.0, 30.0, 30.0],
        };
        let inside = |lat: f64, lon: f64| {
            let rings = Projection::new(lat, lon, 900.0).ring(&line);
            rings
                .iter()
                .filter(|ring| holds(ring, [400.0, 250.0]))
                .count()
                % 2
                == 1
        };
        assert!(inside(0.0, 1.0), "in the middle of the ring");
        assert!(!inside(0.0, 179.0), "on the other side");
        assert!(!inside(60.0, 100.0), "beside it");
    }
}
