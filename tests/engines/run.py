"""Tables of real libraries and engines: pyarrow, Polars, DuckDB, pandas and Spark, each as its users run it.

AGORA_TOKEN_TOOL  the command-line tool, whose `mint --batch` says what is right
ENGINES           some of the cases by a part of their names; all unless given

The last line is ``N passed, N failed``.
"""

import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
# The workers of Spark import what runs on them.
os.environ["PYTHONPATH"] = str(HERE)
os.environ["PYSPARK_PYTHON"] = sys.executable

import engines  # noqa: E402
import tables  # noqa: E402
from samples import CERTIFICATE, by_shell, said, write_users  # noqa: E402


def npm_verifies(tokens: list[str]) -> None:
    """The official package for Node takes a sample of them."""
    script = """
        import accessToken2 from 'agora-token/src/AccessToken2.js'
        import { readFileSync } from 'node:fs'
        for (const token of JSON.parse(readFileSync(0))) {
            const read = new accessToken2.AccessToken2('', '', 0, 0)
            if (!read.from_string(token) || !read.verifySignature(process.argv[1])) throw new Error('refused')
        }"""
    words = ["node", "--input-type=module", "--eval", script, CERTIFICATE]
    subprocess.run(words, input=json.dumps(tokens), text=True, check=True, cwd=HERE.parent / "interop")


def main() -> int:
    wanted = os.environ.get("ENGINES", "")
    passed = failed = 0

    def case(name: str, work: Callable[[], object]) -> None:
        nonlocal passed, failed
        if wanted not in name:
            return
        try:
            work()
            passed += 1
            print(f"ok {name}", flush=True)
        except Exception:
            failed += 1
            print(f"FAILED {name}\n{traceback.format_exc()}", flush=True)

    for name, work in tables.CASES.items():
        case(name, work)
    with tempfile.TemporaryDirectory(prefix="agora-token-engines-") as name:
        folder = Path(name)
        users = folder / "users.csv"
        write_users(users)
        expected: dict[int, str] = {}

        def the_same_as_the_shell(mint: Callable[[], engines.Rows]) -> Callable[[], None]:
            def check() -> None:
                if not expected:
                    expected.update(by_shell(users))
                rows = list(mint())
                assert len(rows) == len(expected), f"{len(rows)} rows"
                found = {int(row): said(token, error) for row, token, error in rows}
                different = [row for row in expected if found.get(row) != expected[row]]
                shown = [(row, found.get(row), expected[row]) for row in different[:3]]
                assert not different, f"{len(different)} rows differ: {shown}"
                npm_verifies([token for _, token, _ in rows if token][::5000])

            return check

        case("Polars", the_same_as_the_shell(lambda: engines.by_polars(users)))
        case("pandas", the_same_as_the_shell(lambda: engines.by_pandas(users)))
        case("DuckDB", the_same_as_the_shell(lambda: engines.by_duckdb(users)))
        case("Spark on local[2]", the_same_as_the_shell(lambda: engines.by_spark(users)))
        lost = the_same_as_the_shell(lambda: engines.by_spark_cluster(users, folder))
        case("Spark on two workers, of which one dies", lost)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
