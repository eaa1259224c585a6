//! The official one-call builders of both generations, as functions of their arguments and a [`Stamp`].
//!
//! Names without a 2 make an AccessToken (006) and take absolute Unix seconds; names with a 2 make an AccessToken2
//! (007) and take seconds from the stamp's time. Where the official implementations disagree, these do what most of
//! them do (C++, Python, Go and Rust). Unlike theirs, these check: the channel name against
//! [`crate::identity::check_channel_name`], accounts and IDs for 1 to 255 bytes, the role, and times that are of the
//! other generation's kind.
#![allow(clippy::too_many_arguments, reason = "the official signatures")]

use crate::access_token::{AccessToken, Privilege006};
use crate::access_token2;
use crate::credentials::Credentials;
use crate::error::{Error, ErrorCode};
use crate::identity::{check_channel_name, check_user};
use crate::inspect::hex;
use crate::service::{Permissions, Privileges, Service, ServiceKind};
use crate::signature::issue_key;
use crate::source::Stamp;
use crate::text::{Text, UidText};
use crate::time::{DAY, check_privilege_expire, check_privilege_expired_ts, check_token_expire};

/// What a user may do in a channel. Agora's service looks at it only where co-host authentication is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Role {
    /// Joins and publishes audio, video and data.
    Publisher = 1,
    /// Joins.
    Subscriber = 2,
}

impl Role {
    /// The role with this number in AccessToken2.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidRole`] for all but 1 and 2.
    pub fn from_number(number: u32) -> Result<Role, Error> {
        publishes(number, "role").map(|publishes| if publishes { Role::Publisher } else { Role::Subscriber })
    }
}

impl From<Role> for u32 {
    fn from(role: Role) -> u32 {
        role as u32
    }
}

/// AccessToken for a uid; 0 lets any user in.
///
/// `role` is 1 (publisher), 2 (subscriber), or one of the older 0 (attendee) and 101 (admin), which publish too.
/// `privilege_expired_ts` is when the privileges end, Unix seconds; with 0 they last as long as the token, a day.
///
/// # Errors
/// [`ErrorCode::InvalidChannelName`], [`ErrorCode::InvalidRole`],
/// [`ErrorCode::PrivilegeExpiredTsLooksLikeDuration`].
pub fn build_token_with_uid(
    credentials: &Credentials,
    channel_name: &str,
    uid: u32,
    role: u32,
    privilege_expired_ts: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    rtc_token(credentials, channel_name, UidText::new(uid).as_text(), role, privilege_expired_ts, stamp)
}

/// AccessToken for a user account; else as [`build_token_with_uid`].
///
/// # Errors
/// Those of [`build_token_with_uid`], and [`ErrorCode::InvalidUserAccount`].
pub fn build_token_with_user_account(
    credentials: &Credentials,
    channel_name: &str,
    user_account: &str,
    role: u32,
    privilege_expired_ts: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    let account = check_user(user_account, ErrorCode::InvalidUserAccount, "user_account")?;
    rtc_token(credentials, channel_name, account.into(), role, privilege_expired_ts, stamp)
}

/// AccessToken to log in to real-time messaging. The role changes nothing, in the official builders neither.
///
/// # Errors
/// [`ErrorCode::InvalidUserAccount`], [`ErrorCode::InvalidRole`], [`ErrorCode::PrivilegeExpiredTsLooksLikeDuration`].
pub fn build_rtm_token(
    credentials: &Credentials,
    user_account: &str,
    role: u32,
    privilege_expired_ts: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    let user = check_user(user_account, ErrorCode::InvalidUserAccount, "user_account")?;
    publishes_006(role)?;
    let expired_ts = check_privilege_expired_ts(privilege_expired_ts)?;
    AccessToken::new(credentials.app_id, user.into(), Text::default(), stamp)
        .with_privilege(Privilege006::RtmLogin, expired_ts)
        .build(&credentials.app_certificate)
}

