"""A saved pair is one tap from its price screen."""

from pathlib import Path

from tests.journeys.shop import open_shop


async def test_a_saved_window_is_one_tap_from_the_price_and_back_leads_to_the_favorites(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        ann = shop.person()
        await ann.start()
        await ann.tap_seen("Favorites")
        await ann.sees("Nothing saved yet")
        await ann.say("telegram brazil 0.3")
        await ann.tap_seen("Save")
        await ann.say("/menu")
        await ann.tap_seen("Favorites")
        await ann.tap_seen("up to $0.30")
        await ann.sees_button("Buy · up to $0.30")
        await ann.tap("Back")
        await ann.sees("Tap one to buy it again at your price.")
        await ann.tap("Remove")
        await ann.sees("Tap one to remove it.")
        await ann.tap("🗑 Telegram")
        await ann.sees("Removed: Telegram · Brazil.\nNothing saved yet")
        await ann.tap("Undo")
        await ann.sees_button("Telegram 🇧🇷 · up to $0.30")


async def test_save_says_so_and_saving_again_takes_the_new_window(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        ann = shop.person()
        for maximum in ("0.3", "0.2"):
            sent = await ann.say(f"telegram brazil {maximum}")
            price = await ann.sees("Matching now", since=sent)
            answer = await ann.tap("Save", message=price)
            assert "Favorites" in answer.text
        await ann.say("/menu")
        await ann.tap_seen("Favorites")
        listed = await ann.sees("Tap one to buy it again")
        assert sum("up to" in label for label in listed.labels) == 1
        assert any("up to $0.20" in label for label in listed.labels)


async def test_somebody_elses_favorite_can_not_be_removed(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        ann, bob = shop.person(100), shop.person(101)
        await ann.say("telegram brazil 0.3")
        await ann.tap_seen("Save")
        await bob.start()
        await bob.sees("left to spend")
        await shop.app.front.dispatcher["favorites"].remove(bob.id, 1)
        await ann.say("/menu")
        await ann.tap_seen("Favorites")
        await ann.sees_button("up to $0.30")
