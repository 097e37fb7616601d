"""One run: four people, a bot that dies at a moment, a HidSim that misbehaves at the first purchase, and the verdict.

Ann's purchase meets the fault. Bob and Cem buy at the same time from a HidSim that is well; Cem closes. Dan's answer
gets lost, so that there is a hold to release.
"""

import asyncio
import signal
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.sandbox.person import Person
from tests.crash.judge import Verdict, judge
from tests.crash.keeper import ADMIN, Keeper
from tests.crash.people import PATIENCE, UNSURE, Admin, Buyer, until
from tests.crash.storage import STORAGE, disk, story
from tests.crash.troubles import TROUBLES, Trouble, first_number
from tests.crash.world import Dialect, World

LOST: Mapping[str, Any] = {"cut": "after"}
POST: Mapping[str, Mapping[str, Any] | None] = {
    "none": None,
    "429": {"status": 429, "headers": {"Retry-After": "1"}},
    "401": {"status": 401},
    "406": {"status": 406},
    "reset before": {"cut": "before"},
    "500 before": {"status": 500},
    "hang before": {"delay": 60, "cut": "before"},
    "reset after": {"cut": "after"},
    "500 after": {"status": 500, "after": True},
    "HTML 200 after": {"broken_body": "html", "after": True},
    "hang after": {"after": True, "delay": 60, "cut": "after"},
    "truncated JSON": {"broken_body": "half", "after": True},
    "slow": {"delay": 0.4},
}
"""How HidSim can behave at a purchase. "After": when it has sold the number."""


@dataclass(frozen=True, slots=True)
class Case:
    """`kill`: the milestone and at which time it is reached. `post`: a name of POST.

    `trouble`: a name of TROUBLES. `storage`: one of STORAGE, which is a day of its own. `people`: only the first so
    many. `patience` in seconds.
    """

    kill: tuple[str, int] | None = None
    sign: signal.Signals = signal.SIGKILL
    post: str = "none"
    mutant: str | None = None
    dialect: Dialect = "canonical"
    trouble: str | None = None
    storage: str | None = None
    people: int = 4
    patience: float = PATIENCE

    @property
    def killed_before(self) -> tuple[str, int] | None:
        """There is something to take over only after another death."""
        return ("hold.committed", 1) if self._at("takeover.") else None

    @property
    def is_judged(self) -> bool:
        """Whether an admin says what became of a lost purchase."""
        return self._at("judged.")

    def _at(self, stage: str) -> bool:
        return self.kill is not None and self.kill[0].startswith(stage)

    @property
    def fault(self) -> str:
        if self.trouble is not None:
            return TROUBLES[self.trouble].group
        if self.storage is not None:
            return "storage"
        return f"{self.sign.name} x {self.post}" if self.kill else self.post

    @property
    def name(self) -> str:
        killed = f"{self.sign.name} at {self.kill[0]} {self.kill[1]}" if self.kill else "no signal"
        return f"{killed}, POST {self.post}, {self.trouble or self.storage or 'no other trouble'}, {self.dialect}"


async def run(case: Case, folder: Path) -> Verdict:
    """Raises what kept the bot from going on; what its people waited for in vain is the judge's to find."""
    if case.storage is not None:
        with disk(folder) as mounted:
            return await story(folder, STORAGE[case.storage if mounted else "no file may grow"])
    async with World(case.dialect) as world:
        keeper = Keeper(world, folder, case.kill, case.sign, case.mutant, case.killed_before)
        buyers = four_people(keeper, case.patience)[: case.people]
        _order_faults(world, case)
        trouble = TROUBLES[case.trouble] if case.trouble else Trouble("none")
        async with asyncio.TaskGroup() as group:
            group.create_task(keeper.run())
            group.create_task(_the_day(keeper, buyers, trouble, is_judged=case.is_judged))
        verdict = await judge(keeper, buyers, trouble.lost_answers, cards=trouble.cards)
        if verdict.wrong:
            _keep_what_was_said(keeper, buyers)
        return verdict


def _keep_what_was_said(keeper: Keeper, buyers: Iterable[Buyer]) -> None:
    """Beside the bot's log and database: the chats, and every call with its time and status."""
    chats = "\n\n".join(buyer.person.told() for buyer in buyers)
    calls = "\n".join(f"{call.at} {call.method} {call.status} {call.params}" for call in keeper.world.telegram.calls)
    (keeper.folder / "said.txt").write_text(f"{chats}\n\n{calls}\n")


def four_people(keeper: Keeper, patience: float = PATIENCE) -> list[Buyer]:
    return [
        Buyer(keeper, 101, "Telegram", patience=patience),
        Buyer(keeper, 102, "WhatsApp", patience=patience),
        Buyer(keeper, 103, "Google", wish="close", patience=patience),
        Buyer(keeper, 104, "Instagram", patience=patience),
    ]


def _order_faults(world: World, case: Case) -> None:
    director = world.hidsim.director
    if (fault := POST[case.post]) is not None:
        director.fault(world.path_of("Telegram"), **fault)
    director.fault(world.path_of("Instagram"), **LOST)


async def _the_day(keeper: Keeper, buyers: list[Buyer], trouble: Trouble, *, is_judged: bool) -> None:
    await Person(keeper.world.telegram, ADMIN, "Ada").start()
    await keeper.up()
    if trouble.before is not None:
        await trouble.before(keeper)
    await asyncio.gather(_midway(keeper, trouble), *(buyer.buys() for buyer in buyers))
    keeper.world.clock.advance(minutes=11)
    await asyncio.gather(*(buyer.gets_the_money_back() for buyer in buyers if buyer.shown(UNSURE)))
    if is_judged:
        await Admin(keeper).judges()
        await until(lambda: keeper.kills + keeper.stops)  # else our own stop would be taken for it
    keeper.stop()


async def _midway(keeper: Keeper, trouble: Trouble) -> None:
    if trouble.midway is not None:
        await first_number(keeper)
        await trouble.midway(keeper)
