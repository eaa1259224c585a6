//! The typed way to mint.

use std::ffi::c_char;

use agora_token::{Channel, Error, ErrorCode, Grant, Issuer, Lifetime, Permissions, Role, UserId};

use crate::guard::{credentials, free, give, give_string, guard, handle, handle_call, handle_mut, text};
use crate::permissions::agora_rtm2_permissions;
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
    user: User,
    rtc: Option<(Option<String>, Role)>,
    rtm: bool,
    rtm2: Option<Permissions<'static>>,
    chat: bool,
    lifetime: Lifetime,
    publish_lifetime: Option<Lifetime>,
    long_token: bool,
}

#[derive(Clone)]
enum User {
    Uid(u32),
    Account(String),
    Any,
}

/// Makes an issuer.
///
/// app_id, app_certificate: 32 hexadecimal digits each.
/// out_issuer: to be freed with agora_issuer_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_issuer_new(
    app_id: *const c_char,
    app_certificate: *const c_char,
    out_issuer: *mut *mut agora_issuer,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        handle_call(out_issuer, || Ok(agora_issuer { issuer: Issuer::new(credentials(app_id, app_certificate)?) }))
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
/// out_expires_at: when it ends, Unix seconds.
/// out_refresh_after: from when on its holder should fetch the next, Unix seconds. That is a tenth of the lifetime
///     before the end, but at least 30 seconds before it, since the SDK warns then; and never before half of the
///     lifetime is over.
/// Errors: AGORA_ERROR_NULL_ARGUMENT; AGORA_ERROR_NO_SERVICES when nothing was added to the grant;
///     AGORA_ERROR_INVALID_USER_ID when messaging or Chat is granted to any user; AGORA_ERROR_TOKEN_TOO_LONG;
///     AGORA_ERROR_RANDOM_SOURCE_FAILED, AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_issuer_issue(
    issuer: *const agora_issuer,
    grant: *const agora_grant,
    out_token: *mut *mut c_char,
    out_expires_at: *mut u64,
    out_refresh_after: *mut u64,
) -> agora_status {
    guard(|| {
        // SAFETY: the caller keeps the header's rules for pointers.
        unsafe { crate::guard::clear(out_token) }?;
        if out_expires_at.is_null() || out_refresh_after.is_null() {
            return Err(ErrorCode::NullArgument.into());
        }
        // SAFETY: as above.
        let (issuer, grant) = unsafe { (handle(issuer)?, handle(grant)?) };
        let issued = issuer.issuer.issue(&grant.as_grant()?)?;
        // SAFETY: as above.
        unsafe {
            give(out_expires_at, issued.expires_at.as_secs())?;
            give(out_refresh_after, issued.refresh_after.as_secs())?;
            give_string(out_token, issued.token)
        }
    })
}

/// Starts a grant to the user who joins with this uid.
///
/// uid: 1 to 4294967295. 0 would let in anybody and is refused: where that is meant, call agora_grant_new_for_any_user.
/// out_grant: to be freed with agora_grant_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UID.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_new_for_uid(uid: u32, out_grant: *mut *mut agora_grant) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { handle_call(out_grant, || UserId::uid(uid).map(|_| agora_grant::new(User::Uid(uid)))) }
}

/// Starts a grant to the user who joins with this user account, or logs in to messaging or Chat with this user ID.
///
/// user_account: 1 to 255 bytes. Refused are "0" and "*", which some take for any user, and "undefined", "null",
///     "None", "NaN" and the like, which a program printed in place of a user.
/// out_grant: to be freed with agora_grant_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_USER_ACCOUNT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_new_for_user_account(
    user_account: *const c_char,
    out_grant: *mut *mut agora_grant,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        handle_call(out_grant, || {
            let account = text(user_account)?;
            UserId::account(account).map(|_| agora_grant::new(User::Account(account.to_owned())))
        })
    }
}

/// Starts a grant to whoever holds the token, under any uid or user account. It cannot grant messaging or Chat.
///
/// out_grant: to be freed with agora_grant_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_new_for_any_user(out_grant: *mut *mut agora_grant) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { handle_call(out_grant, || Ok(agora_grant::new(User::Any))) }
}

/// Copies a grant: the two are then changed and freed apart.
///
/// out_grant: to be freed with agora_grant_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_copy(grant: *const agora_grant, out_grant: *mut *mut agora_grant) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { handle_call(out_grant, || Ok(handle(grant)?.clone())) }
}

/// Frees a grant. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_free(grant: *mut agora_grant) {
    // SAFETY: NULL or a handle from this library that was not freed.
    unsafe { free(grant) }
}

