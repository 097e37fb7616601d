"""The only reader of the environment. A wrong value is said in one readable line that names its variable."""

import re
from decimal import Decimal
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.access import AccessMode, Billing
from bot.domain.money import to_micros

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class WrongSettings(Exception):
    """Its message is for the operator: one line for each variable that is wrong."""


class Settings(BaseSettings):
    """Everything an operator can set; `.env.example` explains each. Money settings are whole units of the currency."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    bot_token: SecretStr
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    hidsim_api_url: str
    hidsim_identifier: str = Field(min_length=1)
    hidsim_password: SecretStr = Field(min_length=1)
    hidsim_rate_per_second: Decimal = Field(default=Decimal(10), gt=0, le=1000)
    hidsim_search_param: str = Field(default="q", pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    telegram_api_url: str = "https://api.telegram.org"
    database_url: str = "sqlite+aiosqlite:///data/bot.db"
    access: AccessMode = AccessMode.CLOSED
    billing: Billing = Billing.SHARED
    markup_percent: int = Field(default=0, ge=0, le=1000)
    currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")
    daily_spend: Decimal = Field(default=Decimal(20), ge=0, le=1_000_000)
    max_open_orders: int = Field(default=3, ge=1, le=100)
    unconfirmed_release_minutes: int = Field(default=10, ge=1, le=1440)
    unknowns_before_pause: int = Field(default=3, ge=1, le=100)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"
    status_listen: str = ""

    @property
    def daily_spend_micros(self) -> int:
        return to_micros(self.daily_spend)

    @field_validator("bot_token")
    @classmethod
    def _token_has_its_shape(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{20,}", value.get_secret_value()):
            raise ValueError("is not a token as BotFather gives it (123456789:AA…)")
        return value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids_are_numbers(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isascii() and part.isdecimal() for part in parts):
            raise ValueError("must hold Telegram's numeric ids, separated by commas (a name is no id)")
        return frozenset(int(part) for part in parts)

    @field_validator("hidsim_api_url", "telegram_api_url")
    @classmethod
    def _url_is_safe(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or not _port_is_sound(parts):
            raise ValueError("is not a web address (https://…)")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("must be an address alone, without a user, a query or a fragment")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise ValueError("is plain http, which anybody on the way can read: use https")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _engine_is_known(cls, value: str) -> str:
        if not value.startswith("sqlite+aiosqlite:///"):
            raise ValueError("must start with sqlite+aiosqlite:/// (other engines are not supported yet)")
        if value.removeprefix("sqlite+aiosqlite:///") in ("", ":memory:"):
            raise ValueError("names no file: orders and money in memory would be lost at the next stop")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _level_in_capitals(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value

    @field_validator("status_listen")
    @classmethod
    def _listens_somewhere(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if value and (not host or not port.isdecimal() or not 0 <= int(port) <= 65535):
            raise ValueError("is not host:port (such as 127.0.0.1:8081); empty switches the page off")
        return value


def load(**given: Any) -> Settings:
    """Settings from the environment and `.env`; `given` goes before both. Raises WrongSettings, which shows no value
    of a secret."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise WrongSettings("\n".join(_line(problem) for problem in error.errors())) from None
    except UnicodeDecodeError:
        raise WrongSettings(".env is not UTF-8 text: save it as UTF-8") from None


def _port_is_sound(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False


def _line(problem: Any) -> str:
    name = str(problem["loc"][0]).upper() if problem["loc"] else "settings"
    if problem["type"] == "missing":
        return f"{name} is not set: put it into .env or the environment (.env.example explains it)"
    message = str(problem["msg"]).removeprefix("Value error, ")
    return f"{name} {message[0].lower()}{message[1:]}"
