//! Every finding there is: one row each, from which the reference is made too.

use std::fmt;

use serde::Serialize;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing fails because of it.
    Note,
    /// Works now, and will surprise somebody.
    Warning,
    /// Enough to keep the user out, or from what the user came for.
    Error,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

macro_rules! findings {
    ($($variant:ident = $name:literal, $severity:ident, $certainty:literal, $meaning:literal, $fix:literal, $example:literal;)+) => {
        /// What the doctor can find, each with a stable name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum FindingCode {
            $(#[doc = $meaning] $variant,)+
        }

        impl FindingCode {
            /// The whole table.
            pub const ALL: &'static [FindingCode] = &[$(FindingCode::$variant,)+];

            /// The stable name, the same in every language.
            pub const fn name(self) -> &'static str {
                match self { $(FindingCode::$variant => $name,)+ }
            }

            /// How much it matters, unless the case at hand changes that.
            pub const fn severity(self) -> Severity {
                match self { $(FindingCode::$variant => Severity::$severity,)+ }
            }

            /// What it means, in general.
            pub const fn meaning(self) -> &'static str {
                match self { $(FindingCode::$variant => $meaning,)+ }
            }

            /// What to do about it.
            pub const fn fix(self) -> &'static str {
                match self { $(FindingCode::$variant => $fix,)+ }
            }

            /// A case in which it is found.
            pub const fn example(self) -> &'static str {
                match self { $(FindingCode::$variant => $example,)+ }
            }

            /// How surely it explains a failure to join, out of 100.
            pub(super) const fn certainty(self) -> u8 {
                match self { $(FindingCode::$variant => $certainty,)+ }
            }
        }
    };
}

