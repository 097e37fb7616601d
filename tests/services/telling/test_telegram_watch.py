"""Telegram's silence is told afterwards, a second program with our token at once, and messages that nobody takes."""

from dataclasses import dataclass

import pytest
from sqlalchemy import text

from bot.db.telling import notices
from bot.domain.details import AlertDetail
from bot.domain.notices import NoticeKind
from bot.services.people.staff import Staff
from bot.services.telling.incidents import Incidents
from bot.services.telling.telegram_watch import TelegramWatch
from bot.services.telling.verdicts import Verdicts
from tests.services.floor import ADMIN, ANN, Floor


@dataclass
class Hearing:
    """What polling would know."""

    silent: float = 0.0
    answers: int = 1


def watching(floor: Floor, hearing: Hearing) -> TelegramWatch:
    verdicts = Verdicts(floor.database, Incidents(Staff([ADMIN])))
    watch = TelegramWatch(floor.database, floor.outbox, verdicts, floor.clock.monotonic)
    watch.follow(hearing)
    return watch


async def looks(floor: Floor, watch: TelegramWatch, seconds: float) -> None:
    for _ in range(int(seconds // 15)):
        floor.clock.forward(15)
        await watch.look()


async def waits(floor: Floor, person_id: int, key: str = "k") -> None:
    async with floor.database.write() as tx:
        await notices.add(tx, key, person_id, NoticeKind.MESSAGE)


async def all_taken(floor: Floor) -> None:
    async with floor.database.write() as tx:
        await tx.connection.execute(text("UPDATE notices SET done_at = 1 WHERE kind = 'message'"))


async def test_a_silence_is_told_once_it_is_over_with_its_length(floor: Floor) -> None:
    hearing = Hearing()
    watch = watching(floor, hearing)
    hearing.silent = 119
    await looks(floor, watch, 15)
    hearing.silent = 130
    await looks(floor, watch, 15)
    assert await floor.alerted() == []
    hearing.silent = 0
    await looks(floor, watch, 15)
    assert await floor.alerted() == ["over telegram-silent"]
    (told,) = await floor.outbox.claim(10)
    assert isinstance(told.notice.detail, AlertDetail)
    assert told.notice.detail.over is not None
    assert told.notice.detail.over.seconds == 145


async def test_a_restart_in_a_silence_does_not_end_it(floor: Floor) -> None:
    await looks(floor, watching(floor, Hearing(silent=130)), 15)
    hearing = Hearing(answers=0)
    watch = watching(floor, hearing)
    await looks(floor, watch, 90)
    assert await floor.alerted() == []
    hearing.answers = 1
    await looks(floor, watch, 15)
    assert await floor.alerted() == ["over telegram-silent"]


async def test_a_clash_is_told_at_once_and_over_after_a_minute_alone(floor: Floor) -> None:
    await watching(floor, Hearing()).clash()
    assert await floor.alerted() == ["telegram-conflict"]
    watch = watching(floor, Hearing())  # the bot has been started again
    await looks(floor, watch, 60)
    assert await floor.alerted() == ["telegram-conflict"]
    await looks(floor, watch, 15)
    assert await floor.alerted() == ["telegram-conflict", "over telegram-conflict"]


@pytest.mark.parametrize("heard", [True, False])
async def test_messages_that_wait_are_told_unless_telegram_is_not_reached_at_all(floor: Floor, heard: bool) -> None:
    watch = watching(floor, Hearing(silent=0.0 if heard else 60.0))
    await waits(floor, ANN)
    await looks(floor, watch, 75)
    assert await floor.alerted() == []
    await looks(floor, watch, 30)
    assert await floor.alerted() == (["pushes-late"] if heard else [])
    await all_taken(floor)
    await looks(floor, watch, 30)
    assert "over pushes-late" not in await floor.alerted()  # the alert itself waits by then


async def test_it_is_over_a_minute_after_the_last_one_was_taken(floor: Floor) -> None:
    watch = watching(floor, Hearing())
    await waits(floor, ANN)
    await looks(floor, watch, 105)
    async with floor.database.write() as tx:
        await tx.connection.execute(text("UPDATE notices SET done_at = 1"))
    await looks(floor, watch, 75)
    assert await floor.alerted() == ["pushes-late", "over pushes-late"]


async def test_what_waits_for_somebody_out_of_reach_is_not_late(floor: Floor) -> None:
    watch = watching(floor, Hearing())
    await waits(floor, 4711)  # an admin of the settings who never wrote
    await looks(floor, watch, 300)
    assert await floor.alerted() == []


async def test_a_clock_that_is_set_makes_nothing_late_for_ever(floor: Floor) -> None:
    watch = watching(floor, Hearing())
    await waits(floor, ANN)
    floor.clock.set_by(-3600)
    await looks(floor, watch, 60)
    assert await floor.alerted() == []
