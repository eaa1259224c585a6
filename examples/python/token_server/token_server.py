"""The token server of Agora's guide: POST /fetch_rtc_token {"uid": 42, "ChannelName": "room", "role": 1} answers
{"token": "007…", "code": "200"}, or what is wrong in place of the token, and the HTTP status as the code.

It asks nobody who they are, so it listens on the loopback interface only: for more, see ``agora-token serve``.

    pip install ../../../bindings/python -r requirements.txt  # in this folder of the checkout
    python token_server.py

Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; PORT is 8082 and AGORA_TOKEN_LIFETIME 3600 seconds unless set.
"""

import os
from typing import Any

import uvicorn
from agora_token import Grant, InputError, Issuer
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from starlette.exceptions import HTTPException

LARGEST_BODY = 64 * 1024
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST, OPTIONS",
    "Access-Control-Allow-Headers": "content-type, authorization",
    "Cache-Control": "no-store",
}

issuer = Issuer.from_env()
lifetime = int(os.environ.get("AGORA_TOKEN_LIFETIME", "3600"))
Grant(lifetime=lifetime)  # raises what is wrong with it now, not at a request
json_object = TypeAdapter(dict[str, Any])
app = FastAPI(openapi_url=None)


class TokenRequest(BaseModel):
    """What a client asks for, by names in lower case. Strict: neither "42" nor 42.0 nor true is an integer."""

    model_config = ConfigDict(strict=True, alias_generator=str.lower, loc_by_alias=False)
    uid: int
    ChannelName: str
    role: int

    def grant(self) -> Grant:
        if self.uid == 0:
            raise HTTPException(403, "uid 0 would let in any user")
        if self.ChannelName == "*":
            raise HTTPException(403, 'ChannelName "*" would let into any channel')
        return Grant(channel=self.ChannelName, uid=self.uid, role=self.role, lifetime=lifetime)


async def body(request: Request) -> bytes:
    """The body, unless it is too large."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > LARGEST_BODY:
            raise HTTPException(413, f"the body has more than {LARGEST_BODY} bytes")
    return bytes(data)


@app.api_route("/fetch_rtc_token", methods=["POST", "OPTIONS"])
async def fetch_rtc_token(request: Request) -> Response:
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=HEADERS)
    try:
        fields = json_object.validate_json(await body(request))
        grant = TokenRequest.model_validate({name.lower(): value for name, value in fields.items()}).grant()
    except ValidationError as error:
        first = error.errors()[0]
        raise HTTPException(400, f"{'.'.join(map(str, first['loc'])) or 'the body'}: {first['msg']}") from None
    except InputError as error:
        field = "ChannelName" if error.field == "channel" else error.field
        raise HTTPException(400, f"{field} {error.reason}") from None
    return JSONResponse({"token": issuer.issue(grant).token, "code": "200"}, headers=HEADERS)


@app.exception_handler(HTTPException)
async def refuse(_: Request, error: HTTPException) -> Response:
    answer = {"token": error.detail, "code": str(error.status_code)}
    return JSONResponse(answer, error.status_code, {**HEADERS, **(error.headers or {})})


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8082")))
