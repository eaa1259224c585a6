//! Exit codes, and errors that say what is wrong and nothing that is secret.

use crate::run::{CERTIFICATE, call, mint};

#[test]
fn help_is_no_error_and_no_arguments_are() {
    for words in [&["--help"][..], &["-h"], &["help"], &["mint", "--help"], &["help", "mint"], &["mint", "rtc", "-h"]] {
        let outcome = call(words).run();
        assert_eq!(outcome.stderr, "", "{words:?}");
        assert!(outcome.ok().contains("Usage: agora-token"), "{words:?}");
    }
    assert_eq!(call(["--version"]).run().ok(), concat!("agora-token ", env!("CARGO_PKG_VERSION"), "\n"));
    for words in [&[][..], &["mint"]] {
        let outcome = call(words).run();
        assert_eq!((outcome.exit, outcome.stdout.as_str()), (2, ""), "{words:?}");
        assert!(outcome.stderr.contains("Usage: agora-token"), "{words:?}");
    }
}

#[test]
fn command_lines_that_do_not_fit_are_usage_errors() {
    for words in [
        "mitn",
        "mint rtk",
        "mint rtc --channel room",
        "mint rtc --uid 1",
        "mint rtc --channel room --uid 1 --account a",
        "mint rtc --channel room --uid 1 --any-user",
        "mint rtc --channel room --any-channel --uid 1",
        "mint rtc --channel room --uid --role 1",
        "mint rtc --channel room --uid 1 --token-version 005",
        "mint fpa --token-version 006",
        "mint chat-app --token-version 006",
        "mint rtm --user-id a --role publisher",
        "mint rtm --user-id a --token-version 006 --permissions {}",
        "verify",
        "verify --uid 1 --account a 007",
        "verify --ignore-time --at 1 007",
        "verify --ignore-time --leeway 1 007",
        "inspect",
        "completions tcsh",
        "--json",
    ] {
        assert_eq!(call(words.split(' ')).run().exit, 2, "{words}");
        let outcome = call(words.split(' ').chain(["--json"])).run();
        assert_eq!(outcome.error(2), ("USAGE".into(), "".into()), "{words}");
    }
}

#[test]
fn an_error_says_whose_fault_it_is() {
    for (words, fault) in [
        ("mint rtc --channel * --uid 1", "caller"),
        ("inspect 008", "caller"),
        ("mint rtc --channel room --uid 1 --lifetime 0", "configuration"),
        ("mint rtc --uid 1", "configuration"),
        ("mint --batch no-such-file.csv", "system"),
    ] {
        assert_eq!(call(words.split(' ').chain(["--json"])).run().of_error("fault"), fault, "{words}");
    }
}

#[test]
fn misplaced_secrets_are_not_quoted() {
    let token = mint("fpa");
    // run() looks for both in every output.
    for secret in [CERTIFICATE, token.as_str()] {
        for words in [
            &["mint", secret][..],
            &[secret],
            &["mint", "fpa", secret],
            &["inspect", "007", secret],
            &["mint", "fpa", &format!("--{secret}")],
            &["mint", "fpa", "--token-version", secret],
            &["mint", "rtc", "--channel", "room", "--uid", secret],
            &["mint", "rtc", "--channel", "room", "--uid", "1", "--role", secret],
            &["mint", "rtc", "--channel", "room", "--uid", "1", "--lifetime", secret],
            &["mint", "rtc", "--channel", "room", "--uid", "1", "--salt", secret],
            &["mint", "rtm", "--user-id", "a", "--permissions", secret],
            &["mint", "fpa", "--app-id", &format!("{secret}{secret}")],
            &["mint", "fpa", "--app-id-file", secret],
            &["verify", "--at", secret, &token],
            &["completions", secret],
        ] {
            let outcome = call(words).run();
            assert!(outcome.exit >= 2, "{}", words[0]);
            assert!(!outcome.stderr.contains(secret), "{} {}", words[0], outcome.stderr.replace(secret, "…"));
        }
    }
}

#[test]
fn tokens_that_cannot_be_read_exit_with_3() {
    for (token, code) in
        [("", "TOKEN_VERSION"), ("hello", "TOKEN_VERSION"), ("007!", "TOKEN_BASE64"), ("006", "TOKEN_TRUNCATED")]
    {
        for command in ["inspect", "verify"] {
            let error = call([command, "--json", token]).run().error(3);
            assert_eq!(error, (code.into(), "token".into()), "{command} {token}");
            let shown = call([command, token]).run();
            assert!(shown.stderr.starts_with(&format!("error[{code}]: the token ")), "{}", shown.stderr);
        }
    }
}
