//! Where a setting comes from, what `--check` shows, and what cannot be right.

use agora_token::Expected;

use crate::server::{APP_ID, CERTIFICATE, OTHER_CERTIFICATE, Setup, setup};

/// What `--check` shows of a setting; nothing where it is not set.
fn shown(setup: &Setup, setting: &str) -> String {
    let (exit, stdout, stderr) = setup.run();
    assert_eq!(exit, 0, "{stderr}");
    let line = stdout.lines().find_map(|line| line.strip_prefix(setting)?.strip_prefix(" = "));
    line.unwrap_or_default().to_owned()
}

/// As `--check` shows them: what a setting is unless it is given, and what the file, a variable and a flag make of it.
const SETTINGS: [(&str, &str, [&str; 3]); 23] = [
    ("listen", r#""127.0.0.1:8082""#, [r#""127.0.0.1:1""#, r#""127.0.0.1:2""#, r#""127.0.0.1:3""#]),
    ("demo", "false", ["true", "false", "true"]),
    ("admin_listen", r#""127.0.0.1:8083""#, [r#""127.0.0.1:1""#, r#""none""#, r#""unix:/run/admin""#]),
    ("compat", "false", ["true", "false", "true"]),
    ("sign_with", r#""primary""#, [r#""secondary""#, r#""primary""#, r#""secondary""#]),
    ("lifetime", r#""3600s""#, [r#""120s""#, r#""50s""#, r#""40s""#]),
    ("max_lifetime", r#""86400s""#, [r#""7200s""#, r#""5000s""#, r#""4000s""#]),
    ("limit_per_address", "50", ["1", "2", "3"]),
    ("limit_per_caller", "500", ["1", "2", "3"]),
    ("max_connections", "1000", ["1", "2", "3"]),
    ("connections_per_address", "250", ["1", "0", "3"]),
    ("idle_timeout", r#""75s""#, [r#""1s""#, r#""2s""#, r#""3s""#]),
    ("header_timeout", r#""10s""#, [r#""1s""#, r#""2s""#, r#""3s""#]),
    ("request_timeout", r#""10s""#, [r#""1s""#, r#""2s""#, r#""3s""#]),
    ("shutdown_timeout", r#""30s""#, [r#""1s""#, r#""2s""#, r#""3s""#]),
    ("drain_delay", r#""0s""#, [r#""1s""#, r#""2s""#, r#""3s""#]),
    ("allowed_origins", "[]", [r#"["https://a"]"#, r#"["https://b"]"#, r#"["https://c"]"#]),
    ("allowed_hosts", "[]", [r#"["a.example"]"#, r#"["b.example"]"#, r#"["c.example"]"#]),
    ("audit", r#""best-effort""#, [r#""required""#, r#""best-effort""#, r#""required""#]),
    ("trusted_proxies", "[]", [r#"["10.0.0.0/8"]"#, r#"["10.0.0.2/32"]"#, r#"["10.0.0.3/32"]"#]),
    ("log_format", "", [r#""json""#, r#""text""#, r#""json""#]),
    ("log_level", r#""info""#, [r#""error""#, r#""warn""#, r#""trace""#]),
    ("reload_interval", r#""2s""#, [r#""1s""#, r#""0s""#, r#""3s""#]),
];

#[test]
fn a_flag_wins_over_the_environment_that_over_the_file_that_over_the_default() {
    let setup =
        |settings: &str| setup(settings).env("AGORA_APP_CERTIFICATE_SECONDARY", OTHER_CERTIFICATE).args(["--check"]);
    for (setting, default, [file, variable, flag]) in SETTINGS {
        let bare = |shown: &str| shown.trim_matches(['[', ']', '"']).to_owned();
        let settings = format!("{setting} = {file}\n");
        let name = format!("AGORA_TOKEN_{}", setting.to_uppercase());
        let flag_name = match setting {
            "allowed_origins" => "allowed-origin".to_owned(),
            "trusted_proxies" => "trusted-proxy".to_owned(),
            "allowed_hosts" => "allowed-host".to_owned(),
            _ => setting.replace('_', "-"),
        };
        assert_eq!(shown(&setup(""), setting), default, "{setting}");
        assert_eq!(shown(&setup(&settings), setting), file, "{setting}");
        assert_eq!(shown(&setup(&settings).env(&name, &bare(variable)), setting), variable, "{setting}");
        let all = setup(&settings).env(&name, &bare(variable)).args([&*format!("--{flag_name}={}", bare(flag))]);
        assert_eq!(shown(&all, setting), flag, "{setting}");
    }
    let (_, stdout, _) = setup("").run();
    let names = stdout.lines().filter_map(|line| Some(line.split_once(" = ")?.0));
    let elsewhere = ["app_id", "app_certificate", "app_certificate_secondary", "api_keys", "jwt_issuers"];
    for name in names.filter(|name| !elsewhere.contains(name)) {
        assert!(SETTINGS.iter().any(|(setting, ..)| *setting == name), "{name}");
    }
}

#[test]
fn defaults_follow_other_settings() {
    let demo = || setup("").args(["--check", "--demo"]);
    for (setting, default) in
        [("limit_per_address", "0"), ("limit_per_caller", "0"), ("allowed_origins", "[]"), ("admin_listen", "\"none\"")]
    {
        assert_eq!(shown(&demo(), setting), default, "{setting}");
    }
    let callers = setup(&crate::attacks::viewer_settings()).args(["--check"]);
    assert_eq!(shown(&callers, "allowed_origins"), "[\"*\"]");
    assert_eq!(shown(&setup("max_connections = 10\n").args(["--check"]), "connections_per_address"), "3");
    assert_eq!(shown(&setup("max_lifetime = 600\n").args(["--check"]), "lifetime"), "\"600s\"");
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
    assert!(crate::contract::verifier().verdict(token, &Expected::new()).is_valid());
}

#[test]
fn check_shows_everything_but_secrets() {
    let settings = "[policies.all]\nmax_lifetime = \"24h\"\nchannels = [\"*\"]\nuids = [\"*\"]\n[[api_keys]]\nname = \"web\"\npolicy = \"all\"\n\
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
fn check_shows_which_certificate_is_there() {
    let secondary = setup("sign_with = \"secondary\"\n").without("AGORA_APP_CERTIFICATE");
    let (exit, stdout, stderr) =
        secondary.env("AGORA_APP_CERTIFICATE_SECONDARY", OTHER_CERTIFICATE).args(["--check"]).run();
    assert_eq!(exit, 0, "{stderr}");
    assert!(stdout.lines().any(|line| line == "app_certificate_secondary = \"(set, not shown)\""), "{stdout}");
    assert!(!stdout.contains("app_certificate = "), "{stdout}");
}

#[test]
fn what_cannot_be_right_keeps_it_from_starting() {
    let policy = "[policies.all]\nmax_lifetime = \"24h\"\nchannels = [\"*\"]\nuids = [\"*\"]\n";
    let key = |sha256: &str| format!("{policy}[[api_keys]]\nname = \"web\"\npolicy = \"all\"\nsha256 = \"{sha256}\"\n");
    let cases: &[(&str, &[&str], &str)] = &[
        ("", &["--listen", "0.0.0.0:0"], "listen: without api_keys or jwt_issuers"),
        ("", &["--listen", "[::]:0"], "listen: without api_keys or jwt_issuers"),
        ("", &["--listen", "192.0.2.1:0", "--demo"], "listen: a demo"),
        ("unknown = 1\n", &[], "config: line 1: unknown field `unknown`"),
        ("lifetime = \"25h\"\n", &[], "lifetime: 1 to 86400"),
        ("lifetime = 0\n", &[], "lifetime: 1 to 86400"),
        ("lifetime = \"01h\"\n", &[], "config: line 1: "),
        ("[policies.a]\nmax_lifetime = \"01h\"\n", &[], "config: line 2: "),
        ("max_lifetime = 60\nlifetime = 61\n", &[], "lifetime: 1 to 60"),
        ("max_lifetime = 0\n", &[], "max_lifetime: 1 to 86400"),
        ("max_lifetime = \"2d\"\n", &[], "max_lifetime: 1 to 86400"),
        ("max_connections = 0\n", &[], "max_connections: "),
        ("header_timeout = 0\n", &[], "header_timeout: "),
        ("request_timeout = 0\n", &[], "request_timeout: "),
        ("trusted_proxies = [\"nowhere\"]\n", &[], "trusted_proxies: "),
        ("allowed_origins = [\"app.example.com\"]\n", &[], "allowed_origins: "),
        ("allowed_origins = [\"https://app.example.com/\"]\n", &[], "allowed_origins: "),
        ("allowed_origins = [\"https://*.example.com\"]\n", &[], "allowed_origins: "),
        ("idle_timeout = 0\n", &[], "idle_timeout: "),
        ("listen = \"none\"\n", &[], "listen: none is for admin_listen"),
        ("denylist_file = \"missing\"\n", &[], "denylist_file: cannot read"),
        ("tls_key = \"key\"\n", &[], "tls_certificate: "),
        ("tls_certificate = \"chain\"\n", &[], "tls_key: "),
        ("anonymous = \"nobody\"\n", &[], "anonymous: no policy"),
        (
            "app_certificate = \"5CFd2fd1755d40ecb72977518be15d3b\"\n",
            &[],
            "config: line 1: unknown field `app_certificate`",
        ),
        ("", &["--app-id", "x"], "app_id: it has 1 character, 32 hexadecimal digits expected"),
        ("[policies.a]\nmax_lifetime = 60\n", &[], "policies: nobody has one"),
        ("[policies.a]\nmax_lifetime = 60\nuids = [\"0-5\"]\n", &[], "policies.a.uids: "),
        ("[policies.a]\nmax_lifetime = 60\nuids = [\"9-5\"]\n", &[], "policies.a.uids: "),
        (
            "[policies.a]\nmax_lifetime = 60\nroles = [\"king\"]\n",
            &[],
            "config: line 3: one of publisher and subscriber expected",
        ),
        ("[policies.a]\nmax_lifetime = 60\nservices = [\"tv\"]\n", &[], "config: line 3: one of rtc, rtm, streaming"),
        ("[policies.a]\nmax_lifetime = 60\nsubject = true\nany_user = true\n", &[], "policies.a.subject: "),
        ("[policies.a]\nmax_lifetime = 60\nroles = []\n", &[], "policies.a.roles: "),
        ("[policies.a]\nmax_lifetime = 60\nservices = []\n", &[], "policies.a.services: "),
        ("[policies.a]\nmax_lifetime = 0\n", &[], "policies.a.max_lifetime: "),
        ("max_lifetime = 60\n[policies.a]\nmax_lifetime = 61\n", &[], "policies.a.max_lifetime: "),
        (&key("1234"), &[], "api_keys.web.sha256: 64 hexadecimal digits"),
        (&key(&"+1".repeat(32)), &[], "api_keys.web.sha256: 64 hexadecimal digits"),
        ("sign_with = \"secondary\"\n", &[], "app_certificate_secondary_file: no App Certificate"),
        ("app_certificate_file = \"missing\"\n", &[], "app_certificate_file: cannot read"),
        // The settings file itself, which is no certificate.
        ("app_certificate_file = \"server.toml\"\n", &[], "app_certificate_file: it has 36 characters"),
    ];
    for (settings, args, reason) in cases {
        for check in [&["--check"][..], &[]] {
            let (exit, stdout, stderr) = setup(settings).args(args.iter().copied()).args(check.iter().copied()).run();
            let is_named = stderr.starts_with("error[") && stderr.contains(&format!("]: {reason}"));
            assert!(exit != 0 && stdout.is_empty() && is_named, "{settings} {args:?}: {stderr}");
        }
    }
    let (exit, _, stderr) = setup("").without("AGORA_APP_CERTIFICATE").args(["--check"]).run();
    assert!(exit != 0 && stderr.contains("App Certificate"), "{stderr}");
    let (exit, _, stderr) = setup("").env("AGORA_APP_CERTIFICATE", &format!("{CERTIFICATE}\n")).args(["--check"]).run();
    assert!(exit != 0 && stderr.contains("AGORA_APP_CERTIFICATE: it has 33 characters"), "{stderr}");
    assert!(stderr.contains("newline"), "{stderr}");
}

#[test]
fn a_number_below_zero_is_refused_by_the_name_of_its_flag() {
    for flag in [
        "--lifetime",
        "--max-lifetime",
        "--limit-per-address",
        "--limit-per-caller",
        "--max-connections",
        "--header-timeout",
        "--request-timeout",
        "--shutdown-timeout",
        "--drain-delay",
        "--reload-interval",
    ] {
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
    let server =
        setup(&format!("[policies.all]\nmax_lifetime = \"24h\"\nchannels = [\"*\"]\nuids = [\"*\"]\n{lines}")).start();
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
