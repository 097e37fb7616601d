import re
from decimal import Decimal
from typing import Any

import pytest

from bot.sandbox.hidsim import HidSimSandbox
from tests.sandbox.hidsim.api import Api, HandClock, object_id, serving

HEX = re.compile(r"[0-9a-f]{24}")


async def products(api: Api, service: str, country: str) -> list[dict[str, Any]]:
    ids = {"_service": api.sandbox._backend.catalog.find_service(service).object_id}
    ids["_country"] = object_id(api.sandbox, country)
    found: list[dict[str, Any]] = (await api.get("/products", **ids)).json
    return found


async def test_two_hundred_countries_with_their_codes(api: Api) -> None:
    countries = (await api.get("/countries")).json
    codes = {one["code"]: one["name"] for one in countries}
    assert len(codes) == len(countries) == 200
    assert {codes[code] for code in ("BR", "RU", "US", "SA")} == {"Brazil", "Russia", "United States", "Saudi Arabia"}
    assert all(HEX.fullmatch(one["_id"]) for one in countries)
    assert {one["id"] for one in countries} == set(range(1, 201))


async def test_a_thousand_services_in_several_scripts(api: Api) -> None:
    names = [one["name"] for one in (await api.get("/services")).json]
    assert len(set(names)) == len(names) == 1000
    assert {"Telegram", "ВКонтакте", "微信", "LINE", "Tom & Jerry's <b>Bar</b>"} <= set(names)


async def test_search_finds_names_whatever_their_case(api: Api) -> None:
    assert [one["name"] for one in (await api.get("/services/search", q="TELEGR")).json] == ["Telegram"]
    assert [one["name"] for one in (await api.get("/services/search", q="вконт")).json] == ["ВКонтакте"]
    assert (await api.get("/services/search", q="no such thing")).json == []


async def test_telegram_in_brazil_is_the_pair_of_the_screens(api: Api) -> None:
    offers = await products(api, "Telegram", "BR")
    prices = [offer["price"] for offer in offers]
    assert len(offers) == 40
    assert (min(prices), max(prices)) == (Decimal("0.10"), Decimal("0.80"))
    assert sum(offer["stock"] for offer in offers) == 1320


async def test_prices_are_exact_and_within_their_limits(api: Api) -> None:
    prices = [
        offer["price"] for code in ("RU", "IN", "ID", "DE", "EG") for offer in await products(api, "Google", code)
    ]
    assert len(prices) > 5
    assert all(Decimal("0.03") <= price <= 3 for price in prices)
    assert all(2 <= -int(price.as_tuple().exponent) <= 4 for price in prices)


async def test_the_same_seed_gives_the_same_shop_and_another_seed_another(clock: HandClock) -> None:
    shops = []
    for seed in (1, 1, 2):
        async with serving(HidSimSandbox(seed=seed, now=clock)) as api:
            await api.login()
            shops.append(await products(api, "Google", "RU"))
    assert shops[0] == shops[1]
    assert shops[0] != shops[2]


async def test_some_pairs_are_empty_and_some_are_sold_out(api: Api) -> None:
    backend = api.sandbox._backend
    shelves = [backend.market.shelf(service, backend.catalog.countries[3]) for service in backend.catalog.services]
    assert any(not shelf for shelf in shelves)
    assert any(shelf and not any(offer.stock for offer in shelf) for shelf in shelves)
    assert all(len(shelf) <= 60 for shelf in shelves)


async def test_telegram_is_sold_in_nearly_all_countries(api: Api) -> None:
    backend = api.sandbox._backend
    telegram = backend.catalog.find_service("Telegram")
    assert sum(bool(backend.market.shelf(telegram, country)) for country in backend.catalog.countries) > 180


@pytest.mark.parametrize("given", ["1", "", "zz1c2ab1d0e4b6f9a7c3e21", "65f1c2ab1d0e4b6f9a7c3e2", "BR"])
async def test_filters_take_only_an_object_id(api: Api, given: str) -> None:
    brazil = object_id(api.sandbox, "BR")
    answer = await api.get("/products", _service=given, _country=brazil)
    assert (answer.status, answer.json["code"]) == (400, "VALIDATION_ERROR")
    assert (await api.get("/products", _service=brazil, _country=given)).status == 400


