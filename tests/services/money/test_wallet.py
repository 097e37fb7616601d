"""What a person may still spend: a daily limit, or credit; and what a purchase does to it."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.db.money import books
from bot.domain import ledger
from bot.domain.limits import LimitKind, OwnLimits
from bot.domain.orders import Order, OrderState
from bot.domain.people import Purse
from bot.domain.price_window import Window
from bot.domain.refusals import Reason, Refusal, RefusalFacts
from bot.facts.shop import PriceFacts
from tests.db.fresh import altered
from tests.services.floor import ADA, ADMIN, ANN, BEN, Floor, open_floor

WALLET, HELD = ledger.wallet(ANN), ledger.held(ANN)
NUMBER = "+5511912345678"


@pytest.fixture
async def prepaid(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Floor]:
    async with open_floor(tmp_path, migrated_file, billing="prepaid", markup_percent=20) as floor:
        yield await floor.opened()


@pytest.fixture
async def tight(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Floor]:
    """A shared wallet of one dollar a day, and two orders at once."""
    async with open_floor(tmp_path, migrated_file, daily_spend=1, max_open_orders=2) as floor:
        yield await floor.opened()


async def purse(floor: Floor, person_id: int = ANN) -> Purse:
    met = await floor.people.meet(person_id, "X", "en")
    assert met is not None
    found: Purse = (await floor.shop.home.facts(met)).purse
    return found


async def credit(floor: Floor, amount: int, key: str = "k") -> None:
    async with floor.database.write() as tx:
        await books.post(tx, ledger.credit(key, ANN, amount))


async def refused(floor: Floor, person_id: int = ANN, **wish: Any) -> RefusalFacts:
    with pytest.raises(Refusal) as caught:
        await floor.checkout.buy(person_id, floor.wish(**wish))
    return caught.value.facts


async def test_the_maximum_is_held_and_the_price_really_paid_is_taken(tight: Floor) -> None:
    tight.director.set_default_story("never")
    order = await tight.bought(high=800_000)
    assert await purse(tight) == Purse(200_000, 800_000, "USD", 1_000_000)
    tight.clock.forward(1)
    tight.director.code_now()
    done = (await tight.own_orders.refresh(ANN, order.id)).order
    assert (done.state, done.held, done.charged, done.cost) == (OrderState.COMPLETED, 800_000, 100_000, 100_000)
    assert await purse(tight) == Purse(900_000, 0, "USD", 1_000_000)
    money = await tight.money()
    assert (money[WALLET], money[HELD], money[ledger.REVENUE], money[ledger.COST]) == (-100_000, 0, 100_000, 100_000)


async def test_the_limit_can_be_spent_to_the_last_micro_and_not_one_more(tight: Floor) -> None:
    await tight.bought(high=600_000)
    facts = await refused(tight, high=400_001, nonce="n2")
    assert (facts.reason, facts.amount, facts.limit, facts.currency) == (Reason.DAILY_LIMIT, 400_000, 1_000_000, "USD")
    assert (await tight.bought(high=400_000, nonce="n2")).held == 400_000
    assert (await purse(tight)).left == 0


async def test_a_refused_tap_leaves_nothing_behind_and_its_button_works_later(tight: Floor) -> None:
    await refused(tight, high=1_000_001)
    assert await tight.money() == {}
    assert len(tight.sandbox.record.purchases) == 0
    assert (await tight.bought(high=900_000)).nonce == "n1"


async def test_the_limit_is_each_persons_own_and_new_at_midnight_utc(tight: Floor) -> None:
    tight.director.set_default_story("quick")
    order = await tight.bought(high=800_000)
    await tight.people.meet(BEN, "Ben", "en")
    assert (await tight.bought(BEN, high=800_000)).held == 800_000
    tight.clock.forward(1)
    await tight.own_orders.refresh(ANN, order.id)
    assert (await purse(tight)).left == 900_000
    tight.clock.at = tight.clock.at.replace(hour=0, minute=0, second=0) + timedelta(days=1) - timedelta(microseconds=1)
    assert (await purse(tight)).left == 900_000
    tight.clock.forward(0.000001)
    assert (await purse(tight)).left == 1_000_000


async def test_orders_in_progress_are_limited_and_a_closed_one_makes_room(tight: Floor) -> None:
    first = await tight.pending()
    await tight.bought(high=100_000, nonce="n2")
    facts = await refused(tight, high=100_000, nonce="n3")
    assert (facts.reason, facts.count) == (Reason.TOO_MANY_OPEN, 2)
    await tight.closing.close(ANN, first.id)
    assert (await tight.bought(high=100_000, nonce="n3")).in_progress


async def test_prepaid_credit_is_never_overdrawn(prepaid: Floor) -> None:
    facts = await refused(prepaid, high=500_000)
    assert (facts.reason, facts.amount, facts.limit) == (Reason.NO_CREDIT, 0, 500_000)
    await credit(prepaid, 500_000)
    await prepaid.bought(high=500_000)
    assert await purse(prepaid) == Purse(0, 500_000, "USD", None)
    assert (await refused(prepaid, high=100_000, nonce="n2")).reason is Reason.NO_CREDIT
    assert len(prepaid.sandbox.record.purchases) == 1


async def test_with_a_markup_the_window_sent_is_the_cost_and_the_price_taken_includes_it(prepaid: Floor) -> None:
    await credit(prepaid, 1_000_000)
    prepaid.director.set_default_story("quick")
    order = await prepaid.bought(low=120_000, high=120_000)
    prepaid.clock.forward(1)
    done = (await prepaid.own_orders.refresh(ANN, order.id)).order
    assert (done.cost, done.price, done.charged) == (100_000, 120_000, 120_000)
    money = await prepaid.money()
    assert (money[WALLET], money[ledger.REVENUE], money[ledger.COST]) == (880_000, 120_000, 100_000)


async def test_a_refund_gives_back_the_hold_and_the_cost(prepaid: Floor) -> None:
    await credit(prepaid, 1_000_000)
    order = await prepaid.pending()
    prepaid.director.refund_now()
    back = (await prepaid.own_orders.refresh(ANN, order.id)).order
    assert (back.state, back.charged) == (OrderState.SYSTEM_REFUNDED, 0)
    money = await prepaid.money()
    assert (money[WALLET], money[HELD], money[ledger.COST], money[ledger.HIDSIM]) == (1_000_000, 0, 0, 0)


async def test_hidsims_refusal_gives_the_hold_back_at_once(prepaid: Floor) -> None:
    await credit(prepaid, 1_000_000)
    prepaid.director.set_balance("0")
    order = await prepaid.bought()
    assert (order.state, order.reason) == (OrderState.REFUSED, Reason.OPERATOR_BALANCE.value)
    assert await purse(prepaid) == Purse(1_000_000, 0, "USD", None)
    assert await prepaid.told() == ["refused", "alert"]


async def test_a_price_above_the_hold_costs_the_person_the_hold_and_the_operator_the_rest(prepaid: Floor) -> None:
    await credit(prepaid, 1_000_000)
    order = await prepaid.bought(high=120_000)
    await prepaid.record(order, state="completed", number="+5511912345678", code="1234", price=Decimal("0.3"))
    done = await prepaid.order(order.id)
    assert (done.charged, done.cost, done.price) == (120_000, 300_000, 120_000)
    money = await prepaid.money()
    assert (money[WALLET], money[ledger.REVENUE], money[ledger.COST]) == (880_000, 120_000, 300_000)


async def test_a_price_that_changes_while_waiting_ends_in_the_books_as_the_last_one(prepaid: Floor) -> None:
    await credit(prepaid, 1_000_000)
    order = await prepaid.bought()
    for price in ("0.1", "0.15", "0.12"):
        await prepaid.record(order, number="+5511912345678", price=Decimal(price))
    assert (await prepaid.money())[ledger.COST] == 120_000
    await prepaid.record(order, state="system_refunded", number="+5511912345678", price=Decimal("0.12"))
    money = await prepaid.money()
    assert (money[ledger.COST], money[ledger.HIDSIM], money[WALLET]) == (0, 0, 1_000_000)


async def unread(floor: Floor) -> Order:
    """An order with a maximum of half a dollar, of which no answer has named the price yet."""
    await credit(floor, 1_000_000)
    floor.director.fault("/purchase", status=200, body={"_id": "f" * 24, "state": "creating"})
    return await floor.bought(high=500_000)


async def money_of(floor: Floor) -> tuple[int, int, int, int]:
    money = await floor.money()
    return money[WALLET], money[HELD], money.get(ledger.REVENUE, 0), money.get(ledger.COST, 0)


async def test_a_lower_price_frees_more_and_a_higher_one_is_the_shops_to_bear(prepaid: Floor) -> None:
    order = await unread(prepaid)
    assert await money_of(prepaid) == (500_000, 500_000, 0, 0)
    await prepaid.record(order, number=NUMBER, price=Decimal("0.2"))
    assert await money_of(prepaid) == (760_000, 240_000, 0, 200_000)
    await prepaid.record(order, number=NUMBER, price=Decimal("0.2"))
    assert await money_of(prepaid) == (760_000, 240_000, 0, 200_000)
    await prepaid.record(order, number=NUMBER, price=Decimal("0.1"))
    assert await money_of(prepaid) == (880_000, 120_000, 0, 100_000)
    await prepaid.record(order, number=NUMBER, price=Decimal("0.3"))
    assert await money_of(prepaid) == (880_000, 120_000, 0, 300_000)
    assert (await prepaid.order(order.id)).price == 120_000
    await prepaid.record(order, state="completed", number=NUMBER, code="1234", price=Decimal("0.3"))
    assert await money_of(prepaid) == (880_000, 0, 120_000, 300_000)


@pytest.mark.parametrize("state", ["system_refunded", "user_refunded"])
async def test_a_refund_after_a_part_was_set_free_gives_back_the_rest_and_no_more(prepaid: Floor, state: str) -> None:
    order = await unread(prepaid)
    await prepaid.record(order, number=NUMBER, price=Decimal("0.1"))
    await prepaid.record(order, state=state, number=NUMBER, price=Decimal("0.1"))
    assert await money_of(prepaid) == (1_000_000, 0, 0, 0)
    assert (await prepaid.order(order.id)).charged == 0


async def test_a_price_that_can_not_be_read_at_first_frees_the_rest_when_it_is(prepaid: Floor) -> None:
    order = await unread(prepaid)
    await prepaid.record(order, number=NUMBER)
    assert await money_of(prepaid) == (500_000, 500_000, 0, 0)
    await prepaid.record(order, number=NUMBER, price=Decimal("0.1"))
    assert await money_of(prepaid) == (880_000, 120_000, 0, 100_000)
    await prepaid.record(order, state="completed", number=NUMBER, code="1234")
    done = await prepaid.order(order.id)
    assert (done.charged, done.unpriced) == (120_000, False)
    assert await prepaid.told() == ["number", "code"]


async def test_a_price_that_is_read_only_after_the_end_comes_back_and_everybody_was_told(prepaid: Floor) -> None:
    order = await unread(prepaid)
    await prepaid.record(order, number=NUMBER)
    await prepaid.record(order, state="completed", number=NUMBER, code="1234")
    assert await money_of(prepaid) == (500_000, 0, 500_000, 0)
    assert sorted(await prepaid.told()) == ["alert", "code", "number"]
    await prepaid.record(order, state="completed", number=NUMBER, code="1234", price=Decimal("0.1"))
    assert await money_of(prepaid) == (880_000, 0, 120_000, 100_000)
    assert "priced" in await prepaid.told()


async def spends_what_is_free_again(floor: Floor, short: Reason) -> None:
    floor.director.set_default_story("never")
    order = await floor.bought(high=800_000)
    assert (await refused(floor, high=800_000, nonce="n2")).reason is short
    await floor.record(order, number=NUMBER, price=Decimal("0.1"))
    assert (await floor.bought(high=800_000, nonce="n2")).held == 800_000


async def test_credit_that_is_free_again_can_be_spent_at_once(prepaid: Floor) -> None:
    await credit(prepaid, 1_000_000)
    await spends_what_is_free_again(prepaid, Reason.NO_CREDIT)


async def test_so_can_what_is_free_again_of_the_daily_limit(tight: Floor) -> None:
    await spends_what_is_free_again(tight, Reason.DAILY_LIMIT)


async def test_an_unknown_price_is_taken_as_the_whole_hold_and_noted(prepaid: Floor) -> None:
    await credit(prepaid, 1_000_000)
    prepaid.director.fault("/purchase", status=200, body={"_id": "f" * 24, "state": "creating"})
    order = await prepaid.bought(high=500_000)
    await prepaid.record(order, state="completed", number="+5511912345678", code="1234")
    done = await prepaid.order(order.id)
    assert (done.charged, done.cost) == (500_000, None)
    async with prepaid.database.read() as tx:
        acts = (await tx.connection.execute(text("SELECT act FROM audit"))).scalars().all()
    assert "order.price_assumed" in acts


async def test_a_free_number_moves_no_money(tight: Floor) -> None:
    order = await tight.bought(high=500_000)
    async with tight.database.write() as tx:
        await altered(tx, order.id, cost=None, price=None)
        await tx.connection.exec_driver_sql("DELETE FROM transfers WHERE ref LIKE 'cost:%'")
        await tx.connection.exec_driver_sql("UPDATE accounts SET balance = 0 WHERE name IN ('hidsim', 'cost')")
    await tight.record(order, state="completed", number="+5511912345678", code="1234", price=Decimal(0))
    assert (await tight.order(order.id)).charged == 0
    assert set((await tight.money()).values()) == {0}


async def limited(floor: Floor, **own: int) -> None:
    for kind in LimitKind:
        await floor.shop.person_limits.set(ADA, ANN, kind, OwnLimits(**own).of(kind))


async def test_somebody_with_a_limit_of_one_open_order_is_refused_the_second_and_nobody_else(tight: Floor) -> None:
    await limited(tight, open_orders=1)
    await tight.bought(high=100_000)
    facts = await refused(tight, high=100_000, nonce="n2")
    assert (facts.reason, facts.count) == (Reason.TOO_MANY_OPEN, 1)
    await tight.people.meet(BEN, "Ben", "en")
    for nonce in ("b1", "b2"):
        assert (await tight.bought(BEN, nonce, high=100_000)).nonce == nonce
    assert (await refused(tight, BEN, high=100_000, nonce="b3")).count == 2


async def test_the_price_screen_knows_the_persons_own_limits_before_the_tap(tight: Floor) -> None:
    await limited(tight, open_orders=1, daily_spend=3_000_000)
    service, country = tight.pair()
    window = Window(100_000, 500_000)
    free = await tight.pricing.facts(ANN, service.id, country.id, window)
    assert isinstance(free, PriceFacts)
    assert (free.obstacle, free.purse.daily_limit) == (None, 3_000_000)
    await tight.bought(high=500_000)
    full = await tight.pricing.facts(ANN, service.id, country.id, window)
    assert isinstance(full, PriceFacts)
    assert full.obstacle is not None
    assert full.obstacle.why == RefusalFacts(Reason.TOO_MANY_OPEN, count=1, limit=1)


async def test_a_daily_limit_of_ones_own_may_be_more_or_less_than_the_shops(tight: Floor) -> None:
    await limited(tight, daily_spend=300_000)
    assert await purse(tight) == Purse(300_000, 0, "USD", 300_000)
    facts = await refused(tight, high=300_001)
    assert (facts.reason, facts.amount, facts.limit) == (Reason.DAILY_LIMIT, 300_000, 300_000)
    await limited(tight, daily_spend=1_500_000)
    assert (await tight.bought(high=1_400_000)).held == 1_400_000
    assert await purse(tight) == Purse(100_000, 1_400_000, "USD", 1_500_000)


async def test_limits_of_ones_own_are_audited_and_can_be_given_up(tight: Floor) -> None:
    await limited(tight, open_orders=0, daily_spend=5)
    await limited(tight)
    assert (await tight.bought(high=800_000)).held == 800_000
    async with tight.database.read() as tx:
        query = "SELECT actor_id, person_id, detail FROM audit WHERE act = 'person.limited' ORDER BY id"
        lines = [tuple(row) for row in await tx.connection.execute(text(query))]
    assert lines[0][:2] == (ADMIN, ANN)
    assert [json.loads(line[2]) for line in lines] == [
        {"limit": "open_orders", "before": None, "after": 0},
        {"limit": "daily_spend", "before": None, "after": 5},
        {"limit": "open_orders", "before": 0, "after": None},
        {"limit": "daily_spend", "before": 5, "after": None},
    ]
