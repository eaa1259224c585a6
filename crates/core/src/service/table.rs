//! The services of AccessToken2: one row each. Types, encoding, decoding and JSON follow from it, and so does what the
//! other languages have of it.

use super::field::{Field, FieldSource, FieldType, FieldValue};
use super::permissions::Permissions;
use super::privileges::Privileges;
use crate::text::Text;

/// One service of an AccessToken2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service<'a> {
    /// Which service, with its fields.
    pub kind: ServiceKind<'a>,
    /// What it grants, in seconds from the issue timestamp; 0 for as long as the token.
    pub privileges: Privileges,
}

/// A service: what follows its privileges on the wire, in that order, and the privileges it knows.
#[derive(Debug)]
#[doc(hidden)]
pub struct ServiceRow {
    /// Which service.
    pub service: ServiceType,
    /// Its variant in [`ServiceKind`], such as `Rtc`.
    pub variant: &'static str,
    /// Its name in a decoded token's JSON, such as `rtc`.
    pub name: &'static str,
    /// What it is, one sentence.
    pub about: &'static str,
    /// Its fields, in the order of the wire.
    pub fields: &'static [Field],
    /// Its privileges, numbered from 1.
    pub privileges: &'static [PrivilegeRow],
}

/// A privilege of a service.
#[derive(Debug)]
#[doc(hidden)]
pub struct PrivilegeRow {
    /// Its number on the wire.
    pub number: u16,
    /// Its constant, such as `RTC_JOIN_CHANNEL`.
    pub constant: &'static str,
    /// Its name in a decoded token's JSON, such as `joinChannel`.
    pub name: &'static str,
    /// What it allows.
    pub about: &'static str,
    /// Whom a grant gives it to.
    pub held_by: HeldBy,
}

/// Whom a grant gives a privilege to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(hidden)]
pub enum HeldBy {
    /// Every user.
    User,
    /// Users who publish.
    Publisher,
    /// Users of a room.
    RoomUser,
    /// A server that administrates the service; no user.
    App,
}

macro_rules! services {
    ($(
        #[doc = $about:literal]
        $variant:ident = $number:literal, $name:literal $({ $($field:ident: $kind:tt),+ })?
        [$($privilege:literal $constant:ident $json:literal $held_by:ident $allows:literal),*]
    )+) => {
        /// The services with a known layout, by their number on the wire.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        #[repr(u16)]
        pub enum ServiceType {
            $(#[doc = $about] $variant = $number,)+
        }

        /// The fields of a service.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        #[allow(missing_docs, reason = "the fields are the format's own words, explained at each variant")]
        pub enum ServiceKind<'a> {
            $(#[doc = $about] $variant $({ $($field: field_type!($kind)),+ })?,)+
        }

        /// Every service, ascending by number.
        #[doc(hidden)]
        pub const SERVICES: &[&ServiceRow] = &[$(ServiceType::$variant.row()),+];

        /// Privilege numbers, by service.
        impl Service<'_> {
            $($(#[doc = $allows] pub const $constant: u16 = $privilege;)*)+
        }

        impl ServiceType {
            /// The service with this number, if it is known.
            pub const fn from_number(number: u16) -> Option<ServiceType> {
                match number {
                    $($number => Some(ServiceType::$variant),)+
                    _ => None,
                }
            }

            /// The row of this service.
            #[doc(hidden)]
            pub const fn row(self) -> &'static ServiceRow {
                match self {
                    $(ServiceType::$variant => &ServiceRow {
                        service: ServiceType::$variant,
                        variant: stringify!($variant),
                        name: $name,
                        about: $about,
                        fields: &[$($(Field::$kind),+)?],
                        privileges: &[$(PrivilegeRow {
                            number: $privilege,
                            constant: stringify!($constant),
                            name: $json,
                            about: $allows,
                            held_by: HeldBy::$held_by,
                        }),*],
                    },)+
                }
            }
        }

        impl<'a> ServiceKind<'a> {
            /// Which service these are the fields of.
            pub const fn service_type(&self) -> ServiceType {
                match self { $(ServiceKind::$variant { .. } => ServiceType::$variant,)+ }
            }

            /// A service whose fields come from `source`.
            #[doc(hidden)]
            #[inline]
            pub fn take<S: FieldSource<'a>>(service: ServiceType, source: &mut S) -> Result<ServiceKind<'a>, S::Error> {
                Ok(match service {
                    $(ServiceType::$variant => {
                        ServiceKind::$variant { $($($field: FieldType::take(source, Field::$kind)?),+)? }
                    })+
                })
            }

            /// Shows each field, in the order of the wire.
            #[doc(hidden)]
            #[inline]
            pub fn try_each<'s, E>(
                &'s self,
                mut show: impl FnMut(Field, FieldValue<'s, 'a>) -> Result<(), E>,
            ) -> Result<(), E> {
                match self {
                    $(ServiceKind::$variant { $($($field),+)? } => { $($(show(Field::$kind, $field.value())?;)+)? })+
                }
                Ok(())
            }

            /// A copy that borrows nothing.
            pub fn into_owned(self) -> ServiceKind<'static> {
                match self {
                    $(ServiceKind::$variant { $($($field),+)? } => {
                        ServiceKind::$variant { $($($field: FieldType::into_owned($field)),+)? }
                    })+
                }
            }
        }
    };
}

