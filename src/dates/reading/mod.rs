//! Reading dates out of English words: those that this site prints, and those
//! that its editors write.
//!
//! [`HistoricalDate::from_words`](super::HistoricalDate::from_words) reads one
//! date that stands alone; [`read`] finds every date in a running text, and what
//! follows from dates. Both cut a text into tokens once and look at a bounded
//! stretch around each, so they take time in proportion to its length, whatever
//! it holds.

mod ages;
mod bare;
mod beside;
mod counts;
mod draft;
mod grammar;
mod intervals;
mod lexicon;
mod links;
mod mention;
mod ordinals;
mod parts;
mod sides;
#[cfg(test)]
mod tests;
mod tokens;
mod written;
mod years;

pub use ages::AgeClaim;
pub use intervals::{Direction, YearsApart};
pub use mention::{Mention, PartOfYear, Span, Stated};

/// What a running English text says of time, each in the order of the text.
///
/// The text may be plain or Markdown. Dates may be split by a line end but not
/// by an empty line. Addresses, `[^notes]`, the slugs of wikilinks, link
/// targets and HTML tags are not read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statements {
    /// Every date, none inside another.
    pub mentions: Vec<Mention>,
    /// Every age of a person.
    pub ages: Vec<AgeClaim>,
    /// Every number of years between two events.
    pub intervals: Vec<YearsApart>,
}

/// Reads all that a text says of time.
#[must_use]
pub fn read(text: &str) -> Statements {
    let text = tokens::Text::new(text);
    Statements {
        mentions: mention::mentions(&text),
        ages: ages::ages(&text),
        intervals: intervals::intervals_of_years(&text),
    }
}
