"""People, invitations, switches, and which message shows which order."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from bot.db import entry, invitations, people, switches
from bot.db.database import Database
from bot.db.leases import Lease
from bot.db.orders import orders
from bot.db.people import Wanted
from bot.db.switches import Switch
from bot.db.telling import cards, notices
from bot.db.telling.cards import Search
from bot.domain.access import Standing
from bot.domain.cards import Card, CardRole
from bot.domain.entry import EntryAnswer, Stranger
from bot.domain.notices import NoticeKind
from bot.domain.people import Among, Person
from tests.db.fresh import ANN, BEN, NOW, at, ordered, stock

MINE = Lease(1, timedelta(minutes=1))

CARD = Card(ANN, 10, 1, 1, CardRole.WAITING)


async def test_a_person_comes_back_as_they_were_written(database: Database) -> None:
    huge = Person(2**52 - 1, "Ann 🌸 'x'", Standing.ALLOWED, "pt_BR")
    async with database.write() as tx:
        await people.add(tx, huge)
        assert await people.get(tx, huge.id) == huge
        await people.greet(tx, huge.id, "Anna", None)
        await people.set_standing(tx, huge.id, Standing.BLOCKED)
        await people.set_unreachable(tx, huge.id, NOW)
        changed = replace(huge, name="Anna", telegram_language=None, standing=Standing.BLOCKED, unreachable_at=NOW)
        assert await people.get(tx, huge.id) == changed
        assert await people.get(tx, 1) is None


async def test_the_newest_people_are_listed_first(database: Database) -> None:
    async with database.write() as tx:
        for place, standing in enumerate(Standing):
            await people.add(at(tx, NOW + timedelta(seconds=place)), Person(place, "", standing, None))
        assert [p.id for p in await people.listed(tx, Wanted(), 2)] == [2, 1]
        assert [p.standing for p in await people.listed(tx, Wanted(Among.BLOCKED), 9)] == [Standing.BLOCKED]


async def test_an_invitation_lets_in_one_person(database: Database) -> None:
    async with database.write() as tx:
        await invitations.add(tx, "code", 900, NOW + timedelta(hours=1))
        assert not await invitations.use(tx, "another", ANN)
        assert await invitations.use(tx, "code", ANN)
        assert not await invitations.use(tx, "code", BEN)
        assert not await invitations.end(tx, "code")
        found = await invitations.get(tx, "code")
        assert found is not None
        assert (found.used_by, found.host_id) == (ANN, 900)


async def test_an_answer_of_another_release_to_a_stranger_is_one(database: Database) -> None:
    async with database.write() as tx:
        await entry.add(tx, Stranger(ANN, "Ann", "ann_example", "en"))
        assert await entry.answer(tx, ANN, EntryAnswer.ALLOWED, 900)
        assert not await entry.answer(tx, ANN, EntryAnswer.IGNORED, 900)
        await tx.connection.execute(text("UPDATE entry_requests SET answer = 'later'"))
        found = await entry.get(tx, ANN)
        assert found is not None
        assert found.answer is EntryAnswer.IGNORED
        assert not await entry.answer(tx, BEN, EntryAnswer.ALLOWED, 900)


async def test_a_switch_is_set_changed_and_taken_back(database: Database) -> None:
    switch = Switch("s", str, int)
    async with database.write() as tx:
        assert await switches.value(tx, switch) is None
        await switches.put(tx, switch, 1)
        await switches.put(tx, switch, 2)
        assert await switches.value(tx, switch) == 2
        await switches.clear(tx, switch)
        await switches.clear(tx, switch)
        assert await switches.value(tx, switch) is None


async def test_a_message_shows_one_order_at_a_time(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        for nonce in "ab":
            await ordered(tx, nonce=nonce)
        await cards.put(tx, CARD)
        await cards.put(tx, replace(CARD, order_id=2, role=CardRole.VIEW))
        assert await cards.at(tx, ANN, 10) == replace(CARD, order_id=2, role=CardRole.VIEW)
        assert await cards.at(tx, BEN, 10) is None
        await cards.drop(tx, ANN, 10)
        assert await cards.at(tx, ANN, 10) is None


async def test_a_card_is_behind_until_it_has_shown_what_is_true(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        order = await ordered(tx)
        await cards.put(tx, CARD)
        assert await cards.behind(tx, Search(20, NOW), MINE) == []
        await orders.show_anew(tx, order.id)
        assert await cards.behind(tx, Search(20, NOW), MINE) == [CARD]
        await cards.shown(tx, CARD, 2)
        assert await cards.behind(tx, Search(20, NOW), MINE) == []


async def test_cards_that_have_to_wait_hide_no_others_however_many_they_are(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        told = [await ordered(tx, nonce=f"n{number}") for number in range(30)]
        for place, order in enumerate(told):
            await cards.put(tx, Card(ANN, 100 + place, order.id, 1, CardRole.PUSH))
            await orders.show_anew(tx, order.id)
            if place < 29:
                kind = NoticeKind.ENDED
                await notices.add(tx, f"ended:{order.id}", ANN, kind, order_id=order.id)
        just_before, later = NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)
        assert [one.message_id for one in await cards.behind(tx, Search(20, just_before), MINE)] == [129]
        assert len(await cards.behind(tx, Search(40, later), MINE)) == 30
        await people.set_unreachable(tx, ANN, NOW)
        assert await cards.behind(tx, Search(40, later), MINE) == []


async def test_the_push_that_brought_the_number_is_found_by_its_order(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        await ordered(tx)
        await cards.put(tx, CARD)
        assert await cards.pushed_for(tx, 1) is None
        push = replace(CARD, message_id=20, role=CardRole.PUSH)
        await cards.put(tx, push)
        assert await cards.pushed_for(tx, 1) == push


async def test_a_push_is_told_from_a_menu(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        order = await ordered(tx)
        for message_id, kind in ((30, NoticeKind.NUMBER), (31, NoticeKind.CODE)):
            await notices.add(tx, kind.value, ANN, kind, order_id=order.id)
            (notice,) = await notices.claim(tx, Lease(1, timedelta(minutes=1)), 1)
            await notices.done(tx, {notice.id: message_id})
        assert await cards.pushed_order(tx, ANN, 30) == order.id
        assert await cards.pushed_order(tx, ANN, 31) == 0
        assert await cards.pushed_order(tx, ANN, 10) is None
        assert await cards.pushed_order(tx, BEN, 30) is None
