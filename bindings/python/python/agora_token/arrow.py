"""A token for each row of a table: of pyarrow, Polars, DuckDB, pandas, Spark, or whatever else knows Apache Arrow.

>>> import pyarrow as pa
>>> from agora_token import Issuer, arrow
>>> issuer = Issuer(app_id="970CA35de60c44645bbae8a215061b33", app_certificate="5CFd2fd1755d40ecb72977518be15d3b")
>>> users = pa.table({"channel": ["hall", "hall"], "uid": [42, 0]})
>>> tokens = pa.table(arrow.issue(issuer, users, lifetime=3600))
>>> tokens.column_names
['channel', 'uid', 'token', 'issued_at', 'expires_at', 'refresh_after', 'error']
>>> tokens["token"][0].as_py()[:3], tokens["error"][1].as_py()[:11]
('007', 'INVALID_UID')

No library of those is needed by this module: they pass each other their columns as they lie in memory.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Literal, Protocol

from . import _native
from ._native import Issuer
from ._native import IssuedBatch as IssuedBatch
from ._native import IssuedRows as IssuedRows
from .constants import Role

__all__ = ["ADDED_COLUMNS", "ArrayTable", "IssuedBatch", "IssuedRows", "StreamTable", "issue"]


ADDED_COLUMNS = ("token", "issued_at", "expires_at", "refresh_after", "error")
"""What comes out beside the columns of the table."""


class StreamTable(Protocol):
    """A table in batches, as most libraries have it."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """A capsule with the stream."""


class ArrayTable(Protocol):
    """A table in one batch."""

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        """Capsules with the schema and the array."""


def issue(
    issuer: Issuer,
    data: StreamTable | ArrayTable,
    *,
    channel: str | None = None,
    role: Role | Literal["publisher", "subscriber"] | None = None,
    services: Iterable[str] | None = None,
    lifetime: int | timedelta | None = None,
    threads: int | None = None,
) -> IssuedRows:
    """Mints a token for each row, as the rows are drawn: on all processors, with other threads of Python running, in
    memory for some batches.

    The columns that mean something, of which a null is a value left out: channel; uid (integers) or account (texts);
    role ("publisher" or "subscriber"); services (lists, or texts as "rtc+rtm", of rtc, rtm, chat); lifetime (seconds, at
    most 24 hours, or texts as "90m"); publish_lifetime, where that is shorter. Any others are passed through; one whose
    name is nearly one of these is refused, since a role that nobody reads would make everyone a publisher.

    Every row comes out again, in order, with the columns token, issued_at, expires_at, refresh_after (Unix seconds) and
    error, "CODE: why", of which either the first four are null or the last.

    Args:
        issuer: what signs
        data: a table with __arrow_c_stream__ or __arrow_c_array__, whose rows are not copied
        channel: of rows that name none
        role: of rows that name none; publisher unless given
        services: of rows that name none; rtc unless given
        lifetime: of rows that name none, seconds or a timedelta; an hour unless given
        threads: at most so many mint at once; as many as there are processors unless given

    Raises:
        ValueError: a column of a name or type that cannot be used, and none with users
        TypeError: data that is no table of Arrow
        InputError, ConfigurationError: a default that cannot be used
    """
    return _native.issue_arrow(
        issuer, data, channel=channel, role=role, services=services, lifetime=lifetime, threads=threads
    )
