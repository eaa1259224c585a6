"""Reads a token from standard input and says why it would not let user 42 into the channel "room" now, the surest
reason first: exit code 1 if there is one.

Set AGORA_APP_ID to what the client joins with. AGORA_APP_CERTIFICATE is not needed, but finds more.
"""

import os
import sys

from agora_token import Severity, diagnose


def main() -> int:
    diagnosis = diagnose(
        sys.stdin.read().strip(),
        app_id=os.environ["AGORA_APP_ID"],
        channel="room",
        uid=42,
        certificates=[os.environ[name] for name in ("AGORA_APP_CERTIFICATE",) if name in os.environ],
    )
    for finding in diagnosis.findings:
        print(f"{finding.severity} {finding.code}: {finding.cause}\n  fix: {finding.fix}")
    if not diagnosis.findings:
        print("nothing is wrong with the token")
    return 1 if diagnosis.severity is Severity.ERROR else 0


if __name__ == "__main__":
    sys.exit(main())
