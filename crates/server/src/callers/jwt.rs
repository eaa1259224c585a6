//! JWTs of issuers that the settings name, and the callers that their claims make.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use agora_token::User;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, Header, Validation, decode};
use serde_json::Value;

use super::caller::Caller;
use super::jwks::Keys;
use super::provider::Provider;
use super::refusal::Refusal;
use super::templates::{Claims, Template, has};
use crate::error::Error;
use crate::pattern::Pattern;
use crate::policy::{Own, Policy};
use crate::settings::{IssuerSettings, Seconds};
use crate::small_file;

const LONGEST_SUBJECT: usize = 255;

pub(super) struct JwtIssuer {
    pub(super) name: String,
    /// The `iss` that it writes; none for any.
    pub(super) issuer: Option<String>,
    keys: Source,
    validation: Validation,
    leeway: Duration,
    policy: Option<Arc<Policy>>,
    rules: Vec<(String, String, Arc<Policy>)>,
    uid: Option<Template>,
    account: Option<Template>,
    channels: Vec<Template>,
}

enum Source {
    Fixed(Arc<Keys>),
    Provider(Arc<Provider>),
}

pub(super) struct Identified {
    pub(super) caller: Caller,
    pub(super) jti: Option<String>,
    /// Until when it counts, leeway and all.
    pub(super) until: SystemTime,
}

impl JwtIssuer {
    /// `policy` finds a policy by its name, for the setting of that name.
    pub(super) fn load(
        settings: &IssuerSettings,
        before: &[Arc<Provider>],
        policy: impl Fn(&str, String) -> Result<Arc<Policy>, Error>,
    ) -> Result<JwtIssuer, Error> {
        for (part, text) in [("issuer", &[settings.issuer.clone()][..]), ("audience", settings.audience.as_slice())] {
            if text.is_empty() || text.iter().any(String::is_empty) {
                return Err(settings.refuse(part, "a text expected, or \"*\" for any"));
            }
        }
        if settings.policy.is_none() && settings.rules.is_empty() {
            return Err(settings.refuse("policy", "a policy expected, or rules that pick one"));
        }
        let template =
            |part: &str, text: &String| Template::parse(text).map_err(|reason| settings.refuse(part, reason));
        let rules = settings.rules.iter().map(|rule| {
            Ok((rule.claim.clone(), rule.has.clone(), policy(&rule.policy, settings.field("rules.policy"))?))
        });
        let keys = Source::load(settings, before)?;
        let leeway = settings.leeway.unwrap_or(Seconds(30)).duration();
        Ok(JwtIssuer {
            name: settings.name.clone(),
            issuer: (settings.issuer != "*").then(|| settings.issuer.clone()),
            keys,
            validation: validation(settings, leeway),
            leeway,
            policy: settings.policy.as_ref().map(|name| policy(name, settings.field("policy"))).transpose()?,
            rules: rules.collect::<Result<_, Error>>()?,
            uid: settings.uid.as_ref().map(|text| template("uid", text)).transpose()?,
            account: settings.account.as_ref().map(|text| template("account", text)).transpose()?,
            channels: settings.channels.iter().map(|text| template("channels", text)).collect::<Result<_, _>>()?,
        })
    }

    pub(super) fn provider(&self) -> Option<&Arc<Provider>> {
        match &self.keys {
            Source::Fixed(_) => None,
            Source::Provider(provider) => Some(provider),
        }
    }

    /// Grows when the keys change; never where they cannot.
    pub(super) fn generation(&self) -> u64 {
        self.provider().map_or(0, |provider| provider.generation())
    }

    pub(super) fn identify(&self, token: &str, header: &Header) -> Result<Identified, Refusal> {
        let keys = match &self.keys {
            Source::Fixed(keys) => keys.clone(),
            Source::Provider(provider) => provider.keys(),
        };
        if keys.len() == 0 {
            return Err(Refusal::NoKeys);
        }
        let key = keys.find(header.kid.as_deref(), header.alg).ok_or(Refusal::UnknownKey)?;
        let mut validation = self.validation.clone();
        validation.algorithms = vec![header.alg];
        let claims = decode::<Claims>(token, &key.key, &validation).map_err(|error| refusal_of(error.kind()))?.claims;
        let subject =
            claims.get("sub").and_then(Value::as_str).filter(|subject| (1..=LONGEST_SUBJECT).contains(&subject.len()));
        let subject = subject.ok_or(Refusal::LacksSubject)?;
        let ends_at = claims.get("exp").and_then(seconds).ok_or(Refusal::LacksEnd)?;
        let rule = self.rules.iter().find(|(claim, value, _)| has(&claims, claim, value));
        let policy = rule.map(|(_, _, policy)| policy).or(self.policy.as_ref()).ok_or(Refusal::NoPolicy)?;
        let caller = Caller {
            name: format!("jwt:{}:{subject}", self.name),
            policy: policy.clone(),
            own: Own {
                user: self.user(&claims, subject),
                channels: self.channels.iter().flat_map(|template| template.fill(&claims)).map(Pattern::from).collect(),
                ends_at: Some(ends_at),
            },
        };
        let until = ends_at.checked_add(self.leeway).ok_or(Refusal::LacksEnd)?;
        // Some issuers count.
        let name_of = |jti: &Value| jti.as_str().map(str::to_owned).or_else(|| Some(jti.as_number()?.to_string()));
        let jti = claims.get("jti").and_then(name_of);
        Ok(Identified { caller, jti, until })
    }

