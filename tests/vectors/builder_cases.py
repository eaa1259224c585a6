"""The cases of builder-refusals.json: every argument of every one-call builder, one value at a time."""

from builders import BUILDERS_006, BUILDERS_007, IDS, PREFIX, arguments, mint
from malformed_cases import APP_ID, CERTIFICATE, bad_ids
from reference import MAX_TEXT_SIZE

NOW = 1_700_000_000

# what every call passes unless a case changes it
PLAIN = {
    "app_id": APP_ID,
    "app_certificate": CERTIFICATE,
    "channel_name": "room-1",
    "uid": 42,
    "user_account": "alice",
    "user_id": "alice",
    "rtc_account": "alice",
    "rtm_user_id": "alice-rtm",
    "room_uuid": "room-1",
    "user_uuid": "alice",
    "role": 1,
    "rtc_role": 1,
    "token_expire": 3600,
    "rtc_token_expire": 3600,
    "rtm_token_expire": 1800,
    "privilege_expire": 600,
    "join_channel_privilege_expire": 601,
    "pub_audio_privilege_expire": 602,
    "pub_video_privilege_expire": 603,
    "pub_data_stream_privilege_expire": 604,
    "privilege_expired_ts": NOW + 3600,
    "permissions": {"0": {"0": ["news", "weather"], "1": ["news"]}},
}

# name, comment, flag, value, code
CHANNELS = (
    ("empty", "an empty channel: any channel", "ChannelWildcard", "", "INVALID_CHANNEL_NAME"),
    ("blank", "a channel of spaces: any channel", "ChannelWildcard", "   ", "INVALID_CHANNEL_NAME"),
    ("asterisk", "the channel *: any channel", "ChannelWildcard", "*", "INVALID_CHANNEL_NAME"),
    ("64_bytes", "a channel of 64 bytes", "ChannelLimit", "c" * 64, "INVALID_CHANNEL_NAME"),
    ("slash", "a channel with a slash", "ChannelCharacters", "a/b", "INVALID_CHANNEL_NAME"),
    ("asterisk_inside", "a channel with an asterisk", "ChannelCharacters", "a*b", "INVALID_CHANNEL_NAME"),
    ("quote", "a channel with a quotation mark", "ChannelCharacters", 'a"b', "INVALID_CHANNEL_NAME"),
    ("newline", "a channel that ends in a newline", "ChannelCharacters", "room\n", "INVALID_CHANNEL_NAME"),
    ("control", "a channel with a control character", "ChannelCharacters", "a\u0001b", "INVALID_CHANNEL_NAME"),
    ("not_ascii", "a channel outside ASCII", "ChannelCharacters", "频道", "INVALID_CHANNEL_NAME"),
    ("1_byte", "a channel of one byte", "ChannelLimit", "c", "ok"),
    ("63_bytes", "a channel of 63 bytes", "ChannelLimit", "c" * 63, "ok"),
    ("letters", "letters and digits", "ChannelCharacters", "abcxyzABCXYZ0123456789", "ok"),
    (
        "punctuation",
        "every documented character that is no letter or digit",
        "ChannelCharacters",
        "a !#$%&()+-:;<=.>?@[]^_{}|~,",
        "ok",
    ),
)


def users(code):
    return (
        ("empty", "no user: any user", "AnyUser", "", code),
        ("256_bytes", "a user of 256 bytes", "UserLimit", "u" * 256, code),
        ("256_bytes_128_characters", "a user of 128 characters and 256 bytes", "UserLimit", "é" * 128, code),
        ("asterisk", "the user *: any user", "AnyUser", "*", code),
        ("newline", "a user that ends in a newline", "UserCharacters", "alice\n", code),
        ("control", "a user with a control character", "UserCharacters", "AAAA\x7f\x7f\x06\x01zz", code),
        ("control_latin1", "a user with a control character outside ASCII", "UserCharacters", "a\u0085b", code),
        ("asterisk_inside", "a user with an asterisk", "UserCharacters", "a*", "ok"),
        ("255_bytes", "a user of 255 bytes", "UserLimit", "u" * 255, "ok"),
        ("not_ascii", "a user outside ASCII", "UserLimit", "ユーザー", "ok"),
        ("text_zero", 'the user "0", which is not uid 0', "AnyUser", "0", "ok"),
    )


