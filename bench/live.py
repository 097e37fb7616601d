"""Orders that wait for a code, which both the database and the far end know: bought by HTTP, placed by SQL."""

import json
import sqlite3
import urllib.request
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PRICE = 500_000
_FIRST_PERSON = 100_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_STEPS = (
    "INSERT INTO people (id, name, standing, language, first_seen_at) VALUES (:person, 'Ann', 'allowed', 'en', :now)",
    """INSERT INTO orders (id, person_id, nonce, service_id, country_id, window_low, window_high, currency, held, state,
        revision, operation_id, number, price, cost, placed_at, number_at, expires_at, close_wanted)
    VALUES (:order, :person, 'bench', :service, :country, :price, :price, 'USD', :price, 'pending',
        2, :operation, :number, :price, :price, :now, :now, :expires, 0)""",
    "INSERT INTO operation_ids (alias, order_id) VALUES (lower(:operation), :order)",
    "INSERT INTO accounts (name, balance) VALUES ('wallet:' || :person, -:price), ('held:' || :person, :price)",
    """INSERT INTO transfers (ref, source, target, amount, order_id, at)
    VALUES ('hold:' || :order, 'wallet:' || :person, 'held:' || :person, :price, :order, :now)""",
)


def place(url: str, file: Path, count: int) -> None:
    """Into the file of a bot that has read its catalog and is stopped. Their codes never come while one looks."""
    with closing(sqlite3.connect(file)) as connection:
        service, hidsim_id = connection.execute("SELECT id, hidsim_id FROM services WHERE name = 'Telegram'").fetchone()
        country = connection.execute("SELECT id FROM countries WHERE name = 'Brazil'").fetchone()[0]
        now = (datetime.now(UTC) - _EPOCH) // timedelta(microseconds=1)
        for number, operation in enumerate(_bought(f"{url}/hidsim", hidsim_id, count), start=1):
            expires = (datetime.fromisoformat(operation["expiresAt"]) - _EPOCH) // timedelta(microseconds=1)
            given = {"order": number, "person": _FIRST_PERSON + number, "service": service, "country": country}
            given |= {"price": PRICE, "operation": operation["_id"], "number": operation["number"], "now": now}
            for step in _STEPS:
                connection.execute(step, given | {"expires": expires})
        connection.commit()


def _bought(api: str, service: str, count: int) -> list[dict[str, Any]]:
    """Operations with their numbers."""
    _call(f"{api}/_director/set_default_story", {"name": "never", "number_after": 0.0})
    token = _call(f"{api}/auth/login", {"identifier": "demo@hidsim.example", "password": "demo"})["token"]
    bought = [_call(f"{api}/services/{service}/purchase", {}, token)["_id"] for _ in range(count)]
    return [_call(f"{api}/operations/{one}", None, token) for one in bought]


def _call(url: str, body: dict[str, Any] | None, token: str = "") -> Any:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=10) as answer:  # noqa: S310
        return json.load(answer)
