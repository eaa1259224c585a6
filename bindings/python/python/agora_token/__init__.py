"""Mint, read and verify the access tokens that let a user into Agora's voice, video and messaging services.

``Issuer`` mints, ``Verifier`` judges, ``diagnose`` says why a token does not let its user in. The builders have the
official names and argument order, make AccessToken2 (007), and take lifetimes in seconds from
now or as a timedelta. ``agora_token.access_token_006`` has the older generation, ``agora_token.compat`` the modules of
the official python3 folder.

>>> from agora_token import Role, RtcTokenBuilder, inspect
>>> token = RtcTokenBuilder.build_token_with_uid(
...     "970CA35de60c44645bbae8a215061b33", "5CFd2fd1755d40ecb72977518be15d3b", "room",
...     uid=42, role=Role.PUBLISHER, token_expire=3600)
>>> inspect(token).services[0].account
'42'
"""

from . import constants
from ._native import (
    AccessToken2,
    Diagnosis,
    Grant,
    Issuer,
    Permissions,
    Service,
    UnknownService,
    UnverifiedToken2,
    Verdict,
    Verifier,
    __version__,
    diagnose,
    inspect,
    verify,
)
from .constants import *
from .doctor import Finding, FindingCode, Severity
from .errors import (
    AgoraTokenError,
    ErrorCode,
    InputError,
    Refusal,
    SignatureMismatch,
    TokenExpired,
    TokenParseError,
    VerificationError,
)
from .generated import builders, services
from .generated.builders import *
from .generated.services import *
from .issuing import ANY_CHANNEL, ANY_USER, AnyChannel, AnyUser, IssuedToken

__all__ = [
    "ANY_CHANNEL",
    "ANY_USER",
    "AccessToken2",
    "AgoraTokenError",
    "AnyChannel",
    "AnyUser",
    "Diagnosis",
    "ErrorCode",
    "Finding",
    "FindingCode",
    "Grant",
    "InputError",
    "IssuedToken",
    "Issuer",
    "Permissions",
    "Refusal",
    "Service",
    "Severity",
    "SignatureMismatch",
    "TokenExpired",
    "TokenParseError",
    "UnknownService",
    "UnverifiedToken2",
    "Verdict",
    "VerificationError",
    "Verifier",
    "__version__",
    "diagnose",
    "inspect",
    "verify",
]
__all__ += builders.__all__
__all__ += constants.__all__
__all__ += services.__all__
