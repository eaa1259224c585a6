"""Everything public that takes arguments, by its path: one call with all of them, and what each may be.

Values stand as expressions, which the tests evaluate and type checkers read.
"""

import inspect as introspection
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from enum import Enum
from typing import Any

import agora_token
from agora_token import access_token_006, compat
from samples import BUILDERS
from test_compat import BUILDERS_HERE, WITH_PRIVILEGES, builder_class

PRELUDE = """\
import os
from datetime import datetime, timedelta, timezone

import agora_token
from agora_token import access_token_006, compat
from samples import APP_ID, CERTIFICATE, NOW

DAY = 86_400
os.environ.update(AGORA_APP_ID=APP_ID, AGORA_APP_CERTIFICATE=CERTIFICATE)
CREDENTIALS = agora_token.Credentials(app_id=APP_ID, app_certificate=CERTIFICATE)
GRANT = agora_token.Grant.rtm("alice")
ISSUER = agora_token.Issuer(CREDENTIALS)
VERIFIER = agora_token.Verifier(CREDENTIALS)
PUBLISHER = agora_token.RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", 42, 1, 3600)
SUBSCRIBER = agora_token.RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", 42, 2, 3600)
ENDS = agora_token.AccessToken2.parse(PUBLISHER).expires_at
OLD = access_token_006.AccessToken(APP_ID, CERTIFICATE, "room", 42).build()
SERVICE = agora_token.ServiceRtc("room", 42)
"""

PROBES = {
    "None": "None",
    "bool": "True",
    "int": "7",
    "float": "7.5",
    "str": "'7'",
    "bytes": "b'7'",
    "timedelta": "timedelta(seconds=7)",
    "datetime": "datetime.now(timezone.utc)",
    "ints": "[7]",
    "strs": "['7']",
    "lifetimes": "{7: 7}",
    "timedeltas": "{7: timedelta(seconds=7)}",
    "datetimes": "{7: datetime.now(timezone.utc)}",
    "resources": "{0: {0: ['7', b'7']}}",
    "Permissions": "agora_token.Permissions({})",
    "CompatPermissions": "compat.AccessToken2.ServiceRtm2.Permissions()",
    "Service": "SERVICE",
    "Services": "[SERVICE]",
    "CompatService": "compat.AccessToken2.ServiceFpa()",
    "Grant": "GRANT",
    "Grants": "[GRANT]",
    "Channel": "agora_token.Channel.ANY",
    "User": "agora_token.User.ANY",
    "Credentials": "CREDENTIALS",
    "function": "lambda: 7",
}
"""One value of each kind that an argument could be given."""

LIFETIME, MOMENT, WIRE, USER = "int timedelta", "int datetime", "str bytes", "int str bytes"
RESOURCES = "resources Permissions"

Arguments = dict[str, tuple[str, str]]
"""By name: what is given here, and the kinds that are taken."""


def kinds_of(name: str) -> str:
    """What an argument of the builders may be, which goes by its name."""
    if name in OF_TESTS:
        return OF_TESTS[name][1]
    if name.endswith("expire"):
        return LIFETIME
    named = {"privilege_expired_ts": MOMENT, "permissions": RESOURCES, "uid": "int", "role": "int", "rtc_role": "int"}
    return named.get(name, "str")


def kinds_in_compat(name: str) -> str:
    if name in ("uid", "role", "rtc_role") or name.endswith(("expire", "ExpiredTs")):
        return "int str" if name == "uid" else "int"
    return "CompatPermissions" if name == "permissions" else "str"


OF_TESTS: Arguments = {"issue_ts": ("1700000000", f"{MOMENT} None"), "salt": ("7", "int None")}
"""What every builder takes beside its official arguments."""

