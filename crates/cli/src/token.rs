//! A token from the command line or from standard input.

use std::io::Read;

use agora_token::{ErrorCode, without_newline};

use crate::failure::Failure;

/// Far more than any token: what is larger is no token but a mistake.
const LARGEST_INPUT: u64 = 4 << 20;

/// The argument itself; for `-` what standard input holds, without one newline at its end.
pub(crate) fn read(argument: &str) -> Result<String, Failure> {
    if argument != "-" {
        return Ok(argument.to_owned());
    }
    let mut content = Vec::new();
    let input = std::io::stdin().lock();
    input
        .take(LARGEST_INPUT + 1)
        .read_to_end(&mut content)
        .map_err(|error| Failure::io("cannot read standard input", &error))?;
    if content.len() as u64 > LARGEST_INPUT {
        let reason = format!("standard input holds more than {LARGEST_INPUT} bytes, far more than any token");
        return Err(Failure::token(ErrorCode::TokenTooLarge, reason));
    }
    let length = without_newline(&content).len();
    content.truncate(length);
    String::from_utf8(content)
        .map_err(|_| Failure::token(ErrorCode::InvalidUtf8, "standard input holds bytes that are no text, so no token"))
}
