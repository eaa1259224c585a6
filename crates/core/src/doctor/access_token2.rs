//! AccessToken2 (007): lifetimes, services, privileges.

use super::findings::{CLOCKS_DIFFER, Findings};
use super::table::{FindingCode as F, Severity};
use crate::access_token2::UnverifiedToken2;
use crate::expected::channel_matches;
use crate::role::Role;
use crate::service::{Service, ServiceKind, ServiceType};
use crate::text::Text;
use crate::time::{DAY, FIRST_TIMESTAMP, in_words};

impl Findings<'_> {
    pub(super) fn check_access_token2(&mut self, token: &UnverifiedToken2) {
        self.check_sdk();
        self.check_lifetimes(token);
        self.check_certificates(|certificate| token.is_signed_with(certificate));
        if let Some(unknown) = token.unknown_service() {
            let number = unknown.service_type;
            self.add(F::UnknownService, format!("the token carries service {number}, which is not known here"));
        } else if token.unread_bytes() > 0 {
            self.add(F::UnreadBytes, format!("{} signed bytes follow the last service", token.unread_bytes()));
        }
        let Some(service) = self.service_in_use(token) else { return };
        self.check_privileges(token, service);
        if let Some(channel_name) = channel(service) {
            self.check_channel(channel_name);
        }
        match (user(service), self.attempt.user) {
            // An app token names no user.
            (Some(user), Some(_)) if service.service_type() == ServiceType::Chat && user.is_empty() => {
                self.add(F::ChatAppToken, "the token is a Chat app token and the client is a user");
            }
            (Some(user), _) if user.is_empty() && !names_any_user(service) => {}
            (Some(user), Some(_)) if self.is_chat_of_a_classroom_user(token, service, user) => {}
            (Some(user), _) => self.check_user(user),
            (None, _) => {}
        }
    }

    /// The service that the client uses the token for; where that is not said, the one that fits what it joined with.
    fn service_in_use<'t>(&mut self, token: &'t UnverifiedToken2) -> Option<&'t Service<'static>> {
        use ServiceType::{Rtc, Rtm, Rtm2};
        let services = token.services();
        let has = |wanted: &[ServiceType]| services.iter().any(|service| wanted.contains(&service.service_type()));
        let (found, purpose) = match self.attempt.service {
            Some(purpose) => {
                let wanted = if matches!(purpose, Rtm | Rtm2) { vec![Rtm, Rtm2] } else { vec![purpose] };
                let of_purpose = services.iter().filter(|service| wanted.contains(&service.service_type()));
                (self.best(of_purpose), purpose)
            }
            None if self.attempt.channel.is_some() => {
                (self.best(services.iter().filter(|service| channel(service).is_some())), Rtc)
            }
            None => return self.best(services.iter()),
        };
        // What is missing may stand behind the service that could not be read.
        if found.is_some() || token.unknown_service().is_some() {
            return found;
        }
        let carried: Vec<&str> = services.iter().map(|service| service.service_type().name()).collect();
        let carried = if carried.is_empty() { "no service".into() } else { carried.join(" and ") };
        let use_of_it = match self.attempt.service {
            Some(purpose) => format!("the client uses the token for {}", purpose.name()),
            None => "the client joins a channel".to_owned(),
        };
        let code = match purpose {
            Rtc if has(&[Rtm, Rtm2]) => F::RtmTokenForRtc,
            Rtm | Rtm2 if has(&[Rtc]) => F::RtcTokenForRtm,
            _ => F::ServiceMissing,
        };
        self.add(code, format!("{use_of_it}, the token carries only {carried}"));
        None
    }

    /// A token may carry a service twice, for two channels, and be for one user in one service and for another in the
    /// next: the first that fits the client best is meant.
    fn best<'t>(&self, services: impl Iterator<Item = &'t Service<'static>>) -> Option<&'t Service<'static>> {
        let joined_user = self.joined_user();
        let fits = |service: &Service<'static>| {
            let in_channel = self.attempt.channel.is_none_or(|joined| {
                channel(service).is_none_or(|name| channel_matches(name.as_bytes(), joined.as_bytes()))
            });
            let as_user = joined_user
                .as_deref()
                .is_none_or(|joined| user(service).is_none_or(|user| user.as_bytes() == joined.as_bytes()));
            u8::from(in_channel).saturating_mul(2).saturating_add(u8::from(as_user))
        };
        services.fold(None, |best, service| match best {
            Some(best) if fits(best) >= fits(service) => Some(best),
            _ => Some(service),
        })
    }

    /// A classroom's Chat service names a digest of the user, whom the classroom's own service names.
    fn is_chat_of_a_classroom_user(&self, token: &UnverifiedToken2, service: &Service<'_>, digest: &Text<'_>) -> bool {
        let joined = self.joined_user().unwrap_or_default();
        service.service_type() == ServiceType::Chat
            && digest.as_bytes() != joined.as_bytes()
            && token.services().iter().any(|service| {
                matches!(&service.kind, ServiceKind::Apaas { user_uuid, .. } if user_uuid.as_bytes() == joined.as_bytes())
            })
    }

    fn check_lifetimes(&mut self, token: &UnverifiedToken2) {
        let issued = u64::from(token.issue_ts());
        let end = token.expires_at().as_secs();
        if self.now >= end {
            self.add(F::TokenExpired, format!("the token expired {}", self.ago(end)));
        }
        if issued > self.now.saturating_add(CLOCKS_DIFFER) {
            let ahead = in_words(issued.saturating_sub(self.now));
            self.add(F::TokenNotYetValid, format!("the token was issued {ahead} in the future"));
        }
        self.check_length_of_life(token);
        let longest = longest_privilege(token);
        if longest > token.expire() {
            let (token, privilege) = (in_words(u64::from(token.expire())), in_words(u64::from(longest)));
            self.add(
                F::PrivilegeOutlivesToken,
                format!("the token lives {token}, a privilege of it {privilege}: the SDK will not warn before the token ends"),
            );
        }
    }

    /// Past 24 hours a token says that it is good, and the service says that it is not.
    fn check_length_of_life(&mut self, token: &UnverifiedToken2) {
        let day_end = u64::from(token.issue_ts()).saturating_add(u64::from(DAY));
        let is_over = self.now >= day_end && self.now < token.expires_at().as_secs();
        let over = in_words(self.now.saturating_sub(day_end));
        let mut all = token.services().iter().flat_map(|service| service.privileges.iter().map(|(_, end)| end));
        let timestamp = Some(token.expire()).filter(|expire| *expire >= FIRST_TIMESTAMP);
        if let Some(timestamp) = timestamp.or_else(|| all.find(|lifetime| *lifetime >= FIRST_TIMESTAMP)) {
            let years = in_words(u64::from(timestamp));
            let cause = format!("a lifetime is {timestamp} seconds, which is {years} and looks like a Unix timestamp");
            let (severity, cause) = if is_over {
                (Severity::Error, format!("{cause}; the service ended it after 24 hours, {over} ago"))
            } else {
                (F::LifetimeIsTimestamp.severity(), cause)
            };
            return self.add_as(severity, F::LifetimeIsTimestamp, cause);
        }
        let longest = token.expire().max(longest_privilege(token));
        if longest > DAY {
            let lifetime = in_words(u64::from(longest));
            let (severity, cause) = if is_over {
                let cause =
                    format!("the token says that it lives {lifetime}; the service ended it after 24 hours, {over} ago");
                (Severity::Error, cause)
            } else {
                (
                    F::LifetimeOverADay.severity(),
                    format!("a lifetime is {lifetime}; the service ends it after 24 hours"),
                )
            };
            self.add_as(severity, F::LifetimeOverADay, cause);
        }
    }

    fn check_privileges(&mut self, token: &UnverifiedToken2, service: &Service<'static>) {
        let kind = service.service_type();
        let name = |privilege: u16| kind.privilege_name(privilege).unwrap_or("a privilege");
        // How long ago it ended, for a privilege that ended while the token runs.
        let ended = |privilege: u16| {
            let lifetime = service.privileges.get(privilege).filter(|lifetime| *lifetime != 0)?;
            let end = u64::from(token.issue_ts()).saturating_add(u64::from(lifetime));
            let runs_on = self.now < token.expires_at().as_secs();
            (self.now >= end && runs_on).then(|| in_words(self.now.saturating_sub(end)))
        };
        let entry = entry_privilege(service).map(|privilege| (privilege, ended(privilege)));
        let publish = [Service::RTC_PUBLISH_AUDIO_STREAM, Service::RTC_PUBLISH_VIDEO_STREAM];
        let granted: Vec<u16> =
            publish.into_iter().filter(|privilege| service.privileges.get(*privilege).is_some()).collect();
        let publish_ended: Vec<String> = granted.iter().filter_map(|privilege| ended(*privilege)).collect();
        match entry {
            Some((privilege, _)) if service.privileges.get(privilege).is_none() => {
                let cause = format!("the {} service does not grant {}", kind.name(), name(privilege));
                self.add(F::PrivilegeMissing, cause);
            }
            Some((privilege, Some(ago))) => {
                self.add(
                    F::PrivilegeExpired,
                    format!("the privilege {} expired {ago} ago, the token did not", name(privilege)),
                );
            }
            _ => {}
        }
        if kind == ServiceType::Rtc {
            let all_ended = publish_ended.len() == granted.len();
            self.check_publishing(!granted.is_empty(), publish_ended.first().filter(|_| all_ended));
        }
    }

    pub(super) fn check_publishing(&mut self, is_granted: bool, ended: Option<&String>) {
        if self.attempt.role != Some(Role::Publisher) {
            return;
        }
        if !is_granted {
            self.add(F::SubscriberTokenForPublisher, "the client publishes, the token lets it join only");
            self.add(F::CoHostNote, "whether that keeps the client from publishing, a setting of the project decides");
        } else if let Some(ago) = ended {
            self.add(F::PrivilegeExpired, format!("the privileges to publish expired {ago} ago, the token did not"));
            self.add(F::CoHostNote, "whether that keeps the client from publishing, a setting of the project decides");
        }
    }
}

