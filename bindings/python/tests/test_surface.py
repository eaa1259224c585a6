"""Everything public that takes arguments: that it is all here, what is taken, what stubs say of it, what is left out."""

import ast
import inspect as introspection
import os
import subprocess
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

import agora_token
import pytest
import surface
import vectors
from agora_token import AccessToken2, AgoraTokenError, Grant, Service, access_token_006, compat, inspect
from samples import REFUSED
from surface import COMPAT, FACE, PROBES, SELVES, SETTERS, call_of, given, leaf, parameters_of
from test_compat import WITH_PRIVILEGES
from test_issuer import ISSUER, LONG

NAMES = surface.names()
NOW = NAMES["NOW"]
(NAMES["UNKNOWN"],) = (
    AccessToken2.parse(str(vectors.text(case["token"]))).unknown_service
    for case in vectors.cases("malformed.json")
    if case["id"] == "unknown_last"
)
ALL = FACE | COMPAT


def value_of(expression: str) -> Any:
    return eval(expression, dict(NAMES))


def public() -> dict[str, Any]:
    seen: set[int] = set()
    found = dict(surface.found_in(agora_token, "agora_token", seen))
    found |= surface.found_in(access_token_006, "access_token_006", seen)
    for name in ("Packer", "AccessToken", "AccessToken2", "utils", *compat.__all__):
        found |= surface.found_in(getattr(compat, name), f"compat.{name}", seen)
    return found


def test_the_table_has_everything_that_takes_arguments() -> None:
    found = {path: set(parameters_of(value)) for path, value in public().items()}
    table: dict[str, set[str]] = {}
    for path, arguments in ALL.items():
        table.setdefault(surface.plain(path), set()).update(arguments)
    inherited = {f"compat.RtcTokenBuilder.RtcTokenBuilder.{method}" for method in WITH_PRIVILEGES}
    assert inherited < COMPAT.keys()
    assert found == {path: arguments for path, arguments in table.items() if path not in inherited}
    assert len(inherited) == 2


def test_every_argument_has_its_comment() -> None:
    missing = [
        f"{path}({name})"
        for path, value in public().items()
        if not path.startswith("compat.")
        for name in parameters_of(value)
        if f"\n    {name}: " not in (introspection.getdoc(value) or "")
    ]
    assert missing == []


@pytest.mark.parametrize("path", ALL)
def test_every_argument_is_taken_by_its_name(path: str) -> None:
    assert value_of(call_of(path, given(path))) != ""


@pytest.mark.parametrize("path", FACE)
def test_nothing_is_taken_that_is_of_no_kind_of_its_argument(path: str) -> None:
    for name, (_, kinds) in FACE[path].items():
        for kind, probe in PROBES.items():
            call = call_of(path, given(path) | {name: probe})
            is_taken = kind in kinds.split() or (path, name) in surface.ANYTHING
            if is_taken and (path, name, kind) not in surface.TO_TYPE_CHECKERS_ONLY:
                try:
                    value_of(call)
                except AgoraTokenError:
                    pass  # It is of the right kind, and may still be no App ID.
                except TypeError:
                    assert (path, name) in surface.ANYTHING
            else:
                with pytest.raises((AgoraTokenError, TypeError)):
                    value_of(call)


# What stubs say


def lines_of(table: dict[str, dict[str, tuple[str, str]]]) -> list[tuple[str, str, str, str]]:
    """A call for every argument and every kind of value: the line, the argument, the kind, and the kinds taken."""
    lines = []
    for path, arguments in table.items():
        for name, (_, kinds) in arguments.items():
            for kind, probe in PROBES.items():
                lines.append((call_of(path, given(path) | {name: probe}), f"{path}({name})", kind, kinds))
    for path, (_, kinds, _) in SETTERS.items():
        for kind, probe in PROBES.items():
            line = f"{SELVES[path.rpartition('.')[0]]}.{leaf(path)} = {probe}"
            lines.append((line, f"{path} =", kind, kinds))
    return lines


