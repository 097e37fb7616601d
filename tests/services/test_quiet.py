"""Ticks that find nothing cost nothing, and miss nothing."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.db.processes import beat
from bot.db.telling import notices
from bot.domain.cards import Card, CardRole
from bot.domain.notices import NoticeKind
from tests.services.floor import ANN, Floor, open_floor


@pytest.fixture
async def among_others(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Floor]:
    """A floor whose database other processes may use, too."""
    async with open_floor(tmp_path / "others", migrated_file) as floor:
        floor.shop.processes.alone = False
        yield await floor.opened()


@contextmanager
def statements(floor: Floor) -> Iterator[list[str]]:
    """What is asked of the database, glances among it."""
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        said.append(sql)

    assert floor.database._glances is not None
    engines = (floor.database._engine.sync_engine, floor.database._glances.engine)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", listen)
    yield said
    for engine in engines:
        event.remove(engine, "before_cursor_execute", listen)


async def add(floor: Floor, key: str, person_id: int = ANN) -> None:
    async with floor.database.write() as tx:
        await notices.add(tx, key, person_id, NoticeKind.ALERT)


async def looks(floor: Floor) -> None:
    assert await floor.outbox.claim(20) == []
    assert await floor.outbox.cards.behind(20) == []


async def test_after_a_look_that_found_nothing_ticks_ask_nothing(floor: Floor) -> None:
    await looks(floor)
    with statements(floor) as said:
        for _ in range(15):
            await looks(floor)
    assert said == []


async def test_what_is_written_is_found_by_the_next_look(floor: Floor) -> None:
    order = await floor.bought()
    for number in range(3):
        await looks(floor)
        await add(floor, f"a{number}")
        (found,) = await floor.outbox.claim(20)
        await floor.outbox.done(found, None)
    await looks(floor)
    await floor.outbox.cards.shows(ANN, 40, Card(ANN, 40, order.id, order.revision - 1, CardRole.VIEW))
    assert [one.card.message_id for one in await floor.outbox.cards.behind(20)] == [40]


async def test_what_waits_for_its_time_is_looked_for(floor: Floor) -> None:
    await add(floor, "a")
    (telling,) = await floor.outbox.claim(20)
    await floor.outbox.postpone(telling.notice, 30)
    for _ in range(5):
        assert await floor.outbox.claim(20) == []
    floor.clock.forward(30)
    assert len(await floor.outbox.claim(20)) == 1


async def test_an_order_that_moves_is_found_after_a_quiet_time(floor: Floor) -> None:
    order = await floor.pending()
    (number,) = await floor.outbox.claim(20)
    await floor.outbox.done(number, 50)
    await looks(floor)
    floor.director.code_now()
    await floor.own_orders.refresh(ANN, order.id)
    assert [one.card.message_id for one in await floor.outbox.cards.behind(20)] == [50]
    assert [one.notice.kind for one in await floor.outbox.claim(20)] == [NoticeKind.CODE]


async def test_what_waits_for_somebody_out_of_reach_ends_no_quiet_and_is_found_when_they_are_back(floor: Floor) -> None:
    order = await floor.bought()
    await floor.outbox.cards.shows(ANN, 40, Card(ANN, 40, order.id, order.revision - 1, CardRole.VIEW))
    await add(floor, "a")
    await floor.people.left(ANN)
    await looks(floor)
    with statements(floor) as said:
        for _ in range(15):
            await looks(floor)
    assert said == []
    await floor.people.came_back(ANN)
    assert [one.card.message_id for one in await floor.outbox.cards.behind(20)] == [40]
    assert [one.notice.key for one in await floor.outbox.claim(20)] == ["a"]


async def test_who_comes_back_rings_for_what_waited_for_them(floor: Floor) -> None:
    rung: list[int] = []
    await floor.people.left(ANN)
    floor.outbox.when_written(lambda: rung.append(1))
    await floor.people.came_back(ANN)
    assert rung == [1]


async def test_what_came_past_all_doors_is_found_after_some_looks(floor: Floor) -> None:
    await looks(floor)
    async with floor.database.write() as tx:
        await notices.add(tx, "a", ANN, NoticeKind.ALERT)
        tx._written.clear()
    found = 0
    for _ in range(25):
        found += len(await floor.outbox.claim(20))
    assert found == 1


async def test_where_other_processes_write_every_tick_looks(among_others: Floor) -> None:
    floor = among_others
    async with floor.database.write() as tx:
        await beat(tx, 7)
    await looks(floor)
    with statements(floor) as said:
        await looks(floor)
    assert len(said) == 2


async def test_a_claim_of_many_asks_no_more_than_a_claim_of_one(floor: Floor) -> None:
    asked = []
    for people in (range(300, 301), range(400, 430)):
        for person_id in people:
            await add(floor, f"a{person_id}", person_id)
        with statements(floor) as said:
            claimed = await floor.outbox.claim(40)
        assert [one.notice.person_id for one in claimed] == list(people)
        asked.append(len(said))
    assert asked[0] == asked[1]
