"""What the laws look at: what the far ends saw and what the database holds, read once when the day is over."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sandbox.hidsim import Operation
from tests.invariants import laws
from tests.sim.ground import EPOCH
from tests.sim.people import Someone
from tests.sim.world import TELEGRAM, World

Order = dict[str, Any]
"""A row of the database."""
Line = Iterator[str]
"""What did not hold, each with where."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that a chat got to see: when in the world's time, whose chat, the text and its buttons."""

    at: float
    chat: int
    text: str
    buttons: str


@dataclass
class Case:
    """`sent`: new messages that Telegram took. `drawn`: whatever a chat ever showed, edits and dialogs too."""

    world: World
    people: list[Someone]
    books: laws.Books
    operations: dict[str, Operation]
    sent: list[Shown]
    drawn: list[Shown]

    @property
    def orders(self) -> list[Order]:
        return list(self.books.orders.values())

    def operation_of(self, order: Order) -> Operation | None:
        return self.operations.get(order["operation_id"] or "")

    def saw(self, chat: int, fits: Callable[[str], bool]) -> Shown | None:
        """The first time that this chat showed such a text."""
        return next((one for one in self.drawn if one.chat == chat and fits(one.text)), None)

    @property
    def kills(self) -> list[float]:
        return [at for keeper in self.world.keepers for at in keeper.kills]

    def lost_answers(self, server: str) -> list[float]:
        """When an answer of this machine's may have been lost on its way."""
        return [at for at, sender in self.world.network.lost if sender == server]

    @property
    def excuses(self) -> list[float]:
        """When something happened after which a message may come again: a death, or an answer that never arrived."""
        return sorted([*self.kills, *self.lost_answers(TELEGRAM.address)])


def case_of(world: World, people: list[Someone]) -> Case:
    operations = {one.object_id: one for one in world.hidsim._backend.book}
    return Case(world, people, read(world), operations, list(_sent(world)), list(_drawn(world)))


def read(world: World) -> laws.Books:
    """By a connection of its own. Raises sqlite3.Error while there is no database, or it can't be read."""
    with closing(sqlite3.connect(f"file:{world.database}?mode=ro", uri=True, isolation_level=None)) as eye:
        return laws.read(eye)


def seconds(moment: datetime) -> float:
    """In the world's time."""
    return (moment - EPOCH).total_seconds()


def stored(micros: int) -> float:
    """A time of the database in the world's time, as far as the bot's clock was right."""
    return micros / 1e6 - EPOCH.timestamp()


def digits(text: str | None) -> str:
    return re.sub(r"\D", "", text or "")


def _sent(world: World) -> Iterator[Shown]:
    for call in world.telegram.calls:
        if call.method == "sendMessage" and call.status == 200:
            text = re.sub(r"<[^>]*>", "", str(call.params["text"]))
            at, chat = seconds(datetime.fromisoformat(call.at)), int(call.params["chat_id"])
            yield Shown(at, chat, text, str(call.params.get("reply_markup")))


def _drawn(world: World) -> Iterator[Shown]:
    for line in world.telegram.transcript:
        if line.who == "bot":
            yield Shown(seconds(datetime.fromisoformat(line.at)), line.chat_id, line.text, str(line.buttons))
