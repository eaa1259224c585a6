//! A policy as the settings file has it.

use agora_token::{Role, ServiceSet, ServiceType};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::duration::Seconds;
use crate::ask::{role_named, rtc_alone, service_named};

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
    #[serde(default = "subscriber", deserialize_with = "roles", serialize_with = "names_of_roles")]
    pub(crate) roles: Vec<Role>,
    #[serde(default = "rtc_alone", deserialize_with = "services", serialize_with = "names_of_services")]
    pub(crate) services: ServiceSet,
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

fn subscriber() -> Vec<Role> {
    vec![Role::Subscriber]
}

fn roles<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Role>, D::Error> {
    named(deserializer, role_named, "one of publisher and subscriber expected")
}

fn services<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ServiceSet, D::Error> {
    named(deserializer, service_named, "one of rtc, rtm and chat expected")
}

/// A list of names. What is no name is not quoted: it may be a secret.
fn named<'de, D: Deserializer<'de>, T, L: FromIterator<T>>(
    deserializer: D,
    from_name: fn(&str) -> Option<T>,
    expected: &str,
) -> Result<L, D::Error> {
    let names = Vec::<String>::deserialize(deserializer)?;
    names.iter().map(|name| from_name(name).ok_or_else(|| D::Error::custom(expected))).collect()
}

fn names_of_roles<S: Serializer>(roles: &[Role], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(roles.iter().map(|role| role.name()))
}

fn names_of_services<S: Serializer>(services: &ServiceSet, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(services.iter().map(ServiceType::name))
}
