"""The part of /sim that is people: who they are, what they do, what they see. Shapes are written down in README.md."""

from typing import Any

from aiohttp import web

from bot.sandbox.telegram import acts
from bot.sandbox.telegram.bodies import BadBodyError, read_body, typed
from bot.sandbox.telegram.chats import Stored
from bot.sandbox.telegram.params import Json
from bot.sandbox.telegram.people import GROUP_ID, Profile
from bot.sandbox.telegram.sharing import share_users
from bot.sandbox.telegram.state import State
from bot.sandbox.telegram.stream import stream_events

PERSON = "/sim/people/{id:-?[0-9]+}"
FACTS = {
    "first_name": str,
    "last_name": str,
    "username": str,
    "language_code": str,
    "is_admin": bool,
    "is_stranger": bool,
}


class Sim:
    """Handlers on one state."""

    def __init__(self, state: State) -> None:
        self._state = state

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sim/people", self._people),
            web.post("/sim/people", self._add_person),
            web.post(PERSON + "/start", self._start),
            web.post(PERSON + "/message", self._message),
            web.post(PERSON + "/group-message", self._group_message),
            web.post(PERSON + "/tap", self._tap),
            web.post(PERSON + "/share", self._share),
            web.post(PERSON + "/inline", self._inline),
            web.post(PERSON + "/inline/choose", self._choose),
            web.post(PERSON + "/block", self._block),
            web.post(PERSON + "/unblock", self._unblock),
            web.get(PERSON + "/chat", self._chat),
            web.get("/sim/files/{file_id}", self._file),
            web.get("/sim/events", self._events),
        ]

    # -- people

    async def _people(self, _request: web.Request) -> web.Response:
        people = [person.json() for person in self._state.people]
        return web.json_response({"bot": self._state.bot.me(), "people": people})

    async def _add_person(self, request: web.Request) -> web.Response:
        body = await read_body(request)
        facts = {name: typed(body[name], kind, name) for name, kind in FACTS.items() if name in body}
        person_id = typed(body["id"], int, "id") if body.get("id") is not None else None
        if person_id is not None and not 0 < person_id < 2**52:
            raise BadBodyError("id: a positive number below 2^52")
        person = self._state.people.put(person_id, **facts)
        self._state.events.send("person", person.id, profile=person.json())
        return web.json_response(person.json())

    async def _block(self, request: web.Request) -> web.Response:
        person = self._person(request)
        acts.block(self._state, person)
        return web.json_response(person.json())

    async def _unblock(self, request: web.Request) -> web.Response:
        person = self._person(request)
        acts.unblock(self._state, person)
        return web.json_response(person.json())

    def _person(self, request: web.Request) -> Profile:
        return self._state.people.get(int(request.match_info["id"]))

    # -- talk

    async def _start(self, request: web.Request) -> web.Response:
        body = await read_body(request)
        payload = typed(body.get("payload") or "", str, "payload")
        return _sent(acts.start(self._state, self._person(request), payload))

    async def _message(self, request: web.Request) -> web.Response:
        body = await read_body(request)
        text = typed(body.get("text"), str, "text")
        reply = typed(body["reply_to"], int, "reply_to") if body.get("reply_to") is not None else None
        return _sent(acts.say(self._state, self._person(request), text, reply))

    async def _group_message(self, request: web.Request) -> web.Response:
        text = typed((await read_body(request)).get("text"), str, "text")
        message = acts.say_in_group(self._state, self._person(request), text)
        return web.json_response({"message_id": message.id, "chat_id": message.chat_id})

    async def _tap(self, request: web.Request) -> web.Response:
        body = await read_body(request)
        person = self._person(request)
        message, row, column = self._button(body, _chat_id(body.get("chat_id"), person))
        return web.json_response(acts.tap(self._state, person, message, row, column, faded=bool(body.get("faded"))))

    def _button(self, body: Json, chat_id: int) -> tuple[Stored, int, int]:
        message_id = typed(body["message_id"], int, "message_id") if body.get("message_id") is not None else None
        if body.get("label") is not None:
            return acts.find_button(self._state, chat_id, typed(body["label"], str, "label"), message_id)
        if message_id is None:
            raise BadBodyError("label, or message_id with row and column")
        message = self._state.chats.find(chat_id, message_id)
        if message is None:
            raise acts.NoButtonError("no such message", acts.visible_buttons(self._state, chat_id))
        return message, typed(body.get("row"), int, "row"), typed(body.get("column"), int, "column")

    async def _share(self, request: web.Request) -> web.Response:
        body = await read_body(request)
        users = typed(body.get("users"), list, "users")
        label = typed(body.get("label"), str, "label")
        return _sent(
            share_users(self._state, self._person(request), label, [typed(one, int, "users") for one in users])
        )

    async def _inline(self, request: web.Request) -> web.Response:
        body = await read_body(request)
        text, offset = typed(body.get("query", ""), str, "query"), typed(body.get("offset", ""), str, "offset")
        return web.json_response({"query_id": acts.ask_inline(self._state, self._person(request), text, offset)})

    async def _choose(self, request: web.Request) -> web.Response:
        body = await read_body(request)
        query, result = typed(body.get("query_id"), str, "query_id"), typed(body.get("result_id"), str, "result_id")
        return _sent(acts.choose_inline(self._state, self._person(request), query, result))

    async def _chat(self, request: web.Request) -> web.Response:
        person = self._person(request)
        return web.json_response(chat_json(self._state, person, _chat_id(request.query.get("chat_id"), person)))

    async def _file(self, request: web.Request) -> web.Response:
        file = self._state.files.get(request.match_info["file_id"])
        if file is None:
            raise acts.NoButtonError("no such file", [])
        safe = "".join(c if c.isalnum() or c in "._-" else "_" for c in file.name)
        headers = {"Content-Disposition": f'inline; filename="{safe}"', "X-Content-Type-Options": "nosniff"}
        return web.Response(body=file.data, content_type=file.content_type, headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        return await stream_events(self._state, request)


def chat_json(state: State, person: Profile, chat_id: int) -> Json:
    """A person's screen: the chat, what is said in it, and what surrounds it."""
    reactions = {str(message): found for (chat, message), found in state.chats.reactions.items() if chat == chat_id}
    return {
        "chat": state.chats.chat(chat_id),
        "messages": [state.chats.shown(message) for message in state.chats.messages(chat_id)],
        "actions": state.chats.action(chat_id),
        "commands": state.bot.commands_for(chat_id, person.language_code),
        "menu_button": state.bot.button_for(chat_id),
        "keyboard": state.chats.keyboards.get(chat_id),
        "reactions": reactions,
        "unanswered": state.taps.waiting(person.id),
        "bot": state.bot.user(),
        "description": state.bot.description(person.language_code),
    }


def _chat_id(value: Any, person: Profile) -> int:
    return GROUP_ID if value is not None and str(value) == str(GROUP_ID) else person.id


def _sent(message: Stored) -> web.Response:
    return web.json_response({"message_id": message.id})
