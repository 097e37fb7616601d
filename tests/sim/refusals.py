"""Which refusals people have read: each reason by words that only its text has."""

from collections import Counter
from typing import TYPE_CHECKING

from bot.domain.refusals import Reason

if TYPE_CHECKING:
    from tests.sim.world import World

WORDS: dict[Reason, str] = {
    Reason.NO_SERVICE: "This service isn't sold any more",
    Reason.NO_COUNTRY: "This country isn't sold any more",
    Reason.SERVICE_DENIED: "This service isn't sold here",
    Reason.COUNTRY_HIDDEN: "Numbers of this country aren't sold here",
    Reason.BUYING_SLOWED: "🐢 Buying is slowed down",
    Reason.NO_MATCH: "😕 No number",
    Reason.TOO_MANY_COUNTRIES: "at most. Untick",
    Reason.COUNTRIES_CHANGED: "These are not the countries that are ticked now",
    Reason.OFFER_GONE: "This offer is gone",
    Reason.PRICE_MOVED: "This offer now costs",
    Reason.TOO_MANY_OPEN: "in progress, which is the most allowed",
    Reason.TOO_MANY_PURCHASES: "You can buy the next in",
    Reason.TOO_MANY_CLOSES: "or tap Close when allowed. No code",
    Reason.DAILY_LIMIT: "more today (of",
    Reason.NO_CREDIT: "and this needs",
    Reason.OPERATOR_BALANCE: "The shop can't buy this number right now",
    Reason.BUYING_PAUSED: "Buying is paused for now",
    Reason.SEQUEL_LAPSED: "so no other one was bought",
    Reason.STILL_APART: "The books still don't add up",
    Reason.HIDSIM_BUSY: "🚦 Too much is going on",
    Reason.HIDSIM_DOWN: "🔌 The shop can't reach its numbers",
    Reason.HIDSIM_SIGN_IN: "🔑 The shop can't get numbers",
    Reason.HIDSIM_REFUSED: "This can't be done right now",
    Reason.NO_ORDER: "There is no such order. Yours are under",
    Reason.NOT_NOW: "This order has moved on",
    Reason.BAD_ID: "That is no Telegram ID",
    Reason.BAD_AMOUNT: "I need an amount above 0",
    Reason.NOT_IN_WALLET: "can't be taken from it",
    Reason.TOO_MUCH: "more than a million, which",
    Reason.NOTE_OR_AMOUNT: "where the amount ends",
    Reason.OWN_CREDIT: "is for an owner to give or take",
    Reason.TWO_AMOUNTS: "can be read in two ways",
    Reason.OTHER_CURRENCY: "Amounts here are in",
    Reason.FINE_AMOUNT: "That amount is too fine",
    Reason.WALLET_FULL: "can't hold more than",
    Reason.NOTHING_ASKED: "Nobody asked for this credit",
    Reason.KEPT_OUT: "They are kept out of the bot",
    Reason.ASKED_OFTEN: "You've asked a few times",
    Reason.NOBODY_TO_ASK: "There is no admin who could give credit",
    Reason.NOT_PREPAID: "There are no wallets",
    Reason.CLOSE_UNKNOWN: "Closing… the result appears here. Nothing is charged twice",
    Reason.NOT_CLOSED: "The number is still open",
    Reason.BALANCE_MOVES: "balance can't be compared now",
    Reason.NOT_SAVED: "💾 Nothing can be saved",
    Reason.BAD_LABEL: "A label is one line of up to",
    Reason.LABEL_GONE: "This label isn't used any more",
    Reason.TOO_MANY_WATCHES: "which is the most. Stop",
    Reason.SLOW_DOWN: "One moment…",
    Reason.ORDERS_OPEN: "then delete your data",
    Reason.NO_RECORD: "All of them are under Orders",
    Reason.BAD_PERIOD: "I need a number of days",
    Reason.NOTHING_TO_EXPORT: "No orders were placed in this time",
    Reason.EXPORT_UNDER_WAY: "Your last file is still being made",
    Reason.CODES_COMING: "Delete your data in a minute",
    Reason.PAUSED_ANEW: "has been paused anew",
    Reason.NO_REQUEST: "Nobody with this ID asks to be let in",
    Reason.BAD_ROLE: "A role is admin or buyer",
    Reason.OWNERS_ONLY: "Only an owner decides about an admin",
}
SAME_WORDS = {Reason.NOT_ALLOWED: Reason.HIDSIM_REFUSED, Reason.NOT_YOURS: Reason.NO_ORDER}
"""Nobody could tell these apart, and so can't we: counted as the second."""


def refusals_seen(world: "World") -> Counter[str]:
    """In messages and in dialogs; and those of orders, whose cards say it in words of their own."""
    said = [line.text for line in world.telegram.transcript if line.who == "bot"]
    answers = (query.answer for query in world.telegram.state.taps.all())
    said += [str(answer["text"]) for answer in answers if answer is not None]
    seen = Counter(reason.value for text in said for reason, words in WORDS.items() if words in text)
    return seen + Counter(dict(world.ask("SELECT reason, COUNT(*) FROM orders WHERE reason <> '' GROUP BY reason")))
