"""Where people stand: known at once, written down together, and there again after a restart."""

import sqlite3
from contextlib import closing

import pytest

from bot.domain.catalog import Place
from bot.domain.people import Person
from bot.faults import DatabaseFault
from bot.services.shop.whereabouts import Whereabouts
from tests.services.floor import ANN, BEN, Floor

HERE, THERE = Place(1, None, "countries of 1"), Place(2, 7, "price of 2 in 7")


@pytest.fixture
async def known(floor: Floor) -> Floor:
    for person_id, name in ((ANN, "Ann"), (BEN, "Ben")):
        assert isinstance(await floor.people.meet(person_id, name, "en"), Person)
    return floor


def after_a_restart(floor: Floor) -> Whereabouts:
    return Whereabouts(floor.database, floor.shop.processes)


async def test_everybodys_newest_place_is_written_down_and_found_after_a_restart(known: Floor) -> None:
    places = known.shop.whereabouts
    places.note(ANN, HERE)
    places.note(BEN, HERE)
    places.note(ANN, THERE)
    assert await places.last(ANN) == THERE.data
    await places.write()
    again = after_a_restart(known)
    assert [await again.last(ANN), await again.last(BEN)] == [THERE.data, HERE.data]


async def test_who_has_gone_back_to_a_menu_of_no_meaning_stands_nowhere_after_a_restart(known: Floor) -> None:
    places = known.shop.whereabouts
    places.note(ANN, HERE)
    await places.write()
    places.note(ANN, None)
    await places.write()
    assert await after_a_restart(known).last(ANN) is None


async def test_a_place_left_and_taken_again_before_it_was_written_is_written(known: Floor) -> None:
    places = known.shop.whereabouts
    places.note(ANN, HERE)
    places.note(ANN, None)
    places.note(ANN, HERE)
    await places.write()
    assert await after_a_restart(known).last(ANN) == HERE.data


async def test_who_is_not_written_down_keeps_nobody_elses_place_from_being_written(known: Floor) -> None:
    places = known.shop.whereabouts
    places.note(ANN, HERE)
    places.note(5, HERE)
    await places.write()
    again = after_a_restart(known)
    assert [await again.last(ANN), await again.last(5)] == [HERE.data, None]


async def test_what_could_not_be_written_is_known_meanwhile_and_written_later(known: Floor) -> None:
    places = known.shop.whereabouts
    places.note(ANN, HERE)
    file = known.database.url.removeprefix("sqlite+aiosqlite:///")
    with closing(sqlite3.connect(file, isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseFault):
            await places.write()
        stranger.execute("ROLLBACK")
    assert await places.last(ANN) == HERE.data
    await places.write()
    assert await after_a_restart(known).last(ANN) == HERE.data
