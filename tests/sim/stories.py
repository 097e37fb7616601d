"""What people want: each story is one wish, from the first word to the moment from which only waiting helps."""

from collections.abc import Awaitable, Callable
from decimal import Decimal

from bot.domain.catalog import Sort
from bot.sandbox.person import ChatMessage
from bot.screens import callbacks, callbacks_of_admins
from bot.screens.callbacks_of_drafts import BuyAny, Tick
from tests.sim.people import BUY, NUMBER, Someone

Story = Callable[[Someone], Awaitable[None]]
STORIES: dict[str, Story] = {}
SERVICES = ("telegram", "whatsapp", "google", "instagram", "facebook")
COUNTRIES = ("brazil", "russia", "india", "indonesia")
HOSTILE = ("<b>x</b> & \u202e", "/nonsense", "🙂" * 40, "telegram brazil 0", "'; --", "0", "/start nobody", "/menu")
ASKS = ("/menu", "/help", "google", "telegram", "whatsapp india", "/start")
THUMBS = (
    "Refresh", "Close", "Close when allowed", "Another SMS", "Same again", "Try again", "Raise the maximum",
    "My numbers", "History", "Favorites", "Wallet", "Save", "Exact offer", "Look again", "Other countries", BUY,
    "Menu", "Back", "Help", "Buy a number", "Telegram", "Brazil", "Cheapest", "Median", "➕", "➖", "▶️", "Remove",
    "Any of these", "Continue", "✓",
)  # fmt: skip
"""Buttons that a thumb may hit, on whatever message they still stand."""
WAYS_ON = (
    "Another number", "Another number", "Next country", "Next country", "Number refused", "Keep this number",
    "Stop after this number", "To the new number", "Close when allowed", "Close", "Refresh",
)  # fmt: skip
"""What can be tapped while no code comes, and after it did not."""
LIKED = ("wants_a_code", "closes", "closes", "meets_another_price")
"""What people do more often than the rest."""
UNDERWAY = 40.0
"""Seconds that a person waits for what becomes of a purchase before they do something else."""


def story(do: Story) -> Story:
    STORIES[do.__name__] = do
    return do


def pair(one: Someone) -> tuple[str, str]:
    return one.dice.choice(SERVICES), one.dice.choice(COUNTRIES)


async def purchase(one: Someone, maximum: str = "") -> bool:
    """Whether a number came. Nothing is bought when no price came, and none is waited for for ever."""
    service, country = pair(one)
    since = max((message.message_id for message in one.person.chat()), default=0)
    price = await one.sees_a_price(f"{service} {country} {maximum}".strip())
    if price is None or await one.buys(price) is None:
        return False
    return await one.waits(lambda: one.shows(NUMBER, since), one.dice.uniform(UNDERWAY / 4, UNDERWAY))


@story
async def wants_a_code(one: Someone) -> None:
    await purchase(one)


@story
async def wants_it_badly(one: Someone) -> None:
    """Taps Buy again, on the same message, until something becomes of it."""
    price = await one.sees_a_price(" ".join(pair(one)))
    if price is None:
        return
    for _ in range(one.dice.randint(3, 8)):
        if await one.hits(BUY, price) is None and await one.hits("Refresh", price) is None:
            return
        await one.idles(0.3, 5)


@story
async def wants_it_cheap(one: Someone) -> None:
    """Often for less than anything costs."""
    await purchase(one, one.dice.choice(("0.01", "0.1", "0.2", "0.4")))


@story
async def closes(one: Someone) -> None:
    """At once, or when it is allowed; and changes their mind now and then."""
    if not await purchase(one):
        return
    await one.idles(0, 5)
    for label in ("Close", *one.dice.sample(("Close", "Close when allowed", "Close when allowed", "Refresh"), 3)):
        await one.hits(label)
        await one.idles(0.2, 4)


