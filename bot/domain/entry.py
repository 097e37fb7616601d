"""How somebody gets in: what a stranger asked for, and what an invitation is worth."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.access import Standing


class EntryAnswer(StrEnum):
    """What became of a stranger's request."""

    ALLOWED = "allowed"
    IGNORED = "ignored"
    BLOCKED = "blocked"  # an admin kept them out otherwise than by this request
    INVITED = "invited"  # an invitation let them in meanwhile


def answer_of(standing: Standing) -> EntryAnswer | None:
    """What a decision about a person answers to their request."""
    return {Standing.ALLOWED: EntryAnswer.ALLOWED, Standing.BLOCKED: EntryAnswer.BLOCKED}.get(standing)


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody who may not enter, as Telegram names them: all of it is their own choice but the id."""

    id: int
    name: str = field(repr=False)
    username: str | None = field(default=None, repr=False)
    language: str | None = None


@dataclass(frozen=True, slots=True)
class EntryRequest:
    """A stranger's request, and what was answered. There is one a person, for ever."""

    stranger: Stranger
    asked_at: datetime
    answer: EntryAnswer | None = None
    answered_by: int | None = None


class Knock(StrEnum):
    """How a stranger's wish to be let in stands, as far as they hear of it."""

    FREE = "free"  # not asked yet, and they may ask
    WAITS = "waits"  # the admins have been asked
    LATER = "later"  # too many strangers ask at the moment
    SILENT = "silent"  # answered before, or nobody is there to be asked


class Opening(StrEnum):
    """What an invitation did for who opened it."""

    LET_IN = "let_in"
    USED = "used"
    RUN_OUT = "run_out"
    NOTHING = "nothing"  # no invitation of ours, not the mode, or they may not use any


@dataclass(frozen=True, slots=True)
class Invitation:
    """`expires_at` None: a release made it that knew no end."""

    code: str = field(repr=False)
    host_id: int
    made_at: datetime
    used_by: int | None = None
    expires_at: datetime | None = None

    def ends_at(self, lasts: timedelta) -> datetime:
        """`lasts`: how long one is good that says nothing itself."""
        return self.expires_at or self.made_at + lasts
