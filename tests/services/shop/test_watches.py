"""People wait for a pair: who is told, once, and what ends it otherwise."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.db import switches
from bot.db.telling import notices
from bot.domain.access import Standing
from bot.domain.details import Detail
from bot.domain.pausing import PauseCause
from bot.domain.refusals import Reason, Refusal, Step
from bot.domain.watches import LASTS, MOST, CameBack, Watch, WatchOver
from bot.services.safety.pause import PAUSED
from tests.services.floor import ADA, ANN, BEN, Floor, open_floor

A_MINUTE = 60


@pytest.fixture
async def crowd(floor: Floor) -> Floor:
    """Ann and Ben, and Telegram in Brazil is sold out."""
    await floor.people.meet(BEN, "Ben", "en")
    floor.director.sell_out("Telegram", "BR")
    return floor


async def begins(
    floor: Floor, person_id: int = ANN, high: int | None = None, country: str = "BR", service: str = "Telegram"
) -> Watch:
    sold = floor.pair(service, country)
    begun: Watch = (await floor.shop.watches.begin(person_id, sold[0].id, sold[1].id, high)).watch
    return begun


async def looks(floor: Floor, seconds: float = A_MINUTE) -> None:
    """So much later."""
    floor.clock.forward(seconds)
    await floor.shop.watching.look()


async def told(floor: Floor) -> list[tuple[int, Detail | None]]:
    """(person, detail) of every notice that is still to be sent, in the order of their causes."""
    async with floor.database.read() as tx:
        found = sorted(await notices.due(tx, 1_000), key=lambda one: one.id)
    return [(one.person_id, one.detail) for one in found]


async def waits(floor: Floor, person_id: int = ANN) -> list[int | None]:
    """The maxima of what somebody waits for."""
    return [one.high for one in (await floor.shop.watches.page(person_id, 0)).watches]


def reads(floor: Floor) -> int:
    return sum(one.path.startswith("/products") for one in floor.sandbox.record.requests)


async def test_who_waits_is_told_once_when_it_is_back_and_waits_no_more(crowd: Floor) -> None:
    begun = await begins(crowd)
    await looks(crowd)
    assert await told(crowd) == []
    crowd.director.restock("Telegram", "BR")
    await looks(crowd)
    await looks(crowd)
    ((person, detail),) = await told(crowd)
    assert person == ANN
    assert isinstance(detail, CameBack)
    assert (detail.pair, detail.price, detail.high, detail.silent) == (begun.pair, 100_000, None, False)
    assert detail.stock == 40 * 20
    assert await waits(crowd) == []


async def test_a_price_that_falls_to_exactly_the_maximum_is_what_was_waited_for(floor: Floor) -> None:
    await begins(floor, high=99_999)
    await floor.people.meet(BEN, "Ben", "en")
    await begins(floor, BEN, high=80_000)
    await looks(floor)
    floor.director.set_prices("Telegram", "BR", [Decimal("0.08"), Decimal("0.5")])
    await looks(floor)
    assert [(who, detail.price, detail.stock) for who, detail in await told(floor)] == [  # type: ignore[union-attr]
        (ANN, 80_000, 100),
        (BEN, 80_000, 100),
    ]


async def test_the_maximum_is_of_what_people_pay_with_the_markup_in_it(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path, migrated_file, markup_percent=50) as floor:
        await floor.opened()
        await begins(floor, high=120_000)
        floor.director.set_prices("Telegram", "BR", [Decimal("0.09")])
        await looks(floor)
        assert await told(floor) == []
        floor.director.set_prices("Telegram", "BR", [Decimal("0.08")])
        await looks(floor)
        ((_, detail),) = await told(floor)
        assert isinstance(detail, CameBack)
        assert detail.price == 120_000


async def test_all_who_wait_for_a_pair_share_one_request_a_minute(crowd: Floor) -> None:
    for person in range(1_000, 1_150):
        await crowd.people.meet(person, "Somebody", "en")
        await begins(crowd, person)
    before = reads(crowd)
    await looks(crowd)
    for _ in range(5):
        await looks(crowd, 10)
    assert reads(crowd) - before == 1
    crowd.director.restock("Telegram", "BR")
    await looks(crowd)
    assert reads(crowd) - before == 2
    assert len(await told(crowd)) == 150


async def test_a_tick_looks_at_a_few_pairs_and_the_next_one_goes_on_where_it_ended(floor: Floor) -> None:
    codes = [one.code for one in floor.catalog.countries.values() if one.code][:7]
    for code in codes:
        floor.director.sell_out("Telegram", code)
        await begins(floor, country=code)
    before = reads(floor)
    await looks(floor)
    assert reads(floor) - before == 5
    await looks(floor, 5)
    await looks(floor, 5)
    assert reads(floor) - before == 7


async def test_a_second_watch_on_a_pair_takes_the_place_of_the_first(crowd: Floor) -> None:
    await begins(crowd, high=50_000)
    await begins(crowd, high=70_000)
    await begins(crowd, high=None)
    assert await waits(crowd) == [None]


async def test_twenty_at_once_and_the_next_one_is_refused_with_the_way_to_the_list(floor: Floor) -> None:
    names = [one.name for one in floor.catalog.services.values()]
    for name in names[:MOST]:
        await begins(floor, service=name)
    with pytest.raises(Refusal) as caught:
        await begins(floor, service=names[MOST])
    assert (caught.value.facts.reason, caught.value.facts.step) == (Reason.TOO_MANY_WATCHES, Step.WATCHES)
    await begins(floor, service=names[0], high=70_000)
    (first, *_) = (await floor.shop.watches.page(ANN, 0)).watches
    assert await floor.shop.watches.stop(ANN, first.id) == first
    await begins(floor, service=names[MOST])


async def test_nobody_stops_what_somebody_else_waits_for_and_what_is_stopped_tells_nothing(crowd: Floor) -> None:
    begun = await begins(crowd)
    assert await crowd.shop.watches.stop(BEN, begun.id) is None
    assert await waits(crowd) == [None]
    await crowd.shop.watches.stop(ANN, begun.id)
    assert await crowd.shop.watches.stop(ANN, begun.id) is None
    crowd.director.restock("Telegram", "BR")
    await looks(crowd)
    assert await told(crowd) == []


async def test_in_quiet_hours_it_is_told_without_a_sound(crowd: Floor) -> None:
    minute = crowd.clock().hour * 60
    await crowd.shop.preferences.set(ANN, quiet_from=minute, quiet_until=(minute + 120) % 1440)
    await begins(crowd)
    await begins(crowd, BEN)
    crowd.director.restock("Telegram", "BR")
    await looks(crowd)
    silent = {who: detail.silent for who, detail in await told(crowd) if isinstance(detail, CameBack)}
    assert silent == {ANN: True, BEN: False}


async def test_prices_that_were_read_before_tell_nobody_anything_while_hidsim_is_down(floor: Floor) -> None:
    """They say that it can be bought, and are old."""
    service, country = floor.pair()
    assert (await floor.catalog.prices.offers(service, country)).offers
    await begins(floor)
    floor.director.down(True)
    for _ in range(3):
        await looks(floor)
    assert await told(floor) == []
    floor.director.down(False)
    await looks(floor, 400)
    assert [who for who, _ in await told(floor)] == [ANN]


async def test_while_nobody_may_buy_nothing_is_looked_for_and_what_is_there_afterwards_is_told(crowd: Floor) -> None:
    await begins(crowd)
    crowd.director.restock("Telegram", "BR")
    async with crowd.database.write() as tx:
        await switches.put(tx, PAUSED, PauseCause.ADMIN)
    before = reads(crowd)
    await looks(crowd)
    assert (await told(crowd), reads(crowd)) == ([], before)
    async with crowd.database.write() as tx:
        await switches.clear(tx, PAUSED)
    await looks(crowd)
    assert [who for who, _ in await told(crowd)] == [ANN]


async def test_for_people_out_of_reach_or_kept_out_hidsim_is_asked_nothing(crowd: Floor) -> None:
    await begins(crowd)
    await begins(crowd, BEN)
    await crowd.people.left(ANN)
    await crowd.people.decide(ADA, BEN, Standing.BLOCKED)
    before = reads(crowd)
    await looks(crowd)
    assert reads(crowd) == before
    await crowd.people.came_back(ANN)
    await looks(crowd)
    assert reads(crowd) == before + 1


async def test_a_pair_that_can_not_be_read_keeps_no_other_one_from_being_looked_at(crowd: Floor) -> None:
    await begins(crowd)
    await begins(crowd, country="RU")
    broken = crowd.pair()[1].hidsim_id
    crowd.director.fault(broken, status=500, times=None)
    crowd.director.restock("Telegram", "RU")
    await looks(crowd)
    await looks(crowd, 10)
    assert [detail.pair.country_code for _, detail in await told(crowd) if isinstance(detail, CameBack)] == ["RU"]
    assert await waits(crowd) == [None]


async def test_who_blocks_the_bot_waits_on_and_who_is_blocked_hears_nothing(crowd: Floor) -> None:
    await begins(crowd)
    await begins(crowd, BEN)
    await crowd.people.left(ANN)
    await crowd.people.decide(ADA, BEN, Standing.BLOCKED)
    crowd.director.restock("Telegram", "BR")
    await looks(crowd)
    assert await told(crowd) == []
    assert (await waits(crowd, ANN), await waits(crowd, BEN)) == ([None], [])
    await crowd.people.came_back(ANN)
    await looks(crowd)
    assert [who for who, _ in await told(crowd)] == [ANN]


async def test_after_seven_days_it_ends_with_a_message_and_a_day_later_nothing_is_left_of_it(crowd: Floor) -> None:
    begun = await begins(crowd, high=50_000)
    crowd.clock.forward(LASTS.total_seconds() - 1)
    await crowd.shop.watching.end_due()
    assert await told(crowd) == []
    crowd.clock.forward(1)
    await crowd.shop.watching.end_due()
    await crowd.shop.watching.end_due()
    assert await told(crowd) == [(ANN, WatchOver(begun.pair, 50_000, "USD"))]
    assert await rows(crowd) == 1
    crowd.clock.forward(timedelta(days=1).total_seconds())
    await crowd.shop.watching.end_due()
    assert await rows(crowd) == 0


async def rows(floor: Floor) -> int:
    async with floor.database.read() as tx:
        return int((await tx.connection.execute(text("SELECT count(*) FROM watches"))).scalar_one())


async def test_a_clock_that_is_set_back_makes_nobody_wait_until_that_time_comes_again(crowd: Floor) -> None:
    await begins(crowd)
    await looks(crowd)
    crowd.clock.set_by(-86_400)
    crowd.director.restock("Telegram", "BR")
    await looks(crowd, 1)
    assert [who for who, _ in await told(crowd)] == [ANN]


async def test_two_that_look_at_once_ask_once_and_tell_once(crowd: Floor) -> None:
    await begins(crowd)
    crowd.director.restock("Telegram", "BR")
    crowd.clock.forward(A_MINUTE)
    before = reads(crowd)
    await asyncio.gather(crowd.shop.watching.look(), crowd.shop.watching.look())
    assert reads(crowd) - before == 1
    assert len(await told(crowd)) == 1


async def test_what_is_not_sold_any_more_ends_with_a_message_and_asks_hidsim_nothing(
    tmp_path: Path, migrated_file: Path
) -> None:
    async with open_floor(tmp_path, migrated_file) as floor:
        begun = await begins(await floor.opened())
    async with open_floor(tmp_path / "again", tmp_path / "bot.db", denied_services="Telegram") as floor:
        await floor.opened()
        before = reads(floor)
        await looks(floor)
        assert reads(floor) == before
        assert await told(floor) == [(ANN, WatchOver(begun.pair, None, "USD", sold=False))]
        assert await waits(floor) == []


async def test_with_their_data_goes_what_somebody_waited_for_and_what_was_told_of_it(crowd: Floor) -> None:
    ann = await crowd.people.meet(ANN, "Ann", "en")
    assert ann is not None
    await begins(crowd)
    await begins(crowd, country="RU")
    crowd.director.restock("Telegram", "BR")
    await looks(crowd)
    await crowd.shop.forgetting.forget(ann)
    async with crowd.database.read() as tx:
        left = await tx.connection.execute(
            text("SELECT (SELECT count(*) FROM watches) + (SELECT count(*) FROM notices)")
        )
        assert left.scalar_one() == 0


@pytest.fixture
async def many(floor: Floor) -> Floor:
    """10,000 watches of 500 people, on 480 pairs."""
    async with floor.database.write() as tx:
        for one in (
            """INSERT INTO people (id, name, standing, first_seen_at)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
            SELECT 10000 + i, 'P', 'unknown', 0 FROM n""",
            """INSERT INTO watches (person_id, service_id, country_id, high, created_at, expires_at, looked_at)
            SELECT p.id, s.id, c.id, 1, 0, 4000000000000000, 0 FROM people p JOIN services s JOIN countries c
            WHERE p.id > 10000 AND (p.id + s.id * 7 + c.id * 13) % 24 = 0""",
        ):
            await tx.connection.execute(text(one))
    return floor


async def test_ten_thousand_watches_of_five_hundred_people_cost_five_requests_a_tick(many: Floor) -> None:
    assert await rows(many) >= 10_000
    before = reads(many)
    await looks(many)
    assert reads(many) - before == 5
