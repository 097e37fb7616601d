"""Every button's data. A prefix carries a version: when a meaning changes, the digit does, and old buttons lead home.

At most 64 bytes (Telegram). Ids are our own short ones; windows are the person's own limits in micro-units; rights are
never in a button. `via` says where Back leads, see `origin.py`.
"""

from aiogram.filters.callback_data import CallbackData

from bot.domain.access import Standing
from bot.domain.catalog import Sort


class ToHome(CallbackData, prefix="h1"):
    pass


class ToHelp(CallbackData, prefix="i1"):
    pass


class ToServices(CallbackData, prefix="s1"):
    number: int = 0


class ToSearch(CallbackData, prefix="t1"):
    """How to search: a hint, because typing at any time searches."""


class ToResults(CallbackData, prefix="q1"):
    search: int


class ToCountries(CallbackData, prefix="c1"):
    service: int
    sort: Sort
    number: int
    via: str


class ToPrice(CallbackData, prefix="p1"):
    service: int
    country: int
    low: int | None
    high: int | None
    via: str


class ToOffers(CallbackData, prefix="e1"):
    service: int
    country: int
    low: int
    high: int
    number: int
    via: str


class Buy(CallbackData, prefix="b1"):
    service: int
    country: int
    low: int
    high: int
    nonce: str


class BuyOffer(CallbackData, prefix="x1"):
    service: int
    country: int
    product: str
    price: int
    nonce: str


class ToMine(CallbackData, prefix="m1"):
    number: int = 0


class ToHistory(CallbackData, prefix="y1"):
    number: int = 0


class ToOrder(CallbackData, prefix="o1"):
    order: int


class Refresh(CallbackData, prefix="or1"):
    order: int


class Close(CallbackData, prefix="oc1"):
    order: int


class CloseWhenAllowed(CallbackData, prefix="ow1"):
    order: int


class AnotherSms(CallbackData, prefix="os1"):
    order: int


class RaiseMaximum(CallbackData, prefix="ou1"):
    order: int


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
    order: int
    bought: bool


class Judge(CallbackData, prefix="ak1"):
    order: int
    bought: bool


class GiveCredit(CallbackData, prefix="ac1"):
    """`number`: the audit entry that holds person and amount; neither is in the button."""

    number: int


class BookDifference(CallbackData, prefix="af1"):
    confirmed: bool


class ToWallet(CallbackData, prefix="w1"):
    pass


class Decide(CallbackData, prefix="ad1"):
    person: int
    standing: Standing
