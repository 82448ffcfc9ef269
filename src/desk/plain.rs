//! What people wrote, so that an editor sees all of it: characters that cannot
//! be seen, or that turn the order of others round, stand there as their code
//! points; and an address leads where it says.
//!
//! Templates print the pieces inside a `<bdi>`, and never as HTML.

use url::Url;

/// A piece of what somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// To be printed as it is.
    Text(String),
    /// A character that would not be seen: `U+202E`, and what it is.
    Sign {
        /// `U+202E`
        code: String,
        /// What it does, in a few words.
        name: &'static str,
    },
    /// An address that begins with `https://`, spelt as a browser would ask
    /// for it, so that no letter of another script passes for one of ours.
    Link(String),
}

/// Words with no links in them.
pub(super) fn text(words: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    write_text(words, &mut pieces);
    pieces
}

/// Words in which addresses that begin with `https://` are links. Those of
/// other kinds stay words.
pub(super) fn text_with_links(words: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = words;
    while let Some(at) = rest.find("https://") {
        let (before, from) = rest.split_at(at);
        write_text(before, &mut pieces);
        let ends = |c: char| c.is_whitespace() || "<>\"`{}|\\^".contains(c) || sign(c).is_some();
        let end = from.find(ends).unwrap_or(from.len());
        // What ends a sentence is seldom part of the address.
        let address = from[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']);
        match Url::parse(address) {
            Ok(url) if is_plain(&url) => {
                pieces.push(Piece::Link(url.into()));
                rest = &from[address.len()..];
            }
            _ => {
                write_text(&from[.."https://".len()], &mut pieces);
                rest = &from["https://".len()..];
            }
        }
    }
    write_text(rest, &mut pieces);
    pieces
}

/// One line of words, at most `most` characters of them.
pub(super) fn line(words: &str, most: usize) -> Vec<Piece> {
    let mut short: String = String::new();
    let mut count = 0;
    for word in words.split_whitespace() {
        if count > 0 {
            short.push(' ');
        }
        for character in word.chars() {
            if count >= most {
                short.push('…');
                return text(&short);
            }
            short.push(character);
            count += 1;
        }
        count += 1;
    }
    text(&short)
}

/// The first character of a text that could make the words around it read
/// otherwise than they are written, by its code point.
pub(super) fn turning(words: &str) -> Option<String> {
    let turns = |c: &char| matches!(*c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    words.chars().find(turns).map(code)
}

/// Somebody's name or password in an address is there to deceive.
fn is_plain(url: &Url) -> bool {
    url.has_host() && url.username().is_empty() && url.password().is_none()
}

fn write_text(words: &str, pieces: &mut Vec<Piece>) {
    let mut plain = String::new();
    let mut before = None;
    for character in words.chars() {
        // After a picture these choose how it is drawn, and are no secret.
        let chooses = matches!(character, '\u{fe0e}' | '\u{fe0f}')
            && before.is_some_and(|c: char| !c.is_ascii_alphanumeric() && !c.is_whitespace());
        match sign(character) {
            Some(name) if !chooses => {
                if !plain.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                }
                let code = code(character);
                pieces.push(Piece::Sign { code, name });
            }
            _ => plain.push(character),
        }
        before = Some(character);
    }
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
}

fn code(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// What a character is that cannot be seen, by the categories Cc, Cf, Zl, Zp
/// and Co of Unicode, with the fillers and selectors that are drawn as nothing.
fn sign(character: char) -> Option<&'static str> {
    Some(match character {
        '\n' | '\t' => return None,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => "control character",
        '\u{61c}' | '\u{200e}' | '\u{200f}' => "mark of direction",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "changes the direction of text",
        '\u{200b}' | '\u{2060}' | '\u{feff}' => "space without width",
        '\u{200c}' => "keeps letters apart",
        '\u{200d}' => "joins letters",
        '\u{ad}' => "soft hyphen",
        '\u{2028}' | '\u{2029}' => "line separator",
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180f}' => {
            "variation selector"
        }
        '\u{e0000}'..='\u{e007f}' => "invisible tag",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}' => "blank letter",
        '\u{34f}'
        | '\u{600}'..='\u{605}'
        | '\u{6dd}'
        | '\u{70f}'
        | '\u{890}'..='\u{891}'
        | '\u{8e2}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{2061}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{110bd}'
        | '\u{110cd}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' => "invisible character",
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => "character of private use",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        let one = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Sign { code, .. } => format!("[{code}]"),
            Piece::Link(href) => format!("<{href}>"),
        };
        pieces.iter().map(one).collect()
    }

    #[test]
    fn what_cannot_be_seen_is_shown() {
        for (words, seen) in [
            ("plain words", "plain words"),
            ("access\u{202e}nimda", "access[U+202E]nimda"),
            ("zero\u{200b}width\u{feff}", "zero[U+200B]width[U+FEFF]"),
            ("tag\u{e0041}", "tag[U+E0041]"),
            ("nul\0", "nul[U+0000]"),
            ("two\nlines\tand a tab", "two\nlines\tand a tab"),
            ("heart ❤\u{fe0f}", "heart ❤\u{fe0f}"),
            ("a\u{fe0f}", "a[U+FE0F]"),
            ("آب\u{200c}ها", "آب[U+200C]ها"),
        ] {
            assert_eq!(shown(&text(words)), seen);
        }
    }

    #[test]
    fn only_plain_secure_addresses_are_links() {
        for (words, seen) in [
            (
                "see https://example.org/a?b=c.",
                "see <https://example.org/a?b=c>.",
            ),
            ("(https://example.org)", "(<https://example.org/>)"),
            ("http://example.org", "http://example.org"),
            ("javascript:alert(1)", "javascript:alert(1)"),
            ("https://", "https://"),
            (
                "https://bank.example@evil.example/",
                "https://bank.example@evil.example/",
            ),
            (
                "https://аррle.example/",
                "<https://xn--le-6kcd3c2d.example/>",
            ),
            (
                "https://example.org/\u{202e}gpj.exe",
                "<https://example.org/>[U+202E]gpj.exe",
            ),
        ] {
            let seen_now = shown(&text_with_links(words));
            if words.contains('а') {
                assert!(seen_now.starts_with("<https://xn--"), "{seen_now}");
            } else {
                assert_eq!(seen_now, seen);
            }
        }
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(shown(&line(" a \n b ", 10)), "a b");
        assert_eq!(shown(&line("abcdef", 3)), "abc…");
        assert_eq!(turning("a\u{202e}b").as_deref(), Some("U+202E"));
        assert_eq!(turning("שלום"), None);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_invisible_is_left(words in "\\PC{0,40}|(?s).{0,40}") {
            let pieces = text(&words);
            let mut back = String::new();
            for piece in &pieces {
                match piece {
                    Piece::Text(text) => back.push_str(text),
                    Piece::Sign { code, .. } => {
                        let number = u32::from_str_radix(&code[2..], 16).unwrap();
                        back.push(char::from_u32(number).unwrap());
                    }
                    Piece::Link(_) => prop_assert!(false),
                }
            }
            prop_assert_eq!(back, words);
        }
    }
}
