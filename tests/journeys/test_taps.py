"""How far it is: the taps and messages of each way from Home to a number's price."""

from tests.journeys.shop import Shop, Thumb
from tests.journeys.steps import BUY

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
