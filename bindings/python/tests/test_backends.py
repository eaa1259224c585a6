"""The backends of examples/python, as servers that are asked over a socket."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from samples import APP_ID, CERTIFICATE, OTHER_CERTIFICATE, verify

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "python"

Answer = tuple[int, Any, http.client.HTTPMessage]


class Server:
    """A server at a socket in the file system."""

    def __init__(self, path: Path, process: "subprocess.Popen[bytes]") -> None:
        self.path, self.process = path, process

    def post(self, route: str, body: Any, **headers: str) -> Answer:
        deadline = time.monotonic() + 60
        connection = http.client.HTTPConnection("localhost", timeout=30)
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.settimeout(30)
        while True:
            try:
                connection.sock.connect(str(self.path))
                break
            except (FileNotFoundError, ConnectionRefusedError):
                assert self.process.poll() is None and time.monotonic() < deadline, "the server ended"
                time.sleep(0.05)
        try:
            connection.request("POST", route, json.dumps(body), {"Content-Type": "application/json", **headers})
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text else None, answer.headers
        finally:
            connection.close()


@contextmanager
def serving(folder: str, words: list[str], path: Path, **environment: str) -> Iterator[Server]:
    variables = {name: value for name, value in os.environ.items() if not name.startswith("AGORA_")}
    variables |= {"AGORA_APP_ID": APP_ID, "AGORA_APP_CERTIFICATE": CERTIFICATE, "PYTHONDONTWRITEBYTECODE": "1"}
    # A file, since nobody would empty a pipe while the server runs.
    with open(path.with_suffix(".log"), "w+") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=EXAMPLES / folder,
            env=variables | environment,
            stdout=log,
            stderr=log,
        )
        try:
            yield Server(path, process)
        except BaseException:
            log.seek(0)
            print(log.read())
            raise
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


@pytest.fixture(scope="module")
def fastapi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path = tmp_path_factory.mktemp("fastapi") / "socket"
    words = ["uvicorn", "app:app", f"--uds={path}"]
    with serving("fastapi", words, path, AGORA_APP_CERTIFICATE_SECONDARY=OTHER_CERTIFICATE) as server:
        yield server


@pytest.fixture(scope="module")
def django(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path = tmp_path_factory.mktemp("django") / "socket"
    with serving(
        "django", ["gunicorn", "backend.wsgi", f"--bind=unix:{path}"], path, DJANGO_SECRET_KEY="of a test"
    ) as server:
        yield server


ALICE = {"Authorization": "Bearer session-of-alice"}


def test_fastapi_mints_for_who_is_signed_in(fastapi: Server) -> None:
    status, answer, _ = fastapi.post("/tokens", {"channel": "room", "publish": True}, **ALICE)
    assert status == 200 and list(answer) == ["token", "issuedAt", "expiresAt", "refreshAfter"]
    assert verify(answer["token"], CERTIFICATE, channel="room", account="alice", privilege=2)
    status, answer, _ = fastapi.post("/tokens", {"channel": "room"}, Authorization="Bearer session-of-42")
    assert status == 200 and verify(answer["token"], CERTIFICATE, channel="room", uid=42)
    for nobody in ({"Authorization": "Bearer x"}, {}):
        assert fastapi.post("/tokens", {"channel": "room"}, **nobody)[0] in (401, 403)


def test_fastapi_tells_the_caller_what_is_wrong(fastapi: Server) -> None:
    for channel in ("", "*", "a" * 64):
        status, answer, _ = fastapi.post("/tokens", {"channel": channel}, **ALICE)
        assert (status, answer["code"], answer["field"]) == (400, "INVALID_CHANNEL_NAME", "channel")
    assert fastapi.post("/tokens", {}, **ALICE)[0] == 422


def test_fastapi_mints_for_an_event(fastapi: Server) -> None:
    users = [1, "alice", 0, None, 2]
    status, rows, _ = fastapi.post("/events", {"channel": "hall", "users": users}, **ALICE)
    assert status == 200 and ["token" in row for row in rows] == [True, True, False, False, True]
    assert rows[2]["code"] == rows[3]["code"] == "INVALID_UID"
    assert verify(rows[4]["token"], CERTIFICATE, channel="hall", uid=2)


def test_fastapi_gives_nobody_but_an_organizer_the_tokens_of_others(fastapi: Server) -> None:
    event = {"channel": "hall", "users": ["alice"]}
    assert fastapi.post("/events", event, Authorization="Bearer session-of-42")[0] == 403
    assert fastapi.post("/events", event)[0] in (401, 403)


def test_fastapi_lets_no_forged_token_in(fastapi: Server) -> None:
    _, answer, _ = fastapi.post("/tokens", {"channel": "room"}, **ALICE)
    token = answer["token"]
    assert fastapi.post("/uses", {"token": token, "channel": "room"}, **ALICE)[:2] == (200, {"valid": True})
    status, answer, _ = fastapi.post("/uses", {"token": token, "channel": "other"}, **ALICE)
    assert (status, answer["code"], answer["field"]) == (403, "CHANNEL_MISMATCH", "channel")
    assert fastapi.post("/uses", {"token": token, "channel": "room"}, Authorization="Bearer session-of-42")[0] == 403
    forged = token[:20] + ("A" if token[20] != "A" else "B") + token[21:]
    for wrong in (forged, "hello", ""):
        assert fastapi.post("/uses", {"token": wrong, "channel": "room"}, **ALICE)[0] == 401


def test_django_mints_for_who_is_signed_in(django: Server) -> None:
    status, answer, _ = django.post("/tokens", {"channel": "room"})
    assert (status, answer) == (401, {"code": "SIGN_IN_FIRST"})
    for user, asked in ((42, {"uid": 42}), ("42", {"uid": 42}), ("alice", {"account": "alice"})):
        status, _, headers = django.post("/sign-in", {"user": user})
        assert status == 204
        cookie = headers["Set-Cookie"].partition(";")[0]
        status, answer, _ = django.post("/tokens", {"channel": "room", "publish": True}, Cookie=cookie)
        assert status == 200 and list(answer) == ["token", "issuedAt", "expiresAt", "refreshAfter"]
        assert verify(answer["token"], CERTIFICATE, channel="room", privilege=2, **asked)
        status, answer, _ = django.post("/tokens", {"channel": "*"}, Cookie=cookie)
        assert (status, answer["code"], answer["field"]) == (400, "INVALID_CHANNEL_NAME", "channel")
        assert django.post("/tokens", {}, Cookie=cookie)[0] == 400
    status, answer, _ = django.post("/sign-in", {"user": "042"})
    assert (status, answer["code"], answer["field"]) == (400, "INVALID_UID", "user")


def test_django_tells_the_caller_what_a_body_lacks(django: Server) -> None:
    deep: Any = []
    for _ in range(500):
        deep = [deep]
    for body in ({}, [], "text", None, 7, {"usr": 42}, deep):
        assert django.post("/sign-in", body)[:2] == (400, {"code": "BAD_REQUEST"})
    # What the core refuses is told with its reason, also where a type is none that it takes.
    status, answer, _ = django.post("/sign-in", {"user": None})
    assert (status, answer["field"]) == (400, "user")


@pytest.mark.parametrize(
    ("folder", "words"), [("fastapi", ["uvicorn", "app:app"]), ("django", ["gunicorn", "backend.wsgi"])]
)
def test_a_wrong_configuration_ends_the_start(folder: str, words: list[str], tmp_path: Path) -> None:
    path = tmp_path / "socket"
    bind = f"--uds={path}" if folder == "fastapi" else f"--bind=unix:{path}"
    wrong = {"AGORA_APP_CERTIFICATE": CERTIFICATE + "\n", "DJANGO_SECRET_KEY": "of a test"}
    with serving(folder, [*words, bind], path, **wrong) as server:
        assert server.process.wait(60) != 0
    said = path.with_suffix(".log").read_text()
    assert "AGORA_APP_CERTIFICATE has 33 characters" in said and CERTIFICATE not in said
