//! What JavaScript keeps between calls.

use std::sync::Arc;

use agora_token::{ErrorCode, Issuer, Verifier};

use crate::refusal::Refusal;

/// What an object of the interface stands on. It holds certificates.
pub(crate) enum Kept {
    /// Shared with the batches that it mints.
    Issuer(Arc<Issuer>),
    Verifier(Box<Verifier>),
}

impl Kept {
    pub(crate) fn issuer(&self) -> Result<&Arc<Issuer>, Refusal> {
        match self {
            Kept::Issuer(issuer) => Ok(issuer),
            Kept::Verifier(_) => Err(ErrorCode::Internal.into()),
        }
    }

    pub(crate) fn verifier(&self) -> Result<&Verifier, Refusal> {
        match self {
            Kept::Verifier(verifier) => Ok(verifier),
            Kept::Issuer(_) => Err(ErrorCode::Internal.into()),
        }
    }
}
