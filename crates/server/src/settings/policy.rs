//! A policy as the settings file has it; `docs/server.md` says what each of its settings means.

use agora_token::{Role, ServiceType};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::duration::Seconds;
use crate::ask::{Wanted, role_named};
use crate::pattern::Pattern;

#[serde_with::apply(Vec<_> => #[serde(default)], bool => #[serde(default)])]
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicySettings {
    pub(crate) projects: Vec<String>,
    pub(crate) channels: Vec<Pattern>,
    pub(crate) uids: Vec<UidSetting>,
    pub(crate) accounts: Vec<Pattern>,
    pub(crate) subject: bool,
    #[serde_with(skip_apply)]
    #[serde(default = "subscriber", deserialize_with = "roles", serialize_with = "names_of_roles")]
    pub(crate) roles: Vec<Role>,
    #[serde_with(skip_apply)]
    #[serde(default = "rtc_alone")]
    pub(crate) services: Vec<Wanted>,
    pub(crate) rooms: Vec<Pattern>,
    pub(crate) room_roles: Vec<i16>,
    pub(crate) resources: Vec<Pattern>,
    pub(crate) max_lifetime: Seconds,
    pub(crate) cap_by_jwt: bool,
    pub(crate) any_user: bool,
    pub(crate) any_channel: bool,
    pub(crate) diagnosis: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub(crate) enum UidSetting {
    One(u32),
    Range(String),
}

fn subscriber() -> Vec<Role> {
    vec![Role::Subscriber]
}

fn rtc_alone() -> Vec<Wanted> {
    vec![Wanted::Service(ServiceType::Rtc)]
}

/// What is no role is not quoted: it may be a secret.
fn roles<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Role>, D::Error> {
    let names = Vec::<String>::deserialize(deserializer)?;
    let expected = || D::Error::custom("one of publisher and subscriber expected");
    names.iter().map(|name| role_named(name).ok_or_else(expected)).collect()
}

fn names_of_roles<S: Serializer>(roles: &[Role], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(roles.iter().map(|role| role.name()))
}
