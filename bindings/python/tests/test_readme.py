"""Every Python snippet of the README, run on its own; and what it says, held against the package."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)
SNIPPETS = [text for language, text in BLOCKS if language == "python"]


def test_nothing_shown_goes_untested() -> None:
    assert {language for language, _ in BLOCKS} == {"console", "python", "text"}
    assert len(SNIPPETS) == 7


@pytest.mark.parametrize("snippet", SNIPPETS, ids=range(1, len(SNIPPETS) + 1))
def test_snippet(snippet: str, tmp_path: Path) -> None:
    program = tmp_path / "snippet.py"
    program.write_text(snippet, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(program)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_sections_are_those_of_every_binding() -> None:
    sections = re.findall(r"^## (.*)$", README, flags=re.MULTILINE)
    official = "Migrating from the official package"
    assert sections == ["Installation", "Usage", "Development", "Testing", official]


def test_every_import_of_the_table_works() -> None:
    imports = {
        text
        for text in re.findall(r"`(from [^`]+)`", README)
        if not text.startswith(("from src", "from agora_token_b"))
    }
    assert len(imports) == 14
    for statement in imports:
        exec(statement, {})
