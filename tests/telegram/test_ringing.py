"""What rings and what arrives without a sound, as Telegram is told."""

from typing import Any

from bot.db.telling import notices
from bot.domain.details import CreditMoved
from bot.domain.notices import NoticeKind
from bot.domain.orders import OrderState
from tests.db.fresh import altered, ordered
from tests.services.floor import ANN, BEN
from tests.telegram.booth import Booth
from tests.telegram.test_push import alert, code, met


async def number(booth: Booth, person_id: int) -> None:
    """A number that waits to be told."""
    async with booth.app.resources.database.write() as tx:
        order = await ordered(tx, person_id, nonce=f"m{person_id}")
        await altered(tx, order.id, state=OrderState.PENDING.value, number="+5511912345678", number_at=tx.now)
        await notices.add(tx, f"number:{order.id}", person_id, NoticeKind.NUMBER, order_id=order.id)


def sounds(booth: Booth, person_id: int, since: int) -> list[bool]:
    """Of each message that the bot sent to them after so many: whether it rang."""
    sent: list[Any] = [one.params for one in booth.calls("sendMessage") if str(one.params["chat_id"]) == str(person_id)]
    return ["disable_notification" not in params for params in sent[since:]]


async def test_while_its_person_is_in_the_chat_only_a_code_rings(booth: Booth) -> None:
    await booth.ann()
    await alert(booth, "a")
    await code(booth, ANN)
    await number(booth, ANN)
    await booth.app.front.pusher.push()
    assert sounds(booth, ANN, 1) == [True, False, False]


async def test_half_a_minute_after_the_last_tap_everything_rings(booth: Booth) -> None:
    ann = await booth.ann()
    booth.clock.forward(29)
    await alert(booth, "a")
    await booth.app.front.pusher.push()
    booth.clock.forward(2)
    await alert(booth, "b")
    await booth.app.front.pusher.push()
    await ann.tap("Help", wait=False)
    await booth.hears()
    await alert(booth, "c")
    await booth.app.front.pusher.push()
    assert sounds(booth, ANN, 1) == [False, True, False]


async def test_who_wants_numbers_quiet_hears_codes_and_ends_only(booth: Booth) -> None:
    await met(booth, ANN, BEN)
    await booth.app.shop.preferences.set(ANN, quiet_numbers=True)
    await code(booth, ANN)
    booth.clock.forward(60)
    for person_id in (ANN, BEN):
        await number(booth, person_id)
        await alert(booth, f"a{person_id}", person_id)
    await booth.app.front.pusher.push()
    assert sounds(booth, ANN, 1) == [True, False, True]
    assert sounds(booth, BEN, 1) == [True, True]


async def test_what_one_person_does_makes_no_other_ones_push_quiet(booth: Booth) -> None:
    await met(booth, ANN, BEN)
    booth.clock.forward(60)
    ann = booth.person()
    await ann.say("/menu")
    await booth.hears()
    await alert(booth, "b", BEN)
    await booth.app.front.pusher.push()
    assert sounds(booth, BEN, 1) == [True]


async def credited(booth: Booth, key: str) -> None:
    async with booth.app.resources.database.write() as tx:
        await notices.add(tx, key, ANN, NoticeKind.MESSAGE, detail=CreditMoved(1_000_000, 2_000_000, "USD"))


async def test_in_quiet_hours_what_can_wait_comes_without_a_sound_and_numbers_codes_and_ends_ring(
    booth: Booth,
) -> None:
    await met(booth, ANN)
    await booth.app.shop.preferences.rest_from_now(ANN)
    booth.clock.forward(60)
    await credited(booth, "a")
    await code(booth, ANN)
    await number(booth, ANN)
    await booth.app.front.pusher.push()
    assert sorted(sounds(booth, ANN, 1)) == [False, True, True]
    booth.clock.forward(9 * 3600)
    await credited(booth, "b")
    await booth.app.front.pusher.push()
    assert sounds(booth, ANN, 4) == [True]


async def test_who_types_behind_the_bots_name_in_another_chat_does_not_look_at_this_one(booth: Booth) -> None:
    await met(booth, ANN)
    booth.clock.forward(60)
    await booth.app.shop.people.meet(ANN, "Ann", "en", here=False)
    await code(booth, ANN)
    await number(booth, ANN)
    await booth.app.front.pusher.push()
    assert sounds(booth, ANN, 1) == [True, True]
