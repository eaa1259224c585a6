"""Mints a token with which user 42 joins the channel "room" and publishes, good for one hour, and prints it.

Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; the certificate never leaves your server.
"""

import os
import sys
from datetime import timedelta

from agora_token import AgoraTokenError, Role, RtcTokenBuilder


def main() -> int:
    app_id, app_certificate = os.environ.get("AGORA_APP_ID"), os.environ.get("AGORA_APP_CERTIFICATE")
    if app_id is None or app_certificate is None:
        print("set AGORA_APP_ID and AGORA_APP_CERTIFICATE", file=sys.stderr)
        return 2
    try:
        token = RtcTokenBuilder.build_token_with_uid(
            app_id, app_certificate, "room", uid=42, role=Role.PUBLISHER, token_expire=timedelta(hours=1)
        )
    except AgoraTokenError as error:
        print(f"{error.code}: {error}", file=sys.stderr)
        return 1
    print(token)
    return 0


if __name__ == "__main__":
    sys.exit(main())
