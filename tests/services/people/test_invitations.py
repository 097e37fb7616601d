"""Links that let one person in: once, until their end, as long as their host may invite."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.db.telling import notices
from bot.domain.access import AccessMode, Role, Standing
from bot.domain.details import InvitationUsed
from bot.domain.entry import Opening, Stranger
from bot.domain.people import Person
from tests.services.floor import ADA, ADMIN, ANN, BEN, Floor, open_floor

BEA = Stranger(BEN, "Ben", None, "en")
GUEST = Stranger(ANN, "Ann", None, "en")


@pytest.fixture
async def floor(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Floor]:
    async with open_floor(tmp_path / "invite", migrated_file, access="invite", invite_hours=24) as floor:
        yield floor


async def made(floor: Floor, host: Person = ADA) -> str:
    return (await floor.shop.invitations.invite(host)).code


async def opened(floor: Floor, who: Stranger, code: str) -> Opening:
    return await floor.shop.invitations.open(who, code)


async def audited(floor: Floor, act: str) -> list[tuple[int, dict[str, str]]]:
    async with floor.database.read() as tx:
        rows = await tx.connection.execute(text("SELECT actor_id, detail FROM audit WHERE act = :a"), {"a": act})
        return [(row.actor_id, json.loads(row.detail)) for row in rows]


async def test_an_invitation_lets_in_the_first_who_comes(floor: Floor) -> None:
    code = await made(floor)
    assert await opened(floor, GUEST, "wrong") is Opening.NOTHING
    taken = await asyncio.gather(opened(floor, GUEST, code), opened(floor, BEA, code))
    assert sorted(taken) == [Opening.LET_IN, Opening.USED]
    met = [await floor.people.meet(one.id, one.name, "en") for one in (GUEST, BEA)]
    assert [person is not None for person in met] == [one is Opening.LET_IN for one in taken]


async def test_an_invitation_has_an_end(floor: Floor) -> None:
    late, early = await made(floor), await floor.shop.invitations.invite(ADA)
    assert early.until == floor.clock() + timedelta(hours=24)
    floor.clock.forward(24 * 3600 - 1)
    assert await opened(floor, GUEST, early.code) is Opening.LET_IN
    floor.clock.forward(1)
    assert await opened(floor, BEA, late) is Opening.RUN_OUT
    assert await floor.people.meet(BEN, "Ben", "en") is None


async def test_one_of_a_release_that_knew_no_end_has_the_same(floor: Floor) -> None:
    codes = [await made(floor), await made(floor)]
    async with floor.database.write() as tx:
        await tx.connection.execute(text("UPDATE invitations SET expires_at = NULL"))
    assert await opened(floor, GUEST, codes[0]) is Opening.LET_IN
    floor.clock.forward(24 * 3600)
    assert await opened(floor, BEA, codes[1]) is Opening.RUN_OUT


async def test_an_invitation_does_not_undo_a_block(floor: Floor) -> None:
    code = await made(floor)
    await floor.people.decide(ADA, ANN, Standing.BLOCKED)
    assert await opened(floor, GUEST, code) is Opening.NOTHING
    assert await opened(floor, BEA, code) is Opening.LET_IN


async def test_no_invitation_is_made_or_worth_anything_in_a_closed_bot(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path / "one", migrated_file, access="invite") as floor:
        code = await made(floor)
        file = tmp_path / "one" / "bot.db"
    async with open_floor(tmp_path / "two", file, access="closed") as closed:
        assert await opened(closed, GUEST, code) is Opening.NOTHING
        nothing = await closed.shop.invitations.invite(ADA)
        assert (nothing.code, nothing.until, nothing.mode) == ("", None, AccessMode.CLOSED)


async def test_invitations_are_different_and_long(floor: Floor) -> None:
    codes = {await made(floor) for _ in range(5)}
    assert len(codes) == 5
    assert all(len(code) == 16 and code.isalnum() for code in codes)


async def test_a_host_who_may_not_invite_any_more_lets_nobody_in(floor: Floor) -> None:
    await floor.shop.roles.appoint(ADA, BEN, admin=True)
    code = await made(floor, Person(BEN, "Ben", Standing.ALLOWED, "en", Role.ADMIN))
    await floor.shop.roles.appoint(ADA, BEN, admin=False)
    assert (await floor.shop.invitations.listed(ADA)).found == ()
    assert await opened(floor, GUEST, code) is Opening.RUN_OUT
    assert await opened(floor, GUEST, await made(floor, replace(ADA, id=77))) is Opening.RUN_OUT


async def test_its_host_hears_who_came_and_the_audit_has_no_code(floor: Floor) -> None:
    code = await made(floor)
    assert await opened(floor, GUEST, code) is Opening.LET_IN
    async with floor.database.read() as tx:
        told = [(one.person_id, one.detail) for one in await notices.due(tx, 20)]
        written = (await tx.connection.execute(text("SELECT group_concat(detail) FROM audit"))).scalar_one()
        keys = (await tx.connection.execute(text("SELECT group_concat(key) FROM notices"))).scalar_one()
    assert told == [(ADMIN, InvitationUsed(ANN, "Ann"))]
    assert code not in written + keys
    ((actor, came),) = await audited(floor, "person.accepted")
    assert (actor, came["before"], came["after"], came["host"]) == (ANN, "unknown", "allowed", ADMIN)


async def test_a_revoked_invitation_is_worth_nothing_and_only_a_good_one_is_revoked(floor: Floor) -> None:
    code, other = await made(floor), await made(floor)
    assert {one.code for one in (await floor.shop.invitations.listed(ADA)).found} == {code, other}
    assert await floor.shop.invitations.revoke(ADA, code)
    assert [one.code for one in (await floor.shop.invitations.listed(ADA)).found] == [other]
    assert await opened(floor, GUEST, code) is Opening.RUN_OUT
    assert await opened(floor, GUEST, other) is Opening.LET_IN
    for over in (code, other, "nosuch"):
        assert not await floor.shop.invitations.revoke(ADA, over)
    ((actor, ended),) = await audited(floor, "invitation.revoked")
    assert actor == ADMIN
    assert ended["after"] < ended["before"]


async def test_a_list_of_invitations_is_short_and_says_that_there_are_more(floor: Floor) -> None:
    for _ in range(9):
        await made(floor)
        floor.clock.forward(1)
    found = await floor.shop.invitations.listed(ADA)
    assert (len(found.found), found.more) == (8, True)
    assert found.found[0].until < found.found[1].until
