"""The command that brings the catalogs up to date with the code."""

from pathlib import Path

import pytest

from bot.i18n import Languages
from bot.i18n.extract import main

SCREEN = """
def screen(t):
    # NOTE: a button
    t.plain("Menu")
    t("Hello <b>{who}</b>, "
      "welcome", who="you")
    t.n("{n} offer", "{n} offers", 5)
    t.p("verb", "Order")
    t("Sold out")
    other("not for people")
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for package in ("screens", "telegram", "jobs", "services"):
        (tmp_path / "bot" / package).mkdir(parents=True)
    (tmp_path / "bot" / "screens" / "home.py").write_text(SCREEN)
    return tmp_path


def po(root: Path, language: str) -> Path:
    return root / "locales" / language / "LC_MESSAGES" / "messages.po"


def test_messages_are_read_out_of_the_code(root: Path) -> None:
    assert main([], root) == 0
    text = po(root, "en").read_text()
    for expected in (
        'msgid "Menu"', 'msgid "Hello <b>{who}</b>, welcome"', 'msgid "{n} offer"\nmsgid_plural "{n} offers"',
        'msgctxt "verb"\nmsgid "Order"', 'msgid "Sold out"', "#. NOTE: a button",
    ):  # fmt: skip
        assert expected in text
    assert "not for people" not in text


def test_a_catalog_holds_no_times_and_no_places(root: Path) -> None:
    main([], root)
    text = po(root, "en").read_text()
    assert "Date" not in text
    assert "home.py" not in text
    assert "Babel" not in text


def test_a_check_tells_whether_the_catalogs_are_up_to_date(root: Path) -> None:
    assert main(["--check"], root) == 1
    assert not po(root, "en").exists()
    main([], root)
    assert main(["--check"], root) == 0
    screen = root / "bot" / "screens" / "home.py"
    screen.write_text(screen.read_text() + '    t("Something new")\n')
    assert main(["--check"], root) == 1


def test_translations_stay_and_vanished_messages_go(root: Path) -> None:
    main([], root)
    german = po(root, "de")
    german.parent.mkdir(parents=True)
    german.write_text('msgid "Menu"\nmsgstr "Menü"\n\nmsgid "Gone"\nmsgstr "Weg"\n', encoding="utf-8")
    main([], root)
    settled = german.read_text(encoding="utf-8")
    main([], root)
    assert german.read_text(encoding="utf-8") == settled
    assert Languages.load(root / "locales").translator("de")("Menu") == "Menü"
    assert "Weg" not in german.read_text(encoding="utf-8")


def test_a_message_whose_english_changed_is_shown_in_english_until_somebody_looked(root: Path) -> None:
    main([], root)
    german = po(root, "de")
    german.parent.mkdir(parents=True)
    german.write_text('msgid "Sold outt"\nmsgstr "Ausverkauft"\n', encoding="utf-8")
    main([], root)
    assert "#, fuzzy" in german.read_text(encoding="utf-8")
    assert Languages.load(root / "locales").translator("de")("Sold out") == "Sold out"
