"""A HidSim API made of cardboard: real HTTP, invented data, strict where the contract is strict. See README.md."""

from bot.sandbox.hidsim.clock import utc_now
from bot.sandbox.hidsim.director import Director
from bot.sandbox.hidsim.faults import Fault
from bot.sandbox.hidsim.operation import Operation
from bot.sandbox.hidsim.record import Close, Login, Purchase, Read, Record, Refetch, Refund, Request
from bot.sandbox.hidsim.sandbox import HidSimSandbox
from bot.sandbox.hidsim.stories import STORIES, Story

__all__ = [
    "STORIES",
    "Close",
    "Director",
    "Fault",
    "HidSimSandbox",
    "Login",
    "Operation",
    "Purchase",
    "Read",
    "Record",
    "Refetch",
    "Refund",
    "Request",
    "Story",
    "utc_now",
]
