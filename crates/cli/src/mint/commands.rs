//! The commands of `mint`: one for each builder, but for those that `mint rtc` and `mint rtm` choose among.

use agora_token::describe::{BUILDERS, Builder, Class, Kind};
use agora_token::{Role, User};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, FromArgMatches, Subcommand, ValueEnum};

use super::options::{self, Opt};
use crate::failure::Failure;
use crate::numbers;

/// The builders of `mint rtc`, which chooses by the generation, by the kind of user, and by whether privileges have
/// lifetimes of their own.
const RTC: [&str; 6] = [
    "build_token2_with_uid",
    "build_token2_with_user_account",
    "build_token2_with_uid_and_privilege",
    "build_token2_with_user_account_and_privilege",
    "build_token_with_uid",
    "build_token_with_user_account",
];

/// The builders of `mint rtm`, which chooses by the generation, and by whether there are permissions.
const RTM: [&str; 3] = ["build_rtm_token2", "build_rtm_token2_with_permissions", "build_rtm_token"];

/// The generation of a token.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Version {
    #[value(name = "006")]
    AccessToken,
    #[value(name = "007")]
    AccessToken2,
}

/// The user is whoever has the token.
const ANY_USER: &str = "any-user";

/// The channel is every channel of the project.
const ANY_CHANNEL: &str = "any-channel";

/// A command with its options as they were typed.
pub(crate) struct Service {
    name: String,
    pub(super) matches: ArgMatches,
}

