//! A decoded token as a document: what it says, unverified.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::access_token::{self, Privilege006, UnverifiedToken};
use crate::access_token2::{self, UnknownService, UnverifiedToken2};
use crate::bounds::Bounds;
use crate::error::{Error, ErrorCode};
use crate::hex::hex;
use crate::service::{FieldValue, Permissions, Privileges, Service};
use crate::text::Text;
use crate::time::UnixTime;

/// A token of either generation as read, before anybody checked who signed it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Unverified {
    /// AccessToken, 006.
    AccessToken(UnverifiedToken),
    /// AccessToken2, 007.
    AccessToken2(UnverifiedToken2),
}

/// Reads a token of either generation without checking who signed it: [`Unverified::parse`].
///
/// # Errors
/// As there.
pub fn inspect(token: &str) -> Result<Unverified, Error> {
    Unverified::parse(token)
}

impl Unverified {
    /// Reads a token of the generation that its first three characters name.
    ///
    /// # Errors
    /// [`ErrorCode::TokenVersion`] for any other; else those of [`UnverifiedToken::parse`] and
    /// [`UnverifiedToken2::parse`].
    pub fn parse(token: &str) -> Result<Unverified, Error> {
        Unverified::parse_within(token, &Bounds::MECHANISM)
    }

    /// [`Unverified::parse`] within other bounds.
    ///
    /// # Errors
    /// As there.
    pub fn parse_within(token: &str, bounds: &Bounds) -> Result<Unverified, Error> {
        if token.starts_with(access_token2::VERSION) {
            return UnverifiedToken2::parse_within(token, bounds).map(Unverified::AccessToken2);
        }
        if token.starts_with(access_token::VERSION) {
            return UnverifiedToken::parse_within(token, bounds).map(Unverified::AccessToken);
        }
        Err(ErrorCode::TokenVersion.because(what_is_wrong(token)))
    }

    /// The App ID as received.
    pub fn app_id(&self) -> &[u8] {
        match self {
            Unverified::AccessToken(token) => token.app_id(),
            Unverified::AccessToken2(token) => token.app_id(),
        }
    }

    /// The channel of the first service that has one, as received. An AccessToken (006) does not carry it.
    pub fn channel(&self) -> Option<&Text<'static>> {
        self.services().iter().find_map(Service::channel_name)
    }

    /// The user of the first service that has one, as received: the digits of a uid, an account, or a user ID; empty for
    /// any user. An AccessToken (006) does not carry it.
    pub fn user(&self) -> Option<&Text<'static>> {
        self.services().iter().find_map(|service| service.account().or(service.user_id()))
    }

    fn services(&self) -> &[Service<'static>] {
        match self {
            Unverified::AccessToken(_) => &[],
            Unverified::AccessToken2(token) => token.services(),
        }
    }

    /// When the token as a whole says it ends.
    pub fn expires_at(&self) -> UnixTime {
        match self {
            Unverified::AccessToken(token) => token.expires_at(),
            Unverified::AccessToken2(token) => token.expires_at(),
        }
    }

    /// The JSON document of the token, in one line.
    ///
    /// Text that is no UTF-8 stands as `null`, with its bytes in hexadecimal under the same name and `Hex`; a
    /// permission's resource stands as `{"hex": …}`.
    pub fn to_json(&self) -> String {
        // Serializing plain data to a String has no error to give.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Unverified {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Unverified::AccessToken(token) => token.serialize(serializer),
            Unverified::AccessToken2(token) => token.serialize(serializer),
        }
    }
}

impl Serialize for UnverifiedToken2 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("version", access_token2::VERSION)?;
        text_entry(&mut map, "appId", "appIdHex", &Text::from(self.app_id()))?;
        map.serialize_entry("issuedAt", &self.issue_ts())?;
        map.serialize_entry("expiresIn", &self.expire())?;
        map.serialize_entry("expiresAt", &self.expires_at().as_secs())?;
        map.serialize_entry("salt", &self.salt())?;
        map.serialize_entry("signature", &hex(self.signature()))?;
        let known = self.services().iter().map(AnyService::Known);
        let services: Vec<_> = known.chain(self.unknown_service().map(AnyService::Unknown)).collect();
        map.serialize_entry("services", &services)?;
        map.serialize_entry("complete", &self.is_complete())?;
        map.serialize_entry("unreadBytes", &self.unread_bytes())?;
        map.end()
    }
}

