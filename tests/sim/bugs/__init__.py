"""Deliberate bugs, each a mistake that somebody could make here one day. A simulation that misses them proves little.

They replace methods and functions of the bot in the process that runs a world, and in no other.
"""

from tests.sim.bugs import clocks, hearing, hidsim, log, money, processes, purchases, sequels, sms, telling
from tests.sim.bugs.registry import BUGS, Bug

__all__ = [
    "BUGS",
    "Bug",
    "clocks",
    "hearing",
    "hidsim",
    "log",
    "money",
    "processes",
    "purchases",
    "sequels",
    "sms",
    "telling",
]
