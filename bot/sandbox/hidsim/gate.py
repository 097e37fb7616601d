"""What every request passes: the record, an outage, faults, the rate limit, the token, and the shape of errors."""

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.sandbox.hidsim.backend import Backend, cut
from bot.sandbox.hidsim.dialects.encode import encode
from bot.sandbox.hidsim.errors import ApiError
from bot.sandbox.hidsim.faults import Fault
from bot.sandbox.hidsim.record import Request
from bot.sandbox.hidsim.routes import NUMBER, json_answer

DIRECTOR = "/_director"
_LOGIN = "/auth/login"


class Gate:
    """Knows its prefix from the login route, so it may be mounted anywhere."""

    def __init__(self, backend: Backend, app: web.Application) -> None:
        self._backend = backend
        self._app = app

    def middleware(self) -> Middleware:
        @web.middleware
        async def gate(request: web.Request, handler: Handler) -> web.StreamResponse:
            if self._path(request).startswith(DIRECTOR):
                return await handler(request)
            return await self._recorded(request, handler)

        return gate

    async def _recorded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        backend = self._backend
        backend.requests += 1
        request[NUMBER] = backend.requests
        at = backend.clock.now()
        backend.connections.saw(request.transport)
        status: int | None = None
        try:
            answer = await self._answered(request, handler)
        except ConnectionError:
            return self._cut(request)
        else:
            status = None if _gone(request) else answer.status
            return answer
        finally:
            backend.record.requests.append(Request(request[NUMBER], at, request.method, self._route(request), status))

    async def _answered(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        backend = self._backend
        if backend.connections.down:
            return self._cut(request)
        early = backend.faults.strike(request.method, self._path(request), late=False)
        if early is not None:
            if early.delay is not None:
                await backend.connections.wait(early.delay)
            if early.cut or backend.connections.down or backend.connections.closing.is_set():
                return self._cut(request)
            if early.replaces:
                return await self._send(request, early, early.answer(None, self._refusal(early)))
        answer = await self._worked(request, handler)
        if early is not None:
            return await self._send(request, early, early.answer(answer, ""))
        late = backend.faults.strike(request.method, self._path(request), late=True) if answer.status < 300 else None
        return answer if late is None else await self._struck(request, late, answer)

    async def _struck(self, request: web.Request, fault: Fault, answer: web.Response) -> web.StreamResponse:
        """The work is done; the fault decides what is seen of it."""
        if fault.delay is not None:
            await self._backend.connections.wait(fault.delay)
        if fault.cut == "after":
            return self._cut(request)
        return await self._send(request, fault, fault.answer(answer, self._refusal(fault)))

    async def _worked(self, request: web.Request, handler: Handler) -> web.Response:
        try:
            self._backend.limit.take()
            if self._path(request) != _LOGIN:
                self._check_token(request)
            answer = await handler(request)
        except ApiError as error:
            return self._error(error)
        except web.HTTPException as error:
            return self._error(ApiError(error.status, error.reason, error.reason.upper().replace(" ", "_")))
        if not isinstance(answer, web.Response):
            raise TypeError("routes answer with web.Response")
        return answer

    def _check_token(self, request: web.Request) -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise ApiError(401, "Authentication is required", "UNAUTHORIZED")
        verdict = self._backend.tokens.check(token.strip())
        if verdict == "invalid":
            raise ApiError(401, "The token is invalid", "INVALID_TOKEN")
        if verdict != "valid":
            raise ApiError(self._backend.dialect.expired_status, f"The token is {verdict}", "TOKEN_EXPIRED")

    def _error(self, error: ApiError) -> web.Response:
        body, headers = self._backend.dialect.error(error)
        return json_answer(body, error.status, headers)

    def _refusal(self, fault: Fault) -> str:
        """What a fault with a status and no body says."""
        body, _ = self._backend.dialect.error(ApiError(fault.status or 500, "A fault was ordered", "FAULT"))
        return encode(body)

    async def _send(self, request: web.Request, fault: Fault, answer: web.Response) -> web.StreamResponse:
        if fault.cut is None and fault.drip is None:
            return answer
        body = answer.body if isinstance(answer.body, bytes) else b""
        stream = web.StreamResponse(status=answer.status, headers=answer.headers)
        stream.content_length = len(body)
        await stream.prepare(request)
        if fault.drip is None:
            await stream.write(body[: len(body) // 2])
            return self._cut(request)
        for place in range(len(body)):
            await stream.write(body[place : place + 1])
            await self._backend.connections.wait(fault.drip)
        await stream.write_eof()
        return stream

    def _cut(self, request: web.Request) -> web.Response:
        """The answer is never sent: aiohttp finds the connection gone."""
        cut(request.transport)
        return web.Response(status=500)

    def _path(self, request: web.Request) -> str:
        """Without the prefix under which the sandbox is mounted."""
        return request.path.removeprefix(self._prefix())

    def _route(self, request: web.Request) -> str:
        """The route's shape, so that requests can be counted; the path itself where no route fits."""
        resource = request.match_info.route.resource
        if resource is None:
            return self._path(request)
        return resource.canonical.removeprefix(self._prefix())

    def _prefix(self) -> str:
        return self._app.router["login"].canonical.removesuffix(_LOGIN)


def _gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()
