"""Every other shape that the contract says a client must bear, all at once, chosen by ids so that runs repeat."""

import itertools
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.sandbox.hidsim.catalog import Country, Service
from bot.sandbox.hidsim.dialects.shape import Act, Json, Page, User
from bot.sandbox.hidsim.errors import ApiError
from bot.sandbox.hidsim.offers import Offer
from bot.sandbox.hidsim.operation import Operation, Sms

PAGE = 100
PRODUCTS_PAGE = 25
"""Smaller, so that a pair's offers fill more than one page."""

_CODE_KEYS = ("iso2", "iso", "countryCode", None)
_STOCK_KEYS = ("quantity", "count", "available", None)
_TEXT_KEYS = (("body", "sender", "receivedAt"), ("text", "from", "date"), ("message", "sender", "createdAt"))


class Variant:
    """What is unknown is left out, never null."""

    created_status = 200
    expired_status = 403

    def __init__(self) -> None:
        self._user_under = itertools.cycle(("data", "user"))

    def signed_in(self, token: str, user: User, renewed: bool) -> Json:
        return {"data": {"jwt" if renewed else "access_token": token, "user": _user(user)}}

    def me(self, user: User) -> Json:
        return {next(self._user_under): _user(user)}

    def countries(self, items: Sequence[Country], page: Page) -> Json:
        pages = -(-len(items) // PAGE)
        shown = [_country(one) for one in _cut(items, page, PAGE)]
        return {"data": shown, "page": page.number, "totalPages": pages, "total": len(items), "limit": PAGE}

    def services(self, items: Sequence[Service], page: Page) -> Json:
        more = page.number * PAGE < len(items)
        return {"docs": [_service(one) for one in _cut(items, page, PAGE)], "page": page.number, "hasNextPage": more}

    def found(self, items: Sequence[Service], page: Page) -> Json:
        more = page.number * PAGE < len(items)
        return {
            "services": [_service(one) for one in _cut(items, page, PAGE)],
            "hasNextPage": more,
            "page": page.number,
        }

    def products(self, items: Sequence[Offer], page: Page) -> Json:
        more = page.number * PRODUCTS_PAGE < len(items)
        shown = [_product(one) for one in _cut(items, page, PRODUCTS_PAGE)]
        return {"results": shown, "next": page.next_address if more else None}

    def operation(self, operation: Operation, user: User, act: Act) -> Json:
        odd = operation.short_id % 2 == 1
        facts: dict[str, Any] = {
            "_id": operation.object_id,
            "id": operation.short_id,
            "status": operation.state,
            "phone" if odd else "phoneNumber": operation.number and operation.number.removeprefix("+"),
            "code": operation.code,
            "message": operation.message,
            "cost" if odd else "amount": str(operation.price),
            "_service": _service(operation.offer.service),
            "_country": _country(operation.offer.country),
            "_user": _user(user),
            "createdAt": _milliseconds(operation.created_at),
            "updatedAt": _milliseconds(operation.updated_at),
            "expiresAt": _milliseconds(operation.expires_at),
        }
        known = {key: value for key, value in facts.items() if value is not None}
        if operation.messages:
            known["messages"] = [_sms(sms, operation.short_id + place) for place, sms in enumerate(operation.messages)]
        return {"data" if act in {"purchase", "read"} else "operation": known, "success": True}

    def error(self, error: ApiError) -> tuple[Json, dict[str, str]]:
        body: dict[str, Any] = {"error": error.message, "code": error.code}
        if error.status == 400:
            body["error"] = [error.message, "See the reference"]
        elif error.status == 404:
            body = {"message": [error.message]}
        if error.retry_after is not None:
            body["retryAfter"] = Decimal(repr(round(error.retry_after, 3)))
        return body, {}


def _cut(items: Sequence[Any], page: Page, size: int) -> Sequence[Any]:
    return items[(page.number - 1) * size : page.number * size]


def _user(user: User) -> Json:
    return {"_id": user.object_id, "id": user.short_id, "email": user.email, "balance": str(user.balance)}


def _country(country: Country) -> Json:
    facts = {"_id": country.object_id, "id": country.short_id, "name": country.name}
    key = _CODE_KEYS[country.index % len(_CODE_KEYS)]
    return facts if key is None else {**facts, key: country.code}


def _service(service: Service) -> Json:
    return {"_id": service.object_id, "id": service.short_id, "name": service.name, "icon": None}


def _product(offer: Offer) -> Json:
    facts = {
        "_id": offer.object_id,
        "id": offer.short_id,
        "_service": _service(offer.service),
        "_country": _country(offer.country),
        "price": str(offer.price),
        "name": offer.name,
    }
    key = _STOCK_KEYS[offer.short_id % len(_STOCK_KEYS)]
    return facts if key is None else {**facts, key: offer.stock}


def _sms(sms: Sms, turn: int) -> Json:
    """Strings and objects take turns, and so do the objects' keys."""
    if turn % 2 == 0:
        return sms.text
    text, sender, date = _TEXT_KEYS[turn // 2 % len(_TEXT_KEYS)]
    facts = {text: sms.text, sender: sms.sender, date: _milliseconds(sms.received_at)}
    return facts if sms.code is None else {**facts, "code": sms.code}


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
