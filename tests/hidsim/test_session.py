"""One token for all calls, however many want it and whatever clock says what."""

import asyncio
import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from bot.hidsim import HidSim, HidSimError, NotSent, OutcomeUnknown, SignInRefused, TooManyRequests
from bot.hidsim.session import seconds_of_life
from tests.hidsim.conftest import NOW, Clock, Connect
from tests.hidsim.scripted_server import Behaviour, ScriptedServer, cut, hang, say, slowly, unless

ME = {"_id": "a" * 24, "balance": 5}
HOUR = 3600


def jwt(**claims: Any) -> str:
    parts = [{"alg": "none"}, claims, {}]
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts)


def life(start: float = NOW.timestamp(), seconds: float = HOUR, name: str = "one") -> str:
    return jwt(iat=start, exp=start + seconds, name=name)


async def test_a_login_sends_the_credentials_and_no_token(far: ScriptedServer, hidsim: HidSim) -> None:
    await hidsim.sign_in()
    (login,) = far.seen
    assert (login.method, login.path, login.token) == ("POST", "/auth/login", None)
    assert login.headers["content-type"] == "application/json"
    assert json.loads(login.body) == {"identifier": "shop@example.org", "password": "pass-word-secret"}


async def test_200_refused_tokens_make_one_login(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on("/auth/me", say(200, ME))
    await hidsim.me()
    far.on("/auth/me", slowly(unless("token-1", say(200, ME)), 0.01))
    accounts = await asyncio.gather(*(hidsim.me() for _ in range(200)))
    assert (len(accounts), far.logins) == (200, 2)


async def test_200_first_calls_make_one_login(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on("/auth/me", say(200, ME))
    await asyncio.gather(*(hidsim.me() for _ in range(200)))
    assert far.logins == 1


async def test_a_failed_login_answers_for_a_while(far: ScriptedServer, connect: Connect, clock: Clock) -> None:
    far.on("/auth/login", say(401, {"message": "wrong"}))
    hidsim = connect(clock=clock)
    for _ in range(20):
        with pytest.raises(SignInRefused):
            await hidsim.me()
    assert len(far.asked("/auth/login")) == 1
    clock.pass_(5)
    far.on("/auth/login", say(200, {"token": "t"}))
    far.on("/auth/me", say(200, ME))
    assert (await hidsim.me()).balance == 5


async def test_a_storm_at_a_failing_login_makes_three_attempts(
    far: ScriptedServer, connect: Connect, clock: Clock
) -> None:
    far.on("/auth/login", say(503))
    hidsim = connect(clock=clock)
    outcomes = await asyncio.gather(*(hidsim.me() for _ in range(200)), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {NotSent}
    assert len(far.seen) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
async def test_a_refused_login_is_about_the_credentials(far: ScriptedServer, hidsim: HidSim, status: int) -> None:
    far.on("/auth/login", say(status, {"message": "bad pass-word-secret of shop@example.org"}))
    with pytest.raises(SignInRefused) as refused:
        await hidsim.sign_in()
    assert refused.value.status == status
    assert "pass-word-secret" not in f"{refused.value!r} {refused.value}"


async def test_a_login_may_be_told_to_wait(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on("/auth/login", say(429, {"message": "slow"}, Retry_After="60"))
    with pytest.raises(TooManyRequests) as told:
        await hidsim.buy_product("p1")
    assert told.value.retry_after == 60


@pytest.mark.parametrize(
    "answer",
    [
        {"token": "T"},
        {"accessToken": "T"},
        {"access_token": "T"},
        {"jwt": "T", "user": {"_id": "a" * 24}},
        {"data": {"token": "T", "user": {"_id": "a" * 24, "token": "of-another-kind"}}},
        {"data": {"jwt": "T"}},
    ],
)
async def test_every_variant_of_a_login_is_read(far: ScriptedServer, hidsim: HidSim, answer: Any) -> None:
    far.on("/auth/login", say(200, answer))
    far.on("/auth/me", say(200, ME))
    await hidsim.me()
    assert far.asked("/auth/me")[0].token == "T"


@pytest.mark.parametrize("answer", [{}, [], {"token": ""}, {"token": 5}, {"token": "a b"}, {"token": "a\r\nX-Evil: 1"}])
async def test_a_login_without_a_token_is_no_login(far: ScriptedServer, hidsim: HidSim, answer: Any) -> None:
    far.on("/auth/login", say(200, answer))
    with pytest.raises(HidSimError) as failed:
        await hidsim.sign_in()
    assert isinstance(failed.value, NotSent | OutcomeUnknown)


async def test_a_token_is_renewed_before_its_end(far: ScriptedServer, connect: Connect, clock: Clock) -> None:
    far.on("/auth/login", say(200, {"token": life()}))
    far.on("/auth/renew", say(200, {"token": life(name="two")}))
    far.on("/auth/me", say(200, ME))
    hidsim = connect(clock=clock)
    await hidsim.me()
    clock.pass_(HOUR - 61)
    await hidsim.me()
    assert far.asked("/auth/renew") == []
    clock.pass_(2)
    await hidsim.me()
    assert [one.token for one in far.asked("/auth/renew")] == [life()]
    assert [one.token for one in far.asked("/auth/me")] == [life(), life(), life(name="two")]


@pytest.mark.parametrize(
    "renewal", [say(404), say(401, {"message": "no"}), cut(), say(200, {})], ids=["404", "401", "cut", "no token"]
)
async def test_without_a_renewal_there_is_a_login(
    far: ScriptedServer, connect: Connect, clock: Clock, renewal: Behaviour
) -> None:
    far.on("/auth/login", say(200, {"token": life()}), say(200, {"token": life(name="two")}))
    far.on("/auth/renew", renewal)
    far.on("/auth/me", say(200, ME))
    hidsim = connect(clock=clock)
    await hidsim.me()
    clock.pass_(HOUR - 10)
    await hidsim.me()
    assert far.asked("/auth/me")[-1].token == life(name="two")


async def test_a_failing_renewal_is_nobodys_failure(far: ScriptedServer, connect: Connect, clock: Clock) -> None:
    far.on("/auth/login", say(200, {"token": life()}), say(500))
    far.on("/auth/renew", say(500))
    far.on("/auth/me", say(200, ME))
    hidsim = connect(clock=clock)
    await hidsim.me()
    clock.pass_(HOUR - 10)
    for _ in range(5):
        await hidsim.me()
    assert len(far.asked("/auth/renew")) == 3
    assert {one.token for one in far.asked("/auth/me")} == {life()}


async def test_nobody_waits_for_a_slow_renewal(far: ScriptedServer, connect: Connect, clock: Clock) -> None:
    arrived = asyncio.Event()
    far.on("/auth/login", say(200, {"token": life()}))
    far.on("/auth/renew", hang(arrived))
    far.on("/auth/me", say(200, ME))
    hidsim = connect(clock=clock)
    await hidsim.me()
    clock.pass_(HOUR - 10)
    renewing = asyncio.get_running_loop().create_task(hidsim.me())
    await arrived.wait()
    assert (await hidsim.me()).balance == 5
    renewing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await renewing


async def test_renew_renews_at_once(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on("/auth/renew", say(200, {"token": "two"}))
    far.on("/auth/me", say(200, ME))
    await hidsim.sign_in()
    await hidsim.renew()
    await hidsim.me()
    assert (far.asked("/auth/me")[0].token, far.logins) == ("two", 1)


@pytest.mark.parametrize("skew", [timedelta(days=-1), timedelta(hours=1), timedelta(days=400)])
async def test_a_wrong_clock_does_not_renew_for_ever(
    far: ScriptedServer, connect: Connect, clock: Clock, skew: timedelta
) -> None:
    far.on("/auth/login", say(200, {"token": life()}))
    far.on("/auth/me", say(200, ME))
    hidsim = connect(clock=clock, now=lambda: NOW + skew)
    for _ in range(5):
        await hidsim.me()
    assert [one.path for one in far.seen] == ["/auth/login"] + ["/auth/me"] * 5


async def test_a_useless_login_is_not_repeated_for_every_refusal(
    far: ScriptedServer, connect: Connect, clock: Clock
) -> None:
    far.on("/auth/me", say(403, {"message": "never"}))
    hidsim = connect(clock=clock)
    for _ in range(10):
        with pytest.raises(SignInRefused):
            await hidsim.me()
    assert far.logins == 2


async def test_a_cancelled_login_is_taken_over_by_the_next_call(far: ScriptedServer, hidsim: HidSim) -> None:
    arrived = asyncio.Event()
    far.on("/auth/login", hang(arrived), say(200, {"token": "t"}))
    far.on("/auth/me", say(200, ME))
    loop = asyncio.get_running_loop()
    first = loop.create_task(hidsim.me())
    await arrived.wait()
    second = loop.create_task(hidsim.me())
    first.cancel()
    assert (await second).balance == 5


@pytest.mark.parametrize(
    ("token", "seconds"),
    [
        (jwt(exp=NOW.timestamp() + 60), 60),
        (jwt(iat=100, exp=400), 300),
        (jwt(iat=100.5, exp=400.5), 300),
        (jwt(), None),
        (jwt(exp="soon"), None),
        (jwt(exp=True), None),
        (jwt(exp=-5), None),
        (jwt(exp=1e300), None),
        (jwt(exp=NOW.timestamp() - 60), None),
        (jwt(exp=[]), None),
        ("", None),
        ("a.b", None),
        ("a.b.c", None),
        ("a.!!!.c", None),
        ("..", None),
        ("a.W10.c", None),
    ],
)
def test_a_token_says_how_long_it_lives_or_nothing(token: str, seconds: float | None) -> None:
    assert seconds_of_life(token, NOW) == seconds
