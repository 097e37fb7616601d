"""Our bearer token: got once, shared by all calls, renewed before it ends, and got anew when it is refused.

The token's `exp` is read and not verified: it only tells us when to renew. It is counted from the token's own `iat` on
a monotonic clock, so neither a wrong clock of ours nor one of HidSim's makes us renew for ever. A token that says
nothing is used until it is refused.
"""

import asyncio
import base64
import binascii
import copy
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NoReturn

from bot.hidsim.errors import HidSimError, NotSent, OutcomeUnknown, SignInRefused
from bot.hidsim.jsontext import Unreadable, loads

RENEW_BEFORE = 60.0
RENEW_PART = 0.2
"""A token is renewed a minute before its end, or when a fifth of its life is left, whichever is later."""

FAILURE_KEPT = 3.0
"""Seconds for which a failed sign-in answers for all: a storm of calls must not hammer the login."""

Fetch = Callable[[], Awaitable[str]]
Renew = Callable[[str], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class _Token:
    text: str = field(repr=False)
    renew_at: float | None


class Session:
    """Holds the token. `login` and `renew` do the asking, `clock` is in seconds, `now` aware UTC."""

    def __init__(self, login: Fetch, renew: Renew, *, clock: Callable[[], float], now: Callable[[], datetime]) -> None:
        self._login, self._renew = login, renew
        self._clock, self._now = clock, now
        self._one_at_a_time = asyncio.Lock()
        self._token: _Token | None = None
        self._failure: tuple[float, HidSimError] | None = None
        self._patient_until = -math.inf
        self._useless_until = -math.inf

    async def token(self) -> str:
        """A token to go with. Raises what the sign-in raised, an unknown outcome of it as NotSent."""
        held = self._token
        if held is None:
            return await self._sign_in_unless(None)
        if self._due(held):
            await self._renew_early(held)
        return (self._token or held).text

    async def another_than(self, refused: str) -> str:
        """A new token after HidSim refused this one. However many ask at once, one login is made."""
        if self._clock() < self._useless_until:
            raise SignInRefused(401, "a new token did not help a moment ago")
        return await self._sign_in_unless(refused)

    async def sign_in(self) -> None:
        """Signs in now, whatever we hold and whatever failed before."""
        self._failure = None
        async with self._one_at_a_time:
            await self._fetch_new()

    async def renew(self) -> None:
        """Renews now; signs in when there is nothing to renew or HidSim does not renew it."""
        async with self._one_at_a_time:
            held = self._token
            if held is None or not await self._renewed(held):
                await self._fetch_new()

    def was_refused_again(self) -> None:
        """A fresh token was refused as well: for a while no refusal is answered with a login."""
        self._useless_until = self._clock() + FAILURE_KEPT

    async def _sign_in_unless(self, refused: str | None) -> str:
        async with self._one_at_a_time:
            held = self._token
            if held is not None and held.text != refused:
                return held.text
            self._raise_remembered()
            return await self._fetch_new()

    async def _fetch_new(self) -> str:
        try:
            text = await self._login()
        except HidSimError as failure:
            self._remember(failure)
        self._keep(text)
        return text

    def _remember(self, failure: HidSimError) -> NoReturn:
        """Whatever became of the login, the call that wanted a token was not done."""
        if isinstance(failure, OutcomeUnknown | NotSent):
            failure = NotSent(f"signing in failed: {failure}", lasting=True)
        self._failure = (self._clock() + FAILURE_KEPT, failure)
        raise failure from None

    def _raise_remembered(self) -> None:
        if self._failure is not None and self._clock() < self._failure[0]:
            raise copy.copy(self._failure[1])

    def _due(self, held: _Token) -> bool:
        now = self._clock()
        return held.renew_at is not None and now >= held.renew_at and now >= self._patient_until

    async def _renew_early(self, held: _Token) -> None:
        """The old token still holds for a while: no failure here is anybody's failure, and nobody else waits."""
        if self._one_at_a_time.locked():
            return
        async with self._one_at_a_time:
            self._patient_until = self._clock() + FAILURE_KEPT
            try:
                if not await self._renewed(held):
                    await self._fetch_new()
            except HidSimError:
                return

    async def _renewed(self, held: _Token) -> bool:
        try:
            text = await self._renew(held.text)
        except HidSimError:
            return False
        self._keep(text)
        return True

    def _keep(self, text: str) -> None:
        self._failure = None
        life = seconds_of_life(text, self._now())
        left = None if life is None else max(life - RENEW_BEFORE, life * (1 - RENEW_PART))
        self._token = _Token(text, None if left is None else self._clock() + left)


def seconds_of_life(token: str, now: datetime) -> float | None:
    """How long a JWT says that it lives, from `iat` or else from `now` on; None when it says nothing believable."""
    claims = _claims(token)
    expires, issued = _seconds(claims.get("exp")), _seconds(claims.get("iat"))
    if expires is None:
        return None
    life = expires - (now.timestamp() if issued is None else issued)
    return life if 0 < life < 10**9 else None


def _claims(token: str) -> dict[str, Any]:
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        found = loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError, Unreadable):
        return {}
    return found if isinstance(found, dict) else {}


def _seconds(value: Any) -> float | None:
    """RFC 7519: seconds since 1970, a fraction allowed."""
    if isinstance(value, bool) or not hasattr(value, "as_integer_ratio") or not 0 < value < 10**11:
        return None
    return float(value)
