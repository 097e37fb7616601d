"""The catalog: kept while HidSim is down, never emptied by mistake, priced as needed."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from bot.db import people
from bot.db.orders import orders
from bot.domain.access import Standing
from bot.domain.catalog import PriceTag, Sort
from bot.domain.people import Person
from bot.domain.price_window import Preset, Window
from bot.domain.refusals import Reason, Refusal
from bot.facts.shop import CountryPage, PriceFacts, ServicePage, SoldOut
from bot.i18n import Languages, flag
from bot.services.shop.browsing import Pair
from tests.db.fresh import altered, wanted
from tests.db.stranger import writing_to
from tests.services.floor import ANN, BEN, Floor


def reads(floor: Floor, path: str = "/products") -> int:
    return sum((one.path, one.status) == (path, 200) for one in floor.sandbox.record.requests)


async def refused(floor: Floor, pair: tuple[object, object]) -> Reason:
    with pytest.raises(Refusal) as caught:
        await floor.catalog.prices.offers(*pair)  # type: ignore[arg-type]
    return caught.value.facts.reason


async def test_a_bot_that_starts_while_hidsim_is_down_says_so_and_recovers(bare: Floor) -> None:
    bare.director.fault("/", method="GET", times=None, status=503)
    assert not await bare.partner.try_balance()
    assert not await bare.catalog.refresh()
    with pytest.raises(Refusal) as caught:
        await bare.browsing.services(ANN, 0)
    assert caught.value.facts.reason is Reason.HIDSIM_DOWN
    bare.director.clear_faults()
    await bare.catalog.refresh_if_due()
    page = await bare.browsing.services(ANN, 0)
    assert (len(page.services), page.page.pages) == (16, 3)


async def test_a_catalog_that_can_not_be_written_yet_is_read_again_by_the_tick(bare: Floor) -> None:
    with writing_to(bare.database.url):
        assert await bare.catalog.refresh() is False
        assert bare.catalog.refreshed_at is None
    await bare.catalog.refresh_if_due()
    assert bare.catalog.services


async def test_after_a_restart_the_catalog_is_there_without_hidsim(floor: Floor) -> None:
    services, countries = dict(floor.catalog.services), dict(floor.catalog.countries)
    floor.director.down(True)
    floor.catalog.services, floor.catalog.countries = {}, {}
    await floor.catalog.load()
    assert (floor.catalog.services, floor.catalog.countries) == (services, countries)
    assert (len(services), len(countries)) == (40, 12)


async def test_a_refresh_keeps_every_id(floor: Floor) -> None:
    before = dict(floor.catalog.services)
    assert await floor.catalog.refresh()
    assert floor.catalog.services == before


@pytest.mark.parametrize("path", ["/services", "/countries"])
@pytest.mark.parametrize("body", [[], {"data": []}])
async def test_an_empty_list_is_taken_for_a_fault_and_changes_nothing(floor: Floor, path: str, body: object) -> None:
    before = dict(floor.catalog.services)
    floor.director.fault(path, status=200, body=body)
    assert not await floor.catalog.refresh()
    assert floor.catalog.services == before
    assert await floor.catalog.refresh()


async def test_the_catalog_is_read_again_after_an_hour_and_not_before(floor: Floor) -> None:
    read = reads(floor, "/services")
    floor.clock.forward(3600)
    await floor.catalog.refresh_if_due()
    assert reads(floor, "/services") == read
    floor.clock.forward(1)
    await floor.catalog.refresh_if_due()
    assert reads(floor, "/services") == read + 1


async def test_offers_are_read_again_when_they_are_twenty_seconds_old(floor: Floor) -> None:
    pair = floor.pair()
    first = await floor.catalog.prices.offers(*pair)
    floor.clock.forward(19)
    assert await floor.catalog.prices.offers(*pair) is first
    floor.clock.forward(1)
    second = await floor.catalog.prices.offers(*pair)
    assert second.read_at > first.read_at
    assert reads(floor) == 2


async def test_old_offers_stand_in_while_hidsim_is_down_and_say_their_age(floor: Floor) -> None:
    pair = floor.pair()
    first = await floor.catalog.prices.offers(*pair)
    floor.clock.forward(61)
    floor.director.down(True)
    assert await floor.catalog.prices.offers(*pair) is first
    facts = await floor.pricing.facts(ANN, pair[0].id, pair[1].id, None)
    assert isinstance(facts, PriceFacts)
    assert facts.old
    floor.catalog.prices.forget_offers(pair[0].id, pair[1].id)
    assert await refused(floor, pair) is Reason.HIDSIM_DOWN


@pytest.mark.parametrize(
    ("status", "reason"), [(429, Reason.HIDSIM_BUSY), (500, Reason.HIDSIM_DOWN), (400, Reason.HIDSIM_REFUSED)]
)
async def test_what_hidsim_answers_becomes_a_reason(floor: Floor, status: int, reason: Reason) -> None:
    floor.director.fault("/products", times=None, status=status, body={"message": "no"}, headers={"Retry-After": "9"})
    assert await refused(floor, floor.pair()) is reason


async def test_a_tag_is_the_cheapest_price_with_the_stock_and_grows_old(floor: Floor) -> None:
    service, country = floor.pair()
    await floor.catalog.prices.offers(service, country)
    tag = floor.catalog.prices.tags(service)[country.id]
    assert (tag.lowest, tag.stock) == (100_000, 1320)
    floor.director.sell_out("Telegram", "BR")
    floor.catalog.prices.forget_offers(service.id, country.id)
    assert country.id not in floor.catalog.prices.tags(service)
    await floor.catalog.prices.offers(service, country)
    assert floor.catalog.prices.tags(service)[country.id].lowest is None
    floor.clock.forward(301)
    assert floor.catalog.prices.tags(service) == {}


async def countries(floor: Floor, sort: Sort = Sort.CHEAPEST, number: int = 0, **given: Any) -> CountryPage:
    service, _ = floor.pair()
    return await floor.browsing.countries(ANN, service.id, sort, number, lambda one: one.name, **given)


def named(page: CountryPage) -> list[str]:
    return [row.country.name for row in page.rows]


def prices(page: CountryPage) -> list[int | None]:
    return [row.tag.lowest if row.tag else None for row in page.rows]


async def test_a_page_of_countries_has_the_prices_of_those_in_view(floor: Floor) -> None:
    page = await countries(floor)
    assert len(page.rows) == 8
    assert all(row.tag is not None for row in page.rows)
    await floor.nursery.drain(2)
    again = await countries(floor, number=1, listing=page.listing)
    assert ([row.tag for row in again.rows].count(None), len(again.rows), again.page.number) == (0, 2, 1)
    assert reads(floor) == 12


async def test_a_list_comes_also_when_no_price_can_be_read(floor: Floor) -> None:
    floor.director.down(True)
    assert {row.tag for row in (await countries(floor, Sort.NAME)).rows} == {None}


async def test_a_listing_stays_as_it_is_while_prices_come_in(floor: Floor) -> None:
    first = await countries(floor)
    _, brazil = floor.pair()
    floor.director.sell_out("Telegram", "BR")
    floor.clock.forward(400)
    again = await countries(floor, listing=first.listing)
    assert named(again) == named(first)
    assert next(row.tag for row in again.rows if row.country == brazil) == PriceTag(None, 0)
    anew = await countries(floor)
    assert anew.listing != first.listing
    assert "Brazil" not in named(anew)
    aside = await countries(floor, Sort.SOLD_OUT, listing=anew.listing)
    assert (anew.sold_out, named(aside)[0], len(aside.rows)) == (first.sold_out + 1, "Brazil", anew.sold_out)


async def test_a_listing_of_somebody_else_another_service_or_another_run_is_made_anew(floor: Floor) -> None:
    first = await countries(floor)
    service, _ = floor.pair()
    other = next(one for one in floor.catalog.services if one != service.id)
    for person, ident, sort, listing in (
        (BEN, service.id, Sort.CHEAPEST, first.listing),
        (ANN, other, Sort.CHEAPEST, first.listing),
        (ANN, service.id, Sort.NAME, first.listing),
        (ANN, service.id, Sort.CHEAPEST, 9_999_999),
    ):
        made = await floor.browsing.countries(person, ident, sort, 0, lambda one: one.name, listing)
        assert made.listing not in (first.listing, 9_999_999)


async def test_a_maximum_stays_with_its_listing(floor: Floor) -> None:
    page = await countries(floor, high=300_000)
    assert (await countries(floor, listing=page.listing)).high == 300_000


async def test_own_countries_of_this_service_come_first_and_those_the_shop_sells_most_next(floor: Floor) -> None:
    service, _ = floor.pair()
    ids = {one.name: one.id for one in floor.catalog.countries.values()}
    rest = [name for name in named(await countries(floor, Sort.NAME)) if name != "Brazil"]
    bought = [(ANN, service.id, rest[-1]), (ANN, service.id + 1, rest[-2]), *[(BEN, service.id, rest[-3])] * 2]
    async with floor.database.write() as tx:
        await people.add(tx, Person(BEN, "Ben", Standing.ALLOWED, "en"))
        for place, (person, ident, name) in enumerate(bought):
            order_id = await orders.add(tx, wanted(person, f"n{place}"))
            assert order_id is not None
            await altered(tx, order_id, service_id=ident, country_id=ids[name])
    priced = await countries(floor, Sort.USUAL)
    assert named(priced)[:2] == [rest[-1], rest[-2]]
    assert prices(priced)[2:] == sorted(filter(None, prices(priced)[2:]))
    strict = await countries(floor, Sort.CHEAPEST)
    assert prices(strict) == sorted(filter(None, prices(strict)))
    floor.clock.forward(400)
    floor.director.down(True)  # while prices are missing
    unpriced = await countries(floor, Sort.USUAL)
    assert named(unpriced)[:3] == [rest[-1], rest[-2], rest[-3]]
    assert "Brazil" in named(unpriced)


async def test_what_is_not_in_the_catalog_is_refused(floor: Floor) -> None:
    for ask, reason in ((floor.catalog.service, Reason.NO_SERVICE), (floor.catalog.country, Reason.NO_COUNTRY)):
        with pytest.raises(Refusal) as caught:
            ask(99_999)
        assert caught.value.facts.reason is reason


async def test_a_search_that_finds_nothing_here_asks_hidsim_and_keeps_what_it_finds(floor: Floor) -> None:
    found = {"_id": "ab" * 12, "id": 4711, "name": "Zzyzx"}
    floor.director.fault("/services/search", status=200, body=[found])
    page = await floor.browsing.search(ANN, "qqqqqqqq")
    assert [s.name for s in page.services] == ["Zzyzx"]
    assert page.search is not None
    again = await floor.browsing.search_again(ANN, page.search)
    assert again.text == "qqqqqqqq"
    floor.director.down(True)
    assert (await floor.browsing.search(ANN, "wwwwwwww")).services == ()


async def test_own_services_come_first_then_the_most_bought(floor: Floor) -> None:
    uber = next(s for s in floor.catalog.services.values() if s.name == "Uber")
    _, country = floor.pair()
    order = await floor.checkout.buy(ANN, floor.wish(nonce="x"))
    async with floor.database.write() as tx:
        await altered(tx, order.id, service_id=uber.id, country_id=country.id)
    await floor.purchases.drain(5)
    assert (await floor.browsing.services(ANN, 0)).services[0] == uber


async def test_typed_words_that_name_a_pair_lead_to_its_price(floor: Floor) -> None:
    service, country = floor.pair()
    found = await floor.browsing.typed(ANN, "telegram brazil 0.3")
    assert found == Pair(service.id, country.id, 300_000)
    facts = await floor.pricing.facts(ANN, service.id, country.id, Window(0, 300_000))
    assert isinstance(facts, PriceFacts)
    assert facts.window == Window(100_000, 300_000)


@pytest.mark.parametrize("text", ["x" * 4096, "\u202e", "'; DROP TABLE searches; --", "0.3", "🔐", "%", "_", "\\"])
async def test_any_typed_text_is_a_search(floor: Floor, text: str) -> None:
    found = await floor.browsing.typed(ANN, text)
    assert isinstance(found, ServicePage)
    assert found.text == text[:64]


async def test_the_price_screen_falls_back_on_the_last_window_then_on_the_median(floor: Floor) -> None:
    service, country = floor.pair()
    first = await floor.pricing.facts(ANN, service.id, country.id, None)
    assert isinstance(first, PriceFacts)
    assert first.window == first.ladder.preset(Preset.MEDIAN)
    await floor.bought(high=250_000, low=150_000)
    then = await floor.pricing.facts(ANN, service.id, country.id, None)
    assert isinstance(then, PriceFacts)
    assert (then.window.low, then.window.high) == (150_000, 250_000)
    raised = await floor.pricing.facts(ANN, service.id, country.id, then.window, raised=True)
    assert isinstance(raised, PriceFacts)
    assert raised.window.high == then.ladder.above(250_000)
    assert len({first.nonce, then.nonce, raised.nonce}) == 3


async def test_a_sold_out_pair_has_no_price_screen(floor: Floor) -> None:
    floor.director.sell_out("Telegram", "BR")
    service, country = floor.pair()
    assert await floor.pricing.facts(ANN, service.id, country.id, None) == SoldOut(service, country, None)


def listed(floor: Floor, count: int) -> list[dict[str, object]]:
    """HidSim's first services, as it lists them."""
    known = floor.sandbox._backend.catalog.services[:count]
    return [{"_id": one.object_id, "id": one.short_id, "name": one.name} for one in known]


