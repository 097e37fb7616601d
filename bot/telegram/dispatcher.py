"""Wires routers and middlewares together. Handlers get their arguments by name from `data` and from the middlewares."""

from typing import Any

from aiogram import Dispatcher

from bot.telegram.deliver import Deliver
from bot.telegram.entrance import Entrance
from bot.telegram.intake import Intake
from bot.telegram.routers import admin, favorites, money, orders, purchase, shop, stale, start, typed


def build(intake: Intake, entrance: Entrance, deliver: Deliver, **data: Any) -> Dispatcher:
    """A dispatcher without FSM: every button says by itself all that its screen needs."""
    dispatcher = Dispatcher(disable_fsm=True, **data)
    dispatcher.update.outer_middleware(intake)
    dispatcher.update.outer_middleware(entrance)
    dispatcher.message.middleware(deliver)
    dispatcher.callback_query.middleware(deliver)
    dispatcher.include_routers(  # what is tapped most first: each filter before costs time
        purchase.build(),
        shop.build(),
        orders.build(),
        start.build(),
        favorites.build(),
        money.build(),
        admin.build(),
        money.build_admin(),
        typed.build(),
        stale.build(),
    )
    return dispatcher