CREDENTIALS: Arguments = {"app_id": ("APP_ID", "str"), "app_certificate": ("CERTIFICATE", "str")}
PRIVILEGES: Arguments = {"privileges": ("{1: 600}", "lifetimes timedeltas None")}
CHANNEL: Arguments = {"channel_name": ("'room'", WIRE), "account": ("42", USER)}
USER_ID: Arguments = {"user_id": ("'me'", WIRE)}
LIMITS: Arguments = {
    "lifetime": ("600", LIFETIME),
    "allow_longer_than_a_day": ("True", "bool"),
    "allow_long_token": ("True", "bool"),
}
WHO: Arguments = {"user": ("42", "int str User")}
IN_A_CHANNEL: Arguments = {
    "channel": ("'room'", "str Channel"),
    **WHO,
    "role": ("'publisher'", "int"),
    **LIMITS,
    "publish_lifetime": ("60", LIFETIME),
}
CLOCK: Arguments = {"clock": ("NOW", f"{MOMENT} float function None")}
SOURCES: Arguments = {**CLOCK, "salt": ("7", "int function None")}
AS_VALUE: Arguments = {"credentials": ("CREDENTIALS", "Credentials")}
UID: Arguments = {"uid": ("42", "int")}
ACCOUNT: Arguments = {"account": ("'42'", "str")}
ASKED: Arguments = {"channel": ("'room'", "str Channel"), "service": ("1", "int"), "privilege": ("1", "int")}
VERIFIER: Arguments = {
    "certificate": ("CERTIFICATE", "str strs"),
    "certificates": ("CERTIFICATE", "str strs"),
    "leeway": ("5", LIFETIME),
    **CLOCK,
    "ignore_time": ("True", "bool"),
}
TOKEN: Arguments = {"token": ("PUBLISHER", "str")}
ANY_TOKEN: Arguments = {"token": ("PUBLISHER", "str None")}

