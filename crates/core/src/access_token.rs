//! AccessToken, "006": a channel and a user with absolute times.

use std::fmt;

use crate::bounds::Bounds;
use crate::credentials::{AppCertificate, AppId};
use crate::error::{Error, ErrorCode};
use crate::service::{HeldBy, PrivilegeRow, Privileges};
use crate::signature::{self, SIGNATURE_SIZE, Signature};
use crate::source::Stamp;
use crate::text::Text;
use crate::time::{DAY, UnixTime};
use crate::wire::{Reader, Writer, decode_base64, encode_base64, too_many_characters};

pub(crate) const VERSION: &str = "006";
const APP_ID_END: usize = 3 + 32;

/// Where the signed message begins in the content: after the signature, the two CRCs and the message's own length.
const MESSAGE_START: usize = 2 + SIGNATURE_SIZE + 4 + 4 + 2;

/// Bytes of the message without its privileges: salt, end and their number.
const MESSAGE_HEAD: usize = 4 + 4 + 2;

/// Bytes of one privilege: its number and its end.
const PRIVILEGE_SIZE: usize = 2 + 4;

macro_rules! privileges_006 {
    ($($variant:ident = $number:literal, $constant:literal, $name:literal, $about:literal;)+) => {
        /// The privileges of an AccessToken that the official libraries name and use.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        #[repr(u16)]
        pub enum Privilege006 {
            $(#[doc = $about] $variant = $number,)+
        }

        /// Every privilege of an AccessToken.
        #[doc(hidden)]
        pub const PRIVILEGES_006: &[PrivilegeRow] = &[$(PrivilegeRow {
            number: $number,
            constant: $constant,
            name: $name,
            about: $about,
            held_by: HeldBy::User,
        }),+];
    };
}

privileges_006! {
    JoinChannel = 1, "RTC_JOIN_CHANNEL", "joinChannel", "Join the channel.";
    PublishAudioStream = 2, "RTC_PUBLISH_AUDIO_STREAM", "publishAudioStream", "Publish audio.";
    PublishVideoStream = 3, "RTC_PUBLISH_VIDEO_STREAM", "publishVideoStream", "Publish video.";
    PublishDataStream = 4, "RTC_PUBLISH_DATA_STREAM", "publishDataStream", "Publish a data stream.";
    AdministrateChannel = 101, "006_ADMINISTRATE_CHANNEL", "administrateChannel", "Administrate the channel.";
    RtmLogin = 1000, "006_RTM_LOGIN", "rtmLogin", "Log in to real-time messaging.";
}

impl Privilege006 {
    /// The number on the wire.
    pub const fn number(self) -> u16 {
        self as u16
    }

    /// The name of a privilege in a decoded token's JSON, such as `joinChannel`.
    pub fn name(number: u16) -> Option<&'static str> {
        PRIVILEGES_006.iter().find(|row| row.number == number).map(|row| row.name)
    }
}

/// The mechanism of AccessToken: any channel and user with any privileges.
///
/// The format has a flaw that no implementation can mend: App ID, channel name and user are signed run together, so
/// the token for channel `room1` and user `23` is also signed for channel `room12` and user `3`. AccessToken2 does not
/// have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken<'a> {
    /// The project.
    pub app_id: AppId,
    /// The channel; the user ID in a real-time messaging token; empty for any channel.
    pub channel_name: Text<'a>,
    /// The user account or the uid's digits; empty for any user, and in a real-time messaging token.
    pub account: Text<'a>,
    /// Any number.
    pub salt: u32,
    /// When the token ends, Unix seconds. The official builders always set a day from now.
    pub expires_at: u32,
    /// What it grants until when, absolute Unix seconds; 0 for as long as the token.
    pub privileges: Privileges,
}

