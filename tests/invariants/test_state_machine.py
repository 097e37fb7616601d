"""Whatever people tap, HidSim answers and the machine does to the process: the laws of `laws.py` hold.

HYPOTHESIS_PROFILE=nightly runs many more and longer lives, new ones each time.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.invariants.machine import Shop

_CALM = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    print_blob=True,
)
PROFILES = {
    "quick": settings(_CALM, max_examples=20, stateful_step_count=30, derandomize=True),
    "nightly": settings(_CALM, max_examples=1000, stateful_step_count=60, database=None),
}
PROFILE = PROFILES["nightly" if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else "quick"]


@pytest.mark.timeout(7200)
def test_in_any_life_of_the_shop_money_orders_and_messages_agree(migrated_file: Path, tmp_path: Path) -> None:
    class ShopHere(Shop):
        template = migrated_file
        folder = tmp_path

    run_state_machine_as_test(ShopHere, settings=PROFILE)
