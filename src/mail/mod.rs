//! Mail: written to the outbox in the transaction of its cause, sent by a loop
//! beside the server.
//!
//! Tables: outbox. A feature writes the words of its mails itself, from its own
//! templates (HTML ones extend `mail/layout.html`, text ones end in
//! `mail/_signature.txt`), and hands over a [`Message`]. A [`Postman`] takes one
//! message after the other to the mail server, or to a folder where none is
//! set. What it cannot know, it does not try again: an end that is unclear is
//! marked *unknown*, and only an editor sends such a message once more.

mod letter;
mod message;
mod postman;
mod queries;
mod transport;
mod wrap;

pub use message::{Address, Kind, Letterhead, Message};
pub use postman::{Pass, Postman, Rounds};
pub use queries::{Troubled, forget, queue, send_again, sweep, troubled, undecided, waiting};
pub use transport::{Patience, Smtp};
