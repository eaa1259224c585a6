//! Arguments as they come out of any language, checked by what they mean.

use std::borrow::Borrow;
use std::str::Utf8Error;

use super::builders::{Argument, Builder, Place};
use super::compose::{Checked, Compose, Services};
use super::kind::{Kind, Shape};
use crate::access_token::AccessToken;
use crate::access_token2;
use crate::credentials::{AppCertificate, AppId, Credentials, refuse_the_same};
use crate::error::{Error, ErrorCode};
use crate::identity::{check_channel_name, check_user, is_channel_name};
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
    /// Those of the official libraries: any text and any number that the format carries; a uid and an account may stand
    /// in each other's place; what is no role that publishes joins only.
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
        self.build_each(values, manner, stamp)
    }

    /// The same from values that need not stand in an array.
    ///
    /// # Errors
    /// As [`Builder::build`].
    #[inline(always)]
    pub fn build_each<'a>(
        &self,
        values: impl IntoIterator<Item: Borrow<Value<'a>>>,
        manner: Manner,
        stamp: impl FnOnce() -> Result<Stamp, Error>,
    ) -> Result<String, Error> {
        let mut values = values.into_iter();
        let (Some(app_id), Some(app_certificate)) = (values.next(), values.next()) else {
            return Err(ErrorCode::Internal.into());
        };
        let app_id = raw(app_id.borrow(), Kind::AppId, "app_id")?;
        let app_id = AppId::from_bytes(app_id).map_err(|error| unless_utf8(app_id, "app_id", error))?;
        let key = raw(app_certificate.borrow(), Kind::AppCertificate, "app_certificate")?;
        let app_certificate =
            AppCertificate::from_bytes(key).map_err(|error| unless_utf8(key, "app_certificate", error))?;
        if manner == Manner::Strict {
            refuse_the_same(&app_id, &app_certificate)?;
        }
        let credentials = Credentials { app_id, app_certificate };
        self.build_for(&credentials, values, manner, stamp)
    }

    /// The same for credentials that were checked before.
    ///
    /// # Errors
    /// As [`Builder::build`].
    #[inline]
    pub fn build_for<'a>(
        &self,
        credentials: &Credentials,
        values: impl IntoIterator<Item: Borrow<Value<'a>>>,
        manner: Manner,
        stamp: impl FnOnce() -> Result<Stamp, Error>,
    ) -> Result<String, Error> {
        let mut uid = UidText::new(0);
        let mut checked = Checked::new();
        let mut values = values.into_iter();
        let mut uid_text = Some(&mut uid);
        for argument in self.arguments {
            // Looked at where it stands: a copy of it as a whole would wait for its parts to be written.
            match (values.next(), argument.default) {
                (Some(value), _) => argument.check(value.borrow(), manner, &mut uid_text, &mut checked)?,
                (None, Some(default)) => argument.check(&default.into(), manner, &mut uid_text, &mut checked)?,
                (None, None) => argument.check(&Value::Misfit("missing"), manner, &mut uid_text, &mut checked)?,
            }
        }
        if values.next().is_some() {
            return Err(ErrorCode::Internal.into());
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
        value: &Value<'a>,
        manner: Manner,
        uid_text: &mut Option<&'a mut UidText>,
        checked: &mut Checked<'a>,
    ) -> Result<(), Error> {
        let Argument { name, kind, place, .. } = *self;
        let strict = manner == Manner::Strict;
        match kind {
            Kind::ChannelName => {
                let bytes = raw(value, kind, name)?;
                if !strict {
                    check_size(bytes, kind, name)?;
                } else if !is_channel_name(bytes) {
                    check_channel_name(utf8(bytes, name)?, name)?;
                }
                checked.channel_name = bytes;
            }
            Kind::Uid | Kind::UserAccount if takes_uid(value, kind, strict) => {
                let uid = u32_of(value, kind, name)?;
                if let Some(text) = uid_text.take() {
                    *text = UidText::new(uid);
                    checked.account = text.as_bytes();
                }
            }
            Kind::Uid | Kind::UserAccount => checked.account = user(value, kind, name, strict)?,
            Kind::UserId => checked.user_id = user(value, kind, name, strict)?,
            Kind::RoomUuid => checked.room_uuid = user(value, kind, name, strict)?,
            Kind::UserUuid => checked.user_uuid = user(value, kind, name, strict)?,
            Kind::Role006 | Kind::Role => {
                let publishes = u32_of(value, kind, name).and_then(|number| match kind {
                    Kind::Role006 => Role006::from_number(number).map(Role006::publishes),
                    _ => Role::of_argument(number, name).map(Role::publishes),
                });
                checked.publishes = if strict { publishes? } else { publishes.unwrap_or_default() };
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
            Kind::Permissions => checked.permissions = Some(permissions(value, kind, name)?),
            // They stand before the arguments.
            Kind::AppId | Kind::AppCertificate => return Err(ErrorCode::Internal.into()),
        }
        Ok(())
    }
}

/// The bytes of a text.
#[inline(always)]
fn raw<'a>(value: &Value<'a>, kind: Kind, name: &'static str) -> Result<&'a [u8], Error> {
    match *value {
        Value::Text(text) => Ok(text.as_bytes()),
        Value::Bytes(bytes) => Ok(bytes),
        _ => Err(misfit(value, kind, name)),
    }
}

/// What is wrong with bytes that were refused: first that they are no text, if they are none.
#[cold]
fn unless_utf8(bytes: &[u8], name: &'static str, error: Error) -> Error {
    utf8(bytes, name).err().unwrap_or(error)
}

/// The text of these bytes.
///
/// # Errors
/// [`ErrorCode::InvalidUtf8`] of this field.
#[inline]
pub fn utf8<'a>(bytes: &'a [u8], name: &'static str) -> Result<&'a str, Error> {
    std::str::from_utf8(bytes).map_err(|error| not_utf8(error, name))
}

#[cold]
fn not_utf8(error: Utf8Error, name: &'static str) -> Error {
    let byte = error.valid_up_to().saturating_add(1);
    ErrorCode::InvalidUtf8.of(name, format!("is not valid UTF-8 from byte {byte} on"))
}

/// Any bytes.
pub(super) fn any_text<'a>(value: &Value<'a>, kind: Kind, name: &'static str) -> Result<&'a [u8], Error> {
    let bytes = raw(value, kind, name)?;
    check_size(bytes, kind, name)?;
    Ok(bytes)
}

fn check_size(bytes: &[u8], kind: Kind, name: &'static str) -> Result<(), Error> {
    if bytes.len() > MAX_TEXT_SIZE { Err(too_long(bytes.len(), kind.row().code).in_field(name)) } else { Ok(()) }
}

/// The text of a user, a room or the like.
#[inline(always)]
fn user<'a>(value: &Value<'a>, kind: Kind, name: &'static str, strict: bool) -> Result<&'a [u8], Error> {
    let bytes = raw(value, kind, name)?;
    if strict {
        // The checked text is the same bytes, which are not read back from memory.
        match std::str::from_utf8(bytes) {
            Ok(text) => check_user(text, kind.row().code, name).map(drop)?,
            Err(error) => return Err(not_utf8(error, name)),
        }
    } else {
        check_size(bytes, kind, name)?;
    }
    Ok(bytes)
}

/// Whether a uid is to be read, rather than an account. The official builders tell them apart by what they are given.
#[inline]
fn takes_uid(value: &Value<'_>, kind: Kind, strict: bool) -> bool {
    match value {
        Value::Integer(_) if !strict => true,
        Value::Text(_) | Value::Bytes(_) if !strict => false,
        _ => kind == Kind::Uid,
    }
}

#[inline]
fn u32_of(value: &Value<'_>, kind: Kind, name: &'static str) -> Result<u32, Error> {
    integer(value, kind, name)
}

#[inline]
pub(super) fn integer<N: TryFrom<i128>>(value: &Value<'_>, kind: Kind, name: &'static str) -> Result<N, Error> {
    match *value {
        Value::Integer(number) => N::try_from(number).map_err(|_| misfit(value, kind, name)),
        _ => Err(misfit(value, kind, name)),
    }
}

#[inline]
pub(super) fn permissions<'a>(value: &Value<'a>, kind: Kind, name: &'static str) -> Result<&'a Permissions<'a>, Error> {
    match *value {
        Value::Permissions(permissions) => Ok(permissions),
        _ => Err(misfit(value, kind, name)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::ServiceKind;
    use crate::{UnverifiedToken, UnverifiedToken2};

    const APP_ID: &str = "970CA35de60c44645bbae8a215061b33";
    const CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3b";
    const STAMP: Stamp = Stamp { issue_ts: 1_700_000_000, salt: 1 };

    fn built(name: &str, manner: Manner, user: Value<'_>, role: Value<'_>) -> Result<String, Error> {
        let values = [APP_ID.into(), CERTIFICATE.into(), "room".into(), user, role, Value::Integer(1_700_000_000)];
        Builder::from_name(name).unwrap().build(&values, manner, || Ok(STAMP))
    }

    /// The account of a token, and the number of its privileges.
    fn rtc(token: &str) -> (String, usize) {
        let read = UnverifiedToken2::parse(token).unwrap();
        let service = &read.services()[0];
        let ServiceKind::Rtc { account, .. } = &service.kind else { panic!("no RTC service") };
        (account.to_str().unwrap().to_owned(), service.privileges.len())
    }

    #[test]
    fn officially_a_uid_and_an_account_stand_in_each_others_place() {
        for name in ["build_token2_with_uid", "build_token2_with_user_account"] {
            for (user, account) in [(Value::Integer(42), "42"), (Value::Integer(0), ""), ("me".into(), "me")] {
                let token = built(name, Manner::Official, user, 1u8.into()).unwrap();
                assert_eq!(rtc(&token), (account.to_owned(), 4));
            }
            for user in [Value::Integer(-1), Value::Integer(1 << 32), Value::Misfit("true")] {
                assert!(built(name, Manner::Official, user, 1u8.into()).is_err());
            }
        }
        assert!(built("build_token2_with_uid", Manner::Strict, "me".into(), 1u8.into()).is_err());
        assert!(built("build_token2_with_user_account", Manner::Strict, 42u8.into(), 1u8.into()).is_err());
    }

    #[test]
    fn officially_what_is_no_role_that_publishes_joins_only() {
        for role in [Value::Integer(-1), Value::Integer(3), "publisher".into(), Value::Misfit("null")] {
            let token = built("build_token2_with_uid", Manner::Official, 42u8.into(), role).unwrap();
            assert_eq!(rtc(&token).1, 1);
            let token = built("build_token_with_uid", Manner::Official, 42u8.into(), role).unwrap();
            assert_eq!(UnverifiedToken::parse(&token).unwrap().privileges().len(), 1);
            assert!(built("build_token2_with_uid", Manner::Strict, 42u8.into(), role).is_err());
        }
    }
}
