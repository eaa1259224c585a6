"""The programs of examples/python: two mint, one verifies, one says what is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from samples import APP_ID, CERTIFICATE, OTHER_CERTIFICATE, verify

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "python"


def run(program: str, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AGORA_")}
    command = [sys.executable, "-W", "error", str(EXAMPLES / program)]
    return subprocess.run(command, input=text, env=clean | environment, text=True, capture_output=True)


def mint() -> str:
    done = run("mint.py", AGORA_APP_ID=APP_ID, AGORA_APP_CERTIFICATE=CERTIFICATE)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_every_example_is_run_here() -> None:
    assert {program.name for program in EXAMPLES.iterdir() if program.suffix == ".py"} == {
        "doctor.py",
        "issue.py",
        "mint.py",
        "verify.py",
    }
    # That of the guide is asked by tests of its own.
    assert {folder.name for folder in EXAMPLES.iterdir() if folder.is_dir()} - {"__pycache__"} == {
        "django",
        "fastapi",
        "token_server",
    }


def test_mint_and_verify() -> None:
    token = mint()
    assert verify(token.strip(), CERTIFICATE, app_id=APP_ID, channel="room", user=42)
    done = run("verify.py", token, AGORA_APP_CERTIFICATE=CERTIFICATE)
    assert (done.returncode, done.stderr) == (0, "")
    verdict, last = done.stdout.splitlines()
    assert json.loads(verdict)["valid"] is True and last == "valid"


def test_verify_refuses() -> None:
    done = run("verify.py", mint(), AGORA_APP_CERTIFICATE=OTHER_CERTIFICATE)
    assert done.returncode == 1
    assert done.stderr == "SIGNATURE_MISMATCH: the signature does not match the App Certificate\n"
    assert json.loads(done.stdout)["valid"] is False


def test_issue() -> None:
    done = run("issue.py", AGORA_APP_ID=APP_ID, AGORA_APP_CERTIFICATE=CERTIFICATE)
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert list(answer) == ["token", "issuedAt", "expiresAt", "refreshAfter"]
    verdict = verify(answer["token"], CERTIFICATE, channel="room", user=42)
    assert verdict.token is not None
    assert verdict.token.expires_at == answer["expiresAt"] == answer["refreshAfter"] + 360


def test_doctor_on_a_good_token() -> None:
    done = run("doctor.py", mint(), AGORA_APP_ID=APP_ID, AGORA_APP_CERTIFICATE=CERTIFICATE)
    assert (done.returncode, done.stdout, done.stderr) == (0, "nothing is wrong with the token\n", "")


def test_doctor_on_a_token_cut_short() -> None:
    done = run("doctor.py", mint()[:64], AGORA_APP_ID=APP_ID, AGORA_APP_CERTIFICATE=CERTIFICATE)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("error TOKEN_TRUNCATED: ") and "\n  fix: " in done.stdout


def test_doctor_without_the_certificate() -> None:
    done = run("doctor.py", mint(), AGORA_APP_ID=APP_ID)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("note SIGNATURE_NOT_CHECKED: ")


@pytest.mark.parametrize("program", ["mint.py", "verify.py"])
def test_without_credentials(program: str) -> None:
    done = run(program)
    assert done.returncode == 2 and done.stdout == "" and done.stderr.startswith("set AGORA_APP_")


def test_issue_without_credentials() -> None:
    done = run("issue.py")
    assert (done.returncode, done.stdout) == (1, "") and done.stderr.startswith("INVALID_APP_")
    assert "AGORA_APP_" in done.stderr


@pytest.mark.parametrize("program", ["mint.py", "issue.py"])
def test_a_wrong_certificate_is_explained(program: str) -> None:
    done = run(program, AGORA_APP_ID=APP_ID, AGORA_APP_CERTIFICATE=CERTIFICATE + "\n")
    assert done.returncode == 1
    field = "app_certificate" if program == "mint.py" else "AGORA_APP_CERTIFICATE"
    assert done.stderr.startswith(f"INVALID_APP_CERTIFICATE: {field} has 33 characters")
    assert CERTIFICATE not in done.stderr
