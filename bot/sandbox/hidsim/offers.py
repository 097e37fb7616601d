"""What is for sale: the offers of a service in a country, made up from the seed when somebody first asks for them."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bot.sandbox.hidsim.catalog import Catalog, Country, Service
from bot.sandbox.hidsim.ids import ObjectIds
from bot.sandbox.hidsim.names import KNOWN, POPULAR

MOST_OFFERS = 60
_ROOM = 64
_LOWEST, _HIGHEST = 300, 30_000  # ten-thousandths of a dollar
_NEW, _RESTOCKED = Decimal("0.25"), 20
_POOLS = ("Any operator", "Prime", "Physical SIM", "Virtual", "Mobile", "Economy", "Fresh", "Long life")


@dataclass
class Offer:
    """A product of the partner's. Price and stock change while the sandbox runs."""

    object_id: str
    short_id: int
    service: Service
    country: Country
    name: str
    price: Decimal
    stock: int


class Market:
    """All offers. Short ids carry the pair they belong to, so an id of an earlier run still finds its offer."""

    def __init__(self, catalog: Catalog, seed: int) -> None:
        self._catalog = catalog
        self._seed = seed
        self._ids = ObjectIds.of("products", seed)
        self._shelves: dict[tuple[int, int], list[Offer]] = {}

    def shelf(self, service: Service, country: Country) -> list[Offer]:
        """Every offer of the pair, the cheapest first, sold out ones among them."""
        key = (service.index, country.index)
        if key not in self._shelves:
            self._shelves[key] = self._stocked(service, country)
        return self._shelves[key]

    def by_id(self, text: str) -> Offer | None:
        """By `_id` or short id."""
        short_id = self._ids.from_path(text)
        if short_id is None or short_id < 1:
            return None
        pair, place = divmod(short_id - 1, _ROOM)
        service_index, country_index = divmod(pair, len(self._catalog.countries))
        if service_index >= len(self._catalog.services):
            return None
        shelf = self.shelf(self._catalog.services[service_index], self._catalog.countries[country_index])
        return shelf[place] if place < len(shelf) else None

    def cheapest(
        self, service: Service, countries: Iterable[Country], lowest: Decimal | None, highest: Decimal | None
    ) -> Offer | None:
        """The cheapest offer in stock inside the window, both ends included; None when there is none."""
        fitting = (
            offer
            for country in countries
            for offer in self.shelf(service, country)
            if offer.stock > 0
            and (lowest is None or offer.price >= lowest)
            and (highest is None or offer.price <= highest)
        )
        return min(fitting, key=lambda offer: (offer.price, offer.short_id), default=None)

    def move_prices(self, service: Service, country: Country, factor: Decimal) -> None:
        smallest = Decimal("0.0001")
        for offer in self.shelf(service, country):
            offer.price = max(smallest, (offer.price * factor).quantize(smallest))

    def set_prices(self, service: Service, country: Country, prices: Iterable[Decimal]) -> None:
        """The pair has exactly these offers now, a hundred of each in stock. Raises ValueError for more than fit."""
        exact = sorted(prices)
        if len(exact) > _ROOM:
            raise ValueError(f"a pair has at most {_ROOM} offers")
        lots = [(price, 100) for price in exact]
        self._shelves[service.index, country.index] = self._shelved(service, country, lots, random.Random(self._seed))

    def sell_out(self, service: Service, country: Country) -> None:
        for offer in self.shelf(service, country):
            offer.stock = 0

    def restock(self, service: Service, country: Country) -> None:
        """What is sold out has some again; a pair that was never offered gets one offer."""
        if not (shelf := self.shelf(service, country)):
            self.set_prices(service, country, [_NEW])
        for offer in shelf:
            offer.stock = offer.stock or _RESTOCKED

    def _stocked(self, service: Service, country: Country) -> list[Offer]:
        chance = random.Random(f"{self._seed}:{service.index}:{country.index}")
        showcase = service.name == "Telegram" and country.code == "BR"
        lots = _showcase(chance) if showcase else _lots(chance, service)
        return self._shelved(service, country, sorted(lots), chance)

    def _shelved(
        self, service: Service, country: Country, lots: list[tuple[Decimal, int]], chance: random.Random
    ) -> list[Offer]:
        first = (service.index * len(self._catalog.countries) + country.index) * _ROOM + 1
        return [
            Offer(
                self._ids.make(first + place), first + place, service, country, _offer_name(chance, place), price, stock
            )
            for place, (price, stock) in enumerate(lots)
        ]


def _offer_name(chance: random.Random, place: int) -> str:
    return f"{chance.choice(_POOLS)} {place + 1}"


def _lots(chance: random.Random, service: Service) -> list[tuple[Decimal, int]]:
    """Price and stock of each offer. Popular services are nearly everywhere, invented ones in a quarter of it."""
    share = 0.96 if service.index < POPULAR else 0.6 if service.index < len(KNOWN) else 0.25
    if chance.random() >= share:
        return []
    sold_out = chance.random() < 0.08
    middle = chance.uniform(0.05, 0.9)
    return [(_price(chance, middle), 0 if sold_out else _stock(chance)) for _ in range(chance.randint(1, MOST_OFFERS))]


def _price(chance: random.Random, middle: float) -> Decimal:
    steps = int(chance.lognormvariate(0, 0.6) * middle * 10_000)
    grain = chance.choice((100, 100, 100, 10, 1))  # two, three or four decimals
    steps = min(_HIGHEST, max(_LOWEST, steps // grain * grain))
    return _dollars(steps)


def _stock(chance: random.Random) -> int:
    return 0 if chance.random() < 0.07 else min(500, int(chance.expovariate(1 / 60)) + 1)


def _showcase(chance: random.Random) -> list[tuple[Decimal, int]]:
    """Telegram in Brazil, the pair that every story is told with: 40 offers, 0.10 to 0.80, 1,320 in stock."""
    steps = [1000, 8000, *(chance.randrange(1000, 8001, 50) for _ in range(38))]
    stocks = [20] * 40
    for _ in range(400):
        giver, taker = chance.sample(range(40), 2)
        moved = chance.randint(0, stocks[giver] - 1)
        if stocks[taker] + moved <= 120:
            stocks[giver], stocks[taker] = stocks[giver] - moved, stocks[taker] + moved
    return [(_dollars(step), stock + 13) for step, stock in zip(steps, stocks, strict=True)]


def _dollars(ten_thousandths: int) -> Decimal:
    """With at least two decimals and no more than are needed."""
    price = Decimal(ten_thousandths).scaleb(-4).normalize()
    exponent = price.as_tuple().exponent
    return price if isinstance(exponent, int) and exponent <= -2 else price.quantize(Decimal("0.01"))
