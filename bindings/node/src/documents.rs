//! Services and their parts as JSON: how the mechanism of both generations crosses. `lib/` has the other end.

use agora_token::{ErrorCode, Permissions, Privileges, Service, ServiceKind, ServiceType, Text};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::node::Reply;
use crate::refusal::Refusal;

/// Text as a string, or in hexadecimal when it is no UTF-8.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum TextDocument {
    Text(String),
    Hex { hex: String },
}

impl TextDocument {
    pub(crate) fn of(bytes: &[u8]) -> TextDocument {
        match std::str::from_utf8(bytes) {
            Ok(text) => TextDocument::Text(text.to_owned()),
            Err(_) => TextDocument::Hex { hex: hex(bytes) },
        }
    }

    pub(crate) fn into_text(self) -> Result<Text<'static>, Refusal> {
        match self {
            TextDocument::Text(text) => Ok(text.into()),
            TextDocument::Hex { hex } => Ok(unhex(&hex).ok_or(ErrorCode::Internal)?.into()),
        }
    }
}

/// `[[privilege, expire], …]`
pub(crate) type PrivilegesDocument = Vec<(u16, u32)>;

/// `[[resource type, [[permission type, [resource, …]], …]], …]`
pub(crate) type PermissionsDocument = Vec<(u16, Vec<(u16, Vec<TextDocument>)>)>;

/// A service: its texts stand in the order of the wire.
#[derive(Serialize, Deserialize)]
pub(crate) struct ServiceDocument {
    #[serde(rename = "type")]
    service_type: u16,
    privileges: PrivilegesDocument,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    texts: Vec<TextDocument>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<i16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    permissions: Option<PermissionsDocument>,
}

impl ServiceDocument {
    pub(crate) fn of(service: &Service<'_>) -> ServiceDocument {
        let (mut role, mut permissions) = (None, None);
        let texts: Vec<&Text<'_>> = match &service.kind {
            ServiceKind::Rtc { channel_name, account }
            | ServiceKind::Streaming { channel_name, account }
            | ServiceKind::Fcdn { channel_name, account } => vec![channel_name, account],
            ServiceKind::Rtm { user_id } | ServiceKind::Chat { user_id } => vec![user_id],
            ServiceKind::Apaas { room_uuid, user_uuid, role: number } => {
                role = Some(*number);
                vec![room_uuid, user_uuid]
            }
            ServiceKind::Rtm2 { user_id, permissions: all } => {
                permissions = Some(document_of(all));
                vec![user_id]
            }
            _ => Vec::new(),
        };
        ServiceDocument {
            service_type: service.service_type().number(),
            privileges: service.privileges.iter().collect(),
            texts: texts.into_iter().map(|text| TextDocument::of(text.as_bytes())).collect(),
            role,
            permissions,
        }
    }

    pub(crate) fn into_service(self) -> Result<Service<'static>, Refusal> {
        let mut texts = self.texts.into_iter();
        let mut text = || texts.next().ok_or(ErrorCode::Internal)?.into_text();
        let kind = match ServiceType::from_number(self.service_type).ok_or(ErrorCode::IndexOutOfRange)? {
            ServiceType::Rtc => ServiceKind::Rtc { channel_name: text()?, account: text()? },
            ServiceType::Rtm => ServiceKind::Rtm { user_id: text()? },
            ServiceType::Streaming => ServiceKind::Streaming { channel_name: text()?, account: text()? },
            ServiceType::Fpa => ServiceKind::Fpa,
            ServiceType::Chat => ServiceKind::Chat { user_id: text()? },
            ServiceType::Fcdn => ServiceKind::Fcdn { channel_name: text()?, account: text()? },
            ServiceType::Apaas => {
                let role = self.role.ok_or(ErrorCode::Internal)?;
                ServiceKind::Apaas { room_uuid: text()?, user_uuid: text()?, role }
            }
            ServiceType::Rtm2 => {
                let permissions = self.permissions.ok_or(ErrorCode::Internal)?;
                ServiceKind::Rtm2 { user_id: text()?, permissions: into_permissions(permissions)? }
            }
            ServiceType::ConvoAi => ServiceKind::ConvoAi,
            ServiceType::Stt => ServiceKind::Stt,
            _ => return Err(ErrorCode::IndexOutOfRange.into()),
        };
        Ok(Service { kind, privileges: Privileges::from_iter(self.privileges) })
    }
}

fn document_of(permissions: &Permissions<'_>) -> PermissionsDocument {
    let resources = |list: &Vec<Text<'_>>| list.iter().map(|text| TextDocument::of(text.as_bytes())).collect();
    permissions
        .resource_types()
        .map(|(resource_type, by_permission)| {
            (resource_type, by_permission.iter().map(|(permission, list)| (*permission, resources(list))).collect())
        })
        .collect()
}

pub(crate) fn into_permissions(document: PermissionsDocument) -> Result<Permissions<'static>, Refusal> {
    let mut permissions = Permissions::new();
    for (resource_type, by_permission) in document {
        permissions.declare(resource_type);
        for (permission_type, resources) in by_permission {
            let resources = resources.into_iter().map(TextDocument::into_text).collect::<Result<_, _>>()?;
            permissions.set(resource_type, permission_type, resources);
        }
    }
    Ok(permissions)
}

pub(crate) fn permissions_of(json: &str) -> Result<Permissions<'static>, Refusal> {
    into_permissions(read(json)?)
}

/// What `lib/` wrote; it checks what a user gave, so a document that cannot be read is a bug.
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> Result<T, Refusal> {
    serde_json::from_str(json).map_err(|_| ErrorCode::Internal.into())
}

pub(crate) fn write(document: &impl Serialize) -> Result<Reply, Refusal> {
    serde_json::to_string(document).map(Reply::Document).map_err(|_| ErrorCode::Internal.into())
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;

    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    let nibble = |digit: &u8| char::from(*digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| Some(nibble(pair.first()?)? << 4 | nibble(pair.get(1)?)?)).collect()
}
