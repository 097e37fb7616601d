"""Several countries for one order: ticked, priced together, bought once, and told by the country that came."""

from typing import Any

import pytest

from bot.db.shop import drafts
from bot.domain.orders import OrderState
from bot.sandbox.person import ChatMessage
from tests.journeys.shop import NOTHING_SPENT, Shop, Thumb, data_of
from tests.journeys.steps import BOTH, BUY
from tests.journeys.test_countries import changes, now, opens, turns

FLAGS = {"BR": "🇧🇷 Brazil", "GB": "🇬🇧 United Kingdom", "IN": "🇮🇳 India"}
OPERATION = {"_id": "65f1c2ab1d0e4b6f9a7c3e21", "id": 1, "state": "pending", "_country": None}


def price(shop: Shop, code: str, *prices: str) -> None:
    shop.director.set_prices("Telegram", code, prices)


async def ticking(ann: Thumb) -> ChatMessage:
    """The countries of Telegram, to be ticked."""
    return await turns(ann, await opens(ann), "Any of these", "tick countries")


async def priced(shop: Shop, ann: Thumb, *codes: str) -> ChatMessage:
    """The price of these countries together."""
    menu = await ticking(ann)
    for code in codes:
        await turns(ann, menu, FLAGS[code], FLAGS[code])
    await turns(ann, menu, "Continue", "Matching now")
    return now(ann, menu)


def ids(shop: Shop, *codes: str) -> tuple[str, ...]:
    return tuple(shop.hidsim._backend.catalog.find_country(code).object_id for code in codes)


@BOTH
async def test_the_cheapest_of_all_that_is_ticked_is_bought_by_one_request(shop: Shop) -> None:
    shop.director.set_default_story("never")
    price(shop, "BR", "0.30", "0.50")
    price(shop, "GB", "0.20")
    price(shop, "IN", "0.90")
    ann = shop.person()
    menu = await priced(shop, ann, "BR", "GB", "IN")
    assert menu.text.startswith("Telegram · any of 🇧🇷 Brazil · 🇬🇧 United Kingdom · 🇮🇳 India\n4 offers, $0.20–$0.90")
    await turns(ann, menu, "Any price", "You'll pay $0.20 to $0.90")
    await ann.tap(BUY, message=menu)
    number = await ann.sees("📞", since=menu)
    assert "📞 Telegram\n🇬🇧 United Kingdom · #1" in number.text
    (bought,) = shop.record.purchases
    assert bought.countries == ids(shop, "BR", "GB", "IN")
    order = await shop.order()
    assert (order.country_code, order.country_known, order.elsewhere) == ("GB", True, False)
    assert [one.code for one in order.countries] == ["BR", "GB", "IN"]
    assert order.held == 200_000


async def test_what_is_ticked_is_said_above_and_a_second_tap_of_one_button_changes_nothing(shop: Shop) -> None:
    ann = shop.person()
    menu = await ticking(ann)
    tick = data_of(menu, FLAGS["BR"])
    await turns(ann, menu, FLAGS["BR"], "Telegram: any of 🇧🇷 Brazil\n")
    await ann.presses(tick, menu)
    await turns(ann, menu, FLAGS["IN"], "Telegram: any of 🇧🇷 Brazil · 🇮🇳 India\n")
    labels = now(ann, menu).labels
    assert "➡️ Continue · 2 countries" in labels
    assert sum(label.startswith("✓ 🇧🇷 Brazil") for label in labels) == 1
    await turns(ann, menu, "✓ " + FLAGS["BR"], "Telegram: any of 🇮🇳 India\n")
    assert "➡️ Continue · 1 country" in now(ann, menu).labels
    await turns(ann, menu, "✓ " + FLAGS["IN"], "tick countries")
    assert not any("Continue" in label for label in now(ann, menu).labels)


async def test_one_country_alone_is_bought_as_ever(shop: Shop) -> None:
    ann = shop.person()
    menu = await priced(shop, ann, "BR")
    assert menu.text.startswith("Telegram · 🇧🇷 Brazil\n")
    assert any("Save" in label for label in menu.labels)
    await turns(ann, menu, "Back", "Telegram: any of 🇧🇷 Brazil\n")
    await turns(ann, menu, "Back", "which country?")


async def test_a_typed_country_is_ticked_and_an_unknown_one_is_said(shop: Shop) -> None:
    ann = shop.person()
    await ticking(ann)
    menu = await ann.searches("brazil")
    assert menu.text.startswith("Telegram: any of 🇧🇷 Brazil\n")
    menu = await ann.searches("india")
    assert menu.text.startswith("Telegram: any of 🇧🇷 Brazil · 🇮🇳 India\n")
    menu = await ann.searches("atlantis")
    assert "I know no country called “atlantis”" in menu.text
    assert "any of 🇧🇷 Brazil · 🇮🇳 India" in menu.text


