"""Every setting, its bounds and its default. `.env.example` explains each."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationInfo, field_validator

from bot.domain.access import AccessMode, Billing
from bot.domain.guarding import Bounds
from bot.domain.money import to_micros
from bot.domain.signboard import Signboard
from bot.settings.lists import bounds, names
from bot.settings.proxies import is_loopback, proxy_for, remark

_SQLITE = "sqlite+aiosqlite:///"
_LARGEST_ID = 2**52 - 1
"""Telegram's ids have at most 52 significant bits."""
_LONGEST_LINK = 256
_ON_SEVERAL_LINES = frozenset({"admin_ids", "denied_services", "hidden_countries"})
_PATH_IS_WANTED = (
    f"write {_SQLITE} and a path: a fourth slash begins one from the root, such as {_SQLITE}/srv/bot/bot.db"
)


class Settings(BaseModel):
    """Everything an operator can set. Money settings are whole units of the currency. Reads nothing by itself."""

    model_config = ConfigDict(extra="ignore", frozen=True, validate_default=False)

    bot_token: SecretStr
    admin_ids: frozenset[int] = frozenset()
    hidsim_api_url: str
    hidsim_identifier: str = Field(min_length=1)
    hidsim_password: SecretStr = Field(min_length=1)
    hidsim_rate_per_second: Decimal = Field(default=Decimal(10), gt=0, le=1000)
    hidsim_search_param: str = Field(default="q", pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    telegram_api_url: str = "https://api.telegram.org"
    database_url: str = "sqlite+aiosqlite:///data/bot.db"
    shop_name: str = Field(default="", max_length=64)
    contact: str = ""
    access: AccessMode = AccessMode.CLOSED
    invite_hours: int = Field(default=72, ge=1, le=8760)
    inline_search: bool = False
    billing: Billing = Billing.SHARED
    markup_percent: int = Field(default=0, ge=0, le=1000)
    currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")
    daily_spend: Decimal = Field(default=Decimal(20), ge=0, le=1_000_000)
    max_open_orders: int = Field(default=3, ge=1, le=100)
    max_purchases_per_hour: int = Field(default=30, ge=1, le=10_000)
    max_closes_per_hour: int = Field(default=20, ge=1, le=10_000)
    unconfirmed_release_minutes: int = Field(default=10, ge=1, le=1440)
    unknowns_before_pause: int = Field(default=3, ge=1, le=100)
    retention_days: int = Field(default=30, ge=1, le=3650)
    alert_balance: Decimal = Field(default=Decimal(10), ge=0, le=1_000_000)
    alert_hours_left: int = Field(default=12, ge=0, le=720)
    alert_delay_seconds: int = Field(default=30, ge=0, le=3600)
    denied_services: tuple[str, ...] = ()
    hidden_countries: tuple[str, ...] = ()
    guard_success_percent: Bounds | None = Bounds(40, 25, 15)
    guard_closes_percent: Bounds | None = Bounds(50, 65, 80)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"
    status_listen: str = ""
    https_proxy: SecretStr = SecretStr("")
    all_proxy: SecretStr = SecretStr("")
    no_proxy: str = ""

    @property
    def shop(self) -> Signboard:
        return Signboard(self.shop_name, self.contact)

    @property
    def daily_spend_micros(self) -> int:
        return to_micros(self.daily_spend)

    @field_validator("bot_token")
    @classmethod
    def _token_has_its_shape(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]{20,}", value.get_secret_value()):
            raise ValueError("is not a token as BotFather gives it (123456789:AA…)")
        return value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids_are_numbers(cls, value: Any) -> Any:
        """However lists are usually written: 900,901 or [900, 901] or 900 901 or 900;901."""
        if not isinstance(value, str):
            return value
        parts = [part.strip("\"'") for part in re.split(r"[,;\s]+", value.strip("[](){}")) if part.strip("\"'")]
        if not all(part.isascii() and part.isdecimal() and 0 < int(part[:20]) <= _LARGEST_ID for part in parts):
            raise ValueError(
                "must hold Telegram's numeric ids, separated by commas (a name is no id, nor is a group's)"
            )
        return frozenset(int(part) for part in parts)

    @field_validator("denied_services", "hidden_countries", mode="before")
    @classmethod
    def _names_in_a_list(cls, value: Any) -> Any:
        return names(value) if isinstance(value, str) else value

    @field_validator("guard_success_percent", "guard_closes_percent", mode="before")
    @classmethod
    def _three_percents(cls, value: Any, info: ValidationInfo) -> Any:
        return bounds(value, falling=info.field_name == "guard_success_percent") if isinstance(value, str) else value

    @field_validator("hidsim_api_url", "telegram_api_url")
    @classmethod
    def _url_is_safe(cls, value: str) -> str:
        if not _has_a_host(value) or not value.lower().startswith(("http://", "https://")):
            raise ValueError("is not a web address (https://…)")
        parts = urlsplit(value)
        if parts.username or parts.password or parts.query or parts.fragment or re.search(r"\s", value):
            raise ValueError("must be an address alone, without a user, a query, a fragment or blanks")
        if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
            raise ValueError("is plain http, which anybody on the way can read: use https")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _engine_is_known(cls, value: str) -> str:
        return sound_database_url(value)

    @field_validator("contact")
    @classmethod
    def _contact_can_be_reached(cls, value: str) -> str:
        name = re.fullmatch(r"@?([A-Za-z][A-Za-z0-9_]{3,31})", value)
        if name:
            return f"@{name[1]}"
        if value and not _is_a_link(value):
            raise ValueError(
                "is no @username of Telegram's and no web address (https://…): Telegram makes no link of it"
            )
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _level_in_capitals(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value

    @field_validator("status_listen")
    @classmethod
    def _listens_somewhere(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if value and (not host or not (port.isascii() and port.isdecimal()) or not 0 <= int(port) <= 65535):
            raise ValueError("is not host:port (such as 127.0.0.1:8081); empty switches the page off")
        return value

    @field_validator("access", "billing", "log_format", mode="before")
    @classmethod
    def _word_in_small_letters(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @field_validator("https_proxy", "all_proxy")
    @classmethod
    def _proxy_is_an_address(cls, value: SecretStr) -> SecretStr:
        """Its scheme may be one that is not used: that is said at the start and no fault."""
        text = value.get_secret_value()
        if text and not _has_a_host(text if "://" in text else f"http://{text}"):
            raise ValueError("is not a proxy's address, such as http://127.0.0.1:3128")
        return value

    @field_validator("*", mode="before")
    @classmethod
    def _no_strange_characters(cls, value: Any, info: ValidationInfo) -> Any:
        listed = info.field_name in _ON_SEVERAL_LINES
        if isinstance(value, str) and not listed and not value.isprintable():
            raise ValueError("has a line break, a tab or another invisible character in it: write it on one line")
        return value

    def proxy_for(self, url: str) -> str | None:
        """The proxy that requests to `url` go through, with its credentials; None for a direct way."""
        return proxy_for(url, self.https_proxy.get_secret_value(), self.all_proxy.get_secret_value(), self.no_proxy)

    def remarks(self) -> Iterator[str]:
        """What is allowed and probably not meant."""
        if not self.admin_ids and self.access is AccessMode.CLOSED:
            yield (
                "ADMIN_IDS is empty and ACCESS is closed, so the bot serves nobody: send it /start, it tells you your "
                "id; put that into ADMIN_IDS and start it again"
            )
        if said := remark(self.https_proxy.get_secret_value(), self.all_proxy.get_secret_value()):
            yield said


def _has_a_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.hostname) and _port_is_sound(parts)


def _is_a_link(url: str) -> bool:
    """What Telegram takes for a button; it refuses hosts without a dot, and a whole message with them."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    known = url.lower().startswith(("https://", "http://")) and _has_a_host(url)
    return known and "." in host.strip(".") and len(url) <= _LONGEST_LINK and not re.search(r"[\s<>\"]", url)


def _port_is_sound(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False


def sound_database_url(value: str) -> str:
    """The value, when it names a file of SQLite's as this bot wants it. Raises ValueError with a predicate."""
    if not value.startswith(_SQLITE):
        raise ValueError(f"must start with {_SQLITE} (other engines are not supported yet): {_PATH_IS_WANTED}")
    path = value.removeprefix(_SQLITE)
    if path in ("", ":memory:"):
        raise ValueError("names no file: orders and money in memory would be lost at the next stop")
    if re.search(r"\?[a-z_]+=", path):
        raise ValueError("takes no options behind a ?: everything behind the slashes is the path")
    if path.startswith("~"):
        raise ValueError("has a ~, which nobody replaces here: write the path out, from the root with four slashes")
    return value
