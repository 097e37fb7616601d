"""Typing on admins' screens: what stands there is meant, and no number is for sale by it."""

from pathlib import Path

from tests.journeys.shop import open_shop


async def test_what_is_typed_on_the_lists_of_admins_finds_what_they_list(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        ann, ada = shop.person(first_name="Ann"), shop.admin()
        await ann.searches("/start")
        await ada.searches("/orders")
        assert "There is no such order." in (await ada.searches("17")).text
        await ada.searches("/audit")
        found = await ada.searches("ann")
        assert "1 person" in found.text
        await ada.tap("Ann", message=found)
        await ada.sees("Here since")
        assert "1 person" in (await ada.searches("ann")).text


async def test_a_limit_may_be_typed_and_taken_back(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        ann, ada = shop.person(), shop.admin()
        await ann.searches("/start")
        await ada.searches("/users")
        found = await ada.searches(str(ann.id))
        await ada.presses(f"pe1:{ann.id}:::", found)
        await ada.tap_seen("Limits")
        assert "Tap a limit first." in (await ada.searches("5")).text
        await ada.tap_seen("Closes")
        await ada.sees("Tap what it may be, or type it.")
        assert "I can't read that as this limit." in (await ada.searches("telegram")).text
        assert "Before, it was as for everybody." in (await ada.searches("0")).text
        await ada.tap_seen("Undo")
        await ada.sees("Before, it was 0.")


async def test_another_amount_may_be_typed_where_credit_is_asked_back(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid") as shop:
        ann, ada = shop.person(), shop.admin()
        await ann.searches("/start")
        await ada.searches(f"/credit {ann.id} 5")
        assert "→ $4.90" in (await ada.searches("4.90")).text
        await ada.tap_seen("Confirm")
        await ada.sees("added to the wallet")
        refused = await ada.searches(f"/debit {ann.id} 5")
        await ada.tap("Take all · $4.90", message=refused)
        await ada.sees("→ $0.00")
