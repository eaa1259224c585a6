//! JWTs of issuers that the settings name: HS256, RS256, ES256 and EdDSA, keys from a file each or a JWKS file.

use std::sync::Arc;

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, DecodingKeyKind, Validation, decode, decode_header};
use serde::Deserialize;

use super::caller::Caller;
use crate::error::Error;
use crate::policy::Policy;
use crate::settings::{AlgorithmSetting, IssuerSettings};
use crate::small_file;

/// A shorter secret can be found by brute force from one JWT.
const SHORTEST_SECRET: usize = 32;

/// RFC 7518 asks for 2048 bits: shorter moduli have been factored, or soon will be.
const SHORTEST_MODULUS: usize = 256;

/// Longer subjects are refused.
const LONGEST_SUBJECT: usize = 255;

/// An issuer with its keys.
pub(crate) struct JwtIssuer {
    name: String,
    policy: Arc<Policy>,
    keys: Vec<Key>,
}

struct Key {
    kid: Option<String>,
    algorithm: Algorithm,
    key: DecodingKey,
    validation: Validation,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
}

/// Why a JWT is refused. All but the first are found after the signature was checked, so only who can sign learns them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Refusal {
    /// No JWT, another algorithm than the key's, or signed by somebody else.
    NotOurs,
    WrongAudience,
    WrongIssuer,
    ClaimMissing,
    NotYet,
    Expired,
}

impl Refusal {
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Refusal::NotOurs => "the JWT is not signed with a known key and the algorithm of that key",
            Refusal::WrongAudience => "the JWT is for another audience",
            Refusal::WrongIssuer => "the JWT is of another issuer",
            Refusal::ClaimMissing => "the JWT lacks exp, or a sub of 1 to 255 bytes",
            Refusal::NotYet => "the JWT is not good yet",
            Refusal::Expired => "the JWT has expired",
        }
    }
}

impl JwtIssuer {
    pub(crate) fn load(settings: &IssuerSettings, policy: Arc<Policy>) -> Result<JwtIssuer, Error> {
        let field = |part: &str| format!("jwt_issuers.{}.{part}", settings.name);
        let refuse = |part: &str, reason| Error::setting(field(part), reason);
        let key = |kid, (algorithm, key)| Key { kid, algorithm, key, validation: validation(settings, algorithm) };
        let keys = match (&settings.key_file, &settings.jwks_file) {
            (Some(file), None) => {
                let expected = "HS256, RS256, ES256 or EdDSA expected: the key_file's own";
                let algorithm = settings.algorithm.ok_or_else(|| refuse("algorithm", expected))?;
                let content = match algorithm {
                    AlgorithmSetting::HS256 => small_file::read_line(file, &field("key_file"))?,
                    _ => small_file::read(file, &field("key_file"))?,
                };
                vec![key(None, key_of_file(algorithm, &content).map_err(|reason| refuse("key_file", reason))?)]
            }
            (None, Some(_)) if settings.algorithm.is_some() => {
                return Err(refuse("algorithm", "the keys of a jwks_file have their own"));
            }
            (None, Some(file)) => {
                let refuse = |reason| refuse("jwks_file", reason);
                let content = small_file::read(file, &field("jwks_file"))?;
                // The error's own text may quote the document, which may hold a secret.
                let set: JwkSet = serde_json::from_slice(&content)
                    .map_err(|_| refuse("it is no JWKS document of known key types"))?;
                let usage = |jwk: &&Jwk| jwk.common.public_key_use.clone().unwrap_or(PublicKeyUse::Signature);
                let signing = set.keys.iter().filter(|jwk| usage(jwk) == PublicKeyUse::Signature);
                let keys = signing.map(|jwk| Ok(key(jwk.common.key_id.clone(), key_of_jwk(jwk).map_err(refuse)?)));
                let keys: Vec<Key> = keys.collect::<Result<_, Error>>()?;
                if keys.is_empty() {
                    return Err(refuse("it holds no key for signatures"));
                }
                keys
            }
            _ => return Err(refuse("key_file", "either key_file or jwks_file expected")),
        };
        Ok(JwtIssuer { name: settings.name.clone(), policy, keys })
    }

    /// The caller whom a JWT names, if one of the keys signed it.
    pub(crate) fn identify(&self, token: &str) -> Result<Caller, Refusal> {
        // An unknown algorithm, `none` above all, cannot be decoded.
        let header = decode_header(token).map_err(|_| Refusal::NotOurs)?;
        // `crit` names extensions that a reader must know, and none is known here.
        if header.crit.is_some() {
            return Err(Refusal::NotOurs);
        }
        let fits = |key: &&Key| {
            key.algorithm == header.alg && (header.kid.is_none() || key.kid.is_none() || key.kid == header.kid)
        };
        let mut refusal = Refusal::NotOurs;
        for key in self.keys.iter().filter(fits) {
            match decode::<Claims>(token, &key.key, &key.validation) {
                Ok(data) if (1..=LONGEST_SUBJECT).contains(&data.claims.sub.len()) => {
                    let subject = data.claims.sub;
                    let name = format!("jwt:{}:{subject}", self.name);
                    return Ok(Caller { name, policy: self.policy.clone(), subject: Some(subject) });
                }
                Ok(_) => refusal = refusal.max(Refusal::ClaimMissing),
                Err(error) => refusal = refusal.max(refusal_of(error.kind())),
            }
        }
        Err(refusal)
    }
}

