//! Whom to let in where, as what, for how long.

use smallvec::SmallVec;

use crate::error::{Error, ErrorCode};
use crate::identity::{Channel, Room, User};
use crate::role::Role;
use crate::service::{
    Field, FieldSource, HeldBy, Permissions, Privileges, Service, ServiceKind, ServiceSet, ServiceType,
};
use crate::text::{Text, UidText};
use crate::time::Lifetime;

/// Whom to let in where, as what, for how long: what an [`crate::Issuer`] makes a token of. It can carry every service.
///
/// Everything lives for one hour unless told otherwise, the privileges as long as the token: where the token ends
/// before its privileges, the SDK warns nobody.
///
/// A channel, a user and a lifetime are taken as what they are or as plain values: a text names a channel or an account,
/// a number is a uid. What is refused of them, the issuer refuses.
///
/// ```
/// use agora_token::{Channel, Grant, Role, User};
/// use std::time::Duration;
///
/// let grant = Grant::rtc("room", 42, Role::Publisher).lifetime(Duration::from_secs(600));
/// let anybody = Grant::rtc(Channel::Any, User::Any, Role::Subscriber);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant<'a> {
    user: User<'a>,
    services: ServiceSet,
    channel: Option<Channel<'a>>,
    role: Option<Role>,
    /// What few grants hold, apart, so that the others stay small.
    extra: Option<Box<Extra<'a>>>,
    lifetime: Lifetime,
    publish_lifetime: Option<Lifetime>,
    long_token: bool,
    /// The first thing that was refused on the way, which the issuer refuses the grant for.
    refused: Option<Box<Error>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Extra<'a> {
    room: Option<Room<'a>>,
    permissions: Permissions<'a>,
}

impl<'a> Grant<'a> {
    /// Nothing yet, for this user; a token needs at least one service.
    pub fn new(user: impl TryInto<User<'a>, Error: Into<Error>>) -> Grant<'a> {
        let (user, refused) = taken(user, "user", User::Any);
        Grant {
            user,
            services: ServiceSet::new(),
            channel: None,
            role: None,
            extra: None,
            lifetime: Lifetime::HOUR,
            publish_lifetime: None,
            long_token: false,
            refused,
        }
    }

    /// Joining a channel.
    pub fn rtc(
        channel: impl TryInto<Channel<'a>, Error: Into<Error>>,
        user: impl TryInto<User<'a>, Error: Into<Error>>,
        role: Role,
    ) -> Grant<'a> {
        Grant::new(user).and_rtc(channel, role)
    }

    /// Logging in to real-time messaging.
    pub fn rtm(user: impl TryInto<User<'a>, Error: Into<Error>>) -> Grant<'a> {
        Grant::new(user).and_rtm()
    }

    /// Chatting as a user.
    pub fn chat(user: impl TryInto<User<'a>, Error: Into<Error>>) -> Grant<'a> {
        Grant::new(user).and_chat()
    }

    /// Joining a channel and messaging.
    pub fn rtc_rtm(
        channel: impl TryInto<Channel<'a>, Error: Into<Error>>,
        user: impl TryInto<User<'a>, Error: Into<Error>>,
        role: Role,
    ) -> Grant<'a> {
        Grant::rtc(channel, user, role).and_rtm()
    }

    /// Joining a channel, messaging and Chat.
    pub fn rtc_rtm_chat(
        channel: impl TryInto<Channel<'a>, Error: Into<Error>>,
        user: impl TryInto<User<'a>, Error: Into<Error>>,
        role: Role,
    ) -> Grant<'a> {
        Grant::rtc(channel, user, role).and_rtm().and_chat()
    }

    /// Adds joining a channel. A grant is for one channel: a second is refused. [`Grant::channel`] sets another in its
    /// place.
    #[must_use]
    pub fn and_rtc(mut self, channel: impl TryInto<Channel<'a>, Error: Into<Error>>, role: Role) -> Grant<'a> {
        if self.channel.is_some() {
            let second = ErrorCode::InvalidChannelName.of("channel", "is the second one of a grant");
            self.refuse(Some(Box::new(second)));
        }
        self.and(ServiceType::Rtc).channel(channel).role(role)
    }

    /// Adds messaging as the same user.
    #[must_use]
    pub fn and_rtm(self) -> Grant<'a> {
        self.and(ServiceType::Rtm)
    }

