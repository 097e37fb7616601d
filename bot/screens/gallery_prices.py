"""The gallery's price screens: every way in which a pair can, and can't, be bought."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.money import Price
from bot.domain.people import Purse
from bot.domain.price_window import Ladder, Offer, Standstill, Window, obstacle, steps
from bot.domain.refusals import Reason, RefusalFacts
from bot.domain.sequels import Plan
from bot.domain.watches import Pair, Watch
from bot.facts.shop import PriceFacts, SoldOut, Unsold
from bot.i18n import Translator
from bot.screens.gallery_facts import BRAZIL, HARDLY, LATELY, NOW, PREPAID, SEVERAL, SHARED, TELEGRAM
from bot.screens.screen import Screen
from bot.screens.shop import offers, price

_PREPAID = replace(PREPAID, currency="USD")
_OFFERS = tuple(
    Offer(f"{at:024x}", Price(micros), stock, f"Offer {at}")
    for at, (micros, stock) in enumerate([(100_000, 320), (125_000, 40), (125_000, None), (250_000, 7), (800_000, 0)])
)
_MANY_OFFERS = tuple(Offer(f"{at:024x}", Price(100_000 + 12_345 * at), 3 * at + 1, f"Offer {at}") for at in range(20))
_AT_WORK = Standstill(paused=False, in_progress=1, most=3)


def prices(t: Translator) -> Iterator[tuple[str, Screen]]:
    yield "price", price.price(_price(), "cp0.s1", t)
    yield "price, nothing as cheap", price.price(_price(Window(10_000, 10_000)), "h", t)
    yield "price, nothing in between", price.price(_price(Window(130_000, 240_000)), "h", t)
    yield "price, old reading", price.price(replace(_price(), old=True), "h", t)
    for name, plan in (("a time limit", Plan(1, 300)), ("by itself", Plan(3, 480))):
        yield f"price, {name}", price.price(replace(_price(), plan=plan), "h", t)
    yield "price, with results", price.price(replace(_price(), result=LATELY), "h", t)
    yield "price, with results of few codes", price.price(replace(_price(), result=HARDLY), "h", t)
    yield "price, saved", price.price(replace(_price(), saved=Window(100_000, 250_000)), "h", t)
    yield "price, nothing dearer", price.price(replace(_price(), dearest=True), "o12", t)
    yield "price, paused", price.price(_price(still=replace(_AT_WORK, paused=True)), "h", t)
    yield "price, too many open", price.price(_price(still=replace(_AT_WORK, in_progress=3)), "h", t)
    for name, left in (("credit for less", 130_000), ("no credit", 50_000)):
        yield f"price, {name}", price.price(_price(purse=replace(_PREPAID, left=left)), "h", t)
    for name, left in (("limit allows less", 130_000), ("limit reached", 0)):
        yield f"price, {name}", price.price(_price(purse=replace(SHARED, left=left)), "h", t)
    yield "price, any of several", price.price(replace(_price(), countries=SEVERAL), "kp0.s1", t)
    yield "price, the cheapest alone", price.price(_price(Window(100_000, 100_000)), "h", t)
    yield from _sold_out(t)
    yield from _exact(t)


def _sold_out(t: Translator) -> Iterator[tuple[str, Screen]]:
    here = SoldOut(TELEGRAM, BRAZIL, None)
    yield "sold out", price.sold_out(here, "cp0.s1", t)
    yield "sold out, any of several", price.sold_out(replace(here, countries=SEVERAL), "kp0.s1", t)
    watch = Watch(1, Pair(1, "Telegram", 1, "Brazil", "BR"), None, NOW)
    yield "sold out, waited for", price.sold_out(replace(here, watch=watch), "cp0.s1", t)


def _exact(t: Translator) -> Iterator[tuple[str, Screen]]:
    refused = RefusalFacts(Reason.PRICE_MOVED, amount=200_000, limit=100_000, currency="USD")
    yield "exact offers", offers.offers(_price(), 0, "cp0.s1", t)
    yield "exact offers, one moved", offers.unsold(Unsold(refused, _price()), 100_000, t)
    yield "exact offers, some too dear", offers.offers(_price(purse=replace(_PREPAID, left=130_000)), 0, "h", t)
    yield "exact offers, paused", offers.offers(_price(still=replace(_AT_WORK, paused=True)), 0, "h", t)
    many = _price(offered=_MANY_OFFERS)
    yield "exact offers, many", offers.offers(many, 1, "cp0.s1", t)
    yield "buy this offer?", offers.offer(many, many.ladder.offers[9].mark, 1, "cp0.s1", t)
    yield "this offer is gone", offers.offer(many, "00000000", 1, "cp0.s1", t)


def _price(
    window: Window | None = None,
    purse: Purse = SHARED,
    still: Standstill = _AT_WORK,
    offered: tuple[Offer, ...] = _OFFERS,
) -> PriceFacts:
    ladder = Ladder(offered)
    chosen = window or Window(100_000, 250_000)
    return PriceFacts(
        service=TELEGRAM,
        country=BRAZIL,
        ladder=ladder,
        window=chosen,
        match=ladder.match(chosen),
        steps=steps(ladder, chosen),
        currency="USD",
        purse=purse,
        nonce="abcdefgh",
        read_at=NOW,
        old=False,
        obstacle=obstacle(ladder, chosen, purse, still),
    )
