"""The contract as it is assumed: bare arrays, bare objects, numbers as numbers, times in ISO 8601."""

import math
from collections.abc import Sequence
from datetime import datetime

from bot.sandbox.hidsim.catalog import Country, Service
from bot.sandbox.hidsim.dialects.shape import Act, Json, Page, User
from bot.sandbox.hidsim.errors import ApiError
from bot.sandbox.hidsim.offers import Offer
from bot.sandbox.hidsim.operation import Operation


class Canonical:
    """`__v`, `_user` and `_product` stand for the fields that nobody documented: clients must not mind them."""

    created_status = 201
    expired_status = 401

    def signed_in(self, token: str, user: User, renewed: bool) -> Json:
        return {"token": token, "user": self.me(user)}

    def me(self, user: User) -> Json:
        return {
            "_id": user.object_id,
            "id": user.short_id,
            "email": user.email,
            "balance": user.balance,
            "currency": "USD",
        }

    def countries(self, items: Sequence[Country], page: Page) -> Json:
        return [
            {"_id": one.object_id, "id": one.short_id, "name": one.name, "code": one.code, "__v": 0} for one in items
        ]

    def services(self, items: Sequence[Service], page: Page) -> Json:
        return [{"_id": one.object_id, "id": one.short_id, "name": one.name, "__v": 0} for one in items]

    def found(self, items: Sequence[Service], page: Page) -> Json:
        return self.services(items, page)

    def products(self, items: Sequence[Offer], page: Page) -> Json:
        return [
            {
                "_id": offer.object_id,
                "id": offer.short_id,
                "_service": offer.service.object_id,
                "_country": offer.country.object_id,
                "price": offer.price,
                "stock": offer.stock,
                "name": offer.name,
            }
            for offer in items
        ]

    def operation(self, operation: Operation, user: User, act: Act) -> Json:
        return {
            "_id": operation.object_id,
            "id": operation.short_id,
            "state": operation.state,
            "number": operation.number,
            "code": operation.code,
            "message": operation.message,
            "messages": [
                {"text": sms.text, "code": sms.code, "from": sms.sender, "date": _iso(sms.received_at)}
                for sms in operation.messages
            ],
            "price": operation.price,
            "_service": operation.offer.service.object_id,
            "_country": operation.offer.country.object_id,
            "_product": operation.offer.object_id,
            "_user": user.object_id,
            "createdAt": _iso(operation.created_at),
            "updatedAt": _iso(operation.updated_at),
            "expiresAt": _iso(operation.expires_at),
        }

    def error(self, error: ApiError) -> tuple[Json, dict[str, str]]:
        headers = {} if error.retry_after is None else {"Retry-After": str(max(1, math.ceil(error.retry_after)))}
        return {"message": error.message, "code": error.code}, headers


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
