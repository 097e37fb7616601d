"""What is not sold: by whatever name, under whatever name later, and by no button of any age."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.db.shop import catalog
from bot.domain.catalog import Country, Service, Sort
from bot.domain.price_window import Window
from bot.domain.refusals import Reason, Refusal
from bot.i18n import service_aliases
from bot.services.orders.checkout import Wish
from bot.services.shop.browsing import Here, Pair
from bot.services.shop.denial import Assortment, Denial, Denied, denied, told
from tests.services.floor import ANN, Floor, open_floor

ALIASES = service_aliases()
Opened = Callable[..., Any]


def found(services: dict[str, str] | list[str], countries: list[tuple[str, str | None]], denial: Denial) -> Denied:
    """By place. Services by HidSim's id, or with one made up."""
    named = services if isinstance(services, dict) else {f"6{place}f": name for place, name in enumerate(services)}
    listed = Assortment(
        [Service(place, hidsim_id, name) for place, (hidsim_id, name) in enumerate(named.items())],
        [Country(place, f"c{place}", name, code) for place, (name, code) in enumerate(countries)],
    )
    return denied(listed, denial, ALIASES)


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("PayPal", "PayPal"),
        ("paypal", "PAY-PAL"),
        ("Pay Pal!", "PayPal"),
        ("вконтакте", "VK"),
        ("VK", "ВКонтакте"),
        ("支付宝", "Alipay"),
        ("Café Müller", "cafe muller"),
        ("gmail", "Google / Gmail"),
        ("*bank*", "Bank of America"),
        ("*bank*", "Сбербанк"),
        ("*банк*", "Sberbank"),
        ("pay*", "PayPal Business"),
        ("*pal", "PayPal"),
        ("p*l", "PayPal"),
        ("**pay**", "Apple Pay"),
        ("McDonald's", "McDonalds"),
        ("A+B (C)", "A+B (C)"),
    ],
)
def test_a_service_is_denied_by_any_spelling_of_its_name_or_nickname(entry: str, name: str) -> None:
    assert found([name], [], Denial((entry,))).services.keys() == {0}


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("wise", "Otherwise"),
        ("pay", "PayPal"),
        ("*pay*", "WeChat"),  # "wechat pay" is a nickname of ours: patterns look at HidSim's names
        ("bank*", "Sberbank"),
        (".*", "PayPal"),
        ("p.ypal", "PayPal"),
        ("6", "PayPal"),
    ],
)
def test_and_no_other_one_with_it(entry: str, name: str) -> None:
    assert found([name], [], Denial((entry,))).services == {}


def test_a_service_is_denied_by_hidsims_id_whatever_it_is_called() -> None:
    services = {"64AF00000000000000000001": "Zzyzx", "4711": "Qqq", "4712": "4711"}
    assert found(services, [], Denial(("64af00000000000000000001", "4711"))).services.keys() == {0, 1, 2}


COUNTRIES = [
    ("USA", "US"),
    ("USA (virtual)", "US"),
    ("Россия", "RU"),
    ("Korea", "KR"),
    ("Niger", "NE"),
    ("Nigeria", "NG"),
    ("Atlantis", None),
    ("Congo", "CG"),
    ("DR Congo", "CD"),
]


@pytest.mark.parametrize(
    ("entry", "hidden"),
    [
        ("US", {0, 1}),
        ("us", {0, 1}),
        ("United States", {0, 1}),
        ("USA", {0, 1}),
        ("USA (virtual)", {1}),
        ("*virtual*", {1}),
        ("Russia", {2}),
        ("Russian Federation", {2}),
        ("Russland", {2}),
        ("🇷🇺", {2}),
        ("South Korea", {3}),
        ("Niger", {4}),
        ("NG", {5}),
        ("atlantis", {6}),
        ("c6", {6}),
        ("DRC", {8}),
        ("Congo", {7}),
        ("Mars", set()),
    ],
)
def test_a_country_is_hidden_by_its_code_its_names_or_hidsims_id(entry: str, hidden: set[int]) -> None:
    assert found([], COUNTRIES, Denial((), (entry,))).countries.keys() == hidden


def test_entries_that_deny_nothing_are_named_as_they_were_written_and_two_names_of_one_thing_are_not() -> None:
    denial = Denial(("Pay Pall", "VK", "вконтакте", "PayPal", "*nothing*"), ("Russsia", "USA", "United States", "US"))
    out = found(["PayPal", "VKontakte"], COUNTRIES, denial)
    assert (out.unmatched_services, out.unmatched_countries) == (("Pay Pall", "*nothing*"), ("Russsia",))
    services, countries = told(out, denial)
    assert services.startswith("DENIED_SERVICES: 2 of 5 entries")
    assert services.endswith("Pay Pall, *nothing*")
    assert countries.endswith("Russsia")


