//! What an AccessToken2 grants: services, each with its privileges and its own fields.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use smallvec::SmallVec;

use crate::error::{Error, ErrorCode};
use crate::text::Text;
use crate::wire::{Reader, Writer, too_long};

/// The services with a known layout, by their number on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[repr(u16)]
pub enum ServiceType {
    /// Voice and video in a channel.
    Rtc = 1,
    /// Real-time messaging, as the RTC+RTM builders use it.
    Rtm = 2,
    /// Media push of mixed or raw streams.
    Streaming = 3,
    /// Full-path acceleration.
    Fpa = 4,
    /// Chat.
    Chat = 5,
    /// Fusion CDN.
    Fcdn = 6,
    /// aPaaS, also called Education: flexible classroom.
    Apaas = 7,
    /// Real-time messaging with permissions on single resources.
    Rtm2 = 8,
    /// Conversational AI.
    ConvoAi = 9,
    /// Speech to text.
    Stt = 10,
}

/// Number, service, its name in JSON, and the names of its privileges 1, 2, 3, ….
const SERVICES: [(ServiceType, &str, &[&str]); 10] = [
    (ServiceType::Rtc, "rtc", &["joinChannel", "publishAudioStream", "publishVideoStream", "publishDataStream"]),
    (ServiceType::Rtm, "rtm", &["login"]),
    (ServiceType::Streaming, "streaming", &["publishMixStream", "publishRawStream"]),
    (ServiceType::Fpa, "fpa", &["login"]),
    (ServiceType::Chat, "chat", &["user", "app"]),
    (ServiceType::Fcdn, "fcdn", &["publish", "play"]),
    (ServiceType::Apaas, "apaas", &["roomUser", "user", "app"]),
    (ServiceType::Rtm2, "rtm2", &["login"]),
    (ServiceType::ConvoAi, "convoAi", &[]),
    (ServiceType::Stt, "stt", &[]),
];

impl ServiceType {
    /// Every known service.
    pub fn all() -> impl Iterator<Item = ServiceType> {
        SERVICES.iter().map(|(service, ..)| *service)
    }

    /// The service with this number, if it is known.
    pub fn from_number(number: u16) -> Option<ServiceType> {
        ServiceType::all().find(|service| service.number() == number)
    }

    /// The number on the wire.
    pub const fn number(self) -> u16 {
        self as u16
    }

    /// The name in a decoded token's JSON, such as `rtc`.
    pub fn name(self) -> &'static str {
        self.row().map_or("unknown", |(_, name, _)| name)
    }

    /// The name of a privilege of this service in a decoded token's JSON, such as `joinChannel`.
    pub fn privilege_name(self, privilege: u16) -> Option<&'static str> {
        let (.., privileges) = self.row()?;
        privileges.get(usize::from(privilege).checked_sub(1)?).copied()
    }

    fn row(self) -> Option<&'static (ServiceType, &'static str, &'static [&'static str])> {
        SERVICES.iter().find(|(service, ..)| *service == self)
    }
}

/// Privileges and their values, ascending by number: seconds from the issue timestamp in AccessToken2, absolute Unix
/// seconds in AccessToken. In both, 0 sets no limit of its own: the privilege lasts as long as the token.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Privileges(SmallVec<[(u16, u32); 4]>);

impl Privileges {
    /// No privileges.
    pub fn new() -> Privileges {
        Privileges::default()
    }

    /// Grants a privilege, replacing an earlier grant of the same.
    pub fn set(&mut self, privilege: u16, expire: u32) {
        if self.0.last().is_none_or(|(last, _)| *last < privilege) {
            return self.0.push((privilege, expire));
        }
        match self.0.binary_search_by_key(&privilege, |(key, _)| *key) {
            Ok(index) => self.0.iter_mut().skip(index).take(1).for_each(|entry| entry.1 = expire),
            Err(index) => self.0.insert(index, (privilege, expire)),
        }
    }

    /// The value of a privilege, if it is granted.
    pub fn get(&self, privilege: u16) -> Option<u32> {
        let index = self.0.binary_search_by_key(&privilege, |(key, _)| *key).ok()?;
        self.0.get(index).map(|(_, expire)| *expire)
    }