FACE: dict[str, Arguments] = {
    "agora_token.Permissions": {"resources": ("{0: {0: ['a']}}", RESOURCES)},
    "agora_token.ServiceRtc": CHANNEL | PRIVILEGES,
    "agora_token.ServiceRtm": USER_ID | PRIVILEGES,
    "agora_token.ServiceStreaming": CHANNEL | PRIVILEGES,
    "agora_token.ServiceFpa": PRIVILEGES,
    "agora_token.ServiceChat": USER_ID | PRIVILEGES,
    "agora_token.ServiceFCdn": CHANNEL | PRIVILEGES,
    "agora_token.ServiceApaas": {
        "room_uuid": ("'room'", WIRE),
        "user_uuid": ("'me'", WIRE),
        "role": ("2", "int"),
        **PRIVILEGES,
    },
    "agora_token.ServiceRtm2": USER_ID | {"permissions": ("{0: {0: ['a']}}", f"{RESOURCES} None")} | PRIVILEGES,
    "agora_token.ServiceConvoAI": PRIVILEGES,
    "agora_token.ServiceStt": PRIVILEGES,
    "agora_token.AccessToken2": {
        **CREDENTIALS,
        "issue_ts": ("1700000000", f"{MOMENT} None"),
        "expire": ("600", LIFETIME),
        "salt": ("7", "int None"),
        "services": ("[SERVICE]", "Services None"),
    },
    "agora_token.AccessToken2.parse": TOKEN,
    "agora_token.AccessToken2.add_service": {"service": ("SERVICE", "Service")},
    "agora_token.UnverifiedToken2.verify_signature": {"app_certificate": ("CERTIFICATE", "str")},
    "agora_token.Credentials": CREDENTIALS,
    "agora_token.User": UID,
    "agora_token.User@account": ACCOUNT,
    "agora_token.User.from_json": {"value": ("'42'", "int str")},
    "agora_token.User.from_text": {"text": ("'42'", "str")},
    "agora_token.Issuer": CREDENTIALS | SOURCES,
    "agora_token.Issuer@credentials": AS_VALUE | SOURCES,
    "agora_token.Issuer.from_env": SOURCES,
    "agora_token.Issuer.issue": {"grant": ("GRANT", "Grant")},
    "agora_token.Issuer.issue_many": {"grants": ("[GRANT]", "Grants")},
    "agora_token.Issuer.issue_many@users": {
        "grants": ("GRANT", "Grant"),
        # Whatever gives numbers or texts when it is gone through.
        "users": ("[7]", "str ints strs bytes lifetimes timedeltas datetimes resources"),
    },
    "agora_token.Grant": {
        **UID,
        # Whatever gives numbers when it is gone through.
        "services": ("[1]", "ints bytes lifetimes timedeltas datetimes resources"),
        "channel": ("'room'", "str Channel"),
        "role": ("'publisher'", "int"),
        "rtm": ("True", "bool"),
        "chat": ("True", "bool"),
        "room_uuid": ("'room'", "str"),
        "room_role": ("2", "int"),
        "permissions": ("{0: {0: ['a']}}", RESOURCES),
        **LIMITS,
        "publish_lifetime": ("60", LIFETIME),
    },
    "agora_token.Grant@account": ACCOUNT | {"expires_in": ("60", LIFETIME), "publish_expires_in": ("60", LIFETIME)},
    "agora_token.Grant@user": WHO,
    "agora_token.Grant.rtc": IN_A_CHANNEL,
    "agora_token.Grant.rtm": WHO | LIMITS,
    "agora_token.Grant.rtm2": WHO | {"permissions": ("{0: {0: ['a']}}", RESOURCES)} | LIMITS,
    "agora_token.Grant.chat": WHO | LIMITS,
    "agora_token.Grant.rtc_rtm": IN_A_CHANNEL,
    "agora_token.Grant.rtc_rtm_chat": IN_A_CHANNEL,
    "agora_token.Grant.and_rtm2": {"permissions": ("{0: {0: ['a']}}", RESOURCES)},
    "agora_token.Verifier": CREDENTIALS | VERIFIER,
    "agora_token.Verifier@credentials": AS_VALUE | VERIFIER,
    "agora_token.Verifier.from_env": {"leeway": ("5", LIFETIME), **CLOCK},
    "agora_token.Verifier.verify": TOKEN | ASKED | UID,
    "agora_token.Verifier.verify@account": TOKEN | ACCOUNT,
    "agora_token.Verifier.verify@user": TOKEN | WHO,
    "agora_token.Verifier.verdict": ANY_TOKEN | ASKED | UID,
    "agora_token.Verifier.verdict@account": ANY_TOKEN | ACCOUNT,
    "agora_token.Verifier.verdict@user": ANY_TOKEN | WHO,
    "agora_token.inspect": TOKEN,
    "agora_token.diagnose": {
        **TOKEN,
        "app_id": ("APP_ID", "str"),
        "app_certificate": ("CERTIFICATE", "str strs"),
        "certificate": ("CERTIFICATE", "str strs"),
        "certificates": ("[CERTIFICATE]", "str strs"),
        "channel": ("'room'", "str"),
        **UID,
        "service": ("1", "int"),
        "role": ("'publisher'", "int"),
        "at": ("NOW", MOMENT),
        "sdk": ("'web 4.20.0'", "str"),
        "error": ("110", "int str"),
        "redact": ("True", "bool"),
    },
    "agora_token.diagnose@account": TOKEN | ACCOUNT,
    "agora_token.diagnose@user": TOKEN | WHO,
    "access_token_006.AccessToken": {
        **CREDENTIALS,
        **CHANNEL,
        "salt": ("7", "int None"),
        "expires_at": ("NOW", f"{MOMENT} None"),
        "privileges": ("{1: NOW}", "lifetimes datetimes None"),
    },
    "access_token_006.AccessToken.parse": {"token": ("OLD", "str")},
    "access_token_006.AccessToken.add_privilege": {"privilege": ("1", "int"), "expired_ts": ("NOW", MOMENT)},
    "access_token_006.UnverifiedToken.verify_signature": {"app_certificate": ("CERTIFICATE", "str"), **CHANNEL},
}

ANYTHING = {
    ("agora_token.Issuer.issue_many@users", "users"),
    *((f"agora_token.Verifier.verdict{other}", "token") for other in ("", "@account", "@user")),
}
"""What is told of in the answer, whatever it is."""

_MANY = "agora_token.Issuer.issue_many@users"
TO_TYPE_CHECKERS_ONLY = {("agora_token.Grant", "services", "bytes"), (_MANY, "users", "str"), (_MANY, "users", "bytes")}
"""Iterables to a type checker, and refused: nobody means their single characters."""

SETTERS = {
    "agora_token.AccessToken2.issue_ts": ("1700000000", MOMENT, "INVALID_TIMESTAMP"),
    "agora_token.AccessToken2.expire": ("600", LIFETIME, "INVALID_LIFETIME"),
    "agora_token.AccessToken2.salt": ("7", "int", "INVALID_SALT"),
    "access_token_006.AccessToken.salt": ("7", "int", "INVALID_SALT"),
    "access_token_006.AccessToken.expires_at": ("NOW", MOMENT, "INVALID_TIMESTAMP"),
}

