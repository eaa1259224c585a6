//! `inspect`: the table and the document.

use agora_token::{AccessToken2, AppCertificate, AppId, Permissions, Service, ServiceKind, Stamp, Text};

use crate::run::{APP_ID, CERTIFICATE, call, mint};

fn table(token: &str) -> String {
    call(["inspect", token]).run().ok()
}

/// A token of the mechanism, which carries what no builder would.
fn odd_token(kind: ServiceKind<'_>) -> String {
    let stamp = Stamp { issue_ts: 1, salt: 1 };
    let token = AccessToken2::new(AppId::new(APP_ID).unwrap(), 600, stamp);
    token.with_service(Service::new(kind)).build(&AppCertificate::new(CERTIFICATE).unwrap()).unwrap()
}

#[test]
fn a_table_of_access_token2() {
    let token =
        mint("rtc --channel room --uid 42 --role subscriber --issue-ts 1700000000 --salt 1 --privilege-lifetime 0");
    let table = table(&token);
    let start =
        "AccessToken2 (007), not verified: anybody can write this\n\nApp ID       970CA35de60c44645bbae8a215061b33\n";
    assert!(table.starts_with(start), "{table}");
    for part in [
        "\nissued       1700000000  2023-11-14 22:13:20 UTC  ",
        " ago\nexpires      1700003600  2023-11-14 23:13:20 UTC  ",
        " ago\nlifetime     3600 s (1h)\nsalt         1\nsignature    ",
    ] {
        assert!(table.contains(part), "{table}");
    }
    let service = "

rtc (service 1)
  channel                \"room\"
  account                \"42\"
  privilege              lifetime  ends
  joinChannel            0         with the token
";
    assert!(table.ends_with(service), "{table}");
}

#[test]
fn a_table_of_access_token() {
    let rtc =
        table(&mint("rtc --token-version 006 --channel room --any-user --privilege-expired-ts 4000000000 --salt 7"));
    for line in [
        "AccessToken (006), not verified: anybody can write this\n",
        "\nsalt         7\n",
        "\nchannel CRC  1923043739\nuser CRC     0, any user\n",
        "\n  joinChannel            4000000000  2096-10-02 07:06:40 UTC  in ",
    ] {
        assert!(rtc.contains(line), "{rtc}");
    }
    let rtm = table(&mint("rtm --token-version 006 --user-id room"));
    assert!(rtm.contains("\nuser ID CRC  1923043739\n"), "{rtm}");
}

#[test]
fn every_service_shows_its_fields() {
    for (words, shown) in [
        ("rtm --user-id alice", "user ID                \"alice\"\n"),
        ("chat-user --user-id alice", "user ID                \"alice\"\n"),
        (
            "apaas-room-user --room-uuid r --user-uuid u --role 5",
            "room UUID              \"r\"\n  user UUID              \"u\"\n  role                   5\n",
        ),
        ("apaas-user --user-uuid u", "role                   -1, none\n"),
        ("convo-ai --channel room --account a", "convoAi (service 9)\n  no privileges\n"),
        (
            r#"rtm --user-id a --permissions {"users":{"write":["x","y"],"9":[]}}"#,
            "write users            \"x\", \"y\"\n  9 users                none\n",
        ),
        ("rtc --channel room --any-user", "account                \"\", any user\n"),
    ] {
        let table = table(&mint(words));
        assert!(table.contains(shown), "{table}");
    }
}

#[test]
fn strangers_cannot_steer_the_terminal() {
    let hostile = "a\x1b[2J\u{9b}31m\u{202e}\n\"é";
    let table = table(&odd_token(ServiceKind::Rtc { channel_name: hostile.into(), account: "*".into() }));
    assert!(table.contains(r#""a\u{1b}[2J\u{9b}31m\u{202e}\n\"é""#), "{table}");
    assert!(table.contains("account                \"*\", any user"), "{table}");
    assert!(table.chars().all(|c| c == '\n' || !c.is_control()));
}

#[test]
fn bytes_that_are_no_text_are_shown_as_such() {
    let user_id = || Text::from(&[0xff, 0x00][..]);
    let token = odd_token(ServiceKind::Rtm { user_id: user_id() });
    assert!(table(&token).contains("user ID                ff00 (hexadecimal, not UTF-8)"));
    assert_eq!(call(["inspect", "--json", &token]).run().json()["services"][0]["userIdHex"], "ff00");
    let mut permissions = Permissions::new();
    permissions.add(0, 0, user_id());
    let token = odd_token(ServiceKind::Rtm2 { user_id: user_id(), permissions });
    assert!(table(&token).contains("read messageChannels   ff00 (hexadecimal, not UTF-8)"));
}

#[test]
fn json_is_the_document_in_one_line() {
    let token = mint("rtc --channel room --uid 42 --issue-ts 1700000000 --salt 12345678");
    let expected = agora_token::Unverified::parse(&token).unwrap().to_json();
    assert_eq!(call(["inspect", "--json", &token]).run().ok(), format!("{expected}\n"));
}

#[test]
fn no_credentials_are_needed() {
    let token = mint("fpa");
    let call = call(["inspect", &token]).without("AGORA_APP_ID").without("AGORA_APP_CERTIFICATE");
    assert_eq!(call.run().exit, 0);
}
