//! The official one-call builders of both generations: one row each.

use super::compose::{self, Compose};
use super::kind::Kind;

/// An argument of a builder.
#[derive(Debug)]
pub struct Argument {
    /// Its official name, such as `channel_name`.
    pub name: &'static str,
    /// What it means.
    pub kind: Kind,
    /// What it is where it is left out, in the languages that have that.
    pub default: Option<u32>,
    /// What this one is for, beside what is said of its kind.
    pub about: &'static str,
    /// Which of several values of its kind it is.
    pub place: Place,
}

/// Which of several values of one kind an argument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The only one.
    Only,
    /// The lifetime of joining.
    JoinChannel,
    /// The lifetime of publishing audio.
    PubAudio,
    /// The lifetime of publishing video.
    PubVideo,
    /// The lifetime of publishing data streams.
    PubDataStream,
    /// The lifetime of the login to messaging.
    Login,
}

impl Place {
    /// The field of [`crate::RtcLifetimes`] that it fills, if it is one of the four.
    pub const fn rtc_lifetime(self) -> Option<&'static str> {
        match self {
            Place::JoinChannel => Some("join_channel"),
            Place::PubAudio => Some("pub_audio"),
            Place::PubVideo => Some("pub_video"),
            Place::PubDataStream => Some("pub_data_stream"),
            Place::Only | Place::Login => None,
        }
    }
}

/// Which of the official builder classes a builder belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Voice and video.
    Rtc,
    /// Messaging.
    Rtm,
    /// Chat.
    Chat,
    /// Full-path acceleration.
    Fpa,
    /// Classrooms.
    Apaas,
    /// Classrooms, by their older name.
    Education,
    /// Conversational AI.
    ConvoAi,
    /// Speech to text.
    Stt,
}

/// A one-call builder.
pub struct Builder {
    /// Its number in the C ABI, never reused.
    pub number: u16,
    /// Its name, such as `build_token2_with_uid`; in C it begins with `agora_`.
    pub name: &'static str,
    /// The official class it is a function of.
    pub class: Class,
    /// What comes after App ID and App Certificate.
    pub arguments: &'static [&'static Argument],
    /// What its token is for. `{name}` stands for an argument, or for another builder, in the words of each language.
    pub about: &'static str,
    pub(super) compose: Compose,
}

impl Builder {
    /// Whether it makes an AccessToken (006) rather than an AccessToken2 (007).
    pub const fn is_006(&self) -> bool {
        matches!(self.compose, Compose::AccessToken(_))
    }

    /// App ID and App Certificate, and what comes after them.
    pub fn all_arguments(&self) -> impl Iterator<Item = &'static Argument> {
        CREDENTIALS.iter().chain(self.arguments).copied()
    }

    /// The builder with this number in the C ABI.
    pub fn from_number(number: u16) -> Option<&'static Builder> {
        BUILDERS.get(usize::from(number).checked_sub(1)?)
    }

    /// The builder with this name.
    pub fn from_name(name: &str) -> Option<&'static Builder> {
        BUILDERS.iter().find(|builder| builder.name == name)
    }
}

const fn argument(name: &'static str, kind: Kind, about: &'static str) -> Argument {
    Argument { name, kind, default: None, about, place: Place::Only }
}

const fn in_place(place: Place, name: &'static str, kind: Kind, about: &'static str) -> Argument {
    Argument { name, kind, default: None, about, place }
}

/// What every builder begins with.
pub const CREDENTIALS: [&Argument; 2] = [&APP_ID, &APP_CERTIFICATE];

