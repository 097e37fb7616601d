"""A button with a value beyond its field's bounds is no button: it answers as one of no release does, and no more."""

from typing import Any, get_args

import pytest
from aiogram.filters.callback_data import CallbackData
from pydantic.fields import FieldInfo

from bot.running import App
from bot.telegram.routers import stale
from tests.architecture.dispatching import ADMIN, BUYER, handler_of, tap
from tests.architecture.test_handlers import BUTTONS, packed

NUMBERS = ("-1", str(2**53), str(2**63), "1" + "0" * 30, "1.5", "NaN", "x")
TEXTS = ("x" * 41, "f" * 65, "x" * 5_000)
FIELDS = [(kind, place) for kind in BUTTONS for place in range(len(kind.model_fields))]


def beyond(field: FieldInfo) -> tuple[str, ...]:
    """Values that no button of ours holds in this field."""
    kinds = {field.annotation, *get_args(field.annotation)}
    kinds |= {arg for kind in kinds for arg in get_args(kind)}
    if bool in kinds or not kinds & {int, str}:
        return ("2", "maybe", "10")
    return NUMBERS if int in kinds else TEXTS


def forged(kind: type[CallbackData], place: int, value: str) -> str:
    parts = packed(kind).split(":")
    parts[place + 1] = value
    return ":".join(parts)


def values(kind: type[CallbackData], place: int) -> tuple[str, ...]:
    return beyond(list(kind.model_fields.values())[place])


def name(given: Any) -> str:
    kind, place = given
    return f"{kind.__name__}.{list(kind.model_fields)[place]}"


@pytest.mark.parametrize("field", FIELDS, ids=name)
def test_a_value_beyond_its_bounds_can_not_be_read(field: tuple[type[CallbackData], int]) -> None:
    for value in values(*field):
        with pytest.raises(ValueError):
            field[0].unpack(forged(*field, value))


async def test_a_value_beyond_its_bounds_answers_as_an_unknown_button_does(app: App) -> None:
    tried = 0
    for kind, place in FIELDS:
        for value in values(kind, place)[:3]:
            for person in (ADMIN, BUYER):
                handler, _ = await handler_of(app, tap(forged(kind, place, value)), person)
                assert handler.callback is stale.button, (kind, place, value)
                tried += 1
    assert tried > 300
