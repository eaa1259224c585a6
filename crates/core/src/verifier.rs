//! One verdict on a token: everything that is wrong with it, not just the first thing.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::access_token::{Privilege006, UnverifiedToken};
use crate::access_token2::UnverifiedToken2;
use crate::credentials::{AppCertificate, AppId};
use crate::error::{Error, ErrorCode};
use crate::identity::ANY_CHANNEL;
use crate::inspect::Unverified;
use crate::service::{Service, ServiceType};
use crate::source::{Clock, SystemClock};
use crate::text::Text;
use crate::time::UnixTime;

/// Checks tokens: the signature always, the time unless told not to, and App ID, channel and user where given.
#[derive(Debug, Clone)]
pub struct Verifier {
    certificates: Vec<AppCertificate>,
    moment: Moment,
    leeway: u32,
    app_id: Option<AppId>,
    channel_name: Option<Text<'static>>,
    account: Option<Text<'static>>,
}

#[derive(Debug, Clone, Copy)]
enum Moment {
    Now,
    At(UnixTime),
    Never,
}

impl Verifier {
    /// A verifier that accepts tokens signed with this certificate, at the system's time.
    pub fn new(certificate: AppCertificate) -> Verifier {
        Verifier {
            certificates: vec![certificate],
            moment: Moment::Now,
            leeway: 0,
            app_id: None,
            channel_name: None,
            account: None,
        }
    }

    /// Accepts tokens signed with this certificate too: while certificates are rotated, both are good.
    #[must_use]
    pub fn or_certificate(mut self, certificate: AppCertificate) -> Verifier {
        self.certificates.push(certificate);
        self
    }

    /// Judges by this time instead of the system's.
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

    /// Allows clocks to differ by this many seconds, both ways. 0 unless set.
    #[must_use]
    pub fn leeway(mut self, seconds: u32) -> Verifier {
        self.leeway = seconds;
        self
    }

    /// Wants the token to be for this project.
    #[must_use]
    pub fn app_id(mut self, app_id: AppId) -> Verifier {
        self.app_id = Some(app_id);
        self
    }

    /// Wants the token to let into this channel. A token for any channel (empty name or `*`) does.
    #[must_use]
    pub fn channel_name(mut self, name: impl Into<Text<'static>>) -> Verifier {
        self.channel_name = Some(name.into());
        self
    }

    /// Wants the token to let this user in. A token for any user (empty account or `*`) does.
    #[must_use]
    pub fn user_account(mut self, account: impl Into<Text<'static>>) -> Verifier {
        self.account = Some(account.into());
        self
    }

    /// Wants the token to let this uid in; 0 asks for a token for any user.
    #[must_use]
    pub fn uid(self, uid: u32) -> Verifier {
        self.user_account(Text::from_uid(uid))
    }

    /// Judges a token.
    ///
    /// # Errors
    /// When the token cannot be read, as for [`Unverified::parse`], or the clock not be told. A token that was read
    /// and refused is no error here: the verdict says so.
    pub fn verify(&self, token: &str) -> Result<Verdict, Error> {
        let token = Unverified::parse(token)?;
        let now = match self.moment {
            Moment::Now => Some(UnixTime::from_secs(u64::from(SystemClock.now()?))),
            Moment::At(now) => Some(now),
            Moment::Never => None,
        };
        let mut refusals = Vec::new();
        let certificate = match &token {
            Unverified::AccessToken(token) => self.check_006(token, &mut refusals),
            Unverified::AccessToken2(token) => self.check_007(token, &mut refusals),
        };
        if let Some(expected) = &self.app_id
            && expected.as_bytes() != token.app_id()
        {
            refusals.push(ErrorCode::AppIdMismatch.into());
        }
        if let Some(now) = now {
            self.check_time(&token, now, &mut refusals);
        }
        Ok(Verdict { token, certificate, refusals })
    }

    fn check_007(&self, token: &UnverifiedToken2, refusals: &mut Vec<Error>) -> Option<usize> {
        let certificate = self.find_certificate(|certificate| token.verify_signature(certificate), refusals);
        let services = token.services();
        if let Some(expected) = &self.channel_name {
            let names = services.iter().filter_map(Service::channel_name);
            check_match(names, expected, &["", ANY_CHANNEL], ErrorCode::ChannelMismatch, "channel", refusals);
        }
        if let Some(expected) = &self.account {
            let users = services.iter().filter_map(user);
            check_match(users, expected, &["", ANY_USER], ErrorCode::UserMismatch, "user", refusals);
        }
        certificate
    }