UIDS = (
    ("0", "uid 0: any user, as documented", "AnyUser", 0, "ok"),
    ("1", "the smallest uid that names a user", "UnsignedUid", 1, "ok"),
    ("2147483648", "a uid that is negative as a signed number", "UnsignedUid", 1 << 31, "ok"),
    ("4294967295", "the largest uid", "UnsignedUid", (1 << 32) - 1, "ok"),
)
ROLES_007 = (
    ("0", "role 0, which only AccessToken knows", "UnknownRole", 0, "INVALID_ROLE"),
    ("3", "a role that does not exist", "UnknownRole", 3, "INVALID_ROLE"),
    ("101", "role 101, which only AccessToken knows", "UnknownRole", 101, "INVALID_ROLE"),
    ("4294967295", "-1 as an unsigned number", "UnknownRole", (1 << 32) - 1, "INVALID_ROLE"),
    ("2", "a subscriber", "Plain", 2, "ok"),
)
ROLES_006 = (
    ("3", "a role that does not exist", "UnknownRole", 3, "INVALID_ROLE"),
    ("102", "a role that does not exist", "UnknownRole", 102, "INVALID_ROLE"),
    ("0", "an attendee", "Plain", 0, "ok"),
    ("2", "a subscriber", "Plain", 2, "ok"),
    ("101", "an admin", "Plain", 101, "ok"),
)
APAAS_ROLES = tuple(
    (str(role).replace("-", "minus_"), f"role {role}", "Plain", role, "ok") for role in (-32_768, -1, 0, 32_767)
)
TOKEN_EXPIRES = (
    ("0", "a token that expires as it is made", "ExpiresAtOnce", 0, "TOKEN_EXPIRE_ZERO"),
    (
        "1000000000",
        "the first lifetime that looks like a time",
        "AbsoluteForRelative",
        10**9,
        "TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP",
    ),
    ("1700000000", "a Unix time", "AbsoluteForRelative", NOW, "TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP"),
    (
        "4294967295",
        "-1 as an unsigned number",
        "AbsoluteForRelative",
        (1 << 32) - 1,
        "TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP",
    ),
    ("1", "a lifetime of one second", "Plain", 1, "ok"),
    ("999999999", "the longest lifetime", "AbsoluteForRelative", 999_999_999, "ok"),
)
PRIVILEGE_EXPIRES = (
    (
        "1000000000",
        "the first lifetime that looks like a time",
        "AbsoluteForRelative",
        10**9,
        "PRIVILEGE_EXPIRE_LOOKS_LIKE_TIMESTAMP",
    ),
    ("1700000000", "a Unix time", "AbsoluteForRelative", NOW, "PRIVILEGE_EXPIRE_LOOKS_LIKE_TIMESTAMP"),
    ("0", "no limit of its own", "Plain", 0, "ok"),
    ("999999999", "the longest lifetime, also beyond the token's", "AbsoluteForRelative", 999_999_999, "ok"),
)
EXPIRED_TS = (
    ("1", "one second after 1970 began", "RelativeForAbsolute", 1, "PRIVILEGE_EXPIRED_TS_LOOKS_LIKE_DURATION"),
    ("3600", "an hour, not a time", "RelativeForAbsolute", 3600, "PRIVILEGE_EXPIRED_TS_LOOKS_LIKE_DURATION"),
    (
        "999999999",
        "the last number that looks like a duration",
        "RelativeForAbsolute",
        999_999_999,
        "PRIVILEGE_EXPIRED_TS_LOOKS_LIKE_DURATION",
    ),
    ("0", "no limit of its own", "Plain", 0, "ok"),
    ("1000000000", "the first number that looks like a time", "RelativeForAbsolute", 10**9, "ok"),
    ("4294967295", "the last time there is", "Plain", (1 << 32) - 1, "ok"),
)
PERMISSIONS = (
    (
        "resource_65536_bytes",
        "a resource of 65536 bytes",
        "TextTooLong",
        {"0": {"0": [{"repeat": ["r", MAX_TEXT_SIZE + 1]}]}},
        "INVALID_PERMISSIONS",
    ),
    ("none", "no permissions at all", "Plain", {}, "ok"),
    ("empty_list", "a permission for no resource", "Plain", {"1": {"1": []}}, "ok"),
    ("empty_resource", "a resource without a name", "Plain", {"4": {"0": [""]}}, "ok"),
    ("largest_types", "the largest resource and permission types", "Plain", {"65535": {"65535": ["r"]}}, "ok"),
)