SELVES = {
    "agora_token.AccessToken2": "agora_token.AccessToken2(APP_ID, CERTIFICATE)",
    "agora_token.UnverifiedToken2": "agora_token.AccessToken2.parse(PUBLISHER)",
    "agora_token.Issuer": "ISSUER",
    "agora_token.Grant": "GRANT",
    "agora_token.Verifier": "VERIFIER",
    "access_token_006.AccessToken": "access_token_006.AccessToken(APP_ID, CERTIFICATE, 'room', 42)",
    "access_token_006.UnverifiedToken": "access_token_006.AccessToken.parse(OLD)",
    "compat.AccessToken.AccessToken": "compat.AccessToken.AccessToken()",
    "compat.AccessToken2.AccessToken": "compat.AccessToken2.AccessToken()",
    "compat.AccessToken2.Service": "compat.AccessToken2.Service(1)",
    "compat.AccessToken2.ServiceRtm2.Permissions": PROBES["CompatPermissions"],
}
"""An object for every class that has methods with arguments."""

_KIND = "compat.AccessToken2"
_USER_ID: Arguments = {"user_id": ("'me'", WIRE)}
_ACCOUNT: Arguments = {"channel_name": ("'room'", WIRE), "account": ("'me'", USER)}

COMPAT: dict[str, Arguments] = {
    "compat.AccessToken.AccessToken": {
        "appID": ("APP_ID", "str"),
        "appCertificate": ("CERTIFICATE", "str"),
        "channelName": ("'room'", "str"),
        "uid": ("42", "int str"),
    },
    "compat.AccessToken.AccessToken.addPrivilege": {"privilege": ("1", "int"), "expireTimestamp": ("NOW", "int")},
    "compat.AccessToken.AccessToken.fromString": {"originToken": ("OLD", "str")},
    f"{_KIND}.Service": {"service_type": ("1", "int")},
    f"{_KIND}.Service.add_privilege": {"privilege": ("1", "int"), "expire": ("60", "int")},
    f"{_KIND}.ServiceRtc": {"channel_name": ("'room'", WIRE), "uid": ("42", USER)},
    f"{_KIND}.ServiceRtm": _USER_ID,
    f"{_KIND}.ServiceStreaming": _ACCOUNT,
    f"{_KIND}.ServiceChat": _USER_ID,
    f"{_KIND}.ServiceFCdn": _ACCOUNT,
    f"{_KIND}.ServiceApaas": {"room_uuid": ("'room'", WIRE), "user_uuid": ("'me'", WIRE), "role": ("2", "int")},
    f"{_KIND}.ServiceRtm2": _USER_ID | {"permissions": (PROBES["CompatPermissions"], "CompatPermissions None")},
    f"{_KIND}.ServiceRtm2.Permissions.add": {
        "resource_type": ("0", "int"),
        "permission_type": ("0", "int"),
        "resources": ("['a']", "str strs"),
    },
    f"{_KIND}.AccessToken": {
        **CREDENTIALS,
        "issue_ts": ("1700000000", "int"),
        "expire": ("600", "int"),
    },
    f"{_KIND}.AccessToken.add_service": {"service": (PROBES["CompatService"], "CompatService")},
    f"{_KIND}.AccessToken.get_services": {"service_type": ("1", "int")},
    f"{_KIND}.AccessToken.from_string": {"origin_token": ("PUBLISHER", "str")},
    f"{_KIND}.AccessToken.verify_signature": {"app_certificate": ("CERTIFICATE", "str")},
    "compat.utils.get_md5": {"data": ("'me'", "str")},
    "compat.AccessToken.ReadByteBuffer": {"bytes": ("bytes(99)", "bytes")},
    "compat.AccessToken.packInt32": {"x": ("1", "int")},
    "compat.AccessToken.unPackContent": {"buff": ("bytes(12)", "bytes")},
    "compat.AccessToken.unPackMessages": {"buff": ("bytes(10)", "bytes")},
    "compat.Packer.pack_uint16": {"x": ("1", "int")},
    "compat.Packer.pack_uint32": {"x": ("1", "int")},
    "compat.Packer.pack_int16": {"x": ("1", "int")},
    "compat.Packer.pack_string": {"string": ("'a'", WIRE)},
    "compat.Packer.pack_map_string": {"m": ("{1: 'a'}", "")},
    "compat.Packer.pack_map_uint32": {"m": ("{1: 2}", "lifetimes")},
    "compat.Packer.unpack_uint16": {"buffer": ("bytes(9)", "bytes")},
    "compat.Packer.unpack_uint32": {"buffer": ("bytes(9)", "bytes")},
    "compat.Packer.unpack_int16": {"buffer": ("bytes(9)", "bytes")},
    "compat.Packer.unpack_string": {"buffer": ("bytes(9)", "bytes")},
    "compat.Packer.unpack_map_string": {"buffer": ("bytes(9)", "bytes")},
    "compat.Packer.unpack_map_uint32": {"buffer": ("bytes(9)", "bytes")},
}