@story
async def wants_another_sms(one: Someone) -> None:
    if await purchase(one) and await one.waits(lambda: one.newest("Another SMS"), UNDERWAY):
        for _ in range(one.dice.randint(1, 3)):
            await one.hits("Another SMS")
            await one.idles(1, 10)


@story
async def meets_another_price(one: Someone) -> None:
    """Between the look and the tap the market moves."""
    service, country = pair(one)
    price = await one.sees_a_price(f"{service} {country}")
    if price is None:
        return
    if one.dice.random() < 0.6:
        await looks_at_an_offer(one, price)
    factor = one.dice.choice(("0.5", "1.4", "3"))
    one.world.strike("price moved", f"{service} {country} x {factor}")
    one.world.hidsim.director.move_prices(service, country, Decimal(factor))
    await one.idles(0, 2)
    await one.hits(BUY)
    await one.waits(lambda: one.shows(NUMBER), 10)


async def looks_at_an_offer(one: Someone, price: ChatMessage) -> None:
    """Of the exact offers one of the first, as far as its Buy button."""
    await one.hits("Exact offer", price)
    if await one.waits(lambda: one.same(price) and not one.has(price, "Exact offer"), 6):
        await one.hits("$", price)
        await one.waits(lambda: one.has(price, BUY), 5)


@story
async def finds_it_sold_out(one: Someone) -> None:
    service, country = pair(one)
    price = await one.sees_a_price(f"{service} {country}")
    if price is None:
        return
    await looks_at_an_offer(one, price)
    one.world.strike("sold out", f"{service} {country}")
    one.world.hidsim.director.sell_out(service, country)
    await one.hits(BUY)
    await one.waits(lambda: one.shows(NUMBER), 10)


@story
async def takes_any_of_several(one: Someone) -> None:
    """Ticks countries and buys a number of any; then ticks another, and sends the same Buy once more."""
    await one.says("telegram")
    if not await one.waits(lambda: one.newest("Telegram"), 15) or await one.hits("Telegram") is None:
        return
    if not await one.waits(lambda: one.newest("Any of these"), 20):
        return
    menu = one.newest("Any of these")
    if menu is None or await one.hits("Any of these", menu) is None:
        return
    await one.waits(lambda: not one.has(menu, "Any of these"), 15)
    for label in one.dice.sample(("Brazil", "Russia", "India", "Indonesia"), one.dice.randint(2, 4)):
        await one.hits(label, menu)
        await one.idles(0.1, 3)
    await one.hits("Continue", menu)
    if not await one.waits(lambda: one.has(menu, BUY), 20) or (bought := await one.buys(menu)) is None:
        return
    await one.waits(lambda: one.shows(NUMBER, menu.message_id), UNDERWAY / 2)
    if bought.data.startswith("kb1:"):
        await changes_their_mind(one, BuyAny.unpack(bought.data))


async def changes_their_mind(one: Someone, buy: BuyAny) -> None:
    for country in one.dice.sample(range(1, 9), 2):
        tick = Tick(service=buy.service, country=country, on=True, sort=Sort.CHEAPEST, number=0, via="h")
        await one.forges(tick.pack())
        await one.idles(0.5, 3)
    await one.forges(buy.pack())
    await one.idles(0.5, 3)


@story
async def has_a_restless_thumb(one: Someone) -> None:
    """Buys, and hits whatever button still stands anywhere in the chat."""
    await purchase(one)
    for _ in range(one.dice.randint(4, 10)):
        await one.idles(0.05, 3)
        if one.dice.random() < 0.2:
            await one.says(one.dice.choice(HOSTILE))
        else:
            await hits_anything(one)


async def hits_anything(one: Someone) -> None:
    """Also of messages that are long gone from the screen."""
    label = one.dice.choice(THUMBS)
    old = [message for message in one.person.chat() if any(label in text for text in message.labels)]
    if old:
        await one.hits(label, one.dice.choice(old))


@story
async def blocks_and_comes_back(one: Someone) -> None:
    await purchase(one)
    await one.blocks()
    await one.idles(3, 25)
    await one.comes_back()


