"""Sends notices, each person's in a lane of their own. A notice is done only when Telegram has taken it."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
)

from bot.domain.notices import NoticeKind
from bot.faults import DatabaseFault
from bot.i18n import Languages
from bot.milestones import reached
from bot.screens.screen import Screen
from bot.screens.telling.pushes import push
from bot.services.telling.outbox import Outbox
from bot.services.telling.ringing import Ringing
from bot.services.telling.tellings import Telling
from bot.services.telling.unsaved import Unsaved
from bot.telegram.lanes import Lanes
from bot.telegram.messenger import Messenger
from bot.telegram.redraw import Redrawing
from bot.telegram.send_pacing import errand
from bot.telegram.send_queue import Errand
from bot.ticks import every

_log = structlog.get_logger(__name__)

PUSH = "push"
"""The name of the tick that a notice wakes."""
_LANES = 40
"""People served at once. Telegram's answer takes a minute at the most; then the lane is free again."""
_FOR_CODES = 10
"""Of these lanes so many are kept for codes, however many other chats hang."""
_FILLED_AT_ONCE, _FILLED_WITHIN = 10, 0.4
"""While more people wait than there are lanes, a claim is made for so many that are free, or after so many seconds."""
_OUTAGE = 5.0
"""Seconds between tries while Telegram can't be reached or is broken: a code has to come at once when it is back."""
_BEING_DRAWN = 0.3
"""Seconds after which it is looked again whether the message in which Buy was tapped is there."""
_BARE_AFTER = 2
"""A notice called bad so often is tried without its buttons or picture, which may be what Telegram does not take."""
_GIVEN_UP_AFTER = 8
"""A notice that Telegram calls bad so often would only keep the person's later ones waiting. About ten minutes."""
_CHAT_IS_GONE = ("chat not found", "user is deactivated", "peer_id_invalid")


