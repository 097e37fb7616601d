"""What buyers read: their shop's words, not the supplier's, not a book-keeper's, and nobody without a name."""

import re

import pytest

from bot.domain.signboard import Signboard
from bot.i18n import Languages, Translator
from bot.screens.gallery import buyers
from bot.screens.gallery_of_admins import admins
from bot.screens.screen import Screen
from tests.screens.phone import meant

NOT_FOR_BUYERS = re.compile(r"hidsim|operator|\bwindows?\b|\breserv\w*", re.IGNORECASE)
HIDSIMS_OWN = {"refusal: in HidSim's words"}
"""Screens that quote what HidSim said."""
NOBODY = Signboard()
SOMEBODY = Signboard("Example Numbers", "@example_support")


def speaking_for(shop: Signboard) -> Translator:
    languages = Languages.load()
    languages.speak_for(shop)
    return languages.translator("en")


def words(screen: Screen) -> str:
    """Everything on it that can be read."""
    return "\n".join([meant(screen), *(b.text for row in screen.rows for b in row), screen.toast or ""])


@pytest.mark.parametrize("shop", [NOBODY, SOMEBODY], ids=["no name, no contact", "name and contact"])
def test_buyers_read_neither_the_suppliers_name_nor_a_book_keepers_words(shop: Signboard) -> None:
    t = speaking_for(shop)
    found = {name: NOT_FOR_BUYERS.findall(words(screen)) for name, screen in buyers(t) if name not in HIDSIMS_OWN}
    assert {name: said for name, said in found.items() if said} == {}


def test_nobody_is_sent_to_somebody_without_a_name() -> None:
    for name, screen in buyers(speaking_for(NOBODY)):
        assert "Contact" not in words(screen), name
        assert not re.search(r"Questions\?|\{contact\}", words(screen)), name


@pytest.mark.parametrize("name", ["home", "help", "a stranger", "fault", "refusal: hidsim_sign_in"])
def test_where_somebody_has_to_be_asked_they_have_a_name(name: str) -> None:
    assert "@example_support" in words(dict(buyers(speaking_for(SOMEBODY)))[name])


def test_a_contact_that_is_an_address_is_named_and_linked() -> None:
    shop = Signboard("Example Numbers", "https://example.org/help?a=1&b=2")
    home = dict(buyers(speaking_for(shop)))["home"]
    assert "Questions? Ask https://example.org/help?a=1&b=2." in words(home)
    assert [b.url for row in home.rows for b in row if b.url] == [shop.contact]


def test_admins_know_whose_numbers_they_sell() -> None:
    assert any("HidSim" in words(screen) for _, screen in admins(speaking_for(SOMEBODY)))


ROOM = {1: 34, 2: 15, 3: 10}
"""Characters that a button of a row of so many shows at 360 pixels, about."""


def test_what_stands_on_a_button_has_room_there() -> None:
    t = speaking_for(SOMEBODY)
    front = [one for one in buyers(t) if one[0].startswith(("home", "help", "a stranger", "fault", "unknown command"))]
    for name, screen in [*front, *admins(t)]:
        for row in screen.rows:
            assert all(len(button.text) <= ROOM[len(row)] for button in row), (name, [b.text for b in row])
