//! Natural Earth, as `scripts/map-data` packs it: two levels of detail.
//!
//! A file begins with the grid (steps in a degree). Then come its layers: land,
//! lakes, ice, rivers, and in the coarse one seas. A layer is the number of its
//! shapes; a shape its rank, its name (length, UTF-8) and the number of its
//! lines; a line the number of its points, and for each point how far it is
//! from the one before, longitude first. All numbers are LEB128, those of the
//! points in zigzag. Rings are closed, and do not repeat their first point.

use std::sync::LazyLock;

/// Coasts, lakes, rivers and ice in one degree of detail.
pub(super) struct Level {
    pub(super) land: Vec<Shape>,
    pub(super) lakes: Vec<Shape>,
    pub(super) ice: Vec<Shape>,
    pub(super) rivers: Vec<Shape>,
    /// Named waters; the fine level has none.
    pub(super) seas: Vec<Shape>,
}

/// One feature: an island, a lake, a river.
pub(super) struct Shape {
    /// From 0, what a map of the world shows, to about 9.
    pub(super) rank: u64,
    /// Empty for all but seas and larger rivers.
    pub(super) name: String,
    pub(super) lines: Vec<Line>,
}

/// A ring or a line, with the box around it.
pub(super) struct Line {
    /// Degrees east and north.
    pub(super) points: Vec<[f64; 2]>,
    /// West, south, east, north.
    pub(super) bounds: [f64; 4],
}

/// For views of some hundred kilometres: true to about 600 m.
pub(super) fn fine() -> &'static Level {
    static LEVEL: LazyLock<Level> = LazyLock::new(|| read(include_bytes!("data/fine.bin")));
    &LEVEL
}

/// For views of thousands of kilometres: true to about 2 km.
pub(super) fn coarse() -> &'static Level {
    static LEVEL: LazyLock<Level> = LazyLock::new(|| read(include_bytes!("data/coarse.bin")));
    &LEVEL
}

fn read(bytes: &[u8]) -> Level {
    let mut reader = Reader { rest: bytes };
    let grid = reader.number().unwrap_or(1) as f64;
    let mut layer = || reader.layer(grid).unwrap_or_default();
    Level {
        land: layer(),
        lakes: layer(),
        ice: layer(),
        rivers: layer(),
        seas: layer(),
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn layer(&mut self, grid: f64) -> Option<Vec<Shape>> {
        (0..self.number()?).map(|_| self.shape(grid)).collect()
    }

    fn shape(&mut self, grid: f64) -> Option<Shape> {
        let rank = self.number()?;
        let length = usize::try_from(self.number()?).ok()?;
        let (name, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        let lines = (0..self.number()?).map(|_| self.line(grid));
        Some(Shape {
            rank,
            name: String::from_utf8_lossy(name).into_owned(),
            lines: lines.collect::<Option<_>>()?,
        })
    }

    fn line(&mut self, grid: f64) -> Option<Line> {
        let (mut x, mut y) = (0, 0);
        let mut bounds = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        let mut points = Vec::new();
        for _ in 0..self.number()? {
            x += self.signed()?;
            y += self.signed()?;
            let point = [x as f64 / grid, y as f64 / grid];
            for axis in 0..2 {
                bounds[axis] = bounds[axis].min(point[axis]);
                bounds[axis + 2] = bounds[axis + 2].max(point[axis]);
            }
            points.push(point);
        }
        Some(Line { points, bounds })
    }

    fn signed(&mut self) -> Option<i64> {
        let number = i64::try_from(self.number()?).ok()?;
        Some((number >> 1) ^ -(number & 1))
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let (first, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u64::from(first & 127) << shift;
            if first & 128 == 0 {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_levels_are_read_to_their_end() {
        for level in [fine(), coarse()] {
            for layer in [&level.land, &level.lakes, &level.ice, &level.rivers] {
                assert!(layer.len() > 20);
            }
        }
        assert!(coarse().seas.iter().any(|sea| sea.name == "Tyrrhenian Sea"));
        assert!(fine().rivers.iter().any(|river| river.name == "Tigris"));
    }
}
