//! Dates in words against the dates that the front matter declares.
//!
//! The bug that this project began with: an article filed under January 7
//! whose text says January 4. Every date that the text states is read
//! (`crate::dates::reading::read`) and held against the declared ones, the calendar,
//! the weekday, the lives in the registry and the other dates of the text.

mod calendars;
mod dating;
mod deeds;
mod filing;
mod reckoning;
mod repeats;
mod statement;
mod weekdays;

use super::Subject;
use crate::content::Diagnostic;
use dating::Dating;

/// Adds what is wrong to `found`.
pub(super) fn lint(subject: &Subject, found: &mut Vec<Diagnostic>) {
    let dating = Dating::of(subject);
    filing::folder(&dating, found);
    filing::stated_but_not_declared(&dating, found);
    statement::declared_but_not_stated(&dating, found);
    calendars::lint(&dating, found);
    weekdays::lint(&dating, found);
    reckoning::ages_of_people(&dating, found);
    reckoning::years_apart(&dating, found);
    repeats::lint(&dating, found);
}
