//! Letters as outlines: Cormorant in its italic, which looks written.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// Steps to the em in which outlines are written.
pub(super) const EM: f64 = 250.0;

static FONT: LazyLock<Option<FontRef<'static>>> =
    LazyLock::new(|| FontRef::new(include_bytes!("data/cormorant-italic.ttf")).ok());

/// A line of letters, set but not yet placed.
#[derive(Clone, Debug)]
pub(super) struct Lettering {
    /// Each letter with its place from the left, in steps of [`EM`].
    letters: Vec<(GlyphId, f64)>,
    /// In steps of [`EM`].
    advance: f64,
    /// Units of the map to the em.
    pub(super) size: f64,
}

impl Lettering {
    /// Sets words; `spacing` is what stands between letters, in ems. Letters
    /// that the font lacks are spelt in plain ones.
    pub(super) fn new(words: &str, size: f64, spacing: f64) -> Lettering {
        let mut letters = Vec::new();
        let mut advance = 0.0;
        if let Some(font) = &*FONT {
            let map = font.charmap();
            let per_em = f64::from(font.head_units());
            let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
            let mut set = |character: char| {
                let Some(glyph) = map.map(character) else {
                    return false;
                };
                let wide = f64::from(metrics.advance_width(glyph).unwrap_or(0.0));
                letters.push((glyph, advance));
                advance += (wide / per_em + spacing) * EM;
                true
            };
            for character in words.chars() {
                if !set(character) {
                    let plain = deunicode::deunicode_char(character).unwrap_or("");
                    for one in plain.chars() {
                        set(one);
                    }
                }
            }
        }
        Lettering {
            letters,
            advance: advance - spacing * EM,
            size,
        }
    }

    /// Units of the map.
    pub(super) fn width(&self) -> f64 {
        self.advance * self.size / EM
    }
}

/// The letters that a map uses, each of them drawn once.
#[derive(Default)]
pub(super) struct Type {
    used: BTreeMap<u32, String>,
}

impl Type {
    /// The letters with the start of their base line at a point, turned by
    /// some degrees.
    pub(super) fn place(&mut self, line: &Lettering, [x, y]: [f64; 2], turned: f64) -> String {
        let scale = line.size / EM;
        let mut group = format!("<g transform=\"translate({x:.1} {y:.1})");
        if turned.abs() > 0.5 {
            let _ = write!(group, "rotate({turned:.0})");
        }
        let _ = write!(group, "scale({scale:.3})\">");
        for (glyph, at) in &line.letters {
            let id = glyph.to_u32();
            let drawn = self.used.entry(id).or_insert_with(|| draw(*glyph));
            if !drawn.is_empty() {
                let _ = write!(group, "<use href=\"#g{id}\" x=\"{at:.0}\"/>");
            }
        }
        group.push_str("</g>");
        group
    }

    /// The outlines, for `<defs>`.
    pub(super) fn definitions(&self) -> String {
        let drawn = self.used.iter().filter(|(_, path)| !path.is_empty());
        drawn
            .map(|(id, path)| format!("<path id=\"g{id}\" d=\"{path}\"/>"))
            .collect()
    }
}

trait HeadUnits {
    fn head_units(&self) -> u16;
}

impl HeadUnits for FontRef<'_> {
    fn head_units(&self) -> u16 {
        self.metrics(Size::unscaled(), LocationRef::default())
            .units_per_em
            .max(1)
    }
}

fn draw(glyph: GlyphId) -> String {
    let Some(font) = &*FONT else {
        return String::new();
    };
    let mut pen = Pen {
        path: String::new(),
        at: (0, 0),
        scale: EM / f64::from(font.head_units()),
    };
    if let Some(outline) = font.outline_glyphs().get(glyph) {
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        if outline.draw(settings, &mut pen).is_err() {
            return String::new();
        }
    }
    pen.path
}

/// Writes an outline with relative steps, the right way up.
struct Pen {
    path: String,
    at: (i64, i64),
    scale: f64,
}

impl Pen {
    fn step(&mut self, command: char, points: &[(f32, f32)]) {
        let start = self.at;
        self.path.push(command);
        for (x, y) in points {
            let here = (
                (f64::from(*x) * self.scale).round() as i64,
                -(f64::from(*y) * self.scale).round() as i64,
            );
            for number in [here.0 - start.0, here.1 - start.1] {
                if number >= 0 && self.path.ends_with(|last: char| last.is_ascii_digit()) {
                    self.path.push(' ');
                }
                let _ = write!(self.path, "{number}");
            }
            self.at = here;
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        // "M" is absolute, so it counts from nought.
        self.at = (0, 0);
        self.step('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.step('l', &[(x, y)]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.step('q', &[(cx, cy), (x, y)]);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.step('c', &[(ax, ay), (bx, by), (x, y)]);
    }

    fn close(&mut self) {
        self.path.push('z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_the_font_lacks_are_spelt_out() {
        let both = ["Seoul 서울", "Chang'an 長安", "Kraków", "Yogyakarta ꦪꦺꦴ"];
        for words in both {
            let line = Lettering::new(words, 20.0, 0.0);
            let notdef = line.letters.iter().any(|(glyph, _)| glyph.to_u32() == 0);
            assert!(!notdef && line.width() > 50.0, "{words}");
        }
    }
}
