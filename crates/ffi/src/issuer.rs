//! The typed way to mint.

use agora_token::describe::utf8;
use agora_token::{Channel, Credentials, Error, ErrorCode, Grant, Issuer, Lifetime, Role, Room, UserId};

use crate::guard::{HOLDS_NUL, Refusable, service_type};
use crate::permissions::agora_rtm2_permissions;

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
/// Errors: AGORA_ERROR_INVALID_APP_ID, AGORA_ERROR_INVALID_APP_CERTIFICATE.
pub(crate) fn issuer_new(app_id: &str, app_certificate: &str) -> Refusable<agora_issuer> {
    Ok(agora_issuer { issuer: Issuer::new(Credentials::new(app_id, app_certificate)?) })
}

/// Frees an issuer, and wipes its certificate. NULL is allowed.
pub(crate) fn issuer_free(_issuer: agora_issuer) {}

/// Mints a token. The same grant may be used again, for a new token.
///
/// out_token: the token, to be freed with agora_string_free.
/// out_issued_at: when it was made, Unix seconds.
/// out_expires_at: when it ends, Unix seconds.
/// out_refresh_after: from when on its holder should fetch the next, Unix seconds. That is a tenth of the lifetime
///     before the end, but at least 30 seconds before it, since the SDK warns then; and never before half of the
///     lifetime is over.
/// Errors: AGORA_ERROR_NO_SERVICES when nothing was added to the grant; AGORA_ERROR_INVALID_USER_ID when messaging,
///     Chat or a classroom is granted to any user; AGORA_ERROR_INVALID_CHANNEL_NAME and AGORA_ERROR_INVALID_ROLE when a
///     service needs what was not set; AGORA_ERROR_TOO_MANY_ENTRIES, AGORA_ERROR_INVALID_PERMISSIONS and
///     AGORA_ERROR_PAYLOAD_TOO_LARGE of permissions that no token carries; AGORA_ERROR_TOKEN_TOO_LONG;
///     AGORA_ERROR_RANDOM_SOURCE_FAILED, AGORA_ERROR_CLOCK_OUT_OF_RANGE.
pub(crate) fn issuer_issue(issuer: &agora_issuer, grant: &agora_grant) -> Refusable<(String, u64, u64, u64)> {
    let issued = issuer.issuer.issue(&grant.grant)?;
    Ok((issued.token, issued.issued_at.as_secs(), issued.expires_at.as_secs(), issued.refresh_after.as_secs()))
}

/// Starts a grant to the user who joins with this uid.
///
/// uid: 1 to 4294967295. 0 would let in anybody and is refused: where that is meant, call agora_grant_new_for_any_user.
/// out_grant: to be freed with agora_grant_free.
/// Errors: AGORA_ERROR_INVALID_UID.
pub(crate) fn grant_new_for_uid(uid: u32) -> Refusable<agora_grant> {
    Ok(agora_grant::new(UserId::uid(uid)?))
}

/// Starts a grant to the user who joins with this user account, or logs in to messaging or Chat with this user ID.
///
/// user_account: 1 to 255 bytes. Refused are "0" and "*", which some take for any user, and "undefined", "null",
///     "None", "NaN" and the like, which a program printed in place of a user.
/// out_grant: to be freed with agora_grant_free.
/// Errors: AGORA_ERROR_INVALID_USER_ACCOUNT.
pub(crate) fn grant_new_for_user_account(user_account: &str) -> Refusable<agora_grant> {
    Ok(agora_grant::new(UserId::account(user_account)?.into_owned()))
}

/// Starts a grant to whoever holds the token, under any uid or user account. It cannot grant messaging, Chat or a
/// classroom.
///
/// out_grant: to be freed with agora_grant_free.
pub(crate) fn grant_new_for_any_user() -> agora_grant {
    agora_grant::new(UserId::Any)
}

/// Copies a grant: the two are then changed and freed apart.
///
/// out_grant: to be freed with agora_grant_free.
pub(crate) fn grant_copy(grant: &agora_grant) -> agora_grant {
    grant.clone()
}

/// Frees a grant. NULL is allowed.
pub(crate) fn grant_free(_grant: agora_grant) {}

