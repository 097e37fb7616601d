"""Numbers and SMS are erased when their time is over; what comes again stays erased, and what is new is told."""

import hashlib
import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.db.orders import erasing
from bot.db.scrub import scrub
from bot.db.telling import cards
from bot.domain.answer import Received
from bot.domain.cards import Card, CardRole
from bot.domain.orders import Order, OrderCard
from bot.domain.sms import fingerprint
from bot.services.orders.ages import Ages
from bot.services.orders.retention import Retention
from tests.services.floor import ANN, Floor

CODE = "Your code is 736251"
PRICE = Decimal("0.1")
COLUMNS = {
    "orders": "number",
    "sms": "text || coalesce(code, '') || coalesce(sender, '') || fingerprint",
    "notices": "key || detail",
    "audit": "detail",
    "cards": "coalesce(via, '')",
    "transfers": "ref",
}


async def told(floor: Floor, order: Order, *texts: Received, state: str = "completed", **facts: Any) -> None:
    await floor.record(order, price=PRICE, state=state, texts=texts, **({"number": "+5511912345678"} | facts))


async def completed(floor: Floor, nonce: str = "n1") -> Order:
    order = await floor.bought(nonce=nonce)
    await told(floor, order, Received(CODE, "736251", "Telegram"))
    return await floor.order(order.id)


async def later(floor: Floor, days: float = 31) -> None:
    floor.clock.forward(timedelta(days=days).total_seconds())
    await floor.shop.retention.erase_due()


async def card(floor: Floor, order: Order) -> OrderCard:
    return await floor.own_orders.card(ANN, order.id)


async def everything(floor: Floor) -> str:
    async with floor.database.read() as tx:
        found = [
            str(value)
            for table, columns in COLUMNS.items()
            for value in (await tx.connection.execute(text(f"SELECT {columns} FROM {table}"))).scalars()  # noqa: S608
        ]
    return "\n".join(found)


async def test_a_number_and_its_sms_are_gone_after_their_time_and_the_money_stays(floor: Floor) -> None:
    order = await completed(floor)
    money = await floor.money()
    await later(floor, days=29)
    assert (await card(floor, order)).sms[0].text == CODE
    await later(floor, days=1.1)
    found = await card(floor, order)
    assert (found.order.number, found.order.charged) == (None, order.charged)
    assert found.order.erased_at is not None
    assert [(sms.text, sms.code, sms.sender, sms.erased) for sms in found.sms] == [("", "", None, True)]
    assert await floor.money() == money


async def test_no_hash_is_left_from_which_a_code_or_a_number_could_be_guessed(floor: Floor) -> None:
    order = await completed(floor)
    await told(floor, order, Received(CODE, "736250", "Telegram"))  # a correction, whose notice names the code's hash
    guesses = {fingerprint(words) for words in (CODE, "736250", "736251", "+5511912345678")}
    guesses |= {hashlib.sha256(words.encode()).hexdigest() for words in (CODE, "736251")}
    kept = await everything(floor)
    assert len([guess for guess in guesses if guess[:16] in kept]) > 1
    await later(floor)
    left = await everything(floor)
    assert [guess for guess in guesses if guess[:6] in left] == []
    assert [words for words in ("736251", "736250", "11912345678", "Telegram") if words in left] == []


@pytest.mark.parametrize(
    "given",
    [
        {"texts": (Received(CODE, "736251"),)},
        {"texts": (Received(f"  {CODE} "),)},
        {"texts": (), "code": "736251"},
        {"texts": (), "code": "736-251"},
        {"texts": (Received(CODE),), "number": "5511912345678"},
        {"texts": (Received(CODE),), "number": "+55 11 91234-5678"},
    ],
    ids=["the same", "blanks", "the code alone", "in another spelling", "no plus", "a number in groups"],
)
async def test_an_erased_sms_that_hidsim_tells_again_stays_erased(floor: Floor, given: dict[str, Any]) -> None:
    order, again = await completed(floor), dict(given)
    await later(floor)
    before = await floor.told()
    await told(floor, order, *again.pop("texts"), **again)
    found = await card(floor, order)
    assert await floor.told() == before
    assert [sms.erased for sms in found.sms] == [True]
    assert found.order.number is None
    assert "736251" not in await everything(floor)


async def test_a_code_that_was_known_alone_stays_erased_when_its_text_comes(floor: Floor) -> None:
    order = await floor.bought()
    await told(floor, order, code="736251")
    await later(floor)
    await told(floor, order, Received(CODE))
    assert [sms.erased for sms in (await card(floor, order)).sms] == [True]


@pytest.mark.parametrize("number", [None, "+5511912345678"])
async def test_a_new_sms_without_a_time_is_never_lost(floor: Floor, number: str | None) -> None:
    order = await completed(floor)
    await later(floor)
    await told(floor, order, Received(CODE), Received("New: 118822"), number=number)
    assert "118822" in [sms.code for sms in (await card(floor, order)).sms]


