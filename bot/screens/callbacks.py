"""Every button's data. A prefix carries a version: when a meaning changes, the digit does, and old buttons lead home.

At most 64 bytes (Telegram). Ids are our own short ones; windows are the person's own limits in micro-units; rights are
never in a button. `via` says where Back leads, see `origin.py`; on a button of an order's card it is None where that
card is a message of its own, in a chat and not in a list.

Anybody can send any data: numbers that no button of ours holds are no match, and such a tap leads home.
"""

from typing import Annotated, Self

from aiogram.filters.callback_data import CallbackData
from pydantic import Field, model_validator
from pydantic.fields import FieldInfo

from bot.domain.catalog import Sort
from bot.domain.history import FEWEST_DIGITS, MOST_DIGITS
from bot.domain.outcomes import Outcome

Id = Annotated[int, Field(ge=0, lt=2**53)]
Micros = Annotated[int, Field(ge=0, le=10**12)]
"""An end of a window; no number costs a million."""
Page = Annotated[int, Field(ge=0, lt=10**6)]
Via = Annotated[str, Field(max_length=32, pattern=r"^[a-z][a-z0-9.]*$")]
Nonce = Annotated[str, Field(min_length=1, max_length=16, pattern=r"^[A-Za-z0-9_-]+$")]
Mark = Annotated[str, Field(min_length=8, max_length=8, pattern=r"^[a-z0-9]+$")]
PlanCode = Annotated[int, Field(ge=0, le=7)]
"""What is agreed to beside a price, as `bot/domain/sequels.py` codes it."""
LastDigits = Annotated[str, Field(max_length=MOST_DIGITS, pattern=rf"^[0-9]{{{FEWEST_DIGITS},{MOST_DIGITS}}}$")]
ProductId = Annotated[str, Field(min_length=1, max_length=40)]
"""HidSim's own spelling, so any characters that fit into a button."""


class Grown:
    """First base of buttons whose data has grown at its end: those of before, which hang in chats, are read as well."""

    @classmethod
    def unpack(cls, value: str) -> Self:
        fields: dict[str, FieldInfo] = cls.model_fields  # type: ignore[attr-defined]
        missing = len(fields) - value.count(":")
        optional = sum(not field.is_required() for field in fields.values())
        padded = value + ":" * missing if 0 < missing <= optional else value
        return super().unpack(padded)  # type: ignore[misc, no-any-return]


def not_crossed(button: CallbackData) -> CallbackData:
    """The validator of buttons that hold a window."""
    low, high = getattr(button, "low", None), getattr(button, "high", None)
    if low is not None and high is not None and low > high:
        raise ValueError("a window's ends are crossed")
    return button


class ToHome(CallbackData, prefix="h1"):
    pass


class ToHelp(CallbackData, prefix="i1"):
    pass


class AskEntry(CallbackData, prefix="ky1"):
    """A stranger's, to be let in; it leads home who is in by then."""


class ToServices(CallbackData, prefix="s1"):
    number: Page = 0


class ToSearch(CallbackData, prefix="t1"):
    """How to search: a hint, because typing at any time searches."""


class ToResults(CallbackData, prefix="q1"):
    search: Id


class ToCountries(Grown, CallbackData, prefix="c1"):
    """`listing`: an order of countries that stays while it is paged; `high`: a maximum that goes on to the price."""

    service: Id
    sort: Sort
    number: Page
    via: Via
    listing: Id | None = None
    high: Micros | None = None


class ToPrice(Grown, CallbackData, prefix="p1"):
    service: Id
    country: Id
    low: Micros | None
    high: Micros | None
    via: Via
    plan: PlanCode | None = None

    ends = model_validator(mode="after")(not_crossed)


class ToOffers(CallbackData, prefix="e1"):
    service: Id
    country: Id
    low: Micros
    high: Micros
    number: Page
    via: Via

    ends = model_validator(mode="after")(not_crossed)


class Buy(Grown, CallbackData, prefix="b1"):
    """`via`: where Back leads if nothing is bought and the prices are shown again."""

    service: Id
    country: Id
    low: Micros
    high: Micros
    nonce: Nonce
    via: Via | None = None
    plan: PlanCode | None = None

    ends = model_validator(mode="after")(not_crossed)


