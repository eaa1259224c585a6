//! The official one-call builders of AccessToken2 (007).

use std::ffi::c_char;

use agora_token::Stamp;
use agora_token::builder::{
    apaas_chat_user_id, build_apaas_app_token2, build_apaas_room_user_token2, build_apaas_user_token2,
    build_chat_app_token2, build_chat_user_token2, build_convo_ai_token2, build_fpa_token2, build_rtm_token2,
    build_rtm_token2_with_permissions, build_stt_token2, build_token2_with_rtm, build_token2_with_rtm2,
    build_token2_with_uid, build_token2_with_uid_and_privilege, build_token2_with_user_account,
    build_token2_with_user_account_and_privilege,
};

use crate::guard::{bytes, credentials, handle, string_call, text};
use crate::permissions::agora_rtm2_permissions;
use crate::status::agora_status;

/// Builds an AccessToken2 (007) that lets a uid join a channel.
///
/// app_id: 32 hexadecimal digits.
/// app_certificate: 32 hexadecimal digits; secret.
/// channel_name: 1 to 63 bytes of the documented characters (see AGORA_ERROR_INVALID_CHANNEL_NAME); blank and "*",
///     which mean any channel, are refused.
/// uid: 1 to 4294967295; 0 lets any user join.
/// role: AGORA_ROLE_PUBLISHER or AGORA_ROLE_SUBSCRIBER, no other.
/// token_expire: how long the token lives, seconds from now, 1 to 999999999.
/// privilege_expire: how long the privileges last, seconds from now, below 1000000000; 0 for as long as the token.
/// out_token: the token, to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_INVALID_CHANNEL_NAME, AGORA_ERROR_INVALID_ROLE,
///     AGORA_ERROR_TOKEN_EXPIRE_ZERO, AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP,
///     AGORA_ERROR_PRIVILEGE_EXPIRE_LOOKS_LIKE_TIMESTAMP, AGORA_ERROR_RANDOM_SOURCE_FAILED,
///     AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_token2_with_uid(
    app_id: *const c_char,
    app_certificate: *const c_char,
    channel_name: *const c_char,
    uid: u32,
    role: u32,
    token_expire: u32,
    privilege_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_token2_with_uid(
                &credentials,
                text(channel_name)?,
                uid,
                role,
                token_expire,
                privilege_expire,
                Stamp::now()?,
            )
        })
    }
}

/// Builds an AccessToken2 (007) that lets a user account join a channel; else as agora_build_token2_with_uid.
///
/// user_account: 1 to 255 bytes; it is text, so "0" is a user called 0 and not any user.
/// Errors: those of agora_build_token2_with_uid, and AGORA_ERROR_INVALID_USER_ACCOUNT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_token2_with_user_account(
    app_id: *const c_char,
    app_certificate: *const c_char,
    channel_name: *const c_char,
    user_account: *const c_char,
    role: u32,
    token_expire: u32,
    privilege_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_token2_with_user_account(
                &credentials,
                text(channel_name)?,
                text(user_account)?,
                role,
                token_expire,
                privilege_expire,
                Stamp::now()?,
            )
        })
    }
}

/// Builds an AccessToken2 (007) that lets a uid join a channel, with a lifetime of its own for each privilege. All
/// four are always granted. The official C++ has this as an overload of BuildTokenWithUid.
///
/// app_id, app_certificate, channel_name, uid, token_expire, out_token: as for agora_build_token2_with_uid. The
///     four others: how long the user may join, publish audio, publish video and publish data streams, seconds from
///     now, below 1000000000; 0 for as long as the token.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_INVALID_CHANNEL_NAME, AGORA_ERROR_TOKEN_EXPIRE_ZERO,
///     AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, AGORA_ERROR_PRIVILEGE_EXPIRE_LOOKS_LIKE_TIMESTAMP,
///     AGORA_ERROR_RANDOM_SOURCE_FAILED, AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_token2_with_uid_and_privilege(
    app_id: *const c_char,
    app_certificate: *const c_char,
    channel_name: *const c_char,
    uid: u32,
    token_expire: u32,
    join_channel_privilege_expire: u32,
    pub_audio_privilege_expire: u32,
    pub_video_privilege_expire: u32,
    pub_data_stream_privilege_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_token2_with_uid_and_privilege(
                &credentials,
                text(channel_name)?,
                uid,
                token_expire,
                join_channel_privilege_expire,
                pub_audio_privilege_expire,
                pub_video_privilege_expire,
                pub_data_stream_privilege_expire,
                Stamp::now()?,
            )
        })
    }
}

