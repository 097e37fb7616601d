"""The buttons of admins' screens. What holds for every button's data stands in `callbacks.py`."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.access import Standing
from bot.screens.callbacks import Id


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


class ToGuard(CallbackData, prefix="gu1"):
    pass


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


class BookDifference(CallbackData, prefix="af1"):
    confirmed: bool


class Decide(CallbackData, prefix="ad1"):
    person: Id
    standing: Standing
