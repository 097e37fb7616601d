"""The gallery's part that admins alone see."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.access import AccessMode, Role, Standing
from bot.domain.alerts import AlertFacts, AlertKind, Difference, ShortList, UnreadableUpdate
from bot.domain.details import AlertDetail
from bot.domain.evidence import Evidence
from bot.domain.orders import OrderCard, OrderState
from bot.domain.pausing import PauseCause
from bot.domain.refusals import Reason, RefusalFacts
from bot.facts.money import CreditAsk, HidSimBalance
from bot.facts.people import Decision, PeopleFacts
from bot.i18n import Translator
from bot.screens import refusals
from bot.screens.gallery_facts import ADMIN, BUYER, NOW, ORDER
from bot.screens.gallery_of_the_door import door, told_of_the_door
from bot.screens.money import balance as balance_screens
from bot.screens.money import wallet
from bot.screens.orders import lost as lost_screens
from bot.screens.people import listed
from bot.screens.people.menu import admin_menu
from bot.screens.safety import difference, pause
from bot.screens.screen import Screen
from bot.screens.telling import alerts


def admins(t: Translator) -> Iterator[tuple[str, Screen]]:
    """(name, screen), in reading order."""
    yield from _told(t)
    yield from _mistakes(t)
    yield from _menu_and_people(t)


def _told(t: Translator) -> Iterator[tuple[str, Screen]]:
    for kind in AlertKind:
        detail = AlertDetail(kind, _FACTS.get(kind))
        yield f"alert: {kind.value}", alerts.alert(detail, OrderCard(ORDER) if kind in _OF_ORDERS else None, t)
    yield "alert: of another release", alerts.alert(None, None, t)
    yield from told_of_the_door(t)


_FACTS: dict[AlertKind, AlertFacts] = {
    AlertKind.APART: Difference(2_500_000, "USD"),
    AlertKind.UNREADABLE: UnreadableUpdate("message", "text"),
    AlertKind.SHORT_SERVICES: ShortList(410, 1_200),
    AlertKind.SHORT_COUNTRIES: ShortList(410, 1_200),
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
        if reason in refusals.OF_ADMINS:
            facts = RefusalFacts(reason, amount=300_000, limit=20_000_000, currency="USD", command="credit")
            yield f"refusal: {reason.value}", refusals.refusal(facts, t)
    for command in ("allow", "block", "debit", "role"):
        facts = RefusalFacts(Reason.BAD_ID, command=command)
        yield f"refusal: bad_id behind /{command}", refusals.refusal(facts, t)


def _menu_and_people(t: Translator) -> Iterator[tuple[str, Screen]]:
    balance = HidSimBalance(250_000_000, "USD", 300_000, 1_200_000, 8_000_000)
    yield "admin", admin_menu(ADMIN, t)
    yield "admin, by an owner's word", admin_menu(replace(ADMIN, role=Role.ADMIN), t)
    yield "balance", balance_screens.balance(balance, None, t)
    down = RefusalFacts(Reason.HIDSIM_DOWN)
    yield "balance, HidSim down", balance_screens.balance(replace(balance, balance=None), down, t)
    yield "people", listed.people(PeopleFacts(AccessMode.CLOSED, (BUYER, replace(ADMIN, id=2))), t)
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


def _safety(t: Translator) -> Iterator[tuple[str, Screen]]:
    yield "buying", pause.buying(None, t)
    for why in (PauseCause.ADMIN, PauseCause.UNKNOWNS, PauseCause.BOOKS):
        yield f"buying, paused by {why.value}", pause.buying(why, t)
    for paused in (True, False):
        yield "paused" if paused else "resumed", pause.steered(paused, t)
    lost = replace(ORDER, state=OrderState.UNCONFIRMED)
    seen = replace(lost, state=OrderState.RELEASED, evidence=Evidence(5_000_000, NOW, 4_880_000, NOW))
    yield "unconfirmed", lost_screens.unconfirmed((lost, replace(seen, id=13)), t)
    yield "unconfirmed, none", lost_screens.unconfirmed((), t)
    yield "it was bought?", lost_screens.judge(12, True, 490_000, "USD", t)
    yield "it was not?", lost_screens.judge(12, False, 490_000, "USD", t)
    yield "difference?", difference.difference(None, "USD", t)
    yield "difference", difference.difference(50_000_000, "USD", t)
    asked = CreditAsk(5, BUYER, 5_000_000, 0, "USD", "first <b>month</b>")
    yield "give credit?", wallet.ask(asked, t)
    yield "take credit?", wallet.ask(replace(asked, amount=-5_000_000, note=""), t)
    yield "credit given", wallet.given(replace(asked, balance=5_000_000), t)
