//! The files of tests/vectors: their cases and texts, and the JSON document that a case asks for.

use std::path::Path;

use serde_json::{Map, Value, json};

pub(crate) struct File {
    name: &'static str,
    announced: usize,
    pub(crate) cases: Vec<Value>,
    passed: usize,
    not_expressible: Vec<String>,
}

impl File {
    pub(crate) fn read(name: &'static str) -> File {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors").join(name);
        let mut file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let announced = file["count"].as_u64().unwrap().try_into().unwrap();
        let Value::Array(cases) = file["cases"].take() else { panic!("{name}: no cases") };
        File { name, announced, cases, passed: 0, not_expressible: Vec::new() }
    }

    /// Runs every case; `check` gives false for one that no command line can say, which are to be exactly these ids.
    pub(crate) fn run(mut self, not_expressible: &str, check: impl Fn(&Value, &str) -> bool) {
        for case in std::mem::take(&mut self.cases) {
            let id = case["id"].as_str().expect("an id");
            if check(&case, id) {
                self.passed += 1;
            } else {
                self.not_expressible.push(id.to_owned());
            }
        }
        println!("{}: {} of {} cases", self.name, self.passed, self.announced);
        let expected: Vec<&str> = not_expressible.split_whitespace().collect();
        assert_eq!(self.not_expressible, expected, "{}: the cases that no command line can say", self.name);
        assert_eq!(self.passed + self.not_expressible.len(), self.announced, "{}", self.name);
    }
}

/// A text stands as a string, as `{"hex": …}`, or as `{"prefix": …, "repeat": [text, count]}`.
pub(crate) fn bytes(value: &Value) -> Vec<u8> {
    if let Some(text) = value.as_str() {
        return text.as_bytes().to_vec();
    }
    if let Some(digits) = value.get("hex").and_then(Value::as_str) {
        let digit = |index: usize| u8::from_str_radix(&digits[index..index + 2], 16).unwrap();
        return (0..digits.len()).step_by(2).map(digit).collect();
    }
    let repeat = value.get("repeat").unwrap_or_else(|| panic!("not a text: {value}"));
    let prefix = value.get("prefix").map(bytes).unwrap_or_default();
    let count = usize::try_from(repeat[1].as_u64().unwrap()).unwrap();
    [prefix, repeat[0].as_str().unwrap().repeat(count).into_bytes()].concat()
}

pub(crate) fn text(value: &Value) -> String {
    String::from_utf8(bytes(value)).unwrap_or_else(|_| panic!("not UTF-8: {value}"))
}

/// The document of a decoded AccessToken2, from the members of a case in wire order.
pub(crate) fn document_007(decoded: &Value, complete: &Value, unread_bytes: &Value) -> Value {
    let u64 = |name: &str| decoded[name].as_u64().unwrap();
    let mut document = Map::new();
    document.insert("version".into(), json!("007"));
    insert_text(&mut document, "appId", &decoded["app_id"]);
    document.insert("issuedAt".into(), decoded["issue_ts"].clone());
    document.insert("expiresIn".into(), decoded["expire"].clone());
    document.insert("expiresAt".into(), json!(u64("issue_ts") + u64("expire")));
    document.insert("salt".into(), decoded["salt"].clone());
    document.insert("signature".into(), decoded["signature_hex"].clone());
    document.insert("services".into(), decoded["services"].as_array().unwrap().iter().map(service).collect());
    document.insert("complete".into(), complete.clone());
    document.insert("unreadBytes".into(), unread_bytes.clone());
    document.into()
}

/// The document of a decoded AccessToken.
pub(crate) fn document_006(decoded: &Value) -> Value {
    let mut document = Map::new();
    document.insert("version".into(), json!("006"));
    insert_text(&mut document, "appId", &decoded["app_id"]);
    for (member, name) in [
        ("salt", "salt"),
        ("expiresAt", "ts"),
        ("channelCrc", "crc_channel_name"),
        ("userCrc", "crc_uid"),
        ("signature", "signature_hex"),
    ] {
        document.insert(member.into(), decoded[name].clone());
    }
    document.insert("privileges".into(), privileges_006(&decoded["privileges"]));
    document.into()
}

pub(crate) fn privileges_006(privileges: &Value) -> Value {
    named(privileges, |number| match number {
        "1" => Some("joinChannel"),
        "2" => Some("publishAudioStream"),
        "3" => Some("publishVideoStream"),
        "4" => Some("publishDataStream"),
        "101" => Some("administrateChannel"),
        "1000" => Some("rtmLogin"),
        _ => None,
    })
}

