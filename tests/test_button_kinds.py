"""How journeys find a button by what it does."""

import pytest

from bot.sandbox.person import ChatMessage
from bot.screens.callbacks import Buy, ToHome, ToOrder, ToServices
from tests.button_kinds import ANY, copying, doing, places, read


def test_a_button_is_known_by_its_data_an_older_one_too() -> None:
    assert read("h1", ToHome) == ToHome()
    assert read("s1:3", ToServices) == ToServices(number=3)
    assert read("o1:7", ToOrder) == ToOrder(order=7)


@pytest.mark.parametrize("data", ["", "zz9", "o1", "o1:x", "o11:5", "s1:3"])
def test_what_is_no_button_of_the_kind_is_none(data: str) -> None:
    assert read(data, ToOrder) is None


def test_a_button_is_found_by_its_kind_and_the_fields_that_matter() -> None:
    low = Buy(service=1, country=2, low=0, high=5, nonce="n")
    keys = [[{"text": "ж", "callback_data": low.pack()}], [{"text": "я", "copy_text": {"text": "+55"}}]]
    message = ChatMessage(1, "", from_bot=True, raw={"reply_markup": {"inline_keyboard": keys}})
    assert places(message, doing(Buy, country=2)) == [(0, 0)]
    assert places(message, doing(Buy, country=3)) == []
    assert places(message, doing(Buy, country=ANY)) == [(0, 0)]
    assert places(message, doing(Buy, plan=ANY)) == []
    assert places(message, doing(ToHome)) == []
    assert places(message, copying(lambda text: text.startswith("+"))) == [(1, 0)]
    assert places(ChatMessage(1, "", from_bot=True), doing(Buy)) == []
