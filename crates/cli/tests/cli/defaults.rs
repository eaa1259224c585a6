//! What every command of `mint` takes for an option that is not given, and how it refuses a number that is none.

use std::collections::BTreeSet;

use crate::run::{call, mint};

/// A call of `mint`, and the options that it leaves out: what each stands for then, and something else, if any differs.
type Case = (String, Vec<(&'static str, &'static str, &'static str)>);

const HOUR: (&str, &str, &str) = ("token-expire", "1h", "60");
const VERSION: (&str, &str, &str) = ("token-version", "007", "");

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut add = |call: &str, defaults: &[_]| cases.push((call.to_owned(), defaults.to_vec()));
    for user in ["--uid 42", "--account alice", "--any-user"] {
        let rtc = format!("rtc --channel room {user}");
        add(&rtc, &[HOUR, ("role", "publisher", "subscriber"), ("privilege-expire", "1h", "60")]);
        add(&rtc, &[("expire", "3600", "60"), ("token-version", "007", "006")]);
        add(&format!("{rtc} --token-expire 15m"), &[("privilege-expire", "900", "60")]);
        // A lifetime of one privilege's own grants all of them.
        let audio = format!("{rtc} --token-expire 15m --pub-audio-privilege-expire 60");
        add(&audio, &[("privilege-expire", "900", "600"), ("join-channel-privilege-expire", "900", "600")]);
        add(
            &format!("{audio} --privilege-expire 10m"),
            &[
                ("join-channel-privilege-expire", "600", "900"),
                ("pub-video-privilege-expire", "600", "900"),
                ("pub-data-stream-privilege-expire", "600", "900"),
            ],
        );
        let video = format!("{rtc} --token-expire 15m --privilege-expire 10m --pub-video-privilege-expire 60");
        add(&video, &[("pub-audio-privilege-expire", "600", "900")]);
        let older = format!("{rtc} --token-version 006");
        add(&older, &[("role", "publisher", "subscriber"), ("expires-in", "1h", "60")]);
    }
    add("rtm --user-id alice", &[HOUR, ("expire", "3600", "60"), ("token-version", "007", "006")]);
    add("rtm --user-id alice --token-version 006", &[("role", "publisher", ""), ("expires-in", "1h", "60")]);
    let rtc_rtm = "rtc-rtm --channel room --account alice";
    add(rtc_rtm, &[HOUR, ("role", "publisher", "subscriber"), ("privilege-expire", "1h", "60"), VERSION]);
    add(&format!("{rtc_rtm} --token-expire 15m"), &[("privilege-expire", "900", "60")]);
    for command in ["rtc-rtm2", "convo-ai", "stt"] {
        let both = format!("{command} --channel room --rtc-account alice");
        add(
            &both,
            &[("rtc-token-expire", "1h", "60"), ("token-expire", "3600", "60"), ("expire", "1h", "60"), VERSION],
        );
        add(&both, &[("rtc-role", "publisher", "subscriber"), ("role", "1", "2"), ("rtm-user-id", "alice", "bob")]);
        let shorter = format!("{both} --rtc-token-expire 15m");
        add(&shorter, &[("privilege-expire", "900", "60"), ("rtm-token-expire", "900", "60")]);
        add(
            &format!("{shorter} --privilege-expire 10m"),
            &[
                ("rtm-token-expire", "900", "600"),
                ("join-channel-privilege-expire", "600", "900"),
                ("pub-audio-privilege-expire", "600", "900"),
                ("pub-video-privilege-expire", "600", "900"),
                ("pub-data-stream-privilege-expire", "600", "900"),
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
            let follows = told.starts_with("as ") || told.starts_with("the ");
            let is_tested = tested.iter().any(|(option, default, _)| *option == name && (follows || *default == told));
            assert!(is_tested, "{command} --{name}: {told}");
        }
    }
}

#[test]
fn a_number_that_is_none_is_refused_by_the_option_s_name() {
    for (words, defaults) in cases() {
        for (option, ..) in defaults {
            let is_of_both = ["rtc-rtm2", "convo-ai", "stt"].iter().any(|command| words.starts_with(command));
            let field = match option {
                "token-version" | "rtm-user-id" => continue,
                "expire" | "token-expire" if is_of_both => "rtc_token_expire".to_owned(),
                "role" if is_of_both => "rtc_role".to_owned(),
                "expire" => "token_expire".to_owned(),
                _ => option.replace('-', "_"),
            };
            let code = if option.ends_with("role") { "INVALID_ROLE" } else { "INVALID_LIFETIME" };
            for number in ["-1", "4294967296", "1.5", "x"] {
                let outcome = call(format!("mint {words} --json --{option} {number}").split(' ')).run();
                assert_eq!(outcome.error(2), (code.to_owned(), field.clone()), "{words} --{option} {number}");
            }
        }
    }
}
