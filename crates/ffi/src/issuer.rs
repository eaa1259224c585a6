//! The typed way to mint.

use std::ffi::c_char;
use std::ptr;

use agora_token::describe::utf8;
use agora_token::{Channel, Credentials, Error, ErrorCode, Grant, Issuer, Lifetime, Role, Room, UserId};

use crate::guard::{
    HOLDS_NUL, bytes, clear, free, give, give_string, handle, handle_call, handle_mut, null_out, refusable,
    service_type, text,
};
use crate::permissions::agora_rtm2_permissions;
use crate::refusal::agora_refusal;
use crate::status::agora_status;

/// Mints AccessToken2 tokens for one project, and refuses those that you would regret. Made once, and used by any
/// number of threads at once.
pub struct agora_issuer {
    issuer: Issuer,
}

/// Whom to let in where, as what, for how long: what an agora_issuer makes a token of. Start it with one of the three
/// agora_grant_new_for_..., then add at least one service. The token lives for one hour unless told otherwise, and its
/// privileges as long as the token: where the token ends before its privileges, the client's SDK warns nobody.
#[derive(Clone)]
pub struct agora_grant {
    grant: Grant<'static>,
}

/// Makes an issuer.
///
/// app_id, app_certificate: 32 hexadecimal digits each. Every token shows the App ID, so a certificate that is the App
///     ID too is refused.
/// out_issuer: to be freed with agora_issuer_free.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_issuer_new(
    app_id: *const c_char,
    app_certificate: *const c_char,
    out_issuer: *mut *mut agora_issuer,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        handle_call(out_issuer, out_refusal, || {
            let (app_id, app_certificate) = (text(app_id, "app_id")?, text(app_certificate, "app_certificate")?);
            Ok(agora_issuer { issuer: Issuer::new(Credentials::new(app_id, app_certificate)?) })
        })
    }
}

/// Frees an issuer, and wipes its certificate. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_issuer_free(issuer: *mut agora_issuer) {
    // SAFETY: NULL or a handle from this library that was not freed.
    unsafe { free(issuer) }
}

/// Mints a token. The same grant may be used again, for a new token.
///
/// out_token: the token, to be freed with agora_string_free.
/// out_issued_at: when it was made, Unix seconds.
/// out_expires_at: when it ends, Unix seconds.
/// out_refresh_after: from when on its holder should fetch the next, Unix seconds. That is a tenth of the lifetime
///     before the end, but at least 30 seconds before it, since the SDK warns then; and never before half of the
///     lifetime is over.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT; AGORA_ERROR_NO_SERVICES when nothing was added to the grant;
///     AGORA_ERROR_INVALID_USER_ID when messaging, Chat or a classroom is granted to any user;
///     AGORA_ERROR_INVALID_CHANNEL_NAME and AGORA_ERROR_INVALID_ROLE when a service needs what was not set;
///     AGORA_ERROR_TOKEN_TOO_LONG; AGORA_ERROR_RANDOM_SOURCE_FAILED, AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_issuer_issue(
    issuer: *const agora_issuer,
    grant: *const agora_grant,
    out_token: *mut *mut c_char,
    out_issued_at: *mut u64,
    out_expires_at: *mut u64,
    out_refresh_after: *mut u64,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        refusable(out_refusal, || {
            clear(out_token)?;
            let times = [out_issued_at, out_expires_at, out_refresh_after];
            if times.iter().any(|out| out.is_null()) {
                return Err(null_out());
            }
            let issued = handle(issuer, "issuer")?.issuer.issue(&handle(grant, "grant")?.grant)?;
            for (out, time) in times.into_iter().zip([issued.issued_at, issued.expires_at, issued.refresh_after]) {
                give(out, time.as_secs())?;
            }
            give_string(out_token, issued.token)
        })
    }
}

/// Starts a grant to the user who joins with this uid.
///
/// uid: 1 to 4294967295. 0 would let in anybody and is refused: where that is meant, call agora_grant_new_for_any_user.
/// out_grant: to be freed with agora_grant_free.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UID.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_new_for_uid(
    uid: u32,
    out_grant: *mut *mut agora_grant,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { handle_call(out_grant, out_refusal, || Ok(agora_grant::new(UserId::uid(uid)?))) }
}

/// Starts a grant to the user who joins with this user account, or logs in to messaging or Chat with this user ID.
///
/// user_account: 1 to 255 bytes. Refused are "0" and "*", which some take for any user, and "undefined", "null",
///     "None", "NaN" and the like, which a program printed in place of a user.
/// out_grant: to be freed with agora_grant_free.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_USER_ACCOUNT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_new_for_user_account(
    user_account: *const c_char,
    out_grant: *mut *mut agora_grant,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        handle_call(out_grant, out_refusal, || {
            let user = UserId::account(text(user_account, "user_account")?)?;
            Ok(agora_grant::new(user.into_owned()))
        })
    }
}

