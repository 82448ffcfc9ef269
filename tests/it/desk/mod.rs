//! The desk: who may enter, and who may not.

mod accounts;
mod door;
mod guesses;
mod mails;
mod rows;