fn longest_privilege(token: &UnverifiedToken2) -> u32 {
    let all = token.services().iter().flat_map(|service| service.privileges.iter().map(|(_, lifetime)| lifetime));
    all.max().unwrap_or_default()
}

/// Without it the service cannot be entered at all.
fn entry_privilege(service: &Service<'_>) -> Option<u16> {
    match &service.kind {
        ServiceKind::Rtc { .. } => Some(Service::RTC_JOIN_CHANNEL),
        ServiceKind::Rtm { .. } => Some(Service::RTM_LOGIN),
        ServiceKind::Rtm2 { .. } => Some(Service::RTM2_LOGIN),
        ServiceKind::Chat { user_id } => Some(if user_id.is_empty() { Service::CHAT_APP } else { Service::CHAT_USER }),
        ServiceKind::Fpa => Some(Service::FPA_LOGIN),
        // The official libraries disagree on the privileges of a classroom.
        _ => None,
    }
}

/// The channel that a service is for; a classroom's is its room.
fn channel<'s>(service: &'s Service<'static>) -> Option<&'s Text<'static>> {
    match &service.kind {
        ServiceKind::Apaas { room_uuid, .. } => Some(room_uuid).filter(|room| !room.is_empty()),
        _ => service.channel_name(),
    }
}

fn user<'s>(service: &'s Service<'static>) -> Option<&'s Text<'static>> {
    match &service.kind {
        ServiceKind::Apaas { user_uuid, .. } => Some(user_uuid),
        _ => service.account().or(service.user_id()),
    }
}

/// Where no name means everybody, rather than nobody in particular.
fn names_any_user(service: &Service<'_>) -> bool {
    !matches!(service.service_type(), ServiceType::Chat | ServiceType::Apaas)
}
