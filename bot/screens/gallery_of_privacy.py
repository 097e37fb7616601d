"""The gallery's part about what is kept of people: deletion, and orders that were erased."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.domain.access import Role
from bot.domain.money import Price
from bot.domain.orders import OrderCard, OrderState, Sms
from bot.facts.orders import HistoryPage
from bot.facts.pages import Page
from bot.facts.people import ForgettingFacts
from bot.i18n import Translator
from bot.screens.gallery_facts import ADMIN, BUYER, NOW, ORDER, PREPAID, SHARED
from bot.screens.orders import cards, history
from bot.screens.screen import Screen
from bot.screens.settings import forgetting

_ERASED = replace(
    ORDER,
    state=OrderState.COMPLETED,
    price=Price(120_000),
    charged=120_000,
    number_at=NOW,
    finished_at=NOW,
    erased_at=NOW + timedelta(days=30),
)
_SMS, _NO_CODE = Sms(1, "", "", None, NOW, erased=True), Sms(2, "", None, None, None, erased=True)
_LATE = Sms(3, "Your code is 445566", "445566", None, None)


def privacy(t: Translator) -> Iterator[tuple[str, Screen]]:
    """(name, screen), in reading order."""
    buyer = ForgettingFacts(BUYER, SHARED, (), let_in_again=False)
    yield "delete my data", forgetting.forgetting(buyer, t)
    yield (
        "delete my data, with a balance, to be let in again",
        forgetting.forgetting(replace(buyer, purse=PREPAID, let_in_again=True), t),
    )
    below = replace(PREPAID, left=-300_000)
    yield "delete my data, a wallet below zero", forgetting.forgetting(replace(buyer, purse=below), t)
    admin = replace(buyer, person=replace(ADMIN, role=Role.ADMIN), let_in_again=True)
    yield "delete my data, an admin", forgetting.forgetting(admin, t)
    yield "delete my data, an owner", forgetting.forgetting(replace(buyer, person=replace(ADMIN, role=Role.OWNER)), t)
    going_on = (ORDER, replace(ORDER, id=13, state=OrderState.PENDING, service_name="Tom & Jerry's <b>Bar</b>"))
    yield "delete my data, orders in progress", forgetting.forgetting(replace(buyer, in_progress=going_on), t)
    yield "deleted", forgetting.forgotten(buyer, t)
    yield "deleted, to be let in again", forgetting.forgotten(admin, t)
    yield from _erased(t)


def _erased(t: Translator) -> Iterator[tuple[str, Screen]]:
    refunded = replace(_ERASED, id=11, state=OrderState.SYSTEM_REFUNDED, charged=0)
    found = {
        "a code": OrderCard(_ERASED, (_SMS,)),
        "no code": OrderCard(replace(_ERASED, id=10), (_NO_CODE,)),
        "refunded": OrderCard(refunded),
        "never a number": OrderCard(replace(refunded, id=9, state=OrderState.REFUSED, number_at=None)),
        "an SMS came later": OrderCard(replace(_ERASED, erased_at=None, number="+5511912345678"), (_SMS, _LATE)),
    }
    for name, card in found.items():
        yield f"card, erased: {name}", cards.order_card(card, t)
        yield f"card from History, erased: {name}", cards.order_card(card, t, via="y3")
    orders = tuple(card.order for card in found.values())
    yield "history, erased", history.history(HistoryPage(orders, Page(0, 1), len(orders), frozenset({ORDER.id})), t)
