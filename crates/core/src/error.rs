//! Why a call was refused: one table of codes, and the error that carries a code, a field and a reason.

use std::borrow::Cow;
use std::ffi::CStr;
use std::fmt;

/// Each row: the variant with its number, its name in every language, the field it speaks of, and what it says. After
/// `:` the text continues the name of the field; after `,` it is a sentence of its own.
macro_rules! error_codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $number:literal, $name:literal, $field:tt $joined:tt $reason:tt;)+) => {
        /// Every reason this project refuses something for. The numbers are the C ABI's `agora_status`:
        /// explicit, grouped in families of ten, never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[repr(i32)]
        pub enum ErrorCode {
            $($(#[doc = $doc])+ $variant = $number,)+
        }

        impl ErrorCode {
            /// The whole table, in ascending order of number.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$variant,)+];

            /// The stable name, the same in every language, such as `INVALID_APP_ID`.
            pub const fn name(self) -> &'static str {
                match self { $(ErrorCode::$variant => $name,)+ }
            }

            /// The argument or token field this code speaks of, by its name in the API; empty when there is none.
            pub const fn field(self) -> &'static str {
                match self { $(ErrorCode::$variant => $field,)+ }
            }

            /// One static English sentence. The reason in an [`Error`] says more.
            pub const fn message(self) -> &'static str {
                match self { $(ErrorCode::$variant => sentence!($field $joined $reason),)+ }
            }

            /// The documentation of this code, one sentence.
            #[doc(hidden)]
            pub const fn about(self) -> &'static str {
                match self { $(ErrorCode::$variant => concat!($($doc),+),)+ }
            }

            /// What [`ErrorCode::into_error`] gives for a reason.
            const fn reason(self) -> &'static str {
                match self { $(ErrorCode::$variant => $reason,)+ }
            }

            /// [`ErrorCode::name`], [`ErrorCode::field`] and [`ErrorCode::message`] for C.
            pub const fn c_texts(self) -> [&'static CStr; 3] {
                match self {
                    $(ErrorCode::$variant => {
                        [c_text!($name), c_text!($field), c_text!(sentence!($field $joined $reason))]
                    })+
                }
            }
        }
    };
}

macro_rules! sentence {
    ($field:tt : $reason:tt) => {
        concat!($field, " ", $reason)
    };
    ($field:tt , $reason:tt) => {
        $reason
    };
}

macro_rules! c_text {
    ($($text:tt)+) => {
        // Without the block each text would be checked anew whenever it is asked for.
        const {
            match CStr::from_bytes_with_nul(concat!($($text)+, "\0").as_bytes()) {
                Ok(text) => text,
                Err(_) => c"",
            }
        }
    };
}

