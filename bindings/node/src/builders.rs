//! The official one-call builders: the arguments in their order, the system's time, a random salt.

use agora_token::{ErrorCode, Stamp, builder};

use crate::documents::permissions_of;
use crate::node::{Arguments, Reply};
use crate::refusal::Refusal;

type Made = Result<Reply, Refusal>;

pub(crate) fn build_token_with_uid(args: &Arguments) -> Made {
    token(builder::build_token_with_uid(
        &args.credentials()?,
        &args.channel_name()?,
        args.uid()?,
        args.role("role")?,
        args.timestamp("privilegeExpiredTs")?,
        Stamp::now()?,
    ))
}

pub(crate) fn build_token_with_user_account(args: &Arguments) -> Made {
    token(builder::build_token_with_user_account(
        &args.credentials()?,
        &args.channel_name()?,
        &args.account("userAccount")?,
        args.role("role")?,
        args.timestamp("privilegeExpiredTs")?,
        Stamp::now()?,
    ))
}

pub(crate) fn build_rtm_token(args: &Arguments) -> Made {
    token(builder::build_rtm_token(
        &args.credentials()?,
        &args.account("userAccount")?,
        args.role("role")?,
        args.timestamp("privilegeExpiredTs")?,
        Stamp::now()?,
    ))
}

pub(crate) fn build_token2_with_uid(args: &Arguments) -> Made {
    token(builder::build_token2_with_uid(
        &args.credentials()?,
        &args.channel_name()?,
        args.uid()?,
        args.role("role")?,
        args.lifetime("tokenExpire")?,
        args.lifetime("privilegeExpire")?,
        Stamp::now()?,
    ))
}

pub(crate) fn build_token2_with_user_account(args: &Arguments) -> Made {
    token(builder::build_token2_with_user_account(
        &args.credentials()?,
        &args.channel_name()?,
        &args.account("userAccount")?,
        args.role("role")?,
        args.lifetime("tokenExpire")?,
        args.lifetime("privilegeExpire")?,
        Stamp::now()?,
    ))
}

pub(crate) fn build_token2_with_uid_and_privilege(args: &Arguments) -> Made {
    token(builder::build_token2_with_uid_and_privilege(
        &args.credentials()?,
        &args.channel_name()?,
        args.uid()?,
        args.lifetime("tokenExpire")?,
        args.lifetime("joinChannelPrivilegeExpire")?,
        args.lifetime("pubAudioPrivilegeExpire")?,
        args.lifetime("pubVideoPrivilegeExpire")?,
        args.lifetime("pubDataStreamPrivilegeExpire")?,
        Stamp::now()?,
    ))
}

pub(crate) fn build_token2_with_user_account_and_privilege(args: &Arguments) -> Made {
    token(builder::build_token2_with_user_account_and_privilege(
        &args.credentials()?,
        &args.channel_name()?,
        &args.account("userAccount")?,
        args.lifetime("tokenExpire")?,
        args.lifetime("joinChannelPrivilegeExpire")?,
        args.lifetime("pubAudioPrivilegeExpire")?,
        args.lifetime("pubVideoPrivilegeExpire")?,
        args.lifetime("pubDataStreamPrivilegeExpire")?,
        Stamp::now()?,
    ))
}

pub(crate) fn build_token2_with_rtm(args: &Arguments) -> Made {
    token(builder::build_token2_with_rtm(
        &args.credentials()?,
        &args.channel_name()?,
        &args.account("userAccount")?,
        args.role("role")?,
        args.lifetime("tokenExpire")?,
        args.lifetime("privilegeExpire")?,
        Stamp::now()?,
    ))
}

/// The three builders with these arguments.
macro_rules! with_rtm2 {
    ($name:ident) => {
        pub(crate) fn $name(args: &Arguments) -> Made {
            token(builder::$name(
                &args.credentials()?,
                &args.channel_name()?,
                &args.account("rtcAccount")?,
                args.role("rtcRole")?,
                args.lifetime("rtcTokenExpire")?,
                args.lifetime("joinChannelPrivilegeExpire")?,
                args.lifetime("pubAudioPrivilegeExpire")?,
                args.lifetime("pubVideoPrivilegeExpire")?,
                args.lifetime("pubDataStreamPrivilegeExpire")?,
                &args.user_id("rtmUserId")?,
                args.lifetime("rtmTokenExpire")?,
                Stamp::now()?,
            ))
        }
    };
}

with_rtm2!(build_token2_with_rtm2);
with_rtm2!(build_convo_ai_token2);
with_rtm2!(build_stt_token2);

pub(crate) fn build_rtm_token2(args: &Arguments) -> Made {
    token(builder::build_rtm_token2(
        &args.credentials()?,
        &args.user_id("userId")?,
        args.lifetime("tokenExpire")?,
        Stamp::now()?,
    ))
}

/// The permissions come as a JSON document.
pub(crate) fn build_rtm_token2_with_permissions(args: &Arguments) -> Made {
    token(builder::build_rtm_token2_with_permissions(
        &args.credentials()?,
        &args.user_id("userId")?,
        permissions_of(&args.named_text("permissions", ErrorCode::InvalidPermissions)?)?,
        args.lifetime("tokenExpire")?,
        Stamp::now()?,
    ))
}

pub(crate) fn build_chat_user_token2(args: &Arguments) -> Made {
    token(builder::build_chat_user_token2(
        &args.credentials()?,
        &args.user_id("userId")?,
        args.lifetime("tokenExpire")?,
        Stamp::now()?,
    ))
}

pub(crate) fn build_chat_app_token2(args: &Arguments) -> Made {
    token(builder::build_chat_app_token2(&args.credentials()?, args.lifetime("tokenExpire")?, Stamp::now()?))
}

pub(crate) fn build_fpa_token2(args: &Arguments) -> Made {
    token(builder::build_fpa_token2(&args.credentials()?, Stamp::now()?))
}

pub(crate) fn build_apaas_room_user_token2(args: &Arguments) -> Made {
    token(builder::build_apaas_room_user_token2(
        &args.credentials()?,
        &args.named_text("roomUuid", ErrorCode::InvalidRoomUuid)?,
        &args.named_text("userUuid", ErrorCode::InvalidUserUuid)?,
        args.apaas_role()?,
        args.lifetime("tokenExpire")?,
        Stamp::now()?,
    ))
}

pub(crate) fn build_apaas_user_token2(args: &Arguments) -> Made {
    token(builder::build_apaas_user_token2(
        &args.credentials()?,
        &args.named_text("userUuid", ErrorCode::InvalidUserUuid)?,
        args.lifetime("tokenExpire")?,
        Stamp::now()?,
    ))
}

pub(crate) fn build_apaas_app_token2(args: &Arguments) -> Made {
    token(builder::build_apaas_app_token2(&args.credentials()?, args.lifetime("tokenExpire")?, Stamp::now()?))
}

fn token(built: Result<String, agora_token::Error>) -> Made {
    Ok(Reply::Token(built?))
}
