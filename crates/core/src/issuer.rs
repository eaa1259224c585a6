//! The typed way to mint: checked once, hard to misuse, safe to share.

use std::borrow::Borrow;

#[cfg(feature = "rayon")]
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use serde::ser::{Serialize, SerializeStruct, Serializer};
use smallvec::SmallVec;

use crate::access_token2;
use crate::credentials::Credentials;
use crate::error::{Error, ErrorCode};
use crate::grant::Grant;
use crate::issue_key::IssueKeyCache;
use crate::source::{Clock, SaltSource, Stamp, SystemClock, SystemSalt};
use crate::text::UidText;
use crate::time::{Lifetime, UnixTime, refresh_after};

/// The longest token that the Web SDK takes.
pub(crate) const LONGEST_WEB_TOKEN: usize = 2047;

/// Mints AccessToken2 tokens for one project.
///
/// ```
/// use agora_token::{Credentials, Grant, Issuer, Role};
/// use std::time::Duration;
///
/// let issuer = Issuer::new(Credentials::new("970CA35de60c44645bbae8a215061b33", "5CFd2fd1755d40ecb72977518be15d3b")?);
/// let grant = Grant::rtc("room", 42, Role::Publisher).lifetime(Duration::from_secs(600));
/// let issued = issuer.issue(&grant)?;
/// assert_eq!(issued.expires_at.as_secs() - issued.issued_at.as_secs(), 600);
/// # Ok::<(), agora_token::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Issuer<C = SystemClock, S = SystemSalt> {
    /// In a place of its own, so that no copy of the certificate stays behind where an issuer was moved from.
    credentials: Box<Credentials>,
    clock: C,
    salt: S,
    issue_key: IssueKeyCache,
}

impl Issuer {
    /// An issuer on the system's clock and random source.
    pub fn new(credentials: Credentials) -> Issuer {
        Issuer::with_sources(credentials, SystemClock, SystemSalt)
    }

    /// An issuer for the project that the environment names, as [`Credentials::from_env`] reads it.
    ///
    /// # Errors
    /// As there.
    pub fn from_env() -> Result<Issuer, Error> {
        Credentials::from_env().map(Issuer::new)
    }
}

impl<C: Clock, S: SaltSource> Issuer<C, S> {
    /// An issuer on other sources, as tests need.
    pub fn with_sources(credentials: Credentials, clock: C, salt: S) -> Issuer<C, S> {
        Issuer { credentials: Box::new(credentials), clock, salt, issue_key: IssueKeyCache::new() }
    }

    /// The same on another clock, as tests need: a function that gives Unix seconds will do.
    #[must_use]
    pub fn with_clock<D: Clock>(self, clock: D) -> Issuer<D, S> {
        Issuer { credentials: self.credentials, clock, salt: self.salt, issue_key: self.issue_key }
    }

    /// The same on another source of salts, as tests need: a function that gives numbers will do.
    #[must_use]
    pub fn with_salt<R: SaltSource>(self, salt: R) -> Issuer<C, R> {
        Issuer { credentials: self.credentials, clock: self.clock, salt, issue_key: self.issue_key }
    }

    /// The project it mints for, and the certificate it signs with.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Mints a token.
    ///
    /// # Errors
    /// What was refused of the grant's parts; [`ErrorCode::NoServices`]; [`ErrorCode::InvalidUserId`] when messaging, Chat or a classroom is asked for without a
    /// user of its own; [`ErrorCode::InvalidChannelName`] and [`ErrorCode::InvalidRole`] when a service needs what was not
    /// set; [`ErrorCode::TooManyEntries`], [`ErrorCode::InvalidPermissions`] and [`ErrorCode::PayloadTooLarge`] of
    /// permissions that no token carries; [`ErrorCode::TokenTooLong`] past 2,047 characters unless allowed;
    /// [`ErrorCode::ClockOutOfRange`], [`ErrorCode::RandomSourceFailed`].
    pub fn issue(&self, grant: &Grant<'_>) -> Result<IssuedToken, Error> {
        self.issue_at(grant, Stamp::draw(&self.clock, &self.salt)?)
    }

