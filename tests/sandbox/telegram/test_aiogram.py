"""The sandbox against a real client: aiogram parses every answer and every update with its own types."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ButtonStyle, ChatAction, ParseMode
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramNetworkError, TelegramRetryAfter
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    CallbackQuery,
    ChatMemberUpdated,
    CopyTextButton,
    DisabledButton,
    ErrorEvent,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    KeyboardButton,
    MenuButtonCommands,
    MenuButtonDefault,
    Message,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from bot.sandbox.person import Person
from bot.sandbox.telegram import TelegramSandbox
from tests.sandbox.telegram.wire import PNG, Wire, serve

MARKUP = InlineKeyboardMarkup(
    inline_keyboard=[
        [
            InlineKeyboardButton(text="Buy", callback_data="buy", style=ButtonStyle.SUCCESS),
            InlineKeyboardButton(text="Copy", copy_text=CopyTextButton(text="1")),
            InlineKeyboardButton(text="Wait", disabled=DisabledButton()),
        ]
    ]
)
ARTICLE = InlineQueryResultArticle(
    id="1", title="Telegram", input_message_content=InputTextMessageContent(message_text="telegram")
)


@pytest.fixture
async def bot(wire: Wire) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(wire.base))
    defaults = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True)
    async with Bot(wire.token, session=session, default=defaults) as bot:
        yield bot


async def test_a_message_goes_through_its_whole_life(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(
        ann.id, "<b>menu</b> <tg-time unix='7' format='r'>then</tg-time>", reply_markup=MARKUP
    )
    assert sent.reply_markup is not None
    assert sent.reply_markup.model_dump() == MARKUP.model_dump()
    assert sent.html_text == '<b>menu</b> <tg-time unix="7" format="r">then</tg-time>'
    edited = await bot.edit_message_text("new", chat_id=ann.id, message_id=sent.message_id, reply_markup=MARKUP)
    assert isinstance(edited, Message)
    assert edited.text == "new"
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_reply_markup(chat_id=ann.id, message_id=sent.message_id, reply_markup=MARKUP)
    reply = ReplyParameters(message_id=sent.message_id, allow_sending_without_reply=True)
    answer = await bot.send_message(ann.id, "code", reply_parameters=reply, protect_content=True)
    assert answer.reply_to_message is not None
    assert await bot.set_message_reaction(ann.id, sent.message_id, [ReactionTypeEmoji(emoji="👍")])
    assert await bot.delete_message(ann.id, sent.message_id)
    assert await bot.delete_messages(ann.id, [answer.message_id])
    assert len(ann.chat()) == 1


async def test_files_copies_and_forwards(bot: Bot, ann: Person) -> None:
    photo = await bot.send_photo(ann.id, BufferedInputFile(PNG, "chart.png"), caption="<i>chart</i>")
    caption = await bot.edit_message_caption(chat_id=ann.id, message_id=photo.message_id, caption="new")
    document = await bot.send_document(ann.id, BufferedInputFile(b"a;b", "список.csv"))
    assert isinstance(caption, Message)
    assert (photo.caption, caption.caption) == ("chart", "new")
    assert document.document is not None
    assert document.document.file_name == "список.csv"
    downloaded = await bot.download(document.document)
    assert downloaded is not None
    assert downloaded.read() == b"a;b"
    assert (await bot.copy_message(ann.id, ann.id, photo.message_id)).message_id > photo.message_id
    assert (await bot.forward_message(ann.id, ann.id, photo.message_id)).forward_origin is not None
    assert await bot.send_chat_action(ann.id, ChatAction.UPLOAD_PHOTO)


async def test_what_the_bot_says_of_itself(bot: Bot, ann: Person) -> None:
    commands = [BotCommand(command="start", description="Begin")]
    scope = BotCommandScopeChat(chat_id=ann.id)
    assert await bot.set_my_commands(commands, scope=scope, language_code="en")
    found = await bot.get_my_commands(scope=scope, language_code="en")
    assert [(one.command, one.description) for one in found] == [("start", "Begin")]
    assert await bot.delete_my_commands(scope=scope, language_code="en")
    assert await bot.set_my_name("Shop")
    assert await bot.set_my_description("Numbers")
    assert await bot.set_my_short_description("Short")
    texts = [await bot.get_my_name(), await bot.get_my_description(), await bot.get_my_short_description()]
    assert [next(iter(text.model_dump().values())) for text in texts] == ["Shop", "Numbers", "Short"]
    assert await bot.set_chat_menu_button(ann.id, MenuButtonCommands())
    assert (await bot.get_chat_menu_button(ann.id)).type == "commands"
    assert await bot.set_chat_menu_button(ann.id, MenuButtonDefault())
    assert (await bot.get_chat(ann.id)).first_name == "Ann"
    assert (await bot.get_chat_member(ann.id, ann.id)).status == "member"
    assert (await bot.me()).supports_inline_queries


async def test_errors_arrive_as_aiograms_exceptions(bot: Bot, ann: Person, telegram: TelegramSandbox) -> None:
    with pytest.raises(TelegramBadRequest, match="can't parse entities: Unsupported start tag"):
        await bot.send_message(ann.id, "a < b")
    telegram.faults.add(method="sendMessage", status=429, retry_after=3)
    with pytest.raises(TelegramRetryAfter) as wait:
        await bot.send_message(ann.id, "x")
    assert wait.value.retry_after == 3
    telegram.faults.add(method="sendMessage", drop="after")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(ann.id, "lost answer")
    assert ann.screen().text == "lost answer"
    await ann.block()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(ann.id, "x")


async def test_a_reply_keyboard_of_aiogram_is_taken(bot: Bot, ann: Person, wire: Wire) -> None:
    markup = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Yes")]], one_time_keyboard=True)
    await bot.send_message(ann.id, "sure?", reply_markup=markup)
    assert (await wire.see(f"/people/{ann.id}/chat"))["keyboard"]["one_time_keyboard"] is True


def echo() -> Dispatcher:
    """A bot that answers everything it may hear."""
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher["left"] = asyncio.Queue()

    @dispatcher.message()
    async def on_message(message: Message) -> None:
        await message.answer(f"heard {message.html_text}", reply_markup=MARKUP)

    @dispatcher.callback_query()
    async def on_tap(query: CallbackQuery) -> None:
        if isinstance(query.message, Message):
            await query.message.edit_text(f"tapped {query.data}")
        await query.answer("done", show_alert=True)

    @dispatcher.inline_query()
    async def on_inline(query: InlineQuery) -> None:
        await query.answer([ARTICLE], cache_time=0)

    @dispatcher.my_chat_member()
    async def on_member(event: ChatMemberUpdated, left: asyncio.Queue[str]) -> None:
        left.put_nowait(event.new_chat_member.status)

    @dispatcher.errors()
    async def on_error(event: ErrorEvent, left: asyncio.Queue[str]) -> None:
        left.put_nowait(str(event.exception))

    return dispatcher


async def talk(ann: Person, left: asyncio.Queue[str]) -> None:
    """The same talk by polling and by webhook."""
    await ann.say("hello <you>")
    await ann.sees("heard hello <you>")
    answer = await ann.tap("Buy")
    assert (answer.text, answer.alert) == ("done", True)
    await ann.sees("tapped buy")
    assert [result["title"] for result in await ann.ask_inline("tel")] == ["Telegram"]
    await ann.block()
    await ann.unblock()
    assert [await asyncio.wait_for(left.get(), 5) for _ in range(2)] == ["kicked", "member"]


async def by_polling(bot: Bot, dispatcher: Dispatcher, story: Callable[[], Awaitable[None]]) -> None:
    async with asyncio.TaskGroup() as group:
        options: dict[str, Any] = {"handle_signals": False, "close_bot_session": False, "polling_timeout": 5}
        group.create_task(dispatcher.start_polling(bot, **options))
        await story()
        await dispatcher.stop_polling()


async def test_a_bot_talks_by_polling(bot: Bot, ann: Person, telegram: TelegramSandbox) -> None:
    dispatcher = echo()
    await by_polling(bot, dispatcher, lambda: talk(ann, dispatcher["left"]))
    assert {call.method for call in telegram.calls} >= {"getUpdates", "answerCallbackQuery", "answerInlineQuery"}


async def test_a_bot_talks_by_webhook(bot: Bot, ann: Person, telegram: TelegramSandbox) -> None:
    dispatcher, app = echo(), web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token="s3cret").register(app, "/hook")
    setup_application(app, dispatcher, bot=bot)
    async with serve(app) as base:
        await bot.set_webhook(
            f"{base}/hook", secret_token="s3cret", allowed_updates=dispatcher.resolve_used_update_types()
        )
        await talk(ann, dispatcher["left"])
        assert (await bot.get_webhook_info()).url == f"{base}/hook"
        await bot.delete_webhook()
    assert "getUpdates" not in {call.method for call in telegram.calls}
