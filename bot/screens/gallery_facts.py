"""What the gallery's parts tell their examples about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.access import Role, Standing
from bot.domain.catalog import Country, Service
from bot.domain.orders import Order, OrderState
from bot.domain.people import Person, Purse
from bot.domain.price_window import Window
from bot.domain.results import Result

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
BUYER = Person(1, "Ann <b>&", Standing.ALLOWED, "en", Role.BUYER)
ADMIN = replace(BUYER, role=Role.OWNER)
SHARED = Purse(left=19_700_000, held=300_000, currency="USD", daily_limit=20_000_000)
PREPAID = Purse(left=4_125_000, held=0, currency="EUR", daily_limit=None)
TELEGRAM = Service(1, "a" * 24, "Telegram")
BRAZIL = Country(1, "c" * 24, "Brazil", "BR")
SEVERAL = (
    BRAZIL,
    Country(5, "1" * 24, "Mexico", "MX"),
    Country(6, "2" * 24, "Saint Vincent & the Grenadines", "VC"),
    Country(7, "3" * 24, "Somewhere <i>else</i>", None),
)
LATELY, HARDLY = Result(22, 30, timedelta(seconds=41)), Result(1, 9)
ORDER = Order(
    id=12,
    person_id=1,
    nonce="abcdefgh",
    service_id=1,
    service_name="Telegram",
    country_id=1,
    country_name="Brazil",
    country_code="BR",
    product_id=None,
    window=Window(100_000, 250_000),
    currency="USD",
    held=250_000,
    state=OrderState.PLACING,
    revision=3,
    placed_at=NOW,
)
