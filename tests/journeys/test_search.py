"""Typing at any time: in any script, with slips, with a country and a price, and whatever else people send."""

from bot.sandbox.person import ChatMessage
from tests.journeys.shop import Shop, Thumb
from tests.journeys.steps import BOTH, BUY

BAR = "Tom & Jerry's <b>Bar</b>"


@BOTH
async def test_a_service_is_found_however_it_is_typed(shop: Shop) -> None:
    ann = shop.person()
    for text in ("телеграм", "telegarm", "TELEGRAM", "  tg ", "télégram", "telegr"):
        found = await ann.searches(text)
        assert found.text.startswith("Found for “")
        assert found.labels[0] == "Telegram"
        await ann.tap("Telegram", message=found)
        await ann.sees("Telegram: which country?", since=found.message_id - 1)


@BOTH
async def test_service_country_and_maximum_lead_straight_to_the_price(shop: Shop) -> None:
    ann = shop.person()
    price = await ann.searches("telegram brazil 0.3")
    assert "You'll pay $0.10 to $0.30" in price.text
    assert any("Buy · up to $0.30" in label for label in price.labels)


async def test_words_in_another_order_and_script_mean_the_same(shop: Shop) -> None:
    ann = shop.person()
    assert "You'll pay $0.10 to $0.30" in (await ann.searches("0,3 brasil телеграм")).text


async def test_a_maximum_below_every_offer_says_that_nothing_matches(shop: Shop) -> None:
    ann = shop.person()
    price = await ann.searches("telegram brazil 0.05")
    assert "Nothing here costs $0.05 or less. Numbers start at $0.10." in price.text
    assert any("Buy · $0.10" in label for label in price.labels)


async def test_words_that_mean_nothing_do_not_hide_the_service_among_them(shop: Shop) -> None:
    ann = shop.person()
    for text in ("telegram atlantis", "please telegram", "atlantis телеграм"):
        found = await ann.searches(text)
        assert found.text.startswith(f"Found for “{text}”:")
        assert ("I don't know “atlantis”: pick a country after the service." in found.text) == ("atlantis" in text)
        assert found.labels[0] == "Telegram"
        await ann.tap("Telegram", message=found)
        await ann.sees("Telegram: which country?", since=found.message_id - 1)
        await ann.tap("Back", message=found)
        await ann.sees(f"Found for “{text}”:")


async def test_hidsim_is_asked_for_the_service_without_country_and_price(shop: Shop) -> None:
    shop.director.fault("/services/search", body=[{"_id": "a" * 24, "id": 9, "name": "Qqqwww"}])
    found = await shop.person().searches("qqqwww brazil 0.3")
    assert found.labels[0] == "Qqqwww"


@BOTH
async def test_an_unknown_service_is_asked_of_hidsim_and_then_said_clearly(shop: Shop) -> None:
    ann = shop.person()
    told = await ann.searches("qqqwwwzzz")
    assert told.text.startswith("Nothing found for “qqqwwwzzz”.")
    assert any("All services" in label for label in told.labels)
    assert [one.path for one in shop.record.requests].count("/services/search") == 1


async def test_a_search_while_hidsim_is_down_finds_what_the_bot_knows(shop: Shop) -> None:
    shop.director.down(True)
    ann = shop.person()
    assert (await ann.searches("telegram")).labels[0] == "Telegram"
    told = await ann.searches("qqqwwwzzz")
    assert told.text.startswith("Nothing found for “qqqwwwzzz”, and the wider search isn't answering right now.")


async def test_a_country_alone_asks_for_which_service_and_these_lead_to_its_price(shop: Shop) -> None:
    ann = shop.person()
    for text in ("brasil", "Бразилия", "巴西", "+55", "brazil 0.3"):
        await ann.searches("/menu")
        told = await ann.searches(text)
        assert told.text == "🇧🇷 Brazil. For which service?"
        assert told.labels[:2] == ["Telegram", "WhatsApp"]
        assert len(told.labels) == 8 + 2
        await ann.tap("Telegram", message=told)
        await ann.sees("Telegram · 🇧🇷 Brazil", since=told.message_id - 1)


