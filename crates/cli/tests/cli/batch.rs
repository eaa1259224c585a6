//! `mint --batch`: every row comes out, with a token that is right or a reason.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::Stdio;

use agora_token::{AppCertificate, Expected, Verifier};
use csv::StringRecord;
use serde_json::{Value, json};

use crate::run::{CERTIFICATE, Call, OTHER_CERTIFICATE, Outcome, call, mint};

fn batch(options: &str) -> Call {
    call(["mint", "--batch", "-"].into_iter().chain(options.split_whitespace()))
}

fn json_lines(options: &str) -> Call {
    batch(&format!("--format jsonl {options}"))
}

/// The rows of the output by column.
fn rows(outcome: &Outcome) -> Vec<Value> {
    let mut reader = csv::Reader::from_reader(outcome.stdout.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let object =
        |row: StringRecord| header.iter().zip(&row).map(|(name, cell)| (name.to_owned(), json!(cell))).collect();
    reader.records().map(|row| object(row.expect("as wide as the header"))).collect()
}

fn lines(outcome: &Outcome) -> Vec<Value> {
    outcome.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn verifier() -> Verifier {
    Verifier::by_certificate(AppCertificate::new(CERTIFICATE).unwrap())
}

fn decoded(token: &Value) -> Value {
    let token = token.as_str().expect("a token");
    assert!(verifier().verdict(token, &Expected::new()).is_valid());
    call(["inspect", "--json", token]).run().json()
}

/// A file of the test's own.
fn file(name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("batch").join(name.split('.').next().unwrap());
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    fs::write(&file, content).unwrap();
    file
}

#[test]
fn rows_of_csv_come_out_with_their_tokens() {
    let input = "name,channel,uid,account\nAnn,room,42,\n\"B, \"\"b\"\"\",hall,,bob\n";
    let outcome = batch("").input(input).run();
    assert_eq!(outcome.stderr, "");
    assert!(
        outcome.stdout.starts_with("name,channel,uid,account,token,expires_at,refresh_after,error\nAnn,room,42,,007")
    );
    assert!(outcome.stdout.contains("\n\"B, \"\"b\"\"\",hall,,bob,007"), "{}", outcome.stdout);
    let rows = rows(&outcome);
    let [ann, bob] = rows.as_slice() else { panic!("two rows") };
    assert!(verifier().verdict(ann["token"].as_str().unwrap(), &Expected::new().channel("room").uid(42)).is_valid());
    assert!(
        verifier().verdict(bob["token"].as_str().unwrap(), &Expected::new().channel("hall").account("bob")).is_valid()
    );
    let token = decoded(&ann["token"]);
    assert_eq!(token["expiresIn"], 3600);
    let expires_at = token["expiresAt"].as_u64().unwrap();
    assert_eq!((&ann["expires_at"], &ann["error"]), (&json!(expires_at.to_string()), &json!("")));
    assert_eq!(ann["refresh_after"], json!((expires_at - 360).to_string()));
    assert_eq!(outcome.exit, 0);
}

#[test]
fn json_lines_come_out_with_their_tokens() {
    let input = "{\"z\": [1, {}], \"channel\": \"room\", \"uid\": 42}\n\n  \
        {\"account\":\"b\\u006fb\",\"channel\":\"hall\",\"uid\":null }";
    let outcome = json_lines("").input(input).run();
    assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""));
    assert!(outcome.stdout.starts_with("{\"z\": [1, {}], \"channel\": \"room\", \"uid\": 42,\"token\":\"007"));
    let lines = lines(&outcome);
    let [ann, bob] = lines.as_slice() else { panic!("two rows") };
    assert!(verifier().verdict(ann["token"].as_str().unwrap(), &Expected::new().channel("room").uid(42)).is_valid());
    assert!(
        verifier().verdict(bob["token"].as_str().unwrap(), &Expected::new().channel("hall").account("bob")).is_valid()
    );
    let token = decoded(&ann["token"]);
    assert_eq!(ann["expiresAt"], token["expiresAt"]);
    assert_eq!(ann["refreshAfter"], token["expiresAt"].as_u64().unwrap() - 360);
}

