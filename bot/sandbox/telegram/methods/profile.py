"""getMe, commands, names, descriptions, the menu button."""

import re
from typing import Any

from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.fields import FieldError, number_of, object_of, text_of
from bot.sandbox.telegram.methods.targets import known_chat
from bot.sandbox.telegram.params import Json, Params
from bot.sandbox.telegram.people import GROUP_ID
from bot.sandbox.telegram.profile import DEFAULT_BUTTON
from bot.sandbox.telegram.state import State

WIDE = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
NARROW = ("chat", "chat_administrators", "chat_member")
COMMANDS = 100


def get_me(state: State, _params: Params) -> Json:
    return state.bot.me()


def set_commands(state: State, params: Params) -> bool:
    commands = _commands(params)
    key = _scope(state, params), _language(params)
    if commands:
        state.bot.commands[key] = commands
    else:
        state.bot.commands.pop(key, None)
    tell_commands(state)
    return True


def delete_commands(state: State, params: Params) -> bool:
    state.bot.commands.pop((_scope(state, params), _language(params)), None)
    tell_commands(state)
    return True


def get_commands(state: State, params: Params) -> list[Json]:
    """Exactly this scope and language: nothing is inherited here."""
    return state.bot.commands.get((_scope(state, params), _language(params)), [])


def tell_commands(state: State) -> None:
    """Shows everybody the commands and the menu button as they see them now."""
    for person in state.people:
        commands = state.bot.commands_for(person.id, person.language_code)
        state.events.send("commands", person.id, commands=commands, menu_button=state.bot.button_for(person.id))


def _commands(params: Params) -> list[Json]:
    value = params.json("commands", "commands")
    if value is None:
        return []
    if not isinstance(value, list):
        raise bad_request("Expected an Array of BotCommand")
    commands = [_command(one) for one in value]
    if len(commands) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return commands


def _command(value: Any) -> Json:
    try:
        command, description = _command_texts(value)
    except FieldError as error:
        raise bad_request(f"Can't parse BotCommand: {error}") from None
    if not re.fullmatch(r"[a-z0-9_]{1,32}", command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _command_texts(value: Any) -> tuple[str, str]:
    if not isinstance(value, dict):
        raise FieldError("expected an Object")
    return text_of(value, "command").removeprefix("/"), text_of(value, "description").strip()


def _scope(state: State, params: Params) -> str:
    value = params.json("scope", "BotCommandScope")
    if value is None:
        return "default"
    try:
        return _scope_key(state, value)
    except FieldError as error:
        raise bad_request(f"Can't parse BotCommandScope: {error}") from None


def _scope_key(state: State, value: Any) -> str:
    if not isinstance(value, dict):
        raise FieldError("BotCommandScope must be an Object")
    kind = text_of(value, "type")
    if kind in WIDE:
        return kind
    if kind not in NARROW:
        raise FieldError("Unsupported type specified")
    text = text_of(value, "chat_id")
    if not text:
        raise FieldError("Empty chat_id specified")
    chat_id = known_chat(state, text)
    if kind != "chat" and chat_id != GROUP_ID:
        raise bad_request(f"can't change commands of {kind.replace('_', ' ')} in the private chat")
    return f"{kind}:{chat_id}" + (f":{number_of(value, 'user_id')}" if kind == "chat_member" else "")


def _language(params: Params) -> str:
    code = params.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("Invalid language code specified")
    return code


def set_name(state: State, params: Params) -> bool:
    return _set_text(state.bot.names, params, "name", 64)


def get_name(state: State, params: Params) -> Json:
    return {"name": state.bot.name(_language(params))}


def set_description(state: State, params: Params) -> bool:
    return _set_text(state.bot.descriptions, params, "description", 512)


def get_description(state: State, params: Params) -> Json:
    return {"description": state.bot.description(_language(params))}


def set_short_description(state: State, params: Params) -> bool:
    return _set_text(state.bot.short_descriptions, params, "short_description", 120)


def get_short_description(state: State, params: Params) -> Json:
    texts = state.bot.short_descriptions
    return {"short_description": texts.get(_language(params)) or texts.get("", "")}


def _set_text(texts: dict[str, str], params: Params, name: str, limit: int) -> bool:
    """An empty text goes back to the one for everybody. The words of the refusal are the sandbox's own."""
    code, text = _language(params), params.text(name).strip()
    if len(text) > limit:
        raise bad_request(f"BOT_{name.upper()}_TOO_LONG")
    texts.pop(code, None)
    if text:
        texts[code] = text
    return True


def set_menu_button(state: State, params: Params) -> bool:
    button = _menu_button(params)
    if params.has("chat_id"):
        state.bot.buttons[_private_chat(state, params)] = button
    else:
        state.bot.default_button = {"type": "commands"} if button == DEFAULT_BUTTON else button
    tell_commands(state)
    return True


def get_menu_button(state: State, params: Params) -> Json:
    if params.has("chat_id"):
        return state.bot.buttons.get(_private_chat(state, params), DEFAULT_BUTTON)
    return state.bot.default_button


def _private_chat(state: State, params: Params) -> int:
    chat_id = params.integer("chat_id", high=2**52)
    person = state.people.find(chat_id)
    if chat_id <= 0:
        raise bad_request("Invalid chat_id specified")
    if person is None or not person.seen:
        raise bad_request("user not found")
    return chat_id


def _menu_button(params: Params) -> Json:
    value = params.json("menu_button", "menu button")
    try:
        return DEFAULT_BUTTON if value is None else _parse_menu_button(value)
    except FieldError as error:
        raise bad_request(f"Can't parse menu button: {error}") from None


def _parse_menu_button(value: Any) -> Json:
    if not isinstance(value, dict):
        raise FieldError("MenuButton must be an Object")
    kind = text_of(value, "type")
    if kind in ("default", "commands"):
        return {"type": kind}
    if kind == "web_app":
        url = text_of(object_of(value, "web_app"), "url")
        return {"type": kind, "text": text_of(value, "text"), "web_app": {"url": url}}
    raise FieldError("MenuButton has unsupported type")
