"""The bot's way in and out, with real aiogram and HTTP against the sandbox Telegram; a test is the handler."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aiogram import F, Router

from bot.app import open_app
from bot.i18n import Html
from bot.running import Pace
from bot.sandbox.person import Answer, ChatMessage, Person
from bot.sandbox.telegram import TelegramSandbox
from bot.screens.callbacks import ToHelp
from bot.screens.screen import Screen, button, rows
from bot.tasks import Nursery
from bot.telegram.messenger import Messenger
from bot.telegram.send_pacing import SendLimits
from tests.sandbox.hidsim.api import HandClock
from tests.sandbox.telegram.wire import serve
from tests.services.floor import ANN, place, settings_for

Handler = Callable[..., Awaitable[Any]]
QUICK = SendLimits(overall=1000, overall_burst=1000, chat=1000, chat_burst=1000)
GO = "go"
NOWHERE = "http://127.0.0.1:9"


def screen(text: str = "Hello", label: str = "Help", **facts: Any) -> Screen:
    return Screen(Html(text), rows([button(label, ToHelp())]), **facts)  # noqa: S704 - the test's own text


@dataclass
class Booth:
    """The opened bot, not running: `hears()` hands it what people did."""

    app: Any
    telegram: TelegramSandbox
    clock: HandClock
    _offset: int = 0

    @property
    def messenger(self) -> Messenger:
        return Messenger(self.app.front.bot)

    def person(self, person_id: int = ANN, **facts: Any) -> Person:
        return Person(self.telegram, person_id, patience=2, **facts)

    async def ann(self) -> Person:
        """Somebody known, with an empty queue behind her."""
        ann = self.person()
        await ann.start()
        await self.hears()
        return ann

    async def updates(self) -> list[Any]:
        found = await self.app.front.bot.get_updates(offset=self._offset, timeout=0)
        if found:
            self._offset = found[-1].update_id + 1
        return list(found)

    async def hears(self) -> None:
        """All that people did since; the handlers run at the same time, as they do in production."""
        updates = await self.updates()
        await asyncio.gather(*(self.app.front.dispatcher.feed_update(self.app.front.bot, one) for one in updates))

    def does(self, handler: Handler) -> None:
        """What a tap on Go does from now on."""
        router = Router()
        router.callback_query.register(handler, F.data == GO)
        self.app.front.dispatcher.include_router(router)
        routers = self.app.front.dispatcher.sub_routers
        routers.insert(0, routers.pop())

    async def shows_go(self, chat_id: int = ANN, text: str = "A menu") -> int:
        """A message with the button Go; its id."""
        markup = {"inline_keyboard": [[{"text": "Go", "callback_data": GO}]]}
        sent = await self.app.front.bot.send_message(chat_id, text, reply_markup=markup)
        return int(sent.message_id)

    async def go(self, handler: Handler, ann: Person | None = None) -> tuple[Answer, Person]:
        """Ann taps Go, and the handler runs to its end."""
        ann = ann or await self.ann()
        self.does(handler)
        await self.shows_go()
        asked = await ann.tap("Go", wait=False)
        await self.hears()
        assert asked.query_id is not None
        return await ann.answered(asked.query_id, "Go"), ann

    def calls(self, method: str) -> list[Any]:
        return [call for call in self.telegram.calls if call.method.lower() == method.lower()]


def bots(person: Person) -> list[ChatMessage]:
    return [message for message in person.chat() if message.from_bot]


@asynccontextmanager
async def open_booth(folder: Path, migrated: Path, pace: Pace | None = None, **given: Any) -> AsyncIterator[Booth]:
    place(migrated, folder)
    clock, telegram = HandClock(), TelegramSandbox()
    pace = pace or Pace(limits=QUICK, taps=1000, taps_burst=1000, spinner=8)
    async with serve(telegram.app()) as base:
        values = {"bot_token": telegram.token, "telegram_api_url": base} | given
        async with open_app(
            settings_for(folder, NOWHERE, **values), replace(pace, clock=clock.monotonic), clock
        ) as app:
            yield Booth(app, telegram, clock)
    assert telegram.problems == []


@asynccontextmanager
async def at_work(booth: Booth) -> AsyncIterator[None]:
    """While the opened bot runs: it polls by itself."""
    work = Nursery().start(booth.app.run(), "the bot")
    try:
        yield
    finally:
        booth.app.stop()
        await asyncio.wait([work])
