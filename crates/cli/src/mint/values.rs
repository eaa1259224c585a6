//! The arguments of a builder, read from the options.

use agora_token::describe::{Argument, Builder, Kind, Shape, Value};
use agora_token::{Error, ErrorCode, Permissions, Stamp};
use clap::ArgMatches;

use super::options::{self, Opt};
use crate::failure::Failure;
use crate::{numbers, permissions};

/// What a [`Value`] is made of.
pub(super) enum Given {
    Text(String),
    Integer(i128),
    Permissions(Permissions<'static>),
    Misfit(String),
    Refused(ErrorCode, String),
}

impl Given {
    pub(super) fn as_value(&self) -> Value<'_> {
        match self {
            Given::Text(text) => Value::Text(text),
            Given::Integer(number) => Value::Integer(*number),
            Given::Permissions(permissions) => Value::Permissions(permissions),
            Given::Misfit(found) => Value::Misfit(found),
            Given::Refused(code, reason) => Value::Refused(*code, reason),
        }
    }
}

/// A value for each argument, in their order. What is wrong with one the builder says, which looks at all of them.
pub(super) fn of(
    builder: &Builder,
    options: &[Opt],
    matches: &ArgMatches,
    stamp: Stamp,
) -> Result<Vec<Given>, Failure> {
    let value = |argument: &&Argument| {
        let deciding = options::deciding(options, matches, &options::name(builder, argument));
        let text = deciding.and_then(|(option, given)| {
            given.map(str::to_owned).or_else(|| options::default_text(option, stamp.issue_ts))
        });
        text.map_or_else(|| Ok(Given::Misfit("missing".to_owned())), |text| read(argument, &text))
    };
    builder.arguments.iter().map(value).collect()
}

fn read(argument: &Argument, text: &str) -> Result<Given, Failure> {
    let number = |number: Result<u32, Error>| match number {
        Ok(number) => Given::Integer(number.into()),
        Err(error) => Given::Refused(error.code(), error.reason().to_owned()),
    };
    Ok(match (argument.kind, argument.kind.row().shape) {
        (Kind::Uid, _) => number(numbers::uid(text)),
        (Kind::Role | Kind::Role006, _) => number(numbers::role(text, argument.name)),
        (Kind::TokenExpire | Kind::PrivilegeExpire, _) => number(numbers::lifetime(text, argument.name)),
        (_, Shape::Integer(..)) => {
            numbers::integer(text).map_or_else(|| Given::Misfit(numbers::shown(text)), Given::Integer)
        }
        (_, Shape::Permissions) => Given::Permissions(permissions::read(text)?),
        (_, Shape::Text) => Given::Text(text.to_owned()),
    })
}
