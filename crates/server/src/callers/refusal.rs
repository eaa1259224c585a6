//! Why a caller is not known, or may have nothing.

use crate::problem::{Code, Problem};

/// A line is the reason, its name in metrics and the audit log, and words.
macro_rules! refusals {
    ($($variant:ident = $name:literal, $words:expr;)+) => {
        /// By how far a JWT came. Those after `UnknownKey` are found after the signature was checked, so only who can sign
        /// learns them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Refusal { $($variant,)+ }

        fn words(refusal: Refusal) -> (&'static str, &'static str) {
            match refusal { $(Refusal::$variant => ($name, $words),)+ }
        }

        /// The names; several reasons may share one.
        pub(crate) const REASONS: &[&str] = &[$($name,)+];
    };
}

refusals! {
    Nothing = "none", Code::Unauthenticated.message();
    Twice = "malformed", "there is more than one Authorization header";
    NoBearer = "malformed", "Authorization must be: Bearer, a blank, an API key or a JWT";
    UnknownApiKey = "unknown-key", "the API key is not known";
    EndedApiKey = "ended-key", "the API key has ended";
    NoJwt = "jwt-malformed", "what was presented is no JWT of a known algorithm";
    WrongIssuer = "jwt-issuer", "the JWT is of another issuer";
    NoIssuer = "jwt-claims", "the JWT lacks iss";
    NoKeys = "provider", "the keys of the JWT's issuer are not at hand";
    UnknownKey = "jwt-unknown-key", "the JWT names no known key, or none where there are several";
    NotOurs = "jwt-signature", "the JWT is not signed with a known key and the algorithm of that key";
    WrongAudience = "jwt-audience", "the JWT is for another audience";
    LacksAudience = "jwt-claims", "the JWT lacks aud";
    LacksEnd = "jwt-claims", "the JWT lacks exp";
    LacksIssuer = "jwt-claims", "the JWT lacks iss";
    WrongBegin = "jwt-claims", "the JWT has an nbf that is no number";
    LacksSubject = "jwt-claims", "the JWT lacks a sub of 1 to 255 bytes";
    NotYet = "jwt-not-yet", "the JWT is not good yet";
    Expired = "jwt-expired", "the JWT has expired";
    Denied = "denied", "the caller is denied";
    NoPolicy = "no-policy", "no policy is for a caller with these claims";
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        let (reason, detail) = words(refusal);
        let (code, retry_after) = match refusal {
            Refusal::NoKeys => (Code::ProviderUnavailable, Some(30)),
            Refusal::NoPolicy => (Code::ForbiddenCaller, None),
            _ => (Code::Unauthenticated, None),
        };
        Problem { reason: Some(reason), retry_after, ..Problem::new(code, detail) }
    }
}
