"""Notices on their way: handed out once, written off with a message id, kept for people out of reach."""

from datetime import timedelta

import pytest

from bot.db.telling import notices
from bot.domain.cards import Card, CardRole
from bot.domain.notices import NoticeKind
from bot.domain.orders import Order
from bot.tasks import Nursery
from tests.services.floor import ADMIN, ANN, Floor

K = NoticeKind


async def add(floor: Floor, key: str, kind: NoticeKind = K.ALERT, person_id: int = ANN) -> None:
    async with floor.database.write() as tx:
        await notices.add(tx, key, person_id, kind)


async def test_a_parcel_holds_all_that_its_text_needs_and_replies_to_the_number(floor: Floor) -> None:
    order = await floor.pending()
    floor.director.code_now()
    await floor.own_orders.refresh(ANN, order.id)
    (number,) = await floor.outbox.claim(20)
    assert (number.notice.kind, number.reply_to, number.sms) == (K.NUMBER, None, None)
    assert await floor.outbox.claim(20) == []
    await floor.outbox.done(number, 50)
    (code,) = await floor.outbox.claim(20)
    assert (code.notice.kind, code.reply_to) == (K.CODE, 50)
    assert code.person is not None
    assert code.sms is not None
    assert code.card is not None
    assert (code.person.id, code.card.order.id, code.card.sms) == (ANN, order.id, (code.sms,))


def card(order: Order, message_id: int, role: CardRole, *, shown: int | None = None, via: str | None = None) -> Card:
    return Card(ANN, message_id, order.id, order.revision if shown is None else shown, role, via)


async def reads(floor: Floor, order: Order) -> None:
    """The poller does."""
    await floor.shop.recorder.read(await floor.order(order.id))


async def behind(floor: Floor) -> dict[int, tuple[bool, bool]]:
    """By message, whether it folds and whether it goes."""
    return {one.card.message_id: (one.folds, one.goes) for one in await floor.outbox.cards.behind(20)}


async def test_the_push_of_a_number_is_its_orders_live_card_and_the_waiting_message_goes(floor: Floor) -> None:
    order = await floor.pending()
    cards = floor.outbox.cards
    await cards.shows(ANN, 40, card(order, 40, CardRole.WAITING))
    (number,) = await floor.outbox.claim(20)
    await floor.outbox.done(number, 50)
    assert await behind(floor) == {40: (True, True)}
    assert await cards.is_push(ANN, 50) == order.id
    (waiting,) = await cards.behind(20)
    await cards.forget(waiting.card)
    assert await behind(floor) == {}
    await cards.shows(ANN, 50, card(order, 50, CardRole.VIEW, shown=99))
    floor.director.code_now()
    await floor.own_orders.refresh(ANN, order.id)
    assert await behind(floor) == {}


async def test_an_older_card_folds_once_and_wakes_when_the_newer_one_shows_something_else(floor: Floor) -> None:
    order = await floor.pending()
    cards = floor.outbox.cards
    (number,) = await floor.outbox.claim(20)
    await floor.outbox.done(number, 50)
    await cards.shows(ANN, 60, card(order, 60, CardRole.VIEW, via="y3"))
    assert await behind(floor) == {50: (True, False)}
    (push,) = await cards.behind(20)
    await cards.drawn(push)
    floor.director.code_now()
    await floor.own_orders.refresh(ANN, order.id)
    assert await behind(floor) == {60: (False, False)}
    (view,) = await cards.behind(20)
    assert view.card.via == "y3"
    await cards.shows(ANN, 60, None)
    assert await behind(floor) == {50: (False, False)}


async def test_a_fold_that_was_overtaken_by_a_wake_is_drawn_whole(floor: Floor) -> None:
    order = await floor.pending()
    cards = floor.outbox.cards
    (number,) = await floor.outbox.claim(20)
    await floor.outbox.done(number, 50)
    await cards.shows(ANN, 60, card(order, 60, CardRole.VIEW))
    (folding,) = await cards.behind(20)
    await cards.shows(ANN, 60, None)
    await cards.drawn(folding)
    assert await behind(floor) == {50: (False, False)}


