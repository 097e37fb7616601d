"""A network call inside a database transaction would keep everybody else waiting for a stranger: it is an error."""

from pathlib import Path

import pytest

from tests.journeys.shop import open_shop


async def test_neither_hidsim_nor_telegram_is_asked_inside_a_transaction(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        async with shop.app.resources.database.read():
            with pytest.raises(RuntimeError, match="network call inside"):
                await shop.app.shop.partner.balance()
            with pytest.raises(RuntimeError, match="network call inside"):
                await shop.app.front.bot.get_me()
        assert await shop.app.shop.partner.balance() is not None
