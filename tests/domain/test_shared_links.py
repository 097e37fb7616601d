"""A link says what it leads to, in what Telegram takes; whatever else stands there leads nowhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.price_window import Window
from bot.domain.shared_links import OURS, SharedLink

LONGEST = SharedLink(2**53 - 1, 2**53 - 1, Window(10**12, 10**12))
IDS, PRICES = st.integers(0, 2**53 - 1), st.integers(0, 10**12)
WINDOWS = st.tuples(PRICES, PRICES).map(lambda ends: Window(min(ends), max(ends)))


@given(IDS, st.none() | IDS, st.none() | WINDOWS)
def test_what_is_shared_is_what_is_opened(service: int, country: int | None, window: Window | None) -> None:
    link = SharedLink(service, country, window if country is not None else None)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", link.payload)
    assert OURS.fullmatch(link.payload)
    assert SharedLink.read(link.payload) == link


def test_the_longest_link_fits_into_what_telegram_takes() -> None:
    assert len(LONGEST.payload) <= 64


NONE = "|s1_|s1_x|s2_1-2|s1_1-2-3|s1_1-2-9-3|s1_-1|s1_1--2|s1_١|s1_1-2-0-9999999999999|s1_9999999999999999|inv_abc"
NOR_THESE = "s1_1-9007199254740992|S1_1|s1_1 |s1_1\n|s1_1-2-3-4-5"


@pytest.mark.parametrize("payload", f"{NONE}|{NOR_THESE}".split("|"))
def test_what_no_screen_of_ours_has_made_is_no_link(payload: str) -> None:
    assert SharedLink.read(payload) is None


@given(st.text("s1_-0123456789", max_size=70))
def test_whatever_somebody_writes_is_read_or_refused(payload: str) -> None:
    link = SharedLink.read(payload)
    assert link is None or SharedLink.read(link.payload) == link
