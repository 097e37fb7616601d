"""Own results out of the database: which orders count, which are too old, and for how long they are remembered."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from bot.db import schema
from bot.domain.orders import OrderState as S
from bot.domain.results import Result
from tests.services.floor import ANN, BEN, Floor

CAT = 300
PEOPLE = (ANN, BEN, CAT)
_BACK = timedelta(hours=1)


async def ended(floor: Floor, state: S, number: int = 1, **given: Any) -> None:
    """So many orders of three people in turn. `took`: seconds from the number; `ago`: since when they have ended."""
    country, service = min(floor.catalog.countries), min(floor.catalog.services)
    took, ago = given.pop("took", 300.0), given.pop("ago", _BACK)
    people, nonce = given.pop("people", PEOPLE), f"{state.value[:6]}{took:g}{ago.total_seconds():g}"[:12]
    finished = floor.clock() - ago
    came = finished - timedelta(seconds=took)
    rows = [
        {
            "person_id": people[one % len(people)],
            "nonce": f"{nonce}{one}",
            "service_id": service,
            "country_id": country,
            "window_low": 1,
            "window_high": 9,
            "currency": "USD",
            "held": 9,
            "state": state.value,
            "revision": 1,
            "placed_at": came - timedelta(seconds=3),
            "number_at": came,
            "finished_at": finished,
            "close_wanted": False,
        }
        | given
        for one in range(number)
    ]
    async with floor.database.write() as tx:
        await tx.connection.execute(insert(schema.orders), rows)


async def result(floor: Floor) -> Result | None:
    found = await floor.shop.results.of(min(floor.catalog.services))
    return found.get(min(floor.catalog.countries))


@pytest.fixture(autouse=True)
async def everybody(floor: Floor) -> None:
    for person_id, name in ((BEN, "Ben"), (CAT, "Cat")):
        await floor.people.meet(person_id, name, "en")


async def test_a_number_that_came_counts_by_its_code(floor: Floor) -> None:
    await ended(floor, S.COMPLETED, 5, took=40)
    await ended(floor, S.SYSTEM_REFUNDED, 2)
    await ended(floor, S.USER_REFUNDED, 2)
    assert await result(floor) == Result(5, 9, timedelta(seconds=40))


async def test_what_says_nothing_about_the_numbers_does_not_count(floor: Floor) -> None:
    await ended(floor, S.COMPLETED, 8, took=40)
    await ended(floor, S.USER_REFUNDED, 9, took=20)  # given back before a code could come
    await ended(floor, S.REFUSED, 9, number_at=None)
    await ended(floor, S.NO_NUMBER_REFUNDED, 9, number_at=None)
    await ended(floor, S.PENDING, 9, finished_at=None)
    await ended(floor, S.BOUGHT, 9)
    assert await result(floor) == Result(8, 8, timedelta(seconds=40))


async def test_a_number_that_may_be_of_any_of_several_countries_counts_for_none(floor: Floor) -> None:
    await ended(floor, S.COMPLETED, 8, took=40)
    await ended(floor, S.SYSTEM_REFUNDED, 30, country_known=False)
    assert await result(floor) == Result(8, 8, timedelta(seconds=40))


async def test_a_number_that_the_service_did_not_take_counts_however_soon(floor: Floor) -> None:
    await ended(floor, S.COMPLETED, 8, took=40)
    await ended(floor, S.USER_REFUNDED, 2, took=20, turned_down_at=floor.clock())
    found = await result(floor)
    assert found is not None
    assert (found.codes, found.ended) == (8, 10)


async def test_only_the_last_thirty_of_the_last_thirty_days_count(floor: Floor) -> None:
    await ended(floor, S.SYSTEM_REFUNDED, 40, ago=timedelta(days=29))
    await ended(floor, S.COMPLETED, 29, took=10)
    found = await result(floor)
    assert found is not None
    assert (found.codes, found.ended) == (29, 30)


async def test_what_ended_longer_ago_or_by_a_clock_that_was_set_back_is_no_result(floor: Floor) -> None:
    await ended(floor, S.COMPLETED, 9, ago=timedelta(days=31))
    await ended(floor, S.COMPLETED, 9, ago=-timedelta(days=1))
    assert await result(floor) is None


async def test_two_people_are_too_few_however_much_they_buy(floor: Floor) -> None:
    await ended(floor, S.COMPLETED, 30, people=(ANN, BEN))
    assert await result(floor) is None


async def test_results_are_remembered_for_a_minute(floor: Floor) -> None:
    assert await result(floor) is None
    await ended(floor, S.COMPLETED, 8)
    assert await result(floor) is None
    floor.clock.forward(61)
    assert await result(floor) == Result(8, 8, timedelta(seconds=300))
