"""Descriptions within Telegram's limits, in every language, whatever the shop is called."""

import pytest

from bot.domain.signboard import Signboard
from bot.i18n import Languages
from bot.telegram.profile import description, short_description

LONGEST = Signboard("N" * 64, "https://example.org/" + "x" * 236)
SHOPS = [Signboard(), Signboard("Example Numbers", "@example_support"), LONGEST]


@pytest.mark.parametrize("shop", SHOPS, ids=["nobody", "usual", "longest"])
@pytest.mark.parametrize("language", Languages.load().tags)
def test_descriptions_fit_and_hold_whole_sentences(language: str, shop: Signboard) -> None:
    languages = Languages.load()
    languages.speak_for(shop)
    t = languages.translator(language)
    assert 10 < len(description(t)) <= 512
    assert 10 < len(short_description(t)) <= 120
    assert "…" not in description(t) + short_description(t)


def test_a_contact_that_has_no_room_is_left_out_whole() -> None:
    languages = Languages.load()
    languages.speak_for(LONGEST)
    assert "example.org" not in short_description(languages.translator("en"))
    assert description(languages.translator("en")).endswith(f"Ask {LONGEST.contact}.")


def test_nothing_is_said_of_a_name_or_a_contact_that_is_not_there() -> None:
    text = description(Languages.load().translator("en"))
    assert text.startswith("Get a phone number for a service")
    assert text.endswith("Tap Start to begin.")


def test_the_bots_own_name_stands_where_the_shop_has_none_and_is_made_harmless() -> None:
    languages = Languages.load()
    languages.name_the_shop(" A\u202e\n<b>" + "n" * 200)
    assert languages.translator("en").shop.name.startswith("A <b>nnn")
    assert len(languages.translator("en").shop.name) <= 64
    languages.name_the_shop("Another")
    assert languages.translator("en").shop.name.startswith("A <b>")


def test_a_name_of_the_settings_stays() -> None:
    languages = Languages.load()
    languages.speak_for(Signboard("Example Numbers", "@example_support"))
    languages.name_the_shop("bot_17")
    assert languages.translator("en").shop == Signboard("Example Numbers", "@example_support")