/// Lets the user join a channel, in place of one that was added before.
///
/// channel_name: 1 to 63 bytes: letters, digits, space and ! # $ % & ( ) + - : ; < = . > ? @ [ ] ^ _ { } | ~ ,
///     A blank one and "*" would let into every channel and are refused: where that is meant, call
///     agora_grant_add_rtc_any_channel.
/// role: AGORA_ROLE_PUBLISHER or AGORA_ROLE_SUBSCRIBER.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_CHANNEL_NAME,
///     AGORA_ERROR_INVALID_ROLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_add_rtc(
    grant: *mut agora_grant,
    channel_name: *const c_char,
    role: u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(grant, |grant| {
            let channel_name = text(channel_name)?;
            Channel::named(channel_name)?;
            grant.rtc = Some((Some(channel_name.to_owned()), Role::from_number(role)?));
            Ok(())
        })
    }
}

/// Lets the user join every channel of the project, in place of one that was added before.
///
/// role: AGORA_ROLE_PUBLISHER or AGORA_ROLE_SUBSCRIBER.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_ROLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_add_rtc_any_channel(grant: *mut agora_grant, role: u32) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(grant, |grant| {
            grant.rtc = Some((None, Role::from_number(role)?));
            Ok(())
        })
    }
}

/// Lets the user log in to real-time messaging. A uid is its own decimal text there.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_add_rtm(grant: *mut agora_grant) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(grant, |grant| {
            grant.rtm = true;
            Ok(())
        })
    }
}

/// Lets the user log in to real-time messaging with these permissions alone, in place of those that were added before.
///
/// permissions: copied; it stays yours.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_add_rtm2(
    grant: *mut agora_grant,
    permissions: *const agora_rtm2_permissions,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(grant, |grant| {
            grant.rtm2 = Some(handle(permissions)?.permissions.clone());
            Ok(())
        })
    }
}

/// Lets the user log in to Chat. A uid is its own decimal text there.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_add_chat(grant: *mut agora_grant) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(grant, |grant| {
            grant.chat = true;
            Ok(())
        })
    }
}

/// Sets how long the token and its privileges live. One hour unless set.
///
/// lifetime: seconds from the time of issue, 1 to 86400.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_TOKEN_EXPIRE_ZERO, AGORA_ERROR_LIFETIME_OVER_A_DAY;
///     AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP from 1000000000 on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_set_lifetime(grant: *mut agora_grant, lifetime: u32) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(grant, |grant| {
            grant.lifetime = Lifetime::from_secs(lifetime)?;
            Ok(())
        })
    }
}

/// Sets how long the token and its privileges live, also for more than 24 hours. Agora documents 24 hours as the
/// longest, and a token cannot be taken back: use this only where you know that longer lifetimes are honoured.
///
/// lifetime: seconds from the time of issue, 1 to 999999999.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_TOKEN_EXPIRE_ZERO;
///     AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP from 1000000000 on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_set_lifetime_longer_than_a_day(
    grant: *mut agora_grant,
    lifetime: u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(grant, |grant| {
            grant.lifetime = Lifetime::longer_than_a_day(lifetime)?;
            Ok(())
        })
    }
}

/// Sets how long a publisher may publish, where that is less than the user may stay. As long as the token unless set.
///
/// lifetime: seconds from the time of issue, 1 to 86400; more than the token's counts as the token's.
/// Errors: those of agora_grant_set_lifetime.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_set_publish_lifetime(grant: *mut agora_grant, lifetime: u32) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(grant, |grant| {
            grant.publish_lifetime = Some(Lifetime::from_secs(lifetime)?);
            Ok(())
        })
    }
}

/// Allows a token of more than 2047 characters. The Web SDK takes no longer ones: use this only where no browser joins.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_grant_allow_long_token(grant: *mut agora_grant) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(grant, |grant| {
            grant.long_token = true;
            Ok(())
        })
    }
}

unsafe fn change(grant: *mut agora_grant, change: impl FnOnce(&mut agora_grant) -> Result<(), Error>) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    guard(|| change(unsafe { handle_mut(grant) }?))
}

impl agora_grant {
    fn new(user: User) -> agora_grant {
        agora_grant {
            user,
            rtc: None,
            rtm: false,
            rtm2: None,
            chat: false,
            lifetime: Lifetime::HOUR,
            publish_lifetime: None,
            long_token: false,
        }
    }

    fn as_grant(&self) -> Result<Grant<'_>, Error> {
        let user = match &self.user {
            User::Uid(uid) => UserId::uid(*uid)?,
            User::Account(account) => UserId::account(account)?,
            User::Any => UserId::Any,
        };
        let mut grant = Grant::new(user).lifetime(self.lifetime);
        if let Some((channel_name, role)) = &self.rtc {
            let channel = channel_name.as_deref().map_or(Ok(Channel::Any), Channel::named)?;
            grant = grant.and_rtc(channel, *role);
        }
        if self.rtm {
            grant = grant.and_rtm();
        }
        if let Some(permissions) = &self.rtm2 {
            grant = grant.and_rtm2(permissions.clone());
        }
        if self.chat {
            grant = grant.and_chat();
        }
        if let Some(lifetime) = self.publish_lifetime {
            grant = grant.publish_lifetime(lifetime);
        }
        Ok(if self.long_token { grant.allow_long_token() } else { grant })
    }
}
