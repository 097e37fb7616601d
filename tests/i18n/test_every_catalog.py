"""Every catalog of the project says its messages with the same placeholders and tags, in all plural forms."""

from importlib.resources.abc import Traversable

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from structlog.testing import capture_logs

from bot.i18n import Languages, locales_folder
from bot.i18n.folders import catalog_files
from bot.i18n.languages import strings_of
from bot.i18n.soundness import faults, is_balanced, placeholders

FILES = catalog_files(locales_folder())


def read(name: str, file: Traversable) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream, locale=Locale.parse(name), abort_invalid=True)


@pytest.fixture(params=FILES.items(), ids=list(FILES))
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return read(*request.param)


def test_translations_keep_placeholders_tags_and_plural_forms(catalog: Catalog) -> None:
    said = [message for message in catalog if message.id and any(strings_of(message.string))]
    wrong = {message.id: list(faults(strings_of(message.id), strings_of(message.string))) for message in said}
    assert {message: found for message, found in wrong.items() if found} == {}


def test_the_plural_rule_is_the_languages_own(catalog: Catalog) -> None:
    assert catalog.num_plurals == get_plural(str(catalog.locale)).num_plurals


def test_the_english_messages_are_sound_themselves() -> None:
    catalog = read("en", FILES["en"])
    texts = [text for message in catalog if message.id for text in strings_of(message.id)]
    assert len(texts) > 100
    for text in texts:
        placeholders(text)
        assert is_balanced(text), text


def test_every_catalog_loads_without_a_word_of_complaint() -> None:
    with capture_logs() as logs:
        languages = Languages.load()
    assert logs == []
    assert set(languages.tags) == {"en", *FILES}
