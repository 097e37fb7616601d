"""Inline search, where the operator has switched it on: suggestions while one types, and nothing for strangers."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.telegram import acts
from tests.journeys.shop import ANN, Shop, open_shop
from tests.journeys.steps import asks_the_price, buys


@pytest.fixture
async def searchable(tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(tmp_path, inline_search=True) as shop:
        yield shop


def titles(answer: dict[str, Any]) -> list[str]:
    return [one["title"] for one in answer["results"]]


async def test_a_few_letters_suggest_services_and_a_choice_leads_to_its_countries(searchable: Shop) -> None:
    ann = searchable.person()
    query, answer = await ann.types_inline("tel")
    assert titles(answer)[0] == "Telegram"
    ann.chooses(query, answer["results"][0]["id"])
    await ann.sees("Telegram: which country?")


async def test_a_service_with_a_country_leads_to_its_price_and_buys_nothing(searchable: Shop) -> None:
    ann = searchable.person()
    query, answer = await ann.types_inline("телеграм brazil")
    assert titles(answer)[0] == "Telegram · 🇧🇷 Brazil"
    ann.chooses(query, answer["results"][0]["id"])
    await ann.sees_button("Buy · up to")
    assert await searchable.orders() == []


async def test_before_a_letter_stands_what_one_saved_and_bought_each_once(searchable: Shop) -> None:
    ann = searchable.person()
    assert titles((await ann.types_inline(""))[1]) == []
    await buys(ann, "whatsapp brazil")
    await ann.tap("Save", message=await asks_the_price(ann, "telegram brazil 0.3"))
    query, answer = await ann.types_inline("")
    told = [(one["title"], one["description"]) for one in answer["results"]]
    assert told == [("Telegram · 🇧🇷 Brazil", "⭐ up to $0.30"), ("WhatsApp · 🇧🇷 Brazil", "Choose a price")]
    chosen = ann.chooses(query, answer["results"][0]["id"])
    await ann.sees("Matching now", since=chosen)
    await ann.sees_button("Buy · up to $0.30")


async def test_in_another_chat_a_message_names_no_price_and_leads_to_the_bot(searchable: Shop) -> None:
    ann = searchable.person()
    await ann.tap("Save", message=await asks_the_price(ann, "telegram brazil 0.3"))
    _, answer = await ann.types_inline("", chat_type="group")
    (result,) = answer["results"]
    assert "0.3" not in str(result)
    assert "300000" not in str(result)
    (link,) = result["reply_markup"]["inline_keyboard"][0]
    assert link["url"] == f"https://t.me/hidsim_demo_bot?start={result['id']}"
    assert result["input_message_content"]["message_text"] == "📱 A number for <b>Telegram · 🇧🇷 Brazil</b>"


@pytest.mark.parametrize("odd", ["qqqqxxxx", "<b>&", "\u202e\u0000", "x" * 256, "0.3", "@@@"])
async def test_whatever_is_typed_is_answered(searchable: Shop, odd: str) -> None:
    _, answer = await searchable.person().types_inline(odd)
    assert answer["button"]["text"] == "Open the bot"


async def test_all_stands_in_the_first_part_of_the_answer(searchable: Shop) -> None:
    assert titles((await searchable.person().types_inline("tel", offset="50"))[1]) == []


async def test_a_stranger_sees_a_way_to_the_bot_and_nothing_that_is_sold(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="closed", inline_search=True) as shop:
        ben = shop.person(101)
        for text in ("", "telegram brazil 0.3"):
            _, answer = await ben.types_inline(text)
            assert answer["results"] == []
            assert answer["button"] == {"text": "Open the bot", "start_parameter": "inline"}
        await ben.start("inline")
        await ben.sees("This bot is private")


async def test_what_the_shop_does_not_sell_is_not_suggested(tmp_path: Path) -> None:
    async with open_shop(tmp_path, inline_search=True, denied_services=("Telegram",)) as shop:
        assert "Telegram" not in str(titles((await shop.person().types_inline("telegram"))[1]))


async def test_where_it_is_switched_off_nobody_is_answered(shop: Shop) -> None:
    acts.ask_inline(shop.server.telegram.state, shop.server.telegram.people.put(ANN), "telegram")
    await shop.person().lets_time_pass()
    assert not [one for one in shop.server.telegram.calls if one.method == "answerInlineQuery"]


async def test_who_has_blocked_the_bot_and_types_elsewhere_is_not_back_in_its_chat(searchable: Shop) -> None:
    ann, shop = searchable.person(), searchable.app.shop
    await ann.start()
    await ann.sees("left to spend")
    await shop.people.left(ANN)
    await ann.types_inline("tel", chat_type="group")
    known = await shop.people.get(ANN)
    assert known is not None
    assert known.unreachable_at is not None
    await ann.sees("left to spend", since=await ann.say("/menu"))
    known = await shop.people.get(ANN)
    assert known is not None
    assert known.unreachable_at is None
