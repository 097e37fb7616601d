"""The exact offers of a pair, of which one can be bought at its price."""

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton

from bot.domain.price_window import Offer
from bot.facts.pages import page_of
from bot.facts.shop import PriceFacts, SoldOut, Unsold
from bot.i18n import Html, Translator, clean
from bot.screens import refusals
from bot.screens.callbacks import BuyOffer, ToOffer
from bot.screens.home import purse_line
from bot.screens.navigation import arrows, back, menu
from bot.screens.screen import Screen, button, lines, rows
from bot.screens.shop.more_credit import more_credit
from bot.screens.shop.price import (
    TYPED,
    alarming,
    aside,
    at_a_standstill,
    prices,
    sold_out,
    title,
    way_out,
)
from bot.screens.shop.ways import to, to_offers

OFFERS_A_PAGE = 8
_ID_LIMIT = 30
"""The longest product id that fits into a button; HidSim's have 24 digits (contract)."""
_LABEL = 34
"""Characters of a label that fit into a row of a phone."""


def offers(facts: PriceFacts | SoldOut, number: int, via: str, t: Translator, toast: str | None = None) -> Screen:
    """Every offer that can be paid for, by price. On a list of several pages a tap asks back: a thumb turns them."""
    if isinstance(facts, SoldOut):
        return sold_out(facts, via, t, toast)
    found = _within_reach(facts)
    beyond = len(facts.ladder.offers) - len(found)
    page = page_of(len(found), OFFERS_A_PAGE, number)
    here = found[page.number * OFFERS_A_PAGE : (page.number + 1) * OFFERS_A_PAGE]
    shown = t.prices([one.price for one in found], facts.currency)
    buttons = [[_offer(facts, one, shown[one.price], page.number if page.pages > 1 else None, via, t)] for one in here]
    return Screen(
        lines(
            title(facts, t),
            "",
            *(_how(page.pages, beyond, facts, t) if here else aside(facts, prices(facts, t), t)),
        ),
        rows(
            *buttons,
            arrows(page, lambda at: to_offers(facts, via, at)),
            more_credit(facts, t),
            way_out(facts, to_offers(facts, via, page.number), t),
            [back(t, to(facts, facts.window, via)), menu(t)],
        ),
        toast=toast,
    )


def _how(pages: int, beyond: int, facts: PriceFacts, t: Translator) -> list[Html]:
    """`beyond`: how many are not listed."""
    found = [
        t("Cheapest first. <b>Tap one to see it</b> before you buy it at exactly its price.")
        if pages > 1
        else t("<b>A tap on an offer buys it</b> at exactly its price.")
    ]
    if beyond:
        found.append(
            t.n("{n} more costs more than you can spend now.", "{n} more cost more than you can spend now.", beyond)
        )
    return found


def _within_reach(facts: PriceFacts) -> tuple[Offer, ...]:
    """Those that can be paid for now."""
    if at_a_standstill(facts):
        return ()
    return tuple(o for o in facts.ladder.offers if o.price <= facts.purse.spendable and len(o.product_id) <= _ID_LIMIT)


def _offer(
    facts: PriceFacts, offer: Offer, price: str, number: int | None, via: str, t: Translator
) -> InlineKeyboardButton:
    label = (
        price
        if offer.stock is None
        else t.plain("{price} · {stock} in stock", price=price, stock=t.number(offer.stock))
    )
    room = _LABEL - len(label) - len(" · ")
    if offer.name and room > 3:
        label = f"{label} · {clean(offer.name, room)}"
    if number is None:
        return button(label, _buys(facts, offer))
    window = facts.window
    leads_to = ToOffer(
        service=facts.service.id,
        country=facts.country.id,
        mark=offer.mark,
        low=window.low,
        high=window.high,
        number=number,
        via=via,
    )
    return button(label, leads_to)


def _buys(facts: PriceFacts, offer: Offer) -> BuyOffer:
    return BuyOffer(
        service=facts.service.id,
        country=facts.country.id,
        product=offer.product_id,
        price=offer.price,
        nonce=facts.nonce,
    )


def offer(facts: PriceFacts | SoldOut, mark: str, number: int, via: str, t: Translator) -> Screen:
    """One of them, before it is bought; where it has gone, the list as it is now."""
    found = () if isinstance(facts, SoldOut) else _within_reach(facts)
    one = next((one for one in found if one.mark == mark), None)
    if isinstance(facts, SoldOut) or one is None:
        gone = t.plain("😕 This offer is gone. Choose another one.")
        return alarming(offers(facts, number, via, t, toast=gone))
    price = t.prices([one.price for one in found], facts.currency)[one.price]
    named = (
        t("Buy <b>{name}</b> for <b>{price}</b>?", name=clean(one.name), price=price)
        if one.name
        else t("Buy this one for <b>{price}</b>?", price=price)
    )
    return Screen(
        lines(
            title(facts, t),
            "",
            named,
            t("{stock} in stock", stock=t.number(one.stock)) if one.stock is not None else None,
            purse_line(facts.purse, t),
        ),
        rows(
            [button("✅ " + t.plain("Buy · {price}", price=price), _buys(facts, one), ButtonStyle.SUCCESS)],
            [back(t, to_offers(facts, via, number)), menu(t)],
        ),
    )


def unsold(facts: Unsold, price: int, t: Translator) -> Screen:
    """Nothing was bought: why, and the offers around this price as they are now."""
    there = facts.prices
    found = () if isinstance(there, SoldOut) else _within_reach(there)
    number = sum(one.price < price for one in found) // OFFERS_A_PAGE
    return alarming(offers(there, number, TYPED, t, toast=refusals.toast(facts.why, t)))
