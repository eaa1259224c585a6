"""The native half of agora_token."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final, Literal, TypeAlias, final, overload

from ._values import Clock as _Clock
from ._values import Lifetime as _Lifetime
from ._values import Moment as _Moment
from ._values import Permissions as Permissions
from ._values import Resources as _Resources
from ._values import Salt as _Salt
from ._values import Service as Service
from ._values import Text as _Text
from .constants import Role, ServiceType
from .doctor import Finding, Severity
from .errors import Refusal
from .generated.builders import *
from .generated.builders import RtcTokenBuilder006 as RtcTokenBuilder006
from .generated.builders import RtmTokenBuilder006 as RtmTokenBuilder006
from .generated.services import *
from .issuing import IssuedToken, RefusedGrant

_RoleName: TypeAlias = Literal["publisher", "subscriber"]

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

    Args:
        app_id: the project; 32 hexadecimal digits; letter case counts
        app_certificate: signs the token; 32 hexadecimal digits; letter case counts; secret
        issue_ts: when the token is made, Unix seconds or a datetime with a time zone; now unless given
        expire: how long it lives, seconds or a timedelta
        salt: any number; a random one unless given
        services: the services, to which add_service adds

    Raises:
        ConfigurationError: INVALID_APP_ID, INVALID_APP_CERTIFICATE, INVALID_LIFETIME, INVALID_TIMESTAMP, INVALID_SALT
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
        """Reads a token without checking who signed it.

        Args:
            token: the token as received

        Raises:
            TokenParseError: as agora_token.inspect does
        """

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
        """Adds a service. Several of one type are legal.

        Args:
            service: a ServiceRtc or another of them
        """

    def build(self) -> str:
        """Signs and encodes the token.

        Raises:
            InputError: with the code of its field, a text of more than 65535 bytes
            ConfigurationError: NO_SERVICES, TOO_MANY_ENTRIES, INVALID_PERMISSIONS, PAYLOAD_TOO_LARGE
        """

@final
class UnverifiedToken2:
    """What an AccessToken2 says, which anybody could have written: believe it after a verdict. Frozen."""

    def verify_signature(self, app_certificate: str) -> bool:
        """Whether the holder of this certificate signed what was read. Time, channel and user are not looked at.

        Gives False for a wrong signature and does not raise, so look at what it gives; Verifier.verify raises.

        Args:
            app_certificate: 32 hexadecimal digits; letter case counts

        Raises:
            ConfigurationError: INVALID_APP_CERTIFICATE
        """

    @property
    def app_id(self) -> _Text:
        """The App ID as received: a str, or bytes where it is no UTF-8."""

    @property
    def channel(self) -> _Text | None:
        """The channel of the first service that has one; empty or "*" for every channel. None where no service has
        one.
        """

    @property
    def account(self) -> _Text | None:
        """The user of the first service that has one, as it stands there, where a uid is its digits; empty or "*" for
        any.
        """

    @property
    def uid(self) -> int | None:
        """The same as a uid; None where it is none."""

    @property
    def user(self) -> int | _Text | None:
        """The same as a uid where it is one, else as an account."""

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

    Args:
        app_id: the project; 32 hexadecimal digits; letter case counts
        app_certificate: signs the token; 32 hexadecimal digits; letter case counts; secret
        channel_name: the channel; the user ID in a real-time messaging token; empty for any channel
        account: the user, as a text or a uid; 0 and empty for any user
        salt: any number; a random one unless given
        expires_at: when the token ends, Unix seconds or a datetime with a time zone; a day from now unless given
        privileges: what it grants until when, by number; 0 for as long as the token

    Raises:
        InputError: INVALID_CHANNEL_NAME, INVALID_UID, INVALID_USER_ACCOUNT, INVALID_UTF8
        ConfigurationError: INVALID_APP_ID, INVALID_APP_CERTIFICATE, INVALID_TIMESTAMP, INVALID_SALT,
            INDEX_OUT_OF_RANGE
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
        """Reads a token without checking who signed it.

        Args:
            token: the token as received

        Raises:
            TokenParseError: as agora_token.inspect does
        """

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
        """Grants a privilege until an absolute time, replacing an earlier grant of the same.

        Args:
            privilege: a Privilege
            expired_ts: Unix seconds or a datetime with a time zone; 0 for as long as the token

        Raises:
            ConfigurationError: INDEX_OUT_OF_RANGE, INVALID_TIMESTAMP
        """

    def build(self) -> str:
        """Signs and encodes the token.

        Raises:
            ConfigurationError: TOO_MANY_ENTRIES
        """

@final
class UnverifiedToken006:
    """What an AccessToken (006) says, which anybody could have written: believe it after a verdict. Frozen.

    Channel and user are not in it, only their CRC-32.
    """

    def verify_signature(self, app_certificate: str, channel_name: _Text, account: _Text | int) -> bool:
        """Whether the holder of this certificate signed this token for this channel and user. Time is not looked at.

        Gives False for a wrong signature and does not raise, so look at what it gives; Verifier.verify raises.

        A real-time messaging token has its user ID for a channel name, and an empty account.

        Args:
            app_certificate: 32 hexadecimal digits; letter case counts
            channel_name: the channel that it should be for
            account: the user that it should be for, as a text or a uid

        Raises:
            InputError: INVALID_CHANNEL_NAME, INVALID_UID, INVALID_USER_ACCOUNT, INVALID_UTF8
            ConfigurationError: INVALID_APP_CERTIFICATE
        """

    @property
    def app_id(self) -> _Text:
        """The App ID as received: a str, or bytes where it is no UTF-8."""

    @property
    def signature(self) -> bytes:
        """The signature as received; 32 bytes in a token that can be valid."""

    @property
    def channel(self) -> None:
        """None, as the three that follow: an AccessToken (006) carries its channel and its user as checksums only."""

    @property
    def account(self) -> None:
        """None."""

    @property
    def uid(self) -> None:
        """None."""

    @property
    def user(self) -> None:
        """None."""

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
class Credentials:
    """The App ID of a project and an App Certificate of it. Frozen, and shows no certificate.

    Both are given by name: swapped, every token would show the certificate. That the two are the same is refused.

    Args:
        app_id: 32 hexadecimal digits; letter case counts
        app_certificate: 32 hexadecimal digits; letter case counts; secret

    Raises:
        ConfigurationError: INVALID_APP_ID, INVALID_APP_CERTIFICATE
    """

    def __new__(cls, *, app_id: str, app_certificate: str) -> Credentials: ...
    @staticmethod
    def from_env() -> Credentials:
        """What the environment says: AGORA_APP_ID and AGORA_APP_CERTIFICATE.

        Raises:
            ConfigurationError: INVALID_APP_ID, INVALID_APP_CERTIFICATE, with the variable as its field
        """

    @property
    def app_id(self) -> str:
        """The project."""

@final
class Channel:
    """Every channel of the project, by name: Channel.ANY in place of a channel's name."""

    ANY: ClassVar[Channel]

    @staticmethod
    def any() -> Channel:
        """Channel.ANY."""

