"""A wrong setting in a sentence: the variable, what it is, and what to write. None of it in a library's words."""

import re
from collections.abc import Mapping
from typing import Any

from bot.settings.sources import Given

_WANTED = {
    "bot_token": "the token as BotFather gives it (123456789:AA…)",
    "admin_ids": "Telegram's numeric ids with commas between (a name is no id)",
    "hidsim_api_url": "a web address (https://…)",
    "hidsim_identifier": "what you sign in to HidSim with",
    "hidsim_password": "the password of your HidSim account",
    "hidsim_rate_per_second": "a number above 0 and up to 1000, such as 10",
    "hidsim_search_param": "a parameter's name of letters, digits and _, such as q",
    "telegram_api_url": "a web address (https://…)",
    "database_url": "sqlite+aiosqlite:/// and a path",
    "shop_name": "a name of at most 64 characters",
    "contact": "a @username of Telegram's or a web address (https://…)",
    "access": "closed, invite or open",
    "invite_hours": "a whole number of hours from 1 to 8760",
    "inline_search": "true or false",
    "billing": "shared or prepaid",
    "markup_percent": "a whole number from 0 to 1000, without a % sign",
    "currency": "a currency's three capital letters (ISO 4217), such as USD",
    "daily_spend": "an amount from 0 to 1000000 with a point, such as 20 or 7.50",
    "max_open_orders": "a whole number from 1 to 100",
    "max_purchases_per_hour": "a whole number from 1 to 10000",
    "max_closes_per_hour": "a whole number from 1 to 10000",
    "unconfirmed_release_minutes": "a whole number of minutes from 1 to 1440",
    "unknowns_before_pause": "a whole number from 1 to 100",
    "retention_days": "a whole number of days from 1 to 3650",
    "alert_balance": "an amount from 0 to 1000000 with a point, such as 10 or 7.50; 0 switches it off",
    "alert_hours_left": "a whole number of hours from 0 to 720; 0 switches it off",
    "alert_delay_seconds": "a whole number of seconds from 0 to 3600; 0 switches it off",
    "denied_services": "names or HidSim's ids of services with commas between, such as PayPal,*bank*",
    "hidden_countries": "codes or names of countries with commas between, such as RU,Cuba",
    "guard_success_percent": "three falling whole percents, such as 40,25,15, or off",
    "guard_closes_percent": "three rising whole percents, such as 50,65,80, or off",
    "log_level": "DEBUG, INFO, WARNING or ERROR",
    "log_format": "console or json",
    "status_listen": "host:port, such as 127.0.0.1:8081",
    "https_proxy": "a proxy's address, such as http://127.0.0.1:3128",
    "all_proxy": "a proxy's address, such as http://127.0.0.1:3128",
    "no_proxy": "hosts with commas between, such as localhost,.example.org",
}
_SECRET = frozenset({"bot_token", "hidsim_password", "https_proxy", "all_proxy"})
_LOOKS_SECRET = re.compile(r"\d{6,12}:\S{15}|@|[?&]|\S{41}")
_LONGEST = 60


def line(problem: Any, values: Mapping[str, Any], found: Given, mistaken: Mapping[str, str]) -> str:
    """One line for one of pydantic's errors."""
    name = str(problem["loc"][0]) if problem["loc"] else "settings"
    variable = name.upper()
    if problem["type"] == "missing":
        return f"{variable} {_missing(name, found, mistaken)}"
    if problem["type"] == "value_error":
        seen = _seen(name, values)
        return f"{variable} {f'({seen}) ' if seen else ''}{problem['ctx']['error']}"
    seen = _seen(name, values) or "not what is needed (its value is not shown: it may be a secret)"
    return f"{variable} is {seen}: write {_WANTED.get(name, 'what .env.example says')}"


def _missing(name: str, found: Given, mistaken: Mapping[str, str]) -> str:
    wanted = _WANTED[name]
    if name in mistaken:
        return f"is not set, but {mistaken[name]} is, which the bot does not know: did you mean {name.upper()}?"
    if name in found.lines:
        line = found.lines[name]
        before = " and before the #" if "#" in line.text.partition("=")[2] else ""
        return f"is empty: write {wanted} behind the ={before} in line {line.number} of .env"
    if found.file is None:
        return f"is not set, and there is no .env here: cp .env.example .env, and write {wanted}"
    return f"is not set: put {wanted} into .env or the environment (.env.example explains it)"


def _seen(name: str, values: Mapping[str, Any]) -> str | None:
    """The value as it was seen; None when it is a secret, holds one, or could be one in the wrong line."""
    text = str(values.get(name, ""))
    secrets = [str(values[other]) for other in _SECRET if other in values]
    if name in _SECRET or _LOOKS_SECRET.search(text) or any(secret and secret in text for secret in secrets):
        return None
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return repr(shown)
