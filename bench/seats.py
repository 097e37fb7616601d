"""One program that polls, before a world of its own at the far end: how it is set up, and what is seen of it."""

import json
import re
import socket
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, astuple, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from bench import live_orders
from bench.arrivals import FIRST_PERSON, Arrivals, Live, under_way
from bench.children import Child, ask, bot, database, script
from bench.partner import Shape
from bot.screens.callbacks import ToHome

Who = Literal["bot", "naive", "bare"]
_OPERATION = "/operations/{}"


@dataclass(frozen=True)
class Setting:
    """`rate` is what is set, `limit` what is enforced, 0 for none. `replaces`: an order's end brings a tap on Buy.

    `bought`: its orders are bought by taps at the start. Else they are under way then, at ages up to `oldest` seconds.
    """

    live: int
    rate: float
    limit: int = 0
    shape: Shape = "sliding"
    retry_after: int | None = 1
    bought: bool = False
    replaces: bool = True
    oldest: float = 1200
    arrivals: Arrivals = field(default_factory=Arrivals)


@dataclass
class Seen:
    """Of one window, in seconds. `probes`: from a tap on Home to its answer. `figures`: the health page.

    `errors`: what the program logged since its start, without numbers, and how often.
    """

    seconds: float
    cpu: float
    delays: list[float]
    untold: int
    counts: dict[tuple[str, int], int]
    live: int
    probes: list[float]
    errors: Counter[str]
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def polls(self) -> int:
        return self.counts.get((_OPERATION, 200), 0)

    @property
    def requests(self) -> int:
        return sum(self.counts.values())

    @property
    def refused(self) -> float:
        """The share of requests that were answered with 429."""
        return sum(n for (_, status), n in self.counts.items() if status == 429) / max(1, self.requests)

    @property
    def cpu_of_a_poll(self) -> float:
        """Milliseconds of the process for each poll, whatever else it did."""
        return self.cpu * 1000 / max(1, self.polls)


@dataclass(frozen=True)
class Program:
    """`status`: where the bot's health page is; `log`: what it says, errors only."""

    child: Child
    status: str = ""
    log: Path | None = None

    def said(self) -> str:
        return "" if self.log is None else self.log.read_text(encoding="utf-8")

    def errors(self) -> Counter[str]:
        return Counter(re.sub(r"\d+", "0", line.partition(" ")[2]) for line in self.said().splitlines())


class Seat:
    """A running program and its world."""

    def __init__(self, far: str, name: str, setting: Setting, program: Program) -> None:
        self._far = far
        self._name = name
        self._setting = setting
        self._child = program.child
        self._program = program
        self._probes: list[float] = []

    def wait_until_it_hears(self) -> None:
        """Ends all with what the program said when it never does."""
        try:
            self._ask("up")
        except TimeoutError:
            raise SystemExit(f"the program never heard: {self._program.said()}") from None

    def begin(self) -> None:
        """Has it buy what it is to buy. The window is open then."""
        if self._setting.bought:
            self._ask("buy", orders=self._setting.live)
        self.open_window()

    def open_window(self) -> None:
        self._ask("window")
        self._began, self._cpu = time.time(), self._child.cpu()

    def probe(self) -> None:
        """A tap on Home, waited for."""
        self._probes.append(float(self._ask("probe", person=FIRST_PERSON * 20, data=ToHome().pack())))

    def close_window(self, patience: float = 20) -> Seen:
        """Codes that came until now and are untold are waited for."""
        ends, cpu = time.time(), self._child.cpu() - self._cpu
        counted = self._ask("seen", until=ends)
        seen = counted
        while seen["untold"] and time.time() < ends + patience:
            time.sleep(0.5)
            seen = self._ask("seen", until=ends)
        counts = {(route, status): count for route, status, count in counted["counts"]}
        return Seen(
            seconds=ends - self._began,
            cpu=cpu,
            delays=seen["delays"],
            untold=seen["untold"],
            counts=counts,
            live=counted["live"],
            probes=self._probes,
            errors=self._program.errors(),
        )

    def first_poll(self, patience: float = 120) -> float:
        """Seconds from the start of the process to the first request about an operation."""
        ends = time.monotonic() + patience
        while (first := self._ask("seen", until=0)["first"]) is None:
            if time.monotonic() > ends:
                raise SystemExit("the program never polled")
            time.sleep(0.1)
        return float(first) - self._child.started_at

    def rss(self) -> int:
        """Bytes of memory that the program occupies."""
        return self._child.rss()

    def figures(self) -> dict[str, Any]:
        """What the health page says; nothing where there is none."""
        try:
            with urllib.request.urlopen(f"http://{self._program.status}/health", timeout=5) as answer:
                return dict(json.load(answer))
        except (OSError, urllib.error.URLError, ValueError):
            return {}

    def _ask(self, act: str, **given: Any) -> Any:
        return ask(self._far, f"/bench/{self._name}/{act}", **given)


@contextmanager
def seat(far: str, name: str, who: Who, setting: Setting, core: int | None = None) -> Iterator[Seat]:
    """`name` is one world's alone. `core`: all that the program does is done there."""
    live = [] if setting.bought else under_way(setting.live, setting.arrivals, setting.oldest)
    _make_world(far, name, setting, live)
    with TemporaryDirectory(prefix=f"bench-{who}-") as folder, ExitStack() as stack:
        if who == "bot":
            live_orders.make(database(Path(folder)), live, setting.arrivals.life)
            program = _bot(stack, f"{far}/w/{name}", Path(folder), setting)
        else:
            module = "bench.naive" if who == "naive" else "bench.bare_polls"
            arguments = (f"{far}/w/{name}", f"{far}/bench/{name}", str(setting.rate))
            program = Program(stack.enter_context(script(module, *arguments)))
        if core is not None:
            program.child.stay_on(core)
        yield Seat(far, name, setting, program)


def _bot(stack: ExitStack, url: str, folder: Path, setting: Setting) -> Program:
    status, log = f"127.0.0.1:{_free_port()}", folder / "bot.log"
    settings = {
        "HIDSIM_RATE_PER_SECOND": str(setting.rate),
        "MAX_OPEN_ORDERS": "100",
        "MAX_PURCHASES_PER_HOUR": "10000",
        "MAX_CLOSES_PER_HOUR": "10000",
        "DAILY_SPEND": "1000000",
        "STATUS_LISTEN": status,
        "LOG_LEVEL": "ERROR",
    }
    return Program(stack.enter_context(bot(url, folder, None, log, **settings)), status, log)


def _make_world(far: str, name: str, setting: Setting, live: list[Live]) -> None:
    ask(
        far,
        f"/bench/{name}/make",
        arrivals=asdict(setting.arrivals),
        limit=setting.limit,
        shape=setting.shape if setting.limit else "none",
        retry_after=setting.retry_after,
        replaces=setting.replaces,
        live=[astuple(one) for one in live],
    )


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
