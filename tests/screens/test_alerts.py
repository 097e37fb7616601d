"""What admins are told without having asked."""

from bot.domain.alerts import (
    LASTING,
    OF_THE_GUARD,
    AlertFacts,
    AlertKind,
    BalanceLeft,
    Delay,
    Difference,
    Over,
    PausedBy,
    Shares,
    ShortList,
    UnreadableUpdate,
)
from bot.domain.details import AlertDetail
from bot.domain.notices import NoticeKind
from bot.screens.telling.alerts import alert
from bot.screens.telling.pushes import push
from tests.screens.phone import ENGLISH, read

FACTS: dict[AlertKind, AlertFacts] = {
    AlertKind.APART: Difference(2_500_000, "USD"),
    AlertKind.UNREADABLE: UnreadableUpdate("poll", "text"),
    **dict.fromkeys(OF_THE_GUARD, Shares(200, 14, 81)),
    AlertKind.SHORT_SERVICES: ShortList(410, 1_200),
    AlertKind.SHORT_COUNTRIES: ShortList(410, 1_200),
    AlertKind.LOW_BALANCE: BalanceLeft(4_200_000, "USD", 30),
    AlertKind.SHORT_BALANCE: BalanceLeft(4_200_000, "USD", 5),
    AlertKind.PAUSED_BY_ADMIN: PausedBy("Ann"),
    AlertKind.SLOW_CODES: Delay(75),
}


def test_every_kind_of_alert_has_a_text_of_its_own() -> None:
    texts = {read(alert(AlertDetail(kind, FACTS.get(kind)), None, ENGLISH))[0] for kind in AlertKind}
    assert len(texts) == len(AlertKind)
    assert not [said for said in texts if "Look at the bot's log" in said]


def test_every_kind_that_lasts_says_in_words_of_its_own_that_it_is_over() -> None:
    texts = {kind: read(alert(AlertDetail(kind, None, Over(754)), None, ENGLISH))[0] for kind in LASTING}
    pauses = [kind for kind in LASTING if kind.value.startswith("paused")]
    assert len(set(texts.values())) == len(LASTING) - len(pauses) + 1
    assert not [said for said in texts.values() if "What the alert was about" in said or "12 minutes" not in said]


def test_the_end_of_a_pause_names_who_ended_it() -> None:
    detail = AlertDetail(AlertKind.PAUSED_BY_BOOKS, None, Over(60, "Ann <b>"))
    assert "Ann <b> resumed it" in read(alert(detail, None, ENGLISH))[0]


def test_a_balance_that_lasts_for_weeks_or_nobody_knows_how_long_is_told_without_its_time() -> None:
    for hours in (None, 24 * 8, 30_000):
        told = alert(AlertDetail(AlertKind.LOW_BALANCE, BalanceLeft(4_200_000, "USD", hours)), None, ENGLISH)
        assert "lasts" not in told.text
    told = alert(AlertDetail(AlertKind.LOW_BALANCE, BalanceLeft(4_200_000, "USD", 30)), None, ENGLISH)
    assert "which lasts" in told.text


def test_a_guard_that_is_calm_for_want_of_orders_names_no_shares() -> None:
    text = read(alert(AlertDetail(AlertKind.GUARD_EASED, Shares(3, 33, 0)), None, ENGLISH))[0]
    assert "too few numbers" in text
    assert "%" not in text


def test_an_alert_of_another_release_sends_admins_to_the_log() -> None:
    told = push(NoticeKind.ALERT, None, None, None, ENGLISH)
    assert told is not None
    assert "Look at the bot's log" in read(told)[0]


def test_a_message_of_another_release_is_told_to_nobody() -> None:
    assert push(NoticeKind.MESSAGE, None, None, None, ENGLISH) is None
