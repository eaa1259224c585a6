"""A backend with FastAPI: whoever is signed in gets a token for a channel, and an event gets tokens for all its users.

    pip install ../../../bindings/python -r requirements.txt  # in this folder of the checkout
    AGORA_APP_ID=... AGORA_APP_CERTIFICATE=... uvicorn app:app

While certificates are rotated, set AGORA_APP_CERTIFICATE_SECONDARY: tokens signed with either are good.
"""

import asyncio
import logging
from datetime import timedelta
from typing import Annotated, Any

from agora_token import AgoraTokenError, Fault, Grant, IssuedToken, Issuer, Role, User, Verifier
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

log = logging.getLogger(__name__)
app = FastAPI()
issuer = Issuer.from_env()  # raises what is wrong with the configuration when the server starts
verifier = Verifier.from_env(leeway=5)

SESSIONS = {"session-of-alice": User(account="alice"), "session-of-42": User(uid=42)}
"""Stands for however your users sign in."""
ORGANIZERS = {User(account="alice")}
"""Stands for whoever may let others in."""


def signed_in(bearer: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> User:
    """Who asks. A token is for this user, whatever the request says."""
    if bearer.credentials not in SESSIONS:
        raise HTTPException(401, "sign in first")
    return SESSIONS[bearer.credentials]


def organizer(user: Annotated[User, Depends(signed_in)]) -> User:
    """Who asks, where that is for tokens of others."""
    if user not in ORGANIZERS:
        raise HTTPException(403, "organizers only")
    return user


class Join(BaseModel):
    """What a client asks for."""

    channel: str
    publish: bool = False


class Event(BaseModel):
    """Who is to watch what."""

    channel: str
    # Any JSON: what is neither a uid nor an account is told in its row.
    users: list[Any]


class Use(BaseModel):
    """A token that somebody shows."""

    token: str
    channel: str


@app.post("/tokens")
def create_token(join: Join, user: Annotated[User, Depends(signed_in)]) -> dict[str, str | int]:
    """Answers {"token", "issuedAt", "expiresAt", "refreshAfter"}."""
    role = Role.PUBLISHER if join.publish else Role.SUBSCRIBER
    return issuer.issue(Grant(channel=join.channel, user=user, role=role, lifetime=timedelta(hours=1))).to_dict()


@app.post("/events")
async def create_tokens(event: Event, _: Annotated[User, Depends(organizer)]) -> list[dict[str, str | int]]:
    """A row for each user: a token, or why there is none."""
    template = Grant(channel=event.channel, role=Role.SUBSCRIBER)
    # Minting thousands takes a while, in which the event loop serves others.
    rows = await asyncio.to_thread(issuer.issue_many, template, users=event.users)
    return [
        row.to_dict() if isinstance(row, IssuedToken) else {"code": row.error.code, "reason": row.error.reason}
        for row in rows
    ]


@app.post("/uses")
def check_token(use: Use, user: Annotated[User, Depends(signed_in)]) -> dict[str, bool]:
    """Whether the token lets the user in; what it is refused for is answered below."""
    verifier.verify(use.token, channel=use.channel, user=user)
    return {"valid": True}


@app.exception_handler(AgoraTokenError)
async def refuse(_: Request, error: AgoraTokenError) -> JSONResponse:
    """What the caller did wrong is told to the caller, what we did is told to us."""
    if error.fault is Fault.CALLER:
        answer = {"code": error.code, "field": error.field, "reason": error.reason}
    else:
        log.error("%s: %s", error.code, error)
        answer = {"code": "UNAVAILABLE"}
    return JSONResponse(answer, error.code.http_status)
