//! The token of a row.

use agora_token::{
    Channel, ErrorCode, Grant, IssuedToken, Issuer, Lifetime, Role, ServiceSet, ServiceType, Stamp, User,
};

use crate::{Cell, Column, RowError};

/// What rows get that leave it out.
#[derive(Debug, Clone)]
pub struct Defaults {
    /// None refuses a row without a channel.
    pub channel: Option<Channel<'static>>,
    /// What the caller calls the default of the channel, as `--channel`, for errors.
    pub channel_name: &'static str,
    /// Publisher unless told otherwise.
    pub role: Role,
    /// RTC unless told otherwise.
    pub services: ServiceSet,
    /// An hour unless told otherwise.
    pub lifetime: Lifetime,
}

impl Defaults {
    /// Those of a caller that says nothing.
    pub fn new(channel_name: &'static str) -> Defaults {
        let (role, services) = (Role::Publisher, ServiceSet::from_iter([ServiceType::Rtc]));
        Defaults { channel: None, channel_name, role, services, lifetime: Lifetime::HOUR }
    }
}

/// The cells of a row, by column.
#[derive(Debug, Default)]
pub struct Row<'a> {
    cells: [Cell<'a>; Column::COUNT],
}

impl<'a> Row<'a> {
    /// Sets the cell of a column.
    pub fn set(&mut self, column: Column, cell: Cell<'a>) {
        self.cells[column as usize] = cell;
    }

    fn take(&mut self, column: Column) -> Cell<'a> {
        std::mem::take(&mut self.cells[column as usize])
    }
}

/// Mints the tokens of rows.
#[derive(Debug)]
pub struct Minter {
    /// What signs them.
    pub issuer: Issuer,
    /// What rows get that leave it out.
    pub defaults: Defaults,
}

impl Minter {
    /// The token of a row.
    ///
    /// # Errors
    /// What was refused of it.
    pub fn issue(&self, row: Row<'_>) -> Result<IssuedToken, RowError> {
        self.issuer.issue(&self.grant(row)?).map_err(RowError::from)
    }

    /// The token of a row, of this time and salt.
    ///
    /// # Errors
    /// What [`Minter::issue`] refuses.
    pub fn issue_at(&self, row: Row<'_>, stamp: Stamp) -> Result<IssuedToken, RowError> {
        self.issuer.issue_at(&self.grant(row)?, stamp).map_err(RowError::from)
    }

    fn grant<'a>(&'a self, mut row: Row<'a>) -> Result<Grant<'a>, RowError> {
        let defaults = &self.defaults;
        let channel = row.take(Column::Channel).text(Column::Channel, ErrorCode::InvalidChannelName)?;
        let uid = row.take(Column::Uid).uid()?;
        let account = row.take(Column::Account).text(Column::Account, ErrorCode::InvalidUserAccount)?;
        let role = row.take(Column::Role).role()?;
        let services = row.take(Column::Services).services()?;
        let lifetime = row.take(Column::Lifetime).lifetime(Column::Lifetime)?;
        let publish_lifetime = row.take(Column::PublishLifetime).lifetime(Column::PublishLifetime)?;

        let of_uid = RowError::naming(Column::Uid.name());
        let user = match (uid, account) {
            (Some(number), None) => User::uid(number).map_err(of_uid)?,
            (None, Some(account)) => User::account(account).map_err(RowError::naming(Column::Account.name()))?,
            (None, None) => {
                let reason = "is left out, and so is account; a token is for one user";
                return Err(of_uid(ErrorCode::InvalidUid.of("uid", reason)));
            }
            (Some(_), Some(_)) => {
                return Err(RowError::new("account", "account is given beside uid; a user has one of them"));
            }
        };
        let services = services.unwrap_or(defaults.services);
        let grant = Grant::new(user).lifetime(lifetime.unwrap_or(defaults.lifetime));
        let mut grant = services.iter().fold(grant, Grant::and);
        if services.contains(ServiceType::Rtc) {
            let channel = match (channel, &defaults.channel) {
                (Some(name), _) => Channel::named(name),
                (None, Some(channel)) => Ok(channel.clone()),
                (None, None) => Err(ErrorCode::InvalidChannelName
                    .of("channel", format!("is left out, and there is no {} for such rows", defaults.channel_name))),
            };
            let channel = channel.map_err(RowError::naming(Column::Channel.name()))?;
            grant = grant.channel(channel).role(role.unwrap_or(defaults.role));
        }
        Ok(match publish_lifetime {
            Some(lifetime) => grant.publish_lifetime(lifetime),
            None => grant,
        })
    }
}
