//! The options of `mint`, from the arguments of the builders.
//!
//! An option is called as its argument is, with these changes: `expire` is `lifetime`, and that of the token is
//! `--lifetime`; `channel_name` is `--channel` and `user_account` is `--account`; `rtc_` is left out. So
//! `privilege_expire` is `--privilege-lifetime`, `rtm_token_expire` is `--rtm-lifetime`, `rtc_role` is `--role`.

use agora_token::User;
use agora_token::describe::{Argument, Builder, Class, Kind, Shape};
use clap::{Arg, ArgMatches};

/// The lifetime of the privileges that have none of their own.
pub(super) const PRIVILEGE_LIFETIME: &str = "privilege-lifetime";

/// The lifetime of the privileges to publish that have none of their own.
const PUBLISH_LIFETIME: &str = "publish-lifetime";

/// A uid or an account, by how the text looks.
pub(super) const USER: &str = "user";

/// An option that gives an argument.
pub(super) struct Opt {
    pub(super) name: String,
    pub(super) kind: Kind,
    about: &'static str,
    default: Default,
    heading: Option<&'static str>,
}

/// What stands for an option that is not given.
#[derive(PartialEq)]
pub(super) enum Default {
    None,
    Text(&'static str),
    /// What this other option has.
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
pub(super) fn of_builder(builder: &Builder) -> Vec<Opt> {
    let lifetimes = builder.arguments.iter().filter(|argument| argument.kind == Kind::PrivilegeExpire);
    let has_many_lifetimes = lifetimes.count() > 1;
    let mut options: Vec<Opt> = Vec::new();
    for argument in builder.arguments {
        let earlier = |kind: Kind| {
            let option = options.iter().find(|option| option.kind == kind);
            option.map_or(Default::None, |option| Default::Option(option.name.clone()))
        };
        let (default, heading) = match argument.kind {
            Kind::TokenExpire => match earlier(Kind::TokenExpire) {
                Default::None => (Default::Text("1h"), None),
                token => (token, None),
            },
            Kind::PrivilegeExpire if has_many_lifetimes => {
                if earlier(Kind::PrivilegeExpire) == Default::None {
                    let about = "how long the privileges last that have no lifetime of their own";
                    let (name, default) = (PRIVILEGE_LIFETIME.to_owned(), earlier(Kind::TokenExpire));
                    options.push(Opt { name, kind: argument.kind, about, default, heading: None });
                }
                let is_to_publish = name(builder, argument).starts_with("pub-");
                if is_to_publish && !options.iter().any(|option| option.name == PUBLISH_LIFETIME) {
                    let about = "how long the user may publish, where that is less than the user may stay";
                    let default = Default::Option(PRIVILEGE_LIFETIME.to_owned());
                    options.push(Opt {
                        name: PUBLISH_LIFETIME.to_owned(),
                        kind: argument.kind,
                        about,
                        default,
                        heading: None,
                    });
                }
                let default = if is_to_publish { PUBLISH_LIFETIME } else { PRIVILEGE_LIFETIME };
                (Default::Option(default.to_owned()), Some("A lifetime for each privilege"))
            }
            Kind::PrivilegeExpire => (earlier(Kind::TokenExpire), None),
            Kind::UserId => (earlier(Kind::UserAccount), None),
            Kind::Role => (Default::Text("publisher"), None),
            Kind::Role006 => (Default::Text("publisher"), Some(INSTEAD_OF_LIFETIMES)),
            Kind::PrivilegeExpiredTs => (Default::AnHourFromNow, Some(INSTEAD_OF_LIFETIMES)),
            _ => (Default::None, None),
        };
        let (name, kind) = (name(builder, argument), argument.kind);
        options.push(Opt { name, kind, about: argument.about, default, heading });
    }
    options
}

const INSTEAD_OF_LIFETIMES: &str = "AccessToken (006), instead of lifetimes";

impl Opt {
    /// As clap takes it.
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
        let default = match &self.default {
            Default::None => String::new(),
            Default::Text(text) => format!(" [default: {text}]"),
            Default::Option(other) => format!(" [default: as --{other}]"),
            Default::AnHourFromNow => " [default: an hour from now]".to_owned(),
        };
        let (first, rest) = self.about.split_at(1);
        let about = first.to_uppercase() + rest;
        let form = match self.kind {
            Kind::Permissions => r#"; a JSON file, or JSON as {"messageChannels":{"read":["news"]}}"#,
            _ => "",
        };
        // Above all the numbers of a role.
        let short_form = if row.about.len() <= 40 { format!("; {}", row.about) } else { String::new() };
        Arg::new(self.name.clone())
            .long(self.name.clone())
            .value_name(value_name)
            .required(self.default == Default::None && is_in_every_builder)
            .allow_negative_numbers(matches!(row.shape, Shape::Integer(..)))
            .help(format!("{about}{short_form}{default}"))
            .long_help(format!("{about}; {}{form}{default}", row.about))
            .help_heading(self.heading)
    }
}

/// The option that decides of this one: itself if it is given, else what stands for it. And what was given for that.
pub(super) fn deciding<'o, 'm>(
    options: &'o [Opt],
    matches: &'m ArgMatches,
    name: &str,
) -> Option<(&'o Opt, Option<&'m str>)> {
    let option = options.iter().find(|option| option.name == name)?;
    match (given(matches, name), &option.default) {
        (None, Default::Option(other)) => deciding(options, matches, other),
        (given, _) => Some((option, given)),
    }
}

/// What stands for an option that is not given, where that is no other option.
pub(super) fn default_text(option: &Opt, issue_ts: u32) -> Option<String> {
    match option.default {
        Default::Text(text) => Some(text.to_owned()),
        Default::AnHourFromNow => Some((u64::from(issue_ts) + 3600).to_string()),
        // The command requires one option of a user, so this stands for --any-user.
        Default::None if option.kind == Kind::Uid => Some("0".to_owned()),
        // And this for --any-channel, until all else was checked.
        Default::None if option.kind == Kind::ChannelName => Some("any".to_owned()),
        Default::None | Default::Option(_) => None,
    }
}

/// What was given for an option, which the command may not have.
pub(super) fn given<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a str> {
    let given = |name| matches.try_get_one::<String>(name).ok().flatten().map(String::as_str);
    let user = || given(USER).filter(|user| matches!(User::from_text(*user), Ok(User::Uid(_))) == (name == "uid"));
    given(name).or_else(|| if matches!(name, "uid" | "account") { user() } else { None })
}
