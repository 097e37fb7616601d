"""Lists: a bare array, or an object around it that may tell of more pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from bot.hidsim import wire
from bot.hidsim.values import Json, present, readable, text

MOST_PAGES = 200


@dataclass(frozen=True, slots=True)
class Page:
    """The items of one answer, and the query parameters of the next one, if there is one."""

    items: list[Json]
    following: dict[str, str] | None


def page(answer: Json, resource: str) -> Page | None:
    """None when there is no list in it. `resource` is the list's own name in the envelope, such as `countries`.

    Of several lists the first that holds something counts.
    """
    if isinstance(answer, list):
        return Page(answer, None)
    found = list(_lists(answer, (*wire.ITEMS, resource), 2))
    filled = next((one for one in found if one.items), None)
    best = filled or next(iter(found), None)
    if best is None or best.following is not None or not isinstance(answer, Mapping):
        return best
    return Page(best.items, _following(answer))


def _lists(envelope: Json, names: tuple[str, ...], depth: int) -> Iterator[Page]:
    """The lists of this envelope, then those of the envelopes in it."""
    if depth == 0 or not isinstance(envelope, Mapping):
        return
    inner = list(present(envelope, names))
    yield from (Page(value, _following(envelope)) for value in inner if isinstance(value, list))
    for value in inner:
        yield from _lists(value, names, depth - 1)


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
    current, last = readable(facts, wire.PAGE_NUMBER, _whole), readable(facts, wire.TOTAL_PAGES, _whole)
    following = readable(facts, wire.NEXT, _next_query)
    if following is not None:
        return following
    if readable(facts, wire.HAS_NEXT, _yes) or readable(facts, wire.NEXT, _yes):
        return {wire.PAGE: str((current or 1) + 1)}
    if current is not None and last is not None and current < last:
        return {wire.PAGE: str(current + 1)}
    return None


def _next_query(value: Json) -> dict[str, str] | None:
    """The next page as a number, or as an address."""
    number = _whole(value)
    if number is not None:
        return {wire.PAGE: str(number)}
    return _query(value) if isinstance(value, str) else None


def _yes(value: Json) -> bool | None:
    """None also for no: another spelling may say yes."""
    return True if value is True or (text(value) or "").lower() == "true" else None


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
