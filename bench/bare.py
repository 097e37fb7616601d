"""What aiogram costs by itself: one handler, the two Bot API calls of a tap, nothing else."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bench.texts import TEXT, keyboard

TOKEN = "1:bare-0000000000000000000000"  # noqa: S105 - opens nothing but the far end
SCREEN = InlineKeyboardMarkup.model_validate({"inline_keyboard": keyboard()})


async def tapped(tap: CallbackQuery) -> None:
    if isinstance(tap.message, Message):
        await tap.message.edit_text(TEXT, reply_markup=SCREEN)
    await tap.answer()


async def main(url: str) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    bot = Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode="HTML"))
    dispatcher = Dispatcher()
    dispatcher.callback_query.register(tapped)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
