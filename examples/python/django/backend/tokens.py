"""A view that mints, and a middleware that answers what is refused."""

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from agora_token import AgoraTokenError, Fault, Grant, Issuer, Role, User
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

log = logging.getLogger(__name__)
issuer = Issuer.from_env()  # raises what is wrong with the configuration when the server starts


def body(request: HttpRequest, *keys: str) -> dict[str, Any]:
    """The JSON object that was sent, which has these keys."""
    try:
        asked = json.loads(request.body)
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict) or not asked.keys() >= set(keys):
        raise BadRequest
    return asked


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Stands for however your users sign in; a real one asks for more than a name."""
    user = User.from_json(body(request, "user")["user"])
    request.session["user"] = user.uid or user.account
    return HttpResponse(status=204)


@require_POST
def create_token(request: HttpRequest) -> HttpResponse:
    """Answers {"token", "issuedAt", "expiresAt", "refreshAfter"}."""
    if "user" not in request.session:
        return JsonResponse({"code": "SIGN_IN_FIRST"}, status=401)
    asked = body(request, "channel")
    grant = Grant(
        channel=asked["channel"],
        user=request.session["user"],
        role=Role.PUBLISHER if asked.get("publish") is True else Role.SUBSCRIBER,
        lifetime=timedelta(hours=1),
    )
    return JsonResponse(issuer.issue(grant).to_dict())


class RefusalMiddleware:
    """What the caller did wrong is told to the caller, what we did is told to us."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, _: HttpRequest, error: Exception) -> HttpResponse | None:
        match error:
            case AgoraTokenError(fault=Fault.CALLER):
                answer = {"code": error.code, "field": error.field, "reason": error.reason}
                return JsonResponse(answer, status=error.code.http_status)
            case AgoraTokenError():
                log.error("%s: %s", error.code, error)
                return JsonResponse({"code": "UNAVAILABLE"}, status=error.code.http_status)
            case BadRequest():
                return JsonResponse({"code": "BAD_REQUEST"}, status=400)
            case _:
                return None
