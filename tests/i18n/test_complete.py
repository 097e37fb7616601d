"""A language is offered once its catalog is begun, and a catalog that is begun has to be complete."""

from pathlib import Path

import pytest

from bot.i18n import Languages
from bot.i18n.completeness import missing
from bot.i18n.extract import main
from bot.i18n.plurals import RULES
from tests.i18n.catalogs import FILES, begun, catalog

SCREEN = 'def screen(t):\n    t("Menu")\n    t("Back")\n    t.n("{n} offer", "{n} offers", 5)\n'


def test_there_is_a_catalog_for_each_of_our_languages() -> None:
    assert set(FILES) == set(RULES)


def test_exactly_the_catalogs_that_are_begun_are_offered() -> None:
    assert set(Languages.load().tags) == {"en", *begun()}


@pytest.mark.parametrize("language", sorted(set(FILES) - {"en"}))
def test_a_catalog_that_is_begun_is_complete(language: str) -> None:
    assert language not in begun() or missing(catalog(language)) == []


@pytest.fixture
def turkish(tmp_path: Path) -> Path:
    """A project of three messages with an empty Turkish catalog."""
    for package in ("screens", "telegram", "jobs", "services"):
        (tmp_path / "bot" / package).mkdir(parents=True)
    (tmp_path / "bot" / "screens" / "home.py").write_text(SCREEN)
    file = tmp_path / "locales" / "tr" / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True)
    file.write_text("")
    main([], tmp_path)
    return file


def test_an_empty_catalog_fails_no_check_and_is_offered_to_nobody(
    turkish: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = turkish.parents[3]
    assert main(["--check"], root) == 0
    assert "tr: not begun" in capsys.readouterr().out
    assert Languages.load(root / "locales").tags == ("en",)


def test_a_catalog_that_is_begun_fails_the_check_until_it_is_complete(
    turkish: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = turkish.parents[3]
    translate(turkish, "Menu", "Menü")
    assert main(["--check"], root) == 1
    assert "tr: 2 of 3 said in English: 'Back', '{n} offer'" in capsys.readouterr().out
    t = Languages.load(root / "locales").translator("tr")
    assert (t("Menu"), t("Back")) == ("Menü", "Back")
    translate(turkish, "Back", "Geri")
    said = turkish.read_text().replace('msgstr[0] ""', 'msgstr[0] "{n} teklif"')
    turkish.write_text(said.replace('msgstr[1] ""', 'msgstr[1] "{n} teklif"'))
    assert main(["--check"], root) == 0


def test_a_plural_rule_is_ours_whatever_a_catalog_says(turkish: Path) -> None:
    turkish.write_text(turkish.read_text().replace("nplurals=2", "nplurals=1"))
    main([], turkish.parents[3])
    assert f'"Plural-Forms: {RULES["tr"]}\\n"' in turkish.read_text()


def translate(file: Path, message: str, translation: str) -> None:
    text = file.read_text().replace(f'msgid "{message}"\nmsgstr ""', f'msgid "{message}"\nmsgstr "{translation}"')
    file.write_text(text)
