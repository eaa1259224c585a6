//! The keys that sign an issuer's JWTs: one of a file, or those of a JWKS document.

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, DecodingKeyKind};
use serde::Deserialize;
use serde_json::Value;

/// A shorter secret can be found by brute force from one JWT.
const SHORTEST_SECRET: usize = 32;

/// RFC 7518 asks for 2048 bits: shorter moduli have been factored, or soon will be. Longer than 8192 takes too long.
const MODULUS: std::ops::RangeInclusive<usize> = 256..=1024;

#[derive(Default)]
pub(super) struct Keys(Vec<Key>);

pub(super) struct Key {
    kid: Option<String>,
    /// Those that it may sign with, all of its kind.
    algorithms: Vec<Algorithm>,
    pub(super) key: DecodingKey,
}

impl Keys {
    pub(super) fn of_file(algorithm: Algorithm, content: &[u8]) -> Result<Keys, &'static str> {
        let key = key_of_file(algorithm, content)?;
        check_size(algorithm, &key)?;
        Ok(Keys(vec![Key { kid: None, algorithms: vec![algorithm], key }]))
    }

    /// Those keys of a JWKS document that can be used; the others are ignored, as RFC 7517 has it: a provider may add
    /// keys of kinds that are not known here. Secrets count only where `secrets` says so: what a provider publishes is none.
    pub(super) fn of_jwks(document: &[u8], secrets: bool) -> Result<Keys, &'static str> {
        #[derive(Deserialize)]
        struct Document {
            keys: Vec<Value>,
        }
        // The error's own text may quote the document, which may hold a secret.
        let document: Document = serde_json::from_slice(document).map_err(|_| "it is no JWKS document")?;
        let found = document.keys.into_iter().filter_map(|jwk| key_of_jwk(&serde_json::from_value(jwk).ok()?));
        let is_taken = |key: &Key| secrets || !key.algorithms.contains(&Algorithm::HS256);
        let keys: Vec<Key> = found.filter(is_taken).collect();
        if keys.is_empty() { Err("it holds no key that can check a signature") } else { Ok(Keys(keys)) }
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The one key that a JWT of this header can be signed with. A JWT names it where there are several.
    pub(super) fn find(&self, kid: Option<&str>, algorithm: Algorithm) -> Option<&Key> {
        let fits = |key: &&Key| {
            key.algorithms.contains(&algorithm) && (kid.is_none() || key.kid.is_none() || key.kid.as_deref() == kid)
        };
        let mut fitting = self.0.iter().filter(fits);
        match (fitting.next(), fitting.next()) {
            (Some(key), None) => Some(key),
            (Some(_), Some(_)) => self.0.iter().filter(fits).find(|key| kid.is_some() && key.kid.as_deref() == kid),
            (None, _) => None,
        }
    }
}

fn key_of_file(algorithm: Algorithm, content: &[u8]) -> Result<DecodingKey, &'static str> {
    let is_pem = content.windows(10).any(|part| part == b"-----BEGIN");
    match algorithm {
        Algorithm::HS256 if is_pem => Err("a PEM key is no secret: anybody who knows the public key could sign"),
        Algorithm::HS256 => Ok(DecodingKey::from_secret(content)),
        Algorithm::ES256 => DecodingKey::from_ec_pem(content).map_err(|_| "a PEM public key on P-256 expected"),
        Algorithm::ES384 => DecodingKey::from_ec_pem(content).map_err(|_| "a PEM public key on P-384 expected"),
        Algorithm::EdDSA => DecodingKey::from_ed_pem(content).map_err(|_| "a PEM Ed25519 public key expected"),
        _ if algorithm.family() == AlgorithmFamily::Rsa => {
            DecodingKey::from_rsa_pem(content).map_err(|_| "a PEM RSA public key expected")
        }
        _ => Err("HS256, RS256, ES256 or EdDSA expected, or a longer kin of RS256 and ES256"),
    }
}

