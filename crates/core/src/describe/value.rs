//! Arguments as they come out of any language, checked by what they mean.

use super::builders::{Argument, Builder, Place};
use super::compose::{Checked, Compose, Services};
use super::kind::{Kind, Shape};
use crate::access_token::AccessToken;
use crate::access_token2;
use crate::credentials::{AppCertificate, AppId, Credentials};
use crate::error::{Error, ErrorCode};
use crate::identity::{check_channel_name, check_user};
use crate::role::{Role, Role006};
use crate::service::{Permissions, RtcLifetimes};
use crate::signature::issue_key;
use crate::source::Stamp;
use crate::text::UidText;
use crate::time::{check_privilege_expire, check_privilege_expired_ts, check_token_expire};
use crate::wire::{MAX_TEXT_SIZE, too_long};

/// The value of an argument as a bridge brings it.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// A text of the caller's language.
    Text(&'a str),
    /// Any bytes.
    Bytes(&'a [u8]),
    /// A whole number.
    Integer(i128),
    /// RTM2 permissions.
    Permissions(&'a Permissions<'a>),
    /// What stands there instead, in words: "undefined", "1.5".
    Misfit(&'a str),
    /// What the bridge refuses by itself, in words that continue the argument's name: "is NULL".
    Refused(ErrorCode, &'a str),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Value<'a> {
        Value::Text(text)
    }
}

impl<'a> From<&'a Permissions<'a>> for Value<'a> {
    fn from(permissions: &'a Permissions<'a>) -> Value<'a> {
        Value::Permissions(permissions)
    }
}

macro_rules! from_integers {
    ($($integer:ty)+) => {
        $(impl From<$integer> for Value<'_> {
            fn from(number: $integer) -> Self {
                Value::Integer(number.into())
            }
        })+
    };
}

from_integers!(u8 u16 u32 u64 i8 i16 i32 i64);

/// Whose rules the arguments are held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// The documented limits.
    Strict,
    /// Those of the official libraries: any text and any number that the format carries; a role publishes or does not.
    Official,
}

