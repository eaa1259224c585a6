//! The typed way to mint.

use agora_token::describe::utf8;
use agora_token::source::{SaltSource, SystemSalt};
use agora_token::{
    Channel, Credentials, Error, ErrorCode, Grant, IssuedToken, Issuer, Lifetime, Role, Room, Stamp, User,
};

use crate::guard::{HOLDS_NUL, Refusable, service_type};
use crate::permissions::agora_rtm2_permissions;

/// Mints AccessToken2 tokens for one project, and refuses those that you would regret. Made once, and used by any
/// number of threads at once.
pub struct agora_issuer {
    issuer: Issuer,
}

#[cfg(feature = "arrow")]
impl agora_issuer {
    pub(crate) fn core(&self) -> &Issuer {
        &self.issuer
    }
}

/// Whom to let in where, as what, for how long: what an agora_issuer makes a token of. It needs a user and at least one
/// service. The token lives for one hour unless told otherwise, and its privileges as long as the token: where the token
/// ends before its privileges, the client's SDK warns nobody. The same grant serves many users: set another one, and
/// issue again.
#[derive(Clone)]
pub struct agora_grant {
    grant: Grant<'static>,
    has_user: bool,
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

/// Makes an issuer of what the environment says: AGORA_APP_ID and AGORA_APP_CERTIFICATE.
///
/// out_issuer: to be freed with agora_issuer_free.
/// Errors: those of agora_issuer_new, also for a variable that is not set; the field is its name.
pub(crate) fn issuer_from_env() -> Refusable<agora_issuer> {
    Ok(agora_issuer { issuer: Issuer::new(Credentials::from_env()?) })
}

/// Frees an issuer, and wipes its certificate. NULL is allowed.
pub(crate) fn issuer_free(_issuer: agora_issuer) {}

/// Mints a token. The same grant may be used again, for a new token.
///
/// out_token: the token, to be freed with agora_string_free.
/// out_issued_at: when it was made, Unix seconds; or NULL.
/// out_expires_at: when it ends, Unix seconds; or NULL.
/// out_refresh_after: from when on its holder should fetch the next, Unix seconds; or NULL. That is a tenth of the
///     lifetime before the end, but at least 30 seconds before it, since the SDK warns then; and never before half of
///     the lifetime is over.
/// Errors: AGORA_ERROR_INVALID_USER_ID when the grant has no user, and when messaging, Chat or a classroom is granted to
///     any user; AGORA_ERROR_NO_SERVICES when nothing was added to it; AGORA_ERROR_INVALID_CHANNEL_NAME and
///     AGORA_ERROR_INVALID_ROLE when a service needs what was not set; AGORA_ERROR_TOO_MANY_ENTRIES,
///     AGORA_ERROR_INVALID_PERMISSIONS and AGORA_ERROR_PAYLOAD_TOO_LARGE of permissions that no token carries;
///     AGORA_ERROR_TOKEN_TOO_LONG.
pub(crate) fn issuer_issue(issuer: &agora_issuer, grant: &agora_grant) -> Refusable<(String, u64, u64, u64)> {
    Ok(given_out(issuer.issuer.issue(grant.whole()?)?))
}

/// Mints a token as agora_issuer_issue does, of this time and salt instead of the system's: for tests, whose tokens are
/// then the same each time, and for programs with a clock of their own.
///
/// issued_at: when the token is made, Unix seconds.
/// salt: any number. Two tokens that are otherwise equal must differ by it.
/// out_token: the token, to be freed with agora_string_free.
/// out_issued_at: issued_at; or NULL.
/// out_expires_at: when it ends, Unix seconds; or NULL.
/// out_refresh_after: from when on its holder should fetch the next, Unix seconds; or NULL.
/// Errors: those of agora_issuer_issue.
pub(crate) fn issuer_issue_at(
    issuer: &agora_issuer,
    grant: &agora_grant,
    issued_at: u32,
    salt: u32,
) -> Refusable<(String, u64, u64, u64)> {
    Ok(given_out(issuer.issuer.issue_at(grant.whole()?, Stamp { issue_ts: issued_at, salt })?))
}

/// Draws a salt as agora_issuer_issue does, for agora_issuer_issue_at with a clock of your own.
///
/// out_salt: never the same twice in a row.
pub(crate) fn draw_salt() -> Refusable<u32> {
    SystemSalt.next_salt()
}

/// Starts a grant, which needs a user and a service.
///
/// out_grant: to be freed with agora_grant_free.
pub(crate) fn grant_new() -> agora_grant {
    agora_grant { grant: Grant::new(User::Any), has_user: false }
}

/// Lets the user in who joins with this uid.
///
/// uid: 1 to 4294967295. 0 would let in anybody and is refused: where that is meant, call agora_grant_set_any_user.
/// Errors: AGORA_ERROR_INVALID_UID.
pub(crate) fn grant_set_uid(grant: &mut agora_grant, uid: u32) -> Refusable<()> {
    grant.set_user(User::uid(uid)?);
    Ok(())
}

/// Lets the user in who joins with this user account, or logs in to messaging or Chat with this user ID.
///
/// account: 1 to 255 bytes without control characters. Refused are "0" and "*", which some take for any user, and
///     "undefined", "null", "None", "NaN" and the like, which a program printed in place of a user.
/// Errors: AGORA_ERROR_INVALID_USER_ACCOUNT.
pub(crate) fn grant_set_account(grant: &mut agora_grant, account: &str) -> Refusable<()> {
    grant.set_user(User::account(account)?.into_owned());
    Ok(())
}

/// Lets the user in whom a text from outside names, as of a query or a JSON document: decimal digits are a uid, anything
/// else is an account.
///
/// user: what only looks like a uid, as "042", " 42" or "4294967296", is refused: it would name another user than meant.
/// Errors: AGORA_ERROR_INVALID_UID, AGORA_ERROR_INVALID_USER_ACCOUNT.
pub(crate) fn grant_set_user(grant: &mut agora_grant, user: &str) -> Refusable<()> {
    grant.set_user(User::from_text(user)?.into_owned());
    Ok(())
}

/// Lets the user in whom a JSON value from outside names: a number is a uid, and a string is read as agora_grant_set_user
/// does.
///
/// json: the value, as `42` or `"alice"`.
/// Errors: AGORA_ERROR_INVALID_UID, AGORA_ERROR_INVALID_USER_ACCOUNT.
pub(crate) fn grant_set_user_json(grant: &mut agora_grant, json: &str) -> Refusable<()> {
    grant.set_user(user_of_json(json)?);
    Ok(())
}

/// Lets in whoever holds the token, under any uid or user account. Messaging, Chat and classrooms cannot be granted so.
pub(crate) fn grant_set_any_user(grant: &mut agora_grant) {
    grant.set_user(User::Any);
}

/// Copies a grant: the two are then changed and freed apart.
///
/// out_grant: to be freed with agora_grant_free.
pub(crate) fn grant_copy(grant: &agora_grant) -> agora_grant {
    grant.clone()
}

/// Frees a grant. NULL is allowed.
pub(crate) fn grant_free(_grant: agora_grant) {}

/// Checks that a text reaches this library whole: every `const char *` without a size ends at its first NUL, and "room\0b"
/// of another language, whose strings may hold one, would be taken for "room".
///
/// text: text_size bytes.
/// Errors: AGORA_ERROR_NUL_IN_TEXT.
pub(crate) fn check_text(text: &[u8]) -> Refusable<()> {
    whole_text(text, "text").map(drop)
}

/// Checks the name of a channel as agora_grant_set_channel does, for programs that hold one before there is a grant.
///
/// channel: channel_size bytes.
/// Errors: AGORA_ERROR_NUL_IN_TEXT, AGORA_ERROR_INVALID_CHANNEL_NAME.
pub(crate) fn check_channel(channel: &[u8]) -> Refusable<()> {
    Channel::named(whole_text(channel, "channel")?).map(drop)
}

/// Checks a user account as agora_grant_set_account does.
///
/// account: account_size bytes.
/// Errors: AGORA_ERROR_NUL_IN_TEXT, AGORA_ERROR_INVALID_USER_ACCOUNT.
pub(crate) fn check_account(account: &[u8]) -> Refusable<()> {
    User::account(whole_text(account, "account")?).map(drop)
}

/// Tells what a text from outside names, as agora_grant_set_user reads it.
///
/// user: user_size bytes.
/// out_uid: the uid; 0 where it is an account.
/// Errors: AGORA_ERROR_NUL_IN_TEXT, AGORA_ERROR_INVALID_UID, AGORA_ERROR_INVALID_USER_ACCOUNT.
pub(crate) fn read_user(user: &[u8]) -> Refusable<u32> {
    Ok(match User::from_text(whole_text(user, "user")?)? {
        User::Uid(uid) => uid.get(),
        User::Account(_) | User::Any => 0,
    })
}

/// Tells what a JSON value from outside names, as agora_grant_set_user_json reads it.
///
/// json: json_size bytes.
/// out_uid: the uid; 0 where it is an account.
/// out_account: the account, to be freed with agora_string_free; "" where it is a uid.
/// Errors: AGORA_ERROR_NUL_IN_TEXT, AGORA_ERROR_INVALID_UID, AGORA_ERROR_INVALID_USER_ACCOUNT.
pub(crate) fn read_user_json(json: &[u8]) -> Refusable<(u32, String)> {
    Ok(match user_of_json(whole_text(json, "json")?)? {
        User::Uid(uid) => (uid.get(), String::new()),
        User::Account(account) => (0, account.as_str().to_owned()),
        User::Any => (0, String::new()),
    })
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
/// channel: 1 to 63 bytes: letters, digits, space and ! # $ % & ( ) + - : ; < = . > ? @ [ ] ^ _ { } | ~ ,
///     A blank one and "*" would let into every channel and are refused: where that is meant, call
///     agora_grant_set_any_channel.
/// Errors: AGORA_ERROR_INVALID_CHANNEL_NAME.
pub(crate) fn grant_set_channel(grant: &mut agora_grant, channel: &str) -> Refusable<()> {
    grant.change(named(channel)?, Grant::channel)
}

/// Lets the user into every channel of the project, in the services that have one.
pub(crate) fn grant_set_any_channel(grant: &mut agora_grant) {
    grant.set(|grant| grant.channel(Channel::Any));
}

/// Sets whether the user publishes, in the services that tell.
///
/// role: AGORA_ROLE_PUBLISHER or AGORA_ROLE_SUBSCRIBER.
/// Errors: AGORA_ERROR_INVALID_ROLE.
pub(crate) fn grant_set_role(grant: &mut agora_grant, role: u32) -> Refusable<()> {
    grant.change(Role::from_number(role)?, Grant::role)
}

/// Sets the room of a classroom, and the user's role in it. Without one, AGORA_SERVICE_APAAS lets the user in outside
/// of rooms.
///
/// room_uuid: the room, 1 to 255 bytes.
/// role: any number that your classroom knows.
/// Errors: AGORA_ERROR_INVALID_ROOM_UUID.
pub(crate) fn grant_set_room(grant: &mut agora_grant, room_uuid: &str, role: i16) -> Refusable<()> {
    grant.change(Room::new(room_uuid, role)?.into_owned(), Grant::room)
}

/// Lets the user join a channel: AGORA_SERVICE_RTC, agora_grant_set_channel and agora_grant_set_role in one. A grant is for
/// one channel; agora_grant_set_channel sets another in its place.
///
/// channel, role: as for those two.
/// Errors: those of agora_grant_set_channel and agora_grant_set_role; AGORA_ERROR_INVALID_CHANNEL_NAME for a second
///     channel.
pub(crate) fn grant_add_rtc(grant: &mut agora_grant, channel: &str, role: u32) -> Refusable<()> {
    add_rtc(grant, named(channel)?, role)
}

/// Lets the user join every channel of the project.
///
/// role: AGORA_ROLE_PUBLISHER or AGORA_ROLE_SUBSCRIBER.
/// Errors: AGORA_ERROR_INVALID_ROLE; AGORA_ERROR_INVALID_CHANNEL_NAME where the grant has a channel already.
pub(crate) fn grant_add_rtc_any_channel(grant: &mut agora_grant, role: u32) -> Refusable<()> {
    add_rtc(grant, Channel::Any, role)
}

fn add_rtc(grant: &mut agora_grant, channel: Channel<'static>, role: u32) -> Refusable<()> {
    let role = Role::from_number(role)?;
    if grant.grant.get_channel().is_some() {
        return Err(ErrorCode::InvalidChannelName.of("channel", "is the second one of a grant"));
    }
    grant.change(channel, |grant, channel| grant.and_rtc(channel, role))
}

/// Lets the user log in to real-time messaging. A uid is its own decimal text there.
pub(crate) fn grant_add_rtm(grant: &mut agora_grant) {
    grant.set(Grant::and_rtm);
}

/// Lets the user log in to real-time messaging with these permissions, in place of those that were added before.
/// They take the place of agora_grant_add_rtm, which lets into all of messaging, and it takes theirs.
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
    grant.change(Lifetime::from_secs(lifetime)?, Grant::lifetime)
}

/// Sets how long the token and its privileges live, also for more than 24 hours. Agora documents 24 hours as the
/// longest, and a token cannot be taken back: use this only where you know that longer lifetimes are honoured.
///
/// lifetime: seconds from the time of issue, 1 to 999999999.
/// Errors: AGORA_ERROR_TOKEN_EXPIRE_ZERO; AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP from 1000000000 on.
pub(crate) fn grant_set_lifetime_longer_than_a_day(grant: &mut agora_grant, lifetime: u32) -> Refusable<()> {
    grant.change(Lifetime::longer_than_a_day(lifetime)?, Grant::lifetime)
}

/// Sets how long a publisher may publish, where that is less than the user may stay. As long as the token unless set.
///
/// publish_lifetime: seconds from the time of issue, 1 to 86400; more than the token's counts as the token's.
/// Errors: those of agora_grant_set_lifetime.
pub(crate) fn grant_set_publish_lifetime(grant: &mut agora_grant, publish_lifetime: u32) -> Refusable<()> {
    grant.change(Lifetime::from_secs(publish_lifetime).map_err(of_publishing)?, Grant::publish_lifetime)
}

/// Sets how long a publisher may publish, also for more than 24 hours; see agora_grant_set_lifetime_longer_than_a_day.
///
/// publish_lifetime: seconds from the time of issue, 1 to 999999999; more than the token's counts as the token's.
/// Errors: those of agora_grant_set_lifetime_longer_than_a_day.
pub(crate) fn grant_set_publish_lifetime_longer_than_a_day(
    grant: &mut agora_grant,
    publish_lifetime: u32,
) -> Refusable<()> {
    grant.change(Lifetime::longer_than_a_day(publish_lifetime).map_err(of_publishing)?, Grant::publish_lifetime)
}

/// Allows a token of more than 2047 characters. The Web SDK takes no longer ones: use this only where no browser joins.
pub(crate) fn grant_allow_long_token(grant: &mut agora_grant) {
    grant.set(Grant::allow_long_token);
}

impl agora_grant {
    fn whole(&self) -> Result<&Grant<'static>, Error> {
        if self.has_user {
            Ok(&self.grant)
        } else {
            Err(ErrorCode::InvalidUserId.of("user", "is missing: a uid, an account, or any user by name expected"))
        }
    }

