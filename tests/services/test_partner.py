"""The door to HidSim: every error of its client has a name of the shop's, and costs and prices meet only there."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple, cast

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot import hidsim as far
from bot.domain.catalog import Country, Service
from bot.domain.listed import Listed
from bot.domain.money import Markup, to_decimal, to_micros
from bot.domain.no_answer import CredentialsRefused, Lost, NotAllowed, NotDone, NotFound, Stranger, TooEarly
from bot.domain.price_window import Offer, Window
from bot.domain.refusals import Reason
from bot.services.partner import Partner, Turn

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TELEGRAM, BRAZIL = Service(1, "a" * 24, "Telegram"), Country(2, "b" * 24, "Brazil", "BR")
ANY = Window(1, 10**9)
MICROS = st.integers(min_value=1, max_value=10**11)
PERCENT = st.integers(min_value=0, max_value=1000)


class Line:
    """A client of HidSim's whose every call brings the same: a value, or an error. `sent`: the purchase's window."""

    def __init__(self, brings: object) -> None:
        self._brings = brings
        self.sent: tuple[Decimal | None, Decimal | None] | None = None

    def now(self) -> datetime:
        return NOW

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def call(*_: object, **facts: Any) -> Any:
            if name == "buy_service":
                self.sent = (facts["min_price"], facts["max_price"])
            if isinstance(self._brings, Exception):
                raise self._brings
            return self._brings

        return call


def partner(brings: object, percent: int = 0) -> Partner:
    return Partner(cast("far.HidSim", Line(brings)), Markup(percent), "USD")


Call = Callable[[Partner], Awaitable[object]]
QUESTIONS: dict[str, Call] = {
    "balance": lambda p: p.balance(),
    "services": lambda p: p.services(),
    "countries": lambda p: p.countries(),
    "search": lambda p: p.search_services("tele"),
    "offers": lambda p: p.offers(TELEGRAM, BRAZIL),
    "ask": lambda p: p.ask("c" * 24),
    "poll": lambda p: p.poll("c" * 24, Turn(0.0), None),
}
ACTS: dict[str, Call] = {
    "buy": lambda p: p.buy(TELEGRAM, [BRAZIL], ANY, ()),
    "buy offer": lambda p: p.buy_offer("d" * 24),
    "close": lambda p: p.close("c" * 24),
    "another SMS": lambda p: p.another_sms("c" * 24),
}


class Row(NamedTuple):
    """What an error becomes. `wait` and `said` are what a person hears of it; `lost`: where it was an act."""

    error: far.HidSimError
    name: type[NotDone]
    reason: Reason
    said: str | None = None
    wait: int | None = None
    lost: bool = False
    strange: bool = False


TABLE = (
    Row(far.NotSent("no connection"), NotDone, Reason.HIDSIM_DOWN),
    Row(far.OutcomeUnknown("cut"), NotDone, Reason.HIDSIM_DOWN, lost=True),
    Row(far.AnotherOperation(), Stranger, Reason.HIDSIM_DOWN, lost=True, strange=True),
    Row(far.Rejected(418, "tea only"), NotDone, Reason.HIDSIM_REFUSED, said="tea only"),
    Row(far.Rejected(418, "tea", retry_after=9), NotDone, Reason.HIDSIM_REFUSED, said="tea"),
    Row(far.InvalidRequest(400, "not open"), NotAllowed, Reason.HIDSIM_REFUSED, said="not open"),
    Row(far.InvalidRequest(400, "no funds left"), NotAllowed, Reason.OPERATOR_BALANCE),
    Row(far.InvalidRequest(400, "sorry", "OUT_OF_STOCK"), NotAllowed, Reason.OFFER_GONE),
    Row(far.SignInRefused(403, "no"), NotDone, Reason.HIDSIM_SIGN_IN),
    Row(far.CredentialsRefused(401, "no"), CredentialsRefused, Reason.HIDSIM_SIGN_IN),
    Row(far.NotFound(404, "gone"), NotFound, Reason.HIDSIM_REFUSED, said="gone"),
    Row(far.NoMatch(406, "none"), NotDone, Reason.NO_MATCH),
    Row(far.TooEarly(425, "wait", retry_after=4), NotDone, Reason.HIDSIM_REFUSED, said="wait"),
    Row(far.TooManyRequests(429, "slow", retry_after=2.6), NotDone, Reason.HIDSIM_BUSY, wait=3),
    Row(far.TooManyRequests(429, "slow"), NotDone, Reason.HIDSIM_BUSY),
)
ROWS = pytest.mark.parametrize("row", TABLE, ids=lambda row: repr(row.error))


def heirs(kind: type[Exception]) -> Iterator[type[Exception]]:
    for heir in kind.__subclasses__():
        yield heir
        yield from heirs(heir)


def test_every_error_of_the_client_stands_in_the_table() -> None:
    assert {type(row.error) for row in TABLE} == set(heirs(far.HidSimError))


def is_told(raised: NotDone, row: Row) -> None:
    assert type(raised) is row.name
    facts = raised.facts
    assert (facts.reason, facts.said, facts.wait) == (row.reason, row.said, row.wait)
    assert raised.why == f"{type(row.error).__name__}: {row.error}"
    assert raised.words == getattr(row.error, "message", "")
    assert raised.status == (row.error.status if isinstance(row.error, far.Rejected) else None)


@ROWS
@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_question_without_an_answer_is_not_done(question: str, row: Row) -> None:
    with pytest.raises(NotDone) as caught:
        await QUESTIONS[question](partner(row.error))
    is_told(caught.value, row)


@ROWS
@pytest.mark.parametrize("act", ACTS)
async def test_an_act_is_refused_or_lost_and_nothing_in_between(act: str, row: Row) -> None:
    with pytest.raises((NotDone, Lost, TooEarly)) as caught:
        await ACTS[act](partner(row.error))
    if row.lost:
        assert isinstance(caught.value, Lost)
        assert caught.value.strange is row.strange
    elif act == "close" and isinstance(row.error, far.TooEarly):
        assert isinstance(caught.value, TooEarly)
        assert caught.value.wait == 4
    else:
        assert isinstance(caught.value, NotDone)
        is_told(caught.value, row)


@pytest.mark.parametrize("act", ACTS)
async def test_what_nobody_foresaw_is_lost_and_its_text_is_kept_out_of_the_logs(act: str) -> None:
    with pytest.raises(Lost) as caught:
        await ACTS[act](partner(ZeroDivisionError("the code is 123456")))
    assert str(caught.value) == "ZeroDivisionError"


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_question_hides_no_mistake_of_ours(question: str) -> None:
    with pytest.raises(ZeroDivisionError):
        await QUESTIONS[question](partner(ZeroDivisionError()))


def operation(price: Decimal | None) -> far.Operation:
    return far.Operation("C" * 24, "op1", "pending", price=price)


@given(MICROS, PERCENT)
@example(1, 1000)
async def test_the_price_of_the_highest_cost_never_exceeds_the_windows_end(high: int, percent: int) -> None:
    most = partner(None, percent).highest_cost(Window(0, high))
    told = [await partner(operation(to_decimal(cost)), percent).ask("c" * 24) for cost in (most, most + 1)]
    assert [answer.cost for answer in told] == [most, most + 1]
    within, beyond = [answer.price for answer in told]
    assert within is not None
    assert beyond is not None
    assert within <= high < beyond


@given(MICROS, PERCENT)
async def test_an_offer_costs_in_the_list_what_its_answer_says_later(micros: int, percent: int) -> None:
    price = to_decimal(micros)
    assume(micros * (100 + percent) <= 99 * 10**12)  # dearer than that nothing is an offer
    product = far.Product("d" * 24, None, TELEGRAM.hidsim_id, BRAZIL.hidsim_id, price, 3, "One")
    (offer,) = await partner([product], percent).offers(TELEGRAM, BRAZIL)
    answer = await partner(operation(price), percent).buy_offer(offer.product_id)
    assert (answer.cost, answer.price) == (micros, offer.price)
    assert (offer.stock, offer.name, offer.exact) == (3, "One", price)


@given(MICROS, MICROS, PERCENT)
async def test_a_window_is_sent_as_costs_whose_prices_lie_in_it(one: int, other: int, percent: int) -> None:
    low, high = sorted((one, other))
    line = Line(operation(None))
    await Partner(cast("far.HidSim", line), Markup(percent), "USD").buy(TELEGRAM, [BRAZIL], Window(low, high), ())
    assert line.sent is not None
    lowest, highest = line.sent
    assert lowest is not None
    assert highest is not None
    shown = Markup(percent).shown
    assert shown(to_micros(highest)) <= high < shown(to_micros(highest) + 1)
    assert shown(to_micros(lowest) - 1) < low <= shown(to_micros(lowest))


async def test_an_offer_that_nobody_could_be_charged_for_is_none() -> None:
    prices = [Decimal("0.0000004"), Decimal("0.1"), Decimal("1000000.01")]
    products = [far.Product(f"{n:024x}", None, "a" * 24, "b" * 24, price) for n, price in enumerate(prices)]
    found = await partner(products).offers(TELEGRAM, BRAZIL)
    assert found == (Offer(f"{1:024x}", 100_000, None, None, Decimal("0.1")),)


async def test_an_offer_whose_id_no_button_has_room_for_goes_by_its_short_one() -> None:
    ids = [("e" * 30, "s1"), ("e" * 31, "s2"), ("e" * 31, None)]
    products = [far.Product(long, short, "a" * 24, "b" * 24, Decimal(1)) for long, short in ids]
    found = await partner(products).offers(TELEGRAM, BRAZIL)
    assert [offer.product_id for offer in found] == ["e" * 30, "s2", "e" * 31]


async def test_an_answer_says_all_that_the_operation_did() -> None:
    sms = far.Sms("Code 1234", "1234", "Telegram", NOW)
    whole = far.Operation(
        "C" * 24, "Op1", "completed", "+5511", "1234", (sms,), Decimal("0.1"), None, None, NOW, NOW, NOW
    )
    answer = await partner(whole, 20).ask("c" * 24)
    assert (answer.id, answer.ids, answer.state, answer.number) == ("C" * 24, {"c" * 24, "op1"}, "completed", "+5511")
    assert (answer.cost, answer.price, answer.code) == (100_000, 120_000, "1234")
    assert [(one.text, one.code, one.sender, one.received_at) for one in answer.texts] == [
        ("Code 1234", "1234", "Telegram", NOW)
    ]
    assert (answer.created_at, answer.updated_at, answer.expires_at) == (NOW, NOW, NOW)
    assert "1234" not in repr(answer)
    assert "5511" not in repr(answer)


async def test_the_balance_is_remembered_as_it_was_read_last() -> None:
    far_end = Line(far.Account("a" * 24, balance=Decimal("12.50"), currency="EUR"))
    ours = Partner(cast("far.HidSim", far_end), Markup(20), "USD")
    assert ours.account.currency == "USD"
    assert await ours.balance() == 12_500_000
    known = ours.account
    assert (known.balance, known.decimals, known.currency, known.read_at) == (12_500_000, 2, "EUR", NOW)


async def test_at_start_only_refused_credentials_are_raised() -> None:
    assert not await partner(far.NotSent("no connection")).try_balance()
    assert not await partner(far.SignInRefused(403)).try_balance()
    with pytest.raises(CredentialsRefused) as caught:
        await partner(far.CredentialsRefused(401)).try_balance()
    assert caught.value.status == 401


async def test_the_catalog_is_listed_by_hidsims_ids() -> None:
    assert await partner([far.Service("a" * 24, "s1", "Telegram")]).services() == [Listed("a" * 24, "Telegram")]
    assert await partner([far.Country("b" * 24, "c1", "Brazil", "BR")]).countries() == [
        Listed("b" * 24, "Brazil", "BR")
    ]