/// A service as it stands in a decoded token's document.
pub(crate) fn service(service: &Value) -> Value {
    let service_type = service["type"].as_u64().unwrap();
    let (name, privileges): (_, &[&str]) = match service_type {
        1 => ("rtc", &["joinChannel", "publishAudioStream", "publishVideoStream", "publishDataStream"]),
        2 => ("rtm", &["login"]),
        3 => ("streaming", &["publishMixStream", "publishRawStream"]),
        4 => ("fpa", &["login"]),
        5 => ("chat", &["user", "app"]),
        6 => ("fcdn", &["publish", "play"]),
        7 => ("apaas", &["roomUser", "user", "app"]),
        8 => ("rtm2", &["login"]),
        9 => ("convoAi", &[]),
        10 => ("stt", &[]),
        _ => ("unknown", &[]),
    };
    let mut document = Map::new();
    document.insert("type".into(), json!(service_type));
    document.insert("name".into(), json!(name));
    if let Some(count) = service.get("privilege_count") {
        document.insert("privilege_count".into(), count.clone());
    } else {
        let number = |key: &str| key.parse::<usize>().ok().and_then(|key| key.checked_sub(1));
        let name = |key: &str| number(key).and_then(|index| privileges.get(index).copied());
        document.insert("privileges".into(), named(&service["privileges"], name));
    }
    for (member, name) in [
        ("channel", "channel_name"),
        ("account", "account"),
        ("userId", "user_id"),
        ("roomUuid", "room_uuid"),
        ("userUuid", "user_uuid"),
    ] {
        if let Some(value) = service.get(name) {
            insert_text(&mut document, member, value);
        }
    }
    if let Some(role) = service.get("role") {
        document.insert("role".into(), role.clone());
    }
    if let Some(permissions) = service.get("permissions") {
        document.insert("permissions".into(), permissions_document(permissions));
    }
    document.into()
}

/// Where a case gives only the number of privileges, the document is held against that.
pub(crate) fn count_privileges(document: &mut Value, like: &Value) {
    let services = document["services"].as_array_mut().unwrap();
    for (service, like) in services.iter_mut().zip(like["services"].as_array().unwrap()) {
        if like.get("privilege_count").is_some() {
            let privileges = service.as_object_mut().unwrap().remove("privileges").unwrap();
            service["privilege_count"] = json!(privileges.as_object().unwrap().len());
        }
    }
}

/// Permissions with the names of a decoded token's document, which `--permissions` takes too.
pub(crate) fn permissions_document(permissions: &Value) -> Value {
    let name_of = |names: &[&'static str], key: &str| names.get(key.parse::<usize>().ok()?).copied();
    let by_resource_type = permissions.as_object().unwrap().iter().map(|(key, by_permission)| {
        let lists = by_permission.as_object().unwrap().iter().map(|(key, list)| (key.clone(), resources(list)));
        let lists: Map<_, _> = lists.collect();
        (key.clone(), named(&lists.into(), |key| name_of(&["read", "write"], key)))
    });
    let by_resource_type: Map<_, _> = by_resource_type.collect();
    let names = ["messageChannels", "streamChannels", "groupChannels", "serverGroups", "users"];
    named(&by_resource_type.into(), |key| name_of(&names, key))
}

fn resources(list: &Value) -> Value {
    let resources = list.as_array().unwrap().iter().map(|resource| match String::from_utf8(bytes(resource)) {
        Ok(text) => json!(text),
        Err(_) => json!({ "hex": resource["hex"] }),
    });
    resources.collect()
}

/// Text that is no UTF-8 stands as null, and in hexadecimal beside it.
fn insert_text(document: &mut Map<String, Value>, member: &str, value: &Value) {
    match String::from_utf8(bytes(value)) {
        Ok(text) => document.insert(member.into(), json!(text)),
        Err(_) => {
            document.insert(member.into(), Value::Null);
            document.insert(format!("{member}Hex"), value["hex"].clone())
        }
    };
}

fn named(entries: &Value, name: impl Fn(&str) -> Option<&'static str>) -> Value {
    let entries = entries.as_object().unwrap().iter();
    entries.map(|(key, value)| (name(key).unwrap_or(key).to_owned(), value.clone())).collect::<Map<_, _>>().into()
}
