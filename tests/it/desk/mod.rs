//! The desk: who may enter, what editors see, and what becomes of what they do.

mod accounts;
mod cases;
mod door;
mod filed;
mod guesses;
mod inbox;
mod mails;
mod rows;
mod settling;
mod troubles;
