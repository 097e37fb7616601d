"""What a purchase lacks can be asked for where it is seen."""

from bot.domain.refusals import Reason
from bot.facts.shop import PriceFacts
from bot.i18n import Translator
from bot.screens.callbacks import AskCredit
from bot.screens.contact import ask_for_credit
from bot.screens.screen import Row


def more_credit(facts: PriceFacts, t: Translator) -> Row:
    """Asks for what this purchase lacks; the answer's message leads back to it, if it is of one country."""
    met = facts.obstacle
    if met is None or met.why.reason is not Reason.NO_CREDIT:
        return []
    if facts.countries:
        return [ask_for_credit(t)]
    window, high = facts.window, max(facts.window.high, met.why.limit or 0)
    asks = AskCredit(service=facts.service.id, country=facts.country.id, low=window.low, high=high)
    return [ask_for_credit(t, asks)]