async def alerts(floor: Floor) -> int:
    return (await floor.told()).count("alert")


NEW = {"_id": "ab" * 12, "id": 4711, "name": "Zzyzx"}


@pytest.mark.parametrize(
    "body",
    [
        lambda floor: listed(floor, 1),
        lambda floor: listed(floor, 19),
        lambda floor: listed(floor, 1) * 40,
        lambda floor: {"data": listed(floor, 10), "page": 1, "totalPages": 1},
        lambda floor: [*listed(floor, 2), *[{"_id": "?", "name": None}] * 38],
    ],
    ids=["one of forty", "not half", "one forty times", "a page that says it is all", "items that can't be read"],
)
async def test_a_short_list_is_told_and_makes_nothing_forgotten_until_it_was_confirmed(
    floor: Floor, body: Callable[[Floor], object]
) -> None:
    before = dict(floor.catalog.services)
    floor.director.fault("/services", status=200, body=body(floor), times=3)
    for _ in range(2):
        assert await floor.catalog.refresh()
        assert floor.catalog.services == before
    assert await alerts(floor) == 1
    assert await floor.catalog.refresh()
    assert 0 < len(floor.catalog.services) < 20
    assert await floor.catalog.refresh()
    assert floor.catalog.services == before


async def test_what_is_new_in_a_short_list_is_there_at_once(floor: Floor) -> None:
    floor.director.fault("/services", status=200, body=[NEW], times=1)
    assert await floor.catalog.refresh()
    assert {s.name for s in floor.catalog.services.values()} >= {"Zzyzx", "Telegram"}
    assert len(floor.catalog.services) == 41


