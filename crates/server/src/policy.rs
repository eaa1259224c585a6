//! What a caller may have. Everything that is not named is refused.

use std::ops::RangeInclusive;
use std::time::SystemTime;

use agora_token::describe::Field;
use agora_token::{Channel, DAY, Grant, Lifetime, Permissions, Role, ServiceType, User};

use crate::ask::{Ask, Holder, Wanted, have, name_a_user, tell_roles};
use crate::error::Error;
use crate::pattern::{Pattern, any_fits};
use crate::problem::{Code, Problem};
use crate::settings::{PolicySettings, Seconds, Settings, UidSetting};

/// What a JWT gives its holder.
#[derive(Debug, Clone, Default)]
pub(crate) struct Own {
    pub(crate) user: Option<User<'static>>,
    /// Channels beside those of the policy.
    pub(crate) channels: Vec<Pattern>,
    pub(crate) ends_at: Option<SystemTime>,
}

#[derive(Debug, Clone)]
pub(crate) struct Policy {
    /// As the settings call it; one that nobody wrote has none.
    pub(crate) name: Option<String>,
    pub(crate) settings: PolicySettings,
    uids: Vec<RangeInclusive<u32>>,
}

impl Policy {
    /// `name` is the policy's own, `of_server` what it must agree with.
    pub(crate) fn new(name: &str, settings: &PolicySettings, of_server: &Settings) -> Result<Policy, Error> {
        let field = |part: &str| format!("policies.{name}.{part}");
        let uids = settings.uids.iter().map(uid_range).collect::<Option<Vec<_>>>().ok_or_else(|| {
            Error::setting(field("uids"), "1 to 4294967295, a range as \"1-1000\", or \"*\" expected")
        })?;
        let has_users = !settings.uids.is_empty() || !settings.accounts.is_empty() || settings.any_user;
        let lifetime = settings.max_lifetime.0;
        let are_known = settings.projects.iter().all(|project| of_server.projects.contains_key(project));
        Error::of_rules(&[
            (
                settings.subject && has_users,
                &field("subject"),
                "with subject, the JWT's own is the only user: uids, accounts and any_user must go",
            ),
            (settings.roles.is_empty(), &field("roles"), "at least one of publisher and subscriber expected"),
            (
                settings.services.is_empty(),
                &field("services"),
                &format!("at least one of {} expected", Wanted::names()),
            ),
            (
                lifetime == 0 || lifetime > of_server.max_lifetime.0,
                &field("max_lifetime"),
                "at least a second and at most the server's own max_lifetime expected",
            ),
            (
                !are_known || settings.projects.is_empty() && !of_server.has_own_project(),
                &field("projects"),
                "names of [projects] expected, at least one where there is no app_id",
            ),
        ])?;
        Ok(Policy { name: Some(name.to_owned()), settings: settings.clone(), uids })
    }

    /// What callers may have who are not told apart: every channel, user, role and service by name, no wildcard.
    pub(crate) fn of_anybody(longest: u32) -> Policy {
        let everything = || vec![Pattern::from("*".to_owned())];
        let settings = PolicySettings {
            channels: everything(),
            accounts: everything(),
            roles: vec![Role::Publisher, Role::Subscriber],
            services: ServiceType::all().map(Wanted::Service).collect(),
            rooms: everything(),
            room_roles: (i16::MIN..=i16::MAX).collect(),
            resources: everything(),
            max_lifetime: Seconds(longest),
            diagnosis: true,
            ..PolicySettings::default()
        };
        Policy { name: None, settings, uids: vec![1..=u32::MAX] }
    }

    pub(crate) fn judge_diagnosis(&self) -> Result<(), Problem> {
        if self.settings.diagnosis { Ok(()) } else { Err(Code::ForbiddenDiagnosis.into()) }
    }

    /// Judges an ask of a caller with these of its own. Answers how long the token may live; `default` seconds unless that was asked for.
    pub(crate) fn judge(&self, ask: &Ask, own: &Own, default: u32) -> Result<Lifetime, Problem> {
        match &ask.holder {
            Holder::App(service) => self.judge_service(Wanted::App(*service))?,
            Holder::User(grant, permissions) => {
                grant.get_services().iter().try_for_each(|service| self.judge_service(Wanted::Service(service)))?;
                self.judge_place(grant, own)?;
                self.judge_permissions(permissions)?;
                if name_a_user(grant.get_services()) {
                    self.judge_user(grant.get_user(), own)?;
                }
            }
        }
        self.judge_lifetime(ask, own, default)
    }

    fn judge_service(&self, wanted: Wanted) -> Result<(), Problem> {
        if self.settings.services.contains(&wanted) {
            return Ok(());
        }
        let administrates =
            if matches!(wanted, Wanted::App(_)) { ", which makes its holder an administrator" } else { "" };
        let detail = format!("the caller may not have the service {wanted}{administrates}");
        Err(Problem::new(Code::ForbiddenService, detail))
    }