async def test_an_old_card_that_is_drawn_again_folds(floor: Floor) -> None:
    order = await floor.pending()
    cards = floor.outbox.cards
    (number,) = await floor.outbox.claim(20)
    await floor.outbox.done(number, 50)
    old = card(order, 40, CardRole.WAITING)
    assert await cards.is_behind(ANN, 40, old)
    assert await cards.is_behind(ANN, 40, card(order, 40, CardRole.VIEW)) is None
    assert await cards.is_behind(ANN, 50, card(order, 50, CardRole.VIEW)) is False
    await cards.shows(ANN, 40, old)
    assert await behind(floor) == {40: (True, True)}


async def test_the_waiting_message_leaves_the_number_to_the_push_that_is_about_to_bring_it(floor: Floor) -> None:
    order = await floor.pending()
    await floor.outbox.cards.shows(ANN, 40, card(order, 40, CardRole.WAITING, shown=order.revision - 1))
    assert await behind(floor) == {}
    (number,) = await floor.outbox.claim(20)
    await floor.outbox.refused(number.notice)
    assert await behind(floor) == {40: (False, False)}


async def test_an_end_is_told_by_the_waiting_message_while_its_person_looks_at_it(floor: Floor) -> None:
    floor.director.set_default_story("no_number", no_number_after=900)
    order = await floor.bought()
    await floor.outbox.cards.shows(ANN, 40, card(order, 40, CardRole.WAITING))
    floor.director.no_number_now()
    await reads(floor, order)
    (end,) = await floor.outbox.claim(20)
    assert end.over is not None
    assert (end.over.message_id, await floor.outbox.still_waits(end)) == (40, True)
    await floor.outbox.done(end, None, end.over)
    assert await behind(floor) == {}


async def test_an_end_that_comes_later_rings(floor: Floor) -> None:
    floor.director.set_default_story("no_number", no_number_after=900)
    order = await floor.bought()
    await floor.outbox.cards.shows(ANN, 40, card(order, 40, CardRole.WAITING))
    floor.clock.forward(31)
    floor.director.no_number_now()
    await reads(floor, order)
    (end,) = await floor.outbox.claim(20)
    assert end.over is None
    await floor.outbox.done(end, 50)
    assert await behind(floor) == {40: (True, True)}
    assert await floor.outbox.cards.is_push(ANN, 50) == order.id


async def test_an_end_waits_until_the_message_in_which_buy_was_tapped_is_known(floor: Floor) -> None:
    floor.director.set_default_story("no_number", no_number_after=900)
    order = await floor.bought()
    floor.director.no_number_now()
    await reads(floor, order)
    (end,) = await floor.outbox.claim(20)
    assert end.early
    await floor.outbox.postpone(end.notice, 0.3)
    floor.clock.forward(6)
    (end,) = await floor.outbox.claim(20)
    assert not end.early


async def test_what_a_tap_has_drawn_is_not_told_a_second_time(floor: Floor) -> None:
    floor.director.set_default_story("no_number", no_number_after=900)
    order = await floor.bought()
    floor.director.no_number_now()
    await reads(floor, order)
    seen = (await floor.own_orders.card(ANN, order.id)).order
    await floor.outbox.cards.shows(ANN, 40, card(seen, 40, CardRole.VIEW))
    assert await floor.outbox.claim(20) == []


async def test_what_a_tap_has_not_drawn_is_told(floor: Floor) -> None:
    floor.director.set_default_story("no_number", no_number_after=900)
    order = await floor.bought()
    floor.director.no_number_now()
    await reads(floor, order)
    seen = (await floor.own_orders.card(ANN, order.id)).order
    await floor.outbox.cards.shows(ANN, 40, card(seen, 40, CardRole.VIEW), drawn=False)
    (telling,) = await floor.outbox.claim(20)
    assert not await floor.outbox.is_told(telling)
    await floor.outbox.cards.shows(ANN, 41, card(seen, 41, CardRole.VIEW))
    assert await floor.outbox.is_told(telling)


async def test_a_message_that_shows_something_else_is_no_card_any_more(floor: Floor) -> None:
    order = await floor.bought()
    await floor.outbox.cards.shows(ANN, 40, card(order, 40, CardRole.VIEW, shown=0))
    assert [b.card.message_id for b in await floor.outbox.cards.behind(20)] == [40]
    await floor.outbox.cards.shows(ANN, 40, None)
    assert await floor.outbox.cards.behind(20) == []


