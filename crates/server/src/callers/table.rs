//! The callers that the settings name, and how a request's caller is found.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

use super::caller::Caller;
use super::jwt::{self, JwtIssuer};
use super::keys::KeyHash;
use crate::error::Error;
use crate::policy::Policy;
use crate::problem::{Code, Problem};
use crate::settings::Settings;

/// The callers that the settings name.
pub(crate) struct Callers {
    keys: HashMap<KeyHash, (String, Arc<Policy>)>,
    issuers: Vec<JwtIssuer>,
    anonymous: Option<Arc<Policy>>,
}

impl Callers {
    pub(crate) fn load(settings: &Settings) -> Result<Callers, Error> {
        let longest = settings.max_lifetime.0;
        let policies = settings
            .policies
            .iter()
            .map(|(name, policy)| Ok((name.as_str(), Arc::new(Policy::new(name, policy, longest)?))))
            .collect::<Result<BTreeMap<_, _>, Error>>()?;
        let policy = |name: &str, field: String| {
            policies.get(name).cloned().ok_or_else(|| Error::setting(field, "no policy has this name"))
        };

        let mut keys = HashMap::new();
        for key in &settings.api_keys {
            let field = |part: &str| format!("api_keys.{}.{part}", key.name);
            let bound = policy(&key.policy, field("policy"))?;
            if bound.needs_subject() {
                return Err(Error::setting(field("policy"), "a policy with subject is for JWTs: a key has no subject"));
            }
            if keys.insert(KeyHash::from_settings(key)?, (key.name.clone(), bound)).is_some() {
                return Err(Error::setting(field("sha256"), "another key has the same hash"));
            }
        }
        let mut issuers = Vec::new();
        for issuer in &settings.jwt_issuers {
            let bound = policy(&issuer.policy, format!("jwt_issuers.{}.policy", issuer.name))?;
            issuers.push(JwtIssuer::load(issuer, bound)?);
        }
        let anonymous = match &settings.anonymous {
            Some(name) => Some(policy(name, "anonymous".to_owned())?),
            None if settings.is_open() => Some(Arc::new(Policy::of_anybody(longest))),
            None => None,
        };
        Ok(Callers { keys, issuers, anonymous })
    }

    /// Whether callers who present nothing are served.
    pub(crate) fn has_anonymous(&self) -> bool {
        self.anonymous.is_some()
    }

    /// The caller of a request. Credentials that are presented must be valid, even where none are needed.
    pub(crate) fn identify(&self, headers: &HeaderMap) -> Result<Caller, Problem> {
        let mut presented = headers.get_all(AUTHORIZATION).iter();
        let credential = match (presented.next(), presented.next()) {
            (None, _) => {
                let policy = self.anonymous.clone().ok_or(Code::Unauthenticated)?;
                return Ok(Caller { name: "anonymous".to_owned(), policy, subject: None });
            }
            (Some(_), Some(_)) => return Err(unauthenticated("there is more than one Authorization header")),
            (Some(header), None) => header
                .to_str()
                .ok()
                .and_then(|text| text.split_once(' '))
                .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
                .map(|(_, credential)| credential.trim())
                .ok_or_else(|| unauthenticated("Authorization must be: Bearer, a blank, an API key or a JWT"))?,
        };
        if credential.contains('.') {
            return self.identify_jwt(credential);
        }
        let (name, policy) =
            self.keys.get(&KeyHash::of(credential)).ok_or_else(|| unauthenticated("the API key is not known"))?;
        Ok(Caller { name: format!("key:{name}"), policy: policy.clone(), subject: None })
    }

    /// By the first issuer whose key signed it. Of several refusals the one is reported that passed the most checks.
    fn identify_jwt(&self, token: &str) -> Result<Caller, Problem> {
        let mut refusal = jwt::Refusal::NotOurs;
        for issuer in &self.issuers {
            match issuer.identify(token) {
                Ok(caller) => return Ok(caller),
                Err(found) => refusal = refusal.max(found),
            }
        }
        Err(unauthenticated(refusal.reason()))
    }
}

fn unauthenticated(reason: &'static str) -> Problem {
    Problem::new(Code::Unauthenticated, reason)
}
