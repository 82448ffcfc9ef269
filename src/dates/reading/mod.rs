//! Reading dates out of English words: those that this site prints, and those
//! that its editors write.
//!
//! [`HistoricalDate::from_words`](super::HistoricalDate::from_words) reads one
//! date that stands alone; [`mentions`] finds every date in a running text, and
//! [`ages`] and [`intervals_of_years`] find what follows from dates. All of them
//! cut a text into tokens once and look at a bounded stretch around each, so
//! they take time in proportion to its length, whatever it holds.

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

pub use ages::{AgeClaim, ages};
pub use intervals::{Direction, YearsApart, intervals_of_years};
pub use mention::{Mention, PartOfYear, Span, Stated, mentions};
