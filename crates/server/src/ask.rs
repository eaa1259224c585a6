//! What a caller asks for, whatever the route and its spelling: who is to be let in where, as what, for how long.

use agora_token::{Channel, Grant, Lifetime, Role, ServiceSet, ServiceType, UserId};

/// The services that requests and policies can name.
pub(crate) const SERVICES: [ServiceType; 3] = [ServiceType::Rtc, ServiceType::Rtm, ServiceType::Chat];

/// One token.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    pub(crate) holder: Holder,
    /// How long the token is to live; the server's own lifetime if not said. The policy has the last word.
    pub(crate) lifetime: Option<Lifetime>,
}

/// Whom a token is for.
#[derive(Debug, Clone)]
pub(crate) enum Holder {
    /// A user, with all that the token is to carry but its lifetime.
    User(Grant<'static>),
    /// The administrator of Chat: a token for servers.
    ChatApp,
}

impl Ask {
    pub(crate) fn new(grant: Grant<'static>, lifetime: Option<Lifetime>) -> Ask {
        Ask { holder: Holder::User(grant), lifetime }
    }

    /// Joining a channel.
    pub(crate) fn rtc(channel: Channel<'static>, user: UserId<'static>, role: Role, lifetime: Option<Lifetime>) -> Ask {
        Ask::new(Grant::rtc(channel, user, role), lifetime)
    }

    /// Chat as the app, an administrator.
    pub(crate) fn chat_app(lifetime: Option<Lifetime>) -> Ask {
        Ask { holder: Holder::ChatApp, lifetime }
    }
}

/// The service that requests and policies call so.
pub(crate) fn service_named(name: &str) -> Option<ServiceType> {
    SERVICES.into_iter().find(|service| service.name() == name)
}

/// The role of this name.
pub(crate) fn role_named(name: &str) -> Option<Role> {
    [Role::Publisher, Role::Subscriber].into_iter().find(|role| role.name() == name)
}

/// RTC alone, as where nothing else is said.
pub(crate) fn rtc_alone() -> ServiceSet {
    ServiceSet::from_iter([ServiceType::Rtc])
}
