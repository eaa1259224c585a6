//! Grants, which JavaScript holds as the values of their options.

use agora_token::describe::{Field, HeldBy};
use agora_token::{Channel, Error, ErrorCode, Grant, Lifetime, Role, ServiceSet, ServiceType, User};
use napi::ValueType;

use crate::argument::{Argument, Memory, Room};
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
// Flags in the place of an option's value.
const ANY_USER: usize = 10;
const ANY_CHANNEL: usize = 11;

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
    let mut rows = services.iter().map(ServiceType::row);
    if options.has(CHANNEL) || rows.any(|row| row.fields.contains(&Field::ChannelName)) {
        grant = grant.with_channel(channel(&options, room)?);
    }
    let mut privileges = services.iter().flat_map(|service| service.row().privileges);
    if options.has(ROLE) || privileges.any(|row| row.held_by == HeldBy::Publisher) {
        let number = options.at(ROLE)?.u32(ErrorCode::InvalidRole, "role")?;
        grant = grant.with_role(Role::from_number(number)?);
    }
    if let Some(room_uuid) =
        options.get(ROOM_UUID, |value| value.string(room, ErrorCode::InvalidRoomUuid, "roomUuid"))?
    {
        let role =
            options.get(ROOM_ROLE, |value| value.integer(ErrorCode::InvalidRole, "roomRole", i16::MIN, i16::MAX))?;
        grant = grant.with_room(agora_token::Room::new(room_uuid.into_owned(), role.unwrap_or(NO_ROLE))?);
    }
    if options.has(ROOM_ROLE) && !options.has(ROOM_UUID) {
        return Err(Refusal::new(ErrorCode::InvalidRoomUuid, "roomUuid", "is missing; roomRole is of a room"));
    }
    if let Some(lifetime) = options.get(LIFETIME, |value| lifetime(value, "lifetime", Lifetime::from_secs))? {
        grant = grant.with_lifetime(lifetime);
    }
    const LONGER: &str = "lifetimeLongerThanADay";
    options.exclusive((LIFETIME, "lifetime"), (LIFETIME_LONGER_THAN_A_DAY, LONGER), ErrorCode::InvalidLifetime)?;
    let longer =
        options.get(LIFETIME_LONGER_THAN_A_DAY, |value| lifetime(value, LONGER, Lifetime::longer_than_a_day))?;
    if let Some(lifetime) = longer {
        grant = grant.with_lifetime(lifetime);
    }
    // Publishing may pass a day where the token may.
    let check = if longer.is_some() { Lifetime::longer_than_a_day } else { Lifetime::from_secs };
    if let Some(lifetime) = options.get(PUBLISH_LIFETIME, |value| lifetime(value, "publishLifetime", check))? {
        grant = grant.with_publish_lifetime(lifetime);
    }
    if options.get(ALLOW_LONG_TOKEN, |value| value.flag("allowLongToken"))? == Some(true) {
        grant = grant.allow_long_token();
    }
    Ok(grant)
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
    let value = options.at(USER)?;
    let named = |error: Error| Refusal::named(error, "user");
    match value.kind() {
        ValueType::Number if value.number() == Some(0.0) => User::uid(0).map_err(named),
        ValueType::Number => User::uid(value.integer(ErrorCode::InvalidUid, "user", 1, u32::MAX)?).map_err(named),
        ValueType::String => User::account(value.string(room, ErrorCode::InvalidUserAccount, "user")?).map_err(named),
        _ => Err(value.misfit(ErrorCode::InvalidUserAccount, "user", "a number, a string or ANY_USER")),
    }
}

fn channel<'r>(options: &Options<'_>, room: &mut Room<'r>) -> Result<Channel<'r>, Refusal> {
    if options.has(ANY_CHANNEL) {
        return Ok(Channel::Any);
    }
    let name = options.at(CHANNEL)?.string(room, ErrorCode::InvalidChannelName, "channel")?;
    Channel::named(name).map_err(|error| Refusal::named(error, "channel"))
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

impl Call<VALUES> for CheckGrant {
    fn call(values: [Argument; VALUES]) -> Reply {
        answer(|| grant(&values, &mut Memory::new().room()).map(|_| Reply::Null))
    }
}
