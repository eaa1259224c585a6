"""The native half of agora_token."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, final

from ._values import Lifetime as _Lifetime
from ._values import Moment as _Moment
from ._values import Permissions as Permissions
from ._values import Resources as _Resources
from ._values import Service as Service
from ._values import Text as _Text
from .constants import Role, ServiceType
from .doctor import Finding, Severity
from .errors import Refusal
from .generated.builders import *
from .generated.builders import RtcTokenBuilder006 as RtcTokenBuilder006
from .generated.builders import RtmTokenBuilder006 as RtmTokenBuilder006
from .generated.services import *
from .issuing import AnyChannel, AnyUser, IssuedToken

__version__: Final[str]

@final
class UnknownService:
    """A service whose layout is not known. What follows it in a token cannot be read."""

    @property
    def service_type(self) -> int:
        """The number on the wire."""

    @property
    def privileges(self) -> dict[int, int]:
        """Its privileges, as every known service has them there; empty when what stands there is none."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class AccessToken2:
    """The mechanism of AccessToken2: any services with any privileges.

    It expresses every token that exists, also ones that let in more than meant; the builders check their arguments.
    Without issue_ts it is now, without salt a random one.
    """

    def __new__(
        cls,
        app_id: str,
        app_certificate: str,
        issue_ts: _Moment | None = None,
        expire: _Lifetime = 900,
        *,
        salt: int | None = None,
        services: Iterable[Service] | None = None,
    ) -> AccessToken2: ...
    @staticmethod
    def parse(token: str) -> UnverifiedToken2:
        """Reads a token without checking who signed it."""

    @property
    def app_id(self) -> str:
        """The App ID."""

    @property
    def issue_ts(self) -> int:
        """When the token is made, Unix seconds; a datetime may be set. All lifetimes count from here."""

    @issue_ts.setter
    def issue_ts(self, value: _Moment) -> None: ...
    @property
    def expire(self) -> int:
        """How long the whole token lives, seconds; a timedelta may be set."""

    @expire.setter
    def expire(self, value: _Lifetime) -> None: ...
    @property
    def salt(self) -> int:
        """Any number; two tokens that are otherwise equal differ by it."""

    @salt.setter
    def salt(self, value: int) -> None: ...
    @property
    def services(self) -> tuple[Service, ...]:
        """The services added so far."""

    def add_service(self, service: Service) -> None:
        """Adds a service. Several of one type are legal."""

    def build(self) -> str:
        """Signs and encodes the token."""

