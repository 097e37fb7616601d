"""Every button and command has a handler, and every handler gets what it asks for. The dispatcher is the real one."""

import inspect
from types import ModuleType
from typing import Any, get_type_hints

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.domain.access import Standing
from bot.domain.catalog import Sort
from bot.domain.exporting import SheetKind
from bot.domain.history import Part
from bot.domain.limits import LimitKind
from bot.domain.outcomes import Outcome
from bot.domain.people import Among
from bot.domain.price_window import Preset
from bot.running import App
from bot.screens import (
    callbacks,
    callbacks_of_admins,
    callbacks_of_drafts,
    callbacks_of_orders,
    callbacks_of_sequels,
    callbacks_of_settings,
    callbacks_of_sharing,
    callbacks_of_watches,
)
from bot.screens.callbacks_of_settings import Question
from bot.telegram.routers import stale
from tests.architecture.dispatching import ADMIN, every_handler, handler_of, tap


def kinds_in(module: ModuleType) -> list[type[CallbackData]]:
    return [
        kind
        for kind in vars(module).values()
        if inspect.isclass(kind) and issubclass(kind, CallbackData) and kind is not CallbackData
    ]


_FILES = (callbacks, callbacks_of_orders, callbacks_of_sequels, callbacks_of_settings, callbacks_of_sharing)
OF_EVERYBODY = list(dict.fromkeys(kind for file in _FILES for kind in kinds_in(file)))
OF_ADMINS = [kind for kind in kinds_in(callbacks_of_admins) if kind not in OF_EVERYBODY]
OF_DRAFTS = [kind for kind in kinds_in(callbacks_of_drafts) if kind not in OF_EVERYBODY]
OF_WATCHES = [kind for kind in kinds_in(callbacks_of_watches) if kind not in OF_EVERYBODY]
BUTTONS = [*OF_EVERYBODY, *OF_DRAFTS, *OF_WATCHES, *OF_ADMINS]
BIG: dict[Any, Any] = {
    int: 9_999_999_999,
    bool: True,
    str: "x" * 8,
    Sort: Sort.STOCK,
    Preset: Preset.MEDIAN,
    Question: Question.NO_CODE,
    Standing: Standing.UNKNOWN,
    SheetKind: SheetKind.XLSX,
    Among: Among.UNREACHABLE,
    LimitKind: LimitKind.OPEN_ORDERS,
    Part: Part.SERVICE,
    Outcome | None: Outcome.IN_PROGRESS,
    LimitKind | None: LimitKind.OPEN_ORDERS,
}
LONGEST = {
    "service": 99_999,
    "country": 999,
    "number": 9_999,
    "search": 9_999_999,
    "order": 99_999_999,
    "person": 2**52,
    "product": "f" * 24,
    "nonce": "x" * 8,
    "ticked": "x" * 4,
    "days": 90,
    "plan": 7,
    "seconds": 86_400,
    "hour": 23,
    "words": "x" * 32,
    "via": "cp99.q9999999",
    "language": "zh_Hans",
    "after": 60,
    "begins": 1439,
    "ends": 1439,
    "label": 9_999_999,
    "digits": "123456",
}


def _filled(kind: type[CallbackData]) -> CallbackData:
    """A button of that kind with the longest values that a big shop would put into it."""
    values: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        plain = field.annotation if field.annotation in BIG else int
        values[name] = LONGEST.get(name, BIG[plain]) if plain in (int, str) else BIG[plain]
    return kind(**values)


def packed(kind: type[CallbackData]) -> str:
    return _filled(kind).pack()


@pytest.mark.parametrize("kind", BUTTONS, ids=lambda kind: kind.__name__)
def test_a_button_fits_into_telegrams_64_bytes_even_in_a_big_shop(kind: type[CallbackData]) -> None:
    assert len(packed(kind).encode()) <= 64


def test_no_two_kinds_of_buttons_share_a_prefix_and_each_carries_a_version() -> None:
    prefixes = [kind.__prefix__ for kind in BUTTONS]
    assert len(set(prefixes)) == len(prefixes) > 10
    assert all(prefix[-1].isdigit() and prefix[:-1].isalpha() for prefix in prefixes)


async def test_every_kind_of_button_has_a_handler(app: App) -> None:
    for kind in BUTTONS:
        handler, data = await handler_of(app, tap(packed(kind)), ADMIN)
        assert handler.callback is not stale.button, kind
        assert data["callback_data"] == _filled(kind)


async def test_a_button_of_no_release_leads_home(app: App) -> None:
    for data in ("zz9:1", "h0", "p1:1", "b1:x:y:z:0:abc", "nonsense"):
        handler, _ = await handler_of(app, tap(data), ADMIN)
        assert handler.callback is stale.button, data


def _missing(handler: Any, data: dict[str, Any]) -> set[str]:
    """Names of arguments without a default, after the event, that nobody puts into the data."""
    parameters = list(inspect.signature(handler.callback).parameters.values())[1:]
    return {p.name for p in parameters if p.default is p.empty and p.name not in data}


async def test_every_handler_of_a_button_gets_all_that_it_asks_for(app: App) -> None:
    for kind in BUTTONS:
        handler, data = await handler_of(app, tap(packed(kind)), ADMIN)
        assert not _missing(handler, data), handler.callback


async def test_every_handler_of_any_update_asks_for_what_there_is(app: App) -> None:
    """`callback_data` and `command` come from a handler's own filter."""
    seen = 0
    for _, handler in every_handler(app):
        own = {f.callback.__class__.__name__ for f in handler.filters or ()}
        data = dict.fromkeys(
            [*app.front.dispatcher.workflow_data, "person", "t", "bot", "event_from_user", "event_chat"]
        )
        data |= {"callback_data": None} if "CallbackQueryFilter" in own else {}
        data |= (
            {"here": None}
            if "stands" in [f.callback.__name__ for f in handler.filters or () if hasattr(f.callback, "__name__")]
            else {}
        )
        data |= {"command": None} if own & {"Command", "CommandStart"} else {}
        assert not _missing(handler, data), handler.callback
        seen += 1
    assert seen > len(BUTTONS)


async def test_every_handler_gets_arguments_of_the_types_it_names(app: App) -> None:
    for kind in BUTTONS:
        handler, data = await handler_of(app, tap(packed(kind)), ADMIN)
        hints = get_type_hints(handler.callback)
        hints.pop("return")
        for name, wanted in list(hints.items())[1:]:
            assert isinstance(data[name], wanted), (handler.callback, name)
