//! `mint`: options, defaults, refusals and notes. That the tokens are right, the vectors say.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::run::{call, mint};

const RTC: &str = "mint rtc --channel room --uid 42 --issue-ts 1700000000 --salt 1 --json";

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

/// The decoded token of a call with --json.
fn decoded(text: &str) -> Value {
    call(words(text)).run().json()["decoded"].take()
}

fn services(text: &str) -> Value {
    decoded(text)["services"].take()
}

fn error(text: &str) -> (String, String) {
    call(words(text)).run().error(2)
}

fn refusal(code: &str, field: &str) -> (String, String) {
    (code.to_owned(), field.to_owned())
}

#[test]
fn plain_output_is_the_token_alone() {
    let outcome = call(words("mint rtc --channel room --uid 42")).run();
    assert_eq!(outcome.stderr, "");
    let token = outcome.ok();
    assert!(token.starts_with("007") && token.ends_with('\n') && token.trim_end().len() + 1 == token.len());
}

#[test]
fn json_holds_the_token_and_what_it_says() {
    let document = call(words(RTC)).run().json();
    assert_eq!(
        document.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["decoded", "expiresAt", "refreshAfter", "token"]
    );
    let token = document["token"].as_str().unwrap();
    assert_eq!(document["decoded"], call(["inspect", "--json", token]).run().json());
    assert_eq!(document["expiresAt"], 1_700_003_600);
}

#[test]
fn an_hour_and_publisher_are_the_defaults() {
    let expected = json!([{
        "type": 1, "name": "rtc", "channel": "room", "account": "42",
        "privileges": {
            "joinChannel": 3600, "publishAudioStream": 3600, "publishVideoStream": 3600, "publishDataStream": 3600
        },
    }]);
    assert_eq!(services(RTC), expected);
    assert_eq!(decoded(RTC)["expiresIn"], 3600);
    assert_eq!(services(&format!("{RTC} --role publisher --privilege-lifetime 1h --lifetime 3600")), expected);
    let subscriber = services(&format!("{RTC} --role subscriber --lifetime 90m"));
    assert_eq!(subscriber[0]["privileges"], json!({ "joinChannel": 5400 }));
    assert_eq!(subscriber, services(&format!("{RTC} --role 2 --lifetime 5400")));
}

#[test]
fn time_and_salt_are_new_unless_fixed() {
    assert_ne!(mint("fpa"), mint("fpa"));
    assert_eq!(mint("fpa --issue-ts 1 --salt 1"), mint("fpa --issue-ts 1 --salt 1"));
    assert_ne!(mint("fpa --issue-ts 1"), mint("fpa --issue-ts 1"));
    let largest = decoded("mint fpa --json --issue-ts 4294967295 --salt 4294967295");
    assert_eq!((&largest["issuedAt"], &largest["salt"]), (&json!(u32::MAX), &json!(u32::MAX)));
}

#[test]
fn lifetimes_for_single_privileges_grant_all_of_them() {
    let all = services(&format!("{RTC} --pub-audio-privilege-lifetime 10m --privilege-lifetime 20m --lifetime 30m"));
    let expected = json!({
        "joinChannel": 1200, "publishAudioStream": 600, "publishVideoStream": 1200, "publishDataStream": 1200
    });
    assert_eq!(all[0]["privileges"], expected);
    assert_eq!(error(&format!("{RTC} --pub-audio-privilege-lifetime 10m --role subscriber")).0, "USAGE");
}

#[test]
fn those_to_publish_have_a_lifetime_together() {
    let all = services(&format!("{RTC} --publish-lifetime 10m --pub-data-stream-privilege-lifetime 5m --lifetime 30m"));
    let expected = json!({
        "joinChannel": 1800, "publishAudioStream": 600, "publishVideoStream": 600, "publishDataStream": 300
    });
    assert_eq!(all[0]["privileges"], expected);
    let account = "mint rtc --json --channel room --account alice";
    assert_eq!(services(&format!("{account} --publish-lifetime 10m"))[0]["privileges"]["publishAudioStream"], 600);
    assert_eq!(
        services(&format!("{account} --publish-lifetime 10m --role publisher"))[0]["privileges"]["joinChannel"],
        3600
    );
    assert_eq!(error(&format!("{RTC} --publish-lifetime 10m --role subscriber")).0, "USAGE");
    assert_eq!(error(&format!("{RTC} --publish-lifetime 1e3")).0, "INVALID_LIFETIME");
    assert_eq!(error(&format!("{RTC} --publish-lifetime 10m --token-version 006")).0, "USAGE");
}