async def screen_of(ann: Thumb, text: str, after: ChatMessage) -> ChatMessage:
    shown = await ann.sees(text, since=after.message_id - 1)
    assert BAR in shown.text
    return shown


@BOTH
async def test_a_name_with_markup_in_it_is_shown_as_it_is_everywhere(shop: Shop) -> None:
    ann = shop.person()
    found = await ann.searches("tom & jerry's <b>")
    assert "Found for “tom & jerry's <b>”:" in found.text
    assert found.labels[0] == "Tom & Jerry's <b…"
    await ann.tap("Tom & Jerry's", message=found)
    countries = await screen_of(ann, "which country?", found)
    await ann.tap(next(label for label in countries.labels if "$" in label), message=countries)
    price = await screen_of(ann, "Matching now", found)
    await ann.tap("Exact offer", message=price)
    await screen_of(ann, "at exactly its price", found)
    await ann.tap("Back", message=price)
    await ann.tap_seen(BUY)
    await ann.sees("📞 Tom & Jerry's <b>…", since=price)
    home = await ann.searches("/menu")
    await ann.tap("History", message=home)
    await ann.sees("History: 1 order", since=home.message_id - 1)
    await ann.tap("Tom & J", message=home)
    assert BAR in next(one for one in ann.chat() if one.message_id == home.message_id).text


async def test_a_message_of_the_longest_kind_is_answered(shop: Shop) -> None:
    ann = shop.person()
    told = await ann.searches(("ab" * 2048)[:4096])
    assert told.text.startswith("Nothing found for “abab")
    assert len(told.text) < 300


ODD = (
    "🦊", "<b>", "&lt;", "'; drop table orders; --", "%s %d {x}", "\u202egnihtyreve\u202c", "٣", "0", "-1", ".", "\\",
    "brazil", "0.3", "brazil 0.3", "telegram telegram telegram", "n" * 64, "a b " * 500, "\n\n\nx\n\n",
)  # fmt: skip


async def test_odd_texts_get_an_answer_with_a_way_on(shop: Shop) -> None:
    ann = shop.person()
    for text in ODD:
        assert (await ann.searches(text)).labels


async def test_unknown_commands_say_so_and_never_search(shop: Shop) -> None:
    ann = shop.person()
    for text in ("/", "/nosuch", "/start@another_bot", "/buy telegram", "/BALANCE", "//"):
        told = await ann.searches(text)
        assert told.text == "There is no such command. /menu brings the menu, /help says how this works."
        assert told.labels == ["🏠 Menu"]


async def test_a_photo_or_a_sticker_is_answered_in_words(shop: Shop) -> None:
    ann = shop.person()
    sent = await ann.sends(photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}])
    assert (await ann.sees("I only read text.", since=sent)).labels == ["🏠 Menu"]
    sent = await ann.sends(contact={"phone_number": "+15550100", "first_name": "Zoe"})
    await ann.sees("I only read text.", since=sent)


async def test_a_price_alone_asks_for_the_service_and_goes_on_with_it(shop: Shop) -> None:
    ann = shop.person()
    asked = await ann.searches("۰٫۳")
    assert asked.text == "Which service is the number for?"
    await ann.tap("Telegram", message=asked)
    await ann.sees("Telegram for $0.30 or less: which country?", since=asked.message_id - 1)


async def test_one_line_in_any_script_leads_straight_to_the_price(shop: Shop) -> None:
    ann = shop.person()
    for line in ("تلگرام برزیل ۰٫۳", "电报巴西0.3", "टेलीग्राम ब्राज़ील ०.३", "telegram brezilya 0,3"):
        assert "You'll pay $0.10 to $0.30" in (await ann.searches(line)).text