@pytest.fixture
def opened(tmp_path: Path, migrated_file: Path) -> Opened:
    @asynccontextmanager
    async def opened(services: str = "", countries: str = "") -> AsyncIterator[Floor]:
        given = {"denied_services": services, "hidden_countries": countries}
        async with open_floor(tmp_path, migrated_file, **given) as floor:
            yield await floor.opened()

    return opened


async def refused(work: Any) -> Reason:
    with pytest.raises(Refusal) as caught:
        await work
    return caught.value.facts.reason


async def everything(floor: Floor) -> tuple[Service, Country]:
    """A pair as a button of before has it."""
    async with floor.database.read() as tx:
        services, countries = await catalog.services_after(tx, 0, 500), await catalog.all_countries(tx)
    return next(s for s in services if s.name == "Telegram"), next(c for c in countries if c.code == "BR")


async def test_a_denied_service_is_nowhere_and_no_button_of_any_kind_buys_it(opened: Opened) -> None:
    async with opened("телеграм") as floor:
        service, country = await everything(floor)
        pages = [(await floor.browsing.services(ANN, number)).services for number in range(3)]
        assert "Telegram" not in [s.name for page in pages for s in page]
        asked = len(floor.sandbox.record.requests)
        for words in ("telegram", "тг", "telegram brazil", "telegram brazil 0.3"):
            assert await refused(floor.browsing.typed(ANN, words)) is Reason.SERVICE_DENIED
        wish = Wish(service.id, country.id, Window(100_000, 800_000), "n1")
        for work in (
            floor.checkout.buy(ANN, wish),
            floor.shop.sale.sell(ANN, wish),
            floor.checkout.buy(ANN, Wish(service.id, country.id, Window(1, 800_000), "n2", product_id="x")),
            floor.pricing.facts(ANN, service.id, country.id, None),
            floor.browsing.countries(ANN, service.id, Sort.CHEAPEST, 0, lambda one: one.name),
            floor.shop.favorites.save(ANN, service.id, country.id, Window(1, 2)),
        ):
            assert await refused(work) is Reason.SERVICE_DENIED
        assert len(floor.sandbox.record.requests) == asked
        assert floor.hidsim.director.operations() == []


async def test_a_hidden_country_is_neither_listed_nor_priced_nor_bought(opened: Opened) -> None:
    async with opened(countries="brasil") as floor:
        service, country = await everything(floor)
        page = await floor.browsing.countries(ANN, service.id, Sort.NAME, 0, lambda one: one.name)
        assert page.rows
        assert page.page.pages == 2
        await floor.nursery.drain(5)
        assert country.id not in floor.catalog.prices.tags(service)
        for words in ("brazil", "telegram brazil", "telegram brasil 0.3", "🇧🇷 telegram"):
            assert await refused(floor.browsing.typed(ANN, words)) is Reason.COUNTRY_HIDDEN
        here = Here(service.id, None)
        assert await refused(floor.browsing.typed(ANN, "Brazil", here)) is Reason.COUNTRY_HIDDEN
        wish = Wish(service.id, country.id, Window(100_000, 800_000), "n1")
        assert await refused(floor.checkout.buy(ANN, wish)) is Reason.COUNTRY_HIDDEN
        assert await refused(floor.pricing.facts(ANN, service.id, country.id, None)) is Reason.COUNTRY_HIDDEN
        assert floor.hidsim.director.operations() == []


async def test_words_that_name_what_is_denied_find_no_namesake_that_is_sold(opened: Opened) -> None:
    async with opened("paypal*") as floor:
        await renamed(floor, "/services", Telegram="PayPay")
        floor.director.clear_faults()
        for words in ("paypal", "Paypal brazil", "paypal brazil 0.3", "paypla", "paypal for work please"):
            assert await refused(floor.browsing.typed(ANN, words)) is Reason.SERVICE_DENIED
        for words in ("paypay", "paypai", "payp"):
            page = await floor.browsing.search(ANN, words)
            assert [one.name for one in page.services] == ["PayPay"]


async def test_what_is_still_sold_is_found_as_before(opened: Opened) -> None:
    async with opened("paypal,whatsapp", "RU") as floor:
        assert isinstance(await floor.browsing.typed(ANN, "telegram brazil 0.3"), Pair)
        assert (await floor.bought()).service_name == "Telegram"


