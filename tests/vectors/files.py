"""Where the vector files are, and the one way they are read and written."""

import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
NAMES = ("valid", "malformed", "official-strings", "builder-refusals")


def path(name):
    return FOLDER / f"{name}.json"


def load(name):
    return json.loads(path(name).read_text(encoding="utf-8"), object_pairs_hook=unique_keys)


def unique_keys(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError(f"the same key stands twice in one object: {sorted(keys)}")
    return dict(pairs)


def text(document):
    """One line for every member of a case: a change of one value is a change of one line."""
    head = {key: value for key, value in document.items() if key != "cases"}
    cases = ",\n".join("    {\n" + members(case) + "\n    }" for case in document["cases"])
    return json.dumps(head, ensure_ascii=False, indent=2)[:-2] + ',\n  "cases": [\n' + cases + "\n  ]\n}\n"


def members(case):
    return ",\n".join(f"      {compact(key)}: {compact(value)}" for key, value in case.items())


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
