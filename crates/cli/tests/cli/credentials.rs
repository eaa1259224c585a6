//! Where App ID and App Certificate come from.

use std::fs;
use std::path::Path;

use crate::run::{APP_ID, CERTIFICATE, Call, OTHER_CERTIFICATE, call, mint};

/// A file of this test run.
fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn without_environment(words: &str) -> Call {
    call(words.split_whitespace()).without("AGORA_APP_ID").without("AGORA_APP_CERTIFICATE")
}

const FIXED: &str = "mint fpa --issue-ts 1700000000 --salt 1";

#[test]
fn every_source_gives_the_same_token() {
    let expected = call(FIXED.split_whitespace()).run().ok();
    let id_file = file("app_id", format!("{APP_ID}\n"));
    for (name, content) in [
        ("bare", CERTIFICATE.to_owned()),
        ("newline", format!("{CERTIFICATE}\n")),
        ("windows_newline", format!("{CERTIFICATE}\r\n")),
    ] {
        let certificate_file = file(name, content);
        let words = format!("{FIXED} --app-id-file {id_file} --app-certificate-file {certificate_file}");
        assert_eq!(without_environment(&words).run().ok(), expected, "{name}");
    }
    let words = format!("{FIXED} --app-id {APP_ID} --app-certificate {CERTIFICATE}");
    assert_eq!(without_environment(&words).run().ok(), expected);
    // Also before the service.
    let words = FIXED.replace("mint", &format!("mint --app-id {APP_ID}"));
    assert_eq!(without_environment(&words).with("AGORA_APP_CERTIFICATE", CERTIFICATE).run().ok(), expected);
}

#[test]
fn options_win_over_the_environment() {
    let expected = call(FIXED.split_whitespace()).run().ok();
    let certificate_file = file("wins", CERTIFICATE);
    let words = format!("{FIXED} --app-id {APP_ID} --app-certificate-file {certificate_file}");
    let call = call(words.split_whitespace()).with("AGORA_APP_ID", "wrong").with("AGORA_APP_CERTIFICATE", "wrong");
    assert_eq!(call.run().ok(), expected);
}

#[test]
fn a_certificate_among_the_arguments_is_warned_of() {
    let words = format!("mint fpa --app-certificate {CERTIFICATE}");
    let outcome = call(words.split_whitespace()).without("AGORA_APP_CERTIFICATE").run();
    assert_eq!(outcome.exit, 0);
    assert!(outcome.stderr.starts_with("warning: every user of this machine can read --app-certificate"));
    assert_eq!(call("mint fpa".split(' ')).run().stderr, "");
}

#[test]
fn what_is_missing_is_named_with_both_ways() {
    for (variable, option, code, field) in [
        ("AGORA_APP_ID", "--app-id-file", "INVALID_APP_ID", "app_id"),
        ("AGORA_APP_CERTIFICATE", "--app-certificate-file", "INVALID_APP_CERTIFICATE", "app_certificate"),
    ] {
        let outcome = call(["mint", "fpa"]).without(variable).run();
        assert_eq!(outcome.exit, 2);
        assert!(outcome.stderr.contains(variable) && outcome.stderr.contains(option), "{}", outcome.stderr);
        let outcome = call(["mint", "fpa", "--json"]).without(variable).run();
        assert_eq!(outcome.error(2), (code.to_owned(), field.to_owned()));
    }
}

#[test]
fn a_wrong_one_is_refused_with_its_reason_and_source() {
    let outcome = call(["mint", "fpa"]).with("AGORA_APP_CERTIFICATE", &format!("{CERTIFICATE}\n")).run();
    assert_eq!(
        (outcome.exit, outcome.stderr.as_str()),
        (
            2,
            "error[INVALID_APP_CERTIFICATE]: AGORA_APP_CERTIFICATE has 33 characters, 32 hexadecimal digits expected; it \
             ends in a newline\n"
        )
    );
    for (name, content, expected) in [
        ("two_newlines", format!("{CERTIFICATE}\n\n").into_bytes(), "it ends in a newline"),
        ("blank", format!("{CERTIFICATE} ").into_bytes(), "it ends in a blank"),
        ("newline_first", format!("\n{CERTIFICATE}").into_bytes(), "it starts with a blank"),
        ("empty", Vec::new(), "is empty"),
        ("large", vec![b'5'; 100_000], "has more than 4096 bytes"),
        ("not_text", vec![0xff; 32], "is not text"),
    ] {
        let words = format!("mint fpa --json --app-certificate-file {}", file(name, content));
        let outcome = call(words.split_whitespace()).run();
        assert_eq!(outcome.error(2), ("INVALID_APP_CERTIFICATE".into(), "app_certificate".into()), "{name}");
        let reason = outcome.reason();
        assert!(reason.starts_with("--app-certificate-file ") && reason.contains(expected), "{name}: {reason}");
    }
    let error = call(["mint", "fpa", "--json"]).with("AGORA_APP_ID", "").run().error(2);
    assert_eq!(error, ("INVALID_APP_ID".into(), "app_id".into()));
}

