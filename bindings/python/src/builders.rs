//! The one-call builders of AccessToken2 (007), under the official names.
#![allow(clippy::too_many_arguments, reason = "the official signatures")]

use agora_token::{ErrorCode, Stamp, builder};
use pyo3::prelude::*;

use crate::arguments::{
    Arg, Optional, apaas_role, credentials, lifetime, lifetime_or_default, role as role_of, text, uid as uid_of,
};
use crate::permissions::permissions as permissions_of;
use crate::refusal::Outcome;

pub(crate) fn channel_name_of<'a>(value: Arg<'a, '_>) -> Outcome<&'a str> {
    text(value, ErrorCode::InvalidChannelName, "channel_name")
}

pub(crate) fn account_of<'a>(value: Arg<'a, '_>, field: &'static str) -> Outcome<&'a str> {
    text(value, ErrorCode::InvalidUserAccount, field)
}

fn user_id_of<'a>(value: Arg<'a, '_>, field: &'static str) -> Outcome<&'a str> {
    text(value, ErrorCode::InvalidUserId, field)
}

fn room_uuid_of<'a>(value: Arg<'a, '_>) -> Outcome<&'a str> {
    text(value, ErrorCode::InvalidRoomUuid, "room_uuid")
}

fn user_uuid_of<'a>(value: Arg<'a, '_>) -> Outcome<&'a str> {
    text(value, ErrorCode::InvalidUserUuid, "user_uuid")
}

/// Tokens for voice and video in a channel. Lifetimes are seconds from now, as an int or a timedelta.
#[pyclass(module = "agora_token", frozen)]
pub(crate) struct RtcTokenBuilder;

