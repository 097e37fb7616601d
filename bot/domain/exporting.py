"""Orders as rows of a table for other programs: which columns there are, and text that no such program runs.

A spreadsheet takes what begins with = + - @ for a formula, also behind blanks and quotes, in other widths, and behind
the separator of another country's lists. An apostrophe before the sign makes it text again. Numbers are no text.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from bot.domain.money import to_decimal
from bot.domain.outcomes import Outcome

LONGEST_PERIOD = 3650
"""Days."""
ROWS_A_FILE = 150_000
"""Telegram takes 50 MB of a bot. More rows than these come in several files."""

_LONGEST_TEXT = 200
_GAPS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]")
_SIGNS = "".join(one for one in map(chr, range(0x10000)) if unicodedata.normalize("NFKC", one) in {*"=+-@"})
_BEGINS_A_FORMULA = re.compile(rf"(^|[,;|])([\s\"'`]*)(?=[{re.escape(_SIGNS)}])")


class SheetKind(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Period:
    """Orders of so many days until now, 0 for all: how many there are, and the ids between which they lie."""

    days: int
    since: datetime | None
    count: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ExportRow:
    """An order in a table, without its number and its codes. Money in micro-units; times UTC. `cost`: as `net_cost`.

    The names of people, services and countries are others' words. `country`: None while the number may be of any of
    the `asked_countries`, which are several, or None.
    """

    order: int
    placed_at: datetime
    person_id: int
    person: str | None = field(repr=False)
    service: str
    country: str | None
    country_code: str | None
    state: str
    outcome: Outcome
    reason: str | None
    lowest: int
    highest: int
    currency: str
    price: int | None
    cost: int | None
    charged: int | None
    number_at: datetime | None
    finished_at: datetime | None
    sms: int
    asked_countries: str | None = None


@dataclass(frozen=True, slots=True)
class OwnRow:
    """An order in a table for its own person: with its number, its codes and what they call it by. Others' words."""

    order: int
    placed_at: datetime
    service: str
    country: str | None
    country_code: str | None
    label: str | None = field(repr=False)
    outcome: Outcome
    number: str | None = field(repr=False)
    codes: tuple[str, ...] = field(repr=False)
    sms: int
    currency: str
    price: int | None
    paid: int | None
    number_at: datetime | None
    finished_at: datetime | None


Cell = str | int | Decimal | datetime | None
COLUMNS = (
    "order",
    "placed_at_utc",
    "person_id",
    "person",
    "service",
    "country",
    "country_code",
    "state",
    "outcome",
    "reason",
    "lowest_price",
    "highest_price",
    "currency",
    "price",
    "cost",
    "charged",
    "number_at_utc",
    "finished_at_utc",
    "sms",
    "asked_countries",
)
"""Names for programs: the same in every language."""
OWN_COLUMNS = (
    "order",
    "placed_at_utc",
    "service",
    "country",
    "country_code",
    "label",
    "outcome",
    "number",
    "codes",
    "sms",
    "currency",
    "price",
    "paid",
    "number_at_utc",
    "finished_at_utc",
)


def cells(row: ExportRow) -> tuple[Cell, ...]:
    """As many as there are columns. Texts are as they came; amounts in whole units, exact."""
    return (
        row.order,
        row.placed_at,
        row.person_id,
        row.person,
        row.service,
        row.country,
        row.country_code,
        row.state,
        row.outcome.value,
        row.reason,
        _amount(row.lowest),
        _amount(row.highest),
        row.currency,
        _amount(row.price),
        _amount(row.cost),
        _amount(row.charged),
        row.number_at,
        row.finished_at,
        row.sms,
        row.asked_countries,
    )


def own_cells(row: OwnRow) -> tuple[Cell, ...]:
    """As many as there are own columns."""
    return (
        row.order,
        row.placed_at,
        row.service,
        row.country,
        row.country_code,
        row.label,
        row.outcome.value,
        row.number,
        " ".join(row.codes),
        row.sms,
        row.currency,
        _amount(row.price),
        _amount(row.paid),
        row.number_at,
        row.finished_at,
    )


def _amount(micros: int | None) -> Decimal | None:
    return None if micros is None else to_decimal(micros)


def one_line(text: str) -> str:
    """Text from outside as a cell may hold it: on one line, no character that can't be seen, no longer than is read."""
    return _GAPS.sub(" ", _UNSEEN.sub("", text))[:_LONGEST_TEXT].strip()


def harmless(text: str) -> str:
    """The same for a file in which every cell is text until a spreadsheet decides what it is."""
    return _BEGINS_A_FORMULA.sub(r"\1\2'", one_line(text))
