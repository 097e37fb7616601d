"""All that the sandbox remembers, in one place; methods and people's acts work on it."""

import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.sandbox.telegram import schema
from bot.sandbox.telegram.chats import Chats, Stored
from bot.sandbox.telegram.clock import Clock
from bot.sandbox.telegram.events import Events
from bot.sandbox.telegram.faults import Faults
from bot.sandbox.telegram.files import Files
from bot.sandbox.telegram.flood import Flood
from bot.sandbox.telegram.params import Json
from bot.sandbox.telegram.people import GROUP_ID, People
from bot.sandbox.telegram.profile import BotProfile
from bot.sandbox.telegram.queries import Queries
from bot.sandbox.telegram.records import Line, Records
from bot.sandbox.telegram.updates import Updates
from bot.sandbox.telegram.webhook import Webhook


class State:
    """Memory only. Changes are made by synchronous code, so nobody sees half of one."""

    def __init__(
        self, token: str, username: str, now: Callable[[], datetime], *, flood: bool, seed: int, check: bool
    ) -> None:
        dice = random.Random(seed)
        self.token = token
        self.clock = Clock(now)
        self.people = People()
        self.chats = Chats(self.people, self.clock)
        self.bot = BotProfile(username, int(token.partition(":")[0]))
        self.updates = Updates(self.clock, dice.randrange(100_000_000, 900_000_000))
        self.taps = Queries(self.clock)
        self.inline = Queries(self.clock)
        self.files = Files()
        self.events = Events(self.clock)
        self.records = Records()
        self.faults = Faults()
        self.flood = Flood(self.clock, on=flood)
        self.webhook = Webhook()
        self.chat_instance = str(dice.randrange(2**62))
        self.problems: list[str] = []
        self.checks = check

    def update(self, kind: str, body: Json, lane: int) -> None:
        """Queues an update for the bot, checked against the schema."""
        if self.checks:
            self.problems += schema.check_type("Update", {"update_id": 0, kind: body})
        self.updates.add(kind, body, lane)

    def watchers(self, chat_id: int) -> list[int]:
        """Who sees this chat."""
        return [person.id for person in self.people] if chat_id == GROUP_ID else [chat_id]

    def tell(self, kind: str, chat_id: int, /, **facts: Any) -> None:
        """An event for everybody who sees the chat."""
        for person in self.watchers(chat_id):
            self.events.send(kind, person, **facts)

    def show(self, kind: str, message: Stored) -> Json:
        """Tells of a new or changed message, writes it down, and gives it as Telegram shows it."""
        shown = self.chats.shown(message)
        self.tell(kind, message.chat_id, message=shown)
        who = "bot" if message.from_bot else "person"
        self.note(who, kind, message.chat_id, message.visible, message_id=message.id, buttons=message.buttons)
        return shown

    def note(self, who: str, kind: str, chat_id: int, text: str, **facts: Any) -> None:
        person = facts.pop("person", chat_id)
        self.records.lines.append(Line(self.clock.iso(), person, chat_id, who, kind, text, **facts))

    def reset(self) -> None:
        """Back to the first day, but for people, the webhook and what the bot says of itself."""
        for part in (self.chats, self.updates, self.taps, self.inline, self.files, self.records, self.faults):
            part.clear()
        self.people.forget_chats()
        self.events.send("reset", None)
