//! The lines of a calendar.

/// How long a line may be, in octets without its end (RFC 5545 section 3.1).
const LIMIT: usize = 75;

/// Folds the lines of a calendar anew, between characters. The crate icalendar
/// folds too, but can leave the last part of a long line one octet too long.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + text.len() / LIMIT);
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut length = 0;
        for character in line.chars() {
            if length + character.len_utf8() > LIMIT {
                folded.push_str("\r\n ");
                // The space counts.
                length = 1;
            }
            folded.push(character);
            length += character.len_utf8();
        }
        folded.push_str("\r\n");
    }
    folded
}

/// Text without what no line may hold: control characters, and line ends of
/// any kind but `\n`, which the crate writes as `\n` in letters.
pub(super) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n")
        .chars()
        .filter(|character| *character == '\n' || !character.is_control())
        .collect()
}

/// The same in one line.
pub(super) fn clean_line(text: &str) -> String {
    let clean = clean(text);
    let words: Vec<&str> = clean.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_longer_than_75_octets_and_nothing_is_lost() {
        for filler in ["a", "é", "한", "🌋", "a b", " "] {
            for length in 0..400 {
                let line = format!("X:{}", filler.repeat(length));
                let folded = fold(&format!("{line}\r\nY:1\r\n"));
                assert!(folded.ends_with("\r\n"));
                for part in folded.split_terminator("\r\n") {
                    assert!(part.len() <= LIMIT, "{} octets: {part:?}", part.len());
                }
                assert_eq!(folded.replace("\r\n ", ""), format!("{line}\r\nY:1\r\n"));
            }
        }
    }

    #[test]
    fn what_is_folded_badly_is_folded_anew() {
        let line = format!("X:{}", "a".repeat(200));
        let bad = format!("{}\r\n {}\r\n", &line[..90], &line[90..]);
        assert_eq!(fold(&bad), fold(&format!("{line}\r\n")));
    }

    #[test]
    fn control_characters_are_dropped_and_lines_have_one_end() {
        assert_eq!(clean("a\r\nb\rc\u{0}\u{7}d\u{2028}e\tf"), "a\nb\ncd\nef");
        assert_eq!(clean_line(" a \r\n b "), "a b");
    }
}
