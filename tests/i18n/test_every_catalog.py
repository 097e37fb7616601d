"""Every catalog of the project says its messages with the same placeholders and tags, in all plural forms."""

import time

import pytest
from structlog.testing import capture_logs

from bot.i18n import Languages
from bot.i18n.completeness import strings_of
from bot.i18n.plurals import RULES, lone_forms
from bot.i18n.soundness import faults, is_balanced, placeholders
from tests.i18n.catalogs import FILES, begun, catalog, said

EACH = pytest.mark.parametrize("language", FILES)


@EACH
def test_translations_keep_placeholders_tags_and_plural_forms(language: str) -> None:
    lone = lone_forms(RULES[language])
    wrong = {
        message.id: list(faults(strings_of(message.id), strings_of(message.string), lone))
        for message in said(catalog(language))
    }
    assert {message: found for message, found in wrong.items() if found} == {}


@EACH
def test_the_plural_rule_is_the_languages_own(language: str) -> None:
    assert catalog(language).plural_forms == RULES[language]


def test_the_english_messages_are_sound_themselves() -> None:
    texts = [text for message in catalog("en") if message.id for text in strings_of(message.id)]
    assert len(texts) > 100
    for text in texts:
        placeholders(text)
        assert is_balanced(text), text


def test_every_catalog_loads_without_a_word_of_complaint_and_at_once() -> None:
    began = time.process_time()
    with capture_logs() as logs:
        languages = Languages.load()
    assert time.process_time() - began < 2, "a bot that starts has people waiting"
    assert logs == []
    assert set(languages.tags) == {"en", *begun()}
