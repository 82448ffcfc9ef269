//! `daybook check`: looks for mistakes, prints them, and says by its exit code
//! whether they are to be mended.

mod explain;
mod sarif;
mod scope;
mod sources;
mod text;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde_json::json;

use super::{CheckArgs, CheckFormat, Denial, code, output};
use crate::config::Config;
use crate::content::Diagnostic;
use crate::ingest;
use scope::{Looked, Scope};
use sources::Sources;

pub(super) use explain::{explain, unknown};
pub(super) use scope::prefix;

/// Looks through the content folder and prints what is wrong in it, or in the
/// named files and folders of it. The whole folder is always read, because
/// files say things about each other.
///
/// # Errors
/// The folder cannot be read, or a named path does not exist or does not lie
/// in a content folder.
pub(super) fn run(config: &Config, args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    let scope = Scope::of(config, &args.paths)?;
    let mut findings = ingest::examine(&scope.root)?;
    findings.retain(|one| scope.contains(&one.file));
    let denied = |one: &&Diagnostic| !one.is_error() && args.deny.iter().any(|it| it.covers(one));
    let summary = Summary {
        errors: findings.iter().filter(|one| one.is_error()).count(),
        warnings: findings.iter().filter(|one| !one.is_error()).count(),
        denied: findings.iter().filter(denied).count(),
        looked: scope.count()?,
        took: started.elapsed(),
    };
    let mut sources = Sources::below(&scope.root);
    match args.format {
        CheckFormat::Text => {
            output::coloured(&text::all(&findings, &mut sources, &scope.prefix))?;
            output::lines([summary.sentence()])?;
        }
        CheckFormat::Short => {
            output::lines(in_short(&findings, &scope.prefix))?;
            output::lines([summary.sentence()])?;
        }
        CheckFormat::Json => output::json(&json!({
            "findings": findings,
            "errors": summary.errors,
            "warnings": summary.warnings,
            "denied": summary.denied,
            "articles": summary.looked.articles,
            "files": summary.looked.articles + summary.looked.others,
            "seconds": summary.took.as_secs_f64(),
        }))?,
        CheckFormat::Sarif => output::json(&sarif::log(&findings, &mut sources, &scope.root))?,
    }
    Ok(code(summary.errors + summary.denied > 0))
}

/// One line for each finding, with the path by which its file can be opened.
pub(super) fn in_short(findings: &[Diagnostic], prefix: &str) -> impl Iterator<Item = Diagnostic> {
    findings.iter().map(move |one| {
        let file = format!("{prefix}{}", one.file);
        one.clone().in_file(&file)
    })
}

struct Summary {
    errors: usize,
    warnings: usize,
    /// Warnings for which the run fails.
    denied: usize,
    looked: Looked,
    took: Duration,
}

impl Summary {
    fn sentence(&self) -> String {
        let Summary {
            errors,
            warnings,
            denied,
            looked: Looked { articles, others },
            took,
        } = self;
        let counted = |number: usize, what: &str| match number {
            1 => format!("1 {what}"),
            number => format!("{number} {what}s"),
        };
        let found = match (errors, warnings, denied) {
            (0, 0, _) => "No mistakes found".to_owned(),
            (_, _, 0) => format!("errors: {errors}, warnings: {warnings}"),
            _ => format!("errors: {errors}, warnings: {warnings} (denied: {denied})"),
        };
        format!(
            "{found} in {} and {} ({:.2} s)",
            counted(*articles, "article"),
            counted(*others, "other file"),
            took.as_secs_f64()
        )
    }
}

impl Denial {
    fn covers(&self, finding: &Diagnostic) -> bool {
        match self {
            Denial::Warnings => true,
            Denial::Code(code) => finding.code == *code,
        }
    }
}