async def test_a_whole_list_in_between_ends_the_doubt_and_different_pages_are_added_up(floor: Floor) -> None:
    whole = listed(floor, 40)
    for part in (whole[:5], whole[:5], None, whole[:5], whole[5:10]):
        if part is not None:
            floor.director.fault("/services", status=200, body=part, times=1)
        assert await floor.catalog.refresh()
        assert len(floor.catalog.services) == 40
    floor.director.fault("/services", status=200, body=whole[10:15], times=1)
    assert await floor.catalog.refresh()
    assert len(floor.catalog.services) == 15


async def test_a_list_that_lost_a_few_is_believed_at_once(floor: Floor) -> None:
    floor.director.fault("/services", status=200, body=listed(floor, 30), times=1)
    assert await floor.catalog.refresh()
    assert len(floor.catalog.services) == 30
    assert await alerts(floor) == 0


@pytest.mark.parametrize("body", [[{"_id": "cc" * 12, "id": 1, "name": "Brazil"}], []])
async def test_the_same_for_countries_and_an_empty_list_is_told_too(floor: Floor, body: list[object]) -> None:
    before = dict(floor.catalog.countries)
    floor.director.fault("/countries", status=200, body=body, times=2)
    await floor.catalog.refresh()
    await floor.catalog.refresh()
    assert before.keys() <= floor.catalog.countries.keys()
    assert await alerts(floor) == 1


