//! What Java holds by an address, and frees.

use agora_token::{Error, ErrorCode, Issuer, Verifier};

/// An issuer or a verifier. One type, so that no address is ever taken for the other's.
pub(crate) enum Handle {
    Issuer(Issuer),
    Verifier(Verifier),
}

impl Handle {
    /// The address that Java keeps.
    pub(crate) fn give(self) -> i64 {
        Box::into_raw(Box::new(self)).expose_provenance() as i64
    }

    /// What stands at an address that Java kept; nothing at 0.
    ///
    /// # Safety
    /// The address is 0, or came from [`Handle::give`] and is not freed while the reference is used.
    pub(crate) unsafe fn at<'h>(address: i64) -> Option<&'h Handle> {
        // SAFETY: the caller's promise.
        unsafe { std::ptr::with_exposed_provenance::<Handle>(address as usize).as_ref() }
    }

    /// # Safety
    /// The address came from [`Handle::give`], and nobody uses it any more.
    pub(crate) unsafe fn free(address: i64) {
        // SAFETY: the caller's promise.
        drop(unsafe { Box::from_raw(std::ptr::with_exposed_provenance_mut::<Handle>(address as usize)) });
    }

    pub(crate) fn issuer(handle: Option<&Handle>) -> Result<&Issuer, Error> {
        match handle {
            Some(Handle::Issuer(issuer)) => Ok(issuer),
            _ => Err(ErrorCode::Internal.into()),
        }
    }

    pub(crate) fn verifier(handle: Option<&Handle>) -> Result<&Verifier, Error> {
        match handle {
            Some(Handle::Verifier(verifier)) => Ok(verifier),
            _ => Err(ErrorCode::Internal.into()),
        }
    }
}
