//! What is expected of a token beside its signature and its time, and which of its services answer that.

use crate::access_token2::UnverifiedToken2;
use crate::error::{Error, ErrorCode};
use crate::identity::{ANY_USER, User};
use crate::service::{Field, HeldBy, Service, ServiceType};
use crate::text::Text;

/// What a [`crate::Verifier`] expects of one token. It must hold in one of the token's services, which must let in at
/// all; none that answers may have ended. Of what is not said, nothing is expected.
///
/// Each question is asked once, and there is one user, by uid or account. Where a question is asked again with another
/// answer, every token is refused with [`ErrorCode::UnknownOption`]: none of the two is forgotten.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected<'a> {
    pub(crate) service: Option<ServiceType>,
    pub(crate) privilege: Option<u16>,
    pub(crate) channel: Option<Text<'a>>,
    pub(crate) user: Option<Text<'a>>,
    /// What is wrong with a question, for which every token is refused.
    refused: Option<Box<Error>>,
}

impl<'a> Expected<'a> {
    /// Nothing: any token of the project that has not ended is good.
    pub fn new() -> Expected<'a> {
        Expected::default()
    }

    /// That the token carries this service; channel, user and privilege are then looked for in it alone. An AccessToken
    /// (006) carries RTC, RTM or both.
    #[must_use]
    pub fn service(mut self, service: ServiceType) -> Expected<'a> {
        ask(&mut self.service, service, "service", &mut self.refused);
        self
    }

    /// That the token grants this privilege, as [`Service::RTC_PUBLISH_AUDIO_STREAM`], and that the privilege is
    /// running; in an AccessToken (006) it is one of [`crate::Privilege006`]. Without it, the privileges that let in at
    /// all are looked at.
    #[must_use]
    pub fn privilege(mut self, privilege: u16) -> Expected<'a> {
        ask(&mut self.privilege, privilege, "privilege", &mut self.refused);
        self
    }

    /// That the token lets into this channel. A token for any channel (empty name or `*`), or for a pattern with `*` in
    /// it that this channel fits, does. It is a channel of RTC unless a service is named.
    #[must_use]
    pub fn channel(mut self, name: impl Into<Text<'a>>) -> Expected<'a> {
        ask(&mut self.channel, name.into(), "channel", &mut self.refused);
        self
    }

    /// That the token lets this account in, into the channel if one is expected: the account of a channel, or the user ID
    /// of messaging and Chat. A token for any user (empty account or `*`) does.
    #[must_use]
    pub fn account(mut self, account: impl Into<Text<'a>>) -> Expected<'a> {
        ask(&mut self.user, account.into(), "user", &mut self.refused);
        self
    }

    /// That the token lets this uid in; 0 expects a token for any user.
    #[must_use]
    pub fn uid(self, uid: u32) -> Expected<'a> {
        self.account(Text::from_uid(uid))
    }

    /// That the token lets this user in, as a [`crate::Grant`] names one: a number is a uid, a text an account. For a
    /// user that no grant takes every token is refused.
    #[must_use]
    pub fn user(mut self, user: impl TryInto<User<'a>, Error: Into<Error>>) -> Expected<'a> {
        match user.try_into() {
            Ok(User::Uid(uid)) => self.uid(uid.get()),
            Ok(User::Account(account)) => self.account(account),
            Ok(User::Any) => self.uid(0),
            Err(error) => {
                self.refused.get_or_insert_with(|| Box::new(error.into().in_field("user")));
                self
            }
        }
    }

    /// Refuses what no token can answer.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.refused.as_deref().map_or(Ok(()), |error| Err(error.clone()))
    }

    /// Looks for one service that answers every question asked, narrowing down question by question; gives those that
    /// are left. A token for alice in messaging and for bob in a channel does not let alice into the channel.
    pub(crate) fn check_services<'t>(
        &self,
        token: &'t UnverifiedToken2,
        refusals: &mut Vec<Error>,
    ) -> Vec<&'t Service<'static>> {
        let mut services: Vec<_> = token.services().iter().collect();
        // A channel is joined by RTC; Streaming and FCDN, which have one too, are asked for by name.
        let wanted = self.service.or(self.channel.is_some().then_some(ServiceType::Rtc));
        if let Some(wanted) = wanted {
            services.retain(|service| service.service_type() == wanted);
            if services.is_empty() {
                let unread = if token.is_complete() { "" } else { " among those that could be read" };
                let reason = format!("the token carries no {} service{unread}", wanted.name());
                refusals.push(ErrorCode::ServiceMissing.because(reason).of_service(wanted.number()));
                return services;
            }
        }
        if let Some(expected) = &self.channel {
            services.retain(|service| service.channel_name().is_some());
            let is_match = |service: &Service<'_>| {
                service.channel_name().is_some_and(|name| channel_matches(name.as_bytes(), expected.as_bytes()))
            };
            narrow(&mut services, is_match, Service::channel_name, ErrorCode::ChannelMismatch, "channel", refusals);
        }
        if let Some(expected) = &self.user {
            services.retain(|service| user(service).is_some());
            let is_match = |service: &Service<'_>| {
                let is_any = service
                    .account()
                    .is_some_and(|account| ["", ANY_USER].map(str::as_bytes).contains(&account.as_bytes()));
                is_any || user(service) == Some(expected)
            };
            narrow(&mut services, is_match, user, ErrorCode::UserMismatch, "user", refusals);
        }
        let asked = wanted.is_some() || self.user.is_some() || self.privilege.is_some();
        let lets_in = |service: &Service<'_>| lets_in(service, self.user.is_some());
        if let Some(first) = services.first().filter(|_| asked && !services.iter().any(|service| lets_in(service))) {
            let service = first.service_type();
            refusals.push(privilege_missing(service.privilege_name(ENTRY), ENTRY).of_service(service.number()));
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
}

/// Sets what is expected, and refuses it if something else was expected before.
fn ask<T: PartialEq>(question: &mut Option<T>, answer: T, name: &'static str, refused: &mut Option<Box<Error>>) {
    if question.as_ref().is_some_and(|before| *before != answer) {
        refused
            .get_or_insert_with(|| Box::new(ErrorCode::UnknownOption.of(name, "is expected twice, with two answers")));
    }
    *question = Some(answer);
}

/// Joining, logging in and acting as a user all have this number.
pub(crate) const ENTRY: u16 = 1;

/// Who a service is for; in a classroom's Chat service a digest of the user stands instead of the user.
fn user<'s, 'a>(service: &'s Service<'a>) -> Option<&'s Text<'a>> {
    service.account().or(service.user_id()).or(service.text(Field::UserUuid))
}

/// Without one of these the service cannot be entered at all; a publish privilege that ran out leaves a listener. A
/// privilege that the service does not know is none.
pub(crate) fn is_entry(service: ServiceType, privilege: u16) -> bool {
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

pub(crate) fn privilege_missing(name: Option<&'static str>, number: u16) -> Error {
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
    let service = services.first().map_or(0, |service| service.service_type().number());
    refusals.push(code.because(reason).of_service(service));
}
