"""A database that can't be written for a while: a stranger holds its lock, no file may grow, or the disk is full.

While it lasts nobody can buy, the codes of open orders still come, and afterwards everything goes on.
"""

import asyncio
import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from bot.sandbox.person import Person
from tests.crash.judge import Verdict, judge
from tests.crash.keeper import ADMIN, Keeper
from tests.crash.people import BUY, NUMBER, PATIENCE, Buyer, until
from tests.crash.world import World
from tests.db import stranger

CANT_WRITE = "Nothing can be saved right now, so nothing was done."
TOLD = "The database can't be written"
DISK = "4m"
"""Room enough for the whole story, were it not for the ballast."""
SAID_OF_IT = ("a tick fails", "--- Logging error ---")
"""Where what could not be written belongs, and what logging says when the log file may not grow either: no mistakes."""
NoWriting = Callable[[Keeper], AbstractContextManager[None]]


@contextmanager
def a_stranger_writes(keeper: Keeper) -> Iterator[None]:
    with stranger.writing(keeper.database):
        yield


@contextmanager
def no_file_may_grow(keeper: Keeper) -> Iterator[None]:
    """The bot's own write() fails (EFBIG), whatever it writes to: SQLite calls that an I/O error."""
    unlimited = resource.RLIM_INFINITY
    resource.prlimit(keeper.pid, resource.RLIMIT_FSIZE, (0, unlimited))
    yield
    resource.prlimit(keeper.pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))


@contextmanager
def the_disk_is_full(keeper: Keeper) -> Iterator[None]:
    """To the last byte (ENOSPC). The folder has to be a `disk` of its own."""
    ballast = keeper.folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            while _fits(file.fileno(), size):
                pass
    yield
    ballast.unlink()


def _fits(fd: int, size: int) -> bool:
    try:
        return os.write(fd, b"\0" * size) == size
    except OSError:
        return False


@contextmanager
def disk(folder: Path) -> Iterator[bool]:
    """Mounts a small one at the folder; false where this machine does not let us."""
    tool = shutil.which("mount")
    command = [str(tool), "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    mounted = tool is not None and os.geteuid() == 0 and subprocess.run(command, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run([str(shutil.which("umount")), "--lazy", str(folder)], check=True)


STORAGE: dict[str, NoWriting] = {
    "a stranger holds the lock": a_stranger_writes,
    "no file may grow": no_file_may_grow,
    "disk full": the_disk_is_full,
}


async def story(folder: Path, no_writing: NoWriting) -> Verdict:
    """Ann and Bob have numbers, Cem's purchase is under way, Dan looks at a price; then nothing can be written."""
    async with World() as world:
        keeper = Keeper(world, folder)
        async with asyncio.TaskGroup() as group:
            group.create_task(keeper.run())
            buyers = await _the_day(keeper, no_writing)
        verdict = await judge(keeper, buyers)
    verdict.mistakes = [line for line in verdict.mistakes if not any(said in line for said in SAID_OF_IT)]
    return verdict


async def _the_day(keeper: Keeper, no_writing: NoWriting) -> list[Buyer]:
    names = ("Telegram", "WhatsApp", "Google", "Instagram")
    ann, bob, cem, dan = buyers = [Buyer(keeper, 101 + place, name) for place, name in enumerate(names)]
    ada = Person(keeper.world.telegram, ADMIN, "Ada", patience=PATIENCE)
    await ada.start()
    await keeper.up()
    for buyer in buyers:
        await buyer.person.start()
        await buyer.sees_a_price()
    for buyer in (ann, bob):
        assert await buyer.gets_a_number(), buyer.person.told()
    slow = keeper.world.hidsim.director.fault(keeper.world.path_of(cem.service), delay=1.0)
    await cem.taps(BUY)()
    await until(lambda: slow.hits)
    with no_writing(keeper):
        await asyncio.gather(*(_code_comes_and_nobody_buys(keeper, ada, one, dan) for one in (ann, bob)))
        assert not cem.has_seen(NUMBER)
    for buyer in (cem, dan):
        assert await buyer.gets_a_number(), buyer.person.told()
        await buyer.gets_the_code()
    keeper.stop()
    return buyers


def _refused(buyer: Buyer) -> bool:
    """At once in an alert, or in a message when the lock was waited for."""
    return any(CANT_WRITE in text for text in buyer.refusals) or buyer.shown(CANT_WRITE) is not None


async def _code_comes_and_nobody_buys(keeper: Keeper, ada: Person, waits: Buyer, wants: Buyer) -> None:
    await waits.gets_the_code()
    await wants.until(wants.taps(BUY), lambda: _refused(wants))
    assert wants.operations() == []
    await ada.sees(TOLD)
    assert keeper.kills == 0
