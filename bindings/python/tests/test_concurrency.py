"""Minting from many threads at once, from forked processes, and under gunicorn's pre-fork model."""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from agora_token import AccessToken2, RtcTokenBuilder, ServiceRtm2, Verifier, inspect
from samples import APP_ID, BUILDERS, CERTIFICATE, verify

THREADS = 16


def mint(uid: int = 42) -> str:
    return RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", uid, 1, 3600)


def salts(count: int) -> list[int]:
    return [inspect(mint()).salt for _ in range(count)]


def together(work: Callable[[int], None]) -> None:
    """Runs the work in all threads at the same time."""
    barrier = threading.Barrier(THREADS)

    def start(number: int) -> None:
        barrier.wait()
        work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(start, range(THREADS)))


def test_threads_mint_and_verify_what_they_asked_for() -> None:
    verifier = Verifier(certificates=CERTIFICATE, leeway=60)
    seen: set[int] = set()

    def work(number: int) -> None:
        for round_ in range(200):
            token = mint(uid := number * 1000 + round_ + 1)
            verdict = verifier.verify(token, channel="room")
            assert verdict.token is not None
            assert verdict.token.to_dict()["services"][0]["account"] == str(uid)
            assert not verifier.verdict(token, uid=uid + 1)
            seen.add(verdict.token.salt)

    together(work)
    assert len(seen) > THREADS * 200 * 0.99


def test_threads_share_every_builder() -> None:
    def work(_: int) -> None:
        for builder in BUILDERS.values():
            for _round in range(20):
                assert inspect(builder.call(**builder.keywords)).app_id == APP_ID

    together(work)


def test_threads_read_long_tokens() -> None:
    draw = random.Random(1)
    resources = [f"{draw.getrandbits(128):032x}" for _ in range(1500)]
    token = AccessToken2(APP_ID, CERTIFICATE, services=[ServiceRtm2("me", {0: {0: resources}}, {1: 0})]).build()

    def work(_: int) -> None:
        for _round in range(5):
            assert verify(token, CERTIFICATE, user="me")

    together(work)


def test_a_forked_process_has_salts_of_its_own() -> None:
    before = salts(50)
    children = [in_a_fork(lambda: salts(50)) for _ in range(3)]
    after = salts(50)
    everyone = [*before, *after, *(salt for child in children for salt in child)]
    # Of a hundred million salts two may be equal by chance, once in 3,000 runs; a copied state would repeat them all.
    assert len(everyone) == 250 and len(set(everyone)) >= 249


def in_a_fork(work: Callable[[], list[int]]) -> list[int]:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        said: list[int] = json.loads(answer.read())
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    return said


def test_gunicorn_workers_have_salts_of_their_own(tmp_path: Path) -> None:
    with gunicorn(tmp_path / "socket") as ask:
        by_worker: dict[int, list[int]] = {}
        deadline = time.monotonic() + 60
        while len(by_worker) < 2 or min(map(len, by_worker.values())) < 20:
            assert time.monotonic() < deadline, f"two workers were asked for: {by_worker}"
            answer = ask()
            assert verify(answer["token"], CERTIFICATE, channel="room", user=42, leeway=60)
            by_worker.setdefault(answer["worker"], [answer["before_fork"]]).append(inspect(answer["token"]).salt)
    (one_before, *one), (other_before, *other) = by_worker.values()
    assert one_before == other_before, "the application was loaded before the workers were forked"
    assert len({one_before, *one, *other}) >= len(one) + len(other), "all differ, but for one pair by chance"


@contextmanager
def gunicorn(path: Path) -> Iterator[Callable[[], dict[str, Any]]]:
    """A server with two workers, forked from a process that has minted already."""
    command = [sys.executable, "-m", "gunicorn", "--preload", "--workers=2", f"--bind=unix:{path}"]
    command += [f"--chdir={Path(__file__).parent / 'scripts'}", "--log-level=warning", "wsgi:application"]
    # A file, since nobody would empty a pipe while the server runs.
    with open(path.with_suffix(".log"), "w+") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
        try:
            yield lambda: request(path, server)
        except BaseException:
            log.seek(0)
            print(log.read())
            raise
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def request(path: Path, server: "subprocess.Popen[bytes]") -> dict[str, Any]:
    while not path.exists():
        assert server.poll() is None, "the server ended"
        time.sleep(0.05)
    connection = http.client.HTTPConnection("localhost", timeout=30)
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.settimeout(30)
    connection.sock.connect(str(path))
    try:
        connection.request("GET", "/token")
        answer: dict[str, Any] = json.load(connection.getresponse())
        return answer
    finally:
        connection.close()
