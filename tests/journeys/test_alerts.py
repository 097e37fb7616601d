"""What admins are told without asking, the button under it, and the word that it is over."""

from dataclasses import replace
from pathlib import Path

from tests.journeys.shop import ADMIN, QUICK, Shop, World, open_shop, running, settings_for
from tests.journeys.steps import BUY, asks_the_price, buys

OTHER = 901


async def refused(shop: Shop) -> None:
    """Ann wants to buy, and HidSim's balance does not suffice."""
    ann = shop.person()
    price = await asks_the_price(ann)
    shop.director.set_balance("0")
    await ann.tap(BUY, message=price)
    await ann.sees("The shop can't buy this number right now")


async def test_an_empty_balance_is_told_with_the_way_to_it_and_its_end(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="shared") as shop:
        ada = shop.admin()
        await ada.start()
        await refused(shop)
        alert = await ada.sees("balance is too low for a purchase")
        assert alert.text.startswith("🚨")
        await ada.tap("Balance", message=alert)
        await ada.sees("HidSim balance: $0.00")
        shop.director.set_balance("50")
        await buys(shop.person())
        over = await ada.sees("does not keep people from buying any more")
        assert over.text.startswith("✅ Over")


async def test_a_pause_names_who_made_it_to_the_others_who_may_end_it(tmp_path: Path) -> None:
    async with open_shop(tmp_path, admin_ids=frozenset({ADMIN, OTHER})) as shop:
        ada, eve = shop.admin(), shop.person(OTHER, first_name="Eve")
        for one in (ada, eve):
            await one.start()
        await ada.say("/resume")
        await ada.sees("People can buy. There is nothing to resume")
        await ada.say("/pause")
        await ada.tap_seen("Confirm")
        alert = await eve.sees("Ada paused buying")
        sent = await ada.say("/pause")
        already = await ada.sees("Buying is paused already", since=sent)
        assert "paused by Ada" in already.text
        assert not any("Confirm" in label for label in already.labels)
        await ada.tap("Buying", message=already)
        stale = await ada.sees("Let people buy again?", since=sent)
        await eve.tap("Buying", message=alert)
        await eve.tap_seen("Confirm")
        await eve.sees("People can buy again")
        await ada.sees("Eve resumed it")
        await eve.say("/pause")
        await eve.tap_seen("Confirm")
        answer = await ada.tap("Confirm", message=stale)
        assert "paused anew" in answer.text
        assert ada.seen("paused buying") == 1
        assert not eve.seen("Eve resumed it")


async def test_a_low_balance_is_told_and_over_once_it_is_topped_up(tmp_path: Path) -> None:
    async with World() as server:
        server.hidsim.director.set_balance("9")
        pace = replace(QUICK, ticks={**QUICK.ticks, "watch-hidsim": 0.1, "compare": 0.1})
        async with running(server, settings_for(server, tmp_path), pace) as shop:
            ada = shop.admin()
            await ada.start()
            alert = await ada.sees("HidSim's balance is down to $9.00")
            assert any("Balance" in label for label in alert.labels)
            shop.director.set_balance("100")
            await ada.sees("HidSim's balance is high enough again")
            assert ada.seen("is down to") == 1
