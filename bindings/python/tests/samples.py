"""The public sample credentials, and every one-call builder with arguments that make a token."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import generated
from agora_token import ConfigurationError, InputError, Verdict, Verifier

APP_ID = "970CA35de60c44645bbae8a215061b33"
CERTIFICATE = "5CFd2fd1755d40ecb72977518be15d3b"
OTHER_CERTIFICATE = "d5519a50c5f84baf8d21be1dd8ac43c8"

NOW = int(time.time())

REFUSED = (InputError, ConfigurationError)
"""What an argument is refused with, whosever fault it is."""

JUDGE = ("app_id", "leeway", "clock", "ignore_time")


def _judge(certificates: Any, asked: dict[str, Any]) -> tuple[Verifier, dict[str, Any]]:
    options = {name: asked.pop(name) for name in JUDGE if name in asked}
    return Verifier(certificates=certificates, **options), asked


def verify(token: str, certificates: Any, **asked: Any) -> Verdict:
    """A token that is good, by a verifier of its own."""
    verifier, asked = _judge(certificates, asked)
    return verifier.verify(token, **asked)


def verdict(token: str, certificates: Any, **asked: Any) -> Verdict:
    """What a verifier of its own says of a token."""
    verifier, asked = _judge(certificates, asked)
    return verifier.verdict(token, **asked)


@dataclass(frozen=True)
class Builder:
    """One one-call builder, by its name in the C ABI."""

    name: str
    call: Callable[..., str]
    names: dict[str, str]
    """What each argument of the C ABI is called here."""
    arguments: dict[str, Any]
    """What comes after the credentials, by the Python names, in order."""

    @property
    def keywords(self) -> dict[str, Any]:
        return {"app_id": APP_ID, "app_certificate": CERTIFICATE, **self.arguments}

    def python_name(self, field: str) -> str:
        """What an argument of the C ABI is called here."""
        return self.names[field]


SAMPLES = {
    "channel_name": "room",
    "uid": 42,
    "user_account": "me",
    "role": 1,
    "token_expire": 3600,
    "privilege_expire": 600,
    "privilege_expired_ts": NOW + 600,
    "rtc_account": "me",
    "rtc_role": 1,
    "rtc_token_expire": 3600,
    "rtm_user_id": "me too",
    "rtm_token_expire": 600,
    "user_id": "me",
    "permissions": {0: {0: ["a"]}},
    "room_uuid": "room",
    "user_uuid": "me",
}
"""By the names that arguments have in every language, but for the lifetimes of single privileges."""


def _builder(name: str) -> Builder:
    call, names = generated.BUILDERS[name]
    of_privileges = [field for field in names if field.endswith("_privilege_expire")]
    samples = SAMPLES | {field: number for number, field in enumerate(of_privileges, 1)}
    _, _, *fields = names
    return Builder(name, call, names, {names[field]: samples[field] for field in fields})


BUILDERS = {name: _builder(name) for name in generated.BUILDERS}
