"""Settings: each wrong value is said in one line that names its variable and shows no secret."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.domain.access import AccessMode, Billing
from bot.settings import Settings, WrongSettings, load

TOKEN = "123456789:AAcanary-of-the-token-secret"
PASSWORD = "canary-of-the-password"
GOOD: dict[str, Any] = {
    "bot_token": TOKEN,
    "hidsim_api_url": "https://hidsim.example/api",
    "hidsim_identifier": "shop@example.org",
    "hidsim_password": PASSWORD,
}


@pytest.fixture(autouse=True)
def _nothing_around(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of this machine's and no .env but the test's own."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def said(**given: Any) -> list[str]:
    with pytest.raises(WrongSettings) as caught:
        load(**(GOOD | given))
    text = f"{caught.value}\n{caught.value!r}"
    assert caught.value.__cause__ is None
    assert PASSWORD not in text
    assert "canary-of-the-token" not in text
    return str(caught.value).splitlines()


def test_the_least_that_must_be_set_is_enough() -> None:
    settings = load(**GOOD)
    assert (settings.access, settings.billing, settings.currency) == (AccessMode.CLOSED, Billing.SHARED, "USD")
    assert (settings.daily_spend_micros, settings.max_open_orders, settings.markup_percent) == (20_000_000, 3, 0)
    assert (settings.unconfirmed_release_minutes, settings.unknowns_before_pause) == (10, 3)
    assert (settings.hidsim_rate_per_second, settings.hidsim_search_param) == (Decimal(10), "q")
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite+aiosqlite:///data/bot.db"
    assert (settings.admin_ids, settings.status_listen) == (frozenset(), "")
    assert (settings.log_level, settings.log_format) == ("INFO", "console")


def test_everything_missing_is_said_at_once_each_in_its_line() -> None:
    with pytest.raises(WrongSettings) as caught:
        load()
    lines = str(caught.value).splitlines()
    assert [line.split()[0] for line in lines] == [
        "BOT_TOKEN", "HIDSIM_API_URL", "HIDSIM_IDENTIFIER", "HIDSIM_PASSWORD",
    ]  # fmt: skip
    assert all("not set" in line for line in lines)


WRONG = [
    ("bot_token", ""),
    ("bot_token", "canary-of-the-token"),
    ("bot_token", TOKEN + " "),
    ("bot_token", f"bot{TOKEN}"),
    ("admin_ids", "1,@ann"),
    ("admin_ids", "-5"),
    ("admin_ids", "1.5"),
    ("admin_ids", TOKEN),
    ("hidsim_identifier", ""),
    ("hidsim_password", ""),
    ("hidsim_api_url", ""),
    ("hidsim_api_url", "hidsim.example"),
    ("hidsim_api_url", "ftp://hidsim.example"),
    ("hidsim_api_url", "http://hidsim.example"),
    ("hidsim_api_url", f"https://user:{PASSWORD}@hidsim.example"),
    ("hidsim_api_url", f"https://hidsim.example/?key={PASSWORD}"),
    ("hidsim_api_url", "https://hidsim.example:port"),
    ("hidsim_api_url", "https://hidsim.example:99999"),
    ("hidsim_api_url", "https://[::1"),
    ("hidsim_api_url", "http://127.0.0.1.example.org"),
    ("telegram_api_url", "http://192.168.0.1"),
    ("hidsim_rate_per_second", "0"),
    ("hidsim_rate_per_second", "fast"),
    ("hidsim_rate_per_second", "NaN"),
    ("hidsim_search_param", "a b"),
    ("database_url", "postgresql+psycopg://db/bot"),
    ("database_url", "sqlite:///bot.db"),
    ("database_url", "sqlite+aiosqlite:///"),
    ("database_url", "sqlite+aiosqlite:///:memory:"),
    ("access", "everybody"),
    ("billing", "free"),
    ("markup_percent", "-1"),
    ("markup_percent", "12.5"),
    ("currency", "dollars"),
    ("currency", "usd"),
    ("daily_spend", "-1"),
    ("daily_spend", "Infinity"),
    ("max_open_orders", "0"),
    ("unconfirmed_release_minutes", "0"),
    ("unknowns_before_pause", "none"),
    ("log_level", "loud"),
    ("log_format", "xml"),
    ("status_listen", "8081"),
    ("status_listen", "127.0.0.1:"),
    ("status_listen", "127.0.0.1:70000"),
    ("status_listen", ":8081"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_one_line_that_names_its_variable(name: str, value: str) -> None:
    (line,) = said(**{name: value})
    assert line.startswith(name.upper() + " ")
    assert len(line) > len(name) + 10


def test_several_wrong_values_are_all_said() -> None:
    assert [line.split()[0] for line in said(markup_percent="x", access="x", currency="x")] == [
        "ACCESS", "MARKUP_PERCENT", "CURRENCY",
    ]  # fmt: skip


def test_every_setting_has_a_wrong_value_here_or_can_have_none() -> None:
    assert set(Settings.model_fields) == {name for name, _ in WRONG}


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:9/hidsim", "https://hidsim.example/api/"]
)
def test_plain_http_is_for_this_machine_only(url: str) -> None:
    assert load(**(GOOD | {"hidsim_api_url": url})).hidsim_api_url == url.rstrip("/")


@pytest.mark.parametrize(
    ("typed", "ids"), [("", set()), ("5", {5}), (" 5, 7 ,,5", {5, 7}), ("4503599627370495", {4503599627370495})]
)
def test_admins_are_ids_with_commas_between(typed: str, ids: set[int]) -> None:
    assert load(**(GOOD | {"admin_ids": typed})).admin_ids == ids


def test_the_environment_goes_before_the_file_and_names_may_be_small(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        f"BOT_TOKEN={TOKEN}\nHIDSIM_API_URL=https://hidsim.example\nHIDSIM_IDENTIFIER=me\nhidsim_password='{PASSWORD}'\n"
        "ADMIN_IDS=1,2\nLOG_LEVEL=debug\nSOMETHING_ELSE=1\nCURRENCY=EUR\n"
    )
    monkeypatch.setenv("CURRENCY", "GBP")
    settings = load()
    assert settings.admin_ids == {1, 2}
    assert (settings.log_level, settings.currency) == ("DEBUG", "GBP")
    assert settings.hidsim_password.get_secret_value() == PASSWORD


def test_a_file_that_is_no_utf_8_is_said_without_showing_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(f"HIDSIM_PASSWORD={PASSWORD}\xe9".encode("latin-1"))
    assert said() == [".env is not UTF-8 text: save it as UTF-8"]


def test_no_repr_shows_a_secret() -> None:
    settings = load(**GOOD)
    shown = f"{settings!r} {settings} {settings.model_dump()}"
    assert PASSWORD not in shown
    assert not re.search("canary-of-the-token", shown)


def test_settings_can_not_be_changed_behind_ones_back() -> None:
    settings = load(**GOOD)
    with pytest.raises(Exception, match="frozen"):
        settings.access = AccessMode.OPEN  # type: ignore[misc]
