"""Our own pace towards Telegram, its 429s, and the alarm of two bots on one token."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError, TelegramRetryAfter, TelegramUnauthorizedError
from aiogram.methods import AnswerCallbackQuery, EditMessageText, GetUpdates, SendMessage, SetMyCommands
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import Html
from bot.sandbox.person import Person
from bot.sandbox.telegram import TelegramSandbox
from bot.screens.body import Body, Document, File, Photo
from bot.tasks import Nursery
from bot.telegram.bodies import Envelope, sending
from bot.telegram.intake import Intake
from bot.telegram.rests import Rests
from bot.telegram.send_pacing import SendLimits, SendPacing, _Line, errand
from bot.telegram.send_queue import Errand
from bot.telegram.session import open_bot
from tests.sandbox.telegram.wire import serve
from tests.services.floor import ANN, BEN
from tests.telegram.booth import QUICK


def turns(line: _Line, now: float, times: int) -> list[float]:
    return [round(line.turn(now), 6) for _ in range(times)]


@pytest.mark.parametrize("now", [0.0, 1000.0])
def test_a_burst_goes_at_once_then_one_a_gap(now: float) -> None:
    assert turns(_Line(rate=2, burst=3), now, 6) == [0, 0, 0, 0.5, 1.0, 1.5]


def test_an_idle_line_gains_its_burst_back_and_no_more() -> None:
    line = _Line(rate=1, burst=4)
    turns(line, 1000, 4)
    assert turns(line, 1002, 3) == [0, 0, 1]
    assert turns(line, 9999, 5) == [0, 0, 0, 0, 1]


@given(st.lists(st.floats(0, 3), min_size=1, max_size=50), st.integers(1, 5))
def test_no_second_ever_holds_more_than_the_burst_and_the_rate(gaps: list[float], burst: int) -> None:
    line, now, placed = _Line(rate=2, burst=burst), 500.0, []
    for gap in gaps:
        now += gap
        placed.append(now + line.turn(now))
    assert placed == sorted(placed)
    for at in placed:
        assert sum(at <= other < at + 1 - 1e-6 for other in placed) <= burst + 2


class Talk:
    """A bot of ours on the sandbox Telegram, with Ann and Ben on the other side."""

    def __init__(self, telegram: TelegramSandbox, base: str, limits: SendLimits, alarms: list[str]) -> None:
        self.telegram = telegram
        self.alarms = alarms
        self.bot: Bot = open_bot(telegram.token, base, limits, alarms.append)

    def sent(self) -> list[str]:
        return [c.params["text"] for c in self.telegram.calls if c.method == "sendMessage" and c.status == 200]


async def talk(limits: SendLimits) -> AsyncIterator[Talk]:
    telegram = TelegramSandbox()
    async with serve(telegram.app()) as base:
        for person_id in (ANN, BEN):
            await Person(telegram, person_id).start()
        telegram.state.updates.clear()
        one = Talk(telegram, base, limits, [])
        yield one
        await one.bot.session.close()


@pytest.fixture
async def quick() -> AsyncIterator[Talk]:
    async for one in talk(QUICK):
        yield one


@pytest.fixture
async def paced() -> AsyncIterator[Talk]:
    """50 messages a second in a chat after a burst of two, whatever overall."""
    async for one in talk(SendLimits(overall=1000, overall_burst=1000, chat=50, chat_burst=2)):
        yield one


async def took(work: Any) -> float:
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await work
    return loop.time() - begun


async def test_messages_to_one_chat_are_paced_and_those_to_another_are_not_held_up(paced: Talk) -> None:
    async def say(person_id: int, count: int) -> None:
        await asyncio.gather(*(paced.bot.send_message(person_id, str(at)) for at in range(count)))

    await say(BEN, 1)
    assert await took(say(ANN, 7)) >= 0.1 - 0.005
    assert len(paced.sent()) == 8


async def test_a_code_does_not_stand_in_line(paced: Talk) -> None:
    line = [asyncio.ensure_future(paced.bot.send_message(ANN, "news")) for _ in range(12)]  # noqa: TID251
    await asyncio.sleep(0)
    token = errand.set(Errand.CODE)
    await paced.bot.send_message(ANN, "code")
    errand.reset(token)
    assert paced.sent().index("code") < 6
    await asyncio.gather(*line)


async def test_edits_and_answers_are_not_paced(paced: Talk) -> None:
    message = await paced.bot.send_message(ANN, "0")

    async def edit() -> None:
        for at in range(20):
            await paced.bot.edit_message_text(f"{at + 1}", chat_id=ANN, message_id=message.message_id)
            await paced.bot.send_chat_action(ANN, "typing")

    await edit()
    waits = [call.took for call in paced.telegram.calls if call.method == "editMessageText"]
    assert len(waits) == 20
    assert paced.sent() == ["0"]


@pytest.mark.parametrize(
    "body",
    [Html("x"), Photo(File("a.png", b"a")), Document(File("a.csv", b"a"))],
    ids=["text", "photo", "document"],
)
async def test_what_our_own_voice_sends_stands_in_line(body: Body) -> None:
    told: list[str] = []

    async def telegram(_bot: Any, method: Any) -> Any:
        told.append(method.__api_method__)
        return {"message_id": 1}

    pacing: Any = SendPacing(SendLimits(chat=1, chat_burst=2), lambda: 1000.0)
    for _ in range(2):
        await pacing(telegram, None, sending(body, "x", None, ANN, None, Envelope()))
    waits = Nursery().start(pacing(telegram, None, sending(body, "x", None, ANN, None, Envelope())), "a third one")
    await asyncio.wait([waits], timeout=0.05)
    assert len(told) == 2
    waits.cancel()


@pytest.mark.parametrize(("refusals", "asked"), [(1, 2), (2, 2)])
async def test_a_short_429_is_sat_out_once_and_not_again(quick: Talk, refusals: int, asked: int) -> None:
    method: Any = SendMessage(chat_id=ANN, text="hello")
    tries: list[Any] = []

    async def telegram(_bot: Bot, asked_for: Any) -> Any:
        tries.append(asked_for)
        if len(tries) <= refusals:
            raise TelegramRetryAfter(method, "Too Many Requests", retry_after=0)
        return "taken"

    pacing: Any = SendPacing(QUICK)
    if refusals == 1:
        assert await pacing(telegram, quick.bot, method) == "taken"
    else:
        with pytest.raises(TelegramRetryAfter):
            await pacing(telegram, quick.bot, method)
    assert len(tries) == asked


async def test_a_long_429_is_handed_to_the_caller_at_once(quick: Talk) -> None:
    quick.telegram.faults.add(method="sendMessage", status=429, retry_after=6)
    with pytest.raises(TelegramRetryAfter) as caught:
        await quick.bot.send_message(ANN, "hello")
    assert caught.value.retry_after == 6
    assert quick.sent() == []


async def test_a_code_met_with_a_429_goes_back_to_the_outbox_at_once(quick: Talk) -> None:
    quick.telegram.faults.add(method="sendMessage", status=429, retry_after=1)
    token = errand.set(Errand.CODE)
    with pytest.raises(TelegramRetryAfter):
        await quick.bot.send_message(ANN, "code")
    errand.reset(token)


class Far:
    """Telegram at the middleware's seam, and a clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.asked: list[Any] = []
        self.waits: dict[object, int] = {}
        self.pacing: Any = SendPacing(QUICK, lambda: self.now)

    async def _telegram(self, _bot: Any, method: Any) -> Any:
        self.asked.append(method)
        if wait := self.waits.get(getattr(method, "chat_id", None)):
            raise TelegramRetryAfter(method, "Too Many Requests", wait)
        return "taken"

    async def does(self, method: Any, *, code: bool = False) -> str | int:
        """What came of it: taken, or the seconds that its caller is told to wait."""
        token = errand.set(Errand.CODE if code else Errand.ANSWER)
        try:
            return str(await self.pacing(self._telegram, None, method))
        except TelegramRetryAfter as error:
            return error.retry_after
        finally:
            errand.reset(token)


