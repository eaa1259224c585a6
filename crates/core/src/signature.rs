//! HMAC-SHA256 as the two generations use it.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::credentials::AppCertificate;

/// Bytes in a signature.
pub const SIGNATURE_SIZE: usize = 32;

pub(crate) type Signature = [u8; SIGNATURE_SIZE];

/// AccessToken2: the certificate is the message and the numbers are the keys of the first two steps, which looks
/// inverted and is the format.
pub(crate) fn sign2(certificate: &AppCertificate, issue_ts: u32, salt: u32, signing_info: &[u8]) -> Signature {
    let first = hmac(&issue_ts.to_le_bytes(), &[certificate.as_bytes()]);
    let second = hmac(&salt.to_le_bytes(), &[&first]);
    hmac(&second, &[signing_info])
}

/// AccessToken: App ID, channel name, user and message run together without separators.
pub(crate) fn sign(certificate: &[u8], app_id: &[u8], channel_name: &[u8], user: &[u8], message: &[u8]) -> Signature {
    hmac(certificate, &[app_id, channel_name, user, message])
}

/// Compares in a time that does not tell how much was right.
pub(crate) fn matches(expected: &Signature, found: &[u8]) -> bool {
    expected.as_slice().ct_eq(found).into()
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> Signature {
    // HMAC takes a key of any length, so the error arm is for the type only; an all-zero signature matches nothing.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return [0; SIGNATURE_SIZE];
    };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