    /// An AccessToken holds only CRCs, so the names it was signed with are guessed from what was asked for, with the
    /// wildcards as the other guesses.
    fn check_006(&self, token: &UnverifiedToken, refusals: &mut Vec<Error>) -> Option<usize> {
        let is_rtm = token.privileges().get(Privilege006::RtmLogin.number()).is_some()
            && token.privileges().get(Privilege006::JoinChannel.number()).is_none();
        let (channel_name, account) = match (&self.channel_name, &self.account) {
            // A real-time messaging token has its user where others have the channel.
            (_, Some(user)) if is_rtm => (user.clone(), Text::default()),
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

    fn check_time(&self, token: &Unverified, now: UnixTime, refusals: &mut Vec<Error>) {
        let leeway = u64::from(self.leeway);
        let ended = |end: u64| now.as_secs() >= end.saturating_add(leeway);
        let ago = |end: u64| now.as_secs().saturating_sub(end);
        let end = token.expires_at().as_secs();
        if ended(end) {
            refusals.push(ErrorCode::TokenExpired.because(format!("the token expired {} seconds ago", ago(end))));
        }
        match token {
            Unverified::AccessToken(token) => {
                for (privilege, end) in token.privileges().iter().filter(|(_, end)| *end != 0) {
                    let entry = [Privilege006::JoinChannel.number(), Privilege006::RtmLogin.number()];
                    if entry.contains(&privilege) && ended(u64::from(end)) {
                        refusals.push(privilege_expired(Privilege006::name(privilege), ago(u64::from(end))));
                    }
                }
            }
            Unverified::AccessToken2(token) => {
                let issued = u64::from(token.issue_ts());
                if issued > now.as_secs().saturating_add(leeway) {
                    let ahead = issued.saturating_sub(now.as_secs());
                    let reason = format!("the token was issued {ahead} seconds in the future");
                    refusals.push(ErrorCode::TokenIssuedInFuture.because(reason));
                }
                for service in token.services() {
                    for (privilege, lifetime) in service.privileges.iter().filter(|(_, lifetime)| *lifetime != 0) {
                        let end = issued.saturating_add(u64::from(lifetime));
                        if is_entry(service.service_type(), privilege) && ended(end) {
                            let name = service.service_type().privilege_name(privilege);
                            refusals.push(privilege_expired(name, ago(end)));
                        }
                    }
                }
            }
        }
    }
}

/// The account that means any user, as the empty one does.
const ANY_USER: &str = "*";

/// Who a service is for; in a classroom's Chat service a digest of the user stands instead of the user.
fn user<'a>(service: &'a Service<'static>) -> Option<&'a Text<'static>> {
    match &service.kind {
        crate::service::ServiceKind::Apaas { user_uuid, .. } => Some(user_uuid),
        _ => service.account().or(service.user_id()),
    }
}

/// Without it the service cannot be entered at all; a publish privilege that ran out leaves a listener.
fn is_entry(service: ServiceType, privilege: u16) -> bool {
    service != ServiceType::Rtc || privilege == Service::RTC_JOIN_CHANNEL
}

fn privilege_expired(name: Option<&'static str>, ago: u64) -> Error {
    let name = name.unwrap_or("of an unknown kind");
    ErrorCode::PrivilegeExpired.because(format!("the privilege {name} expired {ago} seconds ago"))
}

fn check_match<'a>(
    found: impl Iterator<Item = &'a Text<'static>>,
    expected: &Text<'_>,
    wildcards: &[&str],
    code: ErrorCode,
    what: &str,
    refusals: &mut Vec<Error>,
) {
    let mut any = false;
    for text in found {
        any = true;
        if text == expected || wildcards.iter().any(|wildcard| text.as_bytes() == wildcard.as_bytes()) {
            return;
        }
    }
    refusals.push(if any { code.into_error() } else { code.because(format!("the token names no {what}")) });
}

fn first_match<const N: usize>(candidates: [&[u8]; N], is_match: impl Fn(&[u8]) -> bool) -> Option<&[u8]> {
    candidates.into_iter().find(|candidate| is_match(candidate))
}

/// What a [`Verifier`] found.
#[derive(Debug, Clone)]
pub struct Verdict {
    token: Unverified,
    certificate: Option<usize>,
    refusals: Vec<Error>,
}

impl Verdict {
    /// Whether nothing at all is wrong.
    pub fn is_valid(&self) -> bool {
        self.refusals.is_empty()
    }

    /// All that is wrong.
    pub fn refusals(&self) -> &[Error] {
        &self.refusals
    }

    /// Which of the verifier's certificates signed the token, counted from 0.
    pub fn certificate(&self) -> Option<usize> {
        self.certificate
    }

    /// What the token says; to be believed as far as the verdict goes.
    pub fn token(&self) -> &Unverified {
        &self.token
    }

    /// The JSON document of the verdict, in one line:
    /// `{"valid":…,"certificate":…,"refusals":[{"code":…,"field":…,"reason":…}],"token":{…}}`.
    pub fn to_json(&self) -> String {
        // Serializing plain data to a String has no error to give.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("valid", &self.is_valid())?;
        map.serialize_entry("certificate", &self.certificate)?;
        map.serialize_entry("refusals", &self.refusals)?;
        map.serialize_entry("token", &self.token)?;
        map.end()
    }
}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("code", self.code().name())?;
        map.serialize_entry("field", self.field())?;
        map.serialize_entry("reason", self.reason())?;
        map.end()
    }
}
