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
    service: Option<ServiceType>,
    privilege: Option<u16>,
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
            service: None,
            privilege: None,
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

    /// Wants the token to carry this service; channel, user and privilege are then looked for in it alone. An
    /// AccessToken (006) carries RTC, RTM or both.
    #[must_use]
    pub fn service(mut self, service: ServiceType) -> Verifier {
        self.service = Some(service);
        self
    }

    /// Wants the token to grant this privilege, as [`Service::RTC_PUBLISH_AUDIO_STREAM`], and the privilege to be
    /// running; in an AccessToken (006) it is one of [`Privilege006`]. Without it, the privileges that let in at all are
    /// looked at.
    #[must_use]
    pub fn privilege(mut self, privilege: u16) -> Verifier {
        self.privilege = Some(privilege);
        self
    }

    /// Wants the token to let into this channel. A token for any channel (empty name or `*`), or for a pattern with
    /// `*` in it that this channel fits, does.
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
        let services: Vec<_> = token.services().iter().filter(|service| self.looks_at(service)).collect();
        if let Some(wanted) = self.service
            && services.is_empty()
        {
            let unread = if token.is_complete() { "" } else { " among those that could be read" };
            let reason = format!("the token carries no {} service{unread}", wanted.name());
            refusals.push(ErrorCode::ServiceMissing.because(reason));
            return certificate;
        }
        if let Some(privilege) = self.privilege
            && !services.iter().any(|service| service.privileges.get(privilege).is_some())
        {
            let name = services.iter().find_map(|service| service.service_type().privilege_name(privilege));
            refusals.push(privilege_missing(name, privilege));
        }
        if let Some(expected) = &self.channel_name {
            let names = services.iter().filter_map(|service| service.channel_name());
            let is_match = |name: &Text<'_>| channel_matches(name.as_bytes(), expected.as_bytes());
            check_match(names, is_match, ErrorCode::ChannelMismatch, "channel", refusals);
        }
        if let Some(expected) = &self.account {
            let users = services.iter().filter_map(|service| user(service));
            let is_match = |name: &Text<'_>| [expected.as_bytes(), b"", ANY_USER.as_bytes()].contains(&name.as_bytes());
            check_match(users, is_match, ErrorCode::UserMismatch, "user", refusals);
        }
        certificate
    }

    fn looks_at(&self, service: &Service<'_>) -> bool {
        self.service.is_none_or(|wanted| service.service_type() == wanted)
    }

    /// An AccessToken holds only CRCs, so the names it was signed with are guessed from what was asked for, with the
    /// wildcards as the other guesses.
    fn check_006(&self, token: &UnverifiedToken, refusals: &mut Vec<Error>) -> Option<usize> {
        let grants = |privilege: Privilege006| token.privileges().get(privilege.number()).is_some();
        let is_rtm = grants(Privilege006::RtmLogin) && !grants(Privilege006::JoinChannel);
        let carries = match self.service {
            None => true,
            Some(ServiceType::Rtc) => grants(Privilege006::JoinChannel),
            Some(ServiceType::Rtm) => grants(Privilege006::RtmLogin),
            Some(_) => false,
        };
        if let Some(wanted) = self.service.filter(|_| !carries) {
            let reason = format!("the token carries no {} service", wanted.name());
            refusals.push(ErrorCode::ServiceMissing.because(reason));
        }
        if let Some(privilege) = self.privilege.filter(|privilege| token.privileges().get(*privilege).is_none()) {
            refusals.push(privilege_missing(Privilege006::name(privilege), privilege));
        }
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
                    let counts = self.privilege == Some(privilege) || entry.contains(&privilege);
                    if counts && ended(u64::from(end)) {
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
                for service in token.services().iter().filter(|service| self.looks_at(service)) {
                    for (privilege, lifetime) in service.privileges.iter().filter(|(_, lifetime)| *lifetime != 0) {
                        let end = issued.saturating_add(u64::from(lifetime));
                        let counts = self.privilege == Some(privilege) || is_entry(service.service_type(), privilege);
                        if counts && ended(end) {
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

fn privilege_missing(name: Option<&'static str>, number: u16) -> Error {
    let name = name.map_or_else(|| number.to_string(), str::to_owned);
    ErrorCode::PrivilegeMissing.because(format!("the token does not grant the privilege {name}"))
}

/// Whether a token for the channel `named` lets into the channel `joined`: the same, any (empty or `*`), or a pattern
/// in which each `*` stands for any characters. No channel that can be joined has a `*` in its name.
pub(crate) fn channel_matches(named: &[u8], joined: &[u8]) -> bool {
    if named.is_empty() || named == joined {
        return true;
    }
    let mut parts = named.split(|byte| *byte == b'*');
    let Some(mut rest) = parts.next().and_then(|first| joined.strip_prefix(first)) else { return false };
    let mut parts: Vec<&[u8]> = parts.collect();
    let Some(last) = parts.pop() else { return false };
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let Some(at) = rest.windows(part.len()).position(|window| window == part) else { return false };
        rest = rest.get(at.saturating_add(part.len())..).unwrap_or_default();
    }
    rest.ends_with(last)
}

fn check_match<'a>(
    mut found: impl Iterator<Item = &'a Text<'static>>,
    is_match: impl Fn(&Text<'_>) -> bool,
    code: ErrorCode,
    what: &str,
    refusals: &mut Vec<Error>,
) {
    let Some(first) = found.next() else {
        return refusals.push(code.because(format!("the token names no {what}")));
    };
    if !is_match(first) && !found.any(is_match) {
        refusals.push(code.into_error());
    }
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
