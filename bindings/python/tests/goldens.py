"""The golden files of the doctor: what each says that a client joined with, and a count of what ran."""

import collections
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[3] / "tests" / "doctor"
SCENARIOS = "scenarios.json"
FILES = sorted(file.name for file in FOLDER.glob("*.json"))

Case = dict[str, Any]

passed: collections.Counter[str] = collections.Counter()
"""Cases that ran to their end, by file."""


def read(file: str) -> Case:
    document: Case = json.loads((FOLDER / file).read_text(encoding="utf-8"))
    assert len(cases_of(document)) == document["count"]
    return document


def cases_of(document: Case) -> list[Case]:
    cases: list[Case] = document["scenarios" if "scenarios" in document else "cases"]
    return cases


def asked(attempt: Case) -> dict[str, Any]:
    """An attempt as the arguments of diagnose."""
    names = {"channel_name": "channel", "user_account": "account"}
    arguments = {names.get(name, name): value for name, value in attempt.items()}
    assert len(arguments) == len(attempt)
    return arguments
