"""An order's whole story as admins read it, and that no number and no code is in it."""

import re
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.outcomes import Outcome
from bot.domain.refusals import Reason, Refusal
from bot.facts.record import Done, Moved, OrderRecord, Told
from bot.screens.callbacks_of_admins import ToAdmin, ToPerson, ToRecord, ToRecords
from bot.screens.desk.audit import audit as drawn_audit
from bot.screens.desk.record import record as drawn
from bot.screens.desk.record import records as drawn_list
from bot.screens.screen import Screen, packed
from tests.screens.phone import ENGLISH, check
from tests.services.floor import ADA, ANN, BEN, Floor


async def story(floor: Floor, order_id: int, page: int = 0) -> OrderRecord:
    return await floor.shop.record.order(ADA, order_id, page)


def deeds(facts: OrderRecord) -> list[tuple[str, dict[str, Any]]]:
    return [(one.word.removeprefix("order."), dict(one.detail)) for one in facts.happenings if isinstance(one, Done)]


def closes(facts: OrderRecord) -> list[tuple[int | None, dict[str, Any]]]:
    tried = [one for one in facts.happenings if isinstance(one, Done) and one.word == "order.close_tried"]
    return [(one.actor_id, dict(one.detail)) for one in tried]


async def test_a_story_has_the_deeds_the_money_and_the_pushes_in_their_order(floor: Floor) -> None:
    order = await floor.pending()
    await floor.record(order, state="completed", number=order.number, code="135790")
    facts = await story(floor, order.id)
    assert [word for word, _ in deeds(facts)] == ["placing", "sent", "creating", "pending", "completed"]
    assert {one.what for one in facts.happenings if isinstance(one, Moved)} >= {"hold", "capture", "cost"}
    assert [one.kind for one in facts.happenings if isinstance(one, Told)] == ["number", "code"]
    times = [one.at for one in facts.happenings]
    assert times == sorted(times)
    assert (facts.outcome, facts.sms, facts.codes) == (Outcome.CODE, 1, 1)


async def test_no_number_and_no_code_is_in_a_story(floor: Floor) -> None:
    order = await floor.pending()
    await floor.record(order, state="completed", number=order.number, code="135790")
    facts = await story(floor, order.id)
    shown = re.sub(r"\D", "", str(drawn(facts, ENGLISH).text))
    digits = re.sub(r"\D", "", order.number or "")
    assert facts.digits == digits[-2:]
    assert facts.order.number is None
    assert digits[-6:] not in shown
    assert "135790" not in shown


async def test_the_moment_of_sending_is_written_with_the_outcome(floor: Floor) -> None:
    order = await floor.bought()
    [sent] = [one for one in (await story(floor, order.id)).happenings if isinstance(one, Done) and "sent" in one.word]
    assert sent.at == order.placed_at
    assert sent.actor_id is None


async def test_what_was_never_sent_is_not_said_to_be(floor: Floor) -> None:
    floor.director.refuse_login(True)
    floor.director.revoke_tokens()
    order = await floor.bought()
    assert [word for word, _ in deeds(await story(floor, order.id))] == ["placing", "refused"]


async def test_a_cost_that_turned_out_lower_comes_back(floor: Floor) -> None:
    order = await floor.pending()
    await floor.record(order, number=order.number, price=Decimal("0.05"))
    moved = [one for one in (await story(floor, order.id)).happenings if isinstance(one, Moved)]
    costs = [(one.what, one.amount) for one in moved if one.what.startswith("cost")]
    assert [what for what, _ in costs] == ["cost", "cost-back"]
    assert costs[0][1] - costs[1][1] == 50_000


async def test_each_close_stands_there_with_how_it_was_answered(floor: Floor) -> None:
    order = await floor.pending()
    floor.director.fault("/close", status=425, body={"message": "early", "retryAfter": 30}, times=1)
    await floor.closing.close(ANN, order.id)
    floor.director.fault("/close", status=400, body={"message": "no"}, times=1)
    with pytest.raises(Refusal):
        await floor.closing.close(ANN, order.id)
    floor.director.fault("/close", delay=0, cut="after", times=1)
    await floor.closing.close(ANN, order.id)
    tried = closes(await story(floor, order.id))
    assert [(who, detail["status"]) for who, detail in tried] == [(ANN, 425), (ANN, 400), (ANN, None)]


async def test_a_close_by_the_bot_itself_is_nobodys(floor: Floor) -> None:
    order = await floor.pending()
    await floor.closing.close_when_allowed(ANN, order.id)
    floor.clock.forward(300)
    await floor.closing.close_due()
    assert closes(await story(floor, order.id)) == [(None, {"status": 200})]
    assert (await story(floor, order.id)).outcome is Outcome.CLOSED


