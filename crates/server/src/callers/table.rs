//! The callers that the settings name, and how a request's caller is found.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::SystemTime;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use jsonwebtoken::dangerous::insecure_decode_claims;
use jsonwebtoken::decode_header;
use quick_cache::sync::Cache;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::caller::Caller;
use super::jwt::{Identified, JwtIssuer};
use super::provider::Provider;
use super::refusal::Refusal;
use super::{keys, signatures};
use crate::error::Error;
use crate::policy::Policy;
use crate::problem::Problem;
use crate::settings::Settings;
use crate::small_file;

const MOST_RECENT: usize = 16_384;

pub(crate) struct Callers {
    keys: HashMap<String, Key>,
    issuers: Vec<JwtIssuer>,
    anonymous: Option<Arc<Policy>>,
    denied: HashSet<String>,
    /// By the hash of a JWT: a caller who presents one again pays for a hash in place of a signature.
    recent: Cache<[u8; 32], Verified>,
}

#[derive(Clone)]
struct Verified {
    caller: Caller,
    /// Which issuer's it is, and of which keys: newer ones may leave out the one that signed it.
    issuer: usize,
    generation: u64,
    until: SystemTime,
}

struct Key {
    caller: Caller,
    expires_at: Option<SystemTime>,
}

impl Callers {
    /// Keys that were fetched for `before` stay.
    pub(crate) fn load(settings: &Settings, before: Option<&Callers>) -> Result<Callers, Error> {
        signatures::install();
        let policies = settings
            .policies
            .iter()
            .map(|(name, policy)| Ok((name.as_str(), Arc::new(Policy::new(name, policy, settings)?))))
            .collect::<Result<BTreeMap<_, _>, Error>>()?;
        let policy = |name: &str, field: String| {
            policies.get(name).cloned().ok_or_else(|| Error::setting(field, "no policy has this name"))
        };
        check_names("api_keys", "key", settings.api_keys.iter().map(|key| &key.name))?;
        check_names("jwt_issuers", "issuer", settings.jwt_issuers.iter().map(|issuer| &issuer.name))?;

        let mut keys = HashMap::new();
        for key in &settings.api_keys {
            let field = |part: &str| format!("api_keys.{}.{part}", key.name);
            let bound = policy(&key.policy, field("policy"))?;
            if bound.settings.subject {
                return Err(Error::setting(field("policy"), "a policy with subject is for JWTs: a key has no subject"));
            }
            let caller = Caller::plain(format!("key:{}", key.name), bound);
            let expires_at = key.expires_at.map(|moment| moment.0);
            if keys.insert(keys::hash_in(key)?, Key { caller, expires_at }).is_some() {
                return Err(Error::setting(field("sha256"), "another key has the same hash"));
            }
        }
        let fetched: Vec<Arc<Provider>> = before.map(Callers::providers).unwrap_or_default();
        let issuers = settings.jwt_issuers.iter().map(|issuer| JwtIssuer::load(issuer, &fetched, policy));
        let anonymous = match &settings.anonymous {
            Some(name) => Some(policy(name, "anonymous".to_owned())?),
            None if !policies.is_empty() && !settings.knows_callers() => {
                let reason = "nobody has one: api_keys, jwt_issuers or anonymous expected";
                return Err(Error::setting("policies", reason));
            }
            None if settings.is_open() => Some(Arc::new(Policy::of_anybody(settings.max_lifetime.0))),
            None => None,
        };
        Ok(Callers {
            issuers: issuers.collect::<Result<_, Error>>()?,
            keys,
            anonymous,
            denied: denied(settings)?,
            recent: Cache::new(MOST_RECENT),
        })
    }

    fn providers(&self) -> Vec<Arc<Provider>> {
        self.issuers.iter().filter_map(JwtIssuer::provider).cloned().collect()
    }

    pub(crate) fn start(&self) {
        self.providers().iter().for_each(Provider::start);
    }

    /// The caller of a request. Credentials that are presented must be valid, even where none are needed.
    pub(crate) async fn identify(&self, headers: &HeaderMap) -> Result<Caller, Problem> {
        let mut presented = headers.get_all(AUTHORIZATION).iter();
        let Some(header) = presented.next() else {
            let policy = self.anonymous.clone().ok_or(Refusal::Nothing)?;
            return Ok(Caller::plain("anonymous".to_owned(), policy));
        };
        if presented.next().is_some() {
            return Err(Refusal::Twice.into());
        }
        let presented = header.to_str().ok().and_then(|text| text.split_once(' '));
        let bearer = presented.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let credential = bearer.ok_or(Refusal::NoBearer)?.1.trim();
        let caller = if credential.contains('.') {
            self.identify_jwt(credential).await?
        } else {
            let key = self.keys.get(&keys::hash_of(credential)).ok_or(Refusal::UnknownApiKey)?;
            if key.expires_at.is_some_and(|end| end <= SystemTime::now()) {
                return Err(Refusal::EndedApiKey.into());
            }
            key.caller.clone()
        };
        if self.is_denied(&caller.name) {
            return Err(Refusal::Denied.into());
        }
        Ok(caller)
    }

    /// A line of the denylist may be copied from the audit log, which escapes what could be mistaken for another text, and
    /// it has no blanks at its end.
    fn is_denied(&self, name: &str) -> bool {
        let is_named = |name: &str| self.denied.contains(name.trim_end());
        !self.denied.is_empty() && (is_named(name) || is_named(&name.escape_debug().to_string()))
    }

