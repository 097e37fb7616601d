"""Buying paused and resumed: by whom, since when, and never again at once for what an admin has resumed after."""

import pytest
from sqlalchemy import text

from bot.db import people
from bot.domain.access import Role, Standing
from bot.domain.alerts import AlertKind
from bot.domain.details import AlertDetail
from bot.domain.pausing import PauseCause, stamp
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from tests.services.floor import ADA, ANN, BEN, Floor

ANNE = Person(ANN, "Ann", Standing.ALLOWED, "en", Role.ADMIN)


@pytest.fixture
async def staffed(floor: Floor) -> Floor:
    """Ann is an admin."""
    async with floor.database.write() as tx:
        await people.appoint(tx, ANN, admin=True)
    return floor


async def audited(floor: Floor) -> list[tuple[str, int | None, str]]:
    async with floor.database.read() as tx:
        rows = await tx.connection.execute(text("SELECT act, actor_id, detail FROM audit WHERE act LIKE 'buying%'"))
        return [(row.act, row.actor_id, row.detail) for row in rows]


async def lost(floor: Floor, nonces: str, person_id: int = ANN) -> None:
    floor.director.fault("/purchase", times=None, cut="before")
    for nonce in nonces:
        await floor.bought(person_id, nonce)
    floor.director.clear_faults()


async def test_who_paused_it_and_since_when_is_told_to_the_others(staffed: Floor) -> None:
    began = staffed.database.now()
    await staffed.shop.pause.steer(ANNE, paused=True)
    staffed.clock.forward(60)
    await staffed.shop.pause.steer(ADA, paused=True)
    found = await staffed.shop.pause.why_paused(ADA)
    assert found is not None
    assert (found.why, found.since, found.by) == (PauseCause.ADMIN, began, "Ann")
    assert (await staffed.alerted(), await staffed.alerted(ANN)) == (["paused-admin"], [])
    await staffed.shop.pause.steer(ADA, paused=False)
    assert await staffed.alerted(ANN) == ["over paused-admin"]


async def test_the_audit_says_what_was_before_and_after(floor: Floor) -> None:
    for paused in (True, False):
        await floor.shop.pause.steer(ADA, paused=paused)
    assert await audited(floor) == [
        ("buying.paused", ADA.id, '{"why": "admin", "before": null, "after": "admin"}'),
        ("buying.resumed", ADA.id, '{"before": "admin", "after": null}'),
    ]


async def test_a_resume_while_people_can_buy_is_no_act(floor: Floor) -> None:
    await floor.shop.pause.steer(ADA, paused=False)
    assert await audited(floor) == []


async def test_lost_answers_of_before_a_resume_do_not_pause_again(floor: Floor) -> None:
    await lost(floor, "abc")
    floor.clock.forward(60)
    await floor.shop.lost.release_due()
    await floor.shop.pause.steer(ADA, paused=False)
    await floor.people.meet(BEN, "Ben", "en")
    await lost(floor, "de", BEN)
    assert await floor.shop.pause.why_paused(ADA) is None
    await lost(floor, "f", BEN)
    found = await floor.shop.pause.why_paused(ADA)
    assert found is not None
    assert found.why is PauseCause.UNKNOWNS


async def test_a_resume_that_a_clock_put_into_the_future_counts_for_nothing(floor: Floor) -> None:
    floor.clock.set_by(3600)
    await floor.shop.pause.steer(ADA, paused=True)
    await floor.shop.pause.steer(ADA, paused=False)
    floor.clock.set_by(-3600)
    await lost(floor, "abc")
    assert await floor.shop.pause.why_paused(ADA) is not None


async def test_books_that_still_do_not_add_up_are_not_resumed_over(floor: Floor) -> None:
    async with floor.database.write() as tx:
        await tx.connection.execute(text("INSERT INTO accounts (name, balance) VALUES ('hidsim', 5)"))
    await floor.shop.book_check.check()
    with pytest.raises(Refusal) as caught:
        await floor.shop.pause.steer(ADA, paused=False)
    assert caught.value.facts.reason is Reason.STILL_APART
    async with floor.database.write() as tx:
        await tx.connection.execute(text("DELETE FROM accounts"))
    await floor.shop.pause.steer(ADA, paused=False)
    await floor.shop.book_check.check()
    assert await floor.shop.pause.why_paused(ADA) is None
    assert await floor.alerted() == ["paused-books"]


async def test_books_that_went_apart_behind_an_admins_pause_are_not_resumed_over(staffed: Floor) -> None:
    await staffed.shop.pause.steer(ANNE, paused=True)
    async with staffed.database.write() as tx:
        await tx.connection.execute(text("INSERT INTO accounts (name, balance) VALUES ('hidsim', 5)"))
    await staffed.shop.book_check.check()
    for _ in range(2):
        with pytest.raises(Refusal) as caught:
            await staffed.shop.pause.steer(ANNE, paused=False)
        assert caught.value.facts.reason is Reason.STILL_APART
    found = await staffed.shop.pause.why_paused(ADA)
    assert found is not None
    assert (found.why, found.by) == (PauseCause.BOOKS, "")
    assert (await staffed.alerted(), await staffed.alerted(ANN)) == (["paused-admin", "paused-books"], ["paused-books"])
    waiting = [one.notice.detail for one in await staffed.outbox.claim(20)]
    assert [one.kind for one in waiting if isinstance(one, AlertDetail)] == [AlertKind.PAUSED_BY_BOOKS] * 2
    assert (await audited(staffed))[-1] == (
        "buying.paused",
        None,
        '{"why": "books", "before": "admin", "after": "books"}',
    )


async def test_a_resume_is_of_the_pause_that_was_shown(staffed: Floor) -> None:
    pause = staffed.shop.pause
    await pause.steer(ANNE, paused=True)
    seen = await pause.why_paused(ADA)
    assert seen is not None
    staffed.clock.forward(60)
    await pause.steer(ANNE, paused=False, began=stamp(seen.since))
    await lost(staffed, "abc")
    with pytest.raises(Refusal) as caught:
        await pause.steer(ADA, paused=False, began=stamp(seen.since))
    assert caught.value.facts.reason is Reason.PAUSED_ANEW
    now = await pause.why_paused(ADA)
    assert now is not None
    await pause.steer(ADA, paused=False, began=stamp(now.since))
    assert await pause.why_paused(ADA) is None


async def test_the_last_judgement_of_lost_purchases_is_told_to_the_other_admins(staffed: Floor) -> None:
    await lost(staffed, "ab")
    assert await staffed.alerted(ANN) == ["unconfirmed", "unconfirmed"]
    orders = (await staffed.shop.lost.listed(ADA)).orders
    await staffed.shop.lost.judge(ADA, orders[0].id, bought=False)
    assert await staffed.alerted(ANN) == ["unconfirmed", "unconfirmed"]
    await staffed.shop.lost.judge(ADA, orders[1].id, bought=True)
    assert await staffed.alerted(ANN) == ["unconfirmed", "unconfirmed", "over unconfirmed"]
    assert await staffed.alerted() == ["unconfirmed", "unconfirmed"]
    word = await staffed.audit_detail(orders[1], "order.judged.bought")
    assert word == {"before": "unconfirmed", "after": "bought"}
