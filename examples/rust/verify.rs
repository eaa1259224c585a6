//! Reads a token from standard input and says whether it lets user 42 into the channel "room" now: exit code 0 if it
//! does. Set AGORA_APP_ID and AGORA_APP_CERTIFICATE.

use std::error::Error;
use std::io::read_to_string;
use std::process::ExitCode;

use agora_token::{Expected, Verifier};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let verifier = Verifier::from_env()?;
    let token = read_to_string(std::io::stdin())?;

    let verdict = verifier.verdict(token.trim_end(), &Expected::new().channel("room").uid(42));
    println!("{}", verdict.to_json()); // all that is wrong with it, and what it holds
    if let Some(refusal) = verdict.refusals().first() {
        eprintln!("{refusal}");
        return Ok(ExitCode::FAILURE);
    }
    println!("valid");
    Ok(ExitCode::SUCCESS)
}