async def test_pages_are_turned_and_what_was_ticked_on_another_stays(shop: Shop) -> None:
    ann = shop.person()
    menu = await ticking(ann)
    await turns(ann, menu, FLAGS["BR"], FLAGS["BR"])
    await changes(ann, menu, "▶️")
    other = next(label for label in now(ann, menu).labels if "$" in label)
    await turns(ann, menu, other, "🇧🇷 Brazil · ")
    assert "➡️ Continue · 2 countries" in now(ann, menu).labels


async def test_an_eleventh_country_is_refused_and_says_why(shop: Shop) -> None:
    ann = shop.person()
    menu = await ticking(ann)
    for page in range(2):
        for label in [one for one in now(ann, menu).labels if "$" in one][: 8 if page == 0 else 2]:
            await changes(ann, menu, label.partition(" · ")[0])
        await changes(ann, menu, "▶️") if page == 0 else None
    assert "10 countries are the most." in now(ann, menu).text
    last = next(one for one in now(ann, menu).labels if "$" in one and not one.startswith("✓"))
    answer = await ann.tap(last, message=menu)
    assert answer.text == "10 countries at most. Untick one first."
    assert "➡️ Continue · 10 countries" in now(ann, menu).labels


async def test_a_typed_number_is_the_maximum_over_all_of_them(shop: Shop) -> None:
    price(shop, "BR", "0.30", "0.50")
    price(shop, "GB", "0.20")
    ann = shop.person()
    await priced(shop, ann, "BR", "GB")
    menu = await ann.searches("0.4")
    assert menu.text.startswith("Telegram · any of 🇧🇷 Brazil · 🇬🇧 United Kingdom\n")
    assert "You'll pay $0.20 to $0.40" in menu.text


async def test_what_was_ticked_since_is_never_bought_unseen(shop: Shop) -> None:
    price(shop, "IN", "0.10")
    ann = shop.person()
    menu = await priced(shop, ann, "BR", "GB")
    buy = data_of(menu, BUY)
    await turns(ann, menu, "Back", "any of")
    await turns(ann, menu, FLAGS["IN"], "India")
    answer = await ann.presses(buy, menu)
    assert answer.text == "These are not the countries that are ticked now. Nothing was bought: look again."
    await ann.waits_until(lambda: "Matching now" in now(ann, menu).text, "the price of all three")
    assert "any of 🇧🇷 Brazil · 🇬🇧 United Kingdom · 🇮🇳 India" in now(ann, menu).text
    assert not shop.record.purchases
    await ann.tap("Buy", message=menu)
    await ann.sees("📞", since=menu)
    assert len(shop.record.purchases) == 1


async def test_what_was_agreed_to_stays_when_the_ticks_have_changed(shop: Shop) -> None:
    ann = shop.person()
    menu = await priced(shop, ann, "BR", "GB")
    await turns(ann, menu, "Try by itself", "3 numbers at most")
    buy = data_of(now(ann, menu), BUY)
    await turns(ann, menu, "Back", "any of")
    await turns(ann, menu, FLAGS["IN"], "India")
    await ann.presses(buy, menu)
    await ann.waits_until(lambda: "Matching now" in now(ann, menu).text, "the price of all three")
    assert "3 numbers at most" in now(ann, menu).text


async def test_two_taps_on_buy_are_one_purchase(shop: Shop) -> None:
    ann = shop.person()
    menu = await priced(shop, ann, "BR", "GB")
    buy = data_of(menu, BUY)
    ann.presses_only(buy, menu)
    await ann.presses(buy, menu)
    await ann.sees("📞", since=menu)
    assert len(shop.record.purchases) == len(await shop.orders()) == 1


async def test_a_country_that_is_sold_out_is_not_sent(shop: Shop) -> None:
    ann = shop.person()
    menu = await ticking(ann)
    for code in ("BR", "GB", "IN"):
        await turns(ann, menu, FLAGS[code], FLAGS[code])
    shop.director.sell_out("Telegram", "GB")
    shop.server.watch.advance(minutes=1)
    await turns(ann, menu, "Continue", "Matching now")
    await ann.tap(BUY, message=menu)
    await ann.sees("📞", since=menu)
    (bought,) = shop.record.purchases
    assert bought.countries == ids(shop, "BR", "IN")


