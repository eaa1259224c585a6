"""Reads a token from standard input and says whether it lets user 42 into the channel "room" now: exit code 0 if so.

Set AGORA_APP_CERTIFICATE.
"""

import os
import sys

from agora_token import AgoraTokenError, Verifier


def main() -> int:
    app_certificate = os.environ.get("AGORA_APP_CERTIFICATE")
    if app_certificate is None:
        print("set AGORA_APP_CERTIFICATE", file=sys.stderr)
        return 2
    token = sys.stdin.read().strip()
    try:
        verifier = Verifier(app_certificate=app_certificate)  # once, when the server starts
        # All that is wrong with it, and what it holds.
        print(verifier.verdict(token, channel="room", uid=42).to_json())
        verifier.verify(token, channel="room", uid=42)  # raises the first of it
    except AgoraTokenError as error:
        print(f"{error.code}: {error}", file=sys.stderr)
        return 1
    print("valid")
    return 0


if __name__ == "__main__":
    sys.exit(main())
