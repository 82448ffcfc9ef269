//! What readers see, kept in memory, and how it is told that it has changed.
//!
//! An answer to a GET that all readers may see is rendered once and kept,
//! compressed ([`PageCache`]). Each import and each step of a case writes a row
//! of the table `changes` in its own transaction ([`Change`]), with the [`Tag`]s
//! of what is no longer as it was; the [`Follower`] of each instance reads the
//! new rows and drops the pages that depend on one of them ([`Inputs`]). What a
//! page depends on is said by whoever makes it; a page of which nothing is said
//! depends on everything, and on the day.
//!
//! The [`Door`] stands in front of the application. What is kept never gets
//! further: no routing, no thread of the database, no lock. What is not, the
//! [`Keeper`] keeps on its way out.
//!
//! Tables: changes.

mod cache;
mod change;
mod door;
mod flights;
mod follower;
mod keeper;
mod kept;
mod polish;
mod queries;
#[cfg(test)]
mod tests;

pub use cache::{CacheStats, PageCache};
pub use change::{Change, Inputs, Tag};
pub use door::{Door, Fronted};
pub use follower::{Due, Follower, Reader};
pub use keeper::{Keeper, Recall, depends_on};
pub use queries::{append, newest};
