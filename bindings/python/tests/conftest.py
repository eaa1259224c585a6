"""What every test run says at its end: how many cases of the shared vectors and golden files it ran."""

import goldens
import pytest
import vectors


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for file, count in vectors.passed.items():
        terminalreporter.write_line(f"{file}: {count} of {vectors.announced(file)} cases")
    if goldens.passed:
        announced = sum(goldens.read(file)["count"] for file in goldens.FILES)
        passed = f"{goldens.passed.total()} of {announced} cases"
        terminalreporter.write_line(f"doctor, {len(goldens.FILES)} files: {passed}")