impl Serialize for UnverifiedToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("version", access_token::VERSION)?;
        text_entry(&mut map, "appId", "appIdHex", &Text::from(self.app_id()))?;
        map.serialize_entry("salt", &self.salt())?;
        map.serialize_entry("expiresAt", &self.expires_at().as_secs())?;
        map.serialize_entry("channelCrc", &self.channel_crc())?;
        map.serialize_entry("userCrc", &self.user_crc())?;
        map.serialize_entry("signature", &hex(self.signature()))?;
        map.serialize_entry("privileges", &NamedPrivileges(self.privileges(), Privilege006::name))?;
        map.end()
    }
}

enum AnyService<'a> {
    Known(&'a Service<'static>),
    Unknown(&'a UnknownService),
}

impl Serialize for AnyService<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            AnyService::Known(service) => service.serialize(serializer),
            AnyService::Unknown(service) => service.serialize(serializer),
        }
    }
}

impl Serialize for UnknownService {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &self.service_type)?;
        map.serialize_entry("name", "unknown")?;
        map.serialize_entry("privileges", &NamedPrivileges(&self.privileges, |_| None))?;
        map.end()
    }
}

impl Serialize for Service<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let service_type = self.service_type();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &service_type.number())?;
        map.serialize_entry("name", service_type.name())?;
        map.serialize_entry("privileges", &NamedPrivileges(&self.privileges, |p| service_type.privilege_name(p)))?;
        self.kind.try_each(|field, value| match value {
            FieldValue::Text(text) => text_entry(&mut map, field.json_name(), field.hex_json_name(), text),
            FieldValue::Role(role) => map.serialize_entry(field.json_name(), &role),
            FieldValue::Permissions(permissions) => map.serialize_entry(field.json_name(), permissions),
        })?;
        map.end()
    }
}

/// Privileges under the names that `.1` knows, else under their numbers.
struct NamedPrivileges<'a, F>(&'a Privileges, F);

impl<F: Fn(u16) -> Option<&'static str>> Serialize for NamedPrivileges<'_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(privilege, expire)| (named(privilege, &self.1), expire)))
    }
}

impl Serialize for Permissions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let resources = self.resource_types().map(|(resource, permissions)| {
            let permissions: Vec<_> = permissions
                .iter()
                .map(|(permission, list)| (named(*permission, Permissions::permission_name), list))
                .collect();
            (named(resource, Permissions::resource_name), Pairs(permissions))
        });
        serializer.collect_map(resources)
    }
}

struct Pairs<'a, 'b>(Vec<(String, &'a Vec<Text<'b>>)>);

impl Serialize for Pairs<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, list)| (name, list)))
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.to_str() {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => serializer.collect_map([("hex", hex(self.as_bytes()))]),
        }
    }
}

fn named(number: u16, name: impl Fn(u16) -> Option<&'static str>) -> String {
    name(number).map_or_else(|| number.to_string(), str::to_owned)
}

fn text_entry<M: SerializeMap>(
    map: &mut M,
    name: &'static str,
    hex_name: &'static str,
    text: &Text<'_>,
) -> Result<(), M::Error> {
    if let Ok(text) = text.to_str() {
        return map.serialize_entry(name, text);
    }
    map.serialize_entry(name, &None::<&str>)?;
    map.serialize_entry(hex_name, &hex(text.as_bytes()))
}

fn what_is_wrong(token: &str) -> &'static str {
    let older = ["003", "004", "005"];
    if token.is_empty() {
        "the token is empty"
    } else if token.starts_with(char::is_whitespace) {
        "the token starts with a blank; 006 or 007 expected"
    } else if token.starts_with(['"', '\'', '`']) {
        "the token starts with a quote; 006 or 007 expected"
    } else if older.iter().any(|version| token.starts_with(version)) {
        "the token is a dynamic key of an older generation, which is not supported; 006 or 007 expected"
    } else {
        "the token does not start with 006 or 007"
    }
}
