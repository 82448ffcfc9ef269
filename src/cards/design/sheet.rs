//! The sheet on which a card is drawn: words, lines and a map, as SVG.

use std::fmt::Write;

use super::super::fonts::{self, Face as Font};
use super::super::lines::{self, Setting, Step};
use super::super::spelling;
use crate::cartography::{self, Locator};
use crate::site::preview::Card;

/// The left margin, in pixels.
pub(super) const LEFT: f64 = 64.0;
/// Where the right margin begins.
pub(super) const RIGHT: f64 = 1136.0;

/// The colours that must come out pure.
pub(super) const COLOURS: [[u8; 3]; 5] = [
    [0xfb, 0xfa, 0xf6],
    [0x1e, 0x1a, 0x16],
    [0x5b, 0x54, 0x4c],
    [0xcf, 0xca, 0xc1],
    [0x98, 0x2a, 0x22],
];

/// From one base line to the next, in ems.
const LEADING: f64 = 1.14;
/// From the top of a line to its base line, in ems.
const ASCENT: f64 = 0.8;

/// A colour by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// What is read.
    Black,
    /// What stands beside it.
    Grey,
    /// Lines between parts.
    Hair,
    /// What is disputed.
    Red,
}

/// From where to where words may reach, in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side {
    pub(super) left: f64,
    pub(super) right: f64,
}

/// A card that is being drawn.
pub(super) struct Sheet {
    content: String,
}

