#!/usr/bin/env python3
"""Makes the generated cases of the vector files: `generate.py` writes them, `generate.py --check` compares.

A generated case has "origin": "generated". All others, and every file's meta and flags, stay as they are.
"""

import sys

import builder_cases
import files
import malformed_cases
import reference
import valid_cases
from expectations import decoded


def finished(case):
    """What a reader or packer sees is filled in; what the outcome must be stands in the case already."""
    expect = case["expect"]
    generation = case["op"][-3:]
    if expect.get("parse") == "ok":
        read = {"006": reference.read_006, "007": reference.read_007}[generation]
        expect["decoded"] = decoded(read(case["token"]))
    elif expect.get("error") == "ok":
        pack = {"006": reference.pack_006, "007": reference.pack_007}[generation]
        payload, signature, _ = pack(case)
        expect |= {"signature_hex": signature.hex(), "payload_size": len(payload)}
    return case


def marked(case):
    head = {key: case.pop(key) for key in ("id", "comment", "flags")}
    case.pop("origin", None)
    return head | {"origin": "generated"} | case


GENERATED = {
    "valid": valid_cases.cases,
    "malformed": lambda: [finished(case) for case in malformed_cases.cases()],
    "builder-refusals": builder_cases.cases,
}


def regenerated(name):
    document = files.load(name)
    kept = [case for case in document["cases"] if case["origin"] != "generated"]
    document["cases"] = kept + [marked(case) for case in GENERATED[name]()]
    document["count"] = len(document["cases"])
    return files.text(document)


def stale():
    """The files that do not hold what this program makes."""
    return [name for name in GENERATED if regenerated(name) != files.path(name).read_text(encoding="utf-8")]


def main(arguments):
    if arguments not in ([], ["--check"]):
        sys.exit("usage: generate.py [--check]")
    names = stale()
    for name in names:
        if arguments:
            print(f"{name}.json is not what generate.py makes", file=sys.stderr)
        else:
            files.path(name).write_text(regenerated(name), encoding="utf-8")
            print(f"wrote {name}.json")
    if arguments and names:
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