#[cfg(unix)]
#[test]
fn an_environment_that_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStrExt;

    let mut command = call(["mint", "fpa"]).command();
    command.env("AGORA_APP_CERTIFICATE", std::ffi::OsStr::from_bytes(&[0xff; 32]));
    let output = command.output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr.starts_with("error[INVALID_APP_CERTIFICATE]: AGORA_APP_CERTIFICATE is not text"), "{stderr}");
}

#[test]
fn a_file_that_cannot_be_read_is_a_failure_of_the_system_and_stays_unnamed() {
    // The certificate itself where its file belongs: easily typed, and not to be shown.
    let words = format!("mint fpa --json --app-certificate-file {CERTIFICATE}");
    assert_eq!(call(words.split_whitespace()).run().error(4), ("IO".into(), "".into()));
}

#[test]
fn one_certificate_signs() {
    let certificate_file = file("signs", CERTIFICATE);
    let twice =
        format!("mint fpa --json --app-certificate-file {certificate_file} --app-certificate-file {certificate_file}");
    assert_eq!(call(twice.split_whitespace()).run().error(2).0, "USAGE");
    let both = format!("mint fpa --json --app-certificate-file {certificate_file} --app-certificate {CERTIFICATE}");
    assert_eq!(call(both.split_whitespace()).run().error(2).0, "USAGE");
}

#[test]
fn any_of_several_certificates_verifies() {
    let token = mint("fpa");
    let verify = |words: &str| call(format!("verify {words} {token}").split_whitespace());
    let (good, bad) = (file("good", CERTIFICATE), file("bad", OTHER_CERTIFICATE));

    assert_eq!(verify("").with("AGORA_APP_CERTIFICATE", OTHER_CERTIFICATE).run().exit, 1);
    let rotated = verify("--json")
        .with("AGORA_APP_CERTIFICATE", OTHER_CERTIFICATE)
        .with("AGORA_APP_CERTIFICATE_SECONDARY", CERTIFICATE);
    assert_eq!(rotated.run().json()["certificate"], 1);
    let files = format!("--json --app-certificate-file {bad} --app-certificate-file {good}");
    assert_eq!(verify(&files).run().json()["certificate"], 1);
    let shown = verify(&files.replace("--json ", "")).run().ok();
    assert!(shown.contains("signed with  --app-certificate-file 2\n"), "{shown}");

    // Options replace both variables: the good ones of the environment do not help.
    let replaced =
        verify(&format!("--app-certificate-file {bad}")).with("AGORA_APP_CERTIFICATE_SECONDARY", CERTIFICATE);
    assert_eq!(replaced.run().exit, 1);

    let error = verify("--json").with("AGORA_APP_CERTIFICATE_SECONDARY", "").run().error(2);
    assert_eq!(error, ("INVALID_APP_CERTIFICATE".into(), "app_certificate".into()));
}

#[test]
fn the_app_id_is_compared_where_given() {
    let token = mint("fpa");
    let other = "970ca35de60c44645bbae8a215061b33";
    assert_eq!(call(["verify", &token]).with("AGORA_APP_ID", other).run().exit, 1);
    assert_eq!(call(["verify", &token]).without("AGORA_APP_ID").run().exit, 0);
    assert_eq!(call(["verify", "--app-id", other, &token]).run().exit, 1);
    assert_eq!(call(["verify", "--app-id", APP_ID, &token]).with("AGORA_APP_ID", other).run().exit, 0);
}

/// Every token shows its App ID, so a certificate in its place would be published.
#[test]
fn a_certificate_in_the_place_of_the_app_id_mints_nothing() {
    for same in [CERTIFICATE.to_owned(), CERTIFICATE.to_lowercase()] {
        let refused = call(["mint", "fpa", "--json"]).with("AGORA_APP_ID", &same).run();
        assert_eq!(refused.error(2), ("INVALID_APP_CERTIFICATE".into(), "app_certificate".into()));
        assert!(!refused.stderr.contains(&same) && refused.stdout.is_empty());
    }
}
