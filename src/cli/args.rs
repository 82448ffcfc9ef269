//! The command line, as clap reads it and `--help` prints it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::export::ExportArgs;
use crate::check::Lint;
use crate::config::SETTINGS;

/// A history site that can be trusted: what happened on this day, with
/// sources, and with a public answer to every error report.
///
/// Without a command, Daybook imports what changed in the content folder and
/// serves the site.
#[derive(Debug, Parser)]
#[command(
    name = "daybook",
    version,
    after_help = EXAMPLES,
    after_long_help = long_help(),
    max_term_width = 100,
)]
pub struct Cli {
    /// What to do; without it, `serve`.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// The flags of `serve`, for when no command is named.
    #[command(flatten, next_help_heading = "Options of serve")]
    pub serve: ServeArgs,

    /// The flags that every command takes.
    #[command(flatten)]
    pub common: CommonArgs,
}

/// Flags that every command takes.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Settings")]
pub struct CommonArgs {
    /// Read settings from this file instead of daybook.toml in the current folder
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// The folder of Markdown files [default: content]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub content: Option<String>,

    /// The folder for all that this instance writes [default: data]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub data: Option<String>,

    /// sqlite:PATH or postgres://… [default: sqlite: in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,

    /// No progress, and in the log only what should not happen
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// Flags of `serve`.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct ServeArgs {
    /// Show drafts, and articles that are published in the future
    #[arg(long)]
    pub drafts: bool,

    /// Listen here [default: 127.0.0.1:8080]
    #[arg(long, value_name = "HOST:PORT")]
    pub listen: Option<String>,

    /// Do not watch the content folder for changes
    #[arg(long)]
    pub no_watch: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Import what changed, then serve the site (the default)
    Serve(ServeArgs),

    /// Import the content folder into the database
    ///
    /// Broken files are reported as file:line:column and leave the last good
    /// version on the site; all others go in. Exits with 1 if there was one.
    Ingest(IngestArgs),

    /// Look for mistakes in the content folder, or in single files of it
    ///
    /// Nothing is written. Each finding shows the line, what is meant in it,
    /// what that rests on and how to mend it; `--explain CODE` tells more.
    #[command(after_help = CHECK_HELP)]
    Check(CheckArgs),

    /// Begin an article: write a commented file at the right place
    New(NewArgs),

    /// List the error reports of readers, or show one
    Reports(ReportsArgs),

    /// Look whether the record of changes is whole
    #[command(subcommand)]
    Audit(AuditCommand),

    /// Say who may enter the desk
    Editor(EditorArgs),

    /// Tell what is kept about an e-mail address, or erase it
    #[command(subcommand)]
    Privacy(PrivacyCommand),

    /// Print everything that is public, one JSON value on a line
    Export(ExportArgs),

    /// Bring the tables of the database up to date
    ///
    /// `serve` and `ingest` do this by themselves.
    Migrate,

    /// Print the settings that are in force and where each comes from
    ///
    /// Secrets are hidden.
    Config(FormatArgs),

    /// Print completions for a shell
    Completions {
        /// Which shell.
        shell: Shell,
    },
}

/// Flags of `ingest`.
#[derive(Args, Clone, Debug)]
pub struct IngestArgs {
    /// Read every file, also those whose size and time did not change
    #[arg(long)]
    pub full: bool,

    /// How to print what was done.
    #[command(flatten)]
    pub output: FormatArgs,
}

/// Arguments of `check`.
#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    /// A content folder, or files in one; without any, the content folder
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// How to print what was found
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,

    /// Fail also on these: `warnings` for all of them, or a code such as C002; may be repeated
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = denial)]
    pub deny: Vec<Denial>,

    /// Tell what a code means and how to mend it; without CODE, list all codes
    #[arg(
        long,
        value_name = "CODE",
        num_args = 0..=1,
        default_missing_value = "",
        conflicts_with_all = ["paths", "format", "deny"],
    )]
    pub explain: Option<String>,
}

/// How `check` prints what it found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people: the lines of the files, with what is meant underlined.
    #[default]
    Text,
    /// One line each, for editors: `file:line:column: severity CODE: sentence`.
    Short,
    /// One JSON value, with all findings and their number.
    Json,
    /// SARIF 2.1.0, for code hosts and editors.
    Sarif,
}

/// Warnings for which `check` fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denial {
    /// All of them.
    Warnings,
    /// Those of one lint, by its code.
    Code(String),
}

fn denial(text: &str) -> Result<Denial, String> {
    if text == "warnings" {
        return Ok(Denial::Warnings);
    }
    match Lint::find(text) {
        Some(lint) => Ok(Denial::Code(lint.code.to_owned())),
        None => Err(super::check::unknown(text)),
    }
}

/// Arguments of `new`.
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Example: daybook new \"The Battle of Hastings\" --date 1066-10-14 --calendar julian"
)]
pub struct NewArgs {
    /// The title; the name of the file is made from it
    pub title: String,

    /// When it happened, in EDTF: 1951-01-04, 0212, 1324-07, -0043-03-15 (44 BCE), 1883-08-26/1883-08-27
    #[arg(long, value_name = "EDTF", allow_hyphen_values = true)]
    pub date: String,

    /// The calendar of that date
    #[arg(long, value_enum, default_value_t)]
    pub calendar: CalendarName,
}

/// Arguments of `reports`.
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ReportsArgs {
    /// What to do; without it, `list`.
    #[command(subcommand)]
    pub command: Option<ReportsCommand>,

    /// The flags of `list`, for when it is not named.
    #[command(flatten)]
    pub list: ReportsListArgs,
}