_VERDICT, _READ_006 = "agora_token.Verdict", "access_token_006.UnverifiedToken"

ANSWERS = {
    "agora_token.AccessToken2.parse": "agora_token.UnverifiedToken2",
    "agora_token.AccessToken2.add_service": "None",
    "agora_token.UnverifiedToken2.verify_signature": "bool",
    "agora_token.Issuer.issue": "agora_token.IssuedToken",
    "agora_token.Issuer.issue_many": "list[agora_token.IssuedToken | agora_token.RefusedGrant]",
    "agora_token.Issuer.from_env": "agora_token.Issuer",
    "agora_token.User.from_json": "agora_token.User",
    "agora_token.User.from_text": "agora_token.User",
    "agora_token.Verifier.from_env": "agora_token.Verifier",
    "agora_token.Verifier.verify": _VERDICT,
    "agora_token.Verifier.verdict": _VERDICT,
    "agora_token.inspect": f"agora_token.UnverifiedToken2 | {_READ_006}",
    "agora_token.diagnose": "agora_token.Diagnosis",
    "access_token_006.AccessToken.parse": _READ_006,
    "access_token_006.AccessToken.add_privilege": "None",
    "access_token_006.UnverifiedToken.verify_signature": "bool",
    "compat.AccessToken.AccessToken.addPrivilege": "None",
    "compat.AccessToken.AccessToken.fromString": "bool",
    f"{_KIND}.Service.add_privilege": "None",
    f"{_KIND}.ServiceRtm2.Permissions.add": "None",
    f"{_KIND}.AccessToken.add_service": "None",
    f"{_KIND}.AccessToken.get_services": f"list[{_KIND}.Service]",
    f"{_KIND}.AccessToken.from_string": "bool",
    f"{_KIND}.AccessToken.verify_signature": "bool",
    "compat.utils.get_md5": "str",
    "compat.AccessToken.unPackContent": "tuple[bytes, int, int, bytes]",
    "compat.AccessToken.unPackMessages": "tuple[int, int, dict[int, int]]",
    "compat.Packer.unpack_uint16": "tuple[int, bytes]",
    "compat.Packer.unpack_uint32": "tuple[int, bytes]",
    "compat.Packer.unpack_int16": "tuple[int, bytes]",
    "compat.Packer.unpack_string": "tuple[bytes, bytes]",
    "compat.Packer.unpack_map_string": "tuple[dict[int, bytes], bytes]",
    "compat.Packer.unpack_map_uint32": "tuple[dict[int, int], bytes]",
}
"""What calls give that are no constructors, make no grant and build no token."""


def given_by(path: str) -> str:
    """The type of what a call gives."""
    path = plain(path)
    if path.startswith("agora_token.Grant."):
        return "agora_token.Grant"
    if leaf(path).startswith("pack") or leaf(path) == "unpack":
        return "bytes"
    return ANSWERS.get(path, "str" if leaf(path).startswith("build") else path)