@story
async def looks_around(one: Someone) -> None:
    for _ in range(one.dice.randint(2, 5)):
        await one.says(one.dice.choice(ASKS))
        await one.idles(0.2, 2)
        await hits_anything(one)


@story
async def buys_many(one: Someone) -> None:
    """More than the limit allows."""
    for _ in range(one.dice.randint(3, 5)):
        price = await one.sees_a_price(" ".join(pair(one)), 15)
        if price is not None:
            await one.buys(price)
        await one.idles(0.1, 2)


@story
async def forges_buttons(one: Someone) -> None:
    """Sends data that no button of theirs holds: other people's orders, and orders that do not exist."""
    await one.says("/menu")
    await one.waits(lambda: one.newest("My numbers"), 10)
    order = one.dice.choice((1, 2, 3, 999))
    forged = (
        callbacks.Close(order=order),
        callbacks.Refresh(order=order),
        callbacks.AnotherSms(order=order),
        callbacks.CloseWhenAllowed(order=order),
        callbacks.ToOrder(order=order, via="h"),
        callbacks.RaiseMaximum(order=order),
        callbacks.ToPrice(service=999, country=1, low=None, high=None, via="h"),
        callbacks.ToPrice(service=1, country=999, low=None, high=None, via="h"),
        callbacks_of_admins.Judge(order=order, bought=True),
    )
    for data in one.dice.sample(forged, 3):
        await one.forges(data.pack())
        await one.idles(0.5, 3)


@story
async def hammers(one: Someone) -> None:
    """A button that does not seem to do anything is hit until it does."""
    await one.says("/menu")
    await one.waits(lambda: one.newest("My numbers"), 10)
    for _ in range(one.dice.randint(25, 35)):
        await one.hits(one.dice.choice(("My numbers", "Refresh", "Menu", "Help")))
        await one.idles(0.01, 0.07)


# -- for worlds of their own

PLOTS: dict[str, Story] = {}
"""Stories that only a world made for them tells."""


def plot(do: Story) -> Story:
    PLOTS[do.__name__] = do
    return do


@plot
async def takes_a_wish_back(one: Someone) -> None:
    """Two numbers are to be closed when that is allowed; while the first is being closed the second shall stay."""
    director = one.world.hidsim.director
    one.world.hidsim._backend.script.queue.clear()
    director.set_default_story("never", number_after=0.2, expires_after=60.0)
    director.too_early(15.0)
    for place, service in enumerate(("telegram", "whatsapp")):
        director.set_prices(service, "brazil", ["0.2"])
        price = await one.sees_a_price(f"{service} brazil")
        if price is None or await one.hits(BUY, price) is None:
            return
        if not await one.waits(lambda place=place: len(one.cards(NUMBER)) > place, 20):
            return
    director.too_early(8.0)  # for both from the same moment on
    for place in range(2):
        await wishes(one, place)
    slow = director.fault(f"{director.operations()[0]['id']}/close", delay=4.0)
    for _ in range(300):
        await one.idles(0.1, 0.1)
        if slow.hits:
            break
    if len(cards := one.cards(NUMBER)) > 1:
        await one.hits("✓ Close when allowed", cards[-1])
    director.too_early(0)


@plot
async def gets_no_code(one: Someone) -> None:
    """Wants another number for it: agreed to before, tapped for, or because the service refused the one they have."""
    director = one.world.hidsim.director
    one.world.hidsim._backend.script.queue.clear()
    director.set_default_story("never", number_after=0.2, expires_after=one.dice.uniform(4, 12))
    director.too_early(one.dice.uniform(0, 4))
    for service in one.dice.sample(SERVICES, 2):
        price = await one.sees_a_price(f"{service} brazil")
        if price is None:
            continue
        if one.dice.random() < 0.6 and await one.hits("Try by itself", price):
            await one.waits(lambda price=price: one.has(price, "✓ Try by itself"), 8)
        await one.buys(price)
        for _ in range(one.dice.randint(5, 12)):
            await one.idles(0.2, 5)
            await one.hits(one.dice.choice(WAYS_ON))
    director.too_early(0)


