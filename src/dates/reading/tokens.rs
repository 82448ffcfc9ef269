//! A text cut into words, numbers and signs, once, from left to right.
//!
//! The text may be Markdown: notes like `[^name]`, the slugs of wikilinks,
//! the targets of links and the tags of HTML are no prose and are left out.
//! Each of them is looked for in a bounded stretch, so that no text, however
//! hostile, takes more than linear time.

use super::lexicon::{self, Words};
use std::ops::Range;

/// The whole text with its tokens.
pub(super) struct Text<'a> {
    text: &'a str,
    tokens: Vec<Token>,
}

/// One word, number or sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    start: usize,
    end: usize,
    kind: Kind,
    /// Nothing stands between it and the token before.
    glued: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits alone, or with commas at the thousands.
    Number {
        value: u64,
        digits: u8,
        grouped: bool,
    },
    /// "4th".
    Ordinal(u64),
    /// "1340s", "1340's".
    Plural(u64),
    Word,
    Comma,
    Dot,
    /// "-", also where a typesetter put another short one.
    Hyphen,
    /// "–", "—", "--".
    Dash,
    Slash,
    Apostrophe,
    Open,
    Close,
    /// A sign that makes something else than a date of the number beside it:
    /// "$", "%", "#".
    Sign,
    /// Any other sign: the end of a thought.
    Mark,
    /// A number that is none of a date: "2:30", "1.95", "10km".
    Junk,
    /// The end of a paragraph or of the text.
    Break,
}