def _add_builders() -> None:
    modules = {"agora_token": agora_token, "access_token_006": access_token_006}
    for path, module in modules.items():
        for name in dir(module):
            if not name.endswith("TokenBuilder"):
                continue
            for builder in BUILDERS.values():
                found = [
                    each for each in dir(getattr(module, name)) if getattr(getattr(module, name), each) == builder.call
                ]
                for each in found:
                    FACE[f"{path}.{name}.{each}"] = {
                        argument: (repr(value), kinds_of(argument)) for argument, value in builder.keywords.items()
                    } | OF_TESTS
    rtc, rtm = "access_token_006.RtcTokenBuilder", "access_token_006.RtmTokenBuilder"
    FACE[f"{rtc}.buildTokenWithUid"] = FACE[f"{rtc}.build_token_with_uid"]
    FACE[f"{rtc}.buildTokenWithAccount"] = FACE[f"{rtc}.build_token_with_user_account"]
    FACE[f"{rtm}.buildToken"] = FACE[f"{rtm}.build_token"]
    for name, (module_name, method, names) in BUILDERS_HERE.items():
        values = BUILDERS[name].keywords
        COMPAT[f"compat.{module_name}.{builder_class(module_name).__name__}.{method}"] = {
            argument: (
                PROBES["CompatPermissions"] if argument == "permissions" else repr(value),
                kinds_in_compat(argument),
            )
            for argument, value in zip(names.split(), values.values(), strict=True)
        }
    for method, names in WITH_PRIVILEGES.items():
        values = dict(zip(names.split(), ["APP_ID", "CERTIFICATE", "'room'", "'me'", *["NOW"] * 4], strict=True))
        COMPAT[f"compat.RtcTokenBuilder.RtcTokenBuilder.{method}"] = {
            argument: (value, kinds_in_compat(argument)) for argument, value in values.items()
        }


_add_builders()
for _name in ("", "Rtc", "Rtm", "Streaming", "Chat", "FCdn", "Apaas", "Rtm2"):
    COMPAT[f"{_KIND}.Service{_name}.unpack"] = {"buffer": ("bytes(99)", "bytes")}
    SELVES[f"{_KIND}.Service{_name}"] = f"{_KIND}.Service{_name}({'' if _name else '1'})"


def names() -> dict[str, Any]:
    """What the expressions are evaluated with."""
    scope: dict[str, Any] = {}
    exec(PRELUDE, scope)
    return scope


def plain(path: str) -> str:
    """The path, without what tells apart two ways to call the same."""
    return path.partition("@")[0]


def owner_of(path: str) -> str | None:
    """The class that a path is a method or a property of, if an object of it is needed."""
    owner = path.rpartition(".")[0]
    needed = owner in SELVES and not isinstance(
        introspection.getattr_static(eval(owner, names()), leaf(path)), staticmethod
    )
    return owner if needed else None


def leaf(path: str) -> str:
    return plain(path).rpartition(".")[2]


def call_of(path: str, arguments: dict[str, str]) -> str:
    """A call as an expression. Arguments go by name."""
    owner = owner_of(path)
    called = plain(path) if owner is None else f"{SELVES[owner]}.{leaf(path)}"
    return f"{called}({', '.join(f'{name}={value}' for name, value in arguments.items())})"


def given(path: str) -> dict[str, str]:
    return {name: value for name, (value, _) in (FACE | COMPAT)[path].items()}


def found_in(module: Any, path: str, seen: set[int]) -> Iterator[tuple[str, Any]]:
    """Every public callable of a module that takes an argument, with its path. What was seen elsewhere is left out."""
    for name in getattr(module, "__all__", dir(module)):
        value = getattr(module, name)
        if name.startswith("_") or id(value) in seen or introspection.ismodule(value) or not callable(value):
            continue
        seen.add(id(value))
        if not isinstance(value, type):
            if takes_arguments(value):
                yield f"{path}.{name}", value
        elif not issubclass(value, Enum | Exception) and not is_dataclass(value):
            yield from found_in_class(value, f"{path}.{name}", seen)


def found_in_class(owner: type, path: str, seen: set[int]) -> Iterator[tuple[str, Any]]:
    if takes_arguments(owner):
        yield path, owner
    for name, member in vars(owner).items():
        if name.startswith("_") or (isinstance(member, type) and id(member) in seen):
            continue
        if isinstance(member, type):
            yield from found_in_class(member, f"{path}.{name}", seen)
        elif callable(getattr(owner, name)) and takes_arguments(getattr(owner, name)):
            yield f"{path}.{name}", getattr(owner, name)


def parameters_of(value: Callable[..., Any]) -> dict[str, introspection.Parameter]:
    parameters = introspection.signature(value).parameters
    return {name: one for name, one in parameters.items() if name != "self"}


def takes_arguments(value: Callable[..., Any]) -> bool:
    return bool(parameters_of(value))
