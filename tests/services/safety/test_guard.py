"""The account guard over a real database: what it counts, what it does, and that nothing makes it do it twice."""

from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.app import terms_of
from bot.db import audit
from bot.domain.acts import Act
from bot.domain.guarding import FEWEST, GuardLevel
from bot.domain.orders import OrderState
from bot.domain.pausing import PauseCause
from bot.domain.refusals import Reason, Refusal
from bot.facts.shop import PriceFacts
from bot.shop import build
from tests.services.floor import ADA, ANN, BEN, Floor, open_floor, settings_for

_numbers = count()
_OTHERS = 4_242
"""Whose orders the shop's past is made of: they are in nobody's way."""
_PERSON = "INSERT OR IGNORE INTO people (id, name, standing, first_seen_at) VALUES (:person, 'Others', 'allowed', 0)"
_ORDER = """INSERT INTO orders (person_id, nonce, service_id, country_id, window_low, window_high, currency, held,
    state, revision, close_wanted, placed_at, finished_at)
    VALUES (:person, :nonce, 1, 1, 1, 1, 'USD', 0, :state, 1, 0, :placed, :finished)"""
CODE, CLOSED, NO_CODE = OrderState.COMPLETED, OrderState.USER_REFUNDED, OrderState.SYSTEM_REFUNDED


async def ended(floor: Floor, state: OrderState, many: int, placed_before: timedelta = timedelta(minutes=5)) -> None:
    """So many orders that ended this very moment."""
    async with floor.database.write() as tx:
        now = int(tx.now.timestamp() * 1_000_000)
        placed = now - int(placed_before.total_seconds() * 1_000_000)
        rows = [
            {"person": _OTHERS, "nonce": f"e{next(_numbers)}", "state": state.value, "placed": placed, "finished": now}
            for _ in range(many)
        ]
        await tx.connection.execute(text(_PERSON), {"person": _OTHERS})
        await tx.connection.execute(text(_ORDER), rows)


async def why_paused(floor: Floor) -> PauseCause | None:
    paused = await floor.shop.pause.why_paused(ADA)
    return None if paused is None else paused.why


async def level(floor: Floor) -> GuardLevel:
    return (await floor.shop.guard.seen(ADA)).level


async def alerts(floor: Floor) -> list[str]:
    """What was told, in order."""
    async with floor.database.read() as tx:
        rows = await tx.connection.execute(text("SELECT detail ->> 'what' FROM notices WHERE kind = 'alert'"))
        return list(rows.scalars())


async def refused(floor: Floor, person_id: int, nonce: str) -> Any:
    with pytest.raises(Refusal) as caught:
        await floor.checkout.buy(person_id, floor.wish(nonce=nonce))
    return caught.value.facts


async def test_an_account_that_does_badly_is_warned_about_once_and_once_that_it_is_over(floor: Floor) -> None:
    await ended(floor, CODE, 24)
    await ended(floor, CLOSED, 27)
    for _ in range(3):
        await floor.shop.guard.watch()
    assert (await level(floor), await alerts(floor)) == (GuardLevel.WARNING, ["guard-warns"])
    await ended(floor, CODE, 6)
    await floor.shop.guard.watch()
    assert await level(floor) is GuardLevel.WARNING
    await ended(floor, CODE, 10)
    for _ in range(3):
        await floor.shop.guard.watch()
    assert (await level(floor), await alerts(floor)) == (GuardLevel.CALM, ["guard-warns", "guard-eased"])


async def test_what_changes_is_in_the_audit_with_before_and_after_and_the_figures(floor: Floor) -> None:
    await ended(floor, CODE, 18)
    await ended(floor, NO_CODE, 32)
    await floor.shop.guard.watch()
    async with floor.database.read() as tx:
        rows = await tx.connection.execute(text("SELECT id FROM audit WHERE act = 'guard.level'"))
        entry = await audit.get(tx, rows.scalar_one())
    assert entry is not None
    assert entry.detail == {"before": "calm", "after": "warning", "ended": 50, "success": 36, "closes": 0}


async def test_fewer_than_fifty_are_no_reason_however_bad_they_are(floor: Floor) -> None:
    await ended(floor, CLOSED, FEWEST - 1)
    await floor.shop.guard.watch()
    assert (await level(floor), await alerts(floor)) == (GuardLevel.CALM, [])
    await ended(floor, CLOSED, 1)
    await floor.shop.guard.watch()
    assert (await level(floor), await alerts(floor)) == (GuardLevel.PAUSED, ["paused-guard"])
    assert (await refused(floor, ANN, "n9")).reason is Reason.BUYING_PAUSED


