//! Grants, which JavaScript holds as the values of their options.

use agora_token::describe::{Field, HeldBy};
use agora_token::{Channel, Error, ErrorCode, Grant, Lifetime, Role, ServiceSet, ServiceType, User};

use crate::argument::{Argument, Kind, Memory, Room};
use crate::call::Call;
use crate::options::Options;
use crate::refusal::Refusal;
use crate::reply::{Reply, answer};
use crate::services::permissions;

// The places of the options.
const USER: usize = 0;
const CHANNEL: usize = 1;
const ROLE: usize = 2;
const LIFETIME: usize = 3;
const LIFETIME_LONGER_THAN_A_DAY: usize = 4;
const PUBLISH_LIFETIME: usize = 5;
const ALLOW_LONG_TOKEN: usize = 6;
const PERMISSIONS: usize = 7;
const ROOM_UUID: usize = 8;
const ROOM_ROLE: usize = 9;
// Flags past the places: what has no value of its own, and under which name a value was given.
const ANY_USER: usize = 10;
const ANY_CHANNEL: usize = 11;
const IS_UID: usize = 12;
const IS_ACCOUNT: usize = 13;
const IS_EXPIRES_IN: usize = 14;
const IS_PUBLISH_EXPIRES_IN: usize = 15;

/// How many values a grant is: what is given, the options, and its services.
pub(crate) const VALUES: usize = 12;

/// The grant of these values: [`Options`]' bits, the options by place, and the services as bits by their numbers.
pub(crate) fn grant<'r>(values: &[Argument], room: &mut Room<'r>) -> Result<Grant<'r>, Refusal> {
    let [given, values @ .., services] = values else { return Err(ErrorCode::Internal.into()) };
    let options = Options::new(*given, values)?;
    let permissions = options.get(PERMISSIONS, permissions)?;
    let mut services = services.u32(ErrorCode::Internal, "services")?;
    if permissions.is_some() {
        services = services & !bit(ServiceType::Rtm) | bit(ServiceType::Rtm2);
    }
    let services: ServiceSet = ServiceType::all().filter(|service| services & bit(*service) != 0).collect();
    if services.is_empty() {
        return Err(ErrorCode::NoServices.into());
    }

    let mut grant = Grant::new(user(&options, room)?);
    for service in services.iter() {
        grant = grant.and(service);
    }
    if let Some(permissions) = permissions {
        grant = grant.and_rtm2(permissions);
    }
    let takes = |field| services.iter().any(|service| service.row().fields.contains(&field));
    if takes(Field::ChannelName) {
        grant = grant.channel(channel(&options, room)?);
    } else {
        unused(&options, CHANNEL, ErrorCode::InvalidChannelName, "channel")?;
    }
    let publish = if options.has(IS_PUBLISH_EXPIRES_IN) { "publishExpiresIn" } else { "publishLifetime" };
    let mut privileges = services.iter().flat_map(|service| service.row().privileges);
    if privileges.any(|row| row.held_by == HeldBy::Publisher) {
        grant = grant.role(role(&options)?);
    } else {
        unused(&options, ROLE, ErrorCode::InvalidRole, "role")?;
        unused(&options, PUBLISH_LIFETIME, ErrorCode::InvalidLifetime, publish)?;
    }
    if !takes(Field::RoomUuid) {
        unused(&options, ROOM_UUID, ErrorCode::InvalidRoomUuid, "roomUuid")?;
        unused(&options, ROOM_ROLE, ErrorCode::InvalidRole, "roomRole")?;
    }
    if let Some(room_uuid) =
        options.get(ROOM_UUID, |value| value.string(room, ErrorCode::InvalidRoomUuid, "roomUuid"))?
    {
        let role =
            options.get(ROOM_ROLE, |value| value.integer(ErrorCode::InvalidRole, "roomRole", i16::MIN, i16::MAX))?;
        grant = grant.room(agora_token::Room::new(room_uuid.into_owned(), role.unwrap_or(NO_ROLE))?);
    }
    if options.has(ROOM_ROLE) && !options.has(ROOM_UUID) {
        return Err(Refusal::new(ErrorCode::InvalidRoomUuid, "roomUuid", "is missing; roomRole is of a room"));
    }
    let name = if options.has(IS_EXPIRES_IN) { "expiresIn" } else { "lifetime" };
    if let Some(lifetime) = options.get(LIFETIME, |value| lifetime(value, name, Lifetime::from_secs))? {
        grant = grant.lifetime(lifetime);
    }
    const LONGER: &str = "lifetimeLongerThanADay";
    options.exclusive((LIFETIME, name), (LIFETIME_LONGER_THAN_A_DAY, LONGER), ErrorCode::InvalidLifetime)?;
    let longer =
        options.get(LIFETIME_LONGER_THAN_A_DAY, |value| lifetime(value, LONGER, Lifetime::longer_than_a_day))?;
    if let Some(lifetime) = longer {
        grant = grant.lifetime(lifetime);
    }
    // Publishing may pass a day where the token may.
    let check = if longer.is_some() { Lifetime::longer_than_a_day } else { Lifetime::from_secs };
    if let Some(lifetime) = options.get(PUBLISH_LIFETIME, |value| lifetime(value, publish, check))? {
        grant = grant.publish_lifetime(lifetime);
    }
    if options.get(ALLOW_LONG_TOKEN, |value| value.flag("allowLongToken"))? == Some(true) {
        grant = grant.allow_long_token();
    }
    Ok(grant)
}

/// Refuses an option that would change nothing.
fn unused(options: &Options<'_>, place: usize, code: ErrorCode, name: &'static str) -> Result<(), Refusal> {
    match options.has(place) {
        true => Err(Refusal::new(code, name, "is given, but no service of the grant takes it")),
        false => Ok(()),
    }
}