    /// Mints a token of this time and salt, whatever the issuer's own sources say.
    ///
    /// # Errors
    /// As [`Issuer::issue`], without those of the sources.
    pub fn issue_at(&self, grant: &Grant<'_>, stamp: Stamp) -> Result<IssuedToken, Error> {
        let mut uid = UidText::new(0);
        let mut services = SmallVec::new();
        grant.compose(&mut uid, &mut services)?;
        let Credentials { app_id, app_certificate } = self.credentials.as_ref();
        let issue_key = self.issue_key.get(app_certificate, stamp.issue_ts);
        let token = access_token2::build(*app_id, grant.get_lifetime().as_secs(), stamp, &services, &issue_key)?;
        if token.len() > LONGEST_WEB_TOKEN && !grant.allows_long_token() {
            return Err(ErrorCode::TokenTooLong.because(format!(
                "has {} characters, the Web SDK takes {LONGEST_WEB_TOKEN}; allow long tokens by name where no \
                 browser joins",
                token.len()
            )));
        }
        Ok(IssuedToken::new(token, stamp.issue_ts, grant.get_lifetime()))
    }

    /// Mints a token for each grant, in their order and as the iterator is drawn: an event with a million users takes no
    /// more memory than one.
    ///
    /// A grant that is refused gives its error in its place, as [`Issuer::issue`] does, and the others their tokens.
    ///
    /// ```
    /// use agora_token::{Credentials, Grant, Issuer, Role};
    ///
    /// let issuer = Issuer::new(Credentials::new("970CA35de60c44645bbae8a215061b33", "5CFd2fd1755d40ecb72977518be15d3b")?);
    /// let hall = Grant::rtc("hall", 1, Role::Subscriber);
    /// let grants = (1..=1000).map(|uid| hall.clone().for_user(uid));
    /// assert_eq!(issuer.issue_many(grants).filter_map(Result::ok).count(), 1000);
    /// # Ok::<(), agora_token::Error>(())
    /// ```
    pub fn issue_many<'a>(
        &self,
        grants: impl IntoIterator<Item = impl Borrow<Grant<'a>>>,
    ) -> impl Iterator<Item = Result<IssuedToken, Error>> {
        grants.into_iter().map(|grant| self.issue(grant.borrow()))
    }
}

#[cfg(feature = "rayon")]
impl<C: Clock + Sync, S: SaltSource + Sync> Issuer<C, S> {
    /// [`Issuer::issue_many`] on all cores, by rayon's rules. Collected, the results stand in the order of the grants.
    pub fn par_issue_many<'a, G: Borrow<Grant<'a>>>(
        &self,
        grants: impl IntoParallelIterator<Item = G, Iter: IndexedParallelIterator>,
    ) -> impl IndexedParallelIterator<Item = Result<IssuedToken, Error>> {
        grants.into_par_iter().map(|grant| self.issue(grant.borrow()))
    }
}

/// A token, and when to fetch the next.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct IssuedToken {
    /// The token.
    pub token: String,
    /// When it was made.
    pub issued_at: UnixTime,
    /// When it ends.
    pub expires_at: UnixTime,
    /// When its holder should fetch the next, by the rule of [`crate::refresh_after`].
    pub refresh_after: UnixTime,
}

impl IssuedToken {
    fn new(token: String, issue_ts: u32, lifetime: Lifetime) -> IssuedToken {
        let issued_at = UnixTime::from_secs(issue_ts.into());
        let expires_at = UnixTime::from_secs(u64::from(issue_ts).saturating_add(lifetime.as_secs().into()));
        IssuedToken { token, issued_at, expires_at, refresh_after: refresh_after(issued_at, expires_at) }
    }
}

impl IssuedToken {
    /// What a client is answered, in one line:
    /// `{"token":…,"issuedAt":…,"expiresAt":…,"refreshAfter":…}`, times in Unix seconds.
    pub fn to_json(&self) -> String {
        // Serializing plain data to a String has no error to give.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// As [`IssuedToken::to_json`].
impl Serialize for IssuedToken {
    fn serialize<T: Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        let mut issued = serializer.serialize_struct("IssuedToken", 4)?;
        issued.serialize_field("token", &self.token)?;
        issued.serialize_field("issuedAt", &self.issued_at.as_secs())?;
        issued.serialize_field("expiresAt", &self.expires_at.as_secs())?;
        issued.serialize_field("refreshAfter", &self.refresh_after.as_secs())?;
        issued.end()
    }
}

impl std::fmt::Debug for IssuedToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssuedToken")
            .field("token", &"[redacted]")
            .field("issued_at", &self.issued_at)
            .field("expires_at", &self.expires_at)
            .field("refresh_after", &self.refresh_after)
            .finish()
    }
}
