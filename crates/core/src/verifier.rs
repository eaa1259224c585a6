//! One verdict on a token: everything that is wrong with it, not just the first thing.

use std::fmt;
use std::sync::Arc;

use crate::access_token::{Privilege006, UnverifiedToken};
use crate::access_token2::{self, Envelope, UnverifiedToken2};
use crate::bounds::Bounds;
use crate::credentials::{AppCertificate, AppId, Credentials, secondary_from_env};
use crate::error::{Error, ErrorCode};
use crate::expected::{ENTRY, Expected, is_entry, privilege_missing};
use crate::identity::{ANY_CHANNEL, ANY_USER};
use crate::inspect::Unverified;
use crate::service::{Service, ServiceType};
use crate::source::{Clock, SystemClock};
use crate::text::Text;
use crate::time::{DAY, UnixTime, in_words};
use crate::verdict::{Refused, Verdict};

/// Checks tokens: the signature always, the time unless told not to, the App ID where given, and what is [`Expected`] of
/// a token. It may be shared, and copied.
///
/// ```
/// use agora_token::{Credentials, Expected, Grant, Issuer, Role, Verifier};
///
/// let credentials = Credentials::new("970CA35de60c44645bbae8a215061b33", "5CFd2fd1755d40ecb72977518be15d3b")?;
/// let token = Issuer::new(credentials.clone()).issue(&Grant::rtc("room", 42, Role::Publisher))?.token;
///
/// let verifier = Verifier::new(credentials);
/// verifier.verify(&token, &Expected::new().channel("room").uid(42))?;
/// assert!(verifier.verify(&token, &Expected::new().channel("room").uid(43)).is_err());
/// # Ok::<(), agora_token::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Verifier {
    /// Each in a place of its own, so that no copy stays behind where the list grew.
    #[allow(clippy::vec_box, reason = "as said")]
    certificates: Vec<Box<AppCertificate>>,
    moment: Moment,
    leeway: u32,
    app_id: Option<AppId>,
    bounds: Bounds,
}

/// No clock differs more, and a larger leeway would turn the check of the time off.
const LONGEST_LEEWAY: u32 = 3600;

#[derive(Clone)]
enum Moment {
    Now,
    At(UnixTime),
    By(Arc<dyn Clock + Send + Sync>),
    Never,
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::Now => f.write_str("Now"),
            Moment::At(now) => f.debug_tuple("At").field(now).finish(),
            Moment::By(_) => f.write_str("By"),
            Moment::Never => f.write_str("Never"),
        }
    }
}

impl Verifier {
    /// A verifier of this project's tokens, at the system's time.
    pub fn new(credentials: Credentials) -> Verifier {
        Verifier::by_certificate(credentials.app_certificate).app_id(credentials.app_id)
    }

    /// A verifier for the project that the environment names, as [`Credentials::from_env`] reads it. While certificates are
    /// rotated, `AGORA_APP_CERTIFICATE_SECONDARY` is the other.
    ///
    /// # Errors
    /// As there.
    pub fn from_env() -> Result<Verifier, Error> {
        let verifier = Verifier::new(Credentials::from_env()?);
        Ok(secondary_from_env()?.into_iter().fold(verifier, Verifier::with_certificate))
    }

    /// A verifier that accepts tokens signed with this certificate, at the system's time.
    pub fn by_certificate(certificate: AppCertificate) -> Verifier {
        Verifier {
            certificates: vec![Box::new(certificate)],
            moment: Moment::Now,
            leeway: 0,
            app_id: None,
            bounds: Bounds::STRANGER,
        }
    }

    /// Accepts tokens signed with this certificate too: while certificates are rotated, both are good.
    #[must_use]
    pub fn with_certificate(mut self, certificate: AppCertificate) -> Verifier {
        self.certificates.push(Box::new(certificate));
        self
    }

