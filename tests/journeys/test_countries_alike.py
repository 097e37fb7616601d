"""Two of HidSim's countries under one flag: a person can tell them apart wherever a country is shown."""

from pathlib import Path

from tests.journeys.shop import World, running, settings_for
from tests.journeys.steps import BUY


async def test_two_countries_of_one_code_are_told_apart_on_every_screen(tmp_path: Path, world: World) -> None:
    known = {one.code: one.object_id for one in world.hidsim._backend.catalog.countries}
    body = [
        {"_id": known["BR"], "id": 1, "name": "USA (virtual)", "code": "US"},
        {"_id": known["US"], "id": 2, "name": "United States", "code": "US"},
        {"_id": known["IN"], "id": 3, "name": "India", "code": "IN"},
    ]
    world.hidsim.director.fault("/countries", status=200, body=body, times=None)
    for code in ("BR", "US"):
        world.hidsim.director.set_prices("Telegram", code, ["0.25"])
    async with running(world, settings_for(world, tmp_path)) as shop:
        ann = shop.person()
        await ann.start()
        await ann.tap_seen("Buy a number")
        await ann.tap_seen("Telegram")
        await ann.sees_button("🇺🇸 United States")
        await ann.sees_button("🇮🇳 India")
        await ann.tap_seen("🇺🇸 USA (virtual)")
        await ann.sees("Telegram · 🇺🇸 USA (virtual)\n1 offer, $0.25")
        await ann.tap_seen("Save")
        await ann.tap(BUY)
        await ann.sees("Telegram\n🇺🇸 USA (virtual) · #1")  # the push that brings the number, and the card
        await ann.sees("the code came. You paid")
        await ann.say("/menu")
        await ann.tap_seen("History")
        await ann.sees_button("🇺🇸 USA (virtual) code $0.25")  # for the digits there is no room
        await ann.say("/menu")
        await ann.tap_seen("Favorites")
        await ann.sees_button("Telegram 🇺🇸 USA (virtual) · up to $0.25")
        sent = await ann.say("telegram usa (virtual)")
        await ann.sees("🇺🇸 USA (virtual)", since=sent)
        sent = await ann.say("telegram usa")
        await ann.sees("🇺🇸 United States", since=sent)