/// Checks the name of a channel as agora_grant_set_channel does, for programs that hold one before there is a grant.
///
/// channel_name: channel_name_size bytes.
/// Errors: AGORA_ERROR_NUL_IN_TEXT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_CHANNEL_NAME.
pub(crate) fn check_channel_name(channel_name: &[u8]) -> Refusable<()> {
    Channel::named(whole_text(channel_name, "channel_name")?).map(drop)
}

/// Checks a user account as agora_grant_new_for_user_account does.
///
/// user_account: user_account_size bytes.
/// Errors: AGORA_ERROR_NUL_IN_TEXT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_USER_ACCOUNT.
pub(crate) fn check_user_account(user_account: &[u8]) -> Refusable<()> {
    UserId::account(whole_text(user_account, "user_account")?).map(drop)
}

/// Adds a service, whichever it is, as the same user; a uid is its own decimal text there. What it needs beside the
/// user is set apart: a channel and a role, a room, permissions. A service that was added before is there once.
///
/// service: AGORA_SERVICE_RTC or another of them.
/// Errors: AGORA_ERROR_INDEX_OUT_OF_RANGE when there is no such service.
pub(crate) fn grant_add_service(grant: &mut agora_grant, service: u16) -> Refusable<()> {
    grant.change(service_type(service)?, Grant::and)
}

/// Sets the channel of the services that have one.
///
/// channel_name: 1 to 63 bytes: letters, digits, space and ! # $ % & ( ) + - : ; < = . > ? @ [ ] ^ _ { } | ~ ,
///     A blank one and "*" would let into every channel and are refused: where that is meant, call
///     agora_grant_set_any_channel.
/// Errors: AGORA_ERROR_INVALID_CHANNEL_NAME.
pub(crate) fn grant_set_channel(grant: &mut agora_grant, channel_name: &str) -> Refusable<()> {
    grant.change(channel(channel_name)?, Grant::with_channel)
}

/// Lets the user into every channel of the project, in the services that have one.
pub(crate) fn grant_set_any_channel(grant: &mut agora_grant) {
    grant.set(|grant| grant.with_channel(Channel::Any));
}

/// Sets whether the user publishes, in the services that tell.
///
/// role: AGORA_ROLE_PUBLISHER or AGORA_ROLE_SUBSCRIBER.
/// Errors: AGORA_ERROR_INVALID_ROLE.
pub(crate) fn grant_set_role(grant: &mut agora_grant, role: u32) -> Refusable<()> {
    grant.change(Role::from_number(role)?, Grant::with_role)
}

/// Sets the room of a classroom, and the user's role in it. Without one, AGORA_SERVICE_APAAS lets the user in outside
/// of rooms.
///
/// room_uuid: the room, 1 to 255 bytes.
/// role: any number that your classroom knows.
/// Errors: AGORA_ERROR_INVALID_ROOM_UUID.
pub(crate) fn grant_set_room(grant: &mut agora_grant, room_uuid: &str, role: i16) -> Refusable<()> {
    grant.change(Room::new(room_uuid, role)?.into_owned(), Grant::with_room)
}

/// Lets the user join a channel, in place of one that was set before: AGORA_SERVICE_RTC, agora_grant_set_channel and
/// agora_grant_set_role in one.
///
/// channel_name, role: as for those two.
/// Errors: those of agora_grant_set_channel and agora_grant_set_role.
pub(crate) fn grant_add_rtc(grant: &mut agora_grant, channel_name: &str, role: u32) -> Refusable<()> {
    let (channel, role) = (channel(channel_name)?, Role::from_number(role)?);
    grant.set(|grant| grant.and_rtc(channel, role));
    Ok(())
}

/// Lets the user join every channel of the project, in place of one that was set before.
///
/// role: AGORA_ROLE_PUBLISHER or AGORA_ROLE_SUBSCRIBER.
/// Errors: AGORA_ERROR_INVALID_ROLE.
pub(crate) fn grant_add_rtc_any_channel(grant: &mut agora_grant, role: u32) -> Refusable<()> {
    grant.change(Role::from_number(role)?, |grant, role| grant.and_rtc(Channel::Any, role))
}

/// Lets the user log in to real-time messaging. A uid is its own decimal text there.
pub(crate) fn grant_add_rtm(grant: &mut agora_grant) {
    grant.set(Grant::and_rtm);
}

