"""Every case of the shared vectors, counted."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import vectors
from agora_token import (
    AccessToken2,
    AgoraTokenError,
    UnverifiedToken2,
    inspect,
)
from agora_token.access_token_006 import AccessToken, Privilege, UnverifiedToken
from samples import BUILDERS, CERTIFICATE, REFUSED
from samples import verdict as verdict_of
from vectors import Case, cases, numbered, octets, text

Unverified = UnverifiedToken2 | UnverifiedToken


def each(file: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in cases(file)])


def outcome(call: Callable[[], Any]) -> tuple[str, Any]:
    try:
        return "ok", call()
    except AgoraTokenError as error:
        return error.code, error


@each("valid.json")
def test_valid(case: Case) -> None:
    built, read = check_valid_007(case) if case["version"] == "007" else check_valid_006(case)
    # Where one call of a builder makes this token, it makes it here, or refuses it as the file says.
    for function in case.get("one_call", {"functions": []})["functions"]:
        code, token = outcome(partial(call, function, case["one_call"]["args"], case))
        assert code == case["one_call"]["expect"]
        if code == "ok":
            compare_but_for_the_stamp(inspect(token), read)
    assert inspect(built) == read
    vectors.passed["valid.json"] += 1


def check_valid_007(case: Case) -> tuple[str, Unverified]:
    built = build_007(case)
    theirs = AccessToken2.parse(case["token"])
    for read in (AccessToken2.parse(built), theirs):
        assert read.payload.hex() == case["payload_hex"]
        assert read.signing_info.hex() == case["signing_info_hex"]
        assert read.signature.hex() == case["signature_hex"]
        assert read.complete and read.unread_bytes == 0
        assert read.verify_signature(case["app_certificate"])
    return built, theirs


def check_valid_006(case: Case) -> tuple[str, Unverified]:
    built = build_006(case)
    assert built == case["token"], "nothing is compressed, so the text is the same"
    read = AccessToken.parse(case["token"])
    assert read.message.hex() == case["message_hex"]
    assert (read.channel_crc, read.user_crc) == (case["crc_channel_name"], case["crc_uid"])
    assert read.verify_signature(case["app_certificate"], text(case["channel_name"]), text(case["account"]))
    return built, read


def compare_but_for_the_stamp(ours: Unverified, theirs: Unverified) -> None:
    if isinstance(ours, UnverifiedToken2) and isinstance(theirs, UnverifiedToken2):
        assert (ours.app_id, ours.expire, ours.services) == (theirs.app_id, theirs.expire, theirs.services)
    else:
        assert isinstance(ours, UnverifiedToken) and isinstance(theirs, UnverifiedToken)
        assert (ours.app_id, ours.privileges) == (theirs.app_id, theirs.privileges)
        assert (ours.channel_crc, ours.user_crc) == (theirs.channel_crc, theirs.user_crc)


@each("malformed.json")
def test_malformed(case: Case) -> None:
    if case["op"] in ("build_007", "build_006"):
        code, token = outcome(lambda: (build_007 if case["op"] == "build_007" else build_006)(case))
        assert code == case["expect"]["error"]
        if code == "ok":
            assert inspect(token).signature.hex() == case["expect"]["signature_hex"]
            if case["op"] == "build_007":
                assert len(AccessToken2.parse(token).payload) == case["expect"]["payload_size"]
    else:
        check_reading(case)
    vectors.passed["malformed.json"] += 1


@each("official-strings.json")
def test_official_strings(case: Case) -> None:
    check_reading(case)
    vectors.passed["official-strings.json"] += 1


@each("builder-refusals.json")
def test_builder_refusals(case: Case) -> None:
    code, result = outcome(lambda: call(case["function"], case["args"], case))
    assert code == case["expect"]
    if code == "ok":
        compare(case["token"], inspect(result))
    else:
        assert isinstance(result, REFUSED)
        names = BUILDERS[case["function"].removeprefix("agora_")].names
        assert result.field == names.get(case["field"], case["field"])
    vectors.passed["builder-refusals.json"] += 1


@pytest.mark.parametrize("file", ["valid.json", "malformed.json", "official-strings.json", "builder-refusals.json"])
def test_the_count_is_the_files(file: str) -> None:
    assert len(cases(file)) == vectors.announced(file)


def call(function: str, arguments: dict[str, Any], case: Case) -> str:
    """Calls a builder by its name in the C ABI, by position and by keyword."""
    builder = BUILDERS[function.removeprefix("agora_")]
    given = {"app_id": case.get("app_id"), "app_certificate": case.get("app_certificate")}
    for field, value in arguments.items():
        if field == "permissions":
            given["permissions"] = vectors.permissions(value)
        else:
            given[builder.python_name(field)] = value if isinstance(value, int) else text(value)
    assert given.keys() == builder.keywords.keys()
    by_position, _ = outcome(lambda: builder.call(*(given[name] for name in builder.keywords)))
    by_keyword, _ = outcome(lambda: builder.call(**given))
    assert by_position == by_keyword
    return builder.call(**given)


def build_007(case: Case) -> str:
    token = AccessToken2(case["app_id"], case["app_certificate"], case["issue_ts"], case["expire"], salt=case["salt"])
    for value in case["services"]:
        token.add_service(vectors.service(value))
    return token.build()


def build_006(case: Case) -> str:
    return AccessToken(
        case["app_id"],
        case["app_certificate"],
        text(case["channel_name"]),
        text(case["account"]),
        salt=case["salt"],
        expires_at=case["ts"],
        privileges=numbered(case["privileges"]),
    ).build()


BEYOND_THE_BOUNDS = {
    "services_40000_fpa",
    "payload_over_64k",
    "privileges_40000",
    "huge_base64",
    "payload_at_cap",
    "truncated_services_65535",
    "truncated_privileges_65535",
    "truncated_rtm2_permissions_65535",
    "truncated_rtm2_resources_65535",
    "p6_huge_base64",
}
"""Tokens that the mechanism reads, or refuses for another reason, and that are too large for a verifier."""

AMBIGUOUS = {"p6_unsorted_privileges", "p6_unknown_privilege"}
"""AccessTokens that are signed as they stand, and whose privileges could be a part of another account."""

UNSIGNED = {"truncated_service_count"}
"""Damaged tokens of which a verifier says only that nobody signed them."""


def check_reading(case: Case) -> None:
    token, expect = octets(case["token"]).decode(), case["expect"]
    parsers: dict[str, Callable[[str], Unverified]] = {"007": AccessToken2.parse, "006": AccessToken.parse}
    if case["op"] == "parse_any":
        for parse in (*parsers.values(), inspect):
            assert outcome(partial(parse, token))[0] == expect["parse"]
        parse = inspect
    else:
        parse = parsers[case["op"][-3:]]
    code, read = outcome(lambda: parse(token))
    assert code == expect["parse"]
    check_verifiers_reading(case, token)
    if code != "ok":
        return
    compare(expect["decoded"], read)
    if isinstance(read, UnverifiedToken2):
        assert read.payload.hex() == expect.get("payload_hex", read.payload.hex())
        assert read.complete == expect["complete"]
        assert read.unread_bytes == expect["unread_bytes"]
    if "verify" in expect:
        check_signature(case, token, read)
    if "at_now" in expect:
        check_at(case, token)


def check_verifiers_reading(case: Case, token: str) -> None:
    """A verifier reads less than the mechanism does, and nothing of what nobody signed."""
    parsed = case["expect"]["parse"]
    if parsed == "TOKEN_VERSION" and token.startswith(("006", "007")):
        # There is no asking a verifier for the other generation.
        return
    if case["expect"].get("verify") == "INVALID_APP_CERTIFICATE":
        return
    code, verdict = outcome(lambda: verdict_of(token, case.get("app_certificate", CERTIFICATE)))
    assert code == "ok"
    found = [refusal.code for refusal in verdict.refusals]
    if case["id"] in BEYOND_THE_BOUNDS:
        assert found == ["TOKEN_TOO_LARGE"]
    elif case["id"] in UNSIGNED:
        assert found == ["SIGNATURE_MISMATCH"]
        assert verdict.token is None
    elif parsed == "ok":
        assert not {"TOKEN_VERSION", "TOKEN_TOO_LARGE", "TOKEN_BASE64"} & {*found}
    else:
        assert found == [parsed] and verdict.token is None


def check_signature(case: Case, token: str, read: Unverified) -> None:
    certificate = case["app_certificate"]
    channel, account = text(case.get("channel_name", "")), text(case.get("account", ""))
    if isinstance(read, UnverifiedToken2):
        code, good = outcome(lambda: read.verify_signature(certificate))
    else:
        code, good = outcome(lambda: read.verify_signature(certificate, channel, account))
    expected = case["expect"]["verify"]
    if expected == "INVALID_APP_CERTIFICATE":
        assert code == expected
        return
    assert (code, good) == ("ok", expected == "ok")
    if case["id"] in BEYOND_THE_BOUNDS:
        return
    # What a check that says yes or no keeps to itself is told by a verdict.
    assert isinstance(channel, str) and isinstance(account, str)
    asked: dict[str, Any] = {}
    if isinstance(read, UnverifiedToken):
        # A real-time messaging token has its user in the channel's place.
        is_messaging = Privilege.RTM_LOGIN in read.privileges
        asked = {"user": channel} if is_messaging else {"channel": channel, "user": account}
    verdict = verdict_of(token, certificate, ignore_time=True, **asked)
    codes = [refusal.code for refusal in verdict.refusals]
    if case["id"] in AMBIGUOUS:
        assert expected == "ok" and codes == ["TOKEN_AMBIGUOUS"]
    else:
        assert codes[:1] == ([] if expected == "ok" else [expected])
    assert (verdict.token is None) == (verdict.certificate is None)


def check_at(case: Case, token: str) -> None:
    verdict = verdict_of(token, case["app_certificate"], clock=case["now"])
    codes = [refusal.code for refusal in verdict.refusals]
    if case["expect"]["at_now"] == "ok":
        assert verdict and codes == []
    else:
        assert not verdict and case["expect"]["at_now"] in codes


def compare(expected: dict[str, Any], read: Unverified) -> None:
    """Compares what was read, and its document, with what the file says of it."""
    document = read.to_dict()
    assert expected
    names = {
        "app_id": "appId",
        "issue_ts": "issuedAt",
        "expire": "expiresIn",
        "expires_at": "expiresAt",
        "salt": "salt",
        "signature_hex": "signature",
        "ts": "expiresAt",
        "crc_channel_name": "channelCrc",
        "crc_uid": "userCrc",
    }
    for name, member in names.items():
        if name in expected:
            shown = expected[name]
            if isinstance(shown, dict):
                # A text that is no UTF-8 stands beside a null.
                assert (document[member], document[f"{member}Hex"]) == (None, octets(shown).hex())
            else:
                assert document[member] == shown, name
    if isinstance(read, UnverifiedToken2):
        compare_services(expected["services"], read, document)
    else:
        assert read.privileges == numbered(expected["privileges"])
        if "channel_name" in expected:
            channel, account = text(expected["channel_name"]), text(expected["account"])
            assert read.verify_signature("5CFd2fd1755d40ecb72977518be15d3b", channel, account)


def compare_services(expected: list[Any], read: UnverifiedToken2, document: dict[str, Any]) -> None:
    unknown = read.unknown_service
    assert len(expected) == len(read.services) + (unknown is not None) == len(document["services"])
    for value, shown in zip(expected, document["services"], strict=True):
        assert (value["type"], value["name"]) == (shown["type"], shown["name"])
    for value, found in zip(expected, read.services, strict=False):
        if "privilege_count" in value:
            assert len(found.privileges) == value["privilege_count"]
        else:
            assert found == vectors.service(value)
    if unknown is not None:
        assert unknown.service_type == expected[-1]["type"]
        assert unknown.privileges == numbered(expected[-1]["privileges"])