def send(chat: int) -> SendMessage:
    return SendMessage(chat_id=chat, text="x")


def edit(chat: int) -> EditMessageText:
    return EditMessageText(chat_id=chat, message_id=1, text="x")


async def test_a_429_rests_its_chat_for_as_long_as_telegram_asked_and_nobody_else() -> None:
    far = Far()
    far.waits = {ANN: 40}
    assert await far.does(edit(ANN)) == 40
    for _ in range(66):
        assert await far.does(edit(ANN)) == 40
    far.now += 30
    assert await far.does(send(ANN)) == 10
    assert await far.does(edit(BEN)) == "taken"
    assert len(far.asked) == 2
    far.waits, far.now = {}, far.now + 10
    assert await far.does(edit(ANN)) == "taken"


async def test_a_code_is_tried_in_a_resting_chat() -> None:
    far = Far()
    far.waits = {ANN: 40}
    await far.does(edit(ANN))
    far.waits = {}
    assert await far.does(send(ANN), code=True) == "taken"
    assert await far.does(send(ANN)) == 40


@pytest.mark.looptime
async def test_who_stands_in_line_when_a_rest_begins_keeps_it() -> None:
    far, loop = Far(), asyncio.get_running_loop()
    far.pacing = SendPacing(SendLimits(overall=1, overall_burst=1, chat=1000, chat_burst=1000), loop.time)
    stands = [Nursery().start(far.does(send(chat)), "stands in line") for chat in (BEN, BEN, ANN)]
    await asyncio.sleep(0.5)
    far.waits = {ANN: 40}
    assert await far.does(edit(ANN)) == 40
    far.waits = {}
    assert [await one for one in stands] == ["taken", "taken", 39]
    assert [method.chat_id for method in far.asked] == [BEN, ANN, BEN]