async def test_a_refused_notice_is_tried_later_and_ever_later(floor: Floor) -> None:
    await add(floor, "a")
    waits = []
    for _ in range(9):
        (telling,) = await floor.outbox.claim(20)
        before = floor.clock()
        await floor.outbox.refused(telling.notice)
        while not await floor.outbox.claim(20):
            floor.clock.forward(1)
        waits.append((floor.clock() - before).total_seconds())
        floor.clock.forward(60)
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 300]


async def test_telegrams_own_wait_is_kept(floor: Floor) -> None:
    await add(floor, "a")
    (telling,) = await floor.outbox.claim(20)
    await floor.outbox.postpone(telling.notice, 37)
    floor.clock.forward(36)
    assert await floor.outbox.claim(20) == []
    floor.clock.forward(1)
    assert len(await floor.outbox.claim(20)) == 1


async def test_somebody_who_left_and_writes_again_is_within_reach_at_once(floor: Floor) -> None:
    await add(floor, "a")
    (telling,) = await floor.outbox.claim(20)
    await floor.outbox.unreachable(telling.notice)
    assert await floor.outbox.claim(20) == []
    await floor.people.meet(ANN, "Ann", "en")
    assert len(await floor.outbox.claim(20)) == 1


async def test_notices_of_somebody_who_left_wait_for_them_and_come_at_once_then(floor: Floor) -> None:
    await add(floor, "a", K.ALERT)
    (telling,) = await floor.outbox.claim(20)
    await floor.outbox.unreachable(telling.notice)
    floor.clock.forward(timedelta(days=3).total_seconds())
    assert await floor.outbox.claim(20) == []
    await floor.people.came_back(ANN)
    assert [p.notice.key for p in await floor.outbox.claim(20)] == ["a"]


@pytest.mark.parametrize("comes", ["writes", "unblocks"])
async def test_somebody_who_comes_back_while_telegrams_word_is_on_its_way_stays_within_reach(
    floor: Floor, comes: str
) -> None:
    await add(floor, "a")
    (telling,) = await floor.outbox.claim(20)
    floor.clock.forward(1)
    await (floor.people.meet(ANN, "Ann", "en") if comes == "writes" else floor.people.came_back(ANN))
    floor.clock.forward(1)
    await floor.outbox.unreachable(telling.notice)
    (again,) = await floor.outbox.claim(20)
    floor.clock.forward(1)
    await floor.outbox.unreachable(again.notice)
    assert await floor.outbox.claim(20) == []


async def test_somebody_who_comes_back_while_it_waits_to_be_written_that_they_left_stays_within_reach(
    floor: Floor,
) -> None:
    await floor.people.meet(ANN, "Ann", "en")  # she is remembered: hearing her asks nothing
    await add(floor, "a")
    (telling,) = await floor.outbox.claim(20)
    floor.clock.forward(1)
    left = Nursery().start(floor.outbox.unreachable(telling.notice), "she left")
    async with floor.database.read():
        floor.clock.forward(1)
        await floor.people.meet(ANN, "Ann", "en")
    await left
    assert len(await floor.outbox.claim(20)) == 1


async def test_an_admin_who_never_pressed_start_is_not_tried_at_every_tick(floor: Floor) -> None:
    await add(floor, "a", person_id=ADMIN)
    (telling,) = await floor.outbox.claim(20)
    await floor.outbox.unreachable(telling.notice)
    assert await floor.outbox.claim(20) == []
    await floor.people.meet(ADMIN, "Ada", "en")
    floor.clock.forward(300)
    assert len(await floor.outbox.claim(20)) == 1


@pytest.mark.parametrize("message_id", [50, None])
async def test_what_is_done_is_done(floor: Floor, message_id: int | None) -> None:
    await add(floor, "a")
    (telling,) = await floor.outbox.claim(20)
    await floor.outbox.done(telling, message_id)
    floor.clock.forward(3600)
    assert await floor.outbox.claim(20) == []
    assert await floor.outbox.waiting() == 0
