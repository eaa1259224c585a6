"""What the tests of the engines share: the public sample credentials, the users that all mint for, and what a token
says."""

import csv
import json
import os
import subprocess
from pathlib import Path

from agora_token import inspect

APP_ID = "970CA35de60c44645bbae8a215061b33"
CERTIFICATE = "5CFd2fd1755d40ecb72977518be15d3b"
ROWS = 100_000
HEADER = ["id", "channel", "uid", "account", "role", "services", "lifetime", "publish_lifetime"]


def write_users(file: Path) -> None:
    """Rows of every kind, of which some are refused, each for another reason."""
    with open(file, "w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(HEADER)
        for row in range(ROWS):
            uid, account = (row + 1, "") if row % 3 else ("", f"user-{row}")
            role = ("publisher", "subscriber", "")[row % 5 % 3]
            services = ("", "rtc", "rtc+rtm", "rtc+rtm+chat")[row % 7 % 4]
            lifetime = ("", 60, 3600, 86_400)[row % 11 % 4]
            publish = ("", "", "30")[row % 13 % 3]
            cells = [row, f"room {row % 97}", uid, account, role, services, lifetime, publish]
            match row % 1009:
                case 1:
                    cells[1] = ""
                case 2:
                    cells[1] = "*"
                case 3:
                    cells[2], cells[3] = 0, ""
                case 4:
                    cells[2], cells[3] = 5, "both"
                case 5:
                    cells[4] = "host"
                case 6:
                    cells[5] = "rtc+fpa"
                case 7:
                    cells[6] = 86_401
                case 8:
                    cells[2], cells[3] = "", ""
            rows.writerow(cells)


def by_shell(users: Path) -> dict[int, str]:
    """What `mint --batch` makes of them."""
    environment = os.environ | {"AGORA_APP_ID": APP_ID, "AGORA_APP_CERTIFICATE": CERTIFICATE}
    done = subprocess.run(
        [os.environ["AGORA_TOKEN_TOOL"], "mint", "--batch", str(users)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert done.returncode == 1 and len(rows) == ROWS, (done.returncode, len(rows))
    return {int(row["id"]): said(row["token"], row["error"]) for row in rows}


def said(token: "str | None", error: "str | None") -> str:
    """What a row says but for time and salt. An engine has a name of its own for the default of a channel."""
    if not token:
        assert error
        return error.replace("--channel", "channel=")
    assert not error
    document = inspect(token).to_dict()
    for changing in ("issuedAt", "expiresAt", "salt", "signature"):
        del document[changing]
    return json.dumps(document, sort_keys=True)