def ids(kind, flag, code):
    digits = PLAIN[kind]
    values = (
        *bad_ids(digits),
        ("31", "of 31 digits", digits[:31]),
        ("33", "of 33 digits", digits + "0"),
        ("leading_space", "of a space and 31 digits", " " + digits[:31]),
    )
    return tuple((name, f"{kind} {comment}", flag, value, code) for name, comment, value in values)


ARGUMENTS = {
    "app_id": ids("app_id", "BadAppId", "INVALID_APP_ID"),
    "app_certificate": ids("app_certificate", "BadCertificate", "INVALID_APP_CERTIFICATE"),
    "channel_name": CHANNELS,
    "uid": UIDS,
    "user_account": users("INVALID_USER_ACCOUNT"),
    "rtc_account": users("INVALID_USER_ACCOUNT"),
    "user_id": users("INVALID_USER_ID"),
    "rtm_user_id": users("INVALID_USER_ID"),
    "room_uuid": users("INVALID_ROOM_UUID"),
    "user_uuid": users("INVALID_USER_UUID"),
    "role": ROLES_007,
    "rtc_role": ROLES_007,
    "token_expire": TOKEN_EXPIRES,
    "rtc_token_expire": TOKEN_EXPIRES,
    "rtm_token_expire": TOKEN_EXPIRES,
    "permissions": PERMISSIONS,
    "privilege_expire": PRIVILEGE_EXPIRES,
    "join_channel_privilege_expire": PRIVILEGE_EXPIRES,
    "pub_audio_privilege_expire": PRIVILEGE_EXPIRES,
    "pub_video_privilege_expire": PRIVILEGE_EXPIRES,
    "pub_data_stream_privilege_expire": PRIVILEGE_EXPIRES,
    "privilege_expired_ts": EXPIRED_TS,
}


# These two have every way of getting an id wrong; the others, which share the check, have the first three.
WITH_EVERY_ID = ("token_with_uid", "token2_with_uid")


def values(function, argument):
    if argument in IDS and function not in WITH_EVERY_ID:
        return ARGUMENTS[argument][:3]
    if argument == "role" and function in BUILDERS_006:
        return ROLES_006
    if argument == "role" and function.endswith("room_user_token2"):
        return APAAS_ROLES
    return ARGUMENTS[argument]


def case(function, args, name, comment, flag, code, field=None):
    document = {
        "id": name,
        "comment": comment,
        "flags": [flag],
        "function": PREFIX + function,
        "args": args,
        "expect": code,
    }
    return document | ({"token": mint(function, args)} if code == "ok" else {"field": field})


def cases_of(function):
    plain = {name: PLAIN[name] for name in arguments(function)}
    yield case(function, plain, f"{function}_plain", "nothing unusual", "Plain", "ok")
    for argument in plain:
        for name, comment, flag, value, code in values(function, argument):
            yield case(
                function, plain | {argument: value}, f"{function}_{argument}_{name}", comment, flag, code, argument
            )


def cases():
    return [document for function in (*BUILDERS_006, *BUILDERS_007) for document in cases_of(function)]
