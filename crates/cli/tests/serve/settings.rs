//! Where a setting comes from, what `--check` shows, and what cannot be right.

use crate::server::{APP_ID, CERTIFICATE, OTHER_CERTIFICATE, setup};

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let lifetime = |settings: &str, variable: Option<&str>, flag: Option<&str>| {
        let setup = setup(settings).args(["--check"]).args(flag.map(|flag| ["--lifetime", flag]).into_iter().flatten());
        let setup = match variable {
            Some(value) => setup.env("AGORA_TOKEN_LIFETIME", value),
            None => setup,
        };
        let (exit, stdout, stderr) = setup.run();
        assert_eq!(exit, 0, "{stderr}");
        stdout.lines().find(|line| line.starts_with("lifetime = ")).unwrap().to_owned()
    };
    let file = "lifetime = \"2m\"\n";
    assert_eq!(lifetime("", None, None), "lifetime = \"3600s\"");
    assert_eq!(lifetime(file, None, None), "lifetime = \"120s\"");
    assert_eq!(lifetime(file, Some("50"), None), "lifetime = \"50s\"");
    assert_eq!(lifetime(file, Some("50"), Some("40s")), "lifetime = \"40s\"");
}

#[test]
fn the_settings_file_alone_will_do() {
    let settings = format!(
        "listen = \"127.0.0.1:0\"\ndemo = true\ncompat = true\napp_id = \"{APP_ID}\"\n\
         app_certificate_file = \"certificate\"\nlifetime = 40\n"
    );
    let server = setup(&settings)
        .without("AGORA_APP_ID")
        .without("AGORA_APP_CERTIFICATE")
        .file("certificate", format!("{CERTIFICATE}\n"))
        .start();
    let answer = server.get("/rtc/room/publisher/uid/1");
    let token = answer.json["rtcToken"].as_str().unwrap();
    assert_eq!(crate::contract::decoded(token)["expiresIn"], 40);
    assert!(crate::contract::verifier().verify(token).unwrap().is_valid());
}

#[test]
fn check_shows_everything_but_secrets() {
    let settings = "[policies.all]\nchannels = [\"*\"]\nuids = [\"*\"]\n[[api_keys]]\nname = \"web\"\npolicy = \"all\"\n\
                    sha256 = \"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"\n";
    let (exit, stdout, stderr) =
        setup(settings).env("AGORA_APP_CERTIFICATE_SECONDARY", OTHER_CERTIFICATE).args(["--check"]).run();
    assert_eq!((exit, stderr.as_str()), (0, ""));
    for line in [
        "listen = \"127.0.0.1:8082\"",
        &format!("app_id = \"{APP_ID}\""),
        "app_certificate = \"(set, not shown)\"",
        "app_certificate_secondary = \"(set, not shown)\"",
        "sha256 = \"(set, not shown)\"",
        "channels = [\"*\"]",
        "limit_per_address = 50",
        "max_connections = 1000",
    ] {
        assert!(stdout.lines().any(|shown| shown == line), "{line}\n{stdout}");
    }
    assert!(!stdout.contains("001122"), "{stdout}");
}

