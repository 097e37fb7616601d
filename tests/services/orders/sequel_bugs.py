"""Bugs that are planted by hand: the laws of `sequel_laws.py` have to find each of them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest import mock

from bot.domain import sequels as domain
from bot.domain.orders import Order
from bot.domain.sequels import Sequel
from bot.services.orders import sequels as service

_successor = domain.successor


def _no_cap(order: Order, country_id: int | None, *, by_itself: bool) -> Mapping[str, Any]:
    """Goes on by itself for ever."""
    found = dict(_successor(order, country_id, by_itself=by_itself))
    return found | {"sequel": Sequel.ITSELF.value} if order.tries > 1 and by_itself else found


def _elsewhere(order: Order, country_id: int | None, *, by_itself: bool) -> Mapping[str, Any]:
    """Goes by itself where nobody asked it to."""
    found = dict(_successor(order, country_id, by_itself=by_itself))
    return found | {"country_id": order.country_id % 5 + 1} if by_itself else found


def _dearer(order: Order, country_id: int | None, *, by_itself: bool) -> Mapping[str, Any]:
    """Raises the maximum, so that the next one surely comes."""
    found = dict(_successor(order, country_id, by_itself=by_itself))
    return found | {"window": type(order.window)(order.window.low, order.window.high * 2)}


BUGS: Mapping[str, Callable[..., Mapping[str, Any]]] = {"cap": _no_cap, "country": _elsewhere, "dearer": _dearer}


@contextmanager
def planted(name: str | None) -> Iterator[None]:
    """While it lasts; None plants nothing."""
    if name is None:
        yield
        return
    with mock.patch.object(service, "successor", BUGS[name]):
        yield
