//! What a caller may have. Everything that is not named is refused.

use std::ops::RangeInclusive;

use agora_token::{Channel, Grant, Lifetime, Role, ServiceSet, ServiceType, User};

use crate::ask::{Ask, Holder, SERVICES};
use crate::error::Error;
use crate::pattern::Pattern;
use crate::problem::{Code, Problem};
use crate::settings::{PolicySettings, UidSetting};

/// A policy, ready to judge.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    settings: PolicySettings,
    uids: Vec<RangeInclusive<u32>>,
    max_lifetime: u32,
}

impl Policy {
    /// `name` is the policy's own, `longest` the server's longest lifetime in seconds.
    pub(crate) fn new(name: &str, settings: &PolicySettings, longest: u32) -> Result<Policy, Error> {
        let refuse = |field: &str, reason: &str| Err(Error::setting(format!("policies.{name}.{field}"), reason));
        let uids = settings.uids.iter().map(uid_range).collect::<Option<Vec<_>>>();
        let Some(uids) = uids else {
            return refuse("uids", "1 to 4294967295, a range as \"1-1000\", or \"*\" expected");
        };
        if settings.subject && !(uids.is_empty() && settings.accounts.is_empty() && !settings.any_user) {
            return refuse(
                "subject",
                "with subject, the JWT's own is the only user: uids, accounts and any_user must go",
            );
        }
        if settings.roles.is_empty() {
            return refuse("roles", "at least one of publisher and subscriber expected");
        }
        if settings.services.is_empty() && !settings.app_tokens {
            return refuse("services", "at least one of rtc, rtm and chat expected");
        }
        if settings.max_lifetime.is_some_and(|lifetime| lifetime.0 == 0 || lifetime.0 > longest) {
            return refuse("max_lifetime", "at least a second and at most the server's own max_lifetime expected");
        }
        let max_lifetime = settings.max_lifetime.map_or(longest, |lifetime| lifetime.0);
        Ok(Policy { settings: settings.clone(), uids, max_lifetime })
    }

    /// What callers may have who are not told apart: every channel, user, role and service by name, no wildcard.
    pub(crate) fn of_anybody(longest: u32) -> Policy {
        let settings = PolicySettings {
            channels: vec![Pattern::new("*")],
            accounts: vec![Pattern::new("*")],
            roles: vec![Role::Publisher, Role::Subscriber],
            services: ServiceSet::from_iter(SERVICES),
            ..PolicySettings::default()
        };
        Policy { settings, uids: vec![1..=u32::MAX], max_lifetime: longest }
    }

    /// Whether only a caller with a subject can have anything.
    pub(crate) fn needs_subject(&self) -> bool {
        self.settings.subject
    }

    /// Judges an ask. `subject` is the caller's own, if a JWT told it; `default` the server's lifetime in seconds.
    /// Answers how long the token may live.
    pub(crate) fn judge(&self, ask: &Ask, subject: Option<&str>, default: u32) -> Result<Lifetime, Problem> {
        match &ask.holder {
            Holder::ChatApp if !self.settings.app_tokens => {
                return Err(Problem::new(
                    Code::ForbiddenService,
                    "the caller may not have the app token of Chat, which makes its holder an administrator",
                ));
            }
            Holder::ChatApp => {}
            Holder::User(grant) => {
                self.judge_services(grant)?;
                self.judge_user(grant.user(), subject)?;
            }
        }
        self.judge_lifetime(ask, default)
    }

    fn judge_services(&self, grant: &Grant<'_>) -> Result<(), Problem> {
        if let Some(service) = grant.services().iter().find(|service| !self.settings.services.contains(*service)) {
            let detail = format!("the caller may not have the service {}", service.name());
            return Err(Problem::new(Code::ForbiddenService, detail));
        }
        if !grant.services().contains(ServiceType::Rtc) {
            return Ok(());
        }
        let role = grant.role().unwrap_or(Role::Subscriber);
        if !self.settings.roles.contains(&role) {
            let detail = format!("the caller may not be a {}", role.name());
            return Err(Problem::new(Code::ForbiddenRole, detail));
        }
        match grant.channel() {
            Some(Channel::Any) if self.settings.any_channel => Ok(()),
            Some(Channel::Any) => {
                Err(Problem::new(Code::ForbiddenWildcard, "the caller may not have tokens for any channel"))
            }
            Some(Channel::Named(name)) if self.settings.channels.iter().any(|pattern| pattern.fits(name.as_str())) => {
                Ok(())
            }
            Some(Channel::Named(_)) | None => Err(Code::ForbiddenChannel.into()),
        }
    }

    fn judge_user(&self, user: &User<'_>, subject: Option<&str>) -> Result<(), Problem> {
        let text = match user {
            User::Uid(uid) => uid.to_string(),
            User::Account(account) => account.as_str().to_owned(),
            User::Any if self.settings.any_user => return Ok(()),
            User::Any => {
                return Err(Problem::new(Code::ForbiddenWildcard, "the caller may not have tokens for any user"));
            }
        };
        // To the service, a token for the account "42" is one for uid 42, since both are the same text in it.
        let uid = text.parse::<u32>().ok().filter(|uid| *uid > 0 && uid.to_string() == text);
        let is_allowed = match uid {
            _ if self.settings.subject => subject == Some(text.as_str()),
            Some(uid) => self.uids.iter().any(|range| range.contains(&uid)),
            None => self.settings.accounts.iter().any(|pattern| pattern.fits(&text)),
        };
        if is_allowed { Ok(()) } else { Err(Code::ForbiddenUser.into()) }
    }

    fn judge_lifetime(&self, ask: &Ask, default: u32) -> Result<Lifetime, Problem> {
        let longest = self.max_lifetime;
        match ask.lifetime {
            Some(lifetime) if lifetime.as_secs() > longest => {
                let detail = format!("a lifetime of {} seconds, the caller may have {longest}", lifetime.as_secs());
                Err(Problem::new(Code::ForbiddenLifetime, detail))
            }
            Some(lifetime) => Ok(lifetime),
            None => Lifetime::from_secs(default.min(longest)).map_err(|error| Problem::of_library(&error, None)),
        }
    }
}

fn uid_range(setting: &UidSetting) -> Option<RangeInclusive<u32>> {
    let (first, last) = match setting {
        UidSetting::One(uid) => (*uid, *uid),
        UidSetting::Range(text) if text == "*" => (1, u32::MAX),
        UidSetting::Range(text) => match text.split_once('-') {
            Some((first, last)) => (first.trim().parse().ok()?, last.trim().parse().ok()?),
            None => {
                let uid = text.trim().parse().ok()?;
                (uid, uid)
            }
        },
    };
    (1 <= first && first <= last).then_some(first..=last)
}