impl<'a> AccessToken<'a> {
    /// A token that grants nothing and ends a day after the stamp's time.
    pub fn new(app_id: AppId, channel_name: Text<'a>, account: Text<'a>, stamp: Stamp) -> AccessToken<'a> {
        let expires_at = stamp.issue_ts.saturating_add(DAY);
        AccessToken { app_id, channel_name, account, salt: stamp.salt, expires_at, privileges: Privileges::new() }
    }

    /// Grants a privilege until an absolute time.
    #[must_use]
    pub fn with_privilege(mut self, privilege: Privilege006, expired_ts: u32) -> AccessToken<'a> {
        self.privileges.set(privilege.number(), expired_ts);
        self
    }

    /// Signs and encodes the token.
    ///
    /// # Errors
    /// [`ErrorCode::TooManyEntries`] above 10,920 privileges, when the message no longer fits 65,535 bytes.
    pub fn build(&self, certificate: &AppCertificate) -> Result<String, Error> {
        let mut content = Writer::new();
        content.text(&[0; SIGNATURE_SIZE], ErrorCode::Internal)?;
        content.u32(crc32fast::hash(self.channel_name.as_bytes()));
        content.u32(crc32fast::hash(self.account.as_bytes()));
        let size = MESSAGE_HEAD.saturating_add(self.privileges.len().saturating_mul(PRIVILEGE_SIZE));
        content.u16(u16::try_from(size).map_err(|_| self.too_many())?);
        self.write_message(&mut content)?;
        let (head, message) = content.as_mut_slice().split_at_mut_checked(MESSAGE_START).ok_or(ErrorCode::Internal)?;
        let signature = self.sign(certificate, message);
        head.get_mut(2..).and_then(<[u8]>::first_chunk_mut).map(|room| *room = signature).ok_or(ErrorCode::Internal)?;
        Ok(encode_base64(&[VERSION, self.app_id.as_str()], content.as_slice()))
    }

    /// The signature that [`AccessToken::build`] puts into the token.
    ///
    /// # Errors
    /// [`ErrorCode::TooManyEntries`] above 65,535 privileges.
    pub fn signature(&self, certificate: &AppCertificate) -> Result<[u8; SIGNATURE_SIZE], Error> {
        let mut message = Writer::new();
        self.write_message(&mut message)?;
        Ok(self.sign(certificate, message.as_slice()))
    }

    #[cold]
    fn too_many(&self) -> Error {
        let reason = format!("are {}; an AccessToken carries at most 10920", self.privileges.len());
        ErrorCode::TooManyEntries.of("privileges", reason)
    }

    fn write_message(&self, writer: &mut Writer) -> Result<(), Error> {
        writer.u32(self.salt);
        writer.u32(self.expires_at);
        self.privileges.write(writer)
    }

    fn sign(&self, certificate: &AppCertificate, message: &[u8]) -> Signature {
        let (channel_name, account) = (self.channel_name.as_bytes(), self.account.as_bytes());
        signature::sign(certificate.as_bytes(), self.app_id.as_bytes(), channel_name, account, message)
    }

    /// The HMAC of an AccessToken over any parts, as the official `GenerateSignature` gives it: nothing is checked.
    pub fn generate_signature(
        app_certificate: &[u8],
        app_id: &[u8],
        channel_name: &[u8],
        account: &[u8],
        message: &[u8],
    ) -> [u8; SIGNATURE_SIZE] {
        signature::sign(app_certificate, app_id, channel_name, account, message)
    }
}

/// What an AccessToken says, which anybody could have written: believe it after [`UnverifiedToken::verify`].
///
/// Channel and user are not in it, only their CRC-32.
#[derive(Clone)]
pub struct UnverifiedToken {
    app_id: Vec<u8>,
    signature: Vec<u8>,
    channel_crc: u32,
    user_crc: u32,
    message: Vec<u8>,
    salt: u32,
    expires_at: u32,
    privileges: Privileges,
}

/// Without signature and salt, from which the token could be put together again.
impl fmt::Debug for UnverifiedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnverifiedToken")
            .field("app_id", &Text::from(self.app_id.as_slice()))
            .field("channel_crc", &self.channel_crc)
            .field("user_crc", &self.user_crc)
            .field("expires_at", &self.expires_at)
            .field("privileges", &self.privileges)
            .finish_non_exhaustive()
    }
}

impl UnverifiedToken {
    /// Reads a token without checking who signed it.
    ///
    /// # Errors
    /// [`ErrorCode::TokenVersion`], [`ErrorCode::TokenBase64`], [`ErrorCode::TokenTruncated`],
    /// [`ErrorCode::TokenTrailingBytes`], [`ErrorCode::TokenDuplicateKey`], [`ErrorCode::TokenTooLarge`].
    pub fn parse(token: &str) -> Result<UnverifiedToken, Error> {
        UnverifiedToken::parse_within(token, &Bounds::MECHANISM)
    }

    /// [`UnverifiedToken::parse`] within other bounds.
    ///
    /// # Errors
    /// As there.
    pub fn parse_within(token: &str, bounds: &Bounds) -> Result<UnverifiedToken, Error> {
        let text = token.strip_prefix(VERSION).ok_or_else(|| {
            ErrorCode::TokenVersion.because("the token does not start with 006, the version of AccessToken")
        })?;
        let Some((app_id, text)) = text.as_bytes().split_at_checked(APP_ID_END.saturating_sub(VERSION.len())) else {
            return Err(ErrorCode::TokenTruncated.because("the token ends inside the App ID"));
        };
        if text.len() > bounds.payload_size.saturating_mul(2) {
            return Err(too_many_characters(token));
        }
        decode_base64(text, APP_ID_END, |content| UnverifiedToken::from_content(app_id, content, bounds.entries))
    }