class Pusher:
    """Two ticks, `push_due` for notices and `redraw_due` for cards, which start work and wait for none of it."""

    def __init__(
        self,
        messenger: Messenger,
        outbox: Outbox,
        unsaved: Unsaved,
        languages: Languages,
        ringing: Ringing,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock`: monotonic seconds."""
        self._messenger = messenger
        self._outbox = outbox
        self._unsaved = unsaved
        self._languages = languages
        self._ringing = ringing
        self._claiming = asyncio.Lock()
        self._lanes = Lanes("push", self._go_on)
        self._delivered = 0
        self._are_more, self._ended = False, 0
        """Whether the last claim may have left others waiting, and how many lanes have ended since."""
        self._enough, self._filling = asyncio.Event(), False
        self._redrawing = Redrawing(messenger, outbox.cards, languages, clock)

    @every(0.5, PUSH)
    async def push_due(self) -> None:
        """Starts the sending of what is due: of each person's the next, of all people's codes first.

        What this process writes wakes the tick; by itself it finds what others wrote, and what is due again.
        """
        async with self._claiming:
            for telling in self._unsaved.claim(_LANES - len(self._lanes), besides=self._lanes.people):
                self._lanes.start(telling.notice.person_id, self._serve(telling))
            room, busy = _LANES - len(self._lanes), self._lanes.people
            self._ended = 0
            self._enough.clear()
            if room <= 0:
                return
            only_codes = room <= _FOR_CODES
            wanted = room if only_codes else room - _FOR_CODES
            claimed = await self._outbox.claim(wanted, besides=busy, only_codes=only_codes)
            self._are_more = len(claimed) == wanted
            for telling in claimed:
                self._lanes.start(telling.notice.person_id, self._serve(telling))

    async def _go_on(self) -> None:
        """A person's next notice follows at once, not at the next tick, which says what is wrong with the database.

        While more wait than there are lanes, one claim fills several: enough are on their way meanwhile.
        """
        self._ended += 1
        if self._ended >= _FILLED_AT_ONCE:
            self._enough.set()
        if self._filling:
            return
        self._filling = True
        try:
            while self._ended:  # also while the last claim was made, which passed those people over
                if self._are_more:
                    await self._some_have_ended()
                with suppress(DatabaseFault):
                    await self.push_due()
        finally:
            self._filling = False

    async def _some_have_ended(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_FILLED_WITHIN):
                await self._enough.wait()

    async def push(self) -> int:
        """Sends what is due until nothing is, and waits for what is on its way; how many were delivered meanwhile.

        Raises what ended a lane, when it is no refusal of Telegram's.
        """
        before = self._delivered
        await self.push_due()
        while self._lanes.at_work:
            await self._lanes.one_ends()
            await self.push_due()
        return self._delivered - before

    @every(0.5, "redraw")
    async def redraw_due(self) -> None:
        """Starts the drawing of cards that show less than is true."""
        await self._redrawing.start_due()

    async def redraw(self) -> None:
        """Draws cards that show less than is true, and waits for those that are being drawn."""
        await self._redrawing.draw()

    async def close(self) -> None:
        """Cancels what a drain did not wait for."""
        await self._lanes.close()
        await self._redrawing.close()

    async def _serve(self, telling: Telling) -> None:
        if await self._push(telling):
            self._delivered += 1

    def _screen(self, telling: Telling) -> Screen | None:
        notice = telling.notice
        t = self._languages.translator(telling.person.language if telling.person else None)
        return push(notice.kind, telling.card, telling.sms, notice.detail, t)

    async def _push(self, telling: Telling) -> bool:
        """Whether it is done with: sent, or nothing is left to say."""
        notice, home = telling.notice, self._home(telling)
        if self._unsaved.was_sent(notice.key):
            await home.done(telling, self._unsaved.message_of(notice.key))
            return True
        screen = None if telling.overtaken or telling.withheld else self._screen(telling)
        if screen is None:
            await home.done(telling, None)
            return True
        if await self._outbox.is_told(telling):
            return True
        if telling.early:
            await home.postpone(notice, _BEING_DRAWN)
            return False
        reached("push.claimed")
        token = errand.set(_errand(telling))
        try:
            if await self._told_in_place(telling, screen):
                return True
            message_id = await self._send(telling, screen)
        except TelegramAPIError as error:
            await self._refused(telling, error)
            return False
        finally:
            errand.reset(token)
        reached("push.sent")
        await home.done(telling, message_id)
        reached("push.marked")
        if telling.becomes_card:
            await self._fold_older()
        return True

    async def _told_in_place(self, telling: Telling, screen: Screen) -> bool:
        """The waiting message becomes what it waited for, as long as its person looks at it: nothing rings."""
        over = telling.over
        if over is None:
            return False
        async with self._outbox.cards.drawing(over.person_id, over.message_id):
            if not await self._outbox.still_waits(telling):
                return False
            if not await self._messenger.edit(over.person_id, over.message_id, screen):
                return False
            await self._outbox.done(telling, None, over)
        return True

    async def _fold_older(self) -> None:
        """At once: a thumb must not hit the older card's buttons."""
        with suppress(DatabaseFault):
            await self.redraw_due()

    def _home(self, telling: Telling) -> Outbox | Unsaved:
        return self._unsaved if self._unsaved.holds(telling) else self._outbox

    async def _send(self, telling: Telling, screen: Screen) -> int | None:
        """A screen that Telegram keeps calling bad goes as its words alone: a code without buttons is still a code."""
        notice = telling.notice
        how: dict[str, Any] = {"reply_to": telling.reply_to, "quiet": not await self._ringing.rings(notice)}
        try:
            return await self._messenger.send(notice.person_id, screen, **how)
        except TelegramBadRequest as error:
            if notice.tries < _BARE_AFTER or _gone(error):
                raise
            return await self._messenger.send(notice.person_id, screen.bare(), **how)

    async def _refused(self, telling: Telling, error: TelegramAPIError) -> None:
        notice, home = telling.notice, self._home(telling)
        _log.warning("Telegram did not take a notice", notice=notice.id, kind=notice.kind, error=type(error).__name__)
        if isinstance(error, TelegramForbiddenError) or _gone(error):
            await home.unreachable(notice)
        elif isinstance(error, TelegramRetryAfter):
            await home.postpone(notice, error.retry_after)
        elif not isinstance(error, TelegramBadRequest):
            await home.postpone(notice, _OUTAGE)
        elif notice.tries >= _GIVEN_UP_AFTER:
            _log.critical("Telegram never takes this notice; given up", notice=notice.id, kind=notice.kind)
            await home.done(telling, None)
        else:
            await home.refused(notice)


def _errand(telling: Telling) -> Errand:
    """A number is waited for like an answer, and its code, which may come while it stands in line, waits behind it."""
    if telling.urgent:
        return Errand.CODE
    return Errand.ANSWER if telling.notice.kind is NoticeKind.NUMBER else Errand.NEWS


def _gone(error: TelegramAPIError) -> bool:
    return isinstance(error, TelegramBadRequest) and any(word in error.message.lower() for word in _CHAT_IS_GONE)
