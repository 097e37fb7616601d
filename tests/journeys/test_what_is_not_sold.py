"""What the operator does not sell any more, on the phone of somebody who bought it; and the guard on the admin's."""

from pathlib import Path

from tests.journeys.shop import QUICK, World, running, settings_for
from tests.journeys.steps import BUY, asks_the_price


async def test_buttons_of_before_say_that_it_is_not_sold_here(tmp_path: Path) -> None:
    async with World() as world:
        async with running(world, settings_for(world, tmp_path)) as shop:
            ann = shop.person()
            price = await asks_the_price(ann)
            await ann.tap("Save", message=price)
        denying = settings_for(world, tmp_path, denied_services="PayPal, телеграм", hidden_countries="Poland")
        async with running(world, denying, QUICK) as shop:
            ann = shop.person()
            answer = await ann.tap(BUY, message=price)
            assert answer.text == "This service isn't sold here. Choose another one."
            assert (await ann.searches("telegram")).text == answer.text
            assert "Numbers of this country aren't sold here." in (await ann.searches("whatsapp poland")).text
            listed = await ann.searches("/menu")
            await ann.tap("Favorites", message=listed)
            await ann.sees_button("Telegram 🇧🇷")
            assert (await ann.tap("Telegram 🇧🇷")).text == answer.text
            assert not world.hidsim.record.purchases


async def test_an_admin_sees_how_the_account_does_from_the_screen_of_buying(tmp_path: Path) -> None:
    async with World() as world, running(world, settings_for(world, tmp_path)) as shop:
        ada = shop.admin()
        buying = await ada.searches("/pause")
        await ada.tap("Account guard", message=buying)
        seen = await ada.sees("Too few to judge by: the guard starts at 50.")
        assert "Warns below 40%, slows down below 25%, pauses below 15%." in seen.text
        await ada.tap("Back")
        await ada.sees("People can buy. Pause buying?")
