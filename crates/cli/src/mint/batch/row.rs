//! A row: what it asks for, and the token for that.

use std::borrow::Cow;

use agora_token::{Channel, ErrorCode, Grant, IssuedToken, Issuer, Lifetime, Role, UserId};

use super::args::Defaults;
use crate::failure::Failure;
use crate::numbers;

/// What a row may say; any other column is somebody's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Channel,
    Uid,
    Account,
    Role,
    Services,
    Lifetime,
    PublishLifetime,
}

impl Column {
    pub(super) const COUNT: usize = 7;
    const ALL: [Column; Column::COUNT] = [
        Column::Channel,
        Column::Uid,
        Column::Account,
        Column::Role,
        Column::Services,
        Column::Lifetime,
        Column::PublishLifetime,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Column::Channel => "channel",
            Column::Uid => "uid",
            Column::Account => "account",
            Column::Role => "role",
            Column::Services => "services",
            Column::Lifetime => "lifetime",
            Column::PublishLifetime => "publish_lifetime",
        }
    }

    /// Whatever the letter case, and `publishLifetime` or `publish lifetime` too: a column `Role` that nobody reads
    /// would make everyone a publisher.
    pub(super) fn named(text: &str) -> Option<Column> {
        fn letters(text: &str) -> impl Iterator<Item = char> {
            text.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).map(|c| c.to_ascii_lowercase())
        }
        let mut all = Column::ALL.into_iter();
        all.clone()
            .find(|column| column.name() == text)
            .or_else(|| all.find(|column| letters(column.name()).eq(letters(text))))
    }
}

/// A row as it was read; what it leaves out is `None`.
#[derive(Default)]
pub(super) struct Row<'a> {
    pub(super) channel: Option<Cow<'a, str>>,
    pub(super) uid: Option<u32>,
    pub(super) account: Option<Cow<'a, str>>,
    pub(super) role: Option<Role>,
    pub(super) services: Option<Services>,
    pub(super) lifetime: Option<Lifetime>,
    pub(super) publish_lifetime: Option<Lifetime>,
}

/// Mints the tokens of rows.
pub(super) struct Minter {
    pub(super) issuer: Issuer,
    pub(super) defaults: Defaults,
}

impl Minter {
    pub(super) fn issue(&self, row: &Row) -> Result<IssuedToken, Failure> {
        let defaults = &self.defaults;
        let user = match (row.uid, &row.account) {
            (Some(uid), None) => UserId::uid(uid)?,
            (None, Some(account)) => UserId::account(account)?,
            (None, None) => {
                return Err(Failure::argument(
                    ErrorCode::InvalidUid,
                    "uid",
                    "uid is left out, and so is account; a token is for one user",
                ));
            }
            (Some(_), Some(_)) => {
                return Err(Failure::row("account", "account is given beside uid; a user has one of them"));
            }
        };
        let services = row.services.unwrap_or(defaults.services);
        let mut grant = Grant::new(user).lifetime(row.lifetime.unwrap_or(defaults.lifetime));
        if services.rtc {
            let channel = row.channel.as_deref().or(defaults.channel.as_deref()).ok_or_else(|| {
                let reason = "channel_name is left out, and there is no --channel for such rows";
                Failure::argument(ErrorCode::InvalidChannelName, "channel_name", reason)
            })?;
            grant = grant.and_rtc(Channel::named(channel)?, row.role.unwrap_or(defaults.role));
        }
        if services.rtm {
            grant = grant.and_rtm();
        }
        if services.chat {
            grant = grant.and_chat();
        }
        if let Some(lifetime) = row.publish_lifetime {
            grant = grant.publish_lifetime(lifetime);
        }
        Ok(self.issuer.issue(&grant)?)
    }
}

/// What a token is good for.
#[derive(Clone, Copy, Default)]
pub(super) struct Services {
    pub(super) rtc: bool,
    rtm: bool,
    chat: bool,
}

impl Services {
    pub(super) const RTC: Services = Services { rtc: true, rtm: false, chat: false };

    pub(super) fn add(&mut self, name: &str) -> Result<(), Failure> {
        match name {
            "rtc" => self.rtc = true,
            "rtm" => self.rtm = true,
            "chat" => self.chat = true,
            _ => return Err(Failure::row("services", "services names none of rtc, rtm and chat")),
        }
        Ok(())
    }
}

/// Names joined by plus signs, commas or blanks.
pub(super) fn services(text: &str) -> Result<Services, Failure> {
    let mut services = Services::default();
    for name in text.split(['+', ',', ' ']).filter(|name| !name.is_empty()) {
        services.add(name)?;
    }
    Ok(services)
}

pub(super) fn role(text: &str) -> Result<Role, Failure> {
    Ok(Role::from_number(numbers::role(text, Column::Role.name())?)?)
}

pub(super) fn lifetime(text: &str, column: Column) -> Result<Lifetime, Failure> {
    let seconds = numbers::lifetime(text, column.name())?;
    Lifetime::from_secs(seconds).map_err(|error| Failure::from(error).of(column.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_in_every_spelling() {
        for name in ["publish_lifetime", "publishLifetime", "Publish Lifetime", "PUBLISH-LIFETIME"] {
            assert_eq!(Column::named(name), Some(Column::PublishLifetime), "{name}");
        }
        for column in Column::ALL {
            assert_eq!(Column::named(column.name()), Some(column));
        }
        for name in ["", "user", "uids", "channel_name", "token"] {
            assert_eq!(Column::named(name), None, "{name}");
        }
    }
}
