"""Tables of the Arrow PyCapsule interface. What engines make of it, tests/engines of the repository checks."""

from datetime import timedelta
from typing import Any

import nanoarrow as na  # type: ignore[import-untyped]
import pytest
from samples import APP_ID, CERTIFICATE, verify

from agora_token import AccessToken2, AgoraTokenError, InputError, Issuer, Role, RtcPrivilege, arrow

ISSUER = Issuer(app_id=APP_ID, app_certificate=CERTIFICATE, clock=1_700_000_000)


def table(**columns: Any) -> Any:
    length = next(iter(columns.values())).length
    schema = na.struct({name: column.schema for name, column in columns.items()})
    return na.c_array_from_buffers(schema, length, [None], children=list(columns.values()))


def texts(*values: str | None) -> Any:
    return na.c_array(values, na.string())


def uids(*values: int | None) -> Any:
    return na.c_array(values, na.uint32())


def rows_of(minted: arrow.IssuedRows | arrow.IssuedBatch) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = na.Array(minted).to_pylist()
    return rows


@pytest.mark.parametrize("form", [lambda table: table, na.ArrayStream], ids=["array", "stream"])
def test_every_row_comes_out_with_a_token_or_an_error(form: Any) -> None:
    users = table(channel=texts("room", None, "*", "hall"), uid=uids(42, 7, 7, 0))
    rows = rows_of(arrow.issue(ISSUER, form(users), channel="lobby", lifetime=600))
    assert list(rows[0]) == ["channel", "uid", *arrow.ADDED_COLUMNS]
    for row, channel, uid in ((rows[0], "room", 42), (rows[1], "lobby", 7)):
        assert verify(row["token"], CERTIFICATE, channel=channel, uid=uid, clock=1_700_000_000)
        times = [row[name] for name in ("issued_at", "expires_at", "refresh_after", "error")]
        assert times == [1_700_000_000, 1_700_000_600, 1_700_000_540, None]
    for row, error in ((rows[2], "INVALID_CHANNEL_NAME: channel is"), (rows[3], "INVALID_UID: uid is 0")):
        assert row["error"].startswith(error)
        assert row["token"] is row["issued_at"] is row["expires_at"] is row["refresh_after"] is None


def test_rows_get_what_the_call_says() -> None:
    users = table(account=texts("alice"))
    for lifetime in (60, timedelta(minutes=1)):
        for services in ("rtc+rtm", ["rtc", "rtm"]):
            minted = arrow.issue(
                ISSUER, users, channel="room", role=Role.SUBSCRIBER, services=services, lifetime=lifetime, threads=1
            )
            token = rows_of(minted)[0]["token"]
            assert verify(token, CERTIFICATE, channel="room", account="alice", clock=1_700_000_000)
            read = AccessToken2.parse(token)
            assert [type(service).__name__ for service in read.services] == ["ServiceRtc", "ServiceRtm"]
            assert read.expire == 60 and RtcPrivilege.PUBLISH_AUDIO_STREAM not in read.services[0].privileges


def test_rows_are_drawn_batch_by_batch_and_once() -> None:
    rows = arrow.issue(ISSUER, table(uid=uids(*range(1, 101))), channel="room")
    assert iter(rows) is rows
    batches = list(rows)
    assert sum(map(len, batches)) == 100 and rows_of(batches[0])[0]["uid"] == 1
    assert list(rows) == []
    assert rows_of(rows) == []
    with pytest.raises(ValueError, match="taken already"):
        rows.__arrow_c_stream__()


def test_a_table_that_cannot_be_used_is_refused() -> None:
    for users, words in (
        (table(channel=texts("a")), "the table names neither uid nor account"),
        (table(uid=uids(1), rol=texts("a")), "in the table rol is no column; role is one"),
        (table(uid=uids(1), channel=uids(1)), "the column channel is of type UInt32; texts expected"),
        (table(uid=uids(1)), "the table names no column channel, and there is no channel= for all rows"),
        (uids(1), "a table expected, a column of UInt32 found"),
    ):
        with pytest.raises(ValueError, match=words):
            arrow.issue(ISSUER, users)
    for data in (None, [{"uid": 1}], "uid"):
        with pytest.raises(TypeError, match="data must be a table with __arrow_c_stream__ or __arrow_c_array__"):
            arrow.issue(ISSUER, data)  # type: ignore[arg-type]
    users = table(uid=uids(1))
    with pytest.raises(InputError, match="channel is"):
        arrow.issue(ISSUER, users, channel="*")
    with pytest.raises(TypeError):
        arrow.issue(ISSUER, users, chanel="a")  # type: ignore[call-arg]
    for threads in (0, -1, 2**64, True, 1.0, "1"):
        with pytest.raises(ValueError, match="threads must be an int from 1 on"):
            arrow.issue(ISSUER, users, channel="a", threads=threads)  # type: ignore[arg-type]
    for services, code in (([], "NO_SERVICES"), ("rtx", "UNKNOWN_OPTION")):
        with pytest.raises(AgoraTokenError) as refused:
            arrow.issue(ISSUER, users, channel="a", services=services)
        assert (refused.value.code.name, refused.value.field) == (code, "services")


def test_a_capsule_of_something_else_is_refused() -> None:
    class Wrong:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return table(uid=uids(1)).__arrow_c_array__()[0]

    with pytest.raises(ValueError, match="PyCapsule"):
        arrow.issue(ISSUER, Wrong())


def test_an_array_is_taken_once() -> None:
    class Once:
        def __init__(self) -> None:
            self.capsules = table(uid=uids(1)).__arrow_c_array__()

        def __arrow_c_array__(self, requested_schema: object = None) -> Any:
            return self.capsules

    once = Once()
    assert len(list(arrow.issue(ISSUER, once, channel="room"))) == 1
    with pytest.raises(ValueError, match="the array was taken already"):
        arrow.issue(ISSUER, once, channel="room")


def test_an_array_that_does_not_fit_its_schema_is_refused() -> None:
    class Torn:
        def __arrow_c_array__(self, requested_schema: object = None) -> Any:
            return table(uid=uids(1), account=texts("a")).__arrow_c_array__()[0], table(
                uid=uids(1)
            ).__arrow_c_array__()[1]

    with pytest.raises(ValueError, match="does not fit its schema"):
        arrow.issue(ISSUER, Torn())


@pytest.mark.parametrize("threads", [2**32, 2**50, 2**64 - 1])
def test_more_threads_than_there_can_be_lose_no_rows(threads: int) -> None:
    rows = arrow.issue(ISSUER, table(uid=uids(*range(1, 101))), channel="room", threads=threads)
    assert len(next(rows)) == 100


def test_an_exception_with_a_nul_fails_the_stream() -> None:
    def clock() -> int:
        raise ValueError("no\0clock")

    issuer = Issuer(app_id=APP_ID, app_certificate=CERTIFICATE, clock=clock)
    with pytest.raises(ValueError, match="no\0clock"):
        list(arrow.issue(issuer, table(uid=uids(1)), channel="room"))
    with pytest.raises(RuntimeError, match=r"no\\0clock"):
        rows_of(arrow.issue(issuer, table(uid=uids(1)), channel="room"))


def test_a_table_that_cannot_say_what_it_has_says_why() -> None:
    class Lazy:
        @property
        def __arrow_c_stream__(self) -> Any:
            raise ImportError("a library is missing")

    with pytest.raises(ImportError, match="a library is missing"):
        arrow.issue(ISSUER, Lazy())
