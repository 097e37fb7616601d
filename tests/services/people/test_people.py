"""Who is met, let in, kept out, invited; groups are answered once."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.db import people
from bot.db.database import sqlite_file
from bot.db.telling import notices
from bot.domain.access import AccessMode, Right, Role, Standing
from bot.domain.details import Detail, LetIn
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.services.people.groups import Groups
from bot.services.people.people import People
from bot.services.people.remembered import RememberedPeople
from tests.services.floor import ADA, ADMIN, ANN, BEN, Floor, open_floor


@pytest.fixture
async def closed(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Floor]:
    async with open_floor(tmp_path / "closed", migrated_file, access="closed") as floor:
        yield floor


async def written(floor: Floor, person_id: int) -> Person | None:
    async with floor.database.read() as tx:
        return await people.get(tx, person_id)


async def test_a_stranger_who_may_not_enter_is_not_written_down(closed: Floor) -> None:
    assert await closed.people.meet(ANN, "Ann", "en") is None
    assert await written(closed, ANN) is None


async def test_somebody_let_in_before_they_ever_wrote_enters_with_their_name(closed: Floor) -> None:
    await closed.people.decide(ADA, ANN, Standing.ALLOWED)
    met = await closed.people.meet(ANN, "Ann", "pt-br")
    assert met == Person(ANN, "Ann", Standing.ALLOWED, "pt-br", Role.BUYER)
    assert await written(closed, ANN) == replace(met, role=Role.STRANGER)


async def test_a_block_works_in_every_mode_and_never_on_an_admin(bare: Floor) -> None:
    for person_id in (ANN, ADMIN):
        await bare.people.meet(person_id, "X", "en")
        await bare.people.decide(ADA, person_id, Standing.BLOCKED)
    assert await bare.people.meet(ANN, "X", "en") is None
    met = await bare.people.meet(ADMIN, "X", "en")
    assert met is not None
    assert met.is_admin


async def test_a_new_name_is_kept_and_a_missing_language_forgets_nothing(bare: Floor) -> None:
    await bare.people.meet(ANN, "Ann", "de")
    met = await bare.people.meet(ANN, "Anna", None)
    assert met is not None
    assert (met.name, met.language) == ("Anna", "de")
    assert await written(bare, ANN) == replace(met, role=Role.STRANGER)


async def test_writing_again_ends_being_out_of_reach(bare: Floor) -> None:
    await bare.people.meet(ANN, "Ann", "en")
    await bare.people.left(ANN)
    known = await written(bare, ANN)
    assert known is not None
    assert known.unreachable_at == bare.clock()
    await bare.people.meet(ANN, "Ann", "en")
    assert (await written(bare, ANN)) == Person(ANN, "Ann", Standing.UNKNOWN, "en")


async def test_ten_updates_of_a_new_person_at_once_are_one_person(bare: Floor) -> None:
    met = await asyncio.gather(*(bare.people.meet(ANN, "Ann", "en") for _ in range(10)))
    assert set(met) == {Person(ANN, "Ann", Standing.UNKNOWN, "en", Role.BUYER)}


@pytest.mark.parametrize("typed", [None, "", "ann", "-5", "0", "1.5", "²", "9" * 16, "9" * 5000, str(2**52)])
async def test_what_is_no_id_is_refused(bare: Floor, typed: str | None) -> None:
    with pytest.raises(Refusal) as caught:
        await bare.people.named(ADA, typed, "allow")
    assert caught.value.facts.reason is Reason.BAD_ID


@pytest.mark.parametrize("typed", [" 123 ", "۱۲۳", "१२३", "１２３"])
async def test_an_id_of_somebody_who_never_wrote_names_them_in_any_digits(bare: Floor, typed: str) -> None:
    assert await bare.people.named(ADA, typed, "allow") == Person(123, "", Standing.UNKNOWN, None)


async def test_a_group_is_answered_once_also_when_many_speak_at_once(bare: Floor) -> None:
    groups = Groups(bare.database)
    answers = await asyncio.gather(*(groups.first_time(-1_001_234_567_890) for _ in range(5)))
    assert sorted(answers) == [False, False, False, False, True]
    assert await groups.first_time(-5)
    assert not await groups.first_time(-1_001_234_567_890)


async def waiting(floor: Floor) -> list[tuple[int, Detail | None]]:
    """Whom a notice waits for, and what it is about."""
    async with floor.database.read() as tx:
        return [(one.person_id, one.detail) for one in await notices.due(tx, 20)]


async def test_to_be_let_in_is_told_once_and_only_to_who_was_out(closed: Floor, bare: Floor) -> None:
    first = await closed.people.decide(ADA, ANN, Standing.ALLOWED)
    again = await closed.people.decide(ADA, ANN, Standing.ALLOWED)
    assert (first.was_in, again.was_in) == (False, True)
    assert await waiting(closed) == [(ANN, LetIn())]
    assert (await bare.people.decide(ADA, BEN, Standing.ALLOWED)).was_in  # the shop is open
    assert await waiting(bare) == []


async def test_a_welcome_is_no_news_to_who_came_or_is_out_again(closed: Floor) -> None:
    await closed.people.decide(ADA, ANN, Standing.ALLOWED)
    await closed.people.meet(ANN, "Ann", "en")
    assert await waiting(closed) == []
    await closed.people.decide(ADA, BEN, Standing.ALLOWED)
    await closed.people.decide(ADA, BEN, Standing.BLOCKED)
    assert await waiting(closed) == []
    again = await closed.people.decide(ADA, BEN, Standing.ALLOWED)
    assert (again.was_in, again.met) == (False, False)
    assert await waiting(closed) == [(BEN, LetIn())]


async def test_a_chosen_language_stays_whatever_telegram_says_and_can_be_given_up(bare: Floor) -> None:
    await bare.people.meet(ANN, "Ann", "de")
    await bare.people.choose_language(ANN, "pt_BR")
    met = await bare.people.meet(ANN, "Anna", "ru")
    assert met is not None
    assert (met.name, met.language) == ("Anna", "pt_BR")
    assert await written(bare, ANN) == replace(met, role=Role.STRANGER)
    await bare.people.choose_language(ANN, None)
    met = await bare.people.meet(ANN, "Anna", "ru")
    assert met is not None
    assert met.language == "ru"


async def test_somebody_met_again_after_a_restart_keeps_the_language_they_chose(
    tmp_path: Path, migrated_file: Path
) -> None:
    async with open_floor(tmp_path, migrated_file) as floor:
        await floor.people.meet(ANN, "Ann", "en")
        await floor.people.choose_language(ANN, "de")
        again = People(floor.database, RememberedPeople(floor.database), AccessMode.OPEN, ())
        met = await again.meet(ANN, "Ann", "en")
    assert met is not None
    assert met.language == "de"


async def test_who_may_what_is_known_of_everybody_met_and_of_nobody_kept_out(closed: Floor) -> None:
    await closed.people.decide(ADA, ANN, Standing.ALLOWED)
    ann, ada = await closed.people.meet(ANN, "Ann", "en"), await closed.people.meet(ADMIN, "Ada", "en")
    assert ann is not None
    assert ada is not None
    assert (ann.role, ada.role) == (Role.BUYER, Role.OWNER)
    decision = await closed.people.decide(ADA, ANN, Standing.BLOCKED)
    assert decision.person.role is Role.STRANGER
    kept_out = await closed.people.get(ANN)
    assert kept_out is not None
    assert not any(kept_out.may(right) for right in Right)


async def test_what_an_operator_changes_by_hand_is_obeyed_within_a_minute(bare: Floor) -> None:
    for _ in range(2):  # met, and then remembered
        assert await bare.people.meet(ANN, "Ann", "en") is not None
    file = sqlite_file(bare.database.url)
    assert file is not None
    with closing(sqlite3.connect(file, timeout=20, isolation_level=None)) as shell:
        shell.execute("UPDATE people SET standing = 'blocked' WHERE id = ?", (ANN,))
    bare.clock.forward(60)
    assert await bare.people.meet(ANN, "Ann", "en") is None


async def test_a_decision_about_an_owner_changes_nothing(floor: Floor) -> None:
    helper = Person(BEN, "Ben", Standing.ALLOWED, "en", Role.ADMIN)
    for met in (False, True):
        if met:
            await floor.people.meet(ADMIN, "Ada", "en")
        for standing in (Standing.BLOCKED, Standing.ALLOWED):
            found = await floor.people.decide(helper, ADMIN, standing)
            assert (found.person.role, found.was_in) == (Role.OWNER, True)
        async with floor.database.read() as tx:
            known = await people.get(tx, ADMIN)
            assert (await tx.connection.execute(text("SELECT count(*) FROM audit"))).scalar_one() == 0
        assert (known.standing if known else None) == (Standing.UNKNOWN if met else None)
