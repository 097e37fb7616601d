"""aiogram's HTTP session, which goes through an HTTP proxy without a further library."""

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientHttpProxyError, ClientSession


class Connections(AiohttpSession):
    """`proxy`: its URL, perhaps with credentials; None for the direct way. Reads nothing from the environment."""

    def __init__(self, api: TelegramAPIServer, proxy: str | None) -> None:
        super().__init__(api=api)
        self._way = proxy

    async def create_session(self) -> ClientSession:
        """aiogram's own `proxy` needs a package for SOCKS; aiohttp itself speaks to HTTP proxies."""
        if self._way is not None and (self._session is None or self._session.closed):
            self._session = ClientSession(connector=self._connector_type(**self._connector_init), proxy=self._way)
            self._should_reset_connector = False
        return await super().create_session()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own
    ) -> TelegramType:
        """aiohttp's words about a proxy that refuses hold its address with the credentials: they go nowhere."""
        try:
            return await super().make_request(bot, method, timeout)
        except TelegramNetworkError as error:
            if not isinstance(error.__cause__, ClientHttpProxyError):
                raise
            status = error.__cause__.status
        raise TelegramNetworkError(method, f"the proxy refuses the way to Telegram with {status}")
