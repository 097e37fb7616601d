"""The director's drawer of the chat page: one call an act, and a sentence about what was done."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, Protocol

from aiohttp import web

from bot.sandbox.hidsim.operation import TERMINAL
from bot.sandbox.hidsim.sandbox import HidSimSandbox
from bot.sandbox.trouble import Trouble

Body = Mapping[str, Any]
Act = Callable[[Body], Awaitable[str]]


class BotControl(Protocol):
    """What the drawer needs of the bot's process."""

    @property
    def state(self) -> str: ...
    @property
    def age(self) -> float: ...
    @property
    def problem(self) -> str: ...
    async def restart(self) -> None: ...


class Drawer:
    """GET state, POST one of the acts. Answers `{"done": sentence}`, or `{"error": text}` with 400, 404 or 409.

    `flood` makes Telegram refuse the bot's next message, and is given the seconds to name. The bot's process may come
    later, or never when somebody else runs the bot: then its state is `absent` and a restart is refused.
    """

    def __init__(self, hidsim: HidSimSandbox, flood: Callable[[int], None]) -> None:
        self._hidsim = hidsim
        self._flood = flood
        self.bot: BotControl | None = None
        self.notes: Sequence[str] = ()
        self._trouble = Trouble(hidsim.director)
        self._acts: Mapping[str, Act] = {
            "code-now": self._code_now,
            "number-now": self._number_now,
            "no-number": self._no_number,
            "system-refund": self._system_refund,
            "too-early": self._too_early,
            "story": self._story,
            "sell-out": self._sell_out,
            "restock": self._restock,
            "move-prices": self._move_prices,
            "hidsim-down": self._hidsim_down,
            "lose-answer": self._lose_answer,
            "empty-balance": self._empty_balance,
            "refuse-login": self._refuse_login,
            "hidsim-429": self._hidsim_429,
            "telegram-429": self._telegram_429,
            "restart-bot": self._restart_bot,
        }

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/state", self._state)
        app.router.add_post("/{act}", self._act)
        return app

    async def _state(self, request: web.Request) -> web.Response:
        facts = self._hidsim.director.state()
        hidsim = {
            "down": facts["down"],
            "on": self._trouble.on(),
            "dialect": facts["dialect"],
            "balance": f"${Decimal(facts['balance']):.2f}",
            "queued": facts["queued_stories"],
        }
        shown = {"bot": self._shown_bot(), "hidsim": hidsim, "operation": self._newest(), "notes": list(self.notes)}
        return web.json_response(shown)

    def _shown_bot(self) -> dict[str, Any]:
        if self.bot is None:
            return {"state": "absent"}
        return {"state": self.bot.state, "age": int(self.bot.age), "problem": self.bot.problem}

    async def _act(self, request: web.Request) -> web.Response:
        act = self._acts.get(request.match_info["act"])
        if act is None:
            return _error(404, f"no such act; there are {', '.join(self._acts)}")
        try:
            body = await request.json(loads=_exact) if request.can_read_body else {}
            if not isinstance(body, dict):
                return _error(400, "a JSON object is expected")
            return web.json_response({"done": await act(body)})
        except LookupError as error:
            return _error(404, str(error.args[0]) if error.args else "not found")
        except _NoBotError as error:
            return _error(409, str(error))
        except (ValueError, TypeError) as error:
            return _error(400, str(error))

    def _newest(self) -> dict[str, Any] | None:
        operations = self._hidsim.director.operations()
        if not operations:
            return None
        newest = operations[-1]
        shown = {key: newest[key] for key in ("service", "country", "state", "number", "price")}
        return {**shown, "terminal": newest["state"] in TERMINAL}

    async def _code_now(self, body: Body) -> str:
        shown = self._hidsim.director.code_now(text=_optional_text(body))
        return f"The SMS of {shown['service']} came."

    async def _number_now(self, body: Body) -> str:
        shown = self._hidsim.director.number_now()
        return f"{shown['service']} has its number."

    async def _no_number(self, body: Body) -> str:
        newest = self._newest()
        if newest and not newest["terminal"] and newest["number"] is None:
            self._hidsim.director.no_number_now()
            return f"{newest['service']} got no number."
        self._hidsim.director.queue_story("no_number")
        return "The next purchase gets no number."

    async def _system_refund(self, body: Body) -> str:
        newest = self._newest()
        if newest and not newest["terminal"]:
            self._hidsim.director.refund_now()
            return f"{newest['service']} was refunded by the system."
        self._hidsim.director.queue_story("system_refund")
        return "The next purchase is refunded by the system."

    async def _too_early(self, body: Body) -> str:
        seconds = _number(body, "seconds", 8)
        self._hidsim.director.too_early(float(seconds))
        return (
            f"Closing is too early for {seconds:g} s. It ends by itself."
            if seconds
            else "Closing is not too early any more."
        )

    async def _story(self, body: Body) -> str:
        name = str(body.get("name", ""))
        self._hidsim.director.queue_story(name)
        return f"The next purchase: {name.replace('_', ' ')}."

    async def _sell_out(self, body: Body) -> str:
        service, country = _pair(body)
        self._hidsim.director.sell_out(service, country)
        return f"{service} in {country} is sold out."

    async def _restock(self, body: Body) -> str:
        service, country = _pair(body)
        self._hidsim.director.restock(service, country)
        return f"{service} in {country} is back in stock. Who waits for it hears of it within a minute or so."

    async def _move_prices(self, body: Body) -> str:
        service, country = _pair(body)
        factor = _number(body, "factor", 2)
        self._hidsim.director.move_prices(service, country, factor)
        return f"Prices of {service} in {country}: ×{factor:g}."

    async def _hidsim_down(self, body: Body) -> str:
        on = body.get("on", True)
        self._hidsim.director.down(on)
        return "HidSim is down: press HidSim up to end it." if on else "HidSim is up again."

    async def _lose_answer(self, body: Body) -> str:
        return self._trouble.lose_answer(_switch(body))

    async def _empty_balance(self, body: Body) -> str:
        return self._trouble.empty_balance(_switch(body))

    async def _refuse_login(self, body: Body) -> str:
        return self._trouble.refuse_login(_switch(body))

    async def _hidsim_429(self, body: Body) -> str:
        return self._trouble.too_many_requests(float(_number(body, "seconds", 5)))

    async def _telegram_429(self, body: Body) -> str:
        seconds = max(1, int(_number(body, "seconds", 3)))
        self._flood(seconds)
        return f"Telegram refuses the next message for {seconds} s. It ends by itself."

    async def _restart_bot(self, body: Body) -> str:
        if self.bot is None:
            raise _NoBotError("the bot was started elsewhere, so it can't be restarted from here")
        await self.bot.restart()
        return "The bot was stopped and starts again."


_exact = partial(json.loads, parse_float=Decimal)


class _NoBotError(Exception):
    """There is no process to restart."""


def _error(status: int, text: str) -> web.Response:
    return web.json_response({"error": text}, status=status)


def _optional_text(body: Body) -> str | None:
    text = body.get("text")
    return None if text is None else str(text)


def _number(body: Body, name: str, default: int) -> Decimal:
    try:
        number = Decimal(str(body.get(name, default)))
    except InvalidOperation:
        raise ValueError(f"{name} must be a number") from None
    if not number.is_finite():
        raise ValueError(f"{name} must be a number")
    return number


def _switch(body: Body) -> bool:
    on = body.get("on", True)
    if not isinstance(on, bool):
        raise ValueError("on must be true or false")  # noqa: TRY004  (it becomes an answer of 400)
    return on


def _pair(body: Body) -> tuple[str, str]:
    service, country = str(body.get("service", "")).strip(), str(body.get("country", "")).strip()
    if not service or not country:
        raise ValueError("a service and a country are needed")
    return service, country
