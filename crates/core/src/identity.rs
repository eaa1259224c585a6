//! The documented limits of channel names and users, which Agora's own builders state and do not check.

use std::borrow::Cow;
use std::num::NonZeroU32;
use std::str::FromStr;

use serde_json::Value;

use crate::error::{Error, ErrorCode};
use crate::text::{Text, UidText};

/// Bytes in the longest documented channel name.
pub const MAX_CHANNEL_NAME_SIZE: usize = 63;

/// Bytes in the longest documented user account, user ID or UUID.
pub const MAX_USER_SIZE: usize = 255;

/// What a channel name may hold beside ASCII letters and digits.
pub const CHANNEL_NAME_PUNCTUATION: &str = " !#$%&()+-:;<=.>?@[]^_{}|~,";

/// The name that means any channel, as the empty name does.
pub(crate) const ANY_CHANNEL: &str = "*";

/// The account that means any user, as the empty one does.
pub(crate) const ANY_USER: &str = "*";

/// Which channel a token lets into.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Channel<'a> {
    /// One channel.
    Named(ChannelName<'a>),
    /// Every channel of the project. On the wire it is `*`.
    Any,
}

impl<'a> Channel<'a> {
    /// One channel.
    ///
    /// # Errors
    /// As [`ChannelName::new`].
    pub fn named(name: impl Into<Cow<'a, str>>) -> Result<Channel<'a>, Error> {
        ChannelName::new(name).map(Channel::Named)
    }

    /// Every channel of the project: [`Channel::Any`].
    pub const fn any() -> Channel<'a> {
        Channel::Any
    }

    /// The text that stands in the token.
    pub fn as_str(&self) -> &str {
        match self {
            Channel::Named(name) => name.as_str(),
            Channel::Any => ANY_CHANNEL,
        }
    }

    pub(crate) fn as_text(&self) -> Text<'_> {
        Text::from(self.as_str())
    }

    /// A copy that borrows nothing.
    pub fn into_owned(self) -> Channel<'static> {
        match self {
            Channel::Named(ChannelName(name)) => Channel::Named(ChannelName(Cow::Owned(name.into_owned()))),
            Channel::Any => Channel::Any,
        }
    }
}

/// The name of one channel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ChannelName<'a>(Cow<'a, str>);

