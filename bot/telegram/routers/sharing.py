"""Links to a service or to a pair: made by who is in, opened by whoever may buy."""

from aiogram import Bot, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Right
from bot.domain.people import Person
from bot.domain.price_window import Window
from bot.domain.shared_links import SharedLink
from bot.facts.shop import CountryPage
from bot.i18n import Translator
from bot.screens import origin
from bot.screens.callbacks_of_sharing import ToShare, ToSharing
from bot.screens.screen import Screen
from bot.screens.shop import countries, price
from bot.screens.shop import favorites as favorite_screens
from bot.screens.shop import sharing as screens
from bot.services.account import Account
from bot.services.people.people import People
from bot.services.shop.favorites import Favorites
from bot.services.shop.sharing import Sharing
from bot.telegram.having import having
from bot.telegram.left_links import LeftLinks


async def opened(
    _message: Message, command: CommandObject, person: Person, t: Translator, sharing: Sharing, account: Account
) -> Screen:
    link = SharedLink.read(command.args or "")
    return screens.unreadable(t) if link is None else await _followed(link, person, t, sharing, account)


async def came_for(
    _tap: CallbackQuery, person: Person, t: Translator, sharing: Sharing, account: Account, left_links: LeftLinks
) -> Screen:
    """Behind Menu, once: they followed it before they were in."""
    link = left_links.take(person.id)
    return screens.unreadable(t) if link is None else await _followed(link, person, t, sharing, account)


async def _followed(link: SharedLink, person: Person, t: Translator, sharing: Sharing, account: Account) -> Screen:
    facts = await sharing.opened(person.id, link, countries.names(t))
    if isinstance(facts, CountryPage):
        return countries.countries(facts, origin.HOME, account.currency, t)
    return price.price(facts, price.TYPED, t)


async def share(
    _tap: CallbackQuery, callback_data: ToShare, t: Translator, sharing: Sharing, people: People, bot: Bot
) -> Screen:
    wanted = callback_data
    pair = SharedLink(wanted.service, wanted.country, Window(wanted.low, wanted.high))
    facts = sharing.facts(SharedLink(wanted.service) if wanted.everywhere else pair)
    return screens.share(facts, (await bot.me()).username or "", wanted, people.mode, t)


async def to_share(
    _tap: CallbackQuery, callback_data: ToSharing, person: Person, t: Translator, favorites: Favorites
) -> Screen:
    return favorite_screens.to_share(await favorites.page(person.id, callback_data.number), t)


def build() -> Router:
    """What opens a link stands in `start.py`, because it comes as a /start."""
    router = Router(name="sharing")
    tap = router.callback_query
    tap.filter(having(Right.BUY))
    tap.register(share, ToShare.filter())
    tap.register(to_share, ToSharing.filter())
    return router