#[test]
fn columns_say_what_is_granted_and_options_what_they_leave_out() {
    let privileges = |token: &Value| {
        let services = token["services"].as_array().unwrap().clone();
        services
            .into_iter()
            .map(|service| (service["name"].as_str().unwrap().to_owned(), service["privileges"].clone()))
    };
    let publisher = |join, publish| {
        json!({
            "joinChannel": join,
            "publishAudioStream": publish, "publishVideoStream": publish, "publishDataStream": publish,
        })
    };
    let (rtc, login, chat) = ("rtc".to_owned(), json!({ "login": 600 }), json!({ "user": 600 }));
    let all = vec![(rtc.clone(), json!({ "joinChannel": 600 })), ("rtm".to_owned(), login), ("chat".to_owned(), chat)];
    let input = "CHANNEL,uid,Role,services,lifetime,publishLifetime\n\
        ,1,,,,\n\
        other,2,2,rtc+rtm+chat,10m,\n\
        ,3,publisher,rtc,86400,1h\n\
        ,4,1,rtm chat,,\n";
    let outcome = batch("--channel room --lifetime 2h").input(input).run();
    let tokens: Vec<_> = rows(&outcome).iter().map(|row| decoded(&row["token"])).collect();
    assert_eq!(tokens.len(), 4);
    assert_eq!(privileges(&tokens[0]).collect::<Vec<_>>(), [(rtc.clone(), publisher(7200, 7200))]);
    assert_eq!(tokens[0]["services"][0]["channel"], "room");
    assert_eq!(privileges(&tokens[1]).collect::<Vec<_>>(), all);
    assert_eq!(tokens[1]["services"][0]["channel"], "other");
    assert_eq!(privileges(&tokens[2]).collect::<Vec<_>>(), [(rtc, publisher(86_400, 3600))]);
    assert_eq!(privileges(&tokens[3]).map(|(name, _)| name).collect::<Vec<_>>(), ["rtm", "chat"]);

    let options = "--channel room --role subscriber --services rtc,rtm,chat --lifetime 600";
    for (call, input) in [(batch(options), "uid\n5\n"), (json_lines(options), "{\"uid\":5}")] {
        let outcome = call.input(input).run();
        let row = if input.starts_with('{') { lines(&outcome).remove(0) } else { rows(&outcome).remove(0) };
        assert_eq!(privileges(&decoded(&row["token"])).collect::<Vec<_>>(), all);
    }
    let input = r#"{"uid":5,"role":2,"services":["rtc","rtm","chat"],"lifetime":"10m"}"#;
    let row = lines(&json_lines("--channel room").input(input).run()).remove(0);
    assert_eq!(privileges(&decoded(&row["token"])).collect::<Vec<_>>(), all);
}

const HEADER: &str = "channel,uid,account,role,services,lifetime,publish_lifetime";

