"""HidSim in the shop's words, and the only door to its client: what it sells, what it says, what it takes.

Costs and prices meet here and nowhere else. Whatever the client raises leaves as a name of `bot/domain/no_answer.py`.
"""

from collections.abc import Awaitable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

import structlog

from bot import hidsim as far
from bot.domain.answer import Answer, Received, Same
from bot.domain.catalog import Country, Service
from bot.domain.listed import Listed
from bot.domain.money import Cost, Markup, Price, to_micros
from bot.domain.no_answer import CredentialsRefused, Lost, NotAllowed, NotDone, NotFound, Stranger, TooEarly
from bot.domain.price_window import Offer, Window, asked
from bot.domain.progress import Seen
from bot.domain.refusals import Reason
from bot.facts.status import LastAnswers
from bot.hidsim import HidSim, HidSimError, Operation, Product, Rejected, Turn, Urgency, mongo_ids, same_operation
from bot.i18n.phone import completed
from bot.services.account import Account

__all__ = ["Partner", "Turn", "Urgency", "mongo_ids", "not_done", "same_operation", "seen"]

_log = structlog.get_logger(__name__)

_Told = TypeVar("_Told")
_BUTTON_ID = 30
"""The longest product id that a button has room for; paths take the short one just as well (contract)."""
_HIGHEST = 10**12
"""Micro-units; what a button's data may hold."""
_BALANCE_CODES = ("INSUFFICIENT", "BALANCE", "FUNDS")
_STOCK_CODES = ("STOCK",)
_LONGEST_NUMBER = 32


