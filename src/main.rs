//! The program `daybook`: reads the command line and runs the command.

use std::process::ExitCode;

use clap::Parser;
use daybook::cli::{self, Cli};

fn main() -> ExitCode {
    cli::run(Cli::parse())
}
