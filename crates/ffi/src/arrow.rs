//! A token for each row of a table, over the Arrow C data interface. Written by hand, since the streams are structs of
//! the caller's and no handles.

use std::ffi::c_char;
use std::num::NonZero;

use agora_token::{Channel, Error, ErrorCode, Lifetime, Role};
use agora_token_rows::arrow::{
    ArrayStreamReader, ArrowError, FFI_ArrowArrayStream as ArrowArrayStream, Issue, RecordBatch, RecordBatchReader,
    SchemaRef,
};
use agora_token_rows::{Defaults, Minter, RowError, default_services};

use crate::guard::{Wiped, null, refusable, text, writable};
use crate::issuer::agora_issuer;
use crate::refusal::agora_refusal;
use crate::status::agora_status;

/// Mints a token for each row of a table, as its rows are drawn from out_rows: in batches of at most 16384 rows a thread,
/// in the order of the rows, without copying them. The structs are those of the Arrow C data interface, by which
/// libraries for Arrow in any language exchange tables; none of them is needed here.
///
/// The columns that mean something, of which a null is a value left out: channel; uid (integers, or texts of digits) or
/// account (texts); role ("publisher" or "subscriber", or its number); services (lists, or texts as "rtc+rtm", of rtc,
/// rtm, chat); lifetime (seconds, at most 24 hours, or texts as "90m"); publish_lifetime, where that is shorter. Any
/// others are passed through; one whose name is nearly one of these is refused. Added are token, issued_at, expires_at,
/// refresh_after (Unix seconds) and error: a row that is refused has a text as "INVALID_UID: uid is 0, ..." there, and
/// nulls in the others. Codes are those of agora_status_name and INVALID_ROW, of a row or a cell that no column takes.
///
/// issuer: may be freed before the rows are drawn.
/// rows: taken over and left released, whatever comes of the call, unless a pointer is NULL.
/// channel: of rows that name none; NULL refuses those.
/// role: of rows that name none, AGORA_ROLE_PUBLISHER or AGORA_ROLE_SUBSCRIBER; 0 is publisher.
/// row_services: of rows that name none, as "rtc+rtm"; NULL is "rtc".
/// lifetime: of rows that name none, seconds up to 24 hours; 0 is an hour.
/// threads: at most so many mint at once; 0 is as many as there are processors.
/// out_rows: a stream of the caller's, to be released by it: until then it holds a copy of the certificate. It is to be
///     drawn from by one thread at a time.
/// Errors: AGORA_ERROR_UNKNOWN_OPTION for a table that cannot be used: one without uid and account, with a column of
///     another type, twice or misspelt, or no stream of rows; AGORA_ERROR_INVALID_CHANNEL_NAME,
///     AGORA_ERROR_INVALID_ROLE, AGORA_ERROR_LIFETIME_OVER_A_DAY and AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP of
///     what rows get that name none.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_issuer_issue_arrow(
    issuer: *const agora_issuer,
    rows: *mut ArrowArrayStream,
    channel: *const c_char,
    role: u32,
    row_services: *const c_char,
    lifetime: u32,
    threads: u32,
    out_rows: *mut ArrowArrayStream,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    let call = || {
        writable(rows, "rows")?;
        writable(out_rows, "out_rows")?;
        // SAFETY: NULL or a handle of this library, by the caller's promise.
        let issuer = unsafe { issuer.as_ref() }.ok_or_else(|| null("issuer"))?;
        // SAFETY: not NULL, and a stream by the caller's promise.
        let rows = unsafe { ArrowArrayStream::from_raw(rows) };
        // SAFETY: not NULL, and NUL-terminated by the caller's promise.
        let given =
            |text_of: *const c_char, name| (!text_of.is_null()).then(|| unsafe { text(text_of, name) }).transpose();
        let mut defaults = Defaults::new("default channel");
        defaults.channel = match given(channel, "channel")? {
            Some(name) => Some(Channel::named(name.to_owned()).map_err(|error| error.in_field("channel"))?),
            None => None,
        };
        if role != 0 {
            defaults.role = Role::from_number(role)?;
        }
        if let Some(names) = given(row_services, "row_services")? {
            defaults.services = default_services(names, "row_services")?;
        }
        if lifetime != 0 {
            defaults.lifetime = Lifetime::from_secs(lifetime).map_err(|error| error.in_field("lifetime"))?;
        }
        let table = ArrayStreamReader::try_new(rows)
            .map_err(|error| ErrorCode::UnknownOption.of("", format!("rows is no stream: {error}")))?;
        let minter = Minter { issuer: issuer.core().clone(), defaults };
        let threads = NonZero::new(threads as usize);
        let issue = Issue::new(minter, Box::new(table), threads, Box::new(|_| Ok(None))).map_err(refusal)?;
        // SAFETY: not NULL, writable by the caller's promise; it need not be initialised.
        unsafe { out_rows.write(ArrowArrayStream::new(Box::new(Rows(Wiped::new(issue))))) };
        Ok(())
    };
    // SAFETY: the caller's promise is the same.
    unsafe { refusable(out_refusal, call) }
}

/// What a stream holds: a certificate among it.
struct Rows(Wiped<Issue>);

impl Iterator for Rows {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

impl RecordBatchReader for Rows {
    fn schema(&self) -> SchemaRef {
        self.0.schema()
    }
}

/// A table has no code of its own here.
fn refusal(error: RowError) -> Error {
    error.into_error().unwrap_or_else(|reason| ErrorCode::UnknownOption.of("", reason))
}