#[test]
fn any_channel_is_asked_for_by_name() {
    let minted = |version: &str, channel: &str| {
        let call =
            format!("mint rtc {channel} --uid 42 --token-version {version} --json --issue-ts 1700000000 --salt 1");
        decoded(&call)
    };
    let (one, any) = (minted("007", "--channel room"), minted("007", "--any-channel"));
    assert_eq!(any["services"][0]["channel"], "*");
    for same in ["type", "privileges", "account"] {
        assert_eq!(any["services"][0][same], one["services"][0][same], "{same}");
    }
    assert_ne!(minted("006", "--any-channel")["channelCrc"], minted("006", "--channel room")["channelCrc"]);
    for (words, code) in [
        ("--any-channel --account *", "INVALID_USER_ACCOUNT"),
        ("--any-channel --uid 1 --role 7", "INVALID_ROLE"),
        ("--any-channel --uid 1 --lifetime 0", "TOKEN_EXPIRE_ZERO"),
        ("--channel * --uid 1", "INVALID_CHANNEL_NAME"),
    ] {
        assert_eq!(error(&format!("mint rtc {words} --json")).0, code, "{words}");
    }
}

#[test]
fn messaging_follows_the_account_unless_told_otherwise() {
    let call = "mint rtc-rtm2 --json --channel room --account alice --role 2 --lifetime 2h";
    let followed = services(call);
    assert_eq!(followed[1], json!({ "type": 2, "name": "rtm", "userId": "alice", "privileges": { "login": 7200 } }));
    let told = services(&format!("{call} --rtm-user-id bob --rtm-lifetime 5m"));
    assert_eq!(told[1], json!({ "type": 2, "name": "rtm", "userId": "bob", "privileges": { "login": 300 } }));
    assert_eq!(followed[0], told[0]);
}

#[test]
fn any_user_is_asked_for_by_name() {
    let zero = call(words("mint rtc --channel room --uid 0 --json --issue-ts 1 --salt 1")).run();
    assert_eq!(zero.stderr, "note: --uid 0 lets any user in; --any-user says the same in words\n");
    let named = call(words("mint rtc --channel room --any-user --json --issue-ts 1 --salt 1")).run();
    assert_eq!(named.stderr, "");
    assert_eq!(zero.stdout, named.stdout);
    assert_eq!(named.json()["decoded"]["services"][0]["account"], "");
    assert_eq!(services("mint rtc --channel room --account 0 --json")[0]["account"], "0");
}

#[test]
fn what_may_surprise_is_noted() {
    let notes = |text: &str| call(words(text)).run().stderr;
    assert_eq!(notes("mint chat-app --lifetime 24h"), "");
    assert_eq!(notes("mint chat-app --lifetime 25h"), "note: Agora honours a token for 24 hours at most\n");
    let ends_first = "note: the token ends before its privileges, so clients are not warned before it does\n";
    assert_eq!(notes("mint rtc --channel room --uid 1 --lifetime 1h --privilege-lifetime 2h"), ends_first);
    assert_eq!(
        notes("mint rtc --channel room --uid 1 --token-version 006 --privilege-expired-ts 4000000000"),
        ends_first
    );
}

