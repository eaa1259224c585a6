//! A policy as the settings file has it.

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
    /// The projects that may be asked for by name, the first unless one is asked for; the one of `app_id` if none is named.
    pub(crate) projects: Vec<String>,
    /// Names, or patterns in which `*` is any run of characters.
    pub(crate) channels: Vec<Pattern>,
    /// uids and ranges of them: `42`, `"1-1000"`, `"*"` for all.
    pub(crate) uids: Vec<UidSetting>,
    /// Accounts, or patterns. What reads as a uid is one, and `uids` judges it.
    pub(crate) accounts: Vec<Pattern>,
    /// The only user is the caller's own: what its issuer makes of the claims, else the subject.
    pub(crate) subject: bool,
    #[serde_with(skip_apply)]
    #[serde(default = "subscriber", deserialize_with = "roles", serialize_with = "names_of_roles")]
    pub(crate) roles: Vec<Role>,
    #[serde_with(skip_apply)]
    #[serde(default = "rtc_alone")]
    pub(crate) services: Vec<Wanted>,
    /// Rooms of classrooms, names or patterns.
    pub(crate) rooms: Vec<Pattern>,
    pub(crate) room_roles: Vec<i16>,
    /// Resources of messaging that permissions may be had for, names or patterns.
    pub(crate) resources: Vec<Pattern>,
    pub(crate) max_lifetime: Seconds,
    /// Whether a token ends with the JWT that it was asked for with, at the latest.
    pub(crate) cap_by_jwt: bool,
    pub(crate) any_user: bool,
    pub(crate) any_channel: bool,
    /// Whether tokens may be diagnosed and inspected.
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
