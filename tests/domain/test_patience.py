"""When an SMS is late: after the pair's own median, where it has one."""

from datetime import timedelta

import pytest

from bot.domain.patience import ENOUGH, patience

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("took", "seconds"),
    [
        ([], 60),
        ([400] * (ENOUGH - 1), 60),
        ([90] * ENOUGH, 90),
        ([40, 50, 60, 70, 80, 90, 100, 5000], 75),
        ([1] * 20, 30),
        ([86_400] * 20, 480),
    ],
)
def test_an_sms_is_late_after_the_median_of_enough_others_within_reason(took: list[int], seconds: int) -> None:
    assert patience([timedelta(seconds=one) for one in took]) == timedelta(seconds=seconds)
