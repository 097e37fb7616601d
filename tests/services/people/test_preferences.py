"""What people set for themselves is theirs alone, remembered, and gone when they delete their data."""

from bot.domain.preferences import Preferences
from bot.domain.price_window import Preset
from tests.services.floor import ANN, BEN, Floor


async def test_who_set_nothing_has_what_is_usual(floor: Floor) -> None:
    assert await floor.shop.preferences.of(ANN) == Preferences()


async def test_one_thing_is_set_and_the_others_stay(floor: Floor) -> None:
    await floor.bought()
    await floor.shop.preferences.set(ANN, quiet_numbers=True)
    await floor.shop.preferences.set(ANN, window=Preset.ANY, hide_codes_after=5)
    assert await floor.shop.preferences.of(ANN) == Preferences(True, 5, Preset.ANY)
    assert floor.shop.preferences.remembered(ANN) == Preferences(True, 5, Preset.ANY)
    assert await floor.shop.preferences.of(BEN) == Preferences()


async def test_deleted_data_takes_them_along(floor: Floor) -> None:
    await floor.shop.preferences.set(ANN, hide_codes_after=5)
    assert (await floor.shop.preferences.of(ANN)).hide_codes_after == 5
    ann = await floor.people.get(ANN)
    assert ann is not None
    await floor.shop.forgetting.forget(ann)
    assert await floor.shop.preferences.of(ANN) == Preferences()
