"""Who comes in, how fast, and from where."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.db.telling import notices
from bot.domain.access import Standing
from bot.running import Pace
from bot.sandbox.telegram import acts
from bot.sandbox.telegram.people import GROUP_ID
from bot.telegram.throttle import Throttle
from tests.services.floor import ADA, ADMIN, ANN
from tests.telegram.booth import QUICK, Booth, bots, open_booth


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def admitted(throttle: Throttle, times: int, person_id: int = ANN) -> int:
    return sum(throttle.admits(person_id) for _ in range(times))


def test_a_burst_is_admitted_then_a_rate() -> None:
    clock = Seconds()
    throttle = Throttle(rate=2, burst=5, clock=clock)
    assert admitted(throttle, 10) == 5
    clock.now += 1
    assert admitted(throttle, 10) == 2
    clock.now += 0.25
    assert admitted(throttle, 10) == 0
    clock.now += 0.25
    assert admitted(throttle, 10) == 1
    clock.now += 3600
    assert admitted(throttle, 10) == 5


def test_one_persons_haste_is_nobody_elses() -> None:
    throttle = Throttle(rate=1, burst=3, clock=Seconds())
    admitted(throttle, 10, 1)
    assert admitted(throttle, 10, 2) == 3


@given(st.lists(st.floats(0, 5), max_size=60))
def test_never_more_than_burst_and_rate_however_the_taps_fall(gaps: list[float]) -> None:
    clock = Seconds()
    throttle = Throttle(rate=2, burst=5, clock=clock)
    begun, passed = clock.now, 0
    for gap in gaps:
        clock.now += gap
        passed += throttle.admits(ANN)
        assert passed <= 5 + 2 * (clock.now - begun) + 1e-6


def test_those_long_gone_are_forgotten() -> None:
    clock = Seconds()
    throttle = Throttle(rate=1, burst=1, clock=clock)
    for person_id in range(10_050):
        throttle.admits(person_id)
    assert len(throttle._people) == 10_000
    assert throttle.admits(0)
    assert not throttle.admits(10_049)


@pytest.fixture
async def closed(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Booth]:
    async with open_booth(tmp_path, migrated_file, access="closed") as booth:
        yield booth


@pytest.fixture
async def slow(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Booth]:
    pace = Pace(limits=QUICK, taps=0.001, taps_burst=2, spinner=8)
    async with open_booth(tmp_path, migrated_file, pace) as booth:
        yield booth


async def test_a_stranger_of_a_closed_bot_learns_their_id_and_nothing_else(closed: Booth) -> None:
    ann = closed.person()
    await ann.say("telegram brazil")
    await ann.say("hello")
    await closed.hears()
    told = await ann.sees("private")
    assert bots(ann) == [told]
    assert told.parts("code") == [str(ANN)]
    assert told.labels == ["🙋 Ask to be let in"]


async def test_a_strangers_tap_is_answered_with_a_dialog(closed: Booth) -> None:
    ann = closed.person()
    await ann.start()
    await closed.hears()
    await closed.shows_go()
    asked = await ann.tap("Go", wait=False)
    await closed.hears()
    answer = await ann.answered(asked.query_id or "")
    assert answer.alert
    assert "private" in answer.text


async def test_whoever_is_blocked_gets_nothing_but_the_end_of_a_spinner(closed: Booth) -> None:
    ann, people = closed.person(), closed.app.shop.people
    await people.decide(ADA, ANN, Standing.BLOCKED)
    await ann.start()
    await closed.shows_go()
    asked = await ann.tap("Go", wait=False)
    await ann.start("inv_x")
    await ann.say("hello")
    await closed.hears()
    answer = await ann.answered(asked.query_id or "")
    assert (answer.text, answer.alert) == ("", False)
    assert [message.text for message in bots(ann)] == ["A menu"]


async def test_thirty_starts_of_one_stranger_are_one_answer_and_one_request(closed: Booth) -> None:
    ann = closed.person()
    for _ in range(30):
        await ann.start()
    await closed.hears()
    await ann.sees("The admins have been asked.")
    assert len(bots(ann)) == 1
    async with closed.app.resources.database.read() as tx:
        assert await notices.waiting(tx) == 1


async def test_an_admin_of_the_settings_comes_into_a_closed_bot(closed: Booth) -> None:
    ada = closed.person(ADMIN, first_name="Ada")
    await ada.start()
    await closed.hears()
    assert any("Admin" in label for label in bots(ada)[-1].labels)


async def test_whoever_is_too_fast_is_told_so_in_the_way_of_their_act(slow: Booth) -> None:
    ann = await slow.ann()
    await slow.shows_go()
    first = await ann.tap("Go", wait=False)
    second = await ann.tap("Go", wait=False)
    await ann.say("telegram")
    await slow.hears()
    assert (await ann.answered(first.query_id or "")).text != "One moment…"
    answer = await ann.answered(second.query_id or "")
    assert (answer.text, answer.alert) == ("One moment…", False)
    assert [message.text for message in bots(ann)].count("One moment…") == 1


async def test_a_burst_reads_one_toast_and_no_spinner_of_it_hangs(slow: Booth) -> None:
    ann = await slow.ann()
    await slow.shows_go()
    taps = [await ann.tap("Go", wait=False) for _ in range(20)]
    await slow.hears()
    said = [await ann.answered(one.query_id or "") for one in taps]
    assert [answer.text for answer in said].count("One moment…") == 1
    assert not any(answer.alert for answer in said)


async def test_seven_hasty_messages_get_one_answer(slow: Booth) -> None:
    ann = await slow.ann()
    await ann.say("/help")
    for _ in range(7):
        await ann.say("telegram")
    await slow.hears()
    assert [message.text for message in bots(ann)].count("One moment…") == 1


async def test_a_group_is_answered_once_and_with_a_link(booth: Booth) -> None:
    ann = booth.person()
    for _ in range(3):
        await ann.say_in_group("/start")
    await booth.hears()
    await ann.say_in_group("hello?")
    await booth.hears()
    (call,) = booth.calls("sendMessage")
    assert call.params["chat_id"] == str(GROUP_ID)
    assert "https://t.me/hidsim_demo_bot" in call.params["text"]


async def test_a_button_in_a_group_is_answered_and_does_nothing(booth: Booth) -> None:
    ann = booth.person()
    await ann.say_in_group("hello")
    await booth.hears()
    message_id = await booth.shows_go(GROUP_ID)
    state = booth.telegram.state
    found, row, column = acts.find_button(state, GROUP_ID, "Go", message_id)
    tapped = acts.tap(state, state.people.get(ANN), found, row, column)
    await booth.hears()
    await ann.answered(tapped["query_id"])
    assert booth.calls("editMessageText") == []


async def test_an_update_that_telegram_sends_twice_is_handled_once(booth: Booth) -> None:
    ann = booth.person()
    await ann.start()
    (update,) = await booth.updates()
    for _ in range(3):
        await booth.app.front.dispatcher.feed_update(booth.app.front.bot, update)
    assert len(bots(ann)) == 1


async def test_blocking_and_coming_back_is_written_down(booth: Booth) -> None:
    ann = await booth.ann()
    known = []
    for act in (ann.block, ann.unblock):
        await act()
        await booth.hears()
        known.append(await booth.app.front.dispatcher.workflow_data["people"].get(ANN))
    assert [person.unreachable_at is not None for person in known] == [True, False]


async def test_a_photo_and_an_unknown_command_are_never_met_with_silence(booth: Booth) -> None:
    ann = await booth.ann()
    before = len(bots(ann))
    await ann.say("/nonsense")
    await ann.say("/balance")
    await booth.hears()
    said = [message.text for message in bots(ann)[before:]]
    assert len(said) == 2
    assert said[0] == said[1]
    assert "nonsense" not in said[0]
