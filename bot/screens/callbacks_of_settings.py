"""The data of the buttons below Settings and Help; the rules are those of `callbacks.py`."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.domain.preferences import A_DAY
from bot.domain.price_window import Preset

Tag = Annotated[str, Field(min_length=2, max_length=16, pattern=r"^[A-Za-z_]+$")]
"""A language as its catalog is called."""
Minutes = Annotated[int, Field(ge=1, le=A_DAY)]
MinuteOfDay = Annotated[int, Field(ge=0, lt=A_DAY)]


class ToLanguages(CallbackData, prefix="sl1"):
    pass


class ChooseLanguage(CallbackData, prefix="sc1"):
    """`language` None: as Telegram says."""

    language: Tag | None


class QuietNumbers(CallbackData, prefix="sq1"):
    """Whether a number comes without a sound from now on."""

    quiet: bool


class ToHiding(CallbackData, prefix="sh1"):
    pass


class HideCodes(CallbackData, prefix="sd1"):
    """`after` None: never."""

    after: Minutes | None


class ToUsualPrice(CallbackData, prefix="sp1"):
    pass


class UsualPrice(CallbackData, prefix="sv1"):
    window: Preset


class ToQuietHours(CallbackData, prefix="sk1"):
    pass


class QuietFromNow(CallbackData, prefix="sn1"):
    """Switches quiet hours on."""


class SetQuietHours(CallbackData, prefix="sj1"):
    """Minutes after midnight UTC; both None: no quiet hours."""

    begins: MinuteOfDay | None
    ends: MinuteOfDay | None


class Question(StrEnum):
    """What people ask. Short, because it stands in buttons."""

    NO_CODE = "n"
    CLOSE = "c"
    MONEY = "m"
    PRICE = "p"
    WORKING = "w"
    DOWN = "d"
    DATA = "y"


class ToAnswer(CallbackData, prefix="ia1"):
    question: Question
