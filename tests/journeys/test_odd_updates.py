"""An update that can't be read concerns nobody but its sender: those before and behind it are answered at once."""

import json
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.telegram.people import Profile
from tests.journeys.shop import ADMIN, ANN, Shop, World, running, settings_for

STRANGER = 555
Log = list[MutableMapping[str, Any]]
NOBODY = Profile(STRANGER, "Eve")
ODD_CONTENT: dict[str, dict[str, Any]] = {
    "a forward from a hidden user without a name": {
        "text": "hello",
        "forward_origin": {"type": "hidden_user", "date": 1_422_450_181},
    },
    "an origin of a later version": {"text": "x", "forward_origin": {"type": "community", "date": 1}},
    "a background of a later version": {"chat_background_set": {"type": {"type": "hologram"}}},
    "paid media of a later version": {"paid_media": {"star_count": 1, "paid_media": [{"type": "hologram"}]}},
    "a photo that is no list": {"photo": "a photo"},
    "a date beyond all calendars": {"text": "x", "date": 10**18},
    "a text that is none": {"text": {"rich": True}},
    "an id of thirty digits": {"text": "x", "message_id": 10**30},
    "a chat without a kind": {"text": "x", "chat": {"id": STRANGER}},
    "a sender of 2^63": {"text": "x", "from": {"id": 2**63, "is_bot": False, "first_name": "E"}},
    "entities of a later form": {"text": "x", "entities": {"type": "bold"}},
    "a reply in a reply in a reply": {"text": "x", "reply_to_message": "deep"},
}
ODD_ITEMS: dict[str, Any] = {
    "no object": 7,
    "a text": "update",
    "a list": [],
    "nothing": {},
    "an id that is a word": {"update_id": "first", "message": {}},
    "an id that is none": {"update_id": None, "message": {}},
    "an id of forty digits": {"update_id": 10**40, "message": {}},
    "an id that counts down": {"update_id": -5, "message": {}},
    "a kind of a later version": {"widget": {"html": "<p>"}},
    "a kind that is no object": {"message": 5},
    "a membership of a later form": {"my_chat_member": {"chat": 1}},
}


def message(**content: Any) -> dict[str, Any]:
    head = {"message_id": 999_000, "date": 1_700_000_000, "chat": NOBODY.chat(), "from": NOBODY.user()}
    return {"message": {**head, **content}}


async def served(shop: Shop, *odd: Any) -> None:
    """Two people ask for the menu, what is odd comes between them in one batch, and both are answered."""
    ann, ada = shop.person(), shop.admin()
    updates = shop.server.telegram.state.updates
    first = await ann.say("/menu")
    for one in odd:
        updates.add_odd(one)
    second = await ada.say("/menu")
    await ann.sees("Numbers for sign-ups", since=first)
    await ada.sees("Numbers for sign-ups", since=second)
    third = await ann.say("/menu")
    await ann.sees("Numbers for sign-ups", since=third)
    await ann.waits_for(lambda: updates.pending() == [], "a confirmation of all")


def passed_over(log: Log) -> list[tuple[str, str]]:
    return [(line["kind"], line["field"]) for line in log if line["event"].startswith("an update can't be read")]


async def test_an_odd_message_is_passed_over_and_the_others_are_answered(shop: Shop, log: Log) -> None:
    for count, (what, content) in enumerate(ODD_CONTENT.items(), 1):
        await served(shop, message(**content))
        assert shop.app.shop.unreadable.count == count, what
    assert {kind for kind, _ in passed_over(log)} == {"message"}
    assert all(field.startswith("message.") for _, field in passed_over(log))


async def test_what_is_no_update_at_all_is_passed_over(shop: Shop) -> None:
    for item in ODD_ITEMS.values():
        await served(shop, item)


async def test_a_hundred_in_one_batch_stop_nobody_and_are_told_once(shop: Shop, log: Log) -> None:
    ada = shop.admin()
    await ada.searches("/start")
    await served(shop, *[message(**one) for one in list(ODD_CONTENT.values()) * 9][:100])
    alert = await ada.sees("Telegram sent something that this bot can't read")
    await ada.lets_time_pass()
    assert ada.seen("Telegram sent something that this bot can't read") == 1
    assert "message: " in alert.text
    figures = await shop.app.figures()
    assert (figures["unreadable_updates"], figures["ok"]) == (100, True)
    assert len(passed_over(log)) == len(set(passed_over(log)))


