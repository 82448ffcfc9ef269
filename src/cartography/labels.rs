//! Where words stand on a map: on no other words, and on water if they name it.

use super::atlas;
use super::lettering::Lettering;
use super::projection::{HEIGHT, Point, Projection, WIDTH, apart, holds};
use super::view::{CELL, COLUMNS, ROWS, River, View};

/// Nothing is lettered nearer to the edge of the paper than this.
const EDGE: f64 = 44.0;

/// Words in their place.
pub(super) struct Label {
    pub(super) line: Lettering,
    /// Where the base line begins.
    pub(super) start: Point,
    /// Degrees, clockwise.
    pub(super) turned: f64,
    pub(super) role: Role,
}

/// What a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// What the map is of.
    Place,
    /// Another place in the frame.
    Neighbour,
    /// A sea or a river.
    Water,
}

/// Places words one after another, the most important first.
pub(super) struct Placing<'a> {
    view: &'a View,
    taken: Vec<[f64; 4]>,
    pub(super) labels: Vec<Label>,
}

impl<'a> Placing<'a> {
    pub(super) fn new(view: &'a View) -> Placing<'a> {
        Placing {
            view,
            taken: Vec::new(),
            labels: Vec::new(),
        }
    }

    /// Keeps a box (left, top, right, bottom) free of words.
    pub(super) fn keep_free(&mut self, area: [f64; 4]) {
        self.taken.push(area);
    }

    /// Letters a place beside its mark. Words that cannot stand anywhere are
    /// left out, if `must` does not say that they have to stand.
    pub(super) fn beside(&mut self, line: Lettering, mark: Point, gap: f64, must: bool) -> bool {
        let (wide, high) = (line.width(), line.size);
        let [x, y] = mark;
        let middle = y + high * 0.24;
        let mut spots = vec![
            ([x + gap, middle], 0.0),
            ([x - gap - wide, middle], 0.6),
            ([x - wide / 2.0, y - gap - high * 0.08], 1.0),
            ([x - wide / 2.0, y + gap + high * 0.66], 1.2),
            ([x + gap * 0.7, y - gap * 0.7], 0.8),
            ([x + gap * 0.7, y + gap * 0.7 + high * 0.55], 0.9),
            ([x - gap * 0.7 - wide, y - gap * 0.7], 1.4),
            ([x - gap * 0.7 - wide, y + gap * 0.7 + high * 0.55], 1.5),
        ];
        for (start, cost) in &mut spots {
            let area = area(*start, wide, high);
            *cost += self.coasts_under(area) * 0.7;
            if !self.is_free(area) {
                *cost += 100.0;
            }
        }
        let best = spots.into_iter().min_by(|a, b| a.1.total_cmp(&b.1));
        let Some((mut start, cost)) = best else {
            return false;
        };
        if cost >= 100.0 {
            if !must {
                return false;
            }
            start[0] = start[0].clamp(EDGE, (WIDTH - EDGE - wide).max(EDGE));
            start[1] = start[1].clamp(EDGE + high, HEIGHT - EDGE);
        }
        let [left, top, right, low] = area(start, wide, high);
        let air = if must { 12.0 } else { 0.0 };
        self.taken
            .push([left - air, top - air, right + air, low + air]);
        let role = if must { Role::Place } else { Role::Neighbour };
        self.labels.push(Label {
            line,
            start,
            turned: 0.0,
            role,
        });
        true
    }

    /// Letters the seas of which enough is seen.
    pub(super) fn seas(&mut self) {
        let projection = self.view.projection;
        let mut seas: Vec<_> = atlas::coarse().seas.iter().collect();
        seas.sort_by_key(|sea| sea.rank);
        let mut named: Vec<&str> = Vec::new();
        for sea in seas {
            let lines = || {
                sea.lines
                    .iter()
                    .filter(|line| projection.may_show(line.bounds))
            };
            if named.contains(&sea.name.as_str()) || lines().next().is_none() {
                continue;
            }
            let mut own = vec![false; COLUMNS * ROWS];
            let mut count = 0;
            for row in 0..ROWS {
                for column in 0..COLUMNS {
                    if !self.view.waters.at(column, row) {
                        continue;
                    }
                    let centre = [column, row].map(|index| (index as f64 + 0.5) * CELL);
                    let place = Projection::place(centre, &projection);
                    let inside = lines().filter(|line| holds(&line.points, place)).count();
                    own[row * COLUMNS + column] = inside % 2 == 1;
                    count += inside % 2;
                }
            }
            if count > 12 && self.sea(&sea.name, &own, count) {
                named.push(&sea.name);
            }
            if named.len() > 4 {
                return;
            }
        }
    }

    /// Letters one sea, as large as its cells allow.
    fn sea(&mut self, name: &str, own: &[bool], count: usize) -> bool {
        let largest = match count {
            0..150 => 17.0,
            150..600 => 20.0,
            _ => 24.0,
        };
        let halves = name.rsplit_once(' ').map(|(first, last)| vec![first, last]);
        for size in [largest, largest * 0.82, 14.0] {
            for words in [Some(vec![name]), halves.clone()].into_iter().flatten() {
                let spacing = if size > 16.0 { 0.14 } else { 0.08 };
                let set = |word: &&str| Lettering::new(word, size, spacing);
                let lines: Vec<Lettering> = words.iter().map(set).collect();
                if let Some(centre) = self.room(&lines, own) {
                    self.stack(lines, centre);
                    return true;
                }
            }
        }
        false
    }

    /// The middle of the best spot for lines one above the other, all of it in
    /// cells of its own.
    fn room(&self, lines: &[Lettering], own: &[bool]) -> Option<Point> {
        let wide = lines.iter().map(Lettering::width).fold(0.0, f64::max);
        let high: f64 = lines.iter().map(|line| line.size * 1.1).sum();
        let cells = own.iter().enumerate().filter(|(_, own)| **own);
        let (mut count, mut sum) = (0.0, [0.0, 0.0]);
        for (index, _) in cells.clone() {
            count += 1.0;
            sum[0] += (index % COLUMNS) as f64;
            sum[1] += (index / COLUMNS) as f64;
        }
        let heart = sum.map(|sum: f64| (sum / count + 0.5) * CELL);
        let mut best: Option<(f64, Point)> = None;
        for (index, _) in cells {
            let centre = [index % COLUMNS, index / COLUMNS].map(|at| (at as f64 + 0.5) * CELL);
            let far = apart(centre, heart);
            if best.is_some_and(|(least, _)| least <= far) {
                continue;
            }
            let area = [
                centre[0] - wide / 2.0 - 6.0,
                centre[1] - high / 2.0 - 2.0,
                centre[0] + wide / 2.0 + 6.0,
                centre[1] + high / 2.0 + 2.0,
            ];
            let at = |column: usize, row: usize| {
                column < COLUMNS && row < ROWS && own[row * COLUMNS + column]
            };
            if self.is_free(area) && cells_in(area).all(|(column, row)| at(column, row)) {
                best = Some((far, centre));
            }
        }
        best.map(|(_, centre)| centre)
    }

    fn stack(&mut self, lines: Vec<Lettering>, centre: Point) {
        let high: f64 = lines.iter().map(|line| line.size * 1.1).sum();
        let mut y = centre[1] - high / 2.0;
        for line in lines {
            let start = [centre[0] - line.width() / 2.0, y + line.size * 0.82];
            y += line.size * 1.1;
            self.taken.push(area(start, line.width(), line.size));
            self.labels.push(Label {
                line,
                start,
                turned: 0.0,
                role: Role::Water,
            });
        }
    }

    /// Letters the larger rivers along their straightest stretch.
    pub(super) fn rivers(&mut self) {
        let mut rivers: Vec<&River> = self.view.rivers.iter().collect();
        rivers.retain(|river| !river.name.is_empty());
        let length = |river: &River| -> f64 {
            let steps = river.points.windows(2);
            steps.map(|pair| apart(pair[0], pair[1])).sum()
        };
        rivers.sort_by(|a, b| (a.rank.cmp(&b.rank)).then(length(b).total_cmp(&length(a))));
        let mut named: Vec<&str> = Vec::new();
        for river in rivers {
            if named.len() > 5 {
                return;
            }
            if !named.contains(&river.name) && self.along(river) {
                named.push(river.name);
            }
        }
    }

    fn along(&mut self, river: &River) -> bool {
        let line = Lettering::new(river.name, 14.0, 0.09);
        let wide = line.width();
        let mut best: Option<(f64, Point, f64)> = None;
        for first in 0..river.points.len() {
            let a = river.points[first];
            let mut walked = 0.0;
            for pair in river.points[first..].windows(2) {
                walked += apart(pair[0], pair[1]);
                let b = pair[1];
                let chord = apart(a, b);
                if walked > wide * 1.5 {
                    break;
                }
                if chord < wide + 8.0 || walked > chord * 1.09 {
                    continue;
                }
                let mut angle = (b[1] - a[1]).atan2(b[0] - a[0]);
                if angle.cos() < 0.0 {
                    angle += std::f64::consts::PI;
                }
                let (sin, cos) = angle.sin_cos();
                let middle = [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
                // Above the river, by as much as it bends and a little more.
                let bend = 4.0 + (walked - chord) * 0.6;
                let start = [
                    middle[0] - cos * wide / 2.0 + sin * bend,
                    middle[1] - sin * wide / 2.0 - cos * bend,
                ];
                let free = (0..=6).all(|part| {
                    let along = wide * f64::from(part) / 6.0;
                    let at = [
                        start[0] + cos * along + sin * 4.0,
                        start[1] + sin * along - cos * 4.0,
                    ];
                    self.is_free([at[0] - 7.0, at[1] - 7.0, at[0] + 7.0, at[1] + 7.0])
                });
                let cost = walked / chord + sin.abs() * 0.1;
                if free && best.is_none_or(|(least, ..)| cost < least) {
                    best = Some((cost, start, angle));
                }
            }
        }
        let Some((_, start, angle)) = best else {
            return false;
        };
        let (sin, cos) = angle.sin_cos();
        for part in 0..=6 {
            let along = wide * f64::from(part) / 6.0;
            let at = [start[0] + cos * along, start[1] + sin * along - 4.0];
            self.taken
                .push([at[0] - 8.0, at[1] - 8.0, at[0] + 8.0, at[1] + 8.0]);
        }
        self.labels.push(Label {
            line,
            start,
            turned: angle.to_degrees(),
            role: Role::Water,
        });
        true
    }

    /// Whether nothing stands in a box, and all of it is on the painted part.
    pub(super) fn is_free(&self, [left, top, right, low]: [f64; 4]) -> bool {
        let painted = left > EDGE && top > EDGE && right < WIDTH - EDGE && low < HEIGHT - EDGE;
        painted
            && self.taken.iter().all(|other| {
                right < other[0] || left > other[2] || low < other[1] || top > other[3]
            })
    }

    /// How much of a box is where water and land meet, from 0 to about 4.
    fn coasts_under(&self, area: [f64; 4]) -> f64 {
        let (mut all, mut wet) = (0.0, 0.0);
        for (column, row) in cells_in(area) {
            all += 1.0;
            wet += f64::from(u8::from(self.view.waters.at(column, row)));
        }
        let share: f64 = wet / f64::max(all, 1.0);
        16.0 * share * (1.0 - share)
    }
}

/// The box of a line whose base line begins at a point.
fn area([x, y]: Point, wide: f64, high: f64) -> [f64; 4] {
    [x - 2.0, y - high * 0.72, x + wide + 2.0, y + high * 0.24]
}

fn cells_in([left, top, right, low]: [f64; 4]) -> impl Iterator<Item = (usize, usize)> {
    let cell = |at: f64| (at / CELL).max(0.0) as usize;
    let (columns, rows) = (cell(left)..=cell(right), cell(top)..=cell(low));
    rows.flat_map(move |row| columns.clone().map(move |column| (column, row)))
}
