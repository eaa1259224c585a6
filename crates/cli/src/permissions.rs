//! RTM2 permissions as JSON, with the names of a decoded token's document.

use std::collections::HashSet;
use std::fmt;
use std::fs::File;
use std::io::Read;

use agora_token::{ErrorCode, Permissions, Text};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use crate::failure::Failure;
use crate::numbers::decimal;

/// More than a token's payload carries.
const LARGEST_FILE: u64 = 4 << 20;

/// From JSON itself, or from a file that holds it.
pub(crate) fn read(argument: &str) -> Result<Permissions<'static>, Failure> {
    if argument.trim_start().starts_with('{') {
        return parse(argument.as_bytes());
    }
    let mut content = Vec::new();
    // The argument stays out of the error: what is no path may be anything.
    File::open(argument)
        .and_then(|file| file.take(LARGEST_FILE).read_to_end(&mut content))
        .map_err(|error| Failure::io("cannot read the file of --permissions", &error))?;
    parse(&content)
}

fn parse(json: &[u8]) -> Result<Permissions<'static>, Failure> {
    let Members(resource_types): Members<Members<Vec<String>>> = serde_json::from_slice(json).map_err(|error| {
        refuse(format!(
            "is not as in {{\"messageChannels\":{{\"read\":[\"news\"]}}}} at line {} column {}",
            error.line(),
            error.column()
        ))
    })?;
    let mut permissions = Permissions::new();
    let mut seen = HashSet::new();
    for (resource_name, Members(by_permission)) in resource_types {
        let resource_type = number(&resource_name, Permissions::resource_name, "resource type")?;
        permissions.declare(resource_type);
        once(&mut seen, (resource_type, None))?;
        for (permission_name, resources) in by_permission {
            let permission_type = number(&permission_name, Permissions::permission_name, "permission")?;
            once(&mut seen, (resource_type, Some(permission_type)))?;
            permissions.set(resource_type, permission_type, resources.into_iter().map(Text::from).collect());
        }
    }
    Ok(permissions)
}

/// The number that a key names, or is.
fn number(key: &str, name: impl Fn(u16) -> Option<&'static str>, what: &str) -> Result<u16, Failure> {
    let names = || (0..).map_while(&name);
    let named = names().position(|name| name == key).and_then(|number| u16::try_from(number).ok());
    named.or_else(|| decimal(key)).ok_or_else(|| {
        let names: Vec<_> = names().collect();
        refuse(format!("holds an unknown {what}; {} or a number up to 65535 expected", names.join(", ")))
    })
}

/// A name and its number are the same key; of two lists for one key, one would be lost.
fn once(seen: &mut HashSet<(u16, Option<u16>)>, key: (u16, Option<u16>)) -> Result<(), Failure> {
    if seen.insert(key) { Ok(()) } else { Err(refuse("holds a resource type or permission twice".to_owned())) }
}

fn refuse(reason: String) -> Failure {
    Failure::naming("--permissions")(ErrorCode::InvalidPermissions.of("permissions", reason))
}

/// The members of a JSON object as they stand, also those that stand twice.
struct Members<T>(Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Members<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Collect<T> {
            type Value = Members<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<T>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Collect(std::marker::PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_keys() {
        let named = parse(br#"{"messageChannels":{"read":["a","b"],"write":[]},"users":{}}"#).unwrap();
        assert_eq!(named, parse(br#"{"0":{"0":["a","b"],"1":[]},"4":{}}"#).unwrap());
        let resources = [Text::from("a"), Text::from("b")];
        assert_eq!(named.iter().collect::<Vec<_>>(), [(0, 0, resources.as_slice()), (0, 1, &[])]);
        assert_eq!(named.resource_types().count(), 2);
    }

    #[test]
    fn what_could_get_lost_is_refused() {
        for json in [
            r#"{"messageChannels":{"read":["a"]},"messageChannels":{"write":["a"]}}"#,
            r#"{"messageChannels":{"read":["a"]},"0":{"write":["a"]}}"#,
            r#"{"users":{"read":["a"],"0":["b"]}}"#,
            r#"{"rooms":{"read":["a"]}}"#,
            r#"{"users":{"delete":["a"]}}"#,
            r#"{"65536":{"read":["a"]}}"#,
            r#"{"users":{"read":"a"}}"#,
            r#"{"users":{"read":[1]}}"#,
            r#"{"users":["read"]}"#,
            r#"{"users":{}} {}"#,
            "[]",
            "",
        ] {
            assert!(parse(json.as_bytes()).is_err(), "{json}");
        }
    }
}
