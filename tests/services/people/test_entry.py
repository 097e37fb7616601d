"""A stranger asks to be let in: the admins are asked once, one of them answers, the stranger hears of it."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.db import people
from bot.db.telling import notices
from bot.domain.access import Role, Standing
from bot.domain.details import Detail, EntryAsked, LetIn, NotLetIn
from bot.domain.entry import EntryAnswer, Knock, Opening, Stranger
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from tests.services.floor import ADA, ADMIN, ANN, BEN, Floor, open_floor

STRANGER = Stranger(ANN, "Ann", "ann_example", "de")
HELPER = Person(BEN, "Ben", Standing.ALLOWED, "en", Role.ADMIN)


@pytest.fixture
async def floor(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Floor]:
    async with open_floor(tmp_path / "closed", migrated_file, access="closed") as floor:
        yield floor


async def waiting(floor: Floor) -> list[tuple[int, Detail | None]]:
    """Whom a notice waits for, and what it is about."""
    async with floor.database.read() as tx:
        return [(one.person_id, one.detail) for one in await notices.due(tx, 300)]


async def acts(floor: Floor) -> list[tuple[str, int, int, str | None, str | None]]:
    async with floor.database.read() as tx:
        rows = await tx.connection.execute(text("SELECT act, actor_id, person_id, detail FROM audit ORDER BY id"))
        found = [(row.act, row.actor_id, row.person_id, json.loads(row.detail)) for row in rows]
    return [(act, actor, person, detail["before"], detail["after"]) for act, actor, person, detail in found]


async def test_the_admins_are_asked_once_however_often_a_stranger_asks(floor: Floor) -> None:
    await floor.shop.roles.appoint(ADA, BEN, admin=True)
    before = await waiting(floor)
    answers = await asyncio.gather(*(floor.shop.entry.ask(STRANGER) for _ in range(30)))
    assert set(answers) == {Knock.WAITS}
    asked = EntryAsked(ANN, "Ann", "ann_example")
    assert sorted(one for one, detail in (await waiting(floor))[len(before) :] if detail == asked) == [BEN, ADMIN]
    assert len(await waiting(floor)) == len(before) + 2
    async with floor.database.read() as tx:
        assert await people.get(tx, ANN) is None


async def test_to_look_asks_nobody(floor: Floor) -> None:
    assert await floor.shop.entry.stands(ANN) is Knock.FREE
    assert await waiting(floor) == []


async def test_an_admins_allow_lets_in_and_is_told(floor: Floor) -> None:
    await floor.shop.entry.ask(STRANGER)
    facts = await floor.shop.entry.answer(ADA, ANN, allow=True)
    assert (facts.request.answer, facts.mine) == (EntryAnswer.ALLOWED, True)
    assert (ANN, LetIn()) in await waiting(floor)
    assert await acts(floor) == [("person.allowed", ADMIN, ANN, "unknown", "allowed")]
    met = await floor.people.get(ANN)
    assert met is not None
    assert (met.name, met.language, met.role) == ("Ann", "de", Role.BUYER)


async def test_ignored_is_told_once_and_never_asked_again(floor: Floor) -> None:
    await floor.shop.entry.ask(STRANGER)
    facts = await floor.shop.entry.answer(ADA, ANN, allow=False)
    assert (facts.request.answer, facts.mine) == (EntryAnswer.IGNORED, True)
    told = await waiting(floor)
    assert [one for one in told if one[0] == ANN] == [(ANN, NotLetIn())]
    floor.clock.forward(400 * 86_400)
    assert await floor.shop.entry.ask(STRANGER) is Knock.SILENT
    assert await waiting(floor) == told
    assert await acts(floor) == [("entry.ignored", ADMIN, ANN, None, "ignored")]
    assert await floor.people.meet(ANN, "Ann", "de") is None


async def test_who_is_let_in_after_all_hears_that_alone(floor: Floor) -> None:
    await floor.shop.entry.ask(STRANGER)
    await floor.shop.entry.answer(ADA, ANN, allow=False)
    await floor.people.decide(ADA, ANN, Standing.ALLOWED)
    assert [detail for person, detail in await waiting(floor) if person == ANN] == [LetIn()]


async def test_the_first_answer_counts_whoever_comes_second(floor: Floor) -> None:
    await floor.people.meet(ADMIN, "Ada", "en")
    await floor.shop.entry.ask(STRANGER)
    both = await asyncio.gather(
        floor.shop.entry.answer(ADA, ANN, allow=True), floor.shop.entry.answer(HELPER, ANN, allow=False)
    )
    assert {one.request.answer for one in both} == {both[0].request.answer}
    assert sorted(one.mine for one in both) == [False, True]
    assert len(await acts(floor)) == 1
    later = await floor.shop.entry.answer(HELPER, ANN, allow=False)
    assert later.request.answer is both[0].request.answer


async def test_a_second_admin_reads_who_answered(floor: Floor) -> None:
    await floor.people.meet(ADMIN, "Ada", "en")
    await floor.shop.entry.ask(STRANGER)
    await floor.shop.entry.answer(ADA, ANN, allow=False)
    facts = await floor.shop.entry.answer(HELPER, ANN, allow=True)
    assert facts.by is not None
    assert (facts.mine, facts.by.name, facts.request.answer) == (False, "Ada", EntryAnswer.IGNORED)
    assert await floor.people.meet(ANN, "Ann", "de") is None


@pytest.mark.parametrize(
    ("standing", "answer"), [(Standing.ALLOWED, EntryAnswer.ALLOWED), (Standing.BLOCKED, EntryAnswer.BLOCKED)]
)
async def test_a_decision_in_another_way_answers_the_request(
    floor: Floor, standing: Standing, answer: EntryAnswer
) -> None:
    await floor.shop.entry.ask(STRANGER)
    await floor.people.decide(HELPER, ANN, standing)
    facts = await floor.shop.entry.answer(ADA, ANN, allow=standing is not Standing.ALLOWED)
    assert (facts.request.answer, facts.mine) == (answer, False)
    known = await floor.people.get(ANN)
    assert known is not None
    assert known.standing is standing


async def test_an_invitation_meanwhile_answers_the_request(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path / "one", migrated_file, access="closed") as closed:
        await closed.shop.entry.ask(STRANGER)
    async with open_floor(tmp_path / "two", tmp_path / "one" / "bot.db", access="invite") as floor:
        assert await floor.shop.entry.ask(Stranger(77, "Bob")) is Knock.SILENT  # a link is what lets in here
        code = (await floor.shop.invitations.invite(ADA)).code
        assert await floor.shop.invitations.open(STRANGER, code) is Opening.LET_IN
        facts = await floor.shop.entry.answer(HELPER, ANN, allow=False)
        assert (facts.request.answer, facts.mine) == (EntryAnswer.INVITED, False)
        assert await floor.people.meet(ANN, "Ann", "de") is not None


@pytest.mark.parametrize("how", ["ignored", "allowed", "decided", "appointed"])
async def test_an_admin_out_of_reach_is_not_asked_about_who_was_answered_meanwhile(floor: Floor, how: str) -> None:
    await floor.shop.entry.ask(STRANGER)
    await floor.shop.entry.ask(other := Stranger(ANN * 10 + 1, "Bob"))
    match how:
        case "decided":
            await floor.people.decide(ADA, ANN, Standing.BLOCKED)
        case "appointed":
            await floor.shop.roles.appoint(ADA, ANN, admin=True)
        case _:
            await floor.shop.entry.answer(ADA, ANN, allow=how == "allowed")
    asked = [(person, one.person_id) for person, one in await waiting(floor) if isinstance(one, EntryAsked)]
    assert asked == [(ADMIN, other.id)]


async def test_an_old_ignore_tells_nobody_who_is_in_that_they_were_not_let_in(
    tmp_path: Path, migrated_file: Path
) -> None:
    async with open_floor(tmp_path / "one", migrated_file, access="closed") as closed:
        await closed.shop.entry.ask(STRANGER)
        await closed.shop.entry.ask(Stranger(77, "Bob"))
    async with open_floor(tmp_path / "two", tmp_path / "one" / "bot.db", access="open") as floor:
        await floor.people.meet(ANN, "Ann", "de")
        for person in (ANN, 77):  # Bob has never come back
            facts = await floor.shop.entry.answer(ADA, person, allow=False)
            assert (facts.request.answer, facts.is_in) == (EntryAnswer.IGNORED, True)
        assert await waiting(floor) == []
        assert await floor.people.meet(ANN, "Ann", "de") is not None


async def test_who_is_blocked_asks_nobody(floor: Floor) -> None:
    await floor.people.decide(ADA, ANN, Standing.BLOCKED)
    assert await floor.shop.entry.ask(STRANGER) is Knock.SILENT
    assert await waiting(floor) == []


async def test_a_flood_of_strangers_asks_twenty_times_an_hour_and_writes_no_more(floor: Floor) -> None:
    found = [await floor.shop.entry.ask(Stranger(10_000 + n, "Bot")) for n in range(60)]
    assert found == [Knock.WAITS] * 20 + [Knock.LATER] * 40
    assert len(await waiting(floor)) == 20
    assert await floor.shop.entry.ask(Stranger(10_000, "Bot")) is Knock.WAITS
    floor.clock.forward(3601)
    assert await floor.shop.entry.ask(STRANGER) is Knock.WAITS


async def test_a_hundred_open_requests_are_enough_until_they_are_a_week_old(floor: Floor) -> None:
    for n in range(100):
        assert await floor.shop.entry.ask(Stranger(10_000 + n, "Bot")) is Knock.WAITS
        floor.clock.forward(200)
    assert await floor.shop.entry.ask(STRANGER) is Knock.LATER
    await floor.shop.entry.answer(ADA, 10_000, allow=False)
    assert await floor.shop.entry.ask(STRANGER) is Knock.WAITS
    floor.clock.forward(7 * 86_400)
    assert await floor.shop.entry.ask(Stranger(77, "Bob")) is Knock.WAITS


async def test_where_nobody_could_answer_nobody_is_asked(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path / "f", migrated_file, access="closed", admin_ids=frozenset()) as floor:
        assert await floor.shop.entry.ask(STRANGER) is Knock.SILENT


async def test_what_nobody_asked_for_can_not_be_answered(floor: Floor) -> None:
    with pytest.raises(Refusal) as caught:
        await floor.shop.entry.answer(ADA, ANN, allow=True)
    assert caught.value.facts.reason is Reason.NO_REQUEST


async def test_who_lost_the_right_answers_nothing(floor: Floor) -> None:
    await floor.shop.entry.ask(STRANGER)
    with pytest.raises(Refusal):
        await floor.shop.entry.answer(replace(HELPER, role=Role.BUYER), ANN, allow=True)
    assert (await floor.shop.entry.answer(ADA, ANN, allow=False)).mine
