"""The client against the sandbox, in the dialect that we expect and in the one that spells everything otherwise."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from aiohttp import web

from bot.hidsim import (
    Country,
    HidSim,
    HidSimConfig,
    InvalidRequest,
    NoMatch,
    NotFound,
    OutcomeUnknown,
    Product,
    Service,
    SignInRefused,
    TooEarly,
    TooManyRequests,
)
from bot.hidsim.contract_check import CheckLine, check_contract
from bot.sandbox.hidsim import HidSimSandbox


class WallClock:
    def __init__(self) -> None:
        self.at = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Partner:
    """A sandbox at an address, a client of it, and the sandbox's time."""

    dialect: str
    sandbox: HidSimSandbox
    url: str
    hidsim: HidSim
    time: WallClock

    def config(self, password: str) -> HidSimConfig:
        return HidSimConfig(self.url, "demo@hidsim.example", password, rate_per_second=10_000)

    async def pair(self) -> tuple[Service, Country]:
        return (await self.hidsim.services())[0], (await self.hidsim.countries())[0]

    async def offers(self) -> list[Product]:
        service, country = await self.pair()
        return await self.hidsim.products(service.id, country.id)


@pytest.fixture(params=["canonical", "variant"])
async def partner(request: pytest.FixtureRequest) -> AsyncIterator[Partner]:
    time = WallClock()
    sandbox = HidSimSandbox(dialect=request.param, now=time, services=120, countries=120)
    root = web.Application()
    root.add_subapp("/hidsim", sandbox.app())
    runner = web.AppRunner(root)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hidsim"
    config = HidSimConfig(url, "demo@hidsim.example", "demo", rate_per_second=10_000, read_timeout=5)
    async with HidSim(config, now=time, rng=random.Random(1)) as hidsim:
        yield Partner(request.param, sandbox, url, hidsim, time)
    await runner.cleanup()


async def test_the_account_has_a_balance(partner: Partner) -> None:
    partner.sandbox.director.set_balance(Decimal("12.345"))
    account = await partner.hidsim.me()
    assert (account.balance, len(account.id)) == (Decimal("12.345"), 24)


async def test_every_page_of_the_catalog_is_read(partner: Partner) -> None:
    services, countries = await partner.hidsim.services(), await partner.hidsim.countries()
    assert (len({one.id for one in services}), len({one.id for one in countries})) == (120, 120)
    assert all(one.name for one in countries)
    assert {one.code for one in countries} >= {"BR", "DE", "US"} or None in {one.code for one in countries}


async def test_a_service_is_found_by_its_name(partner: Partner) -> None:
    service, _ = await partner.pair()
    found = await partner.hidsim.search_services(service.name)
    assert service in found
    assert len(found) < 120


async def test_products_belong_to_the_pair_that_was_asked_for(partner: Partner) -> None:
    service, country = await partner.pair()
    offers = await partner.offers()
    assert {(one.service_id, one.country_id) for one in offers} == {(service.id, country.id)}
    assert all(one.price > 0 for one in offers)


async def test_from_purchase_to_code(partner: Partner) -> None:
    partner.sandbox.director.set_default_story("code")
    offer = next(one for one in await partner.offers() if one.stock != 0)
    bought = await partner.hidsim.buy_product(offer.id)
    assert (bought.state, bought.number, bought.price) == ("creating", None, offer.price)
    assert (bought.service_id, bought.country_id) == (offer.service_id, offer.country_id)
    assert bought.created_at == partner.time()
    partner.time.forward(1)
    waiting = await partner.hidsim.operation(bought.id)
    assert (waiting.state, waiting.texts) == ("pending", ())
    assert (waiting.number or "").removeprefix("+").isdigit()
    assert waiting.expires_at is not None
    partner.time.forward(10)
    done = await partner.hidsim.operation(bought.id)
    assert (done.state, done.number) == ("completed", waiting.number)
    assert done.code
    assert done.code in done.texts[0].text
    assert len(partner.sandbox.record.purchases) == 1


async def test_a_window_is_obeyed(partner: Partner) -> None:
    service, country = await partner.pair()
    prices = sorted(one.price for one in await partner.offers())
    bought = await partner.hidsim.buy_service(
        service.id, country_ids=[country.id], min_price=prices[0], max_price=prices[-1]
    )
    (purchase,) = partner.sandbox.record.purchases
    assert (purchase.lowest, purchase.highest, purchase.countries) == (prices[0], prices[-1], (country.id,))
    assert bought.price is not None
    assert prices[0] <= bought.price <= prices[-1]


async def test_no_match_buys_nothing(partner: Partner) -> None:
    service, country = await partner.pair()
    with pytest.raises(NoMatch):
        await partner.hidsim.buy_service(service.id, country_ids=[country.id], max_price=Decimal("0.000001"))
    assert partner.sandbox.record.purchases == []


async def test_without_money_the_rule_is_told(partner: Partner) -> None:
    offers = await partner.offers()
    partner.sandbox.director.set_balance(Decimal(0))
    with pytest.raises(InvalidRequest):
        await partner.hidsim.buy_product(offers[0].id)