fn rtc_token(
    credentials: &Credentials,
    channel_name: &str,
    account: Text<'_>,
    role: u32,
    privilege_expired_ts: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    let channel_name = check_channel_name(channel_name)?.into();
    let publishes = publishes_006(role)?;
    let expired_ts = check_privilege_expired_ts(privilege_expired_ts)?;
    let all = [
        Privilege006::JoinChannel,
        Privilege006::PublishAudioStream,
        Privilege006::PublishVideoStream,
        Privilege006::PublishDataStream,
    ]
    .map(|privilege| (privilege.number(), expired_ts));
    let [join, ..] = all;
    let privileges = Privileges::from_ascending(if publishes { &all } else { std::slice::from_ref(&join) });
    let token = AccessToken { privileges, ..AccessToken::new(credentials.app_id, channel_name, account, stamp) };
    token.build(&credentials.app_certificate)
}

/// AccessToken2 for a uid; 0 lets any user in.
///
/// `role` is 1 (publisher) or 2 (subscriber). `token_expire` and `privilege_expire` are seconds from now; with a
/// `privilege_expire` of 0 the privileges last as long as the token.
///
/// # Errors
/// [`ErrorCode::InvalidChannelName`], [`ErrorCode::InvalidRole`], [`ErrorCode::TokenExpireZero`],
/// [`ErrorCode::TokenExpireLooksLikeTimestamp`], [`ErrorCode::PrivilegeExpireLooksLikeTimestamp`].
pub fn build_token2_with_uid(
    credentials: &Credentials,
    channel_name: &str,
    uid: u32,
    role: u32,
    token_expire: u32,
    privilege_expire: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    let mut account = UidText::new(uid);
    let rtc = rtc_for_role(channel_name, account.as_text(), role, privilege_expire)?;
    build(credentials, token_expire, &[rtc], stamp)
}

/// AccessToken2 for a user account; else as [`build_token2_with_uid`].
///
/// # Errors
/// Those of [`build_token2_with_uid`], and [`ErrorCode::InvalidUserAccount`].
pub fn build_token2_with_user_account(
    credentials: &Credentials,
    channel_name: &str,
    user_account: &str,
    role: u32,
    token_expire: u32,
    privilege_expire: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    let account = check_user(user_account, ErrorCode::InvalidUserAccount, "user_account")?;
    let rtc = rtc_for_role(channel_name, account.into(), role, privilege_expire)?;
    build(credentials, token_expire, &[rtc], stamp)
}

/// AccessToken2 for a uid with a lifetime of its own for each privilege. All four are always granted; 0 is no limit of
/// its own.
///
/// # Errors
/// [`ErrorCode::InvalidChannelName`], [`ErrorCode::TokenExpireZero`], [`ErrorCode::TokenExpireLooksLikeTimestamp`],
/// [`ErrorCode::PrivilegeExpireLooksLikeTimestamp`].
pub fn build_token2_with_uid_and_privilege(
    credentials: &Credentials,
    channel_name: &str,
    uid: u32,
    token_expire: u32,
    join_channel_privilege_expire: u32,
    pub_audio_privilege_expire: u32,
    pub_video_privilege_expire: u32,
    pub_data_stream_privilege_expire: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    let lifetimes = RtcLifetimes {
        join_channel: join_channel_privilege_expire,
        pub_audio: pub_audio_privilege_expire,
        pub_video: pub_video_privilege_expire,
        pub_data_stream: pub_data_stream_privilege_expire,
    };
    let mut account = UidText::new(uid);
    let rtc = rtc_with_lifetimes(channel_name, account.as_text(), true, &lifetimes)?;
    build(credentials, token_expire, &[rtc], stamp)
}

/// AccessToken2 for a user account; else as [`build_token2_with_uid_and_privilege`].
///
/// # Errors
/// Those of [`build_token2_with_uid_and_privilege`], and [`ErrorCode::InvalidUserAccount`].
pub fn build_token2_with_user_account_and_privilege(
    credentials: &Credentials,
    channel_name: &str,
    user_account: &str,
    token_expire: u32,
    join_channel_privilege_expire: u32,
    pub_audio_privilege_expire: u32,
    pub_video_privilege_expire: u32,
    pub_data_stream_privilege_expire: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    let account = check_user(user_account, ErrorCode::InvalidUserAccount, "user_account")?;
    let lifetimes = RtcLifetimes {
        join_channel: join_channel_privilege_expire,
        pub_audio: pub_audio_privilege_expire,
        pub_video: pub_video_privilege_expire,
        pub_data_stream: pub_data_stream_privilege_expire,
    };
    let rtc = rtc_with_lifetimes(channel_name, account.into(), true, &lifetimes)?;
    build(credentials, token_expire, &[rtc], stamp)
}