    async fn identify_jwt(&self, token: &str) -> Result<Caller, Problem> {
        let hash: [u8; 32] = Sha256::digest(token).into();
        let now = SystemTime::now();
        let is_good = |found: &Verified| {
            let issuer = self.issuers.get(found.issuer);
            found.until > now && issuer.is_some_and(|issuer| issuer.generation() == found.generation)
        };
        if let Some(found) = self.recent.get(&hash).filter(is_good) {
            return Ok(found.caller);
        }
        match self.verify(token, hash) {
            // The provider may have a key that is new here.
            Err(Refused { refusal: Refusal::UnknownKey | Refusal::NoKeys, issuer: Some(issuer), .. })
                if issuer.provider().is_some() =>
            {
                if let Some(provider) = issuer.provider() {
                    provider.fetch_for_unknown_key().await;
                }
                self.verify(token, hash).map_err(Problem::from)
            }
            found => found.map_err(Problem::from),
        }
    }

    /// By the issuer that the JWT names, or those that take any. Of several refusals the one is told that came furthest,
    /// with the issuer whose keys were asked.
    fn verify<'a>(&'a self, token: &str, hash: [u8; 32]) -> Result<Caller, Refused<'a>> {
        #[derive(Deserialize)]
        struct Named {
            iss: Option<String>,
        }
        // An unknown algorithm, `none` above all, cannot be decoded. `crit` names extensions that a reader must know, and
        // none is known here.
        let header = decode_header(token).ok().filter(|header| header.crit.is_none());
        let header = header.ok_or(Refused::of(Refusal::NoJwt))?;
        let Named { iss } = insecure_decode_claims(token).map_err(|_| Refused::of(Refusal::NoJwt))?;
        let is_meant = |issuer: &JwtIssuer| issuer.issuer.is_none() || issuer.issuer == iss;
        let mut furthest = Refused::of(if iss.is_some() { Refusal::WrongIssuer } else { Refusal::NoIssuer });
        for (number, issuer) in self.issuers.iter().enumerate().filter(|(_, issuer)| is_meant(issuer)) {
            let generation = issuer.generation();
            match issuer.identify(token, &header) {
                Ok(Identified { jti: Some(jti), .. }) if self.is_denied(&format!("jti:{jti}")) => {
                    return Err(Refused { refusal: Refusal::Denied, issuer: Some(issuer), kid: header.kid });
                }
                Ok(Identified { caller, until, .. }) => {
                    self.recent.insert(hash, Verified { caller: caller.clone(), issuer: number, generation, until });
                    return Ok(caller);
                }
                Err(refusal) if refusal >= furthest.refusal => {
                    furthest = Refused { refusal, issuer: Some(issuer), kid: header.kid.clone() };
                }
                Err(_) => {}
            }
        }
        Err(furthest)
    }
}

struct Refused<'i> {
    refusal: Refusal,
    issuer: Option<&'i JwtIssuer>,
    kid: Option<String>,
}

impl Refused<'_> {
    fn of(refusal: Refusal) -> Self {
        Refused { refusal, issuer: None, kid: None }
    }
}

impl From<Refused<'_>> for Problem {
    fn from(Refused { refusal, issuer, kid }: Refused<'_>) -> Problem {
        let jwt = issuer.map(|issuer| Box::new((issuer.name.clone(), kid)));
        Problem { jwt, ..refusal.into() }
    }
}

fn check_names<'a>(table: &str, what: &str, mut names: impl Iterator<Item = &'a String>) -> Result<(), Error> {
    let mut seen = HashSet::new();
    let refuse = |name| Error::setting(format!("{table}.{name}.name"), format!("another {what} has the same name"));
    names.find(|name| !seen.insert(*name)).map(refuse).map_or(Ok(()), Err)
}

/// Who gets nothing: a line each. A line that can deny nobody is refused: somebody thinks that it does.
fn denied(settings: &Settings) -> Result<HashSet<String>, Error> {
    let Some(file) = &settings.denylist_file else {
        return Ok(HashSet::new());
    };
    let refuse = |reason: String| Err(Error::setting("denylist_file", reason));
    let content = small_file::read(file, "denylist_file")?;
    let Ok(text) = std::str::from_utf8(&content) else {
        return refuse("the file is not text".to_owned());
    };
    // A file is empty for a moment while it is written, and for longer where the disk is full.
    if text.trim().is_empty() {
        return refuse("the file is empty: where nobody is denied, a comment as # nobody says so".to_owned());
    }
    let is_issuer = |name: &str| {
        let mut names = settings.jwt_issuers.iter().filter_map(|issuer| name.strip_prefix(&*issuer.name));
        names.any(|rest| rest.len() > 1 && rest.starts_with(':'))
    };
    let mut denied = HashSet::new();
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        match line.split_once(':') {
            _ if line.is_empty() || line.starts_with('#') => continue,
            Some(("key", name)) if settings.api_keys.iter().any(|key| key.name == name) => {}
            Some(("jwt", name)) if is_issuer(name) => {}
            Some(("jti", id)) if !id.is_empty() => {}
            Some(("key", _)) => return refuse(format!("line {number}: none of the api_keys has this name")),
            Some(("jwt", name)) if name.contains(':') => {
                return refuse(format!("line {number}: none of the jwt_issuers has this name"));
            }
            _ => return refuse(format!("line {number}: key:NAME, jwt:ISSUER:SUBJECT or jti:ID expected")),
        }
        denied.insert(line.to_owned());
    }
    Ok(denied)
}
