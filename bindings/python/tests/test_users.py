"""Users from outside, and what a token says of its own."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from agora_token import (
    AccessToken2,
    Channel,
    Grant,
    InputError,
    Role,
    Service,
    ServiceApaas,
    ServiceChat,
    ServiceFpa,
    ServiceRtc,
    ServiceRtm,
    User,
    Verifier,
    access_token_006,
    inspect,
)
from samples import APP_ID, CERTIFICATE


@pytest.mark.parametrize(
    ("value", "user"),
    [
        ("42", User(uid=42)),
        ('"42"', User(uid=42)),
        ("4294967295", User(uid=2**32 - 1)),
        ('"alice"', User(account="alice")),
        ('"a-42"', User(account="a-42")),
        ('"42.0"', User(account="42.0")),
    ],
)
def test_a_user_of_a_json_document(value: str, user: User) -> None:
    assert User.from_json(json.loads(value)) == user


@pytest.mark.parametrize(
    ("value", "code"),
    [
        *((value, "INVALID_UID") for value in (0, -1, 2**32, 2**64, 10**400, 1.0, 1.5, float("nan"))),
        *((value, "INVALID_UID") for value in ("0", "042", " 42", "42 ", "+42", "-1", "4294967296", "42\n")),
        *((value, "INVALID_USER_ACCOUNT") for value in (True, False, None, [], {}, [42], b"42", object())),
        *((value, "INVALID_USER_ACCOUNT") for value in ("", "*", "undefined", "null", "None", "NaN", "a" * 256, "a\0")),
        ("a\ud800", "INVALID_UTF8"),
    ],
)
def test_what_is_neither_a_uid_nor_an_account(value: Any, code: str) -> None:
    readers = [User.from_json, User.from_text] if isinstance(value, str) else [User.from_json]
    for read in readers:
        with pytest.raises(InputError) as caught:
            read(value)
        assert (caught.value.code, caught.value.field) == (code, "user")
    if not isinstance(value, str):
        with pytest.raises(InputError):
            User.from_text(value)


def test_users_are_frozen_values() -> None:
    assert User(uid=42) == User(uid=42) != User(account="42") != User.ANY
    assert len({User(uid=42), User(uid=42), User(account="42"), User.ANY, User.ANY}) == 3
    assert [repr(user) for user in (User(uid=42), User(account="it's me"), User.ANY, Channel.ANY)] == [
        "User(uid=42)",
        'User(account="it\'s me")',
        "User.ANY",
        "Channel.ANY",
    ]
    assert (User(uid=42).uid, User(uid=42).account) == (42, None)
    assert (User(account="42").uid, User(account="42").account) == (None, "42")
    assert (User.ANY.uid, User.ANY.account) == (None, None)
    with pytest.raises(AttributeError):
        User(uid=42).uid = 43  # type: ignore[misc]
    with pytest.raises(TypeError):
        Channel()


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({}, "INVALID_USER_ID", "user"),
        ({"uid": 42, "account": "me"}, "INVALID_USER_ID", "user"),
        ({"uid": 0}, "INVALID_UID", "uid"),
        ({"uid": None}, "INVALID_UID", "uid"),
        ({"uid": "42"}, "INVALID_UID", "uid"),
        ({"account": ""}, "INVALID_USER_ACCOUNT", "account"),
        ({"account": 42}, "INVALID_USER_ACCOUNT", "account"),
    ],
)
def test_a_user_is_one_of_the_two(given: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(InputError) as caught:
        User(**given)
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize(
    ("services", "channel", "account", "uid"),
    [
        ([ServiceRtc("room", 42)], "room", "42", 42),
        ([ServiceChat("alice"), ServiceRtm("bob")], None, "bob", None),
        ([ServiceFpa(), ServiceChat("7")], None, "7", 7),
        ([ServiceRtc("*", "")], "*", "", None),
        ([ServiceRtc("room", "042")], "room", "042", None),
        ([ServiceRtc("room", "4294967296")], "room", "4294967296", None),
        ([ServiceRtc(b"\xff", b"\xfe")], b"\xff", b"\xfe", None),
        ([ServiceApaas("class", "me", 1)], None, "me", None),
        ([ServiceFpa()], None, None, None),
    ],
)
def test_channel_and_user_of_a_token(services: list[Service], channel: Any, account: Any, uid: int | None) -> None:
    read = inspect(AccessToken2(APP_ID, CERTIFICATE, services=services).build())
    assert (read.channel, read.account, read.uid) == (channel, account, uid)
    assert read.user == (account if uid is None else uid)


def test_any_is_a_method_too() -> None:
    assert User.any() is User.ANY and Channel.any() is Channel.ANY
    grant = Grant(channel=Channel.any(), user=User.any(), role="publisher")
    assert grant == Grant.rtc(Channel.ANY, User.ANY, Role.PUBLISHER)


def test_an_access_token_of_006_carries_neither() -> None:
    read = inspect(access_token_006.AccessToken(APP_ID, CERTIFICATE, "room", 42).build())
    assert (read.channel, read.account, read.uid, read.user) == (None, None, None, None)


def test_a_range_is_that_of_the_call() -> None:
    verifier = Verifier(certificates=CERTIFICATE)
    calls: list[tuple[Callable[[], Any], int]] = [
        (lambda: Grant(uid=-1), 1),
        (lambda: Grant(user=-1), 1),
        (lambda: User(uid=-1), 1),
        (lambda: User.from_json(-1), 1),
        (lambda: verifier.verify("", uid=-1), 0),
    ]
    for call, least in calls:
        with pytest.raises(InputError, match=f"^(uid|user) is -1; an int from {least} to 4294967295 expected$"):
            call()
