"""What the bot says of itself, by language and scope."""

import pytest

from bot.sandbox.person import Person
from bot.sandbox.telegram import TelegramSandbox
from tests.sandbox.telegram.wire import Wire

START = [{"command": "start", "description": "Begin"}]
RUSSIAN = [{"command": "start", "description": "Начать"}]
ADMIN = [{"command": "balance", "description": "Balance"}]


async def test_the_nearest_scope_and_then_the_language_wins(wire: Wire, ann: Person, telegram: TelegramSandbox) -> None:
    boris = Person(telegram, 6, "Борис", "ru")
    await boris.start()
    await wire.ok("setMyCommands", commands=START)
    await wire.ok("setMyCommands", commands=RUSSIAN, language_code="ru", scope={"type": "all_private_chats"})
    await wire.ok("setMyCommands", commands=ADMIN, scope={"type": "chat", "chat_id": ann.id})
    assert (await wire.see("/people/5/chat"))["commands"] == ADMIN
    assert (await wire.see("/people/6/chat"))["commands"] == RUSSIAN
    await wire.ok("deleteMyCommands", scope={"type": "chat", "chat_id": ann.id})
    assert (await wire.see("/people/5/chat"))["commands"] == START


async def test_commands_are_read_back_for_exactly_one_scope_and_language(wire: Wire) -> None:
    await wire.ok("setMyCommands", commands=START)
    assert await wire.ok("getMyCommands") == START
    assert await wire.ok("getMyCommands", language_code="ru") == []


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"commands": {}}, "expected an Array of BotCommand"),
        ({"commands": [7]}, "can't parse BotCommand: expected an Object"),
        ({"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "start", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": START * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": START, "language_code": "rus"}, "invalid language code specified"),
        ({"commands": START, "scope": {"type": "moon"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"commands": START, "scope": {"type": "chat", "chat_id": 404}}, "chat not found"),
        ({"commands": START, "scope": {"type": "chat"}}, "can't parse BotCommandScope: Can't find field \"chat_id\""),
    ],
)
async def test_commands_that_telegram_refuses(wire: Wire, params: dict[str, object], error: str) -> None:
    assert await wire.error("setMyCommands", **params) == f"400 Bad Request: {error}"


@pytest.mark.parametrize(
    ("method", "field", "limit"),
    [("MyName", "name", 64), ("MyDescription", "description", 512), ("MyShortDescription", "short_description", 120)],
)
async def test_texts_fall_back_to_those_for_everybody(wire: Wire, method: str, field: str, limit: int) -> None:
    await wire.ok(f"set{method}", **{field: "for all"})
    await wire.ok(f"set{method}", **{field: "для русских"}, language_code="ru")
    assert await wire.ok(f"get{method}", language_code="ru") == {field: "для русских"}
    assert await wire.ok(f"get{method}", language_code="de") == {field: "for all"}
    await wire.ok(f"set{method}", language_code="ru")
    assert await wire.ok(f"get{method}", language_code="ru") == {field: "for all"}
    assert (await wire.error(f"set{method}", **{field: "x" * (limit + 1)})).startswith("400 ")


async def test_the_menu_button_of_a_chat_hides_the_default_one(wire: Wire, ann: Person) -> None:
    app = {"type": "web_app", "text": "Shop", "web_app": {"url": "https://x.org/"}}
    assert await wire.ok("getChatMenuButton") == {"type": "commands"}
    await wire.ok("setChatMenuButton", chat_id=ann.id, menu_button=app)
    assert await wire.ok("getChatMenuButton", chat_id=ann.id) == app
    assert (await wire.see(f"/people/{ann.id}/chat"))["menu_button"] == app
    await wire.ok("setChatMenuButton", chat_id=ann.id)
    assert (await wire.see(f"/people/{ann.id}/chat"))["menu_button"] == {"type": "commands"}
    assert await wire.error("setChatMenuButton", menu_button={"type": "x"}) == (
        "400 Bad Request: can't parse menu button: MenuButton has unsupported type"
    )
    assert await wire.error("setChatMenuButton", chat_id=404) == "400 Bad Request: user not found"


async def test_chats_and_members_are_told(wire: Wire, ann: Person, telegram: TelegramSandbox) -> None:
    assert (await wire.ok("getChat", chat_id=ann.id))["first_name"] == "Ann"
    assert (await wire.ok("getChatMember", chat_id=ann.id, user_id=ann.id))["status"] == "member"
    assert (await wire.ok("getChatMember", chat_id=ann.id, user_id=telegram.state.bot.id))["user"]["is_bot"] is True
    assert await wire.error("getChat", chat_id=404) == "400 Bad Request: chat not found"
    assert await wire.error("getChat", chat_id="@ann") == "400 Bad Request: chat not found"
    assert await wire.error("getChatMember", chat_id=ann.id) == "400 Bad Request: invalid user_id specified"
    assert await wire.error("getFile", file_id="x") == "400 Bad Request: invalid file_id"