/// AccessToken2 for one user account in both a channel and real-time messaging. The login lasts as long as the token,
/// not as long as the privileges.
///
/// # Errors
/// As for [`build_token2_with_user_account`].
pub fn build_token2_with_rtm(
    credentials: &Credentials,
    channel_name: &str,
    user_account: &str,
    role: u32,
    token_expire: u32,
    privilege_expire: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    let account = check_user(user_account, ErrorCode::InvalidUserAccount, "user_account")?;
    let rtc = rtc_for_role(channel_name, account.into(), role, privilege_expire)?;
    let rtm =
        Service::new(ServiceKind::Rtm { user_id: account.into() }).with_privilege(Service::RTM_LOGIN, token_expire);
    build(credentials, token_expire, &[rtc, rtm], stamp)
}

/// AccessToken2 for a user account in a channel and a user ID in real-time messaging, with a lifetime of its own for
/// each privilege. Despite the official name the second service is RTM (type 2), not RTM2.
///
/// # Errors
/// [`ErrorCode::InvalidChannelName`], [`ErrorCode::InvalidUserAccount`], [`ErrorCode::InvalidRole`],
/// [`ErrorCode::InvalidUserId`], [`ErrorCode::TokenExpireZero`], [`ErrorCode::TokenExpireLooksLikeTimestamp`],
/// [`ErrorCode::PrivilegeExpireLooksLikeTimestamp`].
pub fn build_token2_with_rtm2(
    credentials: &Credentials,
    channel_name: &str,
    rtc_account: &str,
    rtc_role: u32,
    rtc_token_expire: u32,
    join_channel_privilege_expire: u32,
    pub_audio_privilege_expire: u32,
    pub_video_privilege_expire: u32,
    pub_data_stream_privilege_expire: u32,
    rtm_user_id: &str,
    rtm_token_expire: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    let lifetimes = RtcLifetimes {
        join_channel: join_channel_privilege_expire,
        pub_audio: pub_audio_privilege_expire,
        pub_video: pub_video_privilege_expire,
        pub_data_stream: pub_data_stream_privilege_expire,
    };
    let services = rtc_and_rtm(channel_name, rtc_account, rtc_role, &lifetimes, rtm_user_id, rtm_token_expire)?;
    build_for("rtc_token_expire", credentials, rtc_token_expire, &services, stamp)
}

/// AccessToken2 to log in to real-time messaging.
///
/// # Errors
/// [`ErrorCode::InvalidUserId`], [`ErrorCode::TokenExpireZero`], [`ErrorCode::TokenExpireLooksLikeTimestamp`].
pub fn build_rtm_token2(
    credentials: &Credentials,
    user_id: &str,
    token_expire: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    let user_id = check_user(user_id, ErrorCode::InvalidUserId, "user_id")?;
    let rtm =
        Service::new(ServiceKind::Rtm { user_id: user_id.into() }).with_privilege(Service::RTM_LOGIN, token_expire);
    build(credentials, token_expire, &[rtm], stamp)
}

/// AccessToken2 to log in to real-time messaging with permissions on single resources.
///
/// # Errors
/// Those of [`build_rtm_token2`], [`ErrorCode::InvalidPermissions`], [`ErrorCode::TooManyEntries`],
/// [`ErrorCode::PayloadTooLarge`].
pub fn build_rtm_token2_with_permissions(
    credentials: &Credentials,
    user_id: &str,
    permissions: Permissions<'_>,
    token_expire: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    let user_id = check_user(user_id, ErrorCode::InvalidUserId, "user_id")?;
    let rtm2 = Service::new(ServiceKind::Rtm2 { user_id: user_id.into(), permissions })
        .with_privilege(Service::RTM2_LOGIN, token_expire);
    build(credentials, token_expire, &[rtm2], stamp)
}

