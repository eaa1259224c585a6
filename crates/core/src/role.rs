//! What a user may do in a channel.

use crate::error::{Error, ErrorCode};

/// What a user may do in a channel. Agora's service looks at it only where co-host authentication is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Role {
    /// Joins and publishes audio, video and data.
    Publisher = 1,
    /// Joins.
    Subscriber = 2,
}

impl Role {
    /// The role with this number in AccessToken2.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidRole`] for all but 1 and 2.
    pub fn from_number(number: u32) -> Result<Role, Error> {
        Role::of_argument(number, "role")
    }

    /// The official builders quietly take publishing away from every other number, the older 0 and 101 included.
    pub(crate) fn of_argument(number: u32, field: &'static str) -> Result<Role, Error> {
        let hint = match number {
            1 => return Ok(Role::Publisher),
            2 => return Ok(Role::Subscriber),
            0 | 101 => "; 0 (attendee) and 101 (admin) are gone with AccessToken2, they published as 1 does",
            _ => "",
        };
        let reason = format!("is {number}; 1 (publisher) or 2 (subscriber) expected{hint}");
        Err(ErrorCode::InvalidRole.of(field, reason))
    }

    /// Its name in every language, such as `publisher`.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Publisher => "publisher",
            Role::Subscriber => "subscriber",
        }
    }

    /// Whether it lets its holder publish.
    pub const fn publishes(self) -> bool {
        matches!(self, Role::Publisher)
    }
}

impl From<Role> for u32 {
    fn from(role: Role) -> u32 {
        role as u32
    }
}

/// The roles of AccessToken (006). Attendee and admin are old names for publisher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Role006 {
    /// Joins and publishes.
    Attendee = 0,
    /// Joins and publishes.
    Publisher = 1,
    /// Joins.
    Subscriber = 2,
    /// Joins and publishes.
    Admin = 101,
}

impl Role006 {
    /// Every role, ascending.
    pub const ALL: [Role006; 4] = [Role006::Attendee, Role006::Publisher, Role006::Subscriber, Role006::Admin];

    /// The role with this number in AccessToken.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidRole`] for all but 0, 1, 2 and 101.
    pub fn from_number(number: u32) -> Result<Role006, Error> {
        Self::ALL.into_iter().find(|role| u32::from(*role) == number).ok_or_else(|| {
            ErrorCode::InvalidRole.because(format!(
                "is {number}; 1 (publisher) or 2 (subscriber) expected, or the older 0 (attendee) or 101 (admin)"
            ))
        })
    }

    /// Its name, such as `attendee`.
    pub const fn name(self) -> &'static str {
        match self {
            Role006::Attendee => "attendee",
            Role006::Publisher => "publisher",
            Role006::Subscriber => "subscriber",
            Role006::Admin => "admin",
        }
    }

    /// Whether it lets its holder publish.
    pub const fn publishes(self) -> bool {
        !matches!(self, Role006::Subscriber)
    }
}

impl From<Role006> for u32 {
    fn from(role: Role006) -> u32 {
        role as u32
    }
}

impl From<Role> for Role006 {
    fn from(role: Role) -> Role006 {
        match role {
            Role::Publisher => Role006::Publisher,
            Role::Subscriber => Role006::Subscriber,
        }
    }
}
