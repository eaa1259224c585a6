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
        "There is no token at all.",
        "Fetch a token from your server before joining, and pass the text it answers with. An empty text is also what the official libraries give back in place of an error: look there.",
        "the token is an empty text";
    TokenIsCredential = "TOKEN_IS_CREDENTIAL", Error, 100,
        "An App ID or an App Certificate stands where the token belongs.",
        "Pass the token. If it was the App Certificate that got here, a client has seen it: replace it in the console.",
        "the App Certificate is given for the token";
    TokenInJson = "TOKEN_IN_JSON", Error, 99,
        "The server's whole answer stands where the token belongs.",
        "Take the token out of the answer: parse the JSON and use its token member.",
        "{\"token\":\"007…\"} is given for the token";
    TokenPrefixed = "TOKEN_PREFIXED", Error, 99,
        "Something stands before the token.",
        "Pass the token alone, from its 006 or 007 on.",
        "Bearer 007… is given for the token";
    TokenQuoted = "TOKEN_QUOTED", Error, 99,
        "The token is in quotes.",
        "Remove the quotes: parse the JSON instead of cutting the text.",
        "\"007…\" with the quotes is given for the token";
    TokenHasBlanks = "TOKEN_HAS_BLANKS", Error, 99,
        "The token holds blanks or newlines.",
        "Trim the text where it is read or copied; a line wrap in a terminal or a mail adds newlines too.",
        "the token ends in a newline";
    TokenUrlEncoded = "TOKEN_URL_ENCODED", Error, 99,
        "The token is URL-encoded, or a plus sign in it was decoded to a blank.",
        "Encode and decode the token the same number of times on its way; best send it in a JSON body.",
        "the token holds %2B where a plus sign belongs";
    TokenUrlSafe = "TOKEN_URL_SAFE", Error, 99,
        "The token was rewritten to the URL-safe base64 alphabet.",
        "Leave the token as it was minted: + and / belong to it.",
        "the token holds - and _ where + and / belong";
    TokenTruncated = "TOKEN_TRUNCATED", Error, 98,
        "The end of the token is missing.",
        "Look for what cuts it: a database column, a log line, a buffer, a form field.",
        "the first 64 characters of a token are given";
    TokenHasExtra = "TOKEN_HAS_EXTRA", Error, 98,
        "More follows the end of the token.",
        "Pass the token alone.",
        "a semicolon stands after the token";
    TokenOldGeneration = "TOKEN_OLD_GENERATION", Error, 97,
        "This is a dynamic key of a generation before AccessToken.",
        "Mint an AccessToken2 (007); dynamic keys are no longer accepted.",
        "the token starts with 005";
    TokenDamaged = "TOKEN_DAMAGED", Error, 96,
        "Characters of the token were lost, added or changed.",
        "Copy it again from where it was minted, and compare the two.",
        "two characters of the token are swapped";
    NotAToken = "NOT_A_TOKEN", Error, 96,
        "This is no Agora token.",
        "Pass the token that your server minted; it starts with 006 or 007.",
        "a JSON web token is given for the token";
    TokenNotWanted = "TOKEN_NOT_WANTED", Error, 95,
        "The SDK says that the project does not use tokens: its App Certificate is not enabled.",
        "Enable the primary certificate in the console, or join without a token while testing.",
        "the SDK reports 119";
    SdkTooOld = "SDK_TOO_OLD", Error, 94,
        "The client's SDK is older than the token's generation.",
        "Update the SDK: AccessToken2 needs Web 4.8, native 4.0 (older documents say 3.5.2), Flutter 6.0 (4.2), RTM 1.5 (Web 1.4.6). Until then mint an AccessToken (006).",
        "a 007 token joins with Web SDK 4.7";
    TimestampIsLifetime = "TIMESTAMP_IS_LIFETIME", Error, 93,
        "A lifetime was given where AccessToken wants an absolute time, so the token ended in 1970.",
        "Give the AccessToken (006) builder the current Unix time plus the lifetime; or move on to AccessToken2, which takes the lifetime.",
        "an AccessToken was minted with 3600 for its expiry";
    AppIdIsCertificate = "APP_ID_IS_CERTIFICATE", Error, 92,
        "The App Certificate stands where the App ID belongs.",
        "Swap the two. A client that was given the certificate has seen a secret: replace it in the console.",
        "AGORA_APP_ID and AGORA_APP_CERTIFICATE are swapped";
    AppIdDiffers = "APP_ID_DIFFERS", Error, 91,
        "The token is for another project than the one the client joins.",
        "Use one App ID on both sides; look for a test project left on one of them.",
        "the client still has the App ID of the test project";
    AppIdInvalid = "APP_ID_INVALID", Error, 91,
        "An App ID is 32 hexadecimal digits, and this one is not.",
        "Copy it again from the console.",
        "the client joins with an App ID of 31 characters";
    CertificateHasBlanks = "CERTIFICATE_HAS_BLANKS", Error, 90,
        "Blanks, a newline or quotes stand around the certificate: signed with them, no token is good; the official libraries of several languages refuse it and answer with an empty text.",
        "Trim the certificate where the server reads it, and mint again. A text file ends in a newline, a settings file may keep its quotes.",
        "an AccessToken was signed with the certificate and the newline at the end of its file";
    CertificateCaseDiffers = "CERTIFICATE_CASE_DIFFERS", Error, 90,
        "The token was signed with the certificate's digits in another letter case. The case counts.",
        "Keep the certificate as the console shows it; something turns it into lower or upper case on the way to the minting server.",
        "a settings loader turned the certificate into upper case";
    SignatureMismatch = "SIGNATURE_MISMATCH", Error, 89,
        "The token was not signed with a certificate that was given.",
        "Mint with the project's current primary or secondary certificate: one that was deleted in the console no longer counts, nor does one of another project.",
        "the certificate was replaced in the console and not on the server";
    TokenExpired = "TOKEN_EXPIRED", Error, 88,
        "The token's time is over.",
        "Fetch a new token before joining, and renew it at token-privilege-will-expire.",
        "a token of one hour is used after two";
    TokenNotYetValid = "TOKEN_NOT_YET_VALID", Error, 87,
        "The token was issued in the future.",
        "Set the clock of the server that mints, by NTP.",
        "the server's clock is an hour ahead";
    RtmTokenForRtc = "RTM_TOKEN_FOR_RTC", Error, 86,
        "The client joins a channel with a token for messaging.",
        "Mint with the RTC builder for joining a channel, or one token for both (buildTokenWithRtm).",
        "the token of the RTM builder is passed to join";
    RtcTokenForRtm = "RTC_TOKEN_FOR_RTM", Error, 86,
        "The client logs in to messaging with a token for a channel.",
        "Mint with the RTM builder for logging in, or one token for both (buildTokenWithRtm).",
        "the token of the RTC builder is passed to login";
    ServiceMissing = "SERVICE_MISSING", Error, 85,
        "The token does not carry the service that the client uses it for.",
        "Mint a token for that service.",
        "an FPA token is used for Chat";
    UserIsPlaceholder = "USER_IS_PLACEHOLDER", Error, 84,
        "The token is for a user whom a program printed by mistake.",
        "Check the user on the server before minting: a missing value was turned into text.",
        "the token is for undefined";
    UserIsZeroText = "USER_IS_ZERO_TEXT", Error, 84,
        "The token is for a user called \"0\", which is not uid 0 and not any user.",
        "Turn the uid into a number before minting, or mint for any user by name.",
        "a query's uid=0 was passed on as text";
    SampleUser = "SAMPLE_USER", Warning, 83,
        "The token is for the user of a sample program.",
        "Mint for the user who joins.",
        "uid 2882341273 of the official samples was left in";
    SampleChannel = "SAMPLE_CHANNEL", Warning, 83,
        "The token is for the channel of a sample program.",
        "Mint for the channel that is joined.",
        "channel 7d72365eb983485397e3e3f9d460bdda of the official samples was left in";
    ChannelDiffersInCase = "CHANNEL_DIFFERS_IN_CASE", Error, 82,
        "Token and client name the channel in different letter case. The case counts.",
        "Use the same spelling on both sides.",
        "the token is for Room, the client joins room";
    ChannelDiffersInBlanks = "CHANNEL_DIFFERS_IN_BLANKS", Error, 82,
        "Token and client name the same channel but for blanks.",
        "Trim the name on both sides, or on neither.",
        "the token is for \"room \" with a blank";
    ChannelDiffers = "CHANNEL_DIFFERS", Error, 81,
        "The token is for another channel than the one joined.",
        "Mint for the channel that is joined, from one variable.",
        "the token is for lobby, the client joins room";
    AccountTokenForUid = "ACCOUNT_TOKEN_FOR_UID", Error, 80,
        "The token is for a user account, the client joins with a uid.",
        "Mint with the uid builder, or join with the account (joinChannelWithUserAccount, or a string uid on the Web).",
        "the token is for alice, the client joins with uid 42";
    UidTokenForAccount = "UID_TOKEN_FOR_ACCOUNT", Error, 80,
        "The token is for a uid, the client joins with a user account.",
        "Mint with the account builder, or join with the uid as a number.",
        "the token is for uid 42, the client joins as alice";
    UserDiffers = "USER_DIFFERS", Error, 79,
        "The token is for another user than the one who joins.",
        "Mint for the user who joins, and join as that user. A client that joins with uid 0 is given one by the service, so its token must be for any user.",
        "the token is for uid 42, the client joins with uid 43";
    PrivilegeMissing = "PRIVILEGE_MISSING", Error, 78,
        "The token does not grant what is needed to enter at all.",
        "Mint with a builder, or add the privilege to the service.",
        "an RTC service without joinChannel";
    PrivilegeExpired = "PRIVILEGE_EXPIRED", Error, 77,
        "A privilege that is needed ended, though the token has not.",
        "Give the privilege the lifetime of the token, or 0.",
        "joinChannel lives for 60 seconds in a token of one hour";
    TokenTooLong = "TOKEN_TOO_LONG", Error, 76,
        "The token has more characters than the Web SDK takes (2047).",
        "Put fewer resources into the permissions; name them by a pattern.",
        "an RTM2 token lists 80 channels by UUID";
    LifetimeIsTimestamp = "LIFETIME_IS_TIMESTAMP", Warning, 60,
        "A Unix timestamp was given where AccessToken2 wants seconds from now, so the token lives for decades.",
        "Give the builder the lifetime alone; do not add the current time.",
        "an AccessToken2 was minted with 1700003600 for its lifetime";
    SubscriberTokenForPublisher = "SUBSCRIBER_TOKEN_FOR_PUBLISHER", Warning, 59,
        "The client publishes with a token that lets it join only.",
        "Mint with role 1 (publisher). Roles 0 and 101 of AccessToken are not publishers in AccessToken2.",
        "the token was minted with role 101 carried over from AccessToken";
    PrivilegeOutlivesToken = "PRIVILEGE_OUTLIVES_TOKEN", Warning, 50,
        "A privilege lives longer than the token, so the token ends without the SDK warning of it.",
        "Give the token and its privileges the same lifetime.",
        "a token of ten minutes with privileges of one hour";
    LifetimeOverADay = "LIFETIME_OVER_A_DAY", Warning, 49,
        "A lifetime is over 24 hours, and the service ends every token after 24 hours.",
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
        "The token carries a service that this version does not know, and what follows it was not read.",
        "Update this tool, or ask whoever minted the token.",
        "a token with a service of number 999";
    UnreadBytes = "UNREAD_BYTES", Note, 29,
        "Signed bytes follow the last service.",
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
        "The token lets into any channel of the project.",
        "Mint for one channel unless that is meant.",
        "the token was minted for channel *";
    SdkError = "SDK_ERROR", Note, 10,
        "The error that the client saw tells where to look: findings that agree with it are ranked higher.",
        "See the findings above. Where there are none, tell more of what the client joined with; then compare what it really passes, and the certificates in the console, with what was told here.",
        "the SDK reports 110";
    SignatureNotChecked = "SIGNATURE_NOT_CHECKED", Note, 5,
        "Without the App Certificate the signature cannot be checked.",
        "Give the certificate; it never shows in what is found.",
        "no certificate is given";
    UserNotChecked = "USER_NOT_CHECKED", Note, 4,
        "An AccessToken does not carry its channel and user; without what the client joined with they cannot be checked.",
        "Give the channel and the uid or account.",
        "an AccessToken is diagnosed by itself";
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
