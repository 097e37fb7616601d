"""The /sim API: everything a person, a test or the chat page does. Shapes are written down in README.md."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.telegram import acts
from bot.sandbox.telegram.chats import Stored
from bot.sandbox.telegram.errors import ApiError
from bot.sandbox.telegram.faults import Fault
from bot.sandbox.telegram.params import Json
from bot.sandbox.telegram.people import GROUP_ID, Profile, UnknownPersonError
from bot.sandbox.telegram.state import State

PERSON = "/sim/people/{id:-?[0-9]+}"
FACTS = {"first_name": str, "last_name": str, "username": str, "language_code": str, "is_admin": bool}
FAULT = set(Fault.__dataclass_fields__) - {"id", "left"}
HEARTBEAT = 15
OWN_HOST = re.compile(r"localhost|[0-9.]+|[0-9a-f:]+")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Sim:
    """Handlers on one state."""

    def __init__(self, state: State, gallery: list[Any]) -> None:
        self._state = state
        self._gallery = gallery

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sim/people", self._people),
            web.post("/sim/people", self._add_person),
            web.post(PERSON + "/start", self._start),
            web.post(PERSON + "/message", self._message),
            web.post(PERSON + "/group-message", self._group_message),
            web.post(PERSON + "/tap", self._tap),
            web.post(PERSON + "/inline", self._inline),
            web.post(PERSON + "/inline/choose", self._choose),
            web.post(PERSON + "/block", self._block),
            web.post(PERSON + "/unblock", self._unblock),
            web.get(PERSON + "/chat", self._chat),
            web.get("/sim/files/{file_id}", self._file),
            web.get("/sim/events", self._events),
            web.get("/sim/transcript", self._transcript),
            web.get("/sim/calls", self._calls),
            web.get("/sim/faults", self._faults),
            web.post("/sim/faults", self._add_fault),
            web.delete("/sim/faults", self._clear_faults),
            web.get("/sim/clock", self._clock),
            web.post("/sim/clock", self._advance),
            web.post("/sim/flood", self._flood),
            web.post("/sim/reset", self._reset),
            web.get("/sim/gallery", self._show_gallery),
        ]

    # -- people

    async def _people(self, _request: web.Request) -> web.Response:
        people = [person.json() for person in self._state.people]
        return web.json_response({"bot": self._state.bot.me(), "people": people})

    async def _add_person(self, request: web.Request) -> web.Response:
        body = await _body(request)
        facts = {name: _typed(body[name], kind, name) for name, kind in FACTS.items() if name in body}
        person_id = _typed(body["id"], int, "id") if body.get("id") is not None else None
        if person_id is not None and not 0 < person_id < 2**52:
            raise _Bad("id: a positive number below 2^52")
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
        body = await _body(request)
        payload = _typed(body.get("payload") or "", str, "payload")
        return _sent(acts.start(self._state, self._person(request), payload))

    async def _message(self, request: web.Request) -> web.Response:
        body = await _body(request)
        text = _typed(body.get("text"), str, "text")
        reply = _typed(body["reply_to"], int, "reply_to") if body.get("reply_to") is not None else None
        return _sent(acts.say(self._state, self._person(request), text, reply))

    async def _group_message(self, request: web.Request) -> web.Response:
        text = _typed((await _body(request)).get("text"), str, "text")
        message = acts.say_in_group(self._state, self._person(request), text)
        return web.json_response({"message_id": message.id, "chat_id": message.chat_id})

    async def _tap(self, request: web.Request) -> web.Response:
        body = await _body(request)
        person = self._person(request)
        message, row, column = self._button(body, _chat_id(body.get("chat_id"), person))
        return web.json_response(acts.tap(self._state, person, message, row, column, faded=bool(body.get("faded"))))

    def _button(self, body: Json, chat_id: int) -> tuple[Stored, int, int]:
        message_id = _typed(body["message_id"], int, "message_id") if body.get("message_id") is not None else None
        if body.get("label") is not None:
            return acts.find_button(self._state, chat_id, _typed(body["label"], str, "label"), message_id)
        if message_id is None:
            raise _Bad("label, or message_id with row and column")
        message = self._state.chats.find(chat_id, message_id)
        if message is None:
            raise acts.NoButtonError("no such message", acts.visible_buttons(self._state, chat_id))
        return message, _typed(body.get("row"), int, "row"), _typed(body.get("column"), int, "column")

    async def _inline(self, request: web.Request) -> web.Response:
        body = await _body(request)
        text, offset = _typed(body.get("query", ""), str, "query"), _typed(body.get("offset", ""), str, "offset")
        return web.json_response({"query_id": acts.ask_inline(self._state, self._person(request), text, offset)})

    async def _choose(self, request: web.Request) -> web.Response:
        body = await _body(request)
        query, result = _typed(body.get("query_id"), str, "query_id"), _typed(body.get("result_id"), str, "result_id")
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
        person = int(request.query["person"]) if request.query.get("person", "").lstrip("-").isdigit() else None
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        stream = self._state.events.listen(person)
        try:
            await response.prepare(request)
            await response.write(b": open\n\n")
            await _pass_on(stream.queue, response)
        except ConnectionError:
            pass
        finally:
            self._state.events.leave(stream)
        return response

    # -- records and levers

    async def _transcript(self, request: web.Request) -> web.Response:
        wanted = request.query.get("person")
        lines = [line.json() for line in self._state.records.lines if wanted in (None, str(line.person))]
        return web.json_response({"lines": lines})

    async def _calls(self, request: web.Request) -> web.Response:
        wanted = request.query.get("method", "").lower()
        calls = [call.json() for call in self._state.records.calls if wanted in ("", call.method.lower())]
        return web.json_response({"calls": calls})

    async def _faults(self, _request: web.Request) -> web.Response:
        return web.json_response({"faults": [fault.json() for fault in self._state.faults.list()]})

    async def _add_fault(self, request: web.Request) -> web.Response:
        body = await _body(request)
        if unknown := set(body) - FAULT:
            raise _Bad(f"unknown: {', '.join(sorted(unknown))}")
        return web.json_response({"id": self._state.faults.add(**body).id})

    async def _clear_faults(self, _request: web.Request) -> web.Response:
        self._state.faults.clear()
        return web.json_response({})

    async def _clock(self, _request: web.Request) -> web.Response:
        return web.json_response({"now": self._state.clock.iso()})

    async def _advance(self, request: web.Request) -> web.Response:
        seconds = (await _body(request)).get("advance")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
            raise _Bad("advance: seconds, not negative")
        self._state.clock.advance(seconds)
        return web.json_response({"now": self._state.clock.iso()})

    async def _flood(self, request: web.Request) -> web.Response:
        self._state.flood.on = _typed((await _body(request)).get("on"), bool, "on")
        return web.json_response({"on": self._state.flood.on})

    async def _reset(self, _request: web.Request) -> web.Response:
        self._state.reset()
        return web.json_response({})

    async def _show_gallery(self, _request: web.Request) -> web.Response:
        return web.json_response(self._gallery)


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


class _Bad(ValueError):
    """The body of a /sim call is not what the call wants."""


async def _body(request: web.Request) -> Json:
    text = await request.text()
    try:
        body = json.loads(text or "{}")
    except ValueError:
        raise _Bad("the body is no JSON") from None
    if not isinstance(body, dict):
        raise _Bad("the body is no JSON object")
    return body


def _typed(value: Any, kind: type, name: str) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise _Bad(f"{name}: {kind.__name__} wanted")
    return value


def _chat_id(value: Any, person: Profile) -> int:
    return GROUP_ID if value is not None and str(value) == str(GROUP_ID) else person.id


def _sent(message: Stored) -> web.Response:
    return web.json_response({"message_id": message.id})


async def _pass_on(queue: "asyncio.Queue[Json | None]", response: web.StreamResponse) -> None:
    number = 0
    while True:
        try:
            event = await asyncio.wait_for(queue.get(), HEARTBEAT)
        except TimeoutError:
            await response.write(b": still here\n\n")
            continue
        if event is None:
            return
        number += 1
        await response.write(f"id: {number}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n".encode())


def _is_own_page(request: web.Request) -> bool:
    """False for pages of other hosts, and of names that were made to point here; programs send no Origin."""
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    host = urlsplit(f"//{request.host}").hostname or ""
    return origin.partition("://")[2] == request.host and bool(OWN_HOST.fullmatch(host))


@web.middleware
async def sim_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Errors of /sim as JSON; a page of another host is not let in."""
    if not request.path.startswith("/sim"):
        return await handler(request)
    if not _is_own_page(request):
        return web.json_response({"error": "another origin"}, status=403)
    try:
        return await handler(request)
    except (_Bad, ApiError) as error:
        return web.json_response({"error": str(error)}, status=400)
    except acts.NoButtonError as error:
        status = 409 if isinstance(error, acts.DeadButtonError) else 404
        return web.json_response({"error": str(error), "buttons": error.buttons}, status=status)
    except UnknownPersonError as error:
        return web.json_response({"error": str(error)}, status=404)
