"""Asking for credit: one request waits, every admin is asked, and one answers once."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.db import people
from bot.db.telling import notices
from bot.domain import ledger
from bot.domain.access import Role, Standing
from bot.domain.credit_requests import MOST_AN_HOUR, MOST_IN_WALLET, REASON_LIMIT, CreditAnswer, CreditRequest
from bot.domain.details import CreditDeclined, CreditGranted, CreditRequested, Detail
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from tests.services.floor import ADA, ADMIN, ANN, BEN, Floor, open_floor

PERSON = Person(ANN, "Ann <b>", Standing.UNKNOWN, "en", Role.BUYER)
HELPER = Person(BEN, "Ben", Standing.ALLOWED, "en", Role.ADMIN)
BASKET = "p1:1:1:100000:800000:cp0.h"
FIVE = 5_000_000


@pytest.fixture
async def prepaid(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Floor]:
    """With a second admin, whom the owner appointed."""
    async with open_floor(tmp_path, migrated_file, billing="prepaid") as floor:
        await floor.opened()
        await floor.people.meet(BEN, "Ben", "en")
        async with floor.database.write() as tx:
            await people.appoint(tx, BEN, admin=True)
        yield floor


async def told(floor: Floor) -> list[tuple[int, Detail | None]]:
    """(person, detail) of every notice that is still to be sent, in the order of their causes."""
    async with floor.database.read() as tx:
        found = sorted(await notices.due(tx, 100), key=lambda one: one.id)
    return [(one.person_id, one.detail) for one in found]


async def asked(floor: Floor, amount: int = FIVE, reason: str = "") -> CreditRequest:
    request: CreditRequest = await floor.shop.credit_requests.ask(PERSON, amount, reason, BASKET)
    return request


async def audited(floor: Floor) -> list[tuple[str, int, dict[str, Any]]]:
    query = "SELECT act, actor_id, detail FROM audit WHERE act LIKE 'credit.%' ORDER BY id"
    async with floor.database.read() as tx:
        return [(one.act, one.actor_id, json.loads(one.detail)) for one in await tx.connection.execute(text(query))]


async def wallet(floor: Floor) -> int:
    return (await floor.money()).get(ledger.wallet(ANN), 0)


async def reason_of(work: Any) -> Reason:
    with pytest.raises(Refusal) as caught:
        await work
    return caught.value.facts.reason


async def test_every_admin_who_may_give_credit_is_asked_once_with_all_there_is_to_know(prepaid: Floor) -> None:
    request = await asked(prepaid, reason="for the\nnewsletter")
    detail = CreditRequested(request.id, ANN, FIVE, 0, "USD", "Ann <b>", "for the newsletter")
    assert await told(prepaid) == [(BEN, detail), (ADMIN, detail)]


async def test_a_second_tap_asks_nobody_again(prepaid: Floor) -> None:
    first, second = await asyncio.gather(asked(prepaid), asked(prepaid))
    assert first.id == second.id
    assert len(await told(prepaid)) == 2


async def test_another_amount_takes_the_place_of_the_first_which_can_not_be_granted_any_more(prepaid: Floor) -> None:
    first, second = await asked(prepaid, 50_000_000), await asked(prepaid)
    late = await prepaid.shop.credit_requests.grant(ADA, first.id, 50_000_000)
    assert (late.fresh, late.request.answer, late.by) == (False, CreditAnswer.REPLACED, None)
    assert late.waiting is not None
    assert (late.waiting.id, late.waiting.amount) == (second.id, FIVE)
    assert await wallet(prepaid) == 0


async def test_admins_who_were_not_told_yet_hear_of_the_newest_request_alone(prepaid: Floor) -> None:
    await asked(prepaid, 50_000_000)
    second = await asked(prepaid)
    waiting = [detail for _, detail in await told(prepaid)]
    assert {detail.request_id for detail in waiting if isinstance(detail, CreditRequested)} == {second.id}


async def test_an_answered_request_waits_for_nobody_who_was_an_admin_when_it_was_asked(prepaid: Floor) -> None:
    request = await asked(prepaid)
    async with prepaid.database.write() as tx:  # as an operator's hand does it
        await people.appoint(tx, BEN, admin=False)
    await prepaid.shop.credit_requests.decline(ADA, request.id)
    assert [detail for _, detail in await told(prepaid)] == [CreditDeclined(FIVE, "USD")]


async def test_a_request_is_granted_once_however_many_admins_tap(prepaid: Floor) -> None:
    request = await asked(prepaid)
    grant = prepaid.shop.credit_requests.grant
    answers = await asyncio.gather(*(grant(who, request.id, FIVE) for who in (ADA, HELPER, ADA, HELPER)))
    assert sorted(answer.fresh for answer in answers) == [False, False, False, True]
    assert len({answer.by.id for answer in answers if answer.by}) == 1
    assert await wallet(prepaid) == FIVE
    assert (await told(prepaid))[-1] == (ANN, CreditGranted(FIVE, FIVE, "USD", BASKET))


async def test_who_answered_and_what_the_wallet_held_stand_in_the_audit(prepaid: Floor) -> None:
    request = await asked(prepaid)
    await prepaid.shop.credit_requests.grant(HELPER, request.id, 2_000_000)
    made, given = await audited(prepaid)
    assert made == (
        "credit.requested",
        ANN,
        {"amount": FIVE, "before": None, "after": FIVE, "request": request.id},
    )
    assert given == (
        "credit.done",
        BEN,
        {"amount": 2_000_000, "before": 0, "after": 2_000_000, "request": request.id, "asked": FIVE},
    )


async def test_a_grant_after_a_no_does_nothing_and_says_who_said_no(prepaid: Floor) -> None:
    request = await asked(prepaid)
    await prepaid.shop.credit_requests.decline(HELPER, request.id)
    late = await prepaid.shop.credit_requests.grant(ADA, request.id, FIVE)
    assert (late.fresh, late.request.answer, late.by and late.by.id) == (False, CreditAnswer.DECLINED, BEN)
    assert await wallet(prepaid) == 0
    assert (await told(prepaid))[-1] == (ANN, CreditDeclined(FIVE, "USD"))


async def test_what_was_withdrawn_can_not_be_granted(prepaid: Floor) -> None:
    request = await asked(prepaid)
    await prepaid.shop.credit_requests.withdraw(ANN)
    await prepaid.shop.credit_requests.withdraw(ANN)
    late = await prepaid.shop.credit_requests.grant(ADA, request.id, FIVE)
    assert (late.fresh, late.request.answer) == (False, CreditAnswer.WITHDRAWN)
    assert await wallet(prepaid) == 0
    assert [act for act, _, _ in await audited(prepaid)] == ["credit.requested", "credit.withdrawn"]
    assert await told(prepaid) == []


async def test_somebody_who_is_kept_out_meanwhile_gets_nothing_and_hears_nothing(prepaid: Floor) -> None:
    request = await asked(prepaid)
    await prepaid.people.decide(ADA, ANN, Standing.BLOCKED)
    assert await reason_of(prepaid.shop.credit_requests.grant(ADA, request.id, FIVE)) is Reason.KEPT_OUT
    await prepaid.shop.credit_requests.decline(ADA, request.id)
    assert await wallet(prepaid) == 0
    assert [person_id for person_id, _ in await told(prepaid) if person_id == ANN] == []


@pytest.mark.parametrize("given", [FIVE, 2 * FIVE])
async def test_credit_that_an_admin_gives_unasked_is_the_answer_to_what_waits(prepaid: Floor, given: int) -> None:
    request = await asked(prepaid)
    proposed = await prepaid.shop.credit.propose(HELPER, ANN, given, taken=False)
    done = await prepaid.shop.credit.carry_out(HELPER, proposed.number)
    late = await prepaid.shop.credit_requests.grant(ADA, request.id, FIVE)
    assert (done.answers and done.answers.id, late.fresh, late.request.answer) == (
        request.id,
        False,
        CreditAnswer.GRANTED,
    )
    assert (late.by and late.by.id, late.request.granted) == (BEN, given)
    assert await wallet(prepaid) == given
    assert await told(prepaid) == [(ANN, CreditGranted(given, given, "USD", BASKET))]
    assert (await audited(prepaid))[-1][2]["request"] == request.id


async def test_credit_that_does_not_reach_leaves_the_request_waiting(prepaid: Floor) -> None:
    request = await asked(prepaid)
    for amount, taken in ((1_000_000, False), (1_000_000, True)):
        proposed = await prepaid.shop.credit.propose(ADA, ANN, amount, taken=taken)
        assert (await prepaid.shop.credit.carry_out(ADA, proposed.number)).answers is None
    facts = await prepaid.shop.credit_requests.facts(ANN, None)
    assert facts.waiting == request


async def test_a_second_tap_on_credit_answers_no_later_request(prepaid: Floor) -> None:
    proposed = await prepaid.shop.credit.propose(ADA, ANN, FIVE, taken=False)
    await prepaid.shop.credit.carry_out(ADA, proposed.number)
    request = await asked(prepaid)
    assert (await prepaid.shop.credit.carry_out(ADA, proposed.number)).answers is None
    assert (await prepaid.shop.credit_requests.facts(ANN, None)).waiting == request


async def test_the_same_wish_for_another_purchase_leads_to_the_last_one(prepaid: Floor) -> None:
    first, other = await asked(prepaid), "p1:2:2:100000:800000:cp0.h"
    again = await prepaid.shop.credit_requests.ask(PERSON, FIVE, "", other)
    assert (again.id, again.basket) == (first.id, other)
    await prepaid.shop.credit_requests.ask(PERSON, FIVE, "", None)
    await prepaid.shop.credit_requests.grant(ADA, first.id, FIVE)
    assert (await told(prepaid))[-1] == (ANN, CreditGranted(FIVE, FIVE, "USD", other))


async def test_a_stranger_by_then_gets_nothing_and_hears_nothing(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path, migrated_file, access="closed", billing="prepaid") as floor:
        await floor.people.decide(ADA, ANN, Standing.ALLOWED)
        request = await asked(floor)
        await floor.people.decide(ADA, ANN, Standing.UNKNOWN)
        assert await reason_of(floor.shop.credit_requests.grant(ADA, request.id, FIVE)) is Reason.KEPT_OUT
        await floor.shop.credit_requests.decline(ADA, request.id)
        assert [detail for who, detail in await told(floor) if who == ANN and isinstance(detail, CreditDeclined)] == []


async def test_nobody_asks_more_often_than_three_times_an_hour(prepaid: Floor) -> None:
    for amount in range(1, MOST_AN_HOUR + 1):
        await asked(prepaid, amount)
    with pytest.raises(Refusal) as caught:
        await asked(prepaid, 9)
    assert (caught.value.facts.reason, caught.value.facts.wait) == (Reason.ASKED_OFTEN, 3_600)
    prepaid.clock.set_by(-86_400)
    assert (await asked(prepaid, 9)).amount == 9
    prepaid.clock.forward(3_601)
    assert (await asked(prepaid, 9)).amount == 9


async def test_a_reason_of_any_length_is_cut(prepaid: Floor) -> None:
    request = await asked(prepaid, reason="why " * 1_000)
    assert len(request.reason) <= REASON_LIMIT
    shown = [detail.reason for _, detail in await told(prepaid) if isinstance(detail, CreditRequested)]
    assert shown == [request.reason, request.reason]


async def test_no_amount_beyond_its_bounds_is_asked_for_or_granted(prepaid: Floor) -> None:
    request = await asked(prepaid)
    for amount in (0, -1, 10**12 + 1):
        assert await reason_of(prepaid.shop.credit_requests.ask(PERSON, amount, "", None)) is Reason.BAD_AMOUNT
        assert await reason_of(prepaid.shop.credit_requests.grant(ADA, request.id, amount)) is Reason.BAD_AMOUNT
    assert await reason_of(prepaid.shop.credit_requests.grant(ADA, 999, FIVE)) is Reason.NOTHING_ASKED


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("20 €", Reason.OTHER_CURRENCY),
        ("20 EUR.", Reason.OTHER_CURRENCY),
        ("0", Reason.BAD_AMOUNT),
        ("-20", Reason.BAD_AMOUNT),
        ("2000000", Reason.TOO_MUCH),
        ("1.1234567", Reason.FINE_AMOUNT),
        ("1,500", Reason.TWO_AMOUNTS),
    ],
)
async def test_a_wrong_amount_is_no_reason(prepaid: Floor, typed: str, reason: Reason) -> None:
    with pytest.raises(Refusal) as caught:
        prepaid.shop.credit_requests.read(typed, FIVE)
    assert caught.value.facts.reason is reason


async def test_words_are_the_reason_and_another_amount_is_an_amount(prepaid: Floor) -> None:
    read = prepaid.shop.credit_requests.read
    assert [read(typed, FIVE) for typed in ("rent", "for 20 codes", "2FA", "20.", "20")] == [None] * 3 + [
        20_000_000
    ] * 2


async def test_a_full_wallet_takes_no_more_and_the_request_goes_on_waiting(prepaid: Floor) -> None:
    request = await asked(prepaid)
    async with prepaid.database.write() as tx:
        await prepaid.shop.credit.book_in(tx, "k", ANN, MOST_IN_WALLET, by=ADMIN, detail={})
    assert await reason_of(prepaid.shop.credit_requests.grant(ADA, request.id, FIVE)) is Reason.WALLET_FULL
    facts = await prepaid.shop.credit_requests.facts(ANN, None)
    assert facts.waiting is not None
    assert facts.waiting.id == request.id


async def test_what_a_purchase_lacks_is_offered_first(prepaid: Floor) -> None:
    async with prepaid.database.write() as tx:
        await prepaid.shop.credit.book_in(tx, "k", ANN, 119_000, by=ADMIN, detail={})
    facts = await prepaid.shop.credit_requests.facts(ANN, 500_000)
    assert (facts.missing, facts.amounts[0]) == (381_000, 400_000)
    await prepaid.shop.credit_requests.grant(ADA, (await asked(prepaid, facts.amounts[0])).id, facts.amounts[0])
    assert (await prepaid.bought(high=500_000)).held == 500_000


async def test_amounts_follow_what_people_pay_here(prepaid: Floor) -> None:
    assert (await prepaid.shop.credit_requests.facts(ANN, None)).amounts[0] == 1_000_000
    async with prepaid.database.write() as tx:
        await prepaid.shop.credit.book_in(tx, "k", ANN, FIVE, by=ADMIN, detail={})
    await prepaid.bought(high=800_000)
    assert (await prepaid.shop.credit_requests.facts(ANN, None)).amounts[0] == 5_000_000


async def test_in_a_shop_without_an_admin_nobody_is_asked(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path, migrated_file, billing="prepaid", admin_ids=frozenset()) as floor:
        await floor.opened()
        assert await reason_of(floor.shop.credit_requests.ask(PERSON, FIVE, "", None)) is Reason.NOBODY_TO_ASK


async def test_while_billing_is_shared_there_is_nothing_to_ask_for_and_nothing_to_grant(floor: Floor) -> None:
    assert await reason_of(floor.shop.credit_requests.facts(ANN, None)) is Reason.NOT_ALLOWED
    assert await reason_of(floor.shop.credit_requests.ask(PERSON, FIVE, "", None)) is Reason.NOT_ALLOWED
    assert await reason_of(floor.shop.credit_requests.grant(ADA, 1, FIVE)) is Reason.NOT_PREPAID


async def test_an_admin_does_not_grant_her_own_request_and_an_owner_does(prepaid: Floor) -> None:
    request = await prepaid.shop.credit_requests.ask(HELPER, FIVE, "", None)
    assert await reason_of(prepaid.shop.credit_requests.grant(HELPER, request.id, FIVE)) is Reason.OWN_CREDIT
    assert (await prepaid.shop.credit_requests.grant(ADA, request.id, FIVE)).fresh


async def test_who_asked_reads_what_was_answered_for_a_day_unless_another_request_waits(prepaid: Floor) -> None:
    requests = prepaid.shop.credit_requests
    request = await asked(prepaid)
    assert await requests.answered(ANN) is None
    await requests.grant(ADA, request.id, 2_000_000)
    answered = await requests.answered(ANN)
    assert answered is not None
    assert (answered.answer, answered.granted) == (CreditAnswer.GRANTED, 2_000_000)
    assert (await requests.facts(ANN, None)).answered == answered
    await asked(prepaid, 3_000_000)
    assert (await requests.facts(ANN, None)).answered is None
    await requests.withdraw(ANN)
    assert await requests.answered(ANN) is None
    await requests.decline(ADA, (await asked(prepaid)).id)
    assert await requests.answered(ANN) is not None
    prepaid.clock.forward(90_000)
    assert await requests.answered(ANN) is None