async def test_the_newest_sms_alone_is_told_where_nothing_can_be_compared(floor: Floor) -> None:
    order = await completed(floor)
    await later(floor)
    before = await floor.told()
    for _ in range(2):
        await told(floor, order, Received("New: 118822"), number=None)
    assert await floor.told() == [*before, "code"]


async def test_without_a_number_the_time_tells_a_new_sms_from_an_erased_one(floor: Floor) -> None:
    order, at = await floor.bought(), floor.clock()
    await told(floor, order, Received(CODE, received_at=at))
    await later(floor)
    texts = Received(CODE, received_at=at), Received("New: 118822", received_at=floor.clock())
    await told(floor, order, *texts, number=None)
    assert [sms.code for sms in (await card(floor, order)).sms] == ["", "118822"]


async def test_a_new_sms_of_an_erased_order_is_told_and_kept_for_its_own_time(floor: Floor) -> None:
    order = await completed(floor)
    await later(floor)
    before = await floor.told()
    await told(floor, order, Received(CODE), Received("New: 118822"))
    found = await card(floor, order)
    assert await floor.told() == [*before, "code"]
    assert [sms.code for sms in found.sms] == ["", "118822"]
    assert found.order.number is not None
    await later(floor, days=29)
    assert (await card(floor, order)).sms[1].code == "118822"
    await later(floor, days=2)
    assert [sms.erased for sms in (await card(floor, order)).sms] == [True, True]
    await told(floor, order, Received(CODE), Received("New: 118822"))
    assert [sms.erased for sms in (await card(floor, order)).sms] == [True, True]


async def test_a_bot_that_was_off_for_long_catches_up_in_slices(floor: Floor) -> None:
    orders = [await completed(floor, nonce=f"n{at}") for at in range(3)]
    floor.clock.forward(timedelta(days=200).total_seconds())
    retention, left = Retention(floor.database, Ages(floor.database, floor.clock.monotonic), 30, most=2), []
    for _ in range(3):
        await retention.erase_due()
        left.append(len([one for one in orders if (await floor.order(one.id)).erased_at is None]))
    assert left == [1, 0, 0]


async def test_an_order_whose_end_is_never_told_is_erased_by_its_own_end(floor: Floor) -> None:
    order = await floor.pending()
    assert order.expires_at is not None
    await later(floor, days=29)
    assert (await floor.order(order.id)).number is not None
    await later(floor, days=2)
    after = await floor.order(order.id)
    assert (after.number, after.live) == (None, True)
    await told(floor, order, state="pending", number=order.number)
    assert (await floor.order(order.id)).number is None
    await told(floor, order, Received(CODE), number=order.number)
    assert [sms.code for sms in (await card(floor, order)).sms] == ["736251"]


async def test_a_code_that_nobody_could_be_told_is_not_told_a_month_later(floor: Floor) -> None:
    await completed(floor)
    assert await floor.outbox.claim(20)
    await later(floor)
    async with floor.database.read() as tx:
        assert await erasing.codes_on_their_way(tx, ANN) == 0


async def test_what_is_erased_is_gone_from_the_files_too(floor: Floor, tmp_path: Path) -> None:
    await completed(floor)
    files = [tmp_path / name for name in ("bot.db", "bot.db-wal")]
    assert any(b"736251" in file.read_bytes() for file in files)
    await later(floor)
    assert not any(b"736251" in file.read_bytes() for file in files if file.exists())
    assert not any(b"11912345678" in file.read_bytes() for file in files if file.exists())


async def test_whoever_reads_at_that_moment_delays_it_until_the_next_tick(floor: Floor, tmp_path: Path) -> None:
    await completed(floor)
    log = tmp_path / "bot.db-wal"
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM sms").fetchall()
        await later(floor)
        assert b"736251" in log.read_bytes()
    await floor.shop.retention.erase_due()
    assert b"736251" not in log.read_bytes()


async def test_a_clock_that_jumps_ahead_takes_no_number_from_an_order_in_progress(floor: Floor) -> None:
    order = await floor.pending()
    floor.clock.set_by(timedelta(days=400).total_seconds())
    await floor.shop.retention.erase_due()
    floor.clock.set_by(-timedelta(days=400).total_seconds())
    assert (await floor.order(order.id)).number == order.number


async def test_nobody_waits_for_a_log_that_cannot_be_emptied_while_somebody_reads(floor: Floor, tmp_path: Path) -> None:
    await completed(floor)
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM orders").fetchone()
        await completed(floor, nonce="n2")
        waits = []
        for _ in range(3):
            began = time.monotonic()
            assert not await scrub(floor.database)
            waits.append(time.monotonic() - began)
    assert min(waits) < 0.1
    assert await scrub(floor.database)
    async with floor.database.read() as tx:
        assert (await tx.connection.execute(text("PRAGMA busy_timeout"))).scalar_one() > 0


async def test_a_way_back_to_what_was_sought_keeps_no_end_of_a_number(floor: Floor) -> None:
    order = await completed(floor)
    async with floor.database.write() as tx:
        await cards.put(tx, Card(ANN, 77, order.id, order.revision, CardRole.VIEW, "y3.c...345678"))
    await later(floor)
    assert "345678" not in await everything(floor)