#[pymethods]
impl RtcTokenBuilder {
    /// A token for a uid; 0 lets any user in.
    ///
    /// With a privilege_expire of 0 the privileges last as long as the token.
    #[staticmethod]
    #[pyo3(
        signature = (app_id, app_certificate, channel_name, uid, role, token_expire, privilege_expire=Optional::Default(0)),
        text_signature = "(app_id, app_certificate, channel_name, uid, role, token_expire, privilege_expire=0)"
    )]
    fn build_token_with_uid(
        app_id: Arg<'_, '_>,
        app_certificate: Arg<'_, '_>,
        channel_name: Arg<'_, '_>,
        uid: Arg<'_, '_>,
        role: Arg<'_, '_>,
        token_expire: Arg<'_, '_>,
        privilege_expire: Optional<'_, '_>,
    ) -> Outcome<String> {
        Ok(builder::build_token2_with_uid(
            &credentials(app_id, app_certificate)?,
            channel_name_of(channel_name)?,
            uid_of(uid)?,
            role_of(role, "role")?,
            lifetime(token_expire, "token_expire")?,
            lifetime_or_default(privilege_expire, "privilege_expire")?,
            Stamp::now()?,
        )?)
    }

    /// A token for a user account of 1 to 255 bytes.
    #[staticmethod]
    #[pyo3(
        signature = (app_id, app_certificate, channel_name, account, role, token_expire, privilege_expire=Optional::Default(0)),
        text_signature = "(app_id, app_certificate, channel_name, account, role, token_expire, privilege_expire=0)"
    )]
    fn build_token_with_user_account(
        app_id: Arg<'_, '_>,
        app_certificate: Arg<'_, '_>,
        channel_name: Arg<'_, '_>,
        account: Arg<'_, '_>,
        role: Arg<'_, '_>,
        token_expire: Arg<'_, '_>,
        privilege_expire: Optional<'_, '_>,
    ) -> Outcome<String> {
        Ok(builder::build_token2_with_user_account(
            &credentials(app_id, app_certificate)?,
            channel_name_of(channel_name)?,
            account_of(account, "user_account")?,
            role_of(role, "role")?,
            lifetime(token_expire, "token_expire")?,
            lifetime_or_default(privilege_expire, "privilege_expire")?,
            Stamp::now()?,
        )?)
    }

    /// A token for a uid with a lifetime of its own for each privilege.
    ///
    /// All four are always granted; 0 is no limit of its own.
    #[staticmethod]
    fn build_token_with_uid_and_privilege(
        app_id: Arg<'_, '_>,
        app_certificate: Arg<'_, '_>,
        channel_name: Arg<'_, '_>,
        uid: Arg<'_, '_>,
        token_expire: Arg<'_, '_>,
        join_channel_privilege_expire: Arg<'_, '_>,
        pub_audio_privilege_expire: Arg<'_, '_>,
        pub_video_privilege_expire: Arg<'_, '_>,
        pub_data_stream_privilege_expire: Arg<'_, '_>,
    ) -> Outcome<String> {
        Ok(builder::build_token2_with_uid_and_privilege(
            &credentials(app_id, app_certificate)?,
            channel_name_of(channel_name)?,
            uid_of(uid)?,
            lifetime(token_expire, "token_expire")?,
            lifetime(join_channel_privilege_expire, "join_channel_privilege_expire")?,
            lifetime(pub_audio_privilege_expire, "pub_audio_privilege_expire")?,
            lifetime(pub_video_privilege_expire, "pub_video_privilege_expire")?,
            lifetime(pub_data_stream_privilege_expire, "pub_data_stream_privilege_expire")?,
            Stamp::now()?,
        )?)
    }

    /// A token for a user account with a lifetime of its own for each privilege.
    ///
    /// All four are always granted; 0 is no limit of its own.
    #[staticmethod]
    fn build_token_with_user_account_and_privilege(
        app_id: Arg<'_, '_>,
        app_certificate: Arg<'_, '_>,
        channel_name: Arg<'_, '_>,
        account: Arg<'_, '_>,
        token_expire: Arg<'_, '_>,
        join_channel_privilege_expire: Arg<'_, '_>,
        pub_audio_privilege_expire: Arg<'_, '_>,
        pub_video_privilege_expire: Arg<'_, '_>,
        pub_data_stream_privilege_expire: Arg<'_, '_>,
    ) -> Outcome<String> {
        Ok(builder::build_token2_with_user_account_and_privilege(
            &credentials(app_id, app_certificate)?,
            channel_name_of(channel_name)?,
            account_of(account, "user_account")?,
            lifetime(token_expire, "token_expire")?,
            lifetime(join_channel_privilege_expire, "join_channel_privilege_expire")?,
            lifetime(pub_audio_privilege_expire, "pub_audio_privilege_expire")?,
            lifetime(pub_video_privilege_expire, "pub_video_privilege_expire")?,
            lifetime(pub_data_stream_privilege_expire, "pub_data_stream_privilege_expire")?,
            Stamp::now()?,
        )?)
    }

    /// A token for one user account in both a channel and real-time messaging.
    ///
    /// The login lasts as long as the token, not as long as the privileges.
    #[staticmethod]
    #[pyo3(
        signature = (app_id, app_certificate, channel_name, account, role, token_expire, privilege_expire=Optional::Default(0)),
        text_signature = "(app_id, app_certificate, channel_name, account, role, token_expire, privilege_expire=0)"
    )]
    fn build_token_with_rtm(
        app_id: Arg<'_, '_>,
        app_certificate: Arg<'_, '_>,
        channel_name: Arg<'_, '_>,
        account: Arg<'_, '_>,
        role: Arg<'_, '_>,
        token_expire: Arg<'_, '_>,
        privilege_expire: Optional<'_, '_>,
    ) -> Outcome<String> {
        Ok(builder::build_token2_with_rtm(
            &credentials(app_id, app_certificate)?,
            channel_name_of(channel_name)?,
            account_of(account, "user_account")?,
            role_of(role, "role")?,
            lifetime(token_expire, "token_expire")?,
            lifetime_or_default(privilege_expire, "privilege_expire")?,
            Stamp::now()?,
        )?)
    }

    /// A token for an account in a channel and a user ID in real-time messaging.
    ///
    /// Despite the official name the second service is RTM (type 2), not RTM2.
    #[staticmethod]
    fn build_token_with_rtm2(
        app_id: Arg<'_, '_>,
        app_certificate: Arg<'_, '_>,
        channel_name: Arg<'_, '_>,
        rtc_account: Arg<'_, '_>,
        rtc_role: Arg<'_, '_>,
        rtc_token_expire: Arg<'_, '_>,
        join_channel_privilege_expire: Arg<'_, '_>,
        pub_audio_privilege_expire: Arg<'_, '_>,
        pub_video_privilege_expire: Arg<'_, '_>,
        pub_data_stream_privilege_expire: Arg<'_, '_>,
        rtm_user_id: Arg<'_, '_>,
        rtm_token_expire: Arg<'_, '_>,
    ) -> Outcome<String> {
        Ok(builder::build_token2_with_rtm2(
            &credentials(app_id, app_certificate)?,
            channel_name_of(channel_name)?,
            account_of(rtc_account, "rtc_account")?,
            role_of(rtc_role, "rtc_role")?,
            lifetime(rtc_token_expire, "rtc_token_expire")?,
            lifetime(join_channel_privilege_expire, "join_channel_privilege_expire")?,
            lifetime(pub_audio_privilege_expire, "pub_audio_privilege_expire")?,
            lifetime(pub_video_privilege_expire, "pub_video_privilege_expire")?,
            lifetime(pub_data_stream_privilege_expire, "pub_data_stream_privilege_expire")?,
            user_id_of(rtm_user_id, "rtm_user_id")?,
            lifetime(rtm_token_expire, "rtm_token_expire")?,
            Stamp::now()?,
        )?)
    }
}

