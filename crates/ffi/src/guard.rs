//! What stands between C and the core: panics, pointers, strings.

use std::ffi::{CStr, CString, c_char};
use std::mem::MaybeUninit;
use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use agora_token::describe::{Value, utf8};
use agora_token::{Error, ErrorCode, ServiceType};
use zeroize::Zeroize;

use crate::refusal::{agora_refusal, tell};
use crate::status::{AGORA_OK, agora_status};

/// What a function with an out_refusal comes to.
pub(crate) type Refusable<T> = Result<T, Error>;

/// Bytes that are characters in C.
pub(crate) type Chars = [u8];

/// Runs a call; a refusal becomes its status, a panic AGORA_ERROR_INTERNAL.
pub(crate) fn guard(call: impl FnOnce() -> Result<(), Error>) -> agora_status {
    // SAFETY: NULL is allowed.
    unsafe { refusable(ptr::null_mut(), call) }
}

/// Runs a call, and tells why it was refused.
///
/// # Safety
/// `out_refusal` is NULL or may be written to.
pub(crate) unsafe fn refusable(
    out_refusal: *mut agora_refusal,
    call: impl FnOnce() -> Result<(), Error>,
) -> agora_status {
    // A panic leaves nothing behind that is used again: out-parameters are written last.
    let error = match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(())) => return AGORA_OK,
        Ok(Err(error)) => error,
        Err(_) => ErrorCode::Internal.into(),
    };
    // SAFETY: the caller's promise is the same.
    unsafe { tell(out_refusal, &error) }
}

/// A value in a box that is wiped when it is freed, since what lies between the value's fields came from the stack, where
/// a caller's certificate may have stood. The value is dropped where it is: taken out, a certificate would stay in there.
pub(crate) struct Wiped<T>(Box<MaybeUninit<T>>);

impl<T> Wiped<T> {
    #[cfg(feature = "arrow")]
    pub(crate) fn new(value: T) -> Wiped<T> {
        Wiped(Box::new(MaybeUninit::new(value)))
    }
}

impl<T> Deref for Wiped<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: it holds a value until it is dropped.
        unsafe { self.0.assume_init_ref() }
    }
}

impl<T> DerefMut for Wiped<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above.
        unsafe { self.0.assume_init_mut() }
    }
}

impl<T> Drop for Wiped<T> {
    fn drop(&mut self) {
        // A panic while doing so stays here.
        // SAFETY: it holds a value, which is dropped once.
        let _ = catch_unwind(AssertUnwindSafe(|| unsafe { self.0.assume_init_drop() }));
        // As a slice: that is wiped byte by byte, what lies between the fields too.
        std::slice::from_mut(&mut *self.0).zeroize();
    }
}

/// Frees a handle. The function is what the header documents.
///
/// # Safety
/// `handle` is NULL or came from [`handle_call`] and was not freed.
pub(crate) unsafe fn free<T>(handle: *mut T, _documented: impl FnOnce(T)) {
    if !handle.is_null() {
        // SAFETY: the caller's promise; the box is taken back once.
        drop(Wiped(unsafe { Box::from_raw(handle.cast::<MaybeUninit<T>>()) }));
    }
}

/// What refuses a NULL for this argument.
pub(crate) fn null(name: &'static str) -> Error {
    ErrorCode::NullArgument.of(name, IS_NULL)
}

/// Refuses a NULL where the call has something to give.
pub(crate) fn writable<T>(out: *mut T, name: &'static str) -> Result<(), Error> {
    if out.is_null() { Err(null(name)) } else { Ok(()) }
}

pub(crate) const IS_NULL: &str = "is NULL";
const LARGER_THAN_ANY: &str = "has more bytes than any object";
pub(crate) const HOLDS_NUL: &str = "holds a NUL byte";

/// NUL-terminated UTF-8.
///
/// # Safety
/// `text` is NULL or NUL-terminated, and stays unchanged for `'a`.
pub(crate) unsafe fn text<'a>(text: *const c_char, name: &'static str) -> Result<&'a str, Error> {
    if text.is_null() {
        return Err(null(name));
    }
    // SAFETY: not NULL, and NUL-terminated by the caller's promise.
    utf8(unsafe { CStr::from_ptr(text) }.to_bytes(), name)
}

/// Any bytes.
///
/// # Safety
/// `data` is NULL or points to `size` bytes that stay unchanged for `'a`.
pub(crate) unsafe fn bytes<'a>(data: *const c_char, size: usize, name: &'static str) -> Result<&'a [u8], Error> {
    // SAFETY: the caller's promise is the same.
    unsafe { raw_bytes(data, size) }.map_err(|reason| ErrorCode::NullArgument.of(name, reason))
}

/// Any bytes, or why there are none: a NULL, or a size that no object has, as -1 is. Of such a size nothing is read.
///
/// # Safety
/// As for [`bytes`].
unsafe fn raw_bytes<'a>(data: *const c_char, size: usize) -> Result<&'a [u8], &'static str> {
    if data.is_null() {
        return Err(IS_NULL);
    }
    if size > isize::MAX.unsigned_abs() {
        return Err(LARGER_THAN_ANY);
    }
    // SAFETY: not NULL, `size` bytes by the caller's promise, and not more than an object may have.
    Ok(unsafe { std::slice::from_raw_parts(data.cast(), size) })
}

