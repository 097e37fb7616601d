"""The one middleware that speaks: handlers return a Screen, refusals become their screen, taps get answered."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.domain.cards import Card
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.faults import DatabaseFault
from bot.i18n import Translator
from bot.screens import refusals
from bot.screens.screen import CardMark, Screen, lines
from bot.services.people.people import People
from bot.services.shop.whereabouts import Whereabouts
from bot.services.telling.outbox import Outbox
from bot.services.telling.unsaved import Unsaved
from bot.tasks import Nursery
from bot.telegram.messenger import Messenger
from bot.telegram.tap_answer import Answering, Belated, Patience

_log = structlog.get_logger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Deliver(BaseMiddleware):
    """Inner middleware of messages and taps. Handlers never answer, edit, catch or format."""

    def __init__(
        self,
        messenger: Messenger,
        outbox: Outbox,
        unsaved: Unsaved,
        people: People,
        nursery: Nursery,
        whereabouts: Whereabouts,
        patience: float = 0.7,
    ) -> None:
        """`patience`: seconds after which a tap is answered while its work goes on."""
        self._messenger = messenger
        self._cards = outbox.cards
        self._unsaved = unsaved
        self._people = people
        self._nursery = nursery
        self._whereabouts = whereabouts
        self._patience = Patience(patience)
        self._belated = Belated(nursery)

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> None:
        person, t = data["person"], data["t"]
        try:
            if isinstance(event, CallbackQuery):
                await self._tapped(handler, event, data, person, t)
            elif isinstance(event, Message):
                await self._typed(handler, event, data, person, t)
        except TelegramForbiddenError:
            await self._people.left(person.id)
        except DatabaseFault as error:
            self._no_database(error)
        except TelegramAPIError as error:
            _log.warning("a screen could not be delivered", error=type(error).__name__)

    async def _typed(
        self, handler: Handler, event: Message, data: dict[str, Any], person: Person, t: Translator
    ) -> None:
        async with self._answering(person, None):
            result = await self._result(handler, event, data, t)
        screen = refusals.refusal(result.facts, t) if isinstance(result, Refusal) else result
        if isinstance(screen, Screen):
            if screen is result:  # after a refusal the same words are tried again where they were typed
                self._whereabouts.note(person.id, screen.place)
            try:
                await self._send(person, screen)
            except TelegramRetryAfter as error:
                _log.warning("Telegram asks to wait", seconds=error.retry_after)
                self._belated.put(person.id, error.retry_after, lambda: self._send(person, screen))

    async def _tapped(
        self, handler: Handler, event: CallbackQuery, data: dict[str, Any], person: Person, t: Translator
    ) -> None:
        async with self._answering(person, event) as answering:
            result = await self._result(handler, event, data, t)
            if isinstance(result, Refusal):
                step = refusals.on_tap(result.facts, t)
                if step is None:
                    await self._refuse(answering, person, result, t)
                    return
                result = step
            if not isinstance(result, Screen):
                return
            if result.toast is not None and not await answering.answer(result.toast, alert=result.alert):
                result = replace(result.saying(lines(result.text, "", result.toast)), stays=False)
            if not result.stays:
                self._whereabouts.note(person.id, result.place)
                await self._show_or_say(answering, person, event, result, t)

    async def _refuse(self, answering: Answering, person: Person, refusal: Refusal, t: Translator) -> None:
        """In a dialog; as a message when it is too late for one."""
        if not await answering.answer(refusals.toast(refusal.facts, t), alert=True):
            await self._send(person, refusals.refusal(refusal.facts, t))

    async def _show_or_say(
        self, answering: Answering, person: Person, event: CallbackQuery, screen: Screen, t: Translator
    ) -> None:
        """When Telegram wants the chat left alone the toast says so; where none can be shown the screen comes later."""
        try:
            await self._show(person, event, screen)
        except TelegramRetryAfter as error:
            _log.warning("Telegram asks to wait", seconds=error.retry_after)
            if not await answering.answer(refusals.telegram_waits(error.retry_after, t), alert=True):
                self._belated.put(person.id, error.retry_after, lambda: self._show(person, event, screen))

    def _answering(self, person: Person, tap: CallbackQuery | None) -> Answering:
        return Answering(self._messenger.bot, person.id, tap, self._nursery, self._patience)

    async def _result(self, handler: Handler, event: TelegramObject, data: dict[str, Any], t: Translator) -> Any:
        try:
            return await handler(event, data)
        except Refusal as refusal:
            return refusal
        except DatabaseFault as error:
            self._no_database(error)
            return Refusal(Reason.NOT_SAVED)
        except TelegramAPIError:
            raise
        except Exception:  # noqa: BLE001 - our own mistake must reach the person as a sentence
            number = secrets.token_hex(3).upper()
            _log.exception("a handler failed", fault=number)
            return refusals.fault(number, t)

    def _no_database(self, error: DatabaseFault) -> None:
        _log.critical("the database can't be used", error=type(error).__name__)
        self._unsaved.database_failed()

    async def _show(self, person: Person, event: CallbackQuery, screen: Screen) -> None:
        """Edits the menu in place. A push is never drawn over, but by its card or its answer; nor is what a newer
        card says."""
        if event.message is None:
            await self._send(person, screen)
            return
        shown = event.message.message_id
        if screen.card is not None:
            card = _card(person, shown, screen.card)
            behind = await self._cards.is_behind(person.id, shown, card)
            if behind:
                await self._cards.shows(person.id, shown, card, drawn=False)
                return
            if behind is None:
                await self._send(person, screen)
                return
        pushed = await self._cards.is_push(person.id, shown)
        if pushed is not None and not screen.over and (screen.card is None or screen.card.order_id != pushed):
            await self._send(person, screen)
            return
        async with self._cards.drawing(person.id, shown):
            message_id = await self._messenger.edit_or_send(person.id, shown, screen)
            await self._remember(person, message_id, screen.card)

    async def _send(self, person: Person, screen: Screen) -> None:
        message_id = await self._messenger.send(person.id, screen)
        if screen.card is not None:
            await self._remember(person, message_id, screen.card)

    async def _remember(self, person: Person, message_id: int | None, card: CardMark | None) -> None:
        """Which order this message shows, so that it is drawn again when the order moves. Without an id it can't be."""
        if message_id is None:
            return
        shown = None if card is None else _card(person, message_id, card)
        await self._cards.shows(person.id, message_id, shown)


def _card(person: Person, message_id: int, mark: CardMark) -> Card:
    return Card(person.id, message_id, mark.order_id, mark.revision, mark.role, mark.via)