impl<'a> ChannelName<'a> {
    /// Checks and takes a name.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidChannelName`]: too long, another character, or a wildcard (blank or `*`), which would let
    /// its holder into every channel.
    pub fn new(name: impl Into<Cow<'a, str>>) -> Result<ChannelName<'a>, Error> {
        let name = name.into();
        check_channel_name(&name, "channel")?;
        Ok(ChannelName(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whom a token lets in. The three kinds are never turned into one another: a client that joins with a uid needs a
/// token for that uid, one that joins with an account a token for that account.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum User<'a> {
    /// A uid, which is never 0.
    Uid(NonZeroU32),
    /// A user account.
    Account(UserAccount<'a>),
    /// Everybody who holds the token.
    Any,
}

/// Why a number, or a text that looks like one, is no uid.
const NO_UID: &str = "looks like a uid and is none: an integer from 1 to 4294967295 without sign, blank or leading zero \
                      expected";

impl<'a> User<'a> {
    /// A uid from 1 to 4,294,967,295.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidUid`] for 0, which would let everybody in: say [`User::Any`].
    pub fn uid(uid: u32) -> Result<User<'a>, Error> {
        NonZeroU32::new(uid)
            .map(User::Uid)
            .ok_or_else(|| ErrorCode::InvalidUid.because("is 0, which means any user; ask for any user by name"))
    }

    /// A user account.
    ///
    /// # Errors
    /// As [`UserAccount::new`].
    pub fn account(account: impl Into<Cow<'a, str>>) -> Result<User<'a>, Error> {
        UserAccount::new(account).map(User::Account)
    }

    /// Everybody who holds the token: [`User::Any`].
    pub const fn any() -> User<'a> {
        User::Any
    }

    /// A user as it comes from outside, in a text such as a query's: a uid in decimal digits, or an account.
    ///
    /// # Errors
    /// As [`User::account`]; [`ErrorCode::InvalidUid`] also of what only looks like a uid, as `042`, ` 42`, `-1` and
    /// `4294967296`, which would name another user than meant.
    pub fn from_text(text: impl Into<Cow<'a, str>>) -> Result<User<'a>, Error> {
        let text = text.into();
        let digits = text.trim().trim_start_matches(['+', '-']);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return User::account(text).map_err(|error| error.in_field("user"));
        }
        // Read and written again it must be the same text.
        match text.parse::<u32>() {
            Ok(uid) if UidText::new(uid).as_bytes() == text.as_bytes() || uid == 0 => User::uid(uid),
            _ => Err(ErrorCode::InvalidUid.because(NO_UID)),
        }
        .map_err(|error| error.in_field("user"))
    }

    /// A user as it comes from outside, in JSON: a number is a uid, and a string is read as [`User::from_text`] does.
    ///
    /// # Errors
    /// As there; [`ErrorCode::InvalidUid`] of any other number, and [`ErrorCode::InvalidUserAccount`] of what is neither
    /// a number nor a string.
    pub fn from_json(value: &'a serde_json::Value) -> Result<User<'a>, Error> {
        let user = match value {
            Value::String(text) => User::from_text(text),
            Value::Number(number) => match number.as_u64().and_then(|number| u32::try_from(number).ok()) {
                Some(uid) => User::uid(uid),
                None => Err(ErrorCode::InvalidUid.because(NO_UID)),
            },
            Value::Null => Err(ErrorCode::InvalidUserAccount.because("is null; a number or a string expected")),
            Value::Bool(_) => Err(ErrorCode::InvalidUserAccount.because("is a boolean; a number or a string expected")),
            Value::Array(_) => Err(ErrorCode::InvalidUserAccount.because("is an array; a number or a string expected")),
            Value::Object(_) => {
                Err(ErrorCode::InvalidUserAccount.because("is an object; a number or a string expected"))
            }
        };
        user.map_err(|error| error.in_field("user"))
    }

    /// A copy that borrows nothing.
    pub fn into_owned(self) -> User<'static> {
        match self {
            User::Uid(uid) => User::Uid(uid),
            User::Account(UserAccount(account)) => User::Account(UserAccount(Cow::Owned(account.into_owned()))),
            User::Any => User::Any,
        }
    }
}

impl<'a> TryFrom<&'a str> for Channel<'a> {
    type Error = Error;

    fn try_from(name: &'a str) -> Result<Channel<'a>, Error> {
        Channel::named(name)
    }
}

impl TryFrom<String> for Channel<'_> {
    type Error = Error;

    fn try_from(name: String) -> Result<Self, Error> {
        Channel::named(name)
    }
}

/// What is refused here, [`crate::Grant`] keeps for the issuer to refuse.
impl<'a> TryFrom<Result<Channel<'a>, Error>> for Channel<'a> {
    type Error = Error;

    fn try_from(channel: Result<Channel<'a>, Error>) -> Result<Channel<'a>, Error> {
        channel
    }
}

/// What is refused here, [`crate::Grant`] keeps for the issuer to refuse.
impl<'a> TryFrom<Result<User<'a>, Error>> for User<'a> {
    type Error = Error;

    fn try_from(user: Result<User<'a>, Error>) -> Result<User<'a>, Error> {
        user
    }
}

/// As [`User::from_text`].
impl FromStr for User<'_> {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        User::from_text(text.to_owned())
    }
}

macro_rules! user_of_number {
    ($($number:ty)+) => {
        $(
            /// A number is a uid.
            impl TryFrom<$number> for User<'_> {
                type Error = Error;

                fn try_from(uid: $number) -> Result<Self, Error> {
                    u32::try_from(uid).map_err(|_| ErrorCode::InvalidUid.into()).and_then(User::uid)
                }
            }
        )+
    };
}

user_of_number!(u32 i32 u64 i64);

/// A text is an account, also where it is all digits: [`User::from_text`] reads what comes from outside.
impl<'a> TryFrom<&'a str> for User<'a> {
    type Error = Error;

    fn try_from(account: &'a str) -> Result<User<'a>, Error> {
        User::account(account)
    }
}

impl TryFrom<String> for User<'_> {
    type Error = Error;

    fn try_from(account: String) -> Result<Self, Error> {
        User::account(account)
    }
}

/// A user's own name: 1 to 255 bytes without control characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UserAccount<'a>(Cow<'a, str>);

impl<'a> UserAccount<'a> {
    /// Checks and takes an account.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidUserAccount`]: empty, longer than 255 bytes or with a control character; `*` and `0`, which are read as any user by
    /// some and as a name by others; `undefined`, `null`, `None`, `NaN`, which a program printed in place of an account.
    pub fn new(account: impl Into<Cow<'a, str>>) -> Result<UserAccount<'a>, Error> {
        let account = account.into();
        if let Some(mistake) = mistaken_account(&account) {
            return Err(ErrorCode::InvalidUserAccount.of("account", format!("is {account:?}: {mistake}")));
        }
        check_user(&account, ErrorCode::InvalidUserAccount, "account")?;
        Ok(UserAccount(account))
    }

    /// The account.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'a> From<UserAccount<'a>> for Text<'a> {
    fn from(account: UserAccount<'a>) -> Self {
        match account.0 {
            Cow::Borrowed(account) => Text::from(account),
            Cow::Owned(account) => Text::from(account),
        }
    }
}

/// A room of a classroom, with the user's role in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Room<'a> {
    uuid: Cow<'a, str>,
    role: i16,
}

