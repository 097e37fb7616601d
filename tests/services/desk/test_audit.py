"""Every act of an admin stands in the audit with who, when, what, and what was so before and since."""

from typing import Any

import pytest
from sqlalchemy import text

from bot.db import audit
from bot.domain.access import Standing
from bot.domain.acts import Act
from bot.domain.limits import LimitKind
from bot.facts.record import Done
from bot.screens.desk.acts import WORDS
from bot.screens.desk.audit import audit as drawn
from tests.screens.phone import ENGLISH, check
from tests.services.floor import ADA, ADMIN, ANN, BEN, Floor

PREPAID = {"billing": "prepaid"}


async def lines(floor: Floor, person_id: int | None = None) -> list[Done]:
    """Oldest first."""
    first = await floor.shop.record.audit(ADA, 0, person_id)
    found: list[Done] = []
    for number in range(first.page.pages):
        found += (await floor.shop.record.audit(ADA, number, person_id)).lines
    return found[::-1]


def changes(found: list[Done]) -> list[tuple[str, dict[str, Any]]]:
    """What each line says that was so before and after; the key without those words names the field."""
    return [
        (one.word, {key: value for key, value in one.detail.items() if key.startswith(("before", "after"))})
        for one in found
    ]


async def test_every_act_of_an_admin_says_what_was_so_before_and_since(floor: Floor) -> None:
    shop, at = floor.shop, floor.clock()
    lost = await floor.left_placing()
    await shop.lost.take_over([lost.id])
    await shop.lost.judge(ADA, lost.id, bought=True)
    await shop.pause.steer(ADA, paused=True)
    await shop.pause.steer(ADA, paused=False)
    await shop.people.decide(ADA, BEN, Standing.BLOCKED)
    await shop.people.decide(ADA, BEN, Standing.ALLOWED)
    await shop.person_limits.set(ADA, ANN, LimitKind.OPEN_ORDERS, 3)
    await shop.person_limits.set(ADA, ANN, LimitKind.OPEN_ORDERS, None)
    await shop.roles.appoint(ADA, BEN, admin=True)
    await shop.digest.set_hour(ADA, 5)
    await shop.book_check.book_difference(ADA)
    found = [one for one in await lines(floor) if one.actor_id == ADMIN]
    assert {one.at for one in found} == {at}
    balance = floor.account.balance or 0
    same = {"before_standing": "allowed", "after_standing": "allowed"}
    ours = {"before": found[-1].detail["before"], "after": balance}
    assert changes(found) == [
        ("order.judged.bought", {"before": "unconfirmed", "after": "bought"}),
        ("buying.paused", {"before": None, "after": "admin"}),
        ("buying.resumed", {"before": "admin", "after": None}),
        ("person.blocked", {"before": "unknown", "after": "blocked"}),
        ("person.allowed", {"before": "blocked", "after": "allowed"}),
        ("person.limited", {"before": None, "after": 3}),
        ("person.limited", {"before": 3, "after": None}),
        ("person.role", same | {"before": "buyer", "after": "admin"}),
        ("digest.set", {"before": 8, "after": 5}),
        ("books.fixed", ours),
    ]
    assert [one.person_id for one in found] == [None, None, None, BEN, BEN, ANN, ANN, BEN, None, None]
    assert ours["after"] - ours["before"] == found[-1].detail["amount"] != 0


async def test_the_orders_own_steps_are_passed_over_and_unknown_words_are_not(floor: Floor) -> None:
    await floor.bought()
    async with floor.database.write() as tx:
        for word in ("aaa.first", "order", "orders.merged", "zzz.last"):
            row = {"act": word, "detail": '{"a": {"b": [1]}, "before": "<b>", "note": 7}'}
            await tx.connection.execute(
                text("INSERT INTO audit (at, act, detail) VALUES (1768478400000000, :act, :detail)"), row
            )
    assert [one.word for one in await lines(floor)] == ["aaa.first", "order", "orders.merged", "zzz.last"]
    check(drawn(await floor.shop.record.audit(ADA), ENGLISH))


async def test_what_was_done_about_one_person_can_be_read_alone(floor: Floor) -> None:
    for person in (BEN, ANN, BEN):
        await floor.people.decide(ADA, person, Standing.ALLOWED)
    assert [one.person_id for one in await lines(floor, BEN)] == [BEN, BEN]


async def test_people_are_called_as_they_are_called_today(floor: Floor) -> None:
    await floor.people.decide(ADA, ANN, Standing.ALLOWED)
    await floor.people.meet(ANN, "Anna <b>", "en")
    screen = drawn(await floor.shop.record.audit(ADA), ENGLISH)
    assert "Anna &lt;b&gt;" in screen.text


async def test_what_somebody_had_asked_for_is_read_as_money(floor: Floor) -> None:
    async with floor.database.write() as tx:
        await audit.write(tx, Act.CREDIT_DONE, actor_id=ADMIN, person_id=ANN, detail={"asked": 5_000_000})
    assert "asked for: $5.00" in drawn(await floor.shop.record.audit(ADA), ENGLISH).text


async def test_a_full_page_of_the_longest_lines_is_taken_by_telegram(floor: Floor) -> None:
    async with floor.database.write() as tx:
        detail = (
            "{" + ", ".join(f'"{"k" * 60}{n}": "{"v" * 300}"' for n in range(40)) + ', "note": "' + "&" * 500 + '"}'
        )
        for _ in range(8):
            await tx.connection.execute(
                text("INSERT INTO audit (at, actor_id, act, person_id, detail) VALUES (0, 900, :act, 100, :detail)"),
                {"act": "x" * 40, "detail": detail},
            )
    check(drawn(await floor.shop.record.audit(ADA), ENGLISH))


@pytest.mark.parametrize("act", Act)
def test_every_act_has_its_words(act: Act) -> None:
    assert WORDS[act](ENGLISH).striptags()
