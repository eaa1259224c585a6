"""The part of JSON Schema 2020-12 that schema.json uses, so that checking needs nothing installed.

A keyword that stands in the schema and not here is an error, never ignored.
"""

import re

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}
SAYS_NOTHING = {"$schema", "$id", "$defs", "title", "description", "$comment"}


def errors(schema, value, root, at="$"):
    """Every way in which the value is not what the schema says."""
    found = []
    for keyword, rule in schema.items():
        if keyword not in SAYS_NOTHING:
            found += KEYWORDS[keyword](rule, value, root, at, schema)
    return found


def said(good, at, text):
    return [] if good else [f"{at}: {text}"]


def reference(rule, value, root, at, _schema):
    target = root
    for step in rule.removeprefix("#/").split("/"):
        target = target[step]
    return errors(target, value, root, at)


def of_type(rule, value, _root, at, _schema):
    good = isinstance(value, TYPES[rule]) and (rule != "integer" or not isinstance(value, bool))
    return said(good, at, f"is no {rule}")


def properties(rule, value, root, at, _schema):
    if not isinstance(value, dict):
        return []
    return [error for key in rule.keys() & value.keys() for error in errors(rule[key], value[key], root, f"{at}.{key}")]


def additional_properties(rule, value, root, at, schema):
    if not isinstance(value, dict):
        return []
    extra = value.keys() - schema.get("properties", {}).keys()
    if rule is False:
        return said(not extra, at, f"has {sorted(extra)}")
    return [error for key in extra for error in errors(rule, value[key], root, f"{at}.{key}")]


def property_names(rule, value, root, at, _schema):
    keys = value if isinstance(value, dict) else ()
    return [error for key in keys for error in errors(rule, key, root, f"{at}: key {key}")]


def required(rule, value, _root, at, _schema):
    missing = set(rule) - value.keys() if isinstance(value, dict) else ()
    return said(not missing, at, f"lacks {sorted(missing)}")


def items(rule, value, root, at, schema):
    rest = value[len(schema.get("prefixItems", ())) :] if isinstance(value, list) else ()
    return [error for index, item in enumerate(rest) for error in errors(rule, item, root, f"{at}[{index}]")]


def prefix_items(rule, value, root, at, _schema):
    pairs = zip(rule, value) if isinstance(value, list) else ()
    return [error for index, (part, item) in enumerate(pairs) for error in errors(part, item, root, f"{at}[{index}]")]


def all_of(rule, value, root, at, _schema):
    return [error for part in rule for error in errors(part, value, root, at)]


def one_of(rule, value, root, at, _schema):
    outcomes = [errors(part, value, root, at) for part in rule]
    matches = outcomes.count([])
    closest = min(outcomes, key=len)
    return said(matches == 1, at, f"matches {matches} of {len(rule)} shapes; the closest says: {'; '.join(closest)}")


def conditional(rule, value, root, at, schema):
    branch = "else" if errors(rule, value, root, at) else "then"
    return errors(schema[branch], value, root, at) if branch in schema else []


def branch(_rule, _value, _root, _at, _schema):
    return []  # looked at by `if`


def simple(test, text):
    return lambda rule, value, _root, at, _schema: said(test(rule, value), at, text.format(rule))


def distinct(values):
    return len({repr(value) for value in values}) == len(values)


KEYWORDS = {
    "$ref": reference,
    "type": of_type,
    "properties": properties,
    "additionalProperties": additional_properties,
    "propertyNames": property_names,
    "required": required,
    "items": items,
    "prefixItems": prefix_items,
    "allOf": all_of,
    "oneOf": one_of,
    "if": conditional,
    "then": branch,
    "else": branch,
    "const": simple(lambda rule, value: value == rule and type(value) is type(rule), "is not {!r}"),
    "enum": simple(lambda rule, value: value in rule, "is none of {}"),
    "pattern": simple(lambda rule, value: not isinstance(value, str) or re.search(rule, value), "does not match {}"),
    "minimum": simple(lambda rule, value: not isinstance(value, int) or value >= rule, "is below {}"),
    "maximum": simple(lambda rule, value: not isinstance(value, int) or value <= rule, "is above {}"),
    "minLength": simple(lambda rule, value: not isinstance(value, str) or len(value) >= rule, "is shorter than {}"),
    "minItems": simple(
        lambda rule, value: not isinstance(value, list) or len(value) >= rule, "has fewer items than {}"
    ),
    "maxItems": simple(lambda rule, value: not isinstance(value, list) or len(value) <= rule, "has more items than {}"),
    "uniqueItems": simple(lambda _, value: not isinstance(value, list) or distinct(value), "repeats an item"),
}
