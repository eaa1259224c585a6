//! Why a call was refused: one table of codes, and the error that carries a code, a field and a reason.

use std::borrow::Cow;
use std::convert::Infallible;
use std::ffi::CStr;
use std::fmt;
use std::num::NonZeroU16;

/// Each row: the variant with its number, whose fault it is, its name in every language, the field it speaks of, and what it says. After
/// `:` the text continues the name of the field; after `,` it is a sentence of its own.
macro_rules! error_codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $number:literal, $fault:ident, $name:literal, $field:tt $joined:tt $reason:tt;)+) => {
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

            /// Who can do something about it.
            pub const fn fault(self) -> Fault {
                match self { $(ErrorCode::$variant => Fault::$fault,)+ }
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
    NullArgument = 1, Configuration, "NULL_ARGUMENT", "", "an argument that must not be NULL is NULL";
    /// A text given to the C functions is not UTF-8.
    InvalidUtf8 = 2, Caller, "INVALID_UTF8", "", "a text argument is not valid UTF-8";
    /// A text given to agora_token.hpp holds a NUL byte, which would cut it short.
    NulInText = 3, Caller, "NUL_IN_TEXT", "", "a text argument holds a NUL byte";
    /// A bug in this library, caught at the boundary.
    Internal = 4, System, "INTERNAL", "", "internal error: please report it";
    /// The operating system gave no random bytes for the salt.
    RandomSourceFailed = 5, System, "RANDOM_SOURCE_FAILED", "salt": "could not be drawn: the operating system's random source failed";
    /// The system clock does not fit the format's 32 bits of Unix seconds.
    ClockOutOfRange = 6, System, "CLOCK_OUT_OF_RANGE", "clock": "could not be read: the system clock is before 1970 or after 2106";
    /// An index or a field number that the handle does not have.
    IndexOutOfRange = 7, Configuration, "INDEX_OUT_OF_RANGE", "index": "is of no service, privilege, permission, resource or field";

    /// A named option that there is not, a question about a token that is asked twice with two answers, or a table that
    /// cannot be used.
    UnknownOption = 8, Configuration, "UNKNOWN_OPTION", "options", "there is no such option";

    /// App ID: 32 hexadecimal digits.
    InvalidAppId = 10, Configuration, "INVALID_APP_ID", "app_id": "must be 32 hexadecimal digits";
    /// App Certificate: 32 hexadecimal digits.
    InvalidAppCertificate = 11, Configuration, "INVALID_APP_CERTIFICATE", "app_certificate": "must be 32 hexadecimal digits";

    /// Channel name: 1 to 63 bytes of the documented characters, neither blank nor "*".
    InvalidChannelName = 20, Caller, "INVALID_CHANNEL_NAME", "channel_name": "must be 1 to 63 bytes of the documented characters and not the wildcard \"*\"";
    /// Uid: an integer from 0 to 4,294,967,295.
    InvalidUid = 21, Caller, "INVALID_UID", "uid": "must be an integer from 0 to 4294967295";
    /// User account: 1 to 255 bytes.
    InvalidUserAccount = 22, Caller, "INVALID_USER_ACCOUNT", "user_account": "must be 1 to 255 bytes without control characters, and not \"*\"";
    /// RTM or Chat user ID: 1 to 255 bytes.
    InvalidUserId = 23, Caller, "INVALID_USER_ID", "user_id": "must be 1 to 255 bytes without control characters, and not \"*\"";
    /// APaaS room UUID: 1 to 255 bytes.
    InvalidRoomUuid = 24, Caller, "INVALID_ROOM_UUID", "room_uuid": "must be 1 to 255 bytes without control characters, and not \"*\"";
    /// APaaS user UUID: 1 to 255 bytes.
    InvalidUserUuid = 25, Caller, "INVALID_USER_UUID", "user_uuid": "must be 1 to 255 bytes without control characters, and not \"*\"";
    /// A resource of an RTM2 permission is longer than the format carries.
    InvalidPermissions = 26, Configuration, "INVALID_PERMISSIONS", "permissions": "must hold resources of at most 65535 bytes";

    /// Role: 0, 1, 2 or 101 in AccessToken, 1 or 2 in AccessToken2.
    InvalidRole = 30, Caller, "INVALID_ROLE", "role": "must be 1 (publisher) or 2 (subscriber); AccessToken also knows 0 and 101";

    /// A token that expires the moment it is made.
    TokenExpireZero = 40, Configuration, "TOKEN_EXPIRE_ZERO", "token_expire": "must be above 0: it is a lifetime in seconds";
    /// A lifetime from 10^9 seconds on.
    TokenExpireLooksLikeTimestamp = 41, Configuration, "TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP", "token_expire": "looks like a Unix timestamp; AccessToken2 takes seconds from now";
    /// A privilege lifetime from 10^9 seconds on.
    PrivilegeExpireLooksLikeTimestamp = 42, Configuration, "PRIVILEGE_EXPIRE_LOOKS_LIKE_TIMESTAMP", "privilege_expire": "looks like a Unix timestamp; AccessToken2 takes seconds from now";
    /// An absolute time below 10^9 that is not 0.
    PrivilegeExpiredTsLooksLikeDuration = 43, Configuration, "PRIVILEGE_EXPIRED_TS_LOOKS_LIKE_DURATION", "privilege_expired_ts": "looks like a duration; AccessToken takes absolute Unix seconds";
    /// A lifetime that is no whole number of seconds from 0 to 4,294,967,295.
    InvalidLifetime = 44, Configuration, "INVALID_LIFETIME", "token_expire": "must be a whole number of seconds from 0 to 4294967295";
    /// A Unix time that is no whole number of seconds from 0 to 4,294,967,295.
    InvalidTimestamp = 45, Configuration, "INVALID_TIMESTAMP", "issue_ts": "must be a whole number of seconds from 0 to 4294967295";
    /// A salt that is no integer from 0 to 4,294,967,295.
    InvalidSalt = 46, Configuration, "INVALID_SALT", "salt": "must be an integer from 0 to 4294967295";

    /// A lifetime over 24 hours that was not asked for by name.
    LifetimeOverADay = 47, Configuration, "LIFETIME_OVER_A_DAY", "lifetime": "must be at most 86400 seconds (24 hours) unless longer ones are allowed by name";

    /// AccessToken2 needs at least one service.
    NoServices = 50, Configuration, "NO_SERVICES", "services": "must hold at least one service";
    /// More than 65,535 services, privileges, permissions or resources.
    TooManyEntries = 51, Configuration, "TOO_MANY_ENTRIES", "services": "must be at most 65535, and so must privileges, permissions and resources";
    /// Larger than 1,048,576 bytes.
    PayloadTooLarge = 52, Configuration, "PAYLOAD_TOO_LARGE", "services": "would take more than 1048576 bytes in the token";

    /// More characters than the Web SDK takes, not allowed by name.
    TokenTooLong = 53, Configuration, "TOKEN_TOO_LONG", "token": "has more than 2047 characters, which the Web SDK refuses; allow it by name where no browser joins";

    /// The text does not start with the version asked for.
    TokenVersion = 60, Caller, "TOKEN_VERSION", "token", "the token does not start with a version this call reads";
    /// What follows the version is not strict standard base64.
    TokenBase64 = 61, Caller, "TOKEN_BASE64", "token", "the token is not strict standard base64 with padding";
    /// The decoded bytes are not one whole zlib stream.
    TokenCompression = 62, Caller, "TOKEN_COMPRESSION", "token", "the token does not hold one complete zlib stream";
    /// The token is larger than is read: see [`crate::Bounds`].
    TokenTooLarge = 63, Caller, "TOKEN_TOO_LARGE", "token", "the token inflates to more bytes, or holds more entries, than are read";
    /// The content ends inside a field.
    TokenTruncated = 64, Caller, "TOKEN_TRUNCATED", "token", "the token ends in the middle of a field";
    /// A privilege or permission that stands twice: readers disagree on which one counts.
    TokenDuplicateKey = 65, Caller, "TOKEN_DUPLICATE_KEY", "token", "the token holds the same privilege or permission twice";
    /// Bytes that no signature covers follow the content.
    TokenTrailingBytes = 66, Caller, "TOKEN_TRAILING_BYTES", "token", "bytes follow the end of the token's content";
    /// The token carries an App ID that is not 32 hexadecimal digits.
    TokenAppId = 67, Caller, "TOKEN_APP_ID", "app_id", "the token's App ID is not 32 hexadecimal digits";

    /// An AccessToken whose privileges are unknown or descend: what is signed can be read in another way.
    TokenAmbiguous = 68, Caller, "TOKEN_AMBIGUOUS", "privileges", "the token's privileges are unknown or out of order, so that what is signed may be another token's";

    /// No given certificate signed this token.
    SignatureMismatch = 70, Caller, "SIGNATURE_MISMATCH", "signature", "the signature does not match the App Certificate";
    /// The token is for another channel.
    ChannelMismatch = 71, Caller, "CHANNEL_MISMATCH", "channel", "the token is for another channel";
    /// The token is for another user.
    UserMismatch = 72, Caller, "USER_MISMATCH", "user", "the token is for another user";
    /// The token's lifetime is over.
    TokenExpired = 73, Caller, "TOKEN_EXPIRED", "expires_at", "the token has expired";
    /// The issue timestamp is in the future.
    TokenIssuedInFuture = 74, Caller, "TOKEN_ISSUED_IN_FUTURE", "issued_at", "the token was issued in the future";
    /// The token is for another App ID.
    AppIdMismatch = 75, Caller, "APP_ID_MISMATCH", "app_id", "the token is for another App ID";
    /// The token does not carry the service asked for.
    ServiceMissing = 76, Caller, "SERVICE_MISSING", "service", "the token does not carry the service";
    /// The service does not grant the privilege asked for.
    PrivilegeMissing = 77, Caller, "PRIVILEGE_MISSING", "privilege", "the token does not grant the privilege";
    /// The privilege's lifetime is over.
    PrivilegeExpired = 78, Caller, "PRIVILEGE_EXPIRED", "privilege", "the privilege has expired";
    /// An AccessToken's signature covers channel and user without carrying them.
    ChannelAndUserRequired = 79, Configuration, "CHANNEL_AND_USER_REQUIRED", "channel", "an AccessToken (006) can be verified only with its channel name and user";
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

    /// Whether it speaks of a text that could not be read as a token, rather than of what the token says.
    pub const fn is_of_reading(self) -> bool {
        FIRST_OF_TOKENS <= self.number() && self.number() <= ErrorCode::TokenTrailingBytes.number()
    }

    /// The HTTP status with which a server answers a request that this refuses.
    pub const fn http_status(self) -> u16 {
        match self.fault() {
            Fault::Configuration => 500,
            Fault::System => 503,
            Fault::Caller => match self {
                ErrorCode::ChannelMismatch
                | ErrorCode::UserMismatch
                | ErrorCode::ServiceMissing
                | ErrorCode::PrivilegeMissing
                | ErrorCode::PrivilegeExpired => 403,
                _ if self.is_of_argument() => 400,
                _ => 401,
            },
        }
    }

    /// An error with this code's own field and message.
    pub fn into_error(self) -> Error {
        Error { code: self, field: self.field(), reason: Cow::Borrowed(self.reason()), service: None }
    }

    /// An error of the code's own field.
    pub(crate) fn because(self, reason: impl Into<Cow<'static, str>>) -> Error {
        self.of(self.field(), reason)
    }

    /// An error of this field. Of an argument the reason continues its name: "has 64 bytes, at most 63 expected".
    #[doc(hidden)]
    pub fn of(self, field: &'static str, reason: impl Into<Cow<'static, str>>) -> Error {
        Error { code: self, field, reason: reason.into(), service: None }
    }
}

/// Who can do something about a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Whoever asked: a channel, a user or a token that came from outside. To be answered as a bad request, or as
    /// unauthorized where it is about a token.
    Caller,
    /// Whoever runs or wrote the server: credentials, lifetimes, options. Not to be told to a client.
    Configuration,
    /// The machine, or a bug in this library: worth another try, and a look.
    System,
}

impl Fault {
    /// All of them.
    pub const ALL: [Fault; 3] = [Fault::Caller, Fault::Configuration, Fault::System];

    /// `caller`, `configuration` or `system`, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Fault::Caller => "caller",
            Fault::Configuration => "configuration",
            Fault::System => "system",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
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
    service: Option<NonZeroU16>,
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

    /// Who can do something about it.
    pub fn fault(&self) -> Fault {
        self.code.fault()
    }

    /// The number of the service in the token that the refusal is about, where it is about one.
    pub fn service(&self) -> Option<u16> {
        self.service.map(NonZeroU16::get)
    }

    /// The same refusal, of this service.
    pub(crate) fn of_service(mut self, service: u16) -> Error {
        self.service = NonZeroU16::new(service);
        self
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

/// What cannot be refused is not.
impl From<Infallible> for Error {
    fn from(never: Infallible) -> Error {
        match never {}
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Error {
        code.into_error()
    }
}
