//! Minting by grants.

use std::sync::Arc;

use agora_token::{ErrorCode, Grant, IssuedToken};
use napi::Env;
use napi::bindgen_prelude::{AsyncTask, Task};
use napi_derive::napi;

use crate::argument::{Argument, Memory, credentials};
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
        let issuer = Arc::new(agora_token::Issuer::new(credentials(app_id, app_certificate)?));
        Ok(Reply::Issuer(Box::new(Issuer { issuer })))
    })
}

#[napi]
#[allow(unreachable_pub, reason = "napi takes public methods alone")]
impl Issuer {
    /// A token for the grant of these values, as [`grant`] reads them.
    #[napi]
    #[allow(clippy::too_many_arguments, reason = "as for the check of a grant")]
    pub fn issue(
        &self,
        services: Argument,
        given: Argument,
        user: Argument,
        channel: Argument,
        role: Argument,
        lifetime: Argument,
        lifetime_longer_than_a_day: Argument,
        publish_lifetime: Argument,
        allow_long_token: Argument,
        permissions: Argument,
        room_uuid: Argument,
        room_role: Argument,
    ) -> Reply {
        let values: [Argument; VALUES] = [
            services,
            given,
            user,
            channel,
            role,
            lifetime,
            lifetime_longer_than_a_day,
            publish_lifetime,
            allow_long_token,
            permissions,
            room_uuid,
            room_role,
        ];
        answer(|| {
            let mut memory = Memory::new();
            Ok(Reply::Issued(vec![self.issuer.issue(&grant(&values, &mut memory.room())?)?]))
        })
    }

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
            Ok(Reply::Batch(Box::new(AsyncTask::new(batch))))
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
    type Output = Result<Vec<IssuedToken>, Box<Refusal>>;
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
        Ok(minted.map_err(Box::new))
    }

    fn resolve(&mut self, _: Env, minted: Self::Output) -> napi::Result<Reply> {
        Ok(minted.map_or_else(Reply::Refused, Reply::Issued))
    }
}
