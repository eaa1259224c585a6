//! Completions for the shells.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Arguments;
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(shell: Shell) -> Result<ExitCode, Failure> {
    // Into memory first: the generator panics when its writer fails.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "agora-token", &mut script);
    output::bytes(&if shell == Shell::Bash { mend(&script) } else { script })?;
    Ok(ExitCode::SUCCESS)
}

/// clap_complete up to 4.6 spells the hyphen of the program's name in two ways in bash, so that nothing after a command
/// is completed (its issue 6421).
fn mend(script: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(script).replace("agora__subcmd__token", "agora__token").into_bytes()
}
