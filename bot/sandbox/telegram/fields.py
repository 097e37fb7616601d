"""Reading fields of JSON objects as the official server reads them: numbers and texts for each other, null never."""

from typing import Any

from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.params import whole

KINDS = {dict: "Object", list: "Array", bool: "Boolean", str: "String"}


class FieldError(ValueError):
    """A field is missing or of the wrong type; the message is the official one."""


def text_of(body: dict[str, Any], name: str) -> str:
    """A required text; a number is taken for its digits."""
    if name not in body:
        raise FieldError(f'Can\'t find field "{name}"')
    return optional_text(body, name)


def optional_text(body: dict[str, Any], name: str) -> str:
    value = body.get(name, "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise FieldError(f'Field "{name}" must be of type String')
    return str(value)


def number_of(body: dict[str, Any], name: str) -> int:
    if name not in body:
        raise FieldError(f'Can\'t find field "{name}"')
    return optional_number(body, name)


def optional_number(body: dict[str, Any], name: str) -> int:
    value = body.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise FieldError(f'Field "{name}" must be of type Number')
    return whole(str(value))


def flag_of(body: dict[str, Any], name: str) -> bool:
    value = body.get(name, False)
    if not isinstance(value, bool):
        raise FieldError(f'Field "{name}" must be of type Boolean')
    return value


def object_of(body: dict[str, Any], name: str) -> dict[str, Any]:
    if name not in body:
        raise FieldError(f'Can\'t find field "{name}"')
    value = body[name]
    if not isinstance(value, dict):
        raise FieldError(f'Field "{name}" must be of type Object')
    return value


def optional_list(body: dict[str, Any], name: str) -> list[Any]:
    value = body.get(name, [])
    if not isinstance(value, list):
        raise FieldError(f'Field "{name}" must be of type Array')
    return value


def as_object(value: Any, message: str) -> dict[str, Any]:
    """The value itself when it is a JSON object; else a 400 with this message."""
    if not isinstance(value, dict):
        raise bad_request(message)
    return value
