"""Whatever people tap, HidSim answers and the machine does to the process: the laws of `laws.py` hold.

HYPOTHESIS_PROFILE=nightly runs many more and longer lives, new ones each time; HYPOTHESIS_PROFILE=mutants is for
`make mutants`, where a failure is wanted at once and not in its shortest form.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.invariants.machine import Shop

_CALM = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    print_blob=True,
)
_QUICK = settings(_CALM, max_examples=10, stateful_step_count=30, derandomize=True)
_PROFILES = {
    "nightly": settings(_CALM, max_examples=1000, stateful_step_count=60, database=None),
    "mutants": settings(_QUICK, max_examples=5, phases=[Phase.generate], report_multiple_bugs=False),
}
PROFILE = _PROFILES.get(os.environ.get("HYPOTHESIS_PROFILE", ""), _QUICK)


@pytest.mark.timeout(4 * 3600)
def test_in_any_life_of_the_shop_money_orders_and_messages_agree(migrated_file: Path, quick_folder: Path) -> None:
    class ShopHere(Shop):
        template = migrated_file
        folder = quick_folder

    run_state_machine_as_test(ShopHere, settings=PROFILE)
