"""The twelve calls that are published. Signing in, faults and errors are the gate's business."""

from aiohttp import web

from bot.sandbox.hidsim import law
from bot.sandbox.hidsim.backend import Backend
from bot.sandbox.hidsim.catalog import Country, Service
from bot.sandbox.hidsim.dialects import Json, Page
from bot.sandbox.hidsim.dialects.encode import encode
from bot.sandbox.hidsim.dialects.shape import Act
from bot.sandbox.hidsim.errors import ApiError, not_found
from bot.sandbox.hidsim.operation import Operation
from bot.sandbox.hidsim.record import Login, Read

NUMBER = web.RequestKey("number", int)
"""Of the request, in the order of arrival; the record speaks of it."""


def json_answer(body: Json, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(text=encode(body), status=status, headers=headers, content_type="application/json")


class Routes:
    """Handlers have no await between reading the body and the answer, so every act is one step."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def table(self) -> list[web.RouteDef]:
        reads = {
            "/auth/renew": self.renew,
            "/auth/me": self.me,
            "/countries": self.countries,
            "/services": self.services,
            "/services/search": self.search,
            "/products": self.products,
            "/operations/{id}": self.operation,
            "/operations/{id}/refetch": self.refetch,
            "/operations/{id}/close": self.close,
        }
        return [
            web.post("/auth/login", self.login, name="login"),
            *(web.get(path, handler, allow_head=False) for path, handler in reads.items()),
            web.post("/products/{id}/purchase", self.purchase_product),
            web.post("/services/{id}/purchase", self.purchase_service),
        ]

    async def login(self, request: web.Request) -> web.Response:
        body = await law.json_object(request)
        known = law.text_field(body, "identifier"), law.text_field(body, "password")
        good = known == (self._backend.identifier, self._backend.password) and not self._backend.login_refused
        self._note_login(request, "login", 200 if good else 401)
        if not good:
            raise ApiError(401, "Invalid credentials", "INVALID_CREDENTIALS")
        return self._signed_in(renewed=False)

    async def renew(self, request: web.Request) -> web.Response:
        self._note_login(request, "renew", 200)
        return self._signed_in(renewed=True)

    async def me(self, request: web.Request) -> web.Response:
        return json_answer(self._backend.dialect.me(self._backend.user))

    async def countries(self, request: web.Request) -> web.Response:
        return json_answer(self._backend.dialect.countries(self._backend.catalog.countries, _page(request)))

    async def services(self, request: web.Request) -> web.Response:
        return json_answer(self._backend.dialect.services(self._backend.catalog.services, _page(request)))

    async def search(self, request: web.Request) -> web.Response:
        found = self._backend.catalog.search(request.query.get("q", ""))
        return json_answer(self._backend.dialect.found(found, _page(request)))

    async def products(self, request: web.Request) -> web.Response:
        catalog = self._backend.catalog
        service = catalog.service_by_id(law.relation(request.query, "_service"))
        country = catalog.country_by_id(law.relation(request.query, "_country"))
        offers = self._backend.market.shelf(service, country) if service and country else []
        return json_answer(self._backend.dialect.products(offers, _page(request)))

    async def purchase_product(self, request: web.Request) -> web.Response:
        await law.json_object(request, may_be_empty=True)
        offer = self._backend.market.by_id(request.match_info["id"])
        if offer is None:
            raise not_found("Product")
        return self._told(self._backend.book.buy_product(request[NUMBER], offer), "purchase")

    async def purchase_service(self, request: web.Request) -> web.Response:
        body = await law.json_object(request, may_be_empty=True)
        service = self._service(request)
        window = law.window(body)
        bought = self._backend.book.buy_from_service(
            request[NUMBER], service, self._countries(window.countries), window
        )
        return self._told(bought, "purchase")

    async def operation(self, request: web.Request) -> web.Response:
        operation = self._found(request)
        now = self._backend.clock.now()
        self._backend.record.reads.append(Read(request[NUMBER], now, operation.object_id, operation.state))
        return self._told(operation, "read")

    async def refetch(self, request: web.Request) -> web.Response:
        return self._told(self._backend.book.refetch(request[NUMBER], self._found(request)), "refetch")

    async def close(self, request: web.Request) -> web.Response:
        return self._told(self._backend.book.close(request[NUMBER], self._found(request)), "close")

    def _service(self, request: web.Request) -> Service:
        service = self._backend.catalog.service_by_id(request.match_info["id"])
        if service is None:
            raise not_found("Service")
        return service

    def _countries(self, wanted: tuple[str, ...]) -> tuple[Country, ...]:
        """Those that were named, without the unknown ones; all where none was named."""
        if not wanted:
            return self._backend.catalog.countries
        found = (self._backend.catalog.country_by_id(one) for one in wanted)
        return tuple(country for country in found if country is not None)

    def _found(self, request: web.Request) -> Operation:
        operation = self._backend.book.find(request.match_info["id"])
        if operation is None:
            raise not_found("Operation")
        return operation

    def _told(self, operation: Operation, act: Act) -> web.Response:
        body = self._backend.dialect.operation(operation, self._backend.user, act)
        return json_answer(body, self._backend.dialect.created_status if act == "purchase" else 200)

    def _signed_in(self, *, renewed: bool) -> web.Response:
        backend = self._backend
        return json_answer(backend.dialect.signed_in(backend.tokens.issue(), backend.user, renewed))

    def _note_login(self, request: web.Request, kind: str, status: int) -> None:
        self._backend.record.logins.append(Login(request[NUMBER], self._backend.clock.now(), kind, status))


def _page(request: web.Request) -> Page:
    number = law.page_number(request.query)
    return Page(number, str(request.rel_url.update_query(page=str(number + 1))))
