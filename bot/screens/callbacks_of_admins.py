"""The buttons of admins' screens. What holds for every button's data stands in `callbacks.py`."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.domain.access import Standing
from bot.domain.exporting import LONGEST_PERIOD, SheetKind
from bot.domain.figures import MOST_DAYS
from bot.domain.limits import LimitKind
from bot.domain.people import Among
from bot.screens.callbacks import Grown, Id, Micros, Page

Days = Annotated[int, Field(ge=1, le=MOST_DAYS)]
Hour = Annotated[int, Field(ge=0, lt=24)]

Credited = Annotated[int, Field(gt=0, le=10**15)]
"""Micro-units; as much as a wallet may hold."""

Words = Annotated[str, Field(max_length=32, pattern=r"^[a-z0-9_ ]*$")]
"""What is looked for among names, as it is compared."""

Code = Annotated[str, Field(min_length=1, max_length=32, pattern=r"^[A-Za-z0-9]+$")]
"""An invitation's, which stands in the chat of the admins alone."""


class ToAdmin(CallbackData, prefix="a1"):
    pass


class ToBalance(CallbackData, prefix="ab1"):
    pass


class ToPeople(Grown, CallbackData, prefix="ap1"):
    """Everybody, or some of them, or those with these words in their names."""

    number: Page = 0
    among: Among = Among.ALL
    words: Words = ""


class ToPerson(Grown, CallbackData, prefix="pe1"):
    """`number` and so on: the page of people behind it."""

    person: Id
    number: Page = 0
    among: Among = Among.ALL
    words: Words = ""


class PickPerson(CallbackData, prefix="pk1"):
    """Brings Telegram's own picker below the input line."""


class AskStanding(CallbackData, prefix="pd1"):
    """Asks back before somebody is let in or kept out."""

    person: Id
    standing: Standing


class ToLimits(Grown, CallbackData, prefix="pl1"):
    """A person's limits; with a `kind`, what this one may be."""

    person: Id
    kind: LimitKind | None = None


class SetLimit(CallbackData, prefix="ps1"):
    """`limit`: a count or micro-units; None: as for everybody."""

    person: Id
    kind: LimitKind
    limit: Micros | None


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


class ToGuard(CallbackData, prefix="gu1"):
    pass


class Steer(Grown, CallbackData, prefix="as1"):
    """`began`: the stamp of the pause that was shown; 0: none was."""

    paused: bool
    began: Id = 0


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


class ToRecord(Grown, CallbackData, prefix="rc1"):
    """An order's whole story. `number`: a page of it; `person`: whose orders it was found among, None: everybody's."""

    order: Id
    number: Page = 0
    person: Id | None = None


class ToRecords(CallbackData, prefix="rs1"):
    """Everybody's orders, or one person's."""

    number: Page = 0
    person: Id | None = None


class ToAudit(CallbackData, prefix="at1"):
    """What admins did, or what they did about one person."""

    number: Page = 0
    person: Id | None = None


class ToExport(CallbackData, prefix="xe1"):
    pass


class Export(CallbackData, prefix="xf1"):
    """`days`: 0 for all that there is."""

    days: Annotated[int, Field(ge=0, le=LONGEST_PERIOD)]
    kind: SheetKind


class ToStats(CallbackData, prefix="sb1"):
    """`table`: the figures as words, for who can't see the picture."""

    days: Days
    table: bool = False


class ToStatus(CallbackData, prefix="su1"):
    pass


class ToDigest(CallbackData, prefix="dg1"):
    """At which hour the daily digest comes."""


class SetDigest(CallbackData, prefix="dh1"):
    """`hour`: by UTC; None for never."""

    hour: Hour | None