#[test]
fn access_token_takes_times() {
    let rtc = "mint rtc --token-version 006 --channel room --uid 42 --issue-ts 1700000000 --salt 1 --json";
    assert_eq!(decoded(rtc)["privileges"]["joinChannel"], 1_700_003_600);
    assert_eq!(decoded(rtc)["expiresAt"], 1_700_086_400);
    assert_eq!(
        decoded(&format!("{rtc} --privilege-expired-ts 1800000000"))["privileges"]["joinChannel"],
        1_800_000_000
    );
    assert_eq!(decoded(&format!("{rtc} --privilege-expired-ts 0"))["privileges"]["joinChannel"], 0);
    for (role, count) in [("publisher", 4), ("subscriber", 1), ("attendee", 4), ("admin", 4), ("101", 4), ("0", 4)] {
        let privileges = decoded(&format!("{rtc} --role {role}"))["privileges"].take();
        assert_eq!(privileges.as_object().unwrap().len(), count, "{role}");
    }
    let rtm = "mint rtm --token-version 006 --user-id alice --json --issue-ts 1700000000";
    assert_eq!(decoded(rtm)["privileges"], json!({ "rtmLogin": 1_700_003_600 }));

    let late = error("mint rtc --token-version 006 --channel room --uid 1 --issue-ts 4294967295 --json");
    assert_eq!(late, refusal("INVALID_TIMESTAMP", "privilege_expired_ts"));
    let duration = error(&format!("{rtc} --privilege-expired-ts 3600"));
    assert_eq!(duration, refusal("PRIVILEGE_EXPIRED_TS_LOOKS_LIKE_DURATION", "privilege_expired_ts"));
}

#[test]
fn lifetimes_and_times_are_not_mixed() {
    let (rtc, rtm) = ("mint rtc --channel room --uid 1 --json", "mint rtm --user-id a --json");
    for call in [rtc, rtm] {
        assert_eq!(error(&format!("{call} --privilege-expired-ts 1700000000")).0, "USAGE");
        assert_eq!(error(&format!("{call} --token-version 006 --lifetime 1h")).0, "USAGE");
    }
    assert_eq!(error(&format!("{rtc} --token-version 006 --privilege-lifetime 1h")).0, "USAGE");
    assert_eq!(error(&format!("{rtc} --token-version 006 --pub-video-privilege-lifetime 1h")).0, "USAGE");
}

#[test]
fn numbers_out_of_range_name_their_field() {
    let rtc = "mint rtc --channel room --json";
    for uid in ["-1", "4294967296", "1.5", "undefined", "NaN", "007", "99999999999999999999999999999999"] {
        assert_eq!(error(&format!("{rtc} --uid {uid}")), refusal("INVALID_UID", "uid"), "{uid}");
    }
    let rtc = "mint rtc --channel room --uid 1 --json";
    for option in [
        "lifetime",
        "privilege-lifetime",
        "join-channel-privilege-lifetime",
        "pub-audio-privilege-lifetime",
        "pub-video-privilege-lifetime",
        "pub-data-stream-privilege-lifetime",
    ] {
        // The name in the API.
        let field = match option {
            "lifetime" => "token_expire".to_owned(),
            _ => option.replace("lifetime", "expire").replace('-', "_"),
        };
        for lifetime in ["-1", "4294967296", "1.5h", "01h", "1w", "1d1h", "50000d"] {
            let error = error(&format!("{rtc} --{option} {lifetime}"));
            assert_eq!(error, refusal("INVALID_LIFETIME", &field), "{lifetime}");
        }
    }
    let both = "mint stt --channel room --account a --json";
    assert_eq!(error(&format!("{both} --rtm-lifetime -1")), refusal("INVALID_LIFETIME", "rtm_token_expire"));
    assert_eq!(error(&format!("{both} --lifetime -1")), refusal("INVALID_LIFETIME", "rtc_token_expire"));
    assert_eq!(error(&format!("{both} --role -1")), refusal("INVALID_ROLE", "rtc_role"));
    for (option, code, field) in [
        ("issue-ts", "INVALID_TIMESTAMP", "issue_ts"),
        ("salt", "INVALID_SALT", "salt"),
        ("role", "INVALID_ROLE", "role"),
    ] {
        for value in ["-1", "4294967296", "x"] {
            assert_eq!(error(&format!("{rtc} --{option} {value}")), refusal(code, field), "{value}");
        }
    }
    let room = "mint apaas-room-user --room-uuid r --user-uuid u --json";
    for role in ["32768", "-32769", "teacher"] {
        assert_eq!(error(&format!("{room} --role {role}")), refusal("INVALID_ROLE", "role"), "{role}");
    }
}

