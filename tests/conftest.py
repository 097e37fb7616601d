"""What every test stands on."""

import logging

import pytest


@pytest.fixture(autouse=True)
def _quiet_ticks() -> None:
    """A tick still running when the next is due is no news, least of all at a test's tempo."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
