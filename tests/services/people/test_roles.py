"""Admins by an owner's word: who becomes one, who is one no longer, and who decides about them."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.db.telling import notices
from bot.domain.access import Role, Standing
from bot.domain.details import Detail, LetIn, RoleTurned
from bot.domain.entry import Stranger
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from tests.services.floor import ADA, ADMIN, ANN, BEN, Floor, open_floor

HELPER = Person(BEN, "Ben", Standing.ALLOWED, "en", Role.ADMIN)


@pytest.fixture
async def floor(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Floor]:
    async with open_floor(tmp_path / "closed", migrated_file, access="closed") as floor:
        yield floor


async def told(floor: Floor) -> list[tuple[int, Detail | None]]:
    async with floor.database.read() as tx:
        return [(one.person_id, one.detail) for one in await notices.due(tx, 20)]


async def turns(floor: Floor) -> list[tuple[int, str, str]]:
    """(whose, before, after) of the audit's lines about roles."""
    async with floor.database.read() as tx:
        rows = await tx.connection.execute(text("SELECT person_id, detail FROM audit WHERE act = 'person.role'"))
        found = [(row.person_id, json.loads(row.detail)) for row in rows]
    return [(person, detail["before"], detail["after"]) for person, detail in found]


async def role(floor: Floor, person_id: int) -> Role:
    known = await floor.people.get(person_id)
    assert known is not None
    return known.role


async def test_a_stranger_becomes_an_admin_and_a_buyer_again(floor: Floor) -> None:
    heard: list[tuple[int, Role]] = []
    floor.people.when_role_turns(lambda who: heard.append((who.id, who.role)))
    facts = await floor.shop.roles.appoint(ADA, BEN, admin=True)
    assert (facts.before, facts.person.role) == (Role.STRANGER, Role.ADMIN)
    assert await role(floor, BEN) is Role.ADMIN
    facts = await floor.shop.roles.appoint(ADA, BEN, admin=False)
    assert (facts.before, facts.person.role) == (Role.ADMIN, Role.BUYER)
    assert await role(floor, BEN) is Role.BUYER
    assert await told(floor) == [(BEN, RoleTurned(True)), (BEN, RoleTurned(False))]
    assert heard == [(BEN, Role.ADMIN), (BEN, Role.BUYER)]
    assert await turns(floor) == [(BEN, "stranger", "admin"), (BEN, "admin", "buyer")]
    assert await floor.people.once_staff() == [BEN]


async def test_the_same_word_twice_turns_nothing(floor: Floor) -> None:
    for _ in range(2):
        facts = await floor.shop.roles.appoint(ADA, BEN, admin=True)
    assert (facts.before, facts.person.role) == (Role.ADMIN, Role.ADMIN)
    assert len(await told(floor)) == len(await turns(floor)) == 1


async def test_a_stranger_made_a_buyer_is_let_in(floor: Floor) -> None:
    facts = await floor.shop.roles.appoint(ADA, ANN, admin=False)
    assert (facts.before, facts.person.role) == (Role.STRANGER, Role.BUYER)
    assert await told(floor) == [(ANN, LetIn())]
    assert await floor.people.once_staff() == []


async def test_a_block_ends_with_an_appointment_and_not_with_being_made_a_buyer(floor: Floor) -> None:
    await floor.people.decide(ADA, BEN, Standing.BLOCKED)
    assert (await floor.shop.roles.appoint(ADA, BEN, admin=False)).person.role is Role.STRANGER
    assert await role(floor, BEN) is Role.STRANGER
    assert (await floor.shop.roles.appoint(ADA, BEN, admin=True)).person.role is Role.ADMIN
    assert await role(floor, BEN) is Role.ADMIN


async def test_who_is_blocked_is_no_admin_when_they_are_let_in_again(floor: Floor) -> None:
    heard: list[Role] = []
    floor.people.when_role_turns(lambda who: heard.append(who.role))
    await floor.shop.roles.appoint(ADA, BEN, admin=True)
    await floor.people.decide(ADA, BEN, Standing.BLOCKED)
    assert heard == [Role.ADMIN, Role.STRANGER]
    await floor.people.decide(ADA, BEN, Standing.ALLOWED)
    assert await role(floor, BEN) is Role.BUYER


async def test_an_owner_stays_one_whatever_anybody_says(floor: Floor) -> None:
    for admin in (True, False):
        facts = await floor.shop.roles.appoint(ADA, ADMIN, admin=admin)
        assert (facts.before, facts.person.role) == (Role.OWNER, Role.OWNER)
    assert await told(floor) == []
    assert await turns(floor) == []


