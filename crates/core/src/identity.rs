//! The documented limits of channel names and users, which Agora's own builders state and do not check.

use crate::error::{Error, ErrorCode};

/// Bytes in the longest documented channel name.
pub const MAX_CHANNEL_NAME_SIZE: usize = 63;

/// Bytes in the longest documented user account, user ID or UUID.
pub const MAX_USER_SIZE: usize = 255;

/// What a channel name may hold beside ASCII letters and digits.
pub const CHANNEL_NAME_PUNCTUATION: &str = " !#$%&()+-:;<=.>?@[]^_{}|~,";

/// The name that means any channel, as the empty name does.
pub(crate) const ANY_CHANNEL: &str = "*";

/// A channel name of 1 to 63 documented characters that names one channel.
///
/// # Errors
/// [`ErrorCode::InvalidChannelName`]: too long, another character, or a wildcard (blank or `*`), which would let its
/// holder into every channel.
pub fn check_channel_name(name: &str) -> Result<&str, Error> {
    let refuse = |reason: String| Err(ErrorCode::InvalidChannelName.because(reason));
    if name == ANY_CHANNEL {
        return refuse("channel_name is \"*\", which means any channel; name one channel".into());
    }
    if name.trim().is_empty() {
        return refuse("channel_name is blank, which means any channel; name one channel".into());
    }
    if name.len() > MAX_CHANNEL_NAME_SIZE {
        return refuse(format!("channel_name has {} bytes, at most {MAX_CHANNEL_NAME_SIZE} expected", name.len()));
    }
    if name.bytes().all(is_documented) {
        return Ok(name);
    }
    match name.chars().enumerate().find(|(_, c)| !u8::try_from(*c).is_ok_and(is_documented)) {
        None => Ok(name),
        Some((index, stranger)) => refuse(format!(
            "channel_name holds {stranger:?} at position {}; letters a-z and A-Z, digits, space and \
             {} are allowed",
            index.saturating_add(1),
            CHANNEL_NAME_PUNCTUATION.trim()
        )),
    }
}

fn is_documented(byte: u8) -> bool {
    /// One bit for each ASCII character.
    const DOCUMENTED: u128 = {
        let mut set = 0u128;
        let mut byte = 0u8;
        while byte < 128 {
            if byte.is_ascii_alphanumeric() {
                set |= 1 << byte;
            }
            byte += 1;
        }
        let mut punctuation = CHANNEL_NAME_PUNCTUATION.as_bytes();
        while let [byte, rest @ ..] = punctuation {
            set |= 1 << *byte;
            punctuation = rest;
        }
        set
    };
    byte < 128 && DOCUMENTED >> byte & 1 == 1
}

/// A user's own text: 1 to 255 bytes. `code` and `field` say whose.
pub(crate) fn check_user<'a>(text: &'a str, code: ErrorCode, field: &'static str) -> Result<&'a str, Error> {
    match text.len() {
        0 => Err(code.because(format!("{field} is empty, which means any user; 1 to {MAX_USER_SIZE} bytes expected"))),
        1..=MAX_USER_SIZE => Ok(text),
        size => Err(code.because(format!("{field} has {size} bytes, at most {MAX_USER_SIZE} expected"))),
    }
    .map_err(|error| error.in_field(field))
}