class BuyOffer(CallbackData, prefix="x1"):
    service: Id
    country: Id
    product: ProductId
    price: Micros
    nonce: Nonce


class ToOffer(CallbackData, prefix="eo1"):
    """One offer, before it is bought. The rest is what the list behind it needs, so `mark` stands for its long id."""

    service: Id
    country: Id
    mark: Mark
    low: Micros
    high: Micros
    number: Page
    via: Via

    ends = model_validator(mode="after")(not_crossed)


class Save(Grown, CallbackData, prefix="fs1"):
    """`via` of the price screen, which is shown again then; None on what stays as it is."""

    service: Id
    country: Id
    low: Micros
    high: Micros
    via: Via | None = None
    plan: PlanCode | None = None

    ends = model_validator(mode="after")(not_crossed)


class Forget(Grown, CallbackData, prefix="fp1"):
    """Takes a pair out of the favorites, on its price screen."""

    service: Id
    country: Id
    low: Micros
    high: Micros
    via: Via
    plan: PlanCode | None = None

    ends = model_validator(mode="after")(not_crossed)


class ToFavorites(CallbackData, prefix="f1"):
    number: Page = 0


class ToRemoving(CallbackData, prefix="fm1"):
    """The favorites, of which a tap removes one."""

    number: Page = 0


class SaveBack(CallbackData, prefix="fu1"):
    """Undoes an `Unsave`."""

    service: Id
    country: Id
    low: Micros
    high: Micros
    number: Page

    ends = model_validator(mode="after")(not_crossed)


class Unsave(CallbackData, prefix="fr1"):
    favorite: Id
    number: Page


class ToSettings(CallbackData, prefix="se1"):
    pass


class ToForget(CallbackData, prefix="fo1"):
    """Asks back before a person's data is deleted."""


class ForgetMe(CallbackData, prefix="fy1"):
    """Deletes the data of whoever taps it."""


class ToMine(CallbackData, prefix="m1"):
    number: Page = 0


class ToHistory(Grown, CallbackData, prefix="y1"):
    """Own orders; what narrows them down stands behind the page."""

    number: Page = 0
    outcome: Outcome | None = None
    service: Id | None = None
    label: Id | None = None
    digits: LastDigits | None = None


class ToOrder(Grown, CallbackData, prefix="o1"):
    order: Id
    via: Via | None = None


class Refresh(Grown, CallbackData, prefix="or1"):
    order: Id
    via: Via | None = None


class Close(Grown, CallbackData, prefix="oc1"):
    order: Id
    via: Via | None = None


class CloseWhenAllowed(Grown, CallbackData, prefix="ow1"):
    order: Id
    via: Via | None = None


class AnotherSms(Grown, CallbackData, prefix="os1"):
    order: Id
    via: Via | None = None


class ShowCode(Grown, CallbackData, prefix="ov1"):
    """`sms`: the one whose message is tapped; None on a card, which `via` opened."""

    order: Id
    sms: Id | None = None
    via: Via | None = None


class RaiseMaximum(CallbackData, prefix="ou1"):
    order: Id


class AskCredit(CallbackData, prefix="ca1"):
    """Before asking. Pair and window: the purchase that was left for lack of credit; `amount`: once it is chosen."""

    service: Id | None = None
    country: Id | None = None
    low: Micros | None = None
    high: Micros | None = None
    amount: Micros | None = None

    ends = model_validator(mode="after")(not_crossed)


class RequestCredit(CallbackData, prefix="cq1"):
    """Asks the admins. Pair and window as in `AskCredit`."""

    service: Id | None
    country: Id | None
    low: Micros | None
    high: Micros | None
    amount: Micros

    ends = model_validator(mode="after")(not_crossed)


class WithdrawCredit(CallbackData, prefix="cw1"):
    """Takes back what was asked for, whatever it was."""


class ToWallet(Grown, CallbackData, prefix="w1"):
    number: Page = 0
