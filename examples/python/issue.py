"""Issues a token with which user 42 joins the channel "room", publishes and sends messages, good for one hour, and
prints what a server would answer a client with.

Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; the certificate never leaves your server.
"""

import sys
from datetime import timedelta

from agora_token import AgoraTokenError, Grant, Issuer, Role


def main() -> int:
    try:
        issuer = Issuer.from_env()  # once, when the server starts
        grant = Grant(channel="room", uid=42, role=Role.PUBLISHER, rtm=True, lifetime=timedelta(hours=1))
        print(issuer.issue(grant).to_json())
    except AgoraTokenError as error:
        print(f"{error.code}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
