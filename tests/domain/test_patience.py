"""When an SMS is late: after the pair's own median, where it has one."""

from datetime import timedelta

import pytest

from bot.domain.patience import patience


@pytest.mark.parametrize(("median", "seconds"), [(None, 60), (90, 90), (1, 30), (86_400, 480)])
def test_an_sms_is_late_after_the_median_of_the_others_within_reason(median: int | None, seconds: int) -> None:
    known = None if median is None else timedelta(seconds=median)
    assert patience(known) == timedelta(seconds=seconds)
