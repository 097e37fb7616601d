"""The way in: reads updates one by one and gives each to the dispatcher, so that none can stop the others.

aiogram's own polling validates a whole answer at once. One field that it does not know, in a forward of a stranger,
then refuses every answer until Telegram forgets the update a day later.
"""

import asyncio
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError, TelegramRetryAfter
from aiogram.types import Update
from aiogram.utils.backoff import Backoff, BackoffConfig

from bot.i18n import Languages
from bot.screens import home
from bot.services.telling.unreadable import UnreadableUpdates
from bot.tasks import Nursery
from bot.telegram.outage import Outage
from bot.telegram.raw import update_id
from bot.telegram.reading import Unreadable, read
from bot.telegram.session import RawUpdates

_log = structlog.get_logger(__name__)

AT_ONCE = 500
"""Updates handled at the same time; the next one waits. What a person, HidSim or a stranger may hold of it is bounded
where they come in, so that no one of them fills it."""
_LATE = 15
"""Seconds beyond the long poll's own wait after which a connection is taken for dead."""
_CONFIRMED_WITHIN = 3.0
_BACKOFF = BackoffConfig(min_delay=1.0, max_delay=5.0, factor=1.3, jitter=0.1)
_LONGEST_WAIT = 300.0
_REFUSED_AT_START, _REFUSED_AT_WORK = 3, 5
"""How often in a row Telegram must refuse in a lasting way before we believe that it lasts."""


class Polling:
    """`reach()`, then `run()` until it is cancelled. `outage` and `failed` are for the health page."""

    def __init__(
        self,
        bot: Bot,
        dispatcher: Dispatcher,
        nursery: Nursery,
        unreadable: UnreadableUpdates,
        languages: Languages,
        outage: Outage,
        wait: int = 30,
    ) -> None:
        """`wait`: seconds of a long poll."""
        self._bot = bot
        self._dispatcher = dispatcher
        self._nursery = nursery
        self._unreadable = unreadable
        self._languages = languages
        self._wait = wait
        self._room = asyncio.Semaphore(AT_ONCE)
        self._offset: int | None = None
        self._unconfirmed = False
        self._backoff = Backoff(_BACKOFF)
        self.outage = outage
        self.failed = 0

    async def reach(self) -> bool:
        """Waits for Telegram. False, with the alarm raised, when Telegram refuses this bot for good."""
        while True:
            try:
                me = await self._bot.me()
                await self._delete_webhook()
            except Exception as error:  # noqa: BLE001 - whatever it was, the next try may succeed
                if self.outage.lasts(error, _REFUSED_AT_START):
                    return False
                await self._rest(error)
            else:
                self._back()
                _log.info("the bot is up", username=me.username)
                return True

    async def _delete_webhook(self) -> None:
        """Polling and a webhook exclude each other; a refusal here shows itself at the first poll."""
        try:
            await self._bot.delete_webhook()
        except TelegramNetworkError:
            raise
        except TelegramAPIError as error:
            _log.warning("the webhook could not be deleted", error=type(error).__name__)

    async def run(self) -> None:
        """Polls. Ends when Telegram refuses for good, or is cancelled: what was handed out by then is confirmed."""
        try:
            await self._poll()
        except asyncio.CancelledError:
            if self._unconfirmed:
                await self._confirm()
            raise

    async def _poll(self) -> None:
        allowed = self._dispatcher.resolve_used_update_types()
        while True:
            before = self._offset
            try:
                batch = await self._fetch(allowed)
            except Exception as error:  # noqa: BLE001 - whatever it was, the next poll may succeed
                self._unconfirmed = self._offset is not None
                if self.outage.lasts(error, _REFUSED_AT_WORK):
                    return
                await self._rest(error)
                continue
            await self._take_all(batch)
            if batch and self._offset == before:
                await self._rest(ValueError("nothing in this answer can be confirmed"))
            else:
                self._back()

    async def _fetch(self, allowed: list[str]) -> list[Any]:
        poll = RawUpdates(offset=self._offset, timeout=self._wait, allowed_updates=allowed)
        self._unconfirmed = False  # it is on its way; asked for twice, the same offset waits
        found = await self._bot(poll, request_timeout=self._wait + _LATE)
        if not isinstance(found, list):
            raise TypeError("the result is no list")
        return found

    async def _rest(self, error: Exception) -> None:
        asked = error.retry_after if isinstance(error, TelegramRetryAfter) else 0.0
        await asyncio.sleep(min(max(next(self._backoff), asked), _LONGEST_WAIT))

    def _back(self) -> None:
        self.outage.over()
        self._backoff.reset()

    async def _confirm(self) -> None:
        """At a stop there is no next poll, and what is not confirmed would be handled again after the start."""
        last = RawUpdates(offset=self._offset, limit=1, timeout=0)
        try:
            async with asyncio.timeout(_CONFIRMED_WITHIN):
                await self._bot(last)
        except Exception as error:  # noqa: BLE001 - whatever it was, the stop goes on
            _log.warning("what was heard last could not be confirmed", error=type(error).__name__)

    async def _take_all(self, batch: list[Any]) -> None:
        """Their ids are confirmed by the next poll, read or not. Numbers may begin anew lower (Telegram's rule).

        A stop in between hands the rest out at once, as far as there is room; the others come at the next start.
        """
        top, stopped = 0, None
        for raw in batch:
            if stopped is not None and self._room.locked():
                break
            await self._take(raw)
            if (number := update_id(raw)) is not None:
                self._offset = top = max(top, number + 1)
                self._unconfirmed = True
            if stopped is None:
                stopped = await _let_others()
        if stopped is not None:
            raise stopped

    async def _take(self, raw: Any) -> None:
        """One update into the nursery, when there is room."""
        update = read(raw, self._bot)
        await self._room.acquire()
        work = self._pass_over(update) if isinstance(update, Unreadable) else self._handle(update)
        self._nursery.start(work, "update").add_done_callback(lambda _: self._room.release())

    async def _handle(self, update: Update) -> None:
        try:
            await self._dispatcher.feed_update(self._bot, update)
        except Exception:  # noqa: BLE001 - one update's fault is nobody else's
            self.failed += 1
            _log.exception("an update could not be handled")
            if update.callback_query is not None:
                await self._answer(update.callback_query.id, update.callback_query.from_user.language_code)

    async def _pass_over(self, update: Unreadable) -> None:
        if update.tap is not None:
            await self._answer(update.tap, update.language)
        await self._unreadable.met(update.kind, update.field)

    async def _answer(self, tap: str, language: str | None) -> None:
        """Ends a spinner whose tap nobody could carry out."""
        try:
            await self._bot.answer_callback_query(tap, home.unreadable_toast(self._languages.translator(language)))
        except TelegramAPIError as error:
            _log.info("a tap could not be answered", error=type(error).__name__)


async def _let_others() -> asyncio.CancelledError | None:
    """A turn of the loop: a hundred updates begun in one would stop all else. What it returns ends the batch."""
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError as stopped:
        return stopped
    return None
