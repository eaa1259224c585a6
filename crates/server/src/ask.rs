//! What a caller asks for, whatever the route and its spelling: who is to be let in where, as what, for how long.

use std::str::FromStr;

use agora_token::describe::{Field, HeldBy};
use agora_token::{Grant, Lifetime, Permissions, Role, ServiceSet, ServiceType};
use derive_more::Display;
use serde_with::{DeserializeFromStr, SerializeDisplay};

#[derive(Debug, Clone)]
pub(crate) struct Ask {
    /// One of the caller's projects by its name; the first of them if not said.
    pub(crate) project: Option<String>,
    pub(crate) holder: Holder,
    /// How long the token is to live; the server's own lifetime if not said. The policy has the last word.
    pub(crate) lifetime: Option<Lifetime>,
}

#[derive(Debug, Clone)]
pub(crate) enum Holder {
    /// A user, with all that the token is to carry but its lifetime and the permissions on resources.
    User(Grant<'static>, Permissions<'static>),
    /// The administrator of a service: a token for servers.
    App(ServiceType),
}

impl Ask {
    pub(crate) fn new(grant: Grant<'static>, lifetime: Option<Lifetime>) -> Ask {
        Ask { project: None, holder: Holder::User(grant, Permissions::new()), lifetime }
    }

    pub(crate) fn chat_app(lifetime: Option<Lifetime>) -> Ask {
        Ask { project: None, holder: Holder::App(ServiceType::Chat), lifetime }
    }
}

/// What requests and policies can name: a service, or the administrator of one that has such.
#[derive(Debug, Display, Clone, Copy, PartialEq, Eq, DeserializeFromStr, SerializeDisplay)]
pub(crate) enum Wanted {
    #[display("{}", _0.name())]
    Service(ServiceType),
    #[display("{}App", _0.name())]
    App(ServiceType),
}

impl Wanted {
    pub(crate) fn all() -> impl Iterator<Item = Wanted> {
        let has_app = |service: &ServiceType| service.row().privileges.iter().any(|row| row.held_by == HeldBy::App);
        ServiceType::all().map(Wanted::Service).chain(ServiceType::all().filter(has_app).map(Wanted::App))
    }

    pub(crate) fn names() -> String {
        Wanted::all().map(|wanted| wanted.to_string()).collect::<Vec<_>>().join(", ")
    }
}

/// What is no name is not quoted: it may be a secret.
impl FromStr for Wanted {
    type Err = String;

    fn from_str(name: &str) -> Result<Wanted, String> {
        let expected = || format!("one of {} expected", Wanted::names());
        Wanted::all().find(|wanted| wanted.to_string() == name).ok_or_else(expected)
    }
}

pub(crate) fn have(services: ServiceSet, field: Field) -> bool {
    services.iter().any(|service| service.row().fields.contains(&field))
}

/// Whether one of the services tells publishers from others.
pub(crate) fn tell_roles(services: ServiceSet) -> bool {
    let mut privileges = services.iter().flat_map(|service| service.row().privileges);
    privileges.any(|row| row.held_by == HeldBy::Publisher)
}

pub(crate) fn name_a_user(services: ServiceSet) -> bool {
    [Field::Account, Field::UserId, Field::UserUuid].into_iter().any(|field| have(services, field))
}

pub(crate) fn role_named(name: &str) -> Option<Role> {
    [Role::Publisher, Role::Subscriber].into_iter().find(|role| role.name() == name)
}
