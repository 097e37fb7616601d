"""Buttons of what follows an order without a code, and of when one is given up. As in `callbacks.py`."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.screens.callbacks import Id, Via

Seconds = Annotated[int, Field(ge=60, le=86_400)]


class AnotherNumber(CallbackData, prefix="na1"):
    """Buys the next number of an order that has ended. `country`: a chosen one; None: where it was."""

    order: Id
    country: Id | None = None
    via: Via | None = None


class ToNextCountry(CallbackData, prefix="nc1"):
    """Names the country in which to try next, before anything is bought there."""

    order: Id
    via: Via | None = None


class ToTurnDown(CallbackData, prefix="nd1"):
    """The service did not take the number: what can be done."""

    order: Id
    via: Via | None = None


class TurnDown(CallbackData, prefix="nt1"):
    """Closes the number as soon as allowed, and buys another one then. `country` as in `AnotherNumber`."""

    order: Id
    country: Id | None = None
    via: Via | None = None


class KeepNumber(CallbackData, prefix="nk1"):
    """Nothing is to follow this order any more."""

    order: Id
    via: Via | None = None


class ToTimeLimit(CallbackData, prefix="nl1"):
    order: Id
    via: Via | None = None


class SetTimeLimit(CallbackData, prefix="ns1"):
    """`seconds` from the number; None: it is closed by nobody but its person."""

    order: Id
    seconds: Seconds | None = None
    via: Via | None = None
