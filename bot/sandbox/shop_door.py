"""Whom a bot that is not open lets in: its admin admits the demo's buyers, in the chat, before anybody else comes."""

from collections.abc import Callable

from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer

_START_UP = 60.0
"""Seconds that the bot may take until it can be talked to."""


async def admit(server: SandboxServer, out: Callable[[str], None]) -> None:
    """The admin says /allow with each buyer's id and confirms. What can't be done is said, and is no failure."""
    profile = next(one for one in server.telegram.people if one.is_admin)
    admin = Person(server.telegram, profile.id, profile.first_name, profile.language_code, patience=_START_UP)
    try:
        await admin.start()
        await admin.waits_until(lambda: any(one.from_bot for one in admin.chat()), "an answer")
        for buyer in server.buyers:
            asked = await admin.say(f"/allow {buyer.id}")
            await admin.tap("Confirm", message=await admin.sees("", since=asked))
    except AssertionError as error:
        out(f"{profile.first_name} could not let the buyers in: {error}")
    else:
        names = " and ".join(one.first_name for one in server.buyers)
        out(f"{profile.first_name}, the admin, has let {names} in (/allow).")
