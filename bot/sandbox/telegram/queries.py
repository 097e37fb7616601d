"""Queries that wait for the bot's answer: taps on buttons, and inline queries."""

from dataclasses import dataclass, field

from bot.sandbox.telegram.clock import Clock
from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.params import Json

LIFE = 150
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class Query:
    """A tap or an inline query. `answer` is None while it waits."""

    id: str
    person: int
    chat_id: int
    at: float
    facts: Json = field(default_factory=dict)
    answer: Json | None = None


class Queries:
    """Answers a query once, and only while it lives. Identifiers are never used again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_id: dict[str, Query] = {}
        self._count = 0

    def ask(self, person: int, chat_id: int, **facts: object) -> Query:
        self._count += 1
        query = Query(str((person << 24) + self._count), person, chat_id, self._clock.seconds(), dict(facts))
        self._by_id[query.id] = query
        return query

    def find(self, query_id: str) -> Query | None:
        return self._by_id.get(query_id)

    def all(self) -> list[Query]:
        """Every query of this life of the sandbox, oldest first."""
        return list(self._by_id.values())

    def waiting(self, person: int) -> list[str]:
        return [query.id for query in self._by_id.values() if query.person == person and query.answer is None]

    def answer(self, query_id: str, answer: Json) -> Query:
        """Raises ApiError when the query is unknown, older than 150 s or answered already (the strictest reading)."""
        query = self._by_id.get(query_id)
        if query is None or query.answer is not None or self._clock.seconds() - query.at > LIFE:
            raise bad_request(TOO_OLD)
        query.answer = answer
        return query

    def clear(self) -> None:
        self._by_id.clear()
