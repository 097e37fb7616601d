"""Speaks to those who are not served: strangers, the blocked, groups; and for a moment to the hasty.

Seldom, beside the handlers, and never so much that those who are served wait for it. What is too much is dropped in
silence: nobody has a right to hear the same sentence three hundred times.
"""

import time
from collections.abc import Awaitable, Callable

import structlog
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, InlineQuery

from bot.screens.screen import Screen
from bot.screens.shop.suggestions import Articles
from bot.tasks import Nursery
from bot.telegram import inline_answers
from bot.telegram.messenger import Messenger
from bot.telegram.send_pacing import errand
from bot.telegram.send_queue import Errand
from bot.telegram.throttle import Throttle

_log = structlog.get_logger(__name__)

_AT_ONCE = 50
"""Answers on their way. One that Telegram takes its time for is waited for here, and in no handler's place."""
_MESSAGES_A_SECOND, _TAPS_A_SECOND = 5.0, 20.0
"""Of all of them together: a fraction of what Telegram lets us say."""
_ONE_BURST = 10.0
"""Seconds in which a hasty person reads one toast."""


class Doorman:
    """A message is answered once a minute in a chat, a tap once a second for a person after a few.

    Taps of those who are served, when they come too fast, all end their spinner; the first of a burst says why.
    """

    def __init__(self, messenger: Messenger, nursery: Nursery, clock: Callable[[], float] = time.monotonic) -> None:
        self._messenger = messenger
        self._nursery = nursery
        self._chats = Throttle(1 / 60, 1, clock)
        self._tapping = Throttle(1, 5, clock)
        self._hasty = Throttle(20, 60, clock)
        self._warned = Throttle(1 / _ONE_BURST, 1, clock)
        self._all_chats = Throttle(_MESSAGES_A_SECOND, 20, clock)
        self._all_taps = Throttle(_TAPS_A_SECOND, 40, clock)
        self._busy = 0

    def tell(self, chat_id: int, screen: Screen, why: str) -> None:
        """Once a minute for each reason."""
        if self._may_tell(chat_id, why):
            self._start(lambda: self._messenger.send(chat_id, screen))

    def tell_of(self, chat_id: int, find_out: Callable[[], Awaitable[Screen]], why: str) -> None:
        """The same of what has yet to be found out, which is done only when it is told."""

        async def say() -> None:
            await self._messenger.send(chat_id, await find_out())

        if self._may_tell(chat_id, why):
            self._start(say)

    def _may_tell(self, chat_id: int, why: str) -> bool:
        return self._busy < _AT_ONCE and self._chats.admits((chat_id, why)) and self._all_chats.admits(None)

    def answer(self, tap: CallbackQuery, toast: str | None) -> None:
        """In a dialog. None: nothing is said, only the spinner ends."""
        if self._may_answer(tap):
            self._start(lambda: tap.answer(toast, show_alert=toast is not None))

    def answer_inline(self, query: InlineQuery, articles: Articles) -> None:
        if self._busy < _AT_ONCE and self._tapping.admits((query.from_user.id, "inline")):
            self._start(lambda: inline_answers.answer(query, articles))

    def answer_by(self, tap: CallbackQuery, act: Callable[[], Awaitable[tuple[str, Screen | None]]]) -> None:
        """A tap that does something: what the dialog says, and what its message shows from then on, if anything."""

        async def say() -> None:
            toast, screen = await act()
            await tap.answer(toast, show_alert=True)
            if screen is not None and tap.message is not None:
                await self._messenger.edit_or_send(tap.from_user.id, tap.message.message_id, screen)

        if self._may_answer(tap):
            self._start(say)

    def _may_answer(self, tap: CallbackQuery) -> bool:
        return self._busy < _AT_ONCE and self._tapping.admits(tap.from_user.id) and self._all_taps.admits(None)

    def slow_down(self, tap: CallbackQuery, toast: str) -> None:
        """Nothing of this tap is done; no dialog, because the next tap is on its way already."""
        who = tap.from_user.id
        if self._busy < _AT_ONCE and self._hasty.admits(who):
            said = toast if self._warned.admits(who) else None
            self._start(lambda: tap.answer(said))

    def _start(self, say: Callable[[], Awaitable[object]]) -> None:
        self._busy += 1
        self._nursery.start(self._say(say), "turn somebody away")

    async def _say(self, say: Callable[[], Awaitable[object]]) -> None:
        errand.set(Errand.NEWS)  # in a task of its own
        try:
            await say()
        except TelegramAPIError as error:
            _log.info("somebody could not be turned away", error=type(error).__name__)
        finally:
            self._busy -= 1
