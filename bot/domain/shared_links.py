"""What a shared link of this bot leads to: a service, a pair, or a pair with a maximum. Opening one buys nothing.

It travels as the payload of a deep link: at most 64 characters of A-Z, a-z, 0-9, _ and -. Anybody can write one. The
ids are our own, which suffices because a link names the bot, too; the digit is the version of what stands behind it.
"""

import re
from dataclasses import dataclass

from bot.domain.price_window import Window

OURS = re.compile(r"s[0-9]{1,3}_[A-Za-z0-9_-]{0,64}")
"""Links of any version; an invitation begins otherwise."""
_FIRST = re.compile(r"s1_([0-9]{1,16})(?:-([0-9]{1,16})(?:-([0-9]{1,13})-([0-9]{1,13}))?)?")
_HIGHEST_ID, _HIGHEST_PRICE = 2**53 - 1, 10**12


@dataclass(frozen=True, slots=True)
class SharedLink:
    """`country` None: the service in all countries; `window`: what its sharer wants to pay, only with a country."""

    service: int
    country: int | None = None
    window: Window | None = None

    @property
    def payload(self) -> str:
        ends = () if self.window is None else (self.window.low, self.window.high)
        return "s1_" + "-".join(str(part) for part in (self.service, self.country, *ends) if part is not None)

    @staticmethod
    def read(payload: str) -> "SharedLink | None":
        """None for what is no link of a version that is known here."""
        found = _FIRST.fullmatch(payload)
        if found is None:
            return None
        service, country, low, high = (None if part is None else int(part) for part in found.groups())
        if service is None or max(service, country or 0) > _HIGHEST_ID:
            return None
        if low is None or high is None:
            return SharedLink(service, country)
        return SharedLink(service, country, Window(low, high)) if low <= high <= _HIGHEST_PRICE else None