async def test_an_empty_list_of_a_shop_that_never_had_one_is_no_alert(bare: Floor) -> None:
    bare.director.fault("/services", status=200, body=[], times=1)
    assert not await bare.catalog.refresh()
    assert await alerts(bare) == 0


async def has(floor: Floor, path: str, *items: dict[str, object]) -> None:
    """HidSim's list is this from now on, and the bot has read it."""
    floor.director.clear_faults()
    body = [{"_id": f"{place:024x}", "id": place, **item} for place, item in enumerate(items, start=1)]
    floor.director.fault(path, status=200, body=body, times=None)
    assert await floor.catalog.refresh()


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (["telegram", "whatsapp", "google,youtube,gmail", "1688", "32red"],
         ["telegram", "whatsapp", "google,youtube,gmail", "1688", "32red"]),
        (["amazon", "TELEGRAM", "Ab", "Телеграм"], ["TELEGRAM", "Телеграм", "amazon", "Ab"]),
        (["Zzz", "WhatsApp Business", "Youtube", "Tinder"], ["Youtube", "Tinder", "WhatsApp Business", "Zzz"]),
        (["vkontakte", "OpenAI / ChatGPT", "Any other", "aol", "Line Man", "instagram+threads"],
         ["instagram+threads", "vkontakte", "OpenAI / ChatGPT", "Any other", "aol", "Line Man"]),
    ],
)  # fmt: skip
async def test_well_known_services_come_first_in_any_spelling(bare: Floor, names: list[str], first: list[str]) -> None:
    await has(bare, "/services", *({"name": name} for name in names))
    assert [s.name for s in (await bare.browsing.services(ANN, 0)).services] == first
    await has(bare, "/services", *({"name": name} for name in reversed(names)))
    assert [s.name for s in (await bare.browsing.services(ANN, 0)).services] == first


