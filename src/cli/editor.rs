//! `daybook editor`: who may enter the desk.

use std::process::ExitCode;

use serde_json::json;

use super::output;
use super::{EditorArgs, EditorCommand, EditorRole, Format};
use crate::config::Config;
use crate::desk::{Role, command};

/// Does what was asked for and says so.
pub(super) fn run(config: &Config, args: EditorArgs) -> anyhow::Result<ExitCode> {
    match args.command {
        EditorCommand::Add { email, name, role } => {
            let role = match role {
                EditorRole::Editor => Role::Editor,
                EditorRole::Admin => Role::Admin,
            };
            invitation(&command::add(config, &email, &name, role)?)?;
        }
        EditorCommand::Invite { email } => invitation(&command::invite(config, &email)?)?,
        EditorCommand::Disable { email } => {
            command::set_disabled(config, &email, true)?;
            output::lines([format!("{email} is disabled, and signed out everywhere.")])?;
        }
        EditorCommand::Enable { email } => {
            command::set_disabled(config, &email, false)?;
            output::lines([format!("{email} may sign in again.")])?;
        }
        EditorCommand::List(args) => {
            let editors = command::list(config)?;
            match args.format {
                Format::Json => output::json(&json!({ "editors": editors }))?,
                Format::Text if editors.is_empty() => output::lines(["No editors."])?,
                Format::Text => output::lines(&editors)?,
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn invitation(url: &str) -> anyhow::Result<()> {
    output::lines([
        "This link can be used once, within 48 hours; it was queued as a mail too:",
        url,
    ])
}