/// Tokens for real-time messaging. Lifetimes are seconds from now, as an int or a timedelta.
#[pyclass(module = "agora_token", frozen)]
pub(crate) struct RtmTokenBuilder;

#[pymethods]
impl RtmTokenBuilder {
    /// A token to log in as this user.
    #[staticmethod]
    fn build_token(
        app_id: Arg<'_, '_>,
        app_certificate: Arg<'_, '_>,
        user_id: Arg<'_, '_>,
        expire: Arg<'_, '_>,
    ) -> Outcome<String> {
        Ok(builder::build_rtm_token2(
            &credentials(app_id, app_certificate)?,
            user_id_of(user_id, "user_id")?,
            lifetime(expire, "token_expire")?,
            Stamp::now()?,
        )?)
    }

    /// A token to log in as this user, with permissions on single resources.
    #[staticmethod]
    fn build_token_with_permissions(
        app_id: Arg<'_, '_>,
        app_certificate: Arg<'_, '_>,
        user_id: Arg<'_, '_>,
        permissions: Arg<'_, '_>,
        expire: Arg<'_, '_>,
    ) -> Outcome<String> {
        Ok(builder::build_rtm_token2_with_permissions(
            &credentials(app_id, app_certificate)?,
            user_id_of(user_id, "user_id")?,
            permissions_of(permissions)?,
            lifetime(expire, "token_expire")?,
            Stamp::now()?,
        )?)
    }
}

/// Tokens for Chat. Lifetimes are seconds from now, as an int or a timedelta.
#[pyclass(module = "agora_token", frozen)]
pub(crate) struct ChatTokenBuilder;

#[pymethods]
impl ChatTokenBuilder {
    /// A token for a Chat user.
    #[staticmethod]
    fn build_user_token(
        app_id: Arg<'_, '_>,
        app_certificate: Arg<'_, '_>,
        user_id: Arg<'_, '_>,
        expire: Arg<'_, '_>,
    ) -> Outcome<String> {
        Ok(builder::build_chat_user_token2(
            &credentials(app_id, app_certificate)?,
            user_id_of(user_id, "user_id")?,
            lifetime(expire, "token_expire")?,
            Stamp::now()?,
        )?)
    }

    /// A token for a server that administrates Chat. Never for a client.
    #[staticmethod]
    fn build_app_token(app_id: Arg<'_, '_>, app_certificate: Arg<'_, '_>, expire: Arg<'_, '_>) -> Outcome<String> {
        Ok(builder::build_chat_app_token2(
            &credentials(app_id, app_certificate)?,
            lifetime(expire, "token_expire")?,
            Stamp::now()?,
        )?)
    }
}

/// Tokens for full-path acceleration.
#[pyclass(module = "agora_token", frozen)]
pub(crate) struct FpaTokenBuilder;

#[pymethods]
impl FpaTokenBuilder {
    /// A token of 24 hours.
    #[staticmethod]
    fn build_token(app_id: Arg<'_, '_>, app_certificate: Arg<'_, '_>) -> Outcome<String> {
        Ok(builder::build_fpa_token2(&credentials(app_id, app_certificate)?, Stamp::now()?)?)
    }
}

