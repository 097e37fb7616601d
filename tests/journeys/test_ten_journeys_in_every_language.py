"""The main ways through the shop, by people of all twelve languages at once.

Buttons are found by what they do, and texts by what they mean. What came of it is asked of the books, of the orders and
of HidSim's sandbox. `tests/journeys/__init__.py` says where each way is told with all its turnings.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from babel import Locale

from bot.domain.history import Part
from bot.domain.orders import Order, OrderState
from bot.domain.outcomes import Outcome
from bot.domain.sequels import MAX_TRIES, NO_PLAN, coded
from bot.i18n.plurals import RULES
from bot.sandbox.person import ChatMessage
from bot.screens.callbacks import (
    AskCredit,
    Buy,
    Close,
    CloseWhenAllowed,
    RequestCredit,
    Save,
    ToCountries,
    ToHistory,
    ToHome,
    ToOrder,
    ToPrice,
    ToServices,
    ToSettings,
)
from bot.screens.callbacks_of_admins import GrantCredit
from bot.screens.callbacks_of_drafts import BuyAny, Tick, ToPriceOfAny, ToTicks
from bot.screens.callbacks_of_orders import ExportOwn, ToChoices
from bot.screens.callbacks_of_sequels import AnotherNumber, ToNextCountry
from bot.screens.callbacks_of_settings import ChooseLanguage, ToLanguages
from bot.screens.callbacks_of_watches import TellMe
from tests.button_kinds import ANY
from tests.journeys.sayings import plain
from tests.journeys.shop import Shop, World, running, settings_for
from tests.journeys.tongues import Speaker, everybody, speakers

pytestmark = pytest.mark.timeout(120)  # twelve people at once, on a busy machine

S = OrderState
BRAZIL, BRITAIN = "🇧🇷", "🇬🇧"
LOCK_SCREEN = 40
"""Characters of a message that a notification shows for sure."""
NO_CODE = "↩️ <b>No code</b> came to this number."
CLOSED = "↩️ <b>Closed</b>: the number is given back."


@pytest.fixture
async def shop(world: World, tmp_path: Path) -> AsyncIterator[Shop]:
    """Brazil and Britain are cheap, so that they stand on the first page whether all prices are known or not."""
    for code in ("BR", "GB"):
        world.hidsim.director.set_prices("Telegram", code, ["0.01", "0.02"])
    async with running(world, settings_for(world, tmp_path)) as opened:
        yield opened


def is_number(copied: str) -> bool:
    return copied.startswith("+")


def is_code(copied: str) -> bool:
    return copied.isdecimal()


def shows_first(push: ChatMessage, first: str) -> None:
    """On a lock screen: this, and behind it the service."""
    shown = plain(push.text)[:LOCK_SCREEN]
    assert shown.startswith(first)
    assert "Telegram" in shown


async def to_the_price(ann: Speaker) -> None:
    """Three taps from the menu."""
    await ann.start()
    await ann.goes(ToServices)
    await ann.goes(ToCountries, saying="Telegram")
    await ann.goes(ToPrice, saying=BRAZIL)


async def buys(ann: Speaker) -> ChatMessage:
    """The message that brings the number."""
    price = await ann.meets(Buy)
    await ann.goes(Buy, message=price)
    number = await ann.gets(is_number, since=price)
    shows_first(number, "+")
    return number


async def gets_the_code(ann: Speaker) -> ChatMessage:
    """The code is the first thing that its message says, and what a tap copies has nothing invisible in it."""
    push = await ann.gets(is_code)
    (code, *_) = push.parts("code")
    assert code.isdecimal()
    shows_first(push, code)
    return push


async def newest(shop: Shop, ann: Speaker) -> Order:
    return (await shop.orders(ann.id))[-1]


async def without_a_code(shop: Shop, ann: Speaker) -> ChatMessage:
    """A number to which nothing came; the message that says so."""
    await to_the_price(ann)
    number = await buys(ann)
    shop.director.refund_now((await shop.order(ann.id)).operation_id)
    told = await ann.reads(NO_CODE, since=number)
    ann.taps = 0
    return told


async def test_from_home_to_the_code_of_a_new_pair_in_four_taps(shop: Shop) -> None:
    async def journey(ann: Speaker) -> None:
        await to_the_price(ann)
        await buys(ann)
        code = await gets_the_code(ann)
        assert code.reply_to is not None
        assert ann.taps == 4
        await ann.reads("✅ <b>Done</b>: the code came. You paid {price}.")
        order = await shop.order(ann.id)
        assert (order.state, (await shop.money(ann.id)).wallet) == (S.COMPLETED, -(order.charged or 0))

    await everybody(speakers(shop), journey)
    assert len(shop.record.purchases) == 12


async def test_a_favorite_is_two_taps_from_its_number(shop: Shop) -> None:
    async def journey(ann: Speaker) -> None:
        await to_the_price(ann)
        assert (await ann.goes(Save)).text
        await ann.goes(ToHome)
        ann.taps = 0
        await ann.goes(ToPrice, saying=BRAZIL)
        await buys(ann)
        assert ann.taps == 2
        await gets_the_code(ann)

    await everybody(speakers(shop), journey)
    assert len(shop.record.purchases) == 12


async def test_what_is_closed_too_early_is_closed_when_it_is_allowed_and_costs_nothing(shop: Shop) -> None:
    shop.director.set_default_story("too_early", early=7_200, expires_after=14_400)

    async def wishes(ann: Speaker) -> None:
        await to_the_price(ann)
        await buys(ann)
        answer = await ann.goes(Close)
        assert answer.alert
        ann.understands(answer, "Too early: you can close it in {wait}. Nothing is lost.")
        await ann.goes(CloseWhenAllowed)
        await ann.reads("🕓 Will be closed as soon as that is allowed. A code that comes before is still yours.")

    async def hears(ann: Speaker) -> None:
        await ann.reads(CLOSED)
        assert (await shop.order(ann.id)).state is S.USER_REFUNDED
        assert (await shop.money(ann.id)).wallet == 0

    people = speakers(shop)
    await everybody(people, wishes)
    shop.server.watch.advance(minutes=121)
    await everybody(people, hears)
    assert [one.state for one in shop.record.refunds] == ["user_refunded"] * 12


async def test_from_no_code_to_another_number_in_one_tap(shop: Shop) -> None:
    shop.director.set_default_story("never")

    async def journey(ann: Speaker) -> None:
        told = await without_a_code(shop, ann)
        await ann.goes(AnotherNumber, message=told)
        await ann.gets(is_number, since=told)
        assert ann.taps == 1
        first, second = await shop.orders(ann.id)
        assert (second.replaces, second.country_id, second.window) == (first.id, first.country_id, first.window)
        shop.director.code_now(second.operation_id)
        await gets_the_code(ann)
        await ann.reads("🔁 Another number follows: #{id}.")

    await everybody(speakers(shop), journey)
    assert len(shop.record.purchases) == 24


async def test_from_no_code_to_the_next_country_in_two_taps(shop: Shop) -> None:
    shop.director.set_default_story("never")

    async def journey(ann: Speaker) -> None:
        told = await without_a_code(shop, ann)
        await ann.goes(ToNextCountry, message=told)
        await ann.reads("🌍 Next: {flag} <b>{country}</b>, for up to {price}.")
        await ann.goes(AnotherNumber, country=ANY)
        await ann.gets(is_number, since=told)
        assert ann.taps == 2
        first, second = await shop.orders(ann.id)
        assert (second.replaces, second.window.high) == (first.id, first.window.high)
        assert (first.country_code, second.country_code) == ("BR", "GB")

    await everybody(speakers(shop), journey)


async def test_what_is_tried_by_itself_stops_at_the_cap_in_the_same_country(shop: Shop) -> None:
    shop.director.set_default_story("never")
    shop.server.watch.runs_at(5)  # the time after which a number is given up must not come

    async def journey(ann: Speaker) -> None:
        await to_the_price(ann)
        await ann.goes(ToPrice, plan=coded(NO_PLAN.switched()))
        await ann.meets(Buy, plan=coded(NO_PLAN.switched()))
        ann.taps = 0
        told = await buys(ann)
        for attempt in range(1, MAX_TRIES):
            shop.director.refund_now((await newest(shop, ann)).operation_id)
            await ann.reads("🔂 No code on number {n} of {most}. Number {next} follows: #{id}.")
            told = await ann.gets(is_number, since=told)
            assert (await newest(shop, ann)).attempt == attempt + 1
        shop.director.refund_now((await newest(shop, ann)).operation_id)
        await ann.reads("🔂 That was number {n} of {most}. Nothing more is bought by itself.", since=told)
        assert ann.taps == 1
        tried = await shop.orders(ann.id)
        assert [one.country_code for one in tried] == ["BR"] * MAX_TRIES

    await everybody(speakers(shop), journey)
    assert len(shop.record.purchases) == 12 * MAX_TRIES


async def test_any_of_several_countries_is_one_purchase(shop: Shop) -> None:
    async def journey(ann: Speaker) -> None:
        await ann.start()
        await ann.goes(ToServices)
        await ann.goes(ToCountries, saying="Telegram")
        await ann.goes(ToTicks)
        await ann.goes(Tick, saying=BRAZIL, on=True)
        await ann.goes(Tick, saying=BRITAIN, on=True)
        await ann.goes(ToPriceOfAny)
        await ann.reads("<b>{service}</b> · any of {countries}")
        await ann.goes(BuyAny)
        await ann.gets(is_number)
        await gets_the_code(ann)
        assert {one.code for one in (await shop.order(ann.id)).countries} == {"BR", "GB"}

    await everybody(speakers(shop), journey)
    assert [len(one.countries) for one in shop.record.purchases] == [2] * 12


async def test_who_waits_for_what_is_sold_out_is_told_and_buys_it(shop: Shop) -> None:
    async def waits(ann: Speaker) -> None:
        await ann.say(f"telegram {Locale.parse(ann.language).territories['BR']}")
        await ann.reads("😕 Sold out: <b>{service}</b> in {flag} <b>{country}</b>.")
        await ann.goes(TellMe)
        await ann.reads("🔔 I'll tell you when <b>{service}</b> in {flag} <b>{country}</b> is available.")

    async def hears(ann: Speaker) -> None:
        push = await ann.reads("🔔 <b>{service}</b> in {flag} <b>{country}</b>: from <b>{price}</b>")
        ann.taps = 0
        await ann.goes(ToPrice, message=push)
        await buys(ann)
        assert ann.taps == 2

    people = speakers(shop)
    shop.director.sell_out("Telegram", "BR")
    shop.server.watch.advance(minutes=2)
    await everybody(people, waits)
    shop.director.restock("Telegram", "BR")
    shop.server.watch.advance(minutes=2)
    await everybody(people, hears)
    assert len(shop.record.purchases) == 12


async def test_history_is_narrowed_down_looked_up_and_taken_home_as_a_file(shop: Shop) -> None:
    async def journey(ann: Speaker) -> None:
        await to_the_price(ann)
        await buys(ann)
        await gets_the_code(ann)
        await ann.reads("✅ <b>Done</b>: the code came. You paid {price}.")
        await ann.start()
        await ann.goes(ToHistory)
        await ann.reads("<b>History</b>: {n} order")
        await ann.goes(ToChoices, part=Part.OUTCOME)
        await ann.goes(ToHistory, outcome=Outcome.CODE)
        await ann.goes(ToOrder, saying=BRAZIL)
        await ann.reads("🛒 Placed {time}")
        await ann.goes(ToHistory, outcome=Outcome.CODE)
        await ann.goes(ToHistory, outcome=None, saying="✕")
        ann.understands(await ann.goes(ExportOwn), "The file is being made. It comes as a message.")
        file = await ann.reads("📄 Your {n} order")
        assert file.raw["document"]["file_name"].endswith(".csv")

    await everybody(speakers(shop), journey)


async def test_a_language_that_is_chosen_is_that_of_the_next_push(shop: Shop) -> None:
    tongues = list(RULES)

    async def journey(ann: Speaker) -> None:
        chosen = tongues[tongues.index(ann.language) - 1]
        await ann.start()
        await ann.goes(ToSettings)
        await ann.goes(ToLanguages)
        await ann.reads("All messages from now on come in the one you choose.")
        await ann.goes(ChooseLanguage, language=chosen)
        ann.language = chosen
        await ann.reads("All messages from now on come in the one you choose.")
        ann.speaks_now(chosen)
        await to_the_price(ann)
        await buys(ann)
        await gets_the_code(ann)
        await ann.reads("✅ <b>Done</b>: the code came. You paid {price}.")
        person = await shop.app.shop.people.get(ann.id)
        assert person is not None
        assert person.chosen_language == chosen

    await everybody(speakers(shop), journey)


async def test_who_lacks_credit_asks_for_it_gets_it_and_goes_on_buying(world: World, tmp_path: Path) -> None:
    async with running(world, settings_for(world, tmp_path, billing="prepaid")) as shop:
        ada = Speaker(world.telegram, 900, "Ada", patience=30.0)
        await ada.start()
        await ada.meets(ToServices)

        async def grants(person: int) -> None:
            asked = await ada.sees(f"{person}")
            await ada.goes(GrantCredit, message=asked)

        async def journey(ann: Speaker) -> None:
            await ann.say("telegram brazil")
            await ann.goes(AskCredit)
            await ann.goes(AskCredit, amount=ANY)
            await ann.goes(RequestCredit)
            await ann.reads("✅ You asked for <b>{amount}</b>.")
            await grants(ann.id)
            told = await ann.reads("🎉 You asked for credit, and got {amount}.")
            await ann.goes(ToPrice, message=told)
            await buys(ann)
            await gets_the_code(ann)
            await ann.reads("✅ <b>Done</b>: the code came. You paid {price}.")
            assert (await shop.money(ann.id)).wallet >= 0

        await everybody(speakers(shop), journey)
        assert len(shop.record.purchases) == 12
