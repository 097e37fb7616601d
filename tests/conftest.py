"""What every test stands on."""

import logging
from collections.abc import Generator

import pytest

from bot.sandbox.hidsim import HidSimSandbox
from tests.canary import Canary, Output

_canary = Canary()
HidSimSandbox.watchers.append(_canary.knows)
_SPEAKS_OF_SECRETS = ("tests/sandbox/", "tests/test_canary.py")
"""Whose output is HidSim's or a chat's own, and no log."""


@pytest.fixture(autouse=True)
def _quiet_ticks() -> None:
    """A tick still running when the next is due is no news, least of all at a test's tempo."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """The last thing of each test: nothing that it wrote may hold a number, an SMS or a code."""
    result = yield
    written = [Output(f"{name} of {when}", text) for when, name, text in item._report_sections]
    found = _canary.findings(written, getattr(item, "funcargs", {}).get("tmp_path"))
    if found and not item.nodeid.startswith(_SPEAKS_OF_SECRETS):
        item._report_sections.clear()  # else they would be shown below the failure
        pytest.fail(f"it wrote down what concerns its person alone: {', '.join(sorted(set(found)))}", pytrace=False)
    return result
