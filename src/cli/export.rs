//! `daybook export`: everything that is public, one JSON value on a line.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;

use super::{output, prepared_database};
use crate::app;
use crate::articles::queries::edition;
use crate::config::Config;

/// Flags of `export`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "Example: daybook export --output daybook.ndjson")]
pub struct ExportArgs {
    /// Write to this file instead of standard output
    ///
    /// The file appears when it is whole.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Writes what `/api/v1/export.ndjson` of the same site answers, without a
/// server.
pub(super) fn run(config: &Config, args: &ExportArgs) -> anyhow::Result<ExitCode> {
    let mut conn = prepared_database(config)?.connect()?;
    if conn.snapshot(edition)? == 0 {
        bail!("there is nothing to export yet; `daybook ingest` reads the content folder");
    }
    let mut export = app::export(config);
    let mut next = || conn.snapshot(|conn| export.next(conn));
    let Some(path) = &args.output else {
        while let Some(lines) = next()? {
            output::bytes(&lines)?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let cannot = || format!("{} cannot be written", path.display());
    let mut beside = path.clone().into_os_string();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let mut file = File::create(&beside).with_context(cannot)?;
    while let Some(lines) = next()? {
        file.write_all(&lines).with_context(cannot)?;
    }
    file.sync_all().with_context(cannot)?;
    std::fs::rename(&beside, path).with_context(cannot)?;
    Ok(ExitCode::SUCCESS)
}
