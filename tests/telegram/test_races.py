"""What meets on one message, or at the end: a tap with the bot's own drawing, a push with the stop."""

import asyncio

from bot.db import people
from bot.db.orders import orders
from bot.db.shop import catalog
from bot.db.telling import cards, notices
from bot.domain.alerts import AlertKind
from bot.domain.cards import Card, CardRole
from bot.domain.details import AlertDetail
from bot.domain.notices import NoticeKind
from bot.domain.orders import Order
from bot.screens.screen import Screen, mark
from tests.db.fresh import ordered
from tests.services.floor import ANN
from tests.telegram.booth import Booth, screen

LATE = 0.15
"""Seconds that Telegram takes for the one slow request of a test."""


async def card_behind(booth: Booth) -> tuple[int, Order]:
    """A message of Ann's with an order's card that shows less than is true; its id, and the order."""
    message_id = await booth.shows_go(text="A card")
    async with booth.app.resources.database.write() as tx:
        await catalog.save_services(tx, [("a" * 24, "Telegram")])
        await catalog.save_countries(tx, [("c" * 24, "Brazil", "BR")])
        order = await ordered(tx, ANN)
        await cards.put(tx, Card(ANN, message_id, order.id, 0, CardRole.VIEW))
    return message_id, order


async def redraws_slowly(booth: Booth) -> None:
    booth.telegram.faults.add(method="editMessageText", latency=LATE)
    await booth.app.front.pusher.redraw()


async def taps_meanwhile(booth: Booth, result: Screen) -> None:
    """Ann taps Go while the redraw is on its way."""
    ann = booth.person()
    await booth.telegram.called("editMessageText")
    await ann.tap("Go", wait=False)
    await booth.hears()
    assert result.text in [one.text for one in ann.chat()]


async def test_a_redraw_on_its_way_does_not_land_on_what_a_tap_has_drawn_since(booth: Booth) -> None:
    await booth.ann()
    message_id, order = await card_behind(booth)

    async def closes(_tap: object) -> Screen:
        async with booth.app.resources.database.write() as tx:
            await orders.show_anew(tx, order.id)
            now = await orders.get(tx, order.id)
        assert now is not None
        return screen("Closed", card=mark(now))

    booth.does(closes)
    async with asyncio.TaskGroup() as group:
        group.create_task(redraws_slowly(booth))
        group.create_task(taps_meanwhile(booth, screen("Closed")))
    assert [one.text for one in booth.person().chat() if one.message_id == message_id] == ["Closed"]


async def test_a_redraw_does_not_paint_a_card_over_the_menu_that_took_its_place(booth: Booth) -> None:
    await booth.ann()
    message_id, _ = await card_behind(booth)

    async def leaves(_tap: object) -> Screen:
        return screen("The menu")

    booth.does(leaves)
    async with asyncio.TaskGroup() as group:
        group.create_task(redraws_slowly(booth))
        group.create_task(taps_meanwhile(booth, screen("The menu")))
    await booth.app.front.pusher.redraw()
    assert [one.text for one in booth.person().chat() if one.message_id == message_id] == ["The menu"]


async def test_the_last_push_before_the_end_waits_for_the_one_that_is_on_its_way(booth: Booth) -> None:
    await booth.ann()
    async with booth.app.resources.database.write() as tx:
        await people.appoint(tx, ANN, admin=True)
        await notices.add(tx, "a", ANN, NoticeKind.ALERT, detail=AlertDetail(AlertKind.UNCONFIRMED))
    booth.telegram.faults.add(method="sendMessage", latency=LATE)

    async def stops() -> None:
        await booth.telegram.called("sendMessage", 2)
        await booth.app.front.pusher.push()
        assert await booth.app.shop.outbox.waiting() == 0

    async with asyncio.TaskGroup() as group:
        group.create_task(booth.app.front.pusher.push())
        group.create_task(stops())
