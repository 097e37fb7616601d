"""Rows break where a label would be cut."""

import pytest
from aiogram.types import InlineKeyboardButton
from hypothesis import given
from hypothesis import strategies as st

from bot.screens.screen import Together, rows
from bot.screens.widths import fit, pixels, room


def key(text: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data="h1")


def broken(*labels: str) -> list[list[str]]:
    return [[one.text for one in row] for row in rows([key(label) for label in labels])]


def test_what_fits_stays_in_one_row() -> None:
    assert broken("🔎 Search", "↩️ Back", "🏠 Menu") == [["🔎 Search", "↩️ Back", "🏠 Menu"]]


def test_of_three_the_last_two_stay_together() -> None:
    assert broken("🔎 Искать", "↩️ Назад", "🏠 Главное меню") == [["🔎 Искать"], ["↩️ Назад", "🏠 Главное меню"]]


def test_of_three_the_first_two_stay_together_where_the_last_two_can_not() -> None:
    assert broken("Дешёвые", "Медиана", "Любая доступная цена") == [["Дешёвые", "Медиана"], ["Любая доступная цена"]]


def test_each_stands_alone_where_no_two_fit() -> None:
    long = "İzin verildiğinde kapat"
    assert broken(long, long) == [[long], [long]]
    assert broken(long, long, long) == [[long], [long], [long]]


def test_a_stepper_is_never_broken() -> None:
    stepper = Together((key("➖"), key("Максимум 1 234,56 $"), key("➕")))
    assert rows(stepper) == (tuple(stepper),)


@given(st.lists(st.text(max_size=40), max_size=3))
def test_no_button_is_lost_or_moved_before_another(labels: list[str]) -> None:
    shown = rows([key(label) for label in labels], [])
    assert [one.text for row in shown for one in row] == labels
    assert all(len(row) == 1 or fit([one.text for one in row]) for row in shown)


@pytest.mark.parametrize("nothing", ["\u2068\u2069", "\u200d", "\ufe0f", "\u0301"])
def test_what_can_not_be_seen_takes_no_room(nothing: str) -> None:
    assert pixels(f"a{nothing}b") == pytest.approx(pixels("ab"), abs=0.5)


def test_an_accent_takes_no_more_than_its_letter() -> None:
    assert pixels("ế") == pixels("e")
    assert pixels("é") == pixels("é")


def test_a_flag_and_a_family_are_one_sign_each() -> None:
    assert pixels("🇧🇷") == pytest.approx(pixels("✅"))
    assert pixels("👩\u200d👩\u200d👧") == pytest.approx(pixels("✅"))


def test_keys_of_one_row_share_the_keyboard() -> None:
    assert [round(room(columns)) for columns in (1, 2, 3)] == [276, 125, 75]
