//! The columns of a batch, and how their cells are read.

use agora_token::{Lifetime, Role, ServiceSet, ServiceType};

use crate::failure::Failure;
use crate::numbers;

/// The services that a row can ask for.
const SERVICES: [ServiceType; 3] = [ServiceType::Rtc, ServiceType::Rtm, ServiceType::Chat];

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

    /// The column that somebody meant who wrote this name: one that is passed over, a role above all, would make
    /// everyone a publisher.
    pub(super) fn misspelt(text: &str) -> Option<Column> {
        let text = text.trim().to_ascii_lowercase().replace(['-', ' '], "_");
        let is_near = |column: &Column| {
            let name = column.name();
            let most = if name.len() > 4 { 2 } else { 1 };
            text.strip_suffix('s') == Some(name) || strsim::osa_distance(&text, name) <= most
        };
        Column::ALL.into_iter().filter(|_| text.len() > 2).find(is_near)
    }

    /// Why a name is refused that is nearly this column's.
    pub(super) fn meant_by(self, name: &str) -> String {
        let name = numbers::shown(name.trim());
        format!("{name} is no column; {} is one, and another name must differ by more", self.name())
    }
}

/// A service by its name.
pub(super) fn service(name: &str) -> Result<ServiceType, Failure> {
    let named = SERVICES.into_iter().find(|service| service.name() == name);
    named.ok_or_else(|| Failure::row("services", "services names none of rtc, rtm and chat"))
}

/// Names joined by plus signs, commas or blanks.
pub(super) fn services(text: &str) -> Result<ServiceSet, Failure> {
    text.split(['+', ',', ' ']).filter(|name| !name.is_empty()).map(service).collect()
}

/// `name` is that of the column or option, for errors.
pub(super) fn role(text: &str, name: &str) -> Result<Role, Failure> {
    numbers::role(text, "role").and_then(Role::from_number).map_err(Failure::naming(name))
}

/// `field` is its name in the API, `name` that of the column or option.
pub(super) fn lifetime(text: &str, field: &'static str, name: &str) -> Result<Lifetime, Failure> {
    let seconds = numbers::lifetime(text, field).map_err(Failure::naming(name))?;
    Lifetime::from_secs(seconds).map_err(|error| Failure::naming(name)(error.in_field(field)))
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
        for name in ["rol", "roles", "Rolle", "uids", "chanel", "publish_lifetimes", "acount", "service"] {
            assert!(Column::misspelt(name).is_some(), "{name}");
        }
        for name in ["id", "user", "note", "email", "room", "country", "token", "name", "rule_set"] {
            assert_eq!(Column::misspelt(name), None, "{name}");
        }
    }
}
