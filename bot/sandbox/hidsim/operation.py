"""One operation: what it is now follows from its story and the time at which somebody asks."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

from bot.sandbox.hidsim.clock import Clock
from bot.sandbox.hidsim.offers import Offer
from bot.sandbox.hidsim.phones import phone_number
from bot.sandbox.hidsim.stories import Story

Refunded = Literal["no_number_refunded", "system_refunded", "user_refunded"]
TERMINAL = frozenset({"completed", "no_number_refunded", "system_refunded", "user_refunded"})
_BEFORE_A_NUMBER = frozenset({"extra", "number", "no_number_refunded"})
_DIGITS = re.compile(r"[0-9]{4,8}")


@dataclass(frozen=True)
class Sms:
    text: str = field(repr=False)
    code: str | None = field(repr=False)
    sender: str
    received_at: datetime


def _plan(story: Story) -> Iterator[tuple[float | None, str]]:
    yield story.extra_state_after if story.extra_state else None, "extra"
    if story.number_after is None:
        yield story.no_number_after, "no_number_refunded"
    else:
        yield story.number_after, "number"
        yield story.code_after, "code"
    yield story.system_refund_after, "system_refunded"
    yield story.expires_after, "system_refunded"


@dataclass
class Operation:
    """Knows nothing of money: `price` is what was charged, and who holds the book gives it back."""

    object_id: str
    short_id: int
    offer: Offer
    price: Decimal
    created_at: datetime
    story: Story
    clock: Clock
    chance: random.Random
    state: str = "creating"
    number: str | None = field(default=None, repr=False)
    messages: list[Sms] = field(default_factory=list)
    schedule: list[tuple[datetime, str]] = field(default_factory=list)
    waiting_texts: list[str] = field(default_factory=list, repr=False)
    asked_in_vain: bool = False

    def __post_init__(self) -> None:
        story = self.story
        self.updated_at = self.created_at
        self.expires_at = self._at(story.expires_after)
        self.no_close_before = self._at(story.early)
        self.waiting_texts.extend(story.second_texts)
        self.schedule = sorted((self._at(after), what) for after, what in _plan(story) if after is not None)

    @property
    def terminal(self) -> bool:
        return self.state in TERMINAL

    @property
    def code(self) -> str | None:
        return self.messages[-1].code if self.messages else None

    @property
    def message(self) -> str | None:
        return self.messages[-1].text if self.messages else None

    @property
    def due(self) -> datetime | None:
        """When its story goes on by itself; None for never again."""
        return self.schedule[0][0] if self.schedule else None

    def advance(self, now: datetime) -> None:
        """Let everything happen that was to happen until now, each at its own time."""
        while self.schedule and self.schedule[0][0] <= now:
            at, what = self.schedule.pop(0)
            self._happen(what, at)

    def assign_number(self, at: datetime) -> None:
        if self.number is None:
            self.number = phone_number(self.offer.country.code, self.chance)
        self.state = "pending"
        self.updated_at = at
        self.schedule = [(when, what) for when, what in self.schedule if what not in _BEFORE_A_NUMBER]

    def complete(self, at: datetime, texts: tuple[str, ...] | None = None) -> None:
        """The SMS came. Texts of the director's bring their own code, or none."""
        if self.number is None:
            self.assign_number(at)
        if texts is None:
            self.messages.extend(self._scripted(text, at) for text in self.story.texts)
        else:
            self.messages.extend(self._foreign(text, at) for text in texts)
        self._end("completed", at)

    def refund(self, state: Refunded, at: datetime) -> None:
        self._end(state, at)

    def hear_again(self, at: datetime) -> None:
        """What refetch does on a completed operation: the next waiting SMS, if there is one, is appended."""
        self.asked_in_vain = not self.waiting_texts
        if self.waiting_texts:
            self._append(self.waiting_texts.pop(0), at)

    def one_more(self, text: str, at: datetime) -> None:
        """A further SMS after the end: who asked for it in vain before gets it without asking again."""
        if self.asked_in_vain:
            self.asked_in_vain = False
            self._append(text, at)
        else:
            self.waiting_texts.append(text)

    def _append(self, text: str, at: datetime) -> None:
        self.messages.append(self._scripted(text, at) if "{code}" in text else self._foreign(text, at))
        self.updated_at = at

    def _at(self, seconds: float) -> datetime:
        return self.created_at + self.clock.span(seconds)

    def _happen(self, what: str, at: datetime) -> None:
        if what == "number":
            self.assign_number(at)
        elif what == "code":
            self.complete(at)
        elif what == "extra":
            self.state, self.updated_at = self.story.extra_state or self.state, at
        elif what == "no_number_refunded":
            self.refund("no_number_refunded", at)
        else:
            self.refund("system_refunded", at)

    def _end(self, state: str, at: datetime) -> None:
        self.state, self.updated_at = state, at
        self.schedule.clear()

    def _scripted(self, text: str, at: datetime) -> Sms:
        fresh = f"{self.chance.randrange(100_000):05d}"
        code = self.story.code if self.story.code is not None and not self.messages else fresh
        filled = text.replace("{code}", code).replace("{service}", self.offer.service.name)
        return Sms(filled, code if self.story.code_in_field else None, self._sender, at)

    def _foreign(self, text: str, at: datetime) -> Sms:
        found = _DIGITS.search(text)
        return Sms(text, found.group() if found and self.story.code_in_field else None, self._sender, at)

    @property
    def _sender(self) -> str:
        return self.story.sender or self.offer.service.name
