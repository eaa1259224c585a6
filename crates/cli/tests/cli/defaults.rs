//! What every command of `mint` takes for an option that is not given, and how it refuses a number that is none.

use std::collections::BTreeSet;

use crate::run::{call, mint};

/// A call of `mint`, and the options that it leaves out: what each stands for then, and something else, if any differs.
type Case = (String, Vec<(&'static str, &'static str, &'static str)>);

const HOUR: (&str, &str, &str) = ("lifetime", "1h", "60");
/// From the time of every call here.
const AN_HOUR_FROM_NOW: (&str, &str, &str) = ("privilege-expired-ts", "1700003600", "1700000060");
const VERSION: (&str, &str, &str) = ("token-version", "007", "");

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut add = |call: &str, defaults: &[_]| cases.push((call.to_owned(), defaults.to_vec()));
    for user in ["--uid 42", "--account alice", "--any-user"] {
        let rtc = format!("rtc --channel room {user}");
        add(&rtc, &[HOUR, ("role", "publisher", "subscriber"), ("privilege-lifetime", "1h", "60")]);
        add(&rtc, &[("lifetime", "3600", "60"), ("token-version", "007", "006")]);
        add(&format!("{rtc} --lifetime 15m"), &[("privilege-lifetime", "900", "60")]);
        // A lifetime of one privilege's own grants all of them.
        let audio = format!("{rtc} --lifetime 15m --pub-audio-privilege-lifetime 60");
        add(&audio, &[("privilege-lifetime", "900", "600"), ("join-channel-privilege-lifetime", "900", "600")]);
        add(
            &format!("{audio} --privilege-lifetime 10m"),
            &[
                ("join-channel-privilege-lifetime", "600", "900"),
                ("publish-lifetime", "600", "900"),
                ("pub-video-privilege-lifetime", "600", "900"),
                ("pub-data-stream-privilege-lifetime", "600", "900"),
            ],
        );
        let video = format!("{rtc} --lifetime 15m --privilege-lifetime 10m --pub-video-privilege-lifetime 60");
        add(&video, &[("pub-audio-privilege-lifetime", "600", "900")]);
        let older = format!("{rtc} --token-version 006");
        add(&older, &[("role", "publisher", "subscriber"), AN_HOUR_FROM_NOW]);
    }
    add("rtm --user-id alice", &[HOUR, ("token-version", "007", "006")]);
    add("rtm --user-id alice --token-version 006", &[("role", "publisher", ""), AN_HOUR_FROM_NOW]);
    let rtc_rtm = "rtc-rtm --channel room --account alice";
    add(rtc_rtm, &[HOUR, ("role", "publisher", "subscriber"), ("privilege-lifetime", "1h", "60"), VERSION]);
    add(&format!("{rtc_rtm} --lifetime 15m"), &[("privilege-lifetime", "900", "60")]);
    for command in ["rtc-rtm2", "convo-ai", "stt"] {
        let both = format!("{command} --channel room --account alice");
        add(&both, &[HOUR, VERSION]);
        add(&both, &[("role", "publisher", "subscriber"), ("role", "1", "2"), ("rtm-user-id", "alice", "bob")]);
        let shorter = format!("{both} --lifetime 15m");
        add(&shorter, &[("privilege-lifetime", "900", "60"), ("rtm-lifetime", "900", "60")]);
        add(
            &format!("{shorter} --privilege-lifetime 10m"),
            &[
                ("rtm-lifetime", "900", "600"),
                ("join-channel-privilege-lifetime", "600", "900"),
                ("publish-lifetime", "600", "900"),
                ("pub-audio-privilege-lifetime", "600", "900"),
                ("pub-video-privilege-lifetime", "600", "900"),
                ("pub-data-stream-privilege-lifetime", "600", "900"),
            ],
        );
    }
    add("fpa", &[VERSION]);
    for app in ["chat-app", "apaas-app", "education-app"] {
        add(app, &[HOUR, VERSION]);
    }
    add("chat-user --user-id alice", &[HOUR, VERSION]);
    for classroom in ["apaas", "education"] {
        add(&format!("{classroom}-user --user-uuid alice"), &[HOUR, VERSION]);
        add(&format!("{classroom}-room-user --room-uuid room --user-uuid alice --role 1"), &[HOUR, VERSION]);
    }
    cases
}

#[test]
fn what_is_left_out_is_the_default() {
    for (words, defaults) in cases() {
        let token = |more: &str| mint(&format!("{words} --issue-ts 1700000000 --salt 1{more}"));
        let default_token = token("");
        for (option, default, other) in defaults {
            assert!(token(&format!(" --{option} {default}")) == default_token, "{words} --{option} {default}");
            let differs = other.is_empty() || token(&format!(" --{option} {other}")) != default_token;
            assert!(differs, "{words} --{option} {other}");
        }
    }
}

/// Every command is above with every default that its help tells of, but for those that are none of the token's.
#[test]
fn the_help_tells_the_defaults() {
    let help = call(["mint", "--help"]).run().ok();
    let (_, listed) = help.split_once("Commands:\n").unwrap();
    let names = listed
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.trim_end().get(2..)?.split(' ').next());
    let commands: BTreeSet<&str> = names.filter(|name| !["", "help"].contains(name)).collect();
    let cases = cases();
    assert_eq!(commands, cases.iter().filter_map(|(words, _)| words.split(' ').next()).collect());
    for command in commands {
        let help = call(["mint", command, "-h"]).run().ok();
        let told: BTreeSet<(&str, String)> = help
            .split("\n      --")
            .skip(1)
            .filter_map(|option| {
                let (name, text) = option.split_once(' ')?;
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let (_, default) = text.split_once("[default: ")?;
                Some((name, default.split(']').next()?.to_owned()))
            })
            .filter(|(name, _)| !["issue-ts", "salt", "app-id", "app-certificate-file"].contains(name))
            .collect();
        let of_command = cases.iter().filter(|(words, _)| words.split(' ').next() == Some(command));
        let tested: Vec<_> = of_command.flat_map(|(_, defaults)| defaults).collect();
        for (name, told) in told {
            let follows = told.starts_with("as ") || told == "an hour from now";
            let is_tested = tested.iter().any(|(option, default, _)| *option == name && (follows || *default == told));
            assert!(is_tested, "{command} --{name}: {told}");
        }
    }
}

