"""The gallery's part that admins alone see."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.access import AccessMode, Standing
from bot.domain.notices import NoticeKind
from bot.domain.orders import Order, OrderCard, OrderState
from bot.domain.people import CreditAsk, Decision, HidSimBalance, PeopleFacts, Person
from bot.domain.price_window import Window
from bot.domain.refusals import Reason, RefusalFacts
from bot.i18n import Translator
from bot.screens import admin, pushes, refusals, safety, wallet
from bot.screens.screen import Screen

_BUYER = Person(1, "Ann <b>&", Standing.ALLOWED, "en")
_ADMIN = replace(_BUYER, is_admin=True)
_ORDER = Order(
    id=12,
    person_id=1,
    nonce="abcdefgh",
    service_id=1,
    service_name="Telegram",
    country_id=1,
    country_name="Brazil",
    country_code="BR",
    product_id=None,
    window=Window(100_000, 250_000),
    currency="USD",
    held=250_000,
    state=OrderState.UNCONFIRMED,
    revision=3,
    placed_at=datetime(2026, 1, 15, 12, 0, tzinfo=UTC),
)


def admins(t: Translator) -> Iterator[tuple[str, Screen]]:
    """(name, screen), in reading order."""
    yield from _told(t)
    yield from _mistakes(t)
    yield from _desk(t)


def _told(t: Translator) -> Iterator[tuple[str, Screen]]:
    for what in pushes.ALERTS:
        detail = {"what": what, "found": "410", "known": "1200", "amount": "2500000", "currency": "USD"}
        yield f"alert: {what}", pushes.alert(detail, OrderCard(_ORDER) if what in _OF_ORDERS else None, t)
    used = {"what": "invited", "id": "123456789", "name": "Ann <b>&"}
    told = pushes.push(NoticeKind.MESSAGE, None, None, used, t)
    if told is not None:
        yield "push: invitation used", told


_OF_ORDERS = ("unconfirmed", "overdue", "lost", "stranger", "unpriced")


def _mistakes(t: Translator) -> Iterator[tuple[str, Screen]]:
    for reason in Reason:
        if reason in refusals.OF_ADMINS:
            facts = RefusalFacts(reason, amount=300_000, limit=20_000_000, currency="USD", command="credit")
            yield f"refusal: {reason.value}", refusals.refusal(facts, t)
    for command in ("allow", "block", "debit"):
        facts = RefusalFacts(Reason.BAD_ID, command=command)
        yield f"refusal: bad_id behind /{command}", refusals.refusal(facts, t)


def _desk(t: Translator) -> Iterator[tuple[str, Screen]]:
    balance = HidSimBalance(250_000_000, "USD", 300_000, 1_200_000, 8_000_000)
    yield "admin", admin.admin_menu(t)
    yield "balance", admin.balance(balance, None, t)
    down = RefusalFacts(Reason.HIDSIM_DOWN)
    yield "balance, HidSim down", admin.balance(replace(balance, balance=None), down, t)
    yield "people", admin.people(PeopleFacts(AccessMode.CLOSED, (_BUYER, replace(_ADMIN, id=2))), t)
    yield "let in?", admin.confirm(_BUYER, Standing.ALLOWED, t)
    yield "keep out?", admin.confirm(_BUYER, Standing.BLOCKED, t)
    for name, who, was_in in (
        ("let in", _BUYER, False),
        ("let in, never seen", replace(_BUYER, name=""), False),
        ("let in already", _BUYER, True),
        ("kept out", replace(_BUYER, standing=Standing.BLOCKED), True),
        ("an admin stays", replace(_ADMIN, standing=Standing.BLOCKED), True),
    ):
        yield name, admin.decided(Decision(who, was_in), t)
    yield "invitation", admin.invitation("https://t.me/example_numbers_bot?start=inv_x", AccessMode.INVITE, t)
    yield "buying", safety.buying(None, t)
    for why in ("admin", "unknowns", "books"):
        yield f"buying, paused by {why}", safety.buying(why, t)
    for paused in (True, False):
        yield "paused" if paused else "resumed", safety.steered(paused, t)
    lost = replace(_ORDER, state=OrderState.UNCONFIRMED)
    seen = replace(lost, state=OrderState.RELEASED, evidence={"balance_before": 5_000_000, "balance_after": 4_880_000})
    yield "unconfirmed", safety.unconfirmed((lost, replace(seen, id=13)), t)
    yield "unconfirmed, none", safety.unconfirmed((), t)
    yield "it was bought?", safety.judge(12, True, 490_000, "USD", t)
    yield "it was not?", safety.judge(12, False, 490_000, "USD", t)
    yield "difference?", safety.difference(None, "USD", t)
    yield "difference", safety.difference(50_000_000, "USD", t)
    asked = CreditAsk(5, _BUYER, 5_000_000, 0, "USD", "first <b>month</b>")
    yield "give credit?", wallet.ask(asked, t)
    yield "take credit?", wallet.ask(replace(asked, amount=-5_000_000, note=""), t)
    yield "credit given", wallet.given(replace(asked, balance=5_000_000), t)
    yield "invitations are off", admin.invitation("", AccessMode.CLOSED, t)