async def test_orders_that_never_had_a_number_are_not_counted(floor: Floor) -> None:
    for state in (OrderState.REFUSED, OrderState.NO_NUMBER_REFUNDED, OrderState.RELEASED, OrderState.NOT_BOUGHT):
        await ended(floor, state, 60)
    await ended(floor, CODE, 3)
    assert (await floor.shop.guard.seen(ADA)).sample.ended == 3


async def test_the_last_two_hundred_of_a_day_count(floor: Floor) -> None:
    await ended(floor, CLOSED, 300)
    floor.clock.forward(60)
    await ended(floor, CODE, 150)
    sample = (await floor.shop.guard.seen(ADA)).sample
    assert (sample.ended, sample.codes, sample.closed) == (200, 150, 50)
    floor.clock.forward(24 * 3600 - 30)
    sample = (await floor.shop.guard.seen(ADA)).sample
    assert (sample.ended, sample.codes, sample.closed) == (150, 150, 0)
    floor.clock.forward(60)
    assert (await floor.shop.guard.seen(ADA)).sample.ended == 0


async def slowed(floor: Floor) -> None:
    await floor.people.meet(BEN, "Ben", "en")
    await ended(floor, CODE, 15)
    await ended(floor, CLOSED, 35)
    await floor.shop.guard.watch()
    assert await level(floor) is GuardLevel.SLOW
    floor.clock.forward(600)


async def test_while_it_is_slow_everybody_together_buys_one_number_in_twenty_seconds(floor: Floor) -> None:
    await slowed(floor)
    await floor.bought(ANN, "n1")
    floor.clock.forward(5)
    facts = await refused(floor, BEN, "n2")
    assert (facts.reason, facts.wait) == (Reason.BUYING_SLOWED, 15)
    async with floor.database.read() as tx:
        assert (await tx.connection.execute(text("SELECT COUNT(*) FROM orders WHERE nonce = 'n2'"))).scalar_one() == 0
    floor.clock.forward(15)
    assert (await floor.bought(BEN, "n2")).state is OrderState.CREATING


async def test_the_price_screen_knows_before_the_tap_and_that_the_time_has_come(floor: Floor) -> None:
    await slowed(floor)
    service, country = floor.pair()
    await floor.bought(ANN, "n1")
    facts = await floor.pricing.facts(BEN, service.id, country.id, None)
    assert isinstance(facts, PriceFacts)
    assert facts.obstacle is not None
    assert (facts.obstacle.why.reason, facts.obstacle.why.wait) == (Reason.BUYING_SLOWED, 20)
    floor.clock.forward(20)
    facts = await floor.pricing.facts(BEN, service.id, country.id, None)
    assert isinstance(facts, PriceFacts)
    assert facts.obstacle is None


async def test_a_second_tap_on_the_same_button_gets_its_order_and_no_refusal(floor: Floor) -> None:
    await slowed(floor)
    first = await floor.bought(ANN, "n1")
    assert (await floor.checkout.buy(ANN, floor.wish(nonce="n1"))).id == first.id


async def test_a_clock_that_is_set_back_keeps_nobody_waiting_longer(floor: Floor) -> None:
    await slowed(floor)
    await floor.bought(ANN, "n1")
    floor.clock.set_by(-3600)
    assert (await floor.bought(BEN, "n2")).state is OrderState.CREATING


async def test_a_restart_and_another_process_go_on_at_the_same_level(floor: Floor, tmp_path: Path) -> None:
    await slowed(floor)
    again = build(floor.resources, terms_of(settings_for(tmp_path, "http://127.0.0.1:9")))
    await again.guard.watch()
    assert (await again.guard.seen(ADA)).level is GuardLevel.SLOW
    assert await alerts(floor) == ["guard-slows"]


async def paused(floor: Floor) -> None:
    await ended(floor, CLOSED, 60)
    await floor.shop.guard.watch()
    assert await why_paused(floor) is PauseCause.GUARD


async def test_a_resumed_shop_counts_anew_and_is_not_stopped_by_what_was_bought_before(floor: Floor) -> None:
    await paused(floor)
    floor.clock.forward(60)
    await floor.shop.pause.steer(ADA, paused=False)
    await floor.shop.guard.watch()
    assert (await level(floor), await alerts(floor)) == (GuardLevel.CALM, ["paused-guard"])
    floor.clock.forward(60)
    await ended(floor, CLOSED, 60)  # bought before the pause
    await floor.shop.guard.watch()
    assert await level(floor) is GuardLevel.CALM
    floor.clock.forward(600)
    await ended(floor, CLOSED, 50)
    await floor.shop.guard.watch()
    assert (await level(floor), await alerts(floor)) == (GuardLevel.PAUSED, ["paused-guard", "paused-guard"])


