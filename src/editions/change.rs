//! What changes, and what a page depends on.

use std::collections::HashSet;
use std::fmt;
use std::ops::RangeInclusive;

/// The most tags that a change names one by one. One that touches more says
/// "everything": it is the quicker way to the same end.
const MOST_TAGS: usize = 4_000;

/// Something that a page can depend on: one article, the articles of a day, an
/// entry of a registry. It is a word for what it is, a colon, and its name.
///
/// A tag holds no secret and nothing that a reader may not know: slugs, days.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(String);

impl Tag {
    /// The tag of one thing of a kind: `Tag::new("article", slug)`.
    #[must_use]
    pub fn new(kind: &str, name: impl fmt::Display) -> Tag {
        Tag(format!("{kind}:{name}"))
    }

    /// The tag of an article, which the record of cases must name too.
    #[must_use]
    pub fn article(slug: &str) -> Tag {
        Tag::new("article", slug)
    }

    /// Its words, as they stand in the table.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a page was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inputs {
    /// Anything: the page goes with each change, and at midnight in the zone of
    /// the site.
    Everything,
    /// These alone.
    These {
        /// It goes when one of them changes.
        tags: Vec<Tag>,
        /// And when anything changes that happened on one of these day numbers.
        days: Vec<RangeInclusive<i64>>,
    },
}

impl Inputs {
    /// A page that never changes under its address.
    #[must_use]
    pub fn nothing() -> Inputs {
        Inputs::of([])
    }

    /// A page that depends on these tags alone.
    #[must_use]
    pub fn of(tags: impl IntoIterator<Item = Tag>) -> Inputs {
        let mut tags: Vec<Tag> = tags.into_iter().collect();
        tags.sort();
        tags.dedup();
        Inputs::These {
            tags,
            days: Vec::new(),
        }
    }

    /// And on these tags.
    #[must_use]
    pub fn and(mut self, more: impl IntoIterator<Item = Tag>) -> Inputs {
        if let Inputs::These { tags, .. } = &mut self {
            tags.extend(more);
            tags.sort();
            tags.dedup();
        }
        self
    }

    /// And on whatever happened from one day number to another, both included.
    #[must_use]
    pub fn and_days(mut self, range: RangeInclusive<i64>) -> Inputs {
        if let Inputs::These { days, .. } = &mut self {
            days.push(range);
        }
        self
    }
}

/// What is no longer as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    everything: bool,
    tags: HashSet<Tag>,
    /// Day numbers on which something happened that has changed.
    days: HashSet<i64>,
}

impl Change {
    /// Anything may be another than before.
    #[must_use]
    pub fn everything() -> Change {
        Change {
            everything: true,
            ..Change::default()
        }
    }

    /// Adds a tag.
    pub fn tag(&mut self, tag: Tag) {
        self.tags.insert(tag);
    }

    /// Adds a day number on which something happened that is new, gone or
    /// another.
    pub fn day(&mut self, day: i64) {
        self.days.insert(day);
    }

    /// Whether it names nothing.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        !self.everything && self.tags.is_empty() && self.days.is_empty()
    }

    /// Whether a page with these inputs is out of date by it.
    #[must_use]
    pub fn touches(&self, inputs: &Inputs) -> bool {
        let Inputs::These { tags, days } = inputs else {
            return true;
        };
        self.everything
            || tags.iter().any(|tag| self.tags.contains(tag))
            || (!days.is_empty()
                && self
                    .days
                    .iter()
                    .any(|day| days.iter().any(|range| range.contains(day))))
    }

    /// As a row of the table has it, a tag or a day number to a line, sorted.
    #[must_use]
    pub(super) fn to_text(&self) -> String {
        if self.everything || self.tags.len() + self.days.len() > MOST_TAGS {
            return "*".to_owned();
        }
        let days = self.days.iter().map(i64::to_string);
        let tags = self.tags.iter().map(|tag| tag.as_str().to_owned());
        let mut lines: Vec<String> = tags.chain(days).collect();
        lines.sort_unstable();
        lines.join("\n")
    }

    /// Reads a row. What cannot be read, because a newer program wrote it, is
    /// kept as a tag that no page has; a newer kind of change says `*`.
    #[must_use]
    pub(super) fn from_text(text: &str) -> Change {
        let mut change = Change::default();
        for line in text.lines() {
            match (line, line.parse()) {
                ("*", _) => change.everything = true,
                (_, Ok(day)) => change.day(day),
                _ => change.tag(Tag(line.to_owned())),
            }
        }
        change
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_touches_what_depends_on_one_of_its_tags_or_days() {
        let mut change = Change::default();
        assert!(change.is_nothing());
        change.tag(Tag::new("article", "vasa"));
        change.day(2_433_651);
        let seoul = Inputs::of([Tag::new("article", "seoul")]);
        assert!(change.touches(&Inputs::of([Tag::new("article", "vasa")])));
        assert!(!change.touches(&seoul));
        assert!(change.touches(&seoul.clone().and_days(2_433_651..=2_433_700)));
        assert!(!change.touches(&seoul.clone().and_days(2_433_652..=2_433_700)));
        assert!(change.touches(&Inputs::Everything));
        assert!(!change.touches(&Inputs::nothing()));
        assert!(Change::everything().touches(&Inputs::nothing()));
    }

    #[test]
    fn a_change_comes_back_from_the_table_as_it_went_in() {
        let mut change = Change::default();
        for name in ["day:01-04", "article:vasa", "entry:people/x"] {
            change.tag(Tag(name.to_owned()));
        }
        change.day(-17);
        assert_eq!(Change::from_text(&change.to_text()), change);
        assert_eq!(
            Change::from_text(&Change::everything().to_text()),
            Change::everything()
        );
        for day in 0..5_000 {
            change.day(day);
        }
        assert_eq!(change.to_text(), "*");
    }
}
