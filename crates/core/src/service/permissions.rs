//! Permissions on single resources, which an RTM2 service carries.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::error::{Error, ErrorCode};
use crate::text::Text;
use crate::wire::{Reader, Writer};

/// What an RTM2 user may read or write: resource type, permission type, resources.
///
/// Types go on the wire ascending; the resources of one pair keep their order and duplicates.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Permissions<'a>(BTreeMap<u16, BTreeMap<u16, Vec<Text<'a>>>>);

impl<'a> Permissions<'a> {
    /// Resource type: message channels.
    pub const MESSAGE_CHANNELS: u16 = 0;
    /// Resource type: stream channels.
    pub const STREAM_CHANNELS: u16 = 1;
    /// Resource type: group channels.
    pub const GROUP_CHANNELS: u16 = 2;
    /// Resource type: server groups.
    pub const SERVER_GROUPS: u16 = 3;
    /// Resource type: users.
    pub const USERS: u16 = 4;
    /// Permission type: read.
    pub const READ: u16 = 0;
    /// Permission type: write.
    pub const WRITE: u16 = 1;

    /// No permissions.
    pub fn new() -> Permissions<'a> {
        Permissions::default()
    }

    /// Sets the resources of one pair, replacing earlier ones. An empty list is legal.
    pub fn set(&mut self, resource_type: u16, permission_type: u16, resources: Vec<Text<'a>>) {
        self.0.entry(resource_type).or_default().insert(permission_type, resources);
    }

    /// Declares a resource type, which is legal without any permission.
    pub fn declare(&mut self, resource_type: u16) {
        self.0.entry(resource_type).or_default();
    }

    /// Appends one resource to a pair.
    pub fn add(&mut self, resource_type: u16, permission_type: u16, resource: Text<'a>) {
        self.0.entry(resource_type).or_default().entry(permission_type).or_default().push(resource);
    }

    /// The resources of one pair.
    pub fn get(&self, resource_type: u16, permission_type: u16) -> Option<&[Text<'a>]> {
        self.0.get(&resource_type)?.get(&permission_type).map(Vec::as_slice)
    }

    /// Resource type, permission type and resources of every pair, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (u16, u16, &[Text<'a>])> + '_ {
        self.0.iter().flat_map(|(resource, permissions)| {
            permissions.iter().map(|(permission, resources)| (*resource, *permission, resources.as_slice()))
        })
    }

    /// The resource types, ascending, each with its permission types; one without any is legal on the wire.
    pub fn resource_types(&self) -> impl Iterator<Item = (u16, &BTreeMap<u16, Vec<Text<'a>>>)> + '_ {
        self.0.iter().map(|(resource, permissions)| (*resource, permissions))
    }

    /// The permission name in a decoded token's JSON.
    pub fn permission_name(permission_type: u16) -> Option<&'static str> {
        ["read", "write"].get(usize::from(permission_type)).copied()
    }

    /// The resource type's name in a decoded token's JSON.
    pub fn resource_name(resource_type: u16) -> Option<&'static str> {
        ["messageChannels", "streamChannels", "groupChannels", "serverGroups", "users"]
            .get(usize::from(resource_type))
            .copied()
    }

    /// A copy that borrows nothing.
    pub fn into_owned(self) -> Permissions<'static> {
        let own = |resources: Vec<Text<'a>>| resources.into_iter().map(Text::into_owned).collect();
        Permissions(
            self.0
                .into_iter()
                .map(|(resource, permissions)| {
                    (resource, permissions.into_iter().map(|(permission, list)| (permission, own(list))).collect())
                })
                .collect(),
        )
    }

    pub(super) fn write(&self, writer: &mut Writer) -> Result<(), Error> {
        writer.count(self.0.len(), "permissions")?;
        for (resource, permissions) in &self.0 {
            writer.u16(*resource);
            writer.count(permissions.len(), "permissions")?;
            for (permission, resources) in permissions {
                writer.u16(*permission);
                writer.count(resources.len(), "permissions")?;
                for text in resources {
                    writer.text(text.as_bytes(), ErrorCode::InvalidPermissions)?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn read(reader: &mut Reader<'a>) -> Result<Permissions<'a>, Error> {
        const WHAT: &str = "RTM2 permissions";
        let mut all = BTreeMap::new();
        for _ in 0..reader.count(WHAT)? {
            let resource = reader.u16(WHAT)?;
            let mut permissions = BTreeMap::new();
            for _ in 0..reader.count(WHAT)? {
                let permission = reader.u16(WHAT)?;
                let mut resources = Vec::new();
                for _ in 0..reader.count(WHAT)? {
                    resources.push(Text::from(reader.bytes(WHAT)?));
                }
                insert_once(&mut permissions, permission, resources, "permission type")?;
            }
            insert_once(&mut all, resource, permissions, "resource type")?;
        }
        Ok(Permissions(all))
    }
}

fn insert_once<T>(map: &mut BTreeMap<u16, T>, key: u16, value: T, what: &str) -> Result<(), Error> {
    match map.entry(key) {
        Entry::Vacant(entry) => {
            entry.insert(value);
            Ok(())
        }
        Entry::Occupied(_) => {
            Err(ErrorCode::TokenDuplicateKey.because(format!("the token holds RTM2 {what} {key} twice")))
        }
    }
}