impl Ink {
    fn colour(self) -> String {
        let [red, green, blue] = match self {
            Ink::Black => COLOURS[1],
            Ink::Grey => COLOURS[2],
            Ink::Hair => COLOURS[3],
            Ink::Red => COLOURS[4],
        };
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Side {
    pub(super) fn both(left: f64, right: f64) -> Side {
        Side { left, right }
    }

    fn width(self) -> f64 {
        self.right - self.left
    }
}

impl Sheet {
    pub(super) fn new() -> Sheet {
        Sheet {
            content: String::new(),
        }
    }

    /// The whole as an SVG file.
    pub(super) fn svg(&self) -> String {
        let [red, green, blue] = COLOURS[0];
        let (width, height) = (Card::WIDTH, Card::HEIGHT);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             xml:space=\"preserve\"><path fill=\"#{red:02x}{green:02x}{blue:02x}\" \
             d=\"M0 0h{width}v{height}H0z\"/>{}</svg>",
            self.content
        )
    }

    /// Words in the middle between two heights.
    pub(super) fn text(
        &mut self,
        words: &str,
        font: Font,
        steps: &[Step],
        side: Side,
        (top, low): (f64, f64),
    ) {
        let set = lines::set(words, font, side.width(), steps);
        let free = (low - top - height(&set)).max(0.0);
        self.place(&set, side, top + free / 2.0, Ink::Black);
    }

    /// Words from a height downwards; returns where they end.
    pub(super) fn text_from(
        &mut self,
        words: &str,
        font: Font,
        steps: &[Step],
        side: Side,
        top: f64,
    ) -> f64 {
        let set = lines::set(words, font, side.width(), steps);
        self.place(&set, side, top, Ink::Black);
        top + height(&set)
    }

    /// Words of which the last base line lies at `low`.
    pub(super) fn text_upto(
        &mut self,
        words: &str,
        font: Font,
        steps: &[Step],
        side: Side,
        low: f64,
    ) {
        let set = lines::set(words, font, side.width(), steps);
        let rest = set.lines.len().saturating_sub(1) as f64;
        let top = low - set.size * (ASCENT + rest * LEADING);
        self.place(&set, side, top, Ink::Black);
    }

    /// One line of a label; returns where it ends.
    pub(super) fn label(
        &mut self,
        words: &str,
        left: f64,
        right: f64,
        low: f64,
        ink: Ink,
        steps: &[Step],
    ) -> f64 {
        let side = Side::both(left, right);
        let mut set = lines::set(words, Font::Sans, side.width(), steps);
        // Beside a Latin date, a place is read from its side.
        set.leftwards = false;
        let top = low - set.size * ASCENT;
        self.place(&set, side, top, ink);
        left + set.lines.first().map_or(0.0, lines::Line::width) * set.size
    }

    /// What stands under a picture.
    pub(super) fn small(&mut self, words: &str, left: f64, right: f64, low: f64) {
        let steps = [
            Step {
                size: 17.0,
                lines: 1,
            },
            Step {
                size: 14.0,
                lines: 1,
            },
        ];
        self.label(words, left, right, low, Ink::Grey, &steps);
    }

    /// The title of an event; returns its first base line.
    pub(super) fn event(&mut self, words: &str, steps: &[Step], side: Side, top: f64) -> f64 {
        let set = lines::set(words, Font::Serif, side.width(), steps);
        self.place(&set, side, top, Ink::Black);
        top + set.size * ASCENT
    }

    /// The year of an event, ending where the column of years does.
    pub(super) fn year(&mut self, words: &str, left: f64, width: f64, low: f64) {
        let wide = self.widest(&[words], Font::Serif, 34.0);
        let size = if wide > width {
            34.0 * width / wide
        } else {
            34.0
        };
        self.write(
            words,
            Font::Serif,
            left + width - wide.min(width),
            low,
            size,
            Ink::Grey,
        );
    }

    /// One line that ends at `right`.
    pub(super) fn right(&mut self, words: &str, right: f64, low: f64, size: f64) {
        let wide = self.widest(&[words], Font::Serif, size);
        self.write(words, Font::Serif, right - wide, low, size, Ink::Black);
    }

    /// The host at the right of the foot; returns where it begins.
    pub(super) fn host(&mut self, words: &str, low: f64) -> f64 {
        let words = spelling::drawable(Font::Sans, words);
        let wide = self.widest(&[&words], Font::Sans, 22.0);
        if wide > 420.0 {
            return RIGHT;
        }
        self.write(&words, Font::Sans, RIGHT - wide, low, 22.0, Ink::Grey);
        RIGHT - wide
    }

    /// The name of the site at the left of the foot.
    pub(super) fn name(&mut self, words: &str, right: f64, low: f64, steps: &[Step]) {
        let side = Side::both(LEFT, right);
        let mut set = lines::set(words, Font::Serif, side.width(), steps);
        set.leftwards = false;
        self.place(&set, side, low - set.size * ASCENT, Ink::Black);
    }

    /// Words of ours in small capitals, spaced.
    pub(super) fn small_caps(&mut self, words: &str, left: f64, low: f64, size: f64) {
        let _ = write!(
            self.content,
            "<text x=\"{left}\" y=\"{low}\" font-family=\"{}\" font-size=\"{size}\" \
             font-variant=\"small-caps\" letter-spacing=\"{:.1}\" fill=\"{}\">{}</text>",
            Font::Serif.family(),
            size * 0.12,
            Ink::Black.colour(),
            fonts::escaped(&words.to_lowercase())
        );
    }

    /// The size at which large figures fit into `room`, at most `size`.
    pub(super) fn figures(&self, words: &str, size: f64, room: f64) -> f64 {
        let wide = self.widest(&[words], Font::Figures, size);
        if wide > room {
            size * room / wide
        } else {
            size
        }
    }

    /// Large figures on a base line.
    pub(super) fn figures_at(&mut self, words: &str, left: f64, low: f64, size: f64) {
        self.write(words, Font::Figures, left, low, size, Ink::Black);
    }

    /// How wide the widest of these is, each in one font.
    pub(super) fn widest(&self, words: &[&str], font: Font, size: f64) -> f64 {
        let words: Vec<(Font, &str)> = words.iter().map(|one| (font, *one)).collect();
        fonts::widths(&words).into_iter().fold(0.0, f64::max) * size
    }

    pub(super) fn rule(&mut self, left: f64, right: f64, at: f64, ink: Ink, width: f64) {
        let _ = write!(
            self.content,
            "<path d=\"M{left:.1} {at:.1}H{right:.1}\" stroke=\"{}\" stroke-width=\"{width}\"/>",
            ink.colour()
        );
    }

    /// A map with its upper left corner at a point.
    pub(super) fn map(&mut self, map: &Locator, left: f64, top: f64, width: f64) {
        let (whole, high) = (cartography::WIDTH, cartography::HEIGHT);
        let height = width * f64::from(high) / f64::from(whole);
        let _ = write!(
            self.content,
            "<svg x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {whole} {high}\">{}</svg>",
            map.flat()
        );
    }

    /// Puts lines on the sheet, each from its own side.
    fn place(&mut self, set: &Setting, side: Side, top: f64, ink: Ink) {
        let mut low = top + set.size * ASCENT;
        for line in &set.lines {
            let mut x = if set.leftwards {
                side.right - line.width() * set.size
            } else {
                side.left
            };
            for (run, width) in &line.runs {
                self.write(&run.words, run.face, x, low, set.size, ink);
                x += width * set.size;
            }
            low += set.size * LEADING;
        }
    }

    /// Words in one font on a base line.
    fn write(&mut self, words: &str, font: Font, x: f64, y: f64, size: f64, ink: Ink) {
        if words.trim().is_empty() {
            return;
        }
        let _ = write!(
            self.content,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-family=\"{}\" font-size=\"{size:.2}\" \
             fill=\"{}\">{}</text>",
            font.family(),
            ink.colour(),
            fonts::escaped(words)
        );
    }
}

fn height(set: &Setting) -> f64 {
    set.lines.len() as f64 * set.size * LEADING
}