#[test]
fn a_token_lifetime_is_refused_under_its_own_name() {
    for (expire, code) in [("0", "TOKEN_EXPIRE_ZERO"), ("1700000000", "TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP")] {
        let rtc = error(&format!("mint rtc --channel room --uid 1 --json --lifetime {expire}"));
        assert_eq!(rtc, refusal(code, "token_expire"));
        let both = error(&format!("mint rtc-rtm2 --channel room --account a --json --lifetime {expire}"));
        assert_eq!(both, refusal(code, "rtc_token_expire"));
    }
}

#[test]
fn permissions_come_as_json_or_from_a_file() {
    let json = r#"{"messageChannels":{"read":["news"],"write":[]},"9":{"7":["x y"]}}"#;
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("permissions.json");
    fs::write(&file, format!("\n{json}\n")).unwrap();
    for argument in [json, &format!(" {json}"), file.to_str().unwrap()] {
        let call = call(["mint", "rtm", "--user-id", "alice", "--json", "--permissions", argument]);
        let service = call.run().json()["decoded"]["services"][0].take();
        assert_eq!(service["name"], "rtm2");
        assert_eq!(service["permissions"], serde_json::from_str::<Value>(json).unwrap());
    }
    // What inspect shows can be given again.
    assert_eq!(services("mint rtm --user-id alice --json --permissions {}")[0]["permissions"], json!({}));

    let refused = |argument: &str| call(["mint", "rtm", "--user-id", "a", "--json", "--permissions", argument]).run();
    for argument in [r#"{"rooms":{}}"#, r#"{"users":{"read":"x"}}"#, r#"{"users":{"read":["x"],"0":["y"]}}"#, "{"] {
        assert_eq!(refused(argument).error(2), refusal("INVALID_PERMISSIONS", "permissions"), "{argument}");
    }
    let long = format!(r#"{{"users":{{"read":["{}"]}}}}"#, "r".repeat(65_536));
    assert_eq!(refused(&long).error(2), refusal("INVALID_PERMISSIONS", "permissions"));
    assert_eq!(refused("no such file").error(4).0, "IO");
}

#[test]
fn texts_may_start_with_a_dash() {
    assert_eq!(services("mint rtc --channel=-room- --account=-a --json")[0]["channel"], "-room-");
}

#[test]
fn json_tells_when_to_fetch_the_next() {
    let after = |words: &str| {
        let minted = call(format!("mint {words} --issue-ts 1700000000 --json").split_whitespace()).run().json();
        minted["refreshAfter"].as_u64().unwrap() - 1_700_000_000
    };
    // A tenth before the end, at least 30 seconds, never in the first half.
    assert_eq!(after("rtc --channel room --uid 1 --lifetime 1h"), 3240);
    assert_eq!(after("rtc --channel room --uid 1 --lifetime 100s"), 70);
    assert_eq!(after("rtc --channel room --uid 1 --lifetime 40s"), 20);
    assert_eq!(after("chat-app --lifetime 24h"), 77_760);
    // Before the first thing that ends: a privilege, or the day after which no token is good.
    assert_eq!(after("rtc --channel room --uid 1 --lifetime 2h --privilege-lifetime 1h"), 3240);
    assert_eq!(after("rtc --channel room --uid 1 --lifetime 1h --privilege-lifetime 0"), 3240);
    assert_eq!(after("rtc --channel room --uid 1 --lifetime 7d"), 77_760);
    assert_eq!(after("fpa"), 77_760);
    assert_eq!(after("rtc --channel room --uid 1 --token-version 006"), 3240);
    assert_eq!(after("rtc --channel room --uid 1 --token-version 006 --privilege-expired-ts 0"), 77_760);
}