/// Any bytes as the value of an argument.
///
/// # Safety
/// As for [`raw_bytes`].
pub(crate) unsafe fn bytes_value<'a>(data: *const c_char, size: usize) -> Value<'a> {
    // SAFETY: the caller's promise is the same.
    match unsafe { raw_bytes(data, size) } {
        Ok(bytes) => Value::Bytes(bytes),
        Err(LARGER_THAN_ANY) => Value::Misfit("of more bytes than any object has"),
        Err(reason) => Value::Refused(ErrorCode::NullArgument, reason),
    }
}

/// A handle to read.
///
/// # Safety
/// `handle` is NULL or a live handle.
pub(crate) unsafe fn handle<'a, T>(handle: *const T, name: &'static str) -> Result<&'a T, Error> {
    // SAFETY: the caller's promise.
    unsafe { handle.as_ref() }.ok_or_else(|| null(name))
}

/// A handle to change.
///
/// # Safety
/// `handle` is NULL or a live handle that nobody else uses meanwhile.
pub(crate) unsafe fn handle_mut<'a, T>(handle: *mut T, name: &'static str) -> Result<&'a mut T, Error> {
    // SAFETY: the caller's promise.
    unsafe { handle.as_mut() }.ok_or_else(|| null(name))
}

/// Writes an out-parameter. A pointer is set to NULL first, so that whoever ignores the status does not use an old one.
///
/// # Safety
/// `out` is NULL or may be written to.
pub(crate) unsafe fn give<T>(out: *mut T, name: &'static str, value: T) -> Result<(), Error> {
    writable(out, name)?;
    // SAFETY: not NULL, writable by the caller's promise; what stood there needs no drop.
    unsafe { out.write(value) };
    Ok(())
}

/// Writes an out-parameter that may be NULL.
///
/// # Safety
/// As for [`give`].
pub(crate) unsafe fn offer<T>(out: *mut T, value: T) {
    if !out.is_null() {
        // SAFETY: as there.
        unsafe { out.write(value) };
    }
}

/// Gives out a string that agora_string_free takes back.
///
/// # Safety
/// As for [`give`].
pub(crate) unsafe fn give_string(out: *mut *mut c_char, name: &'static str, text: String) -> Result<(), Error> {
    let text = CString::new(text).map_err(|_| ErrorCode::Internal)?;
    // SAFETY: the caller's promise is the same.
    unsafe { give(out, name, text.into_raw()) }
}

/// Runs a call that makes a string.
///
/// # Safety
/// As for [`give`] and [`refusable`].
pub(crate) unsafe fn string_call(
    out: *mut *mut c_char,
    name: &'static str,
    out_refusal: *mut agora_refusal,
    call: impl FnOnce() -> Result<String, Error>,
) -> agora_status {
    // SAFETY: the caller's promise is the same.
    unsafe {
        refusable(out_refusal, || {
            give(out, name, ptr::null_mut())?;
            give_string(out, name, call()?)
        })
    }
}

/// Runs a call that makes a handle.
///
/// # Safety
/// As for [`give`] and [`refusable`].
pub(crate) unsafe fn handle_call<T>(
    out: *mut *mut T,
    name: &'static str,
    out_refusal: *mut agora_refusal,
    call: impl FnOnce() -> Result<T, Error>,
) -> agora_status {
    // SAFETY: the caller's promise is the same.
    unsafe {
        refusable(out_refusal, || {
            give(out, name, ptr::null_mut())?;
            give(out, name, Box::into_raw(Box::new(call()?)))
        })
    }
}

/// Runs a call that gives bytes which live as long as their handle.
///
/// # Safety
/// As for [`give`], both.
pub(crate) unsafe fn bytes_call<'a, T>(
    out_data: *mut *const T,
    out_size: *mut usize,
    call: impl FnOnce() -> Result<&'a [u8], Error>,
) -> agora_status {
    guard(|| {
        // SAFETY: the caller's promise is the same.
        unsafe { give(out_data, "out_data", std::ptr::null()) }?;
        let bytes = call()?;
        // SAFETY: as above. The size first: a NULL there must not leave the bytes behind.
        unsafe {
            give(out_size, "out_size", bytes.len())?;
            give(out_data, "out_data", bytes.as_ptr().cast())
        }
    })
}

/// The service with this number.
pub(crate) fn service_type(service: u16) -> Result<ServiceType, Error> {
    ServiceType::from_number(service)
        .ok_or_else(|| ErrorCode::IndexOutOfRange.of("service", format!("is {service}: there is no such service")))
}

/// An element by its index.
pub(crate) fn at<T>(list: &[T], index: usize) -> Result<&T, Error> {
    list.get(index).ok_or_else(|| ErrorCode::IndexOutOfRange.into())
}

/// Panics inside the guard, for the tests of the guard.
///
/// # Safety
/// `out_refusal` is NULL or may be written to.
#[cfg(feature = "inject-panic")]
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn agora_inject_panic(out_refusal: *mut agora_refusal) -> agora_status {
    // SAFETY: the caller's promise is the same.
    unsafe { refusable(out_refusal, || panic!("injected")) }
}