/// The commands of `reports`.
#[derive(Clone, Debug, Subcommand)]
pub enum ReportsCommand {
    /// List the reports, newest first (the default)
    List(ReportsListArgs),
    /// Show one report in full
    Show {
        /// The id that the list gives it.
        id: String,
        /// How to print it.
        #[command(flatten)]
        output: FormatArgs,
    },
}

/// The commands of `privacy`.
#[derive(Clone, Debug, Subcommand)]
pub enum PrivacyCommand {
    /// Print all that is kept about an address
    Export(PrivacyArgs),
    /// Take an address out of all reports and mails
    ///
    /// What was reported stays, without its sender. The account of an editor
    /// stays too.
    Erase(PrivacyArgs),
}

/// Arguments of the commands of `privacy`.
#[derive(Args, Clone, Debug)]
pub struct PrivacyArgs {
    /// The address
    pub email: String,

    /// How to print it; JSON holds everything.
    #[command(flatten)]
    pub output: FormatArgs,
}

/// Flags of `reports list`.
#[derive(Args, Clone, Debug)]
pub struct ReportsListArgs {
    /// Only reports in this state [default: all]
    #[arg(long, value_enum)]
    pub state: Option<ReportState>,

    /// How to print them.
    #[command(flatten)]
    pub output: FormatArgs,
}

/// The commands of `audit`.
#[derive(Clone, Debug, Subcommand)]
pub enum AuditCommand {
    /// Read every line of the audit and check the seals
    ///
    /// Each change of a case, a report or an editor is a line, and each line
    /// seals the one before. Note the newest seal somewhere else: with --head
    /// it proves later that nothing was cut off or made anew. Exits with 1 if
    /// the audit is not whole.
    Verify(AuditVerifyArgs),
}

/// Flags of `audit verify`.
#[derive(Args, Clone, Debug)]
pub struct AuditVerifyArgs {
    /// A seal that was noted earlier, and must still be part of the audit
    #[arg(long, value_name = "SEAL")]
    pub head: Option<String>,

    /// How to print what was found.
    #[command(flatten)]
    pub output: FormatArgs,
}

/// The flag that commands with output take.
#[derive(Args, Clone, Copy, Debug)]
pub struct FormatArgs {
    /// Text for people or JSON for programs
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// How output is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON value.
    Json,
}

/// The calendars by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CalendarName {
    /// Today's calendar, also before its introduction in 1582.
    #[default]
    Gregorian,
    /// The calendar before the reform, as sources of the time count.
    Julian,
}

/// Arguments of `editor`.
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Example: daybook editor add ada@example.org --name \"Ada Lovelace\" --role admin"
)]
pub struct EditorArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: EditorCommand,
}

/// What `editor` does.
#[derive(Clone, Debug, Subcommand)]
pub enum EditorCommand {
    /// Add an editor, print the link of the invitation, and send it by mail
    ///
    /// The link can be used once, within 48 hours: to choose a password and to
    /// set up an authenticator.
    Add {
        /// The address that signs in and gets mail
        email: String,
        /// The name that other editors see
        #[arg(long)]
        name: String,
        /// What the editor may do
        #[arg(long, value_enum, default_value_t)]
        role: EditorRole,
    },

    /// List all editors
    List(FormatArgs),

    /// Keep an editor out from this moment on
    Disable {
        /// The address of the account
        email: String,
    },

    /// Let an editor in again
    Enable {
        /// The address of the account
        email: String,
    },

    /// Print and send a new invitation: another password, another authenticator
    Invite {
        /// The address of the account
        email: String,
    },
}

/// The roles of editors by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum EditorRole {
    /// Settles cases.
    #[default]
    Editor,
    /// Settles cases, and decides who else may.
    Admin,
}

/// The states of a report by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportState {
    /// Waiting to be looked at.
    Received,
    /// Caught by a rule against spam.
    Spam,
}

impl ReportState {
    /// The word that the database holds.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ReportState::Received => "received",
            ReportState::Spam => "spam",
        }
    }
}

const CHECK_HELP: &str = "\
Examples:
  daybook check --deny warnings               fail on warnings too
  daybook check --deny C002 content/articles  fail on errors, and where there is no source
  daybook check --format short                file:line:column: severity CODE: sentence
  daybook check --explain D002                what D002 means and how to mend it

Exit codes:
  0  no mistakes, or only warnings that are not denied
  1  errors, or warnings that are denied; or it could not be done
  2  the command line itself is wrong";

const EXAMPLES: &str = "\
Examples:
  daybook                                   serve ./content on http://127.0.0.1:8080
  daybook --drafts --listen 0.0.0.0:80      serve on every address, drafts included
  daybook check content/articles/01         look for mistakes
  daybook check --explain D001              what a code means
  daybook new \"Seoul falls\" --date 1951-01-04
  daybook reports show R-7K3Q2M
  daybook editor add ada@example.org --name \"Ada Lovelace\" --role admin
  daybook config                            what is in force, and why

Exit codes:
  0  done
  1  it could not be done, or mistakes were found; the reason is on standard error
  2  the command line itself is wrong";

fn long_help() -> String {
    let mut help = format!(
        "{EXAMPLES}\n\nEnvironment and daybook.toml:\n  A flag wins over an environment variable, that over daybook.toml, that over the default.\n  The keys of daybook.toml are given in brackets.\n"
    );
    for setting in SETTINGS {
        let (variable, key, meaning) = (setting.variable, setting.key, setting.meaning);
        help.push_str(&format!("\n  {variable} [{key}]\n          {meaning}"));
    }
    help.push_str(
        "\n  DAYBOOK_LOG\n          what is logged: error, warn, info, debug, trace, or info,daybook::ingest=debug",
    );
    help
}
