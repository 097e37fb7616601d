"""The minute's check of the books adds up bit by bit, and still finds whatever was changed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.db.database import Database
from bot.db.money import books
from bot.domain import ledger
from bot.domain.ledger import Transfer
from bot.services.safety.recount import Recount
from tests.db.fresh import ANN, BEN, database, file
from tests.services.floor import Floor

__all__ = ["database", "file"]
WALLET = ledger.wallet(ANN)


async def credited(database: Database, first: int, count: int) -> None:
    async with database.write() as tx:
        for key in range(first, first + count):
            await books.post(tx, ledger.credit(str(key), (ANN, BEN)[key % 2], 100 + key))


async def tampered(database: Database, how: str) -> None:
    async with database.write() as tx:
        await tx.connection.execute(text(how))


@pytest.fixture
async def shop(database: Database) -> Database:
    await credited(database, 0, 25)
    return database


TAMPERINGS = {
    "UPDATE accounts SET balance = balance + 3 WHERE name = 'wallet:100'": {WALLET: 3},
    "UPDATE transfers SET amount = amount - 2 WHERE ref = 'credit:4'": {WALLET: 2, ledger.FUNDING: -2},
    "DELETE FROM transfers WHERE ref = 'credit:4'": {WALLET: 104, ledger.FUNDING: -104},
    "DELETE FROM transfers WHERE ref = 'credit:24'": {WALLET: 124, ledger.FUNDING: -124},
    "INSERT INTO accounts (name, balance) VALUES ('wallet:666', 9)": {"wallet:666": 9},
    "UPDATE transfers SET target = 'wallet:200' WHERE ref = 'credit:4'": {WALLET: 104, ledger.wallet(BEN): -104},
}


@pytest.mark.parametrize("a_slice", [1, 3, 7, 1000])
@pytest.mark.parametrize("how", TAMPERINGS)
async def test_what_was_changed_before_the_first_check_is_found_by_it(shop: Database, how: str, a_slice: int) -> None:
    await tampered(shop, how)
    assert await Recount(shop, a_slice).differences() == TAMPERINGS[how]


@pytest.mark.parametrize("a_slice", [3, 7, 1000])
@pytest.mark.parametrize("how", TAMPERINGS)
async def test_what_is_changed_later_is_found_within_one_round(shop: Database, how: str, a_slice: int) -> None:
    recount = Recount(shop, a_slice, slices_again=2)
    for _ in range(3):
        assert await recount.differences() == {}
    await tampered(shop, how)
    rounds = 2 * (1 + 25 // (2 * a_slice))
    found = [await recount.differences() for _ in range(rounds)]
    assert found[-1] == TAMPERINGS[how]


async def test_books_that_go_on_while_they_are_checked_raise_no_alarm(shop: Database) -> None:
    recount = Recount(shop, 3, slices_again=1)
    for turn in range(1, 12):
        await credited(shop, 100 * turn, turn)
        async with shop.write() as tx:
            transfer = Transfer(f"t{turn}", ledger.wallet(1000 - turn), ledger.FUNDING, turn)
            await books.post(tx, transfer)
        assert await recount.differences() == {}


async def test_an_account_that_is_gone_is_missed(shop: Database, file: Path) -> None:
    recount = Recount(shop, 3)
    assert await recount.differences() == {}
    with closing(sqlite3.connect(file, isolation_level=None)) as stranger:
        stranger.execute("DELETE FROM accounts WHERE name = 'wallet:100'")
    assert await recount.differences() == {WALLET: -1456}


async def test_books_of_nothing_add_up(database: Database) -> None:
    assert await Recount(database).differences() == {}


async def test_books_that_are_wrong_pause_buying(floor: Floor) -> None:
    await floor.bought()
    book_check = floor.shop.book_check
    await book_check.check()
    assert await floor.switch("buying_paused") is None
    await tampered(floor.database, "UPDATE accounts SET balance = balance + 1 WHERE name = 'wallet:100'")
    await book_check.check()
    assert await floor.switch("buying_paused") == "books"