    fn set_user(&mut self, user: User<'static>) {
        self.set(|grant| grant.for_user(user));
        self.has_user = true;
    }

    fn set(&mut self, set: impl FnOnce(Grant<'static>) -> Grant<'static>) {
        // A grant without services stands in its place meanwhile, of which nobody can make a token.
        self.grant = set(std::mem::replace(&mut self.grant, Grant::new(User::Any)));
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

fn named(channel: &str) -> Result<Channel<'static>, Error> {
    Channel::named(channel).map(Channel::into_owned)
}

fn user_of_json(json: &str) -> Result<User<'static>, Error> {
    let value = serde_json::from_str(json)
        .map_err(|_| ErrorCode::InvalidUserAccount.of("user", "is no JSON; a number or a string expected"))?;
    User::from_json(&value).map(User::into_owned)
}

fn given_out(issued: IssuedToken) -> (String, u64, u64, u64) {
    (issued.token, issued.issued_at.as_secs(), issued.expires_at.as_secs(), issued.refresh_after.as_secs())
}

/// A text by its size, which could not be passed on as a C string if it held a NUL.
fn whole_text<'a>(bytes: &'a [u8], name: &'static str) -> Result<&'a str, Error> {
    if bytes.contains(&0) { Err(ErrorCode::NulInText.of(name, HOLDS_NUL)) } else { utf8(bytes, name) }
}

/// The refusal of a lifetime, of the one to publish.
fn of_publishing(error: Error) -> Error {
    error.in_field("publish_lifetime")
}
