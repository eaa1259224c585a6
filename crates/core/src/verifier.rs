//! One verdict on a token: everything that is wrong with it, not just the first thing.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::access_token::{Privilege006, UnverifiedToken};
use crate::access_token2::{self, Envelope, UnverifiedToken2};
use crate::bounds::Bounds;
use crate::credentials::{AppCertificate, AppId};
use crate::error::{Error, ErrorCode};
use crate::identity::{ANY_CHANNEL, ANY_USER};
use crate::inspect::Unverified;
use crate::service::{Field, HeldBy, Service, ServiceType};
use crate::source::{Clock, SystemClock};
use crate::text::Text;
use crate::time::{DAY, UnixTime, in_words};

/// Checks tokens: the signature always, the time unless told not to, and App ID, service, privilege, channel and user
/// where given. What is asked of services must hold in one of them, which must let in at all; none that answers may have
/// ended.
#[derive(Debug, Clone)]
pub struct Verifier {
    /// Each in a place of its own, so that no copy stays behind where the list grew.
    #[allow(clippy::vec_box, reason = "as said")]
    certificates: Vec<Box<AppCertificate>>,
    moment: Moment,
    leeway: u32,
    app_id: Option<AppId>,
    service: Option<ServiceType>,
    privilege: Option<u16>,
    channel_name: Option<Text<'static>>,
    account: Option<Text<'static>>,
    bounds: Bounds,
}

