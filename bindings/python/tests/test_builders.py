"""The one-call builders: what they make, and what each of their arguments must not be."""

import inspect as introspection
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from agora_token import Role, RtcTokenBuilder, RtmTokenBuilder, access_token_006, inspect
from samples import APP_ID, BUILDERS, CERTIFICATE, NOW, REFUSED, Builder, verify

EVERY = [pytest.param(builder, id=name) for name, builder in BUILDERS.items()]

NO_INT = [None, True, False, 1.0, float("nan"), "1", b"1", [], object()]
NO_STR = [None, True, 1, 1.5, b"room", bytearray(b"room"), ["room"], object()]
OUT_OF_U32 = [-1, 2**32, 2**64, -(2**64), 10**5000]

UID = "INVALID_UID", [*NO_INT, *OUT_OF_U32]
ROLE = "INVALID_ROLE", [*NO_INT, *OUT_OF_U32, 3, 102]
LIFETIME = (
    "INVALID_LIFETIME",
    [
        *NO_INT,
        *OUT_OF_U32,
        timedelta(seconds=-1),
        timedelta(microseconds=1),
        timedelta(hours=1, milliseconds=500),
        timedelta(seconds=2**32),
        timedelta.max,
        timedelta.min,
        datetime.now(timezone.utc),
    ],
)
TIMESTAMP = (
    "INVALID_TIMESTAMP",
    [
        *NO_INT,
        *OUT_OF_U32,
        datetime.now(),
        datetime(1969, 12, 31, tzinfo=timezone.utc),
        datetime(2106, 2, 8, tzinfo=timezone.utc),
        datetime(9999, 12, 31, tzinfo=timezone.utc),
        timedelta(hours=1),
    ],
)

WRONG: dict[str, tuple[str, list[Any]]] = {
    "app_id": ("INVALID_APP_ID", [*NO_STR, "", APP_ID[:-1], APP_ID + "\n", " " + APP_ID, APP_ID[:-1] + "g"]),
    "app_certificate": (
        "INVALID_APP_CERTIFICATE",
        [*NO_STR, CERTIFICATE.encode(), "", CERTIFICATE + "\n", CERTIFICATE[:-2] + "  ", "\uff10" * 32],
    ),
    "channel_name": ("INVALID_CHANNEL_NAME", [*NO_STR, "", " ", "*", "a" * 64, "a/b", "r\u00f6om", "room\n", "a\0b"]),
    "uid": UID,
    "account": ("INVALID_USER_ACCOUNT", [*NO_STR, 42, "", "a" * 256, "\u00e4" * 128]),
    "user_account": ("INVALID_USER_ACCOUNT", [*NO_STR, "", "a" * 256]),
    "rtc_account": ("INVALID_USER_ACCOUNT", [*NO_STR, "", "a" * 256]),
    "user_id": ("INVALID_USER_ID", [*NO_STR, "", "a" * 256]),
    "rtm_user_id": ("INVALID_USER_ID", [*NO_STR, "", "a" * 256]),
    "room_uuid": ("INVALID_ROOM_UUID", [*NO_STR, "", "a" * 256]),
    "user_uuid": ("INVALID_USER_UUID", [*NO_STR, "", "a" * 256]),
    "rtc_role": (ROLE[0], [*ROLE[1], 0, 101]),
    "privilege_expired_ts": TIMESTAMP,
    "permissions": (
        "INVALID_PERMISSIONS",
        [
            None,
            1,
            "read",
            [],
            {0: None},
            {0: {0: None}},
            {0: {0: "abc"}},
            {0: {0: b"abc"}},
            {0: {0: [1]}},
            {0: {0: [None]}},
            {"0": {0: []}},
            {True: {0: []}},
            {-1: {0: []}},
            {2**16: {0: []}},
            {0: {2**16: []}},
            {0: {"read": []}},
        ],
    ),
}
"""The code and the wrong values of every argument that has the same everywhere; lifetimes and roles are below."""


