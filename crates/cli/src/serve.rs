//! `serve`: the token server.

use std::process::ExitCode;

use agora_token_server::{NewKey, ServeArgs};

use crate::failure::Failure;
use crate::output;

pub(crate) fn run(args: &ServeArgs) -> Result<ExitCode, Failure> {
    if let Some(name) = &args.new_key {
        let key = NewKey::generate(name)?;
        output::note("note", "the key is shown this once; the settings file takes the lines below it");
        output::line(&format!("{}\n\n{}", key.key(), key.settings()))?;
    } else if args.check {
        output::line(agora_token_server::check(args)?.trim_end())?;
    } else {
        agora_token_server::run(args.clone())?;
    }
    Ok(ExitCode::SUCCESS)
}
