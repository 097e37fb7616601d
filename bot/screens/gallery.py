"""Every screen with example facts: for the snapshot tests and for the gallery page of the demo."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.access import AccessMode
from bot.domain.cards import CardRole
from bot.domain.catalog import Country, Favorite, Place, PriceTag, Service, Sort
from bot.domain.details import LetIn, PriceTold, SmsLate
from bot.domain.entry import Knock, Opening
from bot.domain.money import Price
from bot.domain.notices import NoticeKind
from bot.domain.orders import OrderCard, OrderState, Sms
from bot.domain.refusals import Reason, RefusalFacts
from bot.domain.wallets import Credit
from bot.facts.money import WalletFacts
from bot.facts.pages import Page
from bot.facts.people import HomeFacts
from bot.facts.shop import CountryPage, CountryRow, FavoritePage, ServicePage, TickPage
from bot.i18n import Translator
from bot.screens import home, refusals
from bot.screens.callbacks import ToCountries
from bot.screens.gallery_facts import ADMIN, BRAZIL, BUYER, NOW, ORDER, PREPAID, SEVERAL, SHARED, TELEGRAM
from bot.screens.gallery_of_admins import admins
from bot.screens.gallery_of_credit import credit
from bot.screens.gallery_of_orders import own_orders
from bot.screens.gallery_of_privacy import privacy
from bot.screens.gallery_of_results import results
from bot.screens.gallery_of_sequels import of_sequels
from bot.screens.gallery_of_settings import settings
from bot.screens.gallery_of_sharing import links
from bot.screens.gallery_of_watches import of_watches
from bot.screens.gallery_prices import prices
from bot.screens.money import wallet
from bot.screens.orders import cards
from bot.screens.refusals_of_admins import OF_ADMINS
from bot.screens.screen import Screen
from bot.screens.shop import countries, drafts, favorites, services
from bot.screens.telling import hidden, pushes

_HOSTILE = Service(2, "b" * 24, "Tom & Jerry's <b>Bar</b>")
_NOWHERE = Country(2, "d" * 24, "Somewhere <i>new</i>", None)
_TEN = tuple(Country(at, f"{at:024x}", f"Country {at}", None) for at in range(20, 30))
_INDIA = Country(3, "e" * 24, "India", "IN")
_SAVED = (Favorite(1, TELEGRAM, BRAZIL, 100_000, 250_000), Favorite(2, _HOSTILE, _NOWHERE, 0, 1_250_000))
_SMS = Sms(1, "Your code is 123456. Don't share it <b>with</b> anybody & never here.", "123456", "Telegram", NOW)
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
    yield from of_watches(t)
    yield from _orders(t)
    yield from of_sequels(t)
    yield from settings(t)
    yield from privacy(t)
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
    yield "home", home.home(HomeFacts(BUYER, SHARED, 1), t)
    yield "home, prepaid", home.home(HomeFacts(BUYER, PREPAID, 0), t)
    yield "home, with favorites", home.home(HomeFacts(BUYER, SHARED, 0, _SAVED), t)
    yield "home of an admin", home.home(HomeFacts(ADMIN, SHARED, 0), t)
    yield from _wallet(t)
    yield "a stranger", home.private_bot(123456789, AccessMode.CLOSED, t)
    yield "a stranger, by invitation", home.private_bot(123456789, AccessMode.INVITE, t)
    for knock in Knock:
        yield f"a stranger, {knock.value}", home.private_bot(123456789, AccessMode.CLOSED, t, knock)
        yield f"asked to be let in: {knock.value}", home.asked_for_entry(123456789, AccessMode.CLOSED, knock, t)
    for opening in (Opening.USED, Opening.RUN_OUT):
        yield f"an invitation: {opening.value}", home.spent_invitation(opening, t)
    yield "not let in", home.not_let_in(t)
    yield "in a group", home.talk_in_private("example_numbers_bot", t)
    yield "unknown command", home.unknown_command(t)
    yield "only text", home.only_text(t)


def _wallet(t: Translator) -> Iterator[tuple[str, Screen]]:
    pending = replace(ORDER, state=OrderState.PENDING, price=Price(120_000), held=120_000)
    done = replace(pending, state=OrderState.COMPLETED, charged=120_000)
    orders = (
        pending,
        replace(ORDER, id=11),
        replace(done, id=10),
        replace(done, id=9, price=None, charged=250_000),
        replace(done, id=8, charged=0),
        replace(pending, id=7, state=OrderState.USER_REFUNDED, charged=0, service_name=_HOSTILE.name),
        replace(ORDER, id=6, state=OrderState.REFUSED, charged=0),
    )
    lines = (*orders[:2], Credit(-300_000, NOW), *orders[2:], Credit(5_000_000, NOW))
    yield "wallet", wallet.wallet(WalletFacts(replace(PREPAID, held=370_000), lines, Page(1, 3)), t)
    yield "wallet, empty", wallet.wallet(WalletFacts(replace(PREPAID, left=0), (), Page(0, 1)), t)
    yield "wallet while billing is shared", wallet.wallet(WalletFacts(SHARED, (pending,), Page(0, 1)), t)
    yield from credit(t)


def _shop(t: Translator) -> Iterator[tuple[str, Screen]]:
    page = ServicePage((TELEGRAM, _HOSTILE), Page(1, 42))
    yield "services", services.services(page, t)
    yield "search", services.search_hint(t)
    yield "results", services.results(ServicePage((TELEGRAM,), Page(0, 1), 7, "телеграм"), t)
    yield (
        "a country alone",
        services.results(ServicePage((TELEGRAM, _HOSTILE), Page(0, 1), 8, "brazil", country=BRAZIL, named=False), t),
    )
    yield (
        "an unknown word",
        services.results(ServicePage((TELEGRAM,), Page(0, 1), 8, "telegram <b>x", unknown="<b>x"), t),
    )
    strange = ServicePage((TELEGRAM,), Page(0, 1), 8, "qq brazil", unknown="qq", country=BRAZIL, named=False)
    yield "a country and an unknown word", services.results(strange, t)
    yield "nothing found", services.results(ServicePage((), Page(0, 1), 8, "<b>x"), t)
    yield "HidSim's search is silent", services.results(ServicePage((), Page(0, 1), 8, "x", unanswered=True), t)
    yield from _countries(t)
    yield from results(t)
    yield from prices(t)
    yield from _favorites(t)
    yield from links(t)


def _countries(t: Translator) -> Iterator[tuple[str, Screen]]:
    rows = (
        CountryRow(BRAZIL, PriceTag(120_000, 320)),
        CountryRow(_INDIA, PriceTag(None, 0)),
        CountryRow(_NOWHERE, None),
    )
    here = CountryPage(TELEGRAM, Sort.USUAL, Page(0, 20), rows, 7, Sort.USUAL, 14, unread=1)
    priced = replace(here, rows=rows[:2], sold_out=0, chosen=Sort.STOCK, sort=Sort.STOCK)
    yield "countries", countries.countries(here, "s1", "USD", t)
    yield "countries, all priced", countries.countries(priced, "s1", "USD", t)
    chosen = replace(here, sort=Sort.CHEAPEST, chosen=Sort.CHEAPEST)
    yield "countries, sorted before all are priced", countries.countries(chosen, "s1", "USD", t)
    yield "countries, with a maximum", countries.countries(replace(here, high=300_000), "h", "USD", t)
    yield "countries, an unknown one", countries.countries(here, "s1", "USD", t, unknown="<b>atlantis")
    aside = replace(here, sort=Sort.SOLD_OUT, page=Page(0, 2), rows=(CountryRow(_INDIA, PriceTag(None, 0)),))
    yield "countries, sold out", countries.countries(aside, "s1", "USD", t)
    nothing = replace(here, page=Page(0, 1), rows=())
    yield "countries, all sold out", countries.countries(nothing, "s1", "USD", t)
    for name, ticked in (("nothing", ()), ("one", SEVERAL[:1]), ("several", SEVERAL), ("the most", _TEN)):
        yield f"any of these, {name}", drafts.ticks(TickPage(here, ticked, "USD"), "s1", t)
    yield "any of these, an unknown one", drafts.ticks(TickPage(here, SEVERAL, "USD"), "s1", t, unknown="<b>atlantis")
    to = ToCountries(service=1, sort=Sort.USUAL, number=0, via="s1")
    yield "no price", countries.no_price(to, Place(1, None, to.pack()), t)


def _favorites(t: Translator) -> Iterator[tuple[str, Screen]]:
    some = FavoritePage(_SAVED, Page(0, 2), "USD")
    yield "favorites", favorites.favorites(some, t)
    yield "favorites, removing", favorites.favorites(some, t, removing=True)
    yield "favorites, removed", favorites.favorites(replace(some, removed=_SAVED[0]), t, removing=True)
    none = FavoritePage((), Page(0, 1), "USD")
    yield "favorites, none", favorites.favorites(none, t)
    yield "favorites, the last one removed", favorites.favorites(replace(none, removed=_SAVED[0]), t, removing=True)


def _cards() -> Iterator[tuple[str, OrderCard]]:
    pending = replace(
        ORDER,
        state=OrderState.PENDING,
        number="+5511912345678",
        price=Price(120_000),
        expires_at=NOW + timedelta(minutes=20),
    )
    early = replace(pending, close_at=NOW + timedelta(minutes=2))
    done = replace(pending, state=OrderState.COMPLETED, charged=120_000)
    yield "placing", OrderCard(ORDER)
    yield "creating", OrderCard(replace(ORDER, state=OrderState.CREATING))
    yield "pending", OrderCard(pending)
    yield "pending, close too early", OrderCard(early, early_wait=120)
    yield "pending, will be closed", OrderCard(replace(early, close_wanted=True))
    yield "completed", OrderCard(done, (_SMS,))
    yield "completed, several SMS", OrderCard(done, (_SMS, _GUESSED, _NO_CODE))
    yield "completed, no text", OrderCard(done)
    yield "completed, price unknown", OrderCard(replace(done, price=None, charged=250_000), (_SMS,))
    for state in (OrderState.NO_NUMBER_REFUNDED, OrderState.SYSTEM_REFUNDED, OrderState.USER_REFUNDED):
        yield state.value.replace("_", " "), OrderCard(replace(pending, state=state, charged=0))
    yield "completed, no code", OrderCard(done, (_NO_CODE,))
    several = replace(pending, countries=SEVERAL)
    yield "pending, one of several", OrderCard(replace(several, country_known=False))
    yield "pending, not asked for", OrderCard(replace(several, countries=SEVERAL[1:]))
    yield "completed, of several", OrderCard(replace(done, countries=SEVERAL), (_SMS,))
    yield from _cards_without_a_number()


def _cards_without_a_number() -> Iterator[tuple[str, OrderCard]]:
    refused = replace(ORDER, state=OrderState.REFUSED, reason=Reason.NO_MATCH.value, charged=0)
    yield "refused", OrderCard(refused)
    yield "refused, cheapest known", OrderCard(replace(refused, cheapest=900_000))
    for reason in (Reason.OFFER_GONE, Reason.OPERATOR_BALANCE, Reason.HIDSIM_BUSY, Reason.HIDSIM_DOWN):
        yield f"refused, {reason.value}", OrderCard(replace(refused, reason=reason.value))
    unconfirmed = replace(ORDER, state=OrderState.UNCONFIRMED, release_at=NOW + timedelta(minutes=10))
    yield "unconfirmed", OrderCard(unconfirmed)
    for state in (OrderState.RELEASED, OrderState.BOUGHT, OrderState.NOT_BOUGHT):
        yield state.value.replace("_", " "), OrderCard(replace(ORDER, state=state, charged=0))


def _orders(t: Translator) -> Iterator[tuple[str, Screen]]:
    for name, card in _cards():
        yield f"card: {name}", cards.order_card(card, t)
        yield f"card from History: {name}", cards.order_card(card, t, via="y3")
    known = dict(_cards())
    unseen = OrderCard(known["completed"].order, (replace(_SMS, hidden=True), _NO_CODE))
    yield "card from History: completed, hidden", cards.order_card(unseen, t, via="y3")
    for role, name in ((CardRole.PUSH, "pending"), (CardRole.TOLD, "system refunded"), (CardRole.WAITING, "creating")):
        yield f"card, folded: {role.value}", cards.folded(known[name], role, t)
    yield from own_orders(tuple(card.order for _, card in _cards()), t)


def _pushes(t: Translator) -> Iterator[tuple[str, Screen]]:
    cards = dict(_cards())
    yield from _pushes_of_codes(cards, t)
    for kind, name in (
        (NoticeKind.NUMBER, "pending"),
        (NoticeKind.ENDED, "system refunded"),
        (NoticeKind.REFUSED, "refused"),
        (NoticeKind.UNCONFIRMED, "unconfirmed"),
        (NoticeKind.RELEASED, "released"),
    ):
        screen = pushes.push(kind, cards[name], None, None, t)
        if screen is not None:
            yield f"push: {kind.value}", screen
    yield "push: number, replaced", pushes.number(cards["pending"], t, replaces=True)
    abroad = replace(cards["pending"].order, number="+77011234567", country_code="RU", country_name="Russia")
    yield "push: number, from elsewhere", pushes.number(OrderCard(abroad), t)
    late = pushes.push(NoticeKind.MESSAGE, cards["pending"], None, SmsLate(), t)
    if late is not None:
        yield "push: the SMS is late", late
    for back in (130_000, 0):
        screen = pushes.push(NoticeKind.PRICED, cards["completed"], None, PriceTold(back), t)
        if screen is not None:
            yield f"push: price known, {'some' if back else 'nothing'} back", screen
    welcome = pushes.push(NoticeKind.MESSAGE, None, None, LetIn(), t)
    if welcome is not None:
        yield "push: let in", welcome


def _pushes_of_codes(cards: Mapping[str, OrderCard], t: Translator) -> Iterator[tuple[str, Screen]]:
    for name, sms in (("code", _SMS), ("guessed code", _GUESSED), ("SMS without a code", _NO_CODE)):
        yield f"push: {name}", pushes.code(cards["completed"], sms, t)
    yield "push: SMS without a code, none yet", pushes.code(cards["completed, no code"], _NO_CODE, t)
    yield "push: code, hidden", hidden.hidden(cards["completed"], _SMS, t)
    yield "push: code, corrected", pushes.code(cards["completed"], _SMS, t, corrected=True)
    yield "push: code, price unknown", pushes.code(cards["completed, price unknown"], _SMS, t)


def _refusals(t: Translator) -> Iterator[tuple[str, Screen]]:
    for reason in Reason:
        if reason not in OF_ADMINS:
            facts = RefusalFacts(reason, amount=300_000, limit=20_000_000, count=3, currency="USD", wait=30)
            yield f"refusal: {reason.value}", refusals.refusal(facts, t)
    for limit in (0, 1):
        facts = RefusalFacts(Reason.TOO_MANY_OPEN, count=3, limit=limit)
        yield f"refusal: too_many_open, {limit} allowed", refusals.refusal(facts, t)
    yield "refusal: daily_limit of nothing", refusals.refusal(RefusalFacts(Reason.DAILY_LIMIT, limit=0), t)
    said = RefusalFacts(Reason.HIDSIM_REFUSED, said="No <b>luck</b> & more")
    yield "refusal: in HidSim's words", refusals.refusal(said, t)
    yield "fault", refusals.fault("7F3A21", t)
