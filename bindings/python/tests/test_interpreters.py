"""More than one interpreter in a process, as mod_wsgi makes them: the first has the package, the others are told."""

import subprocess
import sys
import textwrap

import pytest

SCRIPT = """
import sys

try:
    import _interpreters as interpreters
except ModuleNotFoundError:
    import _xxsubinterpreters as interpreters

PATH = {path!r}
IMPORT = '''
import sys
sys.path[:] = {path!r}
try:
    import agora_token
except ImportError as error:
    print("refused:", error)
else:
    print("imported")
'''

def in_another_interpreter():
    interpreter = interpreters.create()
    interpreters.run_string(interpreter, IMPORT)
    interpreters.destroy(interpreter)

def in_the_first():
    from agora_token import AgoraTokenError, Issuer, RtcTokenBuilder, inspect
    token = RtcTokenBuilder.build_token_with_uid(
        "970CA35de60c44645bbae8a215061b33", "5CFd2fd1755d40ecb72977518be15d3b", "room", 42, 1, 60)
    assert inspect(token).services[0].account == "42"
    try:
        Issuer(app_id="x", app_certificate="y")
    except AgoraTokenError as error:
        print("first:", error.code.name)

{order}
"""


@pytest.mark.parametrize(
    "order",
    [
        "in_the_first(); in_another_interpreter(); in_another_interpreter(); in_the_first()",
        "in_another_interpreter(); in_another_interpreter(); in_the_first()",
    ],
)
def test_the_first_interpreter_works_and_the_others_are_refused(order: str) -> None:
    script = textwrap.dedent(SCRIPT).format(path=sys.path, order=order)
    done = subprocess.run([sys.executable, "-c", script], text=True, capture_output=True, check=False)
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    others = [line for line in lines if not line.startswith("first:")]
    assert len(others) == 2
    assert all("works in the first interpreter of a process only" in line for line in others), lines
    assert all("WSGIApplicationGroup %{GLOBAL}" in line for line in others), lines
    assert [line for line in lines if line.startswith("first:")] == ["first: INVALID_APP_ID"] * order.count("first")
