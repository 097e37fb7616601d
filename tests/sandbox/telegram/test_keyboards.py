"""Inline keyboards: what is taken, what is dropped, what is refused."""

import pytest

from bot.sandbox.person import Person
from tests.sandbox.telegram.wire import Json, Wire, button, keyboard

PARSE = "can't parse inline keyboard button: "


@pytest.mark.parametrize(
    "given",
    [
        button(callback_data="é" * 32),
        button(copy_text={"text": "x" * 256}),
        button(disabled={}),
        button(switch_inline_query=""),
        button(switch_inline_query_current_chat="tel"),
        button(web_app={"url": "https://hidsim.com/"}),
        button(url="tg://resolve?domain=x"),
        button(callback_data="x", style="primary"),
    ],
)
async def test_buttons_that_telegram_takes(wire: Wire, ann: Person, given: Json) -> None:
    sent = await wire.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=keyboard([given]))
    assert sent["reply_markup"] == keyboard([given])


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (button(callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (button(callback_data=""), PARSE + "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x"}, PARSE + "Text buttons are unallowed in the inline keyboard"),
        ({"callback_data": "x"}, PARSE + 'Can\'t find field "text"'),
        ("x", PARSE + "InlineKeyboardButton must be an Object"),
        (button(callback_data="x", style="purple"), PARSE + "invalid button style specified"),
        (button(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
        (button(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (button(copy_text="x"), PARSE + 'Field "copy_text" must be of type Object'),
        (button(url=None), PARSE + 'Field "url" must be of type String'),
        (button(url="x"), "inline keyboard button URL 'x' is invalid: Wrong HTTP URL"),
        (button(url="ftp://x.org"), "inline keyboard button URL 'ftp://x.org' is invalid: Unsupported URL protocol"),
        (
            button(web_app={"url": "http://x.org"}),
            "inline keyboard button Web App URL 'http://x.org' is invalid: Only HTTPS links are allowed",
        ),
    ],
)
async def test_buttons_that_telegram_refuses(wire: Wire, ann: Person, given: object, error: str) -> None:
    refused = await wire.error("sendMessage", chat_id=ann.id, text="x", reply_markup={"inline_keyboard": [[given]]})
    assert refused == f"400 Bad Request: {error}"


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ([], "object expected as reply markup"),
        ({"inline_keyboard": {}}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": [{}]}, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
        ({"inline_keyboard": None}, 'field "inline_keyboard" must be of type Array'),
        (keyboard([button()] * 9), "reply markup is too long"),
        (keyboard(*[[button()]] * 101), "reply markup is too long"),
    ],
)
async def test_markup_that_telegram_refuses(wire: Wire, ann: Person, markup: object, error: str) -> None:
    refused = await wire.error("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert refused == f"400 Bad Request: {error}"


async def test_eight_in_a_row_and_a_hundred_in_all_are_taken(wire: Wire, ann: Person) -> None:
    markup = keyboard(*[[button()] * 8] * 12, [button()] * 4)
    sent = await wire.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert sum(map(len, sent["reply_markup"]["inline_keyboard"])) == 100


async def test_a_button_with_an_empty_text_is_dropped_without_a_word(wire: Wire, ann: Person) -> None:
    markup = keyboard([button(""), button("Go")], [button("")])
    sent = await wire.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert ann.screen().buttons == [["Go"]]
    empty = await wire.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=keyboard([button("")]))
    assert "reply_markup" in sent
    assert "reply_markup" not in empty


async def test_a_style_is_read_in_any_case(wire: Wire, ann: Person) -> None:
    markup = keyboard([button(callback_data="x", style="SUCCESS")])
    sent = await wire.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert sent["reply_markup"]["inline_keyboard"][0][0]["style"] == "success"
