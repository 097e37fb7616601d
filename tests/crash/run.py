"""One run: four people, a bot that dies at a moment, a HidSim that misbehaves at the first purchase, and the verdict.

Ann's purchase meets the fault. Bob and Cem buy at the same time from a HidSim that is well; Cem closes. Dan's answer
gets lost, so that there is a hold to release.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.sandbox.person import Person
from tests.crash.judge import Verdict, judge
from tests.crash.keeper import ADMIN, Keeper
from tests.crash.people import UNSURE, Buyer
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
    """`kill`: the milestone and at which time it is reached. `post`: a name of POST."""

    kill: tuple[str, int] | None = None
    post: str = "none"
    mutant: str | None = None
    dialect: Dialect = "canonical"
    pace: dict[str, Any] = field(default_factory=dict)

    @property
    def fault(self) -> str:
        return f"kill x {self.post}" if self.kill else self.post

    @property
    def name(self) -> str:
        killed = f"kill {self.kill[0]} {self.kill[1]}" if self.kill else "no kill"
        return f"{killed}, POST {self.post}, {self.dialect}"


async def run(case: Case, folder: Path) -> Verdict:
    async with World(case.dialect) as world:
        keeper = Keeper(world, folder, case.kill, case.mutant, pace=case.pace)
        buyers = [
            Buyer(keeper, 101, "Telegram"),
            Buyer(keeper, 102, "WhatsApp"),
            Buyer(keeper, 103, "Google", wish="close"),
            Buyer(keeper, 104, "Instagram"),
        ]
        if (fault := POST[case.post]) is not None:
            world.hidsim.director.fault(world.path_of("Telegram"), **fault)
        world.hidsim.director.fault(world.path_of("Instagram"), **LOST)
        async with asyncio.TaskGroup() as group:
            group.create_task(keeper.run())
            group.create_task(_the_day(keeper, buyers))
        return await judge(keeper, buyers)


async def _the_day(keeper: Keeper, buyers: list[Buyer]) -> None:
    await Person(keeper.world.telegram, ADMIN, "Ada").start()
    async with asyncio.TaskGroup() as group:
        for buyer in buyers:
            group.create_task(buyer.buys())
    keeper.world.clock.advance(minutes=11)
    unsure = [buyer for buyer in buyers if buyer.sees(UNSURE)]
    async with asyncio.TaskGroup() as group:
        for buyer in unsure:
            group.create_task(buyer.gets_the_money_back())
    keeper.stop()
