"""Sends notices and draws cards again. A notice is done only with Telegram's message id in hand."""

import asyncio
from dataclasses import replace

import structlog
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
)

from bot.domain.notices import NoticeKind
from bot.domain.orders import CardRole
from bot.i18n import Catalogs
from bot.milestones import reached
from bot.screens.order_card import order_card, waiting_card
from bot.screens.pushes import push
from bot.screens.screen import Screen
from bot.services.lifeline import Lifeline
from bot.services.outbox import Behind, Outbox, Parcel
from bot.telegram.pacing import urgent
from bot.telegram.voice import Voice

_log = structlog.get_logger(__name__)

_AT_ONCE = 20
_OUTAGE = 5.0
"""Seconds between tries while Telegram can't be reached or is broken: a code has to come at once when it is back."""
_BARE_AFTER = 2
"""A notice called bad so often is tried without its buttons: they may be what Telegram does not take."""
_GIVEN_UP_AFTER = 8
"""A notice that Telegram calls bad so often would only keep the person's later ones waiting. About ten minutes."""
_CHAT_IS_GONE = ("chat not found", "user is deactivated", "peer_id_invalid")


class Pusher:
    """Two ticks: `push` for notices, `redraw` for cards."""

    def __init__(self, voice: Voice, outbox: Outbox, lifeline: Lifeline, catalogs: Catalogs) -> None:
        self._voice = voice
        self._outbox = outbox
        self._lifeline = lifeline
        self._catalogs = catalogs
        self._pushing = asyncio.Lock()
        self._redrawing = asyncio.Lock()

    async def push(self) -> int:
        """Sends what is due until nothing is; how many were delivered.

        One call at a time: who calls last, at the end of the process, also waits for what is on its way.
        """
        async with self._pushing:
            return await self._push_all()

    async def _push_all(self) -> int:
        delivered = await self._push_unsaved()
        while parcels := await self._outbox.claim(_AT_ONCE):
            outcomes = await asyncio.gather(*(self._push(parcel) for parcel in parcels))
            delivered += sum(outcomes)
            if not any(outcomes):
                break
        return delivered

    async def _push_unsaved(self) -> int:
        """What the lifeline holds: sent now, tried again at the next tick where Telegram refused."""
        parcels = self._lifeline.take()
        for parcel in parcels:
            screen = self._screen(parcel)
            try:
                if screen is not None:
                    message_id = await self._voice.send(parcel.notice.person_id, screen, reply_to=parcel.reply_to)
                    self._lifeline.sent(parcel.notice.key, message_id)
            except TelegramForbiddenError:
                _log.warning("an unsaved notice found its person gone", kind=parcel.notice.kind)
            except TelegramAPIError:
                self._lifeline.give_back(parcel)
        return len(parcels)

    def _screen(self, parcel: Parcel) -> Screen | None:
        notice = parcel.notice
        t = self._catalogs.translator(parcel.person.language if parcel.person else None)
        return push(notice.kind, parcel.card, parcel.sms, notice.detail, t)

    async def _push(self, parcel: Parcel) -> bool:
        notice = parcel.notice
        if (known := self._lifeline.message_of(notice.key)) is not None:
            await self._outbox.done(parcel, known)
            return True
        screen = self._screen(parcel)
        if screen is None:
            await self._outbox.done(parcel, None)
            return True
        reached("push.claimed")
        token = urgent.set(notice.kind is NoticeKind.CODE)
        try:
            message_id = await self._send(parcel, screen)
        except TelegramAPIError as error:
            await self._refused(parcel, error)
            return False
        finally:
            urgent.reset(token)
        reached("push.sent")
        await self._outbox.done(parcel, message_id)
        reached("push.marked")
        return True

    async def _send(self, parcel: Parcel, screen: Screen) -> int:
        """A screen that Telegram keeps calling bad goes without its buttons: a code without them is still a code."""
        notice = parcel.notice
        try:
            return await self._voice.send(notice.person_id, screen, reply_to=parcel.reply_to)
        except TelegramBadRequest as error:
            if notice.tries < _BARE_AFTER or _gone(error):
                raise
            return await self._voice.send(notice.person_id, replace(screen, rows=()), reply_to=parcel.reply_to)

    async def _refused(self, parcel: Parcel, error: TelegramAPIError) -> None:
        notice = parcel.notice
        _log.warning("Telegram did not take a notice", notice=notice.id, kind=notice.kind, error=type(error).__name__)
        if isinstance(error, TelegramForbiddenError) or _gone(error):
            await self._outbox.unreachable(notice)
        elif isinstance(error, TelegramRetryAfter):
            await self._outbox.postpone(notice, error.retry_after)
        elif not isinstance(error, TelegramBadRequest):
            await self._outbox.postpone(notice, _OUTAGE)
        elif notice.tries >= _GIVEN_UP_AFTER:
            _log.critical("Telegram never takes this notice; given up", notice=notice.id, kind=notice.kind)
            await self._outbox.done(parcel, None)
        else:
            await self._outbox.refused(notice)

    async def redraw(self) -> None:
        """Edits cards that show less than is true. Derived from the order each time, so nothing of it is queued."""
        async with self._redrawing:
            await self._redraw_all()

    async def _redraw_all(self) -> None:
        for behind in await self._outbox.behind(_AT_ONCE):
            card = behind.card
            try:
                async with self._outbox.drawing(card.person_id, card.message_id):
                    now = await self._outbox.still_behind(behind)
                    if now is not None:
                        await self._redraw(now)
            except TelegramRetryAfter:
                return
            except TelegramAPIError as error:
                _log.warning("a card could not be drawn again", error=type(error).__name__)
                if not isinstance(error, (TelegramForbiddenError, TelegramBadRequest)):
                    return
                await self._outbox.forget_card(card)

    async def _redraw(self, behind: Behind) -> None:
        t = self._catalogs.translator(behind.person.language if behind.person else None)
        card = behind.card
        if card.role is CardRole.WAITING:
            screen = waiting_card(behind.facts, t, number_below=behind.number_below)
        else:
            screen = order_card(behind.facts, t)
        if await self._voice.edit(card.person_id, card.message_id, screen):
            await self._outbox.drawn(behind)
        else:
            await self._outbox.forget_card(card)


def _gone(error: TelegramAPIError) -> bool:
    return isinstance(error, TelegramBadRequest) and any(word in error.message.lower() for word in _CHAT_IS_GONE)
