"""Faults that are ordered beforehand: which request they strike, and what they leave of its answer."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any, Literal

from aiohttp import web

from bot.sandbox.hidsim.dialects.encode import encode

Cut = Literal["before", "during", "after"]
Broken = Literal["half", "html", "garbage", "wrong_types"]

_ENVELOPES = ("data", "operation", "docs", "results", "services")
_CUTS = (None, "before", "during", "after")
_BROKEN = (None, "half", "html", "garbage", "wrong_types")
_HTML = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
_GARBAGE = b"\x00\xff\xfe\x80}{\x1f\x8b not what you asked for \xc3\x28"
_PLAUSIBLE = '{"_id":"65f1c2ab1d0e4b6f9a7c3e21","id":1,"state":"creating","number":null,"messages":[],"price":0.3}'


@dataclass
class Fault:
    """`times` None = until cleared; `delay` and `drip` in real seconds. `hits` counts how often it struck.
    `share`: of the requests that fit, by chance. `merge` puts raw fields into the true answer (into each item of a
    list), where a callable gets the true value; `drop` takes some out; `states`: only of an operation in one of them.
    `charset`: in which the answer is written.

    Raises ValueError for a fault that would do nothing or contradict itself.
    """

    path_contains: str
    method: str | None = None
    times: int | None = 1
    status: int | None = None
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float | None = None
    cut: Cut | None = None
    broken_body: Broken | None = None
    after: bool = False
    drip: float | None = None
    merge: Mapping[str, Any] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    charset: str | None = None
    share: float = 1.0
    hits: int = 0

    def __post_init__(self) -> None:
        if self.cut not in _CUTS or self.broken_body not in _BROKEN:
            raise ValueError(f"cut is one of {_CUTS}, broken_body one of {_BROKEN}")
        if self.after and self.cut == "before":
            raise ValueError("a fault cannot cut before the work and strike after it")
        if self.status is not None and not 200 <= self.status <= 599:
            raise ValueError("status must be between 200 and 599")
        if not 0 < self.share <= 1:
            raise ValueError("a share lies above 0 and is 1 at most")
        if self.times is not None and self.times < 1:
            raise ValueError("times must be 1 or more, or None")
        if not (self.replaces or self.decorates):
            if not self.after:
                raise ValueError("a fault must do something")
            self.cut = "after"

    @property
    def late(self) -> bool:
        """Strikes only when the work has been done."""
        return self.after or self.cut in {"during", "after"}

    @property
    def replaces(self) -> bool:
        """The true answer is not seen."""
        broken = self.body is not None or self.broken_body is not None
        return broken or self.status is not None or self.cut is not None

    @property
    def decorates(self) -> bool:
        changed = bool(self.merge or self.drop or self.charset)
        return changed or bool(self.headers) or self.delay is not None or self.drip is not None

    def fits(self, method: str, path: str) -> bool:
        return self.path_contains in path and self.method in {None, method}

    def answer(self, true_answer: web.Response | None, default_error: str) -> web.Response:
        """What is sent in place of the true answer, which is None when the work was not done."""
        if self.body is not None:
            return self._sent(self.status or 200, _raw(self.body))
        if self.broken_body is not None:
            return self._sent(self.status or 200, _break(self.broken_body, _text(true_answer)))
        if self.status is not None:
            return self._sent(self.status, default_error.encode())
        answer = self._rewritten(true_answer) if true_answer is not None else self._sent(200, b"")
        answer.headers.update(self.headers)
        return answer

    def _rewritten(self, answer: web.Response) -> web.Response:
        if not (self.merge or self.drop or self.charset) or not 200 <= answer.status < 300:
            return answer
        body = json.loads(answer.text or "null", parse_float=Decimal)
        inside = _inmost(body)
        for item in inside if isinstance(inside, list) else [inside]:
            if not self.states or item.get("state", item.get("status")) in self.states:
                told = {key: new(item.get(key)) if callable(new) else new for key, new in self.merge.items()}
                item.update(told)
                for key in self.drop:
                    item.pop(key, None)
        charset = self.charset or "utf-8"
        content_type = f"application/json; charset={charset}"
        return web.Response(
            status=answer.status, body=encode(body).encode(charset), headers={"Content-Type": content_type}
        )

    def _sent(self, status: int, body: bytes) -> web.Response:
        headers = {"Content-Type": _content_type(body), **self.headers}
        return web.Response(status=status, body=body, headers=headers)


class Faults:
    """In the order they were made; the first that fits strikes."""

    def __init__(self, chance: Random) -> None:
        self._faults: list[Fault] = []
        self._chance = chance

    def __iter__(self) -> Iterator[Fault]:
        return iter(tuple(self._faults))

    def add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        self._faults.clear()

    def strike(self, method: str, path: str, *, late: bool) -> Fault | None:
        """The fault for this request, used up once."""
        fits = (one for one in self._faults if one.late == late and one.fits(method, path))
        fault = next((one for one in fits if one.share == 1 or self._chance.random() < one.share), None)
        if fault is None:
            return None
        fault.hits += 1
        if fault.times is not None and fault.hits >= fault.times:
            self._faults.remove(fault)
        return fault


def _inmost(body: Any) -> Any:
    """The resource or the list of them in an answer's envelopes."""
    while isinstance(body, dict):
        inner = next((body[key] for key in _ENVELOPES if isinstance(body.get(key), dict | list)), None)
        if inner is None:
            break
        body = inner
    return body


def _raw(body: Any) -> bytes:
    if isinstance(body, bytes):
        return body
    return (body if isinstance(body, str) else encode(body)).encode()


def _text(answer: web.Response | None) -> str:
    return (answer.text if answer is not None else None) or _PLAUSIBLE


def _content_type(body: bytes) -> str:
    return "text/html; charset=utf-8" if body.startswith(b"<") else "application/json; charset=utf-8"


def _break(how: Broken, text: str) -> bytes:
    broken: dict[str, Callable[[], bytes]] = {
        "half": lambda: text.encode()[: len(text.encode()) // 2],
        "html": lambda: _HTML.encode(),
        "garbage": lambda: _GARBAGE,
        "wrong_types": lambda: json.dumps(_wrong(json.loads(text))).encode(),
    }
    return broken[how]()


def _wrong(value: Any, *, top: bool = True) -> Any:
    """The same keys with values of other types."""
    if isinstance(value, dict):
        return {key: _wrong(item, top=False) for key, item in value.items()}
    if isinstance(value, list):
        return [_wrong(item, top=False) for item in value] if top else {"length": len(value)}
    if isinstance(value, str):
        return [len(value)]
    return {"value": str(value)}
