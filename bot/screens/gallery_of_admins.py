"""The gallery's part that admins alone see."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.access import Role, Standing
from bot.domain.alerts import (
    LASTING,
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
from bot.domain.evidence import Evidence
from bot.domain.guarding import Bounds, Guarding, GuardLevel, Sample, Thresholds
from bot.domain.orders import OrderCard, OrderState
from bot.domain.pausing import PauseCause
from bot.domain.refusals import Reason, RefusalFacts
from bot.facts.orders import LostOrders
from bot.facts.people import Decision
from bot.facts.safety import Pausing
from bot.i18n import Translator
from bot.screens import refusals
from bot.screens.gallery_facts import ADMIN, BUYER, NOW, ORDER
from bot.screens.gallery_of_credit import credit_of_admins
from bot.screens.gallery_of_figures import figures
from bot.screens.gallery_of_people import people
from bot.screens.gallery_of_records import records
from bot.screens.gallery_of_the_door import door, told_of_the_door
from bot.screens.orders import lost as lost_screens
from bot.screens.people import listed
from bot.screens.people.menu import admin_menu
from bot.screens.refusals_of_admins import OF_ADMINS
from bot.screens.safety import difference, guard, pause
from bot.screens.screen import Screen
from bot.screens.telling import alerts


def admins(t: Translator) -> Iterator[tuple[str, Screen]]:
    """(name, screen), in reading order."""
    yield from _told(t)
    yield from _mistakes(t)
    yield from _menu_and_people(t)
    yield from records(t)


def _told(t: Translator) -> Iterator[tuple[str, Screen]]:
    for kind in AlertKind:
        detail = AlertDetail(kind, _FACTS.get(kind))
        yield f"alert: {kind.value}", alerts.alert(detail, OrderCard(ORDER) if kind in _OF_ORDERS else None, t)
        if kind in LASTING:
            yield f"alert over: {kind.value}", alerts.alert(replace(detail, over=Over(754)), None, t)
    endless = AlertDetail(AlertKind.LOW_BALANCE, BalanceLeft(4_200_000, "USD"))
    yield "alert: balance-low, nothing spent", alerts.alert(endless, None, t)
    resumed = AlertDetail(AlertKind.PAUSED_BY_UNKNOWNS, None, Over(754, "Ann <b>&"))
    yield "alert over: paused, and by whom", alerts.alert(resumed, None, t)
    yield "alert: of another release", alerts.alert(None, None, t)
    yield from told_of_the_door(t)


_FACTS: dict[AlertKind, AlertFacts] = {
    AlertKind.APART: Difference(2_500_000, "USD"),
    AlertKind.UNREADABLE: UnreadableUpdate("message", "text"),
    AlertKind.GUARD_WARNS: Shares(120, 38, 52),
    AlertKind.GUARD_SLOWS: Shares(150, 24, 66),
    AlertKind.PAUSED_BY_GUARD: Shares(200, 14, 81),
    AlertKind.GUARD_EASED: Shares(200, 46, 44),
    AlertKind.SHORT_SERVICES: ShortList(410, 1_200),
    AlertKind.SHORT_COUNTRIES: ShortList(410, 1_200),
    AlertKind.LOW_BALANCE: BalanceLeft(4_200_000, "USD", 30),
    AlertKind.SHORT_BALANCE: BalanceLeft(42_000_000, "USD", 5),
    AlertKind.PAUSED_BY_ADMIN: PausedBy("Ann <b>&"),
    AlertKind.SLOW_CODES: Delay(75),
}
_OF_ORDERS = (
    AlertKind.UNCONFIRMED,
    AlertKind.OVERDUE,
    AlertKind.LOST,
    AlertKind.STRANGER,
    AlertKind.UNPRICED,
)


def _mistakes(t: Translator) -> Iterator[tuple[str, Screen]]:
    for reason in Reason:
        if reason in OF_ADMINS:
            facts = RefusalFacts(reason, amount=300_000, limit=20_000_000, currency="USD", command="credit")
            yield f"refusal: {reason.value}", refusals.refusal(facts, t)
    for command in ("allow", "block", "debit", "role"):
        facts = RefusalFacts(Reason.BAD_ID, command=command)
        yield f"refusal: bad_id behind /{command}", refusals.refusal(facts, t)


def _menu_and_people(t: Translator) -> Iterator[tuple[str, Screen]]:
    yield "admin", admin_menu(ADMIN, t)
    yield "admin where nobody can be invited", admin_menu(ADMIN, t, invites=False)
    yield "admin who is no owner", admin_menu(replace(ADMIN, role=Role.ADMIN), t)
    yield from people(t)
    yield "let in?", listed.confirm(BUYER, Standing.ALLOWED, t)
    yield "keep out?", listed.confirm(BUYER, Standing.BLOCKED, t)
    for name, who, was_in in (
        ("let in", BUYER, False),
        ("let in, never seen", replace(BUYER, name=""), False),
        ("let in already", BUYER, True),
        ("kept out", replace(BUYER, standing=Standing.BLOCKED), True),
        ("an admin stays", replace(ADMIN, standing=Standing.BLOCKED), True),
    ):
        yield name, listed.decided(Decision(who, was_in), t)
    yield from door(t)
    yield from _safety(t)
    yield from figures(t)


def _guard(t: Translator) -> Iterator[tuple[str, Screen]]:
    both = Thresholds(Bounds(40, 25, 15), Bounds(50, 65, 80))
    facts = Guarding(GuardLevel.CALM, Sample(200, 92, 88), both, 20)
    yield "account guard", guard.guard(facts, t)
    yield "account guard, few", guard.guard(replace(facts, sample=Sample(1, 1, 0)), t)
    yield "account guard, none", guard.guard(replace(facts, sample=Sample()), t)
    yield "account guard, off", guard.guard(replace(facts, thresholds=Thresholds()), t)
    for level, sample in (
        (GuardLevel.WARNING, Sample(200, 76, 104)),
        (GuardLevel.SLOW, Sample(200, 48, 132)),
        (GuardLevel.PAUSED, Sample(200, 28, 162)),
    ):
        yield f"account guard, {level.value}", guard.guard(replace(facts, level=level, sample=sample), t)


def _safety(t: Translator) -> Iterator[tuple[str, Screen]]:
    yield "buying", pause.buying(None, t)
    for why in (PauseCause.ADMIN, PauseCause.UNKNOWNS, PauseCause.BOOKS, PauseCause.GUARD):
        yield f"buying, paused by {why.value}", pause.buying(Pausing(why, NOW), t)
    yield "buying, paused by Ann", pause.buying(Pausing(PauseCause.ADMIN, NOW, "Ann <b>&"), t)
    yield "paused already", pause.paused_already(Pausing(PauseCause.ADMIN, NOW, "Ann <b>&"), t)
    yield "nothing to resume", pause.nothing_to_resume(t)
    for paused in (True, False):
        yield "paused" if paused else "resumed", pause.steered(paused, t)
    yield from _guard(t)
    lost = replace(ORDER, state=OrderState.UNCONFIRMED)
    seen = replace(lost, state=OrderState.RELEASED, evidence=Evidence(5_000_000, NOW, 4_880_000, NOW))
    yield "unconfirmed", lost_screens.unconfirmed(LostOrders((lost, replace(seen, id=13)), {BUYER.id: BUYER.name}), t)
    yield "unconfirmed, none", lost_screens.unconfirmed(LostOrders((), {}), t)
    yield "it was bought?", lost_screens.judge(12, True, 490_000, "USD", t)
    yield "it was not?", lost_screens.judge(12, False, 490_000, "USD", t)
    yield "difference?", difference.difference(None, "USD", t)
    yield "difference", difference.difference(50_000_000, "USD", t)
    yield from credit_of_admins(t)
