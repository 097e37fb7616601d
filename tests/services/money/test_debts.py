"""From shared billing to prepaid: nobody begins in debt, nobody begins with credit."""

from sqlalchemy import text

from bot.db.money import books
from bot.domain import ledger
from bot.domain.access import Billing
from bot.services.money.debts import Debts
from tests.services.floor import ANN, BEN, Floor

SHARED_SPENT = {ANN: 12_300_000, BEN: 5}


async def spent(floor: Floor, amounts: dict[int, int]) -> None:
    async with floor.database.write() as tx:
        for person_id, amount in amounts.items():
            name = ledger.wallet(person_id)
            await books.post(tx, ledger.Transfer(ledger.Ref(f"spent:{person_id}"), name, ledger.REVENUE, amount))


async def audited(floor: Floor) -> list[str]:
    async with floor.database.read() as tx:
        found = await tx.connection.execute(text("SELECT detail FROM audit WHERE act = 'debts.forgiven' ORDER BY id"))
        return [row.detail for row in found]


async def test_wallets_that_shared_billing_left_below_zero_begin_at_zero(floor: Floor) -> None:
    await spent(floor, SHARED_SPENT)
    async with floor.database.write() as tx:
        await books.post(tx, ledger.credit("k", 300, 7))
    debts = Debts(floor.database, Billing.PREPAID)
    await debts.forgive()
    await debts.forgive()
    money = await floor.money()
    assert {money[ledger.wallet(ANN)], money[ledger.wallet(BEN)]} == {0}
    assert money[ledger.wallet(300)] == 7
    assert await audited(floor) == ['{"people": 2, "amount": 12300005}']


async def test_slices_forgive_everybody(floor: Floor) -> None:
    await spent(floor, {person_id: person_id for person_id in range(1, 8)})
    await Debts(floor.database, Billing.PREPAID, a_slice=3).forgive()
    money = await floor.money()
    assert {money[ledger.wallet(person_id)] for person_id in range(1, 8)} == {0}
    assert len(await audited(floor)) == 3


async def test_while_billing_is_shared_nothing_is_forgiven(floor: Floor) -> None:
    await spent(floor, SHARED_SPENT)
    await floor.shop.debts.forgive()
    assert (await floor.money())[ledger.wallet(ANN)] == -SHARED_SPENT[ANN]


async def test_another_shared_time_is_forgiven_again(floor: Floor) -> None:
    await spent(floor, {ANN: 5})
    await Debts(floor.database, Billing.PREPAID).forgive()
    async with floor.database.write() as tx:
        await books.post(tx, ledger.Transfer(ledger.Ref("again"), ledger.wallet(ANN), ledger.REVENUE, 9))
    await Debts(floor.database, Billing.PREPAID).forgive()
    assert (await floor.money())[ledger.wallet(ANN)] == 0
    assert len(await audited(floor)) == 2


async def test_what_an_order_in_progress_has_set_aside_becomes_no_credit(floor: Floor) -> None:
    """A refund after the start of prepaid billing leaves nothing, and what was taken is forgiven then."""
    await floor.opened()
    await spent(floor, {ANN: 5})
    refunded, taken = await floor.bought(nonce="n1"), await floor.bought(nonce="n2")
    debts = Debts(floor.database, Billing.PREPAID)
    await debts.forgive()
    assert (await floor.money())[ledger.wallet(ANN)] == -refunded.held - taken.held
    await floor.record(refunded, state="no_number_refunded")
    await floor.record(taken, state="completed", number="+5511912345678", texts=())
    await debts.forgive()
    assert (await floor.money())[ledger.wallet(ANN)] == 0
    assert (await floor.money())[ledger.held(ANN)] == 0