async def test_a_favorite_of_before_is_shown_and_buys_nothing(tmp_path: Path, migrated_file: Path) -> None:
    (tmp_path / "a").mkdir()
    async with open_floor(tmp_path / "a", migrated_file) as floor:
        await floor.opened()
        service, country = floor.pair()
        await floor.shop.favorites.save(ANN, service.id, country.id, Window(100_000, 200_000))
        left = tmp_path / "a" / "bot.db"
        await floor.database.close()
    async with open_floor(tmp_path / "b", left, denied_services="Telegram") as floor:
        await floor.opened()
        page = await floor.shop.favorites.page(ANN, 0)
        assert [one.service.name for one in page.favorites] == ["Telegram"]
        assert await refused(floor.pricing.facts(ANN, service.id, country.id, None)) is Reason.SERVICE_DENIED


async def renamed(floor: Floor, path: str, **names: str) -> None:
    """HidSim calls what has these names otherwise from now on, and the bot has read it."""
    theirs = floor.hidsim._backend.catalog
    listed = theirs.services if path == "/services" else theirs.countries
    body = [{"_id": one.object_id, "id": one.short_id, "name": names.get(one.name, one.name)} for one in listed]
    floor.director.clear_faults()
    floor.director.fault(path, status=200, body=body, times=None)
    assert await floor.catalog.refresh()


async def test_a_denied_service_stays_denied_under_the_name_that_hidsim_gives_it(opened: Opened) -> None:
    async with opened("telegram") as floor:
        service, country = await everything(floor)
        for name in ("Teleporter", "Whatever", "Telegram"):
            await renamed(floor, "/services", Telegram=name)
            assert name not in [s.name for s in floor.catalog.services.values()]
            wish = Wish(service.id, country.id, Window(1, 2), "n1")
            assert await refused(floor.checkout.buy(ANN, wish)) is Reason.SERVICE_DENIED


async def test_a_service_that_takes_a_denied_name_is_denied_from_the_next_reading_on(opened: Opened) -> None:
    async with opened("zzyzx", "Zembla") as floor:
        service, country = await everything(floor)
        await renamed(floor, "/services", Telegram="ZZYZX")
        wish = Wish(service.id, country.id, Window(1, 2), "n1")
        assert await refused(floor.checkout.buy(ANN, wish)) is Reason.SERVICE_DENIED


async def test_an_entry_that_is_taken_out_sells_again_what_it_denied(tmp_path: Path, migrated_file: Path) -> None:
    (tmp_path / "a").mkdir()
    async with open_floor(tmp_path / "a", migrated_file, denied_services="tele*,whatsapp") as floor:
        await floor.opened()
        await renamed(floor, "/services", Telegram="Teleport", WhatsApp="Wazzup")
        await floor.database.close()
    left = tmp_path / "a" / "bot.db"
    async with open_floor(tmp_path / "b", left, denied_services="WhatsApp") as floor:
        await floor.opened()
        await renamed(floor, "/services", Telegram="Grammophone", WhatsApp="Wazzup")
        names = {s.name for s in floor.catalog.services.values()}
        assert "Grammophone" in names
        assert "Wazzup" not in names


async def test_short_lists_and_down_times_sell_nothing_that_is_denied(opened: Opened) -> None:
    async with opened("telegram", "BR") as floor:
        sold, countries = dict(floor.catalog.services), dict(floor.catalog.countries)
        assert (len(sold), len(countries)) == (39, 11)
        part = [{"_id": one.object_id, "name": one.name} for one in floor.hidsim._backend.catalog.services[5:8]]
        floor.director.fault("/services", status=200, body=part, times=2)
        for _ in range(2):
            assert await floor.catalog.refresh()
            assert (floor.catalog.services, floor.catalog.countries) == (sold, countries)
        floor.director.down(True)
        assert not await floor.catalog.refresh()
        await floor.catalog.load()
        assert (floor.catalog.services, floor.catalog.countries) == (sold, countries)


async def test_what_hidsims_own_search_brings_is_denied_too(opened: Opened) -> None:
    async with opened("qqq*") as floor:
        floor.director.fault("/services/search", body=[{"_id": "a" * 24, "id": 9, "name": "Qqqwww"}])
        assert (await floor.browsing.search(ANN, "qqqwww")).services == ()
        assert await refused(floor.browsing.search(ANN, "qqqwww")) is Reason.SERVICE_DENIED


async def test_an_entry_that_denies_nothing_is_said_once_when_the_catalog_is_there(opened: Opened) -> None:
    with structlog.testing.capture_logs() as logs:
        async with opened("telegram,Telegrm", "Atlantis") as floor:
            assert await floor.catalog.refresh()
    said = [one["event"] for one in logs if "deny nothing" in one["event"]]
    assert len(said) == 2
    assert said[0].endswith("Telegrm")
    assert said[1].endswith("Atlantis")


async def test_a_shop_that_denies_all_of_it_is_empty_and_not_out_of_order(opened: Opened) -> None:
    async with opened("*a*,*e*,*i*,*o*,*u*") as floor:
        assert (await floor.browsing.services(ANN, 0)).services == ()