macro_rules! field_type {
    (Role) => { i16 };
    (Permissions) => { Permissions<'a> };
    ($text:tt) => { Text<'a> };
}

services! {
    /// Voice and video in a channel; an empty account means any user, an empty channel name any channel.
    Rtc = 1, "rtc" { channel_name: ChannelName, account: Account } [
        1 RTC_JOIN_CHANNEL "joinChannel" User "RTC: join the channel.",
        2 RTC_PUBLISH_AUDIO_STREAM "publishAudioStream" Publisher "RTC: publish audio.",
        3 RTC_PUBLISH_VIDEO_STREAM "publishVideoStream" Publisher "RTC: publish video.",
        4 RTC_PUBLISH_DATA_STREAM "publishDataStream" Publisher "RTC: publish a data stream."
    ]
    /// Real-time messaging as a user, as the RTC and RTM builders use it.
    Rtm = 2, "rtm" { user_id: UserId } [1 RTM_LOGIN "login" User "RTM: log in."]
    /// Media push of mixed or raw streams from a channel.
    Streaming = 3, "streaming" { channel_name: ChannelName, account: Account } [
        1 STREAMING_PUBLISH_MIX_STREAM "publishMixStream" Publisher "Streaming: publish a mixed stream.",
        2 STREAMING_PUBLISH_RAW_STREAM "publishRawStream" Publisher "Streaming: publish a raw stream."
    ]
    /// Full-path acceleration; no fields.
    Fpa = 4, "fpa" [1 FPA_LOGIN "login" User "FPA: log in."]
    /// Chat as a user; the user ID is empty in an app token, which is for a server.
    Chat = 5, "chat" { user_id: UserId } [
        1 CHAT_USER "user" User "Chat: act as the user.",
        2 CHAT_APP "app" App "Chat: act as the app, an administrator."
    ]
    /// Fusion CDN for a channel.
    Fcdn = 6, "fcdn" { channel_name: ChannelName, account: Account } [
        1 FCDN_PUBLISH "publish" Publisher "FCDN: publish.",
        2 FCDN_PLAY "play" User "FCDN: play."
    ]
    /// aPaaS, also called Education: a flexible classroom; role -1 stands for none.
    Apaas = 7, "apaas" { room_uuid: RoomUuid, user_uuid: UserUuid, role: Role } [
        1 APAAS_ROOM_USER "roomUser" RoomUser "APaaS: a user in a room.",
        2 APAAS_USER "user" User "APaaS: a user.",
        3 APAAS_APP "app" App "APaaS: the app, an administrator."
    ]
    /// Real-time messaging as a user, with permissions on single resources.
    Rtm2 = 8, "rtm2" { user_id: UserId, permissions: Permissions } [1 RTM2_LOGIN "login" User "RTM2: log in."]
    /// Conversational AI; no fields.
    ConvoAi = 9, "convoAi" []
    /// Speech to text; no fields.
    Stt = 10, "stt" []
}

impl ServiceType {
    /// Every known service, ascending by number.
    pub fn all() -> impl Iterator<Item = ServiceType> {
        SERVICES.iter().map(|row| row.service)
    }

    /// The service with this name in JSON, such as `rtc`.
    pub fn from_name(name: &str) -> Option<ServiceType> {
        ServiceType::all().find(|service| service.name() == name)
    }

    /// The number on the wire.
    pub const fn number(self) -> u16 {
        self as u16
    }

    /// The name in a decoded token's JSON, such as `rtc`.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The name of a privilege of this service in a decoded token's JSON, such as `joinChannel`.
    pub fn privilege_name(self, privilege: u16) -> Option<&'static str> {
        self.row().privileges.iter().find(|row| row.number == privilege).map(|row| row.name)
    }
}