/// No clock differs more, and a larger leeway would turn the check of the time off.
const LONGEST_LEEWAY: u32 = 3600;

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
            certificates: vec![Box::new(certificate)],
            moment: Moment::Now,
            leeway: 0,
            app_id: None,
            service: None,
            privilege: None,
            channel_name: None,
            account: None,
            bounds: Bounds::STRANGER,
        }
    }

    /// Accepts tokens signed with this certificate too: while certificates are rotated, both are good.
    #[must_use]
    pub fn or_certificate(mut self, certificate: AppCertificate) -> Verifier {
        self.certificates.push(Box::new(certificate));
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

    /// Allows clocks to differ by this many seconds, both ways; more than an hour counts as an hour. 0 unless set.
    #[must_use]
    pub fn leeway(mut self, seconds: u32) -> Verifier {
        self.leeway = seconds.min(LONGEST_LEEWAY);
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

    /// Wants the token to let this user in, into the channel if one is asked for. A token for any user (empty account or
    /// `*`) does.
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

    /// Reads tokens within these bounds, in place of [`Bounds::STRANGER`].
    #[must_use]
    pub fn bounds(mut self, bounds: Bounds) -> Verifier {
        self.bounds = bounds;
        self
    }

    /// Judges a token.
    ///
    /// # Errors
    /// When the token cannot be read, as for [`Unverified::parse`], or the clock not be told. A token that was read
    /// and refused is no error here: the verdict says so.
    pub fn verify(&self, token: &str) -> Result<Verdict, Error> {
        let now = match self.moment {
            Moment::Now => Some(UnixTime::from_secs(u64::from(SystemClock.now()?))),
            Moment::At(now) => Some(now),
            Moment::Never => None,
        };
        let mut refusals = Vec::new();
        if !token.starts_with(access_token2::VERSION) {
            let token = match Unverified::parse_within(token, &self.bounds)? {
                Unverified::AccessToken(token) => token,
                Unverified::AccessToken2(_) => return Err(ErrorCode::Internal.into()),
            };
            let certificate = self.check_006(&token, &mut refusals);
            self.check_app_id(token.app_id(), &mut refusals);
            self.check_time_006(&token, now, &mut refusals);
            let token = certificate.map(|_| Unverified::AccessToken(token));
            return Ok(Verdict { token, certificate, refusals });
        }
        // Nothing is built of what a stranger may have written.
        let envelope = Envelope::open(token, &self.bounds)?;
        let certificate = self.find_certificate(|certificate| envelope.verify_signature(certificate), &mut refusals);
        if certificate.is_none() {
            return Ok(Verdict { token: None, certificate, refusals });
        }
        let token = envelope.services(&self.bounds)?;
        let services = self.check_services(&token, &mut refusals);
        self.check_app_id(token.app_id(), &mut refusals);
        self.check_time_007(&token, &services, now, &mut refusals);
        Ok(Verdict { token: Some(Unverified::AccessToken2(token)), certificate, refusals })
    }

    fn check_app_id(&self, found: &[u8], refusals: &mut Vec<Error>) {
        if self.app_id.is_some_and(|expected| expected.as_bytes() != found) {
            refusals.push(ErrorCode::AppIdMismatch.into());
        }
    }

    /// Looks for one service that answers every question asked, narrowing down question by question; gives those that
    /// are left. A token for alice in messaging and for bob in a channel does not let alice into the channel.
    fn check_services<'t>(&self, token: &'t UnverifiedToken2, refusals: &mut Vec<Error>) -> Vec<&'t Service<'static>> {
        let mut services: Vec<_> = token.services().iter().collect();
        // A channel is joined by RTC; Streaming and FCDN, which have one too, are asked for by name.
        let wanted = self.service.or(self.channel_name.is_some().then_some(ServiceType::Rtc));
        if let Some(wanted) = wanted {
            services.retain(|service| service.service_type() == wanted);
            if services.is_empty() {
                let unread = if token.is_complete() { "" } else { " among those that could be read" };
                let reason = format!("the token carries no {} service{unread}", wanted.name());
                refusals.push(ErrorCode::ServiceMissing.because(reason));
                return services;
            }
        }
        if let Some(expected) = &self.channel_name {
            services.retain(|service| service.channel_name().is_some());
            let is_match = |service: &Service<'_>| {
                service.channel_name().is_some_and(|name| channel_matches(name.as_bytes(), expected.as_bytes()))
            };
            narrow(&mut services, is_match, Service::channel_name, ErrorCode::ChannelMismatch, "channel", refusals);
        }
        if let Some(expected) = &self.account {
            services.retain(|service| user(service).is_some());
            let is_match = |service: &Service<'_>| {
                let is_any = service
                    .account()
                    .is_some_and(|account| ["", ANY_USER].map(str::as_bytes).contains(&account.as_bytes()));
                is_any || user(service) == Some(expected)
            };
            narrow(&mut services, is_match, user, ErrorCode::UserMismatch, "user", refusals);
        }
        let asked = wanted.is_some() || self.account.is_some() || self.privilege.is_some();
        let lets_in = |service: &Service<'_>| lets_in(service, self.account.is_some());
        if let Some(first) = services.first().filter(|_| asked && !services.iter().any(|service| lets_in(service))) {
            refusals.push(privilege_missing(first.service_type().privilege_name(ENTRY), ENTRY));
            return Vec::new();
        }
        if asked {
            services.retain(|service| lets_in(service));
        }
        if let Some(privilege) = self.privilege {
            let grants = |service: &Service<'_>| service.privileges.get(privilege).is_some();
            if !services.is_empty() && !services.iter().any(|service| grants(service)) {
                let name = services.iter().find_map(|service| service.service_type().privilege_name(privilege));
                refusals.push(privilege_missing(name, privilege));
            }
            services.retain(|service| grants(service));
        }
        services
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
        if !token.is_unambiguous() {
            refusals.push(ErrorCode::TokenAmbiguous.into());
        }
        let joins = self.channel_name.is_some() && !is_rtm;
        if !grants(Privilege006::JoinChannel) && (joins || !grants(Privilege006::RtmLogin)) {
            refusals.push(privilege_missing(Privilege006::name(ENTRY), ENTRY));
        }
        if let Some(privilege) = self.privilege.filter(|privilege| token.privileges().get(*privilege).is_none()) {
            refusals.push(privilege_missing(Privilege006::name(privilege), privilege));
        }
        let (channel_name, account) = match (&self.channel_name, &self.account) {
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

    fn check_time_006(&self, token: &UnverifiedToken, now: Option<UnixTime>, refusals: &mut Vec<Error>) {
        let Some(now) = now else { return };
        self.check_end(token.expires_at().as_secs(), now, refusals);
        for (privilege, end) in token.privileges().iter().filter(|(_, end)| *end != 0) {
            let entry = [Privilege006::JoinChannel.number(), Privilege006::RtmLogin.number()];
            let counts = self.privilege == Some(privilege) || entry.contains(&privilege);
            if counts && self.is_over(u64::from(end), now) {
                refusals.push(privilege_expired(Privilege006::name(privilege), u64::from(end), now));
            }
        }
    }

    fn check_time_007(
        &self,
        token: &UnverifiedToken2,
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
                let counts = self.privilege == Some(privilege) || is_entry(service.service_type(), privilege);
                if counts && self.is_over(end, now) {
                    refusals.push(privilege_expired(service.service_type().privilege_name(privilege), end, now));
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

/// Joining, logging in and acting as a user all have this number.
const ENTRY: u16 = 1;

/// Who a service is for; in a classroom's Chat service a digest of the user stands instead of the user.
fn user<'s, 'a>(service: &'s Service<'a>) -> Option<&'s Text<'a>> {
    service.account().or(service.user_id()).or(service.text(Field::UserUuid))
}

/// Without one of these the service cannot be entered at all; a publish privilege that ran out leaves a listener. A
/// privilege that the service does not know is none.
fn is_entry(service: ServiceType, privilege: u16) -> bool {
    let is_known = service.privilege_name(privilege).is_some();
    is_known && (service != ServiceType::Rtc || privilege == ENTRY)
}

/// Whether a service can be entered; by a user, if one is asked for, which the privilege of an app does not let in.
fn lets_in(service: &Service<'_>, as_user: bool) -> bool {
    let row = service.service_type().row();
    // The official builders give the two newest services no privileges.
    row.privileges.is_empty()
        || service.privileges.iter().any(|(privilege, _)| {
            let is_of_app = row.privileges.iter().any(|row| row.number == privilege && row.held_by == HeldBy::App);
            is_entry(row.service, privilege) && !(as_user && is_of_app)
        })
}

fn privilege_expired(name: Option<&'static str>, end: u64, now: UnixTime) -> Error {
    let name = name.unwrap_or("of an unknown kind");
    let ago = in_words(now.as_secs().saturating_sub(end));
    ErrorCode::PrivilegeExpired.because(format!("the privilege {name} expired {ago} ago"))
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

/// Keeps the services that match. Where none does that is a refusal, and they all stay for the questions that follow.
fn narrow<'t>(
    services: &mut Vec<&'t Service<'static>>,
    is_match: impl Fn(&Service<'_>) -> bool,
    named: impl for<'s> Fn(&'s Service<'static>) -> Option<&'s Text<'static>>,
    code: ErrorCode,
    what: &str,
    refusals: &mut Vec<Error>,
) {
    if services.iter().any(|service| is_match(service)) {
        services.retain(|service| is_match(service));
        return;
    }
    let reason = match services.first().and_then(|service| named(service)) {
        None => format!("the token names no {what}"),
        Some(name) => format!("the token is for {what} {name:?}"),
    };
    refusals.push(code.because(reason));
}

fn first_match<const N: usize>(candidates: [&[u8]; N], is_match: impl Fn(&[u8]) -> bool) -> Option<&[u8]> {
    candidates.into_iter().find(|candidate| is_match(candidate))
}

/// What a [`Verifier`] found.
#[derive(Debug, Clone)]
pub struct Verdict {
    token: Option<Unverified>,
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

    /// What the token says; to be believed as far as the verdict goes. Nothing when no certificate of the verifier signed
    /// it.
    pub fn token(&self) -> Option<&Unverified> {
        self.token.as_ref()
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
