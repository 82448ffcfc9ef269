//! The readers, tried on tables of phrases and on thousands of made-up texts.

use super::{AgeClaim, Mention, YearsApart, read};

mod counted;
mod false_friends;
mod longer_phrases;
mod phrases;
mod properties;
mod single_dates;

fn mentions(text: &str) -> Vec<Mention> {
    read(text).mentions
}

fn ages(text: &str) -> Vec<AgeClaim> {
    read(text).ages
}

fn intervals_of_years(text: &str) -> Vec<YearsApart> {
    read(text).intervals
}
