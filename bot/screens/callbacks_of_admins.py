"""The buttons of admins' screens. What holds for every button's data stands in `callbacks.py`."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.domain.access import Standing
from bot.screens.callbacks import Id

Code = Annotated[str, Field(min_length=1, max_length=32, pattern=r"^[A-Za-z0-9]+$")]
"""An invitation's, which stands in the chat of the admins alone."""


class ToAdmin(CallbackData, prefix="a1"):
    pass


class ToBalance(CallbackData, prefix="ab1"):
    pass


class ToPeople(CallbackData, prefix="ap1"):
    pass


class Invite(CallbackData, prefix="ai1"):
    pass


class ToInvitations(CallbackData, prefix="in1"):
    """Those that are still good."""


class RevokeInvitation(CallbackData, prefix="ir1"):
    code: Code
    confirmed: bool = False


class AnswerEntry(CallbackData, prefix="ae1"):
    """A stranger's request to be let in: a tap is the answer, and asks nothing back."""

    person: Id
    allow: bool


class Appoint(CallbackData, prefix="ar1"):
    """Makes an admin of a person, or a buyer of an admin. Not confirmed: asks back."""

    person: Id
    admin: bool
    confirmed: bool = False


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


class BookDifference(CallbackData, prefix="af1"):
    confirmed: bool


class Decide(CallbackData, prefix="ad1"):
    person: Id
    standing: Standing