/// Builds an AccessToken2 (007) that lets a user account join a channel, with a lifetime of its own for each
/// privilege; else as agora_build_token2_with_uid_and_privilege.
///
/// user_account: 1 to 255 bytes.
/// Errors: those of agora_build_token2_with_uid_and_privilege, and AGORA_ERROR_INVALID_USER_ACCOUNT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_token2_with_user_account_and_privilege(
    app_id: *const c_char,
    app_certificate: *const c_char,
    channel_name: *const c_char,
    user_account: *const c_char,
    token_expire: u32,
    join_channel_privilege_expire: u32,
    pub_audio_privilege_expire: u32,
    pub_video_privilege_expire: u32,
    pub_data_stream_privilege_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_token2_with_user_account_and_privilege(
                &credentials,
                text(channel_name)?,
                text(user_account)?,
                token_expire,
                join_channel_privilege_expire,
                pub_audio_privilege_expire,
                pub_video_privilege_expire,
                pub_data_stream_privilege_expire,
                Stamp::now()?,
            )
        })
    }
}

/// Builds an AccessToken2 (007) that lets one user account both join a channel and log in to real-time messaging.
///
/// Arguments as for agora_build_token2_with_user_account. The login lasts token_expire, not privilege_expire.
/// Errors: those of agora_build_token2_with_user_account.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_token2_with_rtm(
    app_id: *const c_char,
    app_certificate: *const c_char,
    channel_name: *const c_char,
    user_account: *const c_char,
    role: u32,
    token_expire: u32,
    privilege_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_token2_with_rtm(
                &credentials,
                text(channel_name)?,
                text(user_account)?,
                role,
                token_expire,
                privilege_expire,
                Stamp::now()?,
            )
        })
    }
}

/// Builds an AccessToken2 (007) that lets a user account join a channel and a user ID log in to real-time
/// messaging, with a lifetime of its own for each privilege. Despite the official name, the second service is RTM
/// (2), not RTM2 (8).
///
/// rtc_account, rtm_user_id: 1 to 255 bytes.
/// rtc_role: AGORA_ROLE_PUBLISHER, or AGORA_ROLE_SUBSCRIBER, for whom the three publish lifetimes are not used.
/// rtc_token_expire: how long the token lives; rtm_token_expire: how long the login lasts; both seconds from now, 1
///     to 999999999. The rest as for agora_build_token2_with_uid_and_privilege.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_INVALID_CHANNEL_NAME, AGORA_ERROR_INVALID_USER_ACCOUNT,
///     AGORA_ERROR_INVALID_ROLE, AGORA_ERROR_INVALID_USER_ID, AGORA_ERROR_TOKEN_EXPIRE_ZERO,
///     AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, AGORA_ERROR_PRIVILEGE_EXPIRE_LOOKS_LIKE_TIMESTAMP,
///     AGORA_ERROR_RANDOM_SOURCE_FAILED, AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_token2_with_rtm2(
    app_id: *const c_char,
    app_certificate: *const c_char,
    channel_name: *const c_char,
    rtc_account: *const c_char,
    rtc_role: u32,
    rtc_token_expire: u32,
    join_channel_privilege_expire: u32,
    pub_audio_privilege_expire: u32,
    pub_video_privilege_expire: u32,
    pub_data_stream_privilege_expire: u32,
    rtm_user_id: *const c_char,
    rtm_token_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_token2_with_rtm2(
                &credentials,
                text(channel_name)?,
                text(rtc_account)?,
                rtc_role,
                rtc_token_expire,
                join_channel_privilege_expire,
                pub_audio_privilege_expire,
                pub_video_privilege_expire,
                pub_data_stream_privilege_expire,
                text(rtm_user_id)?,
                rtm_token_expire,
                Stamp::now()?,
            )
        })
    }
}

/// Builds an AccessToken2 (007) to log in to real-time messaging.
///
/// user_id: 1 to 255 bytes.
/// token_expire: how long the token lives, seconds from now, 1 to 999999999.
/// out_token: the token, to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_INVALID_USER_ID, AGORA_ERROR_TOKEN_EXPIRE_ZERO,
///     AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, AGORA_ERROR_RANDOM_SOURCE_FAILED,
///     AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_rtm_token2(
    app_id: *const c_char,
    app_certificate: *const c_char,
    user_id: *const c_char,
    token_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_rtm_token2(&credentials, text(user_id)?, token_expire, Stamp::now()?)
        })
    }
}

