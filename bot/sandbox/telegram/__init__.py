"""A Telegram Bot API made of cardboard: see README.md beside this file."""

from bot.sandbox.telegram.records import Call, Line
from bot.sandbox.telegram.sandbox import TOKEN, TelegramSandbox

__all__ = ["TOKEN", "Call", "Line", "TelegramSandbox"]
