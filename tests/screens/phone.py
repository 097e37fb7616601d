"""What a phone makes of a screen: Telegram's rules for texts and keyboards, and what is then read and tapped."""

import html
import re

from aiogram.types import InlineKeyboardButton

from bot.i18n import Languages
from bot.sandbox.telegram.entities import Entity
from bot.sandbox.telegram.html import parse_html
from bot.sandbox.telegram.text import finish_message, parse_text
from bot.screens.screen import Screen

ENGLISH = Languages.load().translator("en")
_TAG = re.compile(r"<[^<>]*>")


def read(screen: Screen) -> tuple[str, list[Entity]]:
    """The visible text and its entities. Raises what Telegram would refuse it with."""
    finish_message(parse_text(str(screen.text), "HTML", None))
    return parse_html(str(screen.text))


def meant(screen: Screen) -> str:
    """What stands between the tags of our own HTML, read without Telegram's parser."""
    return html.unescape(_TAG.sub("", str(screen.text)))


def stretches(screen: Screen, kind: str) -> list[str]:
    """The stretches of visible text under entities of this kind."""
    text, entities = read(screen)
    units = text.encode("utf-16-le")
    found = [e for e in entities if e.type == kind]
    return [units[2 * e.offset : 2 * e.end].decode("utf-16-le") for e in found]


def buttons(screen: Screen) -> list[InlineKeyboardButton]:
    return [button for row in screen.rows for button in row]


def check_keyboard(screen: Screen) -> None:
    """Telegram's limits (callback data of 1-64 bytes, copied text of 1-256), and ours for phones."""
    assert all(1 <= len(row) <= 3 for row in screen.rows)
    assert len(buttons(screen)) <= 40
    for button in buttons(screen):
        assert button.text.strip(), button
        if button.callback_data is not None:
            assert 1 <= len(button.callback_data.encode()) <= 64, button
        elif button.url is not None:
            assert button.url.startswith("https://"), button
        else:
            assert button.copy_text is not None, button
            assert 1 <= len(button.copy_text.text) <= 256, button
            assert button.copy_text.text.strip(), button


def check(screen: Screen) -> None:
    """Everything that must be true of any screen."""
    assert read(screen)[0] == meant(screen)
    assert meant(screen).strip()
    assert screen.toast is None or len(screen.toast) <= 200
    check_keyboard(screen)


def drawn(screen: Screen) -> str:
    """A screen as text: what it says, then its buttons, each with what it does."""
    lines = [str(screen.text), *(" ".join(f"[{_button(button)}]" for button in row) for row in screen.rows)]
    if screen.toast is not None:
        lines.append(f"{'alert' if screen.alert else 'toast'}: {screen.toast}")
    return "\n".join(lines)


def _button(button: InlineKeyboardButton) -> str:
    style = f" ({button.style})" if button.style else ""
    copied = f"copies {button.copy_text.text}" if button.copy_text else button.callback_data
    return f"{button.text}{style} → {copied or button.url}"
