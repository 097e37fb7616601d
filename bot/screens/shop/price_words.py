"""What the price screen says of the window that is chosen."""

from bot.facts.shop import PriceFacts
from bot.i18n import Html, Translator


def window_lines(facts: PriceFacts, shown: dict[int, str], t: Translator) -> list[Html]:
    """What would be paid and what matches; or that nothing does, and where numbers start."""
    window, match = facts.window, facts.match
    if not match.offers:
        return [_nothing(facts, shown, t)]
    low, high = shown[window.low], shown[window.high]
    paid = (
        t("You'll pay <b>{price}</b>.", price=high)
        if window.low == window.high
        else t("You'll pay <b>{low}</b> to <b>{high}</b>, depending on which number is free.", low=low, high=high)
    )
    stock = t.number(match.stock)
    matching = (
        t.n(
            "✅ Matching now: {n} offer, {stock} in stock",
            "✅ Matching now: {n} offers, {stock} in stock",
            match.offers,
            stock=stock,
        )
        if match.stock_known
        else t.n("✅ Matching now: {n} offer", "✅ Matching now: {n} offers", match.offers)
    )
    return [paid, matching]


def _nothing(facts: PriceFacts, shown: dict[int, str], t: Translator) -> Html:
    window, ladder = facts.window, facts.ladder
    given = {"low": shown[window.low], "high": shown[window.high], "cheapest": shown[ladder.prices[0]]}
    if window.high < ladder.prices[0]:
        return t("❌ Nothing here costs {high} or less. Numbers start at {cheapest}.", **given)
    if window.low > ladder.prices[-1]:
        return t("❌ Nothing here costs {low} or more. Numbers start at {cheapest}.", **given)
    if window.low == window.high:
        return t("❌ Nothing here costs {high}. Numbers start at {cheapest}.", **given)
    return t("❌ Nothing here costs {low} to {high}. Numbers start at {cheapest}.", **given)
