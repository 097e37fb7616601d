"""Transfers are booked once, guarded, and checked against the balances they made."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.db.database import Database
from bot.db.money import books
from bot.domain import ledger
from bot.domain.ledger import Transfer
from bot.domain.wallets import Credit
from tests.db.fresh import ANN, BEN, NOW, at, ordered, stock

WALLET, HELD = ledger.wallet(ANN), ledger.held(ANN)


async def balances(database: Database) -> dict[str, int]:
    async with database.read() as tx:
        return await books.balances(tx)


async def test_a_transfer_is_booked_once_however_often_it_is_posted(database: Database) -> None:
    credit = ledger.credit("k", ANN, 500)
    async with database.write() as tx:
        assert await books.post(tx, credit) is True
        assert await books.post(tx, credit) is False
    async with database.write() as tx:
        assert await books.post(tx, credit, guarded=True) is False
    assert await balances(database) == {ledger.FUNDING: -500, WALLET: 500}


async def test_the_first_transfer_of_a_ref_stands_whatever_a_second_one_says(database: Database) -> None:
    async with database.write() as tx:
        await books.post(tx, Transfer("x", "a", "b", 5))
        await books.post(tx, Transfer("x", "c", "d", 7))
    found = await balances(database)
    assert (found["a"], found["b"], found.get("c", 0), found.get("d", 0)) == (-5, 5, 0, 0)


async def test_balances_are_listed_by_name(database: Database) -> None:
    async with database.write() as tx:
        for ref, source, target in (("1", "d", "a"), ("2", "c", "b")):
            await books.post(tx, Transfer(ref, source, target, 5))
    assert list(await balances(database)) == ["a", "b", "c", "d"]


async def test_a_guarded_wallet_can_be_emptied_but_not_overdrawn(database: Database) -> None:
    async with database.write() as tx:
        await books.post(tx, ledger.credit("k", ANN, 500))
        await books.post(tx, Transfer("take:1", WALLET, HELD, 500), guarded=True)
    with pytest.raises(books.NotEnough):
        async with database.write() as tx:
            await books.post(tx, Transfer("take:2", WALLET, HELD, 1), guarded=True)
    async with database.write() as tx:
        assert await books.balance(tx, WALLET) == 0
        assert await books.differences(tx) == {}
        assert await books.post(tx, Transfer("take:2", WALLET, HELD, 1)) is True


async def test_a_wallet_that_never_was_cannot_be_overdrawn_either(database: Database) -> None:
    with pytest.raises(books.NotEnough):
        async with database.write() as tx:
            await books.post(tx, Transfer("take", ledger.wallet(BEN), HELD, 1), guarded=True)
    assert await balances(database) == {}


async def test_an_account_that_was_never_used_holds_nothing(database: Database) -> None:
    async with database.read() as tx:
        assert await books.balance(tx, "wallet:999") == 0
        assert await books.total(tx, ledger.Family.WALLET) == 0


async def test_the_total_of_a_family_leaves_other_families_out(database: Database) -> None:
    async with database.write() as tx:
        for person, amount in ((ANN, 5), (BEN, 7)):
            await books.post(tx, Transfer(f"t:{person}", "funding", ledger.held(person), amount))
        await books.post(tx, Transfer("t", "funding", "heldish", 100))
        assert await books.total(tx, ledger.Family.HELD) == 12


@pytest.mark.parametrize(
    ("tampering", "expected"),
    [
        ("UPDATE accounts SET balance = balance + 3 WHERE name = 'wallet:100'", {WALLET: 3}),
        ("UPDATE transfers SET amount = amount - 2 WHERE ref = 'credit:k'", {WALLET: 2, ledger.FUNDING: -2}),
        ("DELETE FROM transfers WHERE ref = 'credit:k'", {WALLET: 500, ledger.FUNDING: -500}),
        ("INSERT INTO accounts (name, balance) VALUES ('wallet:666', 9)", {"wallet:666": 9}),
    ],
)
async def test_tampering_is_seen(database: Database, tampering: str, expected: dict[str, int]) -> None:
    async with database.write() as tx:
        await books.post(tx, ledger.credit("k", ANN, 500))
        assert await books.differences(tx) == {}
        await tx.connection.execute(text(tampering))
        assert await books.differences(tx) == expected


async def test_amounts_beyond_32_bits_are_kept_exactly(database: Database) -> None:
    amount = 10**15 + 1
    async with database.write() as tx:
        await books.post(tx, ledger.credit("k", ANN, amount))
        assert await books.balance(tx, WALLET) == amount


@given(
    st.lists(
        st.tuples(
            st.sampled_from("xyz"), st.sampled_from("abc"), st.sampled_from("def"), st.integers(1, 10**9), st.booleans()
        ),
        max_size=12,
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_postings_balance_and_agree_with_their_transfers(
    database: Database, moves: list[tuple[str, str, str, int, bool]]
) -> None:
    for ref, source, target, amount, guarded in moves:
        try:
            async with database.write() as tx:
                await books.post(tx, Transfer(ref, source, target, amount), guarded=guarded)
        except books.NotEnough:
            assert guarded
    async with database.read() as tx:
        assert await books.differences(tx) == {}
        assert sum((await books.balances(tx)).values()) == 0


async def test_credits_are_an_accounts_own_without_its_orders_and_the_newest_first(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        order = await ordered(tx)
        await books.post(tx, ledger.credit("1", ANN, 900))
        await books.post(tx, ledger.credit("2", BEN, 50))
        await books.post(tx, ledger.hold(order.id, ANN, 7))
        await books.post(at(tx, NOW + timedelta(days=1)), ledger.debit("3", ANN, 300))
        await books.post(tx, ledger.release(order.id, ANN, 7))
        await books.post(at(tx, NOW + timedelta(days=2)), ledger.credit("4", ANN, 20))
    async with database.read() as tx:
        last = await books.credits_of(tx, WALLET, 2)
        every = await books.credits_of(tx, WALLET, 10)
        assert await books.credits_of(tx, ledger.wallet(999), 10) == []
    assert last == [Credit(20, NOW + timedelta(days=2)), Credit(-300, NOW + timedelta(days=1))]
    assert every == [*last, Credit(900, NOW)]


async def test_a_ref_is_known_when_it_is_booked_and_not_before(database: Database) -> None:
    async with database.write() as tx:
        await books.post(tx, ledger.opening(5))
        assert await books.booked(tx, ledger.OPENING) is True
        assert await books.booked(tx, "opening:2") is False


async def test_an_account_out_of_which_everything_went_is_compared_too(database: Database) -> None:
    async with database.write() as tx:
        await books.post(tx, ledger.credit("k", ANN, 500))
        await tx.connection.execute(text("UPDATE accounts SET balance = balance + 1 WHERE name = 'funding'"))
        assert await books.differences(tx) == {ledger.FUNDING: 1}
