"""What a test run says at its very end: which browser tests it left out, and why."""

import os
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> Generator[None, object, object]:
    """With REQUIRE_BROWSER=1 a browser test left out is a failure, whatever left it out."""
    result = yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:  # a worker of pytest-xdist
        return result
    left_out = [report for report in reporter.stats.get("skipped", []) if "browser" in report.keywords]
    if not left_out:
        return result
    files = ", ".join(sorted({report.location[0] for report in left_out}))
    reasons = "; ".join(sorted({str(report.longrepr[2]).removeprefix("Skipped: ") for report in left_out}))
    reporter.line("")
    reporter.line(
        f"Left out: {len(left_out)} browser tests ({files}), because: {reasons}. All the others ran.", yellow=True
    )
    if os.environ.get("REQUIRE_BROWSER") == "1" and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    return result
