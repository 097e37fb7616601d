"""Somebody has their data deleted: what goes, what stays, and when it has to wait."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.access import Role, Standing
from bot.domain.answer import Received
from bot.domain.credit_requests import CreditAnswer
from bot.domain.entry import Stranger
from bot.domain.orders import Order
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.facts.people import Picked
from tests.services.floor import ADA, ANN, BEN, Floor, open_floor

NAME = "Ann Smith-Jones"


async def rows(floor: Floor, query: str, **given: Any) -> list[tuple[Any, ...]]:
    async with floor.database.read() as tx:
        return [tuple(row) for row in await tx.connection.execute(text(query), given)]


async def put(floor: Floor, *statements: str) -> None:
    async with floor.database.write() as tx:
        for one in statements:
            await tx.connection.execute(text(one), {"ann": ANN})


async def met(floor: Floor, person_id: int = ANN) -> Person:
    found = await floor.people.meet(person_id, NAME, "pt-br")
    assert found is not None
    return found


async def completed(floor: Floor, *texts: Received) -> Order:
    order = await floor.bought()
    await floor.record(order, state="completed", number="+5511912345678", texts=texts or (Received("Code: 736251"),))
    while claimed := await floor.outbox.claim(20):
        await floor.outbox.done(claimed[0], 70)
    return await floor.order(order.id)


async def refused(floor: Floor, who: Person) -> tuple[Reason, int | None]:
    with pytest.raises(Refusal) as caught:
        await floor.shop.forgetting.forget(who)
    return caught.value.facts.reason, caught.value.facts.count


async def test_what_is_known_of_a_person_goes_and_the_books_stay(floor: Floor) -> None:
    ann = await met(floor)
    await floor.people.choose_language(ANN, "de")
    order = await completed(floor)
    await floor.shop.favorites.save(ANN, order.service_id, order.country_id, order.window)
    await put(
        floor,
        "UPDATE people SET username = 'annsj', search_name = 'ann smith-jones annsj' WHERE id = :ann",
        "INSERT INTO whereabouts (person_id, data) VALUES (:ann, 's1')",
        "INSERT INTO entry_requests (person_id, name, asked_at) VALUES (:ann, 'Ann Smith-Jones', 0)",
        "INSERT INTO credit_requests (person_id, amount, reason, basket, asked_at) VALUES (:ann, 5, 'rent', 'p1', 0)",
    )
    money = await floor.money()
    await floor.shop.forgetting.forget(ann)
    who = "SELECT name, username, search_name, language, chosen_language, role, standing FROM people WHERE id = :ann"
    assert await rows(floor, who, ann=ANN) == [("", None, None, None, None, None, "unknown")]
    assert await rows(floor, "SELECT number FROM orders") == [(None,)]
    assert await rows(floor, "SELECT text, code FROM sms") == [("", "")]
    for table in ("favorites", "whereabouts", "entry_requests"):
        assert await rows(floor, f"SELECT * FROM {table}") == []  # noqa: S608 - our own names
    assert await rows(floor, "SELECT amount, reason, basket FROM credit_requests") == [(5, None, None)]
    assert await floor.money() == money
    assert (await floor.order(order.id)).charged == order.charged


async def test_nothing_of_them_is_left_in_the_files(floor: Floor, tmp_path: Path) -> None:
    ann = await met(floor)
    await completed(floor)
    await floor.shop.forgetting.forget(ann)
    left = b"".join(file.read_bytes() for file in (tmp_path / "bot.db", tmp_path / "bot.db-wal"))
    assert [one for one in (NAME.encode(), b"736251", b"11912345678", b"pt-br") if one in left] == []


async def test_the_audit_keeps_who_did_it_and_what_they_were(floor: Floor) -> None:
    await floor.people.decide(ADA, ANN, Standing.ALLOWED)
    await floor.shop.forgetting.forget(await met(floor))
    (line,) = await rows(floor, "SELECT actor_id, person_id, detail FROM audit WHERE act = 'person.erased'")
    assert line == (ANN, ANN, '{"before": "allowed", "after": "unknown", "was_admin": 0}')


async def test_while_an_order_is_in_progress_nothing_is_deleted_and_it_is_said_which(floor: Floor) -> None:
    ann, order = await met(floor), await floor.pending()
    assert [one.id for one in (await floor.shop.forgetting.facts(ann)).in_progress] == [order.id]
    assert await refused(floor, ann) == (Reason.ORDERS_OPEN, 1)
    assert await rows(floor, "SELECT name FROM people WHERE id = :ann", ann=ANN) == [(NAME,)]
    assert (await floor.order(order.id)).number is not None


async def test_a_code_that_is_just_being_told_is_waited_for(floor: Floor) -> None:
    ann, order = await met(floor), await floor.bought()
    await floor.record(order, state="completed", number="+5511912345678", texts=(Received("Code: 736251"),))
    assert await refused(floor, ann) == (Reason.CODES_COMING, 1)
    assert [sms.code for sms in (await floor.own_orders.card(ANN, order.id)).sms] == ["736251"]


async def test_a_code_that_comes_afterwards_is_still_told(floor: Floor) -> None:
    ann, order = await met(floor), await completed(floor)
    await floor.shop.forgetting.forget(ann)
    before = await floor.told()
    texts = (Received("Code: 736251"), Received("New: 118822"))
    await floor.record(order, state="completed", number="+5511912345678", texts=texts)
    assert await floor.told() == [*before, "code"]


async def test_twice_does_no_harm(floor: Floor) -> None:
    ann = await met(floor)
    await completed(floor)
    await floor.shop.forgetting.forget(ann)
    await floor.shop.forgetting.forget(ann)
    assert await rows(floor, "SELECT name FROM people WHERE id = :ann", ann=ANN) == [("",)]


async def test_in_an_open_bot_they_begin_anew(floor: Floor) -> None:
    await floor.shop.forgetting.forget(await met(floor))
    again = await met(floor)
    assert (again.role, again.name, again.chosen_language) == (Role.BUYER, NAME, None)


async def test_in_a_closed_bot_they_have_to_be_let_in_again(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path, migrated_file, access="closed") as floor:
        await floor.people.decide(ADA, ANN, Standing.ALLOWED)
        ann = await met(floor)
        assert (await floor.shop.forgetting.facts(ann)).let_in_again
        await floor.shop.forgetting.forget(ann)
        assert await floor.people.meet(ANN, NAME, "en") is None
        assert await rows(floor, "SELECT name FROM people WHERE id = :ann", ann=ANN) == [("",)]


async def test_a_block_is_not_washed_off(floor: Floor) -> None:
    """Blocked between the question and the tap that confirms it."""
    ann = await met(floor)
    await floor.people.decide(ADA, ANN, Standing.BLOCKED)
    await floor.shop.forgetting.forget(ann)
    assert await rows(floor, "SELECT standing, name FROM people WHERE id = :ann", ann=ANN) == [("blocked", "")]
    assert await floor.people.meet(ANN, NAME, "en") is None


async def test_limits_of_their_own_stay(floor: Floor) -> None:
    ann = await met(floor)
    await put(floor, "INSERT INTO person_limits (person_id, open_orders) VALUES (:ann, 1)")
    await floor.shop.forgetting.forget(ann)
    assert await rows(floor, "SELECT open_orders FROM person_limits") == [(1,)]


async def test_an_admin_whom_an_owner_appointed_is_none_any_more_and_an_owner_stays_one(floor: Floor) -> None:
    await met(floor)
    await put(floor, "UPDATE people SET role = 'admin' WHERE id = :ann")
    await floor.people.choose_language(ANN, None)
    ann = await met(floor)
    assert ann.role is Role.ADMIN
    heard: list[tuple[int, Role]] = []
    floor.people.when_role_turns(lambda who: heard.append((who.id, who.role)))
    await floor.shop.forgetting.forget(ann)
    assert heard == [(ANN, Role.BUYER)]
    assert await floor.people.once_staff() == [ANN]
    assert (await met(floor)).role is Role.BUYER
    await met(floor, ADA.id)
    await floor.shop.forgetting.forget(ADA)
    assert (await met(floor, ADA.id)).role is Role.OWNER


async def test_the_admin_who_invited_them_keeps_no_name(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path, migrated_file, access="invite") as floor:
        await met(floor, ADA.id)
        invitation = await floor.shop.invitations.invite(ADA)
        await floor.shop.invitations.open(Stranger(BEN, NAME, "smith", "en"), invitation.code)
        await floor.shop.forgetting.forget(await met(floor, BEN))
        assert await told_about(floor, "invited") == [f'{{"what": "invited", "id": "{BEN}", "name": ""}}']


async def test_admins_who_were_asked_for_entry_and_for_credit_keep_no_name_and_no_reason(
    tmp_path: Path, migrated_file: Path
) -> None:
    async with open_floor(tmp_path, migrated_file, access="closed", billing="prepaid") as floor:
        await met(floor, ADA.id)
        await floor.shop.entry.ask(Stranger(ANN, NAME, "smith", "en"))
        await floor.shop.entry.answer(ADA, ANN, allow=True)
        await floor.shop.credit_requests.ask(await met(floor), 5_000_000, "for my sister", None)
        await floor.shop.forgetting.forget(await met(floor))
        (asks,), (requested,) = await told_about(floor, "entry"), await told_about(floor, "credit-request")
        for detail in (asks, requested):
            assert str(ANN) in detail
            assert not [word for word in (NAME, "smith", "sister") if word in detail]


async def test_a_request_for_credit_ends_with_them(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path, migrated_file, billing="prepaid") as floor:
        ann = await met(floor)
        request = await floor.shop.credit_requests.ask(ann, 5_000_000, "rent", None)
        await floor.shop.forgetting.forget(ann)
        late = await floor.shop.credit_requests.grant(ADA, request.id, 5_000_000)
        assert (late.fresh, late.request.answer, late.balance) == (False, CreditAnswer.WITHDRAWN, 0)
        assert await rows(floor, "SELECT actor_id FROM audit WHERE act = 'credit.withdrawn'") == [(ANN,)]


async def test_what_was_not_sent_yet_about_them_is_not_sent(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path, migrated_file, access="closed", billing="prepaid") as floor:
        await floor.shop.entry.ask(Stranger(ANN, NAME, "smith", "en"))
        await floor.shop.entry.answer(ADA, ANN, allow=True)
        await floor.shop.credit_requests.ask(await met(floor), 5_000_000, "for my sister", None)
        await floor.shop.forgetting.forget(await met(floor))
        assert await rows(floor, "SELECT key FROM notices WHERE done_at IS NULL AND person_id = :who", who=ADA.id) == []


async def test_an_admin_who_paused_and_resumed_buying_leaves_no_name(floor: Floor) -> None:
    await met(floor, BEN)
    await floor.shop.roles.appoint(ADA, BEN, admin=True)
    ben = await met(floor, BEN)
    for paused in (True, False):
        await floor.shop.pause.steer(ben, paused=paused)
    floor.clock.forward(1)
    await floor.shop.pause.steer(ADA, paused=True)
    told = [f"{row}" for row in await rows(floor, "SELECT detail FROM notices UNION ALL SELECT detail FROM incidents")]
    assert len([one for one in told if NAME in one]) == 3
    await floor.shop.forgetting.forget(ben)
    left = await rows(floor, "SELECT detail FROM notices UNION ALL SELECT detail FROM incidents")
    assert [one for one in left if NAME in str(one)] == []
    assert [one for one in left if ADA.name in str(one)]


async def test_who_was_picked_by_an_admin_is_not_known_by_that_name_any_more(floor: Floor) -> None:
    ann = await met(floor)
    await floor.shop.persons.picked(ADA, Picked(ANN, NAME, "annsj"))
    await floor.shop.forgetting.forget(ann)
    found = await floor.shop.persons.person(ADA, ANN)
    assert (found.name, found.username) == ("", None)


async def told_about(floor: Floor, beginning: str) -> list[str]:
    """Details of the notices whose keys begin so."""
    query = "SELECT detail FROM notices WHERE key LIKE :like"
    return [row[0] for row in await rows(floor, query, like=f"{beginning}:%")]


async def test_the_balance_stays_theirs(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path, migrated_file, billing="prepaid") as floor:
        await (await floor.opened()).people.meet(ANN, NAME, "en")
        asked = await floor.shop.credit.ask(ADA, f"{ANN} 5 rent", taken=False)
        await floor.shop.credit.carry_out(ADA, asked.number)
        ann = await met(floor)
        assert (await floor.shop.forgetting.facts(ann)).purse.left == 5_000_000
        await floor.shop.forgetting.forget(ann)
        assert (await floor.shop.home.facts(await met(floor))).purse.left == 5_000_000
