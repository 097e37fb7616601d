"""Judges a world by what its far ends saw and its database holds, never by what the bot says of itself.

The laws are those of the kills (`tests/crash/judge.py`) and of the model (`tests/invariants/laws.py`), told for any
number of wishes a person, and sharper where the world knows more: every repeat needs an excuse of its own, between the
two times; every promise has its time.
"""

from collections.abc import Callable

from tests.sim.case import Case, Line, case_of
from tests.sim.laws import ends, money, ourselves, purchases, sequels, telling
from tests.sim.people import Someone
from tests.sim.world import World

LAWS: tuple[Callable[[Case], Line], ...] = (
    purchases.bought_once,
    purchases.sent_once,
    purchases.a_tap_is_one_order,
    purchases.nothing_is_bought_while_buying_is_paused,
    purchases.limits_are_kept,
    purchases.doubt_has_a_reason,
    sequels.an_order_is_followed_once,
    sequels.what_follows_was_agreed_to,
    sequels.what_follows_is_not_dearer,
    sequels.nothing_is_left_to_follow,
    telling.every_number_and_code_is_told,
    telling.codes_come_at_once,
    telling.nothing_is_told_to_another,
    telling.alarms_are_for_admins,
    telling.what_is_told_is_true,
    telling.nothing_is_told_twice_without_need,
    telling.an_end_is_told_no_oftener_than_it_happened,
    ends.everything_ends,
    ends.holds_come_back_in_time,
    ends.the_shop_works_again,
    ends.nothing_is_closed_unasked,
    ends.a_close_is_sent_once,
    ends.a_wish_that_was_taken_back_closes_nothing,
    ends.every_tap_is_answered,
    ends.every_tap_is_heard,
    ends.a_tap_is_answered_once,
    money.the_books_are_even,
    money.people_pay_what_hidsim_charged,
    ourselves.nothing_fails,
    ourselves.no_secret_is_logged,
)


def judge(world: World, people: list[Someone]) -> list[str]:
    """What did not hold: the law, and a line that says where."""
    case = case_of(world, people)
    return [f"{law.__name__.replace('_', ' ')}: {line}" for law in LAWS for line in law(case)]