async def test_a_long_story_comes_in_pages_that_telegram_takes(floor: Floor) -> None:
    order = await floor.pending()
    async with floor.database.write() as tx:
        for number in range(100):
            line = {"at": 1_768_478_400_000_000 + number, "order": order.id, "detail": '{"status": 425, "wait": 86400}'}
            await tx.connection.execute(
                text(
                    "INSERT INTO audit (at, act, order_id, detail) VALUES (:at, 'order.close_tried', :order, :detail)"
                ),
                line,
            )
    first = await story(floor, order.id)
    assert first.page.pages == -(-first.total // 20) > 5
    seen = 0
    for number in range(first.page.pages):
        facts = await story(floor, order.id, number)
        check(drawn(facts, ENGLISH))
        seen += len(facts.happenings)
    assert seen == first.total > 100


async def test_orders_of_everybody_are_listed_newest_first_page_by_page(floor: Floor) -> None:
    await floor.people.meet(BEN, "Ben", "en")
    for number in range(9):
        floor.director.fault("/purchase", status=406, body={"message": "none"}, times=1)
        await floor.bought(ANN if number % 2 else BEN, nonce=f"n{number}")
    first, second = await floor.shop.record.orders(ADA), await floor.shop.record.orders(ADA, 1)
    assert [row.order.id for row in (*first.rows, *second.rows)] == list(range(9, 0, -1))
    assert {row.outcome for row in first.rows} == {Outcome.REFUSED}
    anns = await floor.shop.record.orders(ADA, 0, ANN)
    assert ({row.order.person_id for row in anns.rows}, anns.total) == ({ANN}, 4)


@pytest.mark.parametrize("words", ["x", "-1", "999", "9" * 40, "1.5", "٣"])
async def test_an_order_that_is_none_is_said_to_be_none(floor: Floor, words: str) -> None:
    with pytest.raises(Refusal) as caught:
        await floor.shop.record.typed(ADA, words)
    assert caught.value.facts.reason is Reason.NO_RECORD


async def test_an_order_is_found_by_its_number_with_or_without_its_sign(floor: Floor) -> None:
    order = await floor.bought()
    for words in (f"{order.id}", f" #{order.id} "):
        facts = await floor.shop.record.typed(ADA, words)
        assert isinstance(facts, OrderRecord)
        assert facts.order.id == order.id


async def test_lines_of_another_release_are_shown_as_they_are(floor: Floor) -> None:
    order = await floor.pending()
    async with floor.database.write() as tx:
        for told in (
            "INSERT INTO audit (at, act, order_id, detail) VALUES (0, 'order.<odd>', :order, '[1, 2]')",
            "UPDATE notices SET kind = 'odd' WHERE order_id = :order",
            "UPDATE transfers SET ref = 'odd' WHERE order_id = :order AND ref LIKE 'hold%'",
        ):
            await tx.connection.execute(text(told), {"order": order.id})
    screen = drawn(await story(floor, order.id), ENGLISH)
    check(screen)
    assert "order.&lt;odd&gt;" in screen.text


async def test_what_a_refund_brought_back_is_no_cost(floor: Floor) -> None:
    order = await floor.pending()
    await floor.record(order, state="user_refunded", number=order.number)
    facts = await story(floor, order.id)
    assert facts.order.cost
    assert facts.cost == 0


async def test_back_leads_to_the_person_whose_orders_and_audit_they_are(floor: Floor) -> None:
    order = await floor.pending()
    record = floor.shop.record
    person, orders = packed(ToPerson(person=ANN)), packed(ToRecords(person=ANN))
    listed = drawn_list(await record.orders(ADA, 0, ANN), ENGLISH)
    assert back_of(listed) == person
    assert listed.rows[0][0].callback_data == packed(ToRecord(order=order.id, person=ANN))
    assert back_of(drawn(await story(floor, order.id), ENGLISH, ANN)) == orders
    assert back_of(drawn(await story(floor, order.id), ENGLISH)) == packed(ToRecords())
    assert back_of(drawn_list(await record.orders(ADA), ENGLISH)) == packed(ToAdmin())
    assert back_of(drawn_audit(await record.audit(ADA, 0, ANN), ENGLISH)) == person
    assert ToRecord.unpack("rc1:12:0") == ToRecord(order=12)


def back_of(screen: Screen) -> str | None:
    [found] = [one.callback_data for row in screen.rows for one in row if "Back" in one.text]
    return found
