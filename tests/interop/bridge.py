"""Our library for a program that cannot load it: a JSON array [method, argument, ...] a line in, a reply a line out."""

import json
import sys

from abi import Refused
from library import from_environment


def main():
    library = from_environment()
    for line in sys.stdin:
        method, *arguments = json.loads(line)
        try:
            reply = {"status": "OK", "value": getattr(library, method)(*arguments)}
        except Refused as refusal:
            reply = {"status": str(refusal)}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
