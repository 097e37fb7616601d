"""When no code comes: another number, here or in the next country, by a tap or by itself; told step by step."""

from bot.domain.orders import OrderState
from bot.domain.sequels import MAX_TRIES
from bot.sandbox.person import ChatMessage
from tests.journeys.shop import Shop, Thumb, data_of
from tests.journeys.steps import BOTH, BUY, asks_the_price, buys

ANOTHER = "Another number · up to $0.30"
S = OrderState


async def no_code(shop: Shop, ann: Thumb) -> ChatMessage:
    """A number to which nothing comes; the message that says so."""
    shop.director.set_default_story("never")
    card = await buys(ann, "telegram brazil 0.3")
    shop.director.refund_now()
    return await ann.sees("No code came to this number.", since=card)


async def tries_by_itself(shop: Shop, ann: Thumb) -> ChatMessage:
    """Consents on the price screen, and buys; the message that brings the first number."""
    shop.director.set_default_story("never")
    price = await asks_the_price(ann, "telegram brazil 0.3")
    await ann.tap("Try by itself", message=price)
    agreed = await ann.sees("3 numbers at most, one at a time, for up to $0.30 each")
    assert "If no code comes in 8 minutes" in agreed.text
    assert len(agreed.raw["reply_markup"]["inline_keyboard"]) <= 8
    await ann.tap(BUY, message=agreed)
    card = await ann.sees("📞", since=agreed)
    assert "Number 1 of 3." in card.text
    return card


@BOTH
async def test_from_no_code_to_the_next_number_in_one_tap(shop: Shop) -> None:
    ann = shop.person()
    told = await no_code(shop, ann)
    await ann.tap(ANOTHER, message=told)
    await ann.sees("📞", since=told)
    first, second = await shop.orders()
    assert (first.followed_by, second.country_id, second.window.high) == (second.id, first.country_id, 300_000)
    ended = await ann.sees(f"Another number follows: #{second.id}.")
    assert "You paid nothing." in ended.text
    assert len(shop.record.purchases) == 2


async def test_two_taps_on_another_number_buy_one(shop: Shop) -> None:
    ann = shop.person()
    told = await no_code(shop, ann)
    for _ in range(2):
        await ann.presses(data_of(told, "Another number"), on=told)
    await ann.sees("📞", since=told)
    await ann.lets_time_pass()
    assert len(shop.record.purchases) == 2


@BOTH
async def test_the_next_country_is_named_with_its_most_before_it_is_bought(shop: Shop) -> None:
    ann = shop.person()
    told = await no_code(shop, ann)
    await ann.tap("Next country", message=told)
    named = await ann.sees("🌍 Next:")
    assert "for up to $0.30" in named.text
    assert len(shop.record.purchases) == 1
    await ann.tap("Next country ·", message=named)
    await ann.sees("📞", since=named)
    first, second = await shop.orders()
    assert second.country_id != first.country_id
    assert second.country_name in named.text


@BOTH
async def test_where_nothing_matches_the_next_country_is_two_taps_away(shop: Shop) -> None:
    """HidSim answers 406: the same again would find nothing again, so only another country is offered."""
    ann = shop.person()
    price = await asks_the_price(ann, "telegram brazil 0.1")
    shop.director.move_prices("Telegram", "BR", 3)
    await ann.tap(BUY, message=price)
    told = await ann.sees("No number for $0.10 or less right now.")
    assert not any("Another number" in label for label in told.labels)
    await ann.tap("Next country", message=told)
    await ann.tap_seen("Next country ·")
    await ann.sees("📞", since=price)
    first, second = await shop.orders()
    assert (first.state, second.replaces, second.window.high) == (S.REFUSED, first.id, 100_000)
    assert second.country_code != "BR"


async def test_where_no_number_was_free_another_one_is_a_tap_away(shop: Shop) -> None:
    shop.director.set_default_story("never")
    shop.director.queue_story("no_number", no_number_after=60)
    ann = shop.person()
    price = await asks_the_price(ann, "telegram brazil 0.3")
    await ann.tap(BUY, message=price)
    await ann.tap(ANOTHER, message=await ann.sees("No number was free this time."))
    await ann.sees("📞", since=price)
    assert [one.state for one in await shop.orders()] == [S.NO_NUMBER_REFUNDED, S.PENDING]


@BOTH
async def test_a_refused_number_is_closed_and_another_one_comes(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann, "telegram brazil 0.3")
    await ann.tap("Number refused", message=card)
    asked = await ann.sees("The service doesn't take this number?")
    await ann.tap(ANOTHER, message=asked)
    await ann.waits_for(lambda: len(shop.record.purchases) == 2, "the second purchase")
    await ann.sees("📞", since=asked)
    first, second = await shop.orders()
    assert (first.state, second.replaces) == (S.USER_REFUNDED, first.id)