/// Builds an AccessToken2 (007) to log in to real-time messaging with permissions on single resources (service
/// RTM2).
///
/// user_id: 1 to 255 bytes.
/// permissions: made with agora_rtm2_permissions_new; it stays yours.
/// token_expire: how long the token lives, seconds from now, 1 to 999999999.
/// out_token: the token, to be freed with agora_string_free.
/// Errors: those of agora_build_rtm_token2, and AGORA_ERROR_TOO_MANY_ENTRIES, AGORA_ERROR_PAYLOAD_TOO_LARGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_rtm_token2_with_permissions(
    app_id: *const c_char,
    app_certificate: *const c_char,
    user_id: *const c_char,
    permissions: *const agora_rtm2_permissions,
    token_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_rtm_token2_with_permissions(
                &credentials,
                text(user_id)?,
                handle(permissions)?.permissions.clone(),
                token_expire,
                Stamp::now()?,
            )
        })
    }
}

/// Builds an AccessToken2 (007) for a Chat user.
///
/// user_id: 1 to 255 bytes.
/// token_expire: how long the token lives, seconds from now, 1 to 999999999.
/// out_token: the token, to be freed with agora_string_free.
/// Errors: those of agora_build_rtm_token2.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_chat_user_token2(
    app_id: *const c_char,
    app_certificate: *const c_char,
    user_id: *const c_char,
    token_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_chat_user_token2(&credentials, text(user_id)?, token_expire, Stamp::now()?)
        })
    }
}

/// Builds an AccessToken2 (007) for a server that administrates Chat. Never hand it to a client.
///
/// token_expire: how long the token lives, seconds from now, 1 to 999999999.
/// out_token: the token, to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_TOKEN_EXPIRE_ZERO,
///     AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, AGORA_ERROR_RANDOM_SOURCE_FAILED,
///     AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_chat_app_token2(
    app_id: *const c_char,
    app_certificate: *const c_char,
    token_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_chat_app_token2(&credentials, token_expire, Stamp::now()?)
        })
    }
}

/// Builds an AccessToken2 (007) for full-path acceleration. It always lives 24 hours.
///
/// out_token: the token, to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_RANDOM_SOURCE_FAILED, AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_fpa_token2(
    app_id: *const c_char,
    app_certificate: *const c_char,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_fpa_token2(&credentials, Stamp::now()?)
        })
    }
}

/// Builds an AccessToken2 (007) for a user with a role in a room of aPaaS, with messaging and Chat as the same
/// user.
///
/// room_uuid, user_uuid: 1 to 255 bytes.
/// role: any number that your classroom knows.
/// token_expire: how long the token lives, seconds from now, 1 to 999999999.
/// out_token: the token, to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_INVALID_ROOM_UUID, AGORA_ERROR_INVALID_USER_UUID,
///     AGORA_ERROR_TOKEN_EXPIRE_ZERO, AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP,
///     AGORA_ERROR_RANDOM_SOURCE_FAILED, AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_apaas_room_user_token2(
    app_id: *const c_char,
    app_certificate: *const c_char,
    room_uuid: *const c_char,
    user_uuid: *const c_char,
    role: i16,
    token_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_apaas_room_user_token2(
                &credentials,
                text(room_uuid)?,
                text(user_uuid)?,
                role,
                token_expire,
                Stamp::now()?,
            )
        })
    }
}

/// Gives the Chat user ID that agora_build_apaas_room_user_token2 derives from a user UUID: its MD5 in lower-case
/// hexadecimal. For a classroom token that is put together with agora_access_token2.
///
/// user_uuid: any bytes.
/// out_user_id: 32 digits, to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_apaas_chat_user_id(
    user_uuid: *const c_char,
    user_uuid_size: usize,
    out_user_id: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { string_call(out_user_id, || Ok(apaas_chat_user_id(bytes(user_uuid, user_uuid_size)?))) }
}

/// Builds an AccessToken2 (007) for a user of aPaaS outside of a room.
///
/// user_uuid: 1 to 255 bytes.
/// token_expire: how long the token lives, seconds from now, 1 to 999999999.
/// out_token: the token, to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_INVALID_USER_UUID, AGORA_ERROR_TOKEN_EXPIRE_ZERO,
///     AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, AGORA_ERROR_RANDOM_SOURCE_FAILED,
///     AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_apaas_user_token2(
    app_id: *const c_char,
    app_certificate: *const c_char,
    user_uuid: *const c_char,
    token_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_apaas_user_token2(&credentials, text(user_uuid)?, token_expire, Stamp::now()?)
        })
    }
}

/// Builds an AccessToken2 (007) for a server that administrates aPaaS. Never hand it to a client.
///
/// token_expire: how long the token lives, seconds from now, 1 to 999999999.
/// out_token: the token, to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_TOKEN_EXPIRE_ZERO,
///     AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, AGORA_ERROR_RANDOM_SOURCE_FAILED,
///     AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_apaas_app_token2(
    app_id: *const c_char,
    app_certificate: *const c_char,
    token_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_apaas_app_token2(&credentials, token_expire, Stamp::now()?)
        })
    }
}

