"""The run as a whole: what it starts with, and what it says at its very end."""

import asyncio
import os
from collections.abc import Generator

import pytest


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: a third of the time is waiting for other processes."""
    return (os.cpu_count() or 1) + 1


def pytest_configure() -> None:
    """No event loop by accident: asked for the current one, asyncio would make one that nobody closes."""
    asyncio.set_event_loop(None)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> Generator[None, object, object]:
    """Says which browser tests were left out, and why. With REQUIRE_BROWSER=1 that is a failure."""
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
