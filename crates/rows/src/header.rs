//! The names of the columns of a table.

use agora_token::ServiceType;

use crate::{Column, Defaults, RowError};

/// Where in a table the columns are that mean something.
#[derive(Debug, Clone)]
pub struct Header {
    columns: [Option<usize>; Column::COUNT],
}

impl Header {
    /// `table` is what the names belong to, as errors call it; `added` are the columns that its output gets.
    ///
    /// # Errors
    /// A column that would be there twice, one that is nearly a column, and a table that can give nobody a token.
    pub fn new<'a>(
        table: &str,
        names: impl IntoIterator<Item = &'a str>,
        added: &[&str],
        defaults: &Defaults,
    ) -> Result<Header, RowError> {
        let refuse = |reason: String| Err(RowError::new("", format!("{table} {reason}")));
        let mut columns = [None; Column::COUNT];
        for (index, name) in names.into_iter().enumerate() {
            if let Some(name) = added.iter().find(|added| name.trim().eq_ignore_ascii_case(added)) {
                return refuse(format!("has a column {name}, which is for the output: rename or remove it"));
            }
            match (Column::named(name), Column::misspelt(name)) {
                (Some(column), _) if columns[column as usize].replace(index).is_some() => {
                    return refuse(format!("names the column {} twice", column.name()));
                }
                (None, Some(column)) => {
                    return Err(RowError::new("", format!("in {table} {}", column.meant_by(name))));
                }
                _ => {}
            }
        }
        let header = Header { columns };
        let lacks = |column| header.position(column).is_none();
        if lacks(Column::Uid) && lacks(Column::Account) {
            return refuse("names neither uid nor account".to_owned());
        }
        let joins = lacks(Column::Services) && defaults.services.contains(ServiceType::Rtc);
        if lacks(Column::Channel) && defaults.channel.is_none() && joins {
            return refuse(format!("names no column channel, and there is no {} for all rows", defaults.channel_name));
        }
        Ok(header)
    }

    /// The index of this column in the table.
    pub fn position(&self, column: Column) -> Option<usize> {
        self.columns[column as usize]
    }
}
