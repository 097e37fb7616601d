"""Every screen with example facts: for the snapshot tests and for the gallery page of the demo."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.access import AccessMode, Standing
from bot.domain.catalog import (
    Country,
    CountryPage,
    CountryRow,
    Favorite,
    FavoritePage,
    Page,
    PriceTag,
    Service,
    ServicePage,
    Sort,
)
from bot.domain.notices import NoticeKind
from bot.domain.orders import Order, OrderCard, OrderPage, OrderState, Sms
from bot.domain.people import (
    HomeFacts,
    Movement,
    Person,
    Purse,
    WalletFacts,
)
from bot.domain.price_window import Ladder, Offer, PriceFacts, Window, steps
from bot.domain.refusals import Reason, RefusalFacts
from bot.i18n import Translator
from bot.screens import (
    countries,
    favorites,
    home,
    order_card,
    order_list,
    price,
    pushes,
    refusals,
    services,
    wallet,
)
from bot.screens.gallery_of_admins import admins
from bot.screens.screen import Screen

_NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
_BUYER = Person(1, "Ann <b>&", Standing.ALLOWED, "en")
_ADMIN = replace(_BUYER, is_admin=True)
_SHARED = Purse(left=19_700_000, held=300_000, currency="USD", daily_limit=20_000_000)
_PREPAID = Purse(left=4_125_000, held=0, currency="EUR", daily_limit=None)
_TELEGRAM = Service(1, "a" * 24, "Telegram")
_HOSTILE = Service(2, "b" * 24, "Tom & Jerry's <b>Bar</b>")
_BRAZIL = Country(1, "c" * 24, "Brazil", "BR")
_NOWHERE = Country(2, "d" * 24, "Somewhere <i>new</i>", None)
_INDIA = Country(3, "e" * 24, "India", "IN")
_OFFERS = tuple(
    Offer(f"{at:024x}", micros, stock, f"Offer {at}")
    for at, (micros, stock) in enumerate([(100_000, 320), (125_000, 40), (125_000, None), (250_000, 7), (800_000, 0)])
)
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
    state=OrderState.PLACING,
    revision=3,
    placed_at=_NOW,
)
_SMS = Sms(1, "Your code is 123456. Don't share it <b>with</b> anybody & never here.", "123456", "Telegram", _NOW)
_GUESSED = Sms(2, "Use 7788 to sign in", "7788", None, None, guessed=True)
_NO_CODE = Sms(3, "Welcome!", None, "Tom <i>&", None)


def gallery(t: Translator) -> Iterator[tuple[str, Screen]]:
    """(name, screen) of everything a person can see, in reading order."""
    yield from buyers(t)
    yield from admins(t)


def buyers(t: Translator) -> Iterator[tuple[str, Screen]]:
    """What everybody can see."""
    yield from _front(t)
    yield from _shop(t)
    yield from _orders(t)
    yield from _pushes(t)
    yield from _refusals(t)


def as_json(t: Translator) -> list[dict[str, Any]]:
    """The same for a page that draws phone bubbles."""
    return [
        {
            "name": name,
            "text_html": str(screen.text),
            "keyboard": [
                [b.model_dump(exclude_none=True, include={"text", "style", "copy_text"}) for b in row]
                for row in screen.rows
            ],
            "language": t.language,
            "rtl": t.rtl,
        }
        for name, screen in gallery(t)
    ]


def _front(t: Translator) -> Iterator[tuple[str, Screen]]:
    yield "home", home.home(HomeFacts(_BUYER, _SHARED, 1), t)
    yield "home, prepaid", home.home(HomeFacts(_BUYER, _PREPAID, 0), t)
    yield "home of an admin", home.home(HomeFacts(_ADMIN, _SHARED, 0), t)
    moves = [("credit:5", 5_000_000, None), ("hold:12", -250_000, 12), ("release:12", 250_000, 12)]
    movements = tuple(Movement(ref, amount, _NOW, order) for ref, amount, order in moves)
    yield "wallet", wallet.wallet(WalletFacts(_PREPAID, movements), t)
    yield "wallet, empty", wallet.wallet(WalletFacts(replace(_PREPAID, left=0), ()), t)
    yield "help", home.help_screen(t)
    yield "a stranger", home.private_bot(123456789, AccessMode.CLOSED, t)
    yield "a stranger, by invitation", home.private_bot(123456789, AccessMode.INVITE, t)
    yield "in a group", home.talk_in_private("example_numbers_bot", t)
    yield "unknown command", home.unknown_command(t)
    yield "only text", home.only_text(t)


def _shop(t: Translator) -> Iterator[tuple[str, Screen]]:
    page = ServicePage((_TELEGRAM, _HOSTILE), Page(1, 42))
    yield "services", services.services(page, t)
    yield "search", services.search_hint(t)
    yield "results", services.results(ServicePage((_TELEGRAM,), Page(0, 1), 7, "телеграм"), t)
    yield "nothing found", services.results(ServicePage((), Page(0, 1), 8, "<b>x"), t)
    yield "HidSim's search is silent", services.results(ServicePage((), Page(0, 1), 8, "x", unanswered=True), t)
    yield "a country alone", services.results(ServicePage((), Page(0, 1), 8, "Brazil", is_country=True), t)
    rows = (
        CountryRow(_BRAZIL, PriceTag(120_000, 320)),
        CountryRow(_INDIA, PriceTag(None, 0)),
        CountryRow(_NOWHERE, None),
    )
    yield "countries", countries.countries(CountryPage(_TELEGRAM, Sort.CHEAPEST, Page(0, 20), rows, 3), "s1", "USD", t)
    yield "price", price.price(_price(), "cp0.s1", t)
    yield "price, nothing matches", price.price(_price(Window(10_000, 20_000)), "h", t)
    yield "price, old reading", price.price(replace(_price(), old=True), "h", t)
    saved = (Favorite(1, _TELEGRAM, _BRAZIL, 100_000, 250_000), Favorite(2, _HOSTILE, _NOWHERE, 0, 1_250_000))
    yield "favorites", favorites.favorites(FavoritePage(saved, Page(0, 2), "USD"), t)
    yield "favorites, none", favorites.favorites(FavoritePage((), Page(0, 1), "USD"), t)
    yield "exact offers", price.offers(_price(), 0, "cp0.s1", t)


def _price(window: Window | None = None) -> PriceFacts:
    ladder = Ladder(_OFFERS)
    chosen = window or Window(100_000, 250_000)
    return PriceFacts(
        service=_TELEGRAM,
        country=_BRAZIL,
        ladder=ladder,
        window=chosen,
        match=ladder.match(chosen),
        steps=steps(ladder, chosen),
        currency="USD",
        purse=_SHARED,
        nonce="abcdefgh",
        read_at=_NOW,
        old=False,
    )


def _cards() -> Iterator[tuple[str, OrderCard]]:
    pending = replace(
        _ORDER,
        state=OrderState.PENDING,
        number="+5511912345678",
        price=120_000,
        expires_at=_NOW + timedelta(minutes=20),
    )
    early = replace(pending, close_at=_NOW + timedelta(minutes=2))
    done = replace(pending, state=OrderState.COMPLETED, charged=120_000)
    yield "placing", OrderCard(_ORDER)
    yield "creating", OrderCard(replace(_ORDER, state=OrderState.CREATING))
    yield "pending", OrderCard(pending)
    yield "pending, close too early", OrderCard(early, early_wait=120)
    yield "pending, will be closed", OrderCard(replace(early, close_wanted=True))
    yield "completed", OrderCard(done, (_SMS,))
    yield "completed, several SMS", OrderCard(done, (_SMS, _GUESSED, _NO_CODE))
    yield "completed, no text", OrderCard(done)
    yield "completed, price unknown", OrderCard(replace(done, price=None, charged=250_000), (_SMS,))
    for state in (OrderState.NO_NUMBER_REFUNDED, OrderState.SYSTEM_REFUNDED, OrderState.USER_REFUNDED):
        yield state.value.replace("_", " "), OrderCard(replace(pending, state=state, charged=0))
    yield "refused", OrderCard(replace(_ORDER, state=OrderState.REFUSED, reason=Reason.NO_MATCH.value, charged=0))
    unconfirmed = replace(_ORDER, state=OrderState.UNCONFIRMED, release_at=_NOW + timedelta(minutes=10))
    yield "unconfirmed", OrderCard(unconfirmed)
    yield "released", OrderCard(replace(_ORDER, state=OrderState.RELEASED, charged=0))


def _orders(t: Translator) -> Iterator[tuple[str, Screen]]:
    for name, card in _cards():
        yield f"card: {name}", order_card.order_card(card, t)
    pending = dict(_cards())["pending"]
    yield "card: waiting, number below", order_card.waiting_card(pending, t, number_below=True)
    some = tuple(card.order for _, card in _cards())
    yield "my numbers", order_list.mine(OrderPage(some[:3], Page(0, 2), 11), t)
    yield "my numbers, none", order_list.mine(OrderPage((), Page(0, 1), 0), t)
    yield "history", order_list.history(OrderPage(some, Page(0, 3), 20), t)
    yield "history, none", order_list.history(OrderPage((), Page(0, 1), 0), t)


def _pushes(t: Translator) -> Iterator[tuple[str, Screen]]:
    cards = dict(_cards())
    for name, sms in (("code", _SMS), ("guessed code", _GUESSED), ("SMS without a code", _NO_CODE)):
        yield f"push: {name}", pushes.code(cards["completed"], sms, t)
    for kind, name in (
        (NoticeKind.NUMBER, "pending"),
        (NoticeKind.ENDED, "system refunded"),
        (NoticeKind.REFUSED, "refused"),
        (NoticeKind.UNCONFIRMED, "unconfirmed"),
        (NoticeKind.RELEASED, "released"),
    ):
        screen = pushes.push(kind, cards[name], None, {}, t)
        if screen is not None:
            yield f"push: {kind.value}", screen
    yield "push: number, replaced", pushes.number(cards["pending"], t, replaces=True)
    yield "push: code, corrected", pushes.code(cards["completed"], _SMS, t, corrected=True)
    yield "push: code, price unknown", pushes.code(cards["completed, price unknown"], _SMS, t)
    for back in (130_000, 0):
        screen = pushes.push(NoticeKind.PRICED, cards["completed"], None, {"back": str(back)}, t)
        if screen is not None:
            yield f"push: price known, {'some' if back else 'nothing'} back", screen
    for amount in (5_000_000, -2_000_000):
        detail = {"amount": str(amount), "balance": "3000000", "currency": "USD"}
        screen = pushes.push(NoticeKind.MESSAGE, None, None, detail, t)
        if screen is not None:
            yield "push: credit" if amount > 0 else "push: debit", screen
    welcome = pushes.push(NoticeKind.MESSAGE, None, None, {"what": "allowed"}, t)
    if welcome is not None:
        yield "push: let in", welcome


def _refusals(t: Translator) -> Iterator[tuple[str, Screen]]:
    for reason in Reason:
        if reason not in refusals.OF_ADMINS:
            facts = RefusalFacts(reason, amount=300_000, limit=20_000_000, count=3, currency="USD", wait=30)
            yield f"refusal: {reason.value}", refusals.refusal(facts, t)
    said = RefusalFacts(Reason.HIDSIM_REFUSED, said="No <b>luck</b> & more")
    yield "refusal: in HidSim's words", refusals.refusal(said, t)
    yield "fault", refusals.fault("7F3A21", t)
