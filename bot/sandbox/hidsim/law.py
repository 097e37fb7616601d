"""What a request must look like. Strict on purpose: what the service might forgive is refused here."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from aiohttp import web

from bot.sandbox.hidsim.book import Window
from bot.sandbox.hidsim.errors import bad_request
from bot.sandbox.hidsim.ids import is_object_id


async def json_object(request: web.Request, *, may_be_empty: bool = False) -> dict[str, Any]:
    """The body, which must be a JSON object and say so in its content type. Fractions become Decimal."""
    raw = await request.read()
    if may_be_empty and not raw:
        return {}
    if request.content_type != "application/json":
        raise bad_request("The body must be application/json")
    try:
        body = json.loads(raw, parse_float=Decimal, parse_constant=_no_constant)
    except ValueError:
        raise bad_request("The body is not valid JSON") from None
    if not isinstance(body, dict):
        raise bad_request("The body must be a JSON object")
    return body


def text_field(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise bad_request(f"{name} is required and must be text")
    return value


def relation(query: Mapping[str, str], name: str) -> str:
    """A relationship filter: required, and an `_id`, never a short id (contract)."""
    value = query.get(name)
    if value is None:
        raise bad_request(f"{name} is required")
    if not is_object_id(value):
        raise bad_request(f"{name} must be an _id")
    return value


def page_number(query: Mapping[str, str]) -> int:
    value = query.get("page", "1")
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) < 1_000_000):
        raise bad_request("page must be a number from 1")
    return int(value)


def window(body: Mapping[str, Any]) -> Window:
    """Of a purchase by service. Each part is optional; prices are numbers above 0."""
    lowest, highest = _price(body, "minPrice"), _price(body, "maxPrice")
    if lowest is not None and highest is not None and lowest > highest:
        raise bad_request("minPrice must not be greater than maxPrice")
    return Window(lowest, highest, _country_ids(body))


def _price(body: Mapping[str, Any], name: str) -> Decimal | None:
    if name not in body:
        return None
    value = body[name]
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise bad_request(f"{name} must be a number")
    if value <= 0:
        raise bad_request(f"{name} must be greater than 0")
    return Decimal(value)


def _country_ids(body: Mapping[str, Any]) -> tuple[str, ...]:
    if "_countryIds" not in body:
        return ()
    value = body["_countryIds"]
    if not isinstance(value, list) or not value:
        raise bad_request("_countryIds must be a list of _ids")
    if not all(isinstance(one, str) and is_object_id(one) for one in value):
        raise bad_request("_countryIds must be a list of _ids")
    return tuple(value)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
