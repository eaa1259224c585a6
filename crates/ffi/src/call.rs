//! The one-call builders: one entry for all of them, and what the functions of their own names go through.

use std::ffi::{CStr, c_char, c_void};

use agora_token::describe::{Builder, CREDENTIALS, Manner, Value};
use agora_token::{Error, ErrorCode, MAX_TEXT_SIZE, Stamp};

use crate::constants::{
    AGORA_CALL_ISSUE_TS, AGORA_CALL_OFFICIAL, AGORA_CALL_SALT, AGORA_VALUE_INT64, AGORA_VALUE_PERMISSIONS,
    AGORA_VALUE_TEXT, AGORA_VALUE_UINT64,
};
use crate::guard::{HOLDS_NUL, IS_NULL, bytes_value, handle, null, string_call};
use crate::permissions::agora_rtm2_permissions;
use crate::refusal::agora_refusal;
use crate::status::{AGORA_OK, agora_status};

/// What agora_build builds, and by which rules. Set to zeros but for the builder, it is what the function of that name
/// does.
#[repr(C)]
pub struct agora_call {
    /// Which builder, as AGORA_BUILDER_TOKEN2_WITH_UID.
    pub builder: u32,
    /// 0, or several of AGORA_CALL_OFFICIAL, AGORA_CALL_ISSUE_TS and AGORA_CALL_SALT added up.
    pub flags: u32,
    /// With AGORA_CALL_ISSUE_TS, when the token is made, Unix seconds.
    pub issue_ts: u32,
    /// With AGORA_CALL_SALT, the salt.
    pub salt: u32,
}

/// The value of an argument. What is of another type than its argument is refused, and so is a number out of range.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct agora_value {
    /// What it is, as AGORA_VALUE_TEXT.
    pub r#type: u32,
    /// The number of a number; of a text, how many bytes it has.
    pub number: u64,
    /// The bytes of a text, or an agora_rtm2_permissions; borrowed for the call.
    pub data: *const c_void,
}

/// More values than any builder or service takes.
const TOO_MANY_VALUES: usize = 100;

/// Builds a token, and tells what was wrong if it cannot: all functions whose names begin with agora_build_ in one. It
/// is what other languages call, since it takes texts by their size and numbers of any size.
///
/// values: app_id, app_certificate and the other arguments of the builder, in the order of its function. A text with a
///     NUL inside is refused as AGORA_ERROR_NUL_IN_TEXT, except with AGORA_CALL_OFFICIAL.
/// count: how many values there are.
/// out_token: the token, to be freed with agora_string_free.
/// Errors: those of the builder's function, and those of AGORA_ERROR_INVALID_UID to AGORA_ERROR_INVALID_TIMESTAMP that
///     refuse a number of its argument; AGORA_ERROR_INDEX_OUT_OF_RANGE for a builder or a flag that there is not, for
///     more values than the builder takes, and for fewer than the two credentials.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build(
    call: *const agora_call,
    values: *const agora_value,
    count: usize,
    out_token: *mut *mut c_char,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        let given = handle(call, "call").and_then(|call| Ok((call, given(values, count)?)));
        build(given, out_token, out_refusal)
    }
}

/// The builder of this number by its function in the header, which tells nothing but a status.
///
/// # Safety
/// The values and `out_token` keep the header's rules for pointers.
pub(crate) unsafe fn contract(builder: u32, values: &[agora_value], out_token: *mut *mut c_char) -> agora_status {
    let call = agora_call { builder, flags: 0, issue_ts: 0, salt: 0 };
    // SAFETY: the caller's promise; NULL is allowed for the refusal.
    unsafe { build(Ok((&call, values)), out_token, std::ptr::null_mut()) }
}

/// Both of the above.
///
/// # Safety
/// The values and the out-parameters keep the header's rules for pointers.
#[inline(never)]
unsafe fn build(
    given: Result<(&agora_call, &[agora_value]), Error>,
    out_token: *mut *mut c_char,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    let mut called = None;
    // SAFETY: the caller's promise is the same.
    let status = unsafe {
        string_call(out_token, "out_token", out_refusal, || {
            let (call, values) = given?;
            let builder = builder(call)?;
            called = Some(builder);
            let most = builder.all_arguments().count();
            // What has a default may be left out, but not the credentials.
            if !(CREDENTIALS.len()..=most).contains(&values.len()) {
                let reason = format!("is {}, {most} values expected", values.len());
                return Err(ErrorCode::IndexOutOfRange.of("count", reason));
            }
            let takes_nul = call.is_official();
            let values = values.iter().map(|value| value.read(takes_nul));
            builder.build_each(values, call.manner(), || call.stamp())
        })
    };
    if status != AGORA_OK {
        // SAFETY: as above; string_call has written it.
        unsafe { tell_place(called, out_refusal) };
    }
    status
}

impl agora_call {
    fn is_official(&self) -> bool {
        self.flags & AGORA_CALL_OFFICIAL != 0
    }

