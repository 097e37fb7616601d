"""The gallery's part about settings and Help."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.domain.preferences import Preferences, QuietHours
from bot.domain.price_window import Preset
from bot.facts.people import SettingsFacts
from bot.i18n import Translator
from bot.screens import help as help_screens
from bot.screens.callbacks_of_settings import Question
from bot.screens.gallery_facts import BUYER, NOW
from bot.screens.screen import Screen
from bot.screens.settings import choices, overview

_OWN_NAMES = {"en": "English", "pt_BR": "Português", "ar": "العربية"}


def settings(t: Translator) -> Iterator[tuple[str, Screen]]:
    """(name, screen), in reading order."""
    nothing = SettingsFacts(BUYER, Preferences(), None)
    night = QuietHours(NOW + timedelta(hours=9), NOW + timedelta(hours=17))
    preferred = Preferences(quiet_numbers=True, hide_codes_after=5, window=Preset.CHEAPEST)
    some = SettingsFacts(replace(BUYER, chosen_language="en"), preferred, night)
    anything = replace(some, preferences=replace(preferred, window=Preset.ANY, hide_codes_after=1))
    for name, facts in (("nothing set", nothing), ("much set", some), ("any price", anything)):
        yield f"settings, {name}", overview.settings(facts, 30, t)
    yield "language", choices.languages(None, _OWN_NAMES, t)
    yield "language, chosen", choices.languages("pt_BR", _OWN_NAMES, t)
    for name, facts in (("nothing set", nothing), ("set", some)):
        yield f"hide codes, {name}", choices.hiding(facts, t)
        yield f"usual price, {name}", choices.usual_price(facts, t)
        yield f"quiet hours, {name}", choices.resting(facts, t)
    yield "help", help_screens.help_screen(t)
    for question in Question:
        yield f"help: {question.name.lower().replace('_', ' ')}", help_screens.answer(question, 30, t)
