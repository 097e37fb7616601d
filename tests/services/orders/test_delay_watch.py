"""Codes that wait too long at HidSim: told when it stays so, and when it is over."""

from bot.db import incidents
from bot.domain.alerts import AlertKind, Delay
from bot.services.orders.delay_watch import DelayWatch
from bot.services.people.staff import Staff
from bot.services.telling.incidents import Incidents
from bot.services.telling.verdicts import Verdicts
from tests.services.floor import ADMIN, Floor


def watching(floor: Floor, bound: float = 30.0) -> DelayWatch:
    return DelayWatch(floor.shop.tracked, Verdicts(floor.database, Incidents(Staff([ADMIN]))), bound)


async def looks(floor: Floor, watch: DelayWatch, seconds: float) -> None:
    for _ in range(int(seconds // 15)):
        floor.clock.forward(15)
        await watch.look()


async def test_what_the_settings_switch_off_ends_without_a_word(floor: Floor) -> None:
    async with floor.database.write() as tx:
        await floor.shop.incidents.begin(tx, AlertKind.SLOW_CODES, facts=Delay(60))
    await looks(floor, watching(floor, 0), 30)
    assert await floor.alerted() == ["codes-slow"]
    assert await floor.outbox.claim(20) == []
    async with floor.database.read() as tx:
        assert await incidents.going_on(tx) == []


async def asked(floor: Floor) -> None:
    """An order is asked about, and HidSim answers."""
    floor.clock.forward(2)
    await floor.shop.tracked.catch_up()
    schedule, now = floor.shop.tracked.schedule, floor.clock.monotonic()
    order_id = schedule.take(now, 10)
    assert order_id is not None
    schedule.answered(order_id, now)


async def test_orders_that_nobody_asks_about_make_an_incident_that_ends_with_the_asks(floor: Floor) -> None:
    watch = watching(floor)
    await floor.pending()
    await asked(floor)
    await looks(floor, watch, 30)
    assert await floor.alerted() == []
    await looks(floor, watch, 90)
    assert await floor.alerted() == ["codes-slow"]
    for _ in range(6):
        await asked(floor)
        await looks(floor, watch, 15)
    assert await floor.alerted() == ["codes-slow", "over codes-slow"]


async def test_a_bound_of_nothing_switches_it_off(floor: Floor) -> None:
    watch = watching(floor, 0)
    await floor.pending()
    await asked(floor)
    await looks(floor, watch, 300)
    assert await floor.alerted() == []
