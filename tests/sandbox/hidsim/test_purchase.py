from decimal import Decimal
from typing import Any

import pytest

from tests.sandbox.hidsim.api import Api, object_id

PURCHASE = "/services/1/purchase"


async def offers(api: Api, country: str = "BR") -> list[dict[str, Any]]:
    service = api.sandbox._backend.catalog.find_service("Telegram").object_id
    found: list[dict[str, Any]] = (
        await api.get("/products", _service=service, _country=object_id(api.sandbox, country))
    ).json
    return found


async def balance(api: Api) -> Decimal:
    amount: Decimal = (await api.get("/auth/me")).json["balance"]
    return Decimal(amount)


async def test_the_cheapest_offer_inside_the_window_is_bought(api: Api) -> None:
    brazil = object_id(api.sandbox, "BR")
    inside = [one for one in await offers(api) if Decimal("0.3") <= one["price"] <= Decimal("0.5") and one["stock"]]
    answer = await api.post(PURCHASE, {"_countryIds": [brazil], "minPrice": 0.3, "maxPrice": 0.5})
    assert answer.status == 201
    assert answer.json["price"] == min(one["price"] for one in inside)
    assert answer.json["_country"] == brazil
    assert (answer.json["state"], answer.json["number"], answer.json["messages"]) == ("creating", None, [])


async def test_the_windows_ends_are_inclusive(api: Api) -> None:
    dearest = {"_countryIds": [object_id(api.sandbox, "BR")], "minPrice": 0.8, "maxPrice": 0.8}
    assert (await api.buy(**dearest))["price"] == Decimal("0.80")


async def test_balance_and_stock_go_down_at_once(api: Api) -> None:
    first = (await offers(api))[0]
    bought = await api.buy(_countryIds=[object_id(api.sandbox, "BR")])
    assert await balance(api) == 20 - bought["price"]
    assert (await offers(api))[0]["stock"] == first["stock"] - 1


async def test_among_several_countries_the_cheapest_wins(api: Api) -> None:
    codes = ("BR", "RU", "IN")
    in_stock = [one for code in codes for one in await offers(api, code) if one["stock"]]
    cheapest = min(in_stock, key=lambda one: one["price"])
    bought = await api.buy(_countryIds=[object_id(api.sandbox, code) for code in codes])
    assert (bought["price"], bought["_country"]) == (cheapest["price"], cheapest["_country"])


@pytest.mark.parametrize("body", [{}, {"maxPrice": 3}, {"minPrice": 1}])
async def test_every_part_of_the_window_is_optional(api: Api, body: dict[str, Any]) -> None:
    assert (await api.post(PURCHASE, body)).status == 201


async def test_nothing_inside_the_window_is_406_and_costs_nothing(api: Api) -> None:
    answer = await api.post(PURCHASE, {"_countryIds": [object_id(api.sandbox, "BR")], "maxPrice": 0.09})
    assert (answer.status, answer.json["code"]) == (406, "NO_PRODUCTS")
    assert await balance(api) == 20
    assert api.sandbox.record.purchases == []


async def test_an_unknown_country_matches_nothing(api: Api) -> None:
    assert (await api.post(PURCHASE, {"_countryIds": ["f" * 24]})).status == 406


@pytest.mark.parametrize(
    "body",
    [
        {"maxPrice": "0.3"},
        {"minPrice": True},
        {"minPrice": 0},
        {"maxPrice": -1},
        {"maxPrice": None},
        {"minPrice": 0.5, "maxPrice": 0.4},
        {"_countryIds": []},
        {"_countryIds": ["1"]},
        {"_countryIds": [1]},
        {"_countryIds": "f" * 24},
        [],
        "text",
    ],
)
async def test_a_body_that_is_not_the_contracts_is_400(api: Api, body: Any) -> None:
    answer = await api.post(PURCHASE, body)
    assert (answer.status, answer.json["code"]) == (400, "VALIDATION_ERROR")
    assert api.sandbox.record.purchases == []