def wrong_values(builder: Builder, name: str) -> tuple[str, list[Any]]:
    if name == "role":
        if "room_uuid" in builder.arguments:
            return "INVALID_ROLE", [*NO_INT, -(2**15) - 1, 2**15]
        return ROLE if "privilege_expired_ts" in builder.arguments else (ROLE[0], [*ROLE[1], 0, 101])
    return LIFETIME if name.endswith("expire") else WRONG[name]


@pytest.mark.parametrize("builder", EVERY)
def test_signature_names_the_official_arguments(builder: Builder) -> None:
    parameters = introspection.signature(builder.call).parameters
    assert list(parameters) == [*builder.keywords, "issue_ts", "salt"]
    defaults = {name: p.default for name, p in parameters.items() if p.default is not introspection.Parameter.empty}
    of_tests = {"issue_ts": None, "salt": None}
    assert defaults in (of_tests, {"privilege_expire": 0, **of_tests})
    assert all(parameters[name].kind is introspection.Parameter.KEYWORD_ONLY for name in of_tests)


@pytest.mark.parametrize("builder", EVERY)
def test_time_and_salt_can_be_given(builder: Builder) -> None:
    first, second = (builder.call(**builder.keywords, issue_ts=NOW - 5, salt=7) for _ in range(2))
    assert first == second
    read = inspect(first)
    assert read.salt == 7
    issued_at = read.expires_at - 86_400 if isinstance(read, access_token_006.UnverifiedToken) else read.issue_ts
    assert issued_at == NOW - 5
    assert inspect(builder.call(**builder.keywords, salt=7)).salt == 7
    wrong: dict[str, tuple[str, list[Any]]] = {
        "issue_ts": ("INVALID_TIMESTAMP", [1.5, -1, 2**32, "now", datetime.now()]),
        "salt": ("INVALID_SALT", OUT_OF_U32),
    }
    for name, (code, values) in wrong.items():
        for value in values:
            with pytest.raises(REFUSED) as caught:
                builder.call(**builder.keywords, **{name: value})
            assert (caught.value.code, caught.value.field) == (code, name)


@pytest.mark.parametrize("builder", EVERY)
def test_every_wrong_argument_is_refused_with_its_code_and_field(builder: Builder) -> None:
    assert builder.call(**builder.keywords)
    refused = 0
    for name in builder.keywords:
        code, values = wrong_values(builder, name)
        for value in values:
            with pytest.raises(REFUSED) as caught:
                builder.call(**{**builder.keywords, name: value})
            assert (caught.value.code, caught.value.field) == (code, name), (name, value)
            refused += 1
    assert refused > 20


@pytest.mark.parametrize("builder", EVERY)
def test_lone_surrogates_are_no_text(builder: Builder) -> None:
    for name, value in builder.keywords.items():
        if isinstance(value, str):
            with pytest.raises(REFUSED) as caught:
                builder.call(**{**builder.keywords, name: "a\ud800"})
            assert (caught.value.code, caught.value.field) == ("INVALID_UTF8", name)


@pytest.mark.parametrize("builder", EVERY)
def test_python_checks_the_number_of_arguments(builder: Builder) -> None:
    with pytest.raises(TypeError, match="app_id"):
        builder.call()
    with pytest.raises(TypeError, match="unexpected keyword argument 'nonsense'"):
        builder.call(**builder.keywords, nonsense=1)
    with pytest.raises(TypeError, match="positional arguments"):
        builder.call(*builder.keywords.values(), 1, 2)


@pytest.mark.parametrize("builder", EVERY)
def test_a_timedelta_is_the_same_as_its_seconds(builder: Builder) -> None:
    lifetimes = {name: value for name, value in builder.arguments.items() if name.endswith("expire")}
    if not lifetimes:
        assert builder.name.startswith("build_fpa") or "privilege_expired_ts" in builder.arguments
        return
    as_timedelta = {name: timedelta(seconds=value) for name, value in lifetimes.items()}
    seconds = inspect(builder.call(**builder.keywords)).to_dict()
    delta = inspect(builder.call(**{**builder.keywords, **as_timedelta})).to_dict()
    assert (seconds["services"], seconds["expiresIn"]) == (delta["services"], delta["expiresIn"])


