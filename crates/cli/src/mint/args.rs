//! What `mint` takes: a service with its options, named as the builders' arguments.

use clap::{Args, Subcommand, ValueEnum};

use super::batch::args::Batch;
use crate::credentials::CredentialArgs;

#[derive(Args)]
pub(crate) struct Mint {
    #[command(subcommand)]
    pub(crate) service: Option<Service>,
    #[command(flatten)]
    pub(crate) batch: Batch,
    /// Generation of the token: AccessToken2 (007), or for rtc and rtm also AccessToken (006)
    #[arg(long, global = true, value_name = "VERSION", default_value = "007", hide_possible_values = true)]
    pub(crate) token_version: Version,
    /// Print a JSON document: token, expiresAt, refreshAfter (when to fetch the next), and what the token says
    ///
    /// With --batch it comes on standard error when all is done: rows, minted, refused, seconds.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Issue timestamp, Unix seconds [default: now]
    #[arg(long, global = true, value_name = "UNIX", allow_negative_numbers = true, help_heading = "Fixed output")]
    pub(crate) issue_ts: Option<String>,
    /// Salt, 0 to 4294967295 [default: random]
    #[arg(long, global = true, value_name = "N", allow_negative_numbers = true, help_heading = "Fixed output")]
    pub(crate) salt: Option<String>,
    #[command(flatten)]
    pub(crate) credentials: CredentialArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Version {
    #[value(name = "006")]
    AccessToken,
    #[value(name = "007")]
    AccessToken2,
}

#[derive(Subcommand)]
pub(crate) enum Service {
    /// Voice and video in a channel
    Rtc(Rtc),
    /// Real-time messaging (Signaling)
    Rtm(Rtm),
    /// Voice and video in a channel, and messaging, for one account
    RtcRtm(RtcRtm),
    /// The same for an account and a user ID, with a lifetime for each privilege
    #[command(name = "rtc-rtm2")]
    RtcRtm2(RtcAndRtm),
    /// Chat as a user
    ChatUser(UserId),
    /// Chat as the app, an administrator: for your server, never for a client
    ChatApp(TokenExpire),
    /// Full-path acceleration, always for 24 hours
    Fpa,
    /// A user with a role in a room of a flexible classroom
    ApaasRoomUser(RoomUser),
    /// A user of a flexible classroom
    ApaasUser(UserUuid),
    /// Flexible classrooms as the app, an administrator: for your server, never for a client
    ApaasApp(TokenExpire),
    /// The same as apaas-room-user, by its older name
    EducationRoomUser(RoomUser),
    /// The same as apaas-user, by its older name
    EducationUser(UserUuid),
    /// The same as apaas-app, by its older name
    EducationApp(TokenExpire),
    /// Conversational AI, with voice, video and messaging
    ConvoAi(RtcAndRtm),
    /// Speech to text, with voice, video and messaging
    Stt(RtcAndRtm),
}

#[derive(Args)]
pub(crate) struct TokenExpire {
    /// How long the token lives; Agora honours 24h at most [default: 1h]
    #[arg(long, value_name = "LIFETIME", visible_alias = "expire", allow_negative_numbers = true)]
    pub(crate) token_expire: Option<String>,
}

#[derive(Args)]
pub(crate) struct Rtc {
    /// The channel to join: 1 to 63 bytes of the documented characters
    #[arg(long, value_name = "NAME")]
    pub(crate) channel: String,
    #[command(flatten)]
    pub(crate) user: User,
    /// publisher (1) or subscriber (2); 006 also attendee (0) and admin (101) [default: publisher]
    #[arg(long, allow_negative_numbers = true)]
    pub(crate) role: Option<String>,
    #[command(flatten)]
    pub(crate) token_expire: TokenExpire,
    /// How long its privileges live, 0 for as long as the token [default: as the token]
    #[arg(long, value_name = "LIFETIME", allow_negative_numbers = true)]
    pub(crate) privilege_expire: Option<String>,
    #[command(flatten)]
    pub(crate) own: OwnExpires,
    #[command(flatten)]
    pub(crate) end: End,
}

/// Exactly one of these: a number, a text and no user in particular are three things.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct User {
    /// The user's uid, 1 to 4294967295; 0 is any user
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) uid: Option<String>,
    /// The user's account, a text of 1 to 255 bytes
    #[arg(long, value_name = "TEXT")]
    pub(crate) account: Option<String>,
    /// Whoever has the token gets in, with any uid
    #[arg(long)]
    pub(crate) any_user: bool,
}

/// A lifetime of its own for each privilege.
#[derive(Args)]
#[command(next_help_heading = "A lifetime for each privilege")]
pub(crate) struct OwnExpires {
    /// Joining the channel [default: as --privilege-expire]
    #[arg(long, value_name = "LIFETIME", allow_negative_numbers = true)]
    pub(crate) join_channel_privilege_expire: Option<String>,
    /// Publishing audio [default: as --privilege-expire]
    #[arg(long, value_name = "LIFETIME", allow_negative_numbers = true)]
    pub(crate) pub_audio_privilege_expire: Option<String>,
    /// Publishing video [default: as --privilege-expire]
    #[arg(long, value_name = "LIFETIME", allow_negative_numbers = true)]
    pub(crate) pub_video_privilege_expire: Option<String>,
    /// Publishing data streams [default: as --privilege-expire]
    #[arg(long, value_name = "LIFETIME", allow_negative_numbers = true)]
    pub(crate) pub_data_stream_privilege_expire: Option<String>,
}

