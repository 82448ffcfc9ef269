//! Runs one command: reads the settings, starts the log, calls the part of the
//! library that does the work, and says in one sentence what went wrong.

mod args;
mod audit;
mod check;
mod editor;
mod export;
mod new;
mod output;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use clap::CommandFactory;
use clap::error::ErrorKind;
use serde_json::json;

pub use args::{
    AuditCommand, AuditVerifyArgs, CalendarName, CheckArgs, CheckFormat, Cli, Command, CommonArgs,
    Denial, EditorArgs, EditorCommand, EditorRole, Format, FormatArgs, IngestArgs, NewArgs,
    PrivacyArgs, PrivacyCommand, ReportState, ReportsArgs, ReportsCommand, ReportsListArgs,
    ServeArgs,
};

pub use export::ExportArgs;

use crate::config::{self, Config, ConfigProblem, Overrides};
use crate::content::Diagnostic;
use crate::logging::{self, Volume};
use crate::mail::Letterhead;
use crate::{app, db, ingest, reports};
use output::OutputClosed;

/// Runs the command that the command line names. Failures are printed on
/// standard error as `daybook: …`; the exit codes are those of `--help`.
#[must_use]
pub fn run(cli: Cli) -> ExitCode {
    let Cli {
        command,
        serve,
        common,
    } = cli;
    let command = match command {
        None => Command::Serve(serve),
        // `daybook --drafts serve` is understood as well.
        Some(Command::Serve(args)) => Command::Serve(ServeArgs {
            drafts: serve.drafts || args.drafts,
            listen: args.listen.or(serve.listen),
            no_watch: serve.no_watch || args.no_watch,
        }),
        Some(command) if serve == ServeArgs::default() => command,
        Some(_) => {
            let message = "--drafts, --listen and --no-watch belong to serve";
            let error = Cli::command().error(ErrorKind::ArgumentConflict, message);
            let _ = error.print();
            return ExitCode::from(2);
        }
    };
    match carry_out(command, common) {
        Ok(code) => code,
        Err(error) if error.downcast_ref::<OutputClosed>().is_some() => ExitCode::SUCCESS,
        Err(error) => {
            // If standard error is closed there is nobody to tell.
            let _ = writeln!(io::stderr(), "daybook: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(command: Command, common: CommonArgs) -> anyhow::Result<ExitCode> {
    if let Command::Completions { shell } = command {
        return completions(shell);
    }
    // What a code means depends on no setting, so a wrong one is no hindrance.
    if let Command::Check(CheckArgs {
        explain: Some(code),
        ..
    }) = &command
    {
        return check::explain(code);
    }
    let volume = match command {
        Command::Serve(_) | Command::Ingest(_) | Command::Migrate if !common.quiet => Volume::Info,
        _ => Volume::Warn,
    };
    let _writing = logging::start(volume, environment).map_err(|sentence| anyhow!(sentence))?;
    let listen = match &command {
        Command::Serve(args) => args.listen.clone(),
        _ => None,
    };
    let quiet = common.quiet;
    let config = settings(common, listen)?;
    match command {
        Command::Serve(args) => serve(config, &args),
        Command::Ingest(args) => ingest(&config, &args, quiet),
        Command::Check(args) => check::run(&config, &args),
        Command::New(args) => new_article(&config, &args),
        Command::Reports(args) => reports(&config, args),
        Command::Audit(AuditCommand::Verify(args)) => audit::verify(&config, &args),
        Command::Editor(args) => editor::run(&config, args),
        Command::Privacy(command) => privacy(&config, command),
        Command::Export(args) => export::run(&config, &args),
        Command::Migrate => migrate(&config),
        Command::Config(args) => print_settings(&config, args.format),
        Command::Completions { shell } => completions(shell),
    }
}

fn serve(config: Config, args: &ServeArgs) -> anyhow::Result<ExitCode> {
    let options = app::ServeOptions {
        drafts: args.drafts,
        watch: !args.no_watch,
    };
    actix_web::rt::System::new().block_on(app::serve(config, options))?;
    Ok(ExitCode::SUCCESS)
}

fn ingest(config: &Config, args: &IngestArgs, quiet: bool) -> anyhow::Result<ExitCode> {
    let db = prepared_database(config)?;
    let options = ingest::Options {
        content: config.content.clone(),
        full: args.full,
        letterhead: Letterhead::of(config),
        progress: !quiet && args.output.format == Format::Text,
    };
    let done = ingest::run(&db, &options)?;
    ingest::make_renditions(&db, options.progress, || false)?;
    match args.output.format {
        Format::Json => output::json(&json!({
            "edition": done.edition,
            "is_new": done.is_new,
            "files": done.files,
            "read": done.read,
            "written": done.written,
            "removed": done.removed,
            "held": done.held,
            "seconds": done.took.as_secs_f64(),
            "diagnostics": done.diagnostics,
        }))?,
        Format::Text => {
            let prefix = check::prefix(&config.content);
            output::lines(check::in_short(&done.diagnostics, &prefix))?;
            let errors = done.diagnostics.iter().any(Diagnostic::is_error);
            let more = if errors { " (see daybook check)" } else { "" };
            output::lines([format!("{done}{more}")])?;
        }
    }
    Ok(code(done.held > 0))
}

fn new_article(config: &Config, args: &NewArgs) -> anyhow::Result<ExitCode> {
    let path = new::write(config, args)?;
    output::lines([path.display()])?;
    Ok(ExitCode::SUCCESS)
}

fn reports(config: &Config, args: ReportsArgs) -> anyhow::Result<ExitCode> {
    match args.command.unwrap_or(ReportsCommand::List(args.list)) {
        ReportsCommand::List(args) => {
            let found = reports::list(config, args.state.map(ReportState::as_str))?;
            match args.output.format {
                Format::Json => output::json(&found)?,
                Format::Text if found.is_empty() => output::lines(["No reports."])?,
                Format::Text => output::lines(&found)?,
            }
        }
        ReportsCommand::Show { id, output } => {
            let found = reports::find(config, &id)?.with_context(|| {
                format!("there is no report {id}; `daybook reports` lists them")
            })?;
            match output.format {
                Format::Json => output::json(&found)?,
                Format::Text => output::lines([&found])?,
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn privacy(config: &Config, command: PrivacyCommand) -> anyhow::Result<ExitCode> {
    match command {
        PrivacyCommand::Export(PrivacyArgs { email, output }) => {
            let found = reports::export(config, &email)?;
            match output.format {
                Format::Json => output::json(&found)?,
                Format::Text => output::lines([&found])?,
            }
        }
        PrivacyCommand::Erase(PrivacyArgs { email, output }) => {
            let erased = reports::erase(config, &email)?;
            match output.format {
                Format::Json => output::json(&erased)?,
                Format::Text => output::lines([&erased])?,
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn migrate(config: &Config) -> anyhow::Result<ExitCode> {
    config.prepare_data()?;
    let mut conn = db::Db::open(&config.database_url)?.connect()?;
    let applied = db::migrate::run(&mut conn)?;
    if applied.is_empty() {
        output::lines(["The tables are up to date."])?;
    } else {
        output::lines(applied.iter().map(|name| format!("applied {name}")))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The database with its folder made and its tables up to date.
fn prepared_database(config: &Config) -> anyhow::Result<db::Db> {
    config.prepare_data()?;
    let db = db::Db::open(&config.database_url)?;
    db::migrate::run(&mut db.connect()?)?;
    Ok(db)
}

fn print_settings(config: &Config, format: Format) -> anyhow::Result<ExitCode> {
    let settings = config.settings();
    match format {
        Format::Json => {
            let settings: Vec<_> = settings
                .iter()
                .map(|one| {
                    json!({
                        "key": one.setting.key,
                        "variable": one.setting.variable,
                        "value": one.value,
                        "origin": one.origin.to_string(),
                    })
                })
                .collect();
            output::json(&json!({ "settings": settings }))?;
        }
        Format::Text => {
            let width = |words: &dyn Fn(&config::Resolved) -> usize| {
                settings.iter().map(words).max().unwrap_or(0)
            };
            let value = |one: &config::Resolved| one.value.clone().unwrap_or("–".to_owned());
            let keys = width(&|one| one.setting.key.len());
            let values = width(&|one| value(one).chars().count()).min(50);
            output::lines(settings.iter().map(|one| {
                let (key, value) = (one.setting.key, value(one));
                format!("{key:keys$} = {value:values$}  ({})", one.origin)
            }))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn completions(shell: clap_complete::Shell) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "daybook", &mut script);
    output::bytes(&script)?;
    Ok(ExitCode::SUCCESS)
}

/// Settles the settings; all that is wrong becomes one error of several lines.
fn settings(common: CommonArgs, listen: Option<String>) -> anyhow::Result<Config> {
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    for (name, meant) in config::misspelt_variables(names) {
        tracing::warn!("environment variable {name} means nothing; is it {meant}?");
    }
    let file = common.config.or_else(|| {
        let file = PathBuf::from(config::FILE_NAME);
        file.exists().then_some(file)
    });
    let flags = Overrides {
        listen,
        content: common.content,
        data: common.data,
        database_url: common.database_url,
    };
    Config::resolve(flags, environment, file.as_deref()).map_err(|problems| summary(&problems))
}

fn summary(problems: &[ConfigProblem]) -> anyhow::Error {
    match problems {
        [problem] => anyhow!("{problem}"),
        problems => {
            let lines: Vec<String> = problems.iter().map(|one| format!("\n  {one}")).collect();
            anyhow!("{} settings are wrong:{}", problems.len(), lines.concat())
        }
    }
}

fn environment(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

fn code(failed: bool) -> ExitCode {
    if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[test]
    fn the_definitions_do_not_contradict_each_other() {
        Cli::command().debug_assert();
    }

    #[test]
    fn settings_may_stand_before_and_after_the_command() {
        let before = Cli::parse_from(["daybook", "--data", "d", "ingest", "--full"]);
        let after = Cli::parse_from(["daybook", "ingest", "--full", "--data", "d"]);
        for cli in [before, after] {
            assert_eq!(cli.common.data.as_deref(), Some("d"));
            assert!(matches!(
                cli.command,
                Some(Command::Ingest(IngestArgs { full: true, .. }))
            ));
        }
    }

    #[test]
    fn the_flags_of_serve_are_refused_with_other_commands() {
        let cli = Cli::parse_from(["daybook", "--drafts", "completions", "bash"]);
        assert_eq!(
            format!("{:?}", run(cli)),
            format!("{:?}", ExitCode::from(2))
        );
    }

    #[test]
    fn help_names_every_setting() {
        let help = Cli::command().render_long_help().to_string();
        for setting in config::SETTINGS {
            assert!(help.contains(setting.variable), "{}", setting.variable);
            assert!(help.contains(setting.key), "{}", setting.key);
        }
    }

    #[test]
    fn a_date_before_the_common_era_is_no_flag() {
        let cli = Cli::parse_from(["daybook", "new", "Ides", "--date", "-0043-03-15"]);
        assert!(matches!(cli.command, Some(Command::New(args)) if args.date == "-0043-03-15"));
    }

    #[test]
    fn several_wrong_settings_are_one_message_of_several_lines() {
        let problem = |place: &str| ConfigProblem {
            place: place.to_owned(),
            value: Some("x".to_owned()),
            sentence: "write y".to_owned(),
        };
        let one = summary(&[problem("a")]).to_string();
        assert_eq!(one, "a is “x”: write y");
        let two = summary(&[problem("a"), problem("b")]).to_string();
        assert_eq!(
            two,
            "2 settings are wrong:\n  a is “x”: write y\n  b is “x”: write y"
        );
    }
}