def shown(floor: Floor) -> list[str]:
    """The countries as a person reads them, by our id."""
    t = Languages.load().translator("en")
    found = sorted(floor.catalog.countries.values(), key=lambda c: c.id)
    return [f"{flag(c.code)} {t.country(c.code, c.name, c.label)}" for c in found]


async def test_countries_that_share_a_code_are_shown_by_hidsims_own_names(bare: Floor) -> None:
    us = [{"name": "United States", "code": "US"}, {"name": "USA (virtual)", "code": "US"}, {"name": "USA"}]
    gb = [{"name": "England"}, {"name": "United Kingdom", "code": "UK"}]
    tr = [{"name": "Turkey"}, {"name": "TURKEY"}, {"name": "Turkey", "code": "TR"}]
    br = [{"name": "Brazil", "code": "BR"}, {"name": "Brazil (Claro)", "code": "BR"}]
    rest = [{"name": "Deutschland"}, {"name": "Lost"}, {"name": "Lost"}]
    await has(bare, "/countries", *us, *gb, *tr, *br, *rest)
    assert shown(bare) == [
        "🇺🇸 United States", "🇺🇸 USA (virtual)", "🇺🇸 USA", "🇬🇧 England", "🇬🇧 United Kingdom", "🇹🇷 Turkey", "🇹🇷 TURKEY 2",
        "🇹🇷 Turkey 3", "🇧🇷 Brazil", "🇧🇷 Brazil (Claro)", "🇩🇪 Germany", "🏳️ Lost", "🏳️ Lost 2",
    ]  # fmt: skip
    assert len(set(shown(bare))) == len(shown(bare))


