//! What a caller asks for, whatever the route and its spelling: who is to be let in where, as what, for how long.

use std::fmt;
use std::num::NonZeroU32;

use agora_token::{Lifetime, Role};
use serde::{Deserialize, Serialize};

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ask {
    pub(crate) holder: Holder,
    pub(crate) services: Services,
    /// Needed for RTC; means nothing to the other services.
    pub(crate) channel: Option<Channel>,
    pub(crate) role: Role,
    /// The server's own if not said.
    pub(crate) lifetime: Option<Lifetime>,
    pub(crate) publish_lifetime: Option<Lifetime>,
}

impl Ask {
    /// Joining a channel.
    pub(crate) fn rtc(channel: Channel, user: User, role: Role) -> Ask {
        let services = Services { rtc: true, ..Services::default() };
        Ask { channel: Some(channel), role, ..Ask::of(user, services) }
    }

    /// Services that have no channel.
    pub(crate) fn of(user: User, services: Services) -> Ask {
        Ask {
            holder: Holder::User(user),
            services,
            channel: None,
            role: Role::Subscriber,
            lifetime: None,
            publish_lifetime: None,
        }
    }

    /// Chat as the app, an administrator.
    pub(crate) fn chat_app() -> Ask {
        Ask { holder: Holder::ChatApp, ..Ask::of(User::Any, Services::default()) }
    }

    #[must_use]
    pub(crate) fn lifetime(mut self, lifetime: Option<Lifetime>) -> Ask {
        self.lifetime = lifetime;
        self
    }
}

/// In whose name a token speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Holder {
    User(User),
    /// The administrator of Chat: a token for servers.
    ChatApp,
}

/// Whom a token lets in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum User {
    Uid(NonZeroU32),
    Account(String),
    Any,
}

impl User {
    /// The uid that this user is for the service: a token for the account "42" is one for uid 42, since both are the
    /// same text in it.
    pub(crate) fn as_uid(&self) -> Option<NonZeroU32> {
        match self {
            User::Uid(uid) => Some(*uid),
            User::Account(account) => account.parse::<NonZeroU32>().ok().filter(|uid| uid.to_string() == *account),
            User::Any => None,
        }
    }

    /// The text that stands in the token.
    pub(crate) fn to_text(&self) -> String {
        match self {
            User::Uid(uid) => uid.to_string(),
            User::Account(account) => account.clone(),
            User::Any => "*".to_owned(),
        }
    }
}

/// Which channel a token lets into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Channel {
    Named(String),
    Any,
}

impl Channel {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Channel::Named(name) => name,
            Channel::Any => "*",
        }
    }
}

/// A service by its name in requests and settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Service {
    Rtc,
    Rtm,
    Chat,
}

impl Service {
    pub(crate) const ALL: [Service; 3] = [Service::Rtc, Service::Rtm, Service::Chat];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Service::Rtc => "rtc",
            Service::Rtm => "rtm",
            Service::Chat => "chat",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Service> {
        Service::ALL.into_iter().find(|service| service.name() == name)
    }
}

/// A set of services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Services {
    pub(crate) rtc: bool,
    pub(crate) rtm: bool,
    pub(crate) chat: bool,
}

impl Services {
    pub(crate) fn insert(&mut self, service: Service) {
        match service {
            Service::Rtc => self.rtc = true,
            Service::Rtm => self.rtm = true,
            Service::Chat => self.chat = true,
        }
    }

    pub(crate) fn contains(self, service: Service) -> bool {
        match service {
            Service::Rtc => self.rtc,
            Service::Rtm => self.rtm,
            Service::Chat => self.chat,
        }
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Service> {
        Service::ALL.into_iter().filter(move |service| self.contains(*service))
    }
}

impl FromIterator<Service> for Services {
    fn from_iter<I: IntoIterator<Item = Service>>(services: I) -> Services {
        services.into_iter().fold(Services::default(), |mut set, service| {
            set.insert(service);
            set
        })
    }
}

impl fmt::Display for Services {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(Service::name).collect();
        f.write_str(&names.join(","))
    }
}

/// The role's name in requests, answers and settings.
pub(crate) const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Publisher => "publisher",
        Role::Subscriber => "subscriber",
    }
}
