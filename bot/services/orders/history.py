"""A person's own orders, all of them or those that they seek."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from bot.db.database import Database, Tx
from bot.db.orders import history, labels
from bot.db.orders import sms as sms_rows
from bot.domain.history import FEWEST_DIGITS, Part, Sought, digits_of
from bot.domain.labels import LONGEST_LABEL, folded
from bot.domain.outcomes import Outcome
from bot.facts.orders import Choices, HistoryPage
from bot.facts.pages import page_of

ORDERS_A_PAGE = 8
CHOICES_A_PAGE = 16
_MOST_LABELS = 1_000

Choice = TypeVar("Choice")


class History:
    """Every call names the person, whose orders alone are looked at. Reads only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, person_id: int, number: int, sought: Sought) -> HistoryPage:
        """What is sought by a service or a label that there is not (any more) is not narrowed down by it."""
        async with self._database.glance() as tx:
            sought, service, label = await _known(tx, person_id, sought)
            total = await history.count(tx, person_id, sought)
            page = page_of(total, ORDERS_A_PAGE, number)
            start = page.number * ORDERS_A_PAGE
            found = await history.page(tx, person_id, sought, ORDERS_A_PAGE, start)
            with_code = await sms_rows.with_code(tx, [order.id for order in found])
            labelled = await labels.any_of(tx, person_id)
        return HistoryPage(tuple(found), page, total, with_code, sought, service, label, labelled)

    async def choices(self, person_id: int, part: Part, number: int, sought: Sought) -> Choices:
        """What this part of a search can be."""
        async with self._database.read() as tx:
            match part:
                case Part.OUTCOME:
                    there = await history.outcomes(tx, person_id)
                    ordered = tuple(one for one in Outcome if one in there)
                    return Choices(part, sought, page_of(1, 1, 0), outcomes=ordered)
                case Part.SERVICE:
                    named = await history.bought(tx, person_id)
                case Part.LABEL:
                    named = [(one.id, one.text) for one in await labels.recent(tx, person_id, _MOST_LABELS)]
        page = page_of(len(named), CHOICES_A_PAGE, number)
        return Choices(part, sought, page, named=_slice(named, page.number))

    async def typed(self, person_id: int, text: str, sought: Sought) -> Sought | None:
        """What is sought from now on, after these words; None for words that mean neither a number nor a label."""
        digits = digits_of(text)
        if digits is not None and len(digits) >= FEWEST_DIGITS:
            return replace(sought, digits=digits)
        label = await self._label(person_id, text)
        if label is not None:
            return replace(sought, label=label)
        return None if digits is None else replace(sought, digits=digits)

    async def page_typed(self, person_id: int, text: str, sought: Sought) -> HistoryPage:
        """What is found by these words; too few digits find what was there before."""
        found = await self.typed(person_id, text, sought) or sought
        too_few = 0 < len(found.digits) < FEWEST_DIGITS
        page = await self.page(person_id, 0, sought if too_few else found)
        return replace(page, too_few_digits=too_few)

    async def _label(self, person_id: int, text: str) -> int | None:
        """Of the label that reads so."""
        if len(text) > 2 * LONGEST_LABEL or not (wanted := folded(text)):
            return None
        async with self._database.read() as tx:
            own = await labels.of_person(tx, person_id, _MOST_LABELS)
        return next((one.id for one in own if folded(one.text) == wanted), None)


async def _known(tx: Tx, person_id: int, sought: Sought) -> tuple[Sought, str | None, str | None]:
    """The same without what is not there, and the names of service and label."""
    service = None if sought.service is None else await history.service_name(tx, sought.service)
    label = None if sought.label is None else await labels.get(tx, person_id, sought.label)
    known = replace(
        sought,
        service=sought.service if service is not None else None,
        label=label.id if label is not None else None,
        digits=sought.digits if len(sought.digits) >= FEWEST_DIGITS else "",
    )
    return known, service, label.text if label is not None else None


def _slice(found: Sequence[Choice], number: int) -> tuple[Choice, ...]:
    return tuple(found[number * CHOICES_A_PAGE : (number + 1) * CHOICES_A_PAGE])
