"""What stays different from the official python3 folder. Each test is a row of docs/migration.md."""

from typing import Any

import agora_token
import pytest
from agora_token import compat
from agora_token.compat import AccessToken as module_006
from agora_token.compat import AccessToken2 as module_007
from agora_token.compat import RtcTokenBuilder as rtc_006
from agora_token.compat import RtcTokenBuilder2 as rtc_007
from samples import APP_ID, CERTIFICATE

build = rtc_007.RtcTokenBuilder.build_token_with_uid
TOKEN = build(APP_ID, CERTIFICATE, "room", 42, 1, 600)


@pytest.mark.parametrize("wrong", ["", "x" * 32, APP_ID[:-1], APP_ID + "\n", f" {APP_ID[2:]} "])
def test_006_with_a_malformed_app_id_or_certificate_is_no_token(wrong: str) -> None:
    old = rtc_006.RtcTokenBuilder.buildTokenWithUid
    assert old(wrong, CERTIFICATE, "room", 42, 1, 0) == old(APP_ID, wrong, "room", 42, 1, 0) == ""
    assert build(wrong, CERTIFICATE, "room", 42, 1, 600) == build(APP_ID, wrong, "room", 42, 1, 600) == ""


@pytest.mark.parametrize("uid", [None, True, 4.5, -1, 2**32, [], object()])
def test_a_user_that_is_none_is_no_token(uid: Any) -> None:
    assert build(APP_ID, CERTIFICATE, "room", uid, 1, 600) == ""
    assert rtc_006.RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "room", uid, 1, 0) == ""
    token = module_007.AccessToken(APP_ID, CERTIFICATE)
    token.add_service(module_007.ServiceRtc("room", uid))
    assert token.build() == ""


@pytest.mark.parametrize("credential", [APP_ID.encode(), bytearray(APP_ID.encode())])
def test_credentials_that_are_bytes_are_no_token(credential: Any) -> None:
    assert build(APP_ID, credential, "room", 42, 1, 600) == ""


def test_a_channel_with_half_a_surrogate_pair_is_no_token() -> None:
    assert build(APP_ID, CERTIFICATE, "room\ud800", 42, 1, 600) == ""


@pytest.mark.parametrize(
    "damaged",
    [
        TOKEN + "\n",
        TOKEN[:40] + " " + TOKEN[40:],
        TOKEN[:40] + "\n" + TOKEN[40:],
        TOKEN.rstrip("=") + "===",
        TOKEN[:40] + "-" + TOKEN[41:],
        TOKEN + "AAAA",
    ],
)
def test_a_damaged_token_is_not_read(damaged: str) -> None:
    parser = module_007.AccessToken()
    with pytest.raises(ValueError):
        parser.from_string(damaged)
    assert not parser.verify_signature(CERTIFICATE)


def test_privileges_ascend_in_whatever_order_they_were_added() -> None:
    token = module_007.AccessToken(APP_ID, CERTIFICATE)
    service = module_007.ServiceRtc("room", 42)
    for privilege in (4, 1, 3):
        service.add_privilege(privilege, 60)
    token.add_service(service)
    (read,) = agora_token.AccessToken2.parse(token.build()).services
    assert list(read.privileges) == [1, 3, 4]


def test_private_names_that_hold_the_signature_are_not_there() -> None:
    parser: Any = module_007.AccessToken()
    assert parser.from_string(TOKEN)
    for name in ("_AccessToken__signature", "_AccessToken__signing_info"):
        assert not hasattr(parser, name)
    read = agora_token.AccessToken2.parse(TOKEN)
    assert len(read.signature) == 32 and read.payload.endswith(read.signing_info)


def test_formats_before_006_are_not_there() -> None:
    for name in ("DynamicKey", "DynamicKey5", "SignalingToken"):
        assert not hasattr(compat, name)


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError):
        module_007.AccessToken().from_string("007broken")
    assert module_006.AccessToken().fromString("006broken") is False
    assert build("", "", "", 0, 1, 0) == ""
    assert capfd.readouterr() == ("", "")


def test_services_9_and_10_are_known() -> None:
    assert {9, 10} <= module_007.AccessToken.kServices.keys()
