"""Every screen as it is today, and that Telegram takes it as it is meant."""

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.i18n import Languages
from bot.screens.gallery import as_json, gallery
from bot.screens.screen import Screen
from tests.screens.phone import ENGLISH, check, drawn, read

SCREENS = dict(gallery(ENGLISH))
EACH = pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())


@EACH
def test_the_screen_is_as_it_was(screen: Screen, snapshot: SnapshotAssertion) -> None:
    assert drawn(screen) == snapshot


@EACH
def test_telegram_takes_the_screen_and_shows_what_is_meant(screen: Screen) -> None:
    check(screen)


def test_every_name_stands_for_one_screen() -> None:
    assert len(list(gallery(ENGLISH))) == len(SCREENS)


@pytest.mark.parametrize("language", Languages.load().tags)
def test_in_every_language_telegram_takes_every_screen(language: str) -> None:
    translator = Languages.load().translator(language)
    for _, screen in gallery(translator):
        check(screen)


def test_the_page_of_the_gallery_gets_every_screen_with_its_buttons() -> None:
    shown = as_json(ENGLISH)
    assert [one["name"] for one in shown] == list(SCREENS)
    for one, screen in zip(shown, SCREENS.values(), strict=True):
        assert one["text_html"] == str(screen.text)
        assert [[b["text"] for b in row] for row in one["keyboard"]] == [[b.text for b in row] for row in screen.rows]
        assert (one["language"], one["rtl"]) == ("en", False)


def test_names_that_look_like_markup_are_shown_as_they_are() -> None:
    text, _ = read(SCREENS["nothing found"])
    assert "“<b>x”" in text
    labels = [button.text for row in SCREENS["services"].rows for button in row]
    assert "Tom & Jerry's <b…" in labels