@final
class UnverifiedToken2:
    """What an AccessToken2 says, which anybody could have written: believe it after a verdict. Frozen."""

    def verify_signature(self, app_certificate: str) -> bool:
        """Whether the holder of this certificate signed what was read. Time, channel and user are not looked at."""

    @property
    def app_id(self) -> _Text:
        """The App ID as received: a str, or bytes where it is no UTF-8."""

    @property
    def issue_ts(self) -> int:
        """When the token says it was made, Unix seconds."""

    @property
    def expire(self) -> int:
        """How long it says it lives, seconds."""

    @property
    def expires_at(self) -> int:
        """Issue timestamp plus expire, Unix seconds."""

    @property
    def salt(self) -> int:
        """The salt."""

    @property
    def signature(self) -> bytes:
        """The signature as received; 32 bytes in a token that can be valid."""

    @property
    def signing_info(self) -> bytes:
        """The signed bytes as received, which are all after the signature."""

    @property
    def payload(self) -> bytes:
        """Everything that the token packs: signature and signing info."""

    @property
    def services(self) -> tuple[Service, ...]:
        """The services that could be read, in the order of the token."""

    @property
    def unknown_service(self) -> UnknownService | None:
        """The service that ended the reading, if one did."""

    @property
    def complete(self) -> bool:
        """Whether every service could be read."""

    @property
    def unread_bytes(self) -> int:
        """Signed bytes that were not understood."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON document of the token as Python objects."""

    def to_json(self) -> str:
        """The JSON document of the token, in one line."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class AccessToken006:
    """The mechanism of AccessToken (006): any channel and user with any privileges, until absolute times.

    Without expires_at the token ends a day from now, without salt it has a random one.
    """

    def __new__(
        cls,
        app_id: str,
        app_certificate: str,
        channel_name: _Text,
        account: _Text | int,
        *,
        salt: int | None = None,
        expires_at: _Moment | None = None,
        privileges: Mapping[int, _Moment] | None = None,
    ) -> AccessToken006: ...
    @staticmethod
    def parse(token: str) -> UnverifiedToken006:
        """Reads a token without checking who signed it."""

    @property
    def app_id(self) -> str:
        """The App ID."""

    @property
    def channel_name(self) -> _Text:
        """The channel; the user ID in a real-time messaging token; empty for any channel."""

    @property
    def account(self) -> _Text:
        """The user account or the uid's digits; empty for any user, and in a real-time messaging token."""

    @property
    def salt(self) -> int:
        """Any number; two tokens that are otherwise equal differ by it."""

    @salt.setter
    def salt(self, value: int) -> None: ...
    @property
    def expires_at(self) -> int:
        """When the token ends, Unix seconds; a datetime may be set."""

    @expires_at.setter
    def expires_at(self, value: _Moment) -> None: ...
    @property
    def privileges(self) -> dict[int, int]:
        """What it grants until when, Unix seconds; 0 for as long as the token. A new dict each time."""

    def add_privilege(self, privilege: int, expired_ts: _Moment) -> None:
        """Grants a privilege until an absolute time, replacing an earlier grant of the same."""

    def build(self) -> str:
        """Signs and encodes the token."""

