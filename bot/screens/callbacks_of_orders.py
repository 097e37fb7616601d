"""Data of the buttons about orders that people have in hand; see `callbacks.py`."""

from aiogram.filters.callback_data import CallbackData

from bot.screens.callbacks import Id


class AskCloseAll(CallbackData, prefix="la1"):
    """Asks back before all that is in progress is closed."""


class CloseAll(CallbackData, prefix="lc1"):
    """Closes all that was in progress when it asked back: `order` is the newest of it."""

    order: Id
