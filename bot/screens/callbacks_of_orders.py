"""Data of the buttons about orders that people have in hand; see `callbacks.py`."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.history import Part
from bot.domain.outcomes import Outcome
from bot.screens.callbacks import Id, LastDigits, Page, Via


class AskCloseAll(CallbackData, prefix="la1"):
    """Asks back before all that is in progress is closed."""


class CloseAll(CallbackData, prefix="lc1"):
    """Closes all that was in progress when it asked back: `order` is the newest of it."""

    order: Id


class ToLabel(CallbackData, prefix="ol1"):
    """What an order is to be called by; `via` as on its card."""

    order: Id
    via: Via | None


class SetLabel(CallbackData, prefix="ob1"):
    """Calls it by a label that there is; None takes its own off."""

    order: Id
    label: Id | None
    via: Via | None


class ToChoices(CallbackData, prefix="yc1"):
    """What a part of the search among own orders can be; the rest is what is sought by then."""

    part: Part
    number: Page
    outcome: Outcome | None
    service: Id | None
    label: Id | None
    digits: LastDigits | None


class ExportOwn(CallbackData, prefix="ye1"):
    """Own orders as a file."""
