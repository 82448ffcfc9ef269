//! Prints the results of commands on standard output.

use std::fmt::Display;
use std::io::{self, Write};

use anstream::AutoStream;
use anyhow::Context;
use serde::Serialize;

use crate::content::printable;

/// Whoever read standard output has stopped, as `head` does. That is their
/// right and no failure of ours.
#[derive(Debug, thiserror::Error)]
#[error("standard output was closed")]
pub(super) struct OutputClosed;

/// Prints lines for people. Control characters, which may come from readers
/// and could steer the terminal, are shown as `\u{FFFD}`, and so are others
/// that nobody sees.
pub(super) fn lines<T: Display>(items: impl IntoIterator<Item = T>) -> anyhow::Result<()> {
    let mut text = String::new();
    for item in items {
        text.extend(item.to_string().chars().map(printable));
        text.push('\n');
    }
    bytes(text.as_bytes())
}

/// Prints text in which colours of ours are marked as for a terminal. They are
/// left out where standard output is none, with `NO_COLOR`, and on a terminal
/// that has none; `CLICOLOR_FORCE` keeps them.
pub(super) fn coloured(text: &str) -> anyhow::Result<()> {
    let mut out = AutoStream::auto(io::stdout().lock());
    outcome(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Prints one JSON value, indented. Characters that a terminal must not get
/// stand as `\u…` in it, which means the same to a program.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> anyhow::Result<()> {
    let plain = serde_json::to_string_pretty(value)?;
    let mut text = String::with_capacity(plain.len() + 1);
    // Outside its strings JSON has none of these characters.
    for character in plain.chars() {
        if printable(character) == character {
            text.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text.push('\n');
    bytes(text.as_bytes())
}

/// Prints bytes as they are.
pub(super) fn bytes(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    outcome(out.write_all(bytes).and_then(|()| out.flush()))
}

fn outcome(written: io::Result<()>) -> anyhow::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(OutputClosed.into()),
        written => written.context("standard output cannot be written to"),
    }
}
