//! Command lines that clap refuses, and the help it shows.

use std::process::ExitCode;

use agora_token::may_be_secret;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::failure::Failure;

/// Prints help, version or error as asked for.
pub(crate) fn report(mut error: clap::Error) -> ExitCode {
    let is_help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if !is_help {
        redact(&mut error);
        if std::env::args_os().any(|arg| arg == "--json") {
            let text = error.render().to_string();
            let reason = text.split("\n\nUsage:").next().unwrap_or_default().trim();
            return Failure::usage(reason.strip_prefix("error: ").unwrap_or(reason)).report(true);
        }
    }
    let exit = u8::try_from(error.exit_code()).unwrap_or(2);
    // A reader that left has seen enough of the help.
    let _ = error.print();
    ExitCode::from(exit)
}

/// clap quotes what it does not understand, which may be a misplaced token or certificate.
fn redact(error: &mut clap::Error) {
    for kind in [ContextKind::InvalidArg, ContextKind::InvalidSubcommand, ContextKind::InvalidValue] {
        if matches!(error.get(kind), Some(ContextValue::String(text)) if may_be_secret(text)) {
            error.insert(kind, ContextValue::String("(not shown: it may be secret)".to_owned()));
            error.remove(ContextKind::Suggested);
        }
    }
}