error_codes! {
    /// A pointer argument of the C ABI is NULL.
    NullArgument = 1, "NULL_ARGUMENT", "", "an argument that must not be NULL is NULL";
    /// A text given to the C functions is not UTF-8.
    InvalidUtf8 = 2, "INVALID_UTF8", "", "a text argument is not valid UTF-8";
    /// A text given to agora_token.hpp holds a NUL byte, which would cut it short.
    NulInText = 3, "NUL_IN_TEXT", "", "a text argument holds a NUL byte";
    /// A bug in this library, caught at the boundary.
    Internal = 4, "INTERNAL", "", "internal error: please report it";
    /// The operating system gave no random bytes for the salt.
    RandomSourceFailed = 5, "RANDOM_SOURCE_FAILED", "salt": "could not be drawn: the operating system's random source failed";
    /// The system clock does not fit the format's 32 bits of Unix seconds.
    ClockOutOfRange = 6, "CLOCK_OUT_OF_RANGE", "issue_ts": "could not be read: the system clock is before 1970 or after 2106";
    /// An index or a field number that the handle does not have.
    IndexOutOfRange = 7, "INDEX_OUT_OF_RANGE", "index": "is of no service, privilege, permission, resource or field";

    /// App ID: 32 hexadecimal digits.
    InvalidAppId = 10, "INVALID_APP_ID", "app_id": "must be 32 hexadecimal digits";
    /// App Certificate: 32 hexadecimal digits.
    InvalidAppCertificate = 11, "INVALID_APP_CERTIFICATE", "app_certificate": "must be 32 hexadecimal digits";

    /// Channel name: 1 to 63 bytes of the documented characters, neither blank nor "*".
    InvalidChannelName = 20, "INVALID_CHANNEL_NAME", "channel_name": "must be 1 to 63 bytes of the documented characters and not the wildcard \"*\"";
    /// Uid: an integer from 0 to 4,294,967,295.
    InvalidUid = 21, "INVALID_UID", "uid": "must be an integer from 0 to 4294967295";
    /// User account: 1 to 255 bytes.
    InvalidUserAccount = 22, "INVALID_USER_ACCOUNT", "user_account": "must be 1 to 255 bytes";
    /// RTM or Chat user ID: 1 to 255 bytes.
    InvalidUserId = 23, "INVALID_USER_ID", "user_id": "must be 1 to 255 bytes";
    /// APaaS room UUID: 1 to 255 bytes.
    InvalidRoomUuid = 24, "INVALID_ROOM_UUID", "room_uuid": "must be 1 to 255 bytes";
    /// APaaS user UUID: 1 to 255 bytes.
    InvalidUserUuid = 25, "INVALID_USER_UUID", "user_uuid": "must be 1 to 255 bytes";
    /// A resource of an RTM2 permission is longer than the format carries.
    InvalidPermissions = 26, "INVALID_PERMISSIONS", "permissions": "must hold resources of at most 65535 bytes";

    /// Role: 0, 1, 2 or 101 in AccessToken, 1 or 2 in AccessToken2.
    InvalidRole = 30, "INVALID_ROLE", "role": "must be 1 (publisher) or 2 (subscriber); AccessToken also knows 0 and 101";

    /// A token that expires the moment it is made.
    TokenExpireZero = 40, "TOKEN_EXPIRE_ZERO", "token_expire": "must be above 0: it is a lifetime in seconds";
    /// A lifetime from 10^9 seconds on.
    TokenExpireLooksLikeTimestamp = 41, "TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP", "token_expire": "looks like a Unix timestamp; AccessToken2 takes seconds from now";
    /// A privilege lifetime from 10^9 seconds on.
    PrivilegeExpireLooksLikeTimestamp = 42, "PRIVILEGE_EXPIRE_LOOKS_LIKE_TIMESTAMP", "privilege_expire": "looks like a Unix timestamp; AccessToken2 takes seconds from now";
    /// An absolute time below 10^9 that is not 0.
    PrivilegeExpiredTsLooksLikeDuration = 43, "PRIVILEGE_EXPIRED_TS_LOOKS_LIKE_DURATION", "privilege_expired_ts": "looks like a duration; AccessToken takes absolute Unix seconds";
    /// A lifetime that is no whole number of seconds from 0 to 4,294,967,295.
    InvalidLifetime = 44, "INVALID_LIFETIME", "token_expire": "must be a whole number of seconds from 0 to 4294967295";
    /// A Unix time that is no whole number of seconds from 0 to 4,294,967,295.
    InvalidTimestamp = 45, "INVALID_TIMESTAMP", "issue_ts": "must be a whole number of seconds from 0 to 4294967295";
    /// A salt that is no integer from 0 to 4,294,967,295.
    InvalidSalt = 46, "INVALID_SALT", "salt": "must be an integer from 0 to 4294967295";

    /// A lifetime over 24 hours that was not asked for by name.
    LifetimeOverADay = 47, "LIFETIME_OVER_A_DAY", "lifetime": "must be at most 86400 seconds (24 hours) unless longer ones are allowed by name";

    /// AccessToken2 needs at least one service.
    NoServices = 50, "NO_SERVICES", "services": "must hold at least one service";
    /// More than 65,535 services, privileges, permissions or resources.
    TooManyEntries = 51, "TOO_MANY_ENTRIES", "services": "must be at most 65535, and so must privileges, permissions and resources";
    /// Larger than 1,048,576 bytes.
    PayloadTooLarge = 52, "PAYLOAD_TOO_LARGE", "services": "would take more than 1048576 bytes in the token";

    /// More characters than the Web SDK takes, not allowed by name.
    TokenTooLong = 53, "TOKEN_TOO_LONG", "token": "has more than 2047 characters, which the Web SDK refuses; allow it by name where no browser joins";

    /// The text does not start with the version asked for.
    TokenVersion = 60, "TOKEN_VERSION", "token", "the token does not start with a version this call reads";
    /// What follows the version is not strict standard base64.
    TokenBase64 = 61, "TOKEN_BASE64", "token", "the token is not strict standard base64 with padding";
    /// The decoded bytes are not one whole zlib stream.
    TokenCompression = 62, "TOKEN_COMPRESSION", "token", "the token does not hold one complete zlib stream";
    /// The token is larger than is read: see [`crate::Bounds`].
    TokenTooLarge = 63, "TOKEN_TOO_LARGE", "token", "the token inflates to more bytes, or holds more entries, than are read";
    /// The content ends inside a field.
    TokenTruncated = 64, "TOKEN_TRUNCATED", "token", "the token ends in the middle of a field";
    /// A privilege or permission that stands twice: readers disagree on which one counts.
    TokenDuplicateKey = 65, "TOKEN_DUPLICATE_KEY", "token", "the token holds the same privilege or permission twice";
    /// Bytes that no signature covers follow the content.
    TokenTrailingBytes = 66, "TOKEN_TRAILING_BYTES", "token", "bytes follow the end of the token's content";
    /// The token carries an App ID that is not 32 hexadecimal digits.
    TokenAppId = 67, "TOKEN_APP_ID", "app_id", "the token's App ID is not 32 hexadecimal digits";

    /// An AccessToken whose privileges are unknown or descend: what is signed can be read in another way.
    TokenAmbiguous = 68, "TOKEN_AMBIGUOUS", "privileges", "the token's privileges are unknown or out of order, so that what is signed may be another token's";

    /// No given certificate signed this token.
    SignatureMismatch = 70, "SIGNATURE_MISMATCH", "signature", "the signature does not match the App Certificate";
    /// The token is for another channel.
    ChannelMismatch = 71, "CHANNEL_MISMATCH", "channel_name", "the token is for another channel";
    /// The token is for another user.
    UserMismatch = 72, "USER_MISMATCH", "user_account", "the token is for another user";
    /// The token's lifetime is over.
    TokenExpired = 73, "TOKEN_EXPIRED", "expire", "the token has expired";
    /// The issue timestamp is in the future.
    TokenIssuedInFuture = 74, "TOKEN_ISSUED_IN_FUTURE", "issue_ts", "the token was issued in the future";
    /// The token is for another App ID.
    AppIdMismatch = 75, "APP_ID_MISMATCH", "app_id", "the token is for another App ID";
    /// The token does not carry the service asked for.
    ServiceMissing = 76, "SERVICE_MISSING", "services", "the token does not carry the service";
    /// The service does not grant the privilege asked for.
    PrivilegeMissing = 77, "PRIVILEGE_MISSING", "privileges", "the token does not grant the privilege";
    /// The privilege's lifetime is over.
    PrivilegeExpired = 78, "PRIVILEGE_EXPIRED", "privileges", "the privilege has expired";
    /// An AccessToken's signature covers channel and user without carrying them.
    ChannelAndUserRequired = 79, "CHANNEL_AND_USER_REQUIRED", "channel_name", "an AccessToken (006) can be verified only with its channel name and user";
}