async def test_both_filters_are_needed_and_others_are_ignored(api: Api) -> None:
    service = (await api.get("/services")).json[0]["_id"]
    brazil = object_id(api.sandbox, "BR")
    assert (await api.get("/products", _service=service)).status == 400
    assert (await api.get("/products", _country=brazil)).status == 400
    assert len((await api.get("/products", _service=service, _country=brazil, sort="-price", limit="x")).json) == 40


async def test_a_filter_with_an_unknown_id_matches_nothing(api: Api) -> None:
    answer = await api.get("/products", _service="f" * 24, _country=object_id(api.sandbox, "BR"))
    assert (answer.status, answer.json) == (200, [])


async def test_unknown_routes_and_methods_are_json_errors(api: Api) -> None:
    missing, wrong = await api.get("/nothing/here"), await api.call("DELETE", "/countries")
    assert (missing.status, set(missing.json)) == (404, {"message", "code"})
    assert (wrong.status, set(wrong.json)) == (405, {"message", "code"})


async def test_the_director_moves_prices_and_sells_out(api: Api) -> None:
    before = await products(api, "Telegram", "BR")
    api.sandbox.director.move_prices("telegram", "Brazil", "1.5")
    moved = await products(api, "Telegram", "BR")
    assert [one["price"] for one in moved] == [one["price"] * Decimal("1.5") for one in before]
    api.sandbox.director.sell_out(1, "BR")
    assert {one["stock"] for one in await products(api, "Telegram", "BR")} == {0}
    api.sandbox.director.restock(1, "BR")
    assert {one["stock"] for one in await products(api, "Telegram", "BR")} == {20}


async def test_what_was_never_offered_has_one_offer_once_it_is_restocked(api: Api) -> None:
    api.sandbox.director.set_prices("Telegram", "BR", [])
    api.sandbox.director.restock("Telegram", "BR")
    assert [one["price"] for one in await products(api, "Telegram", "BR")] == [Decimal("0.25")]


def test_sizes_that_cannot_be_had_are_refused() -> None:
    with pytest.raises(ValueError, match="countries"):
        HidSimSandbox(countries=500)
    with pytest.raises(ValueError, match="services"):
        HidSimSandbox(services=5000)
    with pytest.raises(ValueError, match="speed"):
        HidSimSandbox(speed=0)
    with pytest.raises(ValueError, match="dialect"):
        HidSimSandbox(dialect="klingon")  # type: ignore[arg-type]


async def test_prices_are_told_and_compared_to_their_last_digit(api: Api) -> None:
    api.sandbox.director.set_prices("Telegram", "BR", ["0.25", "0.1923076923"])
    assert [one["price"] for one in await products(api, "Telegram", "BR")] == [Decimal("0.1923076923"), Decimal("0.25")]
    brazil = object_id(api.sandbox, "BR")

    async def within(low: str, high: str) -> int:
        text = f'{{"_countryIds": ["{brazil}"], "minPrice": {low}, "maxPrice": {high}}}'
        headers = {"Content-Type": "application/json"}
        return (await api.call("POST", "/services/1/purchase", data=text, headers=headers)).status

    assert await within("0.192308", "0.192308") == 406
    assert await within("0.19230769231", "0.2") == 406
    assert await within("0.1923076923", "0.1923076923") == 201


async def test_a_balance_is_told_with_as_many_decimals_as_the_director_wants(api: Api) -> None:
    api.sandbox.director.set_balance("9.8766")
    for decimals, told in ((2, "9.88"), (0, "10"), (None, "9.8766")):
        api.sandbox.director.show_balance(decimals)
        assert (await api.get("/auth/me")).json["balance"] == Decimal(told)
    assert api.sandbox.director.state()["balance"] == "9.8766"