    fn from_content(app_id: &[u8], content: &[u8], entries: usize) -> Result<UnverifiedToken, Error> {
        let mut reader = Reader::new(content, entries);
        let signature = reader.bytes("signature")?.to_vec();
        let channel_crc = reader.u32("channel CRC")?;
        let user_crc = reader.u32("user CRC")?;
        let message = reader.bytes("message")?;
        refuse_rest(&reader, "content; no signature covers them")?;
        let mut reader = Reader::new(message, entries);
        let salt = reader.u32("salt")?;
        let expires_at = reader.u32("expiry")?;
        let privileges = Privileges::read(&mut reader)?;
        refuse_rest(&reader, "privileges")?;
        let (app_id, message) = (app_id.to_vec(), message.to_vec());
        Ok(UnverifiedToken { app_id, signature, channel_crc, user_crc, message, salt, expires_at, privileges })
    }

    /// Checks that the holder of this certificate signed this token for this channel and user. The text is what the
    /// token was minted with: no characters at all for any user. A real-time messaging token has its user ID for a
    /// channel name, and no user. Time is not looked at.
    ///
    /// # Errors
    /// [`ErrorCode::TokenAppId`], [`ErrorCode::ChannelMismatch`] and [`ErrorCode::UserMismatch`] by the CRCs,
    /// [`ErrorCode::SignatureMismatch`].
    pub fn verify(&self, certificate: &AppCertificate, channel_name: &[u8], account: &[u8]) -> Result<(), Error> {
        AppId::from_bytes(&self.app_id)
            .map_err(|error| ErrorCode::TokenAppId.because(format!("the token's App ID {}", error.reason())))?;
        if !self.is_for_channel(channel_name) {
            return Err(ErrorCode::ChannelMismatch.into());
        }
        if !self.is_for_user(account) {
            return Err(ErrorCode::UserMismatch.into());
        }
        if self.is_signed_with(certificate.as_bytes(), channel_name, account) {
            Ok(())
        } else {
            Err(ErrorCode::SignatureMismatch.into())
        }
    }

    /// Whether these bytes signed the token for this channel and user as a certificate does, be they one or not.
    pub(crate) fn is_signed_with(&self, certificate: &[u8], channel_name: &[u8], account: &[u8]) -> bool {
        let expected = signature::sign(certificate, &self.app_id, channel_name, account, &self.message);
        signature::matches(&expected, &self.signature)
    }

    /// Whether its privileges are known ones in ascending order, as all official libraries but PHP's and Perl's write
    /// them. What else stands there may be a part of the account that its holder moved: both are signed run together.
    pub(crate) fn is_unambiguous(&self) -> bool {
        let entries = self.message.get(MESSAGE_HEAD..).unwrap_or_default().chunks_exact(PRIVILEGE_SIZE);
        let numbers = entries.map(|entry| entry.first_chunk().map_or(0, |number| u16::from_le_bytes(*number)));
        numbers.clone().is_sorted() && numbers.into_iter().all(|number| Privilege006::name(number).is_some())
    }

    pub(crate) fn is_for_channel(&self, channel_name: &[u8]) -> bool {
        crc32fast::hash(channel_name) == self.channel_crc
    }

    pub(crate) fn is_for_user(&self, account: &[u8]) -> bool {
        crc32fast::hash(account) == self.user_crc
    }

    /// The App ID as received; 32 hexadecimal digits in a token that can be valid.
    pub fn app_id(&self) -> &[u8] {
        &self.app_id
    }

    /// The signature as received; 32 bytes in a token that can be valid.
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// CRC-32 of the channel name; 0 for the empty name.
    pub fn channel_crc(&self) -> u32 {
        self.channel_crc
    }

    /// CRC-32 of the user account; 0 for the empty account, which means any user.
    pub fn user_crc(&self) -> u32 {
        self.user_crc
    }

    /// The signed message as received: salt, expiry, privileges.
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// The salt.
    pub fn salt(&self) -> u32 {
        self.salt
    }

    /// When the token says it ends.
    pub fn expires_at(&self) -> UnixTime {
        UnixTime::from_secs(u64::from(self.expires_at))
    }

    /// What it grants until when, absolute Unix seconds; 0 for as long as the token.
    pub fn privileges(&self) -> &Privileges {
        &self.privileges
    }
}

fn refuse_rest(reader: &Reader<'_>, what: &str) -> Result<(), Error> {
    match reader.rest().len() {
        0 => Ok(()),
        1 => Err(ErrorCode::TokenTrailingBytes.because(format!("1 byte follows the token's {what}"))),
        rest => Err(ErrorCode::TokenTrailingBytes.because(format!("{rest} bytes follow the token's {what}"))),
    }
}