@final
class UnverifiedToken006:
    """What an AccessToken (006) says, which anybody could have written: believe it after a verdict. Frozen.

    Channel and user are not in it, only their CRC-32.
    """

    def verify_signature(self, app_certificate: str, channel_name: _Text, account: _Text | int) -> bool:
        """Whether the holder of this certificate signed this token for this channel and user. Time is not looked at.

        A real-time messaging token has its user ID for a channel name, and an empty account.
        """

    @property
    def app_id(self) -> _Text:
        """The App ID as received: a str, or bytes where it is no UTF-8."""

    @property
    def signature(self) -> bytes:
        """The signature as received; 32 bytes in a token that can be valid."""

    @property
    def channel_crc(self) -> int:
        """CRC-32 of the channel name; 0 for the empty name."""

    @property
    def user_crc(self) -> int:
        """CRC-32 of the user account; 0 for the empty account, which means any user."""

    @property
    def message(self) -> bytes:
        """The signed message as received: salt, expiry, privileges."""

    @property
    def salt(self) -> int:
        """The salt."""

    @property
    def expires_at(self) -> int:
        """When the token says it ends, Unix seconds."""

    @property
    def privileges(self) -> dict[int, int]:
        """What it grants until when, Unix seconds; 0 for as long as the token. A new dict each time."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON document of the token as Python objects."""

    def to_json(self) -> str:
        """The JSON document of the token, in one line."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Issuer:
    """Mints AccessToken2 tokens for one project, whose App ID and certificate are checked once. Frozen."""

    def __new__(cls, app_id: str, app_certificate: str) -> Issuer: ...
    @property
    def app_id(self) -> str:
        """The project it mints for."""

    def issue(self, grant: Grant) -> IssuedToken:
        """Mints a token. The same grant gives a new one each time."""

    def issue_all(self, grants: Iterable[Grant]) -> list[IssuedToken]:
        """Mints a token for each grant, in their order, with other threads running meanwhile.

        Where a grant is refused, so is the call, and the exception says which grant it was.
        """

@final
class Grant:
    """Whom to let in where, as what, for how long: what an Issuer makes a token of. Frozen; equal when all of it is.

    A user is a uid (an int from 1 on), an account (a str) or ANY_USER; a channel is a str or ANY_CHANNEL. Everything
    lives for lifetime, an int of seconds or a timedelta of at most 24 hours; more has to be allowed by name, and so has
    a token of more than 2047 characters, which no browser takes.

    Services that no preset has are given as ServiceType, with what they need beside the user: channel and role, room and
    the role in it. Permissions stand for RTM2.
    """

    def __new__(
        cls,
        user: int | str | AnyUser,
        services: Iterable[ServiceType | int],
        *,
        channel: str | AnyChannel | None = None,
        role: Role | int | None = None,
        room_uuid: str | None = None,
        room_role: int | None = None,
        permissions: Permissions | _Resources | None = None,
        lifetime: _Lifetime = 3600,
        publish_lifetime: _Lifetime | None = None,
        allow_longer_than_a_day: bool = False,
        allow_long_token: bool = False,
    ) -> Grant: ...
    @staticmethod
    def rtc(
        channel: str | AnyChannel,
        user: int | str | AnyUser,
        role: Role | int,
        *,
        lifetime: _Lifetime = 3600,
        publish_lifetime: _Lifetime | None = None,
        allow_longer_than_a_day: bool = False,
        allow_long_token: bool = False,
    ) -> Grant:
        """Joining a channel.

        A publish_lifetime ends the right to publish before the right to stay.
        """

    @staticmethod
    def rtm(
        user: int | str | AnyUser,
        *,
        lifetime: _Lifetime = 3600,
        allow_longer_than_a_day: bool = False,
        allow_long_token: bool = False,
    ) -> Grant:
        """Logging in to real-time messaging. A uid is its own digits there."""

    @staticmethod
    def rtm2(
        user: int | str | AnyUser,
        permissions: Permissions | _Resources,
        *,
        lifetime: _Lifetime = 3600,
        allow_longer_than_a_day: bool = False,
        allow_long_token: bool = False,
    ) -> Grant:
        """Logging in to real-time messaging, with permissions on single resources."""

    @staticmethod
    def chat(
        user: int | str | AnyUser,
        *,
        lifetime: _Lifetime = 3600,
        allow_longer_than_a_day: bool = False,
        allow_long_token: bool = False,
    ) -> Grant:
        """Chatting as a user. A uid is its own digits there."""

    @staticmethod
    def rtc_rtm(
        channel: str | AnyChannel,
        user: int | str | AnyUser,
        role: Role | int,
        *,
        lifetime: _Lifetime = 3600,
        publish_lifetime: _Lifetime | None = None,
        allow_longer_than_a_day: bool = False,
        allow_long_token: bool = False,
    ) -> Grant:
        """Joining a channel, and messaging as the same user."""

    @staticmethod
    def rtc_rtm_chat(
        channel: str | AnyChannel,
        user: int | str | AnyUser,
        role: Role | int,
        *,
        lifetime: _Lifetime = 3600,
        publish_lifetime: _Lifetime | None = None,
        allow_longer_than_a_day: bool = False,
        allow_long_token: bool = False,
    ) -> Grant:
        """Joining a channel, messaging and Chat as the same user."""

    def and_rtm(self) -> Grant:
        """The same, and messaging as the same user."""

    def and_rtm2(self, permissions: Permissions | _Resources) -> Grant:
        """The same, and messaging as the same user with permissions on single resources."""

    def and_chat(self) -> Grant:
        """The same, and Chat as the same user."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Verifier:
    """Checks tokens: the signature always, the time unless told not to, and App ID, channel, user, service and
    privilege where given.

    Give two certificates while they are rotated: a token signed with either is good. A user is a uid (an int, where 0
    asks for a token for any user) or an account (a str). With a service, all else is looked for in it alone; without a
    privilege, those that let in at all have to be running. Without a service, a channel means RTC. An AccessToken (006)
    needs channel and user. A leeway of more than an hour counts as an hour, and past 24 hours an
    AccessToken2 is over.
    """

    def __new__(
        cls,
        certificate: str | Iterable[str],
        *,
        now: _Moment | None = None,
        leeway: _Lifetime = 0,
        app_id: str | None = None,
        channel: str | None = None,
        user: int | str | None = None,
        service: ServiceType | int | None = None,
        privilege: int | None = None,
        ignore_time: bool = False,
    ) -> Verifier: ...
    def check(self, token: str) -> Verdict:
        """Judges a token, with all that is wrong with it. Raises only when it cannot be read."""

    def verify(self, token: str) -> Verdict:
        """Judges a token and raises unless it is valid: the first refusal, with all of them attached."""

