"""Back and Menu lead where the person came from, and a menu is one message that never draws over a push."""

from bot.sandbox.person import ChatMessage
from tests.journeys.shop import Shop, Thumb
from tests.journeys.steps import asks_the_price, buys, names_of


def now(ann: Thumb, message: ChatMessage) -> ChatMessage:
    """The same message as it is now."""
    return next(one for one in ann.chat() if one.message_id == message.message_id)


async def turns(ann: Thumb, menu: ChatMessage, label: str, shows: str) -> ChatMessage:
    """Taps on the one menu message and waits for what it shows then."""
    await ann.tap(label, message=menu)
    await ann.waits_until(lambda: shows in now(ann, menu).text, f"{shows!r} on the menu")
    return now(ann, menu)


async def pages(ann: Thumb, menu: ChatMessage, label: str) -> ChatMessage:
    """Taps on an arrow, or on another order, and waits for other buttons."""
    before = now(ann, menu).labels
    await ann.tap(label, message=menu)
    await ann.waits_until(lambda: now(ann, menu).labels != before, f"what {label!r} brings")
    return now(ann, menu)


async def test_back_leads_through_every_page_a_person_came_by(shop: Shop) -> None:
    ann = shop.person()
    menu = await ann.searches("/start")
    await turns(ann, menu, "Buy a number", "Which service")
    await pages(ann, menu, "▶️")
    third = await pages(ann, menu, "▶️")
    service = "اسنپ"
    assert service in third.labels
    await turns(ann, menu, service, f"{service}: which country?")
    second = await pages(ann, menu, "▶️")
    country = next(label for label in second.labels if "$" in label)
    await turns(ann, menu, country, "Matching now")
    await turns(ann, menu, "➕", "Matching now")
    await turns(ann, menu, "Exact offer", "at exactly its price")
    await turns(ann, menu, "Back", "Matching now")
    again = await turns(ann, menu, "Back", f"{service}: which country?")
    assert names_of(again) == names_of(second)
    back = await turns(ann, menu, "Back", "Which service")
    assert back.labels == third.labels
    await turns(ann, menu, "Back", "Numbers for sign-ups")
    assert [one.message_id for one in ann.chat() if one.from_bot] == [menu.message_id]


async def test_back_from_a_typed_search_leads_to_its_results(shop: Shop) -> None:
    ann = shop.person()
    menu = await ann.searches("телеграм")
    await turns(ann, menu, "Telegram", "Telegram: which country?")
    await turns(ann, menu, "Brazil", "Matching now")
    await turns(ann, menu, "Back", "Telegram: which country?")
    await turns(ann, menu, "Back", "Found for “телеграм”:")


async def test_back_from_the_price_of_a_typed_pair_leads_to_the_countries_of_its_service(shop: Shop) -> None:
    ann = shop.person()
    menu = await asks_the_price(ann)
    await turns(ann, menu, "Back", "Telegram: which country?")
    await turns(ann, menu, "Back", "Numbers for sign-ups")


async def test_sorting_keeps_the_way_back(shop: Shop) -> None:
    ann = shop.person()
    menu = await ann.searches("/start")
    await turns(ann, menu, "Buy a number", "Which service")
    second = await pages(ann, menu, "▶️")
    await turns(ann, menu, second.labels[1], "which country?")
    await ann.tap("A–Z", message=menu)
    await ann.waits_until(lambda: "✓ A–Z" in now(ann, menu).labels, "the other order")
    assert (await turns(ann, menu, "Back", "Which service")).labels == second.labels


async def test_menu_leads_home_from_everywhere(shop: Shop) -> None:
    ann = shop.person()
    menu = await ann.searches("/start")
    for way in (["Help"], ["Buy a number", "Search"], ["Buy a number", "Telegram"]):
        for label in way:
            await ann.tap(label, message=menu)
        await turns(ann, menu, "Menu", "Numbers for sign-ups")


async def test_a_menu_tap_on_a_number_sends_a_new_message_and_leaves_the_number(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann)
    await ann.tap("Menu", message=card)
    home = await ann.sees("Numbers for sign-ups", since=card)
    assert "1 order in progress" in home.text
    await ann.tap("My numbers", message=card)
    await ann.sees("My numbers: 1 in progress", since=home)
    assert (now(ann, card).text, now(ann, card).labels) == (card.text, card.labels)


async def test_same_again_on_a_code_card_sends_a_new_message_and_leads_back_to_the_order(shop: Shop) -> None:
    ann = shop.person()
    await buys(ann, "telegram brazil 0.3")
    card = await ann.sees("the code came. You paid")
    code = await ann.sees_button("Copy code")
    await ann.tap("Same again", message=card)
    price = await ann.sees("You'll pay $0.10 to $0.30", since=code)
    assert "the code came. You paid" in now(ann, card).text
    await turns(ann, price, "Back", "the code came. You paid")
    assert now(ann, code).text == code.text


async def test_my_numbers_and_history_open_an_order_and_the_order_is_kept_up_to_date(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    await buys(ann)
    menu = await ann.searches("/menu")
    await turns(ann, menu, "My numbers", "1 in progress")
    await turns(ann, menu, "⏳ Telegram", "Waiting for the SMS")
    shop.director.code_now()
    await ann.waits_until(lambda: "the code came" in now(ann, menu).text, "the order on the menu to move")
    await turns(ann, menu, "Menu", "Numbers for sign-ups")
    await turns(ann, menu, "History", "History: 1 order")
    await turns(ann, menu, "Jan 15 Telegram", "the code came")
    await turns(ann, menu, "Back", "History: 1 order")


async def test_a_menu_drawn_over_an_order_is_not_drawn_back(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    await buys(ann)
    menu = await ann.searches("/menu")
    await turns(ann, menu, "My numbers", "1 in progress")
    await turns(ann, menu, "⏳ Telegram", "Waiting for the SMS")
    await turns(ann, menu, "Menu", "Numbers for sign-ups")
    shop.director.code_now()
    await ann.sees("the code came. You paid")
    await ann.lets_time_pass()
    assert "Numbers for sign-ups" in now(ann, menu).text
