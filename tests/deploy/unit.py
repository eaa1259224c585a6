"""The systemd unit without systemd as the first process: its socket is passed on by systemd-socket-activate, its
certificate lies in a folder of credentials, and somebody listens to what it notifies.

python3 unit.py AGORA_TOKEN    the command-line tool; the last line is the count
"""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[2] / "examples" / "deploy"
APP_CERTIFICATE = "5CFd2fd1755d40ecb72977518be15d3b"
"""The public sample."""
PATIENCE = 30
"""Seconds for anything."""


def setting(file: str, name: str) -> list[str]:
    """What a unit says under a name, which may stand there several times."""
    return re.findall(rf"^{name}=(.+)$", (DEPLOY / file).read_text(), re.MULTILINE)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


class Notifications:
    """What the server tells systemd, one message after the other."""

    def __init__(self, path: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        self.socket.settimeout(PATIENCE)

    def next(self, state: str) -> str:
        """The next message that speaks of a state, which has to be this one."""
        while True:
            message = self.socket.recv(4096).decode()
            found = re.search(r"^(READY|RELOADING|STOPPING)=1$", message, re.MULTILINE)
            if found:
                assert found[1] == state, f"{state} was expected, and it said {message!r}"
                return message


@contextmanager
def running(tool: str, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int, int, Notifications]]:
    """The server as the unit starts it, with its port and the one of its health, and what it notifies."""
    (folder / "app_certificate").write_text(APP_CERTIFICATE)
    (credential,) = setting("agora-token.service", "LoadCredential")
    assert credential.startswith("app_certificate:"), credential
    (start,) = setting("agora-token.service", "ExecStart")
    (name,) = setting("agora-token.socket", "FileDescriptorName")
    port, admin = free_port(), free_port()
    environment = [f"NOTIFY_SOCKET={folder / 'notify'}", f"CREDENTIALS_DIRECTORY={folder}"]
    for variable in setting("agora-token.service", "Environment"):
        environment.append(variable.replace("%d", str(folder)).replace("127.0.0.1:8083", f"127.0.0.1:{admin}"))
    words = start.replace("/usr/bin/agora-token", tool).replace("/etc/agora-token", str(DEPLOY)).split()
    activate = ["systemd-socket-activate", f"--listen=127.0.0.1:{port}", f"--fdname={name}"]
    activate += [word for variable in environment for word in ("--setenv", variable)]
    outside = {key: value for key, value in os.environ.items() if not key.startswith("AGORA_")}
    notifications = Notifications(folder / "notify")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*activate, *words], env=outside, stderr=log)
        try:
            yield process, port, admin, notifications
        finally:
            process.kill()
            process.wait()


def status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def until_listening(port: int) -> None:
    for _ in range(PATIENCE * 50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(f"nobody listens on {port}")


def main() -> int:
    passed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running(sys.argv[1], folder) as (process, port, admin, notifications):

            def done(what: str) -> None:
                nonlocal passed
                passed += 1
                print(f"ok     {what}")

            try:
                # systemd-socket-activate becomes the server at the first connection, which the server then has.
                until_listening(port)
                notifications.next("READY")
                done("it says when it is ready")
                assert status(port, "/readyz") == 200
                done("it answers on the socket that it was given")
                assert status(admin, "/metrics") == 200
                done("health and metrics are on this machine")
                process.send_signal(signal.SIGHUP)
                assert re.search(r"^MONOTONIC_USEC=\d+$", notifications.next("RELOADING"), re.MULTILINE)
                notifications.next("READY")
                done("it says when it reloads, and when it has")
                process.send_signal(signal.SIGTERM)
                notifications.next("STOPPING")
                assert process.wait(PATIENCE) == 0
                done("it says when it stops, and ends well")
            except (AssertionError, OSError, subprocess.TimeoutExpired) as error:
                print(f"FAILED after these: {type(error).__name__} {error}\n{(folder / 'log').read_text()}")
                print(f"{passed} passed, 1 failed")
                return 1
    print(f"{passed} passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
