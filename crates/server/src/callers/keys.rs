//! API keys: 256 random bits, of which the settings hold only the SHA-256.

use std::fmt;

use agora_token::hex;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::random::random_bytes;
use crate::settings::KeySettings;

/// Marks a key as one of ours, for people and for scanners of leaked secrets.
const PREFIX: &str = "agtk_";

/// Keys are looked up by their hash, so the time of a look-up reveals nothing of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeyHash([u8; 32]);

impl KeyHash {
    pub(crate) fn of(key: &str) -> KeyHash {
        KeyHash(Sha256::digest(key.as_bytes()).into())
    }

    /// The hash that the settings name.
    pub(crate) fn from_settings(settings: &KeySettings) -> Result<KeyHash, Error> {
        let refuse = || {
            let field = format!("api_keys.{}.sha256", settings.name);
            Error::setting(field, "64 hexadecimal digits expected, as serve --new-key prints them")
        };
        let digits = settings.sha256.as_bytes();
        if digits.len() != 64 {
            return Err(refuse());
        }
        let mut hash = [0; 32];
        for (byte, pair) in hash.iter_mut().zip(digits.chunks(2)) {
            let text = std::str::from_utf8(pair).map_err(|_| refuse())?;
            *byte = Some(text)
                .filter(|text| text.bytes().all(|digit| digit.is_ascii_hexdigit()))
                .and_then(|text| u8::from_str_radix(text, 16).ok())
                .ok_or_else(refuse)?;
        }
        Ok(KeyHash(hash))
    }
}

/// A key that was just made, to be shown once.
pub struct NewKey {
    name: String,
    key: Zeroizing<String>,
}

impl NewKey {
    /// Draws a key.
    ///
    /// # Errors
    /// A name that is empty or not of letters, digits, `-`, `_` and `.`; a random source that fails.
    pub fn generate(name: &str) -> Result<NewKey, Error> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.is_empty() || !name.chars().all(is_plain) {
            return Err(Error::setting("new-key", "a name of letters, digits, -, _ and . expected"));
        }
        let bytes = random_bytes::<32>()?;
        let key = Zeroizing::new(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes.as_slice())));
        Ok(NewKey { name: name.to_owned(), key })
    }

    /// The key itself.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The lines for the settings file.
    pub fn settings(&self) -> String {
        let KeyHash(hash) = KeyHash::of(&self.key);
        format!("[[api_keys]]\nname = \"{}\"\nsha256 = \"{}\"\npolicy = \"NAME OF A POLICY\"", self.name, hex(&hash))
    }
}

impl fmt::Debug for NewKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewKey").field("name", &self.name).field("key", &"[redacted]").finish()
    }
}
