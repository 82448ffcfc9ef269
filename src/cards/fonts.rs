//! The fonts in which cards are set, which of them has which character, and
//! how wide words are in them.
//!
//! SVG text that needs several fonts is laid out by guesses (fallback by
//! counting glyphs), so cards never ask for that: words are cut into runs of
//! one font each ([`super::runs`]) before they become SVG.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Node, Options, Tree};
use skrifa::{FontRef, MetadataProvider};

/// A font of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Face {
    /// Latin, Greek and Cyrillic, with text figures and small capitals.
    Serif,
    /// The same letters for labels.
    Sans,
    /// Large lining figures and a dash, nothing else.
    Figures,
    Hebrew,
    Arabic,
    /// The syllables of KS X 1001.
    Hangul,
    /// Kana, and Han as Japanese write them.
    Japanese,
    /// Han as written with simplified characters.
    Chinese,
}

/// The size at which widths are measured.
const MEASURE: f64 = 100.0;

static FONTS: [(Face, &str, &[u8]); 8] = [
    (
        Face::Serif,
        "Daybook Serif",
        include_bytes!("data/serif.ttf"),
    ),
    (Face::Sans, "Daybook Sans", include_bytes!("data/sans.ttf")),
    (
        Face::Figures,
        "Daybook Figures",
        include_bytes!("data/figures.ttf"),
    ),
    (
        Face::Hebrew,
        "Daybook Hebrew",
        include_bytes!("data/hebrew.ttf"),
    ),
    (
        Face::Arabic,
        "Daybook Arabic",
        include_bytes!("data/arabic.ttf"),
    ),
    (
        Face::Hangul,
        "Daybook Hangul",
        include_bytes!("data/hangul.ttf"),
    ),
    (
        Face::Japanese,
        "Daybook Japanese",
        include_bytes!("data/japanese.ttf"),
    ),
    (
        Face::Chinese,
        "Daybook Chinese",
        include_bytes!("data/chinese.ttf"),
    ),
];

/// All fonts, read once and shared by every card.
static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut database = Database::new();
    for (_, _, bytes) in &FONTS {
        database.load_font_source(Source::Binary(Arc::new(*bytes)));
    }
    Arc::new(database)
});

static MAPS: LazyLock<Vec<(Face, FontRef<'static>)>> = LazyLock::new(|| {
    let read =
        |(face, _, bytes): &(Face, &str, &'static [u8])| Some((*face, FontRef::new(bytes).ok()?));
    FONTS.iter().filter_map(read).collect()
});

impl Face {
    /// The name by which SVG asks for it.
    pub(super) fn family(self) -> &'static str {
        let font = FONTS.iter().find(|(face, ..)| *face == self);
        font.map_or("Daybook Serif", |(_, family, _)| family)
    }

    /// Whether it can draw a character.
    pub(super) fn has(self, character: char) -> bool {
        let font = MAPS.iter().find(|(face, _)| *face == self);
        let glyph = font.and_then(|(_, font)| font.charmap().map(character));
        glyph.is_some_and(|glyph| glyph.to_u32() != 0)
    }
}

/// What reads a card's SVG: it finds our fonts, and no others.
pub(super) fn options() -> Options<'static> {
    Options {
        fontdb: Arc::clone(&DATABASE),
        font_family: Face::Serif.family().to_owned(),
        ..Options::default()
    }
}

/// How wide each of these words is in its font, in ems, without what stands
/// between letters beyond their own.
pub(super) fn widths(words: &[(Face, &str)]) -> Vec<f64> {
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\" xml:space=\"preserve\">",
    );
    for (number, (face, words)) in words.iter().enumerate() {
        svg.push_str(&format!(
            "<text id=\"m{number}\" font-family=\"{}\" font-size=\"{MEASURE}\">{}</text>",
            face.family(),
            escaped(words)
        ));
    }
    svg.push_str("</svg>");
    let tree = Tree::from_str(&svg, &options()).ok();
    let width = |number: usize| match tree.as_ref()?.node_by_id(&format!("m{number}"))? {
        Node::Text(text) => Some(f64::from(text.bounding_box().width()) / MEASURE),
        _ => None,
    };
    (0..words.len())
        .map(|number| width(number).unwrap_or(0.0))
        .collect()
}

/// Words as XML may hold them. Control characters are gone before.
pub(super) fn escaped(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_is_found_under_its_name_and_has_its_script() {
        for (face, character) in [
            (Face::Serif, 'ß'),
            (Face::Serif, 'Ω'),
            (Face::Serif, 'Ж'),
            (Face::Sans, 'ő'),
            (Face::Figures, '7'),
            (Face::Hebrew, 'ש'),
            (Face::Arabic, 'ع'),
            (Face::Hangul, '뷁'),
            (Face::Hangul, '서'),
            (Face::Japanese, 'の'),
            (Face::Japanese, '戦'),
            (Face::Chinese, '战'),
        ] {
            // '뷁' is no syllable of KS X 1001 but of its larger cousin.
            assert_eq!(
                face.has(character),
                character != '뷁',
                "{face:?} {character}"
            );
            let wide = widths(&[(face, &character.to_string())])[0];
            assert!(
                wide > 0.2 || character == '뷁',
                "{face:?} {character} {wide}"
            );
        }
        assert!(!Face::Serif.has('\u{FFFE}') && !Face::Serif.has('😀'));
    }

    #[test]
    fn letters_that_join_are_narrower_than_apart() {
        let [joined, apart] = [0, 1].map(|index| {
            let words = ["سيول", "س"];
            widths(&[(Face::Arabic, words[index])])[0]
        });
        assert!(
            joined > apart * 0.9 && joined < apart * 4.0,
            "{joined} {apart}"
        );
    }
}