impl<'a> Room<'a> {
    /// Checks and takes a room; the role is one of the classroom's own numbers.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidRoomUuid`] unless its UUID has 1 to 255 bytes without control characters, and is not `*`.
    pub fn new(room_uuid: impl Into<Cow<'a, str>>, role: i16) -> Result<Room<'a>, Error> {
        let uuid = room_uuid.into();
        check_user(&uuid, ErrorCode::InvalidRoomUuid, "room_uuid")?;
        Ok(Room { uuid, role })
    }

    /// Its UUID.
    pub fn uuid(&self) -> &str {
        &self.uuid
    }

    /// The user's role in it.
    pub fn role(&self) -> i16 {
        self.role
    }

    /// A copy that borrows nothing.
    pub fn into_owned(self) -> Room<'static> {
        Room { uuid: Cow::Owned(self.uuid.into_owned()), role: self.role }
    }
}

/// What an account that nobody chose came from.
pub(crate) fn mistaken_account(account: &str) -> Option<&'static str> {
    match account {
        "0" => Some("it is text, not the uid 0, and names a user called 0"),
        "*" => Some("it is a wildcard; ask for any user by name"),
        "undefined" | "null" | "NaN" | "[object Object]" => Some("a JavaScript program printed it in place of a user"),
        "None" => Some("a Python program printed it in place of a user"),
        "nil" | "<nil>" => Some("a program printed it in place of a user"),
        _ => None,
    }
}

/// A channel name of 1 to 63 documented characters that names one channel.
pub(crate) fn check_channel_name<'a>(name: &'a str, field: &'static str) -> Result<&'a str, Error> {
    if is_channel_name(name.as_bytes()) {
        return Ok(name);
    }
    let refuse = |reason: String| Err(ErrorCode::InvalidChannelName.of(field, reason));
    if name == ANY_CHANNEL {
        return refuse("is \"*\", which means any channel; name one channel".into());
    }
    if name.trim().is_empty() {
        return refuse("is blank, which means any channel; name one channel".into());
    }
    if name.len() > MAX_CHANNEL_NAME_SIZE {
        return refuse(format!("has {} bytes, at most {MAX_CHANNEL_NAME_SIZE} expected", name.len()));
    }
    match name.chars().enumerate().find(|(_, c)| !u8::try_from(*c).is_ok_and(is_documented)) {
        None => Ok(name),
        Some((index, stranger)) => refuse(format!(
            "holds {stranger:?} at position {}; letters a-z and A-Z, digits, space and \
             {} are allowed",
            index.saturating_add(1),
            CHANNEL_NAME_PUNCTUATION.trim()
        )),
    }
}

/// Whether [`check_channel_name`] takes it.
pub(crate) fn is_channel_name(name: &[u8]) -> bool {
    // Without leaving early, for nearly every name holds nothing else. The wildcard is not among the characters.
    let (documented, ink) = name
        .iter()
        .fold((true, false), |(documented, ink), byte| (documented & is_documented(*byte), ink | (*byte != b' ')));
    documented & ink & (name.len() <= MAX_CHANNEL_NAME_SIZE)
}

fn is_documented(byte: u8) -> bool {
    #[allow(clippy::indexing_slicing, reason = "it runs at compile time, where a panic is a failed build")]
    static DOCUMENTED: [bool; 256] = {
        let mut set = [false; 256];
        let mut byte = 0u8;
        while byte < 128 {
            set[byte as usize] = byte.is_ascii_alphanumeric();
            byte += 1;
        }
        let mut punctuation = CHANNEL_NAME_PUNCTUATION.as_bytes();
        while let [byte, rest @ ..] = punctuation {
            set[*byte as usize] = true;
            punctuation = rest;
        }
        set
    };
    DOCUMENTED.get(usize::from(byte)).copied().unwrap_or_default()
}

/// A user's own text: 1 to 255 bytes, no control character, not the wildcard `*`. `code` and `field` say whose.
pub(crate) fn check_user<'a>(text: &'a str, code: ErrorCode, field: &'static str) -> Result<&'a str, Error> {
    let reason = match text.len() {
        0 if code == ErrorCode::InvalidRoomUuid => format!("is empty; 1 to {MAX_USER_SIZE} bytes expected"),
        0 => format!("is empty, which means any user; 1 to {MAX_USER_SIZE} bytes expected"),
        1..=MAX_USER_SIZE if text == ANY_USER && code == ErrorCode::InvalidRoomUuid => {
            "is \"*\"; name one room".to_owned()
        }
        1..=MAX_USER_SIZE if text == ANY_USER => "is \"*\", which means any user; name one user".to_owned(),
        // Without leaving early, for nearly every text holds nothing else.
        1..=MAX_USER_SIZE if text.bytes().fold(true, |all, byte| all & !byte.is_ascii_control() & byte.is_ascii()) => {
            return Ok(text);
        }
        1..=MAX_USER_SIZE => match text.chars().enumerate().find(|(_, character)| character.is_control()) {
            None => return Ok(text),
            Some((index, control)) => {
                format!("holds the control character {control:?} at position {}", index.saturating_add(1))
            }
        },
        size => format!("has {size} bytes, at most {MAX_USER_SIZE} expected"),
    };
    Err(code.of(field, reason))
}
