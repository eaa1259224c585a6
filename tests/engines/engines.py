"""Each engine mints for the users of a CSV file, as docs/bulk.md shows it; gives what stands for each row, by its id."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyspark
from agora_token import Issuer, arrow
from on_spark import mint, slowly
from pyspark.sql import DataFrame, SparkSession
from samples import APP_ID, CERTIFICATE, HEADER

Rows = Iterable[tuple[int, "str | None", "str | None"]]

TYPES = {"id": "BIGINT", "uid": "UINTEGER", "lifetime": "INTEGER", "publish_lifetime": "INTEGER"}
"""Of the columns that are no texts, in SQL."""
COLUMNS = tuple(HEADER)


def issuer() -> Issuer:
    return Issuer(app_id=APP_ID, app_certificate=CERTIFICATE)


def by_polars(users: Path) -> Rows:
    numbers = {"id": pl.Int64, "uid": pl.UInt32, "lifetime": pl.Int32, "publish_lifetime": pl.Int32}
    table = pl.read_csv(users, schema_overrides=numbers)
    # A categorical column is a dictionary in Arrow.
    table = table.with_columns(pl.col("role").cast(pl.Categorical))
    return pl.DataFrame(arrow.issue(issuer(), table)).select("id", "token", "error").iter_rows()


def by_pandas(users: Path) -> Rows:
    numbers = {"uid": "UInt32", "lifetime": "Int32", "publish_lifetime": "Int32"}
    table = pd.read_csv(users, dtype=numbers | {"role": "category"})
    tokens = pd.DataFrame.from_arrow(arrow.issue(issuer(), table))
    texts = tokens[["token", "error"]].astype(object).where(tokens[["token", "error"]].notna(), None)
    return zip(tokens["id"].tolist(), texts["token"], texts["error"])


def by_duckdb(users: Path) -> Rows:
    """As a function of SQL: of a row, all that it is given, and all that comes out."""
    names = list(COLUMNS[1:])
    types = [TYPES.get(name, "VARCHAR") for name in names]

    def tokens(channel: Any, uid: Any, account: Any, role: Any, services: Any, lifetime: Any, publish: Any) -> Any:
        rows = pa.table([channel, uid, account, role, services, lifetime, publish], names)
        minted = pa.table(arrow.issue(issuer(), rows, threads=1)).select(arrow.ADDED_COLUMNS)
        return minted.to_struct_array()

    with duckdb.connect() as database:
        result = "STRUCT(token VARCHAR, issued_at BIGINT, expires_at BIGINT, refresh_after BIGINT, error VARCHAR)"
        # Two rows alike get two tokens, and a null is a value left out.
        database.create_function(
            "agora_token", tokens, types, result, type="arrow", side_effects=True, null_handling="special"
        )
        columns = {name: TYPES.get(name, "VARCHAR") for name in COLUMNS}
        database.execute("CREATE TABLE users AS SELECT * FROM read_csv(?, columns = ?)", [str(users), columns])
        query = f"SELECT id, t.token, t.error FROM (SELECT id, agora_token({', '.join(names)}) AS t FROM users)"
        return database.sql(query).fetchall()


# --- Spark -------------------------------------------------------------------------------------------

SPARK_TYPES = {"id": "long", "uid": "long", "lifetime": "int", "publish_lifetime": "int"}
READ = ", ".join(f"{name} {SPARK_TYPES.get(name, 'string')}" for name in COLUMNS)
ADDED = "token string, issued_at long, expires_at long, refresh_after long, error string"


@contextmanager
def spark(master: str, **settings: str) -> Iterator[SparkSession]:
    builder = SparkSession.builder.master(master).appName("agora-token")
    fixed = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.executor.memory": "512m",
        "spark.executorEnv.AGORA_APP_ID": APP_ID,
        "spark.executorEnv.AGORA_APP_CERTIFICATE": CERTIFICATE,
        "spark.sql.execution.arrow.maxRecordsPerBatch": "10000",
    }
    for name, value in (fixed | settings).items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    try:
        yield session
    finally:
        session.stop()


def users_of(session: SparkSession, users: Path) -> DataFrame:
    return session.read.csv(str(users), schema=READ, header=True)


def collected(table: DataFrame) -> list[tuple[int, "str | None", "str | None"]]:
    found = table.select("id", "token", "error").toArrow()
    return list(zip(*(found[name].to_pylist() for name in ("id", "token", "error"))))


def by_spark(users: Path) -> Rows:
    with spark("local[2]") as session:
        return collected(users_of(session, users).mapInArrow(mint, f"{READ}, {ADDED}"))


def by_spark_cluster(users: Path, folder: Path) -> Rows:
    """On a master and two workers, of which one is killed while it works."""
    marks = folder / "marks"
    marks.mkdir()
    with cluster(folder) as (url, workers), spark(url, **{"spark.executor.cores": "1"}) as session:
        table = users_of(session, users).repartition(24).mapInArrow(slowly(str(marks)), f"{READ}, {ADDED}")

        def kill() -> None:
            while len({mark.name.split("-")[0] for mark in marks.iterdir()}) < 2:
                time.sleep(0.05)
            os.killpg(workers[0].pid, signal.SIGKILL)

        killer = threading.Thread(target=kill, daemon=True)
        killer.start()
        rows = collected(table)
        killer.join(1)
        assert workers[0].poll() == -signal.SIGKILL, "the worker outlived the job"
        assert workers[1].poll() is None
        processes = {mark.name.split("-")[0] for mark in marks.iterdir()}
        assert len(processes) >= 2, "one executor did it all"
        return rows


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """A master and two workers, on this machine alone."""
    home = Path(pyspark.__file__).parent
    environment = os.environ | {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
    }
    running: list[subprocess.Popen[bytes]] = []

    def start(name: str, *arguments: str) -> "tuple[subprocess.Popen[bytes], Path]":
        log = folder / f"{name}.log"
        words = [str(home / "bin" / "spark-class"), *arguments, "--host", "127.0.0.1", "--webui-port", "0"]
        with open(log, "wb") as out:
            # A group of its own, so that an executor goes with its worker.
            process = subprocess.Popen(words, env=environment, stdout=out, stderr=out, start_new_session=True)
        running.append(process)
        return process, log

    try:
        master, log = start("master", "org.apache.spark.deploy.master.Master", "--port", "0")
        url = word_after(log, "Starting Spark master at ", master)
        workers = []
        for name in ("first", "second"):
            (folder / name).mkdir()
            arguments = ("--cores", "1", "--memory", "1g", "--work-dir", str(folder / name))
            worker, log = start(name, "org.apache.spark.deploy.worker.Worker", url, *arguments)
            word_after(log, "Successfully registered with master ", worker)
            workers.append(worker)
        yield url, workers
    finally:
        for process in running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in running:
            process.wait(60)


def word_after(log: Path, words: str, process: "subprocess.Popen[bytes]") -> str:
    deadline = time.monotonic() + 120
    while not (found := re.search(re.escape(words) + r"(\S+)\s", text := log.read_text(errors="replace"))):
        assert process.poll() is None and time.monotonic() < deadline, text
        time.sleep(0.1)
    return found[1]
