"""The gallery's part of figures: the balance, orders by outcome, how the bot is doing, the daily digest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.details import DailyDigest
from bot.domain.figures import DAY, SpendingPace, Tally, last_days
from bot.domain.notices import NoticeKind
from bot.domain.outcomes import Outcome
from bot.domain.refusals import Reason, RefusalFacts
from bot.facts.figures import DigestFacts, StatsFacts
from bot.facts.money import HidSimBalance
from bot.facts.status import Asking, Hearing, LastAnswers, StatusFacts, TelegramTrouble, Versions, Vitals
from bot.i18n import Translator
from bot.screens.desk import digest, stats, status
from bot.screens.gallery_facts import NOW
from bot.screens.money import balance
from bot.screens.screen import Screen
from bot.screens.telling import pushes

_COUNTS = {
    Outcome.CODE: 1_204,
    Outcome.NO_NUMBER: 31,
    Outcome.NO_CODE: 86,
    Outcome.CLOSED: 140,
    Outcome.REFUSED: 12,
    Outcome.UNCONFIRMED: 1,
    Outcome.IN_PROGRESS: 7,
}
_WHOLE = Tally(_COUNTS, 310_250_000, timedelta(seconds=41))
_STATUS = StatusFacts(
    at=NOW,
    vitals=Vitals(Hearing(1.5, TelegramTrouble.NETWORK, 3_600.0, 2), 0.0004, 0.0123),
    asking=Asking(12, 1, 4.26, 1.0, 8.5, 0.0, 0, 1.04),
    hidsim=LastAnswers(NOW, NOW - timedelta(hours=2), Reason.HIDSIM_DOWN),
    paused=False,
    waiting=3,
    oldest=NOW - timedelta(seconds=20),
    unreached=2,
    purchases=1,
    services=800,
    unreadable=0,
    incidents=1,
    processes=1,
    uptime=timedelta(days=3, hours=2),
    versions=Versions("0.1.0", "3.13.1", "SQLite 3.46.1", "0010"),
    size=48_300_000,
    free=12_600_000_000,
)


def figures(t: Translator) -> Iterator[tuple[str, Screen]]:
    """(name, screen), in reading order."""
    yield from _balances(t)
    yield from _stats(t)
    yield from _statuses(t)
    yield from _digests(t)


def _balances(t: Translator) -> Iterator[tuple[str, Screen]]:
    known = HidSimBalance(
        balance=250_000_000,
        currency="USD",
        held=300_000,
        spent_today=1_200_000,
        spent_week=8_000_000,
        cost_today=1_000_000,
        cost_week=6_600_000,
        pace=SpendingPace(1_000_000, DAY),
        owed=42_500_000,
        apart=0,
    )
    busy = SpendingPace(120_000_000, DAY)
    yield "balance", balance.balance(known, None, t)
    down = RefusalFacts(Reason.HIDSIM_DOWN)
    yield "balance, HidSim down", balance.balance(replace(known, balance=None, apart=None), down, t)
    yield "balance, for hours", balance.balance(replace(known, owed=None, pace=busy, apart=-2_500_000), None, t)
    yield "balance, overdrawn", balance.balance(replace(known, balance=-50_000, pace=busy, apart=2_500_000), None, t)
    yield (
        "balance, the first hour",
        balance.balance(replace(known, pace=SpendingPace(5, timedelta(0)), apart=None), None, t),
    )
    yield "balance, nothing bought", balance.balance(replace(known, pace=SpendingPace(0, DAY)), None, t)


def _stats(t: Translator) -> Iterator[tuple[str, Screen]]:
    day = Tally({Outcome.CODE: 40, Outcome.NO_CODE: 3}, 10_300_000, timedelta(seconds=38))
    week = StatsFacts(7, last_days(7, NOW), (day, Tally(), *(day,) * 4, replace(day, median=None)), _WHOLE, "USD")
    hours = StatsFacts(1, last_days(1, NOW), (*(Tally(),) * 23, day), day, "USD", misread=True)
    yield "stats", stats.stats(week, t)
    yield "stats, as a table", stats.stats(week, t, table=True)
    yield "stats of a day, misread", stats.stats(hours, t, table=True)
    yield "stats, no orders", stats.stats(replace(week, whole=Tally()), t)


def _statuses(t: Translator) -> Iterator[tuple[str, Screen]]:
    yield "status", status.status(_STATUS, t)
    quiet = Asking(0, 0, 0.0, 1.0, 0.0, 12.5, 2, None)
    for trouble in TelegramTrouble:
        vitals = Vitals(Hearing(130.0, trouble, 10.0), 0.0, 0.0)
        yield f"status, Telegram: {trouble.value}", status.status(replace(_STATUS, vitals=vitals), t)
    for reason in (Reason.HIDSIM_BUSY, Reason.HIDSIM_SIGN_IN):
        answers = LastAnswers(None, NOW, reason)
        bare = replace(_STATUS, vitals=None, asking=quiet, hidsim=answers, paused=True, oldest=None, incidents=0)
        yield f"status, HidSim: {reason.value}", status.status(replace(bare, size=None, free=None), t)


def _digests(t: Translator) -> Iterator[tuple[str, Screen]]:
    yield "digest at eight", digest.hours(DigestFacts(8, NOW.replace(hour=8, minute=0)), t)
    yield "digest is off", digest.hours(DigestFacts(None, NOW), t)
    whole = DailyDigest(date(2026, 1, 14), _COUNTS, 310_250_000, "USD", 41, 3, 1, 250_000_000, 45 * 3_600)
    empty = DailyDigest(date(2026, 1, 14), {}, 0, "USD")
    for name, told in (("push: digest", whole), ("push: digest of a quiet day", empty)):
        screen = pushes.push(NoticeKind.MESSAGE, None, None, told, t)
        if screen is not None:
            yield name, screen
