"""An admin's credit: by a command, by buttons, by an amount that is typed; asked back, and booked once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain import ledger
from bot.domain.access import Role, Standing
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.facts.money import CreditAsk
from tests.services.floor import ADA, ANN, Floor, open_floor


@pytest.fixture
async def prepaid(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Floor]:
    async with open_floor(tmp_path, migrated_file, billing="prepaid") as floor:
        yield await floor.opened()


async def proposed(floor: Floor, typed: str, *, taken: bool = False) -> CreditAsk:
    asked: CreditAsk = await floor.shop.credit.ask(ADA, typed, taken=taken)
    return asked


@pytest.mark.parametrize(
    ("typed", "amount", "note"),
    [
        ("100 5", 5_000_000, ""),
        ("100 1,50 first month", 1_500_000, "first month"),
        ("100 $ 1 500,25 paid  by\ncard", 1_500_250_000, "paid by card"),
        ("100 2 USD", 2_000_000, ""),
        ("100 usd 2 for ads", 2_000_000, "for ads"),
        ("100 5 months in advance", 5_000_000, "months in advance"),
    ],
)
async def test_an_amount_may_stand_in_any_usual_writing_before_a_note(
    prepaid: Floor, typed: str, amount: int, note: str
) -> None:
    asked = await proposed(prepaid, typed)
    assert (asked.person.id, asked.amount, asked.note) == (ANN, amount, note)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Reason.BAD_ID),
        ("Ann 5", Reason.BAD_ID),
        ("\N{SUPERSCRIPT TWO} 5", Reason.BAD_ID),
        (f"{10**30} 5", Reason.BAD_ID),
        ("100", Reason.BAD_AMOUNT),
        ("100 five", Reason.BAD_AMOUNT),
        ("100 -5", Reason.BAD_AMOUNT),
        ("100 1,500 rent", Reason.TWO_AMOUNTS),
        ("100 5 € rent", Reason.OTHER_CURRENCY),
        ("100 0.0000001 dust", Reason.FINE_AMOUNT),
    ],
)
async def test_what_is_wrong_with_a_command_is_said(prepaid: Floor, typed: str, reason: Reason) -> None:
    with pytest.raises(Refusal) as caught:
        await proposed(prepaid, typed)
    assert (caught.value.facts.reason, caught.value.facts.command) == (reason, "credit")


async def test_a_confirmation_is_booked_once_with_what_the_wallet_held_before_and_after(prepaid: Floor) -> None:
    asked = await prepaid.shop.credit.propose(ADA, ANN, 5_000_000, taken=False)
    done = await asyncio.gather(*(prepaid.shop.credit.carry_out(ADA, asked.number) for _ in range(3)))
    assert sorted(one.before is None for one in done) == [False, True, True]
    assert {one.balance for one in done} == {5_000_000}
    assert (await prepaid.money())[ledger.wallet(ANN)] == 5_000_000


async def test_a_debit_above_the_wallet_is_refused_before_it_is_asked_back(prepaid: Floor) -> None:
    given = await prepaid.shop.credit.propose(ADA, ANN, 4_900_000, taken=False)
    await prepaid.shop.credit.carry_out(ADA, given.number)
    for work in (
        prepaid.shop.credit.ask(ADA, "100 5 paid twice", taken=True),
        prepaid.shop.credit.propose_typed(ADA, ANN, "5", taken=True),
        prepaid.shop.credit.propose(ADA, ANN, 5_000_000, taken=True),
    ):
        with pytest.raises(Refusal) as caught:
            await work
        facts = caught.value.facts
        assert (facts.reason, facts.person_id, facts.amount) == (Reason.NOT_IN_WALLET, ANN, 4_900_000)
    assert (await prepaid.shop.credit.ask(ADA, "100 4.90", taken=True)).amount == -4_900_000


async def test_an_appointed_admin_moves_no_credit_of_her_own_and_an_owner_does(prepaid: Floor) -> None:
    eve = Person(ANN, "Eve", Standing.ALLOWED, "en", Role.ADMIN)
    asked = await prepaid.shop.credit.ask(ADA, "100 5", taken=False)
    for work in (
        prepaid.shop.credit.ask(eve, "100 5", taken=False),
        prepaid.shop.credit.propose(eve, ANN, 5_000_000, taken=False),
        prepaid.shop.credit.propose_typed(eve, ANN, "5", taken=False),
        prepaid.shop.credit.carry_out(eve, asked.number),
    ):
        with pytest.raises(Refusal) as caught:
            await work
        assert caught.value.facts.reason is Reason.OWN_CREDIT
    assert (await prepaid.money()).get(ledger.wallet(ANN), 0) == 0
    assert (await prepaid.shop.credit.ask(eve, "200 5", taken=False)).person.id == 200
    assert (await prepaid.shop.credit.ask(ADA, f"{ADA.id} 5", taken=False)).person.id == ADA.id


async def test_all_that_somebody_has_can_be_taken_and_not_one_more(prepaid: Floor) -> None:
    given = await prepaid.shop.credit.propose(ADA, ANN, 3_204_500, taken=False)
    await prepaid.shop.credit.carry_out(ADA, given.number)
    desk = await prepaid.shop.credit.desk(ADA, ANN, taken=True)
    assert (desk.balance, [one for one in desk.amounts if one >= desk.balance]) == (3_204_500, [])
    first, second = [await prepaid.shop.credit.propose(ADA, ANN, desk.balance, taken=True) for _ in range(2)]
    await prepaid.shop.credit.carry_out(ADA, first.number)
    with pytest.raises(Refusal) as caught:
        await prepaid.shop.credit.carry_out(ADA, second.number)
    assert (caught.value.facts.reason, caught.value.facts.amount) == (Reason.NOT_IN_WALLET, 0)
    assert (await prepaid.money())[ledger.wallet(ANN)] == 0


async def test_an_amount_that_is_typed_on_somebodys_credit_is_given_or_taken(prepaid: Floor) -> None:
    given = await prepaid.shop.credit.propose_typed(ADA, ANN, "2,50 first month", taken=False)
    assert (given.amount, given.note) == (2_500_000, "first month")
    await prepaid.shop.credit.carry_out(ADA, given.number)
    assert (await prepaid.shop.credit.propose_typed(ADA, ANN, "$1", taken=True)).amount == -1_000_000


async def test_a_number_that_nobody_gave_books_nothing(prepaid: Floor) -> None:
    for number in (0, 1, 10**9):
        with pytest.raises(Refusal) as caught:
            await prepaid.shop.credit.carry_out(ADA, number)
        assert caught.value.facts.reason is Reason.NOTHING_ASKED
    assert await prepaid.money() == {}


async def test_credit_for_somebody_who_never_wrote_waits_for_them(prepaid: Floor) -> None:
    asked = await proposed(prepaid, "777 5")
    await prepaid.shop.credit.carry_out(ADA, asked.number)
    desk = await prepaid.shop.credit.desk(ADA, 777, taken=False)
    assert (desk.person.name, desk.balance) == ("", 5_000_000)


async def test_a_stranger_who_is_given_credit_gets_no_message_whose_buttons_turn_them_away(
    tmp_path: Path, migrated_file: Path
) -> None:
    async with open_floor(tmp_path, migrated_file, access="closed", billing="prepaid") as floor:
        asked = await proposed(floor, f"{ANN} 5")
        done = await floor.shop.credit.carry_out(ADA, asked.number)
        assert (done.person.role, done.balance) == (Role.STRANGER, 5_000_000)
        assert await floor.told() == []
        await floor.people.decide(ADA, ANN, Standing.ALLOWED)
        asked = await proposed(floor, f"{ANN} 5")
        await floor.shop.credit.carry_out(ADA, asked.number)
        assert await floor.told() == ["message", "message"]


async def test_somebody_who_was_never_met_has_an_empty_desk(prepaid: Floor) -> None:
    desk = await prepaid.shop.credit.desk(ADA, 778, taken=False)
    assert (desk.balance, desk.held, desk.request) == (0, 0, None)