async def test_a_refused_number_that_can_not_be_closed_yet_can_be_kept(shop: Shop) -> None:
    shop.director.set_default_story("never")
    shop.director.too_early(900)
    ann = shop.person()
    card = await buys(ann)
    await ann.tap("Number refused", message=card)
    await ann.tap_seen("Another number")
    waiting = await ann.sees("Then another number is bought here")
    await ann.tap("Keep this number", message=waiting)
    await ann.sees("Waiting for the SMS.")
    now = await shop.order()
    assert (now.sequel, now.close_wanted, now.state) == (None, False, S.PENDING)


@BOTH
async def test_by_itself_each_step_is_told_and_the_last_says_that_it_is_over(shop: Shop) -> None:
    ann = shop.person()
    seen = await tries_by_itself(shop, ann)
    for attempt in (1, 2):
        shop.director.refund_now()
        await ann.sees(f"No code on number {attempt} of 3.")
        seen = await ann.sees(f"Number {attempt + 1} of 3", since=seen)
    shop.director.refund_now()
    last = await ann.sees("That was number 3 of 3. Nothing more is bought by itself.", since=seen)
    assert ANOTHER in " ".join(last.labels)
    await ann.lets_time_pass()
    assert len(shop.record.purchases) == MAX_TRIES
    assert {one.country_id for one in await shop.orders()} == {(await shop.orders())[0].country_id}


async def test_a_code_on_the_second_number_ends_it(shop: Shop) -> None:
    ann = shop.person()
    seen = await tries_by_itself(shop, ann)
    shop.director.refund_now()
    await ann.sees("Number 2 of 3", since=seen)
    shop.director.code_now()
    await ann.sees_button("Copy code")
    await ann.lets_time_pass()
    assert [one.state for one in await shop.orders()] == [S.SYSTEM_REFUNDED, S.COMPLETED]


async def test_close_stops_the_trying(shop: Shop) -> None:
    ann = shop.person()
    card = await tries_by_itself(shop, ann)
    await ann.tap("Close", message=card)
    await ann.sees("Closed: the number is given back.")
    await ann.lets_time_pass(10)
    assert len(shop.record.purchases) == 1


async def test_a_person_can_stop_after_this_number(shop: Shop) -> None:
    ann = shop.person()
    card = await tries_by_itself(shop, ann)
    await ann.tap("Stop after this number", message=card)
    await ann.sees("Nothing more is bought by itself.")
    shop.director.refund_now()
    await ann.sees("No code came to this number.")
    await ann.lets_time_pass(10)
    assert len(shop.record.purchases) == 1


async def test_a_pause_is_told_as_the_reason_in_one_message_with_the_end(shop: Shop) -> None:
    ann, ada = shop.person(), shop.admin()
    seen = await tries_by_itself(shop, ann)
    await ada.say("/pause")
    await ada.tap_seen("Confirm")
    shop.director.refund_now()
    told = await ann.sees("No further number was bought:", since=seen)
    assert "Buying is paused for now." in told.text
    assert "No code came to this number." in told.text
    await ann.lets_time_pass(10)
    assert ann.seen("No code came to this number.") == 1


async def test_a_time_limit_is_set_on_the_live_card_and_closes_by_itself(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann)
    await ann.tap("Time limit", message=card)
    chosen = await ann.sees("Time limit: if no code comes in time")
    await ann.tap("5 min", message=chosen)
    await ann.sees("Closed by itself")
    shop.server.watch.advance(minutes=5.1)
    told = await ann.sees("No code came in 5 minutes.")
    assert "Closed: the number is given back." in told.text
    assert (await shop.order()).state is S.USER_REFUNDED


async def test_a_time_limit_is_agreed_to_beside_the_price_and_closes_by_itself(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    price = await asks_the_price(ann)
    await ann.tap("Time limit", message=price)
    agreed = await ann.sees("If no code comes in 5 minutes, the number is closed by itself.")
    await ann.tap(BUY, message=agreed)
    card = await ann.sees("📞", since=price)
    shop.server.watch.advance(minutes=5.1)
    told = await ann.sees("No code came in 5 minutes.", since=card)
    assert any(ANOTHER.partition(" · ")[0] in label for label in told.labels)
    assert len(shop.record.purchases) == len(shop.record.refunds) == 1


async def test_what_is_agreed_to_stays_while_the_price_is_changed(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann)
    await ann.tap("Try by itself", message=price)
    on = await ann.sees("If no code comes in 8 minutes")
    await ann.tap("Any price", message=on)
    await ann.sees("If no code comes in 8 minutes")
    await ann.tap_seen("Save")
    await ann.sees("If no code comes in 8 minutes")
    await ann.say("0.3")
    await ann.sees("for up to $0.30 each")
    await ann.tap_seen("✓ Try by itself")
    await ann.waits_for(lambda: not ann.seen("for up to $0.30 each"), "the switch to be off")
