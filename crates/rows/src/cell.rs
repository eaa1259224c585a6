//! What stands in a row under a column, and how it is read.

use std::borrow::Cow;

use agora_token::{Error, ErrorCode, Lifetime, Role, ServiceSet, ServiceType};

use crate::numbers::{self, shown};
use crate::{Column, RowError};

/// The services that a row can ask for.
const SERVICES: [ServiceType; 3] = [ServiceType::Rtc, ServiceType::Rtm, ServiceType::Chat];

/// One value of a row, by what its form tells of its type.
#[derive(Debug, Clone, Default)]
pub enum Cell<'a> {
    /// The row leaves it out.
    #[default]
    Empty,
    /// A text that may stand for anything, as in CSV and in columns of texts.
    Plain(&'a str),
    /// A text where numbers have a form of their own, as in JSON.
    Quoted(Cow<'a, str>),
    /// What is no text there, as it is written.
    Literal(&'a str),
    /// A number.
    Integer(i128),
    /// A list of texts.
    Names(Vec<Cow<'a, str>>),
}

impl<'a> Cell<'a> {
    /// `code` is that of values that the column cannot hold.
    pub(crate) fn text(self, column: Column, code: ErrorCode) -> Result<Option<Cow<'a, str>>, RowError> {
        match self {
            Cell::Empty => Ok(None),
            Cell::Plain(text) => Ok(Some(Cow::Borrowed(text))),
            Cell::Quoted(text) => Ok(Some(text)),
            Cell::Literal(_) | Cell::Integer(_) | Cell::Names(_) => {
                Err(RowError::naming(column.name())(code.of(column.name(), "is no text in quotes")))
            }
        }
    }

    pub(crate) fn uid(&self) -> Result<Option<u32>, RowError> {
        Ok(match self {
            Cell::Empty => None,
            Cell::Plain(text) | Cell::Literal(text) => Some(numbers::uid(text)?),
            Cell::Integer(number) => match u32::try_from(*number) {
                Ok(uid) => Some(uid),
                Err(_) => Some(numbers::uid(&number.to_string())?),
            },
            Cell::Quoted(_) => {
                let reason = "is a text in quotes, a number expected; account takes texts";
                return Err(ErrorCode::InvalidUid.of("uid", reason).into());
            }
            Cell::Names(_) => return Err(ErrorCode::InvalidUid.of("uid", "is a list, a number expected").into()),
        })
    }

    pub(crate) fn role(&self) -> Result<Option<Role>, RowError> {
        let name = Column::Role.name();
        if let Cell::Integer(number) = self {
            let known = u32::try_from(*number).map_err(|_| ErrorCode::InvalidRole.of(name, format!("is {number}")));
            return known.and_then(Role::from_number).map(Some).map_err(RowError::naming(name));
        }
        self.literal().map(|text| role(text, name)).transpose()
    }

    pub(crate) fn lifetime(&self, column: Column) -> Result<Option<Lifetime>, RowError> {
        match self {
            Cell::Integer(number) => lifetime(&number.to_string(), column.name(), column.name()).map(Some),
            _ => self.literal().map(|text| lifetime(text, column.name(), column.name())).transpose(),
        }
    }

    pub(crate) fn services(&self) -> Result<Option<ServiceSet>, RowError> {
        match self {
            Cell::Empty => Ok(None),
            Cell::Plain(text) => services(text).map(Some).map_err(unknown),
            Cell::Names(names) => {
                names.iter().map(|name| service(name)).collect::<Result<_, _>>().map(Some).map_err(unknown)
            }
            _ => Err(RowError::new("services", "services is no list of texts, as [\"rtc\",\"rtm\"]")),
        }
    }

    /// The text of a value that may be written with or without quotes.
    fn literal(&self) -> Option<&str> {
        match self {
            Cell::Plain(text) | Cell::Literal(text) => Some(text),
            Cell::Quoted(text) => Some(text),
            // A list is none of these, and refused as what it begins with.
            Cell::Names(_) => Some("["),
            Cell::Empty | Cell::Integer(_) => None,
        }
    }
}

fn service(name: &str) -> Result<ServiceType, String> {
    let named = SERVICES.into_iter().find(|service| service.name() == name);
    named.ok_or_else(|| format!("has {}, which is none of rtc, rtm and chat", shown(name)))
}

fn unknown(reason: String) -> RowError {
    RowError::new("services", format!("services {reason}"))
}

/// The services of rows that name none; `field` is the name of that setting.
///
/// # Errors
/// [`ErrorCode::NoServices`] for none, [`ErrorCode::UnknownOption`] for another name than those of the three.
pub fn default_services(text: &str, field: &'static str) -> Result<ServiceSet, Error> {
    match services(text) {
        Ok(services) if services.iter().next().is_some() => Ok(services),
        Ok(_) => Err(ErrorCode::NoServices.of(field, "names none; leave it out for rtc")),
        Err(reason) => Err(ErrorCode::UnknownOption.of(field, reason)),
    }
}

/// Services by their names, joined by plus signs, commas or blanks.
fn services(text: &str) -> Result<ServiceSet, String> {
    text.split(['+', ',', ' ']).filter(|name| !name.is_empty()).map(service).collect()
}

/// A role; `name` is that of the column or option, for errors.
///
/// # Errors
/// [`ErrorCode::InvalidRole`].
pub fn role(text: &str, name: &str) -> Result<Role, RowError> {
    numbers::role(text, "role").and_then(Role::from_number).map_err(RowError::naming(name))
}

/// A lifetime; `field` is its name in the API, `name` that of the column or option.
///
/// # Errors
/// [`ErrorCode::InvalidLifetime`], and what [`Lifetime::from_secs`] refuses.
pub fn lifetime(text: &str, field: &'static str, name: &str) -> Result<Lifetime, RowError> {
    let seconds = numbers::lifetime(text, field).map_err(RowError::naming(name))?;
    Lifetime::from_secs(seconds).map_err(|error| RowError::naming(name)(error.in_field(field)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The error as it stands in a row, up to the semicolon.
    fn refused<T: std::fmt::Debug>(result: Result<T, RowError>) -> String {
        result.unwrap_err().to_string().split(';').next().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_uid_is_a_number_in_every_form() {
        for cell in [Cell::Plain("42"), Cell::Literal("42"), Cell::Integer(42)] {
            assert_eq!(cell.uid().unwrap(), Some(42));
        }
        assert_eq!(Cell::Empty.uid().unwrap(), None);
        for (cell, reason) in [
            (Cell::Integer(-1), "uid is -1"),
            (Cell::Integer(1 << 32), "uid is 4294967296"),
            (Cell::Plain("042"), "uid is 042"),
            (Cell::Literal("42.0"), "uid is 42.0"),
            (Cell::Quoted("42".into()), "uid is a text in quotes, a number expected"),
            (Cell::Names(vec![]), "uid is a list, a number expected"),
        ] {
            assert_eq!(refused(cell.uid()), format!("INVALID_UID: {reason}"));
        }
    }

    #[test]
    fn roles_and_lifetimes_are_numbers_or_texts() {
        for cell in [Cell::Plain("subscriber"), Cell::Quoted("2".into()), Cell::Literal("2"), Cell::Integer(2)] {
            assert_eq!(cell.role().unwrap(), Some(Role::Subscriber));
        }
        for cell in [Cell::Integer(3), Cell::Integer(-1), Cell::Names(vec![]), Cell::Plain("")] {
            assert!(refused(cell.role()).starts_with("INVALID_ROLE: role "));
        }
        for cell in [Cell::Plain("10m"), Cell::Quoted("600".into()), Cell::Literal("600"), Cell::Integer(600)] {
            assert_eq!(cell.lifetime(Column::Lifetime).unwrap().map(Lifetime::as_secs), Some(600));
        }
        for (number, code) in [(0, "TOKEN_EXPIRE_ZERO"), (86_401, "LIFETIME_OVER_A_DAY"), (-1, "INVALID_LIFETIME")] {
            assert!(refused(Cell::Integer(number).lifetime(Column::PublishLifetime)).starts_with(code));
        }
    }

    #[test]
    fn services_are_lists_or_texts() {
        let both = Some(ServiceSet::from_iter([ServiceType::Rtc, ServiceType::Rtm]));
        for cell in [Cell::Plain("rtc+rtm"), Cell::Plain("rtm, rtc"), Cell::Names(vec!["rtc".into(), "rtm".into()])] {
            assert_eq!(cell.services().unwrap(), both);
        }
        let unknown = "INVALID_ROW: services has fpa, which is none of rtc, rtm and chat";
        for cell in [Cell::Plain("fpa"), Cell::Plain("rtc+fpa"), Cell::Names(vec!["rtc".into(), "fpa".into()])] {
            assert_eq!(refused(cell.services()), unknown);
        }
        assert!(refused(Cell::Quoted("rtc".into()).services()).starts_with("INVALID_ROW: services is no list"));
    }

    #[test]
    fn a_text_is_one_in_every_form() {
        let read = |cell: Cell<'static>| cell.text(Column::Account, ErrorCode::InvalidUserAccount);
        assert_eq!(read(Cell::Plain("alice")).unwrap(), read(Cell::Quoted("alice".into())).unwrap());
        for cell in [Cell::Literal("1"), Cell::Integer(1), Cell::Names(vec![])] {
            assert_eq!(refused(read(cell)), "INVALID_USER_ACCOUNT: account is no text in quotes");
        }
    }
}