/// Starts a grant to whoever holds the token, under any uid or user account. It cannot grant messaging, Chat or a
/// classroom.
///
/// out_grant: to be freed with agora_grant_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_new_for_any_user(out_grant: *mut *mut agora_grant) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { handle_call(out_grant, ptr::null_mut(), || Ok(agora_grant::new(UserId::Any))) }
}

/// Copies a grant: the two are then changed and freed apart.
///
/// out_grant: to be freed with agora_grant_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_copy(grant: *const agora_grant, out_grant: *mut *mut agora_grant) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { handle_call(out_grant, ptr::null_mut(), || Ok(handle(grant, "grant")?.clone())) }
}

/// Frees a grant. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_free(grant: *mut agora_grant) {
    // SAFETY: NULL or a handle from this library that was not freed.
    unsafe { free(grant) }
}

/// Checks the name of a channel as agora_grant_set_channel does, for programs that hold one before there is a grant.
///
/// channel_name: channel_name_size bytes.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_NUL_IN_TEXT, AGORA_ERROR_INVALID_UTF8,
///     AGORA_ERROR_INVALID_CHANNEL_NAME.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_check_channel_name(
    channel_name: *const c_char,
    channel_name_size: usize,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        refusable(out_refusal, || {
            Channel::named(whole_text(channel_name, channel_name_size, "channel_name")?).map(drop)
        })
    }
}

/// Checks a user account as agora_grant_new_for_user_account does.
///
/// user_account: user_account_size bytes.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_NUL_IN_TEXT, AGORA_ERROR_INVALID_UTF8,
///     AGORA_ERROR_INVALID_USER_ACCOUNT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_check_user_account(
    user_account: *const c_char,
    user_account_size: usize,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        refusable(out_refusal, || {
            UserId::account(whole_text(user_account, user_account_size, "user_account")?).map(drop)
        })
    }
}

/// Adds a service, whichever it is, as the same user; a uid is its own decimal text there. What it needs beside the
/// user is set apart: a channel and a role, a room, permissions. A service that was added before is there once.
///
/// service: AGORA_SERVICE_RTC or another of them.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INDEX_OUT_OF_RANGE when there is no such service.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_add_service(
    grant: *mut agora_grant,
    service: u16,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { change(grant, out_refusal, || service_type(service), Grant::and) }
}

/// Sets the channel of the services that have one.
///
/// channel_name: 1 to 63 bytes: letters, digits, space and ! # $ % & ( ) + - : ; < = . > ? @ [ ] ^ _ { } | ~ ,
///     A blank one and "*" would let into every channel and are refused: where that is meant, call
///     agora_grant_set_any_channel.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_CHANNEL_NAME.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_set_channel(
    grant: *mut agora_grant,
    channel_name: *const c_char,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { change(grant, out_refusal, || channel(channel_name), Grant::with_channel) }
}

/// Lets the user into every channel of the project, in the services that have one.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_set_any_channel(grant: *mut agora_grant) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { change(grant, ptr::null_mut(), || Ok(Channel::Any), Grant::with_channel) }
}

/// Sets whether the user publishes, in the services that tell.
///
/// role: AGORA_ROLE_PUBLISHER or AGORA_ROLE_SUBSCRIBER.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_ROLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_set_role(
    grant: *mut agora_grant,
    role: u32,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { change(grant, out_refusal, || Role::from_number(role), Grant::with_role) }
}

/// Sets the room of a classroom, and the user's role in it. Without one, AGORA_SERVICE_APAAS lets the user in outside
/// of rooms.
///
/// room_uuid: the room, 1 to 255 bytes.
/// role: any number that your classroom knows.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_ROOM_UUID.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_set_room(
    grant: *mut agora_grant,
    room_uuid: *const c_char,
    role: i16,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(
            grant,
            out_refusal,
            || Ok(Room::new(text(room_uuid, "room_uuid")?, role)?.into_owned()),
            Grant::with_room,
        )
    }
}

/// Lets the user join a channel, in place of one that was set before: AGORA_SERVICE_RTC, agora_grant_set_channel and
/// agora_grant_set_role in one.
///
/// channel_name, role: as for those two.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: those of agora_grant_set_channel and agora_grant_set_role.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_add_rtc(
    grant: *mut agora_grant,
    channel_name: *const c_char,
    role: u32,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(
            grant,
            out_refusal,
            || Ok((channel(channel_name)?, Role::from_number(role)?)),
            |grant, (channel, role)| grant.and_rtc(channel, role),
        )
    }
}

/// Lets the user join every channel of the project, in place of one that was set before.
///
/// role: AGORA_ROLE_PUBLISHER or AGORA_ROLE_SUBSCRIBER.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_ROLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_add_rtc_any_channel(
    grant: *mut agora_grant,
    role: u32,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { change(grant, out_refusal, || Role::from_number(role), |grant, role| grant.and_rtc(Channel::Any, role)) }
}