@pytest.mark.parametrize("story", ["no_number", "system_refund"])
async def test_a_refund_is_a_final_state(partner: Partner, story: str) -> None:
    partner.sandbox.director.set_default_story(story)
    offers = await partner.offers()
    bought = await partner.hidsim.buy_product(offers[0].id)
    partner.time.forward(4000)
    ended = await partner.hidsim.operation(bought.id)
    assert ended.state in {"no_number_refunded", "system_refunded"}


async def test_an_unknown_state_is_handed_on_as_it_is(partner: Partner) -> None:
    partner.sandbox.director.set_default_story("unknown_state")
    bought = await partner.hidsim.buy_product((await partner.offers())[0].id)
    partner.time.forward(0.3)
    found = await partner.hidsim.operation(bought.id)
    assert found.state == "verifying"


async def test_close_is_too_early_and_later_a_refund(partner: Partner) -> None:
    partner.sandbox.director.set_default_story("never")
    partner.sandbox.director.too_early(60)
    bought = await partner.hidsim.buy_product((await partner.offers())[0].id)
    partner.time.forward(2)
    with pytest.raises(TooEarly):
        await partner.hidsim.close(bought.id)
    partner.time.forward(60)
    assert (await partner.hidsim.close(bought.id)).state == "user_refunded"
    assert [one.status for one in partner.sandbox.record.closes] == [425, 200]


async def test_refetch_may_bring_a_second_sms(partner: Partner) -> None:
    partner.sandbox.director.set_default_story("quick")
    bought = await partner.hidsim.buy_product((await partner.offers())[0].id)
    partner.time.forward(5)
    assert len((await partner.hidsim.operation(bought.id)).texts) == 1
    partner.sandbox.director.code_now(bought.id, "A second one")
    texts = (await partner.hidsim.refetch(bought.id)).texts
    assert [one.text for one in texts][1:] == ["A second one"]


async def test_an_operation_that_is_none_is_not_found(partner: Partner) -> None:
    with pytest.raises(NotFound):
        await partner.hidsim.operation("f" * 24)


async def test_revoked_tokens_cost_one_login(partner: Partner) -> None:
    offers = await partner.offers()
    logins = len(partner.sandbox.record.logins)
    partner.sandbox.director.revoke_tokens()
    await partner.hidsim.buy_product(offers[0].id)
    assert len(partner.sandbox.record.logins) == logins + 1
    assert len(partner.sandbox.record.purchases) == 1


async def test_renewal_gives_a_token_that_holds(partner: Partner) -> None:
    await partner.hidsim.me()
    await partner.hidsim.renew()
    await partner.hidsim.me()
    assert [one.kind for one in partner.sandbox.record.logins] == ["login", "renew"]


async def test_a_wrong_password_is_refused(partner: Partner) -> None:
    async with HidSim(partner.config("wrong"), now=partner.time) as stranger:
        with pytest.raises(SignInRefused):
            await stranger.me()


async def test_too_many_requests_are_told(partner: Partner) -> None:
    await partner.hidsim.me()
    partner.sandbox.director.set_rate_limit(0, retry_after=30)
    with pytest.raises(TooManyRequests) as told:
        await partner.hidsim.me()
    assert told.value.retry_after == 30


@pytest.mark.parametrize("loss", ["cut", "html", "half", "500"])
async def test_a_lost_answer_to_a_purchase_that_was_done_is_never_sent_again(partner: Partner, loss: str) -> None:
    offers = await partner.offers()
    director = partner.sandbox.director
    match loss:
        case "cut":
            director.fault("/purchase", after=True, cut="after")
        case "500":
            director.fault("/purchase", after=True, status=500, body={"message": "later"})
        case broken:
            director.fault("/purchase", after=True, broken_body=broken)
    with pytest.raises(OutcomeUnknown):
        await partner.hidsim.buy_product(offers[0].id)
    assert len(partner.sandbox.record.purchases) == 1


async def test_a_bad_moment_of_a_poll_is_not_noticed(partner: Partner) -> None:
    bought = await partner.hidsim.buy_product((await partner.offers())[0].id)
    partner.sandbox.director.fault(f"/operations/{bought.id}", status=502, body="<html>Bad gateway</html>")
    assert (await partner.hidsim.operation(bought.id)).id == bought.id


async def report(partner: Partner, password: str) -> dict[str, CheckLine]:
    return {line.name: line async for line in check_contract(partner.config(password))}


async def test_the_check_asks_everything_and_buys_nothing(partner: Partner) -> None:
    lines = await report(partner, "demo")
    assert set(lines) == {
        "sign in",
        "account",
        "renewal",
        "refused token",
        "countries",
        "services",
        "search",
        "products",
        "unknown operation",
    }
    assert {line.verdict for line in lines.values()} <= {"holds", "different"}
    assert partner.sandbox.record.purchases == []


async def test_the_check_tells_the_dialects_apart(partner: Partner) -> None:
    me = await report(partner, "demo")
    named = [name for name, line in me.items() if line.verdict == "different"]
    expected = ["sign in", "account", "renewal", "countries", "products"]
    assert named == ([] if partner.dialect == "canonical" else expected)


async def test_the_check_ends_at_a_wrong_password_and_does_not_show_it(partner: Partner) -> None:
    lines = await report(partner, "wr0ng-s3cret")
    assert {name: line.verdict for name, line in lines.items()} == {"sign in": "failed"}
    assert "wr0ng" not in str(lines)
