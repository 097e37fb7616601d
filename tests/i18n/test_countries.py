"""Flags, codes behind English names, and the names under which a country is looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import code_of, country_names, flag


def test_a_flag_is_made_of_the_code() -> None:
    assert flag("BR") == flag("br") == "🇧🇷"
    assert flag("UK") == "🇬🇧"


@pytest.mark.parametrize("code", [None, "", "B", "BRA", "1X", "<b>", "бр"])
def test_without_a_sound_code_the_flag_is_white(code: str | None) -> None:
    assert flag(code) == "🏳️"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Brazil", "BR"), ("BRAZIL ", "BR"), ("USA", "US"), ("United States", "US"), ("United States of America", "US"),
        ("UK", "GB"), ("England", "GB"), ("Great Britain", "GB"), ("Russia", "RU"), ("Russian Federation", "RU"),
        ("South Korea", "KR"), ("Korea, South", "KR"), ("North Korea", "KP"), ("Viet Nam", "VN"), ("Vietnam", "VN"),
        ("Ivory Coast", "CI"), ("Cote d'Ivoire", "CI"), ("Côte d’Ivoire", "CI"), ("Czech Republic", "CZ"),
        ("Turkey", "TR"), ("Türkiye", "TR"), ("Hong Kong", "HK"), ("Macao", "MO"), ("Macau", "MO"), ("Taiwan", "TW"),
        ("Bosnia and Herzegovina", "BA"), ("Bosnia & Herzegovina", "BA"), ("Bosnia", "BA"), ("Saint Lucia", "LC"),
        ("St. Lucia", "LC"), ("Trinidad and Tobago", "TT"), ("DR Congo", "CD"), ("Congo", "CG"), ("Swaziland", "SZ"),
        ("Eswatini", "SZ"), ("North Macedonia", "MK"), ("Macedonia", "MK"), ("Myanmar", "MM"), ("Burma", "MM"),
        ("Palestine", "PS"), ("Laos", "LA"), ("Moldova", "MD"), ("Timor-Leste", "TL"), ("East Timor", "TL"),
        ("Cape Verde", "CV"), ("Guinea-Bissau", "GW"), ("Guinea", "GN"), ("Gambia", "GM"), ("The Gambia", "GM"),
        ("Kosovo", "XK"), ("Syria", "SY"), ("Iran", "IR"), ("Reunion", "RE"), ("Curaçao", "CW"), ("UAE", "AE"),
        ("Virtual 51", None), ("", None), ("World", None), ("European Union", None),
    ],
)  # fmt: skip
def test_the_code_behind_an_english_name(name: str, code: str | None) -> None:
    assert code_of(name) == code


def test_a_country_is_looked_for_by_its_names_and_nicknames() -> None:
    assert {"United States", "USA", "America"} <= country_names("US")
    assert "Brazil" in country_names("br")
    assert country_names("XX") == frozenset()


@given(st.text())
def test_any_name_and_code_are_taken_without_complaint(text: str) -> None:
    assert code_of(text) is None or len(code_of(text) or "") == 2
    assert flag(text)