@final
class User:
    """Who joins: a uid, an account, or whoever holds the token (User.ANY). Frozen; equal when both are the same.

    Args:
        uid: 1 to 4294967295
        account: 1 to 255 bytes without control characters

    Raises:
        InputError: INVALID_UID, INVALID_USER_ACCOUNT, INVALID_UTF8; INVALID_USER_ID when neither or both are given
    """

    ANY: ClassVar[User]

    @overload
    def __new__(cls, *, uid: int) -> User: ...
    @overload
    def __new__(cls, *, account: str) -> User: ...
    @staticmethod
    def any() -> User:
        """User.ANY."""

    @staticmethod
    def from_json(value: int | str) -> User:
        """A user as a JSON document or a form holds it: a number is a uid, and a str is read as from_text does.

        Args:
            value: what json.loads made of it; anything but an int and a str is refused, None and bool too

        Raises:
            InputError: INVALID_UID, also of what only looks like a uid, as "042", " 42" and 4294967296;
                INVALID_USER_ACCOUNT, also of "undefined", "None" and the like; INVALID_UTF8
        """

    @staticmethod
    def from_text(text: str) -> User:
        """A user as a text holds it, such as a query: decimal digits are a uid, anything else is an account.

        Args:
            text: what only looks like a uid, as "042", " 42" or "4294967296", would name another user than meant

        Raises:
            InputError: INVALID_UID, INVALID_USER_ACCOUNT, INVALID_UTF8
        """

    @property
    def uid(self) -> int | None:
        """The uid; None where it is none."""

    @property
    def account(self) -> str | None:
        """The account; None where it is none."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Issuer:
    """Mints AccessToken2 tokens for one project, whose credentials are checked once. Frozen; threads may share it.

    Args:
        credentials: Credentials, or app_id and app_certificate by name
        app_id: the project; 32 hexadecimal digits; letter case counts
        app_certificate: signs the tokens; 32 hexadecimal digits; letter case counts; secret
        clock: for tests: the time of every token, as Unix seconds or a datetime, or a function that gives it,
            as time.time
        salt: for tests: the salt of every token, or a function that gives it; the system's random source unless
            given

    Raises:
        ConfigurationError: INVALID_APP_ID, INVALID_APP_CERTIFICATE, INVALID_TIMESTAMP, INVALID_SALT
        UnknownOption: with the nearest argument
    """

    @overload
    def __new__(cls, credentials: Credentials, *, clock: _Clock | None = None, salt: _Salt | None = None) -> Issuer: ...
    @overload
    def __new__(
        cls, *, app_id: str, app_certificate: str, clock: _Clock | None = None, salt: _Salt | None = None
    ) -> Issuer: ...
    @staticmethod
    def from_env(*, clock: _Clock | None = None, salt: _Salt | None = None) -> Issuer:
        """An issuer for the project that the environment names: AGORA_APP_ID and AGORA_APP_CERTIFICATE.

        Args:
            clock: as for Issuer
            salt: as for Issuer

        Raises:
            ConfigurationError: as Issuer does, with the variable as its field
        """

    @property
    def app_id(self) -> str:
        """The project it mints for."""

    def issue(self, grant: Grant) -> IssuedToken:
        """Mints a token. The same grant gives a new one each time.

        Args:
            grant: whom to let in where, as what, for how long

        Raises:
            InputError: INVALID_USER_ID where messaging, Chat or a classroom lacks a user of its own, or the grant a
                user; INVALID_CHANNEL_NAME and INVALID_ROLE where a service needs what the grant does not say
            ConfigurationError: NO_SERVICES, TOO_MANY_ENTRIES, INVALID_PERMISSIONS, PAYLOAD_TOO_LARGE,
                TOKEN_TOO_LONG
            SystemFailure: CLOCK_OUT_OF_RANGE, RANDOM_SOURCE_FAILED
        """

    @overload
    def issue_many(self, grants: Iterable[Grant]) -> list[IssuedToken | RefusedGrant]:
        """Mints a token for each grant, or of one grant for each user, in their order, with other threads running
        meanwhile.

        A row that is refused has a RefusedGrant in its place, and the others have their tokens: each row has error,
        which is None or the exception that issue would raise.

        Args:
            grants: the grants, or one grant of which every user gets a token
            users: the users of that one grant, each as the argument user of a Grant
        """

    @overload
    def issue_many(self, grants: Grant, users: Iterable[int | str | User]) -> list[IssuedToken | RefusedGrant]: ...

@final
class IssuedRows:
    """The rows of a table with their tokens, minted as they are drawn and only once: give it to a library that takes Arrow
    streams, or go through it batch by batch."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The stream, which can be taken once. Its columns cannot be asked for in other types."""

    def __arrow_c_schema__(self) -> object:
        """The columns: those of the table and token, issued_at, expires_at, refresh_after, error."""

    def __iter__(self) -> IssuedRows: ...
    def __next__(self) -> IssuedBatch:
        """Mints the next batch."""