impl ErrorCode {
    /// The code with this number, if the table has it.
    pub fn from_number(number: i32) -> Option<ErrorCode> {
        Self::ALL.iter().copied().find(|code| code.number() == number)
    }

    /// The number in the C ABI.
    pub const fn number(self) -> i32 {
        self as i32
    }

    /// Whether it speaks of an argument of the call, not of the token that was read: the numbers 1 to 59.
    pub const fn is_of_argument(self) -> bool {
        self.number() < FIRST_OF_TOKENS
    }

    /// An error with this code's own field and message.
    pub fn into_error(self) -> Error {
        Error { code: self, field: self.field(), reason: Cow::Borrowed(self.reason()) }
    }

    /// An error of the code's own field.
    pub(crate) fn because(self, reason: impl Into<Cow<'static, str>>) -> Error {
        self.of(self.field(), reason)
    }

    /// An error of this field. Of an argument the reason continues its name: "has 64 bytes, at most 63 expected".
    #[doc(hidden)]
    pub fn of(self, field: &'static str, reason: impl Into<Cow<'static, str>>) -> Error {
        Error { code: self, field, reason: reason.into() }
    }
}

/// From here on a code speaks of a token.
const FIRST_OF_TOKENS: i32 = 60;

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A refusal: what kind, of which field, and why. `Display` puts field and reason together.
///
/// The text never holds an App Certificate, a token, or a part of either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    code: ErrorCode,
    field: &'static str,
    reason: Cow<'static, str>,
}

impl Error {
    /// What kind of refusal this is.
    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// The argument or token field at fault, by its name in the API; empty when there is none.
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// Why, without the field's name. Of an argument ([`ErrorCode::is_of_argument`]) it continues that name, as in
    /// `channel_name` "has 64 bytes, at most 63 expected"; of a token, and where there is no field, it is a sentence.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The whole sentence, with the field under the name that a caller knows it by.
    pub fn sentence(&self, field: &str) -> String {
        if field.is_empty() || !self.code.is_of_argument() {
            self.reason.clone().into_owned()
        } else {
            format!("{field} {}", self.reason)
        }
    }

    /// The same refusal of another field.
    #[doc(hidden)]
    #[must_use]
    pub fn in_field(mut self, field: &'static str) -> Error {
        self.field = field;
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(self.field))
    }
}

impl std::error::Error for Error {}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Error {
        code.into_error()
    }
}