fn refusal_of(error: &ErrorKind) -> Refusal {
    match error {
        ErrorKind::ExpiredSignature => Refusal::Expired,
        ErrorKind::ImmatureSignature => Refusal::NotYet,
        ErrorKind::InvalidIssuer => Refusal::WrongIssuer,
        ErrorKind::InvalidAudience => Refusal::WrongAudience,
        // Claims are read after the signature is checked, the header before by itself.
        ErrorKind::MissingRequiredClaim(_) | ErrorKind::InvalidClaimFormat(_) | ErrorKind::Json(_) => {
            Refusal::ClaimMissing
        }
        _ => Refusal::NotOurs,
    }
}

fn validation(settings: &IssuerSettings, algorithm: Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm);
    let mut required = vec!["exp", "sub"];
    validation.leeway = settings.leeway.map_or(30, |leeway| leeway.0.into());
    validation.validate_nbf = true;
    if let Some(issuer) = &settings.issuer {
        required.push("iss");
        validation.set_issuer(&[issuer]);
    }
    match &settings.audience {
        Some(audience) => {
            required.push("aud");
            validation.set_audience(&[audience]);
        }
        None => validation.validate_aud = false,
    }
    validation.set_required_spec_claims(&required);
    validation
}

fn key_of_file(algorithm: AlgorithmSetting, content: &[u8]) -> Result<(Algorithm, DecodingKey), &'static str> {
    let (algorithm, key) = match algorithm {
        AlgorithmSetting::HS256 if content.windows(10).any(|part| part == b"-----BEGIN") => {
            Err("a PEM key is no secret: anybody who knows the public key could sign")
        }
        AlgorithmSetting::HS256 => Ok((Algorithm::HS256, DecodingKey::from_secret(content))),
        AlgorithmSetting::RS256 => DecodingKey::from_rsa_pem(content)
            .map(|key| (Algorithm::RS256, key))
            .map_err(|_| "a PEM RSA public key expected"),
        AlgorithmSetting::ES256 => DecodingKey::from_ec_pem(content)
            .map(|key| (Algorithm::ES256, key))
            .map_err(|_| "a PEM public key on P-256 expected"),
        AlgorithmSetting::EdDSA => DecodingKey::from_ed_pem(content)
            .map(|key| (Algorithm::EdDSA, key))
            .map_err(|_| "a PEM Ed25519 public key expected"),
    }?;
    check_size(algorithm, &key)?;
    Ok((algorithm, key))
}

/// The algorithm follows from the kind of key; what the key says of itself must agree.
fn key_of_jwk(jwk: &Jwk) -> Result<(Algorithm, DecodingKey), &'static str> {
    let algorithm = match &jwk.algorithm {
        AlgorithmParameters::OctetKey(_) => Algorithm::HS256,
        AlgorithmParameters::RSA(_) => Algorithm::RS256,
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => Algorithm::ES256,
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => Algorithm::EdDSA,
        _ => return Err("a key is of another kind than HS256, RS256, ES256 and EdDSA have"),
    };
    let said = jwk.common.key_algorithm.map(|algorithm| algorithm.to_string());
    if said.is_some_and(|said| said != format!("{algorithm:?}")) {
        return Err("a key names another algorithm than HS256, RS256, ES256 and EdDSA, or one that is not its kind's");
    }
    let key = DecodingKey::from_jwk(jwk).map_err(|_| "a key is damaged")?;
    check_size(algorithm, &key)?;
    Ok((algorithm, key))
}

/// The library takes keys of any size, and panics at the first JWT if one of Ed25519 is too short.
fn check_size(algorithm: Algorithm, key: &DecodingKey) -> Result<(), &'static str> {
    let size = match key.kind() {
        DecodingKeyKind::SecretOrDer(bytes) => bytes.len(),
        DecodingKeyKind::RsaModulusExponent { n, .. } => n.len(),
    };
    match algorithm {
        Algorithm::HS256 if size < SHORTEST_SECRET => Err("the secret of HS256 must have at least 32 bytes"),
        Algorithm::RS256 if size < SHORTEST_MODULUS => Err("a key of RS256 must have at least 2048 bits"),
        Algorithm::ES256 if size != 65 => Err("a public key on P-256 has 65 bytes"),
        Algorithm::EdDSA if size != 32 => Err("a public key of Ed25519 has 32 bytes"),
        _ => Ok(()),
    }
}
