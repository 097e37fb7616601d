"""Bodies of /sim calls: JSON objects whose fields have the types that a call wants."""

import json
from typing import Any

from aiohttp import web

from bot.sandbox.telegram.params import Json


class BadBodyError(ValueError):
    """The body of a /sim call is not what the call wants."""


async def read_body(request: web.Request) -> Json:
    text = await request.text()
    try:
        body = json.loads(text or "{}")
    except ValueError:
        raise BadBodyError("the body is no JSON") from None
    if not isinstance(body, dict):
        raise BadBodyError("the body is no JSON object")
    return body


def typed(value: Any, kind: type, name: str) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise BadBodyError(f"{name}: {kind.__name__} wanted")
    return value