/// AccessToken2 for a Chat user.
///
/// # Errors
/// As for [`build_rtm_token2`].
pub fn build_chat_user_token2(
    credentials: &Credentials,
    user_id: &str,
    token_expire: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    let user_id = check_user(user_id, ErrorCode::InvalidUserId, "user_id")?;
    build(credentials, token_expire, &[chat_user(user_id.into(), token_expire)], stamp)
}

/// AccessToken2 for a server that administrates Chat. Never for a client.
///
/// # Errors
/// [`ErrorCode::TokenExpireZero`], [`ErrorCode::TokenExpireLooksLikeTimestamp`].
pub fn build_chat_app_token2(credentials: &Credentials, token_expire: u32, stamp: Stamp) -> Result<String, Error> {
    let chat =
        Service::new(ServiceKind::Chat { user_id: Text::default() }).with_privilege(Service::CHAT_APP, token_expire);
    build(credentials, token_expire, &[chat], stamp)
}

/// AccessToken2 for full-path acceleration: always 24 hours.
///
/// # Errors
/// None that its arguments can cause.
pub fn build_fpa_token2(credentials: &Credentials, stamp: Stamp) -> Result<String, Error> {
    build(credentials, DAY, &[Service::new(ServiceKind::Fpa).with_privilege(Service::FPA_LOGIN, 0)], stamp)
}

/// AccessToken2 for a user with a role in a room of aPaaS (Education), with messaging and Chat as the same user.
///
/// # Errors
/// [`ErrorCode::InvalidRoomUuid`], [`ErrorCode::InvalidUserUuid`], [`ErrorCode::TokenExpireZero`],
/// [`ErrorCode::TokenExpireLooksLikeTimestamp`].
pub fn build_apaas_room_user_token2(
    credentials: &Credentials,
    room_uuid: &str,
    user_uuid: &str,
    role: i16,
    token_expire: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    let room_uuid = check_user(room_uuid, ErrorCode::InvalidRoomUuid, "room_uuid")?;
    let user_uuid = check_user(user_uuid, ErrorCode::InvalidUserUuid, "user_uuid")?;
    let apaas = Service::new(ServiceKind::Apaas { room_uuid: room_uuid.into(), user_uuid: user_uuid.into(), role })
        .with_privilege(Service::APAAS_ROOM_USER, token_expire);
    let rtm =
        Service::new(ServiceKind::Rtm { user_id: user_uuid.into() }).with_privilege(Service::RTM_LOGIN, token_expire);
    let chat = chat_user(apaas_chat_user_id(user_uuid.as_bytes()).into(), token_expire);
    build(credentials, token_expire, &[apaas, rtm, chat], stamp)
}

/// AccessToken2 for a user of aPaaS (Education) outside of a room.
///
/// # Errors
/// [`ErrorCode::InvalidUserUuid`], [`ErrorCode::TokenExpireZero`], [`ErrorCode::TokenExpireLooksLikeTimestamp`].
pub fn build_apaas_user_token2(
    credentials: &Credentials,
    user_uuid: &str,
    token_expire: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    let user_uuid = check_user(user_uuid, ErrorCode::InvalidUserUuid, "user_uuid")?;
    let kind = ServiceKind::Apaas { room_uuid: Text::default(), user_uuid: user_uuid.into(), role: NO_ROLE };
    build(credentials, token_expire, &[Service::new(kind).with_privilege(Service::APAAS_USER, token_expire)], stamp)
}

/// AccessToken2 for a server that administrates aPaaS (Education). Never for a client.
///
/// # Errors
/// [`ErrorCode::TokenExpireZero`], [`ErrorCode::TokenExpireLooksLikeTimestamp`].
pub fn build_apaas_app_token2(credentials: &Credentials, token_expire: u32, stamp: Stamp) -> Result<String, Error> {
    let kind = ServiceKind::Apaas { room_uuid: Text::default(), user_uuid: Text::default(), role: NO_ROLE };
    build(credentials, token_expire, &[Service::new(kind).with_privilege(Service::APAAS_APP, token_expire)], stamp)
}

