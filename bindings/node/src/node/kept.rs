//! What JavaScript holds for the bridge, as an external value.

use std::ffi::c_void;
use std::ptr;
use std::sync::Arc;

use agora_token::{ErrorCode, Issuer};
use napi_sys::{
    Status, ValueType, napi_create_external, napi_env, napi_get_array_length, napi_get_element,
    napi_get_value_external, napi_typeof, napi_value,
};

use super::Arguments;
use crate::issuer::OwnedGrant;
use crate::refusal::Refusal;

/// One type for all of them: whatever an external value of this module is, it is read as what it is.
#[derive(Clone)]
pub(crate) enum Kept {
    Issuer(Arc<Issuer>),
    Grant(Arc<OwnedGrant>),
}

impl Arguments {
    /// The next argument, an issuer.
    pub(crate) fn issuer(&self) -> Result<Arc<Issuer>, Refusal> {
        // SAFETY: `env` is that of this call, which has not returned.
        match unsafe { read(self.env, self.value()) } {
            Some(Kept::Issuer(issuer)) => Ok(issuer),
            _ => Err(ErrorCode::Internal.into()),
        }
    }

    /// The next argument, a grant.
    pub(crate) fn grant(&self) -> Result<Arc<OwnedGrant>, Refusal> {
        // SAFETY: as above.
        unsafe { grant(self.env, self.value()) }
    }

    /// The next argument, an array of grants.
    pub(crate) fn grants(&self) -> Result<Vec<Arc<OwnedGrant>>, Refusal> {
        let (array, mut count) = (self.value(), 0);
        // SAFETY: as above; on failure the count stays 0.
        unsafe { napi_get_array_length(self.env, array, &mut count) };
        (0..count)
            .map(|index| {
                let mut value = ptr::null_mut();
                // SAFETY: as above; on failure the value stays NULL, which is no grant.
                unsafe {
                    napi_get_element(self.env, array, index, &mut value);
                    grant(self.env, value)
                }
            })
            .collect()
    }
}

/// # Safety
/// `env` is that of a running call.
unsafe fn grant(env: napi_env, value: napi_value) -> Result<Arc<OwnedGrant>, Refusal> {
    // SAFETY: the caller's promise.
    match unsafe { read(env, value) } {
        Some(Kept::Grant(grant)) => Ok(grant),
        _ => Err(ErrorCode::Internal.into()),
    }
}

/// # Safety
/// `env` is that of a running call.
unsafe fn read(env: napi_env, value: napi_value) -> Option<Kept> {
    let (mut kind, mut data) = (ValueType::napi_undefined, ptr::null_mut());
    // SAFETY: on failure both stay as they are. The faces keep what this module gave out in private fields, and no
    // other external value reaches it; its data is a `Kept` until the value is collected, which a running call prevents.
    unsafe {
        napi_typeof(env, value, &mut kind);
        if kind != ValueType::napi_external || napi_get_value_external(env, value, &mut data) != Status::napi_ok {
            return None;
        }
        data.cast::<Kept>().as_ref().cloned()
    }
}

/// # Safety
/// `env` is that of a running call.
pub(super) unsafe fn give(env: napi_env, kept: Kept) -> napi_value {
    let data = Box::into_raw(Box::new(kept));
    let mut value = ptr::null_mut();
    // SAFETY: the box is taken back by `release`, once, or here when there is no value to hold it.
    unsafe {
        if napi_create_external(env, data.cast(), Some(release), ptr::null_mut(), &mut value) != Status::napi_ok {
            drop(Box::from_raw(data));
        }
    }
    value
}

unsafe extern "C" fn release(_env: napi_env, data: *mut c_void, _hint: *mut c_void) {
    // SAFETY: Node calls this once for the data of `give`.
    drop(unsafe { Box::from_raw(data.cast::<Kept>()) });
}