@pytest.mark.parametrize("raw", [b"{", b'{"maxPrice": NaN}', b"\xff\xfe", b"{'maxPrice': 1}"])
async def test_a_body_that_is_not_json_is_400(api: Api, raw: bytes) -> None:
    answer = await api.call("POST", PURCHASE, data=raw, headers={"Content-Type": "application/json"})
    assert answer.status == 400


async def test_a_body_must_say_that_it_is_json(api: Api) -> None:
    answer = await api.call("POST", PURCHASE, data=b"{}", headers={"Content-Type": "text/plain"})
    assert answer.status == 400


async def test_a_balance_that_does_not_cover_is_400_with_its_code(api: Api) -> None:
    api.sandbox.director.set_balance("0.02")
    answer = await api.post(PURCHASE, {})
    assert (answer.status, answer.json["code"]) == (400, "INSUFFICIENT_BALANCE")
    assert await balance(api) == Decimal("0.02")


async def test_a_balance_that_just_covers_is_enough(api: Api) -> None:
    cheapest = (await offers(api))[0]
    api.sandbox.director.set_balance(cheapest["price"])
    assert (await api.post(f"/products/{cheapest['_id']}/purchase", {})).status == 201
    assert await balance(api) == 0


@pytest.mark.parametrize("key", ["_id", "id"])
async def test_an_exact_offer_is_bought_by_either_id(api: Api, key: str) -> None:
    offer = (await offers(api))[7]
    answer = await api.post(f"/products/{offer[key]}/purchase", {})
    assert (answer.status, answer.json["price"], answer.json["_product"]) == (201, offer["price"], offer["_id"])


async def test_a_service_is_found_by_either_id(api: Api) -> None:
    service = (await api.get("/services")).json[0]
    assert (await api.post(f"/services/{service['_id']}/purchase", {})).status == 201
    assert (await api.post(f"/services/{service['id']}/purchase", {})).status == 201


@pytest.mark.parametrize("path", ["/services/9999", "/services/telegram", "/products/0", "/products/" + "f" * 24])
async def test_what_is_unknown_in_a_path_is_404(api: Api, path: str) -> None:
    answer = await api.post(f"{path}/purchase", {})
    assert (answer.status, answer.json["code"]) == (404, "NOT_FOUND")


async def test_a_countrys_id_is_not_a_services(api: Api) -> None:
    assert (await api.post(f"/services/{object_id(api.sandbox, 'BR')}/purchase", {})).status == 404


async def test_an_offer_without_stock_is_400_with_its_code(api: Api) -> None:
    offer = (await offers(api))[0]
    api.sandbox.director.sell_out("Telegram", "BR")
    answer = await api.post(f"/products/{offer['_id']}/purchase", {})
    assert (answer.status, answer.json["code"]) == (400, "OUT_OF_STOCK")


async def test_an_offers_last_piece_is_sold_once(api: Api) -> None:
    offer = min(await offers(api), key=lambda one: one["stock"])
    answers = [await api.post(f"/products/{offer['_id']}/purchase", {}) for _ in range(offer["stock"] + 1)]
    assert [one.status for one in answers] == [201] * offer["stock"] + [400]


async def test_the_record_says_what_was_asked_and_what_was_charged(api: Api) -> None:
    brazil = object_id(api.sandbox, "BR")
    bought = await api.buy(_countryIds=[brazil], minPrice=0.25, maxPrice=0.4)
    (purchase,) = api.sandbox.record.purchases
    assert (purchase.operation_id, purchase.price) == (bought["_id"], bought["price"])
    assert (purchase.lowest, purchase.highest) == (Decimal("0.25"), Decimal("0.4"))
    assert (purchase.countries, purchase.kind, purchase.country_id) == ((brazil,), "service", brazil)
    assert purchase.request == api.sandbox.record.requests[-1].number


async def test_no_two_sandboxes_hand_out_the_same_operation(api: Api, variant: Api) -> None:
    variant.sandbox._backend.clock.now.forward(1)  # type: ignore[attr-defined]
    first = await api.buy()
    assert (await api.get(f"/operations/{first['_id']}")).status == 200
    assert (await api.get(f"/operations/{first['id']}")).status == 200
    assert (await variant.get(f"/operations/{first['_id']}")).status == 404
