//! Words as the fonts can draw them: each character that none has is spelt in
//! Latin letters with the word in which it stands, and what is no letter at all,
//! as emoji and marks of direction, is left out. Never a box.

use super::fonts::Face;

/// What is longer than this is cut before anything else is done with it.
const LONGEST: usize = 600;

/// Which fonts may set a text, the first that has a character being the one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    faces: [Face; 6],
}

impl Choice {
    /// The fonts for a text whose Latin is set in `first`. Han that stand alone
    /// are taken for Chinese, beside kana or Hangul for Japanese or Korean,
    /// whose forms are alike.
    pub(super) fn of(first: Face, text: &str) -> Choice {
        let is_chinese = !text.chars().any(|one| is_kana(one) || is_hangul(one));
        let [one, other] = if is_chinese {
            [Face::Chinese, Face::Japanese]
        } else {
            [Face::Japanese, Face::Chinese]
        };
        Choice {
            faces: [first, Face::Hebrew, Face::Arabic, Face::Hangul, one, other],
        }
    }

    /// The font that draws a character; `before` is the one before it, whose
    /// font alone can bear a mark.
    pub(super) fn face(&self, character: char, before: Option<Face>) -> Option<Face> {
        if is_mark(character) {
            return before.filter(|face| face.has(character));
        }
        self.faces.into_iter().find(|face| face.has(character))
    }
}

/// The text with all that can be drawn as it is, and the rest replaced; white
/// space is single, and at neither end.
pub(super) fn drawable(first: Face, text: &str) -> String {
    let mut text: String = text.chars().take(LONGEST).collect();
    text.retain(|one| !is_left_out(one));
    let choice = Choice::of(first, &text);
    let mut drawn = String::new();
    for word in words(&text) {
        drawn.push(' ');
        for piece in pieces(word) {
            if can_draw(choice, piece) {
                drawn.push_str(piece);
            } else {
                spell(choice, piece, &mut drawn);
            }
        }
    }
    let words: Vec<&str> = words(&drawn).collect();
    words.join(" ")
}

/// The words of a text. A space at which no line may break is part of one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|one: char| one.is_whitespace() && one != '\u{A0}')
        .filter(|word| !word.is_empty())
}

/// A word, cut where each sign is a word by itself.
fn pieces(word: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let end = if is_ideographic(first) {
            first.len_utf8()
        } else {
            rest.find(is_ideographic).unwrap_or(rest.len())
        };
        let (piece, others) = rest.split_at(end);
        pieces.push(piece);
        rest = others;
    }
    pieces
}

fn can_draw(choice: Choice, piece: &str) -> bool {
    let mut before = None;
    piece.chars().all(|one| {
        let face = choice.face(one, before);
        before = face;
        face.is_some()
    })
}

/// The piece in Latin letters.
fn spell(choice: Choice, piece: &str, drawn: &mut String) {
    let by_itself = piece.chars().all(is_ideographic);
    if by_itself {
        drawn.push(' ');
    }
    for one in deunicode::deunicode(piece).chars() {
        // It writes some vowels as a grave accent.
        let is_drawn = !one.is_control() && one != '`' && choice.face(one, None).is_some();
        if one == ' ' || is_drawn {
            drawn.push(one);
        }
    }
    if by_itself {
        drawn.push(' ');
    }
}

/// What is no letter, and what would turn or hide those around it.
fn is_left_out(one: char) -> bool {
    (one.is_control() && !one.is_whitespace())
        || matches!(u32::from(one),
            0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F | 0x3164
            | 0x200B | 0x200E..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFE00..=0xFE0F
            | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFF
            // Pictures: dingbats, emoji, their skin tones, flags and tags.
            | 0x20E3 | 0x231A..=0x23FF | 0x2600..=0x27BF | 0x2B05..=0x2B55 | 0xE000..=0xF8FF
            | 0x1F000..=0x1FAFF | 0xE0000..=0x10_FFFF)
}

/// A mark over, under or in the letter before it.
pub(super) fn is_mark(one: char) -> bool {
    matches!(u32::from(one),
        0x300..=0x36F | 0x483..=0x489 | 0x591..=0x5BD | 0x5BF | 0x5C1..=0x5C2 | 0x5C4..=0x5C5
        | 0x5C7 | 0x610..=0x61A | 0x64B..=0x65F | 0x670 | 0x6D6..=0x6DC | 0x6DF..=0x6E4
        | 0x6E7..=0x6E8 | 0x6EA..=0x6ED | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200C..=0x200D
        | 0x20D0..=0x20FF | 0x302A..=0x302F | 0x3099..=0x309A | 0xFE20..=0xFE2F | 0xFB1E)
}

/// A letter that is written from right to left.
pub(super) fn is_right_to_left(one: char) -> bool {
    matches!(u32::from(one), 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF) && !one.is_numeric()
}

fn is_kana(one: char) -> bool {
    matches!(u32::from(one), 0x3040..=0x30FF | 0x31F0..=0x31FF)
}

fn is_hangul(one: char) -> bool {
    matches!(u32::from(one), 0xAC00..=0xD7A3 | 0x1100..=0x11FF | 0x3130..=0x318F)
}

fn is_ideographic(one: char) -> bool {
    is_kana(one)
        || matches!(u32::from(one),
            0x2E80..=0x2FDF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
            | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn scripts_that_a_font_has_stay_and_others_are_spelt() {
        let same = [
            "Capture of Seoul",
            "Взятие Сеула",
            "Η άλωση της Πόλης",
            "서울 함락",
            "关东大地震 (1923)",
            "関東大震災の記録",
            "سقوط القسطنطينية",
            "חורבן הבית השני!",
            "Nguyễn Huệ’s Đống Đa",
        ];
        for words in same {
            assert_eq!(drawable(Face::Serif, words), words);
        }
        for (words, expected) in [
            ("Rocket 🚀 starts", "Rocket starts"),
            ("👩‍👩‍👧‍👦🇰🇷", ""),
            ("\u{202E}turned\u{202C} \u{0}and\u{AD}cut", "turned andcut"),
            ("The king ჯ of Tiflis", "The king j of Tiflis"),
            ("a\u{0}\nb", "a b"),
        ] {
            assert_eq!(drawable(Face::Serif, words), expected);
        }
        let thai = drawable(Face::Serif, "กรุงเทพ falls");
        assert!(thai.is_ascii() && thai.ends_with(" falls"), "{thai}");
        // One rare sign does not take its neighbours with it.
        let han = drawable(Face::Serif, "曹操与鼂错");
        assert!(han.starts_with("曹操与") && han.ends_with('错'), "{han}");
        assert!(!han.contains('鼂'));
    }

    proptest! {
        #[test]
        fn whatever_is_left_can_be_drawn(text in any::<String>()) {
            let drawn = drawable(Face::Serif, &text);
            let choice = Choice::of(Face::Serif, &drawn);
            for word in words(&drawn) {
                let mut before = None;
                for one in word.chars() {
                    let face = choice.face(one, before);
                    prop_assert!(face.is_some(), "{:?} in {:?}", one, drawn);
                    before = face;
                }
            }
        }
    }
}
