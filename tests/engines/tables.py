"""Tables of every form that Arrow has for the columns of a batch."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal

import nanoarrow as na
import polars as pl
import pyarrow as pa
from agora_token import Grant, InputError, Issuer, Role, Verifier, arrow, inspect
from samples import APP_ID, CERTIFICATE

ISSUER = Issuer(app_id=APP_ID, app_certificate=CERTIFICATE)
VERIFIER = Verifier(app_id=APP_ID, app_certificate=CERTIFICATE)
CASES: dict[str, Callable[[], object]] = {}


def case(work: Callable[[], object]) -> Callable[[], object]:
    CASES[work.__name__.replace("_", " ")] = work
    return work


def issue(data: object, **defaults: object) -> pa.Table:
    return pa.table(arrow.issue(ISSUER, data, **defaults))  # type: ignore[arg-type]


def refused(data: object, words: str, kind: type[Exception] = ValueError, **defaults: object) -> None:
    try:
        issue(data, **defaults)
    except kind as error:
        assert words in str(error), str(error)
    else:
        raise AssertionError(f"not refused: {words}")


def users_of(table: pa.Table) -> list[object]:
    """The user that each token lets in, or the code of its error."""
    rows = zip(table["token"].to_pylist(), table["error"].to_pylist())
    return [inspect(token).user if token else error.split(":")[0] for token, error in rows]


@case
def rows_come_out_in_order_with_what_they_ask_for() -> None:
    rows = 70_001
    table = pa.table({"channel": [f"room {row % 7}" for row in range(rows)], "uid": range(rows), "note": range(rows)})
    minted = issue(table)
    minted.validate(full=True)
    assert minted.select(table.column_names) == table
    assert minted.column_names == [*table.column_names, *arrow.ADDED_COLUMNS]
    for row in (1, 2, 16_383, 16_384, 35_000, rows - 1):
        token = minted["token"][row].as_py()
        VERIFIER.verify(token, channel=f"room {row % 7}", uid=row)
        read = inspect(token)
        times = [minted[name][row].as_py() for name in ("issued_at", "expires_at", "refresh_after")]
        assert times == [read.issue_ts, read.issue_ts + 3600, read.issue_ts + 3240]
    assert users_of(minted.slice(0, 2)) == ["INVALID_UID", 1]
    assert minted["token"].null_count == minted["issued_at"].null_count == 1
    assert minted["error"].null_count == rows - 1


@case
def every_type_of_integer_is_a_uid() -> None:
    types = [pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()]
    for kind in [*types, pa.decimal128(38, 0)]:
        uids = [Decimal(42), None, Decimal(7)] if pa.types.is_decimal(kind) else [42, None, 7]
        table = pa.table({"uid": pa.array(uids, kind)})
        assert users_of(issue(table, channel="room")) == [42, "INVALID_UID", 7], kind
    for uid, kind in ((-1, pa.int8()), (2**32, pa.int64()), (2**64 - 1, pa.uint64()), (-(2**63), pa.int64())):
        error = issue(pa.table({"uid": pa.array([uid], kind)}), channel="room")["error"][0].as_py()
        assert error.startswith(f"INVALID_UID: uid is {uid}; an integer from 0 to 4294967295"), error
    texts = pa.table({"uid": ["42", "042", "alice", ""]})
    assert users_of(issue(texts, channel="room")) == [42, "INVALID_UID", "INVALID_UID", "INVALID_UID"]


@case
def every_type_of_text_is_one() -> None:
    dictionary = pa.dictionary(pa.int8(), pa.large_string())
    for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.uint16(), pa.string()), dictionary):
        long = "an account that no view can hold within itself"
        accounts = pa.array(["alice", None, long, "bob"]).cast(kind)
        channels = pa.array(["a", "b", None, "*"]).cast(kind)
        minted = issue(pa.table({"account": accounts, "channel": channels}), channel="default")
        assert users_of(minted) == ["alice", "INVALID_UID", long, "INVALID_CHANNEL_NAME"], kind
        assert inspect(minted["token"][2].as_py()).channel == "default"
    nulls = pa.DictionaryArray.from_arrays(pa.array([None, 0], pa.int8()), pa.array([None], pa.string()))
    assert users_of(issue(pa.table({"account": nulls, "uid": [1, 2]}), channel="room")) == [1, 2]
    empty = pa.DictionaryArray.from_arrays(pa.array([None], pa.int8()), pa.array([], pa.string()))
    assert users_of(issue(pa.table({"account": empty, "uid": [1]}), channel="room")) == [1]
    assert users_of(issue(pa.table({"account": pa.nulls(1), "uid": [1]}), channel="room")) == [1]


@case
def bytes_that_are_no_text_are_refused_in_their_row() -> None:
    raw = pa.array([b"alice", b"\xff\xfe", b"bob"], pa.binary())
    account = pa.StringArray.from_buffers(3, raw.buffers()[1], raw.buffers()[2])
    assert users_of(issue(pa.table({"account": account}), channel="room")) == ["alice", "INVALID_UTF8", "bob"]


@case
def services_are_lists_or_texts() -> None:
    lists = [["rtc"], ["rtm", "chat"], None, [], ["fpa"], ["rtc", None]]
    expected = [["rtc"], ["rtm", "chat"], ["rtm"], "NO_SERVICES", "INVALID_ROW", "INVALID_ROW"]

    def services(table: pa.Table) -> list[object]:
        rows = zip(table["token"].to_pylist(), table["error"].to_pylist())
        names = [
            [service["name"] for service in inspect(token).to_dict()["services"]] if token else error.split(":")[0]
            for token, error in rows
        ]
        return names

    for kind in (pa.list_(pa.string()), pa.large_list(pa.large_string()), pa.list_(pa.string_view())):
        table = pa.table({"uid": range(1, 7), "services": pa.array(lists, kind)})
        assert services(issue(table, channel="room", services=["rtm"])) == expected, kind
        assert services(issue(table.slice(1, 2), channel="room", services="rtm")) == expected[1:3], kind
    table = pa.table({"uid": range(1, 4), "services": ["rtc", "rtm+chat", None]})
    assert services(issue(table, channel="room", services=["rtm"])) == expected[:3]


@case
def roles_and_lifetimes_are_numbers_or_texts() -> None:
    for role in (["subscriber", "publisher", None], pa.array([2, 1, None], pa.int8())):
        for lifetime in (["10m", "600", None], [600, 600, None]):
            table = pa.table(
                {"uid": [1, 2, 3], "role": role, "lifetime": lifetime, "publish_lifetime": [None, 60, None]}
            )
            minted = issue(table, channel="room", role=Role.SUBSCRIBER, lifetime=timedelta(minutes=20))
            read = [inspect(token).to_dict() for token in minted["token"].to_pylist()]
            assert [document["expiresIn"] for document in read] == [600, 600, 1200]
            privileges = [document["services"][0]["privileges"].get("publishAudioStream") for document in read]
            assert privileges == [None, 60, None]
    for role, lifetime, code in (("host", 60, "INVALID_ROLE"), ("publisher", 86_401, "LIFETIME_OVER_A_DAY")):
        table = pa.table({"uid": [1], "role": [role], "lifetime": [lifetime]})
        assert users_of(issue(table, channel="room")) == [code]


@case
def slices_and_chunks_are_the_rows_that_they_show() -> None:
    whole = pa.table(
        {"uid": pa.array(range(1, 101)), "account": pa.nulls(100, pa.string()), "even": [True, False] * 50}
    )
    for start, length in ((0, 0), (3, 1), (7, 20), (99, 1)):
        part = whole.slice(start, length)
        minted = issue(part, channel="room")
        minted.validate(full=True)
        assert (
            users_of(minted) == list(range(start + 1, start + 1 + length)) and minted.select(part.column_names) == part
        )
    chunks = pa.concat_tables([whole.slice(0, 3), whole.slice(50, 0), whole.slice(90, 10)])
    assert users_of(issue(chunks, channel="room")) == [1, 2, 3, *range(91, 101)]
    batch = whole.to_batches()[0].slice(5, 2)
    assert users_of(issue(batch, channel="room")) == [6, 7]
    assert users_of(pa.table(pl.DataFrame(arrow.issue(ISSUER, na.ArrayStream(whole), channel="room"))))[99] == 100


@case
def tables_without_rows_have_their_columns() -> None:
    for table in (pa.table({"uid": pa.array([], pa.int64())}), pa.schema([("uid", pa.int64())]).empty_table()):
        minted = issue(table, channel="room")
        assert minted.num_rows == 0 and minted.column_names == ["uid", *arrow.ADDED_COLUMNS]
    assert pa.schema(arrow.issue(ISSUER, pa.table({"uid": [1]}), channel="room")).names[-1] == "error"


@case
def other_columns_and_their_metadata_pass_through() -> None:
    inner = pa.array([[{"a": 1, "b": b"x"}], None, []], pa.list_(pa.struct([("a", pa.int8()), ("b", pa.binary())])))
    fields = [
        pa.field("uid", pa.int64(), nullable=False, metadata={"of": "users"}),
        pa.field("inner", inner.type),
        pa.field("at", pa.timestamp("us", "Europe/Berlin")),
        pa.field("flag", pa.bool_()),
        pa.field("kind", pa.dictionary(pa.int32(), pa.string())),
        pa.field("fixed", pa.list_(pa.int32(), 2)),
    ]
    columns = [[1, 2, 3], inner, [0, None, 1], [True, None, False], ["x", "y", None], [[1, 2], None, [3, 4]]]
    table = pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, fields)],
        pa.schema(fields, metadata={"table": "users"}),
    )
    for part in (table, table.slice(1)):
        minted = issue(part, channel="room")
        minted.validate(full=True)
        assert minted.select(part.column_names).equals(part, check_metadata=True)
        assert minted.schema.metadata == {b"table": b"users"}


@case
def what_cannot_be_used_is_refused_before_anything_is_minted() -> None:
    uid = [1]
    refused(pa.table({"uid": uid}), "names no column channel, and there is no channel=")
    refused(pa.table({"channel": ["a"]}), "names neither uid nor account")
    refused(pa.table({"uid": uid, "roles": ["x"]}), "roles is no column; role is one", channel="a")
    refused(pa.table({"uid": uid, "Uid": uid}), "names the column uid twice", channel="a")
    refused(pa.table({"uid": uid, "issued_at": uid}), "has a column issued_at, which is for the output", channel="a")
    refused(pa.table({"uid": [1.0]}), "the column uid is of type Float64; integers expected; pandas", channel="a")
    refused(pa.table({"uid": uid, "role": [True]}), "the column role is of type Boolean", channel="a")
    refused(pa.table({"uid": uid, "channel": [b"a"]}), "the column channel is of type Binary; texts expected")
    refused(pa.table({"uid": uid, "services": [[1]]}), "the column services is of type List", channel="a")
    refused(pa.array([1]), "a table expected, a column of Int64 found", channel="a")
    refused([{"uid": 1}], "data must be a table with __arrow_c_stream__ or __arrow_c_array__", TypeError)
    refused(pa.table({"uid": uid}), "channel is", InputError, channel="*")
    refused(pa.table({"uid": uid}), "role is", InputError, channel="a", role="host")
    refused(pa.table({"uid": uid}), "rtc, rtm and chat", channel="a", services=["fpa"])
    nulls = pa.StructArray.from_arrays([pa.array([1, 2])], ["uid"], mask=pa.array([False, True]))
    refused(pa.chunked_array([nulls]), "a row of the table is null as a whole", channel="a", kind=Exception)


@case
def rows_are_minted_as_they_are_drawn_and_once() -> None:
    drawn = []

    def batches() -> Iterator[pa.RecordBatch]:
        for first in range(1, 1001, 100):
            drawn.append(first)
            yield pa.record_batch({"uid": pa.array(range(first, first + 100), pa.int64())})

    schema = pa.schema([("uid", pa.int64())])
    rows = arrow.issue(ISSUER, pa.RecordBatchReader.from_batches(schema, batches()), channel="room")
    assert len(drawn) == 0
    progress = 0
    for batch in rows:
        progress += len(batch)
        assert pa.record_batch(batch).num_rows == 100 and len(drawn) == progress / 100
    assert progress == 1000
    rows = arrow.issue(ISSUER, pa.table({"uid": [1]}), channel="room")
    pa.table(rows)
    try:
        pa.table(rows)
    except ValueError as error:
        assert "taken already" in str(error)
    else:
        raise AssertionError("the same rows twice")


@case
def a_table_that_fails_says_why() -> None:
    def batches() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch({"uid": [1]})
        raise RuntimeError("the disk is gone")

    reader = pa.RecordBatchReader.from_batches(pa.schema([("uid", pa.int64())]), batches())
    refused(reader, "the disk is gone", Exception, channel="room")


@case
def clock_and_salt_of_an_issuer_hold() -> None:
    fixed = Issuer(app_id=APP_ID, app_certificate=CERTIFICATE, clock=1_700_000_000, salt=iter(range(10**6)).__next__)
    minted = pa.table(arrow.issue(fixed, pa.table({"uid": range(1, 5001)}), channel="room"))
    salts = [inspect(token).to_dict()["salt"] for token in minted["token"].to_pylist()]
    assert salts == list(range(5000)) and set(minted["issued_at"].to_pylist()) == {1_700_000_000}
    other = Issuer(app_id=APP_ID, app_certificate=CERTIFICATE, clock=1_700_000_000, salt=4999)
    grant = Grant(channel="room", uid=5000, role=Role.PUBLISHER)
    assert minted["token"][4999].as_py() == other.issue(grant).token


@case
def other_threads_run_meanwhile() -> None:
    table = pa.table({"uid": pa.array(range(1, 300_001), pa.uint32())})
    ended = threading.Event()
    minting = threading.Thread(target=lambda: (issue(table, channel="room", threads=1), ended.set()))
    minting.start()
    turns = 0
    while not ended.is_set():
        turns += 1
        time.sleep(0.0005)
    minting.join()
    assert turns > 20, turns


@case
def a_process_that_forked_mints_too() -> None:
    table = pa.table({"uid": pa.array(range(1, 50_001), pa.uint32())})
    before = issue(table, channel="room")
    child = os.fork()
    if child == 0:
        signal.alarm(60)  # a child that hangs fails
        try:
            os._exit(0 if issue(table, channel="room")["error"].null_count == 50_000 else 1)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0 and before["token"].null_count == 0


ENDLESS = f"""
import pyarrow as pa
from agora_token import Issuer, arrow
issuer = Issuer(app_id={APP_ID!r}, app_certificate={CERTIFICATE!r})
table = pa.table({{"uid": pa.array(range(1, 100_001), pa.uint32())}})
table = pa.concat_tables([table] * 1000)
rows = arrow.issue(issuer, table, channel="room")
print("started", flush=True)
"""


@case
def control_c_ends_it() -> None:
    ways = {
        "batch by batch": "for batch in rows: pass",
        "as a table": "pa.table(rows)",
        "by Polars": "import polars; print('ready', flush=True); polars.DataFrame(rows)",
    }
    for name, way in ways.items():
        child = subprocess.Popen([sys.executable, "-c", ENDLESS + way], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert child.stdout and child.stdout.readline() == b"started\n"
        if "ready" in way:
            assert child.stdout.readline() == b"ready\n"
        time.sleep(0.5)
        child.send_signal(signal.SIGINT)
        try:
            _, said = child.communicate(timeout=30)
        finally:
            child.kill()
        assert child.returncode != 0 and b"KeyboardInterrupt" in said, (name, child.returncode, said)


MANY = int(os.environ.get("ENGINES_ROWS", "3000000"))
BOUNDED = f"""
import pyarrow as pa
from agora_token import Issuer, arrow
issuer = Issuer(app_id={APP_ID!r}, app_certificate={CERTIFICATE!r})
schema = pa.schema([("channel", pa.string()), ("uid", pa.uint32())])
channels = pa.array([f"room {{row % 97}}" for row in range(100_000)])
def batches():
    for first in range(1, {MANY}, 100_000):
        yield pa.record_batch([channels, pa.array(range(first, first + 100_000), pa.uint32())], schema)
def peak():
    status = dict(line.split(":", 1) for line in open("/proc/self/status"))
    return int(status["VmHWM"].split()[0])
before = peak()
rows = pa.RecordBatchReader.from_stream(arrow.issue(issuer, pa.RecordBatchReader.from_batches(schema, batches())))
count = sum(batch.num_rows - batch["token"].null_count for batch in rows)
print(count, (peak() - before) // 1024)
"""


@case
def memory_is_that_of_some_batches() -> None:
    done = subprocess.run([sys.executable, "-c", BOUNDED], stdout=subprocess.PIPE, check=True, text=True)
    count, mib = map(int, done.stdout.split())
    print(f"   {count} rows in {mib} MiB over the imports")
    assert count == MANY and mib < 286, (count, mib)