@pytest.mark.parametrize("standing", [Standing.ALLOWED, Standing.BLOCKED])
async def test_about_an_admin_owners_alone_decide(floor: Floor, standing: Standing) -> None:
    await floor.shop.roles.appoint(ADA, ANN, admin=True)
    with pytest.raises(Refusal) as caught:
        await floor.people.decide(HELPER, ANN, standing)
    assert caught.value.facts.reason is Reason.OWNERS_ONLY
    assert await role(floor, ANN) is Role.ADMIN


async def test_a_role_is_read_however_it_is_written(floor: Floor) -> None:
    assert await floor.shop.roles.wished(ADA, " 77  ADMIN", "role") == (
        Person(77, "", Standing.UNKNOWN, None),
        Role.ADMIN,
    )
    assert (await floor.shop.roles.wished(ADA, "77 buyer", "role"))[1] is Role.BUYER


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (None, Reason.BAD_ID),
        ("ann admin", Reason.BAD_ID),
        ("77", Reason.BAD_ROLE),
        ("77 owner", Reason.BAD_ROLE),
        ("77 stranger", Reason.BAD_ROLE),
        ("77 admin please", Reason.BAD_ROLE),
    ],
)
async def test_what_is_no_role_is_refused(floor: Floor, typed: str | None, why: Reason) -> None:
    with pytest.raises(Refusal) as caught:
        await floor.shop.roles.wished(ADA, typed, "role")
    assert caught.value.facts.reason is why


async def test_admins_are_told_and_listed_as_long_as_they_are_some(floor: Floor) -> None:
    await floor.shop.roles.appoint(ADA, BEN, admin=True)
    assert [(one.id, one.role) for one in await floor.people.staff()] == [(BEN, Role.ADMIN), (ADMIN, Role.OWNER)]
    await floor.people.decide(ADA, BEN, Standing.BLOCKED)
    assert [one.id for one in await floor.people.staff()] == [ADMIN]


async def test_an_owner_whom_the_settings_name_no_more_is_found_once(tmp_path: Path, migrated_file: Path) -> None:
    """So that their menu of an admin's commands is taken away."""
    both, later = frozenset({ADMIN, 77, BEN}), frozenset({ADMIN})
    async with open_floor(tmp_path / "one", migrated_file, admin_ids=both) as floor:
        assert await floor.people.once_staff() == []
        await floor.people.remember_owners()
    async with open_floor(tmp_path / "two", tmp_path / "one" / "bot.db", admin_ids=later) as floor:
        await floor.shop.roles.appoint(ADA, BEN, admin=True)  # who has a menu all the same
        assert await floor.people.once_staff() == [77]
        await floor.people.remember_owners(besides=[77])  # Telegram could not be reached
        assert await floor.people.once_staff() == [77]
        await floor.people.remember_owners()
        assert await floor.people.once_staff() == []


async def waiting_for(floor: Floor, person_id: int) -> list[str]:
    """Kinds or words of what is still to be told to them."""
    query = "SELECT kind, detail FROM notices WHERE person_id = :who AND done_at IS NULL ORDER BY id"
    async with floor.database.read() as tx:
        rows = (await tx.connection.execute(text(query), {"who": person_id})).all()
    return [str(json.loads(row.detail).get("what", row.kind)) for row in rows]


async def test_who_is_an_admin_no_longer_hears_nothing_that_waited_for_admins(floor: Floor) -> None:
    await floor.shop.roles.appoint(ADA, BEN, admin=True)
    await floor.shop.entry.ask(Stranger(ANN, "Ann", "ann", "en"))
    await floor.shop.pause.steer(ADA, paused=True)
    assert await waiting_for(floor, BEN) == ["role", "asks", "paused-admin"]
    await floor.shop.roles.appoint(ADA, BEN, admin=False)
    assert await waiting_for(floor, BEN) == ["role", "role"]
    assert await waiting_for(floor, ADMIN) == ["asks"]


async def test_who_is_blocked_hears_of_their_orders_alone(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path / "prepaid", migrated_file, billing="prepaid") as floor:
        await floor.opened()
        asked = await floor.shop.credit.ask(ADA, f"{ANN} 5", taken=False)
        await floor.shop.credit.carry_out(ADA, asked.number)
        await floor.pending()
        assert await waiting_for(floor, ANN) == ["credit", "number"]
        await floor.people.decide(ADA, ANN, Standing.BLOCKED)
        assert await waiting_for(floor, ANN) == ["number"]
