//! Minting by grants.

use std::sync::Arc;

use agora_token::{ErrorCode, Grant, IssuedToken};
use napi::Env;
use napi::bindgen_prelude::{AsyncTask, ClassInstance, Task};
use napi_derive::napi;

use crate::argument::{Argument, Memory, credentials};
use crate::call::Call;
use crate::grant::{VALUES, grant};
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
    /// A promise of tokens for an array of grants, each an array of its values. A refusal tells which grant it is about,
    /// counted from `first`.
    #[napi]
    pub fn issue_all(&self, grants: Argument, first: Argument) -> Reply {
        answer(|| {
            let grants = grants.list(ErrorCode::Internal, "")?.into_iter().map(|values| {
                let mut memory = Memory::new();
                Ok(grant(&values.list(ErrorCode::Internal, "")?, &mut memory.room())?.into_owned())
            });
            let batch = Batch {
                issuer: Arc::clone(&self.issuer),
                grants: grants.collect::<Result<_, Refusal>>()?,
                first: first.number().unwrap_or_default(),
            };
            Ok(Reply::of(AsyncTask::new(batch)))
        })
    }
}

/// A token for a grant, whose values follow the issuer and an array for the token's times: when it was made, when it
/// ends, when to fetch the next.
pub(crate) struct Issue;

impl Call<{ VALUES + 2 }> for Issue {
    fn call(arguments: [Argument; VALUES + 2]) -> Reply {
        answer(|| {
            let [issuer, times, ref values @ ..] = arguments;
            let issuer: ClassInstance<'_, Issuer> = issuer.read().ok_or(ErrorCode::Internal)?;
            let mut memory = Memory::new();
            let IssuedToken { token, issued_at, expires_at, refresh_after, .. } =
                issuer.issuer.issue(&grant(values, &mut memory.room())?)?;
            #[allow(clippy::cast_precision_loss, reason = "Unix seconds are below 2^53")]
            times.write(&[issued_at, expires_at, refresh_after].map(|time| time.as_secs() as f64))?;
            Ok(Reply::Ascii(token))
        })
    }
}

/// Grants to mint for, on a thread of Node's pool.
pub(crate) struct Batch {
    issuer: Arc<agora_token::Issuer>,
    grants: Vec<Grant<'static>>,
    first: f64,
}

impl Task for Batch {
    type Output = Result<Vec<IssuedToken>, Refusal>;
    type JsValue = Reply;

    fn compute(&mut self) -> napi::Result<Self::Output> {
        let minted = guarded(|| {
            let numbered = (0u32..).zip(self.issuer.issue_all(&self.grants));
            numbered
                .map(|(index, issued)| {
                    issued.map_err(|error| Refusal::from(error).of_grant(self.first + f64::from(index)))
                })
                .collect()
        });
        Ok(minted)
    }

    fn resolve(&mut self, _: Env, minted: Self::Output) -> napi::Result<Reply> {
        Ok(minted.map_or_else(Reply::Refused, Reply::Issued))
    }
}
