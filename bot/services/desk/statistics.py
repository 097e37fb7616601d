"""What became of all orders of a number of days, for who may see the shop's figures."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

from bot.db.database import Database, Tx
from bot.db.desk import figures
from bot.db.desk.figures import Sum
from bot.domain.access import Right
from bot.domain.figures import MOST_DAYS, USUAL_DAYS, Stretch, Tally, last_days, median
from bot.domain.outcomes import OUTCOMES, Outcome
from bot.domain.people import Person
from bot.facts.figures import StatsFacts
from bot.services.account import Account

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Statistics:
    def __init__(self, database: Database, account: Account) -> None:
        self._database = database
        self._account = account

    async def typed(self, actor: Person, words: str | None) -> StatsFacts:
        """`words`: what stands behind the command. Days that can't be had are the usual ones, or the most there are.

        Raises Refusal when the actor may not see figures.
        """
        actor.must_have(Right.SEE_FIGURES)
        days = _days(words)
        return await self.of(actor, days or USUAL_DAYS, misread=days is None)

    async def of(self, actor: Person, days: int, *, misread: bool = False) -> StatsFacts:
        """The last days by UTC, at most 90. Raises Refusal when the actor may not see figures."""
        actor.must_have(Right.SEE_FIGURES)
        most = max(1, min(days, MOST_DAYS))
        stretch = last_days(most, self._database.now())
        async with self._database.survey() as tx:
            parts, whole = await tallies(tx, stretch)
        return StatsFacts(most, stretch, parts, whole, self._account.currency, misread or most != days)


def _days(words: str | None) -> int | None:
    """None for what is no number of days."""
    try:
        days = int(words) if words and words.strip() else USUAL_DAYS
    except ValueError:
        return None
    return days if days > 0 else None


async def tallies(tx: Tx, stretch: Stretch) -> tuple[tuple[Tally, ...], Tally]:
    """Of each part of the stretch, and of all of it."""
    sums = await figures.sums(tx, stretch.begins, stretch.ends, stretch.width)
    by_part: defaultdict[int, list[Sum]] = defaultdict(list)
    for one in sums:
        by_part[one.part].append(one)
    numbers = [(moment - _EPOCH) // stretch.width for moment in stretch.moments]
    return tuple(_tally(by_part[part]) for part in numbers), _tally(sums)


def _tally(sums: Iterable[Sum]) -> Tally:
    counts, seconds, spent = Counter[Outcome](), Counter[int](), 0
    for one in sums:
        counts[OUTCOMES[one.state]] += one.number
        spent += one.spent
        if one.took is not None:
            seconds[one.took] += one.number
    return Tally(dict(counts), spent, median(seconds))