impl Builder {
    /// Builds from App ID, App Certificate and the arguments, in their order. One that has a default may be left out at
    /// the end.
    ///
    /// # Errors
    /// What refuses the first argument at fault; it names the field. Then those of the stamp, and in the official
    /// manner [`ErrorCode::TooManyEntries`], [`ErrorCode::PayloadTooLarge`] and texts of more than 65,535 bytes.
    pub fn build(
        &self,
        values: &[Value<'_>],
        manner: Manner,
        stamp: impl FnOnce() -> Result<Stamp, Error>,
    ) -> Result<String, Error> {
        let [app_id, app_certificate, arguments @ ..] = values else { return Err(ErrorCode::Internal.into()) };
        let app_id = text(*app_id, Kind::AppId, "app_id")?;
        let credentials = match manner {
            Manner::Strict => {
                AppId::new(app_id)?;
                Credentials::new(app_id, text(*app_certificate, Kind::AppCertificate, "app_certificate")?)?
            }
            Manner::Official => Credentials {
                app_id: AppId::new(app_id)?,
                app_certificate: AppCertificate::new(text(*app_certificate, Kind::AppCertificate, "app_certificate")?)?,
            },
        };
        self.build_for(&credentials, arguments, manner, stamp)
    }

    /// The same for credentials that were checked before.
    ///
    /// # Errors
    /// As [`Builder::build`].
    #[inline]
    pub fn build_for(
        &self,
        credentials: &Credentials,
        values: &[Value<'_>],
        manner: Manner,
        stamp: impl FnOnce() -> Result<Stamp, Error>,
    ) -> Result<String, Error> {
        let mut uid = UidText::new(0);
        let mut checked = Checked::new();
        if values.len() > self.arguments.len() {
            return Err(ErrorCode::Internal.into());
        }
        let mut values = values.iter();
        let mut uid_text = Some(&mut uid);
        for argument in self.arguments {
            let value = match (values.next(), argument.default) {
                (Some(value), _) => *value,
                (None, Some(default)) => default.into(),
                (None, None) => Value::Misfit("missing"),
            };
            argument.check(value, manner, &mut uid_text, &mut checked)?;
        }
        self.mint(credentials, &checked, stamp()?)
    }

    /// A token of arguments that were checked.
    #[inline]
    pub(crate) fn mint(&self, credentials: &Credentials, checked: &Checked<'_>, stamp: Stamp) -> Result<String, Error> {
        let Credentials { app_id, app_certificate } = credentials;
        match self.compose {
            Compose::AccessToken(compose) => {
                let (channel_name, account, privileges) = compose(checked);
                let token = AccessToken { privileges, ..AccessToken::new(*app_id, channel_name, account, stamp) };
                token.build(app_certificate)
            }
            Compose::AccessToken2(compose) => {
                let mut services = Services::new();
                compose(checked, &mut services);
                let issue_key = issue_key(app_certificate.as_bytes(), stamp.issue_ts);
                access_token2::build(*app_id, checked.token_expire, stamp, &services, &issue_key)
            }
        }
    }
}

impl Argument {
    /// Checks a value and puts it where compositions find it.
    #[inline]
    fn check<'a>(
        &self,
        value: Value<'a>,
        manner: Manner,
        uid_text: &mut Option<&'a mut UidText>,
        checked: &mut Checked<'a>,
    ) -> Result<(), Error> {
        let Argument { name, kind, place, .. } = *self;
        let strict = manner == Manner::Strict;
        match kind {
            Kind::ChannelName => {
                checked.channel_name = match strict {
                    true => check_channel_name(text(value, kind, name)?)?.as_bytes(),
                    false => any_text(value, kind, name)?,
                };
            }
            Kind::UserAccount => checked.account = user(value, kind, name, strict)?,
            Kind::UserId => checked.user_id = user(value, kind, name, strict)?,
            Kind::RoomUuid => checked.room_uuid = user(value, kind, name, strict)?,
            Kind::UserUuid => checked.user_uuid = user(value, kind, name, strict)?,
            Kind::Uid => {
                let uid = u32_of(value, kind, name)?;
                if let Some(text) = uid_text.take() {
                    *text = UidText::new(uid);
                    checked.account = text.as_bytes();
                }
            }
            Kind::Role006 => {
                let number = u32_of(value, kind, name)?;
                checked.publishes = if strict {
                    Role006::from_number(number)?.publishes()
                } else {
                    Role006::from_number(number).is_ok_and(Role006::publishes)
                };
            }
            Kind::Role => {
                let number = u32_of(value, kind, name)?;
                checked.publishes = if strict {
                    Role::of_argument(number, name)?.publishes()
                } else {
                    number == u32::from(Role::Publisher)
                };
            }
            Kind::RoomRole => checked.room_role = integer(value, kind, name)?,
            Kind::TokenExpire => {
                let seconds = u32_of(value, kind, name)?;
                let seconds = if strict { check_token_expire(seconds, name)? } else { seconds };
                match place {
                    Place::Login => checked.login_expire = seconds,
                    _ => checked.token_expire = seconds,
                }
            }
            Kind::PrivilegeExpire => {
                let seconds = u32_of(value, kind, name)?;
                let seconds = if strict { check_privilege_expire(seconds, name)? } else { seconds };
                match place {
                    Place::JoinChannel => checked.lifetimes.join_channel = seconds,
                    Place::PubAudio => checked.lifetimes.pub_audio = seconds,
                    Place::PubVideo => checked.lifetimes.pub_video = seconds,
                    Place::PubDataStream => checked.lifetimes.pub_data_stream = seconds,
                    Place::Only | Place::Login => checked.lifetimes = RtcLifetimes::all(seconds),
                }
            }
            Kind::PrivilegeExpiredTs => {
                let timestamp = u32_of(value, kind, name)?;
                checked.expired_ts = if strict { check_privilege_expired_ts(timestamp)? } else { timestamp };
            }
            Kind::Permissions => match value {
                Value::Permissions(permissions) => checked.permissions = Some(permissions),
                other => return Err(misfit(&other, kind, name)),
            },
            // They stand before the arguments.
            Kind::AppId | Kind::AppCertificate => return Err(ErrorCode::Internal.into()),
        }
        Ok(())
    }
}

/// UTF-8.
#[inline]
fn text<'a>(value: Value<'a>, kind: Kind, name: &'static str) -> Result<&'a str, Error> {
    match value {
        Value::Text(text) => Ok(text),
        Value::Bytes(bytes) => std::str::from_utf8(bytes).map_err(|error| {
            let byte = error.valid_up_to().saturating_add(1);
            ErrorCode::InvalidUtf8.of(name, format!("is not valid UTF-8 from byte {byte} on"))
        }),
        other => Err(misfit(&other, kind, name)),
    }
}

/// Any bytes.
fn any_text<'a>(value: Value<'a>, kind: Kind, name: &'static str) -> Result<&'a [u8], Error> {
    let bytes = match value {
        Value::Text(text) => text.as_bytes(),
        Value::Bytes(bytes) => bytes,
        other => return Err(misfit(&other, kind, name)),
    };
    if bytes.len() > MAX_TEXT_SIZE { Err(too_long(bytes.len(), kind.row().code).in_field(name)) } else { Ok(bytes) }
}

/// The text of a user, a room or the like.
#[inline]
fn user<'a>(value: Value<'a>, kind: Kind, name: &'static str, strict: bool) -> Result<&'a [u8], Error> {
    if !strict {
        return any_text(value, kind, name);
    }
    check_user(text(value, kind, name)?, kind.row().code, name).map(str::as_bytes)
}

#[inline]
fn u32_of(value: Value<'_>, kind: Kind, name: &'static str) -> Result<u32, Error> {
    integer(value, kind, name)
}

#[inline]
fn integer<N: TryFrom<i128>>(value: Value<'_>, kind: Kind, name: &'static str) -> Result<N, Error> {
    match value {
        Value::Integer(number) => N::try_from(number).map_err(|_| misfit(&value, kind, name)),
        other => Err(misfit(&other, kind, name)),
    }
}

#[cold]
fn misfit(value: &Value<'_>, kind: Kind, name: &'static str) -> Error {
    let row = kind.row();
    let found = match value {
        // Neither the text nor the bytes are shown: a secret may stand in the wrong place.
        Value::Text(_) => "a string",
        Value::Bytes(_) => "bytes",
        Value::Integer(number) if matches!(row.shape, Shape::Integer(..)) => &number.to_string(),
        Value::Integer(_) => "a number",
        Value::Permissions(_) => "permissions",
        Value::Misfit(found) => found,
        Value::Refused(code, reason) => return code.of(name, reason.to_string()),
    };
    let expected = match row.shape {
        Shape::Text => "a string".to_owned(),
        Shape::Integer(least, most) => format!("an integer from {least} to {most}"),
        Shape::Permissions => "permissions".to_owned(),
    };
    row.code.of(name, format!("is {found}; {expected} expected"))
}