#[test]
fn a_bad_row_keeps_its_place_and_says_why() {
    let cases = [
        ("room,0,,,,,", "INVALID_UID", "uid is 0, which means any user"),
        ("room,42.0,,,,,", "INVALID_UID", "uid is 42.0; an integer"),
        ("room,0x2a,,,,,", "INVALID_UID", "uid is 0x2a; an integer"),
        ("room, 42 ,,,,,", "INVALID_UID", "uid is a text of 4 characters; an integer"),
        ("room,+42,,,,,", "INVALID_UID", "uid is +42; an integer"),
        ("room,-1,,,,,", "INVALID_UID", "uid is -1; an integer"),
        ("room,4294967296,,,,,", "INVALID_UID", "uid is 4294967296; an integer"),
        ("room,alice,,,,,", "INVALID_UID", "account takes a text"),
        ("room,,,,,,", "INVALID_UID", "uid is left out, and so is account"),
        ("room,1,alice,,,,", "INVALID_ROW", "account is given beside uid"),
        ("room,,undefined,,,,", "INVALID_USER_ACCOUNT", "a JavaScript program printed it"),
        ("room,,null,,,,", "INVALID_USER_ACCOUNT", "a JavaScript program printed it"),
        ("room,,*,,,,", "INVALID_USER_ACCOUNT", "it is a wildcard"),
        (",1,,,,,", "INVALID_CHANNEL_NAME", "channel is left out, and there is no --channel"),
        ("*,1,,,,,", "INVALID_CHANNEL_NAME", "which means any channel"),
        ("  ,1,,,,,", "INVALID_CHANNEL_NAME", "channel is blank"),
        ("zoë,1,,,,,", "INVALID_CHANNEL_NAME", "channel holds 'ë' at position 3"),
        ("\"a\r\nb\",1,,,,,", "INVALID_CHANNEL_NAME", "channel holds '\\r' at position 2"),
        ("room,1,,0,,,", "INVALID_ROLE", "role"),
        ("room,1,,admin,,,", "INVALID_ROLE", "role"),
        ("room,1,,Host,,,", "INVALID_ROLE", "role is Host; publisher or subscriber expected"),
        ("room,1,,,rtx,,", "INVALID_ROW", "services has rtx, which is none of rtc, rtm and chat"),
        ("room,1,,,+,,", "NO_SERVICES", "services must hold at least one service"),
        ("room,1,,,,25h,", "LIFETIME_OVER_A_DAY", "lifetime is 90000 seconds"),
        ("room,1,,,,0,", "TOKEN_EXPIRE_ZERO", "lifetime is 0"),
        ("room,1,,,,1700000000,", "TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP", "looks like a Unix timestamp"),
        ("room,1,,,,soon,", "INVALID_LIFETIME", "lifetime is soon; a whole number"),
        ("room,1,,,,,25h", "LIFETIME_OVER_A_DAY", "publish_lifetime is 90000 seconds"),
    ];
    for (row, code, reason) in cases {
        let input = format!("{HEADER}\nroom,1,,,,,\n{row}\nroom,2,,,,,");
        let outcome = batch("").input(input).run();
        assert_eq!(outcome.exit, 1, "{row}");
        let rows = rows(&outcome);
        let errors: Vec<_> = rows.iter().map(|row| row["error"].as_str().unwrap()).collect();
        let ["", error, ""] = errors.as_slice() else { panic!("{row}: {errors:?}") };
        assert!(error.starts_with(&format!("{code}: ")) && error.contains(reason), "{row}: {error}");
        assert_eq!((&rows[1]["token"], &rows[1]["expires_at"]), (&json!(""), &json!("")));
        assert!(outcome.stdout.contains(&format!("\n{row},,,,\"")), "{}", outcome.stdout);
        let told = format!("error[{code}]: standard input line 3: {}\n", error.split_once(": ").unwrap().1);
        let counted = "warning: 1 of 3 rows were refused; the output says why for each\n";
        assert_eq!(outcome.stderr, told + counted);
    }
}

