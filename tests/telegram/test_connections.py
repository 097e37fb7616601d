"""The way to Telegram through an HTTP proxy."""

import pytest
from aiogram.exceptions import TelegramNetworkError

from bot.telegram.send_pacing import SendLimits
from bot.telegram.session import open_bot
from tests.hidsim.proxy import Proxy

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


async def refusal(proxy: str) -> str:
    bot = open_bot(TOKEN, "https://telegram.invalid", SendLimits(), lambda _: None, proxy=proxy)
    try:
        with pytest.raises(TelegramNetworkError) as caught:
            await bot.get_me()
    finally:
        await bot.session.close()
    return f"{caught.value!r} {caught.value} {caught.value.__cause__!r}"


async def test_telegram_is_asked_through_the_proxy() -> None:
    async with Proxy() as proxy:
        await refusal(proxy.with_credentials())
        assert set(proxy.asked) == {"CONNECT telegram.invalid:443 HTTP/1.1"}
        assert any(line.startswith("Proxy-Authorization: Basic ") for line in proxy.heads[0])


async def test_a_proxy_that_refuses_is_the_networks_failure_and_its_credentials_go_nowhere() -> None:
    async with Proxy(answer=b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n") as proxy:
        said = await refusal(proxy.with_credentials())
    assert "407" in said
    assert "proxy-secret" not in said
