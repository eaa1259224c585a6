//! Channels, users and rooms: what each text or number is taken for, and what is refused.

use std::num::NonZeroU32;

use agora_token::{Channel, ChannelName, Error, ErrorCode, Room, User, UserAccount};
use serde_json::json;

fn uid(uid: u32) -> User<'static> {
    User::Uid(NonZeroU32::new(uid).unwrap())
}

fn account(text: &'static str) -> User<'static> {
    User::Account(UserAccount::new(text).unwrap())
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> (ErrorCode, &'static str) {
    let error = result.unwrap_err();
    (error.code(), error.field())
}

#[test]
fn a_text_from_outside_is_a_uid_or_an_account() {
    for (text, user) in [
        ("1", uid(1)),
        ("42", uid(42)),
        ("4294967295", uid(u32::MAX)),
        ("alice", account("alice")),
        ("42a", account("42a")),
        ("4 2", account("4 2")),
        ("-", account("-")),
        (" alice ", account(" alice ")),
        ("+x", account("+x")),
    ] {
        assert_eq!(User::from_text(text), Ok(user.clone()), "{text:?}");
        assert_eq!(text.parse::<User>(), Ok(user), "{text:?}");
    }
    for text in ["0", "00", "042", " 42", "42 ", "+42", "-1", "--1", "4294967296", "99999999999999999999"] {
        assert_eq!(refusal(User::from_text(text)), (ErrorCode::InvalidUid, "user"), "{text:?}");
        assert_eq!(refusal(text.parse::<User>()), (ErrorCode::InvalidUid, "user"), "{text:?}");
    }
    assert!(User::from_text("0").unwrap_err().reason().contains("any user"));
    assert!(User::from_text("042").unwrap_err().reason().contains("looks like a uid"));
    for text in ["", " \u{7}", "*", "undefined", "null", "NaN", "[object Object]", "None", "nil", "<nil>"] {
        assert_eq!(refusal(User::from_text(text)), (ErrorCode::InvalidUserAccount, "user"), "{text:?}");
    }
}

#[test]
fn a_number_in_json_is_a_uid_and_a_string_a_text_from_outside() {
    assert_eq!(User::from_json(&json!(42)), Ok(uid(42)));
    assert_eq!(User::from_json(&json!("42")), Ok(uid(42)));
    assert_eq!(User::from_json(&json!("alice")), Ok(account("alice")));
    for number in [json!(0), json!(-1), json!(4_294_967_296_u64), json!(1.5)] {
        assert_eq!(refusal(User::from_json(&number)), (ErrorCode::InvalidUid, "user"), "{number}");
    }
    for (value, kind) in
        [(json!(null), "null"), (json!(true), "a boolean"), (json!([1]), "an array"), (json!({}), "an object")]
    {
        let error = User::from_json(&value).unwrap_err();
        assert_eq!((error.code(), error.field()), (ErrorCode::InvalidUserAccount, "user"));
        assert_eq!(error.reason(), format!("is {kind}; a number or a string expected"));
    }
}

/// Where a program gives a user, a number is a uid and a text an account, be it of digits.
#[test]
fn a_program_gives_numbers_and_texts() {
    assert_eq!(User::uid(7), Ok(uid(7)));
    assert_eq!(refusal(User::uid(0)), (ErrorCode::InvalidUid, "uid"));
    assert_eq!(User::any(), User::Any);
    assert_eq!(User::try_from(42u32), Ok(uid(42)));
    assert_eq!(User::try_from(42i32), Ok(uid(42)));
    assert_eq!(User::try_from(u64::from(u32::MAX)), Ok(uid(u32::MAX)));
    assert_eq!(User::try_from(42i64), Ok(uid(42)));
    for refused in [User::try_from(-1i32), User::try_from(1u64 << 32), User::try_from(0u32), User::try_from(-1i64)] {
        assert_eq!(refusal(refused), (ErrorCode::InvalidUid, "uid"));
    }
    assert_eq!(User::try_from("42"), Ok(account("42")));
    assert_eq!(User::try_from("42".to_owned()), Ok(account("42")));
    assert_eq!(User::try_from(User::account("alice")), Ok(account("alice")));
    assert_eq!(refusal(User::try_from(User::account(""))), (ErrorCode::InvalidUserAccount, "account"));
    let owned = |user: User<'_>| user.into_owned();
    for user in [uid(42), account("alice"), User::Any] {
        assert_eq!(owned(user.clone()), user);
    }
}

#[test]
fn accounts_have_1_to_255_bytes_and_no_control_characters() {
    for text in ["a", "0a", "null.", &"a".repeat(255), &"é".repeat(127), "日本"] {
        assert_eq!(UserAccount::new(text).unwrap().as_str(), text);
        assert_eq!(User::account(text), Ok(User::Account(UserAccount::new(text).unwrap())));
    }
    for (text, reason) in [
        ("", "is empty, which means any user; 1 to 255 bytes expected"),
        (&*"a".repeat(256), "has 256 bytes, at most 255 expected"),
        (&*"é".repeat(128), "has 256 bytes, at most 255 expected"),
        ("a\0", "holds the control character '\\0' at position 2"),
        ("é\u{85}a", "holds the control character '\\u{85}' at position 2"),
        ("0", "is \"0\": it is text, not the uid 0, and names a user called 0"),
        ("*", "is \"*\": it is a wildcard; ask for any user by name"),
    ] {
        let error = UserAccount::new(text).unwrap_err();
        assert_eq!((error.code(), error.field()), (ErrorCode::InvalidUserAccount, "account"));
        assert_eq!(error.reason(), reason);
    }
}

#[test]
fn channels_have_1_to_63_documented_characters() {
    let punctuation = agora_token::identity::CHANNEL_NAME_PUNCTUATION;
    assert_eq!(punctuation.len(), 27);
    for name in ["room", " a ", punctuation, &"r".repeat(63), "aZ09"] {
        assert_eq!(ChannelName::new(name).unwrap().as_str(), name);
        assert_eq!(Channel::named(name).unwrap().as_str(), name);
        assert_eq!(Channel::try_from(name), Channel::named(name));
        assert_eq!(Channel::try_from(name.to_owned()), Channel::named(name));
        assert_eq!(Channel::named(name).unwrap().into_owned(), Channel::named(name).unwrap());
    }
    for (name, reason) in [
        ("", "is blank, which means any channel; name one channel"),
        ("  ", "is blank, which means any channel; name one channel"),
        ("*", "is \"*\", which means any channel; name one channel"),
        (&*"r".repeat(64), "has 64 bytes, at most 63 expected"),
        (&*format!("{}*", "r".repeat(62)), "holds '*' at position 63;"),
        (&*format!("{}é", "r".repeat(62)), "has 64 bytes, at most 63 expected"),
        ("rö", "holds 'ö' at position 2;"),
        ("a*", "holds '*' at position 2;"),
        ("a\0", "holds '\\0' at position 2;"),
        ("a/b", "holds '/' at position 2;"),
        ("日", "holds '日' at position 1;"),
    ] {
        let error = ChannelName::new(name).unwrap_err();
        assert_eq!((error.code(), error.field()), (ErrorCode::InvalidChannelName, "channel"));
        assert!(error.reason().starts_with(reason), "{name:?}: {}", error.reason());
        assert_eq!(Channel::try_from(Channel::named(name)), Err(error));
    }
    assert_eq!((Channel::any(), Channel::Any.as_str()), (Channel::Any, "*"));
    assert_eq!(Channel::any().into_owned(), Channel::Any);
}

#[test]
fn a_room_has_a_uuid_and_a_role() {
    let room = Room::new("r-1", -3).unwrap();
    assert_eq!((room.uuid(), room.role()), ("r-1", -3));
    assert_eq!(room.clone().into_owned(), room);
    for (uuid, reason) in [
        ("", "is empty; 1 to 255 bytes expected"),
        ("*", "is \"*\"; name one room"),
        ("a\n", "holds the control character '\\n' at position 2"),
    ] {
        let error = Room::new(uuid, 1).unwrap_err();
        assert_eq!((error.code(), error.field()), (ErrorCode::InvalidRoomUuid, "room_uuid"));
        assert_eq!(error.reason(), reason);
    }
}