#[test]
fn a_bad_line_of_json_keeps_its_place_and_says_why() {
    let unread = [
        ("nonsense", "INVALID_ROW", "", "the line is no JSON from column 2 on"),
        ("{\"uid\":1,", "INVALID_ROW", "", "the line is no JSON from column 9 on"),
        ("[1]", "INVALID_ROW", "", "the line is no JSON object"),
        ("\"text\"", "INVALID_ROW", "", "the line is no JSON object"),
        ("{\"uid\":1,\"UID\":2}", "INVALID_ROW", "uid", "uid is given twice"),
        ("{\"uid\":1,\"rol\":\"subscriber\"}", "INVALID_ROW", "", "rol is no column; role is one"),
        ("{\"uid\":1,\"token\":2}", "INVALID_ROW", "token", "token is a key of the output: rename or remove it"),
        ("{\"uid\":1,\"error\":2}", "INVALID_ROW", "error", "error is a key of the output: rename or remove it"),
    ];
    let refused = [
        ("{}", "INVALID_UID", "uid", "uid is left out"),
        ("{\"uid\":\"42\"}", "INVALID_UID", "uid", "uid is a text in quotes"),
        ("{\"uid\":42.0}", "INVALID_UID", "uid", "uid is 42.0; an integer"),
        ("{\"uid\":4e2}", "INVALID_UID", "uid", "uid is 4e2; an integer"),
        ("{\"uid\":-1}", "INVALID_UID", "uid", "uid is -1; an integer"),
        ("{\"uid\":4294967296}", "INVALID_UID", "uid", "uid is 4294967296; an integer"),
        ("{\"uid\":true}", "INVALID_UID", "uid", "uid is true; an integer"),
        ("{\"uid\":0}", "INVALID_UID", "uid", "uid is 0, which means any user"),
        ("{\"account\":42}", "INVALID_USER_ACCOUNT", "account", "account is no text in quotes"),
        ("{\"account\":\"\"}", "INVALID_USER_ACCOUNT", "account", "account is empty"),
        ("{\"uid\":1,\"channel\":\"*\"}", "INVALID_CHANNEL_NAME", "channel", "channel is \"*\""),
        ("{\"uid\":1,\"channel\":7}", "INVALID_CHANNEL_NAME", "channel", "channel is no text in quotes"),
        ("{\"uid\":1,\"role\":0}", "INVALID_ROLE", "role", ""),
        ("{\"uid\":1,\"services\":\"rtc\"}", "INVALID_ROW", "services", "services is no list"),
        ("{\"uid\":1,\"services\":[\"rtx\"]}", "INVALID_ROW", "services", "services has rtx, which is none of"),
        ("{\"uid\":1,\"services\":[]}", "NO_SERVICES", "services", ""),
        ("{\"uid\":1,\"lifetime\":1.5}", "INVALID_LIFETIME", "lifetime", "lifetime is 1.5"),
        ("{\"uid\":1,\"publish_lifetime\":0}", "TOKEN_EXPIRE_ZERO", "publish_lifetime", ""),
    ];
    for (line, code, field, reason) in unread.into_iter().chain(refused) {
        let input = format!("{{\"uid\":1}}\r\n \r\n{line}\r\n{{\"uid\":2}}");
        let outcome = json_lines("--channel room").input(input).run();
        assert_eq!(outcome.exit, 1, "{line}");
        let lines = lines(&outcome);
        let [first, bad, last] = lines.as_slice() else { panic!("{line}: {}", outcome.stdout) };
        assert!(first["token"].is_string() && last["token"].is_string());
        let error = &bad["error"];
        assert_eq!((&error["code"], &error["field"]), (&json!(code), &json!(field)), "{line}");
        assert!(error["reason"].as_str().unwrap().starts_with(reason), "{line}: {error}");
        if unread.iter().any(|(other, ..)| *other == line) {
            assert_eq!(*bad, json!({ "line": 3, "input": line, "error": error }));
        } else {
            assert!(outcome.stdout.contains(&format!("\n{},", line.trim_end_matches('}'))) || line == "{}", "{line}");
        }
        assert!(outcome.stderr.starts_with(&format!("error[{code}]: standard input line 3: ")), "{}", outcome.stderr);
    }
}