    /// The user that the templates make; the subject where there are none, as a uid if it is one.
    fn user(&self, claims: &Claims, subject: &str) -> Option<User<'static>> {
        let only = |template: &Option<Template>| match template.as_ref()?.fill(claims).as_slice() {
            [text] => Some(text.clone()),
            _ => None,
        };
        let uid = |text: &str| match text.parse::<u32>() {
            Ok(uid) if uid.to_string() == text => User::uid(uid).ok(),
            _ => None,
        };
        if self.uid.is_none() && self.account.is_none() {
            return uid(subject).or_else(|| User::account(subject.to_owned()).ok());
        }
        only(&self.uid).and_then(|text| uid(&text)).or_else(|| User::account(only(&self.account)?).ok())
    }
}

impl Source {
    fn load(settings: &IssuerSettings, before: &[Arc<Provider>]) -> Result<Source, Error> {
        let (key_file, jwks_file) = (&settings.key_file, &settings.jwks_file);
        let ways = [key_file.is_some(), jwks_file.is_some(), settings.jwks_url.is_some(), settings.discover];
        let is_one = ways.into_iter().filter(|is_there| *is_there).count() == 1;
        let is_idle = settings.algorithm.is_some() && key_file.is_none();
        Error::of_rules(&[
            (!is_one, &settings.field("key_file"), "one of key_file, jwks_file, jwks_url and discover expected"),
            (is_idle, &settings.field("algorithm"), "the keys of a JWKS document have their own"),
        ])?;
        if let Some(file) = key_file {
            let expected = "HS256, RS256, ES256 or EdDSA expected, or one of their longer kin: the key_file's own";
            let algorithm = settings.algorithm.ok_or_else(|| settings.refuse("algorithm", expected))?;
            let content = match algorithm {
                Algorithm::HS256 => small_file::read_line(file, &settings.field("key_file"))?,
                _ => small_file::read(file, &settings.field("key_file"))?,
            };
            let keys = Keys::of_file(algorithm, &content).map_err(|reason| settings.refuse("key_file", reason))?;
            return Ok(Source::Fixed(Arc::new(keys)));
        }
        if let Some(file) = jwks_file {
            let content = small_file::read(file, &settings.field("jwks_file"))?;
            let keys = Keys::of_jwks(&content, true).map_err(|reason| settings.refuse("jwks_file", reason))?;
            return Ok(Source::Fixed(Arc::new(keys)));
        }
        Provider::load(settings, before).map(Source::Provider)
    }
}

/// A NumericDate, which may have a fraction.
fn seconds(value: &serde_json::Value) -> Option<SystemTime> {
    let seconds = value.as_f64().filter(|seconds| *seconds >= 0.0)?;
    UNIX_EPOCH.checked_add(Duration::try_from_secs_f64(seconds).ok()?)
}

fn refusal_of(error: &ErrorKind) -> Refusal {
    match error {
        ErrorKind::ExpiredSignature => Refusal::Expired,
        ErrorKind::ImmatureSignature => Refusal::NotYet,
        ErrorKind::InvalidIssuer => Refusal::WrongIssuer,
        ErrorKind::InvalidAudience => Refusal::WrongAudience,
        // Claims are read after the signature is checked, the header before by itself.
        ErrorKind::MissingRequiredClaim(name) | ErrorKind::InvalidClaimFormat(name) => match name.as_str() {
            "sub" => Refusal::LacksSubject,
            "aud" => Refusal::LacksAudience,
            "iss" => Refusal::LacksIssuer,
            "nbf" => Refusal::WrongBegin,
            _ => Refusal::LacksEnd,
        },
        ErrorKind::Json(_) => Refusal::LacksEnd,
        _ => Refusal::NotOurs,
    }
}

fn validation(settings: &IssuerSettings, leeway: Duration) -> Validation {
    let mut validation = Validation::default();
    let mut required = vec!["exp", "sub"];
    validation.leeway = leeway.as_secs();
    validation.validate_nbf = true;
    if settings.issuer != "*" {
        required.push("iss");
        validation.set_issuer(&[&settings.issuer]);
    }
    if settings.audience.is_any() {
        validation.validate_aud = false;
    } else {
        required.push("aud");
        validation.set_audience(settings.audience.as_slice());
    }
    validation.set_required_spec_claims(&required);
    validation
}
