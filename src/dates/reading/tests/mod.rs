//! The readers, tried on tables of phrases and on thousands of made-up texts.

mod counted;
mod false_friends;
mod longer_phrases;
mod phrases;
mod properties;
mod single_dates;