async def test_nothing_anywhere_is_said_with_what_there_is_and_the_maximum_goes_up_for_all(shop: Shop) -> None:
    price(shop, "BR", "0.20")
    price(shop, "GB", "0.20")
    ann = shop.person()
    menu = await priced(shop, ann, "BR", "GB")
    price(shop, "BR", "0.60")
    price(shop, "GB", "0.40")
    await ann.tap(BUY, message=menu)
    told = await ann.sees("The cheapest is $0.40")
    assert told.text.startswith("Telegram · one of 🇧🇷 🇬🇧 · #1")
    assert not any("Tell me" in label for label in told.labels)
    assert await shop.money() == NOTHING_SPENT
    await ann.tap("Raise the maximum", message=told)
    raised = await ann.sees("any of 🇧🇷 Brazil · 🇬🇧 United Kingdom")
    await ann.tap("Buy", message=raised)
    number = await ann.sees("📞", since=raised)
    assert "📞 Telegram\n🇬🇧 United Kingdom · #2" in number.text


async def bought_as(shop: Shop, *codes: str, **told: Any) -> ChatMessage:
    """Bought of any of these countries; HidSim shows the operation as it is told here, and names no country."""
    ann = shop.person()
    menu = await priced(shop, ann, *codes)
    shop.director.fault("/purchase", after=True, body=OPERATION | told)
    await ann.tap(BUY, message=menu)
    return menu


async def test_where_hidsim_names_no_country_the_number_tells_it(shop: Shop) -> None:
    menu = await bought_as(shop, "BR", "GB", number="+447400123456")
    number = await shop.person().sees("📞", since=menu)
    assert "📞 Telegram\n🇬🇧 United Kingdom · #1" in number.text


async def test_a_national_number_is_of_the_one_country_whose_rules_it_keeps(shop: Shop) -> None:
    menu = await bought_as(shop, "GB", "BR", number="11961239275")
    number = await shop.person().sees("📞", since=menu)
    assert "📞 Telegram\n🇧🇷 Brazil · #1" in number.text
    assert "+55 11 96123-9275" in number.text


async def test_a_british_number_may_be_of_guernsey_by_its_digits(shop: Shop) -> None:
    menu = await bought_as(shop, "BR", "GB", number="+447911123456")
    number = await shop.person().sees("📞", since=menu)
    assert "📞 Telegram\n🇬🇧 United Kingdom · #1" in number.text


@pytest.mark.parametrize("told", ["123456", "+99923571113"])
async def test_a_number_of_no_country_leaves_it_at_one_of_them(shop: Shop, told: str) -> None:
    menu = await bought_as(shop, "BR", "GB", number=told)
    ann = shop.person()
    number = await ann.sees("📞", since=menu)
    assert "📞 Telegram\nOne of 🇧🇷 🇬🇧 · #1" in number.text
    assert told in number.text
    assert not (await shop.order()).country_known
    history = await ann.searches("/menu")
    await turns(ann, history, "My numbers", "My numbers")
    assert any("🇧🇷 🇬🇧" in label for label in now(ann, history).labels)


async def test_a_country_that_was_not_asked_for_is_told_as_it_is(shop: Shop) -> None:
    (germany,) = ids(shop, "DE")
    menu = await bought_as(shop, "BR", "GB", number="+4915123571113", _country=germany)
    number = await shop.person().sees("📞", since=menu)
    assert "📞 Telegram\n🇩🇪 Germany · #1\n⚠️ This number is from 🇩🇪 Germany, which is none of the" in number.text
    assert (await shop.order()).elsewhere


async def test_same_again_opens_the_price_of_the_same_countries_also_after_a_day(shop: Shop) -> None:
    shop.director.set_default_story("quick")
    ann = shop.person()
    menu = await priced(shop, ann, "BR", "GB")
    await ann.tap(BUY, message=menu)
    await ann.sees("📞", since=menu)
    await ann.sees_button("Copy code")
    await shop.has_order_in(OrderState.COMPLETED)
    shop.server.watch.advance(days=1, minutes=1)
    await shop.app.shop.drafts.forget_old()
    service = (await shop.order()).service_id
    async with shop.app.resources.database.read() as tx:
        assert await drafts.of_service(tx, ann.id, service) == ()
    card = await ann.sees_button("Same again")
    assert not any("Save" in label for label in card.labels)
    await ann.tap("Same again", message=card)
    again = await ann.sees("any of 🇧🇷 Brazil · 🇬🇧 United Kingdom", since=card)
    await ann.tap("Buy", message=again)
    await ann.waits_for(lambda: len(shop.record.purchases) == 2, "a second purchase")


async def test_a_button_of_a_choice_that_is_gone_shows_the_way(shop: Shop) -> None:
    ann = shop.person()
    menu = await priced(shop, ann, "BR", "GB")
    shop.server.watch.advance(days=1, minutes=1)
    await shop.app.shop.drafts.forget_old()
    await ann.tap(BUY, message=menu)
    await ann.waits_until(lambda: "look again" in now(ann, menu).text, "why not")
    assert any("Buy a number" in label for label in now(ann, menu).labels)
    assert not await shop.orders()
