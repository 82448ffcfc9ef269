//! People and places: lives, coordinates, names that nobody knows.

mod coordinates;
mod countries;
mod lives;
mod misspelt;
mod near;

use super::Subject;
use crate::content::{Diagnostic, Place};

pub(super) use coordinates::of_entry;
pub(super) use lives::room;
pub(super) use near::{Near, NearNames};

/// Adds what is wrong to `found`.
pub(super) fn lint(subject: &Subject, found: &mut Vec<Diagnostic>) {
    misspelt::lint(subject, found);
    lives::lint(subject, found);
    coordinates::lint(subject, found);
}

/// The head of an entry's file, where its names and dates stand.
pub(super) fn head_of(path: &str) -> Place {
    Place {
        file: path.to_owned(),
        line: 1,
        column: 1,
        width: 0,
    }
}
