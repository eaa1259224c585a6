//! Standard input, and outputs that fail.

use std::process::Stdio;

use crate::run::{call, mint};

const LARGEST_INPUT: usize = 4 << 20;

#[test]
fn a_token_comes_from_standard_input_with_or_without_a_newline() {
    let token = mint("rtc --channel room --uid 42");
    let document = call(["inspect", "--json", &token]).run().ok();
    for input in [token.clone(), format!("{token}\n"), format!("{token}\r\n")] {
        assert_eq!(call(["inspect", "--json", "-"]).input(input.clone()).run().ok(), document);
        assert_eq!(call(["verify", "-"]).input(input).run().exit, 0);
    }
}

#[test]
fn anything_else_on_standard_input_is_refused() {
    let token = mint("fpa");
    for (input, code) in [
        (Vec::new(), "TOKEN_VERSION"),
        (b"\n".to_vec(), "TOKEN_VERSION"),
        (format!("{token}\n\n").into_bytes(), "TOKEN_BASE64"),
        (format!("{token} ").into_bytes(), "TOKEN_BASE64"),
        (format!(" {token}").into_bytes(), "TOKEN_VERSION"),
        (format!("{token}\0").into_bytes(), "TOKEN_BASE64"),
        (b"007\xff".to_vec(), "INVALID_UTF8"),
        (vec![0; LARGEST_INPUT], "TOKEN_VERSION"),
        (vec![b'0'; LARGEST_INPUT + 1], "TOKEN_TOO_LARGE"),
        (vec![b'0'; 3 * LARGEST_INPUT], "TOKEN_TOO_LARGE"),
    ] {
        for command in ["inspect", "verify"] {
            let error = call([command, "--json", "-"]).input(input.clone()).run().error(3);
            assert_eq!(error, (code.into(), "token".into()), "{command}, {} bytes", input.len());
        }
    }
}

#[cfg(unix)]
#[test]
fn a_standard_input_that_fails_is_a_failure_of_the_system() {
    let folder = std::fs::File::open(env!("CARGO_MANIFEST_DIR")).unwrap();
    let output = call(["inspect", "-"]).command().stdin(folder).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4));
    assert!(stderr.starts_with("error[IO]: cannot read standard input: "), "{stderr}");
}

#[test]
fn a_reader_that_left_is_no_failure() {
    let (expired, fresh) = (mint("fpa --issue-ts 1700000000"), mint("fpa"));
    for (words, exit) in [
        (&["mint", "fpa"][..], 0),
        (&["inspect", &fresh], 0),
        (&["verify", &fresh], 0),
        (&["verify", &expired], 1),
        (&["completions", "bash"], 0),
        (&["man"], 0),
        (&["--help"], 0),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = call(words).command().stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(output.status.code(), Some(exit), "{}", words[0]);
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{}", words[0]);
    }
}

#[test]
fn a_broken_standard_error_changes_nothing() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = call(["mint", "rtc", "--channel", "*", "--uid", "0"]).command().stderr(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure_of_the_system() {
    for words in [&["mint", "fpa"][..], &["man"], &["completions", "zsh"]] {
        let full = std::fs::File::create("/dev/full").unwrap();
        let output = call(words).command().stdout(full).stderr(Stdio::piped()).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "{words:?}");
        assert!(stderr.starts_with("error[IO]: cannot write to standard output: "), "{stderr}");
    }
}
