"""Columns in Python: an Arrow table in and out, and the same table through lists. ``python columns.py``, as racer.py."""

from itertools import islice

import pyarrow as pa
from agora_token import Grant, IssuedToken, Role, arrow
from racer import ISSUER, ROTATED, main

MOST = 1_000_000
_NAMES, _UIDS = zip(*islice(ROTATED, MOST))
TABLE = pa.table({"channel": pa.array(_NAMES, pa.string()), "uid": pa.array(_UIDS, pa.uint32())})


def table(count: int) -> pa.Table:
    """So many rows; more than a table has come again."""
    parts = [TABLE] * (count // MOST) + [TABLE.slice(0, count % MOST)]
    return pa.concat_tables(parts)


def through_arrow(count: int, threads: int) -> None:
    issued = pa.table(arrow.issue(ISSUER, table(count), threads=threads))
    if issued["error"].null_count != count:
        raise ValueError("a row was refused")


def arrow_1(count: int) -> None:
    through_arrow(count, 1)


def arrow_2(count: int) -> None:
    through_arrow(count, 2)


def lists(count: int) -> None:
    """As one writes it without Arrow."""
    rows = table(count)
    users = zip(rows["channel"].to_pylist(), rows["uid"].to_pylist())
    issued = ISSUER.issue_many([Grant.rtc(channel, uid, Role.PUBLISHER) for channel, uid in users])
    good = [row if isinstance(row, IssuedToken) else None for row in issued]
    if None in good:
        raise ValueError("a row was refused")
    columns = {
        "token": [row and row.token for row in good],
        "issued_at": [row and row.issued_at for row in good],
        "expires_at": [row and row.expires_at for row in good],
        "refresh_after": [row and row.refresh_after for row in good],
        "error": [row.error and str(row.error) for row in issued],
    }
    for name, values in columns.items():
        rows = rows.append_column(
            name, pa.array(values, pa.int64() if name.endswith(("_at", "_after")) else pa.string())
        )


if __name__ == "__main__":
    main({"arrow-1": arrow_1, "arrow-2": arrow_2, "lists": lists})