    /// Adds messaging as the same user, with permissions on single resources.
    #[must_use]
    pub fn and_rtm2(mut self, permissions: Permissions<'a>) -> Grant<'a> {
        self.extra.get_or_insert_default().permissions = permissions;
        self.and(ServiceType::Rtm2)
    }

    /// Adds Chat as the same user.
    #[must_use]
    pub fn and_chat(self) -> Grant<'a> {
        self.and(ServiceType::Chat)
    }

    /// Adds any service as the same user. What it needs beside the user, as a channel and a role, is set apart. Messaging
    /// is RTM or RTM2, whichever was added last: beside the first, which lets into all of it, permissions would restrict
    /// nothing.
    #[must_use]
    pub fn and(mut self, service: ServiceType) -> Grant<'a> {
        match service {
            ServiceType::Rtm => self.services.remove(ServiceType::Rtm2),
            ServiceType::Rtm2 => self.services.remove(ServiceType::Rtm),
            _ => {}
        }
        self.services.insert(service);
        self
    }

    /// The same for another user.
    #[must_use]
    pub fn for_user(mut self, user: impl TryInto<User<'a>, Error: Into<Error>>) -> Grant<'a> {
        let (user, refused) = taken(user, "user", User::Any);
        self.user = user;
        self.refuse(refused);
        self
    }

    /// The channel of the services that have one.
    #[must_use]
    pub fn channel(mut self, channel: impl TryInto<Channel<'a>, Error: Into<Error>>) -> Grant<'a> {
        let (channel, refused) = taken(channel, "channel", Channel::Any);
        self.channel = Some(channel);
        self.refuse(refused);
        self
    }

    /// Whether the user publishes, in the services that tell.
    #[must_use]
    pub fn role(mut self, role: Role) -> Grant<'a> {
        self.role = Some(role);
        self
    }

    /// The room of a classroom. Without one, aPaaS lets the user in outside of rooms.
    #[must_use]
    pub fn room(mut self, room: Room<'a>) -> Grant<'a> {
        self.extra.get_or_insert_default().room = Some(room);
        self
    }

    /// How long the token and its privileges live.
    #[must_use]
    pub fn lifetime(mut self, lifetime: impl TryInto<Lifetime, Error: Into<Error>>) -> Grant<'a> {
        let (lifetime, refused) = taken(lifetime, "lifetime", Lifetime::HOUR);
        self.lifetime = lifetime;
        self.refuse(refused);
        self
    }

    /// How long the user may publish, where that is less than the user may stay; it is never more.
    #[must_use]
    pub fn publish_lifetime(mut self, lifetime: impl TryInto<Lifetime, Error: Into<Error>>) -> Grant<'a> {
        let (lifetime, refused) = taken(lifetime, "publish_lifetime", Lifetime::HOUR);
        self.publish_lifetime = Some(lifetime);
        self.refuse(refused);
        self
    }

    /// Allows more than 2,047 characters, which no browser takes.
    #[must_use]
    pub fn allow_long_token(mut self) -> Grant<'a> {
        self.long_token = true;
        self
    }

    /// Who is let in.
    pub fn get_user(&self) -> &User<'a> {
        &self.user
    }

    /// The services it carries.
    pub fn get_services(&self) -> ServiceSet {
        self.services
    }

    /// The channel, if one was set.
    pub fn get_channel(&self) -> Option<&Channel<'a>> {
        self.channel.as_ref()
    }

    /// The role, if one was set.
    pub fn get_role(&self) -> Option<Role> {
        self.role
    }

    /// The room of a classroom, if one was set.
    pub fn get_room(&self) -> Option<&Room<'a>> {
        self.extra.as_ref()?.room.as_ref()
    }

    /// How long the token lives.
    pub fn get_lifetime(&self) -> Lifetime {
        self.lifetime
    }

    /// How long the user may publish, if that was set.
    pub fn get_publish_lifetime(&self) -> Option<Lifetime> {
        self.publish_lifetime
    }

    /// Whether more than 2,047 characters are allowed.
    pub fn allows_long_token(&self) -> bool {
        self.long_token
    }

    /// A copy that borrows nothing.
    pub fn into_owned(self) -> Grant<'static> {
        Grant {
            user: self.user.into_owned(),
            services: self.services,
            channel: self.channel.map(Channel::into_owned),
            role: self.role,
            extra: self.extra.map(|extra| {
                let room = extra.room.map(Room::into_owned);
                Box::new(Extra { room, permissions: extra.permissions.into_owned() })
            }),
            lifetime: self.lifetime,
            publish_lifetime: self.publish_lifetime,
            long_token: self.long_token,
            refused: self.refused,
        }
    }

    /// Keeps the first refusal. It is never forgotten, since what is refused stands as something else meanwhile.
    fn refuse(&mut self, refused: Option<Box<Error>>) {
        self.refused = self.refused.take().or(refused);
    }

    /// The services of the token, by their rows alone. `uid` holds the digits of a uid meanwhile.
    #[inline]
    pub(crate) fn compose<'s>(
        &'s self,
        uid: &'s mut UidText,
        services: &mut SmallVec<[Service<'s>; 3]>,
    ) -> Result<(), Error> {
        if let Some(refused) = &self.refused {
            return Err(refused.as_ref().clone());
        }
        let user = match &self.user {
            User::Uid(number) => {
                *uid = UidText::new(number.get());
                uid.as_bytes().into()
            }
            User::Account(account) => Text::from(account.as_str()),
            User::Any => Text::default(),
        };
        let mut source = Fields { grant: self, user };
        for service in self.services.iter() {
            let kind = ServiceKind::take(service, &mut source)?;
            services.push(Service { kind, privileges: self.privileges(service)? });
        }
        Ok(())
    }

    #[inline]
    fn privileges(&self, service: ServiceType) -> Result<Privileges, Error> {
        let expire = self.lifetime.as_secs();
        let publish = self.publish_lifetime.map_or(expire, |lifetime| lifetime.as_secs().min(expire));
        let mut privileges = Privileges::new();
        let rows = service.row().privileges;
        let of_room = self.get_room().is_some() && rows.iter().any(|row| row.held_by == HeldBy::RoomUser);
        for row in rows {
            let lifetime = match row.held_by {
                HeldBy::User if !of_room => expire,
                HeldBy::RoomUser if of_room => expire,
                HeldBy::Publisher if self.needed_role()?.publishes() => publish,
                _ => continue,
            };
            privileges.set(row.number, lifetime);
        }
        if privileges.is_empty() && !rows.is_empty() {
            let service = service.name();
            return Err(ErrorCode::InvalidRole.because(format!("gives no privilege in {service}; publisher expected")));
        }
        Ok(privileges)
    }

    fn needed_role(&self) -> Result<Role, Error> {
        self.role.ok_or_else(|| ErrorCode::InvalidRole.because("is missing: publisher or subscriber expected"))
    }
}