/// Lets the user log in to real-time messaging. A uid is its own decimal text there.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_add_rtm(grant: *mut agora_grant) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { change(grant, ptr::null_mut(), || Ok(()), |grant, ()| grant.and_rtm()) }
}

/// Lets the user log in to real-time messaging with these permissions alone, in place of those that were added before.
///
/// permissions: copied; it stays yours.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_add_rtm2(
    grant: *mut agora_grant,
    permissions: *const agora_rtm2_permissions,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(grant, out_refusal, || Ok(handle(permissions, "permissions")?.permissions.clone()), Grant::and_rtm2)
    }
}

/// Lets the user log in to Chat. A uid is its own decimal text there.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_add_chat(grant: *mut agora_grant) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { change(grant, ptr::null_mut(), || Ok(()), |grant, ()| grant.and_chat()) }
}

/// Sets how long the token and its privileges live. One hour unless set.
///
/// lifetime: seconds from the time of issue, 1 to 86400.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_TOKEN_EXPIRE_ZERO, AGORA_ERROR_LIFETIME_OVER_A_DAY;
///     AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP from 1000000000 on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_set_lifetime(
    grant: *mut agora_grant,
    lifetime: u32,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { change(grant, out_refusal, || Lifetime::from_secs(lifetime), Grant::with_lifetime) }
}

/// Sets how long the token and its privileges live, also for more than 24 hours. Agora documents 24 hours as the
/// longest, and a token cannot be taken back: use this only where you know that longer lifetimes are honoured.
///
/// lifetime: seconds from the time of issue, 1 to 999999999.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_TOKEN_EXPIRE_ZERO;
///     AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP from 1000000000 on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_set_lifetime_longer_than_a_day(
    grant: *mut agora_grant,
    lifetime: u32,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { change(grant, out_refusal, || Lifetime::longer_than_a_day(lifetime), Grant::with_lifetime) }
}

/// Sets how long a publisher may publish, where that is less than the user may stay. As long as the token unless set.
///
/// publish_lifetime: seconds from the time of issue, 1 to 86400; more than the token's counts as the token's.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: those of agora_grant_set_lifetime.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_set_publish_lifetime(
    grant: *mut agora_grant,
    publish_lifetime: u32,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(
            grant,
            out_refusal,
            || Lifetime::from_secs(publish_lifetime).map_err(of_publishing),
            Grant::with_publish_lifetime,
        )
    }
}

/// Sets how long a publisher may publish, also for more than 24 hours; see agora_grant_set_lifetime_longer_than_a_day.
///
/// publish_lifetime: seconds from the time of issue, 1 to 999999999; more than the token's counts as the token's.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: those of agora_grant_set_lifetime_longer_than_a_day.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_set_publish_lifetime_longer_than_a_day(
    grant: *mut agora_grant,
    publish_lifetime: u32,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(
            grant,
            out_refusal,
            || Lifetime::longer_than_a_day(publish_lifetime).map_err(of_publishing),
            Grant::with_publish_lifetime,
        )
    }
}

/// Allows a token of more than 2047 characters. The Web SDK takes no longer ones: use this only where no browser joins.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_allow_long_token(grant: *mut agora_grant) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { change(grant, ptr::null_mut(), || Ok(()), |grant, ()| grant.allow_long_token()) }
}

impl agora_grant {
    fn new(user: UserId<'static>) -> agora_grant {
        agora_grant { grant: Grant::new(user) }
    }
}

/// Changes a grant by a value, once the value is known to be good.
unsafe fn change<Value>(
    grant: *mut agora_grant,
    out_refusal: *mut agora_refusal,
    value: impl FnOnce() -> Result<Value, Error>,
    change: impl FnOnce(Grant<'static>, Value) -> Grant<'static>,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        refusable(out_refusal, || {
            let grant = handle_mut(grant, "grant")?;
            let value = value()?;
            // A grant without services stands in its place meanwhile, of which nobody can make a token.
            let changed = change(std::mem::replace(&mut grant.grant, Grant::new(UserId::Any)), value);
            grant.grant = changed;
            Ok(())
        })
    }
}

unsafe fn channel(channel_name: *const c_char) -> Result<Channel<'static>, Error> {
    // SAFETY: the caller keeps the header's rules for pointers.
    Channel::named(unsafe { text(channel_name, "channel_name") }?).map(Channel::into_owned)
}

/// A text by its size, which could not be passed on as a C string if it held a NUL.
unsafe fn whole_text<'a>(data: *const c_char, size: usize, name: &'static str) -> Result<&'a str, Error> {
    // SAFETY: the caller keeps the header's rules for pointers.
    let bytes = unsafe { bytes(data, size, name) }?;
    if bytes.contains(&0) { Err(ErrorCode::NulInText.of(name, HOLDS_NUL)) } else { utf8(bytes, name) }
}

/// The refusal of a lifetime, of the one to publish.
fn of_publishing(error: Error) -> Error {
    error.code().of("publish_lifetime", error.reason().to_owned())
}