    /// All of them, ascending by number.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (u16, u32)> + '_ {
        self.0.iter().copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// For numbers that are known to ascend.
    #[inline]
    pub(crate) fn from_ascending(entries: &[(u16, u32)]) -> Privileges {
        Privileges(SmallVec::from_slice(entries))
    }

    #[inline]
    pub(crate) fn write(&self, writer: &mut Writer) -> Result<(), Error> {
        writer.count(self.0.len(), "privileges")?;
        for (privilege, expire) in self.iter() {
            writer.u16(privilege);
            writer.u32(expire);
        }
        Ok(())
    }

    /// Any order is read; a privilege that stands twice is refused, for readers disagree on which of the two counts.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Privileges, Error> {
        let count = reader.u16("number of privileges")?;
        let mut privileges = SmallVec::new();
        for _ in 0..count {
            privileges.push((reader.u16("privileges")?, reader.u32("privileges")?));
        }
        privileges.sort_unstable_by_key(|(key, _)| *key);
        let twice = privileges.iter().zip(privileges.iter().skip(1)).find(|(one, other)| one.0 == other.0);
        match twice {
            Some(((key, _), _)) => {
                Err(ErrorCode::TokenDuplicateKey
                    .because(format!("the token holds privilege {key} twice in one service")))
            }
            None => Ok(Privileges(privileges)),
        }
    }
}