async def test_a_strangers_odd_forward_to_a_closed_bot_silences_nobody_also_after_a_restart(
    world: World, tmp_path: Path, log: Log
) -> None:
    odd = message(**ODD_CONTENT["a forward from a hidden user without a name"])
    settings = settings_for(world, tmp_path, access="closed", admin_ids=frozenset({ANN, ADMIN}))
    async with running(world, settings) as shop:
        await served(shop, odd)
    world.telegram.state.updates.add_odd(odd)
    async with running(world, settings) as shop:
        await served(shop, odd)
        assert shop.app.shop.unreadable.count == 2
        ann = shop.admin()
        assert ann.seen("Telegram sent something that this bot can't read") == 1
    assert "hello" not in str(log)


async def test_the_spinner_of_a_tap_that_can_not_be_read_ends_with_a_way_on(shop: Shop) -> None:
    ann = shop.person()
    home = await ann.searches("/start")
    state = shop.server.telegram.state
    query = state.taps.ask(ANN, ANN, message_id=home.message_id, label="Odd")
    sender = {"id": ANN, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    state.updates.add_odd(
        {"callback_query": {"id": query.id, "from": sender, "chat_instance": "1", "data": {"html": "<p>"}}}
    )
    answer = await ann.answered(query.id)
    assert answer.text == "This button can't be read. Send /menu for a fresh one."
    await ann.tap_seen("Buy a number")


@pytest.mark.parametrize(
    "name",
    ["\ud83d", "Ann\udc00", "\x00", "\u202eAnn", "A" * 5_000],
    ids=["half a character", "half at the end", "nothing", "right to left", "long"],
)
async def test_an_odd_name_keeps_nobody_out(shop: Shop, name: str) -> None:
    sender = {**NOBODY.user(), "first_name": name}
    eve = shop.person(STRANGER, first_name="Eve")
    profile = shop.server.telegram.people.get(STRANGER)
    profile.started = profile.seen = True
    shop.server.telegram.state.updates.add_odd(message(text="/menu", **{"from": sender}))
    await eve.sees("Numbers for sign-ups")
    ada = shop.admin()
    listed = await ada.searches("/users")
    await ada.searches(str(STRANGER))
    assert listed.text.startswith("👥 People: 2")
    await ada.sees(f"“{STRANGER}”: 1 person")


def deep(levels: int) -> str:
    return '{"reply_to_message":' * levels + "{}" + "}" * levels


@pytest.mark.parametrize(
    "part",
    [deep(20_000), '{"text":' + "[" * 50_000 + "]" * 50_000 + "}", '{"date":' + "9" * 5_000 + "}"],
    ids=["objects", "lists", "digits"],
)
async def test_an_answer_that_is_no_json_to_us_still_tells_what_can_be_read_of_it(
    world: World, tmp_path: Path, part: str
) -> None:
    async with running(world, settings_for(world, tmp_path)) as shop:
        ann, updates = shop.person(), world.telegram.state.updates
        home = await ann.searches("/start")
        number, _ = updates.add_odd(7), updates.add_odd(7)  # their ids are those of the answer
        menu = {"update_id": number + 1, **message(text="/menu")}
        menu["message"] |= {
            "chat": {"id": ANN, "type": "private"},
            "from": {"id": ANN, "is_bot": False, "first_name": "A"},
        }
        odd = f'{{"update_id":{number},"message":{part}}}'
        body = f'{{"ok":true,"result":[{odd},{json.dumps(menu)}]}}'
        world.telegram.faults.add(method="getUpdates", body=body)
        again = await ann.say("/help")
        await ann.sees("Commands: /menu", since=again)
        await ann.sees("Numbers for sign-ups", since=home)


BODIES = ('{"ok":true,"result":{"update_id":1}}', '{"ok":true}', '{"ok":"true","result":[[],7,null,"x",{}]}')


async def test_an_answer_without_updates_is_asked_for_again(shop: Shop) -> None:
    ann = shop.person()
    await ann.searches("/start")
    for body in BODIES:
        shop.server.telegram.faults.add(method="getUpdates", body=body)
    sent = await ann.say("/menu")
    await ann.say("/menu")
    await ann.waits_for(lambda: shop.server.telegram.faults.list() == [], "the last of the odd answers")
    again = await ann.say("/menu")
    await ann.sees("Numbers for sign-ups", since=again)
    assert sent < again
