"""What each message is sent for, which is its place in the line of all messages."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.db.orders import orders
from bot.db.telling import notices
from bot.domain.notices import NoticeKind
from bot.domain.orders import OrderState
from bot.telegram.send_pacing import errand
from bot.telegram.send_queue import Errand
from tests.services.floor import ANN, BEN
from tests.telegram.booth import Booth, bots, open_booth
from tests.telegram.test_push import alert, card_behind, code, met


@pytest.fixture
async def closed(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Booth]:
    async with open_booth(tmp_path, migrated_file, access="closed") as booth:
        yield booth


def noted(booth: Booth) -> list[tuple[int, Errand]]:
    """The chat and the errand of each message that is sent from here on."""
    seen: list[tuple[int, Errand]] = []

    async def notes(make_request: Any, bot: Any, method: Any) -> Any:
        if method.__api_method__ == "sendMessage":
            seen.append((method.chat_id, errand.get()))
        return await make_request(bot, method)

    booth.app.front.bot.session.middleware(notes)
    return seen


async def number(booth: Booth, person_id: int) -> None:
    """One that waits to be told, without an SMS."""
    await card_behind(booth, person_id)
    async with booth.app.resources.database.write() as tx:
        (order,) = await orders.of_person(tx, person_id, in_progress=True, limit=9)
        await orders.move(tx, order, replace(order, state=OrderState.PENDING, number="5511912345678"))
        await notices.add(tx, f"n{person_id}", person_id, NoticeKind.NUMBER, order_id=order.id)


async def test_a_code_goes_first_a_number_like_an_answer_and_an_alert_as_news(booth: Booth) -> None:
    cat = 300
    await met(booth, ANN, BEN, cat)
    await code(booth, ANN)
    await number(booth, BEN)
    await alert(booth, "a", cat)
    seen = noted(booth)
    assert await booth.app.front.pusher.push() == 3
    assert sorted(seen) == [(ANN, Errand.CODE), (BEN, Errand.ANSWER), (cat, Errand.NEWS)]


async def test_a_person_who_asked_has_an_answer(booth: Booth) -> None:
    ann = await booth.ann()
    seen = noted(booth)
    await ann.say("/menu")
    await booth.hears()
    assert seen == [(ANN, Errand.ANSWER)]


async def test_what_strangers_read_goes_behind_all_that_people_wait_for(closed: Booth) -> None:
    seen = noted(closed)
    ann = closed.person()
    await ann.start()
    await closed.hears()
    await closed.app.resources.nursery.drain(5)
    assert len(bots(ann)) == 1
    assert seen == [(ANN, Errand.NEWS)]