impl FromIterator<(u16, u32)> for Privileges {
    fn from_iter<I: IntoIterator<Item = (u16, u32)>>(entries: I) -> Privileges {
        let mut privileges = Privileges::new();
        entries.into_iter().for_each(|(privilege, expire)| privileges.set(privilege, expire));
        privileges
    }
}

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

    fn into_owned(self) -> Permissions<'static> {
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

    fn write(&self, writer: &mut Writer) -> Result<(), Error> {
        writer.count(self.0.len(), "permissions")?;
        for (resource, permissions) in &self.0 {
            writer.u16(*resource);
            writer.count(permissions.len(), "permissions")?;
            for (permission, resources) in permissions {
                writer.u16(*permission);
                writer.count(resources.len(), "permissions")?;
                for text in resources {
                    if text.len() > crate::MAX_TEXT_SIZE {
                        return Err(too_long(text.len(), ErrorCode::InvalidPermissions));
                    }
                    writer.text(text.as_bytes(), ErrorCode::InvalidPermissions)?;
                }
            }
        }
        Ok(())
    }

    fn read(reader: &mut Reader<'a>) -> Result<Permissions<'a>, Error> {
        const WHAT: &str = "RTM2 permissions";
        let mut all = BTreeMap::new();
        for _ in 0..reader.u16(WHAT)? {
            let resource = reader.u16(WHAT)?;
            let mut permissions = BTreeMap::new();
            for _ in 0..reader.u16(WHAT)? {
                let permission = reader.u16(WHAT)?;
                let mut resources = Vec::new();
                for _ in 0..reader.u16(WHAT)? {
                    resources.push(reader.text(WHAT)?);
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

/// The fields of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the fields are the format's own words, explained at each variant")]
pub enum ServiceKind<'a> {
    /// Joining a channel; an empty account means any user, an empty channel name any channel.
    Rtc { channel_name: Text<'a>, account: Text<'a> },
    /// Messaging as a user.
    Rtm { user_id: Text<'a> },
    /// Streaming from a channel.
    Streaming { channel_name: Text<'a>, account: Text<'a> },
    /// Full-path acceleration; no fields.
    Fpa,
    /// Chat as a user; empty in an app token, which is for a server.
    Chat { user_id: Text<'a> },
    /// Fusion CDN for a channel.
    Fcdn { channel_name: Text<'a>, account: Text<'a> },
    /// A flexible classroom; role -1 stands for none.
    Apaas { room_uuid: Text<'a>, user_uuid: Text<'a>, role: i16 },
    /// Messaging as a user, on given resources.
    Rtm2 { user_id: Text<'a>, permissions: Permissions<'a> },
    /// Conversational AI; no fields.
    ConvoAi,
    /// Speech to text; no fields.
    Stt,
}

/// One service of an AccessToken2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service<'a> {
    /// Which service, with its fields.
    pub kind: ServiceKind<'a>,
    /// What it grants, in seconds from the issue timestamp; 0 for as long as the token.
    pub privileges: Privileges,
}

/// Privilege numbers, by service.
impl Service<'_> {
    /// RTC: join the channel.
    pub const RTC_JOIN_CHANNEL: u16 = 1;
    /// RTC: publish audio.
    pub const RTC_PUBLISH_AUDIO_STREAM: u16 = 2;
    /// RTC: publish video.
    pub const RTC_PUBLISH_VIDEO_STREAM: u16 = 3;
    /// RTC: publish a data stream.
    pub const RTC_PUBLISH_DATA_STREAM: u16 = 4;
    /// RTM: log in.
    pub const RTM_LOGIN: u16 = 1;
    /// Streaming: publish a mixed stream.
    pub const STREAMING_PUBLISH_MIX_STREAM: u16 = 1;
    /// Streaming: publish a raw stream.
    pub const STREAMING_PUBLISH_RAW_STREAM: u16 = 2;
    /// FPA: log in.
    pub const FPA_LOGIN: u16 = 1;
    /// Chat: act as the user.
    pub const CHAT_USER: u16 = 1;
    /// Chat: act as the app, an administrator.
    pub const CHAT_APP: u16 = 2;
    /// FCDN: publish.
    pub const FCDN_PUBLISH: u16 = 1;
    /// FCDN: play.
    pub const FCDN_PLAY: u16 = 2;
    /// APaaS: a user in a room.
    pub const APAAS_ROOM_USER: u16 = 1;
    /// APaaS: a user.
    pub const APAAS_USER: u16 = 2;
    /// APaaS: the app.
    pub const APAAS_APP: u16 = 3;
    /// RTM2: log in.
    pub const RTM2_LOGIN: u16 = 1;
}

impl<'a> Service<'a> {
    /// A service that grants nothing yet.
    pub fn new(kind: ServiceKind<'a>) -> Service<'a> {
        Service { kind, privileges: Privileges::new() }
    }

    /// Grants a privilege.
    #[must_use]
    pub fn with_privilege(mut self, privilege: u16, expire: u32) -> Service<'a> {
        self.privileges.set(privilege, expire);
        self
    }

    /// Which service this is.
    pub fn service_type(&self) -> ServiceType {
        match self.kind {
            ServiceKind::Rtc { .. } => ServiceType::Rtc,
            ServiceKind::Rtm { .. } => ServiceType::Rtm,
            ServiceKind::Streaming { .. } => ServiceType::Streaming,
            ServiceKind::Fpa => ServiceType::Fpa,
            ServiceKind::Chat { .. } => ServiceType::Chat,
            ServiceKind::Fcdn { .. } => ServiceType::Fcdn,
            ServiceKind::Apaas { .. } => ServiceType::Apaas,
            ServiceKind::Rtm2 { .. } => ServiceType::Rtm2,
            ServiceKind::ConvoAi => ServiceType::ConvoAi,
            ServiceKind::Stt => ServiceType::Stt,
        }
    }

    /// The channel name of a service that has one.
    pub fn channel_name(&self) -> Option<&Text<'a>> {
        match &self.kind {
            ServiceKind::Rtc { channel_name, .. }
            | ServiceKind::Streaming { channel_name, .. }
            | ServiceKind::Fcdn { channel_name, .. } => Some(channel_name),
            _ => None,
        }
    }

    /// The user account of a service that has one; empty means any user.
    pub fn account(&self) -> Option<&Text<'a>> {
        match &self.kind {
            ServiceKind::Rtc { account, .. }
            | ServiceKind::Streaming { account, .. }
            | ServiceKind::Fcdn { account, .. } => Some(account),
            _ => None,
        }
    }

    /// The user ID of a messaging service.
    pub fn user_id(&self) -> Option<&Text<'a>> {
        match &self.kind {
            ServiceKind::Rtm { user_id } | ServiceKind::Chat { user_id } | ServiceKind::Rtm2 { user_id, .. } => {
                Some(user_id)
            }
            _ => None,
        }
    }

    /// A copy that borrows nothing.
    pub fn into_owned(self) -> Service<'static> {
        let kind = match self.kind {
            ServiceKind::Rtc { channel_name, account } => {
                ServiceKind::Rtc { channel_name: channel_name.into_owned(), account: account.into_owned() }
            }
            ServiceKind::Rtm { user_id } => ServiceKind::Rtm { user_id: user_id.into_owned() },
            ServiceKind::Streaming { channel_name, account } => {
                ServiceKind::Streaming { channel_name: channel_name.into_owned(), account: account.into_owned() }
            }
            ServiceKind::Fpa => ServiceKind::Fpa,
            ServiceKind::Chat { user_id } => ServiceKind::Chat { user_id: user_id.into_owned() },
            ServiceKind::Fcdn { channel_name, account } => {
                ServiceKind::Fcdn { channel_name: channel_name.into_owned(), account: account.into_owned() }
            }
            ServiceKind::Apaas { room_uuid, user_uuid, role } => {
                ServiceKind::Apaas { room_uuid: room_uuid.into_owned(), user_uuid: user_uuid.into_owned(), role }
            }
            ServiceKind::Rtm2 { user_id, permissions } => {
                ServiceKind::Rtm2 { user_id: user_id.into_owned(), permissions: permissions.into_owned() }
            }
            ServiceKind::ConvoAi => ServiceKind::ConvoAi,
            ServiceKind::Stt => ServiceKind::Stt,
        };
        Service { kind, privileges: self.privileges }
    }

    pub(crate) fn write(&self, writer: &mut Writer) -> Result<(), Error> {
        writer.u16(self.service_type().number());
        self.privileges.write(writer)?;
        match &self.kind {
            ServiceKind::Rtc { channel_name, account }
            | ServiceKind::Streaming { channel_name, account }
            | ServiceKind::Fcdn { channel_name, account } => {
                writer.text(channel_name.as_bytes(), ErrorCode::InvalidChannelName)?;
                writer.text(account.as_bytes(), ErrorCode::InvalidUserAccount)
            }
            ServiceKind::Rtm { user_id } | ServiceKind::Chat { user_id } => {
                writer.text(user_id.as_bytes(), ErrorCode::InvalidUserId)
            }
            ServiceKind::Apaas { room_uuid, user_uuid, role } => {
                writer.text(room_uuid.as_bytes(), ErrorCode::InvalidRoomUuid)?;
                writer.text(user_uuid.as_bytes(), ErrorCode::InvalidUserUuid)?;
                writer.raw(&role.to_le_bytes());
                Ok(())
            }
            ServiceKind::Rtm2 { user_id, permissions } => {
                writer.text(user_id.as_bytes(), ErrorCode::InvalidUserId)?;
                permissions.write(writer)
            }
            ServiceKind::Fpa | ServiceKind::ConvoAi | ServiceKind::Stt => Ok(()),
        }
    }

    /// Reads what follows the type.
    pub(crate) fn read(service: ServiceType, reader: &mut Reader<'a>) -> Result<Service<'a>, Error> {
        let privileges = Privileges::read(reader)?;
        let kind = match service {
            ServiceType::Rtc => {
                ServiceKind::Rtc { channel_name: reader.text(CHANNEL_NAME)?, account: reader.text(ACCOUNT)? }
            }
            ServiceType::Rtm => ServiceKind::Rtm { user_id: reader.text(USER_ID)? },
            ServiceType::Streaming => {
                ServiceKind::Streaming { channel_name: reader.text(CHANNEL_NAME)?, account: reader.text(ACCOUNT)? }
            }
            ServiceType::Fpa => ServiceKind::Fpa,
            ServiceType::Chat => ServiceKind::Chat { user_id: reader.text(USER_ID)? },
            ServiceType::Fcdn => {
                ServiceKind::Fcdn { channel_name: reader.text(CHANNEL_NAME)?, account: reader.text(ACCOUNT)? }
            }
            ServiceType::Apaas => ServiceKind::Apaas {
                room_uuid: reader.text("room UUID")?,
                user_uuid: reader.text("user UUID")?,
                role: reader.i16("role")?,
            },
            ServiceType::Rtm2 => {
                ServiceKind::Rtm2 { user_id: reader.text(USER_ID)?, permissions: Permissions::read(reader)? }
            }
            ServiceType::ConvoAi => ServiceKind::ConvoAi,
            ServiceType::Stt => ServiceKind::Stt,
        };
        Ok(Service { kind, privileges })
    }
}

const CHANNEL_NAME: &str = "channel name";
const ACCOUNT: &str = "user account";
const USER_ID: &str = "user ID";
