//! `agora-token`: mint, read, verify, explain and serve Agora access tokens from the shell.

mod args;
mod completions;
mod credentials;
mod doctor;
mod failure;
mod help;
mod inspect;
mod man;
mod mint;
mod moment;
mod numbers;
mod output;
mod output_file;
mod paint;
mod permissions;
#[cfg(feature = "serve")]
mod serve;
mod service;
mod token;
mod usage;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage::report(error),
    };
    let outcome = match &arguments.command {
        Command::Mint(mint) => mint::run(mint),
        Command::Inspect(inspect) => inspect::run(inspect),
        Command::Verify(verify) => verify::run(verify),
        Command::Doctor(doctor) => doctor::run(doctor),
        #[cfg(feature = "serve")]
        Command::Serve(serve) => serve::run(serve),
        Command::Completions { shell } => completions::run(*shell),
        Command::Man { dir } => man::run(dir.as_deref()),
    };
    outcome.unwrap_or_else(|failure| failure.report(arguments.command.wants_json()))
}
