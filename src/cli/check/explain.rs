//! `daybook check --explain`: what a code means.

use std::process::ExitCode;

use anyhow::bail;

use super::output;
use crate::check::Lint;

/// Prints what `docs/lints.md` says of a code, or for an empty one the list of
/// all codes with their titles.
///
/// # Errors
/// There is no such code.
pub(in crate::cli) fn explain(wanted: &str) -> anyhow::Result<ExitCode> {
    let code = wanted.trim();
    if code.is_empty() {
        output::lines(Lint::all().iter().map(|lint| {
            let severity = lint.severity.to_string();
            format!("{}  {severity:7}  {}", lint.code, lint.title)
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(lint) = Lint::find(&code.to_ascii_uppercase()) else {
        bail!("{}", unknown(code));
    };
    let silencing = if lint.allowable {
        "may be silenced with `allow`"
    } else {
        "cannot be silenced"
    };
    output::lines([format!(
        "{}: {}\n{}; {silencing}\n\n{}",
        lint.code, lint.title, lint.severity, lint.text
    )])?;
    Ok(ExitCode::SUCCESS)
}

/// A sentence about a code that does not exist, with the nearest that does.
pub(in crate::cli) fn unknown(code: &str) -> String {
    let hint = Lint::nearest(code)
        .map(|lint| format!("; did you mean {}?", lint.code))
        .unwrap_or_default();
    format!("there is no code `{code}`{hint} (`daybook check --explain` lists all)")
}
