"""Admins look at figures with their thumb: a picture that becomes a table and a menu again, in one message."""

from bot.sandbox.person import ChatMessage
from tests.journeys.shop import Shop, Thumb
from tests.journeys.steps import buys


def shown(ada: Thumb) -> list[ChatMessage]:
    """What the bot's messages are in the chat, without those that Telegram was told to delete."""
    return [one for one in ada.chat() if one.from_bot]


async def to_admin(ada: Thumb) -> None:
    await ada.start()
    await ada.tap_seen("Admin")


async def test_figures_are_a_picture_that_changes_in_place_and_leads_back_to_words(shop: Shop) -> None:
    ann, ada = shop.person(), shop.admin()
    await buys(ann)
    await to_admin(ada)
    menus = len(shown(ada))
    await ada.tap_seen("Stats")
    picture = await ada.sees("Orders of the last 7 days")
    assert picture.raw["photo"]
    assert "1 order" in picture.text
    await ada.tap_seen("30 days")
    assert (await ada.sees("last 30 days")).message_id == picture.message_id
    await ada.tap_seen("Refresh")
    await ada.tap_seen("Table")
    table = await ada.sees("1 → ")
    assert "photo" not in table.raw
    await ada.tap_seen("Picture")
    await ada.sees("From the top")
    await ada.tap_seen("Back")
    await ada.sees("Everything here is also a command")
    assert len(shown(ada)) == menus  # where a picture can't become words, the words take its place


async def test_what_is_typed_what_is_tapped_and_what_a_buyer_types(shop: Shop) -> None:
    ann, ada = shop.person(), shop.admin()
    assert "Days go from 1 to 90" in (await ada.searches("/stats yesterday")).text
    assert "last 90 days" in (await ada.searches("/stats 99999")).text
    assert "Loop lag" in (await ada.searches("/status")).text
    for command in ("/stats 7", "/status", "/digest"):
        assert "Orders of" not in (said := (await ann.searches(command)).text)
        assert "Loop lag" not in said
        assert "digest" not in said.casefold()


async def test_the_hour_of_the_digest_is_one_tap(shop: Shop) -> None:
    ada = shop.admin()
    await to_admin(ada)
    await ada.tap_seen("Daily digest")
    await ada.sees("It comes at 08:00 UTC")
    await ada.tap_seen("21:00")
    await ada.sees("It comes at 21:00 UTC")
    await ada.tap_seen("Off")
    await ada.sees("It is off")


async def test_the_digest_comes_by_itself_in_the_morning(shop: Shop) -> None:
    ann, ada = shop.person(), shop.admin()
    await ada.start()
    await buys(ann)
    shop.server.watch.advance(hours=20, minutes=5)
    await shop.app.shop.digest.tell()
    digest = await ada.sees("Orders of Jan 15")
    assert "1 order" in digest.text
    assert "1 new person" in digest.text or "2 new people" in digest.text