const APP_ID: Argument = argument("app_id", Kind::AppId, "the project");
const APP_CERTIFICATE: Argument = argument("app_certificate", Kind::AppCertificate, "signs the token");
const CHANNEL_NAME: Argument = argument("channel_name", Kind::ChannelName, "the channel to join");
const UID: Argument = argument("uid", Kind::Uid, "who joins");
const USER_ACCOUNT: Argument = argument("user_account", Kind::UserAccount, "who joins or logs in");
const ROLE_006: Argument = argument("role", Kind::Role006, "whether the user may publish");
const ROLE: Argument = argument("role", Kind::Role, "whether the user may publish");
const TOKEN_EXPIRE: Argument = argument("token_expire", Kind::TokenExpire, "how long the token lives");
const PRIVILEGE_EXPIRE: Argument = Argument {
    default: Some(0),
    ..argument("privilege_expire", Kind::PrivilegeExpire, "how long the privileges last")
};
const PRIVILEGE_EXPIRED_TS: Argument =
    argument("privilege_expired_ts", Kind::PrivilegeExpiredTs, "when the privileges end");
const JOIN_CHANNEL_PRIVILEGE_EXPIRE: Argument = in_place(
    Place::JoinChannel,
    "join_channel_privilege_expire",
    Kind::PrivilegeExpire,
    "how long the user may join the channel",
);
const PUB_AUDIO_PRIVILEGE_EXPIRE: Argument = in_place(
    Place::PubAudio,
    "pub_audio_privilege_expire",
    Kind::PrivilegeExpire,
    "how long the user may publish audio",
);
const PUB_VIDEO_PRIVILEGE_EXPIRE: Argument = in_place(
    Place::PubVideo,
    "pub_video_privilege_expire",
    Kind::PrivilegeExpire,
    "how long the user may publish video",
);
const PUB_DATA_STREAM_PRIVILEGE_EXPIRE: Argument = in_place(
    Place::PubDataStream,
    "pub_data_stream_privilege_expire",
    Kind::PrivilegeExpire,
    "how long the user may publish data streams",
);
const RTC_ACCOUNT: Argument = argument("rtc_account", Kind::UserAccount, "who joins the channel");
const RTC_ROLE: Argument = argument("rtc_role", Kind::Role, "whether the user may publish");
const RTC_TOKEN_EXPIRE: Argument = argument("rtc_token_expire", Kind::TokenExpire, "how long the token lives");
const RTM_USER_ID: Argument = argument("rtm_user_id", Kind::UserId, "who logs in to messaging");
const RTM_TOKEN_EXPIRE: Argument =
    in_place(Place::Login, "rtm_token_expire", Kind::TokenExpire, "how long the login to messaging lives");
const USER_ID: Argument = argument("user_id", Kind::UserId, "who logs in");
const PERMISSIONS: Argument = argument("permissions", Kind::Permissions, "single resources");
const ROOM_UUID: Argument = argument("room_uuid", Kind::RoomUuid, "the room");
const USER_UUID: Argument = argument("user_uuid", Kind::UserUuid, "who enters");
const ROOM_ROLE: Argument = argument("role", Kind::RoomRole, "the user's role in the room");

const RTC_AND_RTM: &[&Argument] = &[
    &CHANNEL_NAME,
    &RTC_ACCOUNT,
    &RTC_ROLE,
    &RTC_TOKEN_EXPIRE,
    &JOIN_CHANNEL_PRIVILEGE_EXPIRE,
    &PUB_AUDIO_PRIVILEGE_EXPIRE,
    &PUB_VIDEO_PRIVILEGE_EXPIRE,
    &PUB_DATA_STREAM_PRIVILEGE_EXPIRE,
    &RTM_USER_ID,
    &RTM_TOKEN_EXPIRE,
];
const ROOM_USER: &[&Argument] = &[&ROOM_UUID, &USER_UUID, &ROOM_ROLE, &TOKEN_EXPIRE];
const CLASSROOM_USER: &[&Argument] = &[&USER_UUID, &TOKEN_EXPIRE];

