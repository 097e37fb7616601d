"""Exports on their way into a chat: how far they are, on one message, then the files."""

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass

import structlog
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramRetryAfter,
)

from bot.domain.access import Right, may
from bot.domain.people import Person
from bot.facts.exports import Export, ExportEnd, Made
from bot.faults import DatabaseFault
from bot.i18n import Translator
from bot.screens.desk import export as screens
from bot.screens.orders import export as progress
from bot.screens.screen import Screen
from bot.services.orders.exports import Exports
from bot.services.people.people import People
from bot.tasks import Nursery
from bot.telegram.messenger import Messenger

_log = structlog.get_logger(__name__)

_BETWEEN_EDITS = 3.0
_LONGEST_WAIT = 120.0
"""Seconds that Telegram may ask to wait for before a file is given up."""
_LARGEST = 50 * 10**6
_LAST_WORDS = 2.0
"""Seconds at a stop."""


@dataclass(slots=True)
class _Job:
    person: Person
    t: Translator
    export: Export
    message: int | None = None
    drawn_at: float = float("-inf")
    written: int = 0


class TooBig(Exception):
    """For Telegram."""


class _NotTheirs(Exception):
    """Who asked for it has no right to it any more."""


class Exporter:
    """A job for each export. A stop ends them: what is not sent then is asked for again."""

    def __init__(
        self,
        messenger: Messenger,
        exports: Exports,
        people: People,
        nursery: Nursery,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock`: monotonic seconds."""
        self._messenger = messenger
        self._exports = exports
        self._people = people
        self._nursery = nursery
        self._clock = clock
        self._jobs: set[asyncio.Task[None]] = set()

    def start(self, person: Person, t: Translator, export: Export) -> None:
        """The export has begun; from here on it is ended whatever happens."""
        job = self._nursery.start(self._run(_Job(person, t, export)), "an export")
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)

    def stop(self) -> None:
        """Files under way are not finished; their people are told."""
        for job in self._jobs:
            job.cancel()

    async def _run(self, job: _Job) -> None:
        try:
            await self._make_and_send(job)
        except asyncio.CancelledError:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LAST_WORDS):
                    await self._fail(job, ExportEnd.STOPPED)
            raise
        except TelegramForbiddenError:
            await self._people.left(job.person.id)
        except _NotTheirs:
            _log.warning("an export is broken off: who asked for it may not have it any more", person=job.person.id)
        except (TooBig, TelegramEntityTooLarge):
            await self._fail(job, ExportEnd.TOO_BIG)
        except TelegramAPIError as error:
            _log.warning("an export could not be sent", error=type(error).__name__)
            await self._fail(job, ExportEnd.REFUSED)
        except DatabaseFault as error:
            _log.warning("an export could not be read", error=type(error).__name__)
            await self._fail(job, ExportEnd.NO_DATABASE)
        except OSError as error:
            _log.warning("an export could not be written", error=type(error).__name__, errno=error.errno)
            await self._fail(job, ExportEnd.NO_ROOM)
        except Exception:
            await self._fail(job, ExportEnd.BROKEN)
            raise
        finally:
            self._exports.end(job.export)

    async def _make_and_send(self, job: _Job) -> None:
        await self._draw(job, progress.making(job.export, 0, job.t))
        async with aclosing(self._exports.files(job.export)) as files:
            async for step in files:
                if isinstance(step, Made):
                    await self._send(job, step)
                    continue
                job.written = step.rows
                if self._clock() - job.drawn_at >= _BETWEEN_EDITS:
                    await self._draw(job, progress.making(job.export, step.rows, job.t))
        await self._draw(job, progress.done(job.written, job.t))

    async def _send(self, job: _Job, made: Made) -> None:
        size = (await asyncio.to_thread(made.path.stat)).st_size
        if size >= _LARGEST:
            raise TooBig
        if not await self._may_have_it(job.export):
            raise _NotTheirs
        await self._draw(job, progress.sending(job.export, made.number, job.t))
        screen = (progress.own_file if job.export.own else screens.file)(job.export, made, job.t)
        try:
            await self._messenger.send(job.person.id, screen)
        except TelegramRetryAfter as error:
            if error.retry_after > _LONGEST_WAIT:
                raise
            await asyncio.sleep(error.retry_after)
            await self._messenger.send(job.person.id, screen)

    async def _may_have_it(self, export: Export) -> bool:
        """It takes minutes to make; an admin may be none by then, and somebody be kept out."""
        known = await self._people.get(export.person_id)
        return may(self._people.role(export.person_id, known), Right.SEE_OWN if export.own else Right.EXPORT)

    async def _draw(self, job: _Job, screen: Screen) -> None:
        """How far it is: nothing of it is worth a failure, but that nobody is there any more."""
        job.drawn_at = self._clock()
        try:
            if job.message is None:
                job.message = await self._messenger.send(job.person.id, screen)
            else:
                await self._messenger.edit(job.person.id, job.message, screen)
        except TelegramForbiddenError:
            raise
        except TelegramAPIError as error:
            _log.info("an export's progress could not be shown", error=type(error).__name__)

    async def _fail(self, job: _Job, end: ExportEnd) -> None:
        with suppress(TelegramForbiddenError):
            await self._draw(job, (progress.own_failed if job.export.own else screens.failed)(end, job.t))
