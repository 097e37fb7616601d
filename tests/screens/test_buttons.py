"""Buttons that fit into 64 bytes, and Back, which always leads somewhere."""

from dataclasses import replace
from typing import Any, get_args

import pytest
from aiogram.filters.callback_data import CallbackData
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalog import Country, Favorite, PriceTag, Service, Sort
from bot.domain.figures import MOST_DAYS
from bot.domain.orders import OrderCard, OrderState
from bot.domain.people import Purse
from bot.domain.price_window import Ladder, Offer, Window, steps
from bot.facts.pages import Page
from bot.facts.shop import CountryPage, CountryRow, FavoritePage, PriceFacts, ServicePage, SoldOut
from bot.screens import callbacks, callbacks_of_admins, callbacks_of_orders, callbacks_of_sequels, origin
from bot.screens.callbacks import ToCountries, ToHistory, ToHome, ToMine, ToOrder, ToResults, ToServices, ToWallet
from bot.screens.navigation import arrows
from bot.screens.orders.cards import order_card
from bot.screens.shop import countries, favorites, offers, price, services
from tests.domain.make import NOW, order
from tests.screens.phone import ENGLISH, buttons, check, check_keyboard

SERVICE, COUNTRY, MICROS, PAGE, SEARCH, ORDER, PERSON = 99_999, 999, 999_999_999, 999, 9_999_999, 9_999_999_999, 2**52
FARTHEST = origin.countries(Sort.CHEAPEST, PAGE, origin.results(SEARCH))
LARGEST: dict[str, Any] = {
    "service": SERVICE, "country": COUNTRY, "low": MICROS, "high": MICROS, "price": MICROS, "number": PAGE,
    "search": SEARCH, "listing": SEARCH, "order": ORDER, "favorite": ORDER, "person": PERSON, "via": FARTHEST,
    "amount": MICROS, "nonce": "abcdefgh", "product": "f" * 24, "mark": "f" * 8,
    "words": "w" * 32, "code": "c" * 16, "limit": 10**12, "request": ORDER, "days": MOST_DAYS, "hour": 23,
    "plan": 7, "seconds": 86_400, "began": 4_102_444_800_000, "label": SEARCH, "digits": "123456", "sms": ORDER,
}  # fmt: skip
EVERY = [
    kind
    for module in (callbacks, callbacks_of_admins, callbacks_of_orders, callbacks_of_sequels)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, CallbackData) and kind is not CallbackData
]


def largest(kind: type[CallbackData]) -> CallbackData:
    """The button with the largest plausible value in each field; of an enumeration the longest word."""
    values: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        listed = [part for part in (field.annotation, *get_args(field.annotation)) if hasattr(part, "__members__")]
        words = [str(member.value) for kind_of in listed for member in kind_of.__members__.values()]
        values[name] = max(words, key=len) if words else True if field.annotation is bool else LARGEST[name]
    return kind(**values)


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_the_largest_plausible_button_fits_and_is_read_back(kind: type[CallbackData]) -> None:
    packed = largest(kind).pack()
    assert len(packed.encode()) <= 64
    assert kind.unpack(packed) == largest(kind)


def test_a_wallet_button_of_before_its_pages_opens_the_first() -> None:
    assert ToWallet.unpack("w1") == ToWallet(number=0)


def test_every_prefix_is_its_own_and_carries_a_version() -> None:
    prefixes = [kind.__prefix__ for kind in EVERY]
    assert len(set(prefixes)) == len(prefixes)
    assert all(prefix[-1].isdigit() for prefix in prefixes)


def large_facts() -> PriceFacts:
    ladder = Ladder(tuple(Offer(f"{at:024x}", MICROS - at, 99_999, "N" * 200) for at in range(60)))
    window = Window(MICROS - 59, MICROS)
    return PriceFacts(
        service=Service(SERVICE, "a" * 24, "S" * 200),
        country=Country(COUNTRY, "c" * 24, "C" * 200, None),
        ladder=ladder,
        window=window,
        match=ladder.match(window),
        steps=steps(ladder, window),
        currency="USD",
        purse=Purse(10**12, 10**12, "USD", 10**12),
        nonce="abcdefgh",
        read_at=NOW,
        old=True,
    )


def test_screens_of_large_shops_fit() -> None:
    facts = large_facts()
    check(price.price(facts, FARTHEST, ENGLISH))
    for number in (0, 3, 7):
        check(offers.offers(facts, number, FARTHEST, ENGLISH))
        check(offers.offer(facts, facts.ladder.offers[number].mark, number, FARTHEST, ENGLISH))
    check(price.sold_out(SoldOut(facts.service, facts.country, facts.window), FARTHEST, ENGLISH))
    rows = tuple(CountryRow(Country(COUNTRY, "c" * 24, "C" * 200, None), PriceTag(MICROS, 10**6)) for _ in range(8))
    page = CountryPage(facts.service, Sort.STOCK, Page(PAGE - 1, PAGE + 1), rows, SEARCH, Sort.STOCK, 999, MICROS)
    check(countries.countries(page, origin.results(SEARCH), "USD", ENGLISH))
    check(countries.countries(replace(page, has_results=True), origin.results(SEARCH), "USD", ENGLISH))
    found = ServicePage((facts.service,) * 16, Page(PAGE - 1, PAGE + 1))
    check(services.services(found, ENGLISH))
    check(services.results(ServicePage((facts.service,) * 16, Page(0, 1), SEARCH, "x" * 64), ENGLISH))


