"""Events as a stream for `EventSource`. Nothing is replayed."""

import asyncio
import json

from aiohttp import web

from bot.sandbox.telegram.params import Json
from bot.sandbox.telegram.state import State

HEARTBEAT = 15


async def stream_events(state: State, request: web.Request) -> web.StreamResponse:
    """Runs until the listener leaves or the server goes down. `person` in the query picks one person's events."""
    wanted = request.query.get("person", "")
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    stream = state.events.listen(int(wanted) if wanted.lstrip("-").isdigit() else None)
    try:
        await response.prepare(request)
        await response.write(b": open\n\n")
        await _pass_on(stream.queue, response)
    except ConnectionError:
        pass
    finally:
        state.events.leave(stream)
    return response


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