findings! {
    NoToken = "NO_TOKEN", Error, 100,
        "There is no token at all, and a project whose certificate is enabled lets nobody in without one.",
        "Fetch a token from your server before joining, and pass the text it answers with. An empty text is also what the official libraries give back in place of an error: look there.",
        "the token is an empty text";
    TokenIsCredential = "TOKEN_IS_CREDENTIAL", Error, 100,
        "An App ID or an App Certificate was passed in the token's place.",
        "Pass the token. If it was the App Certificate that got here, a client has seen it: replace it in the console.",
        "the App Certificate is given for the token";
    TokenInJson = "TOKEN_IN_JSON", Error, 99,
        "The server's whole answer was passed on, not the token in it.",
        "Take the token out of the answer: parse the JSON and use its token member.",
        "{\"token\":\"007…\"} is given for the token";
    TokenPrefixed = "TOKEN_PREFIXED", Error, 99,
        "A token begins with its version, 006 or 007; what stood before it was passed on too.",
        "Pass the token alone, from its 006 or 007 on.",
        "Bearer 007… is given for the token";
    TokenQuoted = "TOKEN_QUOTED", Error, 99,
        "Quotes around the token were taken for a part of it.",
        "Remove the quotes: parse the JSON instead of cutting the text.",
        "\"007…\" with the quotes is given for the token";
    TokenHasBlanks = "TOKEN_HAS_BLANKS", Error, 99,
        "A token holds neither blanks nor newlines: they got in where it was copied, printed or read.",
        "Trim the text where it is read or copied; a line wrap in a terminal or a mail adds newlines too.",
        "the token ends in a newline";
    TokenUrlEncoded = "TOKEN_URL_ENCODED", Error, 99,
        "The token was URL-encoded and not decoded again, or decoded without having been encoded, which makes a blank of a plus sign.",
        "Encode and decode the token the same number of times on its way; best send it in a JSON body.",
        "the token holds %2B where a plus sign belongs";
    TokenUrlSafe = "TOKEN_URL_SAFE", Error, 99,
        "Tokens are in standard base64; something rewrote this one to the URL-safe alphabet.",
        "Leave the token as it was minted: + and / belong to it.",
        "the token holds - and _ where + and / belong";
    TokenTruncated = "TOKEN_TRUNCATED", Error, 98,
        "The end of the token is missing: something on its way keeps fewer characters than it has.",
        "Look for what cuts it: a database column, a log line, a buffer, a form field.",
        "the first 64 characters of a token are given";
    TokenHasExtra = "TOKEN_HAS_EXTRA", Error, 98,
        "What follows the token was taken for a part of it.",
        "Pass the token alone.",
        "a semicolon stands after the token";
    TokenOldGeneration = "TOKEN_OLD_GENERATION", Error, 97,
        "This is a dynamic key, of a generation before AccessToken that today's SDKs do not take.",
        "Mint an AccessToken2 (007); dynamic keys are no longer accepted.",
        "the token starts with 005";
    TokenDamaged = "TOKEN_DAMAGED", Error, 96,
        "Characters of the token were lost, added or changed on its way.",
        "Copy it again from where it was minted, and compare the two.",
        "two characters of the token are swapped";
    NotAToken = "NOT_A_TOKEN", Error, 96,
        "An Agora token begins with 006 or 007; this is something else.",
        "Pass the token that your server minted; it starts with 006 or 007.",
        "a JSON web token is given for the token";
    TokenNotWanted = "TOKEN_NOT_WANTED", Error, 95,
        "A project whose App Certificate is not enabled takes no tokens, and the client came with one.",
        "Enable the primary certificate in the console, or join without a token while testing.",
        "the SDK reports 119";
    SdkTooOld = "SDK_TOO_OLD", Error, 94,
        "The client's SDK is older than the token's generation and cannot read it.",
        "Update the SDK: AccessToken2 needs Web 4.8, native 4.0 (older documents say 3.5.2), Flutter 6.0 (4.2), RTM 1.5 (Web 1.4.6). Until then mint an AccessToken (006).",
        "a 007 token joins with Web SDK 4.7";
    TimestampIsLifetime = "TIMESTAMP_IS_LIFETIME", Error, 93,
        "AccessToken (006) wants the second at which it ends, counted from 1970. It was given a lifetime, and so ended in 1970.",
        "Give the AccessToken (006) builder the current Unix time plus the lifetime; or move on to AccessToken2, which takes the lifetime.",
        "an AccessToken was minted with 3600 for its expiry";
    AppIdIsCertificate = "APP_ID_IS_CERTIFICATE", Error, 92,
        "The App Certificate stands where the App ID belongs: the two look alike.",
        "Swap the two. A client that was given the certificate has seen a secret: replace it in the console.",
        "AGORA_APP_ID and AGORA_APP_CERTIFICATE are swapped";
    AppIdDiffers = "APP_ID_DIFFERS", Error, 91,
        "The token is for another project than the one the client joins, and is good for that one only.",
        "Use one App ID on both sides; look for a test project left on one of them.",
        "the client still has the App ID of the test project";
    AppIdInvalid = "APP_ID_INVALID", Error, 91,
        "An App ID is 32 hexadecimal digits, and this one is not.",
        "Copy it again from the console.",
        "the client joins with an App ID of 31 characters";
    CertificateHasBlanks = "CERTIFICATE_HAS_BLANKS", Error, 90,
        "A newline, blanks or quotes stand around the certificate. Signed with them no token is good; several official libraries answer with an empty text instead.",
        "Trim the certificate where the server reads it, and mint again. A text file ends in a newline, a settings file may keep its quotes.",
        "an AccessToken was signed with the certificate and the newline at the end of its file";
    CertificateCaseDiffers = "CERTIFICATE_CASE_DIFFERS", Error, 90,
        "The token was signed with the certificate in another letter case, which is another key: the case counts.",
        "Keep the certificate as the console shows it; something turns it into lower or upper case on the way to the minting server.",
        "a settings loader turned the certificate into upper case";
    SignatureMismatch = "SIGNATURE_MISMATCH", Error, 89,
        "The token was signed with another certificate than those that were given. The service knows those that the console shows.",
        "Mint with the project's current primary or secondary certificate: one that was deleted in the console no longer counts, nor does one of another project.",
        "the certificate was replaced in the console and not on the server";
    TokenExpired = "TOKEN_EXPIRED", Error, 88,
        "The token's lifetime is over, and the service refuses it.",
        "Fetch a new token before joining, and renew it at token-privilege-will-expire.",
        "a token of one hour is used after two";
    TokenNotYetValid = "TOKEN_NOT_YET_VALID", Error, 87,
        "The token was issued in the future: the clock of the server that minted it is ahead.",
        "Set the clock of the server that mints, by NTP.",
        "the server's clock is an hour ahead";
    RtmTokenForRtc = "RTM_TOKEN_FOR_RTC", Error, 86,
        "Joining a channel needs a token with the rtc service, and this one is for messaging.",
        "Mint with the RTC builder for joining a channel, or one token for both (buildTokenWithRtm).",
        "the token of the RTM builder is passed to join";
    RtcTokenForRtm = "RTC_TOKEN_FOR_RTM", Error, 86,
        "Logging in to messaging needs a token with the rtm service, and this one is for a channel.",
        "Mint with the RTM builder for logging in, or one token for both (buildTokenWithRtm).",
        "the token of the RTC builder is passed to login";
    ServiceMissing = "SERVICE_MISSING", Error, 85,
        "A token is good for the services that it carries, and the client uses it for another.",
        "Mint a token for that service.",
        "an FPA token is used for Chat";
    UserIsPlaceholder = "USER_IS_PLACEHOLDER", Error, 84,
        "The server minted for a value that was not there: the program made a name of its absence.",
        "Check the user on the server before minting: a missing value was turned into text.",
        "the token is for undefined";
    UserIsZeroText = "USER_IS_ZERO_TEXT", Error, 84,
        "Only the number 0 means any user. The text \"0\", as a query or a form gives it, is a user of that name.",
        "Turn the uid into a number before minting, or mint for any user by name.",
        "a query's uid=0 was passed on as text";
    SampleUser = "SAMPLE_USER", Warning, 83,
        "The uid of a sample program was left in where the server mints.",
        "Mint for the user who joins.",
        "uid 2882341273 of the official samples was left in";
    SampleChannel = "SAMPLE_CHANNEL", Warning, 83,
        "The channel of a sample program was left in where the server mints.",
        "Mint for the channel that is joined.",
        "channel 7d72365eb983485397e3e3f9d460bdda of the official samples was left in";
    ChannelDiffersInCase = "CHANNEL_DIFFERS_IN_CASE", Error, 82,
        "Token and client name the channel in different letter case, and the case counts.",
        "Use the same spelling on both sides.",
        "the token is for Room, the client joins room";
    ChannelDiffersInBlanks = "CHANNEL_DIFFERS_IN_BLANKS", Error, 82,
        "Token and client name the same channel but for blanks, and blanks count.",
        "Trim the name on both sides, or on neither.",
        "the token is for \"room \" with a blank";
    ChannelDiffers = "CHANNEL_DIFFERS", Error, 81,
        "A token lets into the channel that it names, and the client joins another.",
        "Mint for the channel that is joined, from one variable.",
        "the token is for lobby, the client joins room";
    AccountTokenForUid = "ACCOUNT_TOKEN_FOR_UID", Error, 80,
        "The token is for a user account and the client joins with a uid: two kinds of users, and a token for the one does not let in the other.",
        "Mint with the uid builder, or join with the account (joinChannelWithUserAccount, or a string uid on the Web).",
        "the token is for alice, the client joins with uid 42";
    UidTokenForAccount = "UID_TOKEN_FOR_ACCOUNT", Error, 80,
        "The token is for a uid and the client joins with a user account: two kinds of users, and a token for the one does not let in the other.",
        "Mint with the account builder, or join with the uid as a number.",
        "the token is for uid 42, the client joins as alice";
    UserDiffers = "USER_DIFFERS", Error, 79,
        "A token lets in the user that it names, and somebody else joins.",
        "Mint for the user who joins, and join as that user. A client that joins with uid 0 is given one by the service, so its token must be for any user.",
        "the token is for uid 42, the client joins with uid 43";
    PrivilegeMissing = "PRIVILEGE_MISSING", Error, 78,
        "The token does not grant what is needed to enter, whatever else it grants.",
        "Mint with a builder, or add the privilege to the service.",
        "an RTC service without joinChannel";
    PrivilegeExpired = "PRIVILEGE_EXPIRED", Error, 77,
        "A privilege that is needed ended before its token, and the token is of no use without it.",
        "Give the privilege the lifetime of the token, or 0.",
        "joinChannel lives for 60 seconds in a token of one hour";
    TokenTooLong = "TOKEN_TOO_LONG", Error, 76,
        "The token has more characters than the Web SDK takes, which are 2047.",
        "Put fewer resources into the permissions; name them by a pattern.",
        "an RTM2 token lists 80 channels by UUID";
    LifetimeIsTimestamp = "LIFETIME_IS_TIMESTAMP", Warning, 60,
        "AccessToken2 (007) wants seconds from now. It was given a Unix timestamp, and so says that it lives for decades.",
        "Give the builder the lifetime alone; do not add the current time.",
        "an AccessToken2 was minted with 1700003600 for its lifetime";
    SubscriberTokenForPublisher = "SUBSCRIBER_TOKEN_FOR_PUBLISHER", Warning, 59,
        "The client means to publish, and the token grants only joining: where the project enforces roles, nobody hears or sees the client.",
        "Mint with role 1 (publisher). Roles 0 and 101 of AccessToken are not publishers in AccessToken2.",
        "the token was minted with role 101 carried over from AccessToken";
    PrivilegeOutlivesToken = "PRIVILEGE_OUTLIVES_TOKEN", Warning, 50,
        "The SDK warns of the end of a privilege. A token that ends before its privileges ends without a warning, and the client is thrown out.",
        "Give the token and its privileges the same lifetime.",
        "a token of ten minutes with privileges of one hour";
    LifetimeOverADay = "LIFETIME_OVER_A_DAY", Warning, 49,
        "The service ends every token 24 hours after it was issued, whatever the token says.",
        "Mint for at most 86400 seconds and renew.",
        "a token minted for 7 days ends after one";
    ChatAppToken = "CHAT_APP_TOKEN", Warning, 48,
        "This Chat token is for a server: whoever holds it administrates Chat.",
        "Mint a Chat user token for a client, and keep this one on the server.",
        "a client logs in to Chat with an app token";
    CertificateInvalid = "CERTIFICATE_INVALID", Warning, 47,
        "An App Certificate is 32 hexadecimal digits, and one that was given is not.",
        "Copy it again from the console.",
        "a certificate of 31 characters is given";
    UnknownService = "UNKNOWN_SERVICE", Note, 30,
        "The token carries a service of a layout that this version does not know, so that what follows it was not read.",
        "Update this tool, or ask whoever minted the token.",
        "a token with a service of number 999";
    UnreadBytes = "UNREAD_BYTES", Note, 29,
        "Signed bytes follow the last service, and nobody knows what for.",
        "Ask whoever minted the token; the official libraries never write any.",
        "four bytes after the last service";
    CoHostNote = "CO_HOST_NOTE", Note, 20,
        "Publish privileges count only where co-host authentication is on for the project; where it is off, a subscriber's token publishes too.",
        "Turn co-host authentication on in the console if roles are to be enforced.",
        "a subscriber's token is used by a publisher";
    AnyUser = "ANY_USER", Note, 15,
        "The token lets in whoever holds it, under any user.",
        "Mint for one user unless that is meant.",
        "the token was minted for uid 0";
    AnyChannel = "ANY_CHANNEL", Note, 15,
        "The token lets into every channel of the project.",
        "Mint for one channel unless that is meant.",
        "the token was minted for channel *";
    SdkError = "SDK_ERROR", Note, 10,
        "The error that the client saw tells where to look: what agrees with it is ranked higher.",
        "Where nothing else is found, compare what the client really passes to the SDK, and the certificates in the console, with what was told here.",
        "the SDK reports 110";
    SignatureNotChecked = "SIGNATURE_NOT_CHECKED", Note, 5,
        "Without the App Certificate nobody can tell whether the signature is right.",
        "Give the certificate; it never shows in what is found.",
        "no certificate is given";
    UserNotChecked = "USER_NOT_CHECKED", Note, 4,
        "An AccessToken (006) carries only checksums of its channel and user: they can be compared with what the client joined with, and not be read.",
        "Give the channel and the uid or account.",
        "an AccessToken is diagnosed by itself";
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