/// The value, or why it is none, and what stands in its place then.
fn taken<T>(value: impl TryInto<T, Error: Into<Error>>, field: &'static str, instead: T) -> (T, Option<Box<Error>>) {
    match value.try_into() {
        Ok(value) => (value, None),
        Err(error) => (instead, Some(Box::new(error.into().in_field(field)))),
    }
}

/// Where the fields of the services come from.
struct Fields<'s> {
    grant: &'s Grant<'s>,
    user: Text<'s>,
}

impl<'s> FieldSource<'s> for Fields<'s> {
    type Error = Error;

    fn text(&mut self, field: Field) -> Result<Text<'s>, Error> {
        match field {
            Field::ChannelName => match &self.grant.channel {
                Some(channel) => Ok(channel.as_text()),
                None => {
                    Err(ErrorCode::InvalidChannelName.of("channel", "is missing: a channel, or any channel, expected"))
                }
            },
            Field::Account => Ok(self.user.clone()),
            Field::RoomUuid => Ok(self.grant.get_room().map(|room| Text::from(room.uuid())).unwrap_or_default()),
            _ if self.user.is_empty() => Err(ErrorCode::InvalidUserId
                .of("user", "is any user; messaging, Chat and classrooms need a user of their own")),
            _ => Ok(self.user.clone()),
        }
    }

    fn role(&mut self) -> Result<i16, Error> {
        const NO_ROLE: i16 = -1;
        Ok(self.grant.get_room().map_or(NO_ROLE, Room::role))
    }

    fn permissions(&mut self) -> Result<Permissions<'s>, Error> {
        Ok(self.grant.extra.as_ref().map(|extra| extra.permissions.clone()).unwrap_or_default())
    }
}