    /// Judges by another clock than the system's, as tests do: a function that gives Unix seconds will do.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Clock + Send + Sync + 'static) -> Verifier {
        self.moment = Moment::By(Arc::new(clock));
        self
    }

    /// Judges by this time, which may lie after 2106.
    #[must_use]
    pub fn at(mut self, now: UnixTime) -> Verifier {
        self.moment = Moment::At(now);
        self
    }

    /// Does not look at the time.
    #[must_use]
    pub fn ignore_time(mut self) -> Verifier {
        self.moment = Moment::Never;
        self
    }

    /// Allows clocks to differ by this many seconds, both ways; more than an hour counts as an hour. 0 unless set.
    #[must_use]
    pub fn leeway(mut self, seconds: u32) -> Verifier {
        self.leeway = seconds.min(LONGEST_LEEWAY);
        self
    }

    /// Wants tokens to be for this project.
    #[must_use]
    pub fn app_id(mut self, app_id: AppId) -> Verifier {
        self.app_id = Some(app_id);
        self
    }

    /// Reads tokens within these bounds, in place of [`Bounds::STRANGER`].
    #[must_use]
    pub fn bounds(mut self, bounds: Bounds) -> Verifier {
        self.bounds = bounds;
        self
    }

    /// Judges a token, and gives its verdict when nothing at all is wrong.
    ///
    /// # Errors
    /// All that is wrong with it: that it cannot be read, as for [`Unverified::parse`], or what [`Verifier::verdict`]
    /// tells.
    pub fn verify(&self, token: &str, expected: &Expected<'_>) -> Result<Verdict, Refused> {
        let verdict = self.verdict(token, expected);
        if verdict.is_valid() { Ok(verdict) } else { Err(Refused::new(verdict)) }
    }

    /// Judges a token, with everything that is wrong with it. One that cannot be read is refused, as any is where the
    /// clock cannot be.
    #[must_use = "a token that was refused is no error here: ask whether the verdict is valid"]
    pub fn verdict(&self, token: &str, expected: &Expected<'_>) -> Verdict {
        self.judge(token, expected).unwrap_or_else(|error| Verdict::refused(vec![error]))
    }

    fn judge(&self, token: &str, expected: &Expected<'_>) -> Result<Verdict, Error> {
        expected.check()?;
        let now = match &self.moment {
            Moment::Now => Some(UnixTime::from_secs(u64::from(SystemClock.now()?))),
            Moment::At(now) => Some(*now),
            Moment::By(clock) => Some(UnixTime::from_secs(u64::from(clock.now()?))),
            Moment::Never => None,
        };
        let mut refusals = Vec::new();
        if !token.starts_with(access_token2::VERSION) {
            let token = match Unverified::parse_within(token, &self.bounds)? {
                Unverified::AccessToken(token) => token,
                Unverified::AccessToken2(_) => return Err(ErrorCode::Internal.into()),
            };
            let certificate = self.check_006(&token, expected, &mut refusals);
            self.check_app_id(token.app_id(), &mut refusals);
            self.check_time_006(&token, expected, now, &mut refusals);
            let token = certificate.map(|_| Unverified::AccessToken(token));
            return Ok(Verdict::new(token, certificate, refusals));
        }
        // Nothing is built of what a stranger may have written.
        let envelope = Envelope::open(token, &self.bounds)?;
        let certificate = self.find_certificate(|certificate| envelope.verify_signature(certificate), &mut refusals);
        if certificate.is_none() {
            return Ok(Verdict::refused(refusals));
        }
        let token = envelope.services(&self.bounds)?;
        let services = expected.check_services(&token, &mut refusals);
        self.check_app_id(token.app_id(), &mut refusals);
        self.check_time_007(&token, expected, &services, now, &mut refusals);
        Ok(Verdict::new(Some(Unverified::AccessToken2(token)), certificate, refusals))
    }

    fn check_app_id(&self, found: &[u8], refusals: &mut Vec<Error>) {
        if self.app_id.is_some_and(|expected| expected.as_bytes() != found) {
            refusals.push(ErrorCode::AppIdMismatch.into());
        }
    }

    /// An AccessToken holds only CRCs, so the names it was signed with are guessed from what was asked for, with the
    /// wildcards as the other guesses.
    fn check_006(&self, token: &UnverifiedToken, expected: &Expected<'_>, refusals: &mut Vec<Error>) -> Option<usize> {
        let grants = |privilege: Privilege006| token.privileges().get(privilege.number()).is_some();
        let is_rtm = grants(Privilege006::RtmLogin) && !grants(Privilege006::JoinChannel);
        let carries = match expected.service {
            None => true,
            Some(ServiceType::Rtc) => grants(Privilege006::JoinChannel),
            Some(ServiceType::Rtm) => grants(Privilege006::RtmLogin),
            Some(_) => false,
        };
        if let Some(wanted) = expected.service.filter(|_| !carries) {
            let reason = format!("the token carries no {} service", wanted.name());
            refusals.push(ErrorCode::ServiceMissing.because(reason));
        }
        if !token.is_unambiguous() {
            refusals.push(ErrorCode::TokenAmbiguous.into());
        }
        let joins = expected.channel.is_some() && !is_rtm;
        if !grants(Privilege006::JoinChannel) && (joins || !grants(Privilege006::RtmLogin)) {
            refusals.push(privilege_missing(Privilege006::name(ENTRY), ENTRY));
        }
        if let Some(privilege) = expected.privilege.filter(|privilege| token.privileges().get(*privilege).is_none()) {
            refusals.push(privilege_missing(Privilege006::name(privilege), privilege));
        }
        let (channel_name, account) = match (&expected.channel, &expected.user) {
            // A real-time messaging token has its user where others have the channel.
            (channel_name, Some(user)) if is_rtm => {
                if channel_name.is_some() {
                    let reason = "the token names no channel: it is for messaging";
                    refusals.push(ErrorCode::ChannelMismatch.because(reason));
                }
                (user.clone(), Text::default())
            }
            (Some(channel_name), Some(account)) => (channel_name.clone(), account.clone()),
            _ => {
                refusals.push(ErrorCode::ChannelAndUserRequired.into());
                return None;
            }
        };
        let wildcard = if is_rtm { "" } else { ANY_CHANNEL };
        let signed_channel =
            first_match([channel_name.as_bytes(), b"", wildcard.as_bytes()], |name| token.is_for_channel(name));
        let signed_account =
            first_match([account.as_bytes(), b"", ANY_USER.as_bytes()], |name| token.is_for_user(name));
        if signed_channel.is_none() {
            let code = if is_rtm { ErrorCode::UserMismatch } else { ErrorCode::ChannelMismatch };
            refusals.push(code.into());
        }
        if signed_account.is_none() {
            refusals.push(ErrorCode::UserMismatch.into());
        }
        let (signed_channel, signed_account) = (signed_channel?, signed_account?);
        self.find_certificate(|certificate| token.verify(certificate, signed_channel, signed_account), refusals)
    }

    fn find_certificate(
        &self,
        verify: impl Fn(&AppCertificate) -> Result<(), Error>,
        refusals: &mut Vec<Error>,
    ) -> Option<usize> {
        let mut refusal = None;
        for (index, certificate) in self.certificates.iter().enumerate() {
            match verify(certificate) {
                Ok(()) => return Some(index),
                Err(error) => refusal = Some(error),
            }
        }
        refusals.extend(refusal);
        None
    }

    fn check_time_006(
        &self,
        token: &UnverifiedToken,
        expected: &Expected<'_>,
        now: Option<UnixTime>,
        refusals: &mut Vec<Error>,
    ) {
        let Some(now) = now else { return };
        self.check_end(token.expires_at().as_secs(), now, refusals);
        for (privilege, end) in token.privileges().iter().filter(|(_, end)| *end != 0) {
            let entry = [Privilege006::JoinChannel.number(), Privilege006::RtmLogin.number()];
            let counts = expected.privilege == Some(privilege) || entry.contains(&privilege);
            if counts && self.is_over(u64::from(end), now) {
                refusals.push(privilege_expired(Privilege006::name(privilege), u64::from(end), now));
            }
        }
    }

    fn check_time_007(
        &self,
        token: &UnverifiedToken2,
        expected: &Expected<'_>,
        services: &[&Service<'static>],
        now: Option<UnixTime>,
        refusals: &mut Vec<Error>,
    ) {
        let Some(now) = now else { return };
        let issued = u64::from(token.issue_ts());
        let says = token.expires_at().as_secs();
        let day = issued.saturating_add(u64::from(DAY));
        if says > day && self.is_over(day, now) {
            let ago = in_words(now.as_secs().saturating_sub(day));
            let reason = format!("the token was over {ago} ago: whatever it says, it is good for 24 hours at most");
            refusals.push(ErrorCode::TokenExpired.because(reason));
        } else {
            self.check_end(says, now, refusals);
        }
        if issued > now.as_secs().saturating_add(u64::from(self.leeway)) {
            let ahead = in_words(issued.saturating_sub(now.as_secs()));
            refusals
                .push(ErrorCode::TokenIssuedInFuture.because(format!("the token was issued {ahead} in the future")));
        }
        for service in services {
            for (privilege, lifetime) in service.privileges.iter().filter(|(_, lifetime)| *lifetime != 0) {
                let end = issued.saturating_add(u64::from(lifetime));
                let counts = expected.privilege == Some(privilege) || is_entry(service.service_type(), privilege);
                if counts && self.is_over(end, now) {
                    let service = service.service_type();
                    let name = service.privilege_name(privilege);
                    refusals.push(privilege_expired(name, end, now).of_service(service.number()));
                }
            }
        }
    }

    fn check_end(&self, end: u64, now: UnixTime, refusals: &mut Vec<Error>) {
        if self.is_over(end, now) {
            let ago = in_words(now.as_secs().saturating_sub(end));
            refusals.push(ErrorCode::TokenExpired.because(format!("the token expired {ago} ago")));
        }
    }

    fn is_over(&self, end: u64, now: UnixTime) -> bool {
        now.as_secs() >= end.saturating_add(u64::from(self.leeway))
    }
}

fn privilege_expired(name: Option<&'static str>, end: u64, now: UnixTime) -> Error {
    let name = name.unwrap_or("of an unknown kind");
    let ago = in_words(now.as_secs().saturating_sub(end));
    ErrorCode::PrivilegeExpired.because(format!("the privilege {name} expired {ago} ago"))
}

fn first_match<const N: usize>(candidates: [&[u8]; N], is_match: impl Fn(&[u8]) -> bool) -> Option<&[u8]> {
    candidates.into_iter().find(|candidate| is_match(candidate))
}
