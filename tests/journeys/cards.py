"""What must hold in every chat: an order has one live card, so no two messages show the same of its buttons."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from bot.sandbox.server import SandboxServer

LIVE = {
    "oc1": "Close",
    "or1": "Refresh",
    "ow1": "Close when allowed",
    "os1": "Another SMS",
    "ou1": "Raise the maximum",
    "na1": "Another number",
    "nc1": "Next country",
    "nd1": "Number refused",
    "nk1": "Keep this number",
    "nl1": "Time limit",
}


def live_buttons(bodies: Iterable[dict[str, Any]]) -> Counter[str]:
    """For each button of an order on how many messages it stands. What stands below an SMS is that SMS's own."""
    found: Counter[str] = Counter()
    for body in bodies:
        rows = body.get("reply_markup", {}).get("inline_keyboard", [])
        found.update({name for row in rows for button in row if (name := _named(button))})
    return found


def _named(button: dict[str, Any]) -> str | None:
    if "Copy number" in button["text"]:
        return f"Copy number {button['copy_text']['text']}"
    kind, _, rest = button.get("callback_data", "").partition(":")
    order, _, via = rest.partition(":")
    return f"{LIVE[kind]} #{order}" if kind in LIVE and via != "x" else None


def doubled(world: SandboxServer) -> dict[int, list[str]]:
    """By chat, what can be tapped on two messages."""
    state = world.telegram.state
    chats = {person.id: [one.body for one in state.chats.messages(person.id)] for person in state.people}
    found = {person: [name for name, n in live_buttons(bodies).items() if n > 1] for person, bodies in chats.items()}
    return {person: names for person, names in found.items() if names}


async def check_cards(world: SandboxServer, patience: float = 3.0) -> None:
    """At the end of every story; what has just been overtaken folds within some ticks."""
    await world.telegram.state.events.bell.wait_for(lambda: not doubled(world), patience)
    found = doubled(world)
    assert not found, found
