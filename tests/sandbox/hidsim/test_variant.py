from decimal import Decimal
from typing import Any

import pytest

from tests.sandbox.hidsim.api import START, Api, HandClock, object_id, unwrapped


async def pages(api: Api, path: str, key: str, **params: str) -> list[list[dict[str, Any]]]:
    """Every page, by `hasNextPage` or `totalPages`."""
    found: list[list[dict[str, Any]]] = []
    while True:
        body = (await api.get(path, page=str(len(found) + 1), **params)).json
        found.append(body[key])
        if not body.get("hasNextPage", body["page"] < body.get("totalPages", 0)):
            return found


async def brazil(api: Api) -> dict[str, str]:
    service = api.sandbox._backend.catalog.find_service("Telegram").object_id
    return {"_service": service, "_country": object_id(api.sandbox, "BR")}


async def test_the_token_stands_under_another_name_inside_data(variant: Api) -> None:
    body = (await variant.login()).json
    assert set(body) == {"data"}
    assert set(body["data"]) == {"access_token", "user"}
    assert (await variant.get("/auth/renew")).json["data"]["jwt"].count(".") == 2


async def test_the_user_is_wrapped_now_this_way_now_that_with_a_balance_in_text(variant: Api) -> None:
    first, second = (await variant.get("/auth/me")).json, (await variant.get("/auth/me")).json
    assert [*first, *second] == ["data", "user"]
    assert (first["data"]["balance"], "currency" in first["data"]) == ("20", False)


async def test_countries_come_in_pages_with_a_total(variant: Api) -> None:
    found = await pages(variant, "/countries", "data")
    assert [len(page) for page in found] == [100, 100]
    keys = {key for page in found for one in page for key in one}
    assert {"iso", "iso2", "countryCode"} <= keys
    assert "code" not in keys
    assert any(not {"iso", "iso2", "countryCode"} & set(one) for one in found[0])


async def test_services_come_in_pages_with_a_flag(variant: Api) -> None:
    found = await pages(variant, "/services", "docs")
    assert [len(page) for page in found] == [100] * 10
    assert len({one["_id"] for page in found for one in page}) == 1000


async def test_search_answers_under_the_resources_name(variant: Api) -> None:
    assert [one["name"] for one in (await variant.get("/services/search", q="telegram")).json["services"]] == [
        "Telegram"
    ]


async def test_products_name_the_address_of_their_next_page(variant: Api) -> None:
    first = (await variant.get("/products", **await brazil(variant))).json
    origin = variant.base.removesuffix("/hidsim")
    headers = {"Authorization": f"Bearer {variant.token}"}
    async with variant.session.get(origin + first["next"], headers=headers) as answer:
        second = await answer.json()
    assert (len(first["results"]), len(second["results"]), second["next"]) == (25, 15, None)
    assert not {one["_id"] for one in first["results"]} & {one["_id"] for one in second["results"]}


async def test_products_are_populated_with_prices_in_text_and_stock_by_many_names(variant: Api) -> None:
    offers = (await variant.get("/products", **await brazil(variant))).json["results"]
    assert {one["_service"]["name"] for one in offers} == {"Telegram"}
    assert {one["_country"]["_id"] for one in offers} == {object_id(variant.sandbox, "BR")}
    assert all(isinstance(one["price"], str) and Decimal(one["price"]) > 0 for one in offers)
    names = [set(one) & {"quantity", "count", "available", "stock"} for one in offers]
    assert set().union(*names) == {"quantity", "count", "available"}
    assert set() in names


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "１"])
async def test_a_page_that_is_no_number_is_400(variant: Api, page: str) -> None:
    assert (await variant.get("/services", page=page)).status == 400


async def test_a_page_behind_the_last_is_empty(variant: Api) -> None:
    assert (await variant.get("/services", page="999")).json["docs"] == []


async def test_an_operation_speaks_the_other_words(variant: Api, clock: HandClock) -> None:
    bought = await variant.buy()
    clock.forward(6)
    odd = (await variant.get(f"/operations/{bought['_id']}")).json["data"]
    assert not {"state", "number", "price"} & set(odd)
    assert odd["status"] == "completed"
    assert odd["phone"].isdigit()
    assert isinstance(odd["cost"], str)
    assert odd["createdAt"] == int(START.timestamp() * 1000)
    assert odd["_service"]["name"] == "Telegram"
    even = await variant.buy()
    clock.forward(1)
    assert {"phoneNumber", "amount"} <= set(await variant.operation(even))


async def test_what_is_unknown_is_left_out(variant: Api) -> None:
    bought = await variant.buy()
    assert not {"phone", "code", "message", "messages"} & set(bought)


async def test_messages_take_turns_between_texts_and_objects(variant: Api, clock: HandClock) -> None:
    variant.sandbox.director.queue_story("code", texts=["a {code}", "b {code}", "c", "d"])
    bought = await variant.buy()
    clock.forward(6)
    messages = (await variant.operation(bought))["messages"]
    assert [isinstance(one, str) for one in messages] in ([True, False] * 2, [False, True] * 2)
    objects = [one for one in messages if not isinstance(one, str)]
    assert all({"text", "message", "body"} & set(one) and {"from", "sender"} & set(one) for one in objects)


async def test_refetch_and_close_wrap_the_operation_otherwise(variant: Api) -> None:
    bought = await variant.buy()
    assert set((await variant.get(f"/operations/{bought['_id']}/refetch")).json) == {"operation", "success"}
    closed = (await variant.get(f"/operations/{bought['_id']}/close")).json
    assert unwrapped(closed)["status"] == "user_refunded"


async def test_errors_speak_under_other_names(variant: Api) -> None:
    refused = (await variant.post("/services/1/purchase", {"maxPrice": "1"})).json
    missing = (await variant.get("/operations/1")).json
    unmatched = (await variant.post("/services/1/purchase", {"maxPrice": 0.0001})).json
    assert isinstance(refused["error"], list)
    assert missing == {"message": ["Operation not found"]}
    assert (isinstance(unmatched["error"], str), unmatched["code"]) == (True, "NO_PRODUCTS")


async def test_the_wait_stands_in_the_body(variant: Api) -> None:
    variant.sandbox.director.queue_story("too_early", early=2.25)
    bought = await variant.buy()
    early = await variant.get(f"/operations/{bought['_id']}/close")
    variant.sandbox.director.set_rate_limit(0, retry_after=3)
    limited = await variant.get("/auth/me")
    assert (early.status, early.json["retryAfter"]) == (425, Decimal("2.25"))
    assert (limited.status, limited.json["retryAfter"]) == (429, 3)
    assert "Retry-After" not in {**early.headers, **limited.headers}
