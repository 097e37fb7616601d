"""Holds what we assume of HidSim's contract? Asks the read-only part of it, buys nothing, and shows no secret.

async for line in check_contract(config):
    print(line.verdict, line.name, line.detail)
"""

import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product as pairs
from typing import Literal

from bot.hidsim import reading, wire
from bot.hidsim.config import HidSimConfig
from bot.hidsim.errors import (
    CredentialsRefused,
    HidSimError,
    NotFound,
    NotSent,
    OutcomeUnknown,
    Rejected,
    SignInRefused,
)
from bot.hidsim.exchange import Exchange
from bot.hidsim.pace import Urgency
from bot.hidsim.pages import Page, page
from bot.hidsim.placeholders import says_nothing
from bot.hidsim.session import seconds_of_life
from bot.hidsim.values import Json, identity, is_mongo_id, present, readable

Verdict = Literal["holds", "missing", "different", "failed"]
Trouble = Literal["credentials", "address", "way"]
"""Why nothing could be asked: the account is refused, something else answers there, or nothing does."""
Names = tuple[str, ...]
NOBODY = "f" * 24
ROUND_SIZES = frozenset({10, 20, 25, 50, 100, 200, 250, 500, 1000})
PAIRS_TRIED = 12


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the report. `detail` names fields, numbers and statuses only."""

    name: str
    verdict: Verdict
    detail: str = ""
    trouble: Trouble | None = None


async def check_contract(config: HidSimConfig) -> AsyncIterator[CheckLine]:
    """The lines, as they become known. It ends early when signing in fails. Raises ValueError for a bad address."""
    exchange = Exchange(config, now=lambda: datetime.now(UTC), clock=time.monotonic, rng=random.Random())
    check = _Check(exchange, config.search_param)
    try:
        for name, step in check.steps().items():
            line = await _line(name, step)
            yield line
            if line.name == "sign in" and line.verdict in {"missing", "failed"}:
                return
    finally:
        await exchange.aclose()


async def _line(name: str, step: Callable[[], Awaitable[tuple[Verdict, str]]]) -> CheckLine:
    try:
        return CheckLine(name, *await step())
    except NotFound as failure:
        return CheckLine(name, "missing", str(failure))
    except HidSimError as failure:
        return CheckLine(name, "failed", str(failure), _trouble(failure, signing_in=name == "sign in"))


def _trouble(failure: HidSimError, *, signing_in: bool) -> Trouble | None:
    match failure:
        case NotSent() | OutcomeUnknown(status=None):
            return "way"
        case CredentialsRefused():
            return "credentials"
        case SignInRefused() if signing_in:
            return "address"
        case OutcomeUnknown(status=int(status)) if signing_in and status < 400:
            return "address"
        case _:
            return None


class _Check:
    def __init__(self, exchange: Exchange, search_param: str) -> None:
        self._exchange = exchange
        self._search_param = search_param
        self._countries: list[str] = []
        self._services: list[tuple[str, str]] = []

    def steps(self) -> dict[str, Callable[[], Awaitable[tuple[Verdict, str]]]]:
        return {
            "sign in": self.sign_in,
            "account": self.account,
            "renewal": self.renewal,
            "refused token": self.refused_token,
            "countries": self.countries,
            "services": self.services,
            "search": self.search,
            "products": self.products,
            "unknown operation": self.unknown_operation,
        }

    async def _read(self, route: wire.Route, *ids: str, **params: str) -> Json:
        return await self._exchange.read(route, *ids, urgency=Urgency.TAP, params=params)

    async def sign_in(self) -> tuple[Verdict, str]:
        answer = await self._exchange.login_answer()
        token = reading.token(answer)
        if token is None:
            return "missing", "no token in the answer"
        await self._exchange.session.sign_in()
        ends = "tells its end" if seconds_of_life(token, datetime.now(UTC)) else "does not tell its end"
        return _judged(_spellings(_holder_of(answer, wire.TOKEN), wire.TOKEN), f"the token {ends}")

    async def account(self) -> tuple[Verdict, str]:
        answer = await self._read(wire.ME)
        account = reading.account(answer)
        if account is None:
            return "missing", "no id in the answer"
        if account.balance is None:
            return "missing", "no balance that can be read"
        return _judged(
            _spellings(reading.one(answer, wire.INSIDE_ACCOUNT) or {}, wire.MONGO_ID, wire.CURRENCY), "has a balance"
        )

    async def renewal(self) -> tuple[Verdict, str]:
        answer = await self._exchange.ask_as(await self._exchange.session.token(), wire.RENEW)
        if reading.token(answer) is None:
            return "different", "no token in the answer: the client signs in anew instead"
        return _judged(_spellings(_holder_of(answer, wire.TOKEN), wire.TOKEN), "gives a token")

    async def refused_token(self) -> tuple[Verdict, str]:
        """A purchase is sent again only when this refusal comes in HidSim's own error shape."""
        try:
            await self._exchange.ask_as("not-a-token", wire.ME)
        except SignInRefused as refused:
            return _refusal(refused)
        return "different", "a token that is none is not refused"

    async def countries(self) -> tuple[Verdict, str]:
        answer = await self._read(wire.COUNTRIES)
        found = page(answer, "countries")
        if found is None:
            return "different", "no list in the answer"
        read = reading.read_all(found.items, reading.country)
        self._countries = [country.id for country in read.items]
        without = sum(1 for country in read.items if country.code is None)
        notes = [f"{without} without an ISO code"] if without else []
        return _listed(found, read, [*notes, *_item_notes(found.items, wire.MONGO_ID, wire.COUNTRY_CODE)])

    async def services(self) -> tuple[Verdict, str]:
        found = page(await self._read(wire.SERVICES), "services")
        if found is None:
            return "different", "no list in the answer"
        read = reading.read_all(found.items, reading.service)
        self._services = [(service.id, service.name) for service in read.items]
        return _listed(found, read, _item_notes(found.items, wire.MONGO_ID))

    async def search(self) -> tuple[Verdict, str]:
        if not self._services:
            return "failed", "no service to look for"
        wanted, name = self._services[0]
        found = page(await self._read(wire.SEARCH, **{self._search_param: name}), "services")
        if found is None:
            return "different", "no list in the answer"
        ids = {service.id for service in reading.read_all(found.items, reading.service).items}
        if wanted not in ids:
            return "different", f"?{self._search_param}= does not find a service by its own name"
        if len(ids) > 1 and len(ids) == len(self._services):
            return "different", f"?{self._search_param}= finds every service: perhaps it has another name"
        return "holds", f"?{self._search_param}= finds a service by its name"

    async def products(self) -> tuple[Verdict, str]:
        """Asks a few pairs until one has something on offer."""
        services = [service for service, _ in self._services[:4]]
        for service, country in list(pairs(services, self._countries[:6]))[:PAIRS_TRIED]:
            answer = await self._read(wire.PRODUCTS, **{wire.FILTER_SERVICE: service, wire.FILTER_COUNTRY: country})
            found = page(answer, "products")
            if found is None:
                return "different", "no list in the answer"
            if found.items:
                read = reading.read_all(found.items, reading.product_reader(service, country))
                return _listed(found, read, _product_notes(found.items))
        return "failed", "no pair that was tried has a product, so nothing is known of their shape"

    async def unknown_operation(self) -> tuple[Verdict, str]:
        try:
            await self._read(wire.OPERATION, NOBODY)
        except NotFound as refused:
            return _refusal(refused)
        except Rejected as refused:
            return "different", f"refused with {refused.status}, not with 404"
        return "different", "an operation that can't exist was found"


