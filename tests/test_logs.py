"""No secret, number or code comes out of the logs, whichever way it went in."""

import io
import json
import logging
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot import logs

TOKEN = "1234567890:AAHcanary_of_a-token_0123456789"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.canary-signature_1"
CANARIES = {
    "a token": TOKEN,
    "a token in an address": f"https://api.telegram.org/bot{TOKEN}/getMe",
    "a JWT": f"Bearer {JWT}",
    "a number": "+5511912345678",
    "a written number": "+55 (11) 91234-5678",
    "a bare number": "5511912345678",
    "a code": "Your code is 123456.",
    "a short code": "PIN:7788",
    "a parted code": "123-456 is your code",
    "a marked code": "G-654321",
    "a code of another script": "код 123456",
}
TELLTALE = re.compile("canary|1234|5678|7788|456|6543|eyJ")


Configure = Callable[[str, str], io.StringIO]


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Configure]:
    """Configures logging onto a stream that can be read. Logging is one for the whole process: all is taken back."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in (*logs._QUIET, "apscheduler")}

    def onto_a_stream(level: str, form: str) -> io.StringIO:
        stream = io.StringIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", stream)
            logs.configure(level, form)
        return stream

    yield onto_a_stream
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)
    structlog.reset_defaults()


@pytest.fixture(params=["console", "json"])
def out(request: pytest.FixtureRequest, configure: Configure) -> Callable[[], str]:
    """Everything logged so far, in each format."""
    stream = configure("DEBUG", request.param)

    def read() -> str:
        if request.param == "json":
            for line in stream.getvalue().splitlines():
                json.loads(line)
        return stream.getvalue()

    return read


def clean(text: str) -> str:
    """The line without its time, which may hold such digits by right."""
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "", text)


def fails(words: str) -> None:
    raise RuntimeError(words)


def raised(words: str) -> BaseException:
    try:
        fails(words)
    except RuntimeError as error:
        return error
    raise AssertionError


WAYS: dict[str, Callable[[str], None]] = {
    "structlog, the event": lambda c: structlog.get_logger("x").warning(c),
    "structlog, a value": lambda c: structlog.get_logger("x").warning("event", about=c),
    "structlog, a bound value": lambda c: structlog.get_logger("x").bind(about=c).warning("event"),
    "structlog, a list": lambda c: structlog.get_logger("x").warning("event", found=[1, [c]], pair=(c,)),
    "structlog, a mapping": lambda c: structlog.get_logger("x").warning("event", found={"a": {"b": c}, c: 1}),
    "structlog, an object": lambda c: structlog.get_logger("x").warning("event", error=ValueError(c)),
    "structlog, an exception": lambda c: structlog.get_logger("x").error("event", exc_info=raised(c)),
    "stdlib, the message": lambda c: logging.getLogger("x").warning(c.replace("%", "")),
    "stdlib, an argument": lambda c: logging.getLogger("x").warning("about %s and %r", c, [c]),
    "stdlib, an exception": lambda c: logging.getLogger("x").error("event", exc_info=raised(c)),
    "a library's logger": lambda c: logging.getLogger("aiohttp.client").error("got %s", c, exc_info=raised(c)),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("canary", CANARIES)
def test_no_canary_comes_out(out: Callable[[], str], way: str, canary: str) -> None:
    WAYS[way](CANARIES[canary])
    said = out()
    assert said
    assert not TELLTALE.search(clean(said)), said


@pytest.mark.parametrize("key", ["token", "password", "number", "code", "text", "authorization", "secret"])
@pytest.mark.parametrize("value", ["canary", 12345678, ["canary"], {"a": "canary"}])
def test_nothing_under_a_telling_name_comes_out(out: Callable[[], str], key: str, value: Any) -> None:
    structlog.get_logger("x").warning("event", **{key: value})
    structlog.get_logger("x").warning("event", inner={key: value})
    assert not TELLTALE.search(clean(out()))


def test_what_finds_a_mistake_stays_readable(out: Callable[[], str]) -> None:
    structlog.get_logger("bot.x").error(
        "HidSim answered", order=123456, ms=12345, status=502, fault="123456", operation="65f1c2ab1d0e4b6f12345678",
        path="/operations/{id}", host="127.0.0.1:43210", version="3.31.0", missing=None, asked=True,
    )  # fmt: skip
    said = out()
    for kept in ("123456", "12345", "502", "65f1c2ab1d0e4b6f12345678", "/operations/{id}", "127.0.0.1:43210", "3.31.0"):
        assert kept in said
    assert "bot.x" in said
    assert "HidSim answered" in said


def test_an_exception_is_logged_with_its_place(out: Callable[[], str]) -> None:
    structlog.get_logger("x").error("event", exc_info=raised("what happened"))
    said = out()
    assert "RuntimeError: what happened" in said
    assert "test_logs.py" in said
    assert said.count("what happened") <= 2


@pytest.mark.parametrize(
    "name", ["httpx", "httpcore", "aiogram.event", "sqlalchemy.engine", "aiosqlite", "aiohttp.access"]
)
def test_libraries_that_log_addresses_and_statements_are_quiet(out: Callable[[], str], name: str) -> None:
    logging.getLogger(name).info("GET https://api.telegram.org/botX/getUpdates")
    logging.getLogger(name).debug("INSERT INTO sms")
    assert out() == ""
    logging.getLogger(name).warning("but this is said")
    assert "but this is said" in out()


def test_less_than_the_level_is_not_logged(configure: Configure) -> None:
    stream = configure("ERROR", "console")
    structlog.get_logger("x").warning("no")
    logging.getLogger("x").warning("no")
    structlog.get_logger("x").error("yes")
    assert stream.getvalue().count("yes") == len(stream.getvalue().splitlines()) == 1


def test_configuring_twice_says_everything_once(configure: Configure) -> None:
    first, second = configure("INFO", "json"), configure("INFO", "json")
    logging.getLogger("x").warning("once")
    assert (first.getvalue(), second.getvalue().count("once")) == ("", 1)


@given(st.integers(0, 99_999_999).map(str), st.sampled_from(["code {}", "{} is it", "<{}>", "“{}”", "a:{}", "{}!"]))
def test_any_code_of_four_to_eight_digits_is_taken_out_of_any_sentence(digits: str, sentence: str) -> None:
    code = digits.zfill(4)
    event = logs.redact(None, "", {"event": sentence.format(code)})
    assert code not in event["event"]


@given(st.text(max_size=300))
def test_redacting_any_text_ends_and_changes_nothing_the_second_time(text: str) -> None:
    once = logs.redact(None, "", {"event": text})["event"]
    assert logs.redact(None, "", {"event": once})["event"] == once
