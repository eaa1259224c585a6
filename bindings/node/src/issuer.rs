//! Minting by grants.

use std::sync::Arc;

use agora_token::{ErrorCode, Grant, IssuedToken, Stamp, User};
use napi::bindgen_prelude::{AsyncTask, ClassInstance, Task};
use napi::{Env, ValueType};
use napi_derive::napi;

use crate::argument::{Argument, Memory};
use crate::call::Call;
use crate::credentials::credentials;
use crate::grant::{VALUES, grant, plain_user};
use crate::refusal::Refusal;
use crate::reply::{Reply, answer, guarded};

/// Mints for one project.
#[napi]
pub(crate) struct Issuer {
    issuer: Arc<agora_token::Issuer>,
}

/// An issuer for a project.
#[napi]
pub(crate) fn new_issuer(app_id: Argument, app_certificate: Argument) -> Reply {
    answer(|| {
        let credentials = credentials(app_id, app_certificate, &mut Memory::new().room())?;
        let issuer = Arc::new(agora_token::Issuer::new(credentials));
        Ok(Reply::of(Issuer { issuer }))
    })
}

#[napi]
#[allow(unreachable_pub, reason = "napi takes public methods alone")]
impl Issuer {
    /// A promise of a token or a refusal for each grant of an array, each an array of its values.
    #[napi]
    pub fn issue_grants(&self, grants: Argument) -> Reply {
        self.batch(|| {
            let read = |values: Argument| {
                let mut memory = Memory::new();
                Ok(grant(&values.list(ErrorCode::Internal, "")?, &mut memory.room())?.into_owned())
            };
            Ok(Rows::Grants(grants.list(ErrorCode::Internal, "")?.into_iter().map(read).collect()))
        })
    }

    /// The same for each user of an array, by a grant for one of them; `null` is any user.
    #[napi]
    pub fn issue_users(&self, users: Argument, template: Argument) -> Reply {
        self.batch(|| {
            let mut memory = Memory::new();
            let template = grant(&template.list(ErrorCode::Internal, "")?, &mut memory.room())?.into_owned();
            let read = |user: Argument| match user.kind() {
                ValueType::Null => Ok(User::Any),
                _ => Ok(plain_user(user, "user", &mut Memory::new().room())?.into_owned()),
            };
            Ok(Rows::Users(users.list(ErrorCode::Internal, "")?.into_iter().map(read).collect(), template))
        })
    }

    fn batch(&self, rows: impl FnOnce() -> Result<Rows, Refusal>) -> Reply {
        answer(|| Ok(Reply::of(AsyncTask::new(Batch { issuer: Arc::clone(&self.issuer), rows: Some(rows()?) }))))
    }
}

/// A token for a grant, whose values follow the issuer and an array for the token's times: when it was made, when it
/// ends, when to fetch the next.
pub(crate) struct Issue;

impl Call<{ VALUES + 2 }> for Issue {
    fn call(arguments: [Argument; VALUES + 2]) -> Reply {
        let [issuer, times, ref values @ ..] = arguments;
        issue(issuer, times, values, |issuer, grant| issuer.issue(grant).map_err(Refusal::from))
    }
}

/// The same of a time and a salt, which follow the array and may be `undefined`.
pub(crate) struct IssueAt;

impl Call<{ VALUES + 4 }> for IssueAt {
    fn call(arguments: [Argument; VALUES + 4]) -> Reply {
        let [issuer, times, clock, salt, ref values @ ..] = arguments;
        issue(issuer, times, values, |issuer, grant| Ok(issuer.issue_at(grant, stamp(clock, salt)?)?))
    }
}

/// Refuses a time and a salt that are none; either may be `undefined`.
#[napi]
pub(crate) fn check_stamp(clock: Argument, salt: Argument) -> Reply {
    answer(|| stamp(clock, salt).map(|_| Reply::Null))
}

/// Refuses a time that is none; it may be `undefined`.
#[napi]
pub(crate) fn check_time(clock: Argument) -> Reply {
    answer(|| if clock.is_undefined() { Ok(Reply::Null) } else { clock.unix_time("clock").map(|_| Reply::Null) })
}

/// The system's, as far as they are `undefined`.
fn stamp(clock: Argument, salt: Argument) -> Result<Stamp, Refusal> {
    let mut stamp = Stamp::now()?;
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
    mint: impl FnOnce(&agora_token::Issuer, &Grant<'_>) -> Result<IssuedToken, Refusal>,
) -> Reply {
    answer(|| {
        let issuer: ClassInstance<'_, Issuer> = issuer.read().ok_or(ErrorCode::Internal)?;
        let mut memory = Memory::new();
        let IssuedToken { token, issued_at, expires_at, refresh_after, .. } =
            mint(&issuer.issuer, &grant(values, &mut memory.room())?)?;
        #[allow(clippy::cast_precision_loss, reason = "Unix seconds are below 2^53")]
        times.write(&[issued_at, expires_at, refresh_after].map(|time| time.as_secs() as f64))?;
        Ok(Reply::Ascii(token))
    })
}

/// What to mint for, each as it was read.
enum Rows {
    Grants(Vec<Result<Grant<'static>, Refusal>>),
    Users(Vec<Result<User<'static>, Refusal>>, Grant<'static>),
}

/// Rows to mint for, on a thread of Node's pool.
pub(crate) struct Batch {
    issuer: Arc<agora_token::Issuer>,
    rows: Option<Rows>,
}

impl Task for Batch {
    type Output = Result<Vec<Result<IssuedToken, Refusal>>, Refusal>;
    type JsValue = Reply;

    fn compute(&mut self) -> napi::Result<Self::Output> {
        let minted = guarded(|| {
            let issue = |grant: &Grant<'static>| self.issuer.issue(grant).map_err(Refusal::from);
            Ok(match self.rows.take().ok_or(ErrorCode::Internal)? {
                Rows::Grants(grants) => grants.into_iter().map(|grant| issue(&grant?)).collect(),
                Rows::Users(users, mut grant) => {
                    let mint = |user: Result<User<'static>, Refusal>| {
                        let user = user?;
                        // By moving the grant, not by copying its channel for every user.
                        grant = std::mem::replace(&mut grant, Grant::new(User::Any)).for_user(user);
                        issue(&grant)
                    };
                    users.into_iter().map(mint).collect()
                }
            })
        });
        Ok(minted)
    }

    fn resolve(&mut self, _: Env, minted: Self::Output) -> napi::Result<Reply> {
        Ok(minted.map_or_else(Reply::Refused, Reply::Issued))
    }
}
