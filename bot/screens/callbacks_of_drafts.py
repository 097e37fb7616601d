"""Data of the buttons with which several countries are ticked for one order, and a number of any of them is bought.

What is ticked is stored, one draft for each person and service, so a button names the service alone.
"""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field, model_validator

from bot.domain.catalog import Sort
from bot.screens.callbacks import Grown, Id, Micros, Nonce, Page, PlanCode, Via, not_crossed

DraftMark = Annotated[str, Field(min_length=4, max_length=4, pattern=r"^[A-Za-z0-9_-]+$")]


class ToTicks(Grown, CallbackData, prefix="k1"):
    """The countries with ticks, on the page of the list from which they were opened; the fields as in `ToCountries`."""

    service: Id
    sort: Sort
    number: Page
    via: Via
    listing: Id | None = None
    high: Micros | None = None


class Tick(Grown, CallbackData, prefix="kt1"):
    """Ticks a country, or unticks it: says which, so that a second tap changes nothing."""

    service: Id
    country: Id
    on: bool
    sort: Sort
    number: Page
    via: Via
    listing: Id | None = None
    high: Micros | None = None


class ToPriceOfAny(CallbackData, prefix="ka1"):
    service: Id
    low: Micros | None
    high: Micros | None
    via: Via
    plan: PlanCode | None = None

    ends = model_validator(mode="after")(not_crossed)


class BuyAny(Grown, CallbackData, prefix="kb1"):
    """`ticked`: the mark of the countries whose price it stands below."""

    service: Id
    ticked: DraftMark
    low: Micros
    high: Micros
    nonce: Nonce
    via: Via | None = None
    plan: PlanCode | None = None

    ends = model_validator(mode="after")(not_crossed)


class SameCountries(CallbackData, prefix="ko1"):
    """The price of an order's countries, ticked again."""

    order: Id
    via: Via
