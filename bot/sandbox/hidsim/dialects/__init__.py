"""Two ways to say the same facts: what the contract assumes, and everything else that it must bear."""

from bot.sandbox.hidsim.dialects.canonical import Canonical
from bot.sandbox.hidsim.dialects.shape import Dialect, Json, Page, User
from bot.sandbox.hidsim.dialects.variant import Variant

__all__ = ["Canonical", "Dialect", "Json", "Page", "User", "Variant"]