/// Every builder, ascending by number.
pub const BUILDERS: &[Builder] = &[
    Builder {
        number: 1,
        name: "build_token_with_uid",
        class: Class::Rtc,
        arguments: &[&CHANNEL_NAME, &UID, &ROLE_006, &PRIVILEGE_EXPIRED_TS],
        about: "An AccessToken (006) that lets a uid join a channel.",
        compose: Compose::AccessToken(compose::rtc_006),
    },
    Builder {
        number: 2,
        name: "build_token_with_user_account",
        class: Class::Rtc,
        arguments: &[&CHANNEL_NAME, &USER_ACCOUNT, &ROLE_006, &PRIVILEGE_EXPIRED_TS],
        about: "An AccessToken (006) that lets a user account join a channel.",
        compose: Compose::AccessToken(compose::rtc_006),
    },
    Builder {
        number: 3,
        name: "build_rtm_token",
        class: Class::Rtm,
        arguments: &[&USER_ACCOUNT, &ROLE_006, &PRIVILEGE_EXPIRED_TS],
        about: "An AccessToken (006) to log in to messaging. The role changes nothing, in the official builders \
                neither.",
        compose: Compose::AccessToken(compose::rtm_006),
    },
    Builder {
        number: 4,
        name: "build_token2_with_uid",
        class: Class::Rtc,
        arguments: &[&CHANNEL_NAME, &UID, &ROLE, &TOKEN_EXPIRE, &PRIVILEGE_EXPIRE],
        about: "An AccessToken2 (007) that lets a uid join a channel.",
        compose: Compose::AccessToken2(compose::rtc),
    },
    Builder {
        number: 5,
        name: "build_token2_with_user_account",
        class: Class::Rtc,
        arguments: &[&CHANNEL_NAME, &USER_ACCOUNT, &ROLE, &TOKEN_EXPIRE, &PRIVILEGE_EXPIRE],
        about: "An AccessToken2 (007) that lets a user account join a channel.",
        compose: Compose::AccessToken2(compose::rtc),
    },
    Builder {
        number: 6,
        name: "build_token2_with_uid_and_privilege",
        class: Class::Rtc,
        arguments: &[
            &CHANNEL_NAME,
            &UID,
            &TOKEN_EXPIRE,
            &JOIN_CHANNEL_PRIVILEGE_EXPIRE,
            &PUB_AUDIO_PRIVILEGE_EXPIRE,
            &PUB_VIDEO_PRIVILEGE_EXPIRE,
            &PUB_DATA_STREAM_PRIVILEGE_EXPIRE,
        ],
        about: "An AccessToken2 (007) that lets a uid join a channel, with a lifetime of its own for each privilege. \
                All four are always granted.",
        compose: Compose::AccessToken2(compose::rtc_all),
    },
    Builder {
        number: 7,
        name: "build_token2_with_user_account_and_privilege",
        class: Class::Rtc,
        arguments: &[
            &CHANNEL_NAME,
            &USER_ACCOUNT,
            &TOKEN_EXPIRE,
            &JOIN_CHANNEL_PRIVILEGE_EXPIRE,
            &PUB_AUDIO_PRIVILEGE_EXPIRE,
            &PUB_VIDEO_PRIVILEGE_EXPIRE,
            &PUB_DATA_STREAM_PRIVILEGE_EXPIRE,
        ],
        about: "An AccessToken2 (007) that lets a user account join a channel, with a lifetime of its own for each \
                privilege. All four are always granted.",
        compose: Compose::AccessToken2(compose::rtc_all),
    },
    Builder {
        number: 8,
        name: "build_token2_with_rtm",
        class: Class::Rtc,
        arguments: &[&CHANNEL_NAME, &USER_ACCOUNT, &ROLE, &TOKEN_EXPIRE, &PRIVILEGE_EXPIRE],
        about: "An AccessToken2 (007) for one user account in both a channel and messaging. The login lasts \
                {token_expire}, not {privilege_expire}.",
        compose: Compose::AccessToken2(compose::rtc_rtm),
    },
    Builder {
        number: 9,
        name: "build_token2_with_rtm2",
        class: Class::Rtc,
        arguments: RTC_AND_RTM,
        about: "An AccessToken2 (007) for a user account in a channel and a user ID in messaging, with a lifetime of \
                its own for each privilege. A subscriber gets the first of the four alone. Despite the official name \
                the second service is RTM, not RTM2.",
        compose: Compose::AccessToken2(compose::rtc_rtm2),
    },
    Builder {
        number: 10,
        name: "build_rtm_token2",
        class: Class::Rtm,
        arguments: &[&USER_ID, &TOKEN_EXPIRE],
        about: "An AccessToken2 (007) to log in to messaging.",
        compose: Compose::AccessToken2(compose::rtm),
    },
    Builder {
        number: 11,
        name: "build_rtm_token2_with_permissions",
        class: Class::Rtm,
        arguments: &[&USER_ID, &PERMISSIONS, &TOKEN_EXPIRE],
        about: "An AccessToken2 (007) to log in to messaging with permissions on single resources.",
        compose: Compose::AccessToken2(compose::rtm_with_permissions),
    },
    Builder {
        number: 12,
        name: "build_chat_user_token2",
        class: Class::Chat,
        arguments: &[&USER_ID, &TOKEN_EXPIRE],
        about: "An AccessToken2 (007) for a Chat user.",
        compose: Compose::AccessToken2(compose::chat_user),
    },
    Builder {
        number: 13,
        name: "build_chat_app_token2",
        class: Class::Chat,
        arguments: &[&TOKEN_EXPIRE],
        about: "An AccessToken2 (007) for a server that administrates Chat. Never for a client.",
        compose: Compose::AccessToken2(compose::chat_app),
    },
    Builder {
        number: 14,
        name: "build_fpa_token2",
        class: Class::Fpa,
        arguments: &[],
        about: "An AccessToken2 (007) for full-path acceleration: always 24 hours.",
        compose: Compose::AccessToken2(compose::fpa),
    },
    Builder {
        number: 15,
        name: "build_apaas_room_user_token2",
        class: Class::Apaas,
        arguments: ROOM_USER,
        about: "An AccessToken2 (007) for a user with a role in a room of aPaaS, with messaging and Chat as the same \
                user.",
        compose: Compose::AccessToken2(compose::apaas_room_user),
    },
    Builder {
        number: 16,
        name: "build_apaas_user_token2",
        class: Class::Apaas,
        arguments: CLASSROOM_USER,
        about: "An AccessToken2 (007) for a user of aPaaS outside of a room.",
        compose: Compose::AccessToken2(compose::apaas_user),
    },
    Builder {
        number: 17,
        name: "build_apaas_app_token2",
        class: Class::Apaas,
        arguments: &[&TOKEN_EXPIRE],
        about: "An AccessToken2 (007) for a server that administrates aPaaS. Never for a client.",
        compose: Compose::AccessToken2(compose::apaas_app),
    },
    Builder {
        number: 18,
        name: "build_education_room_user_token2",
        class: Class::Education,
        arguments: ROOM_USER,
        about: "{build_apaas_room_user_token2} by its older name.",
        compose: Compose::AccessToken2(compose::apaas_room_user),
    },
    Builder {
        number: 19,
        name: "build_education_user_token2",
        class: Class::Education,
        arguments: CLASSROOM_USER,
        about: "{build_apaas_user_token2} by its older name.",
        compose: Compose::AccessToken2(compose::apaas_user),
    },
    Builder {
        number: 20,
        name: "build_education_app_token2",
        class: Class::Education,
        arguments: &[&TOKEN_EXPIRE],
        about: "{build_apaas_app_token2} by its older name.",
        compose: Compose::AccessToken2(compose::apaas_app),
    },
    Builder {
        number: 21,
        name: "build_convo_ai_token2",
        class: Class::ConvoAi,
        arguments: RTC_AND_RTM,
        about: "{build_token2_with_rtm2} with conversational AI added.",
        compose: Compose::AccessToken2(compose::convo_ai),
    },
    Builder {
        number: 22,
        name: "build_stt_token2",
        class: Class::Stt,
        arguments: RTC_AND_RTM,
        about: "{build_token2_with_rtm2} with speech to text added.",
        compose: Compose::AccessToken2(compose::stt),
    },
];
