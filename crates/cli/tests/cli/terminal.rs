//! What a person at a terminal sees.

use std::fs::File;
use std::io::Read;
use std::os::fd::{FromRawFd, OwnedFd};
use std::process::Stdio;

use crate::run::{Call, call, mint};

/// Runs the program with a terminal for its outputs, and gives what it shows.
fn shown(call: &Call) -> String {
    let (mut leader, mut follower) = (0, 0);
    // SAFETY: both pointers are to integers that live through the call; name, settings and size may be null.
    let status = unsafe {
        libc::openpty(&mut leader, &mut follower, std::ptr::null_mut(), std::ptr::null_mut(), std::ptr::null_mut())
    };
    assert_eq!(status, 0, "no terminal");
    // SAFETY: openpty opened both, and nothing else owns them.
    let (leader, follower) = unsafe { (OwnedFd::from_raw_fd(leader), OwnedFd::from_raw_fd(follower)) };
    let mut command = call.command();
    command.stdin(Stdio::null()).stdout(follower.try_clone().unwrap()).stderr(follower);
    let mut child = command.spawn().unwrap();
    drop(command);
    let mut shown = Vec::new();
    // Linux ends a terminal that nobody holds any more with an error.
    let _ = File::from(leader).read_to_end(&mut shown);
    child.wait().unwrap();
    String::from_utf8(shown).unwrap().replace("\r\n", "\n")
}

#[test]
fn colours_are_for_terminals() {
    let token = mint("rtc --channel room --uid 42 --issue-ts 1700000000");
    let plain = call(["verify", &token]).run().stdout;
    let seen = shown(&call(["verify", &token]).with("TERM", "xterm"));
    assert!(seen.starts_with("\x1b[1m\x1b[31mrefused\x1b[0m\n"), "{seen:?}");
    let without =
        seen.split('\x1b').map(|part| part.split_once('m').map_or(part, |(_, rest)| rest)).collect::<String>();
    // Seconds may pass between the two.
    let digits = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "0");
    assert_eq!(digits(&without), digits(&plain));

    let seen = shown(&call(["doctor", "--channel", "hall", &token]));
    assert!(seen.contains("\x1b[1m\x1b[31merror[TOKEN_EXPIRED]:\x1b[0m the token expired "), "{seen:?}");
    let seen = shown(&call(["doctor", "--channel", "room", &mint("rtc --channel room --uid 42")]));
    assert!(seen.starts_with("\x1b[1m\x1b[32mnothing wrong found\x1b[0m\n"), "{seen:?}");

    assert!(shown(&call(["inspect", &token])).contains("\x1b[1mrtc\x1b[0m (service 1)"));
    assert!(shown(&call(["inspect", "x"])).starts_with("\x1b[1m\x1b[31merror[TOKEN_VERSION]\x1b[0m: the token "));
}

#[test]
fn colours_can_be_refused() {
    let token = mint("fpa");
    for (variable, value) in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        for words in [&["inspect", &token][..], &["verify", &token], &["inspect", "x"], &["mint", "rtk"], &["--help"]] {
            let seen = shown(&call(words).with(variable, value));
            assert!(!seen.is_empty() && !seen.contains('\x1b'), "{variable} {}: {seen:?}", words[0]);
        }
    }
    assert!(shown(&call(["inspect", &token]).with("NO_COLOR", "")).contains('\x1b'), "an empty NO_COLOR is none");
}

#[test]
fn tokens_and_documents_are_never_decorated() {
    for words in ["mint fpa --salt 1 --issue-ts 1", "mint fpa --salt 1 --issue-ts 1 --json"] {
        let call = call(words.split(' '));
        assert_eq!(shown(&call), call.run().ok());
    }
}

#[test]
fn a_batch_tells_a_person_how_far_it_is() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (rows, tokens) = (folder.join("terminal.csv"), folder.join("terminal.tokens.csv"));
    std::fs::write(&rows, "channel,uid\nroom,1\nroom,0\n").unwrap();
    let (rows, tokens) = (rows.to_str().unwrap(), tokens.to_str().unwrap());
    let words = ["mint", "--batch", rows, "--output", tokens, "--force"];
    let seen = shown(&call(words));
    assert!(seen.contains("\x1b[1m\x1b[31merror[INVALID_UID]\x1b[0m: ") && seen.contains("2 rows in 0."), "{seen:?}");
    let plain = shown(&call(words).with("NO_COLOR", "1"));
    assert!(plain.contains("2 rows in 0.") && !plain.contains('\x1b'), "{plain:?}");
    assert!(!call(words).run().stderr.contains("2 rows in "));
    let beside_rows = shown(&call(["mint", "--batch", rows]));
    assert!(beside_rows.contains("room,1,007") && !beside_rows.contains("2 rows in "), "{beside_rows:?}");
}