class Partner:
    """The operator's account at HidSim with what the operator adds to its prices. Writes nothing down.

    Whatever only asks raises NotDone. What changes something (buying, closing, another SMS) raises NotDone for what was
    surely not done and Lost for what may have been; it is then never to be sent again.
    """

    def __init__(self, hidsim: HidSim, markup: Markup, currency: str) -> None:
        """`currency`: of all prices, until HidSim names its own."""
        self._hidsim = hidsim
        self._markup = markup
        self.account = Account(currency)
        self.last_answers = LastAnswers()

    def now(self) -> datetime:
        """UTC, by the clock that the client goes by: when what was just read was read."""
        return self._hidsim.now()

    @property
    def rate(self) -> float:
        """Requests a second to HidSim at present."""
        return self._hidsim.rate

    @property
    def paused(self) -> float:
        """Seconds for which HidSim is asked nothing."""
        return self._hidsim.paused

    @property
    def queue(self) -> int:
        """How many requests to HidSim wait for their turn."""
        return self._hidsim.queue

    async def turn(self) -> Turn:
        """Waits until HidSim may be polled, behind purchases and taps. Raises NotDone when that would take long."""
        return await _read(self._hidsim.turn())

    def give_back(self, turn: Turn) -> None:
        """For a turn that nobody needs."""
        self._hidsim.give_back(turn)

    async def balance(self, urgency: Urgency = Urgency.TAP) -> int | None:
        """Reads it and remembers it in `account`: micro-units at HidSim, None when HidSim gives none."""
        me, account = await self._read(self._hidsim.me(urgency=urgency)), self.account
        account.currency = me.currency or account.currency
        account.balance = None if me.balance is None else to_micros(me.balance)
        account.decimals = max(account.decimals, 0 if me.balance is None else _decimals(me.balance))
        account.read_at = self.now()
        account.readings += 1
        return account.balance

    async def try_balance(self) -> bool:
        """The same at start and by the clock, where HidSim being down is no reason to stop.

        Raises CredentialsRefused, which waiting does not mend.
        """
        try:
            await self.balance(Urgency.FILL)
        except CredentialsRefused:
            raise
        except NotDone as error:
            _log.warning("HidSim's account could not be read", reason=error.why)
            return False
        return True

    async def services(self) -> Sequence[Listed]:
        """All of them, in HidSim's order."""
        return [Listed(one.id, one.name) for one in await self._read(self._hidsim.services())]

    async def countries(self) -> Sequence[Listed]:
        """All of them, in HidSim's order."""
        return [Listed(one.id, one.name, one.code) for one in await self._read(self._hidsim.countries())]

    async def search_services(self, text: str) -> Sequence[Listed]:
        """HidSim's own search. What it matches, and in which order, is HidSim's business."""
        return [Listed(one.id, one.name) for one in await self._read(self._hidsim.search_services(text))]

    async def offers(self, service: Service, country: Country, urgency: Urgency = Urgency.TAP) -> tuple[Offer, ...]:
        """What a pair costs now, in HidSim's order.

        A price that rounds to nothing is no offer: nobody could be charged for it, and HidSim might read it as none.
        Nor is one of a million: nobody means it, and no button has room for it.
        """
        products = self._hidsim.products(service.hidsim_id, country.hidsim_id, urgency=urgency)
        return tuple(offer for one in await self._read(products) if (offer := self._offer(one)) is not None)

    def _offer(self, product: Product) -> Offer | None:
        ident = product.id if len(product.id) <= _BUTTON_ID else product.short_id or product.id
        cost, price = self._cost_and_price(product.price)
        return Offer(ident, price, product.stock, product.name, product.price) if cost and price <= _HIGHEST else None

    def highest_cost(self, window: Window) -> Cost:
        """The most that HidSim can have taken for a purchase inside this window."""
        return self._markup.highest_cost(window.high)

    async def buy(
        self, service: Service, countries: Sequence[Country], window: Window, offers: Iterable[Offer] | None
    ) -> Answer:
        """Lets HidSim choose an offer of any of these countries inside the window. `offers`: theirs, if at hand."""
        ends = asked(window, self._markup.lowest_cost(window.low), self.highest_cost(window), offers)
        ids = [one.hidsim_id for one in countries]
        bought = self._hidsim.buy_service(
            service.hidsim_id, country_ids=ids, min_price=ends.lowest, max_price=ends.highest
        )
        return await self._done(bought)

    async def buy_offer(self, product_id: str) -> Answer:
        """Buys this offer, whatever it costs by now."""
        return await self._done(self._hidsim.buy_product(product_id))

    async def ask(self, operation_id: str) -> Answer:
        """How an operation stands, for a person who looks: asked again in trouble.

        Raises NotFound and Stranger, which are for admins to hear of, beside NotDone.
        """
        return self._answer(await self._read(self._hidsim.operation(operation_id, urgency=Urgency.TAP)))

    async def poll(self, operation_id: str, turn: Turn, known: bytes | None) -> Answer | Same:
        """The same for who asks again and again: once, in the turn in hand.

        `known`: the digest of the last answer that was written down. Raises as `ask` does.
        """
        told = await self._read(self._hidsim.poll(operation_id, turn=turn, known=known))
        return Same() if told is None else self._answer(told)

    async def close(self, operation_id: str) -> Answer:
        """Gives the number back. Raises TooEarly, NotAllowed when it is not open; after Lost ask what happened."""
        return await self._done(self._close(operation_id))

    async def _close(self, operation_id: str) -> Operation:
        try:
            return await self._hidsim.close(operation_id)
        except far.TooEarly as early:
            raise TooEarly(early.retry_after) from early

    async def another_sms(self, operation_id: str) -> Answer:
        """Lets HidSim ask the provider again. Raises NotAllowed when it can't; after Lost ask what happened."""
        return await self._done(self._hidsim.refetch(operation_id))

    async def _read(self, question: Awaitable[_Told]) -> _Told:
        """Raises NotDone, as `_read` below."""
        return await _read(self._heard(question))

    async def _heard(self, request: Awaitable[_Told]) -> _Told:
        """Notes what came of it: whether HidSim answered at all, and how. Raises what the request raises."""
        answers = self.account.answers
        try:
            told = await request
        except HidSimError as error:
            if isinstance(error, Rejected | far.AnotherOperation):
                answers.one_came(refused=isinstance(error, far.CredentialsRefused))
            else:
                answers.one_missed()
            self._note(None if isinstance(error, far.TooEarly) else not_done(error).facts.reason)
            raise
        answers.one_came()
        self._note(None)
        return told

    def _note(self, failure: Reason | None) -> None:
        self.last_answers = self.last_answers.after(failure, self.now())

    async def _done(self, request: Awaitable[Operation]) -> Answer:
        """A request that changes something. Only HidSim's own word, or that nothing was sent, makes it not done."""
        try:
            return self._answer(await self._heard(request))
        except TooEarly:
            raise
        except (far.NotSent, Rejected) as error:
            raise not_done(error) from error
        except HidSimError as error:
            raise Lost(_told(error), strange=isinstance(error, far.AnotherOperation)) from error
        except Exception as error:  # whatever it was, the request may have arrived
            _log.error("a request to HidSim failed in a way that nobody foresaw", error=type(error).__name__)
            raise Lost(type(error).__name__) from error

    def _answer(self, operation: Operation) -> Answer:
        cost, price = (None, None) if operation.price is None else self._cost_and_price(operation.price)
        return Answer(
            id=operation.id,
            ids=operation.ids,
            state=operation.state,
            number=operation.number,
            cost=cost,
            price=price,
            code=operation.code,
            texts=tuple(Received(sms.text, sms.code, sms.sender, sms.received_at) for sms in operation.texts),
            created_at=operation.created_at,
            updated_at=operation.updated_at,
            expires_at=operation.expires_at,
            country=operation.country_id,
            digest=operation.digest,
        )

    def _cost_and_price(self, told: Decimal) -> tuple[Cost, Price]:
        cost = Cost(to_micros(told))
        return cost, self._markup.shown(cost)