/// When the privileges of an AccessToken end. The token itself always lives a day.
#[derive(Args)]
#[group(multiple = false)]
#[command(next_help_heading = "AccessToken (006), instead of lifetimes")]
pub(crate) struct End {
    /// When its privileges end, Unix seconds; 0 for as long as the token, a day
    #[arg(long, value_name = "UNIX", allow_negative_numbers = true)]
    pub(crate) privilege_expired_ts: Option<String>,
    /// The same, counted from now [default: 1h]
    #[arg(long, value_name = "LIFETIME", allow_negative_numbers = true)]
    pub(crate) expires_in: Option<String>,
}

#[derive(Args)]
pub(crate) struct Rtm {
    /// The user to log in, a text of 1 to 255 bytes
    #[arg(long, value_name = "TEXT")]
    pub(crate) user_id: String,
    #[command(flatten)]
    pub(crate) token_expire: TokenExpire,
    /// Permissions on single resources, as a JSON file or as JSON:
    /// {"messageChannels":{"read":["news"]}}
    #[arg(long, value_name = "FILE|JSON")]
    pub(crate) permissions: Option<String>,
    /// As for rtc in 006, where it changes nothing [default: publisher]
    #[arg(long, allow_negative_numbers = true, help_heading = "AccessToken (006), instead of lifetimes")]
    pub(crate) role: Option<String>,
    #[command(flatten)]
    pub(crate) end: End,
}

#[derive(Args)]
pub(crate) struct RtcRtm {
    /// The channel to join: 1 to 63 bytes of the documented characters
    #[arg(long, value_name = "NAME")]
    pub(crate) channel: String,
    /// The user's account in both, a text of 1 to 255 bytes
    #[arg(long, value_name = "TEXT")]
    pub(crate) account: String,
    /// publisher (1) or subscriber (2) [default: publisher]
    #[arg(long, allow_negative_numbers = true)]
    pub(crate) role: Option<String>,
    #[command(flatten)]
    pub(crate) token_expire: TokenExpire,
    /// How long its channel privileges live, 0 for as long as the token [default: as the token]
    #[arg(long, value_name = "LIFETIME", allow_negative_numbers = true)]
    pub(crate) privilege_expire: Option<String>,
}

#[derive(Args)]
pub(crate) struct RtcAndRtm {
    /// The channel to join: 1 to 63 bytes of the documented characters
    #[arg(long, value_name = "NAME")]
    pub(crate) channel: String,
    /// The user's account in the channel, a text of 1 to 255 bytes
    #[arg(long, value_name = "TEXT", visible_alias = "account")]
    pub(crate) rtc_account: String,
    /// publisher (1) or subscriber (2) [default: publisher]
    #[arg(long, value_name = "ROLE", visible_alias = "role", allow_negative_numbers = true)]
    pub(crate) rtc_role: Option<String>,
    /// How long the token lives; Agora honours 24h at most [default: 1h]
    #[arg(long, value_name = "LIFETIME", visible_aliases = ["token-expire", "expire"], allow_negative_numbers = true)]
    pub(crate) rtc_token_expire: Option<String>,
    /// How long its channel privileges live, 0 for as long as the token [default: as the token]
    #[arg(long, value_name = "LIFETIME", allow_negative_numbers = true)]
    pub(crate) privilege_expire: Option<String>,
    /// The user ID in messaging, a text of 1 to 255 bytes [default: the account]
    #[arg(long, value_name = "TEXT")]
    pub(crate) rtm_user_id: Option<String>,
    /// How long the login to messaging lives [default: as the token]
    #[arg(long, value_name = "LIFETIME", allow_negative_numbers = true)]
    pub(crate) rtm_token_expire: Option<String>,
    #[command(flatten)]
    pub(crate) own: OwnExpires,
}

#[derive(Args)]
pub(crate) struct UserId {
    /// The user, a text of 1 to 255 bytes
    #[arg(long, value_name = "TEXT")]
    pub(crate) user_id: String,
    #[command(flatten)]
    pub(crate) token_expire: TokenExpire,
}

#[derive(Args)]
pub(crate) struct UserUuid {
    /// The user's UUID, a text of 1 to 255 bytes
    #[arg(long, value_name = "TEXT")]
    pub(crate) user_uuid: String,
    #[command(flatten)]
    pub(crate) token_expire: TokenExpire,
}

#[derive(Args)]
pub(crate) struct RoomUser {
    /// The room's UUID, a text of 1 to 255 bytes
    #[arg(long, value_name = "TEXT")]
    pub(crate) room_uuid: String,
    /// The user's UUID, a text of 1 to 255 bytes
    #[arg(long, value_name = "TEXT")]
    pub(crate) user_uuid: String,
    /// The user's role in the room, -32768 to 32767
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) role: String,
    #[command(flatten)]
    pub(crate) token_expire: TokenExpire,
}