/// AccessToken2 for conversational AI: as [`build_token2_with_rtm2`], with that service added.
///
/// # Errors
/// As for [`build_token2_with_rtm2`].
pub fn build_convo_ai_token2(
    credentials: &Credentials,
    channel_name: &str,
    rtc_account: &str,
    rtc_role: u32,
    rtc_token_expire: u32,
    join_channel_privilege_expire: u32,
    pub_audio_privilege_expire: u32,
    pub_video_privilege_expire: u32,
    pub_data_stream_privilege_expire: u32,
    rtm_user_id: &str,
    rtm_token_expire: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    let lifetimes = RtcLifetimes {
        join_channel: join_channel_privilege_expire,
        pub_audio: pub_audio_privilege_expire,
        pub_video: pub_video_privilege_expire,
        pub_data_stream: pub_data_stream_privilege_expire,
    };
    let [rtc, rtm] = rtc_and_rtm(channel_name, rtc_account, rtc_role, &lifetimes, rtm_user_id, rtm_token_expire)?;
    let services = [rtc, rtm, Service::new(ServiceKind::ConvoAi)];
    build_for("rtc_token_expire", credentials, rtc_token_expire, &services, stamp)
}

/// AccessToken2 for speech to text: as [`build_token2_with_rtm2`], with that service added.
///
/// # Errors
/// As for [`build_token2_with_rtm2`].
pub fn build_stt_token2(
    credentials: &Credentials,
    channel_name: &str,
    rtc_account: &str,
    rtc_role: u32,
    rtc_token_expire: u32,
    join_channel_privilege_expire: u32,
    pub_audio_privilege_expire: u32,
    pub_video_privilege_expire: u32,
    pub_data_stream_privilege_expire: u32,
    rtm_user_id: &str,
    rtm_token_expire: u32,
    stamp: Stamp,
) -> Result<String, Error> {
    let lifetimes = RtcLifetimes {
        join_channel: join_channel_privilege_expire,
        pub_audio: pub_audio_privilege_expire,
        pub_video: pub_video_privilege_expire,
        pub_data_stream: pub_data_stream_privilege_expire,
    };
    let [rtc, rtm] = rtc_and_rtm(channel_name, rtc_account, rtc_role, &lifetimes, rtm_user_id, rtm_token_expire)?;
    let services = [rtc, rtm, Service::new(ServiceKind::Stt)];
    build_for("rtc_token_expire", credentials, rtc_token_expire, &services, stamp)
}

const NO_ROLE: i16 = -1;

struct RtcLifetimes {
    join_channel: u32,
    pub_audio: u32,
    pub_video: u32,
    pub_data_stream: u32,
}

fn build(
    credentials: &Credentials,
    token_expire: u32,
    services: &[Service<'_>],
    stamp: Stamp,
) -> Result<String, Error> {
    build_for("token_expire", credentials, token_expire, services, stamp)
}

fn build_for(
    expire_field: &'static str,
    credentials: &Credentials,
    token_expire: u32,
    services: &[Service<'_>],
    stamp: Stamp,
) -> Result<String, Error> {
    let token_expire = check_token_expire(token_expire, expire_field)?;
    let issue_key = issue_key(credentials.app_certificate.as_bytes(), stamp.issue_ts);
    access_token2::build(credentials.app_id, token_expire, stamp, services, &issue_key)
}

/// 006 publishes for every role but the subscriber's.
fn publishes_006(role: u32) -> Result<bool, Error> {
    match role {
        0 | 1 | 101 => Ok(true),
        2 => Ok(false),
        _ => Err(ErrorCode::InvalidRole.because(format!(
            "role is {role}; 1 (publisher) or 2 (subscriber) expected, or the older 0 (attendee) or 101 (admin)"
        ))),
    }
}

/// 007 publishes for role 1 only. The official builders quietly take publishing away from every other number, the
/// older 0 and 101 included.
fn publishes(role: u32, field: &'static str) -> Result<bool, Error> {
    let hint = match role {
        1 => return Ok(true),
        2 => return Ok(false),
        0 | 101 => "; 0 (attendee) and 101 (admin) are gone with AccessToken2, they published as 1 does",
        _ => "",
    };
    Err(ErrorCode::InvalidRole
        .because(format!("{field} is {role}; 1 (publisher) or 2 (subscriber) expected{hint}"))
        .in_field(field))
}

fn rtc_for_role<'a>(
    channel_name: &'a str,
    account: Text<'a>,
    role: u32,
    privilege_expire: u32,
) -> Result<Service<'a>, Error> {
    let channel_name = check_channel_name(channel_name)?;
    let publishes = publishes(role, "role")?;
    let expire = check_privilege_expire(privilege_expire, "privilege_expire")?;
    let all = RtcLifetimes { join_channel: expire, pub_audio: expire, pub_video: expire, pub_data_stream: expire };
    Ok(rtc(channel_name, account, publishes, &all))
}

