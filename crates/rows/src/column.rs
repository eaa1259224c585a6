//! The columns that mean something, by all their names.

use crate::numbers;

/// What a row may say; any other column is somebody's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The channel that the user joins.
    Channel,
    /// The user, as a number.
    Uid,
    /// The user, as a text.
    Account,
    /// Publisher or subscriber.
    Role,
    /// What the token is good for.
    Services,
    /// How long it lives.
    Lifetime,
    /// How long its user may publish, where that is shorter.
    PublishLifetime,
}

impl Column {
    pub(crate) const COUNT: usize = 7;
    /// All of them, in the order in which a row is read.
    pub const ALL: [Column; Column::COUNT] = [
        Column::Channel,
        Column::Uid,
        Column::Account,
        Column::Role,
        Column::Services,
        Column::Lifetime,
        Column::PublishLifetime,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
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
    pub fn named(text: &str) -> Option<Column> {
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
    pub fn misspelt(text: &str) -> Option<Column> {
        let text = text.trim().to_ascii_lowercase().replace(['-', ' '], "_");
        let is_near = |column: &Column| {
            let name = column.name();
            let most = if name.len() > 4 { 2 } else { 1 };
            text.strip_suffix('s') == Some(name) || strsim::osa_distance(&text, name) <= most
        };
        Column::ALL.into_iter().filter(|_| text.len() > 2).find(is_near)
    }

    /// Why a name is refused that is nearly this column's.
    pub(crate) fn meant_by(self, name: &str) -> String {
        let name = numbers::shown(name.trim());
        format!("{name} is no column; {} is one, and another name must differ by more", self.name())
    }
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
