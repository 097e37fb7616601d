"""Every request goes through here: token, pace, one send, what its answer means, and whether it is sent again.

* A read is asked again (three attempts, jittered, within a budget) when it failed in a way that may pass.
* What changes something (purchase, refetch, close) is sent again only after 401/403, with a new token, once, and when
  no byte of it left, once.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial

import structlog

from bot.hidsim import reading, wire
from bot.hidsim.answers import Answer, json_of, rejection, unknown, wait_of
from bot.hidsim.config import HidSimConfig
from bot.hidsim.errors import (
    CredentialsRefused,
    HidSimError,
    NotSent,
    OutcomeUnknown,
    Rejected,
    SignInRefused,
    TooManyRequests,
)
from bot.hidsim.jsontext import dumps
from bot.hidsim.pace import Pace, Turn, Urgency
from bot.hidsim.retries import Retries
from bot.hidsim.session import Session
from bot.hidsim.transport import Transport
from bot.hidsim.values import Json

log = structlog.get_logger(__name__)
MOST_POLLS = 200
"""On their way at once: a HidSim that takes connections and says nothing must leave some for people who tap."""

CREDENTIALS = frozenset({400, 401, 403, 422})
"""With these HidSim refuses credentials. A 404 comes from an address where there is no sign-in."""
Send = Callable[[str | None], Awaitable[Answer]]
"""Sends the request with this token and returns its answer."""


class Exchange:
    """Requests to HidSim on behalf of one account."""

    def __init__(
        self,
        config: HidSimConfig,
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float],
        rng: random.Random,
        guard: Callable[[], None] = lambda: None,
    ) -> None:
        self._config = config
        self._guard = guard
        self._now = now
        self._transport = Transport(config)
        self._retries = Retries(clock, rng, delay=config.retry_delay, patience=2 * config.read_timeout)
        self.pace = Pace(config.rate_per_second, clock)
        self._polls = 0
        self._room_for_polls = asyncio.Event()
        self._room_for_polls.set()
        self.session = Session(self._login, self._renew, clock=clock, now=now)

    async def aclose(self) -> None:
        self.pace.close()
        await self._transport.aclose()

    async def read(
        self, route: wire.Route, *ids: str, urgency: Urgency, params: Mapping[str, str] | None = None
    ) -> Json:
        """The JSON of a read. Raises what `errors` says; a lost answer only after all attempts."""
        path = route.path(*ids)

        async def send(token: str | None) -> Answer:
            return await self._send_read(route, path, urgency, token, params=params)

        async def ask() -> Json:
            return json_of(await self._read_once(send))

        return await self._retries.around(ask)

    async def turn(self) -> Turn:
        """For a poll: its place in the pace, once there is room for it. Raises TooManyRequests like `Pace.turn`."""
        await self._room_for_polls.wait()
        return await self.pace.turn(Urgency.POLL)

    async def poll(self, route: wire.Route, one_id: str, turn: Turn | None) -> Answer:
        """The success of a read that is asked once: whoever polls asks again by themselves, elsewhere first.

        `turn`: one in hand, which the first send uses instead of waiting in line.
        """
        path, turns = route.path(one_id), [turn]

        async def send(token: str | None) -> Answer:
            go = partial(self._transport.read, route.method, path, headers=_headers(token, None))
            return await self._timed(route, Urgency.POLL, go, turns.pop() if turns else None)

        self._count_polls(1)
        try:
            return await self._read_once(send)
        finally:
            self._count_polls(-1)

    def _count_polls(self, more: int) -> None:
        self._polls += more
        if self._polls < MOST_POLLS:
            self._room_for_polls.set()
        else:
            self._room_for_polls.clear()

    async def act(self, route: wire.Route, one_id: str) -> Answer:
        """The success of a GET that changes something (refetch, close)."""
        return await self._once(route, one_id, None, Urgency.TAP, self._config.read_timeout)

    async def buy(self, route: wire.Route, one_id: str, body: bytes) -> Answer:
        """The success of a purchase, which may take long."""
        return await self._once(route, one_id, body, Urgency.PURCHASE, self._config.purchase_timeout)

    async def _once(
        self, route: wire.Route, one_id: str, body: bytes | None, urgency: Urgency, patience: float
    ) -> Answer:
        path = route.path(one_id)

        async def send(token: str | None) -> Answer:
            go = partial(self._transport.once, headers=_headers(token, body), body=body, patience=patience)
            return await self._timed(route, urgency, partial(go, route.method, path))

        answer = await self._authorised(_NotSentOnce(send), strict=True)
        if not answer.success:
            raise self._refusal(answer, strict=True)
        return answer

    async def _read_once(self, send: Send) -> Answer:
        answer = await self._authorised(send, strict=False)
        if not answer.success:
            raise self._refusal(answer, strict=False)
        return answer

    async def _authorised(self, send: Send, *, strict: bool) -> Answer:
        """Contract: 401 and 403 both mean the credentials; renew once, and the second answer is the answer."""
        token = await self.session.token()
        answer = await send(token)
        if not self._refuses_token(answer, strict=strict):
            return answer
        answer = await send(await self.session.another_than(token))
        if self._refuses_token(answer, strict=strict):
            self.session.was_refused_again()
        return answer

    def _refuses_token(self, answer: Answer, *, strict: bool) -> bool:
        return isinstance(rejection(answer, self._now(), strict=strict), SignInRefused)

    def _refusal(self, answer: Answer, *, strict: bool) -> HidSimError:
        return rejection(answer, self._now(), strict=strict) or unknown(answer)

    async def _send_read(
        self,
        route: wire.Route,
        path: str,
        urgency: Urgency,
        token: str | None,
        *,
        params: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        go = partial(self._transport.read, headers=_headers(token, body), params=params, body=body)
        return await self._timed(route, urgency, partial(go, route.method, path))

    async def _timed(
        self, route: wire.Route, urgency: Urgency, send: Callable[[], Awaitable[Answer]], turn: Turn | None = None
    ) -> Answer:
        """One send in its turn. The log line names the template: an id may be there, what was said never."""
        self._guard()
        if turn is None or not self.pace.holds(turn):
            turn = await self.pace.turn(urgency)
        begun = time.perf_counter()
        try:
            answer = await send()
        except (NotSent, OutcomeUnknown) as failure:
            log.warning("hidsim.no_answer", **_facts(route, begun), reason=str(failure))
            raise
        level = log.debug if answer.success else log.info if answer.status < 500 else log.warning
        level("hidsim.answer", **_facts(route, begun), status=answer.status)
        self._learn(answer, turn.at)
        return answer

    def _learn(self, answer: Answer, asked_at: float) -> None:
        if answer.status == 429:
            self.pace.refused(asked_at, wait_of(answer, self._now()))
            return
        self.pace.granted(asked_at)
        if answer.status == 503 and (wait := wait_of(answer, self._now())):
            self.pace.hold(wait)

    async def login_answer(self) -> Json:
        """The JSON of a login. Any refusal of one but "too many" is about our credentials, whatever its status.

        HidSim's words about it are dropped: some servers repeat there what they were given.
        """
        body = dumps({wire.IDENTIFIER: self._config.identifier, wire.PASSWORD: self._config.password})
        try:
            return await self.ask_as(None, wire.LOGIN, body)
        except TooManyRequests:
            raise
        except Rejected as refused:
            status, code, told = refused.status, refused.code, bool(refused.message or refused.code)
        if status == 401 or (told and status in CREDENTIALS):
            raise CredentialsRefused(status, "the sign-in was refused", code)
        raise SignInRefused(status, "no sign-in of HidSim's at this address", code)

    async def ask_as(self, token: str | None, route: wire.Route, body: bytes | None = None) -> Json:
        """The JSON of a read with this very token, which is not renewed when it is refused."""

        async def ask() -> Json:
            answer = await self._send_read(route, route.path(), Urgency.PURCHASE, token, body=body)
            if not answer.success:
                raise self._refusal(answer, strict=False)
            return json_of(answer)

        return await self._retries.around(ask)

    async def _login(self) -> str:
        return _token_in(await self.login_answer(), wire.LOGIN)

    async def _renew(self, token: str) -> str:
        return _token_in(await self.ask_as(token, wire.RENEW), wire.RENEW)


def _token_in(answer: Json, route: wire.Route) -> str:
    found = reading.token(answer)
    if found is None:
        raise OutcomeUnknown(f"an answer to {route.method} {route.template} without a token", lasting=True)
    return found


class _NotSentOnce:
    """Sends once more when no byte left: a second time in all, however often the token changes."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._spent = False

    async def __call__(self, token: str | None) -> Answer:
        try:
            return await self._send(token)
        except NotSent:
            if self._spent:
                raise
        self._spent = True
        return await self._send(token)


def _headers(token: str | None, body: bytes | None) -> dict[str, str]:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return headers if body is None else {**headers, "Content-Type": "application/json"}


def _facts(route: wire.Route, begun: float) -> dict[str, str | int]:
    milliseconds = round((time.perf_counter() - begun) * 1000)
    return {"method": route.method, "path": route.template, "ms": milliseconds}