/// Builds an AccessToken2 (007) for a user with a role in a room of Education, with messaging and Chat as the same
/// user. The same as agora_build_apaas_room_user_token2.
///
/// room_uuid, user_uuid: 1 to 255 bytes.
/// role: any number that your classroom knows.
/// token_expire: how long the token lives, seconds from now, 1 to 999999999.
/// out_token: the token, to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_INVALID_ROOM_UUID, AGORA_ERROR_INVALID_USER_UUID,
///     AGORA_ERROR_TOKEN_EXPIRE_ZERO, AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP,
///     AGORA_ERROR_RANDOM_SOURCE_FAILED, AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_education_room_user_token2(
    app_id: *const c_char,
    app_certificate: *const c_char,
    room_uuid: *const c_char,
    user_uuid: *const c_char,
    role: i16,
    token_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_apaas_room_user_token2(
                &credentials,
                text(room_uuid)?,
                text(user_uuid)?,
                role,
                token_expire,
                Stamp::now()?,
            )
        })
    }
}

/// Builds an AccessToken2 (007) for a user of Education outside of a room. The same as
/// agora_build_apaas_user_token2.
///
/// user_uuid: 1 to 255 bytes.
/// token_expire: how long the token lives, seconds from now, 1 to 999999999.
/// out_token: the token, to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_INVALID_USER_UUID, AGORA_ERROR_TOKEN_EXPIRE_ZERO,
///     AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, AGORA_ERROR_RANDOM_SOURCE_FAILED,
///     AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_education_user_token2(
    app_id: *const c_char,
    app_certificate: *const c_char,
    user_uuid: *const c_char,
    token_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_apaas_user_token2(&credentials, text(user_uuid)?, token_expire, Stamp::now()?)
        })
    }
}

/// Builds an AccessToken2 (007) for a server that administrates Education. Never hand it to a client. The same as
/// agora_build_apaas_app_token2.
///
/// token_expire: how long the token lives, seconds from now, 1 to 999999999.
/// out_token: the token, to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_TOKEN_EXPIRE_ZERO,
///     AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, AGORA_ERROR_RANDOM_SOURCE_FAILED,
///     AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_education_app_token2(
    app_id: *const c_char,
    app_certificate: *const c_char,
    token_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_apaas_app_token2(&credentials, token_expire, Stamp::now()?)
        })
    }
}

/// Builds an AccessToken2 (007) for conversational AI: as agora_build_token2_with_rtm2, with that service added.
///
/// Errors: those of agora_build_token2_with_rtm2.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_convo_ai_token2(
    app_id: *const c_char,
    app_certificate: *const c_char,
    channel_name: *const c_char,
    rtc_account: *const c_char,
    rtc_role: u32,
    rtc_token_expire: u32,
    join_channel_privilege_expire: u32,
    pub_audio_privilege_expire: u32,
    pub_video_privilege_expire: u32,
    pub_data_stream_privilege_expire: u32,
    rtm_user_id: *const c_char,
    rtm_token_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_convo_ai_token2(
                &credentials,
                text(channel_name)?,
                text(rtc_account)?,
                rtc_role,
                rtc_token_expire,
                join_channel_privilege_expire,
                pub_audio_privilege_expire,
                pub_video_privilege_expire,
                pub_data_stream_privilege_expire,
                text(rtm_user_id)?,
                rtm_token_expire,
                Stamp::now()?,
            )
        })
    }
}

/// Builds an AccessToken2 (007) for speech to text: as agora_build_token2_with_rtm2, with that service added.
///
/// Errors: those of agora_build_token2_with_rtm2.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_stt_token2(
    app_id: *const c_char,
    app_certificate: *const c_char,
    channel_name: *const c_char,
    rtc_account: *const c_char,
    rtc_role: u32,
    rtc_token_expire: u32,
    join_channel_privilege_expire: u32,
    pub_audio_privilege_expire: u32,
    pub_video_privilege_expire: u32,
    pub_data_stream_privilege_expire: u32,
    rtm_user_id: *const c_char,
    rtm_token_expire: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_stt_token2(
                &credentials,
                text(channel_name)?,
                text(rtc_account)?,
                rtc_role,
                rtc_token_expire,
                join_channel_privilege_expire,
                pub_audio_privilege_expire,
                pub_video_privilege_expire,
                pub_data_stream_privilege_expire,
                text(rtm_user_id)?,
                rtm_token_expire,
                Stamp::now()?,
            )
        })
    }
}
