"""What every test run says at its end: how many cases of the shared vectors it ran."""

import pytest
import vectors


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for file, count in vectors.passed.items():
        terminalreporter.write_line(f"{file}: {count} of {vectors.announced(file)} cases")