def _judged(notes: list[str], good: str) -> tuple[Verdict, str]:
    return ("different" if notes else "holds"), "; ".join([good, *notes])


def _refusal(refused: Rejected) -> tuple[Verdict, str]:
    """Without a message or a code a refused purchase would count as an unknown outcome."""
    if not refused.message and refused.code is None:
        return "different", f"{refused.status} without the error shape (message, code)"
    shape = "with a code" if refused.code else "without a code"
    return "holds", f"{refused.status} in the error shape, {shape}"


def _listed(found: Page, read: reading.Read[reading.Model], notes: list[str]) -> tuple[Verdict, str]:
    """No single readable item is a missing list; some unreadable ones are a difference."""
    if not found.items:
        return "missing", "the list is empty"
    if not read.items:
        return "missing", f"none of {len(found.items)} items can be read"
    skipped = [f"{read.skipped} can't be read"] if read.skipped else []
    return _judged([*skipped, *notes], _size(found))


def _size(found: Page) -> str:
    size = f"{len(found.items)} items"
    if found.following:
        return f"{size} on the first page"
    return f"{size} (a round number: are there more?)" if len(found.items) in ROUND_SIZES else size


def _product_notes(items: list[Json]) -> list[str]:
    return _item_notes(items, wire.MONGO_ID, wire.SERVICE, wire.COUNTRY, wire.PRICE, wire.STOCK)


def _item_notes(items: Iterable[Json], *fields: Names) -> list[str]:
    """What the first item spells in another way than expected."""
    item = next((item for item in items if isinstance(item, Mapping)), {})
    odd = [] if is_mongo_id(readable(item, wire.MONGO_ID, identity)) else ["_id is not 24 hex digits"]
    return [*odd, *_spellings(item, *fields)]


def _spellings(item: Mapping[str, Json], *fields: Names) -> list[str]:
    return [note for note in (_spelling(item, names) for names in fields) if note is not None]


def _spelling(item: Mapping[str, Json], names: Names) -> str | None:
    used = next((name for name in names if _filled(item.get(name))), None)
    if used == names[0]:
        return None
    return f"no {names[0]}" if used is None else f"{used} in place of {names[0]}"


def _filled(value: Json) -> bool:
    return value is not None and not (isinstance(value, str) and says_nothing(value))


def _holder_of(answer: Json, names: Names) -> Mapping[str, Json]:
    held = (layer for layer in reading.layers(answer) for value in present(layer, names) if isinstance(value, str))
    return next(held, {})