async def test_a_clock_that_is_set_back_behind_the_last_resume_leaves_the_guard_awake(floor: Floor) -> None:
    await paused(floor)
    floor.clock.forward(60)
    await floor.shop.pause.steer(ADA, paused=False)
    await floor.shop.guard.watch()
    floor.clock.set_by(-3 * 86_400)
    await floor.shop.guard.watch()
    assert await level(floor) is GuardLevel.CALM
    await ended(floor, CLOSED, 60)
    await floor.shop.guard.watch()
    assert await level(floor) is GuardLevel.PAUSED


async def test_only_an_admin_ends_the_guards_pause_however_long_nothing_is_bought(floor: Floor) -> None:
    await paused(floor)
    floor.clock.forward(3 * 24 * 3600)
    await floor.shop.guard.watch()
    assert await why_paused(floor) is PauseCause.GUARD
    assert await alerts(floor) == ["paused-guard"]


async def test_a_pause_of_an_admins_stays_theirs_and_the_guard_only_warns_once(floor: Floor) -> None:
    await floor.shop.pause.steer(ADA, paused=True)
    await ended(floor, CLOSED, 60)
    for _ in range(3):
        await floor.shop.guard.watch()
    assert await why_paused(floor) is PauseCause.ADMIN
    assert await alerts(floor) == ["guard-warns"]


async def test_a_level_does_not_stay_when_the_day_of_its_orders_is_over(floor: Floor) -> None:
    """Else a slow shop that nobody visits at night would be slow for ever."""
    await slowed(floor)
    floor.clock.forward(24 * 3600)
    await floor.shop.guard.watch()
    assert (await level(floor), await alerts(floor)) == (GuardLevel.CALM, ["guard-slows", "guard-eased"])


async def test_a_guard_that_is_off_does_nothing_and_lets_go(tmp_path: Path, migrated_file: Path) -> None:
    off: dict[str, Any] = {"guard_success_percent": "off", "guard_closes_percent": "off"}
    async with open_floor(tmp_path, migrated_file, **off) as floor:
        await floor.opened()
        await ended(floor, CLOSED, 200)
        await floor.shop.guard.watch()
        assert (await level(floor), await alerts(floor)) == (GuardLevel.CALM, [])


async def test_real_closes_and_codes_are_what_it_counts(floor: Floor) -> None:
    order = await floor.pending(nonce="n1")
    floor.clock.forward(180)
    await floor.closing.close(ANN, order.id)
    floor.director.queue_story("quick")
    order = await floor.bought(nonce="n2")
    floor.clock.forward(300)
    await floor.own_orders.refresh(ANN, order.id)
    sample = (await floor.shop.guard.seen(ADA)).sample
    assert (sample.ended, sample.codes, sample.closed) == (2, 1, 1)


async def test_the_last_resume_is_what_counts(floor: Floor) -> None:
    async with floor.database.read() as tx:
        assert await audit.last(tx, Act.BUYING_RESUMED, "admin") is None
    for _ in range(2):
        floor.clock.forward(60)
        await floor.shop.pause.steer(ADA, paused=True)
        await floor.shop.pause.steer(ADA, paused=False)
    async with floor.database.read() as tx:
        assert await audit.last(tx, Act.BUYING_RESUMED, "admin") == tx.now
        assert await audit.last(tx, Act.BUYING_RESUMED, "guard") is None


async def test_a_resume_of_another_pause_forgives_the_account_nothing(floor: Floor) -> None:
    await ended(floor, CODE, 24)
    await ended(floor, CLOSED, 27)
    await floor.shop.guard.watch()
    await floor.shop.pause.steer(ADA, paused=True)
    await floor.shop.pause.steer(ADA, paused=False)
    await floor.shop.guard.watch()
    assert (await level(floor), await alerts(floor)) == (GuardLevel.WARNING, ["guard-warns"])


async def test_what_became_too_bad_behind_an_admins_pause_pauses_when_they_resume_it(floor: Floor) -> None:
    await floor.shop.pause.steer(ADA, paused=True)
    await ended(floor, CLOSED, 60)
    await floor.shop.guard.watch()
    await floor.shop.pause.steer(ADA, paused=False)
    for _ in range(2):
        await floor.shop.guard.watch()
    assert await why_paused(floor) is PauseCause.GUARD
    assert await alerts(floor) == ["guard-warns", "paused-guard"]
    floor.clock.forward(60)
    await floor.shop.pause.steer(ADA, paused=False)
    await floor.shop.guard.watch()
    assert (await why_paused(floor), await level(floor)) == (None, GuardLevel.CALM)
