//! Reading the files of tests/vectors: their texts, numbers, services and expectations.

use std::path::Path;

use agora_token::{
    AccessToken, AccessToken2, AppCertificate, AppId, Error, ErrorCode, Permissions, Service, ServiceKind, Stamp, Text,
    Unverified,
};
use serde_json::Value;

pub(crate) struct Case(pub(crate) Value);

impl Case {
    pub(crate) fn id(&self) -> &str {
        self.str("id")
    }

    pub(crate) fn str(&self, name: &str) -> &str {
        self.0[name].as_str().unwrap_or_else(|| panic!("{}: no {name}", self.0["id"]))
    }

    pub(crate) fn token(&self) -> String {
        String::from_utf8(text(&self.0["token"])).unwrap()
    }

    pub(crate) fn certificate(&self) -> Result<AppCertificate, Error> {
        AppCertificate::new(self.str("app_certificate"))
    }

    pub(crate) fn build_007(&self) -> Result<String, Error> {
        let stamp = Stamp { issue_ts: u32_of(&self.0["issue_ts"]), salt: u32_of(&self.0["salt"]) };
        let mut token = AccessToken2::new(AppId::new(self.str("app_id"))?, u32_of(&self.0["expire"]), stamp);
        token.services.extend(self.0["services"].as_array().unwrap().iter().map(service));
        token.build(&self.certificate()?)
    }

    pub(crate) fn build_006(&self) -> Result<String, Error> {
        let (channel_name, account) = (text(&self.0["channel_name"]), text(&self.0["account"]));
        let stamp = Stamp { issue_ts: 0, salt: u32_of(&self.0["salt"]) };
        let mut token = AccessToken::new(AppId::new(self.str("app_id"))?, channel_name.into(), account.into(), stamp);
        token.expires_at = u32_of(&self.0["ts"]);
        for (privilege, expired_ts) in self.0["privileges"].as_object().unwrap() {
            token.privileges.set(privilege.parse().unwrap(), u32_of(expired_ts));
        }
        token.build(&self.certificate()?)
    }
}

/// Counts what ran, and fails unless that is what the file announces.
pub(crate) struct Count {
    file: &'static str,
    announced: u64,
    passed: u64,
}

impl Count {
    pub(crate) fn of(file: &'static str) -> Count {
        Count { file, announced: number(&read(file)["count"]), passed: 0 }
    }

    pub(crate) fn pass(&mut self) {
        self.passed += 1;
    }

    pub(crate) fn check(self) {
        println!("{}: {} of {} cases", self.file, self.passed, self.announced);
        assert!(self.passed > 0);
        assert_eq!(self.passed, self.announced, "{}", self.file);
    }
}

fn read(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors").join(file);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

pub(crate) fn read_file(file: &str) -> Vec<Case> {
    let Value::Array(cases) = read(file)["cases"].take() else { panic!("{file}: no cases") };
    cases.into_iter().map(Case).collect()
}

pub(crate) fn code(name: &str) -> ErrorCode {
    *ErrorCode::ALL.iter().find(|code| code.name() == name).unwrap_or_else(|| panic!("no code {name}"))
}

pub(crate) fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("not a number: {value}"))
}

pub(crate) fn u32_of(value: &Value) -> u32 {
    u32::try_from(number(value)).unwrap()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A text stands as a string, as `{"hex": …}`, or as `{"prefix": …, "repeat": [text, count]}`.
pub(crate) fn text(value: &Value) -> Vec<u8> {
    if let Some(text) = value.as_str() {
        return text.as_bytes().to_vec();
    }
    if let Some(digits) = value.get("hex").and_then(Value::as_str) {
        let digit = |index: usize| u8::from_str_radix(&digits[index..index + 2], 16).unwrap();
        return (0..digits.len()).step_by(2).map(digit).collect();
    }
    let repeat = value.get("repeat").unwrap_or_else(|| panic!("not a text: {value}"));
    let prefix = value.get("prefix").map(text).unwrap_or_default();
    let repeated = repeat[0].as_str().unwrap().repeat(number(&repeat[1]).try_into().unwrap());
    [prefix, repeated.into_bytes()].concat()
}

pub(crate) fn text_or_empty(case: &Value, name: &str) -> Vec<u8> {
    case.get(name).map(text).unwrap_or_default()
}

pub(crate) fn permissions(value: &Value) -> Permissions<'static> {
    let mut permissions = Permissions::new();
    for (resource_type, by_permission) in value.as_object().unwrap() {
        permissions.declare(resource_type.parse().unwrap());
        for (permission_type, resources) in by_permission.as_object().unwrap() {
            let resources = resources.as_array().unwrap().iter().map(|resource| Text::from(text(resource))).collect();
            permissions.set(resource_type.parse().unwrap(), permission_type.parse().unwrap(), resources);
        }
    }
    permissions
}

