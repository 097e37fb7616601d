"""What `hidsim-bot check` says of a service that is not what we expect."""

from typing import Any

import pytest

from bot.hidsim import HidSimConfig
from bot.hidsim.contract_check import CheckLine, check_contract
from tests.hidsim.scripted_server import Behaviour, ScriptedServer, cut, say

A, B, C = "a" * 24, "b" * 24, "c" * 24
GOOD: dict[str, Any] = {
    "/auth/me": {"_id": A, "balance": 5, "currency": "USD"},
    "/auth/renew": {"token": "T2"},
    "/countries": [{"_id": A, "id": 1, "name": "Germany", "code": "DE"}],
    "/services": [{"_id": B, "id": 1, "name": "Acme"}, {"_id": C, "id": 2, "name": "Other"}],
    "/services/search": [{"_id": B, "id": 1, "name": "Acme"}],
    "/products": [{"_id": C, "id": 1, "_service": B, "_country": A, "price": 0.3, "stock": 4}],
}


async def report(far: ScriptedServer, path: str = "", answer: Behaviour | None = None) -> dict[str, CheckLine]:
    for good, content in GOOD.items():
        far.on(good, say(200, content))
    if answer is not None:
        far.on(path, answer)
    config = HidSimConfig(
        far.url, "shop@example.org", "pass-word-secret", rate_per_second=10_000, read_timeout=1, retry_delay=0
    )
    return {line.name: line async for line in check_contract(config)}


async def test_what_is_asked_is_read_only(far: ScriptedServer) -> None:
    await report(far)
    assert {(one.method, one.path) for one in far.seen} == {
        ("POST", "/auth/login"),
        *(("GET", path) for path in GOOD),
        ("GET", f"/operations/{'f' * 24}"),
    }


@pytest.mark.parametrize(
    ("name", "path", "answer", "verdict", "detail"),
    [
        ("sign in", "/auth/login", say(401, {"message": "pass-word-secret"}), "failed", "401"),
        ("sign in", "/auth/login", say(200, {"user": {}}), "missing", "no token"),
        ("sign in", "/auth/login", cut(), "failed", "no whole answer"),
        ("account", "/auth/me", say(404, {"message": "gone"}), "missing", "404"),
        ("account", "/auth/me", say(200, {"balance": 1}), "missing", "no id"),
        ("account", "/auth/me", say(200, {"_id": A}), "missing", "no balance"),
        ("account", "/auth/me", say(500), "failed", "500"),
        ("refused token", "/auth/me", say(200, GOOD["/auth/me"]), "different", "not refused"),
        ("renewal", "/auth/renew", say(200, {}), "different", "signs in anew"),
        ("countries", "/countries", say(200, {"message": "hi"}), "different", "no list"),
        ("countries", "/countries", say(200, []), "missing", "empty"),
        ("countries", "/countries", say(200, [{"id": 1, "name": "X"}]), "missing", "none of 1"),
        ("countries", "/countries", say(200, [*GOOD["/countries"], 5]), "different", "1 can't be read"),
        ("services", "/services", say(200, [GOOD["/services"][0]] * 100), "holds", "are there more"),
        ("services", "/services", say(200, {"data": GOOD["/services"], "next": 2}), "holds", "first page"),
        ("search", "/services/search", say(200, []), "different", "does not find"),
        ("search", "/services/search", say(200, GOOD["/services"]), "different", "another name"),
        ("products", "/products", say(200, []), "failed", "no pair"),
        ("products", "/products", say(200, [{"_id": C, "price": "free"}]), "missing", "none of 1"),
        ("unknown operation", f"/operations/{'f' * 24}", say(404, "<html>"), "different", "without the error shape"),
        ("unknown operation", f"/operations/{'f' * 24}", say(400, {"message": "x"}), "different", "400"),
        ("unknown operation", f"/operations/{'f' * 24}", say(200, {"_id": "f" * 24}), "different", "was found"),
    ],
)
async def test_a_difference_is_named(
    far: ScriptedServer, name: str, path: str, answer: Behaviour, verdict: str, detail: str
) -> None:
    lines = await report(far, path, answer)
    assert lines[name].verdict == verdict
    assert detail in lines[name].detail
    assert "pass-word-secret" not in str(lines)