@pytest.mark.parametrize("behind", ["o9999999.y999", "s" + "1" * 31, "q9999999"])
def test_a_way_back_for_which_there_is_no_room_leads_home_and_every_button_fits(behind: str) -> None:
    facts, far = large_facts(), origin.countries(Sort.CHEAPEST, PAGE, behind, SEARCH)
    assert len(far) <= origin.LONGEST
    for screen in (price.price(facts, far, ENGLISH), offers.offers(facts, 3, far, ENGLISH)):
        check(screen)
        assert all(len(b.callback_data.encode()) <= 64 for row in screen.rows for b in row if b.callback_data)


@pytest.mark.parametrize("state", OrderState)
def test_cards_of_orders_with_large_ids_fit(state: OrderState) -> None:
    one = order(
        state,
        id=ORDER,
        service_id=SERVICE,
        service_name="S" * 200,
        country_id=COUNTRY,
        country_name="C" * 200,
        country_code=None,
        window=Window(MICROS, MICROS),
        number="+5511912345678",
        close_wanted=True,
        close_at=NOW,
        reason="a reason of an older release",
    )
    check(order_card(OrderCard(one), ENGLISH))


def test_a_stepper_at_its_end_is_a_button_that_leads_to_where_one_is() -> None:
    facts = large_facts()
    here = callbacks.ToPrice(service=SERVICE, country=COUNTRY, low=MICROS - 59, high=MICROS, via="h").pack()
    screen = price.price(facts, "h", ENGLISH)
    assert screen.rows[0][0].callback_data == here
    assert screen.rows[1][2].callback_data == here
    check_keyboard(screen)


PLACES: list[tuple[str, CallbackData]] = [
    (origin.HOME, ToHome()),
    (origin.services(3), ToServices(number=3)),
    (origin.results(7), ToResults(search=7)),
    (origin.order(12), ToOrder(order=12)),
    ("m0", ToMine(number=0)),
    ("y2", ToHistory(number=2)),
    (origin.wallet(2), ToWallet(number=2)),
]


@pytest.mark.parametrize(("via", "leads_to"), PLACES)
def test_back_leads_to_where_one_came_from(via: str, leads_to: CallbackData) -> None:
    assert origin.back(via, 5) == leads_to


@given(st.sampled_from(Sort), st.integers(0, 999), st.sampled_from(PLACES))
def test_back_to_the_countries_keeps_sort_page_and_what_lies_behind(
    sort: Sort, number: int, place: tuple[str, CallbackData]
) -> None:
    found = origin.back(origin.countries(sort, number, place[0]), 5)
    assert found == ToCountries(service=5, sort=sort, number=number, via=place[0])
    assert isinstance(found, ToCountries)
    assert origin.back(found.via, 5) == place[1]


@given(st.text() | st.from_regex(r"[a-z][a-z]?[0-9._-]{0,30}(\.[a-z0-9]{0,8})?"))
def test_back_never_fails_whatever_the_button_says(via: str) -> None:
    assert isinstance(origin.back(via, 5), CallbackData)


@given(st.from_regex(r"[a-z]{1,2}[0-9]{1,4}(\.[a-z][0-9]{0,7})?", fullmatch=True))
def test_wherever_back_leads_its_button_fits(via: str) -> None:
    assert len(origin.back(via, SERVICE).pack().encode()) <= 64


@given(st.integers(1, 99), st.integers(0, 200))
def test_arrows_stand_still_and_lead_round_both_ways(pages: int, wanted: int) -> None:
    page = Page(wanted % pages, pages)
    found = arrows(page, lambda number: ToServices(number=number))
    if pages == 1:
        assert found == ()
        return
    assert [b.text for b in found] == ["◀️", f"{page.number + 1}/{pages}", "▶️"]
    before, here, after = (ToServices.unpack(b.callback_data or "").number for b in found)
    assert here == page.number
    assert (before + 1) % pages == here == (after - 1) % pages


def test_labels_of_offers_and_favorites_fit_one_line_of_a_phone() -> None:
    facts = replace(large_facts(), window=Window(0, MICROS))
    shown = buttons(offers.offers(facts, 1, FARTHEST, ENGLISH))
    one = Favorite(1, facts.service, Country(COUNTRY, "c" * 24, "Brazil", "BR"), 0, 1_250_000)
    listed = FavoritePage((one,), Page(0, 1), "USD")
    shown += buttons(favorites.favorites(listed, ENGLISH)) + buttons(
        favorites.favorites(listed, ENGLISH, removing=True)
    )
    assert max(len(b.text) for b in shown) <= 36  # a flag is two characters


def test_buttons_of_older_releases_are_read_and_mean_the_same() -> None:
    assert callbacks.Buy.unpack("b1:1:2:3:4:abc") == callbacks.Buy(service=1, country=2, low=3, high=4, nonce="abc")
    assert callbacks.Save.unpack("fs1:1:2:3:4") == callbacks.Save(service=1, country=2, low=3, high=4)
