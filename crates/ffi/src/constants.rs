//! The numbers of the formats, and the version.

use std::ffi::{CStr, c_char};

/// Version of this header. The library's own is agora_version().
pub const AGORA_TOKEN_VERSION_MAJOR: u32 = 0;
/// See AGORA_TOKEN_VERSION_MAJOR.
pub const AGORA_TOKEN_VERSION_MINOR: u32 = 1;
/// See AGORA_TOKEN_VERSION_MAJOR.
pub const AGORA_TOKEN_VERSION_PATCH: u32 = 0;
/// Version of this header's ABI. It grows when a function changes or goes; compare it with agora_abi_version().
pub const AGORA_ABI_VERSION: u32 = 1;

/// Bytes in a signature (HMAC-SHA256).
pub const AGORA_SIGNATURE_SIZE: usize = 32;

/// Service of an AccessToken2: voice and video in a channel.
pub const AGORA_SERVICE_RTC: u16 = 1;
/// Service: real-time messaging, as the RTC+RTM builders use it.
pub const AGORA_SERVICE_RTM: u16 = 2;
/// Service: media push of mixed or raw streams.
pub const AGORA_SERVICE_STREAMING: u16 = 3;
/// Service: full-path acceleration.
pub const AGORA_SERVICE_FPA: u16 = 4;
/// Service: Chat.
pub const AGORA_SERVICE_CHAT: u16 = 5;
/// Service: fusion CDN.
pub const AGORA_SERVICE_FCDN: u16 = 6;
/// Service: aPaaS, also called Education (flexible classroom).
pub const AGORA_SERVICE_APAAS: u16 = 7;
/// Service: real-time messaging with permissions on single resources.
pub const AGORA_SERVICE_RTM2: u16 = 8;
/// Service: conversational AI.
pub const AGORA_SERVICE_CONVO_AI: u16 = 9;
/// Service: speech to text.
pub const AGORA_SERVICE_STT: u16 = 10;

/// Privilege of RTC, and of an AccessToken (006): join the channel.
pub const AGORA_RTC_JOIN_CHANNEL: u16 = 1;
/// Privilege of RTC, and of an AccessToken (006): publish audio.
pub const AGORA_RTC_PUBLISH_AUDIO_STREAM: u16 = 2;
/// Privilege of RTC, and of an AccessToken (006): publish video.
pub const AGORA_RTC_PUBLISH_VIDEO_STREAM: u16 = 3;
/// Privilege of RTC, and of an AccessToken (006): publish a data stream.
pub const AGORA_RTC_PUBLISH_DATA_STREAM: u16 = 4;
/// Privilege of RTM: log in.
pub const AGORA_RTM_LOGIN: u16 = 1;
/// Privilege of Streaming: publish a mixed stream.
pub const AGORA_STREAMING_PUBLISH_MIX_STREAM: u16 = 1;
/// Privilege of Streaming: publish a raw stream.
pub const AGORA_STREAMING_PUBLISH_RAW_STREAM: u16 = 2;
/// Privilege of FPA: log in.
pub const AGORA_FPA_LOGIN: u16 = 1;
/// Privilege of Chat: act as the user.
pub const AGORA_CHAT_USER: u16 = 1;
/// Privilege of Chat: act as the app, an administrator.
pub const AGORA_CHAT_APP: u16 = 2;
/// Privilege of FCDN: publish.
pub const AGORA_FCDN_PUBLISH: u16 = 1;
/// Privilege of FCDN: play.
pub const AGORA_FCDN_PLAY: u16 = 2;
/// Privilege of APaaS: a user in a room.
pub const AGORA_APAAS_ROOM_USER: u16 = 1;
/// Privilege of APaaS: a user.
pub const AGORA_APAAS_USER: u16 = 2;
/// Privilege of APaaS: the app.
pub const AGORA_APAAS_APP: u16 = 3;
/// Privilege of RTM2: log in.
pub const AGORA_RTM2_LOGIN: u16 = 1;
/// Privilege of an AccessToken (006): administrate the channel.
pub const AGORA_006_ADMINISTRATE_CHANNEL: u16 = 101;
/// Privilege of an AccessToken (006): log in to real-time messaging.
pub const AGORA_006_RTM_LOGIN: u16 = 1000;

/// Resource type of an RTM2 permission: message channels.
pub const AGORA_RTM2_MESSAGE_CHANNELS: u16 = 0;
/// Resource type of an RTM2 permission: stream channels.
pub const AGORA_RTM2_STREAM_CHANNELS: u16 = 1;
/// Resource type of an RTM2 permission: group channels.
pub const AGORA_RTM2_GROUP_CHANNELS: u16 = 2;
/// Resource type of an RTM2 permission: server groups.
pub const AGORA_RTM2_SERVER_GROUPS: u16 = 3;
/// Resource type of an RTM2 permission: users.
pub const AGORA_RTM2_USERS: u16 = 4;
/// Permission type of RTM2: read.
pub const AGORA_RTM2_READ: u16 = 0;
/// Permission type of RTM2: write.
pub const AGORA_RTM2_WRITE: u16 = 1;

/// Role in an AccessToken (006) only: publishes, as a publisher does.
pub const AGORA_ROLE_ATTENDEE: u32 = 0;
/// Role: joins and publishes audio, video and data.
pub const AGORA_ROLE_PUBLISHER: u32 = 1;
/// Role: joins. Agora's service looks at it only where co-host authentication is on.
pub const AGORA_ROLE_SUBSCRIBER: u32 = 2;
/// Role in an AccessToken (006) only: publishes, as a publisher does.
pub const AGORA_ROLE_ADMIN: u32 = 101;

