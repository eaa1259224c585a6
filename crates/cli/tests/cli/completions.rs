//! Completions for every shell.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::run::call;

#[test]
fn every_shell_learns_commands_and_options() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = call(["completions", shell]).run().ok();
        for word in ["agora-token", "rtc-rtm2", "app-certificate-file", "pub-data-stream-privilege-lifetime"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn bash_completes_at_every_level() {
    let script = call(["completions", "bash"]).run().ok();
    for (typed, expected) in [
        ("agora-token in", "inspect"),
        ("agora-token mint rt", "rtc rtm rtc-rtm rtc-rtm2"),
        ("agora-token mint --ba", "--batch"),
        ("agora-token mint rtc --pub-a", "--pub-audio-privilege-lifetime"),
        ("agora-token mint rtc-rtm2 --rtm-u", "--rtm-user-id"),
        ("agora-token verify --lee", "--leeway"),
        ("agora-token doctor --for rt", "rtc rtm rtm2"),
        ("agora-token mint rtc --token-version 00", "006 007"),
    ] {
        assert_eq!(completed(&script, typed), format!("{expected}\n"), "{typed}");
    }
}

/// What bash offers for the last word.
fn completed(script: &str, typed: &str) -> String {
    let words: Vec<_> = typed.split(' ').collect();
    let [.., previous, current] = words.as_slice() else { panic!("two words") };
    let last = words.len() - 1;
    let query = format!(
        "COMP_WORDS=({typed}) COMP_CWORD={last}\n_agora__token agora-token {current} {previous}\necho \"${{COMPREPLY[@]}}\"\n"
    );
    let mut bash = Command::new("bash").arg("-s").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("bash");
    bash.stdin.take().expect("a pipe").write_all(format!("{script}\n{query}").as_bytes()).expect("bash reads");
    let output = bash.wait_with_output().expect("bash ends");
    String::from_utf8(output.stdout).expect("text")
}
