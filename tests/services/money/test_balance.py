"""HidSim's balance beside our figures: at whose prices, how long it lasts, and when it can be compared."""

from datetime import timedelta
from pathlib import Path

from bot.domain.orders import OrderState as S
from tests.services.desk.past import COST, HELD, PRICE, placed
from tests.services.floor import ADA, ANN, Floor, open_floor


async def test_what_hidsim_took_is_told_apart_from_what_people_spent(floor: Floor) -> None:
    now = floor.clock()
    await placed(floor, S.COMPLETED, now, 2)
    await placed(floor, S.COMPLETED, now - timedelta(days=3), 3)
    await placed(floor, S.COMPLETED, now - timedelta(days=8), 5)
    await placed(floor, S.USER_REFUNDED, now, 7)
    await placed(floor, S.PLACING, now)
    facts, refused = await floor.shop.balance.facts(ADA)
    assert refused is None
    assert (facts.cost_today, facts.cost_week) == (2 * COST, 5 * COST)
    assert (facts.spent_today, facts.spent_week) == (2 * PRICE + HELD, 5 * PRICE + HELD)


async def test_the_pace_of_a_young_shop_is_that_of_the_hours_it_has(floor: Floor) -> None:
    await placed(floor, S.COMPLETED, floor.clock() - timedelta(hours=2), 4)
    facts, _ = await floor.shop.balance.facts(ADA)
    assert (facts.pace.cost, facts.pace.over) == (4 * COST, timedelta(hours=2))
    assert facts.balance is not None
    assert facts.lasts == timedelta(seconds=7_200 * facts.balance / (4 * COST))


async def test_without_a_purchase_in_the_last_day_nobody_says_how_long_it_lasts(floor: Floor) -> None:
    await placed(floor, S.COMPLETED, floor.clock() - timedelta(hours=25), 4)
    facts, _ = await floor.shop.balance.facts(ADA)
    assert facts.lasts is None


async def test_a_purchase_that_an_admin_judged_bought_has_cost_something(floor: Floor) -> None:
    order = await floor.left_placing()
    await floor.shop.lost.take_over([order.id])
    highest, _ = await floor.shop.lost.cost_of(ADA, order.id)
    await floor.shop.lost.judge(ADA, order.id, bought=True)
    facts, _ = await floor.shop.balance.facts(ADA)
    assert facts.cost_today == highest > 0


async def test_books_are_compared_only_while_no_order_is_on_its_way(floor: Floor) -> None:
    assert (await floor.shop.balance.facts(ADA))[0].apart is None  # our books of it have not begun
    await floor.shop.book_check.compare()
    assert (await floor.shop.balance.facts(ADA))[0].apart == 0
    floor.director.set_balance(248)
    assert (await floor.shop.balance.facts(ADA))[0].apart == -2_000_000
    await floor.pending()
    assert (await floor.shop.balance.facts(ADA))[0].apart is None


async def test_wallets_are_owed_where_people_prepay_and_nothing_is_where_they_share(
    floor: Floor, tmp_path: Path, migrated_file: Path
) -> None:
    assert (await floor.shop.balance.facts(ADA))[0].owed is None
    async with open_floor(tmp_path / "prepaid", migrated_file, billing="prepaid") as prepaid:
        await prepaid.opened()
        given = await prepaid.shop.credit.ask(ADA, f"{ANN} 5", taken=False)
        await prepaid.shop.credit.carry_out(ADA, given.number)
        assert (await prepaid.shop.balance.facts(ADA))[0].owed == 5_000_000
