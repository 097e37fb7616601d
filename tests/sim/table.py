"""How often each kind of thing was met, of all that the code knows of; what was never met was never tried."""

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from bot.domain.acts import Act
from bot.domain.alerts import OF_THE_GUARD, AlertKind
from bot.domain.notices import NoticeKind
from bot.domain.orders import OrderState
from bot.domain.refusals import Reason
from bot.milestones import NAMES
from tests.sim import troubles
from tests.sim.outcome import ACTS_OF_STATES
from tests.sim.refusals import SAME_WORDS
from tests.sim.stories import DUTIES, PLOTS, STORIES

ENOUGH = 120
"""Seeds after which a kind that was never met is a failure."""
KNOWN: Mapping[str, tuple[str, ...]] = {
    "trouble": (
        *troubles.KINDS,
        *(f"HidSim: {name}" for name in troubles.ANSWERS),
        *(f"purchase {name}" for name in troubles.LOST),
        *(f"Telegram: {name}" for name in troubles.REFUSALS),
    ),
    "story": (*STORIES, *PLOTS, *DUTIES),
    "state": tuple(OrderState),
    "act": tuple(act for act in Act if act not in ACTS_OF_STATES),
    "notice": tuple(NoticeKind),
    "alert": tuple(AlertKind),
    "refusal": tuple(Reason),
    "milestone": NAMES,
}
"""By family, and in the order of the code."""
EXCUSED: Mapping[tuple[str, str], str] = {
    ("act", Act.DIGEST_SET): "no duty of the admin's chooses the hour of the digest",
    ("act", Act.PERSON_UNKNOWN): "no command takes a decision back",
    ("act", Act.ORDERS_EXPORTED): "no world's admin exports anything",
    ("refusal", Reason.BAD_PERIOD): "no world's admin exports anything",
    ("refusal", Reason.NOTHING_TO_EXPORT): "no world's admin exports anything",
    ("refusal", Reason.EXPORT_UNDER_WAY): "no world's admin exports anything",
    ("refusal", Reason.BAD_LABEL): "nobody in a world labels an order",
    ("refusal", Reason.LABEL_GONE): "nobody in a world labels an order",
    ("refusal", Reason.NO_RECORD): "no world's admin types an order's number",
    ("refusal", Reason.TOO_MANY_COUNTRIES): "nobody in a world ticks eleven countries",
    ("act", Act.PERSON_LIMITED): "no world's admin limits anybody",
    ("refusal", Reason.TOO_MANY_PURCHASES): "nobody buys thirty numbers in the minutes of a world",
    ("refusal", Reason.TOO_MANY_WATCHES): "nobody in a world waits for twenty things",
    ("refusal", Reason.TOO_MANY_CLOSES): "nobody closes twenty numbers in the minutes of a world",
    ("refusal", Reason.SEQUEL_LAPSED): "what is to follow lapses after an hour, and a world lasts minutes",
    ("act", Act.PERSON_ACCEPTED): "everybody may come in, so nobody needs an invitation",
    ("act", Act.DEBTS_FORGIVEN): "no world turns from shared billing to prepaid",
    ("act", Act.PERSON_ERASED): "nobody in a world deletes what is known of them",
    ("refusal", Reason.ORDERS_OPEN): "nobody in a world deletes what is known of them",
    ("refusal", Reason.CODES_COMING): "nobody in a world deletes what is known of them",
    ("act", Act.CREDIT_REQUESTED): "no world asks for credit: people have enough of it",
    ("act", Act.CREDIT_WITHDRAWN): "no world asks for credit",
    ("act", Act.CREDIT_DECLINED): "no world asks for credit",
    ("refusal", Reason.TOO_MUCH): "no world gives more than a million",
    ("refusal", Reason.NOTE_OR_AMOUNT): "no world's note begins with digits",
    ("refusal", Reason.TWO_AMOUNTS): "no world types an amount that can be read in two ways",
    ("refusal", Reason.OTHER_CURRENCY): "no world types another currency",
    ("refusal", Reason.FINE_AMOUNT): "no world types seven decimals",
    ("refusal", Reason.OWN_CREDIT): "no world has an admin beside its owner",
    ("refusal", Reason.WALLET_FULL): "no world gives a thousand millions",
    ("refusal", Reason.NOTHING_ASKED): "no world forges an admin's button",
    ("refusal", Reason.KEPT_OUT): "no world asks for credit",
    ("refusal", Reason.ASKED_OFTEN): "no world asks for credit",
    ("refusal", Reason.NOBODY_TO_ASK): "every world has an admin",
    ("act", Act.PERSON_ROLE): "no world has an owner who appoints admins",
    ("act", Act.ENTRY_IGNORED): "everybody may come in, so nobody asks to be let in",
    ("act", Act.INVITATION_REVOKED): "everybody may come in, so nobody needs an invitation",
    ("refusal", Reason.NO_REQUEST): "everybody may come in, so nobody asks to be let in",
    ("refusal", Reason.BAD_ROLE): "no world has an owner who appoints admins",
    ("refusal", Reason.OWNERS_ONLY): "no world has an admin beside its owner",
    ("alert", AlertKind.SHORT_COUNTRIES): "is made where short-services is; fewer countries would move HidSim's offers",
    ("alert", AlertKind.OVERDUE): "an hour after the end of an order, and a world lasts minutes",
    ("alert", AlertKind.PAUSED_BY_ADMIN): "the only admin is the one who pauses",
    ("alert", AlertKind.SHORT_BALANCE): "no world spends a day's share of its balance",
    ("alert", AlertKind.UNREACHABLE): "no trouble of HidSim's lasts for two minutes",
    ("alert", AlertKind.SILENCE): "no trouble of Telegram's lasts for two minutes",
    ("alert", AlertKind.LATE_PUSHES): "no trouble keeps a message for a minute and a half",
    ("alert", AlertKind.SLOW_CODES): "no world has more orders than the rate suffices for",
    ("alert", AlertKind.CONFLICT): "no world has a second program with the bot's token",
    ("refusal", Reason.STILL_APART): "books that don't add up are against a law",
    ("act", Act.GUARD_LEVEL): "a world has too few orders for the guard to judge by",
    **{("alert", one): "a world has too few orders for the guard to judge by" for one in OF_THE_GUARD},
    ("refusal", Reason.BUYING_SLOWED): "a world has too few orders for the guard to judge by",
    ("refusal", Reason.SERVICE_DENIED): "the operator of a world sells all that HidSim has",
    ("refusal", Reason.COUNTRY_HIDDEN): "the operator of a world sells all that HidSim has",
    ("alert", AlertKind.PAUSED_BY_BOOKS): "books that don't add up are against a law",
    **{("refusal", one): f"has the words of {other}" for one, other in SAME_WORDS.items()},
}
"""What need not be met, with the reason."""
_WIDTH = 120


