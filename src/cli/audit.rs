//! `daybook audit verify`: whether the record of changes is whole.

use std::process::ExitCode;

use serde_json::json;

use super::args::{AuditVerifyArgs, Format};
use super::{code, output, prepared_database};
use crate::cases::audit::{Verdict, verify as verify_chain};
use crate::config::Config;

/// Reads every line of the audit, and says whether one was changed, taken out
/// or put in. Exits with 1 if so, or if the seal that was asked for is not
/// among them.
pub(super) fn verify(config: &Config, args: &AuditVerifyArgs) -> anyhow::Result<ExitCode> {
    let mut conn = prepared_database(config)?.connect()?;
    let asked = args.head.as_deref().map(str::to_ascii_lowercase);
    let verdict = conn.snapshot(|conn| verify_chain(conn, asked.as_deref()))?;
    let is_good = matches!(
        verdict,
        Verdict::Whole {
            holds_asked: true,
            ..
        }
    );
    match args.output.format {
        Format::Json => output::json(&match &verdict {
            Verdict::Whole {
                lines,
                head,
                holds_asked,
            } => {
                json!({ "whole": is_good, "lines": lines, "head": head, "holds_asked": holds_asked })
            }
            Verdict::Broken { line, what } => {
                json!({ "whole": false, "line": line, "what": what })
            }
        })?,
        Format::Text => output::lines([sentence(&verdict)])?,
    }
    Ok(code(!is_good))
}

fn sentence(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Whole { lines: 0, .. } => "The audit has no line yet.".to_owned(),
        Verdict::Whole {
            lines,
            head,
            holds_asked: true,
        } => {
            let word = if *lines == 1 { "line" } else { "lines" };
            format!("The audit is whole: {lines} {word}, the newest seal is {head}")
        }
        Verdict::Whole { lines, .. } => format!(
            "The {lines} lines of the audit fit together, but the seal that you noted is not among \
             them: the audit was cut off or made anew since"
        ),
        Verdict::Broken { line, what } => format!(
            "The audit is broken at line {line}: {what}. Compare it with a backup; what follows \
             that line proves nothing"
        ),
    }
}