async def wishes(one: Someone, place: int) -> None:
    """Close first, which is too early, then when it is allowed."""
    cards = one.cards(NUMBER)
    if len(cards) <= place:
        return
    card = cards[place]
    await one.hits("Close", card)
    if await one.waits(lambda: one.has(card, "🕓 Close when allowed"), 8):
        await one.hits("🕓 Close when allowed", card)
        await one.waits(lambda: one.has(card, "✓ Close when allowed"), 8)


# -- the admin's


Duty = Callable[[Someone], Awaitable[None]]
DUTIES: dict[str, Duty] = {}


def duty(do: Duty) -> Duty:
    DUTIES[do.__name__] = do
    return do


@duty
async def stops_buying_for_a_while(admin: Someone) -> None:
    await confirms(admin, "/pause", "Pause buying?")
    await admin.idles(1, 10)
    await lets_people_buy(admin)


async def lets_people_buy(admin: Someone) -> None:
    await confirms(admin, "/resume", "Let people buy again?")


async def confirms(admin: Someone, command: str, question: str = "", patience: float = 12) -> None:
    """Types a command, and taps Confirm below the question that comes; what is refused is not asked back."""
    since = max((message.message_id for message in admin.person.chat()), default=0)

    def asked() -> ChatMessage | None:
        shown = admin.newest("Confirm")
        return shown if shown is not None and shown.message_id > since and question in shown.text else None

    if await admin.until(lambda: admin.says(command), asked, patience):
        await admin.hits("Confirm", asked())


@duty
async def judges_what_was_lost(admin: Someone) -> None:
    """When they hear that there is something; and before that, what is not lost at all."""
    await admin.forges(callbacks_of_admins.Judge(order=admin.dice.choice((1, 2)), bought=False).pack())
    if not await admin.waits(lambda: admin.shows("answer to a purchase was lost"), admin.dice.uniform(30, 60)):
        return
    await admin.says("/unconfirmed")
    if await admin.waits(lambda: admin.newest("It was"), 10):
        await admin.hits(admin.dice.choice(("It was bought", "It was not")))
        await admin.waits(lambda: admin.newest("Confirm"), 5)
        await admin.hits("Confirm")


@duty
async def looks_at_the_books(admin: Someone) -> None:
    """And books a difference, where HidSim's balance is said to be apart."""
    await admin.says("/balance")
    await admin.idles(1, 5)
    await admin.hits("Refresh")
    await admin.forges(callbacks_of_admins.BookDifference(confirmed=True).pack())
    await books_a_difference(admin, 40)


async def books_a_difference(admin: Someone, patience: float) -> None:
    if await admin.waits(lambda: admin.newest("Book the difference"), patience):
        await admin.hits("Book the difference")
        await admin.waits(lambda: admin.newest("Confirm"), 5)
        await admin.hits("Confirm")


@duty
async def gives_and_takes_credit(admin: Someone) -> None:
    commands = ("/credit 101 5", "/debit 101 1", "/debit 102 5000", "/credit", "/credit 101 x")
    for command in admin.dice.sample(commands, 3):
        await confirms(admin, command, patience=4)
        await admin.idles(0.1, 2)


@duty
async def keeps_somebody_out_for_a_while(admin: Someone) -> None:
    await confirms(admin, "/block 102")
    await admin.idles(2, 12)
    await confirms(admin, "/allow 102")


@duty
async def looks_at_everything(admin: Someone) -> None:
    for command in admin.dice.sample(("/users", "/menu", "/invite", "/allow nobody", "/unconfirmed", "/balance"), 3):
        await admin.says(command)
        await admin.idles(0.5, 3)
        await hits_anything(admin)
