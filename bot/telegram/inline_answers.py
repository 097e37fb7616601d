"""Answers inline queries: handlers return what is suggested, and never answer by themselves."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.exceptions import TelegramAPIError
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    TelegramObject,
)

from bot.faults import DatabaseFault
from bot.screens.shop.suggestions import Article, Articles, open_the_bot

_log = structlog.get_logger(__name__)

_KEPT = 5
"""Seconds for which Telegram may show the same answer again, to the same person."""
_PAYLOAD = "inline"
"""Behind the button's /start, which has to hold something; it leads home."""


class InlineAnswers(BaseMiddleware):
    """Inner middleware of inline queries. Whoever types on has asked anew, so one that fails is logged, and no more."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> None:
        if not isinstance(event, InlineQuery):
            return
        try:
            articles = await handler(event, data)
        except DatabaseFault as error:
            _log.critical("the database can't be used", error=type(error).__name__)
            articles = Articles((), open_the_bot(data["t"]))
        try:
            await answer(event, articles)
        except TelegramAPIError as error:
            _log.info("an inline query could not be answered", error=type(error).__name__)


async def answer(query: InlineQuery, articles: Articles) -> None:
    """Raises aiogram's errors. All fits into one answer, so there is no next part."""
    first = not query.offset
    results = [_result(one, articles.open_label) for one in articles.found] if first else []
    leads_here = InlineQueryResultsButton(text=articles.label, start_parameter=_PAYLOAD)
    await query.answer(list(results), cache_time=_KEPT, is_personal=True, button=leads_here)


def _result(one: Article, label: str) -> InlineQueryResultArticle:
    link = [[InlineKeyboardButton(text=label, url=one.link)]] if one.link else None
    return InlineQueryResultArticle(
        id=one.id,
        title=one.title,
        description=one.description,
        input_message_content=InputTextMessageContent(message_text=str(one.text)),
        reply_markup=InlineKeyboardMarkup(inline_keyboard=link) if link else None,
    )