/// Lets the user log in to real-time messaging with these permissions, in place of those that were added before.
/// They restrict nothing beside agora_grant_add_rtm, which lets into all of messaging.
///
/// permissions: copied; it stays yours.
pub(crate) fn grant_add_rtm2(grant: &mut agora_grant, permissions: &agora_rtm2_permissions) -> Refusable<()> {
    grant.change(permissions.permissions.clone(), Grant::and_rtm2)
}

/// Lets the user log in to Chat. A uid is its own decimal text there.
pub(crate) fn grant_add_chat(grant: &mut agora_grant) {
    grant.set(Grant::and_chat);
}

/// Sets how long the token and its privileges live. One hour unless set.
///
/// lifetime: seconds from the time of issue, 1 to 86400.
/// Errors: AGORA_ERROR_TOKEN_EXPIRE_ZERO, AGORA_ERROR_LIFETIME_OVER_A_DAY;
///     AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP from 1000000000 on.
pub(crate) fn grant_set_lifetime(grant: &mut agora_grant, lifetime: u32) -> Refusable<()> {
    grant.change(Lifetime::from_secs(lifetime)?, Grant::with_lifetime)
}

/// Sets how long the token and its privileges live, also for more than 24 hours. Agora documents 24 hours as the
/// longest, and a token cannot be taken back: use this only where you know that longer lifetimes are honoured.
///
/// lifetime: seconds from the time of issue, 1 to 999999999.
/// Errors: AGORA_ERROR_TOKEN_EXPIRE_ZERO; AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP from 1000000000 on.
pub(crate) fn grant_set_lifetime_longer_than_a_day(grant: &mut agora_grant, lifetime: u32) -> Refusable<()> {
    grant.change(Lifetime::longer_than_a_day(lifetime)?, Grant::with_lifetime)
}

/// Sets how long a publisher may publish, where that is less than the user may stay. As long as the token unless set.
///
/// publish_lifetime: seconds from the time of issue, 1 to 86400; more than the token's counts as the token's.
/// Errors: those of agora_grant_set_lifetime.
pub(crate) fn grant_set_publish_lifetime(grant: &mut agora_grant, publish_lifetime: u32) -> Refusable<()> {
    grant.change(Lifetime::from_secs(publish_lifetime).map_err(of_publishing)?, Grant::with_publish_lifetime)
}

/// Sets how long a publisher may publish, also for more than 24 hours; see agora_grant_set_lifetime_longer_than_a_day.
///
/// publish_lifetime: seconds from the time of issue, 1 to 999999999; more than the token's counts as the token's.
/// Errors: those of agora_grant_set_lifetime_longer_than_a_day.
pub(crate) fn grant_set_publish_lifetime_longer_than_a_day(
    grant: &mut agora_grant,
    publish_lifetime: u32,
) -> Refusable<()> {
    grant.change(Lifetime::longer_than_a_day(publish_lifetime).map_err(of_publishing)?, Grant::with_publish_lifetime)
}

/// Allows a token of more than 2047 characters. The Web SDK takes no longer ones: use this only where no browser joins.
pub(crate) fn grant_allow_long_token(grant: &mut agora_grant) {
    grant.set(Grant::allow_long_token);
}

impl agora_grant {
    fn new(user: UserId<'static>) -> agora_grant {
        agora_grant { grant: Grant::new(user) }
    }

    fn set(&mut self, set: impl FnOnce(Grant<'static>) -> Grant<'static>) {
        // A grant without services stands in its place meanwhile, of which nobody can make a token.
        self.grant = set(std::mem::replace(&mut self.grant, Grant::new(UserId::Any)));
    }

    /// Sets a value that was found to be good.
    fn change<Value>(
        &mut self,
        value: Value,
        set: impl FnOnce(Grant<'static>, Value) -> Grant<'static>,
    ) -> Result<(), Error> {
        self.set(|grant| set(grant, value));
        Ok(())
    }
}

fn channel(channel_name: &str) -> Result<Channel<'static>, Error> {
    Channel::named(channel_name).map(Channel::into_owned)
}

/// A text by its size, which could not be passed on as a C string if it held a NUL.
fn whole_text<'a>(bytes: &'a [u8], name: &'static str) -> Result<&'a str, Error> {
    if bytes.contains(&0) { Err(ErrorCode::NulInText.of(name, HOLDS_NUL)) } else { utf8(bytes, name) }
}

/// The refusal of a lifetime, of the one to publish.
fn of_publishing(error: Error) -> Error {
    error.in_field("publish_lifetime")
}
