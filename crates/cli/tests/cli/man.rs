//! Manual pages.

use std::fs;
use std::path::Path;

use crate::run::call;

#[test]
fn the_page_tells_what_the_help_tells() {
    let page = call(["man"]).run().ok();
    assert!(page.contains(".TH agora-token 1"), "{page}");
    let help = call(["--help"]).run().ok();
    for word in ["AGORA_APP_CERTIFICATE_SECONDARY", "the token is refused", "the system failed", "NO_COLOR", "90m"] {
        assert!(help.contains(word) && page.contains(word), "{word}");
    }
    for section in ["EXIT STATUS", "ERRORS", "ENVIRONMENT", "EXAMPLES", "VERSION"] {
        assert!(page.contains(&format!(".SH \"{section}\"")) || page.contains(&format!(".SH {section}")), "{section}");
    }
}

#[test]
fn every_command_has_a_page() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("man/pages");
    let _ = fs::remove_dir_all(&folder);
    assert_eq!(call(["man", "--dir", folder.to_str().unwrap()]).run().ok(), "");
    let pages = fs::read_dir(&folder).unwrap().count();
    let commands = if cfg!(feature = "serve") { 7 } else { 6 };
    // Nine builders share mint rtc and mint rtm.
    let services = agora_token::describe::BUILDERS.len() - 9 + 2;
    assert_eq!(pages, 1 + commands + services, "the program, its commands, the services of mint");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_else(|_| panic!("no page {name}"));
    assert_eq!(read("agora-token.1"), call(["man"]).run().ok());
    assert!(read("agora-token-verify.1").contains("leeway"));
    assert!(read("agora-token-doctor.1").contains("redact"));
    assert!(read("agora-token-mint.1").contains("refresh_after"));
    assert!(read("agora-token-mint-rtc.1").contains("any\\-user"));
}

#[test]
fn a_folder_that_cannot_be_is_a_failure_of_the_system() {
    let outcome = call(["man", "--dir", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml/man")]).run();
    assert_eq!(outcome.exit, 4);
    assert!(outcome.stderr.starts_with("error[IO]: cannot create "), "{}", outcome.stderr);
}
