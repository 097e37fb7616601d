import base64
import json
from decimal import Decimal

import pytest

from bot.sandbox.hidsim import HidSimSandbox
from tests.sandbox.hidsim.api import START, Api, HandClock, serving


def claims(token: str) -> dict[str, object]:
    part = token.split(".")[1]
    read: dict[str, object] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return read


async def test_login_gives_a_token_whose_end_can_be_read(api: Api) -> None:
    answer = await api.login()
    assert answer.status == 200
    assert claims(answer.json["token"])["exp"] == START.timestamp() + 3600
    assert answer.json["user"]["email"] == "demo@hidsim.example"


@pytest.mark.parametrize("path", ["/auth/me", "/auth/renew", "/countries", "/operations/1", "/no/such/path"])
async def test_everything_but_login_needs_a_token(api: Api, path: str) -> None:
    answer = await api.call("GET", path, auth=False)
    assert (answer.status, answer.json["code"]) == (401, "UNAUTHORIZED")


@pytest.mark.parametrize("header", ["Bearer", "Bearer nonsense", "Bearer a.b.c", "Basic ZGVtbzpkZW1v", ""])
async def test_a_token_that_was_not_issued_is_refused(api: Api, header: str) -> None:
    answer = await api.call("GET", "/auth/me", auth=False, headers={"Authorization": header})
    assert answer.status == 401


async def test_a_changed_token_is_refused(api: Api) -> None:
    head, body, signature = str(api.token).split(".")
    forged = base64.urlsafe_b64encode(json.dumps({**claims(str(api.token)), "exp": 9e9}).encode()).rstrip(b"=").decode()
    assert forged != body
    answer = await api.call(
        "GET", "/auth/me", auth=False, headers={"Authorization": f"Bearer {head}.{forged}.{signature}"}
    )
    assert answer.status == 401


async def test_a_token_ends_at_its_hour(api: Api, clock: HandClock) -> None:
    clock.forward(3599)
    assert (await api.get("/auth/me")).status == 200
    clock.forward(1)
    assert (await api.get("/auth/me")).status == 401


async def test_renewing_gives_another_token_that_lives_longer(api: Api, clock: HandClock) -> None:
    clock.forward(1800)
    answer = await api.get("/auth/renew")
    assert claims(answer.json["token"])["exp"] == START.timestamp() + 5400
    assert answer.json["token"] != api.token


async def test_a_short_life_is_kept_to_the_millisecond(clock: HandClock) -> None:
    async with serving(HidSimSandbox(now=clock, token_life=0.05)) as api:
        await api.login()
        clock.forward(0.049)
        assert (await api.get("/auth/me")).status == 200
        clock.forward(0.002)
        assert (await api.get("/auth/me")).status == 401


@pytest.mark.parametrize(
    "body", [{"identifier": "demo@hidsim.example", "password": "x"}, {"identifier": "x", "password": "demo"}]
)
async def test_wrong_credentials_are_401(api: Api, body: dict[str, str]) -> None:
    answer = await api.call("POST", "/auth/login", auth=False, json=body)
    assert (answer.status, answer.json["code"]) == (401, "INVALID_CREDENTIALS")


@pytest.mark.parametrize("body", [{}, {"identifier": "demo@hidsim.example"}, {"identifier": 1, "password": "demo"}, []])
async def test_a_login_without_both_texts_is_400(api: Api, body: object) -> None:
    assert (await api.post("/auth/login", body)).status == 400


async def test_me_tells_the_balance_as_an_exact_number(api: Api) -> None:
    api.sandbox.director.set_balance("12.3456")
    answer = await api.get("/auth/me")
    assert answer.json["balance"] == Decimal("12.3456")
    assert '"balance":12.3456' in answer.text
    assert answer.json["currency"] == "USD"


async def test_revoked_tokens_end_and_new_ones_work(api: Api) -> None:
    api.sandbox.director.revoke_tokens()
    assert (await api.get("/auth/me")).status == 401
    await api.login()
    assert (await api.get("/auth/me")).status == 200


async def test_variant_answers_403_to_a_token_that_was_once_good(variant: Api) -> None:
    variant.sandbox.director.revoke_tokens()
    assert (await variant.get("/auth/me")).status == 403
    assert (await variant.call("GET", "/auth/me", auth=False)).status == 401


async def test_refused_login_leaves_tokens_alone(api: Api) -> None:
    api.sandbox.director.refuse_login(True)
    assert (await api.login()).status == 401
    assert (await api.get("/auth/renew")).status == 200
    api.sandbox.director.refuse_login(False)
    assert (await api.login()).status == 200


async def test_the_record_has_every_sign_in(api: Api) -> None:
    await api.login(password="wrong")
    await api.get("/auth/renew")
    assert [(one.kind, one.status) for one in api.sandbox.record.logins] == [
        ("login", 200),
        ("login", 401),
        ("renew", 200),
    ]