def seen(answer: Answer, country_code: str | None) -> Seen:
    """`country_code`: of the order's country, whose numbers may come without it."""
    number = None if answer.number is None else completed(answer.number, country_code)[:_LONGEST_NUMBER]
    return Seen(answer.state, number, answer.cost, answer.expires_at, answer.took)


def not_done(error: HidSimError) -> NotDone:
    """Why HidSim did not do or say it. The structured code goes before the message (contract)."""
    kind: type[NotDone] = NotDone
    match error:
        case far.NotFound():
            kind = NotFound
        case far.InvalidRequest():
            kind = NotAllowed
        case far.CredentialsRefused():
            kind = CredentialsRefused
        case far.AnotherOperation():
            kind = Stranger
    if not isinstance(error, Rejected):
        return kind(Reason.HIDSIM_DOWN, _told(error))
    wait = round(error.retry_after) if isinstance(error, far.TooManyRequests) and error.retry_after else None
    return kind(_reason(error), _told(error), words=error.message, status=error.status, wait=wait)


def _reason(error: Rejected) -> Reason:
    match error:
        case far.NoMatch():
            return Reason.NO_MATCH
        case far.TooManyRequests():
            return Reason.HIDSIM_BUSY
        case far.SignInRefused():
            return Reason.HIDSIM_SIGN_IN
        case far.InvalidRequest() if _names(error, _BALANCE_CODES):
            return Reason.OPERATOR_BALANCE
        case far.InvalidRequest() if _names(error, _STOCK_CODES):
            return Reason.OFFER_GONE
        case _:
            return Reason.HIDSIM_REFUSED


def _names(error: Rejected, words: tuple[str, ...]) -> bool:
    told = (error.code or error.message or "").upper()
    return any(word in told for word in words)


def _told(error: HidSimError) -> str:
    return f"{type(error).__name__}: {error}"


async def _read(question: Awaitable[_Told]) -> _Told:
    """Raises NotDone: whatever only asks changes nothing, so that no answer is as good as a refusal."""
    try:
        return await question
    except HidSimError as error:
        raise not_done(error) from error


def _decimals(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
