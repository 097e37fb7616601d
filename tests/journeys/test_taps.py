"""How far it is: the taps and messages of each way from Home to a number's price."""

from tests.journeys.shop import Shop, Thumb
from tests.journeys.steps import BUY, asks_the_price, buys

BRAZIL = "Telegram · 🇧🇷 Brazil"


class Counting:
    """One menu on which a person taps, and how often they did."""

    def __init__(self, ann: Thumb) -> None:
        self.ann = ann
        self.taps = self.messages = 0

    async def types(self, text: str, shows: str) -> None:
        self.messages += 1
        sent = await self.ann.say(text)
        await self.ann.sees(shows, since=sent)

    async def taps_on(self, label: str, shows: str) -> None:
        self.taps += 1
        await self.ann.tap_seen(label)
        await self.ann.sees(shows)


async def test_from_home_to_brazils_price_are_three_taps_and_one_more_buys(shop: Shop) -> None:
    way = Counting(shop.person())
    await way.ann.start()
    await way.taps_on("Buy a number", "Which service is the number for?")
    await way.taps_on("Telegram", "Telegram: which country?")
    await way.taps_on("Brazil", BRAZIL)
    assert (way.taps, way.messages) == (3, 0)
    await way.taps_on(BUY.partition(" ")[0], "📞")
    assert way.taps == 4


async def test_or_one_message(shop: Shop) -> None:
    way = Counting(shop.person())
    await way.ann.start()
    await way.types("telegram brazil", BRAZIL)
    assert (way.taps, way.messages) == (0, 1)
    await way.taps_on(BUY.partition(" ")[0], "📞")
    assert (way.taps, way.messages) == (1, 1)


async def test_a_country_far_down_the_list_is_one_message_away(shop: Shop) -> None:
    way = Counting(shop.person())
    await way.ann.start()
    await way.taps_on("Buy a number", "Which service is the number for?")
    await way.taps_on("Telegram", "Telegram: which country?")
    await way.types("polska", "Telegram · 🇵🇱 Poland")
    assert (way.taps, way.messages) == (2, 1)


async def test_the_same_again_is_two_taps_from_a_code(shop: Shop) -> None:
    way = Counting(shop.person())
    await buys(way.ann)
    await way.ann.sees_button("Copy code")
    await way.taps_on("Same again", "You'll pay")
    way.taps += 1
    await way.ann.tap(BUY)
    await way.ann.sees("#2")
    assert (way.taps, way.messages) == (2, 0)
    await way.ann.waits_until(lambda: len(way.ann.codes()) == 2, "a second code")


async def test_a_favorite_is_three_taps_from_home(shop: Shop) -> None:
    way = Counting(shop.person())
    await asks_the_price(way.ann)
    await way.ann.tap("Save")
    await way.ann.start()
    await way.taps_on("Favorites", "Tap one to buy it again")
    await way.taps_on("Telegram 🇧🇷", BRAZIL)
    await way.taps_on(BUY, "📞")
    assert (way.taps, way.messages) == (3, 0)


async def test_another_country_after_no_number_is_three_taps(shop: Shop) -> None:
    shop.director.set_default_story("no_number")
    way = Counting(shop.person())
    await way.ann.tap(BUY, message=await asks_the_price(way.ann))
    await way.ann.sees("No number was free")
    shop.director.set_default_story("quick")
    await way.taps_on("Other countries", "Telegram: which country?")
    await way.taps_on("Ukraine", "Telegram · 🇺🇦 Ukraine")
    await way.taps_on(BUY, "📞")
    assert (way.taps, way.messages) == (3, 0)


async def test_trying_again_after_no_number_is_two_taps(shop: Shop) -> None:
    shop.director.set_default_story("no_number")
    way = Counting(shop.person())
    await way.ann.tap(BUY, message=await asks_the_price(way.ann))
    shop.director.set_default_story("quick")
    await way.taps_on("Try again", "You'll pay")
    await way.taps_on(BUY, "📞")
    assert (way.taps, way.messages) == (2, 0)
