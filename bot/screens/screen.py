"""A screen: what one message says and offers, ready to be sent or edited in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aiogram.enums import ButtonStyle
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.domain.cards import CardRole
from bot.domain.catalog import Place
from bot.domain.orders import Order
from bot.i18n import Html
from bot.screens.body import CAPTION_LIMIT, TEXT_LIMIT, Body
from bot.screens.widths import fit

Row = Sequence[InlineKeyboardButton | None]

COPY_LIMIT = 256
"""Telegram's limit for what a copy button holds, in characters."""


@dataclass(frozen=True, slots=True)
class CardMark:
    """This screen is an order's card as of a revision. `via`: the list from which it was opened."""

    order_id: int
    revision: int
    role: CardRole
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """`body`: Telegram's HTML, or a photo or document with a caption. `toast` answers the tap, as a dialog if `alert`.

    `stays`: only the toast is shown, the message stays as it is. `card`: this message shows an order from now on.
    `place`: a menu on which typed words mean something of their own. `reply_keyboard`: buttons below the input line;
    such a screen has no rows and is a new message, because no edit can bring it. `putting_away`: what a message of its
    own says that goes before this one and takes a reply keyboard away. `over`: takes the place of the message that was
    tapped also when that is a push: what it asked is answered. `silent`: as a new message it comes without a sound.
    """

    body: Body
    rows: tuple[tuple[InlineKeyboardButton, ...], ...] = ()
    toast: str | None = None
    alert: bool = False
    stays: bool = False
    card: CardMark | None = None
    place: Place | None = None
    reply_keyboard: ReplyKeyboardMarkup | None = None
    putting_away: Html | None = None
    over: bool = False
    silent: bool = False

    @property
    def text(self) -> Html:
        """The words: the whole of a text, or a caption."""
        return self.body if isinstance(self.body, Html) else self.body.caption

    @property
    def most_words(self) -> int:
        """How many characters of words Telegram takes in such a body."""
        return TEXT_LIMIT if isinstance(self.body, Html) else CAPTION_LIMIT

    def saying(self, text: Html) -> "Screen":
        """The same with other words."""
        return replace(self, body=text if isinstance(self.body, Html) else replace(self.body, caption=text))

    def bare(self) -> "Screen":
        """Its words alone, without buttons; a body without words stays as it is."""
        return replace(self, body=self.text or self.body, rows=())

    @property
    def keyboard(self) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
        if self.reply_keyboard is not None:
            return self.reply_keyboard
        return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in self.rows]) if self.rows else None


def button(text: str, leads_to: CallbackData, style: ButtonStyle | None = None) -> InlineKeyboardButton:
    """A name of which nothing can be seen reads "…": Telegram drops buttons without a text, and says nothing."""
    return InlineKeyboardButton(text=text if text.strip() else "…", callback_data=packed(leads_to), style=style)


def packed(leads_to: CallbackData) -> str:
    """The button's data; a way back for which there is no room leads home."""
    try:
        return leads_to.pack()
    except ValueError:
        if "via" not in type(leads_to).model_fields:
            raise
        return leads_to.model_copy(update={"via": "h"}).pack()


def copy_button(text: str, copied: str | None) -> InlineKeyboardButton | None:
    """None for what can't be copied whole: half a code would be wrong, and Telegram refuses an empty one."""
    if not copied or not copied.strip() or len(copied) > COPY_LIMIT:
        return None
    return InlineKeyboardButton(text=text, copy_text=CopyTextButton(text=copied))


class Together(tuple[InlineKeyboardButton, ...]):
    """A row that is never broken: ➖ and ➕ mean what stands between them."""

    __slots__ = ()


def rows(*found: Row) -> tuple[tuple[InlineKeyboardButton, ...], ...]:
    """Rows without their absent buttons, and without rows that are empty then.

    A row in which a label would be cut on a phone becomes two or three.
    """
    kept = [one if isinstance(one, Together) else tuple(b for b in one if b is not None) for one in found]
    return tuple(part for row in kept if row for part in _broken(row))


def _broken(row: tuple[InlineKeyboardButton, ...]) -> list[tuple[InlineKeyboardButton, ...]]:
    """The last two buttons stay together first, where Back and Menu stand."""
    if isinstance(row, Together) or len(row) == 1 or fit([b.text for b in row]):
        return [tuple(row)]
    ways = ([row[:1], row[1:]], [row[:2], row[2:]]) if len(row) == 3 else ()
    for way in ways:
        if all(len(part) == 1 or fit([b.text for b in part]) for part in way):
            return way
    return [(one,) for one in row]


def grid(buttons: Sequence[InlineKeyboardButton], columns: int) -> list[tuple[InlineKeyboardButton, ...]]:
    return [tuple(buttons[at : at + columns]) for at in range(0, len(buttons), columns)]


def lines(*parts: str | Html | None) -> Html:
    """Paragraph lines; None is left out, an empty one is a blank line. Plain strings are escaped."""
    return Html("\n").join(part for part in parts if part is not None)


def mark(order: Order, role: CardRole = CardRole.VIEW, via: str | None = None) -> CardMark:
    return CardMark(order.id, order.revision, role, via)


def typing_at(menu: CallbackData) -> Place:
    """The place of a screen whose typed words the handler behind `standing_on` takes; `menu` leads to that screen."""
    return Place(None, None, menu.pack())
