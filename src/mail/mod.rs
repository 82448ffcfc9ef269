//! Mail: written to the outbox in the transaction of its cause, sent by a loop
//! beside the server.
//!
//! Tables: outbox. A feature writes the words of its mails itself, from its own
//! templates, and hands over a [`Message`].

mod message;
mod queries;

pub use message::{Address, Kind, Letterhead, Message};
pub use queries::queue;
