"""Every screen that there is, in every language, against Telegram's limits and against the real dispatcher."""

from collections.abc import Iterator

import pytest
from aiogram.types import InlineKeyboardButton

from bot.domain.refusals import Reason, RefusalFacts
from bot.i18n import Html, Languages
from bot.running import App
from bot.sandbox.telegram.html import parse_html
from bot.screens import refusals
from bot.screens.gallery import buyers, gallery
from bot.screens.screen import Screen
from bot.telegram.routers import stale
from tests.architecture.dispatching import ADMIN, BUYER, handler_of, tap

LANGUAGES = Languages.load()
IN_ONE_MESSAGE = 4096
IN_A_CAPTION = 1024
IN_A_TOAST = 200
IN_A_COPY_BUTTON = 256
ON_A_BUTTON = 64
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES.tags)


def _screens(language: str = "en") -> list[tuple[str, Screen]]:
    return list(gallery(LANGUAGES.translator(language)))


def _buttons(language: str = "en") -> Iterator[tuple[str, InlineKeyboardButton]]:
    for name, screen in _screens(language):
        yield from ((name, button) for row in screen.rows for button in row)


@EVERY_LANGUAGE
def test_every_text_is_html_that_telegram_takes_and_fits_into_one_message(language: str) -> None:
    for name, screen in _screens(language):
        shown, _ = parse_html(str(screen.text))
        fits = IN_ONE_MESSAGE if isinstance(screen.body, Html) else IN_A_CAPTION
        assert (0 if fits == IN_A_CAPTION else 1) <= len(shown.strip()) <= fits, name
        assert len(str(screen.text).encode()) <= 32_768, name


@EVERY_LANGUAGE
def test_every_keyboard_is_fit_for_a_thumb(language: str) -> None:
    for name, screen in _screens(language):
        assert all(1 <= len(row) <= 3 for row in screen.rows), name
        assert sum(len(row) for row in screen.rows) <= 40, name


@EVERY_LANGUAGE
def test_every_button_does_one_thing_within_telegrams_limits(language: str) -> None:
    for name, button in _buttons(language):
        assert 0 < len(button.text) <= ON_A_BUTTON, (name, button.text)
        assert "\n" not in button.text, (name, button.text)
        acts = button.model_dump(exclude_none=True, exclude={"text", "style"})
        assert list(acts) in (["callback_data"], ["copy_text"], ["url"]), (name, button.text)
        if button.callback_data is not None:
            assert 1 <= len(button.callback_data.encode()) <= 64, (name, button.text)
        if button.copy_text is not None:
            assert 1 <= len(button.copy_text.text) <= IN_A_COPY_BUTTON, (name, button.text)


async def test_no_button_on_any_screen_is_dead(app: App) -> None:
    for name, button in _buttons():
        if button.callback_data is not None:
            handler, _ = await handler_of(app, tap(button.callback_data), ADMIN)
            assert handler.callback is not stale.button, (name, button.text)


async def test_only_screens_of_admins_have_buttons_that_lead_others_nowhere(app: App) -> None:
    dead = set()
    for name, screen in buyers(LANGUAGES.translator("en")):
        for button in (button for row in screen.rows for button in row):
            if button.callback_data is not None:
                handler, _ = await handler_of(app, tap(button.callback_data), BUYER)
                if handler.callback is stale.button:
                    dead.add(name)
    assert dead == {"home of an admin"}


@EVERY_LANGUAGE
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_that_fit_a_message_and_a_dialog(reason: Reason, language: str) -> None:
    t = LANGUAGES.translator(language)
    facts = RefusalFacts(reason, amount=300_000, limit=20_000_000, count=3, currency="USD", wait=30)
    fewest = 10 if t.language == "en" else 3  # Chinese says a sentence in four signs
    assert len(parse_html(str(refusals.text(facts, t)))[0]) > fewest
    assert fewest < len(refusals.toast(facts, t)) <= IN_A_TOAST


def test_the_gallery_shows_each_screen_under_a_name_of_its_own() -> None:
    names = [name for name, _ in _screens()]
    assert len(set(names)) == len(names) > 50
