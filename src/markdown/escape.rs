//! Puts text into markup: as content, in attributes, in links.

/// True for characters that no page may hold: the C0 and C1 controls but for
/// tab and the line ends.
pub(super) fn is_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n' | '\r')
}

/// The first control character in a text.
pub(super) fn first_control(text: &str) -> Option<usize> {
    let mut places = telling_places(text);
    places.find(|at| text[*at..].starts_with(is_control))
}

/// The longest run of text, in characters, that goes to the sanitiser whole.
/// html5ever (0.40) searches the rest of a run at each `&` in it, so a run of a
/// megabyte would take seconds.
pub(super) const LONGEST_RUN: usize = 4096;

/// Cuts a run of text: a comment, which the sanitiser drops.
pub(super) const CUT: &str = "<!---->";

/// Appends `value` as the content of an element.
pub(super) fn text(out: &mut String, value: &str) {
    let mut rest = value;
    while rest.len() >= LONGEST_RUN {
        let at = rest.char_indices().nth(LONGEST_RUN - 1);
        let Some((run, after)) = at.and_then(|(at, _)| rest.split_at_checked(at)) else {
            break;
        };
        push(out, run, spelt_in_text);
        out.push_str(CUT);
        rest = after;
    }
    push(out, rest, spelt_in_text);
}

/// Appends `value` as the content of an attribute in double quotes. No honest
/// one is longer than a run, so the rest is cut off.
pub(super) fn attribute(out: &mut String, value: &str) {
    let end = match value.len() > LONGEST_RUN {
        true => value.char_indices().nth(LONGEST_RUN).map(|(at, _)| at),
        false => None,
    };
    let value = end.and_then(|end| value.get(..end)).unwrap_or(value);
    push(out, value, |character| match character {
        '"' => Some("&quot;"),
        _ => spelt_in_text(character),
    });
}

/// Appends `value` as plain text: an unbreakable space becomes an ordinary one,
/// so that quotes and searches need not know where the typography put them.
pub(super) fn plain(out: &mut String, value: &str) {
    push(out, value, |character| match character {
        '\u{a0}' => Some(" "),
        _ => spelt_anywhere(character),
    });
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

fn spelt_in_text(character: char) -> Option<&'static str> {
    match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        _ => spelt_anywhere(character),
    }
}

/// Character references can smuggle in controls that the file itself does not
/// hold, so each character is looked at once more here.
fn spelt_anywhere(character: char) -> Option<&'static str> {
    match character {
        '\r' => Some(" "),
        _ if is_control(character) => Some("\u{fffd}"),
        _ => None,
    }
}

/// Appends `value` with some characters spelt otherwise, and what stands between
/// them as a whole.
fn push(out: &mut String, value: &str, spelt: impl Fn(char) -> Option<&'static str>) {
    let mut from = 0;
    for at in telling_places(value) {
        let (before, rest) = value.split_at(at);
        let Some(character) = rest.chars().next() else {
            break;
        };
        if let Some(spelt) = spelt(character) {
            out.push_str(before.get(from..).unwrap_or_default());
            out.push_str(spelt);
            from = at + character.len_utf8();
        }
    }
    out.push_str(value.get(from..).unwrap_or_default());
}

/// Where a text may hold a character that is spelt otherwise somewhere: most
/// have none, and bytes are looked through faster than characters.
fn telling_places(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.bytes().enumerate();
    bytes.filter_map(|(at, byte)| TELLING[usize::from(byte)].then_some(at))
}

/// The bytes with which such a character begins. Controls beyond ASCII and the
/// unbreakable space begin with 0xC2, which is never within another character.
const TELLING: [bool; 256] = {
    let mut telling = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        let is_spelt = matches!(byte, b'&' | b'<' | b'>' | b'"');
        telling[byte as usize] = byte.is_ascii_control() || is_spelt;
        byte += 1;
    }
    telling[0xc2] = true;
    telling
};

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
