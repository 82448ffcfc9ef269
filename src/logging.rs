//! What the program says about itself while it runs, on standard error: lines
//! for people on a terminal, JSON objects for machines everywhere else.

use std::io::{self, IsTerminal};

use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;

/// How many lines may wait until somebody takes them. More are dropped: who
/// reads the log slowly, or not at all, must not hold up those who read the site.
const WAITING_LINES: usize = 16_384;

/// How much is logged when neither `DAYBOOK_LOG` nor `RUST_LOG` is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Volume {
    /// Requests, imports, start and stop: for a server.
    Info,
    /// Only what should not happen: for commands whose output is the point,
    /// and for `--quiet`.
    Warn,
}

/// Starts logging for the whole process; lines are written by a thread of its
/// own, and those that still wait when the guard is dropped are written then.
/// `env` answers for the environment;
/// `DAYBOOK_LOG`, else `RUST_LOG`, holds a filter such as `debug` or
/// `info,daybook::ingest=trace`.
///
/// # Errors
/// A sentence about a filter that cannot be read. Starting twice is harmless:
/// the first one stays.
pub fn start(volume: Volume, env: impl Fn(&str) -> Option<String>) -> Result<WorkerGuard, String> {
    let filter = filter(volume, env)?;
    let (writer, guard) = NonBlockingBuilder::default()
        .buffered_lines_limit(WAITING_LINES)
        .thread_name("log")
        .finish(io::stderr());
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer)
        // A log that cannot be written must not stop the server.
        .log_internal_errors(false);
    // An error says that a subscriber is there already, as in tests.
    let _ = if io::stderr().is_terminal() {
        builder.with_target(false).compact().try_init()
    } else {
        builder.json().flatten_event(true).try_init()
    };
    Ok(guard)
}

fn filter(volume: Volume, env: impl Fn(&str) -> Option<String>) -> Result<EnvFilter, String> {
    let set = ["DAYBOOK_LOG", "RUST_LOG"]
        .into_iter()
        .find_map(|name| Some((name, env(name).filter(|text| !text.trim().is_empty())?)));
    match set {
        Some((name, text)) => EnvFilter::try_new(&text).map_err(|error| {
            format!(
                "environment variable {name} is “{}”: {error}; write a level (error, warn, info, \
                 debug, trace) or pairs such as info,daybook::ingest=debug",
                text.escape_debug()
            )
        }),
        None => Ok(EnvFilter::new(match volume {
            // The server library greets with a line for each of its workers.
            Volume::Info => "info,actix_server=warn",
            Volume::Warn => "warn",
        })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(volume: Volume, pairs: &[(&str, &str)]) -> Result<String, String> {
        let env = |name: &str| {
            let found = pairs.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        filter(volume, env).map(|filter| filter.to_string())
    }

    #[test]
    fn our_own_variable_wins_and_an_empty_one_counts_as_not_set() {
        let both = [("DAYBOOK_LOG", "debug"), ("RUST_LOG", "trace")];
        assert_eq!(shown(Volume::Info, &both).unwrap(), "debug");
        let empty = [("DAYBOOK_LOG", ""), ("RUST_LOG", "trace")];
        assert_eq!(shown(Volume::Info, &empty).unwrap(), "trace");
        assert_eq!(shown(Volume::Warn, &[]).unwrap(), "warn");
    }

    #[test]
    fn a_wrong_filter_is_named() {
        let error = shown(Volume::Info, &[("DAYBOOK_LOG", "daybook=loud")]).unwrap_err();
        assert!(error.contains("DAYBOOK_LOG is “daybook=loud”"), "{error}");
        assert!(error.contains("trace"), "{error}");
    }
}
