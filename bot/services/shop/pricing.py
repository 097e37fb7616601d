"""The price screen: what a pair offers, and the window that a person chooses on it."""

import random
import string
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db.database import Database, Tx
from bot.db.orders import figures, hourly, windows
from bot.db.shop import favorites, watches
from bot.domain.catalog import Country, Service
from bot.domain.limits import Limits, resting
from bot.domain.price_window import Ladder, Standstill, Window, obstacle, steps
from bot.domain.refusals import Reason
from bot.domain.watches import Watch
from bot.facts.shop import PriceFacts, SoldOut
from bot.services.account import Account
from bot.services.money.wallet import Wallet
from bot.services.people.preferences import PeoplesPreferences
from bot.services.safety.guard import Guard
from bot.services.safety.pause import Pause
from bot.services.shop.catalog import Catalog
from bot.services.shop.results import Results

_ALPHABET = string.ascii_lowercase + string.digits


@dataclass(frozen=True, slots=True)
class _Goods:
    """What is offered of a service in these countries together, read at this time or later (UTC)."""

    service: Service
    countries: tuple[Country, ...]
    ladder: Ladder
    read_at: datetime

    @property
    def pair(self) -> tuple[int, int] | None:
        """Its ids; None where the countries are several."""
        return (self.service.id, self.countries[0].id) if len(self.countries) == 1 else None


@dataclass(frozen=True, slots=True)
class _Own:
    """What a person has of a pair: the window they bought with last, the one they saved, and what they wait for."""

    last: Window | None = None
    saved: Window | None = None
    watch: Watch | None = None


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
        goods = await self._goods(service_id, [country_id], anew=raised)
        return await self._priced(person_id, goods, window, raised=raised)

    async def of_any(
        self, person_id: int, service_id: int, countries: Sequence[int], window: Window | None, *, raised: bool = False
    ) -> PriceFacts | SoldOut:
        """The same of several countries, whose prices make one ladder; of one it is the pair's. Raises as `facts`."""
        if len(countries) == 1:
            return await self.facts(person_id, service_id, countries[0], window, raised=raised)
        goods = await self._goods(service_id, countries, anew=raised)
        return await self._priced(person_id, goods, window, raised=raised)

    async def _goods(self, service_id: int, countries: Sequence[int], *, anew: bool) -> _Goods:
        service, found = self._catalog.service(service_id), [self._catalog.country(one) for one in countries]
        for country in found if anew else ():
            self._catalog.prices.forget_offers(service.id, country.id)
        read = await self._catalog.prices.offers_of(service, found)
        ladder = Ladder(tuple(one for offers in read for one in offers.offers))
        return _Goods(service, tuple(found), ladder, min(one.read_at for one in read))

    async def _priced(
        self, person_id: int, goods: _Goods, window: Window | None, *, raised: bool
    ) -> PriceFacts | SoldOut:
        service, country, ladder = goods.service, goods.countries[0], goods.ladder
        several = () if goods.pair else goods.countries
        if not ladder:
            async with self._database.glance() as tx:
                watch = await watches.on_pair(tx, person_id, *goods.pair) if goods.pair else None
            return SoldOut(service, country, window, watch, several)
        now, results = self._database.now(), await self._results.of(service.id) if goods.pair else {}
        async with self._database.glance() as tx:
            own = await _own(tx, person_id, goods.pair, anew=window is None) if goods.pair else _Own()
            purse, limits = await self._wallet.means_in(tx, person_id, self._account.currency)
            still = await self._still(tx, person_id, limits)
        chosen = ladder.clamped(window or own.last or ladder.preset((await self._preferences.of(person_id)).window))
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
            read_at=goods.read_at,
            old=(now - goods.read_at).total_seconds() > 60,
            obstacle=obstacle(ladder, chosen, purse, still),
            saved=own.saved and ladder.clamped(own.saved),
            dearest=raised and higher is None,
            result=results.get(country.id),
            watch=own.watch,
            countries=several,
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


async def _own(tx: Tx, person_id: int, pair: tuple[int, int], *, anew: bool) -> _Own:
    """`anew`: no window was asked for, so the last one counts."""
    return _Own(
        await windows.last(tx, person_id, *pair) if anew else None,
        await favorites.window_of(tx, person_id, *pair),
        await watches.on_pair(tx, person_id, *pair),
    )