@pytest.mark.looptime
async def test_after_a_short_rest_who_stood_in_line_goes_at_the_lines_pace() -> None:
    far, loop = Far(), asyncio.get_running_loop()
    limits = SendLimits(overall=1, overall_burst=1, chat=1000, chat_burst=1000)
    far.pacing, taken = SendPacing(limits, loop.time), list[float]()

    async def says(chat: int) -> None:
        await far.does(send(chat))
        taken.append(round(loop.time(), 3))

    await far.does(send(1))
    far.waits = {None: 4}
    lines = [Nursery().start(says(chat), "stands in line") for chat in range(2, 6)]
    await asyncio.sleep(0.5)
    poll = Nursery().start(far.does(GetUpdates()), "a poll that meets a 429")
    await asyncio.sleep(0)
    far.waits = {}
    await asyncio.wait([poll, *lines])
    assert taken == [5, 6, 7, 8]


@pytest.mark.parametrize("method", [GetUpdates(), AnswerCallbackQuery(callback_query_id="1")])
async def test_a_429_without_a_chat_rests_all_but_codes_and_the_answers_to_taps(method: Any) -> None:
    far = Far()
    far.waits = {None: 40}
    assert await far.does(method) == 40
    far.waits = {}
    assert await far.does(edit(ANN)) == await far.does(send(BEN)) == 40
    assert await far.does(send(ANN), code=True) == "taken"
    assert await far.does(AnswerCallbackQuery(callback_query_id="2")) == "taken"
    far.now += 40
    assert await far.does(edit(ANN)) == "taken"


async def test_an_endless_429_without_a_chat_is_asked_about_again_after_a_minute() -> None:
    far = Far()
    far.waits = {None: 86_400}
    await far.does(GetUpdates())
    far.now += 60
    assert await far.does(edit(ANN)) == "taken"


async def test_a_429_on_the_bots_own_profile_says_nothing_about_chats() -> None:
    far = Far()
    far.waits = {None: 3000}
    assert await far.does(SetMyCommands(commands=[])) == 3000
    assert await far.does(edit(ANN)) == "taken"


async def test_many_chats_flooded_at_once_are_not_about_them() -> None:
    far = Far()
    far.waits = dict.fromkeys(range(1, 6), 40)
    for chat in range(1, 5):
        await far.does(edit(chat))
    assert await far.does(edit(BEN)) == "taken"
    await far.does(edit(5))
    assert await far.does(edit(BEN)) == 40
    far.now += 40
    assert await far.does(edit(BEN)) == "taken"


async def test_chats_flooded_one_after_another_rest_each_by_itself() -> None:
    far = Far()
    far.waits = dict.fromkeys(range(1, 20), 40)
    for chat in range(1, 20):
        await far.does(edit(chat))
        far.now += 3
    assert await far.does(edit(BEN)) == "taken"


def test_rests_are_remembered_for_so_many_chats_and_never_made_shorter() -> None:
    now = 5.0
    rests: Rests[int] = Rests(lambda: now, remembered=3)
    for chat in range(10):
        rests.begin(chat, 40)
    rests.begin(9, 1)
    assert rests.chats() == {7, 8, 9}
    assert [rests.left(chat) for chat in (0, 9)] == [0, 40]
    now += 40
    assert rests.chats() == set()


async def poll(one: Talk, *, conflict: bool) -> None:
    if not conflict:
        await one.bot.get_updates(timeout=0)
        return
    one.telegram.faults.add(method="getUpdates", status=409, description="Conflict: terminated by other getUpdates")
    with pytest.raises(TelegramConflictError):
        await one.bot.get_updates(timeout=0)


@pytest.mark.parametrize(
    ("conflicts", "alarms"),
    [([True, True], 0), ([True, True, True], 1), ([True, True, False, True, True], 0), ([True] * 4, 2)],
)
async def test_three_conflicts_in_a_row_come_from_another_bot(quick: Talk, conflicts: list[bool], alarms: int) -> None:
    for conflict in conflicts:
        await poll(quick, conflict=conflict)
    assert len(quick.alarms) == alarms
    assert all("BOT_TOKEN" in said for said in quick.alarms)


async def test_other_calls_that_work_do_not_hide_another_bot(quick: Talk) -> None:
    for _ in range(3):
        await poll(quick, conflict=True)
        await quick.bot.send_message(ANN, "hello")
    assert len(quick.alarms) == 1


async def test_a_token_that_telegram_refuses_is_an_alarm_that_does_not_show_it(quick: Talk) -> None:
    quick.telegram.faults.add(method="getMe", status=401, description="Unauthorized")
    with pytest.raises(TelegramUnauthorizedError):
        await quick.bot.get_me()
    (said,) = quick.alarms
    assert "BotFather" in said
    assert quick.telegram.token not in said


async def test_intake_waits_for_the_handlers_that_run() -> None:
    intake, ends = Intake(), asyncio.Event()

    async def handler(_event: Any, _data: Any) -> str:
        await ends.wait()
        return "done"

    assert await intake.idle(0)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(intake(handler, object(), {}))  # type: ignore[arg-type]
        await asyncio.sleep(0)
        assert not await intake.idle(0.001)
        ends.set()
        assert await intake.idle(1)
    assert running.result() == "done"


async def test_a_handler_that_fails_is_not_waited_for_for_ever() -> None:
    intake = Intake()

    async def fails(_event: Any, _data: Any) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await intake(fails, object(), {})  # type: ignore[arg-type]
    assert await intake.idle(0)
