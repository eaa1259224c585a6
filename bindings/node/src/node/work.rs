//! Work off the event loop, on Node's own thread pool, and a promise of its outcome.

use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use agora_token::{ErrorCode, IssuedToken};
use napi_sys::{
    Status, napi_async_work, napi_close_handle_scope, napi_create_async_work, napi_create_promise,
    napi_create_string_utf8, napi_deferred, napi_delete_async_work, napi_env, napi_open_handle_scope,
    napi_queue_async_work, napi_reject_deferred, napi_resolve_deferred, napi_status, napi_value,
};

use super::{issued_tokens, refused, string};
use crate::refusal::Refusal;

/// What another thread is to do. It touches nothing of JavaScript.
pub(crate) type Work = Box<dyn FnOnce() -> Result<Vec<IssuedToken>, Refusal> + Send>;

struct Running {
    work: Option<Work>,
    outcome: Result<Vec<IssuedToken>, Refusal>,
    deferred: napi_deferred,
    handle: napi_async_work,
}

/// # Safety
/// `env` is that of a running call.
pub(super) unsafe fn start(env: napi_env, work: Work) -> napi_value {
    let mut running = Box::new(Running {
        work: Some(work),
        outcome: Err(ErrorCode::Internal.into()),
        deferred: ptr::null_mut(),
        handle: ptr::null_mut(),
    });
    let mut promise = ptr::null_mut();
    // SAFETY: `running` stays where it is until `finish`, which Node calls once and last, takes the box back; when the
    // work could not be handed over, nobody else has it.
    unsafe {
        let name = string(env, "agora-token", napi_create_string_utf8);
        if napi_create_promise(env, &mut running.deferred, &mut promise) != Status::napi_ok {
            return ptr::null_mut();
        }
        let data = Box::into_raw(running);
        let created = napi_create_async_work(
            env,
            ptr::null_mut(),
            name,
            Some(run),
            Some(finish),
            data.cast(),
            &raw mut (*data).handle,
        );
        if created != Status::napi_ok || napi_queue_async_work(env, (*data).handle) != Status::napi_ok {
            finish(env, Status::napi_generic_failure, data.cast());
        }
    }
    promise
}

/// On another thread.
unsafe extern "C" fn run(_env: napi_env, data: *mut c_void) {
    // SAFETY: `data` is the `Running` of `start`, which nobody else touches until `finish`.
    let Some(running) = (unsafe { data.cast::<Running>().as_mut() }) else { return };
    if let Some(work) = running.work.take() {
        running.outcome = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(ErrorCode::Internal.into()));
    }
}

/// On the thread of the event loop, also when the work was cancelled, as it is when a worker thread ends.
unsafe extern "C" fn finish(env: napi_env, _status: napi_status, data: *mut c_void) {
    // SAFETY: `data` is the box of `start`, taken back once.
    let running = unsafe { Box::from_raw(data.cast::<Running>()) };
    let mut scope = ptr::null_mut();
    // SAFETY: `env` is that of the callback. Where it is ending, values stay NULL and the promise is never looked at.
    unsafe {
        napi_open_handle_scope(env, &mut scope);
        match &running.outcome {
            Ok(issued) => napi_resolve_deferred(env, running.deferred, issued_tokens(env, issued)),
            Err(refusal) => napi_reject_deferred(env, running.deferred, refused(env, refusal)),
        };
        napi_close_handle_scope(env, scope);
        if !running.handle.is_null() {
            napi_delete_async_work(env, running.handle);
        }
    }
}
