//! What a caller may have. Everything that is not named is refused.

use std::ops::RangeInclusive;

use agora_token::{Lifetime, Role};
use serde::{Deserialize, Serialize};

use crate::ask::{Ask, Channel, Holder, Service, Services, User, role_name};
use crate::error::Error;
use crate::pattern::Pattern;
use crate::problem::{Code, Problem};
use crate::settings::duration::Seconds;

/// A policy as the settings file has it.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicySettings {
    /// Names, or patterns in which `*` is any run of characters.
    #[serde(default)]
    pub(crate) channels: Vec<String>,
    /// uids and ranges of them: `42`, `"1-1000"`, `"*"` for all.
    #[serde(default)]
    pub(crate) uids: Vec<UidSetting>,
    /// Accounts, or patterns. What reads as a uid is one, and `uids` judges it.
    #[serde(default)]
    pub(crate) accounts: Vec<String>,
    /// The only user is the JWT's own subject, as a uid or an account.
    #[serde(default)]
    pub(crate) subject: bool,
    #[serde(default = "subscriber")]
    pub(crate) roles: Vec<RoleSetting>,
    #[serde(default = "rtc")]
    pub(crate) services: Vec<Service>,
    /// The server's own if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) max_lifetime: Option<Seconds>,
    /// Whether tokens for any user are allowed.
    #[serde(default)]
    pub(crate) any_user: bool,
    /// Whether tokens for any channel are allowed.
    #[serde(default)]
    pub(crate) any_channel: bool,
    /// Whether the app token of Chat is allowed, which makes its holder an administrator.
    #[serde(default)]
    pub(crate) app_tokens: bool,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(untagged)]
pub(crate) enum UidSetting {
    One(u32),
    Range(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RoleSetting {
    Publisher,
    Subscriber,
}

fn subscriber() -> Vec<RoleSetting> {
    vec![RoleSetting::Subscriber]
}

fn rtc() -> Vec<Service> {
    vec![Service::Rtc]
}

/// A policy, ready to judge.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    channels: Vec<Pattern>,
    users: Users,
    publisher: bool,
    subscriber: bool,
    services: Services,
    max_lifetime: u32,
    any_user: bool,
    any_channel: bool,
    app_tokens: bool,
}

#[derive(Debug, Clone)]
enum Users {
    Listed { uids: Vec<RangeInclusive<u32>>, accounts: Vec<Pattern> },
    Subject,
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
        Ok(Policy {
            channels: settings.channels.iter().map(Pattern::new).collect(),
            users: if settings.subject {
                Users::Subject
            } else {
                Users::Listed { uids, accounts: settings.accounts.iter().map(Pattern::new).collect() }
            },
            publisher: settings.roles.contains(&RoleSetting::Publisher),
            subscriber: settings.roles.contains(&RoleSetting::Subscriber),
            services: settings.services.iter().copied().collect(),
            max_lifetime: settings.max_lifetime.map_or(longest, |lifetime| lifetime.0),
            any_user: settings.any_user,
            any_channel: settings.any_channel,
            app_tokens: settings.app_tokens,
        })
    }

    /// What callers may have who are not told apart: every channel, user, role and service by name, no wildcard.
    pub(crate) fn of_anybody(longest: u32) -> Policy {
        Policy {
            channels: vec![Pattern::new("*")],
            users: Users::Listed { uids: vec![1..=u32::MAX], accounts: vec![Pattern::new("*")] },
            publisher: true,
            subscriber: true,
            services: Service::ALL.into_iter().collect(),
            max_lifetime: longest,
            any_user: false,
            any_channel: false,
            app_tokens: false,
        }
    }

    /// Whether only a caller with a subject can have anything.
    pub(crate) fn needs_subject(&self) -> bool {
        matches!(self.users, Users::Subject)
    }

    /// Judges an ask. `subject` is the caller's own, if a JWT told it; `default` the server's lifetime in seconds.
    /// Answers how long the token may live.
    pub(crate) fn judge(&self, ask: &Ask, subject: Option<&str>, default: u32) -> Result<Lifetime, Problem> {
        match &ask.holder {
            Holder::ChatApp if !self.app_tokens => {
                return Err(Problem::new(
                    Code::ForbiddenService,
                    "the caller may not have the app token of Chat, which makes its holder an administrator",
                ));
            }
            Holder::ChatApp => {}
            Holder::User(user) => {
                self.judge_services(ask)?;
                self.judge_user(user, subject)?;
            }
        }
        self.judge_lifetime(ask, default)
    }

    fn judge_services(&self, ask: &Ask) -> Result<(), Problem> {
        if let Some(service) = ask.services.iter().find(|service| !self.services.contains(*service)) {
            let detail = format!("the caller may not have the service {}", service.name());
            return Err(Problem::new(Code::ForbiddenService, detail));
        }
        if !ask.services.rtc {
            return Ok(());
        }
        let may = match ask.role {
            Role::Publisher => self.publisher,
            Role::Subscriber => self.subscriber,
        };
        if !may {
            let detail = format!("the caller may not be a {}", role_name(ask.role));
            return Err(Problem::new(Code::ForbiddenRole, detail));
        }
        match &ask.channel {
            Some(Channel::Any) if self.any_channel => Ok(()),
            Some(Channel::Any) => {
                Err(Problem::new(Code::ForbiddenWildcard, "the caller may not have tokens for any channel"))
            }
            Some(Channel::Named(name)) if self.channels.iter().any(|pattern| pattern.fits(name)) => Ok(()),
            Some(Channel::Named(_)) | None => Err(Code::ForbiddenChannel.into()),
        }
    }

    fn judge_user(&self, user: &User, subject: Option<&str>) -> Result<(), Problem> {
        if *user == User::Any {
            let wildcard = Problem::new(Code::ForbiddenWildcard, "the caller may not have tokens for any user");
            return if self.any_user { Ok(()) } else { Err(wildcard) };
        }
        let is_allowed = match (&self.users, user.as_uid(), user) {
            (Users::Subject, _, user) => subject.is_some_and(|subject| user.to_text() == subject),
            (Users::Listed { uids, .. }, Some(uid), _) => uids.iter().any(|range| range.contains(&uid.get())),
            (Users::Listed { accounts, .. }, None, User::Account(account)) => {
                accounts.iter().any(|pattern| pattern.fits(account))
            }
            (Users::Listed { .. }, None, _) => false,
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
