#!/usr/bin/env python3
"""Checks the vector files: their shape, their ids and flags, and that every expectation is what the reference gives."""

import json
import sys
from collections import Counter

import builders
import files
import generate
import reference
import schema
from expectations import decoded


def shape(name, document):
    root = json.loads((files.FOLDER / "schema.json").read_text(encoding="utf-8"))
    whose = f"schema.json#/$defs/{name.split('-')[0]}_file"
    yield from [] if document.get("schema") == whose else [f"does not name {whose}"]
    yield from schema.errors(root["$defs"][whose.rpartition("/")[2]], document, root)


def bookkeeping(document):
    cases = document["cases"]
    if document["count"] != len(cases):
        yield f"count is {document['count']}, there are {len(cases)} cases"
    used = {flag for case in cases for flag in case["flags"]}
    yield from (f"flag {flag} is not described" for flag in sorted(used - document["flags"].keys()))
    yield from (f"flag {flag} is described and not used" for flag in sorted(document["flags"].keys() - used))


def repeated_ids(documents):
    counts = Counter(case["id"] for document in documents.values() for case in document["cases"])
    return [f"id {name} stands {count} times" for name, count in counts.items() if count > 1]


def readme(documents):
    text = (files.FOLDER / "README.md").read_text(encoding="utf-8")
    rows = {name: f"| `{name}.json` | {document['count']} |" for name, document in documents.items()}
    return [f"README.md does not say {row}" for row in rows.values() if row not in text]


# --- expectations -----------------------------------------------------------------------------------


def outcome(action, *arguments):
    try:
        return "ok", action(*arguments)
    except reference.Refused as refusal:
        return refusal.code, None


def call_outcome(function, args):
    try:
        return {"expect": "ok"}, builders.mint(function, args)
    except reference.Refused as refusal:
        return {"expect": refusal.code, "field": refusal.field}, None


def valid(case):
    """What the case says that differs from what its inputs give."""
    if case["version"] == "007":
        payload, signature, signing_info = reference.pack_007(case)
        derived = {"payload_hex": payload, "signature_hex": signature, "signing_info_hex": signing_info}
        token = reference.read_007(case["token"])
        reference.verify_007(token, case["app_certificate"])
        same = token["services"] == sorted(map(filled, case["services"]), key=lambda service: service["type"])
        inputs = ("issue_ts", "expire", "salt")
    else:
        payload, signature, message = reference.pack_006(case)
        derived = {"payload_hex": payload, "signature_hex": signature, "message_hex": message}
        token = reference.read_006(case["token"])
        reference.verify_006(token, case["app_certificate"], case["channel_name"], case["account"])
        same = token["privileges"] == case["privileges"]
        inputs = ("salt", "ts", "crc_channel_name", "crc_uid")
    yield from (name for name, data in derived.items() if case[name] != data.hex())
    yield from (name for name in inputs if case[name] != token[name])
    if not same or token["payload"] != payload or token["app_id"] != case["app_id"].encode():
        yield "token"
    if "one_call" in case:
        yield from one_call(case)


def filled(service):
    """As a reader names it: every text in its shortest form."""
    names = service.keys() & reference.TOO_LONG.keys() - {"permissions"}
    return service | {name: reference.to_text(reference.to_bytes(service[name])) for name in names}


def one_call(case):
    ids = {name: case[name] for name in builders.IDS}
    call = case["one_call"]
    for function in call["functions"]:
        seen, token = call_outcome(function, ids | call["args"])
        if seen != {key: call[key] for key in ("expect", "field") if key in call}:
            yield f"one_call: {seen}"
        elif token and token["version"] == "006":
            named = ("channel_name", "account", "privileges")
            yield from (f"one_call: {name}" for name in named if token[name] != case[name])
        elif token:
            services = sorted(case["services"], key=lambda service: service["type"])
            yield from (
                [] if (token["expire"], token["services"]) == (case["expire"], services) else ["one_call: services"]
            )


def operation(case):
    expect = case["expect"]
    seen = {"build": building, "parse": parsing}[case["op"].split("_")[0]](case)
    yield from (key for key in sorted(seen.keys() | expect.keys()) if seen.get(key) != expect.get(key))


def building(case):
    pack = {"006": reference.pack_006, "007": reference.pack_007}[case["op"][-3:]]
    code, packed = outcome(pack, case)
    if packed is None:
        return {"error": code}
    return {"error": code, "signature_hex": packed[1].hex(), "payload_size": len(packed[0])}


def parsing(case):
    if case["op"] == "parse_any":
        codes = {outcome(read, case["token"])[0] for read in (reference.read_006, reference.read_007)}
        return {"parse": codes.pop() if len(codes) == 1 else sorted(codes)}
    generation = case["op"][-3:]
    code, token = outcome({"006": reference.read_006, "007": reference.read_007}[generation], case["token"])
    seen = {"parse": code}
    if token is None:
        return seen
    if case["op"] == "parse_verify_007":
        seen["verify"] = outcome(reference.verify_007, token, case["app_certificate"])[0]
    elif case["op"] == "parse_verify_006":
        given = (case["app_certificate"], case["channel_name"], case["account"])
        seen["verify"] = outcome(reference.verify_006, token, *given)[0]
    if "now" in case:
        seen["at_now"] = outcome(reference.check_time_007, token, case["now"])[0]
    if generation == "007":
        seen |= {"complete": token["complete"], "unread_bytes": token["unread_bytes"]}
    if "payload_hex" in case["expect"]:
        seen["payload_hex"] = token["payload"].hex()
    return seen | {"decoded": decoded(token)}


def builder(case):
    seen, token = call_outcome(case["function"], case["args"])
    seen |= {"token": token} if token else {}
    yield from (key for key in ("expect", "field", "token") if seen.get(key) != case.get(key))


EXPECTATIONS = {"valid": valid, "malformed": operation, "official-strings": operation, "builder-refusals": builder}


def problems(documents):
    for name, document in documents.items():
        broken = [*shape(name, document)]
        broken += [] if broken else [*bookkeeping(document)]
        if not broken:
            broken = [f"{case['id']}: {wrong}" for case in document["cases"] for wrong in EXPECTATIONS[name](case)]
        yield from (f"{name}.json: {text}" for text in broken)
    yield from repeated_ids(documents)
    yield from readme(documents)
    yield from (f"{name}.json is not what generate.py makes" for name in generate.stale())


def main():
    documents = {name: files.load(name) for name in files.NAMES}
    found = [*problems(documents)]
    for text in found:
        print(text, file=sys.stderr)
    if found:
        sys.exit(1)
    for name, document in documents.items():
        kinds = Counter(case.get("op") or case.get("version") or case["expect"] for case in document["cases"])
        listed = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        print(f"{name}.json: {document['count']} cases ({listed})")
    print(f"{sum(document['count'] for document in documents.values())} vector cases agree with the reference")


if __name__ == "__main__":
    main()
