import re
from decimal import Decimal
from typing import Any

import pytest

from bot.sandbox.hidsim import STORIES, HidSimSandbox
from tests.sandbox.hidsim.api import Api, HandClock, serving


async def told(api: Api, name: str, **overrides: Any) -> dict[str, Any]:
    api.sandbox.director.queue_story(name, **overrides)
    return await api.buy()


async def balance(api: Api) -> Decimal:
    return Decimal((await api.get("/auth/me")).json["balance"])


async def close(api: Api, bought: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    answer = await api.get(f"/operations/{bought['_id']}/close")
    return answer.status, answer.json


async def test_code_brings_a_number_and_then_its_code(api: Api, clock: HandClock) -> None:
    bought = await told(api, "code")
    clock.forward(0.6)
    assert (await api.operation(bought))["state"] == "creating"
    clock.forward(0.1)
    pending = await api.operation(bought)
    assert pending["state"] == "pending"
    assert re.fullmatch(r"\+[1-9][0-9]{6,14}", pending["number"])
    clock.forward(5.3)
    completed = await api.operation(bought)
    assert completed["state"] == "completed"
    assert completed["number"] == pending["number"]
    assert re.fullmatch(r"[0-9]{5}", completed["code"])
    assert completed["code"] in completed["message"]
    assert [one["text"] for one in completed["messages"]] == [completed["message"]]
    assert await balance(api) == 20 - bought["price"]


async def test_what_happened_unseen_happened_at_its_own_time(api: Api, clock: HandClock) -> None:
    bought = await told(api, "code")
    clock.forward(500)
    assert (await api.operation(bought))["updatedAt"] == "2026-03-01T12:00:06.000Z"


async def test_speed_divides_every_time_of_a_story(clock: HandClock) -> None:
    async with serving(HidSimSandbox(now=clock, speed=100)) as api:
        await api.login()
        bought = await told(api, "code")
        assert bought["expiresAt"] == "2026-03-01T12:00:12.000Z"
        clock.forward(0.06)
        assert (await api.operation(bought))["state"] == "completed"


async def test_quick_is_done_in_a_third_of_a_second(api: Api, clock: HandClock) -> None:
    bought = await told(api, "quick")
    clock.forward(0.3)
    assert (await api.operation(bought))["state"] == "completed"


async def test_never_expires_and_gives_the_money_back(api: Api, clock: HandClock) -> None:
    bought = await told(api, "never", expires_after=60)
    clock.forward(59)
    assert (await api.operation(bought))["state"] == "pending"
    assert await balance(api) < 20
    clock.forward(1)
    assert await balance(api) == 20
    assert (await api.operation(bought))["state"] == "system_refunded"


async def test_no_number_gives_the_money_back(api: Api, clock: HandClock) -> None:
    bought = await told(api, "no_number")
    clock.forward(3)
    ended = await api.operation(bought)
    assert (ended["state"], ended["number"]) == ("no_number_refunded", None)
    assert await balance(api) == 20


async def test_system_refund_gives_the_money_back_after_the_number(api: Api, clock: HandClock) -> None:
    bought = await told(api, "system_refund")
    clock.forward(3)
    assert (await api.operation(bought))["state"] == "pending"
    clock.forward(1)
    ended = await api.operation(bought)
    assert ended["state"] == "system_refunded"
    assert ended["number"]
    assert await balance(api) == 20


async def test_too_early_refuses_to_close_and_says_how_long(api: Api, clock: HandClock) -> None:
    bought = await told(api, "too_early")
    clock.forward(2.5)
    answer = await api.get(f"/operations/{bought['_id']}/close")
    assert (answer.status, answer.json["code"], answer.headers["Retry-After"]) == (425, "TOO_EARLY", "6")
    clock.forward(5.5)
    assert (await close(api, bought))[1]["state"] == "user_refunded"
    assert await balance(api) == 20


async def test_too_early_can_keep_to_itself_how_long(api: Api) -> None:
    bought = await told(api, "too_early", retry_after=False)
    answer = await api.get(f"/operations/{bought['_id']}/close")
    assert answer.status == 425
    assert "Retry-After" not in answer.headers


async def test_code_while_closing_is_400_and_the_code_is_there(api: Api, clock: HandClock) -> None:
    bought = await told(api, "code_while_closing")
    clock.forward(1)
    assert (await close(api, bought))[0] == 400
    assert (await api.operation(bought))["state"] == "completed"
    assert await balance(api) == 20 - bought["price"]


async def test_second_sms_comes_with_the_first_refetch_and_only_once(api: Api, clock: HandClock) -> None:
    bought = await told(api, "second_sms")
    assert (await api.get(f"/operations/{bought['_id']}/refetch")).json["state"] == "creating"
    clock.forward(6)
    first = await api.operation(bought)
    assert len(first["messages"]) == 1
    second = (await api.get(f"/operations/{bought['_id']}/refetch")).json
    assert [one["code"] for one in second["messages"]] == [first["code"], second["code"]]
    third = (await api.get(f"/operations/{bought['_id']}/refetch")).json
    assert third["messages"] == second["messages"]


async def test_unknown_state_stands_between_creating_and_pending(api: Api, clock: HandClock) -> None:
    bought = await told(api, "unknown_state")
    seen = []
    for _ in range(8):
        seen.append((await api.operation(bought))["state"])
        clock.forward(0.1)
    assert list(dict.fromkeys(seen)) == ["creating", "verifying", "pending"]


async def test_html_sms_is_hostile_as_it_stands(api: Api, clock: HandClock) -> None:
    bought = await told(api, "html_sms")
    clock.forward(6)
    message = (await api.operation(bought))["message"]
    assert all(part in message for part in ("<b>", "&lt;", "\u202e", "👩\u200d👩\u200d👧", "&"))


async def test_long_sms_is_longer_than_a_message_of_telegrams(api: Api, clock: HandClock) -> None:
    bought = await told(api, "long_sms")
    clock.forward(6)
    assert len((await api.operation(bought))["message"]) > 4096


async def test_code_only_in_text_leaves_the_field_empty(api: Api, clock: HandClock) -> None:
    bought = await told(api, "code_only_in_text")
    clock.forward(6)
    completed = await api.operation(bought)
    assert completed["code"] is None
    assert re.search(r"\b[0-9]{5}\b", completed["message"])


async def test_texts_and_codes_can_be_given(api: Api, clock: HandClock) -> None:
    bought = await told(api, "code", texts=["Hello {service}: {code}", "And {nothing}"], code="007", sender="+123")
    clock.forward(6)
    completed = await api.operation(bought)
    assert [one["text"] for one in completed["messages"]] == ["Hello Telegram: 007", "And {nothing}"]
    assert {one["from"] for one in completed["messages"]} == {"+123"}


@pytest.mark.parametrize("name", sorted(STORIES))
async def test_every_story_ends_and_stays_ended(api: Api, clock: HandClock, name: str) -> None:
    bought = await told(api, name)
    clock.forward(1200)
    ended = await api.operation(bought)
    assert ended["state"] in {"completed", "no_number_refunded", "system_refunded"}
    clock.forward(1200)
    assert await api.operation(bought) == ended
    assert await balance(api) == (20 - bought["price"] if ended["state"] == "completed" else 20)


async def test_closing_gives_the_money_back_once(api: Api) -> None:
    bought = await told(api, "never")
    assert (await close(api, bought))[1]["state"] == "user_refunded"
    assert (await close(api, bought))[0] == 400
    assert await balance(api) == 20
    assert [one.status for one in api.sandbox.record.closes] == [200, 400]


async def test_a_completed_operation_cannot_be_closed(api: Api, clock: HandClock) -> None:
    bought = await told(api, "code")
    clock.forward(6)
    status, body = await close(api, bought)
    assert (status, body["code"]) == (400, "INVALID_STATE")


async def test_a_refunded_operation_cannot_be_refetched(api: Api) -> None:
    bought = await told(api, "never")
    await close(api, bought)
    assert (await api.get(f"/operations/{bought['_id']}/refetch")).status == 400
    assert [one.status for one in api.sandbox.record.refetches] == [400]


@pytest.mark.parametrize("act", ["", "/close", "/refetch"])
async def test_an_unknown_operation_is_404(api: Api, act: str) -> None:
    await api.buy()
    assert (await api.get(f"/operations/{'a' * 24}{act}")).status == 404
    assert (await api.get(f"/operations/2{act}")).status == 404


async def test_queued_stories_come_before_the_default_and_in_order(api: Api) -> None:
    director = api.sandbox.director
    director.set_default_story("never")
    director.queue_story("quick")
    director.queue_story("no_number")
    for _ in range(3):
        await api.buy()
    assert [one["story"] for one in director.operations()] == ["quick", "no_number", "never"]


@pytest.mark.parametrize(
    ("name", "overrides"),
    [
        ("nonsense", {}),
        ("code", {"colour": 1}),
        ("code", {"code_after": -1}),
        ("code", {"early": None}),
        ("code", {"texts": []}),
        ("code", {"texts": [1]}),
    ],
)
async def test_a_story_that_does_not_exist_is_refused(api: Api, name: str, overrides: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        api.sandbox.director.queue_story(name, **overrides)
