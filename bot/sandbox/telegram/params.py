"""Parameters of a Bot API call, from the query, a form, multipart or JSON: all end up as text."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.sandbox.telegram.errors import bad_request

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Params:
    """Typed reading of text parameters. A missing one reads as empty text, 0 or false, as Telegram has it."""

    values: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def integer(self, name: str, default: int = 0, low: int = -(2**31), high: int = 2**31 - 1) -> int:
        """Clamped to the bounds; a badly formed number is 0."""
        if not self.has(name):
            return default
        return max(low, min(high, whole(self.text(name))))

    def json(self, name: str, what: str) -> Any:
        """The decoded value, None when the parameter is missing or empty. `what` names it in the error."""
        text = self.text(name)
        if not text:
            return None
        try:
            return json.loads(text)
        except ValueError:
            raise bad_request(f"Can't parse {what} JSON object") from None

    def loose(self, name: str) -> Any:
        """The decoded value, or None when it is missing or no JSON."""
        try:
            return json.loads(self.text(name) or "null")
        except ValueError:
            return None

    def shown(self) -> Json:
        """For the record of calls: JSON where it is JSON, names and sizes of files instead of their bytes."""
        shown: Json = {name: _decoded(text) for name, text in self.values.items()}
        shown |= {name: {"file": file.name, "size": len(file.data)} for name, file in self.files.items()}
        return shown


def whole(text: str) -> int:
    """The integer at the start of the text, 0 when there is none."""
    found = re.match(r"-?[0-9]{1,19}", text.strip())
    return int(found[0]) if found else 0


def _decoded(text: str) -> Any:
    if text[:1] in ("{", "["):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


async def read_params(request: web.Request) -> Params:
    """Query and body together; the body wins. Raises ApiError when the body can't be read or is not UTF-8."""
    values = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        values |= await _json_body(request)
    elif request.content_type == "multipart/form-data" or request.body_exists:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = Upload(value.filename, value.content_type, value.file.read())
            else:
                values[name] = value if isinstance(value, str) else bytes(value).decode(errors="replace")
    if any("\ud800" <= character <= "\udfff" for text in values.values() for character in text):
        raise bad_request("strings must be encoded in UTF-8")
    return Params(values, files)


async def _json_body(request: web.Request) -> dict[str, str]:
    text = await request.text()
    try:
        body = json.loads(text or "{}")
    except ValueError:
        raise bad_request("can't parse JSON request body") from None
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON request body")
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in body.items()
        if value is not None
    }
