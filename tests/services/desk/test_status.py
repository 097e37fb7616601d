"""How the bot is doing: what its figures say after what has happened, and that they name nobody."""

from pathlib import Path

import pytest

from bot.app import open_app
from bot.db.telling import notices
from bot.domain.no_answer import NotDone
from bot.domain.notices import NoticeKind
from bot.domain.refusals import Reason
from bot.facts.status import LastAnswers, TelegramTrouble
from bot.i18n import Languages
from bot.running import Pace
from bot.screens.desk import status as screens
from bot.telegram.outage import Outage
from tests.services.floor import ADA, ADMIN, ANN, Floor, settings_for


async def test_it_says_what_waits_and_since_when(floor: Floor) -> None:
    assert (await floor.shop.status.facts(ADA)).oldest is None
    began = floor.clock()
    await floor.pending()
    floor.clock.forward(30)
    facts = await floor.shop.status.facts(ADA)
    assert facts.waiting == 1
    assert facts.oldest is not None
    assert 0 <= (facts.oldest - began).total_seconds() <= 5
    assert facts.asking.orders == 0  # nothing ticks here, so nobody has read it
    await floor.shop.tracked.catch_up()
    assert (await floor.shop.status.facts(ADA)).asking.orders == 1


async def test_it_says_versions_room_and_that_this_process_is_alone(floor: Floor) -> None:
    floor.clock.forward(90)
    facts = await floor.shop.status.facts(ADA)
    assert facts.versions.schema.isdigit()
    assert facts.versions.database.startswith("SQLite 3.")
    assert facts.size is not None
    assert facts.size > 50_000
    assert facts.free
    assert facts.processes == 1
    assert facts.uptime.total_seconds() >= 90


async def test_hidsims_last_answer_and_its_last_failure_are_told_apart(floor: Floor) -> None:
    answered = floor.clock()
    assert floor.partner.last_answers == LastAnswers(answered)
    floor.clock.forward(60)
    floor.director.fault("/me", status=503, times=50)
    with pytest.raises(NotDone):
        await floor.partner.balance()
    assert floor.partner.last_answers == LastAnswers(answered, floor.partner.now(), Reason.HIDSIM_DOWN)


async def test_a_refusal_of_what_was_asked_is_an_answer(floor: Floor) -> None:
    floor.clock.forward(60)
    with pytest.raises(NotDone):
        await floor.partner.ask("f" * 24)
    assert floor.partner.last_answers == LastAnswers(floor.partner.now())


async def test_the_page_names_nobody_and_no_number(floor: Floor) -> None:
    order = await floor.pending()
    said = screens.status(await floor.shop.status.facts(ADA), Languages.load().translator("en")).text
    assert order.number is not None
    assert order.number.strip("+") not in said
    assert str(order.operation_id) not in said
    assert f" {ANN} " not in said


async def test_the_health_page_and_the_admins_screen_say_the_same(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, "http://127.0.0.1:9")
    async with open_app(settings, Pace()) as app:
        page, facts = await app.figures(), await app.shop.status.read()
        assert facts.vitals is not None
        assert page["waiting_notices"] == facts.waiting
        assert page["failed_updates"] == facts.vitals.hearing.failed_updates
        assert page["ok"] is True
        assert set(page) >= {"loop_lag_ms", "polling", "purchases_in_flight", "catalog_services", "unreadable_updates"}


def test_why_telegram_failed_last_is_remembered_when_it_answers_again() -> None:
    times = iter(range(100))
    outage = Outage(lambda _why: None, lambda: float(next(times)))
    assert outage.trouble is None
    outage.failed(ValueError("no JSON"))
    outage.over()
    ago, trouble = outage.trouble or (0, None)
    assert (ago > 0, trouble) == (True, TelegramTrouble.UNREADABLE)


async def test_what_nobody_can_take_is_counted_apart(floor: Floor) -> None:
    async with floor.database.write() as tx:
        for person_id in (ANN, ADMIN):  # who never wrote
            await notices.add(tx, f"k{person_id}", person_id, NoticeKind.MESSAGE)
    facts = await floor.shop.status.facts(ADA)
    assert (facts.waiting, facts.oldest, facts.unreached) == (1, floor.database.now(), 1)
    await floor.people.left(ANN)
    facts = await floor.shop.status.facts(ADA)
    assert (facts.waiting, facts.oldest, facts.unreached) == (0, None, 2)
