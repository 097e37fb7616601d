"""The pairs of a person's last orders, as far as they are still sold."""

import pytest

from bot.db.database import Tx
from bot.db.orders import orders
from bot.db.shop import catalog
from bot.facts.shop import RecentPair
from tests.db.fresh import altered, wanted
from tests.services.floor import ANN, BEN, Floor

Pair = tuple[int, int]


@pytest.fixture
async def pairs(floor: Floor) -> list[Pair]:
    """Three pairs that are sold, of which Ann ordered the first one twice, and last."""
    services, countries = sorted(floor.catalog.services), sorted(floor.catalog.countries)
    found = list(zip(services[:3], countries[:3], strict=True))
    async with floor.database.write() as tx:
        for number, (service, country) in enumerate([found[0], found[1], found[2], found[0]]):
            await _ordered(tx, f"n{number}", service, country)
    return found


async def _ordered(tx: Tx, nonce: str, service: int, country: int) -> None:
    order_id = await orders.add(tx, wanted(ANN, nonce))
    assert order_id is not None
    await altered(tx, order_id, service_id=service, country_id=country)


def pair(floor: Floor, one: Pair) -> RecentPair:
    return RecentPair(floor.catalog.services[one[0]], floor.catalog.countries[one[1]])


async def test_the_newest_pairs_come_first_each_once(floor: Floor, pairs: list[Pair]) -> None:
    expected = tuple(pair(floor, one) for one in (pairs[0], pairs[2], pairs[1]))
    assert await floor.shop.recent_pairs.of(ANN) == expected[:2]
    assert await floor.shop.recent_pairs.of(ANN, 8) == expected
    assert await floor.shop.recent_pairs.of(BEN) == ()


async def test_what_is_not_sold_any_more_is_left_out(floor: Floor, pairs: list[Pair]) -> None:
    gone = floor.catalog.services[pairs[0][0]]
    async with floor.database.write() as tx:
        await catalog.services_gone(tx, [gone.hidsim_id])
    await floor.catalog.load()
    assert await floor.shop.recent_pairs.of(ANN) == (pair(floor, pairs[2]), pair(floor, pairs[1]))


async def test_an_order_of_which_nobody_knows_the_country_names_no_pair(floor: Floor, pairs: list[Pair]) -> None:
    service, country = pairs[1]
    async with floor.database.write() as tx:
        await _ordered(tx, "n9", service, country)
        newest = await orders.by_nonce(tx, ANN, "n9")
        assert newest is not None
        await altered(tx, newest.id, country_known=False)
    expected = tuple(pair(floor, one) for one in (pairs[0], pairs[2], pairs[1]))
    assert await floor.shop.recent_pairs.of(ANN, 8) == expected
