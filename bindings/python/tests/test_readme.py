"""Every Python snippet of the README, run on its own; and what it says, held against the package."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from samples import APP_ID, CERTIFICATE

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)
SNIPPETS = [text for language, text in BLOCKS if language == "python"]


def test_nothing_shown_goes_untested() -> None:
    assert {language for language, _ in BLOCKS} == {"console", "python", "text"}
    assert len(SNIPPETS) == 13


USED = {
    "from fastapi import": """
from fastapi.testclient import TestClient

client = TestClient(app)
answer = client.post("/tokens/room")
assert answer.status_code == 200 and list(answer.json()) == ["token", "issuedAt", "expiresAt", "refreshAfter"]
refused = client.post("/tokens/" + "a" * 64)
assert refused.status_code == 400 and refused.json()["code"] == "INVALID_CHANNEL_NAME"
issuer = Issuer.from_env(clock=lambda: -1)
assert client.post("/tokens/room").json() == {"code": "INVALID_TIMESTAMP", "detail": "unavailable"}
""",
    "from django.http import": """
import types

import django.test
from django.conf import settings
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, MIDDLEWARE=[f"{__name__}.RefusalMiddleware", f"{__name__}.sign_in"])
urlpatterns = [path("tokens/<str:channel>", create_token)]


def sign_in(get_response):
    def signed_in(request):
        request.user = types.SimpleNamespace(pk=42)
        return get_response(request)

    return signed_in


django.setup()
client = django.test.Client()
answer = client.post("/tokens/room")
assert answer.status_code == 200 and list(answer.json()) == ["token", "issuedAt", "expiresAt", "refreshAfter"]
refused = client.post("/tokens/" + "a" * 64)
assert refused.status_code == 400 and refused.json()["code"] == "INVALID_CHANNEL_NAME"
""",
    "from celery import": """
from celery.contrib.testing.worker import start_worker

app.conf.update(worker_hijack_root_logger=False)
with start_worker(app, perform_ping_check=False, pool="solo", loglevel="CRITICAL"):
    first, refused = invite.delay("hall", [1, 0]).get(timeout=60)
assert list(first) == ["token", "issuedAt", "expiresAt", "refreshAfter"]
assert refused == {"error": "user is 0, which means any user; ask for any user by name"}
""",
}
"""What a recipe that only defines something is used for here."""


@pytest.mark.parametrize("snippet", SNIPPETS, ids=range(1, len(SNIPPETS) + 1))
def test_snippet(snippet: str, tmp_path: Path) -> None:
    program = tmp_path / "snippet.py"
    used = [use for imports, use in USED.items() if imports in snippet]
    program.write_text("\n\n".join([snippet, *used]), encoding="utf-8")
    variables = {
        "AGORA_APP_ID": APP_ID,
        "AGORA_APP_CERTIFICATE": CERTIFICATE,
        "CELERY_BROKER_URL": "memory://",
        "CELERY_RESULT_BACKEND": "cache+memory://",
    }
    # Other packages warn of what is theirs.
    strict = [] if used else ["-W", "error"]
    done = subprocess.run(
        [sys.executable, *strict, str(program)],
        cwd=tmp_path,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr if strict else "") == (0, "", ""), done.stderr


def test_every_recipe_is_used() -> None:
    assert [sum(imports in snippet for snippet in SNIPPETS) for imports in USED] == [1, 1, 1]


def test_the_sections_are_those_of_every_binding() -> None:
    sections = re.findall(r"^## (.*)$", README, flags=re.MULTILINE)
    official = "Migrating from the official package"
    assert sections == ["Installation", "Usage", "Recipes", "Testing", "Development", official]


def test_every_import_of_the_table_works() -> None:
    imports = {
        text
        for text in re.findall(r"`(from [^`]+)`", README)
        if not text.startswith(("from src", "from agora_token_b"))
    }
    assert len(imports) == 14
    for statement in imports:
        exec(statement, {})
