"""The data of the buttons that share; the rules are those of `callbacks.py`."""

from aiogram.filters.callback_data import CallbackData
from pydantic import model_validator

from bot.screens.callbacks import Id, Micros, Page, Via, not_crossed


class ToShare(CallbackData, prefix="lk1"):
    """`everywhere`: the service in all countries; Back leads to the pair. `via`: of the price screen, or of the list to
    share from."""

    service: Id
    country: Id
    low: Micros
    high: Micros
    via: Via
    everywhere: bool

    ends = model_validator(mode="after")(not_crossed)


class ToSharing(CallbackData, prefix="lf1"):
    """The favorites, of which a tap shares one."""

    number: Page = 0
