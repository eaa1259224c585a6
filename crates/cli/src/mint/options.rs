//! The options of `mint`, from the arguments of the builders.
//!
//! One rule names them all: an option is called as its argument is, but that `expire` is a lifetime and the token's own
//! is `--lifetime`, that channel, account and user ID need no second word, and that the channel's account and role are
//! meant where messaging is not named. So `channel_name` is `--channel`, `rtc_account` is `--account`,
//! `privilege_expire` is `--privilege-lifetime` and `rtm_token_expire` is `--rtm-lifetime`.

use std::borrow::Cow;

use agora_token::Stamp;
use agora_token::describe::{Argument, Builder, Class, Kind, Shape};
use clap::{Arg, ArgMatches};

/// The lifetime of the privileges for which no other is given.
pub(super) const PRIVILEGE_LIFETIME: &str = "privilege-lifetime";

/// The uid is any user's.
pub(super) const ANY_USER: &str = "any-user";

const HOUR: u32 = 3600;

/// An option that gives an argument.
pub(super) struct Opt {
    pub(super) name: String,
    pub(super) kind: Kind,
    about: Cow<'static, str>,
    fallback: Fallback,
    heading: Option<&'static str>,
}

/// What an argument is whose option is not given.
#[derive(Clone, PartialEq)]
enum Fallback {
    None,
    Text(&'static str),
    /// The same as this other option.
    Option(String),
    AnHourFromNow,
}

/// The name of the option that gives this argument.
pub(super) fn name(builder: &Builder, argument: &Argument) -> String {
    let name = argument.name.strip_prefix("rtc_").unwrap_or(argument.name);
    let (end, other) = match argument.kind {
        Kind::ChannelName => ("_name", ""),
        // In messaging it is called so by the other generation.
        Kind::UserAccount if builder.class == Class::Rtm => ("user_account", "user_id"),
        Kind::UserAccount => ("user_account", "account"),
        Kind::TokenExpire => ("token_expire", "lifetime"),
        Kind::PrivilegeExpire => ("expire", "lifetime"),
        _ => ("", ""),
    };
    let name = name.strip_suffix(end).map_or_else(|| name.to_owned(), |start| format!("{start}{other}"));
    name.replace('_', "-")
}

/// The options of one builder, in the order of its arguments.
pub(super) fn of_builder(builder: &'static Builder) -> Vec<Opt> {
    let mut options: Vec<Opt> = Vec::new();
    let is_of_privileges = |argument: &&&Argument| argument.kind == Kind::PrivilegeExpire;
    let has_lifetimes_of_privileges = builder.arguments.iter().filter(is_of_privileges).count() > 1;
    for argument in builder.arguments {
        if argument.kind == Kind::PrivilegeExpire
            && has_lifetimes_of_privileges
            && !options.iter().any(|option| option.name == PRIVILEGE_LIFETIME)
        {
            options.push(Opt {
                name: PRIVILEGE_LIFETIME.to_owned(),
                kind: Kind::PrivilegeExpire,
                about: "how long the privileges last that have no lifetime of their own".into(),
                fallback: as_earlier(&options, Kind::TokenExpire),
                heading: None,
            });
        }
        let fallback = match argument.kind {
            Kind::TokenExpire => match as_earlier(&options, Kind::TokenExpire) {
                Fallback::None => Fallback::Text("1h"),
                token => token,
            },
            Kind::PrivilegeExpire if has_lifetimes_of_privileges => Fallback::Option(PRIVILEGE_LIFETIME.to_owned()),
            Kind::PrivilegeExpire => as_earlier(&options, Kind::TokenExpire),
            Kind::Role | Kind::Role006 => Fallback::Text("publisher"),
            Kind::UserId => as_earlier(&options, Kind::UserAccount),
            Kind::PrivilegeExpiredTs => Fallback::AnHourFromNow,
            _ => Fallback::None,
        };
        let heading = match argument.kind {
            Kind::PrivilegeExpire if has_lifetimes_of_privileges => Some("A lifetime for each privilege"),
            Kind::Role006 | Kind::PrivilegeExpiredTs => Some("AccessToken (006), instead of lifetimes"),
            _ => None,
        };
        let about = argument.about.into();
        options.push(Opt { name: name(builder, argument), kind: argument.kind, about, fallback, heading });
    }
    options
}

/// As the first option of this kind among those before.
fn as_earlier(options: &[Opt], kind: Kind) -> Fallback {
    options
        .iter()
        .find(|option| option.kind == kind)
        .map_or(Fallback::None, |option| Fallback::Option(option.name.clone()))
}

impl Opt {
    /// As clap takes it. What only some of the builders of a command need, the command does not require.
    pub(super) fn arg(&self, is_in_every_builder: bool) -> Arg {
        let row = self.kind.row();
        let value_name = match self.kind {
            Kind::ChannelName => "NAME",
            Kind::Role | Kind::Role006 => "ROLE",
            Kind::TokenExpire | Kind::PrivilegeExpire => "LIFETIME",
            Kind::PrivilegeExpiredTs => "UNIX",
            Kind::Permissions => "FILE|JSON",
            _ if row.shape == Shape::Text => "TEXT",
            _ => "N",
        };
        let default = match &self.fallback {
            Fallback::None => String::new(),
            Fallback::Text(text) => format!(" [default: {text}]"),
            Fallback::Option(other) => format!(" [default: as --{other}]"),
            Fallback::AnHourFromNow => " [default: an hour from now]".to_owned(),
        };
        let mut about = self.about.to_string();
        if let Some(first) = about.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let form = match self.kind {
            Kind::Permissions => "; a JSON file, or JSON as {\"messageChannels\":{\"read\":[\"news\"]}}",
            _ => "",
        };
        // The short help has it where it is short, above all that of a role.
        let short_form = if row.about.len() <= 40 { format!("; {}", row.about) } else { String::new() };
        let arg = Arg::new(self.name.clone())
            .long(self.name.clone())
            .value_name(value_name)
            .required(self.fallback == Fallback::None && is_in_every_builder)
            .allow_negative_numbers(matches!(row.shape, Shape::Integer(..)))
            .help(format!("{about}{short_form}{default}"))
            .long_help(format!("{about}; {}{form}{default}", row.about));
        match self.heading {
            Some(heading) => arg.help_heading(heading),
            None => arg,
        }
    }
}

/// What was given for an option of `options`, or what stands for it.
pub(super) fn text<'a>(matches: &'a ArgMatches, options: &[Opt], name: &str, stamp: Stamp) -> Option<Cow<'a, str>> {
    if let Some(text) = given(matches, name) {
        return Some(text.into());
    }
    let option = options.iter().find(|option| option.name == name)?;
    match &option.fallback {
        Fallback::Text(text) => Some((*text).into()),
        Fallback::Option(other) => text(matches, options, other, stamp),
        Fallback::AnHourFromNow => Some((u64::from(stamp.issue_ts) + u64::from(HOUR)).to_string().into()),
        Fallback::None => (option.kind == Kind::Uid && is_any_user(matches)).then_some("0".into()),
    }
}

/// The option that was typed for this one: itself, or another that stands for it.
pub(super) fn typed(matches: &ArgMatches, options: &[Opt], name: &str) -> Option<String> {
    if given(matches, name).is_some() {
        return Some(name.to_owned());
    }
    match &options.iter().find(|option| option.name == name)?.fallback {
        Fallback::Option(other) => typed(matches, options, other),
        _ => None,
    }
}

/// What was given for an option, which the command may not have.
pub(super) fn given<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a str> {
    matches.try_get_one::<String>(name).ok().flatten().map(String::as_str)
}

fn is_any_user(matches: &ArgMatches) -> bool {
    matches.try_get_one(ANY_USER).ok().flatten().copied().unwrap_or_default()
}
