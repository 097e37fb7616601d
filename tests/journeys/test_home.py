"""What one buys again is two taps away, and what one never bought is four."""

from bot.sandbox.person import Answer
from tests.journeys.shop import Shop, Thumb
from tests.journeys.steps import BUY, asks_the_price

PAIRS = ("telegram brazil", "whatsapp brazil", "google brazil", "telegram india")


class Counting(Thumb):
    """Somebody who counts."""

    taps = 0

    async def tap_seen(self, label: str) -> Answer:
        self.taps += 1
        return await super().tap_seen(label)


async def test_a_favorite_is_two_taps_from_its_number(shop: Shop) -> None:
    ann = Counting(shop.server.telegram, 100, patience=20)
    await ann.tap("Save", message=await asks_the_price(ann, "telegram brazil 0.3"))
    home = await ann.searches("/menu")
    await ann.tap_seen("⭐ Telegram 🇧🇷 · up to $0.30")
    await ann.tap_seen(BUY)
    await ann.sees("📞", since=home)
    assert ann.taps == 2


async def test_a_new_pair_is_four_taps_from_its_number(shop: Shop) -> None:
    ann = Counting(shop.server.telegram, 100, patience=20)
    home = await ann.searches("/menu")
    for label in ("Buy a number", "Telegram", "Brazil", BUY):
        await ann.tap_seen(label)
    await ann.sees("📞", since=home)
    assert ann.taps == 4


async def test_home_shows_the_three_that_were_saved_last_and_back_leads_home(shop: Shop) -> None:
    ann = shop.person()
    for pair in PAIRS:
        await ann.tap("Save", message=await asks_the_price(ann, pair))
    home = await ann.searches("/menu")
    assert [one.split(" · ")[0] for one in home.labels if "⭐" in one and "up to" in one] == [
        "⭐ Telegram 🇮🇳",
        "⭐ Google 🇧🇷",
        "⭐ WhatsApp 🇧🇷",
    ]
    await ann.tap("⭐ Google")
    await ann.sees_button("Buy")
    await ann.tap("Back")
    await ann.sees_button("⭐ Google")
