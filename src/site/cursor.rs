//! Where a list goes on: the last thing that a client has seen of it, written
//! so that nobody is tempted to build one by hand.
//!
//! A cursor names a place in an order and no number of a page, so whatever is
//! put in before it or taken out moves nothing that is still to come.

use data_encoding::BASE64URL_NOPAD;

/// The longest text of a place: two slugs and what joins them.
const LONGEST: usize = 400;

/// A place in an ordered list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// What the list is ordered by first: a day number, epoch milliseconds, or
    /// 0 where the text alone decides.
    pub number: i64,
    /// What decides among equals, a slug most often.
    pub text: String,
}

impl Cursor {
    /// A place in a list.
    #[must_use]
    pub fn new(number: i64, text: impl Into<String>) -> Cursor {
        Cursor {
            number,
            text: text.into(),
        }
    }

    /// The place as an address holds it; `list` names the list and its order.
    #[must_use]
    pub fn write(&self, list: &str) -> String {
        let Cursor { number, text } = self;
        BASE64URL_NOPAD.encode(format!("{list}:{number}:{text}").as_bytes())
    }

    /// Reads what [`write`](Self::write) has written for the same list. `None`
    /// for anything else, a cursor of another list or order included.
    #[must_use]
    pub fn read(list: &str, written: &str) -> Option<Cursor> {
        if written.len() > LONGEST * 2 {
            return None;
        }
        let bytes = BASE64URL_NOPAD.decode(written.as_bytes()).ok()?;
        let plain = String::from_utf8(bytes).ok()?;
        let rest = plain.strip_prefix(list)?.strip_prefix(':')?;
        let (number, text) = rest.split_once(':')?;
        let cursor = Cursor::new(number.parse().ok()?, text);
        let is_plain = text.len() <= LONGEST && !text.chars().any(char::is_control);
        // What is written in another way than ours is not ours.
        (is_plain && cursor.write(list) == written).then_some(cursor)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cursor_holds_for_its_own_list_only() {
        let cursor = Cursor::new(-8123, "battle-of-hastings");
        let written = cursor.write("articles event");
        assert_eq!(Cursor::read("articles event", &written), Some(cursor));
        assert_eq!(Cursor::read("articles published", &written), None);
        assert_eq!(Cursor::read("articles", &written), None);
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        let odd = |plain: &str| BASE64URL_NOPAD.encode(plain.as_bytes());
        for written in [
            String::new(),
            "x".to_owned(),
            "=".repeat(5_000),
            odd("list"),
            odd("list:"),
            odd("list:1"),
            odd("list:+1:a"),
            odd("list:01:a"),
            odd("list:9223372036854775808:a"),
            odd("list:1:\0"),
            odd(&format!("list:1:{}", "a".repeat(500))),
        ] {
            assert_eq!(Cursor::read("list", &written), None, "{written}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(written in "\\PC{0,80}") {
            let _ = Cursor::read("list", &written);
        }

        #[test]
        fn every_place_comes_back(number: i64, text in "[a-z0-9:|-]{0,100}") {
            let cursor = Cursor::new(number, text);
            prop_assert_eq!(Cursor::read("l", &cursor.write("l")), Some(cursor.clone()));
        }
    }
}