@final
class Verdict:
    """What a Verifier found. Frozen, and true only when the token is valid."""

    @property
    def valid(self) -> bool:
        """Whether nothing at all is wrong."""

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """All that is wrong."""

    @property
    def certificate(self) -> int | None:
        """Which of the certificates signed the token, counted from 0; None when none did."""

    @property
    def token(self) -> UnverifiedToken2 | UnverifiedToken006 | None:
        """What the token says; to be believed as far as the verdict goes. None when no certificate signed it."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON document of the verdict as Python objects."""

    def to_json(self) -> str:
        """The JSON document of the verdict, in one line."""

    def __bool__(self) -> bool: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Diagnosis:
    """All that diagnose found, the surest explanation first. Frozen."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, ranked."""

    @property
    def severity(self) -> Severity | None:
        """The worst severity; None when nothing was found."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON document of the diagnosis as Python objects."""

    def to_json(self) -> str:
        """The JSON document of the diagnosis, in one line."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

def inspect(token: str) -> UnverifiedToken2 | UnverifiedToken006:
    """Reads a token of either generation without checking who signed it."""

def verify(
    token: str,
    certificate: str | Iterable[str],
    *,
    now: _Moment | None = None,
    leeway: _Lifetime = 0,
    app_id: str | None = None,
    channel: str | None = None,
    user: int | str | None = None,
    service: ServiceType | int | None = None,
    privilege: int | None = None,
    ignore_time: bool = False,
) -> Verdict:
    """Judges one token and raises unless it is valid: the first refusal, with all of them attached.

    The arguments are those of Verifier, which is the better choice for many tokens and tells without raising.
    """

def diagnose(
    token: str,
    *,
    app_id: str | None = None,
    channel: str | None = None,
    user: int | str | None = None,
    service: ServiceType | int | None = None,
    role: Role | int | None = None,
    at: _Moment | None = None,
    sdk: str | None = None,
    error: str | int | None = None,
    certificates: str | Iterable[str] | None = None,
    redact: bool = False,
) -> Diagnosis:
    """Says why a token, damaged or not, does not let its user in. It raises for wrong arguments only.

    Tell what the client joined with: the more, the more is found. A user is a uid (an int) or an account (a str), at is
    now unless given, sdk is as in "web 4.20.0", error what the client saw, such as 110. Certificates are taken as they
    are configured, wrong ones too, and never show. With redact App ID, channel and user are masked in what is found.
    """

def build_official(number: int, /, *arguments: Any) -> str:
    """A token by the rules of the official libraries, or '' where they make none. The number is that of the C ABI."""

def build_packed(
    app_id: str | bytes,
    app_certificate: str,
    issue_ts: int,
    expire: int,
    salt: int,
    services: list[tuple[int, bytes]],
    /,
) -> str:
    """An AccessToken2 of services as they stand in a token: the number of each, and what follows it."""

def chat_user_id(user_uuid: str) -> str:
    """The Chat user ID that belongs to a classroom user."""

def stamp() -> tuple[int, int, int]:
    """The time, a salt, and when an AccessToken (006) of now ends: the official objects show them before they build."""

def error_codes() -> list[tuple[int, str, str, str]]:
    """Number, name, field and message of every error code."""

def finding_codes() -> list[tuple[str, str, str, str]]:
    """Name, severity, meaning and fix of everything that the doctor can find."""

def constants() -> list[tuple[str, str, int]]:
    """Group, name and number of every constant of the formats, by their names in a decoded token's JSON."""
