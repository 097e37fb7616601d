"""The price screen: what a pair offers, and the window that a person chooses on it."""

import random
import string

from bot.db.database import Database, Tx
from bot.db.orders import figures, hourly, orders
from bot.db.shop import favorites, watches
from bot.domain.limits import Limits, resting
from bot.domain.price_window import Ladder, Standstill, Window, obstacle, steps
from bot.domain.refusals import Reason
from bot.facts.shop import PriceFacts, SoldOut
from bot.services.account import Account
from bot.services.money.wallet import Wallet
from bot.services.people.preferences import PeoplesPreferences
from bot.services.safety.guard import Guard
from bot.services.safety.pause import Pause
from bot.services.shop.catalog import Catalog
from bot.services.shop.results import Results

_ALPHABET = string.ascii_lowercase + string.digits


class Pricing:
    """Reads offers and places a window on them; sells nothing."""

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        results: Results,
        account: Account,
        wallet: Wallet,
        pause: Pause,
        guard: Guard,
        preferences: PeoplesPreferences,
        rng: random.Random,
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._results = results
        self._account = account
        self._wallet = wallet
        self._pause = pause
        self._guard = guard
        self._preferences = preferences
        self._rng = rng

    def nonce(self) -> str:
        """What makes two taps on one shown button one purchase, and a button shown again another."""
        return "".join(self._rng.choices(_ALPHABET, k=8))

    async def facts(
        self, person_id: int, service_id: int, country_id: int, window: Window | None, *, raised: bool = False
    ) -> PriceFacts | SoldOut:
        """Raises Refusal when the pair is unknown, or can't be read.

        `window` None: the person's last one for this pair, else as they prefer it. Whatever it is, it is shown without
        what nobody offers. `raised`: its maximum was not enough; the offers are read anew, and it goes one rung up.
        """
        service, country = self._catalog.service(service_id), self._catalog.country(country_id)
        if raised:
            self._catalog.prices.forget_offers(service.id, country.id)
        read = await self._catalog.prices.offers(service, country)
        ladder = Ladder(read.offers)
        if not ladder:
            async with self._database.glance() as tx:
                watch = await watches.on_pair(tx, person_id, service_id, country_id)
            return SoldOut(service, country, window, watch)
        now, results = self._database.now(), await self._results.of(service.id)
        async with self._database.glance() as tx:
            last = await orders.last_window(tx, person_id, service_id, country_id) if window is None else None
            saved = await favorites.window_of(tx, person_id, service_id, country_id)
            watch = await watches.on_pair(tx, person_id, service_id, country_id)
            purse, limits = await self._wallet.means_in(tx, person_id, self._account.currency)
            still = await self._still(tx, person_id, limits)
        chosen = ladder.clamped(window or last or ladder.preset((await self._preferences.of(person_id)).window))
        higher = ladder.raised(chosen) if raised else None
        chosen = higher or chosen
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
            obstacle=obstacle(ladder, chosen, purse, still),
            saved=saved and ladder.clamped(saved),
            dearest=raised and higher is None,
            result=results.get(country.id),
            watch=watch,
        )

    async def _still(self, tx: Tx, person_id: int, limits: Limits) -> Standstill:
        done = await hourly.purchases(tx, person_id)
        return Standstill(
            await self._pause.paused(tx),
            await figures.count(tx, person_id, in_progress=True),
            limits.open_orders,
            await self._guard.wait(tx),
            resting(Reason.TOO_MANY_PURCHASES, done, limits.purchases_an_hour, tx.now),
        )