/// The algorithms follow from the kind of key; what the key says of itself must agree.
fn key_of_jwk(jwk: &Jwk) -> Option<Key> {
    let is_for_signatures = jwk.common.public_key_use.as_ref().is_none_or(|usage| *usage == PublicKeyUse::Signature)
        && jwk.common.key_operations.as_ref().is_none_or(|operations| operations.contains(&KeyOperations::Verify));
    let of_kind: &[Algorithm] = match &jwk.algorithm {
        _ if !is_for_signatures => &[],
        AlgorithmParameters::OctetKey(_) => &[Algorithm::HS256],
        AlgorithmParameters::RSA(_) => AlgorithmFamily::Rsa.algorithms(),
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => &[Algorithm::ES256],
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P384 => &[Algorithm::ES384],
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => &[Algorithm::EdDSA],
        _ => &[],
    };
    let said = jwk.common.key_algorithm.map(|algorithm| algorithm.to_string());
    let is_said = |algorithm: &&Algorithm| said.as_ref().is_none_or(|said| *said == format!("{algorithm:?}"));
    let algorithms: Vec<Algorithm> = of_kind.iter().filter(is_said).copied().collect();
    let key = DecodingKey::from_jwk(jwk).ok()?;
    check_size(*algorithms.first()?, &key).ok()?;
    Some(Key { kid: jwk.common.key_id.clone(), algorithms, key })
}

fn check_size(algorithm: Algorithm, key: &DecodingKey) -> Result<(), &'static str> {
    let size = match key.kind() {
        // In DER the exponent and some framing stand beside the modulus.
        DecodingKeyKind::SecretOrDer(der) if algorithm.family() == AlgorithmFamily::Rsa => der.len().saturating_sub(13),
        DecodingKeyKind::SecretOrDer(bytes) | DecodingKeyKind::RsaModulusExponent { n: bytes, .. } => bytes.len(),
    };
    match algorithm {
        Algorithm::HS256 if size < SHORTEST_SECRET => Err("the secret of HS256 must have at least 32 bytes"),
        _ if algorithm.family() == AlgorithmFamily::Rsa && !MODULUS.contains(&size) => {
            Err("an RSA key must have 2048 to 8192 bits")
        }
        Algorithm::ES256 if size != 65 => Err("a public key on P-256 has 65 bytes"),
        Algorithm::ES384 if size != 97 => Err("a public key on P-384 has 97 bytes"),
        Algorithm::EdDSA if size != 32 => Err("a public key of Ed25519 has 32 bytes"),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the providers publish them, or as their documentation shows.
    #[test]
    fn every_provider_s_document_is_read() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/jwks");
        let mut read = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let keys = Keys::of_jwks(&std::fs::read(&path).unwrap(), false);
            let keys = keys.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert!(keys.len() >= 1, "{}", path.display());
            for key in &keys.0 {
                let kid = key.kid.as_deref();
                assert!(kid.is_some() && keys.find(kid, Algorithm::RS256).is_some(), "{}", path.display());
                assert!(keys.len() == 1 || keys.find(None, Algorithm::RS256).is_none());
            }
            read += 1;
        }
        assert_eq!(read, 6);
    }

    #[test]
    fn keys_of_other_kinds_are_ignored() {
        let good = r#"{"kty":"OKP","crv":"Ed25519","kid":"good","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
        for other in [
            r#"{"kty":"EC","crv":"P-521","x":"AA","y":"AA"}"#,
            r#"{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}"#,
            r#"{"kty":"OKP","crv":"Ed448","x":"AA"}"#,
            r#"{"kty":"AKP","alg":"ML-DSA-44","pub":"AA"}"#,
            r#"{"kty":"RSA","alg":"RSA-OAEP","n":"AA","e":"AQAB"}"#,
            r#"{"kty":"RSA","n":"AA","e":"AQAB"}"#,
            r#"{"kty":"oct","k":"c2VjcmV0IHRoYXQgYSBwcm92aWRlciBzaG91bGQgbm90IHB1Ymxpc2g"}"#,
            r#"{"kty":7}"#,
            "{}",
            "7",
        ] {
            let keys = Keys::of_jwks(format!(r#"{{"keys":[{other},{good}]}}"#).as_bytes(), false).unwrap();
            assert_eq!((keys.len(), keys.0[0].kid.as_deref()), (1, Some("good")), "{other}");
            assert!(Keys::of_jwks(format!(r#"{{"keys":[{other}]}}"#).as_bytes(), false).is_err());
        }
    }
}
