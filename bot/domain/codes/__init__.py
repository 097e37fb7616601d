"""The code in an SMS, where HidSim gives none itself: a guess that is rather none than wrong.

`plain` brings all scripts to one spelling, `masks` takes out what can't be a code by its form, `tokens` makes words and
candidates of the rest (`words` is the table behind them), `reading` decides which candidate the text calls its code.
"""

import re

from bot.domain.codes.plain import plain
from bot.domain.codes.reading import code_in
from bot.domain.codes.tokens import tokens_of

_BOUND = re.compile(r"^@[A-Za-z0-9.-]{3,80} #([A-Za-z0-9]{4,10})(?![^\s])", re.MULTILINE)
"""The last line of a code bound to a site: `@example.com #123456`."""


def guess_code(text: str) -> str | None:
    """The code that the text names, without spaces and dashes; None when it names none, or two.

    Three to ten digits in any script's numerals, in groups, one by one or in words, and short mixtures with letters.
    """
    spelled = plain(text)
    if (bound := _BOUND.search(spelled)) is not None and any(map(str.isdigit, bound[1])):
        return bound[1]
    return code_in(tokens_of(spelled))
