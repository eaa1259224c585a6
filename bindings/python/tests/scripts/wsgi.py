"""A tiny token server for the pre-fork test. It mints once while it is loaded, before its workers are forked."""

import json
import os

from agora_token import RtcTokenBuilder, inspect


def mint():
    return RtcTokenBuilder.build_token_with_uid(
        "970CA35de60c44645bbae8a215061b33", "5CFd2fd1755d40ecb72977518be15d3b", "room", uid=42, role=1, token_expire=60
    )


BEFORE_FORK = inspect(mint()).salt


def application(environ, start_response):
    body = json.dumps({"worker": os.getpid(), "before_fork": BEFORE_FORK, "token": mint()}).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
