"""The shared vectors: their texts, services and expectations as this package says them, and a count of what ran."""

import collections
import json
from pathlib import Path
from typing import Any

import generated
from agora_token import Service

FOLDER = Path(__file__).resolve().parents[3] / "tests" / "vectors"

Case = dict[str, Any]

passed: collections.Counter[str] = collections.Counter()
"""Cases that ran to their end, by file."""


def announced(file: str) -> int:
    count: int = _read(file)["count"]
    return count


def cases(file: str) -> list[Case]:
    found: list[Case] = _read(file)["cases"]
    assert found
    return found


def _read(file: str) -> Any:
    return json.loads((FOLDER / file).read_text(encoding="utf-8"))


def octets(value: Any) -> bytes:
    """A text stands as a string, as {"hex": ...}, or as {"prefix": ..., "repeat": [text, count]}."""
    if isinstance(value, str):
        return value.encode()
    if "hex" in value:
        return bytes.fromhex(value["hex"])
    text, count = value["repeat"]
    return octets(value.get("prefix", "")) + octets(text) * int(count)


def text(value: Any) -> str | bytes:
    """As this package gives it: a str, or bytes where they are no UTF-8."""
    try:
        return octets(value).decode()
    except UnicodeDecodeError:
        return octets(value)


def numbered(value: dict[str, int]) -> dict[int, int]:
    return {int(number): entry for number, entry in value.items()}


def permissions(value: dict[str, dict[str, list[Any]]]) -> dict[int, dict[int, list[str | bytes]]]:
    return {
        int(resource): {int(permission): [text(entry) for entry in entries] for permission, entries in below.items()}
        for resource, below in value.items()
    }


def service(value: Any) -> Service:
    """A service as the file describes it."""
    kind, names = generated.SERVICES[value["type"]]
    return kind(*(field(name, value[name]) for name in names), numbered(value["privileges"]))


def field(name: str, value: Any) -> Any:
    """A field of a service as the file describes it."""
    if name == "permissions":
        return permissions(value)
    return value if isinstance(value, int) else text(value)