/// The two official names of one builder.
macro_rules! classroom_builder {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[pyclass(module = "agora_token", frozen)]
        pub(crate) struct $name;

        #[pymethods]
        impl $name {
            /// A token for a user with a role in a room, with messaging and Chat as the same user.
            #[staticmethod]
            fn build_room_user_token(
                app_id: Arg<'_, '_>,
                app_certificate: Arg<'_, '_>,
                room_uuid: Arg<'_, '_>,
                user_uuid: Arg<'_, '_>,
                role: Arg<'_, '_>,
                expire: Arg<'_, '_>,
            ) -> Outcome<String> {
                Ok(builder::build_apaas_room_user_token2(
                    &credentials(app_id, app_certificate)?,
                    room_uuid_of(room_uuid)?,
                    user_uuid_of(user_uuid)?,
                    apaas_role(role)?,
                    lifetime(expire, "token_expire")?,
                    Stamp::now()?,
                )?)
            }

            /// A token for a user outside of a room.
            #[staticmethod]
            fn build_user_token(
                app_id: Arg<'_, '_>,
                app_certificate: Arg<'_, '_>,
                user_uuid: Arg<'_, '_>,
                expire: Arg<'_, '_>,
            ) -> Outcome<String> {
                Ok(builder::build_apaas_user_token2(
                    &credentials(app_id, app_certificate)?,
                    user_uuid_of(user_uuid)?,
                    lifetime(expire, "token_expire")?,
                    Stamp::now()?,
                )?)
            }

            /// A token for a server that administrates classrooms. Never for a client.
            #[staticmethod]
            fn build_app_token(
                app_id: Arg<'_, '_>,
                app_certificate: Arg<'_, '_>,
                expire: Arg<'_, '_>,
            ) -> Outcome<String> {
                Ok(builder::build_apaas_app_token2(
                    &credentials(app_id, app_certificate)?,
                    lifetime(expire, "token_expire")?,
                    Stamp::now()?,
                )?)
            }
        }
    };
}

classroom_builder! {
    /// Tokens for aPaaS (flexible classroom). Lifetimes are seconds from now, as an int or a timedelta.
    ApaasTokenBuilder
}
classroom_builder! {
    /// Tokens for Education, the other name of aPaaS. Lifetimes are seconds from now, as an int or a timedelta.
    EducationTokenBuilder
}

/// Two builders that differ in the service they add.
macro_rules! agent_builder {
    ($(#[$doc:meta])* $name:ident, $build:path) => {
        $(#[$doc])*
        #[pyclass(module = "agora_token", frozen)]
        pub(crate) struct $name;

        #[pymethods]
        impl $name {
            /// A token for an account in a channel and a user ID in real-time messaging, with the service added.
            #[staticmethod]
            fn build_token(
                app_id: Arg<'_, '_>,
                app_certificate: Arg<'_, '_>,
                channel_name: Arg<'_, '_>,
                rtc_account: Arg<'_, '_>,
                rtc_role: Arg<'_, '_>,
                rtc_token_expire: Arg<'_, '_>,
                join_channel_privilege_expire: Arg<'_, '_>,
                pub_audio_privilege_expire: Arg<'_, '_>,
                pub_video_privilege_expire: Arg<'_, '_>,
                pub_data_stream_privilege_expire: Arg<'_, '_>,
                rtm_user_id: Arg<'_, '_>,
                rtm_token_expire: Arg<'_, '_>,
            ) -> Outcome<String> {
                Ok($build(
                    &credentials(app_id, app_certificate)?,
                    channel_name_of(channel_name)?,
                    account_of(rtc_account, "rtc_account")?,
                    role_of(rtc_role, "rtc_role")?,
                    lifetime(rtc_token_expire, "rtc_token_expire")?,
                    lifetime(join_channel_privilege_expire, "join_channel_privilege_expire")?,
                    lifetime(pub_audio_privilege_expire, "pub_audio_privilege_expire")?,
                    lifetime(pub_video_privilege_expire, "pub_video_privilege_expire")?,
                    lifetime(pub_data_stream_privilege_expire, "pub_data_stream_privilege_expire")?,
                    user_id_of(rtm_user_id, "rtm_user_id")?,
                    lifetime(rtm_token_expire, "rtm_token_expire")?,
                    Stamp::now()?,
                )?)
            }
        }
    };
}

agent_builder! {
    /// Tokens for conversational AI. Lifetimes are seconds from now, as an int or a timedelta.
    ConvoAITokenBuilder, builder::build_convo_ai_token2
}
agent_builder! {
    /// Tokens for speech to text. Lifetimes are seconds from now, as an int or a timedelta.
    SttTokenBuilder, builder::build_stt_token2
}
