//! What the client's SDK reported: error numbers and the texts of the gateway.

use super::table::FindingCode;

/// What an error means, and which findings it speaks for.
pub(super) struct Reported {
    pub(super) meaning: &'static str,
    pub(super) supports: &'static [FindingCode],
}

use FindingCode as F;

const EXPIRED: &[FindingCode] = &[
    F::TokenExpired,
    F::PrivilegeExpired,
    F::TimestampIsLifetime,
    F::TokenNotYetValid,
    F::LifetimeOverADay,
    F::LifetimeIsTimestamp,
];
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
    F::SampleChannel,
    F::UserDiffers,
    F::UserIsPlaceholder,
    F::UserIsZeroText,
    F::SampleUser,
    F::AccountTokenForUid,
    F::UidTokenForAccount,
    F::RtmTokenForRtc,
    F::RtcTokenForRtm,
    F::ServiceMissing,
    F::SdkTooOld,
    F::NoToken,
    F::TokenDamaged,
    F::TokenTruncated,
];
const APP_ID: &[FindingCode] = &[F::AppIdInvalid, F::AppIdIsCertificate, F::AppIdDiffers];
const CHANNEL: &[FindingCode] =
    &[F::ChannelDiffers, F::ChannelDiffersInCase, F::ChannelDiffersInBlanks, F::SampleChannel];
const NO_TOKEN: &[FindingCode] = &[F::NoToken];
const NOT_WANTED: &[FindingCode] = &[F::TokenNotWanted];

const INVALID_TOKEN: &str = "that the token is invalid: App ID, channel or user are not those that the client joined with, or the signature is \
     wrong";
const TIME_IS_UP: &str = "that the token has expired";
const NO_SUCH_PROJECT: &str = "that the service does not know the App ID";
const NO_CERTIFICATE: &str = "that a token was given though the project's App Certificate is not enabled";

/// How an error is recognised.
enum Sign {
    /// It holds this text, whatever the case.
    Text(&'static str),
    /// It holds this number as a word of its own.
    Number(&'static str),
    /// The same, for numbers that other calls give another meaning: where the first text is in it too, or where the
    /// service is known to be messaging and the number is all there is.
    NumberOf(&'static str, &'static str),
}

use Sign::{Number, NumberOf, Text};

/// Texts first: they say more than a number, which may be a part of a time that stands before them.
const TABLE: &[(Sign, &str, &[FindingCode])] = &[
    (Text("dynamic use static key"), "that the project wants a token and the client joined without one", NO_TOKEN),
    (Text("static use dynamic key"), NO_CERTIFICATE, NOT_WANTED),
    (Text("invalid vendor key"), NO_SUCH_PROJECT, APP_ID),
    (Text("can not find appid"), NO_SUCH_PROJECT, APP_ID),
    (Text("dynamic key or token timeout"), TIME_IS_UP, EXPIRED),
    (Text("dynamic_key_timeout"), TIME_IS_UP, EXPIRED),
    (Text("dynamic key expired"), TIME_IS_UP, EXPIRED),
    (Text("token expired"), TIME_IS_UP, EXPIRED),
    (Text("token_expired"), TIME_IS_UP, EXPIRED),
    (Text("token-privilege-did-expire"), "that the token has expired and that it left the channel", EXPIRED),
    (Text("authorized failed"), INVALID_TOKEN, INVALID),
    (Text("no authorized"), INVALID_TOKEN, INVALID),
    (Text("invalid token"), INVALID_TOKEN, INVALID),
    (Text("invalid_token"), INVALID_TOKEN, INVALID),
    (NumberOf("renew", "2"), "2 on renewing, which says that the token has expired", EXPIRED),
    (NumberOf("renew", "3"), "3 on renewing, which says that the token is invalid", INVALID),
    (NumberOf("renew", "4"), "4 on renewing, which says that the token is for another channel", CHANNEL),
    (NumberOf("renew", "5"), "5 on renewing, which says that the token is for another App ID", APP_ID),
    (NumberOf("rtm", "5"), "5 of RTM 1.x, which says that the token is invalid", INVALID),
    (NumberOf("rtm", "6"), "6 of RTM 1.x, which says that the token has expired", EXPIRED),
    (
        Number("119"),
        "119, which says that a token was given though the project's App Certificate is not enabled",
        NOT_WANTED,
    ),
    (Number("101"), "101, which says that the App ID is invalid", APP_ID),
    (Number("109"), "109, which says that the token has expired", EXPIRED),
    (Number("118"), "118, which says that the token has expired", EXPIRED),
    (
        Number("110"),
        "110, which says that the token is invalid: App ID, channel or user are not those that the client joined with, \
         the signature is wrong, or there is no token",
        INVALID,
    ),
    (Text("can_not_get_gateway_server"), "that the gateway refused it; the text behind that says why", &[]),
];

/// The row that says most about what was reported; `is_rtm` tells RTM's own numbers apart.
pub(super) fn recognise(reported: &str, is_rtm: bool) -> Option<Reported> {
    let text = reported.trim().to_ascii_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let has = |number: &str| words.contains(&number);
    TABLE
        .iter()
        .find(|(sign, ..)| match sign {
            Text(part) => text.contains(part),
            Number(number) => has(number),
            NumberOf(call, number) => {
                has(number) && (text.contains(call) || (*call == "rtm" && is_rtm && words.len() == 1))
            }
        })
        .map(|(_, meaning, supports)| Reported { meaning, supports })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_paste_is_recognised() {
        let meaning = |text: &str, is_rtm| recognise(text, is_rtm).map(|row| row.meaning);
        for (text, part) in [
            ("110", "110, "),
            ("error code: 110", "110, "),
            ("ERR_INVALID_TOKEN(110)", "invalid"),
            ("AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: dynamic use static key", "without one"),
            ("AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: invalid token, authorized failed", "invalid"),
            ("AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: invalid vendor key, can not find appid", "App ID"),
            ("CAN_NOT_GET_GATEWAY_SERVER", "gateway"),
            ("[12:01:59.119] onError: token expired", "expired"),
            ("onTokenPrivilegeDidExpire 109", "109, "),
            ("LOGIN_ERR_TOKEN_EXPIRED", "expired"),
            ("LOGIN_ERR_INVALID_TOKEN (5)", "invalid"),
            ("renewToken: 4", "another channel"),
            ("rtm login 6", "RTM 1.x"),
        ] {
            assert!(meaning(text, false).is_some_and(|meaning| meaning.contains(part)), "{text}");
        }
        assert!(meaning("5", true).is_some_and(|meaning| meaning.contains("RTM 1.x")));
        for text in ["", "5", "1101", "v1.110a", "the camera is gone"] {
            assert_eq!(meaning(text, false), None, "{text}");
        }
    }
}
