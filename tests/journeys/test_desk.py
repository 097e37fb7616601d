"""What admins look up: an order's story, the audit, an export. By buttons alone."""

import re

from tests.journeys.shop import Shop
from tests.journeys.steps import buys


async def test_an_admin_reads_an_orders_story_without_its_number(shop: Shop) -> None:
    ann, ada = shop.person(), shop.admin()
    number = await buys(ann)
    await ann.tap_seen("Another SMS")
    await ada.start()
    await ada.tap_seen("Admin")
    await ada.tap_seen("Orders")
    await ada.tap_seen("#1")
    story = await ada.sees("given out to HidSim")
    assert re.search(r"asked for another SMS · Ann 100 · HTTP 200", story.text)
    [digits] = re.findall(r"\+([\d -]{9,})", number.text)
    assert re.sub(r"\D", "", digits)[-6:] not in re.sub(r"\D", "", story.text)


async def test_an_admin_gets_a_file_and_sees_how_far_it_is(shop: Shop) -> None:
    await buys(shop.person())
    ada = shop.admin()
    await ada.start()
    await ada.tap_seen("Admin")
    await ada.tap_seen("Export")
    await ada.tap_seen("7 days · CSV")
    sent = await ada.sees("1 order, from")
    assert sent.raw["document"]["file_name"].endswith("-7-days.csv")
    await ada.sees("Done: 1 order exported")
    await ada.tap("Menu", message=sent)
