//! Puts text into markup: as content, in attributes, in links.

/// True for characters that no page may hold: the C0 and C1 controls but for
/// tab and the line ends.
pub(super) fn is_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n' | '\r')
}

/// The longest run of text, in characters, that goes to the sanitiser whole.
/// html5ever (0.40) searches the rest of a run at each `&` in it, so a run of a
/// megabyte would take seconds.
pub(super) const LONGEST_RUN: usize = 4096;

/// Cuts a run of text: a comment, which the sanitiser drops.
pub(super) const CUT: &str = "<!---->";

/// Appends `value` as the content of an element.
pub(super) fn text(out: &mut String, value: &str) {
    for (index, character) in value.chars().enumerate() {
        if index % LONGEST_RUN == LONGEST_RUN - 1 {
            out.push_str(CUT);
        }
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => push_safe(out, character),
        }
    }
}

/// Appends `value` as the content of an attribute in double quotes. No honest
/// one is longer than a run, so the rest is cut off.
pub(super) fn attribute(out: &mut String, value: &str) {
    for character in value.chars().take(LONGEST_RUN) {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => push_safe(out, character),
        }
    }
}

/// Appends `value` as plain text: an unbreakable space becomes an ordinary one,
/// so that quotes and searches need not know where the typography put them.
pub(super) fn plain(out: &mut String, value: &str) {
    for character in value.chars() {
        push_safe(
            out,
            if character == '\u{a0}' {
                ' '
            } else {
                character
            },
        );
    }
}

/// Percent-encodes whatever may not stand in a URL. What the author has encoded
/// already stays as it is.
pub(super) fn url(value: &str) -> String {
    const KEPT: &[u8] = b"-_.~!$&'()*+,;=:@/?#%";
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || KEPT.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(HEX[usize::from(byte >> 4)]));
            encoded.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    encoded
}

/// Character references can smuggle in controls that the file itself does not
/// hold, so each character is looked at once more here.
fn push_safe(out: &mut String, character: char) {
    match character {
        '\r' => out.push(' '),
        _ if is_control(character) => out.push(char::REPLACEMENT_CHARACTER),
        _ => out.push(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        let mut out = String::new();
        text(&mut out, "a < b & \"c\" > d\u{1}\r");
        assert_eq!(out, "a &lt; b &amp; \"c\" &gt; d\u{fffd} ");
    }

    #[test]
    fn a_quote_cannot_end_an_attribute() {
        let mut out = String::new();
        attribute(&mut out, "\" onclick=\"x");
        assert_eq!(out, "&quot; onclick=&quot;x");
    }

    #[test]
    fn urls_are_encoded_once() {
        assert_eq!(url("/a b/é?x=%20&y=\"z\""), "/a%20b/%C3%A9?x=%20&y=%22z%22");
        assert_eq!(url(&url("/a b")), url("/a b"));
    }
}