class Table:
    def __init__(self) -> None:
        self.seeds = 0
        self._met: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, met: Mapping[str, Mapping[str, int]]) -> None:
        """Of one seed, by family."""
        self.seeds += 1
        for family, found in met.items():
            self._met[family].update(found)

    def never(self) -> list[str]:
        """What should have been met by now: nothing before there were enough seeds."""
        if self.seeds < ENOUGH:
            return []
        return [f"{family} {name}" for family, name in self._unmet() if (family, name) not in EXCUSED]

    def lines(self) -> Iterator[str]:
        for family in dict.fromkeys((*KNOWN, *self._met)):
            found, known = self._met[family], KNOWN.get(family, ())
            names = [name for name in (*known, *sorted(found.keys() - set(known))) if found[name]]
            yield _paragraph(family, ", ".join(f"{name} {found[name]}" for name in names))
        yield _paragraph(
            "never met", ", ".join(f"{family} {name}{_reason(family, name)}" for family, name in self._unmet())
        )

    def _unmet(self) -> Iterator[tuple[str, str]]:
        for family, names in KNOWN.items():
            yield from ((family, name) for name in names if not self._met[family][name])


def _paragraph(title: str, text: str) -> str:
    return textwrap.fill(f"{title}: {text or '-'}", _WIDTH, subsequent_indent="    ", break_on_hyphens=False)


def _reason(family: str, name: str) -> str:
    reason = EXCUSED.get((family, name))
    return f" (excused: {reason})" if reason else ""