    fn judge_place(&self, grant: &Grant<'_>, own: &Own) -> Result<(), Problem> {
        let role = grant.get_role().unwrap_or(Role::Subscriber);
        if tell_roles(grant.get_services()) && !self.settings.roles.contains(&role) {
            let detail = format!("the caller may not be a {}", role.name());
            return Err(Problem::new(Code::ForbiddenRole, detail));
        }
        if let Some(room) = grant.get_room() {
            if !any_fits(&self.settings.rooms, room.uuid()) {
                return Err(Code::ForbiddenRoom.into());
            }
            if !self.settings.room_roles.contains(&room.role()) {
                return Err(Problem::new(Code::ForbiddenRole, "the caller may not have this role in the room"));
            }
        }
        if !have(grant.get_services(), Field::ChannelName) {
            return Ok(());
        }
        match grant.get_channel() {
            Some(Channel::Any) if self.settings.any_channel => Ok(()),
            Some(Channel::Any) => {
                Err(Problem::new(Code::ForbiddenWildcard, "the caller may not have tokens for any channel"))
            }
            Some(Channel::Named(name))
                if any_fits(&self.settings.channels, name.as_str()) || any_fits(&own.channels, name.as_str()) =>
            {
                Ok(())
            }
            Some(Channel::Named(_)) | None => Err(Code::ForbiddenChannel.into()),
        }
    }

    fn judge_permissions(&self, permissions: &Permissions<'_>) -> Result<(), Problem> {
        let mut resources = permissions.iter().flat_map(|(_, _, resources)| resources);
        let is_allowed = resources
            .all(|resource| resource.to_str().is_ok_and(|resource| any_fits(&self.settings.resources, resource)));
        if is_allowed { Ok(()) } else { Err(Code::ForbiddenPermission.into()) }
    }

    fn judge_user(&self, user: &User<'_>, own: &Own) -> Result<(), Problem> {
        let Some(text) = text_of(user) else {
            let refuse = || Problem::new(Code::ForbiddenWildcard, "the caller may not have tokens for any user");
            return if self.settings.any_user { Ok(()) } else { Err(refuse()) };
        };
        // To the service, a token for the account "42" is one for uid 42, since both are the same text in it.
        let uid = text.parse::<u32>().ok().filter(|uid| *uid > 0 && uid.to_string() == text);
        let is_allowed = match uid {
            _ if self.settings.subject => own.user.as_ref().and_then(text_of) == Some(text),
            Some(uid) => self.uids.iter().any(|range| range.contains(&uid)),
            None => any_fits(&self.settings.accounts, &text),
        };
        if is_allowed { Ok(()) } else { Err(Code::ForbiddenUser.into()) }
    }

    fn judge_lifetime(&self, ask: &Ask, own: &Own, default: u32) -> Result<Lifetime, Problem> {
        let longest = self.settings.max_lifetime.0;
        let lifetime = match ask.lifetime {
            Some(lifetime) if lifetime.as_secs() > longest => {
                let detail = format!("a lifetime of {} seconds, the caller may have {longest}", lifetime.as_secs());
                return Err(Problem::new(Code::ForbiddenLifetime, detail));
            }
            Some(lifetime) => lifetime.as_secs(),
            None => default.min(longest),
        };
        let left = |ends_at: SystemTime| {
            let left = ends_at.duration_since(SystemTime::now()).unwrap_or_default().as_secs();
            u32::try_from(left).unwrap_or(DAY)
        };
        // Its leeway lets a JWT in that has ended, which leaves a token a second to live.
        let cap = own.ends_at.filter(|_| self.settings.cap_by_jwt).map_or(DAY, left).max(1);
        Lifetime::from_secs(lifetime.min(cap)).map_err(|error| Problem::of_library(&error, None))
    }
}

/// The user as a token has it; none for any user.
fn text_of(user: &User<'_>) -> Option<String> {
    match user {
        User::Uid(uid) => Some(uid.to_string()),
        User::Account(account) => Some(account.as_str().to_owned()),
        User::Any => None,
    }
}

fn uid_range(setting: &UidSetting) -> Option<RangeInclusive<u32>> {
    let (first, last) = match setting {
        UidSetting::One(uid) => (*uid, *uid),
        UidSetting::Range(text) if text == "*" => (1, u32::MAX),
        UidSetting::Range(text) => {
            let (first, last) = text.split_once('-').unwrap_or((text, text));
            (first.trim().parse().ok()?, last.trim().parse().ok()?)
        }
    };
    (1 <= first && first <= last).then_some(first..=last)
}
