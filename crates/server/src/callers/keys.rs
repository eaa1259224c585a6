//! API keys: 256 random bits, of which the settings hold only the SHA-256.

use agora_token::hex;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use derive_more::Debug;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::random::random_bytes;
use crate::settings::KeySettings;

/// Marks a key as one of ours, for people and for scanners of leaked secrets.
const PREFIX: &str = "agtk_";

/// The SHA-256 in hexadecimal digits. Keys are looked up by it, so the time of a look-up reveals nothing of a key.
pub(super) fn hash_of(key: &str) -> String {
    hex(&Sha256::digest(key.as_bytes()))
}

pub(super) fn hash_in(settings: &KeySettings) -> Result<String, Error> {
    if settings.sha256.len() == 64 && settings.sha256.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Ok(settings.sha256.to_ascii_lowercase());
    }
    let field = format!("api_keys.{}.sha256", settings.name);
    Err(Error::setting(field, "64 hexadecimal digits expected, as serve --new-key prints them"))
}

/// A key that was just made, to be shown once.
#[derive(Debug)]
pub struct NewKey {
    name: String,
    #[debug("[redacted]")]
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
        let (name, hash) = (&self.name, hash_of(&self.key));
        format!("[[api_keys]]\nname = \"{name}\"\nsha256 = \"{hash}\"\npolicy = \"NAME OF A POLICY\"")
    }
}
