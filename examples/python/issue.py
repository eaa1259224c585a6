"""Issues a token with which user 42 joins the channel "room", publishes and sends messages, good for one hour, and
prints what a server would answer a client with.

Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; the certificate never leaves your server.
"""

import json
import os
import sys
from datetime import timedelta

from agora_token import AgoraTokenError, Grant, Issuer, Role


def main() -> int:
    app_id, app_certificate = os.environ.get("AGORA_APP_ID"), os.environ.get("AGORA_APP_CERTIFICATE")
    if app_id is None or app_certificate is None:
        print("set AGORA_APP_ID and AGORA_APP_CERTIFICATE", file=sys.stderr)
        return 2
    try:
        issuer = Issuer(app_id, app_certificate)  # once, when the server starts
        issued = issuer.issue(Grant.rtc_rtm("room", 42, Role.PUBLISHER, lifetime=timedelta(hours=1)))
    except AgoraTokenError as error:
        print(f"{error.code}: {error}", file=sys.stderr)
        return 1
    answer = {"token": issued.token, "expires_at": issued.expires_at, "refresh_after": issued.refresh_after}
    print(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