fn rtc_with_lifetimes<'a>(
    channel_name: &'a str,
    account: Text<'a>,
    publishes: bool,
    lifetimes: &RtcLifetimes,
) -> Result<Service<'a>, Error> {
    let channel_name = check_channel_name(channel_name)?;
    check_privilege_expire(lifetimes.join_channel, "join_channel_privilege_expire")?;
    check_privilege_expire(lifetimes.pub_audio, "pub_audio_privilege_expire")?;
    check_privilege_expire(lifetimes.pub_video, "pub_video_privilege_expire")?;
    check_privilege_expire(lifetimes.pub_data_stream, "pub_data_stream_privilege_expire")?;
    Ok(rtc(channel_name, account, publishes, lifetimes))
}

fn rtc<'a>(channel_name: &'a str, account: Text<'a>, publishes: bool, lifetimes: &RtcLifetimes) -> Service<'a> {
    let all = [
        (Service::RTC_JOIN_CHANNEL, lifetimes.join_channel),
        (Service::RTC_PUBLISH_AUDIO_STREAM, lifetimes.pub_audio),
        (Service::RTC_PUBLISH_VIDEO_STREAM, lifetimes.pub_video),
        (Service::RTC_PUBLISH_DATA_STREAM, lifetimes.pub_data_stream),
    ];
    let [join, ..] = all;
    let privileges = Privileges::from_ascending(if publishes { &all } else { std::slice::from_ref(&join) });
    Service { kind: ServiceKind::Rtc { channel_name: channel_name.into(), account }, privileges }
}

fn rtc_and_rtm<'a>(
    channel_name: &'a str,
    rtc_account: &'a str,
    rtc_role: u32,
    lifetimes: &RtcLifetimes,
    rtm_user_id: &'a str,
    rtm_token_expire: u32,
) -> Result<[Service<'a>; 2], Error> {
    let account = check_user(rtc_account, ErrorCode::InvalidUserAccount, "rtc_account")?;
    let rtc = rtc_with_lifetimes(channel_name, account.into(), publishes(rtc_role, "rtc_role")?, lifetimes)?;
    let user_id = check_user(rtm_user_id, ErrorCode::InvalidUserId, "rtm_user_id")?;
    let rtm_token_expire = check_token_expire(rtm_token_expire, "rtm_token_expire")?;
    let rtm =
        Service::new(ServiceKind::Rtm { user_id: user_id.into() }).with_privilege(Service::RTM_LOGIN, rtm_token_expire);
    Ok([rtc, rtm])
}

fn chat_user(user_id: Text<'_>, expire: u32) -> Service<'_> {
    Service::new(ServiceKind::Chat { user_id }).with_privilege(Service::CHAT_USER, expire)
}

/// The Chat user ID that [`build_apaas_room_user_token2`] derives from a user UUID: its MD5 in lower-case hexadecimal,
/// always 32 digits.
pub fn apaas_chat_user_id(user_uuid: &[u8]) -> String {
    use md5::Digest;

    hex(&md5::Md5::digest(user_uuid))
}
