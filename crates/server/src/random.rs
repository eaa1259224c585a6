//! Secrets and ids from the operating system's random source.

use agora_token::hex;
use zeroize::Zeroizing;

use crate::error::Error;

pub(crate) fn random_bytes<const BYTES: usize>() -> Result<Zeroizing<[u8; BYTES]>, Error> {
    let mut bytes = Zeroizing::new([0; BYTES]);
    getrandom::fill(bytes.as_mut_slice())
        .map_err(|_| Error::setting("", "the operating system's random source failed"))?;
    Ok(bytes)
}

pub(crate) fn random_hex<const BYTES: usize>() -> Result<String, Error> {
    Ok(hex(random_bytes::<BYTES>()?.as_slice()))
}

/// An id for a request, which is no secret: one that costs no call of the system.
pub(crate) fn request_id() -> String {
    format!("{:032x}", fastrand::u128(..))
}
