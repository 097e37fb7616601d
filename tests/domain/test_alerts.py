"""Who is told of which alert."""

from bot.domain.access import RIGHTS, Right, Role
from bot.domain.alerts import BEGIN_UNTOLD, LASTING, RIGHTS_TO_CURE, AlertKind
from bot.domain.pausing import ALERT_OF


def test_every_alert_has_a_right_that_only_staff_has() -> None:
    assert set(RIGHTS_TO_CURE) == set(AlertKind)
    assert not set(RIGHTS_TO_CURE.values()) & RIGHTS[Role.BUYER]
    assert set(RIGHTS_TO_CURE.values()) <= RIGHTS[Role.OWNER]


def test_what_the_owners_pay_for_is_told_to_them_alone() -> None:
    theirs = {kind for kind, right in RIGHTS_TO_CURE.items() if right not in RIGHTS[Role.ADMIN]}
    assert theirs == {AlertKind.EMPTY, AlertKind.LOW_BALANCE, AlertKind.SHORT_BALANCE, AlertKind.APART}
    assert RIGHTS_TO_CURE[AlertKind.UNCONFIRMED] is Right.JUDGE


def test_every_pause_is_an_incident() -> None:
    assert set(ALERT_OF.values()) <= LASTING
    assert BEGIN_UNTOLD <= LASTING
