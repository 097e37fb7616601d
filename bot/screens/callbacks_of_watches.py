"""The buttons of watches. What holds for every button's data stands in `callbacks.py`."""

from aiogram.filters.callback_data import CallbackData

from bot.screens.callbacks import Id, Micros, Page, Via


class TellMe(CallbackData, prefix="wt1"):
    """Begins a watch, or gives the one on this pair another maximum. `high` None: at any price.

    `price`: it stands on the pair's price screen, whose own `via` this is.
    """

    service: Id
    country: Id
    high: Micros | None
    via: Via
    price: bool = False


class ToWatches(CallbackData, prefix="wl1"):
    number: Page = 0


class StopWatching(CallbackData, prefix="ws1"):
    """`number`: the page of the list, which is shown again."""

    watch: Id
    number: Page
