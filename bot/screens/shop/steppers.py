"""The buttons of the price screen that set its window: steps of its two ends, and presets."""

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton

from bot.domain.price_window import Preset, Window
from bot.facts.shop import PriceFacts
from bot.i18n import Translator
from bot.screens.labels import priced
from bot.screens.screen import Together, button
from bot.screens.shop.ways import to


def steppers(facts: PriceFacts, via: str, shown: dict[int, str], t: Translator) -> list[Together]:
    window, steps = facts.window, facts.steps
    return [
        # NOTE: stands before a price on a narrow button; four letters at most
        _stepper(facts, via, t.plain("Min"), window.low, steps.low_down, steps.low_up, shown),
        # NOTE: stands before a price on a narrow button; four letters at most
        _stepper(facts, via, t.plain("Max"), window.high, steps.high_down, steps.high_up, shown),
    ]


def _stepper(
    facts: PriceFacts,
    via: str,
    label: str,
    value: int,
    down: Window | None,
    up: Window | None,
    shown: dict[int, str],
) -> Together:
    """➖ value ➕. A stepper at its end leads to the same window: the screen stays, and nothing is dead."""
    here = facts.window
    return Together(
        (
            button("➖", to(facts, down or here, via)),
            button(priced(label, shown[value]), to(facts, here, via)),
            button("➕", to(facts, up or here, via)),
        )
    )


def presets(facts: PriceFacts, via: str, t: Translator) -> list[InlineKeyboardButton]:
    named = [
        (Preset.CHEAPEST, t.plain("Cheapest")),
        (Preset.MEDIAN, t.plain("Median")),
        (Preset.ANY, t.plain("Any price")),
    ]
    return [_preset(facts, via, preset, label) for preset, label in named]


def _preset(facts: PriceFacts, via: str, preset: Preset, label: str) -> InlineKeyboardButton:
    window = facts.ladder.preset(preset)
    return button(label, to(facts, window, via), ButtonStyle.PRIMARY if window == facts.window else None)
