//! The one-call builders by the names of the C ABI: as the description has them, and as typed functions.

use agora_token::describe::{Builder, Kind, Manner, Shape, Value as Argument};
use agora_token::{Credentials, Error, Permissions, Stamp};
use serde_json::Value;

use crate::cases::{self, Case};
use crate::generated;

/// The arguments of a call by their names.
pub(crate) struct Arguments<'a> {
    args: &'a Value,
    case: &'a Value,
}

impl Arguments<'_> {
    pub(crate) fn text(&self, name: &str) -> String {
        let text = self.args.get(name).or(self.case.get(name)).expect("an argument");
        String::from_utf8(cases::text(text)).expect("UTF-8")
    }

    pub(crate) fn u32(&self, name: &str) -> u32 {
        self.integer(name).try_into().expect("a u32")
    }

    pub(crate) fn i16(&self, name: &str) -> i16 {
        self.integer(name).try_into().expect("an i16")
    }

    pub(crate) fn permissions(&self, name: &str) -> Permissions<'static> {
        cases::permissions(&self.args[name])
    }

    fn integer(&self, name: &str) -> i64 {
        self.args[name].as_i64().expect("an integer")
    }
}

/// Calls a builder at the case's issue time and salt, or at any where it has none.
pub(crate) fn call(function: &str, args: &Value, case: &Case) -> Result<String, Error> {
    let of = |name: &str| case.0.get(name).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
    // An AccessToken ends a day after its stamp.
    let issue_ts = of("issue_ts").or(of("ts").map(|ts| ts.saturating_sub(86_400))).unwrap_or(1_700_000_000);
    let stamp = Stamp { issue_ts, salt: of("salt").unwrap_or(1) };
    let name = function.strip_prefix("agora_").unwrap_or(function);
    let args = Arguments { args, case: &case.0 };
    let described = call_described(name, &args, stamp);
    let typed = Credentials::new(&args.text("app_id"), &args.text("app_certificate"))
        .and_then(|credentials| generated::call(name, &credentials, &args, stamp));
    assert_eq!(typed.as_ref().map_err(Error::code), described.as_ref().map_err(Error::code), "{}", case.id());
    described
}

fn call_described(name: &str, args: &Arguments, stamp: Stamp) -> Result<String, Error> {
    let builder = Builder::from_name(name).expect("a builder");
    assert_eq!(Builder::from_number(builder.number).map(|found| found.name), Some(name));
    enum Owned {
        Text(String),
        Integer(i64),
        Permissions(Permissions<'static>),
    }
    let owned: Vec<Owned> = builder
        .all_arguments()
        .map(|argument| match argument.kind.row().shape {
            Shape::Text => Owned::Text(args.text(argument.name)),
            Shape::Integer(..) => Owned::Integer(args.integer(argument.name)),
            Shape::Permissions => Owned::Permissions(args.permissions(argument.name)),
        })
        .collect();
    let values: Vec<Argument> = owned
        .iter()
        .map(|value| match value {
            Owned::Text(text) => Argument::Text(text),
            Owned::Integer(number) => (*number).into(),
            Owned::Permissions(permissions) => permissions.into(),
        })
        .collect();
    let built = builder.build(&values, Manner::Strict, || Ok(stamp));
    // What the limits let through, the official manner makes the same of, but for the older roles of 007.
    if let Ok(token) = &built {
        let official = builder.build(&values, Manner::Official, || Ok(stamp));
        assert_eq!(official.as_ref(), Ok(token));
    }
    // No argument has an error that its kind does not name.
    if let Err(error) = &built {
        let at_fault: Vec<Kind> =
            builder.all_arguments().filter(|it| it.name == error.field()).map(|it| it.kind).collect();
        assert!(at_fault.iter().any(|kind| {
            let row = kind.row();
            row.code == error.code() || row.errors.contains(&error.code())
        }));
    }
    built
}
