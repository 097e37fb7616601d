"""The price screen, which is the confirmation of a purchase, and the list of exact offers."""

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from bot.domain.catalog import Place, page_of
from bot.domain.price_window import Ladder, Match, Preset, PriceFacts, Window
from bot.i18n import Translator, clean, flag
from bot.screens import origin
from bot.screens.callbacks import Buy, BuyOffer, ToOffers, ToPrice
from bot.screens.favorites import save_button
from bot.screens.home import purse_line
from bot.screens.navigation import arrows, back, menu
from bot.screens.screen import Screen, button, lines, rows

OFFERS_A_PAGE = 8
_NAME_LIMIT = 24
_ID_LIMIT = 30
"""The longest product id that fits into a button; HidSim's have 24 digits (contract)."""


def price(facts: PriceFacts, via: str, t: Translator) -> Screen:
    window, currency = facts.window, facts.currency
    return Screen(
        lines(
            _title(facts, t),
            t("⚠️ HidSim does not answer now: these offers were read {when}.", when=t.time(facts.read_at, "relative"))
            if facts.old
            else None,
            "",
            _window(window, currency, t),
            _matching(facts.match, t),
            "",
            t(
                "{high} is reserved now; you pay the number's real price, and nothing if no code comes.",
                high=t.money(window.high, currency),
            ),
            purse_line(facts.purse, t),
        ),
        rows(
            _stepper(facts, via, t.plain("Min"), window.low, facts.steps.low_down, facts.steps.low_up, t),
            _stepper(facts, via, t.plain("Max"), window.high, facts.steps.high_down, facts.steps.high_up, t),
            [_preset(facts, via, preset, label) for preset, label in _presets(t)],
            [_buy(facts, t)],
            [
                button("🎯 " + t.plain("Exact offer"), _offers(facts, via, 0)),
                save_button(facts.service.id, facts.country.id, facts.window, t),
            ],
            [back(t, origin.back(via, facts.service.id)), menu(t)],
        ),
        place=Place(facts.service.id, facts.country.id, _to(facts, window, via).pack()),
    )


def _window(window: Window, currency: str, t: Translator) -> Markup:
    high = t.money(window.high, currency)
    if window.low == window.high:
        return t("You pay <b>{price}</b>: the window holds this one price.", price=high)
    low = t.money(window.low, currency)
    return t("You pay between <b>{low}</b> and <b>{high}</b>; HidSim picks inside that window.", low=low, high=high)


def _title(facts: PriceFacts, t: Translator) -> str:
    ladder, country = facts.ladder, facts.country
    everything = ladder.match(ladder.everything())
    title = t(
        "<b>{service}</b> · {flag} <b>{country}</b>",
        service=facts.service.name,
        flag=flag(country.code),
        country=t.country(country.code, country.name, country.label),
    )
    offers = t.n("{n} offer", "{n} offers", everything.offers)
    prices = _range(ladder, facts.currency, t)
    if not everything.stock_known:
        return lines(title, t("{offers}, {prices}", offers=offers, prices=prices))
    stock = t.number(everything.stock)
    return lines(title, t("{offers}, {prices}, {stock} in stock", offers=offers, prices=prices, stock=stock))


def _range(ladder: Ladder, currency: str, t: Translator) -> str:
    first, last = ladder.prices[0], ladder.prices[-1]
    if first == last:
        return t.money(first, currency)
    return f"{t.money(first, currency)}–{t.money(last, currency)}"


def _matching(match: Match, t: Translator) -> str:
    if not match.offers:
        return t("❌ No offer lies in this window now: raise the maximum, or tap a preset.")
    offers = t.n("{n} offer", "{n} offers", match.offers)
    if not match.stock_known:
        return t("✅ Matching now: {offers}", offers=offers)
    return t("✅ Matching now: {offers}, {stock} in stock", offers=offers, stock=t.number(match.stock))


def _to(facts: PriceFacts, window: Window, via: str) -> ToPrice:
    return ToPrice(service=facts.service.id, country=facts.country.id, low=window.low, high=window.high, via=via)


def _stepper(
    facts: PriceFacts, via: str, label: str, value: int, down: Window | None, up: Window | None, t: Translator
) -> list[InlineKeyboardButton]:
    """➖ value ➕. A stepper at its end leads to the same window: the screen stays, and nothing is dead."""
    here = facts.window
    return [
        button("➖", _to(facts, down or here, via)),
        button(f"{label} {t.money(value, facts.currency)}", _to(facts, here, via)),
        button("➕", _to(facts, up or here, via)),
    ]


def _presets(t: Translator) -> list[tuple[Preset, str]]:
    return [
        (Preset.CHEAPEST, t.plain("Cheapest")),
        (Preset.MEDIAN, t.plain("Median")),
        (Preset.ANY, t.plain("Any price")),
    ]


def _preset(facts: PriceFacts, via: str, preset: Preset, label: str) -> InlineKeyboardButton:
    window = facts.ladder.preset(preset)
    return button(("✓ " if window == facts.window else "") + label, _to(facts, window, via))


def _buy(facts: PriceFacts, t: Translator) -> InlineKeyboardButton:
    window = facts.window
    label = t.plain("Buy · up to {price}", price=t.money(window.high, facts.currency))
    leads_to = Buy(
        service=facts.service.id, country=facts.country.id, low=window.low, high=window.high, nonce=facts.nonce
    )
    return button("✅ " + label, leads_to, ButtonStyle.SUCCESS)


def _offers(facts: PriceFacts, via: str, number: int) -> ToOffers:
    window = facts.window
    return ToOffers(
        service=facts.service.id, country=facts.country.id, low=window.low, high=window.high, number=number, via=via
    )


def offers(facts: PriceFacts, number: int, via: str, t: Translator) -> Screen:
    """Every offer by price; a tap buys exactly that one at the price on its button, or nothing."""
    found = tuple(o for o in facts.ladder.offers if len(o.product_id) <= _ID_LIMIT)
    page = page_of(len(found), OFFERS_A_PAGE, number)
    here = found[page.number * OFFERS_A_PAGE : (page.number + 1) * OFFERS_A_PAGE]
    buttons = []
    for offer in here:
        stock = [t.plain("{n} in stock", n=t.number(offer.stock))] if offer.stock is not None else []
        named = [clean(offer.name, _NAME_LIMIT)] if offer.name else []
        leads_to = BuyOffer(
            service=facts.service.id,
            country=facts.country.id,
            product=offer.product_id,
            price=offer.price,
            nonce=facts.nonce,
        )
        buttons.append([button(" · ".join([t.money(offer.price, facts.currency), *stock, *named]), leads_to)])
    return Screen(
        lines(
            _title(facts, t),
            "",
            t(
                "<b>A tap on an offer buys it</b> at exactly its price. Page {number}/{pages}.",
                number=page.number + 1,
                pages=page.pages,
            ),
            purse_line(facts.purse, t),
        ),
        rows(
            *buttons,
            arrows(page, lambda at: _offers(facts, via, at)),
            [back(t, _to(facts, facts.window, via)), menu(t)],
        ),
    )
