"""What came of one seed, as plain values that go from one process to another."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bot.domain.acts import entered
from bot.domain.alerts import AlertKind
from bot.domain.orders import OrderState
from tests.sim.judge import judge
from tests.sim.refusals import refusals_seen
from tests.sim.run import Play
from tests.sim.world import World


@dataclass
class Outcome:
    """`print`: a checksum of every callback, so that a replay can be told from a run that is only like it.

    `met`: how often each kind of thing was met, by family. `virtual` and `real` in seconds.
    """

    seed: int
    wrong: list[str]
    print: int
    steps: int
    virtual: float
    real: float
    settled: float = 0.0
    kills: int = 0
    orders: int = 0
    met: dict[str, dict[str, int]] = field(default_factory=dict)


def outcome(play: Play, real: float) -> Outcome:
    world = play.world
    wrong = judge(world, play.everybody)
    return Outcome(
        seed=world.seed,
        wrong=wrong,
        print=world.loop.print,
        steps=world.loop.steps,
        virtual=world.now,
        real=real,
        settled=play.settled,
        kills=sum(len(keeper.kills) for keeper in world.keepers),
        orders=world.ask("SELECT COUNT(*) FROM orders")[0][0],
        met={name: dict(found) for name, found in _met(play).items()},
    )


def _met(play: Play) -> dict[str, Counter[Any]]:
    world = play.world
    acts = _counted(world.ask("SELECT act, COUNT(*) FROM audit GROUP BY act"))
    return {
        "trouble": world.met,
        "story": play.told,
        "state": Counter({state.value: acts.pop(act, 0) for act, state in ACTS_OF_STATES.items()}),
        "act": acts,
        "notice": _counted(world.ask("SELECT kind, COUNT(*) FROM notices WHERE done_at IS NOT NULL GROUP BY kind")),
        "alert": _counted(world.ask(_ALERTS)) + _unwritten_alerts(world),
        "refusal": refusals_seen(world),
        "milestone": world.milestones,
    }


ACTS_OF_STATES = {entered(state): state for state in OrderState}
"""An order came into a state: so each is counted for every state that it had, not for its last alone."""
_ALERTS = "SELECT json_extract(detail, '$.what'), COUNT(*) FROM notices WHERE kind = 'alert' GROUP BY 1"


_UNWRITTEN = "The database can't be written"


def _unwritten_alerts(world: World) -> Counter[str]:
    """The one that no table has: it says that nothing can be written."""
    told = sum(line.who == "bot" and _UNWRITTEN in line.text for line in world.telegram.transcript)
    return Counter({AlertKind.DATABASE.value: told})


def _counted(rows: list[tuple[Any, ...]]) -> Counter[str]:
    return Counter({str(name): int(count) for name, count in rows})
