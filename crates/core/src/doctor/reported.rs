//! What the client's SDK reported: error numbers and the texts of the gateway.

use super::table::FindingCode;

/// What an error means, and which findings it speaks for.
pub(super) struct Reported {
    pub(super) meaning: &'static str,
    pub(super) supports: &'static [FindingCode],
}

use FindingCode as F;

const EXPIRED: &[FindingCode] = &[F::TokenExpired, F::PrivilegeExpired, F::TimestampIsLifetime, F::TokenNotYetValid];
const INVALID: &[FindingCode] = &[
    F::AppIdDiffers,
    F::AppIdIsCertificate,
    F::AppIdInvalid,
    F::SignatureMismatch,
    F::CertificateHasBlanks,
    F::CertificateCaseDiffers,
    F::ChannelDiffers,
    F::ChannelDiffersInCase,
    F::ChannelDiffersInBlanks,
    F::UserDiffers,
    F::UserIsPlaceholder,
    F::UserIsZeroText,
    F::AccountTokenForUid,
    F::UidTokenForAccount,
    F::NoToken,
    F::TokenDamaged,
    F::TokenTruncated,
];
const APP_ID: &[FindingCode] = &[F::AppIdInvalid, F::AppIdIsCertificate, F::AppIdDiffers];
const CHANNEL: &[FindingCode] =
    &[F::ChannelDiffers, F::ChannelDiffersInCase, F::ChannelDiffersInBlanks, F::SampleChannel];
const NO_TOKEN: &[FindingCode] = &[F::NoToken];
const NOT_WANTED: &[FindingCode] = &[F::TokenNotWanted];

/// Errors by a text that they hold; the numbers are compared as whole words.
const TABLE: &[(&str, Reported)] = &[
    (
        "119",
        Reported {
            meaning: "119: a token was given though the project's App Certificate is not enabled",
            supports: NOT_WANTED,
        },
    ),
    ("101", Reported { meaning: "101: the App ID is invalid", supports: APP_ID }),
    ("109", Reported { meaning: "109: the token has expired", supports: EXPIRED }),
    ("118", Reported { meaning: "118: the token has expired", supports: EXPIRED }),
    (
        "110",
        Reported {
            meaning: "110: the token is invalid: App ID, channel or user differ from what the client joined with, or there is none",
            supports: INVALID,
        },
    ),
    ("renew 2", Reported { meaning: "renewing, 2: the token has expired", supports: EXPIRED }),
    ("renew 3", Reported { meaning: "renewing, 3: the token is invalid", supports: INVALID }),
    ("renew 4", Reported { meaning: "renewing, 4: the token is for another channel", supports: CHANNEL }),
    ("renew 5", Reported { meaning: "renewing, 5: the token is for another App ID", supports: APP_ID }),
    ("rtm 5", Reported { meaning: "RTM 1.x, 5: the token is invalid", supports: INVALID }),
    ("rtm 6", Reported { meaning: "RTM 1.x, 6: the token has expired", supports: EXPIRED }),
    (
        "dynamic use static key",
        Reported { meaning: "the project wants a token and the client joined without one", supports: NO_TOKEN },
    ),
    ("invalid vendor key", Reported { meaning: "the service does not know the App ID", supports: APP_ID }),
    ("can not find appid", Reported { meaning: "the service does not know the App ID", supports: APP_ID }),
    ("dynamic key or token timeout", Reported { meaning: "the token has expired", supports: EXPIRED }),
    ("dynamic_key_timeout", Reported { meaning: "the token has expired", supports: EXPIRED }),
    ("dynamic key expired", Reported { meaning: "the token has expired", supports: EXPIRED }),
    ("token expired", Reported { meaning: "the token has expired", supports: EXPIRED }),
    ("err_token_expired", Reported { meaning: "the token has expired", supports: EXPIRED }),
    (
        "token-privilege-did-expire",
        Reported { meaning: "the token has expired, and the SDK has left the channel", supports: EXPIRED },
    ),
    (
        "authorized failed",
        Reported {
            meaning: "the token is invalid: App ID, channel or user differ from what the client joined with",
            supports: INVALID,
        },
    ),
    (
        "no authorized",
        Reported {
            meaning: "the token is invalid: App ID, channel or user differ from what the client joined with",
            supports: INVALID,
        },
    ),
    (
        "invalid token",
        Reported {
            meaning: "the token is invalid: App ID, channel or user differ from what the client joined with",
            supports: INVALID,
        },
    ),
    (
        "err_invalid_token",
        Reported {
            meaning: "the token is invalid: App ID, channel or user differ from what the client joined with",
            supports: INVALID,
        },
    ),
    (
        "static use dynamic key",
        Reported {
            meaning: "a token was given though the project's App Certificate is not enabled",
            supports: NOT_WANTED,
        },
    ),
    (
        "can_not_get_gateway_server",
        Reported { meaning: "the Web SDK was refused by the gateway; the text behind it says why", supports: &[] },
    ),
];

/// The row that says most about what was reported; `is_rtm` tells RTM's own numbers apart.
pub(super) fn recognise(reported: &str, is_rtm: bool) -> Option<&'static Reported> {
    let text = reported.trim().to_ascii_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let has_number = |number: &str| words.contains(&number);
    TABLE
        .iter()
        .find(|(key, _)| match key.split_once(' ') {
            Some((kind @ ("renew" | "rtm"), number)) => {
                let named = text.contains(kind) || (kind == "rtm" && is_rtm && words.len() == 1);
                named && has_number(number)
            }
            _ if key.bytes().all(|byte| byte.is_ascii_digit()) => has_number(key),
            _ => text.contains(key),
        })
        .map(|(_, row)| row)
}
