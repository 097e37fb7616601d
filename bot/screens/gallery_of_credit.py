"""The gallery's part about credit: asking for it, and giving it."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.access import Role
from bot.domain.credit_requests import CreditAnswer, CreditRequest
from bot.domain.details import CreditDeclined, CreditGranted, CreditMoved, CreditRequested, Detail
from bot.domain.notices import NoticeKind
from bot.domain.refusals import Reason, RefusalFacts
from bot.facts.money import AskingFacts, CreditAsk, CreditDesk, RequestFacts
from bot.i18n import Translator
from bot.screens import refusals
from bot.screens.callbacks import AskCredit
from bot.screens.gallery_facts import ADMIN, BUYER, NOW, PREPAID
from bot.screens.money import credit as screens
from bot.screens.money import credit_requests
from bot.screens.screen import Screen
from bot.screens.telling import pushes

_REASON = "For the <b>newsletter</b> & more"
_REQUEST = CreditRequest(7, 1, 5_000_000, _REASON, None, NOW)
_BASKET = AskCredit(service=1, country=1, low=100_000, high=4_500_000)
_AMOUNTS = (400_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000)


def credit(t: Translator) -> Iterator[tuple[str, Screen]]:
    """What everybody can see."""
    facts = AskingFacts(replace(PREPAID, currency="USD"), 375_000, _AMOUNTS, None)
    yield "ask for credit", credit_requests.choose(facts, _BASKET, t)
    waiting = replace(facts, missing=0, waiting=_REQUEST)
    yield "ask for credit, asked before", credit_requests.choose(waiting, AskCredit(), t)
    yield "ask for this much credit?", credit_requests.confirm(5_000_000, _BASKET, "USD", t)
    yield "asked for credit", credit_requests.asked(_REQUEST, _BASKET, "USD", t)
    given = replace(_REQUEST, answer=CreditAnswer.GRANTED, granted=2_000_000)
    yield "withdraw after a grant", credit_requests.withdrawn(given, "USD", t)
    yield "credit withdrawn", credit_requests.withdrawn(None, "USD", t)
    basket = credit_requests.basket(_BASKET)
    yield from _pushed(
        t,
        ("push: credit", CreditMoved(5_000_000, 3_000_000, "USD")),
        ("push: debit", CreditMoved(-2_000_000, 3_000_000, "USD")),
        ("push: credit granted", CreditGranted(5_000_000, 9_125_000, "USD", basket)),
        ("push: credit granted, no purchase left", CreditGranted(5_000_000, 9_125_000, "USD", None)),
        ("push: credit declined", CreditDeclined(5_000_000, "USD")),
    )
    typed = RefusalFacts(Reason.BAD_AMOUNT)
    yield "refusal: bad_amount, asking for credit", refusals.refusal(typed, t)


def _pushed(t: Translator, *details: tuple[str, Detail]) -> Iterator[tuple[str, Screen]]:
    for name, detail in details:
        screen = pushes.push(NoticeKind.MESSAGE, None, None, detail, t)
        if screen is not None:
            yield name, screen


def credit_of_admins(t: Translator) -> Iterator[tuple[str, Screen]]:
    here = CreditDesk(BUYER, 3_204_500, 300_000, "USD", _AMOUNTS[1:], False, None)
    yield "credit of somebody", screens.desk(here, t)
    yield "credit of somebody who asks for some", screens.desk(replace(here, request=_REQUEST), t)
    yield "credit of somebody, to take", screens.desk(replace(here, taken=True, amounts=_AMOUNTS[1:2]), t)
    asked = CreditAsk(5, BUYER, 5_000_000, 0, "USD", "first <b>month</b>")
    yield "give credit?", screens.ask(asked, t)
    yield "take credit?", screens.ask(replace(asked, amount=-5_000_000, balance=7_000_000, note=""), t)
    yield "take more credit than there is?", screens.ask(replace(asked, amount=-5_000_000, note=""), t)
    yield "credit given", screens.given(replace(asked, balance=5_000_000, before=0), t)
    yield "credit taken", screens.given(replace(asked, amount=-5_000_000, before=5_000_000), t)
    answer = replace(asked, balance=5_000_000, before=0, answers=_REQUEST)
    yield "credit given to somebody who asked for it", screens.given(answer, t)
    outside = replace(asked, person=replace(BUYER, role=Role.STRANGER), balance=5_000_000, before=0)
    yield "credit given to a stranger", screens.given(outside, t)
    yield "credit given before", screens.given(replace(asked, balance=5_000_000), t)
    yield from _requests(t)


def _requests(t: Translator) -> Iterator[tuple[str, Screen]]:
    told = CreditRequested(7, 1, 5_000_000, 125_000, "USD", BUYER.name, _REASON)
    yield from _pushed(
        t,
        ("push: credit asked for", told),
        ("push: credit asked for, no name and no reason", replace(told, name="", reason="")),
    )
    given = replace(_REQUEST, answer=CreditAnswer.GRANTED, granted=5_000_000, answered_by=2, answered_at=NOW)
    facts = RequestFacts(given, BUYER, 5_125_000, "USD", ADMIN, True, 125_000)
    yield "request granted", credit_requests.answered(facts, t)
    late = replace(facts, fresh=False, before=None)
    for answer, name in (
        (CreditAnswer.GRANTED, "granted"),
        (CreditAnswer.DECLINED, "declined"),
        (CreditAnswer.WITHDRAWN, "withdrawn"),
        (None, "answered by another release"),
    ):
        yield (
            f"request {name} before",
            credit_requests.answered(replace(late, request=replace(given, answer=answer)), t),
        )
    replaced = replace(given, answer=CreditAnswer.REPLACED)
    again = replace(late, request=replaced, waiting=replace(_REQUEST, id=8, amount=2_000_000))
    yield "request replaced before", credit_requests.answered(again, t)