#[test]
fn a_number_that_is_none_is_refused_by_the_name_that_was_typed() {
    for (words, defaults) in cases() {
        for (option, ..) in defaults {
            let is_of_both = ["rtc-rtm2", "convo-ai", "stt"].iter().any(|command| words.starts_with(command));
            // The names of the API.
            let (code, field) = match option {
                "token-version" | "rtm-user-id" => continue,
                "privilege-expired-ts" => ("INVALID_TIMESTAMP", "privilege_expired_ts".to_owned()),
                "role" => ("INVALID_ROLE", if is_of_both { "rtc_role" } else { "role" }.to_owned()),
                "lifetime" => {
                    ("INVALID_LIFETIME", if is_of_both { "rtc_token_expire" } else { "token_expire" }.to_owned())
                }
                "rtm-lifetime" => ("INVALID_LIFETIME", "rtm_token_expire".to_owned()),
                "privilege-lifetime" if is_of_both || words.contains("--pub-") => {
                    ("INVALID_LIFETIME", "join_channel_privilege_expire".to_owned())
                }
                // It stands for the first that has none of its own.
                "publish-lifetime" => {
                    let first = if words.contains("--pub-audio-") { "video" } else { "audio" };
                    ("INVALID_LIFETIME", format!("pub_{first}_privilege_expire"))
                }
                _ => ("INVALID_LIFETIME", option.replace('-', "_").replace("lifetime", "expire")),
            };
            for number in ["-1", "4294967296", "1.5", "x"] {
                let outcome = call(format!("mint {words} --json --{option} {number}").split(' ')).run();
                assert_eq!(outcome.error(2), (code.to_owned(), field.clone()), "{words} --{option} {number}");
                let expected = format!("--{option} is {number}");
                assert!(outcome.reason().starts_with(&expected), "{expected}: {}", outcome.reason());
            }
        }
    }
}

/// What lifetimes were called before there was one name for each.
#[test]
fn lifetimes_have_one_option_each() {
    for (words, _) in cases() {
        for option in
            ["expire", "token-expire", "privilege-expire", "expires-in", "rtc-token-expire", "rtm-token-expire"]
        {
            let outcome = call(format!("mint {words} --json --{option} 60").split(' ')).run();
            assert_eq!(outcome.error(2).0, "USAGE", "{words} --{option}");
        }
    }
}
