//! What an argument of a builder can be. Its range, its errors and its documentation follow from that.

use crate::error::ErrorCode;

/// What an argument means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The project.
    AppId,
    /// What signs; secret.
    AppCertificate,
    /// A channel of the project.
    ChannelName,
    /// A user of a channel, by number.
    Uid,
    /// A user of a channel, by name.
    UserAccount,
    /// A user of messaging or Chat.
    UserId,
    /// A room of a classroom.
    RoomUuid,
    /// A user of a classroom.
    UserUuid,
    /// A role in a channel, by the older generation's numbers.
    Role006,
    /// A role in a channel.
    Role,
    /// A role in a classroom, which has its own meanings.
    RoomRole,
    /// How long the token, or a login, lives.
    TokenExpire,
    /// How long a privilege lasts.
    PrivilegeExpire,
    /// When the privileges of an AccessToken end.
    PrivilegeExpiredTs,
    /// What an RTM2 user may read or write.
    Permissions,
}

/// What a bridge has to bring for an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// UTF-8.
    Text,
    /// A whole number of this range.
    Integer(i64, i64),
    /// RTM2 permissions.
    Permissions,
}

/// What is said of a kind once for all arguments of it.
#[derive(Debug)]
pub struct KindRow {
    /// What a bridge has to bring.
    pub shape: Shape,
    /// The code that refuses what has another shape, or is out of range.
    pub code: ErrorCode,
    /// The other codes that refuse a value.
    pub errors: &'static [ErrorCode],
    /// Unit and range.
    pub about: &'static str,
}

const U32: Shape = Shape::Integer(0, u32::MAX as i64);

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 15] = [
        Kind::AppId,
        Kind::AppCertificate,
        Kind::ChannelName,
        Kind::Uid,
        Kind::UserAccount,
        Kind::UserId,
        Kind::RoomUuid,
        Kind::UserUuid,
        Kind::Role006,
        Kind::Role,
        Kind::RoomRole,
        Kind::TokenExpire,
        Kind::PrivilegeExpire,
        Kind::PrivilegeExpiredTs,
        Kind::Permissions,
    ];

    /// What is said of it.
    pub const fn row(self) -> &'static KindRow {
        match self {
            Kind::AppId => &KindRow {
                shape: Shape::Text,
                code: ErrorCode::InvalidAppId,
                errors: &[],
                about: "32 hexadecimal digits; letter case counts",
            },
            Kind::AppCertificate => &KindRow {
                shape: Shape::Text,
                code: ErrorCode::InvalidAppCertificate,
                errors: &[],
                about: "32 hexadecimal digits; letter case counts; secret",
            },
            Kind::ChannelName => &KindRow {
                shape: Shape::Text,
                code: ErrorCode::InvalidChannelName,
                errors: &[],
                about: "1 to 63 bytes: letters, digits, space and !#$%&()+-:;<=.>?@[]^_{}|~, -- blank and \"*\", \
                        which mean any channel, are refused",
            },
            Kind::Uid => &KindRow {
                shape: U32,
                code: ErrorCode::InvalidUid,
                errors: &[],
                about: "1 to 4294967295; 0 lets any user in",
            },
            Kind::UserAccount => &KindRow {
                shape: Shape::Text,
                code: ErrorCode::InvalidUserAccount,
                errors: &[],
                about: "1 to 255 bytes without control characters, not \"*\"; it is text, so \"0\" is a user called 0 and not \
                        any user",
            },
            Kind::UserId => {
                &KindRow { shape: Shape::Text, code: ErrorCode::InvalidUserId, errors: &[], about: "1 to 255 bytes" }
            }
            Kind::RoomUuid => {
                &KindRow { shape: Shape::Text, code: ErrorCode::InvalidRoomUuid, errors: &[], about: "1 to 255 bytes" }
            }
            Kind::UserUuid => {
                &KindRow { shape: Shape::Text, code: ErrorCode::InvalidUserUuid, errors: &[], about: "1 to 255 bytes" }
            }
            Kind::Role006 => &KindRow {
                shape: U32,
                code: ErrorCode::InvalidRole,
                errors: &[],
                about: "1 (publisher) or 2 (subscriber); the older 0 (attendee) and 101 (admin) publish too",
            },
            Kind::Role => &KindRow {
                shape: U32,
                code: ErrorCode::InvalidRole,
                errors: &[],
                about: "1 (publisher) or 2 (subscriber)",
            },
            Kind::RoomRole => &KindRow {
                shape: Shape::Integer(i16::MIN as i64, i16::MAX as i64),
                code: ErrorCode::InvalidRole,
                errors: &[],
                about: "-32768 to 32767; the classroom gives it its meaning",
            },
            Kind::TokenExpire => &KindRow {
                shape: U32,
                code: ErrorCode::InvalidLifetime,
                errors: &[ErrorCode::TokenExpireZero, ErrorCode::TokenExpireLooksLikeTimestamp],
                about: "seconds from now, 1 to 999999999; Agora honours at most 86400 (24 hours)",
            },
            Kind::PrivilegeExpire => &KindRow {
                shape: U32,
                code: ErrorCode::InvalidLifetime,
                errors: &[ErrorCode::PrivilegeExpireLooksLikeTimestamp],
                about: "seconds from now, below 1000000000; 0 for as long as the token",
            },
            Kind::PrivilegeExpiredTs => &KindRow {
                shape: U32,
                code: ErrorCode::InvalidTimestamp,
                errors: &[ErrorCode::PrivilegeExpiredTsLooksLikeDuration],
                about: "absolute Unix seconds from 1000000000 on; 0 for as long as the token, which always ends 24 \
                        hours from now",
            },
            Kind::Permissions => &KindRow {
                shape: Shape::Permissions,
                code: ErrorCode::InvalidPermissions,
                errors: &[ErrorCode::TooManyEntries, ErrorCode::PayloadTooLarge],
                about: "what the user may read and write: resources by resource type and permission",
            },
        }
    }
}
