"""The buttons of admins' screens. What holds for every button's data stands in `callbacks.py`."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.domain.access import Standing
from bot.screens.callbacks import Id, Micros

Credited = Annotated[int, Field(gt=0, le=10**15)]
"""Micro-units; as much as a wallet may hold."""


class ToAdmin(CallbackData, prefix="a1"):
    pass


class ToBalance(CallbackData, prefix="ab1"):
    pass


class ToPeople(CallbackData, prefix="ap1"):
    pass


class Invite(CallbackData, prefix="ai1"):
    pass


class ToBuying(CallbackData, prefix="ag1"):
    """Whether buying is paused, and the act that changes it, asked back."""


class Steer(CallbackData, prefix="as1"):
    paused: bool


class ToUnconfirmed(CallbackData, prefix="au1"):
    pass


class AskJudge(CallbackData, prefix="aj1"):
    order: Id
    bought: bool


class Judge(CallbackData, prefix="ak1"):
    order: Id
    bought: bool


class GiveCredit(CallbackData, prefix="ac1"):
    """`number`: the audit entry that holds person and amount; neither is in the button."""

    number: Id


class ToCredit(CallbackData, prefix="ct1"):
    """Somebody's credit: amounts to give, or to take."""

    person: Id
    taken: bool = False


class ProposeCredit(CallbackData, prefix="cp1"):
    """An amount, which is asked back."""

    person: Id
    amount: Credited
    taken: bool = False


class GrantCredit(CallbackData, prefix="cg1"):
    """What stands on the button, for a request that waits."""

    request: Id
    amount: Micros


class DeclineCredit(CallbackData, prefix="cd1"):
    request: Id


class BookDifference(CallbackData, prefix="af1"):
    confirmed: bool


class Decide(CallbackData, prefix="ad1"):
    person: Id
    standing: Standing
