"""From /start to the code, by tapping labels, in both dialects of HidSim's contract."""

from tests.journeys.shop import Shop
from tests.journeys.steps import BOTH, to_the_price


@BOTH
async def test_four_taps_lead_from_home_to_a_number_and_its_code(shop: Shop) -> None:
    ann = shop.person()
    await to_the_price(ann)
    await ann.tap("Buy · up to")
    await ann.sees("📞")
    code = await ann.sees_button("Copy code")
    assert len(shop.hidsim.record.purchases) == 1
    assert code.reply_to is not None
    await ann.sees("the code came. You paid")