async def test_what_tells_countries_apart_goes_when_there_is_one_left(bare: Floor) -> None:
    await has(bare, "/countries", {"name": "USA"}, {"name": "USA (virtual)"}, {"name": "Brazil"})
    await has(bare, "/countries", {"name": "USA"}, {"name": "Brasil", "code": "BR"})
    assert shown(bare) == ["🇺🇸 United States", "🇧🇷 Brazil"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("usa", "USA"), ("USA (virtual)", "USA (virtual)"), ("usa virtual", "USA (virtual)"),
        ("united states", "United States"), ("us", "USA"), ("🇺🇸", "USA"), ("america", "USA"), ("england", "England"),
        ("uk", "England"), ("great britain", "England"), ("turkey", "TURKEY"), ("TURKEY", "TURKEY"),
        ("Turkey", "Turkey"),
        ("brazil", "Brazil"), ("brasil", "Brazil"), ("brazil claro", "Brazil (Claro)"),
    ],
)  # fmt: skip
async def test_an_exactly_typed_country_is_found_and_else_the_plain_one(bare: Floor, text: str, name: str) -> None:
    names = ["Brazil (Claro)", "USA (virtual)", "TURKEY", "United States", "England", "USA", "Turkey", "Brazil"]
    await has(bare, "/countries", *({"name": one} for one in names))
    found = await bare.browsing.typed(ANN, f"telegram {text}")
    assert isinstance(found, Pair)
    assert bare.catalog.countries[found.country].name == name


async def test_a_catalog_that_brings_nothing_new_is_neither_written_nor_built_again(floor: Floor) -> None:
    before, matcher = await changes(floor), floor.catalog.matcher
    assert await floor.catalog.refresh()
    assert await changes(floor) == before
    assert floor.catalog.matcher is matcher


async def changes(floor: Floor) -> int:
    async with floor.database.read() as tx:
        return int((await tx.connection.execute(text("SELECT total_changes()"))).scalar_one())


async def test_a_large_catalog_is_saved_in_portions_between_which_others_come_in(floor: Floor) -> None:
    many = [{"_id": f"{n:024x}", "id": str(n), "name": f"Service {n}"} for n in range(2_000)]
    floor.director.fault("/services", status=200, body=many)
    refreshing, reads = floor.nursery.start(floor.catalog.refresh(), "refresh"), list[int]()
    while not refreshing.done():
        async with floor.database.read() as tx:
            reads.append((await tx.connection.execute(text("SELECT COUNT(*) FROM services"))).scalar_one())
        await asyncio.sleep(0)
    assert refreshing.result()
    assert {540, 1_040, 1_540} <= set(reads)
    assert len(floor.catalog.services) == 2_000
    assert floor.catalog.matcher.find("service 1999")
    assert floor.catalog.refreshed_at == floor.clock()


@pytest.mark.parametrize("by", [-3_600, 3_600])
async def test_prices_are_read_again_after_the_clock_was_set(floor: Floor, by: float) -> None:
    service, country = floor.pair()
    await floor.catalog.prices.offers(service, country)
    before = len(floor.sandbox.record.requests)
    floor.clock.set_by(by)
    await floor.catalog.prices.offers(service, country)
    assert len(floor.sandbox.record.requests) == before + 1


async def test_an_offer_for_a_million_is_none_and_hides_no_other(floor: Floor) -> None:
    service, country = floor.pair()
    floor.director.set_prices("Telegram", "BR", ["0.10", "0.20", "2000000"])
    facts = await floor.pricing.facts(ANN, service.id, country.id, None)
    assert isinstance(facts, PriceFacts)
    assert facts.ladder.prices == (100_000, 200_000)


@pytest.mark.parametrize("typed", ["+55 11 91234-5678", "736251", "7 3 6 2", "Your code is 736251", "٧٣٦٢٥١"])
async def test_what_may_be_a_number_or_a_code_is_answered_and_not_written_down(floor: Floor, typed: str) -> None:
    page = await floor.browsing.search(ANN, typed)
    assert page.search is None
    async with floor.database.read() as tx:
        assert (await tx.connection.execute(text("SELECT text FROM searches"))).all() == []


@pytest.mark.parametrize(
    ("words", "with_more", "alone"),
    [
        ("telegram brazil 0.3", True, True),
        ("telegram brazil", True, True),
        ("telegram", False, True),
        ("please for telegram", False, True),
        ("telegram for my newsletter", False, False),
        ("for work", False, False),
        ("brazil", False, False),
        ("5", False, False),
        ("", False, False),
    ],
)
async def test_words_that_ask_for_a_number_are_told_from_a_reason(
    floor: Floor, words: str, with_more: bool, alone: bool
) -> None:
    assert await floor.browsing.asks_for_a_number(words, named_alone=False) is with_more
    assert await floor.browsing.asks_for_a_number(words, named_alone=True) is alone
