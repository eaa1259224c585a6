//! A row: what it asks for, and the token for that.

use std::borrow::Cow;

use agora_token::{Channel, ErrorCode, Grant, IssuedToken, Issuer, Lifetime, Role, ServiceSet, ServiceType, User};

use super::args::Defaults;
use super::column::Column;
use crate::failure::Failure;

/// A row as it was read; what it leaves out is `None`.
#[derive(Default)]
pub(super) struct Row<'a> {
    pub(super) channel: Option<Cow<'a, str>>,
    pub(super) uid: Option<u32>,
    pub(super) account: Option<Cow<'a, str>>,
    pub(super) role: Option<Role>,
    pub(super) services: Option<ServiceSet>,
    pub(super) lifetime: Option<Lifetime>,
    pub(super) publish_lifetime: Option<Lifetime>,
}

/// Mints the tokens of rows.
pub(super) struct Minter {
    pub(super) issuer: Issuer,
    pub(super) defaults: Defaults,
}

impl Minter {
    pub(super) fn issue(&self, row: Row<'_>) -> Result<IssuedToken, Failure> {
        self.issuer.issue(&self.grant(row)?).map_err(Failure::from)
    }

    fn grant<'a>(&'a self, row: Row<'a>) -> Result<Grant<'a>, Failure> {
        let defaults = &self.defaults;
        let uid = Failure::naming(Column::Uid.name());
        let user = match (row.uid, row.account) {
            (Some(number), None) => User::uid(number).map_err(uid)?,
            (None, Some(account)) => User::account(account).map_err(Failure::naming(Column::Account.name()))?,
            (None, None) => {
                let reason = "is left out, and so is account; a token is for one user";
                return Err(uid(ErrorCode::InvalidUid.of("uid", reason)));
            }
            (Some(_), Some(_)) => {
                return Err(Failure::row("account", "account is given beside uid; a user has one of them"));
            }
        };
        let services = row.services.unwrap_or(defaults.services);
        let grant = Grant::new(user).lifetime(row.lifetime.unwrap_or(defaults.lifetime));
        let mut grant = services.iter().fold(grant, Grant::and);
        if services.contains(ServiceType::Rtc) {
            let channel =
                match (row.channel, &defaults.channel) {
                    (Some(name), _) => Channel::named(name),
                    (None, Some(channel)) => Ok(channel.clone()),
                    (None, None) => Err(ErrorCode::InvalidChannelName
                        .of("channel", "is left out, and there is no --channel for such rows")),
                };
            let channel = channel.map_err(Failure::naming(Column::Channel.name()))?;
            grant = grant.channel(channel).role(row.role.unwrap_or(defaults.role));
        }
        Ok(match row.publish_lifetime {
            Some(lifetime) => grant.publish_lifetime(lifetime),
            None => grant,
        })
    }
}