impl<'a> Text<'a> {
    pub(super) fn new(text: &'a str) -> Text<'a> {
        let mut scanner = Scanner {
            text,
            bytes: text.as_bytes(),
            at: 0,
            spaced: true,
            lines: 0,
            tokens: Vec::with_capacity(text.len() / 5),
        };
        scanner.run();
        Text {
            text,
            tokens: scanner.tokens,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The kind of a token; before the first and after the last is a break.
    pub(super) fn kind(&self, at: usize) -> Kind {
        self.tokens.get(at).map_or(Kind::Break, |token| token.kind)
    }

    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    /// The text of a word; of anything else nothing.
    pub(super) fn word(&self, at: usize) -> &'a str {
        match self.tokens.get(at) {
            Some(token) if token.kind == Kind::Word => &self.text[token.start..token.end],
            _ => "",
        }
    }

    /// Whether any word is such.
    pub(super) fn has_word(&self, is_such: impl Fn(&str) -> bool) -> bool {
        (0..self.len()).any(|at| is_such(self.word(at)))
    }

    /// Whether the token is one of these words, which are in lower case.
    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        lexicon::is_one_of(self.word(at), words)
    }

    /// As [`Text::is`], for the longer lists.
    pub(super) fn is_among(&self, at: usize, words: &Words) -> bool {
        words.have(self.word(at))
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }

    /// The bytes from one token to another, both included.
    pub(super) fn range(&self, first: usize, last: usize) -> Range<usize> {
        match (self.tokens.get(first), self.tokens.get(last)) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    /// The first token of the sentence in which this one stands. At most two
    /// hundred tokens are looked at.
    pub(super) fn sentence(&self, at: usize) -> usize {
        let lowest = at.saturating_sub(200);
        let mut first = at;
        while first > lowest {
            let ends = match self.kind(first - 1) {
                Kind::Break => true,
                Kind::Dot => !self.is_abbreviation(first - 1),
                Kind::Mark => self.is_end_mark(first - 1),
                _ => false,
            };
            if ends && !self.is_glued(first) {
                break;
            }
            first -= 1;
        }
        first
    }

    /// Whether the dot at this place belongs to "J." or "St.".
    fn is_abbreviation(&self, dot: usize) -> bool {
        let Some(before) = dot.checked_sub(1) else {
            return false;
        };
        let word = self.word(before);
        self.is_capital(before) && (word.chars().count() == 1 || lexicon::TITLES.have(word))
    }

    fn is_end_mark(&self, at: usize) -> bool {
        let range = self.range(at, at);
        matches!(self.text.get(range), Some("!" | "?"))
    }
}

/// The bytes of ASCII of which words are made.
const IN_WORD: [bool; 256] = {
    let mut in_word = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        in_word[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
        byte += 1;
    }
    in_word
};

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Space, or the start of the text, lies before `at`.
    spaced: bool,
    /// The line ends in that space.
    lines: u8,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while let Some(byte) = self.peek(0) {
            match byte {
                b' ' | b'\t' | b'\r' | 0x0b | 0x0c => self.space(1, 0),
                b'\n' => self.space(1, 1),
                b'0'..=b'9' => self.number(),
                b'A'..=b'Z' | b'a'..=b'z' | b'_' => self.word(),
                0x80.. => self.beyond_ascii(),
                _ => self.sign(byte),
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn space(&mut self, length: usize, lines: u8) {
        self.at += length;
        self.spaced = true;
        self.lines = self.lines.saturating_add(lines);
    }

    fn push(&mut self, kind: Kind, length: usize) {
        if self.lines > 1 {
            self.tokens.push(Token {
                start: self.at,
                end: self.at,
                kind: Kind::Break,
                glued: false,
            });
        }
        self.tokens.push(Token {
            start: self.at,
            end: self.at + length,
            kind,
            glued: !self.spaced,
        });
        self.at += length;
        self.spaced = false;
        self.lines = 0;
    }

    fn word(&mut self) {
        let length = self.word_length(0);
        let rest = &self.bytes[self.at..];
        let address = match rest.get(length) {
            Some(b':') => rest[length..].starts_with(b"://"),
            Some(b'.') => rest.starts_with(b"www."),
            _ => false,
        };
        if address {
            let rest = &self.text[self.at..];
            let end = rest.find(|c: char| c.is_whitespace() || "()<>[]|\"”’".contains(c));
            return self.push(Kind::Junk, end.unwrap_or(rest.len()));
        }
        // "AD79"
        let ad = rest.starts_with(b"AD") && length > 2 && self.digits(2) == length - 2;
        self.push(Kind::Word, if ad { 2 } else { length });
    }

    /// How many bytes of a word lie from so many bytes ahead.
    fn word_length(&self, ahead: usize) -> usize {
        let from = self.at + ahead;
        let mut end = from;
        while let Some(byte) = self.bytes.get(end) {
            if IN_WORD[usize::from(*byte)] {
                end += 1;
                continue;
            }
            match self.text[end..].chars().next() {
                Some(c) if !c.is_ascii() && c.is_alphanumeric() => end += c.len_utf8(),
                _ => break,
            }
        }
        end - from
    }

    fn digits(&self, ahead: usize) -> usize {
        let rest = self.bytes.get(self.at + ahead..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    fn number(&mut self) {
        let mut length = self.digits(0);
        let mut digits = length;
        let mut grouped = false;
        if length <= 3 {
            while self.peek(length) == Some(b',') && self.digits(length + 1) == 3 {
                length += 4;
                digits += 3;
                grouped = true;
            }
        }
        let value = self.text[self.at..self.at + length]
            .bytes()
            .filter(u8::is_ascii_digit)
            .try_fold(0_u64, |value, digit| {
                value.checked_mul(10)?.checked_add(u64::from(digit - b'0'))
            });
        let (Some(value), Ok(digits)) = (value, u8::try_from(digits)) else {
            return self.push(Kind::Junk, length);
        };
        if matches!(self.peek(length), Some(b'.' | b':')) && self.digits(length + 1) > 0 {
            let run = self.bytes[self.at..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit() || b".:,".contains(byte))
                .count();
            // The sign that ends a sentence is not part of the number.
            let run = self.text[self.at..self.at + run]
                .trim_end_matches(['.', ':', ','])
                .len();
            return self.push(Kind::Junk, run + self.word_length(run));
        }
        let tail = self.word_length(length);
        let kind = match &self.text[self.at + length..self.at + length + tail] {
            "" if self.has_plural_apostrophe(length) && value % 10 == 0 => {
                let apostrophe = self.text[self.at + length..].chars().next();
                length += apostrophe.map_or(0, char::len_utf8) + 1;
                Kind::Plural(value)
            }
            "" | "BC" | "BCE" | "AD" | "CE" | "bc" | "bce" => Kind::Number {
                value,
                digits,
                grouped,
            },
            "s" => {
                length += 1;
                Kind::Plural(value)
            }
            "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH" => {
                length += 2;
                Kind::Ordinal(value)
            }
            _ => {
                length += tail;
                Kind::Junk
            }
        };
        self.push(kind, length);
    }

    fn has_plural_apostrophe(&self, ahead: usize) -> bool {
        let rest = &self.text[self.at + ahead..];
        rest.strip_prefix(['\'', '’'])
            .and_then(|rest| rest.strip_prefix('s'))
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    }

    fn sign(&mut self, byte: u8) {
        let next = self.peek(1);
        let starts_line = self.lines > 0;
        match byte {
            b'[' if next == Some(b'^') => self.skip_or(b']', 200, Kind::Open),
            b'[' if next == Some(b'[') => self.wikilink(),
            b']' if next == Some(b']') => self.at += 2,
            b']' if next == Some(b'(') => self.skip_or(b')', 500, Kind::Close),
            b'<' if next
                .is_some_and(|next| next.is_ascii_alphabetic() || b"/!".contains(&next)) =>
            {
                self.skip_or(b'>', 300, Kind::Mark);
            }
            b'&' => self.entity(),
            b'*' => self.at += 1,
            b'>' if starts_line => self.at += 1,
            b'-' if next == Some(b'-') => {
                let rest = self.bytes[self.at..].iter();
                let length = rest.take_while(|byte| **byte == b'-').count();
                self.push(Kind::Dash, length);
            }
            b'-' if starts_line && next == Some(b' ') => self.push(Kind::Break, 1),
            b'-' => self.push(Kind::Hyphen, 1),
            b',' => self.push(Kind::Comma, 1),
            b'.' => self.push(Kind::Dot, 1),
            b'/' => self.push(Kind::Slash, 1),
            b'\'' => self.push(Kind::Apostrophe, 1),
            b'(' | b'[' => self.push(Kind::Open, 1),
            b')' | b']' => self.push(Kind::Close, 1),
            b'$' | b'#' | b'%' | b'@' | b'=' | b'+' | b'~' | b'^' | b'<' => {
                self.push(Kind::Sign, 1);
            }
            _ => self.push(Kind::Mark, 1),
        }
    }

    /// Leaves out everything to the sign `close`, if that comes in this line
    /// and soon.
    fn skip_or(&mut self, close: u8, within: usize, otherwise: Kind) {
        match self.distance(close, within) {
            Some(distance) => self.at += distance + 1,
            None => self.push(otherwise, 1),
        }
    }

    /// How far away a sign is, in the same line.
    fn distance(&self, sign: u8, within: usize) -> Option<usize> {
        let end = self.bytes.len().min(self.at + within);
        let stretch = self.bytes.get(self.at..end)?;
        let distance = stretch
            .iter()
            .position(|byte| *byte == sign || *byte == b'\n')?;
        (stretch[distance] == sign).then_some(distance)
    }

    /// `[[slug|words]]` is read as its words; of `[[slug]]` nothing is.
    fn wikilink(&mut self) {
        let Some(end) = self.distance(b']', 400) else {
            return self.push(Kind::Open, 1);
        };
        match self.distance(b'|', end) {
            Some(bar) => self.at += bar + 1,
            None => self.push(Kind::Mark, end + 1),
        }
    }

    fn entity(&mut self) {
        let rest = &self.text[self.at..];
        if rest.starts_with("&nbsp;") {
            self.space(6, 0);
        } else if rest.starts_with("&ndash;") || rest.starts_with("&mdash;") {
            self.push(Kind::Dash, 7);
        } else {
            self.push(Kind::Mark, 1);
        }
    }

    fn beyond_ascii(&mut self) {
        let Some(c) = self.text[self.at..].chars().next() else {
            return;
        };
        let length = c.len_utf8();
        match c {
            _ if c.is_alphanumeric() => self.word(),
            _ if c.is_whitespace() => self.space(length, 0),
            // Marks that are not seen: a soft hyphen, a joiner, a byte order
            // mark.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => self.at += length,
            '–' | '—' | '―' => self.push(Kind::Dash, length),
            '‐' | '‑' | '−' => self.push(Kind::Hyphen, length),
            '’' => self.push(Kind::Apostrophe, length),
            '£' | '€' | '¥' | '₩' | '₹' | '№' | '§' | '¶' | '°' | '±' | '×' | '′' | '″' | '‰' =>
            {
                self.push(Kind::Sign, length);
            }
            _ => self.push(Kind::Mark, length),
        }
    }
}