    fn manner(&self) -> Manner {
        if self.is_official() { Manner::Official } else { Manner::Strict }
    }

    fn stamp(&self) -> Result<Stamp, Error> {
        let (issue_ts, salt) = (self.flags & AGORA_CALL_ISSUE_TS != 0, self.flags & AGORA_CALL_SALT != 0);
        let drawn = if issue_ts && salt { Stamp { issue_ts: 0, salt: 0 } } else { Stamp::now()? };
        Ok(Stamp {
            issue_ts: if issue_ts { self.issue_ts } else { drawn.issue_ts },
            salt: if salt { self.salt } else { drawn.salt },
        })
    }
}

fn builder(call: &agora_call) -> Result<&'static Builder, Error> {
    const FLAGS: u32 = AGORA_CALL_OFFICIAL | AGORA_CALL_ISSUE_TS | AGORA_CALL_SALT;
    if call.flags & !FLAGS != 0 {
        return Err(ErrorCode::IndexOutOfRange.of("flags", format!("are {}, of which some are unknown", call.flags)));
    }
    u16::try_from(call.builder).ok().and_then(Builder::from_number).ok_or_else(|| {
        ErrorCode::IndexOutOfRange.of("builder", format!("is {}: there is no such builder", call.builder))
    })
}

/// The values of a call.
///
/// # Safety
/// `values` is NULL or points to `count` values that stay unchanged for `'a`.
pub(crate) unsafe fn given<'a>(values: *const agora_value, count: usize) -> Result<&'a [agora_value], Error> {
    match (values.is_null(), count) {
        (_, 0) => Ok(&[]),
        (true, _) => Err(null("values")),
        (_, TOO_MANY_VALUES..) => {
            Err(ErrorCode::IndexOutOfRange.of("count", format!("is {count}, fewer values expected")))
        }
        // SAFETY: not NULL, `count` values by the caller's promise, and not more than an object may have.
        _ => Ok(unsafe { std::slice::from_raw_parts(values, count) }),
    }
}

impl agora_value {
    /// # Safety
    /// `data` keeps the header's rules for pointers for `'a`.
    #[inline]
    pub(crate) unsafe fn read<'a>(&self, takes_nul: bool) -> Value<'a> {
        match self.r#type {
            AGORA_VALUE_TEXT => {
                let size = usize::try_from(self.number).unwrap_or(usize::MAX);
                // SAFETY: the caller's promise is the same.
                match unsafe { bytes_value(self.data.cast(), size) } {
                    Value::Bytes(bytes) if !takes_nul && bytes.len() <= MAX_TEXT_SIZE && bytes.contains(&0) => {
                        Value::Refused(ErrorCode::NulInText, HOLDS_NUL)
                    }
                    value => value,
                }
            }
            AGORA_VALUE_INT64 => self.number.cast_signed().into(),
            AGORA_VALUE_UINT64 => self.number.into(),
            AGORA_VALUE_PERMISSIONS => {
                // SAFETY: NULL or a live handle, by the caller's promise.
                match unsafe { self.data.cast::<agora_rtm2_permissions>().as_ref() } {
                    None => Value::Refused(ErrorCode::NullArgument, IS_NULL),
                    Some(handle) => Value::Permissions(&handle.permissions),
                }
            }
            _ => Value::Misfit("of no known type"),
        }
    }
}

/// Says which value is at fault.
///
/// # Safety
/// `out_refusal` is NULL or was written to.
unsafe fn tell_place(builder: Option<&Builder>, out_refusal: *mut agora_refusal) {
    // SAFETY: the caller's promise.
    if let (Some(builder), Some(refusal)) = (builder, unsafe { out_refusal.as_mut() }) {
        // SAFETY: static text.
        let field = unsafe { CStr::from_ptr(refusal.field) }.to_bytes();
        let place = builder.all_arguments().position(|argument| argument.name.as_bytes() == field);
        refusal.argument = place.and_then(|place| i32::try_from(place).ok()).unwrap_or(-1);
    }
}

/// A NUL-terminated text.
///
/// # Safety
/// `text` is NULL or NUL-terminated.
pub(crate) unsafe fn c_text(text: *const c_char) -> agora_value {
    // SAFETY: not NULL, and NUL-terminated by the caller's promise.
    let size = if text.is_null() { 0 } else { unsafe { CStr::from_ptr(text) }.to_bytes().len() };
    sized_text(text, size)
}

/// A text of this size.
pub(crate) fn sized_text(data: *const c_char, size: usize) -> agora_value {
    agora_value { r#type: AGORA_VALUE_TEXT, number: size as u64, data: data.cast() }
}

/// Permissions.
pub(crate) fn permissions(handle: *const agora_rtm2_permissions) -> agora_value {
    agora_value { r#type: AGORA_VALUE_PERMISSIONS, number: 0, data: handle.cast() }
}

/// A whole number.
pub(crate) fn number(number: impl Into<i64>) -> agora_value {
    agora_value { r#type: AGORA_VALUE_INT64, number: number.into().cast_unsigned(), data: std::ptr::null() }
}
