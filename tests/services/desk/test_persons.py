"""People as admins see them: found by any spelling, page by page; and a page with what they may do and did."""

import json
from pathlib import Path

from sqlalchemy import text

from bot.db.search_names import folded, sought
from bot.domain.access import Role, Standing
from bot.domain.acts import Act
from bot.domain.limits import LimitKind, OwnLimits
from bot.domain.people import Among
from bot.facts.people import Picked
from bot.screens.callbacks_of_admins import ToPeople
from bot.screens.desk.person import person
from bot.screens.people.listed import people
from tests.screens.phone import ENGLISH
from tests.services.floor import ADA, ADMIN, ANN, BEN, Floor, open_floor


async def found(floor: Floor, typed: str) -> set[int]:
    return {one.id for one in (await floor.shop.persons.search(ADA, typed)).people}


FOUND: dict[str, set[int]] = {
    "аня": {1},
    "ANYA": {1},
    "petr": {1},
    "petrova anya": {1},
    "@Anya_P": {1},
    "jose": {2},
    "JOSÉ": {2},
    "ǰosé": {2},
    "wang": {3},
    "王": {3},
    "%": set(),
    "_": {1},
    "a%an": {1, 3, ANN},
    "nobody": set(),
    "!!!": set(),
    "\u202e": set(),
    "3": {3},
    "4503599627370496000000": set(),
    "x" * 4_000: set(),
    "' OR 1=1 --": set(),
}


async def test_a_person_is_found_by_name_username_and_id_in_any_script_and_case(floor: Floor) -> None:
    await floor.people.meet(1, "Аня Петрова", "ru", "Anya_P")
    await floor.people.meet(2, "José <b>", "es")
    await floor.people.meet(3, "王伟", "zh")
    await floor.people.meet(4, "\u202e🦊", "en")
    assert {typed: await found(floor, typed) for typed in FOUND} == FOUND


async def test_a_new_name_is_found_and_the_old_one_is_not(floor: Floor) -> None:
    await floor.people.meet(1, "Maria", "en", "maria_x")
    await floor.people.meet(1, "Mascha", "en")
    assert (await found(floor, "mascha"), await found(floor, "maria")) == ({1}, set())
    known = await floor.people.get(1)
    assert known is not None
    assert known.username is None


async def test_pages_are_of_eight_and_the_newest_comes_first(floor: Floor) -> None:
    for number in range(1, 20):
        floor.clock.forward(1)
        await floor.people.meet(number, f"Person {number}", "en")
    first = await floor.shop.persons.listed(ADA, Among.ALL, 0, "")
    assert [one.id for one in first.people] == [19, 18, 17, 16, 15, 14, 13, 12]
    assert (first.total, first.page.pages) == (20, 3)
    last = await floor.shop.persons.listed(ADA, Among.ALL, 99, "")
    assert ([one.id for one in last.people], last.page.number) == ([3, 2, 1, ANN], 2)
    tens = await floor.shop.persons.listed(ADA, Among.ALL, 1, "person 1")
    assert (tens.total, [one.id for one in tens.people]) == (11, [11, 10, 1])


async def test_some_are_listed_by_what_they_are(floor: Floor) -> None:
    for number in (1, 2, 3, 4, ADMIN):
        await floor.people.meet(number, f"Person {number}", "en")
    await floor.people.decide(ADA, 1, Standing.BLOCKED)
    await floor.people.left(2)
    await floor.shop.person_limits.set(ADA, 3, LimitKind.CLOSES, 0)
    await floor.shop.person_limits.set(ADA, 4, LimitKind.CLOSES, 0)
    await floor.shop.person_limits.set(ADA, 4, LimitKind.CLOSES, None)
    listed = {one: await floor.shop.persons.listed(ADA, one, 0, "") for one in Among}
    ids = {one: [person.id for person in facts.people] for one, facts in listed.items()}
    assert ids[Among.ADMINS] == [ADMIN]
    assert ids[Among.BLOCKED] == [1]
    assert ids[Among.UNREACHABLE] == [2]
    assert ids[Among.LIMITED] == [3]
    assert listed[Among.ADMINS].people[0].role is Role.OWNER
    assert listed[Among.LIMITED].limits is not None


