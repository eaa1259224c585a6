#!/usr/bin/env python3
"""Builds the package from nothing and tests what a user would install: ``python3 test.py [--tools DIR]``.

Needs Python with venv, and Rust. Everything it makes is under DIR, which is target/python unless told otherwise. The
last line is ``N passed, N failed``, in which each case counts once, however often it ran.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import xml.etree.ElementTree
import zipfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EXAMPLES = ROOT / "examples" / "python"

KEPT = ("PATH", "HOME", "TMPDIR", "CARGO_", "RUSTUP_", "CC", "PIP_", "SSL_", "http", "HTTP", "no_proxy", "NO_PROXY")
"""What a clean environment keeps: where the compilers are, and how packages are fetched."""


class Failed(Exception):
    """A check that did not hold, with what there is to say about it."""


class Run:
    """One run: its folder, its counts, and the programs it calls."""

    def __init__(self, tools: Path) -> None:
        self.tools = tools
        self.passed = self.failed = self.again = 0
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        self.environment.setdefault("CARGO_TARGET_DIR", str(tools / "cargo"))
        # The type checker comes with a program of its own, which is fetched once.
        self.environment.setdefault("PYRIGHT_PYTHON_CACHE_DIR", str(tools / "pyright"))
        self.environment |= {"PYTHONDONTWRITEBYTECODE": "1", "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}

    def step(self, name: str, work: Callable[[], int | None], *, again: bool = False) -> bool:
        """Runs one step; it counts for as many cases as it gives, else for one. Cases that run again are no more cases,
        and fail alike."""
        started = time.monotonic()
        try:
            cases = work() or 1
        except Failed as failure:
            self.failed += 1
            print(f"   FAILED {name}\n{failure}", flush=True)
            return False
        if again:
            self.again += cases
        else:
            self.passed += cases
        print(f"   ok {name}: {cases}{' again' if again else ''} ({time.monotonic() - started:.1f} s)", flush=True)
        return True

    def call(self, *command: str | Path, cwd: Path = HERE, **environment: str) -> str:
        """Runs a program and gives what it said; one that fails fails the step."""
        done = subprocess.run(
            list(map(str, command)),
            cwd=cwd,
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise Failed(f"{' '.join(map(str, command))}\n{done.stdout}")
        return done.stdout

    def fresh_venv(self, name: str, *packages: str | Path) -> "Venv":
        folder = self.tools / name
        self.call(sys.executable, "-m", "venv", "--clear", folder)
        venv = Venv(self, folder)
        if packages:
            venv.pip_install(*packages)
        return venv


class Venv:
    """A virtual environment, used from outside of the checkout."""

    def __init__(self, run: Run, folder: Path) -> None:
        self.run, self.python = run, folder / "bin" / "python"

    def pip_install(self, *packages: str | Path, cwd: Path | None = None) -> None:
        self.call("-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages, cwd=cwd)

    def call(self, *arguments: str | Path, cwd: Path | None = None, **environment: str) -> str:
        return self.run.call(self.python, *arguments, cwd=cwd or self.run.tools, **environment)

    def uses_the_installed_package(self) -> None:
        where = self.call("-c", "import agora_token; print(agora_token._native.__file__)").strip()
        if not where.startswith(str(self.run.tools)):
            raise Failed(f"the package was imported from {where}")

    def pytest(self, *arguments: str) -> int:
        """The number of tests that passed. A test that was skipped is a failure: nothing is left out in silence."""
        report = self.run.tools / "report.xml"
        report.unlink(missing_ok=True)
        cache = f"cache_dir={self.run.tools / 'pytest'}"
        said = self.call("-m", "pytest", "-q", "-o", cache, f"--junitxml={report}", *arguments, cwd=HERE)
        print("   " + "\n   ".join(line for line in said.splitlines() if line.endswith((" cases", " passed"))))
        suites = list(xml.etree.ElementTree.parse(report).iter("testsuite"))
        tests, skipped = (sum(int(suite.get(what, 0)) for suite in suites) for what in ("tests", "skipped"))
        if skipped or not tests:
            raise Failed(f"{tests} tests, of which {skipped} were skipped\n{said}")
        return tests


def only(folder: Path, pattern: str) -> Path:
    found = list(folder.glob(pattern))
    if len(found) != 1:
        raise Failed(f"{pattern}: {[file.name for file in found]}")
    return found[0]


def check_wheel(wheel: Path) -> None:
    """One wheel for every CPython from 3.10 on, with stubs and licences and without strays."""
    if "-cp310-abi3-" not in wheel.name:
        raise Failed(f"no abi3 wheel: {wheel.name}")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    source = {file.relative_to(HERE / "python") for file in (HERE / "python").rglob("*.py*")}
    wanted = {str(file) for file in source if "__pycache__" not in file.parts}
    missing = {*wanted, "agora_token/_native.pyi", "agora_token/py.typed", "agora_token/_native.abi3.so"} - names
    licences = sum("/licenses/LICENSE-" in name for name in names)
    strays = {name for name in names if not name.startswith(("agora_token/", "agora_token-"))}
    # A document that maturin writes of itself names the folder of the checkout.
    strays |= {name for name in names if "/sboms/" in name}
    if missing or strays or licences != 2:
        raise Failed(f"missing {missing}, strays {strays}, {licences} licences")


def check_sdist(sdist: Path) -> None:
    """All that building needs, and nothing built."""
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"pyproject.toml", "Cargo.lock", "README.md", "LICENSE-MIT", "LICENSE-APACHE", "PKG-INFO"}
    wanted |= {"python/agora_token/_native.pyi", "python/agora_token/py.typed"}
    built = {name for name in names if name.endswith((".so", ".pyc")) or "/target/" in name}
    if not wanted <= names or built:
        raise Failed(f"missing {wanted - names}, built {built}")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--tools", type=Path, default=ROOT / "target" / "python", help="where everything is made")
    run = Run(parser.parse_args().tools.resolve())
    run.tools.mkdir(parents=True, exist_ok=True)
    dist = run.tools / "dist"
    shutil.rmtree(dist, ignore_errors=True)

    def from_checkout() -> None:
        venv = run.fresh_venv("checkout")
        venv.pip_install(".", cwd=HERE)
        venv.uses_the_installed_package()

    def build() -> None:
        venv = run.fresh_venv("build", "--require-hashes", "--requirement", HERE / "requirements" / "build.txt")
        run.call(venv.python, "-m", "build", "--sdist", "--wheel", "--outdir", dist, ".")

    run.step("pip install . from the checkout", from_checkout)
    if run.step("sdist and wheel", build):
        run.step("what is in the wheel", lambda: check_wheel(only(dist, "*.whl")))
        run.step("what is in the sdist", lambda: check_sdist(only(dist, "*.tar.gz")))
        test_wheel(run, only(dist, "*.whl"))
        test_sdist(run, only(dist, "*.tar.gz"))
    print(f"{run.again} of them were run again, as built from the sdist")
    print(f"{run.passed} passed, {run.failed} failed")
    return 1 if run.failed else 0


def test_wheel(run: Run, wheel: Path) -> None:
    """The wheel in a fresh environment: its tests, and what type checkers say of it."""
    environments: list[Venv] = []

    def install() -> None:
        venv = run.fresh_venv("wheel", wheel)
        # Each on its own: what comes with hashes refuses whatever has none.
        venv.pip_install("--require-hashes", "--requirement", HERE / "requirements" / "test.txt")
        for file in sorted(EXAMPLES.glob("*/requirements.txt")):
            venv.pip_install("--requirement", file)
        environments.append(venv)
        environments[0].uses_the_installed_package()

    if not run.step("wheel in a fresh environment", install):
        return
    venv = environments[0]
    config = HERE / "pyproject.toml"
    mypy = ("-m", "mypy", f"--cache-dir={run.tools / 'mypy'}", f"--config-file={config}")

    run.step("pytest", venv.pytest)
    run.step("mypy --strict, the package", lambda: say(venv.call(*mypy, "-p", "agora_token")))
    programs = [*sorted((HERE / "tests").glob("*.py")), HERE / "tests" / "typing", EXAMPLES, HERE / "test.py"]
    run.step("mypy --strict, those who use it", lambda: say(venv.call(*mypy, *programs, cwd=HERE)))
    pyright = ("-m", "pyright", f"--pythonpath={venv.python}", f"--project={config}")
    sources = (HERE / "python" / "agora_token", HERE / "tests" / "typing", EXAMPLES)
    run.step("pyright strict", lambda: say(venv.call(*pyright, *sources, cwd=HERE)))
    run.step("pyright: every public name has its type", lambda: every_name_has_its_type(venv))
    run.step("stubtest", lambda: say(venv.call("-m", "mypy.stubtest", "agora_token")))
    run.step("abi3audit", lambda: say(venv.call("-m", "abi3audit", "--strict", "--summary", wheel)))


def test_sdist(run: Run, sdist: Path) -> None:
    """The sdist, built away from the checkout and without its environment, in a fresh environment."""
    with tempfile.TemporaryDirectory() as away:
        environments: list[Venv] = []

        def install() -> None:
            clean = Run(run.tools)
            clean.environment = {name: value for name, value in run.environment.items() if name.startswith(KEPT)}
            venv = clean.fresh_venv("sdist")
            wanted = (HERE / "requirements" / "test.in").read_text().split()
            (pytest,) = (line for line in wanted if line.startswith("pytest"))
            venv.pip_install(sdist, pytest, cwd=Path(away))
            environments.append(venv)
            venv.uses_the_installed_package()

        tests = ("tests/test_vectors.py", "tests/test_builders.py")
        if run.step("sdist built in a clean environment", install):
            run.step("pytest, as built from the sdist", lambda: environments[0].pytest(*tests), again=True)


def every_name_has_its_type(venv: Venv) -> None:
    # This one finds the package by the activated environment only.
    path = f"{venv.python.parent}{os.pathsep}{os.environ['PATH']}"
    said = venv.call("-m", "pyright", "--verifytypes", "agora_token", "--ignoreexternal", PATH=path)
    score = [line for line in said.splitlines() if line.startswith("Type completeness score")]
    if score != ["Type completeness score: 100%"]:
        raise Failed(said)
    say(score[0])


def say(text: str) -> None:
    """Shows the conclusion of a checker."""
    print("   " + (text.strip().splitlines() or ["(nothing to say)"])[-1])


if __name__ == "__main__":
    sys.exit(main())
