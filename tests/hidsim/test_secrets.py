"""Tokens, the password, numbers, codes and texts reach no log line, no exception and no repr."""

import logging
import traceback

import pytest
from structlog.testing import capture_logs

from bot.hidsim import HidSim, HidSimError, SignInRefused
from tests.hidsim.conftest import Connect
from tests.hidsim.scripted_server import Behaviour, ScriptedServer, cut, raw, say

OP = "b" * 24
CANARIES = ["token-canary", "pass-word-secret", "shop@example.org", "4915112345678", "987654", "canary text"]
DONE = {
    "_id": OP,
    "state": "completed",
    "number": "4915112345678",
    "code": "987654",
    "messages": [{"text": "canary text 987654"}],
}
REFUSAL = {"message": "number 4915112345678 has code 987654", "code": "987654"}


def told(error: BaseException) -> str:
    return f"{error!r} {error} " + "".join(traceback.format_exception(error))


@pytest.mark.parametrize(
    "answer",
    [
        say(200, DONE),
        say(400, REFUSAL),
        say(401, REFUSAL),
        say(500, REFUSAL),
        say(200, b'{"number": "4915112345678", "code": "987654"'),
        say(302, "", Location="/x?code=987654"),
        cut(),
        raw(b"HTTP/1.1 987654 4915112345678\r\n\r\n"),
    ],
    ids=["done", "refused", "token refused", "broken", "half", "redirect", "cut", "no HTTP"],
)
async def test_nothing_secret_is_told(
    far: ScriptedServer, connect: Connect, caplog: pytest.LogCaptureFixture, answer: Behaviour
) -> None:
    caplog.set_level(logging.DEBUG)
    far.on("/auth/login", say(200, {"token": "token-canary"}))
    for path in (f"/operations/{OP}", f"/operations/{OP}/close", "/products/p1/purchase"):
        far.on(path, answer)
    hidsim = connect()
    heard = [repr(hidsim)]
    with capture_logs() as logs:
        for call in (hidsim.operation(OP), hidsim.close(OP), hidsim.buy_product("p1")):
            try:
                heard.append(repr(await call))
            except HidSimError as error:
                heard.append(told(error))
    everything = " ".join([*heard, *map(str, logs), caplog.text])
    assert len(logs) >= 4
    assert [canary for canary in CANARIES if canary in everything] == []


async def test_a_refused_login_tells_no_credentials(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on("/auth/login", say(401, {"message": "shop@example.org may not enter with pass-word-secret"}))
    with capture_logs() as logs, pytest.raises(SignInRefused) as refused:
        await hidsim.me()
    everything = told(refused.value) + str(logs)
    assert [canary for canary in CANARIES if canary in everything] == []


async def test_a_log_line_names_the_template_and_the_time(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(f"/operations/{OP}", say(200, DONE))
    with capture_logs() as logs:
        await hidsim.operation(OP)
    line = logs[-1]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/operations/{}", 200)
    assert line["ms"] >= 0


@pytest.mark.parametrize("library", ["httpx", "httpcore"])
async def test_the_libraries_below_are_quiet(hidsim: HidSim, library: str) -> None:
    assert repr(hidsim)
    assert not logging.getLogger(library).isEnabledFor(logging.INFO)


async def test_the_configuration_hides_the_password(far: ScriptedServer, connect: Connect) -> None:
    hidsim = connect()
    await hidsim.sign_in()
    assert "pass-word-secret" not in f"{vars(hidsim)} {vars(vars(hidsim)['_exchange'])}"
