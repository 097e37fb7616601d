"""The people of the sandbox: who they are, whether they have started or blocked the bot."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.telegram.params import Json

GROUP_ID = -1001000000001
FIRST_ID = 700_000_001


@dataclass(slots=True)
class Profile:
    """A person. `is_admin` and `is_stranger` are labels for the page; whom the bot serves is its own matter."""

    id: int
    first_name: str
    language_code: str = "en"
    username: str | None = None
    last_name: str | None = None
    is_admin: bool = False
    is_stranger: bool = False
    started: bool = False
    blocked: bool = False
    seen: bool = False

    def user(self) -> Json:
        """Telegram's User object."""
        return {"id": self.id, "is_bot": False, **self._names(), "language_code": self.language_code}

    def chat(self) -> Json:
        """Telegram's Chat object of the private chat."""
        return {"id": self.id, **self._names(), "type": "private"}

    def json(self) -> Json:
        """The object that /sim speaks of."""
        marks = {"is_admin": self.is_admin, "is_stranger": self.is_stranger}
        labels = {**marks, "started": self.started, "blocked": self.blocked}
        return {"id": self.id, **self._names(), "language_code": self.language_code, **labels}

    def _names(self) -> Json:
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {name: value for name, value in names.items() if value}


class UnknownPersonError(LookupError):
    """No person of that id lives in the sandbox."""


class People:
    """The register of people, in the order they came."""

    def __init__(self) -> None:
        self._by_id: dict[int, Profile] = {}

    def __iter__(self) -> Any:
        return iter(list(self._by_id.values()))

    def find(self, person_id: int) -> Profile | None:
        return self._by_id.get(person_id)

    def get(self, person_id: int) -> Profile:
        """Raises UnknownPersonError."""
        if person_id not in self._by_id:
            raise UnknownPersonError(f"no person {person_id}")
        return self._by_id[person_id]

    def named(self, username: str) -> Profile | None:
        return next((p for p in self if p.username and p.username.lower() == username.lower()), None)

    def put(self, person_id: int | None, **facts: Any) -> Profile:
        """Adds a person, or changes the facts given of a known one."""
        if person_id is None:
            person_id = max([FIRST_ID - 1, *self._by_id]) + 1
        person = self._by_id.get(person_id)
        if person is None:
            person = self._by_id[person_id] = Profile(person_id, facts.pop("first_name", None) or f"Person {person_id}")
        for name, value in facts.items():
            setattr(person, name, value)
        return person

    def forget_chats(self) -> None:
        for person in self._by_id.values():
            person.started = person.blocked = person.seen = False


def group_chat() -> Json:
    """The one group that the bot and everybody share."""
    return {"id": GROUP_ID, "title": "Sandbox group", "type": "supergroup"}