def complaints(text: str, folder: Path) -> set[int]:
    """The numbers of the lines in which a type checker finds something."""
    file = folder / "calls.py"
    file.write_text(text, encoding="utf-8")
    words = [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={folder / 'cache'}", "--no-pretty"]
    words += ["--hide-error-context", "--no-error-summary", "--follow-imports=silent", str(file)]
    environment = os.environ | {"MYPYPATH": str(Path(__file__).parent)}
    done = subprocess.run(words, cwd=folder, env=environment, text=True, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    errors = [line for line in done.stdout.splitlines() if ": error: " in line]
    assert errors and all(line.startswith("calls.py:") for line in errors), errors
    return {int(line.split(":")[1]) for line in errors}


def test_stubs_take_the_same_kinds_and_no_others(tmp_path: Path) -> None:
    before = surface.PRELUDE.count("\n")
    lines = lines_of(ALL)
    calls = "\n".join(line for line, *_ in lines)
    wrong = complaints(f"{surface.PRELUDE}{calls}\n", tmp_path)
    assert min(wrong) > before
    differing = []
    for number, (line, argument, kind, kinds) in enumerate(lines, before + 1):
        # To a type checker a bool is an int, and an int a float.
        taken = kind in kinds.split() or (kind == "bool" and "int" in kinds.split())
        if taken == (number in wrong):
            differing.append(f"{argument} {'refuses' if taken else 'takes'} {kind}: {line}")
    assert differing == []


def test_stubs_say_what_every_call_gives(tmp_path: Path) -> None:
    imports = "from typing_extensions import assert_type\n"
    lines = [f"assert_type({call_of(path, given(path))}, {surface.given_by(path)})" for path in ALL]
    # The last one is wrong, to see that this can fail.
    text = "\n".join([f"{imports}{surface.PRELUDE}", *lines, "assert_type(ISSUER.app_id, bytes)\n"])
    wrong = complaints(text, tmp_path)
    assert [text.splitlines()[number - 1] for number in sorted(wrong)] == ["assert_type(ISSUER.app_id, bytes)"]
    for path in ALL:
        answer = value_of(call_of(path, given(path)))
        assert fits(answer, value_of(surface.given_by(path))), path


MEMBERS = Path(__file__).parent / "typing" / "members.py"

_KIND = "compat.AccessToken2"
INSTANCES = {
    **{path: call_of(path, given(path)) for path in ALL if "@" not in path and isinstance(value_of(path), type)},
    "agora_token.Service": "agora_token.ServiceFpa()",
    "agora_token.ServiceFpa": "agora_token.ServiceFpa()",
    "agora_token.UnknownService": "UNKNOWN",
    "agora_token.UnverifiedToken2": SELVES["agora_token.UnverifiedToken2"],
    "access_token_006.UnverifiedToken": SELVES["access_token_006.UnverifiedToken"],
    "agora_token.Grant": "GRANT",
    "agora_token.IssuedToken": "ISSUER.issue(GRANT)",
    "agora_token.RefusedGrant": "ISSUER.issue_many(GRANT, users=[0])[0]",
    "agora_token.Verdict": "agora_token.Verifier(certificates=CERTIFICATE, clock=1).verdict(PUBLISHER, uid=7)",
    "agora_token.Diagnosis": "agora_token.diagnose(PUBLISHER, user=7)",
    "agora_token.Finding": "agora_token.diagnose(PUBLISHER, user=7).findings[0]",
    "agora_token.Refusal": "agora_token.Verifier(certificates=CERTIFICATE, clock=1).verdict(PUBLISHER, uid=7).refusals[0]",
    "agora_token.ErrorCode": "agora_token.ErrorCode.INTERNAL",
    "agora_token.FindingCode": "agora_token.FindingCode.NO_TOKEN",
    **{
        f"agora_token.{name}": f"agora_token.{name}(agora_token.ErrorCode.INTERNAL, '', '')"
        for name, value in vars(agora_token).items()
        if isinstance(value, type) and issubclass(value, Exception)
    },
    f"{_KIND}.ServiceFpa": f"{_KIND}.ServiceFpa()",
    f"{_KIND}.ServiceConvoAI": f"{_KIND}.ServiceConvoAI()",
    f"{_KIND}.ServiceStt": f"{_KIND}.ServiceStt()",
    f"{_KIND}.ServiceRtm2.Permissions": PROBES["CompatPermissions"],
}
"""An object of every public class that has members, by the path of the class."""


def members_of(made: Any) -> set[str]:
    """The properties of an object, and its methods without arguments."""
    inherited = {*dir(str), *dir(Exception)}
    names = {name for name in dir(made) if not name.startswith("_")} - {"ANY"}
    found = set()
    for name in names - inherited:
        value = getattr(made, name)
        if isinstance(value, type) or (
            isinstance(made, Enum) and (name in type(made).__members__ or name in ("name", "value"))
        ):
            continue
        if not callable(value) or not (introspection.signature(value).parameters or is_static(made, name)):
            found.add(name)
    return found


def is_static(made: Any, name: str) -> bool:
    return isinstance(introspection.getattr_static(made, name), staticmethod)


def checked_members() -> dict[Any, dict[str, Any]]:
    """What the file for type checkers asserts of every class: the type by the member."""
    tree = ast.parse(MEMBERS.read_text(encoding="utf-8"))
    scope: dict[str, Any] = {}
    imports: list[ast.stmt] = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    exec(compile(ast.Module(imports, []), str(MEMBERS), "exec"), scope)
    found: dict[Any, dict[str, Any]] = {}
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            (argument,) = function.args.args
            assert argument.annotation is not None
            members = found.setdefault(eval(ast.unparse(argument.annotation), scope), {})
            for node in function.body:
                match node:
                    case ast.Expr(ast.Call(ast.Name("assert_type"), [what, kind])):
                        _, _, name = ast.unparse(what).removesuffix("()").partition(".")
                        assert name not in members
                        members[name] = eval(ast.unparse(kind), scope)
                    case _:
                        raise AssertionError(ast.unparse(node))
    return found


def fits(value: Any, kind: Any) -> bool:
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Any or kind is None:
        return kind is Any or value is None
    if origin is UnionType:
        return any(fits(value, each) for each in arguments)
    if origin is dict:
        return isinstance(value, dict) and all(
            fits(*pair) for item in value.items() for pair in zip(item, arguments, strict=True)
        )
    if origin is tuple and Ellipsis not in arguments:
        return isinstance(value, tuple) and all(map(fits, value, arguments))
    if origin in (list, tuple):
        return isinstance(value, origin) and all(fits(each, arguments[0]) for each in value)
    if origin is not None:
        return isinstance(value, origin)
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def test_the_type_of_every_member_is_asserted() -> None:
    asserted = checked_members()
    made = {path: value_of(expression) for path, expression in INSTANCES.items()}
    classes = {value_of(path) for path in made}
    assert asserted.keys() <= classes
    missing = {
        owner: sorted(names)
        for path, object_ in made.items()
        if (names := members_of(object_) ^ {*asserted.get(owner := value_of(path), {})})
    }
    assert missing == {}
    for path, object_ in made.items():
        for name, kind in asserted.get(value_of(path), {}).items():
            value = getattr(object_, name)
            # A class may be called without arguments too, but is not what a method gives.
            shown = value() if callable(value) and not isinstance(value, type) else value
            assert fits(shown, kind), (path, name, shown)


def test_no_class_is_left_out() -> None:
    public_classes = {
        value
        for module in (agora_token, access_token_006)
        for name in module.__all__
        if isinstance(value := getattr(module, name), type)
        and not (issubclass(value, Enum) and issubclass(value, int))
        and not name.endswith("TokenBuilder")
    }
    without = {agora_token.Channel, agora_token.Fault, agora_token.Severity}
    assert public_classes - without <= {value_of(path) for path in INSTANCES}


def test_every_name_of_the_official_modules_is_used_by_the_file_for_type_checkers() -> None:
    text = MEMBERS.read_text(encoding="utf-8")
    tested = 0
    for module_name in compat.__all__:
        module = getattr(compat, module_name)
        for name, value in vars(module).items():
            if name.startswith("_") or not (isinstance(value, int) or name.lower().endswith("version")):
                continue
            defined = any(f"compat.{place}.{name}" in text for place in (module_name, "AccessToken", "AccessToken2"))
            assert defined, f"{module_name}.{name}"
            tested += 1
    assert tested > 20


# What is left out


def outcome(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except AgoraTokenError as error:
        return error.code, error.field
    except TypeError:
        return TypeError


def said_of(token: str) -> Any:
    """What a token says, without what was drawn for it: the times of one made now are told in words."""
    document = inspect(token).to_dict()
    del document["signature"], document["salt"]
    name, usual = ("issuedAt", NOW) if document["version"] == "007" else ("expiresAt", NOW + 86_400)
    if abs(document[name] - usual) < 3600:
        document[name] = "as is usual"
    # What follows from the other two is not told again.
    return document if name == "expiresAt" else {**document, "expiresAt": None}


def described(path: str, arguments: dict[str, str]) -> Any:
    """What becomes of a call, in what can be compared."""

    def call() -> Any:
        return value_of(call_of(path, arguments))

    made = outcome(call)
    match made:
        case str():
            return said_of(made), len({inspect(call()).salt for _ in range(10)}) > 1
        case list():
            return len(made)
        case agora_token.Issuer():
            salts = len({inspect(made.issue(NAMES["GRANT"]).token).salt for _ in range(10)})
            return salts > 1, made.app_id, said_of(made.issue(NAMES["GRANT"]).token)
        case Grant():
            return [outcome(lambda: said_of(ISSUER.issue(one).token)) for one in (made, made.and_rtm2(LONG))]
        case agora_token.AccessToken2() | access_token_006.AccessToken():
            # A salt that is not given is another each time.
            salts = len({call().salt for _ in range(20)})
            return salts > 1, made.salt if salts == 1 else None, outcome(lambda: said_of(made.build()))
        case agora_token.Verifier():
            tokens = (NAMES["PUBLISHER"], NAMES["SUBSCRIBER"])
            return [[refusal.code for refusal in made.verdict(token).refusals] for token in tokens]
        case agora_token.Diagnosis():
            return [finding.code for finding in made.findings], "other" in made.to_json()
        case compat.AccessToken2.AccessToken():
            made.add_service(compat.AccessToken2.ServiceFpa())
            built = made.build()
            return built and said_of(built)
        case compat.AccessToken2.Service():
            holder = compat.AccessToken2.AccessToken(NAMES["APP_ID"], NAMES["CERTIFICATE"])
            holder.add_service(made)
            return said_of(holder.build())["services"]
        case compat.AccessToken.AccessToken():
            return made.appID, made.appCertificate, made.channelName, made.uidStr
        case agora_token.Verdict():
            return made.valid, made.refusals
        case _:
            assert isinstance(made, Service | tuple | agora_token.User) or made is TypeError, made
            return made


Case = tuple[dict[str, str], str, str]
"""What else is given, the default, and another value that makes a difference."""

DEFAULTS: dict[tuple[str, str], Case] = {
    ("agora_token.ServiceRtm2", "permissions"): ({}, "None", "{0: {0: ['a']}}"),
    ("agora_token.AccessToken2", "issue_ts"): ({"services": "[SERVICE]"}, "None", "1"),
    ("agora_token.AccessToken2", "expire"): ({"services": "[SERVICE]"}, "900", "901"),
    ("agora_token.AccessToken2", "salt"): ({"services": "[SERVICE]"}, "None", "7"),
    ("agora_token.AccessToken2", "services"): ({}, "None", "[SERVICE]"),
    **{
        ("agora_token.Grant", name): ({"uid": "7"} | context, default, other)
        for name, (context, default, other) in {
            "channel": ({"role": "1"}, "...", "'room'"),
            "role": ({"channel": "'room'"}, "...", "1"),
            "rtm": ({}, "False", "True"),
            "chat": ({}, "False", "True"),
            "services": ({}, "...", "[2]"),
            "room_uuid": ({"services": "[7]", "room_role": "2"}, "...", "'room'"),
            "room_role": ({"services": "[7]", "room_uuid": "'room'"}, "...", "2"),
            "permissions": ({"rtm": "True"}, "...", "{0: {0: ['a']}}"),
            "lifetime": ({"rtm": "True"}, "3600", "60"),
            "publish_lifetime": ({"channel": "'room'", "role": "1"}, "...", "60"),
            "expires_in": ({"rtm": "True"}, "...", "60"),
            "publish_expires_in": ({"channel": "'room'", "role": "1"}, "...", "60"),
            "allow_longer_than_a_day": ({"rtm": "True", "lifetime": "DAY + 1"}, "False", "True"),
            "allow_long_token": ({"rtm": "True"}, "False", "True"),
        }.items()
    },
    ("agora_token.Grant", "uid"): ({"rtm": "True"}, "...", "7"),
    ("agora_token.Grant", "account"): ({"rtm": "True"}, "...", "'me'"),
    ("agora_token.Grant", "user"): ({"rtm": "True"}, "...", "7"),
    ("agora_token.User", "uid"): ({}, "...", "7"),
    ("agora_token.User", "account"): ({}, "...", "'me'"),
    ("agora_token.Issuer", "credentials"): ({}, "...", "CREDENTIALS"),
    ("agora_token.Issuer", "app_id"): ({"app_certificate": "CERTIFICATE"}, "...", "APP_ID"),
    ("agora_token.Issuer", "app_certificate"): ({"app_id": "APP_ID"}, "...", "CERTIFICATE"),
    ("agora_token.Issuer", "clock"): ({"credentials": "CREDENTIALS"}, "None", "1"),
    ("agora_token.Issuer", "salt"): ({"credentials": "CREDENTIALS"}, "None", "7"),
    ("agora_token.Issuer.from_env", "clock"): ({}, "None", "1"),
    ("agora_token.Issuer.from_env", "salt"): ({}, "None", "7"),
    ("agora_token.Issuer.issue_many", "users"): ({"grants": "GRANT"}, "...", "[7]"),
    ("access_token_006.AccessToken", "salt"): ({}, "None", "7"),
    ("access_token_006.AccessToken", "expires_at"): ({}, "None", "NOW + 7"),
    ("access_token_006.AccessToken", "privileges"): ({}, "None", "{1: NOW}"),
    **{
        ("agora_token.diagnose", name): ({}, "...", other)
        for name, other in {
            "app_id": "'0' * 32",
            "app_certificate": "CERTIFICATE",
            "certificate": "CERTIFICATE",
            "certificates": "CERTIFICATE",
            "channel": "'other'",
            "uid": "7",
            "account": "'me'",
            "user": "7",
            "service": "2",
            "at": "1",
            "sdk": "'web 2.0.0'",
            "error": "110",
        }.items()
    },
    ("agora_token.diagnose", "role"): ({"token": "SUBSCRIBER"}, "...", "1"),
    ("agora_token.diagnose", "redact"): ({"channel": "'other'"}, "False", "True"),
}
for _path in FACE:
    if _path.startswith("agora_token.Service"):
        DEFAULTS[_path, "privileges"] = {}, "None", "{1: 7}"
    if _path.startswith("agora_token.RtcTokenBuilder") and "privilege_expire" in FACE[_path]:
        DEFAULTS[_path, "privilege_expire"] = {}, "0", "7"
    if "TokenBuilder." in _path:
        DEFAULTS |= {(_path, "issue_ts"): ({}, "None", "1"), (_path, "salt"): ({}, "None", "7")}
    if _path.startswith("agora_token.Grant.") and "lifetime" in FACE[_path]:
        DEFAULTS[_path, "lifetime"] = {}, "3600", "60"
        DEFAULTS[_path, "allow_longer_than_a_day"] = {"lifetime": "DAY + 1"}, "False", "True"
        DEFAULTS[_path, "allow_long_token"] = {}, "False", "True"
        if "publish_lifetime" in FACE[_path]:
            DEFAULTS[_path, "publish_lifetime"] = {}, "...", "60"
_SIGNED = {"certificates": "CERTIFICATE"}
DEFAULTS |= {
    ("agora_token.Verifier", "credentials"): ({}, "...", "CREDENTIALS"),
    ("agora_token.Verifier", "app_id"): (_SIGNED, "...", "'0' * 32"),
    ("agora_token.Verifier", "app_certificate"): ({}, "...", "CERTIFICATE"),
    ("agora_token.Verifier", "certificate"): ({}, "...", "CERTIFICATE"),
    ("agora_token.Verifier", "certificates"): ({}, "...", "CERTIFICATE"),
    ("agora_token.Verifier", "leeway"): (_SIGNED | {"clock": "ENDS"}, "0", "1"),
    ("agora_token.Verifier", "clock"): (_SIGNED, "None", "1"),
    ("agora_token.Verifier", "ignore_time"): (_SIGNED | {"clock": "1"}, "False", "True"),
    ("agora_token.Verifier.from_env", "leeway"): ({"clock": "ENDS"}, "0", "1"),
    ("agora_token.Verifier.from_env", "clock"): ({}, "None", "1"),
}
for _path in ("agora_token.Verifier.verify", "agora_token.Verifier.verdict"):
    for _name, _other in {
        "channel": "'other'",
        "uid": "7",
        "account": "'me'",
        "user": "7",
        "service": "2",
        "privilege": "7",
    }.items():
        DEFAULTS[_path, _name] = {}, "...", _other

_WHOLE = {"app_id": "APP_ID", "app_certificate": "CERTIFICATE"}
COMPAT_DEFAULTS: dict[str, dict[str, Case]] = {
    "AccessToken.AccessToken": {
        "appID": ({}, "''", "APP_ID"),
        "appCertificate": ({}, "''", "CERTIFICATE"),
        "channelName": ({}, "''", "'room'"),
        "uid": ({}, "''", "7"),
    },
    "AccessToken2.AccessToken": {
        "app_id": ({"app_certificate": "CERTIFICATE"}, "''", "APP_ID"),
        "app_certificate": ({"app_id": "APP_ID"}, "''", "CERTIFICATE"),
        "issue_ts": (_WHOLE, "0", "1"),
        "expire": (_WHOLE, "900", "901"),
    },
    "AccessToken2.ServiceRtc": {"channel_name": ({}, "''", "'room'"), "uid": ({}, "0", "7")},
    "AccessToken2.ServiceRtm": {"user_id": ({}, "''", "'me'")},
    "AccessToken2.ServiceStreaming": {"channel_name": ({}, "''", "'room'"), "account": ({}, "''", "7")},
    "AccessToken2.ServiceChat": {"user_id": ({}, "''", "'me'")},
    "AccessToken2.ServiceFCdn": {"channel_name": ({}, "''", "'room'"), "account": ({}, "''", "7")},
    "AccessToken2.ServiceApaas": {
        "room_uuid": ({}, "''", "'room'"),
        "user_uuid": ({}, "''", "'me'"),
        "role": ({}, "-1", "0"),
    },
    "AccessToken2.ServiceRtm2": {
        "user_id": ({}, "''", "'me'"),
        "permissions": ({}, "None", "_filled()"),
    },
    "RtcTokenBuilder2.RtcTokenBuilder.build_token_with_uid": {"privilege_expire": ({}, "0", "7")},
    "RtcTokenBuilder2.RtcTokenBuilder.build_token_with_user_account": {"privilege_expire": ({}, "0", "7")},
    "RtcTokenBuilder2.RtcTokenBuilder.build_token_with_rtm": {"privilege_expire": ({}, "0", "7")},
    "RtmTokenBuilder2.RtmTokenBuilder.build_token_with_permissions": {"expire": ({}, "0", "7")},
}
DEFAULTS |= {(f"compat.{path}", name): case for path, cases in COMPAT_DEFAULTS.items() for name, case in cases.items()}


def _filled() -> compat.AccessToken2.ServiceRtm2.Permissions:
    permissions = compat.AccessToken2.ServiceRtm2.Permissions()
    permissions.add(0, 0, ["a"])
    return permissions


NAMES["_filled"] = _filled


def test_every_default_is_in_the_table() -> None:
    found = {
        (path, name): parameter.default
        for path, value in public().items()
        for name, parameter in parameters_of(value).items()
        if parameter.default is not parameter.empty
    }
    assert found == {place: value_of(default) for place, (_, default, _) in DEFAULTS.items()}
    for (path, name), default in found.items():
        assert type(default) is type(value_of(DEFAULTS[path, name][1]))


@pytest.mark.parametrize(("path", "name"), list(DEFAULTS))
def test_what_is_left_out_is_the_default(path: str, name: str) -> None:
    context, default, other = DEFAULTS[path, name]
    required = {each: value for each, value in given(path).items() if (surface.plain(path), each) not in DEFAULTS}
    without = described(path, required | context)
    if default == "...":
        # Nothing stands for what is left out.
        with pytest.raises((AgoraTokenError, TypeError)):
            value_of(call_of(path, required | context | {name: default}))
    else:
        assert without == described(path, required | context | {name: default})
    assert without != described(path, required | context | {name: other}), "the argument makes a difference"


# Setters


def test_every_setter_is_in_the_table() -> None:
    found = set()
    for path, self in SELVES.items():
        made = value_of(self)
        for name in dir(type(made)):
            if name.startswith("_") or path.startswith("compat.") or callable(getattr(made, name)):
                continue
            try:
                setattr(made, name, getattr(made, name))
            except AttributeError:
                continue
            found.add(f"{path}.{name}")
    assert found == SETTERS.keys()


@pytest.mark.parametrize("path", SETTERS)
def test_a_setter_refuses_by_its_own_name(path: str) -> None:
    good, kinds, code = SETTERS[path]
    owner, _, name = path.rpartition(".")
    made = value_of(SELVES[owner])
    setattr(made, name, value_of(good))
    held = getattr(made, name)
    assert held == value_of(good)
    wrong = [value_of(probe) for kind, probe in PROBES.items() if kind not in kinds.split()]
    for value in (*wrong, -1, 2**32, 10**5000):
        with pytest.raises(REFUSED) as caught:
            setattr(made, name, value)
        assert (caught.value.code, caught.value.field) == (code, name), value
        assert getattr(made, name) == held
        if value is not None:
            # The argument of the same name is refused alike.
            with pytest.raises(REFUSED) as caught:
                eval(call_of(owner, given(owner) | {name: "wrong"}), NAMES | {"wrong": value})
            assert (caught.value.code, caught.value.field) == (code, name), value
    with pytest.raises(AttributeError):
        delattr(made, name)
