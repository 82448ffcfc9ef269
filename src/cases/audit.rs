//! The audit: one line for each change of state, each sealing the one before,
//! so that a line which was changed, taken out or put in later is found.
//!
//! The seal is a SHA-256 over the seal before and the fields of the line, each
//! with its length. Who can write to the database could reckon all of it anew;
//! against that helps only to note the newest seal elsewhere, as
//! `daybook audit verify` prints it, and to ask later whether it is still part
//! of the chain.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

pub use super::queries::audit::{append, verify};

/// What goes into a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// When, in epoch milliseconds.
    pub at: i64,
    /// Who: the words of [`Actor`](super::Actor).
    pub actor: &'a str,
    /// The id of what changed: of a case, a report, an editor.
    pub subject: &'a str,
    /// The state before; empty where it begins.
    pub from: &'a str,
    /// The state after.
    pub to: &'a str,
    /// Why, in words that may become public: nobody's address, nothing that a
    /// reader wrote.
    pub why: &'a str,
}

/// What [`verify`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every line is as it was written.
    Whole {
        /// How many there are.
        lines: i64,
        /// The newest seal; empty where there is no line.
        head: String,
        /// Whether the seal that was asked for is among them; true where none
        /// was asked for.
        holds_asked: bool,
    },
    /// The chain breaks at this line, or before it.
    Broken {
        /// The number that the line has, or should have.
        line: i64,
        /// What is wrong, in a sentence.
        what: &'static str,
    },
}

/// The seal of a line, hexadecimal; `before` is that of the line before, empty
/// for the first.
pub(super) fn seal(before: &str, number: i64, entry: Entry<'_>) -> String {
    let mut hash = Sha256::new();
    hash.update(b"daybook audit 1\0");
    let (number, at) = (number.to_string(), entry.at.to_string());
    for part in [
        before,
        &number,
        &at,
        entry.actor,
        entry.subject,
        entry.from,
        entry.to,
        entry.why,
    ] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    HEXLOWER.encode(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_under_the_seal() {
        let entry = Entry {
            at: 1,
            actor: "a",
            subject: "b",
            from: "c",
            to: "d",
            why: "e",
        };
        let sealed = seal("", 1, entry);
        for changed in [
            seal("x", 1, entry),
            seal("", 2, entry),
            seal("", 1, Entry { at: 2, ..entry }),
            seal(
                "",
                1,
                Entry {
                    actor: "x",
                    ..entry
                },
            ),
            seal(
                "",
                1,
                Entry {
                    subject: "x",
                    ..entry
                },
            ),
            seal("", 1, Entry { from: "x", ..entry }),
            seal("", 1, Entry { to: "x", ..entry }),
            seal("", 1, Entry { why: "x", ..entry }),
            // The border between two fields counts.
            seal(
                "",
                1,
                Entry {
                    from: "cd",
                    to: "",
                    ..entry
                },
            ),
        ] {
            assert_ne!(sealed, changed);
        }
    }
}
