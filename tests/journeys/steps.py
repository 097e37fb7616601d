"""What people do again and again in journeys."""

import pytest

from bot.sandbox.person import ChatMessage
from tests.journeys.shop import Thumb

BOTH = pytest.mark.parametrize("dialect", ["canonical", "variant"])
BUY = "Buy · up to"


async def to_the_price(ann: Thumb) -> None:
    """By taps alone, from /start."""
    await ann.start()
    await ann.tap_seen("Buy a number")
    await ann.tap_seen("Telegram")
    await ann.tap_seen("Brazil")
    await ann.sees("Matching now")


async def asks_the_price(ann: Thumb, text: str = "telegram brazil") -> ChatMessage:
    """The short way: by typing."""
    sent = await ann.say(text)
    return await ann.sees("Matching now", since=sent)


async def buys(ann: Thumb, text: str = "telegram brazil") -> ChatMessage:
    """Types, taps Buy, and waits for the message that brings the number."""
    price = await asks_the_price(ann, text)
    await ann.tap(BUY, message=price)
    return await ann.sees("📞", since=price)


def names_of(countries: ChatMessage) -> list[str]:
    """The countries on the buttons, without their prices."""
    return [label.partition(" · ")[0] for label in countries.labels if " · " in label]
