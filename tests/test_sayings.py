"""How journeys find a text by what it means, in any language, and what is English in a chat where nothing should be."""

import pytest

from bot.i18n import Languages
from bot.i18n.plurals import RULES
from tests.journeys.sayings import english_in, means

CLOSED = "↩️ <b>Closed</b>: the number is given back."


@pytest.mark.parametrize("language", RULES)
def test_a_text_means_what_one_of_its_lines_says_with_marks_of_direction_or_without(language: str) -> None:
    said = str(Languages.load().translator(language)(CLOSED).striptags())
    assert means(f"Telegram · #1\n{said}\n$0.30", language, CLOSED)
    assert means("\u2068" + said.replace(" ", " \u2069", 1), language, CLOSED)
    assert not means(f"Telegram · {said}", language, CLOSED), "it stands in the middle of another line"


def test_what_another_language_says_is_not_understood() -> None:
    assert not means("↩️ Closed: the number is given back.", "ru", CLOSED)


@pytest.mark.parametrize("text", ["History: 1 order", "History: 25 orders"])
def test_values_and_forms_of_plurals_are_whatever_they_are(text: str) -> None:
    assert means(text, "en", "<b>History</b>: {n} order")


def test_a_meaning_that_nothing_of_ours_has_is_a_mistake_of_the_test() -> None:
    with pytest.raises(KeyError):
        means("", "en", "We never say this.")


@pytest.mark.parametrize(
    "told",
    [
        "📱 Buy a number",
        "123\nYou paid nothing.",
        "✓ Try by itself",
        "Closed. You paid nothing.",
        "Buy · up to $0.30",
    ],
)
def test_a_line_or_a_label_of_ours_is_english_where_the_language_has_words_for_it(told: str) -> None:
    assert english_in("ru", [told])
    assert english_in("en", [told]) == set()


@pytest.mark.parametrize("told", ["Telegram", "SMS", "Telegram code: 12345. Do not share it with anyone.", "🇧🇷 +55 11"])
def test_names_and_what_others_wrote_are_nobodys_english(told: str) -> None:
    assert english_in("ru", [told]) == set()


def test_what_a_language_says_as_english_does_is_its_own() -> None:
    assert english_in("id", ["🏠 Menu"]) == set()
    assert english_in("es", ["🏠 Menu"])