#[test]
fn what_cannot_be_right_keeps_it_from_starting() {
    let policy = "[policies.all]\nchannels = [\"*\"]\nuids = [\"*\"]\n";
    let key = |sha256: &str| format!("{policy}[[api_keys]]\nname = \"web\"\npolicy = \"all\"\nsha256 = \"{sha256}\"\n");
    let cases: &[(&str, &[&str], &str)] = &[
        ("", &["--listen", "0.0.0.0:0"], "without api_keys or jwt_issuers"),
        ("", &["--listen", "[::]:0"], "without api_keys or jwt_issuers"),
        ("", &["--listen", "192.0.2.1:0", "--demo"], "demo"),
        ("unknown = 1\n", &[], "unknown"),
        ("lifetime = \"25h\"\n", &[], "lifetime"),
        ("lifetime = 0\n", &[], "lifetime"),
        ("max_lifetime = \"2d\"\n", &[], "max_lifetime"),
        ("max_connections = 0\n", &[], "max_connections"),
        ("trusted_proxies = [\"nowhere\"]\n", &[], "trusted_proxies"),
        ("allowed_origins = [\"app.example.com\"]\n", &[], "allowed_origins"),
        ("tls_key = \"key\"\n", &[], "tls_certificate"),
        ("anonymous = \"nobody\"\n", &[], "no policy"),
        ("app_certificate = \"5CFd2fd1755d40ecb72977518be15d3b\"\n", &[], "app_certificate"),
        ("[policies.a]\nuids = [\"0-5\"]\n", &[], "policies.a.uids"),
        ("[policies.a]\nuids = [\"9-5\"]\n", &[], "policies.a.uids"),
        ("[policies.a]\nroles = [\"king\"]\n", &[], "line 2"),
        ("[policies.a]\nsubject = true\nany_user = true\n", &[], "policies.a.subject"),
        (&key("1234"), &[], "64 hexadecimal digits"),
        (&key(&"+1".repeat(32)), &[], "64 hexadecimal digits"),
        ("sign_with = \"secondary\"\n", &[], "AGORA_APP_CERTIFICATE_SECONDARY"),
        ("app_certificate_file = \"missing\"\n", &[], "cannot read"),
    ];
    for (settings, args, reason) in cases {
        for check in [&["--check"][..], &[]] {
            let (exit, stdout, stderr) = setup(settings).args(args.iter().copied()).args(check.iter().copied()).run();
            assert!(exit != 0 && stdout.is_empty() && stderr.contains(reason), "{settings} {args:?}: {stderr}");
        }
    }
    let (exit, _, stderr) = setup("").without("AGORA_APP_CERTIFICATE").args(["--check"]).run();
    assert!(exit != 0 && stderr.contains("App Certificate"), "{stderr}");
    let (exit, _, stderr) = setup("").env("AGORA_APP_CERTIFICATE", &format!("{CERTIFICATE}\n")).args(["--check"]).run();
    assert!(exit != 0 && stderr.contains("newline"), "{stderr}");
}

#[test]
fn a_number_below_zero_is_refused_by_the_name_of_its_flag() {
    for flag in ["--lifetime", "--max-lifetime", "--limit-per-address", "--max-connections", "--header-timeout"] {
        let (exit, _, stderr) = setup("").args(["--check", flag, "-1"]).run();
        assert!(exit == 2 && stderr.contains("'-1'") && stderr.contains(flag), "{stderr}");
    }
}

#[test]
fn with_callers_it_may_listen_anywhere_but_not_for_anonymous_ones() {
    let settings = crate::attacks::viewer_settings();
    let (exit, _, stderr) = setup(&settings).args(["--listen", "0.0.0.0:0", "--check"]).run();
    assert_eq!(exit, 0, "{stderr}");
    let open = format!("anonymous = \"viewer\"\n{settings}");
    let (exit, _, stderr) = setup(&open).args(["--listen", "0.0.0.0:0", "--check"]).run();
    assert!(exit != 0 && stderr.contains("anonymous"), "{stderr}");
}

#[test]
fn a_new_key_opens_what_its_lines_say() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_agora-token"))
        .args(["serve", "--new-key", "web"])
        .env_clear()
        .output()
        .unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let (key, lines) = stdout.split_once("\n\n").unwrap();
    assert!(key.starts_with("agtk_") && key.len() == 48, "{key}");
    assert!(!lines.contains(key));
    let lines = lines.replace("NAME OF A POLICY", "all");
    let server = setup(&format!("[policies.all]\nchannels = [\"*\"]\nuids = [\"*\"]\n{lines}")).start();
    server.post_as(key, "/v1/tokens", r#"{"channel":"room","uid":1}"#).token();
    for name in ["", "a b", "a\"b", "a\nb"] {
        let output =
            std::process::Command::new(env!("CARGO_BIN_EXE_agora-token")).args(["serve", "--new-key", name]).output();
        assert!(!output.unwrap().status.success(), "{name}");
    }
}

#[test]
fn origins_are_those_that_are_allowed() {
    let origin = |setup: crate::server::Setup, origin: &str| {
        let server = setup.start();
        let answer = server.ask(ureq::http::Method::OPTIONS, "/v1/tokens", &[("origin", origin)], "");
        answer.header("access-control-allow-origin").to_owned()
    };
    let allowed = || setup("").args(["--allowed-origin", "https://app.example.com"]);
    assert_eq!(origin(allowed(), "https://app.example.com"), "https://app.example.com");
    assert_eq!(origin(allowed(), "https://evil.example.com"), "");
    assert_eq!(origin(setup(""), "https://evil.example.com"), "", "whoever needs no key must come from this machine");
    assert_eq!(origin(setup(&crate::attacks::viewer_settings()), "https://any.example.com"), "*");
}