fn service(value: &Value) -> Service<'static> {
    let field = |name: &str| Text::from(text(&value[name]));
    let kind = match number(&value["type"]) {
        1 => ServiceKind::Rtc { channel_name: field("channel_name"), account: field("account") },
        2 => ServiceKind::Rtm { user_id: field("user_id") },
        3 => ServiceKind::Streaming { channel_name: field("channel_name"), account: field("account") },
        4 => ServiceKind::Fpa,
        5 => ServiceKind::Chat { user_id: field("user_id") },
        6 => ServiceKind::Fcdn { channel_name: field("channel_name"), account: field("account") },
        7 => ServiceKind::Apaas {
            room_uuid: field("room_uuid"),
            user_uuid: field("user_uuid"),
            role: value["role"].as_i64().unwrap().try_into().unwrap(),
        },
        8 => ServiceKind::Rtm2 { user_id: field("user_id"), permissions: permissions(&value["permissions"]) },
        9 => ServiceKind::ConvoAi,
        10 => ServiceKind::Stt,
        other => panic!("no service {other}"),
    };
    let mut service = Service::new(kind);
    for (privilege, expire) in value["privileges"].as_object().unwrap() {
        service.privileges.set(privilege.parse().unwrap(), u32_of(expire));
    }
    service
}

/// Compares what was read, and its JSON document, with what the file says of it.
pub(crate) fn compare(expected: &Value, read: &Unverified, document: &Value, id: &str) {
    assert!(expected.is_object(), "{id}: nothing to compare with");
    if expected.get("app_id").is_some() {
        assert_eq!(read.app_id(), text(&expected["app_id"]), "{id}");
    }
    let same = |name: &str, member: &str| {
        if let Some(value) = expected.get(name) {
            assert_eq!(value, &document[member], "{id}: {name}");
        }
    };
    same("issue_ts", "issuedAt");
    same("expire", "expiresIn");
    same("expires_at", "expiresAt");
    same("salt", "salt");
    same("signature_hex", "signature");
    same("ts", "expiresAt");
    same("crc_channel_name", "channelCrc");
    same("crc_uid", "userCrc");
    match read {
        Unverified::AccessToken2(read) => {
            let services = expected["services"].as_array().unwrap();
            let unknown = read.unknown_service();
            assert_eq!(services.len(), read.services().len() + usize::from(unknown.is_some()), "{id}");
            assert_eq!(services.len(), document["services"].as_array().unwrap().len(), "{id}");
            for (index, value) in services.iter().enumerate() {
                let entry = &document["services"][index];
                assert_eq!((&value["type"], &value["name"]), (&entry["type"], &entry["name"]), "{id}");
                match read.services().get(index) {
                    Some(found) if value.get("privilege_count").is_some() => {
                        assert_eq!(found.privileges.len() as u64, number(&value["privilege_count"]), "{id}");
                    }
                    Some(found) => assert_eq!(found, &service(value), "{id}"),
                    None => {
                        let unknown = unknown.unwrap();
                        assert_eq!(u64::from(unknown.service_type), number(&value["type"]), "{id}");
                        compare_privileges(&value["privileges"], unknown.privileges.iter(), id);
                    }
                }
            }
        }
        Unverified::AccessToken(read) => {
            compare_privileges(&expected["privileges"], read.privileges().iter(), id);
            if let (Some(channel_name), Some(account)) = (expected.get("channel_name"), expected.get("account")) {
                assert_eq!(read.channel_crc(), crc32fast::hash(&text(channel_name)), "{id}");
                assert_eq!(read.user_crc(), crc32fast::hash(&text(account)), "{id}");
            }
        }
        _ => unreachable!(),
    }
}

fn compare_privileges(expected: &Value, found: impl Iterator<Item = (u16, u32)>, id: &str) {
    let found: std::collections::BTreeMap<u16, u32> = found.collect();
    let expected = expected.as_object().unwrap();
    let expected = expected.iter().map(|(privilege, value)| (privilege.parse().unwrap(), u32_of(value))).collect();
    assert_eq!(found, expected, "{id}");
}
