//! Minting by grants.

use std::sync::Arc;

use agora_token::{ErrorCode, Grant, IssuedToken, Issuer, Stamp, User};

use crate::argument::{Argument, Kind, Memory};
use crate::call::Call;
use crate::credentials::credentials;
use crate::grant::{VALUES, grant, plain_user};
use crate::host;
use crate::kept::Kept;
use crate::refusal::Refusal;
use crate::reply::{Reply, answer};

/// An issuer for a project.
pub(crate) fn new_issuer(app_id: Argument, app_certificate: Argument) -> Reply {
    answer(|| {
        let credentials = credentials(app_id, app_certificate, &mut Memory::new().room())?;
        Ok(Reply::Kept(Kept::Issuer(Arc::new(Issuer::new(credentials)))))
    })
}

/// A promise of a token or a refusal for each grant of an array, each an array of its values.
pub(crate) fn issue_grants(issuer: Argument, grants: Argument) -> Reply {
    answer(|| {
        let held = issuer.held()?;
        let issuer = Arc::clone(held.kept.issuer()?);
        let read = |values: Argument| {
            let mut memory = Memory::new();
            Ok(grant(&values.list(ErrorCode::Internal, "")?, &mut memory.room())?.into_owned())
        };
        let grants: Vec<Result<Grant<'static>, Refusal>> =
            grants.list(ErrorCode::Internal, "")?.into_iter().map(read).collect();
        let mint = move |grant: Result<_, _>| mint(&issuer, &grant?);
        Ok(Reply::Later(Box::new(move || Ok(Reply::Issued(grants.into_iter().map(mint).collect())))))
    })
}

/// The same for each user of an array, by a grant for one of them; `null` is any user.
pub(crate) fn issue_users(issuer: Argument, users: Argument, template: Argument) -> Reply {
    answer(|| {
        let held = issuer.held()?;
        let issuer = Arc::clone(held.kept.issuer()?);
        let mut memory = Memory::new();
        let mut grant = grant(&template.list(ErrorCode::Internal, "")?, &mut memory.room())?.into_owned();
        let read = |user: Argument| match user.kind() {
            Kind::Null => Ok(User::Any),
            _ => Ok(plain_user(user, "user", &mut Memory::new().room())?.into_owned()),
        };
        let users: Vec<Result<User<'static>, Refusal>> =
            users.list(ErrorCode::Internal, "")?.into_iter().map(read).collect();
        let mint = move |user: Result<_, _>| {
            let user = user?;
            // By moving the grant, not by copying its channel for every user.
            grant = std::mem::replace(&mut grant, Grant::new(User::Any)).for_user(user);
            mint(&issuer, &grant)
        };
        Ok(Reply::Later(Box::new(move || Ok(Reply::Issued(users.into_iter().map(mint).collect())))))
    })
}

fn mint(issuer: &Issuer, grant: &Grant<'_>) -> Result<IssuedToken, Refusal> {
    Ok(issuer.issue_at(grant, host::stamp()?)?)
}

/// A token for a grant, whose values follow the issuer and an array for the token's times: when it was made, when it
/// ends, when to fetch the next.
pub(crate) struct Issue;

impl Call<Argument, { VALUES + 2 }> for Issue {
    fn call(arguments: [Argument; VALUES + 2]) -> Reply {
        let [issuer, times, ref values @ ..] = arguments;
        issue(issuer, times, values, mint)
    }
}

/// The same of a time and a salt, which follow the array and may be `undefined`.
pub(crate) struct IssueAt;

impl Call<Argument, { VALUES + 4 }> for IssueAt {
    fn call(arguments: [Argument; VALUES + 4]) -> Reply {
        let [issuer, times, clock, salt, ref values @ ..] = arguments;
        issue(issuer, times, values, |issuer, grant| Ok(issuer.issue_at(grant, stamp(clock, salt)?)?))
    }
}

/// Refuses a time and a salt that are none; either may be `undefined`.
pub(crate) fn check_stamp(clock: Argument, salt: Argument) -> Reply {
    answer(|| stamp(clock, salt).map(|_| Reply::Null))
}

/// Refuses a time that is none; it may be `undefined`.
pub(crate) fn check_time(clock: Argument) -> Reply {
    answer(|| if clock.is_undefined() { Ok(Reply::Null) } else { clock.unix_time("clock").map(|_| Reply::Null) })
}

/// The system's, as far as they are `undefined`.
fn stamp(clock: Argument, salt: Argument) -> Result<Stamp, Refusal> {
    let mut stamp = host::stamp()?;
    if !clock.is_undefined() {
        let now = clock.unix_time("clock")?.as_secs();
        stamp.issue_ts = u32::try_from(now).map_err(|_| ErrorCode::ClockOutOfRange)?;
    }
    if !salt.is_undefined() {
        stamp.salt = salt.u32(ErrorCode::InvalidSalt, "salt")?;
    }
    Ok(stamp)
}

#[inline(always)]
fn issue(
    issuer: Argument,
    times: Argument,
    values: &[Argument],
    mint: impl FnOnce(&Issuer, &Grant<'_>) -> Result<IssuedToken, Refusal>,
) -> Reply {
    answer(|| {
        let held = issuer.held()?;
        let mut memory = Memory::new();
        let IssuedToken { token, issued_at, expires_at, refresh_after, .. } =
            mint(held.kept.issuer()?, &grant(values, &mut memory.room())?)?;
        #[allow(clippy::cast_precision_loss, reason = "Unix seconds are below 2^53")]
        times.write(&[issued_at, expires_at, refresh_after].map(|time| time.as_secs() as f64))?;
        Ok(Reply::Ascii(token))
    })
}
