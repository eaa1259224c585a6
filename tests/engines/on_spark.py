"""What runs on the executors of Spark, which import it."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
from agora_token import Issuer, arrow

Batches = Iterator[pa.RecordBatch]


def mint(batches: Batches) -> Batches:
    """A token for each row, with the credentials of the executor."""
    of_executor = Issuer.from_env()
    for batch in batches:
        yield from pa.RecordBatchReader.from_stream(arrow.issue(of_executor, batch, threads=1))


def slowly(marks: str) -> Callable[[Batches], Batches]:
    """The same, slow enough that an executor can be killed meanwhile; each batch leaves a file."""

    def run(batches: Batches) -> Batches:
        for batch in mint(batches):
            Path(marks, f"{os.getpid()}-{time.monotonic_ns()}").touch()
            time.sleep(0.2)
            yield batch

    return run