/// Severity of a finding: worth knowing; nothing fails because of it. A greater severity is worse.
pub const AGORA_SEVERITY_NOTE: u32 = 1;
/// Severity of a finding: works now, and will surprise somebody.
pub const AGORA_SEVERITY_WARNING: u32 = 2;
/// Severity of a finding: enough to keep the user out, or from what the user came for.
pub const AGORA_SEVERITY_ERROR: u32 = 3;

/// Field of a service, for agora_unverified_token2_text: channel name of RTC, Streaming and FCDN.
pub const AGORA_FIELD_CHANNEL_NAME: u32 = 1;
/// Field of a service: user account of RTC, Streaming and FCDN; empty for any user.
pub const AGORA_FIELD_ACCOUNT: u32 = 2;
/// Field of a service: user ID of RTM, Chat and RTM2.
pub const AGORA_FIELD_USER_ID: u32 = 3;
/// Field of a service: room UUID of APaaS.
pub const AGORA_FIELD_ROOM_UUID: u32 = 4;
/// Field of a service: user UUID of APaaS.
pub const AGORA_FIELD_USER_UUID: u32 = 5;

/// The ABI version of the library that is linked. A program compiled against this header needs AGORA_ABI_VERSION.
#[unsafe(no_mangle)]
pub extern "C" fn agora_abi_version() -> u32 {
    AGORA_ABI_VERSION
}

/// The version of the library that is linked, such as "0.1.0". Static text, not to be freed.
#[unsafe(no_mangle)]
pub extern "C" fn agora_version() -> *const c_char {
    const VERSION: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
        Ok(version) => version,
        Err(_) => c"",
    };
    VERSION.as_ptr()
}

#[cfg(test)]
mod tests {
    use super::*;
    use agora_token::{Permissions, Privilege006, Service, ServiceType};

    #[test]
    fn the_version_macros_are_the_packages() {
        let parts = [AGORA_TOKEN_VERSION_MAJOR, AGORA_TOKEN_VERSION_MINOR, AGORA_TOKEN_VERSION_PATCH];
        assert_eq!(parts.map(|part| part.to_string()).join("."), env!("CARGO_PKG_VERSION"));
    }

    #[test]
    fn the_numbers_are_the_cores() {
        let services = [
            (AGORA_SERVICE_RTC, ServiceType::Rtc),
            (AGORA_SERVICE_RTM, ServiceType::Rtm),
            (AGORA_SERVICE_STREAMING, ServiceType::Streaming),
            (AGORA_SERVICE_FPA, ServiceType::Fpa),
            (AGORA_SERVICE_CHAT, ServiceType::Chat),
            (AGORA_SERVICE_FCDN, ServiceType::Fcdn),
            (AGORA_SERVICE_APAAS, ServiceType::Apaas),
            (AGORA_SERVICE_RTM2, ServiceType::Rtm2),
            (AGORA_SERVICE_CONVO_AI, ServiceType::ConvoAi),
            (AGORA_SERVICE_STT, ServiceType::Stt),
        ];
        assert_eq!(services.map(|(number, _)| number), services.map(|(_, service)| service.number()));
        assert_eq!(services.len(), ServiceType::all().count());

        let privileges = [
            (AGORA_RTC_JOIN_CHANNEL, Service::RTC_JOIN_CHANNEL),
            (AGORA_RTC_PUBLISH_AUDIO_STREAM, Service::RTC_PUBLISH_AUDIO_STREAM),
            (AGORA_RTC_PUBLISH_VIDEO_STREAM, Service::RTC_PUBLISH_VIDEO_STREAM),
            (AGORA_RTC_PUBLISH_DATA_STREAM, Service::RTC_PUBLISH_DATA_STREAM),
            (AGORA_RTM_LOGIN, Service::RTM_LOGIN),
            (AGORA_STREAMING_PUBLISH_MIX_STREAM, Service::STREAMING_PUBLISH_MIX_STREAM),
            (AGORA_STREAMING_PUBLISH_RAW_STREAM, Service::STREAMING_PUBLISH_RAW_STREAM),
            (AGORA_FPA_LOGIN, Service::FPA_LOGIN),
            (AGORA_CHAT_USER, Service::CHAT_USER),
            (AGORA_CHAT_APP, Service::CHAT_APP),
            (AGORA_FCDN_PUBLISH, Service::FCDN_PUBLISH),
            (AGORA_FCDN_PLAY, Service::FCDN_PLAY),
            (AGORA_APAAS_ROOM_USER, Service::APAAS_ROOM_USER),
            (AGORA_APAAS_USER, Service::APAAS_USER),
            (AGORA_APAAS_APP, Service::APAAS_APP),
            (AGORA_RTM2_LOGIN, Service::RTM2_LOGIN),
            (AGORA_006_ADMINISTRATE_CHANNEL, Privilege006::AdministrateChannel.number()),
            (AGORA_006_RTM_LOGIN, Privilege006::RtmLogin.number()),
            (AGORA_RTM2_MESSAGE_CHANNELS, Permissions::MESSAGE_CHANNELS),
            (AGORA_RTM2_STREAM_CHANNELS, Permissions::STREAM_CHANNELS),
            (AGORA_RTM2_GROUP_CHANNELS, Permissions::GROUP_CHANNELS),
            (AGORA_RTM2_SERVER_GROUPS, Permissions::SERVER_GROUPS),
            (AGORA_RTM2_USERS, Permissions::USERS),
            (AGORA_RTM2_READ, Permissions::READ),
            (AGORA_RTM2_WRITE, Permissions::WRITE),
        ];
        assert_eq!(privileges.map(|(c, _)| c), privileges.map(|(_, core)| core));
    }
}
