"""The main ways through the shop, by people of all twelve languages at once."""

from bot.domain.orders import OrderState
from bot.screens.callbacks import Buy, Close, Save, ToCountries, ToFavorites, ToHome, ToPrice, ToServices
from tests.journeys.shop import Shop
from tests.journeys.tongues import Speaker, everybody

UKRAINE = "🇺🇦"
"""On the first page of the countries in whatever order: well-known, and one of the cheapest."""


def is_number(copied: str) -> bool:
    return copied.startswith("+380")


def is_code(copied: str) -> bool:
    return copied.isdecimal()


async def to_the_price(ann: Speaker) -> None:
    """Three taps from the menu."""
    await ann.start()
    await ann.goes(ToServices)
    await ann.goes(ToCountries, saying="Telegram")
    await ann.goes(ToPrice, saying=UKRAINE)


async def buys(ann: Speaker) -> None:
    await ann.goes(Buy)
    await ann.gets(is_number)


async def test_everybody_comes_from_home_to_a_code_in_four_taps(shop: Shop) -> None:
    async def journey(ann: Speaker) -> None:
        await to_the_price(ann)
        await buys(ann)
        code = await ann.gets(is_code)
        assert code.reply_to is not None
        assert code.parts("code")[0].isdecimal(), "what is copied has nothing invisible in it"

    people = await everybody(shop, journey)
    assert len(shop.hidsim.record.purchases) == len(people) == 12


async def test_everybody_closes_a_number_and_has_paid_nothing(shop: Shop) -> None:
    shop.director.set_default_story("never")

    async def journey(ann: Speaker) -> None:
        await to_the_price(ann)
        await buys(ann)
        assert (await ann.goes(Close)).text
        await shop.has_order_in(OrderState.USER_REFUNDED, ann.id)
        assert (await shop.money(ann.id)).wallet == 0

    await everybody(shop, journey)


async def test_everybody_buys_a_favorite_in_two_taps(shop: Shop) -> None:
    async def journey(ann: Speaker) -> None:
        await to_the_price(ann)
        assert (await ann.goes(Save)).text
        await ann.goes(ToHome)
        await ann.goes(ToFavorites)
        await ann.goes(ToPrice, saying=UKRAINE)
        await buys(ann)

    await everybody(shop, journey)
