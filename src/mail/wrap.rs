//! Wraps the plain text of a mail.

use unicode_width::UnicodeWidthStr;

/// How many columns a line may take (RFC 3676 asks for at most 78; the two
/// `> ` of an answer or three then still fit).
const COLUMNS: usize = 72;

/// The text with no line wider than 72 columns, but for what has no space to
/// break it at, such as a link. A line that fits stays as it is; what is broken
/// off another goes on with its indentation or its mark of quotation.
pub(super) fn wrapped(text: &str) -> String {
    let mut all = String::with_capacity(text.len() + text.len() / 32);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            all.push('\n');
        }
        if line.width() <= COLUMNS {
            all.push_str(line);
        } else {
            wrap(line, &mut all);
        }
    }
    all
}

fn wrap(line: &str, all: &mut String) {
    let words_at = line
        .find(|c: char| !matches!(c, ' ' | '>'))
        .unwrap_or(line.len());
    let (lead, words) = line.split_at(words_at);
    // A lead that takes all the room is none to repeat.
    let lead = if lead.width() > COLUMNS / 2 { "" } else { lead };
    all.push_str(lead);
    let mut column = lead.width();
    let mut is_first = true;
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        let width = word.width();
        if !is_first && column + 1 + width > COLUMNS {
            all.push('\n');
            all.push_str(lead);
            column = lead.width();
        } else if !is_first {
            all.push(' ');
            column += 1;
        }
        all.push_str(word);
        column += width;
        is_first = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_at_spaces_and_short_ones_are_left_alone() {
        let text = format!("Dear  reader,\n\n{}end\n-- \nDaybook\n", "word ".repeat(30));
        let wrapped = wrapped(&text);
        assert!(wrapped.lines().all(|line| line.width() <= 72), "{wrapped}");
        assert!(wrapped.starts_with("Dear  reader,\n\nword word"));
        assert!(wrapped.ends_with("end\n-- \nDaybook\n"));
        assert_eq!(wrapped.matches("word").count(), 30);
    }

    #[test]
    fn a_link_is_never_broken_and_a_quotation_stays_one() {
        let link = format!("https://history.example/{}", "a".repeat(90));
        assert_eq!(
            wrapped(&format!("See {link} now")),
            format!("See\n{link}\nnow")
        );
        let quoted = wrapped(&format!("> {}", "word ".repeat(20)));
        assert!(quoted.lines().count() > 1);
        assert!(
            quoted.lines().all(|line| line.starts_with("> word")),
            "{quoted}"
        );
    }
}
