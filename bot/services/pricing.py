"""The price screen: what a pair offers, and the window that a person chooses on it."""

import random
import string
from collections.abc import Callable
from datetime import datetime

from bot.db import orders as rows
from bot.db.database import Database
from bot.domain.price_window import Ladder, Preset, PriceFacts, Window, steps
from bot.domain.refusals import Reason, Refusal
from bot.services.account import Account
from bot.services.catalog import Catalog
from bot.services.wallet import Wallet

_ALPHABET = string.ascii_lowercase + string.digits


class Pricing:
    """Reads offers and places a window on them; sells nothing."""

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        account: Account,
        wallet: Wallet,
        rng: random.Random,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._account = account
        self._wallet = wallet
        self._rng = rng
        self._now = now

    def nonce(self) -> str:
        """What makes two taps on one shown button one purchase, and a button shown again another."""
        return "".join(self._rng.choices(_ALPHABET, k=8))

    async def facts(
        self, person_id: int, service_id: int, country_id: int, window: Window | None, *, raised: bool = False
    ) -> PriceFacts:
        """Raises Refusal when the pair has nothing in stock, is unknown, or can't be read.

        `window` None: the person's last one for this pair, else up to the median. `raised`: its maximum one rung up.
        """
        service, country = self._catalog.service(service_id), self._catalog.country(country_id)
        read = await self._catalog.offers(service, country)
        ladder = Ladder(read.offers)
        if not ladder:
            raise Refusal(Reason.NO_OFFERS)
        now = self._now()
        async with self._database.read() as connection:
            last = await rows.last_window(connection, person_id, service_id, country_id) if window is None else None
            purse = await self._wallet.purse_in(connection, person_id, self._account.currency, now)
        chosen = window or last or ladder.preset(Preset.MEDIAN)
        if raised:
            chosen = Window(chosen.low, ladder.above(chosen.high) or chosen.high)
        return PriceFacts(
            service=service,
            country=country,
            ladder=ladder,
            window=chosen,
            match=ladder.match(chosen),
            steps=steps(ladder, chosen),
            currency=self._account.currency,
            purse=purse,
            nonce=self.nonce(),
            read_at=read.read_at,
            old=(now - read.read_at).total_seconds() > 60,
        )

    async def up_to(self, service_id: int, country_id: int, maximum: int) -> Window:
        """The window of a typed maximum: from the cheapest price up to it. Raises Refusal like `facts`."""
        service, country = self._catalog.service(service_id), self._catalog.country(country_id)
        ladder = Ladder((await self._catalog.offers(service, country)).offers)
        return Window(min(ladder.prices[0], maximum) if ladder else 0, maximum)
