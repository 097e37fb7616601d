"""People, invitations, switches, and which message shows which order."""

from dataclasses import replace
from datetime import timedelta

from bot.db import cards, notices, orders, people, switches
from bot.db.cards import Card, Search
from bot.db.database import Database
from bot.db.leases import Lease
from bot.db.switches import Switch
from bot.domain.access import Standing
from bot.domain.notices import NoticeKind
from bot.domain.orders import CardRole
from bot.domain.people import Person
from tests.db.fresh import ANN, BEN, NOW, ordered, stock

MINE = Lease(1, NOW, NOW + timedelta(minutes=1))

CARD = Card(ANN, 10, 1, 1, CardRole.WAITING)


async def test_a_person_comes_back_as_they_were_written(database: Database) -> None:
    huge = Person(2**52 - 1, "Ann 🌸 'x'", Standing.ALLOWED, "pt_BR")
    async with database.write() as connection:
        await people.add(connection, huge, NOW)
        assert await people.get(connection, huge.id) == huge
        await people.greet(connection, huge.id, "Anna", None)
        await people.set_standing(connection, huge.id, Standing.BLOCKED)
        await people.set_unreachable(connection, huge.id, NOW)
        changed = replace(huge, name="Anna", telegram_language=None, standing=Standing.BLOCKED, unreachable_at=NOW)
        assert await people.get(connection, huge.id) == changed
        assert await people.get(connection, 1) is None


async def test_the_newest_people_are_listed_first(database: Database) -> None:
    async with database.write() as connection:
        for place, standing in enumerate(Standing):
            await people.add(connection, Person(place, "", standing, None), NOW + timedelta(seconds=place))
        assert [p.id for p in await people.listed(connection, 2)] == [2, 1]
        assert [p.standing for p in await people.listed(connection, 9, Standing.ALLOWED)] == [Standing.ALLOWED]


async def test_an_invitation_lets_in_one_person(database: Database) -> None:
    async with database.write() as connection:
        await people.add_invitation(connection, "code", 900, NOW)
        assert not await people.use_invitation(connection, "another", ANN, NOW)
        assert await people.use_invitation(connection, "code", ANN, NOW)
        assert not await people.use_invitation(connection, "code", BEN, NOW)
        assert not await people.use_invitation(connection, "code", ANN, NOW)


async def test_a_switch_is_set_changed_and_taken_back(database: Database) -> None:
    switch = Switch("s", str, int)
    async with database.write() as connection:
        assert await switches.value(connection, switch) is None
        await switches.put(connection, switch, 1, NOW)
        await switches.put(connection, switch, 2, NOW)
        assert await switches.value(connection, switch) == 2
        await switches.clear(connection, switch)
        await switches.clear(connection, switch)
        assert await switches.value(connection, switch) is None


async def test_a_message_shows_one_order_at_a_time(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        for nonce in "ab":
            await ordered(connection, nonce=nonce)
        await cards.put(connection, CARD)
        await cards.put(connection, replace(CARD, order_id=2, role=CardRole.VIEW))
        assert await cards.at(connection, ANN, 10) == replace(CARD, order_id=2, role=CardRole.VIEW)
        assert await cards.at(connection, BEN, 10) is None
        await cards.drop(connection, ANN, 10)
        assert await cards.at(connection, ANN, 10) is None


async def test_a_card_is_behind_until_it_has_shown_what_is_true(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        order = await ordered(connection)
        await cards.put(connection, CARD)
        assert await cards.behind(connection, Search(20, NOW), MINE) == []
        await orders.show_anew(connection, order.id)
        assert await cards.behind(connection, Search(20, NOW), MINE) == [CARD]
        await cards.shown(connection, CARD, 2)
        assert await cards.behind(connection, Search(20, NOW), MINE) == []


async def test_cards_that_have_to_wait_hide_no_others_however_many_they_are(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        told = [await ordered(connection, nonce=f"n{number}") for number in range(30)]
        for place, order in enumerate(told):
            await cards.put(connection, Card(ANN, 100 + place, order.id, 1, CardRole.PUSH))
            await orders.show_anew(connection, order.id)
            if place < 29:
                kind = NoticeKind.ENDED
                await notices.add(connection, f"ended:{order.id}", ANN, kind, NOW, order_id=order.id)
        just_before, later = NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)
        assert [one.message_id for one in await cards.behind(connection, Search(20, just_before), MINE)] == [129]
        assert len(await cards.behind(connection, Search(40, later), MINE)) == 30
        await people.set_unreachable(connection, ANN, NOW)
        assert await cards.behind(connection, Search(40, later), MINE) == []


async def test_the_push_that_brought_the_number_is_found_by_its_order(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        await ordered(connection)
        await cards.put(connection, CARD)
        assert await cards.pushed_for(connection, 1) is None
        push = replace(CARD, message_id=20, role=CardRole.PUSH)
        await cards.put(connection, push)
        assert await cards.pushed_for(connection, 1) == push


async def test_a_push_is_told_from_a_menu(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        order = await ordered(connection)
        for message_id, kind in ((30, NoticeKind.NUMBER), (31, NoticeKind.CODE)):
            await notices.add(connection, kind.value, ANN, kind, NOW, order_id=order.id)
            (notice,) = await notices.claim(connection, Lease(1, NOW, NOW + timedelta(minutes=1)), 1)
            await notices.done(connection, notice.id, message_id, NOW)
        assert await cards.pushed_order(connection, ANN, 30) == order.id
        assert await cards.pushed_order(connection, ANN, 31) == 0
        assert await cards.pushed_order(connection, ANN, 10) is None
        assert await cards.pushed_order(connection, BEN, 30) is None
