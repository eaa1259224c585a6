//! What a call gives to JavaScript.

use std::panic::{AssertUnwindSafe, catch_unwind};

use agora_token::{ErrorCode, IssuedToken};

use crate::kept::Kept;
use crate::refusal::Refusal;

/// The outcome of a row of many.
pub(crate) type Issued = Result<IssuedToken, Refusal>;

/// What is done while JavaScript goes on, where the host can do that.
pub(crate) type Work = Box<dyn FnOnce() -> Result<Reply, Refusal> + Send>;

/// A value for JavaScript.
pub(crate) enum Reply {
    /// `null`.
    Null,
    /// A boolean.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A string of ASCII alone, as tokens are.
    Ascii(String),
    /// A string.
    Text(String),
    /// A Buffer.
    Bytes(Vec<u8>),
    /// An array, of anything but three.
    List(Vec<Reply>),
    /// Four for each row: the token, when it was made, when it ends, when to fetch the next; or `null` and a refusal.
    Issued(Vec<Issued>),
    /// An array of three strings: the code, the field, the reason.
    Refused(Refusal),
    /// What JavaScript keeps for later calls.
    Kept(Kept),
    /// A promise of the reply that this gives.
    Later(Work),
}

/// The outcome of a call. A panic ends here: nothing of a call outlives it, so nothing is left half done.
pub(crate) fn answer(work: impl FnOnce() -> Result<Reply, Refusal>) -> Reply {
    guarded(work).unwrap_or_else(Reply::from)
}

/// The same where there is no reply yet.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(ErrorCode::Internal.into()))
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Reply {
        Reply::Refused(refusal)
    }
}

impl<N: Into<f64>> From<N> for Reply {
    fn from(number: N) -> Reply {
        Reply::Number(number.into())
    }
}

impl Reply {
    /// A whole number below 2^53, as Unix seconds are.
    pub(crate) fn of_u64(number: u64) -> Reply {
        #[allow(clippy::cast_precision_loss, reason = "it is below 2^53")]
        Reply::Number(number as f64)
    }

    /// The four entries of a row of many.
    pub(crate) fn of_row(row: Issued) -> [Reply; 4] {
        match row {
            Ok(IssuedToken { token, issued_at, expires_at, refresh_after, .. }) => {
                let [issued_at, expires_at, refresh_after] =
                    [issued_at, expires_at, refresh_after].map(|time| Reply::of_u64(time.as_secs()));
                [Reply::Ascii(token), issued_at, expires_at, refresh_after]
            }
            Err(refusal) => {
                let [code, field, reason] = refusal.told().map(Reply::Text);
                [Reply::Null, code, field, reason]
            }
        }
    }
}
