"""Prepaid wallets under a rush, and an admin's credit."""

import asyncio
from functools import partial
from pathlib import Path

from bot.db.database import Database, read_only
from bot.db.money import books
from bot.domain import ledger
from bot.domain.money import to_micros
from bot.services.safety.book_check import check
from tests.journeys.shop import Shop, Thumb, open_shop

PRICE = 300_000
"""What "telegram brazil 0.3" sets aside, in micro-units, until the number comes with its price."""


async def give(shop: Shop, person_id: int, micros: int) -> None:
    """Credit straight into the books; the admin's way has a test of its own."""
    async with shop.app.resources.database.write() as tx:
        await books.post(tx, ledger.credit(f"test-{person_id}", person_id, micros))


async def take(shop: Shop, person_id: int, micros: int) -> None:
    async with shop.app.resources.database.write() as tx:
        await books.post(tx, ledger.debit(f"test-{person_id}", person_id, micros))


async def to_the_button(person: Thumb) -> None:
    await person.say("telegram brazil 0.3")
    await person.sees_button("Buy · up to")


async def books_of(shop: Shop) -> tuple[bool, int, int]:
    async with shop.app.resources.database.read() as tx:
        found = await check(tx)
    return found.sound, found.held, found.balances.get("revenue", 0)


async def test_of_fifty_people_tapping_at_once_exactly_the_ten_with_credit_buy(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid") as shop:
        shop.director.set_default_story("never", expires_after=100_000)
        people = [shop.person(1000 + n, patience=60) for n in range(50)]
        for person in people:
            await give(shop, person.id, PRICE)
        await asyncio.gather(*(to_the_button(person) for person in people))
        for person in people[10:]:
            await take(shop, person.id, PRICE)
        answers = await asyncio.gather(*(person.tap("Buy · up to") for person in people))
        await asyncio.gather(*(person.sees_button("Copy number") for person in people[:10]))
        bought = shop.hidsim.record.purchases
        assert len(bought) == 10
        assert sum("Your balance is $0.00" in answer.text for answer in answers) == 40
        sound, held, _ = await books_of(shop)
        assert (sound, held) == (True, sum(to_micros(one.price) for one in bought))


async def test_fifty_buttons_of_one_person_buy_no_more_than_the_credit_covers(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid", max_open_orders=100) as shop:
        shop.director.set_default_story("never", number_after=90_000, expires_after=100_000)
        ann = shop.person(patience=60)
        await give(shop, ann.id, 10 * PRICE)
        for _ in range(50):
            await ann.say("telegram brazil 0.3")
        await ann.waits_until(lambda: _buy_buttons(ann) == 50, "fifty price screens")
        screens = [one for one in ann.chat() if any("Buy · up to" in label for label in one.labels)]
        await asyncio.gather(*(ann.tap("Buy · up to", message=one) for one in screens))
        await ann.waits_until(lambda: len(shop.hidsim.record.purchases) >= 10, "ten purchases")
        await shop.app.resources.purchases.drain(10)
        assert len(shop.hidsim.record.purchases) == 10
        sound, held, _ = await books_of(shop)
        assert (sound, held) == (True, 10 * PRICE)


def _buy_buttons(person: Thumb) -> int:
    return sum(any("Buy · up to" in label for label in one.labels) for one in person.chat())


async def test_a_rush_on_the_operators_balance_never_overdraws_it_and_tells_the_others(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        shop.director.set_default_story("never", expires_after=100_000)
        shop.director.set_balance("1.00")
        people = [shop.person(1000 + n, patience=60) for n in range(50)]
        await asyncio.gather(*(to_the_button(person) for person in people))
        await asyncio.gather(*(person.tap("Buy · up to") for person in people))
        await shop.app.resources.purchases.drain(20)
        bought = shop.hidsim.record.purchases
        assert 0 < len(bought) < 50
        assert sum(to_micros(one.price) for one in bought) <= 1_000_000
        for person in people:
            await person.waits_until(partial(_has_an_outcome, person), "an outcome")
        assert sum(_told(person) for person in people) == 50 - len(bought)
        sound, held, _ = await books_of(shop)
        assert sound
        assert sum(to_micros(one.price) for one in bought) <= held <= len(bought) * PRICE


def _bought(person: Thumb) -> bool:
    return any("Copy number" in label for one in person.chat() for label in one.labels)


def _has_an_outcome(person: Thumb) -> bool:
    return _bought(person) or _told(person)


def _told(person: Thumb) -> bool:
    return any("can't buy this number right now" in one.text for one in person.chat())


async def test_an_admin_gives_credit_once_however_often_confirm_is_tapped(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid") as shop:
        ann, ada = shop.person(), shop.admin()
        await ann.start()
        await ann.sees("Balance: $0.00")
        await ada.say(f"/credit {ann.id} 2.50 first month")
        asked = await ada.sees("Give $2.50 to")
        assert "first month" in asked.text
        await asyncio.gather(*(ada.tap("Confirm", message=asked) for _ in range(5)))
        await ann.sees("$2.50 was added to your wallet")
        await ann.say("/menu")
        await ann.sees("Balance: $2.50")
        await ann.tap("Wallet")
        await ann.sees("+$2.50 · credit · ")


async def test_a_debit_beyond_the_wallet_is_refused(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid") as shop:
        ann, ada = shop.person(), shop.admin()
        await ann.start()
        await give(shop, ann.id, 1_000_000)
        await ada.say(f"/debit {ann.id} 1.01")
        await ada.sees("The wallet holds $1.00, so $1.01 can't be taken from it. Nothing was booked.")
        await ada.sees_button("Take all · $1.00")
        await ada.say(f"/debit {ann.id} 0.40")
        await ada.sees("Take $0.40 from")
        await ada.tap("Confirm")
        await ada.sees("Their balance: $1.00 → $0.60")


async def test_credit_is_refused_while_billing_is_shared_and_for_what_is_no_amount(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        ada = shop.admin()
        await ada.say("/credit 100 5")
        await ada.sees("BILLING is shared")
    async with open_shop(tmp_path, billing="prepaid") as shop:
        ada = shop.admin()
        for typed in ("100", "100 -5", "100 nan", "100 0", "100 1e99"):
            await ada.say(f"/credit {typed}")
        await ada.waits_until(
            lambda: sum("I need an amount above 0" in one.text for one in ada.chat()) == 5, "five refusals"
        )
        await ada.say("/credit 100 0.0000001")
        await ada.sees("too fine")
        await ada.say("/credit me 5")
        await ada.sees("no Telegram ID")


async def test_paused_buying_refuses_new_orders_and_lets_the_others_go_on(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        shop.director.set_default_story("never", expires_after=100_000)
        ann, ada = shop.person(), shop.admin()
        await to_the_button(ann)
        await ann.tap("Buy · up to")
        await ann.sees_button("Copy number")
        await ada.say("/pause")
        await ada.tap_seen("Confirm")
        await ada.sees("Buying is paused now")
        sent = await ann.say("telegram brazil 0.3")
        price = await ann.sees("Buying is paused", since=sent)
        assert not any("Buy ·" in label for label in price.labels)
        shop.director.code_now()
        await ann.sees_button("Copy code")
        await ada.say("/resume")
        await ada.tap_seen("Confirm")
        await ada.sees("People can buy again")
        await to_the_button(ann)
        await ann.tap("Buy · up to")
        await ann.waits_until(lambda: len(shop.hidsim.record.purchases) == 2, "a second purchase")


async def test_the_books_command_says_that_all_adds_up(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid") as shop:
        await give(shop, 100, 5_000_000)
    database = Database(read_only(tmp_path / "bot.db"))
    async with database.read() as tx:
        found = await check(tx)
    await database.close()
    assert found.sound
    assert found.balances["wallet:100"] == 5_000_000