@pytest.mark.parametrize("builder", EVERY)
def test_tokens_verify(builder: Builder) -> None:
    names = builder.arguments
    asked: dict[str, Any] = {"channel": "room"} if "channel_name" in names else {}
    if "privilege_expired_ts" in names or len(names) > 1:
        asked["user"] = names.get("uid", "me")
    assert verify(builder.call(**builder.keywords), CERTIFICATE, app_id=APP_ID, **asked).certificate == 0


def test_uids_of_every_size() -> None:
    for uid in (0, 1, 2**31 - 1, 2**31, 2**32 - 1):
        token = RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", uid, 1, 60)
        assert inspect(token).to_dict()["services"][0]["account"] == (str(uid) if uid else "")


def test_roles_by_name_and_number() -> None:
    def privileges(role: Any) -> list[str]:
        token = RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", 42, role, 60)
        return list(inspect(token).to_dict()["services"][0]["privileges"])

    assert privileges(Role.PUBLISHER) == privileges(1) and len(privileges(1)) == 4
    assert privileges(Role.SUBSCRIBER) == privileges(2) == ["joinChannel"]


def test_006_takes_a_datetime_of_any_zone() -> None:
    build = access_token_006.RtcTokenBuilder.build_token_with_uid
    for zone in (timezone.utc, timezone(timedelta(hours=5, minutes=45))):
        moment = datetime.fromtimestamp(NOW + 600.75, zone)
        token = build(APP_ID, CERTIFICATE, "room", 42, access_token_006.Role.ADMIN, moment)
        assert set(inspect(token).to_dict()["privileges"].values()) == {NOW + 600}


OFFICIAL_SPELLING = {
    "buildTokenWithUid": "build_token_with_uid",
    "buildTokenWithAccount": "build_token_with_user_account",
    "buildToken": "build_rtm_token",
}


@pytest.mark.parametrize("official", OFFICIAL_SPELLING)
def test_006_has_the_official_spelling_too(official: str) -> None:
    builder = BUILDERS[OFFICIAL_SPELLING[official]]
    class_ = access_token_006.RtmTokenBuilder if official == "buildToken" else access_token_006.RtcTokenBuilder
    call = getattr(class_, official)
    for other in ({}, {"role": 2}, {"privilege_expired_ts": NOW + 700}):
        made, same = (inspect(each(**{**builder.keywords, **other})).to_dict() for each in (call, builder.call))
        drawn = ("salt", "signature", "expiresAt")
        assert {**made, **dict.fromkeys(drawn)} == {**same, **dict.fromkeys(drawn)}
    found = {name for owner in vars(access_token_006).values() if isinstance(owner, type) for name in vars(owner)}
    assert {name for name in found if name.startswith("buildToken")} == OFFICIAL_SPELLING.keys()


def test_permissions_are_a_value_or_what_makes_one() -> None:
    from agora_token import Permissions, PermissionType, ResourceType

    resources: Any = {ResourceType.MESSAGE_CHANNELS: {PermissionType.READ: ["a", b"b"], PermissionType.WRITE: ()}}
    documents = [
        inspect(RtmTokenBuilder.build_token_with_permissions(APP_ID, CERTIFICATE, "me", given, 60)).to_dict()
        for given in (resources, Permissions(resources))
    ]
    assert [document["services"][0]["permissions"] for document in documents] == [
        {"messageChannels": {"read": ["a", "b"], "write": []}}
    ] * 2


def test_builders_are_not_made() -> None:
    classes = {builder.call.__qualname__.split(".")[0] for builder in BUILDERS.values()}
    assert len(classes) == 8
    with pytest.raises(TypeError, match="RtcTokenBuilder"):
        RtcTokenBuilder()
