"""Wires routers and middlewares together. Handlers get their arguments by name from `data` and from the middlewares."""

from typing import Any

from aiogram import Dispatcher

from bot.telegram.admission import Admission
from bot.telegram.deliver import Deliver
from bot.telegram.inline_answers import InlineAnswers
from bot.telegram.intake import Intake
from bot.telegram.routers import help as help_router
from bot.telegram.routers import inline as inline_router
from bot.telegram.routers import safety, settings, sharing, stale, start
from bot.telegram.routers.desk import exports, figures, record
from bot.telegram.routers.money import credit, credit_requests, wallet
from bot.telegram.routers.orders import close_all, history, labels, lost, own, sequels
from bot.telegram.routers.orders import exports as own_export
from bot.telegram.routers.people import door, entry, limits, listed
from bot.telegram.routers.shop import browsing, drafts, favorites, price, typed, watches

ROUTERS = (
    price,
    browsing,
    own,
    drafts,
    sequels,
    sharing,
    history,
    close_all,
    labels,
    own_export,
    start,
    favorites,
    watches,
    wallet,
    credit_requests,
    credit,
    entry,
    listed,
    limits,
    door,
    safety,
    settings,
    help_router,
    lost,
    record,
    exports,
    figures,
    typed,
    stale,
)
"""What is tapped most first: each filter before costs time."""


def build(intake: Intake, admission: Admission, deliver: Deliver, *, inline: bool, **data: Any) -> Dispatcher:
    """A dispatcher without FSM: every button says by itself all that its screen needs.

    `inline`: inline queries are answered; else Telegram is not even asked for them.
    """
    dispatcher = Dispatcher(disable_fsm=True, **data)
    dispatcher.update.outer_middleware(intake)
    dispatcher.update.outer_middleware(admission)
    dispatcher.message.middleware(deliver)
    dispatcher.callback_query.middleware(deliver)
    dispatcher.include_routers(*(one.build() for one in ROUTERS))
    if inline:
        dispatcher.inline_query.middleware(InlineAnswers())
        dispatcher.include_router(inline_router.build())
    return dispatcher
