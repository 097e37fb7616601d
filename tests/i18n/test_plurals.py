"""Our rules of plurals are the languages' own, as Unicode has them."""

import pytest
from babel import Locale

from bot.i18n.plurals import RULES, lone_forms, numbers_by_form
from bot.i18n.soundness import faults

ONE_IN_PLACE_OF_TWO = {"fa", "hi"}
"""Unicode gives 0 and 1 one form there. Nobody counts to nothing in our messages, and "one" may then go without {n}."""


@pytest.mark.parametrize("language", RULES)
def test_a_form_never_mixes_what_the_language_tells_apart(language: str) -> None:
    kind = Locale.parse(language).plural_form
    forms = numbers_by_form(RULES[language])
    mixed = {form for form, numbers in forms.items() if len({kind(n) for n in numbers}) > 1}
    assert mixed == ({1} if language in ONE_IN_PLACE_OF_TWO else set())


@pytest.mark.parametrize("language", RULES)
def test_the_rule_has_as_many_forms_as_it_says(language: str) -> None:
    wanted = int(RULES[language].removeprefix("nplurals=").partition(";")[0])
    assert set(numbers_by_form(RULES[language])) == set(range(wanted))


def test_a_number_may_be_left_out_where_the_form_stands_for_that_number_alone() -> None:
    assert {language: set(lone_forms(rule)) for language, rule in RULES.items() if lone_forms(rule)} == {
        "en": {0}, "ar": {0, 1, 2}, "es": {0}, "fa": {0}, "hi": {0}, "tr": {0}
    }  # fmt: skip


def test_a_form_of_several_numbers_must_name_its_number() -> None:
    source = ("{n} offer", "{n} offers")
    assert list(faults(source, ("одно", "{n} два", "{n} пять"), lone_forms(RULES["ru"])))
    assert list(faults(source, ("uma oferta", "{n} ofertas"), lone_forms(RULES["pt_BR"])))
    assert not list(faults(source, ("una oferta", "{n} ofertas"), lone_forms(RULES["es"])))
    assert list(faults(source, ("una oferta", "ofertas"), lone_forms(RULES["es"])))