/// The role of who has none in a classroom.
const NO_ROLE: i16 = -1;

const fn bit(service: ServiceType) -> u32 {
    1 << service.number()
}

fn user<'r>(options: &Options<'_>, room: &mut Room<'r>) -> Result<User<'r>, Refusal> {
    if options.has(ANY_USER) {
        return Ok(User::Any);
    }
    if !options.has(USER) {
        return Err(Refusal::new(ErrorCode::InvalidUserAccount, "user", "is missing; uid, account or user expected"));
    }
    let value = options.at(USER)?;
    match (options.has(IS_UID), options.has(IS_ACCOUNT)) {
        (true, _) => uid(value, "uid"),
        (_, true) => account(value, "account", room),
        _ => plain_user(value, "user", room),
    }
}

/// A number is a uid and a string an account. None is turned into the other.
pub(crate) fn plain_user<'r>(value: Argument, name: &'static str, room: &mut Room<'r>) -> Result<User<'r>, Refusal> {
    match value.kind() {
        Kind::Number => uid(value, name),
        Kind::String => account(value, name, room),
        _ => Err(value.misfit(ErrorCode::InvalidUserAccount, name, "a number, a string or a User")),
    }
}

fn uid<'r>(value: Argument, name: &'static str) -> Result<User<'r>, Refusal> {
    let uid = match value.number() {
        Some(0.0) => 0,
        _ => value.integer(ErrorCode::InvalidUid, name, 1, u32::MAX)?,
    };
    User::uid(uid).map_err(|error| Refusal::named(error, name))
}

fn account<'r>(value: Argument, name: &'static str, room: &mut Room<'r>) -> Result<User<'r>, Refusal> {
    User::account(value.string(room, ErrorCode::InvalidUserAccount, name)?).map_err(|error| Refusal::named(error, name))
}

/// A user as it comes from outside: `null`, or a refusal. A string may be the digits of a uid: then that uid.
pub(crate) fn read_user(value: Argument) -> Reply {
    answer(|| {
        let mut memory = Memory::new();
        let user = match value.kind() {
            Kind::Number => uid(value, "user")?,
            Kind::String => {
                User::from_text(value.string(&mut memory.room(), ErrorCode::InvalidUserAccount, "user")?)?
            }
            _ => return Err(value.misfit(ErrorCode::InvalidUserAccount, "user", "a number or a string")),
        };
        Ok(match user {
            User::Uid(uid) => uid.get().into(),
            User::Account(account) => Reply::Text(account.as_str().to_owned()),
            User::Any => Reply::Null,
        })
    })
}

/// Refuses a user that is none: a uid where the flag is set, else an account.
pub(crate) fn check_user(value: Argument, is_uid: Argument) -> Reply {
    answer(|| {
        let mut memory = Memory::new();
        match is_uid.flag("")? {
            true => uid(value, "uid")?,
            false => account(value, "account", &mut memory.room())?,
        };
        Ok(Reply::Null)
    })
}

/// Refuses a channel's name that is none.
pub(crate) fn check_channel(value: Argument) -> Reply {
    answer(|| named_channel(value, &mut Memory::new().room()).map(|_| Reply::Null))
}

/// By the number of the official builders, or by name.
pub(crate) fn role_of(value: Argument) -> Result<Role, Refusal> {
    const EXPECTED: &str = "'publisher' or 'subscriber', or RtcRole,";
    if let Some(number) = value.whole_number() {
        let number = u32::try_from(number).map_err(|_| value.misfit(ErrorCode::InvalidRole, "role", EXPECTED))?;
        return Ok(Role::from_number(number)?);
    }
    if value.kind() != Kind::String {
        return Err(value.misfit(ErrorCode::InvalidRole, "role", EXPECTED));
    }
    let mut memory = Memory::new();
    let name = value.string(&mut memory.room(), ErrorCode::InvalidRole, "role")?;
    [Role::Publisher, Role::Subscriber]
        .into_iter()
        .find(|role| role.name() == name)
        .ok_or_else(|| Refusal::new(ErrorCode::InvalidRole, "role", format!("is another text; {EXPECTED} expected")))
}

fn role(options: &Options<'_>) -> Result<Role, Refusal> {
    if !options.has(ROLE) {
        return Err(Refusal::new(ErrorCode::InvalidRole, "role", "is missing; 'publisher' or 'subscriber' expected"));
    }
    role_of(options.at(ROLE)?)
}

fn channel<'r>(options: &Options<'_>, room: &mut Room<'r>) -> Result<Channel<'r>, Refusal> {
    if options.has(ANY_CHANNEL) {
        return Ok(Channel::Any);
    }
    if !options.has(CHANNEL) {
        let reason = "is missing; the name of a channel, or any channel by name, expected";
        return Err(Refusal::new(ErrorCode::InvalidChannelName, "channel", reason));
    }
    named_channel(options.at(CHANNEL)?, room)
}

fn named_channel<'r>(value: Argument, room: &mut Room<'r>) -> Result<Channel<'r>, Refusal> {
    let name = value.string(room, ErrorCode::InvalidChannelName, "channel")?;
    Ok(Channel::named(name)?)
}

fn lifetime(
    value: Argument,
    name: &'static str,
    check: impl FnOnce(u32) -> Result<Lifetime, Error>,
) -> Result<Lifetime, Refusal> {
    check(value.u32(ErrorCode::InvalidLifetime, name)?).map_err(|error| Refusal::named(error, name))
}

/// Refuses what is no grant.
pub(crate) struct CheckGrant;

impl Call<Argument, VALUES> for CheckGrant {
    fn call(values: [Argument; VALUES]) -> Reply {
        answer(|| grant(&values, &mut Memory::new().room()).map(|_| Reply::Null))
    }
}
