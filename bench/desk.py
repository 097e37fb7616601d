"""What admins look at, in a shop with a long past: how long each screen takes, and what an export holds in memory.

    python -m bench.desk [--people 10000] [--orders 100000] [--rounds 15]

The whole bot on a file with so many rows, before a far end that answers at once; each update goes the way of every
update, and the time is until its screen was drawn. Exit 1 when the median of one is above 300 ms.
"""

import itertools
from pathlib import Path

from aiogram.types import Update

from bench.children import BOT_TOKEN
from bench.ready_made import message
from bot.settings import Settings

OWNER = 900_001
LIMIT_MS = 300.0
_update_ids = itertools.count(1)


def settings(url: str, file: Path) -> Settings:
    return Settings(
        bot_token=BOT_TOKEN,
        admin_ids=frozenset({OWNER}),
        telegram_api_url=url,
        hidsim_api_url=f"{url}/hidsim",
        hidsim_identifier="demo@hidsim.example",
        hidsim_password="demo",  # noqa: S106 - opens nothing but the sandbox
        access="open",
        max_open_orders=100,
        database_url=f"sqlite+aiosqlite:///{file}",
    )


def tap(person: int, data: str) -> Update:
    number = next(_update_ids)
    who = {"id": person, "is_bot": False, "first_name": "Ann"}
    given = {"id": str(number), "from": who, "chat_instance": "1", "message": message(person), "data": data}
    return Update.model_validate({"update_id": number, "callback_query": given})


def says(person: int, text: str) -> Update:
    number = next(_update_ids)
    who = {"id": person, "is_bot": False, "first_name": "Ann"}
    said = {**message(person), "message_id": number + 100, "from": who, "text": text}
    said.pop("reply_markup")
    said.pop("entities")
    return Update.model_validate({"update_id": number, "message": said})
