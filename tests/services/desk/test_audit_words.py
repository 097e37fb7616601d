"""The audit speaks words: each act with the details that the services write, and nothing as the database has it."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.db import audit
from bot.domain.access import Role, Standing
from bot.domain.acts import Act
from bot.domain.entry import Stranger
from bot.domain.exporting import SheetKind
from bot.domain.limits import LimitKind
from bot.domain.people import Person
from bot.screens.desk.audit import audit as drawn
from tests.screens.phone import ENGLISH, check, meant
from tests.services.floor import ADA, ANN, BEN, Floor, open_floor

FIVE = 5_000_000
NOT_WORDS = re.compile(r"\w+_\w+|\d{7}|\d,\d{3},\d{3}|\d{4}-\d\d-\d\d")
BUYER = Person(ANN, "Ann", Standing.ALLOWED, "en", Role.BUYER)


@pytest.fixture
async def prepaid(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Floor]:
    async with open_floor(tmp_path, migrated_file, billing="prepaid", access="invite") as floor:
        yield await floor.opened()


async def _people(floor: Floor) -> None:
    shop = floor.shop
    for person, name in ((ANN, "Ann"), (BEN, "Ben")):
        await shop.people.meet(person, name, "en")
    for standing in Standing:
        await shop.people.decide(ADA, BEN, standing)
    await shop.people.decide(ADA, ANN, Standing.ALLOWED)
    for kind in LimitKind:
        for limit in (1_000_000 if kind is LimitKind.SPEND else 7, 3, None):
            await shop.person_limits.set(ADA, BEN, kind, limit)
    await shop.roles.appoint(ADA, BEN, admin=True)
    await shop.people.decide(ADA, BEN, Standing.BLOCKED)
    for _ in range(2):
        code = (await shop.invitations.invite(ADA)).code
        await shop.invitations.open(Stranger(777, "Guest", None, None), code)
        await shop.invitations.revoke(ADA, code)


async def _money(floor: Floor) -> None:
    credit, requests = floor.shop.credit, floor.shop.credit_requests
    given = await credit.propose_typed(ADA, ANN, "5 first month", taken=False)
    await credit.carry_out(ADA, given.number)
    await requests.ask(BUYER, FIVE, "", None)
    asked = await requests.ask(BUYER, 2 * FIVE, "", None)
    await requests.grant(ADA, asked.id, FIVE)
    await requests.decline(ADA, (await requests.ask(BUYER, FIVE, "", None)).id)
    floor.clock.forward(7200)
    await requests.ask(BUYER, FIVE, "", None)
    await requests.withdraw(ANN)


async def _orders(floor: Floor) -> None:
    for bought in (True, False):
        lost = await floor.left_placing(nonce=f"n{bought}")
        await floor.shop.lost.take_over([lost.id])
        await floor.shop.lost.judge(ADA, lost.id, bought=bought)
    for paused in (True, False):
        await floor.shop.pause.steer(ADA, paused=paused)
    for days in (0, 30):
        floor.shop.exports.end(await floor.shop.exports.begin(ADA, days, SheetKind.CSV))
    for hour in (7, None):
        await floor.shop.digest.set_hour(ADA, hour)
    await floor.shop.book_check.book_difference(ADA)
    async with floor.database.write() as tx:  # what a watch or another access mode writes
        shares = {"success": 36, "closes": 0, "ended": 50}
        await audit.write(tx, Act.GUARD_LEVEL, detail={"before": "calm", "after": "warning", **shares})
        await audit.write(tx, Act.BOOKS_APART, detail={"amount": -FIVE})
        for why in ("unknowns", "books", "guard"):
            await audit.write(tx, Act.BUYING_PAUSED, detail={"why": why, "before": None, "after": why})
        await audit.write(tx, Act.DEBTS_FORGIVEN, detail={"people": 3, "amount": 12_500_000})
        await audit.write(tx, Act.ENTRY_IGNORED, actor_id=ADA.id, detail={"before": None, "after": "ignored"})
        erased = {"before": "allowed", "after": "unknown", "was_admin": 0}
        await audit.write(tx, Act.PERSON_ERASED, actor_id=ANN, person_id=ANN, detail=erased)


async def test_no_act_is_told_in_the_databases_words_or_in_micro_units(prepaid: Floor) -> None:
    await _people(prepaid)
    await _money(prepaid)
    await _orders(prepaid)
    pages = (await prepaid.shop.record.audit(ADA)).page.pages
    found = [await prepaid.shop.record.audit(ADA, number) for number in range(pages)]
    screens = [drawn(page, ENGLISH) for page in found]
    for screen in screens:
        check(screen)
    told = "\n".join(meant(screen) for screen in screens)
    assert NOT_WORDS.findall(told) == []
    acts = {one.act for page in found for one in page.lines}
    assert acts == {act for act in Act if not act.startswith("order.") or act.startswith("order.judged")}
    for said in ("asked for credit", "amount: $5.00", "$5.00 → $10.00", "spent a day: as for everybody → $1.00"):
        assert said in told
    for said in ("buying: open", "number:", "admin: 0", "request:", "why"):
        assert said not in told
