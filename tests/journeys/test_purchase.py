"""From /start to the code, by tapping labels, in both dialects of HidSim's contract."""

from pathlib import Path

import pytest

from tests.journeys.shop import Dialect, Thumb, open_shop

BOTH = pytest.mark.parametrize("dialect", ["canonical", "variant"])


async def to_the_price(ann: Thumb) -> None:
    await ann.start()
    await ann.tap_seen("Buy a number")
    await ann.tap_seen("Telegram")
    await ann.tap_seen("Brazil")
    await ann.sees("in stock")


@BOTH
async def test_four_taps_lead_from_home_to_a_number_and_its_code(tmp_path: Path, dialect: Dialect) -> None:
    async with open_shop(tmp_path, dialect) as shop:
        ann = shop.person()
        await to_the_price(ann)
        await ann.tap("Buy · up to")
        await ann.sees("📞")
        code = await ann.sees("🔑")
        assert len(shop.hidsim.record.purchases) == 1
        assert code.reply_to is not None
        await ann.sees("the code came. You paid")
