"""Lists: a bare array, or an object around it that may tell of more pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from bot.hidsim import wire
from bot.hidsim.values import Json, first, present

MOST_PAGES = 200


@dataclass(frozen=True, slots=True)
class Page:
    """The items of one answer, and the query parameters of the next one, if there is one."""

    items: list[Json]
    following: dict[str, str] | None


def page(answer: Json, resource: str) -> Page | None:
    """None when there is no list in it. `resource` is the list's own name in the envelope, such as `countries`."""
    if isinstance(answer, list):
        return Page(answer, None)
    envelope = answer
    for _ in range(2):
        if not isinstance(envelope, Mapping):
            return None
        inner = [value for value in present(envelope, (*wire.ITEMS, resource)) if isinstance(value, list | Mapping)]
        items = next((value for value in inner if isinstance(value, list)), None)
        if items is not None:
            return Page(items, _following(envelope) or _following(answer))
        envelope = inner[0] if inner else None
    return None


def _following(envelope: Mapping[str, Json]) -> dict[str, str] | None:
    for facts in _paging(envelope):
        wanted = _next(facts)
        if wanted is not None:
            return wanted
    return None


def _paging(envelope: Mapping[str, Json]) -> Iterator[Mapping[str, Json]]:
    yield envelope
    for inner in present(envelope, wire.PAGING):
        if isinstance(inner, Mapping):
            yield from _paging(inner)


def _next(facts: Mapping[str, Json]) -> dict[str, str] | None:
    current, last = _whole(first(facts, wire.PAGE_NUMBER)), _whole(first(facts, wire.TOTAL_PAGES))
    following = first(facts, wire.NEXT)
    if _whole(following) is not None:
        return {wire.PAGE: str(_whole(following))}
    if isinstance(following, str) and _query(following):
        return _query(following)
    if first(facts, wire.HAS_NEXT) is True or following is True:
        return {wire.PAGE: str((current or 1) + 1)}
    if current is not None and last is not None and current < last:
        return {wire.PAGE: str(current + 1)}
    return None


def _query(address: str) -> dict[str, str] | None:
    """The query of a next page's address. Its host and path are not followed: our token goes to HidSim alone."""
    try:
        query = parse_qsl(urlsplit(address).query, max_num_fields=20)
    except ValueError:
        return None
    return dict(query) or None


def _whole(value: Json) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9 else None
