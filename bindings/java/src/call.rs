//! The operations, by the numbers that Java knows them by.

use std::panic::{AssertUnwindSafe, catch_unwind};

use agora_token::{Error, ErrorCode};

use crate::handle::Handle;
use crate::message::{Reply, Request};
use crate::{builders, doctor, grant, tokens, verifier};

/// What an operation is done with: the handle it is of, what was asked, and the answer to fill.
type Work = fn(Option<&Handle>, Request<'_>, &mut Reply) -> Result<(), Error>;

/// In the order of `Operation` in Java.
const OPERATIONS: [Work; 19] = [
    builders::build,
    builders::build_official,
    tokens::check_credentials,
    grant::check_user,
    grant::check_channel,
    grant::new_issuer,
    grant::issue,
    verifier::new_verifier,
    verifier::verdict,
    tokens::draw_stamp,
    tokens::build_access_token2,
    tokens::build_packed,
    tokens::parse_access_token2,
    tokens::verify_access_token2,
    tokens::build_access_token,
    tokens::parse_access_token,
    tokens::verify_access_token,
    tokens::inspect,
    doctor::diagnose,
];

/// The answer to a message. A panic ends here: nothing of a call outlives it, so nothing is left half done.
pub(crate) fn answer(operation: i32, handle: Option<&Handle>, message: &[u8]) -> Vec<u8> {
    let work = usize::try_from(operation).ok().and_then(|number| OPERATIONS.get(number));
    guarded(|reply| match work {
        Some(work) => work(handle, Request::new(message), reply),
        None => Err(ErrorCode::Internal.into()),
    })
}

fn guarded(work: impl FnOnce(&mut Reply) -> Result<(), Error>) -> Vec<u8> {
    let mut reply = Reply::new();
    let done = catch_unwind(AssertUnwindSafe(|| work(&mut reply)));
    match done.unwrap_or_else(|_| Err(ErrorCode::Internal.into())) {
        Ok(()) => reply.finish(),
        Err(error) => Reply::refused(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_internal_error() {
        let internal = Reply::refused(&ErrorCode::Internal.into());
        assert_eq!(guarded(|_| panic!("injected")), internal);
        assert_eq!(answer(-1, None, &[]), internal);
        assert_eq!(answer(i32::MAX, None, &[]), internal);
    }

    #[test]
    fn what_is_no_message_is_an_internal_error() {
        let internal = Reply::refused(&ErrorCode::Internal.into());
        /// It reads nothing.
        const DRAW_STAMP: i32 = 9;
        for operation in (0..19).filter(|operation| *operation != DRAW_STAMP) {
            for message in [&[9][..], &[1, 0], &[2, 255, 255, 255, 255], &[2, 1, 0, 0, 0, 255], &[4, 9, 0, 0, 0]] {
                assert_eq!(answer(operation, None, message), internal, "{operation}");
            }
        }
    }
}