@final
class IssuedBatch:
    """Some rows with their tokens."""

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        """The schema and the array. Its columns cannot be asked for in other types."""

    def __len__(self) -> int:
        """How many rows."""

def issue_arrow(
    issuer: Issuer,
    data: object,
    *,
    channel: str | None = None,
    role: Role | _RoleName | None = None,
    services: Iterable[str] | None = None,
    lifetime: _Lifetime | None = None,
    threads: int | None = None,
) -> IssuedRows:
    """Mints for each row of a table. Its face is `agora_token.arrow.issue`."""

@final
class Grant:
    """Whom to let in where, as what, for how long: what an Issuer makes a token of. Frozen; equal when all of it
    is.

    A channel means joining it by voice and video; rtm and chat add messaging and Chat as the same user,
    permissions messaging on single resources. Whatever services give is named instead: they then are all, and
    have the channel, the role and the room that they need. What is left out is not granted; None is refused.
    Without a user it is a template for issue_many.

    Args:
        channel: a channel's name, or Channel.ANY
        uid: who joins with a uid; 1 to 4294967295
        account: who joins with a user account, or logs in with a user ID; 1 to 255 bytes
        user: either of them, an int for a uid and a str for an account, or a User, as User.ANY
        role: "publisher" or "subscriber", or a Role
        rtm: whether to log in to real-time messaging; a uid is its own digits there
        chat: whether to log in to Chat; a uid is its own digits there
        services: the services instead of that of the channel, each a ServiceType
        permissions: what of messaging, as {ResourceType: {PermissionType: [resource, ...]}}; they stand in
            place of rtm
        room_uuid: the room of a classroom; without one, aPaaS lets in outside of rooms
        room_role: the role in it, any number that your classroom knows
        lifetime: how long the token and its privileges live; seconds or a timedelta, at most 24 hours
        publish_lifetime: how long a publisher may publish, where that is less
        expires_in: another name of lifetime
        publish_expires_in: another name of publish_lifetime
        allow_longer_than_a_day: whether to allow what Agora does not document
        allow_long_token: whether to allow more than 2047 characters, which no browser takes

    Raises:
        InputError: INVALID_CHANNEL_NAME, INVALID_UID, INVALID_USER_ACCOUNT, INVALID_USER_ID when two users are
            given, INVALID_ROLE, INVALID_ROOM_UUID, INVALID_UTF8
        ConfigurationError: TOKEN_EXPIRE_ZERO, TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, INVALID_LIFETIME,
            LIFETIME_OVER_A_DAY, INVALID_PERMISSIONS, INDEX_OUT_OF_RANGE
        UnknownOption: with the nearest argument
    """

    def __new__(
        cls,
        *,
        channel: str | Channel = ...,
        uid: int = ...,
        account: str = ...,
        user: int | str | User = ...,
        role: Role | int | _RoleName = ...,
        rtm: bool = False,
        chat: bool = False,
        services: Iterable[ServiceType | int] = ...,
        permissions: Permissions | _Resources = ...,
        room_uuid: str = ...,
        room_role: int = ...,
        lifetime: _Lifetime = 3600,
        publish_lifetime: _Lifetime = ...,
        expires_in: _Lifetime = ...,
        publish_expires_in: _Lifetime = ...,
        allow_longer_than_a_day: bool = False,
        allow_long_token: bool = False,
    ) -> Grant: ...
    @staticmethod
    def rtc(
        channel: str | Channel,
        user: int | str | User,
        role: Role | int | _RoleName,
        *,
        lifetime: _Lifetime = 3600,
        publish_lifetime: _Lifetime = ...,
        allow_longer_than_a_day: bool = False,
        allow_long_token: bool = False,
    ) -> Grant:
        """Joining a channel.

        Args:
            channel: a channel's name, or Channel.ANY
            user: a uid as an int from 1 on, an account as a str, or a User
            role: "publisher" or "subscriber", or a Role
            lifetime: how long the token and its privileges live; seconds or a timedelta, at most 24 hours
            publish_lifetime: how long a publisher may publish, where that is less
            allow_longer_than_a_day: whether to allow what Agora does not document
            allow_long_token: whether to allow more than 2047 characters, which no browser takes

        Raises:
            AgoraTokenError: as Grant does
        """

    @staticmethod
    def rtm(
        user: int | str | User,
        *,
        lifetime: _Lifetime = 3600,
        allow_longer_than_a_day: bool = False,
        allow_long_token: bool = False,
    ) -> Grant:
        """Logging in to real-time messaging. A uid is its own digits there.

        Args:
            user: a uid as an int from 1 on, an account as a str, or a User that is not User.ANY
            lifetime: how long the token and its privileges live; seconds or a timedelta, at most 24 hours
            allow_longer_than_a_day: whether to allow what Agora does not document
            allow_long_token: whether to allow more than 2047 characters, which no browser takes

        Raises:
            AgoraTokenError: as Grant does
        """

    @staticmethod
    def rtm2(
        user: int | str | User,
        permissions: Permissions | _Resources,
        *,
        lifetime: _Lifetime = 3600,
        allow_longer_than_a_day: bool = False,
        allow_long_token: bool = False,
    ) -> Grant:
        """Logging in to real-time messaging, with permissions on single resources.

        Args:
            user: a uid as an int from 1 on, an account as a str, or a User that is not User.ANY
            permissions: {ResourceType: {PermissionType: [resource, ...]}}, or Permissions
            lifetime: how long the token and its privileges live; seconds or a timedelta, at most 24 hours
            allow_longer_than_a_day: whether to allow what Agora does not document
            allow_long_token: whether to allow more than 2047 characters, which no browser takes

        Raises:
            AgoraTokenError: as Grant does
        """

    @staticmethod
    def chat(
        user: int | str | User,
        *,
        lifetime: _Lifetime = 3600,
        allow_longer_than_a_day: bool = False,
        allow_long_token: bool = False,
    ) -> Grant:
        """Chatting as a user. A uid is its own digits there.

        Args:
            user: a uid as an int from 1 on, an account as a str, or a User that is not User.ANY
            lifetime: how long the token and its privileges live; seconds or a timedelta, at most 24 hours
            allow_longer_than_a_day: whether to allow what Agora does not document
            allow_long_token: whether to allow more than 2047 characters, which no browser takes

        Raises:
            AgoraTokenError: as Grant does
        """

    @staticmethod
    def rtc_rtm(
        channel: str | Channel,
        user: int | str | User,
        role: Role | int | _RoleName,
        *,
        lifetime: _Lifetime = 3600,
        publish_lifetime: _Lifetime = ...,
        allow_longer_than_a_day: bool = False,
        allow_long_token: bool = False,
    ) -> Grant:
        """Joining a channel, and messaging as the same user.

        Args:
            channel: a channel's name, or Channel.ANY
            user: a uid as an int from 1 on, an account as a str, or a User
            role: "publisher" or "subscriber", or a Role
            lifetime: how long the token and its privileges live; seconds or a timedelta, at most 24 hours
            publish_lifetime: how long a publisher may publish, where that is less
            allow_longer_than_a_day: whether to allow what Agora does not document
            allow_long_token: whether to allow more than 2047 characters, which no browser takes

        Raises:
            AgoraTokenError: as Grant does
        """

    @staticmethod
    def rtc_rtm_chat(
        channel: str | Channel,
        user: int | str | User,
        role: Role | int | _RoleName,
        *,
        lifetime: _Lifetime = 3600,
        publish_lifetime: _Lifetime = ...,
        allow_longer_than_a_day: bool = False,
        allow_long_token: bool = False,
    ) -> Grant:
        """Joining a channel, messaging and Chat as the same user.

        Args:
            channel: a channel's name, or Channel.ANY
            user: a uid as an int from 1 on, an account as a str, or a User
            role: "publisher" or "subscriber", or a Role
            lifetime: how long the token and its privileges live; seconds or a timedelta, at most 24 hours
            publish_lifetime: how long a publisher may publish, where that is less
            allow_longer_than_a_day: whether to allow what Agora does not document
            allow_long_token: whether to allow more than 2047 characters, which no browser takes

        Raises:
            AgoraTokenError: as Grant does
        """

    def and_rtm(self) -> Grant:
        """The same, and messaging as the same user."""

    def and_rtm2(self, permissions: Permissions | _Resources) -> Grant:
        """The same, and messaging as the same user with permissions on single resources.

        Args:
            permissions: {ResourceType: {PermissionType: [resource, ...]}}, or Permissions

        Raises:
            ConfigurationError: INVALID_PERMISSIONS
        """

    def and_chat(self) -> Grant:
        """The same, and Chat as the same user."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Verifier:
    """Judges tokens: the signature always, the time unless told not to, the App ID where it is given, and what
    each call expects of its token. Frozen; threads may share it.

    Give more certificates while they are rotated: a token signed with any of them is good. Past 24 hours an
    AccessToken2 is over, whatever it says.

    Args:
        credentials: Credentials, or app_id and app_certificate by name
        app_id: the project that tokens are to be for; 32 hexadecimal digits
        app_certificate: what tokens are signed with; 32 hexadecimal digits; secret
        certificate: the same, or another
        certificates: more of them, a str or several
        leeway: how far clocks may differ, seconds or a timedelta; more than an hour counts as an hour
        clock: for tests: the time to judge by, as Unix seconds or a datetime, or a function that gives it, as
            time.time
        ignore_time: whether not to look at the time

    Raises:
        ConfigurationError: INVALID_APP_ID, INVALID_APP_CERTIFICATE, INVALID_LIFETIME, INVALID_TIMESTAMP
        UnknownOption: with the nearest argument
    """

    @overload
    def __new__(
        cls,
        credentials: Credentials,
        *,
        certificate: str | Iterable[str] = ...,
        certificates: str | Iterable[str] = ...,
        leeway: _Lifetime = 0,
        clock: _Clock | None = None,
        ignore_time: bool = False,
    ) -> Verifier: ...
    @overload
    def __new__(
        cls,
        *,
        app_id: str = ...,
        app_certificate: str = ...,
        certificate: str | Iterable[str] = ...,
        certificates: str | Iterable[str] = ...,
        leeway: _Lifetime = 0,
        clock: _Clock | None = None,
        ignore_time: bool = False,
    ) -> Verifier: ...
    @staticmethod
    def from_env(*, leeway: _Lifetime = 0, clock: _Clock | None = None) -> Verifier:
        """A verifier for the project that the environment names: AGORA_APP_ID and AGORA_APP_CERTIFICATE, and while
        certificates are rotated AGORA_APP_CERTIFICATE_SECONDARY.

        Args:
            leeway: as for Verifier
            clock: as for Verifier

        Raises:
            ConfigurationError: as Verifier does, with the variable as its field
        """

    def verify(
        self,
        token: str,
        *,
        channel: str | Channel = ...,
        uid: int = ...,
        account: str = ...,
        user: int | str | User = ...,
        service: ServiceType | int = ...,
        privilege: int = ...,
    ) -> Verdict:
        """Judges a token, and raises unless it is valid: the first refusal, with all of them attached.

        What is left out is not looked at; None is refused, as a question that was never asked. Without a service a
        channel means RTC, and without a privilege those that let in at all have to be running. An AccessToken (006)
        needs channel and user.

        Args:
            token: the token as received
            channel: the channel that it is to let into; Channel.ANY for every channel
            uid: the uid that it is to let in; 0 for any user
            account: the account that it is to let in
            user: either of them, or a User, as User.ANY
            service: the service that it is to carry, in which all else is then looked for alone
            privilege: what it is to grant, as RtcPrivilege.PUBLISH_AUDIO_STREAM

        Raises:
            VerificationError: what is wrong with the token
            TokenParseError: one that cannot be read
            SignatureMismatch: one that nobody signed
            TokenExpired: one that has ended
            InputError: INVALID_CHANNEL_NAME, INVALID_UID, INVALID_USER_ACCOUNT, INVALID_USER_ID, INVALID_UTF8
            ConfigurationError: INDEX_OUT_OF_RANGE
        """

    def verdict(
        self,
        token: str | None,
        *,
        channel: str | Channel = ...,
        uid: int = ...,
        account: str = ...,
        user: int | str | User = ...,
        service: ServiceType | int = ...,
        privilege: int = ...,
    ) -> Verdict:
        """Judges a token, with all that is wrong with it. Raises for wrong questions only, whatever the token is.

        Args:
            token: the token as received; what is no text is refused as one that cannot be read
            channel: as for verify
            uid: as for verify
            account: as for verify
            user: as for verify
            service: as for verify
            privilege: as for verify

        Raises:
            InputError: as verify does
            ConfigurationError: as verify does
        """

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
    """Reads a token of either generation without checking who signed it.

    Args:
        token: the token as received

    Raises:
        TokenParseError: TOKEN_VERSION, TOKEN_BASE64, TOKEN_COMPRESSION, TOKEN_TOO_LARGE, TOKEN_TRUNCATED,
            TOKEN_DUPLICATE_KEY, TOKEN_TRAILING_BYTES
    """

def diagnose(
    token: str,
    *,
    app_id: str = ...,
    app_certificate: str | Iterable[str] = ...,
    certificate: str | Iterable[str] = ...,
    certificates: str | Iterable[str] = ...,
    channel: str = ...,
    uid: int = ...,
    account: str = ...,
    user: int | str | User = ...,
    service: ServiceType | int = ...,
    role: Role | int | _RoleName = ...,
    at: _Moment = ...,
    sdk: str = ...,
    error: str | int = ...,
    redact: bool = False,
) -> Diagnosis:
    """Says why a token, damaged or not, does not let its user in. It raises for wrong arguments only.

    Tell what the client joined with: the more, the more is found. What is not known is left out; None is
    refused.

    Args:
        token: the token as the client has it
        app_id: the App ID that the client joined with
        app_certificate: the App Certificate as it is configured, a wrong one too; it never shows
        certificate: the same, or another
        certificates: more of them, a str or several
        channel: the channel that the client joined
        uid: the uid that it joined with; 0 asks the service for one
        account: the account that it joined with
        user: either of them, an int for a uid and a str for an account, or a User
        service: the service that it used the token for, a ServiceType
        role: what it meant to do: "publisher" or "subscriber", or a Role
        at: when, as Unix seconds or a datetime; now unless given
        sdk: its SDK and version, as "web 4.20.0"
        error: what the client saw, as 110
        redact: whether to mask App ID, channel and user in what is found, for a report to post

    Raises:
        InputError: INVALID_CHANNEL_NAME, INVALID_UID, INVALID_USER_ACCOUNT, INVALID_USER_ID, INVALID_ROLE,
            INVALID_UTF8
        ConfigurationError: INVALID_APP_ID and INVALID_APP_CERTIFICATE of what is no str, INVALID_TIMESTAMP,
            INDEX_OUT_OF_RANGE
        TokenParseError: TOKEN_VERSION of a token that is no str
        UnknownOption: with the nearest argument
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
