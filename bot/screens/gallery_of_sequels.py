"""The gallery's screens of what follows an order without a code."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.domain.details import NotFollowed
from bot.domain.money import Price
from bot.domain.notices import NoticeKind
from bot.domain.orders import Order, OrderCard, OrderState
from bot.domain.refusals import Reason, RefusalFacts
from bot.domain.sequels import MAX_TRIES, USUAL_LIMIT, Sequel
from bot.facts.orders import Onward
from bot.i18n import Translator
from bot.screens.gallery_facts import BRAZIL, NOW, ORDER
from bot.screens.orders import cards, sequels
from bot.screens.screen import Screen
from bot.screens.telling import pushes

_ALIVE = replace(
    ORDER,
    state=OrderState.PENDING,
    number="+5511912345678",
    price=Price(120_000),
    number_at=NOW,
    give_up_after=USUAL_LIMIT,
)
_BY_ITSELF = replace(_ALIVE, tries=MAX_TRIES, sequel=Sequel.ITSELF.value)
_ENDED = replace(_ALIVE, state=OrderState.SYSTEM_REFUNDED, charged=0, finished_at=NOW + timedelta(minutes=9))


def of_sequels(t: Translator) -> Iterator[tuple[str, Screen]]:
    for name, order in _orders():
        yield f"card: {name}", cards.order_card(OrderCard(order), t)
    for name, country in (("a country", BRAZIL), ("none", None)):
        yield f"next country: {name}", sequels.next_country(Onward(_ENDED, country), None, t)
        yield f"number refused: {name}", sequels.turn_down(Onward(_ALIVE, country), None, t)
    yield "number refused, too late", sequels.turn_down(Onward(_ENDED, BRAZIL), None, t)
    yield (
        "card from History: in place of another",
        cards.order_card(OrderCard(replace(_ENDED, replaces=11)), t, via="y3"),
    )
    yield "time limit", sequels.time_limit(OrderCard(_ALIVE), "m0", t)
    yield "time limit, none", sequels.time_limit(OrderCard(replace(_ALIVE, give_up_after=None)), "m0", t)
    yield from _not_followed(t)


def _orders() -> Iterator[tuple[str, Order]]:
    last = replace(_ENDED, tries=MAX_TRIES, attempt=MAX_TRIES)
    first = replace(last, attempt=1)
    yield "creating, with a time limit", replace(_ALIVE, state=OrderState.CREATING, number=None, number_at=None)
    yield "pending, with a time limit", _ALIVE
    yield "pending, the first of three", _BY_ITSELF
    yield "pending, the last of three", replace(_ALIVE, tries=MAX_TRIES, attempt=MAX_TRIES)
    yield "pending, no more by itself", replace(_ALIVE, tries=MAX_TRIES)
    yield "pending, refused, another here", replace(_ALIVE, sequel=Sequel.HERE.value, close_wanted=True)
    yield "pending, refused, another there", replace(_ALIVE, sequel=Sequel.THERE.value, close_wanted=True)
    yield "no code, getting the next by itself", replace(first, sequel=Sequel.ITSELF.value)
    yield "no code, getting another", replace(_ENDED, sequel=Sequel.HERE.value)
    yield "no code, followed by itself", replace(first, followed_by=13)
    yield "no code, followed", replace(_ENDED, followed_by=13)
    yield "no code, the last of three", last
    yield "closed at its time limit", replace(_ENDED, state=OrderState.USER_REFUNDED)


def _not_followed(t: Translator) -> Iterator[tuple[str, Screen]]:
    first = OrderCard(replace(_ENDED, tries=MAX_TRIES))
    for reason in (Reason.NO_CREDIT, Reason.BUYING_PAUSED, Reason.TOO_MANY_OPEN, Reason.SEQUEL_LAPSED):
        why = RefusalFacts(reason, amount=100_000, limit=250_000, count=3, currency="USD")
        screen = pushes.push(NoticeKind.NOT_FOLLOWED, first, None, NotFollowed(why), t)
        if screen is not None:
            yield f"push: not followed, {reason.value}", screen
