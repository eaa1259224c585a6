//! The fields of services: what they are called, and how they get in and out of one.

use super::permissions::Permissions;
use crate::error::ErrorCode;
use crate::text::Text;

/// A field that services have after their privileges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The channel; empty for any.
    ChannelName,
    /// The user in the channel; empty for any.
    Account,
    /// The user of a messaging service.
    UserId,
    /// The room of a classroom.
    RoomUuid,
    /// The user of a classroom.
    UserUuid,
    /// The user's role in a classroom, -1 for none.
    Role,
    /// What an RTM2 user may read or write.
    Permissions,
}

impl Field {
    /// Name in the API; name in JSON; its name there when the bytes are no text; in words; the code that refuses it.
    const fn row(self) -> (&'static str, &'static str, &'static str, &'static str, ErrorCode) {
        match self {
            Field::ChannelName => {
                ("channel_name", "channel", "channelHex", "channel name", ErrorCode::InvalidChannelName)
            }
            Field::Account => ("account", "account", "accountHex", "user account", ErrorCode::InvalidUserAccount),
            Field::UserId => ("user_id", "userId", "userIdHex", "user ID", ErrorCode::InvalidUserId),
            Field::RoomUuid => ("room_uuid", "roomUuid", "roomUuidHex", "room UUID", ErrorCode::InvalidRoomUuid),
            Field::UserUuid => ("user_uuid", "userUuid", "userUuidHex", "user UUID", ErrorCode::InvalidUserUuid),
            Field::Role => ("role", "role", "", "role", ErrorCode::InvalidRole),
            Field::Permissions => ("permissions", "permissions", "", "RTM2 permissions", ErrorCode::InvalidPermissions),
        }
    }

    /// Its name in the API, such as `user_id`.
    pub const fn name(self) -> &'static str {
        self.row().0
    }

    /// Its name in a decoded token's JSON, such as `userId`.
    pub const fn json_name(self) -> &'static str {
        self.row().1
    }

    /// Where its bytes stand in JSON, in hexadecimal, when they are no UTF-8.
    pub const fn hex_json_name(self) -> &'static str {
        self.row().2
    }

    /// In words, such as `user ID`.
    pub const fn words(self) -> &'static str {
        self.row().3
    }

    /// What refuses a value of it.
    pub const fn code(self) -> ErrorCode {
        self.row().4
    }
}

/// The value of a field.
#[derive(Debug, Clone, Copy)]
pub enum FieldValue<'s, 'a> {
    /// Any bytes.
    Text(&'s Text<'a>),
    /// A role in a classroom.
    Role(i16),
    /// RTM2 permissions.
    Permissions(&'s Permissions<'a>),
}

/// Where the fields of a new service come from.
pub trait FieldSource<'a> {
    /// Why there is no value.
    type Error;

    /// The text for this field.
    fn text(&mut self, field: Field) -> Result<Text<'a>, Self::Error>;

    /// The role.
    fn role(&mut self) -> Result<i16, Self::Error>;

    /// The permissions.
    fn permissions(&mut self) -> Result<Permissions<'a>, Self::Error>;
}

/// The three types that fields have.
pub trait FieldType<'a>: Sized {
    /// The same, borrowing nothing.
    type Owned;

    /// The value from a source.
    fn take<S: FieldSource<'a>>(source: &mut S, field: Field) -> Result<Self, S::Error>;

    /// The value to look at.
    fn value(&self) -> FieldValue<'_, 'a>;

    /// A copy that borrows nothing.
    fn into_owned(self) -> Self::Owned;
}

impl<'a> FieldType<'a> for Text<'a> {
    type Owned = Text<'static>;

    fn take<S: FieldSource<'a>>(source: &mut S, field: Field) -> Result<Self, S::Error> {
        source.text(field)
    }

    fn value(&self) -> FieldValue<'_, 'a> {
        FieldValue::Text(self)
    }

    fn into_owned(self) -> Text<'static> {
        self.into_owned()
    }
}

impl<'a> FieldType<'a> for i16 {
    type Owned = i16;

    fn take<S: FieldSource<'a>>(source: &mut S, _: Field) -> Result<Self, S::Error> {
        source.role()
    }

    fn value(&self) -> FieldValue<'_, 'a> {
        FieldValue::Role(*self)
    }

    fn into_owned(self) -> i16 {
        self
    }
}

impl<'a> FieldType<'a> for Permissions<'a> {
    type Owned = Permissions<'static>;

    fn take<S: FieldSource<'a>>(source: &mut S, _: Field) -> Result<Self, S::Error> {
        source.permissions()
    }

    fn value(&self) -> FieldValue<'_, 'a> {
        FieldValue::Permissions(self)
    }

    fn into_owned(self) -> Permissions<'static> {
        self.into_owned()
    }
}
