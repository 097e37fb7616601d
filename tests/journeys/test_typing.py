"""Typing where one is: a country on the step of countries, a maximum on the price, elsewhere a search."""

import pytest

from bot.sandbox.person import ChatMessage
from tests.journeys.shop import Shop, Thumb, World, running, settings_for
from tests.journeys.steps import BOTH, buys, names_of

BRAZIL, INDIA = "Telegram · 🇧🇷 Brazil", "Telegram · 🇮🇳 India"


def maximum(message: ChatMessage) -> str:
    """What the Buy button says that the number costs at most."""
    return next(label.rpartition(" ")[2] for label in message.labels if "Buy · " in label)


async def at_the_countries(ann: Thumb) -> ChatMessage:
    found = await ann.searches("telegram")
    await ann.tap("Telegram", message=found)
    return await ann.sees("Telegram: which country?", since=found.message_id - 1)


@BOTH
async def test_a_country_typed_on_the_step_of_countries_picks_it(shop: Shop) -> None:
    ann = shop.person()
    for text in ("brazil", "Бразилия", "BR", "🇧🇷", "+55", "brasilien", "البرازيل", "巴西", "brazl", "in brazil"):
        await at_the_countries(ann)
        assert BRAZIL in (await ann.searches(text)).text, text


async def test_a_country_may_be_typed_with_its_maximum(shop: Shop) -> None:
    ann = shop.person()
    await at_the_countries(ann)
    price = await ann.searches("brazil max 0,3")
    assert BRAZIL in price.text
    assert maximum(price) == "$0.30"


async def test_back_from_a_typed_country_leads_to_the_countries(shop: Shop) -> None:
    ann = shop.person()
    countries = await at_the_countries(ann)
    price = await ann.searches("brazil")
    await ann.tap("Back", message=price)
    again = await ann.sees("Telegram: which country?", since=price.message_id - 1)
    assert again.labels[:8] == countries.labels[:8]


async def test_a_word_that_names_no_country_is_said_above_the_same_list(shop: Shop) -> None:
    ann = shop.person()
    countries = await at_the_countries(ann)
    told = await ann.searches("<b>atlantis")
    assert told.text == (
        "Telegram: which country?\nI know no country called “<b>atlantis”. Pick one, or type it another way."
    )
    assert names_of(told) == names_of(countries) != []
    assert BRAZIL in (await ann.searches("brazil")).text


async def test_a_service_typed_on_the_step_of_countries_is_searched(shop: Shop) -> None:
    ann = shop.person()
    await at_the_countries(ann)
    assert (await ann.searches("whatsapp")).text == "Found for “whatsapp”:"
    await at_the_countries(ann)
    assert "WhatsApp · 🇧🇷 Brazil" in (await ann.searches("whatsapp brazil")).text


@BOTH
async def test_a_number_typed_on_the_price_sets_the_maximum(shop: Shop) -> None:
    ann = shop.person()
    await ann.searches("telegram brazil")
    for text in ("0.3", "$0.3", "0,3", "max 0.3", "до 0.3", "up to 0.3 usd", "≤0.3"):
        price = await ann.searches(text)
        assert BRAZIL in price.text, text
        assert maximum(price) == "$0.30", text


async def test_a_country_typed_on_the_price_changes_the_country_and_keeps_the_service(shop: Shop) -> None:
    ann = shop.person()
    await ann.searches("telegram brazil")
    assert INDIA in (await ann.searches("india")).text
    assert BRAZIL in (await ann.searches("+55 0.3")).text
    assert (await ann.searches("whatsapp")).text == "Found for “whatsapp”:"


async def test_a_number_that_can_be_no_price_is_answered_with_what_is_wanted(shop: Shop) -> None:
    ann = shop.person()
    await ann.searches("telegram brazil")
    for text in ("0", "99999", "-1", "0.0.3"):
        told = await ann.searches(text)
        assert told.text == "That can't be a price. Type the most you want to pay, for example 0.3.", text
    assert maximum(await ann.searches("0.3")) == "$0.30"


async def test_a_service_with_a_maximum_asks_for_the_country_and_takes_the_maximum_along(shop: Shop) -> None:
    ann = shop.person()
    for text in ("telegram 0.3", "telegram max 0.3", "до 0,3 телеграм"):
        countries = await ann.searches(text)
        assert countries.text.startswith("Telegram for $0.30 or less: which country?"), text
    await ann.tap("Ukraine", message=countries)  # on the first page also when all prices are there
    assert maximum(await ann.sees("Telegram · 🇺🇦 Ukraine", since=countries.message_id - 1)) == "$0.30"
    await ann.tap("Back", message=countries)
    await ann.sees("Telegram for $0.30 or less", since=countries.message_id - 1)
    assert "$0.30" in (await ann.searches("india")).text


@pytest.mark.parametrize(
    "text", ["telegram brazil max 0.3", "telegram +55 0.3", "hasta 0.3 telegram brasil", "tg br ≤ 0.3"]
)
async def test_one_message_says_service_country_and_maximum(shop: Shop, text: str) -> None:
    price = await shop.person().searches(text)
    assert BRAZIL in price.text
    assert maximum(price) == "$0.30"


async def test_after_another_menu_or_a_purchase_typing_searches_again(shop: Shop) -> None:
    ann = shop.person()
    await at_the_countries(ann)
    await ann.searches("/menu")
    assert "For which service?" in (await ann.searches("brazil")).text
    await buys(ann)
    assert "For which service?" in (await ann.searches("brazil")).text


async def test_where_one_is_outlives_a_restart(world: World, tmp_path: object) -> None:
    settings = settings_for(world, tmp_path)  # type: ignore[arg-type]
    async with running(world, settings) as shop:
        await at_the_countries(shop.person())
    async with running(world, settings) as shop:
        assert BRAZIL in (await shop.person().searches("brazil")).text
    async with running(world, settings) as shop:
        assert maximum(await shop.person().searches("0.3")) == "$0.30"
        await shop.person().searches("/menu")
    async with running(world, settings) as shop:
        assert "For which service?" in (await shop.person().searches("brazil")).text


async def test_two_people_stand_in_two_places(shop: Shop) -> None:
    ann, ben = shop.person(), shop.person(200, first_name="Ben")
    await at_the_countries(ann)
    assert "For which service?" in (await ben.searches("brazil")).text
    assert BRAZIL in (await ann.searches("brazil")).text


async def test_after_a_refusal_the_same_words_mean_the_same_again(shop: Shop) -> None:
    ann = shop.person()
    await ann.searches("telegram brazil")
    shop.director.down(True)
    assert "try again" in (await ann.searches("india")).text
    shop.director.down(False)
    shop.server.watch.advance(minutes=1)
    assert INDIA in (await ann.searches("india")).text
