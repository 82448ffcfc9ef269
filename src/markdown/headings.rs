//! Levels and ids of headings.

use std::collections::{HashMap, HashSet};

use deunicode::deunicode;

/// The longest slug, in characters, so that links to a section stay readable.
const LONGEST: usize = 60;

/// What the headings so far have used.
#[derive(Default)]
pub(super) struct Headings {
    /// The author's levels of the headings that the next one may stand under.
    open: Vec<u8>,
    used: HashSet<String>,
    next_suffix: HashMap<String, usize>,
}

impl Headings {
    /// The level to show for the author's level, and whether the author left
    /// one out. Level 1 is the page's title, so `#` and `##` are both 2; and a
    /// heading is never more than one level below the one it stands under,
    /// because people who listen to a page navigate by levels.
    pub(super) fn level(&mut self, written: u8) -> (u8, bool) {
        let written = written.clamp(2, 6);
        while self.open.last().is_some_and(|above| *above >= written) {
            self.open.pop();
        }
        let above = self.open.last().copied().unwrap_or(1);
        self.open.push(written);
        // The levels on the stack rise strictly from 2 to at most 6, so there
        // are at most five.
        let level = u8::try_from(self.open.len() + 1).unwrap_or(6);
        (level, written > above + 1)
    }

    /// An id for a heading with this text, not used before.
    pub(super) fn id(&mut self, text: &str) -> String {
        let base = format!("h-{}", slug(text));
        if self.used.insert(base.clone()) {
            return base;
        }
        let suffix = self.next_suffix.entry(base.clone()).or_insert(2);
        loop {
            let id = format!("{base}-{suffix}");
            *suffix += 1;
            if self.used.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// ASCII letters, digits and single hyphens, cut between words if it is long.
fn slug(text: &str) -> String {
    let start: String = text.chars().take(4 * LONGEST).collect();
    let ascii = deunicode(&start).to_ascii_lowercase();
    let mut slug = String::new();
    for word in ascii
        .split(|character: char| character.is_whitespace() || "-/–—_".contains(character))
        .map(|word| word.replace(|character: char| !character.is_ascii_alphanumeric(), ""))
        .filter(|word| !word.is_empty())
    {
        if slug.is_empty() {
            slug.extend(word.chars().take(LONGEST));
        } else if slug.len() + 1 + word.len() <= LONGEST {
            slug.push('-');
            slug.push_str(&word);
        } else {
            break;
        }
    }
    if slug.is_empty() {
        slug.push_str("section");
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_ascii() {
        assert_eq!(slug("How many wounds?"), "how-many-wounds");
        assert_eq!(slug("Caesar's “last” words"), "caesars-last-words");
        assert_eq!(slug("Łódź, 1914–1918"), "lodz-1914-1918");
        assert_eq!(slug("???"), "section");
        assert!(slug(&"word ".repeat(100)).len() <= LONGEST);
        assert_eq!(slug(&"w".repeat(100)).len(), LONGEST);
    }

    #[test]
    fn ids_are_unique_even_beside_numbered_headings() {
        let mut headings = Headings::default();
        let ids: Vec<_> = ["A", "A", "A 2", "A", "a"]
            .iter()
            .map(|text| headings.id(text))
            .collect();
        assert_eq!(ids, ["h-a", "h-a-2", "h-a-2-2", "h-a-3", "h-a-4"]);
    }

    #[test]
    fn levels_never_skip() {
        let mut headings = Headings::default();
        let levels: Vec<_> = [1, 2, 4, 4, 3, 6, 2]
            .iter()
            .map(|written| headings.level(*written))
            .collect();
        assert_eq!(
            levels,
            [
                (2, false),
                (2, false),
                (3, true),
                (3, true),
                (3, false),
                (4, true),
                (2, false)
            ]
        );
        assert_eq!(Headings::default().level(3), (2, true));
    }
}