async def test_a_page_says_what_a_person_may_and_did_without_numbers_and_codes(floor: Floor) -> None:
    order = await floor.pending()
    await floor.record(order, state="completed", number="+5511912345678", code="4711")
    await floor.shop.person_limits.set(ADA, ANN, LimitKind.OPEN_ORDERS, 7)
    facts = await floor.shop.persons.page(ADA, ANN)
    done = await floor.order(order.id)
    assert (facts.person.id, facts.person.role, facts.met, facts.yourself) == (ANN, Role.BUYER, True, False)
    assert (facts.limits.own, facts.limits.used.purchases_an_hour) == (OwnLimits(open_orders=7), 1)
    assert (facts.limits.used.daily_spend, facts.spent_month) == (done.charged, done.charged)
    assert [one.id for one in facts.orders] == [order.id]
    assert facts.with_code == {order.id}
    assert [(one.act, one.actor_id) for one in facts.done] == [(Act.PERSON_LIMITED, ADMIN)]
    assert "4711" not in repr(facts)
    assert "5511912345678" not in repr(facts)


async def test_somebody_picked_who_never_wrote_has_a_page_and_is_not_written_down(floor: Floor) -> None:
    facts = await floor.shop.persons.picked(ADA, Picked(77, "Eve", "eve_x"))
    assert (facts.person.name, facts.met, facts.since, facts.orders) == ("Eve", False, None, ())
    assert (await floor.shop.persons.page(ADA, 77)).person.username == "eve_x"
    assert await floor.people.get(77) is None
    decision = await floor.people.decide(ADA, 77, Standing.BLOCKED)
    assert not decision.met
    after = await floor.shop.persons.page(ADA, 77)
    assert (after.person.standing, after.person.name, after.met) == (Standing.BLOCKED, "Eve", False)


async def test_somebody_known_is_called_as_they_wrote_and_not_as_they_were_picked(floor: Floor) -> None:
    facts = await floor.shop.persons.picked(ADA, Picked(ANN, "Somebody else", None))
    assert (facts.person.name, facts.met) == ("Ann", True)


async def test_a_limit_is_audited_with_before_and_after_and_setting_it_again_is_no_act(floor: Floor) -> None:
    for limit in (5, 5, 0, None):
        await floor.shop.person_limits.set(ADA, BEN, LimitKind.PURCHASES, limit)
    async with floor.database.read() as tx:
        query = "SELECT actor_id, person_id, detail FROM audit WHERE act = 'person.limited' ORDER BY id"
        lines = [
            (row.actor_id, row.person_id, json.loads(row.detail)) for row in await tx.connection.execute(text(query))
        ]
    assert [line[:2] for line in lines] == [(ADMIN, BEN)] * 3
    assert [(line[2]["before"], line[2]["after"]) for line in lines] == [(None, 5), (5, 0), (0, None)]
    assert {line[2]["limit"] for line in lines} == {"purchases_an_hour"}


async def test_in_a_closed_bot_a_page_says_who_may_not_enter(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path, migrated_file, access="closed") as floor:
        assert (await floor.shop.persons.page(ADA, BEN)).person.role is Role.STRANGER
        await floor.people.decide(ADA, BEN, Standing.ALLOWED)
        assert (await floor.shop.persons.page(ADA, BEN)).person.role is Role.BUYER
        assert (await floor.shop.persons.page(ADA, ADMIN)).person.role is Role.OWNER


def test_what_is_looked_for_fits_into_a_button() -> None:
    assert sought("Straße " * 20) == folded("Straße " * 20)[:32].strip()
    assert len(sought("ы" * 500)) <= 32


async def test_last_decisions_name_who_took_them(floor: Floor) -> None:
    await floor.people.meet(ADMIN, "Ada", "en")
    await floor.people.decide(ADA, BEN, Standing.ALLOWED)
    facts = await floor.shop.persons.page(ADA, BEN)
    assert [(one.actor_id, one.by) for one in facts.done] == [(ADMIN, "Ada")]
    assert "by Ada" in person(facts, ToPeople(), ENGLISH, looking=ADA).text


async def test_who_has_no_name_is_not_said_to_have_never_written(floor: Floor) -> None:
    said = person(await floor.shop.persons.page(ADA, 4711), ToPeople(), ENGLISH, looking=ADA).text
    assert "They never wrote to the bot, or deleted their data." in said


async def test_a_wallet_has_no_limit_a_day_for_everybody(tmp_path: Path, migrated_file: Path) -> None:
    for billing, said in (("prepaid", "no limit (prepaid)"), ("shared", "(DAILY_SPEND)")):
        (tmp_path / billing).mkdir()
        async with open_floor(tmp_path / billing, migrated_file, billing=billing) as floor:
            facts = await floor.shop.persons.listed(ADA, Among.LIMITED, 0, "")
            assert said in people(facts, ENGLISH).text
