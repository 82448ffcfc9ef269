//! Prints the results of commands on standard output.

use std::fmt::Display;
use std::io::{self, Write};

use anyhow::Context;
use serde::Serialize;

/// Whoever read standard output has stopped, as `head` does. That is their
/// right and no failure of ours.
#[derive(Debug, thiserror::Error)]
#[error("standard output was closed")]
pub(super) struct OutputClosed;

/// Prints lines for people. Control characters, which may come from readers
/// and could steer the terminal, are shown as `\u{FFFD}`.
pub(super) fn lines<T: Display>(items: impl IntoIterator<Item = T>) -> anyhow::Result<()> {
    let mut text = String::new();
    for item in items {
        text.extend(item.to_string().chars().map(|c| match c {
            '\n' | '\t' => c,
            c if c.is_control() => '\u{FFFD}',
            c => c,
        }));
        text.push('\n');
    }
    bytes(text.as_bytes())
}

/// Prints one JSON value, indented.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> anyhow::Result<()> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    bytes(&text)
}

/// Prints bytes as they are.
pub(super) fn bytes(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(OutputClosed.into()),
        outcome => outcome.context("standard output cannot be written to"),
    }
}