/// JSON can say it, and few readers take it.
#[test]
fn half_a_character_is_refused_where_it_matters() {
    let outcome = json_lines("").input(r#"{"account":"\ud800"}"#).run();
    let reason = "account escapes a character that does not exist";
    let error = json!({ "code": "INVALID_UTF8", "field": "account", "reason": reason, "fault": "caller" });
    assert_eq!(outcome.stdout, format!("{{\"account\":\"\\ud800\",\"error\":{error}}}\n"));
}

#[test]
fn a_row_that_is_no_row_comes_out_whole() {
    for (row, columns) in [("room", 1), ("room,1,2", 3), ("\"a\"\"\n,b\",1,\"c,d\"", 3), (" ", 1)] {
        let outcome = batch("").input(format!("channel,uid\n{row}\nroom,2\n")).run();
        let rows = rows(&outcome);
        let expected = json!({
            "channel": row, "uid": "", "token": "", "expires_at": "", "refresh_after": "",
            "error": format!("INVALID_ROW: the row has {columns} columns, the header 2"),
        });
        assert_eq!((rows.len(), &rows[0]), (2, &expected));
        assert!(rows[1]["token"].as_str().unwrap().starts_with("007"));
    }
}

#[test]
fn lines_are_counted_as_an_editor_does() {
    let input =
        "\u{feff}channel,uid,note\r\nroom,1,\"two\r\nlines\"\r\n\r\n\r\nroom,0,x\r\n\"a \"\"b\"\"\",2,\"\"\r\nroom,0,y";
    let outcome = batch("").input(input).run();
    let told: Vec<_> = outcome.stderr.lines().filter_map(|line| line.split(": ").nth(1)).collect();
    assert_eq!(told[..3], ["standard input line 6", "standard input line 7", "standard input line 8"]);
    // As the header, every row ends in CRLF, the last one too.
    assert!(outcome.stdout.starts_with("\u{feff}channel,uid,note,token,"));
    assert_eq!(outcome.stdout.matches("\r\n").count(), outcome.stdout.matches('\n').count());
    assert_eq!(rows(&outcome)[0]["note"], "two\r\nlines");

    let joined = batch("").input("channel,uid\nroom,1\n\u{feff}channel,uid\nroom,2\n").run();
    assert!(rows(&joined)[1]["error"].as_str().unwrap().contains("byte order mark"), "{}", joined.stdout);
    let outcome = json_lines("").input("\u{feff}{\"channel\":\"room\",\"uid\":1}").run();
    assert!(lines(&outcome)[0]["token"].is_string());
}

#[test]
fn bytes_that_are_no_text_are_refused_where_they_matter_and_kept() {
    let mut input = b"channel,uid,note\nroom,1,\xff\nr\xffm,2,x\n".to_vec();
    let output = run_bytes(&batch(""), &input);
    let (first, second) = {
        let mut lines = output.split(|byte| *byte == b'\n').skip(1);
        (lines.next().unwrap(), lines.next().unwrap())
    };
    assert!(first.starts_with(b"room,1,\xff,007"));
    assert_eq!(second, b"r\xffm,2,x,,,,\"INVALID_UTF8: channel is no UTF-8 text\"");

    input = b"{\"uid\":1}\n{\"uid\":2,\"note\":\"\xff\"}".to_vec();
    let output = String::from_utf8(run_bytes(&json_lines("--channel room"), &input)).unwrap();
    let line: Value = serde_json::from_str(output.lines().nth(1).unwrap()).unwrap();
    let reason = "the line is no UTF-8 text";
    let error = json!({ "code": "INVALID_UTF8", "field": "", "reason": reason, "fault": "caller" });
    assert_eq!(line, json!({ "line": 2, "inputBase64": "eyJ1aWQiOjIsIm5vdGUiOiL/In0=", "error": error }));
}

/// Standard output, whatever is in it.
fn run_bytes(call: &Call, input: &[u8]) -> Vec<u8> {
    let mut child = call.command().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap().stdout
}

#[test]
fn a_header_that_cannot_be_used_is_refused_before_anything_is_written() {
    for (header, reason) in [
        ("", "the file is empty; a header expected, as channel,uid"),
        ("\n\r\n", "the file is empty; a header expected, as channel,uid"),
        ("uid", "the header names no column channel, and there is no --channel for all rows"),
        ("channel,name", "the header names neither uid nor account"),
        ("channel;uid", "the header names neither uid nor account"),
        ("room,42", "the header names neither uid nor account"),
        ("{\"uid\":1}", "the first line is JSON, not a header; --format jsonl takes JSON lines"),
        (" {\"channel\": \"room\", \"uid\": 1}", "the first line is JSON, not a header; --format jsonl takes"),
        ("channel,uid\rroom,1", "a carriage return alone ends the header"),
        ("channel,uid,Uid", "the header names the column uid twice"),
        ("channel,uid,roles", "in the header roles is no column; role is one"),
        ("chanel,uid", "in the header chanel is no column; channel is one"),
        ("channel,uid,channel", "the header names the column channel twice"),
        ("channel,uid,token", "the header has a column token, which is for the output"),
        ("channel,uid, Error", "the header has a column error, which is for the output"),
        ("channel,uid,expires_at", "the header has a column expires_at, which is for the output"),
    ] {
        let input = format!("{header}\nroom,1\n");
        let outcome = batch("").input(if header.trim().is_empty() { header } else { &input }).run();
        assert_eq!((outcome.exit, outcome.stdout.as_str()), (2, ""), "{header}");
        let expected = format!("error[INVALID_ROW]: standard input: {reason}");
        assert!(outcome.stderr.starts_with(&expected), "{header}: {}", outcome.stderr);
        let outcome = batch("--json").input(if header.trim().is_empty() { header } else { &input }).run();
        assert_eq!(outcome.error(2), ("INVALID_ROW".into(), "".into()));
    }
    // Nobody needs a channel for these.
    assert_eq!(batch("--services rtm").input("uid\n1\n").run().exit, 0);
    assert_eq!(batch("").input("uid,services\n1,chat\n").run().exit, 0);
    assert_eq!(batch("--channel room").input("uid\n").run().ok(), "uid,token,expires_at,refresh_after,error\n");
    assert_eq!(json_lines("").input("").run().ok(), "");
}

#[test]
fn a_quote_that_is_not_closed_names_its_line() {
    let long = "\nroom,1".repeat(200_000);
    for (rest, reason) in [
        ("\nroom,1\n", "a quote is opened and not closed before the end of the file"),
        (long.as_str(), "the record is longer than 1 MiB; it looks as if a quote is opened and not closed"),
    ] {
        let outcome = batch("").input(format!("channel,uid\nroom,1\n\"room,2{rest}")).run();
        assert_eq!(outcome.exit, 2);
        assert_eq!(outcome.stderr, format!("error[INVALID_ROW]: standard input line 3: {reason}\n"));
        assert_eq!(rows(&outcome).len(), 1);
    }
    let outcome = json_lines("").input(vec![b' '; (1 << 20) + 2]).run();
    assert!(outcome.stderr.contains("standard input line 1: the record is longer than 1 MiB"), "{}", outcome.stderr);
    assert_eq!((outcome.exit, outcome.stdout.as_str()), (2, ""));
}

const MANY: usize = 25_000;

/// Rows of which every 997th is bad, in blocks that end anywhere.
#[test]
fn nothing_is_lost_and_all_is_in_order() {
    let uid = |row: usize| if row.is_multiple_of(997) { 0 } else { row };
    let note = |row: usize| "n\"".repeat(row % 7);
    let quoted = |text: String| format!("\"{}\"", text.replace('"', "\"\""));
    let bad = MANY / 997;
    let table: String =
        (1..=MANY).map(|row| format!("room {},{},{}\n", row % 13, uid(row), quoted(note(row)))).collect();
    let outcome = batch("--json").input(format!("channel,uid,note\n{table}")).run();
    let objects: String = (1..=MANY)
        .map(|row| {
            json!({ "channel": format!("room {}", row % 13), "uid": uid(row), "note": note(row) }).to_string() + "\n"
        })
        .collect();
    let json_outcome = json_lines("--json").input(objects).run();
    for (outcome, header) in [(&outcome, 1), (&json_outcome, 0)] {
        assert_eq!(outcome.exit, 1);
        let told: Vec<_> = outcome.stderr.lines().collect();
        let line =
            |refusal: usize| format!("error[INVALID_UID]: standard input line {}: uid is 0", header + 997 * refusal);
        assert!((1..=20).all(|refusal| told[refusal - 1].starts_with(&line(refusal))), "{}", outcome.stderr);
        assert_eq!(told[20], format!("warning: {bad} of {MANY} rows were refused; the output says why for each"));
        let summary: Value = serde_json::from_str(told[21]).unwrap();
        assert_eq!(summary["rows"], MANY);
        assert_eq!((&summary["minted"], &summary["refused"]), (&json!(MANY - bad), &json!(bad)));
        assert!(summary["seconds"].is_f64() && told.len() == 22);
    }
    let (rows, lines) = (rows(&outcome), lines(&json_outcome));
    assert_eq!((rows.len(), lines.len()), (MANY, MANY));
    for (row, (cells, object)) in (1..).zip(rows.iter().zip(&lines)) {
        let channel = format!("room {}", row % 13);
        assert_eq!((&cells["channel"], &object["channel"]), (&json!(channel), &json!(channel)));
        assert_eq!((&cells["note"], &object["note"]), (&json!(note(row)), &json!(note(row))));
        assert_eq!((&cells["uid"], &object["uid"]), (&json!(uid(row).to_string()), &json!(uid(row))));
        let expected = Expected::new().channel(channel).uid(u32::try_from(row).unwrap());
        for token in [&cells["token"], &object["token"]] {
            let token = token.as_str().unwrap_or_default();
            assert_eq!(verifier().verdict(token, &expected).is_valid(), row % 997 != 0, "{row}");
        }
        assert_eq!(object["error"]["code"] == "INVALID_UID", row % 997 == 0);
    }
}

#[test]
fn command_lines_that_do_not_fit_are_usage_errors() {
    for words in [
        "mint --batch - rtc --channel room --uid 1",
        "mint --channel room",
        "mint --lifetime 1h rtc --channel room --uid 1",
        "mint --json",
        "mint --batch",
        "mint --batch - --format xml",
        "mint --batch users.txt",
        "mint --batch users",
        "mint --batch - --force",
        "mint --batch - --salt 1",
        "mint --batch - --issue-ts 1",
        "mint --batch - --token-version 006",
        "mint --batch - --output /dev/null --force --channel room",
    ] {
        let outcome = call(words.split(' ').chain(["--json"])).input("uid\n").run();
        assert_eq!(outcome.error(2), ("USAGE".into(), "".into()), "{words}");
    }
    for (options, code) in [
        ("--channel *", "INVALID_CHANNEL_NAME"),
        ("--role admin", "INVALID_ROLE"),
        ("--lifetime 25h", "LIFETIME_OVER_A_DAY"),
        ("--services rtx", "UNKNOWN_OPTION"),
        ("--services +", "NO_SERVICES"),
    ] {
        let outcome = batch(&format!("{options} --json")).input("channel,uid\n").run();
        assert_eq!(outcome.error(2).0, code, "{options}");
    }
    let outcome = call(["mint", "--batch", "no-such-file.csv", "--json"]).run();
    assert_eq!(outcome.error(4), ("IO".into(), "".into()));
    assert!(!outcome.stderr.contains("no-such-file"), "it may be a certificate");
}

#[test]
fn an_output_file_is_whole_or_not_there() {
    let input = file("users.csv", "channel,uid\nroom,1\n");
    let folder = input.parent().unwrap();
    let output = folder.join("tokens.csv");
    let run = |options: &[&str]| {
        let words = ["mint", "--batch", input.to_str().unwrap(), "--output", output.to_str().unwrap()];
        call(words.iter().chain(options)).run()
    };
    let names = || {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };

    assert_eq!(run(&[]).ok(), "");
    let first = fs::read_to_string(&output).unwrap();
    assert!(first.starts_with("channel,uid,token,expires_at,refresh_after,error\nroom,1,007"), "{first}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&output).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let again = run(&["--json"]);
    assert_eq!(again.error(2).0, "USAGE");
    assert_eq!(fs::read_to_string(&output).unwrap(), first);
    assert_eq!(run(&["--force"]).ok(), "");
    assert_ne!(fs::read_to_string(&output).unwrap(), first);

    fs::remove_file(&output).unwrap();
    fs::write(&input, "channel,uid\nroom,1\nroom,\"2\n").unwrap();
    assert_eq!(run(&["--json"]).error(2).0, "INVALID_ROW");
    assert_eq!(names(), ["users.csv"]);
    fs::write(&input, "channel,uid\nroom,0\n").unwrap();
    let refused = run(&[]);
    assert!(refused.stderr.contains("users.csv line 2: uid is 0"), "{}", refused.stderr);
    assert_eq!((refused.exit, names().len()), (1, 2));
}

#[cfg(unix)]
#[test]
fn a_signal_leaves_no_part_of_an_output_file() {
    use std::os::unix::process::ExitStatusExt;

    for signal in [libc::SIGINT, libc::SIGTERM] {
        let output = file("interrupted.csv", "");
        fs::remove_file(&output).unwrap();
        let folder = output.parent().unwrap();
        let parts = || fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
        let mut child =
            batch("--output").command().arg(&output).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(b"channel,uid\nroom,1\n").unwrap();
        while parts().first().is_none_or(|part| !fs::read_to_string(part).unwrap().contains("room,1,007")) {
            assert!(child.try_wait().unwrap().is_none());
            std::thread::yield_now();
        }
        let pid = libc::pid_t::try_from(child.id()).unwrap();
        // SAFETY: the child was not waited for, so the process is still there.
        assert_eq!(unsafe { libc::kill(pid, signal) }, 0);
        assert_eq!(child.wait().unwrap().signal(), Some(signal));
        assert_eq!(parts(), Vec::<PathBuf>::new());
    }
}

#[test]
fn the_extension_says_what_is_in_the_file() {
    for (name, content) in [
        ("table.CSV", "channel,uid\nroom,1\n"),
        ("objects.jsonl", "{\"channel\":\"room\",\"uid\":1}\n"),
        ("others.ndjson", "{\"channel\":\"room\",\"uid\":1}\n"),
    ] {
        let file = file(name, content);
        let outcome = call(["mint", "--batch", file.to_str().unwrap()]).run();
        assert!(outcome.ok().contains("007"), "{name}");
    }
    let file = file("table.txt", "channel,uid\nroom,1\n");
    assert_eq!(call(["mint", "--batch", file.to_str().unwrap(), "--format", "csv"]).run().exit, 0);
}

#[test]
fn misplaced_secrets_stay_out_of_errors() {
    let token = mint("fpa");
    for secret in [OTHER_CERTIFICATE, token.as_str()] {
        for column in ["channel", "uid", "account", "role", "services", "lifetime", "publish_lifetime"] {
            let user = if matches!(column, "uid" | "account") { "x" } else { "uid" };
            let outcome = batch("").input(format!("{column},{user},{secret}\n{secret},1,\n")).run();
            assert!(!outcome.stderr.contains(secret), "{column}: {}", outcome.stderr);
            let outcome = batch("").input(format!("channel,{user},{column}\nroom,1,{secret}\n")).run();
            assert!(!outcome.stderr.contains(secret), "{column}: {}", outcome.stderr);
            for value in [format!("\"{secret}\""), format!("[\"{secret}\"]")] {
                let line = format!("{{\"{column}\":{value},\"{user}\":1}}\n\"{secret}\"\n{secret}");
                let outcome = json_lines("--channel room").input(line).run();
                assert!(!outcome.stderr.contains(secret), "{column}: {}", outcome.stderr);
                assert_eq!(outcome.exit, 1);
            }
        }
        for words in [["--batch", secret, "--format"], ["--batch", "-", "--output"]] {
            let last = if words[2] == "--format" { "csv".to_owned() } else { format!("/no/{secret}") };
            let outcome = call(["mint", "--channel", "room"].into_iter().chain(words).chain([last.as_str()]));
            let outcome = outcome.input("uid\n").run();
            assert!(outcome.exit == 4 && !outcome.stderr.contains(secret), "{}", outcome.stderr);
        }
    }
}

#[test]
fn a_reader_that_left_is_no_failure() {
    let input = "channel,uid\n".to_owned() + &"room,1\n".repeat(100_000);
    let file = file("left.csv", input);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let call = call(["mint", "--batch", file.to_str().unwrap()]);
    let output = call.command().stdout(writer).stderr(Stdio::piped()).output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure_of_the_system() {
    let file = file("full.csv", "channel,uid\nroom,1\n");
    let full = fs::File::create("/dev/full").unwrap();
    let call = call(["mint", "--batch", file.to_str().unwrap()]);
    let output = call.command().stdout(full).stderr(Stdio::piped()).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4));
    assert!(stderr.starts_with("error[IO]: cannot write to standard output: "), "{stderr}");
}

/// However many rows, and each comes out without waiting for the end of the input.
#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded_and_rows_do_not_wait() {
    /// 100 MB, which are read faster than they are minted for.
    const ROWS: usize = 100_000;
    const NOTE: usize = 1000;
    const LIMIT_KIB: u64 = 32 << 10;
    let mut child =
        batch("").command().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    let writer = std::thread::spawn(move || {
        let note = "n".repeat(NOTE);
        writeln!(stdin, "channel,uid,note").unwrap();
        for first in (1..=ROWS).step_by(100) {
            let rows: String = (first..first + 100).map(|row| format!("room,{row},{note}\n")).collect();
            stdin.write_all(rows.as_bytes()).unwrap();
        }
        // A row that is not whole yet holds back none of those before it.
        stdin.write_all(b"room,7,half").unwrap();
        stdin
    });
    assert!(output.next().unwrap().unwrap().starts_with("channel,uid,note,token"));
    for row in 1..=ROWS {
        let line = output.next().unwrap().unwrap();
        assert!(line.starts_with(&format!("room,{row},n")) && line.contains(",007"), "{row}");
    }
    // The input is still open here.
    let stdin = writer.join().unwrap();
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")).unwrap();
    assert!(peak.parse::<u64>().unwrap() < LIMIT_KIB, "{peak} KiB");
    drop(stdin);
    assert!(child.wait().unwrap().success());
    assert!(output.next().unwrap().unwrap().starts_with("room,7,half,007"));
    assert!(output.next().is_none());
}
