"""Troubles of HidSim that the drawer switches on and off. Each says what was done, and how it ends."""

import asyncio
from decimal import Decimal

from bot.sandbox.hidsim.director import Director
from bot.sandbox.hidsim.faults import Fault

_AGAIN = "press the button again to undo it"


class Trouble:
    """What is on now, beside the director who does it."""

    def __init__(self, director: Director) -> None:
        self._director = director
        self._lost: Fault | None = None
        self._kept: Decimal | None = None
        self._refusing: asyncio.TimerHandle | None = None

    def on(self) -> list[str]:
        """The acts that are on, by their names in the drawer."""
        facts = self._director.state()
        states = {
            "hidsim-down": facts["down"],
            "lose-answer": self._lost is not None and not self._lost.hits,
            "empty-balance": self._kept is not None,
            "refuse-login": facts["login_refused"],
            "hidsim-429": facts["rate_limit"] == 0,
        }
        return [name for name, on in states.items() if on]

    def lose_answer(self, on: bool) -> str:
        """The work is done and nobody is told."""
        self._director.clear_faults()
        self._lost = self._director.fault("/purchase", method="POST", cut="after") if on else None
        if on:
            return f"The next purchase is made, and its answer gets lost: once, or {_AGAIN}."
        return "Answers to purchases arrive again."

    def empty_balance(self, on: bool) -> str:
        """What was there comes back on top of what came meanwhile."""
        now = Decimal(self._director.state()["balance"])
        if on and self._kept is None:
            self._kept = now
            self._director.set_balance(0)
        elif not on and self._kept is not None:
            self._director.set_balance(now + self._kept)
            self._kept = None
        if on:
            return f"HidSim's balance is empty, so it sells nothing: {_AGAIN}."
        return "HidSim's balance is what it was."

    def refuse_login(self, on: bool) -> str:
        """Who is signed in must do it again, else nothing would be seen for an hour."""
        self._director.refuse_login(on)
        if not on:
            return "HidSim lets the bot sign in again."
        self._director.revoke_tokens()
        return f"HidSim has signed the bot out and refuses its sign-in: {_AGAIN}."

    def too_many_requests(self, seconds: float) -> str:
        """Raises ValueError for a time that is none."""
        if not 0 <= seconds <= 3600:
            raise ValueError("seconds must be between 0 and 3600")
        if self._refusing is not None:
            self._refusing.cancel()
        if not seconds:
            self._end_refusing()
            return "HidSim takes requests again."
        self._director.set_rate_limit(0, retry_after=seconds)
        self._refusing = asyncio.get_running_loop().call_later(seconds, self._end_refusing)
        return f"HidSim answers 429 to everything for {seconds:g} s. It ends by itself."

    def _end_refusing(self) -> None:
        self._director.set_rate_limit(None)
        self._refusing = None