impl FromArgMatches for Service {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Service, clap::Error> {
        let (name, matches) =
            matches.subcommand().ok_or_else(|| clap::Error::new(clap::error::ErrorKind::MissingSubcommand))?;
        Ok(Service { name: name.to_owned(), matches: matches.clone() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Service::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for Service {
    fn augment_subcommands(mint: Command) -> Command {
        let single = BUILDERS.iter().filter(|builder| !is_merged(builder));
        mint.subcommand(rtc()).subcommand(rtm()).subcommands(single.map(command))
    }

    fn augment_subcommands_for_update(mint: Command) -> Command {
        Service::augment_subcommands(mint)
    }

    fn has_subcommand(name: &str) -> bool {
        name == "rtc" || name == "rtm" || single(name).is_some()
    }
}

impl Service {
    /// What was typed for an option.
    pub(super) fn given(&self, option: &str) -> Option<&str> {
        options::given(&self.matches, option)
    }

    /// Whether the token is to let into every channel.
    pub(super) fn is_for_any_channel(&self) -> bool {
        self.matches.try_get_one::<bool>(ANY_CHANNEL).ok().flatten().is_some_and(|is_given| *is_given)
    }

    /// The builder that the command and its options ask for.
    pub(super) fn builder(&self, version: Version) -> Result<&'static Builder, Failure> {
        let is_006 = version == Version::AccessToken;
        if let Some(user) = self.given(options::USER) {
            User::from_text(user).map_err(Failure::naming("--user"))?;
        }
        let (name, all) = match self.name.as_str() {
            "rtc" => {
                let user = if self.given("account").is_some() { "user_account" } else { "uid" };
                let is_of_one_privilege =
                    |option: &Opt| option.kind == Kind::PrivilegeExpire && option.name != options::PRIVILEGE_LIFETIME;
                let name = match (is_006, self.typed(&RTC, is_of_one_privilege)) {
                    (true, _) => format!("build_token_with_{user}"),
                    (false, Some(_)) => format!("build_token2_with_{user}_and_privilege"),
                    (false, None) => format!("build_token2_with_{user}"),
                };
                (name, RTC.as_slice())
            }
            "rtm" => {
                let name = match (is_006, self.given("permissions").is_some()) {
                    (true, _) => "build_rtm_token",
                    (false, true) => "build_rtm_token2_with_permissions",
                    (false, false) => "build_rtm_token2",
                };
                (name.to_owned(), RTM.as_slice())
            }
            _ if is_006 => return Err(Failure::usage("--token-version 006 knows only rtc and rtm")),
            name => (single(name).map_or_else(String::new, |builder| builder.name.to_owned()), [].as_slice()),
        };
        let builder = Builder::from_name(&name).ok_or_else(|| Failure::usage("there is no such command"))?;
        let taken = options::of_builder(builder);
        // Where each privilege has a lifetime, all are granted, as to a publisher.
        let is_granted = |option: &Opt| {
            builder.class == Class::Rtc
                && option.kind == Kind::Role
                && self
                    .given(&option.name)
                    .is_some_and(|role| numbers::role(role, "role") == Ok(Role::Publisher.into()))
        };
        match self.typed(all, |option| !taken.iter().any(|taken| taken.name == option.name) && !is_granted(option)) {
            Some(stray) => Err(Failure::usage(does_not_fit(&stray, builder))),
            None => Ok(builder),
        }
    }

    /// The first of the options of these builders that was typed and is such a one.
    fn typed(&self, builders: &[&str], is_such: impl Fn(&Opt) -> bool) -> Option<Opt> {
        let mut options = merged(builders).into_iter().map(|(option, _)| option);
        options.find(|option| self.given(&option.name).is_some() && is_such(option))
    }
}

/// Why an option of the command is none of the builder that the others ask for.
fn does_not_fit(option: &Opt, builder: &Builder) -> String {
    let name = &option.name;
    match (option.kind, builder.is_006()) {
        (Kind::TokenExpire | Kind::PrivilegeExpire, true) => format!(
            "--{name} does not go with --token-version 006: an AccessToken (006) always lives a day, and its \
             privileges end at a time, --privilege-expired-ts"
        ),
        (_, true) => format!("--{name} does not go with --token-version 006"),
        (Kind::PrivilegeExpiredTs, false) => format!(
            "--{name} is for --token-version 006; an AccessToken2 (007) has lifetimes: --lifetime and \
             --privilege-lifetime"
        ),
        _ if builder.class == Class::Rtc => {
            format!("--{name} does not go with a lifetime for each privilege: all are granted")
        }
        _ => format!("--{name} is for --token-version 006"),
    }
}

fn is_merged(builder: &Builder) -> bool {
    RTC.contains(&builder.name) || RTM.contains(&builder.name)
}

/// The builder that is a command of its own.
fn single(name: &str) -> Option<&'static Builder> {
    BUILDERS.iter().find(|builder| !is_merged(builder) && command_name(builder) == name)
}

/// `build_chat_user_token2` is `chat-user`. What begins with the token is for a channel with more: `build_token2_with_rtm`
/// is `rtc-rtm`.
fn command_name(builder: &Builder) -> String {
    let name = builder.name.replace("build_token2_with", "rtc").replace("build_token_with", "rtc");
    let words: Vec<_> =
        name.split('_').filter(|word| !matches!(*word, "build" | "token" | "token2" | "with")).collect();
    let generation = if builder.is_006() { "-006" } else { "" };
    format!("{}{generation}", words.join("-"))
}

fn command(builder: &'static Builder) -> Command {
    let about = words(builder);
    let (first, _) = about.split_once(". ").unwrap_or((&about, ""));
    Command::new(command_name(builder))
        .about(first.trim_end_matches('.').to_owned())
        .long_about(about.clone())
        .args(options::of_builder(builder).iter().map(|option| option.arg(true)))
}

/// The sentence of a builder, with commands and options in the places of builders and arguments.
fn words(builder: &Builder) -> String {
    let arguments =
        builder.arguments.iter().map(|argument| (argument.name, format!("--{}", options::name(builder, argument))));
    let builders = BUILDERS.iter().map(|other| (other.name, command_name(other)));
    arguments
        .chain(builders)
        .fold(builder.about.to_owned(), |text, (name, spelled)| text.replace(&format!("{{{name}}}"), &spelled))
}

/// The options of several builders, each once, and whether all of them have it.
fn merged(builders: &[&str]) -> Vec<(Opt, bool)> {
    let mut merged: Vec<(Opt, usize)> = Vec::new();
    for option in builders.iter().filter_map(|name| Builder::from_name(name)).flat_map(options::of_builder) {
        match merged.iter_mut().find(|(other, _)| other.name == option.name) {
            Some((_, count)) => *count += 1,
            None => merged.push((option, 1)),
        }
    }
    merged.into_iter().map(|(option, count)| (option, count == builders.len())).collect()
}

fn rtc() -> Command {
    let mut who = Vec::new();
    let mut how = Vec::new();
    for (option, is_everywhere) in merged(&RTC) {
        let arg = option.arg(is_everywhere);
        match option.kind {
            Kind::ChannelName => who.push(arg.required(false)),
            Kind::Uid | Kind::UserAccount => who.push(arg),
            Kind::Role => how.push(arg.long_help(ROLE)),
            _ => how.push(arg),
        }
    }
    let user = Arg::new(options::USER).long(options::USER).value_name("TEXT").allow_negative_numbers(true);
    let any_user = Arg::new(ANY_USER).long(ANY_USER).action(ArgAction::SetTrue);
    let any_channel = Arg::new(ANY_CHANNEL).long(ANY_CHANNEL).action(ArgAction::SetTrue);
    Command::new("rtc")
        .about("Voice and video in a channel")
        .arg(any_channel.help("Lets into every channel of the project"))
        .args(who)
        .arg(user.help("Who joins, as a program got it from outside: digits are a uid, anything else is an account"))
        .arg(any_user.help("Whoever has the token gets in, with any uid"))
        .args(how)
        .group(ArgGroup::new("where").args(["channel", ANY_CHANNEL]).required(true))
        // Exactly one of these: a number, a text and no user in particular are three things.
        .group(ArgGroup::new("who").args(["uid", "account", options::USER, ANY_USER]).required(true))
}

const ROLE: &str = "Whether the user may publish; publisher (1) or subscriber (2); with --token-version 006 also attendee \
                    (0) and admin (101), older names for publisher [default: publisher]";

fn rtm() -> Command {
    let options = merged(&RTM);
    Command::new("rtm")
        .about("Real-time messaging (Signaling)")
        .args(options.iter().map(|(option, is_everywhere)| option.arg(*is_everywhere)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_builder_is_a_command_and_every_argument_an_option() {
        let mint = Service::augment_subcommands(Command::new("mint"));
        mint.clone().debug_assert();
        assert_eq!(mint.get_subcommands().count(), 2 + BUILDERS.len() - RTC.len() - RTM.len());
        for builder in BUILDERS {
            let name = match builder.name {
                name if RTC.contains(&name) => "rtc".to_owned(),
                name if RTM.contains(&name) => "rtm".to_owned(),
                _ => command_name(builder),
            };
            let command = mint.find_subcommand(&name).unwrap();
            assert!(Service::has_subcommand(&name), "{name}");
            for argument in builder.arguments {
                let option = options::name(builder, argument);
                assert!(command.get_arguments().any(|arg| arg.get_long() == Some(&option)), "{name} --{option}");
            }
            assert!(!words(builder).contains(['{', '}']), "{}", words(builder));
        }
    }

    /// The lifetimes are called alike everywhere.
    #[test]
    fn options_of_lifetimes_follow_one_rule() {
        for builder in BUILDERS {
            for argument in builder.arguments {
                let name = options::name(builder, argument);
                match argument.kind {
                    Kind::TokenExpire => assert!(name == "lifetime" || name.ends_with("-lifetime"), "{name}"),
                    Kind::PrivilegeExpire => assert!(name.ends_with("privilege-lifetime"), "{name}"),
                    Kind::PrivilegeExpiredTs => assert_eq!(name, "privilege-expired-ts"),
                    _ => assert!(!name.contains("lifetime") && !name.contains("expire"), "{name}"),
                }
            }
            let lives = builder.arguments.iter().any(|argument| argument.kind == Kind::TokenExpire);
            let options = options::of_builder(builder);
            assert_eq!(options.iter().any(|option| option.name == "lifetime"), lives, "{}", builder.name);
        }
    }
}
