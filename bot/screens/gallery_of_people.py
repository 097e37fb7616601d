"""The gallery's part about people: the list, a person's page, their limits, Telegram's picker."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.domain.access import AccessMode, Role, Standing
from bot.domain.acts import Act
from bot.domain.limits import LimitKind, Limits, OwnLimits
from bot.domain.orders import OrderState
from bot.domain.people import Among
from bot.facts.pages import Page
from bot.facts.people import Done, LimitsFacts, PeopleFacts, PersonFacts, Picked, Used
from bot.i18n import Translator
from bot.screens.callbacks_of_admins import SetLimit, ToPeople
from bot.screens.desk.person import person
from bot.screens.gallery_facts import ADMIN, BUYER, NOW, ORDER, PREPAID, SHARED
from bot.screens.people import limits, listed, picker
from bot.screens.screen import Screen

_SHOPS = Limits(open_orders=3, daily_spend=20_000_000, purchases_an_hour=30, closes_an_hour=20)
_USED = Used(open_orders=2, daily_spend=3_400_000, purchases_an_hour=4, closes_an_hour=1)
_ANN = replace(BUYER, id=123456789, name="Ann <b>&", username="ann_example")
_LIMITS = LimitsFacts(_ANN, _SHOPS, OwnLimits(open_orders=1), _USED, "USD", spend_is_limited=True)
_DONE = replace(ORDER, state=OrderState.COMPLETED, number="+5511912345678", charged=120_000)
_PAGE = PersonFacts(
    limits=_LIMITS,
    since=NOW - timedelta(days=40),
    purse=SHARED,
    orders=(_DONE, replace(ORDER, id=11, state=OrderState.SYSTEM_REFUNDED, charged=0)),
    with_code=frozenset({12}),
    spent_month=41_250_000,
    done=(Done(NOW, 2, Act.PERSON_LIMITED, "Ada <b>&"), Done(NOW, None, Act.PERSON_ACCEPTED), Done(NOW, 2, None)),
    met=True,
    yourself=False,
)


def people(t: Translator) -> Iterator[tuple[str, Screen]]:
    """(name, screen), in reading order."""
    yield from _lists(t)
    yield "picker", picker.picker(t)
    yield from _pages(t)
    yield "limits", limits.limits(_LIMITS, t)
    yield "limits, changed", limits.changed(_LIMITS, SetLimit(person=1, kind=LimitKind.CLOSES, limit=0), 5, t)
    once = SetLimit(person=1, kind=LimitKind.SPEND, limit=5_000_000)
    yield "limits, changed from everybody's", limits.changed(_LIMITS, once, None, t)
    yield "limits, typed words", limits.unread(_LIMITS, None, t)
    yield "limit, typed words", limits.unread(_LIMITS, LimitKind.SPEND, t)
    for kind in LimitKind:
        yield f"limit: {kind.name.lower()}", limits.choose(_LIMITS, kind, t)
    prepaid = replace(_LIMITS, own=OwnLimits(), spend_is_limited=False)
    yield "limit of a wallet", limits.choose(prepaid, LimitKind.SPEND, t)


def _lists(t: Translator) -> Iterator[tuple[str, Screen]]:
    found = (
        _ANN,
        replace(ADMIN, id=2),
        replace(BUYER, id=3, name="", standing=Standing.BLOCKED, role=Role.STRANGER),
        replace(BUYER, id=4, unreachable_at=NOW),
    )
    whole = PeopleFacts(AccessMode.INVITE, found, Page(0, 1_250), 10_000, "USD")
    yield "people", listed.people(whole, t)
    yield "people of a closed bot", listed.people(replace(whole, mode=AccessMode.CLOSED, page=Page(0, 1)), t)
    for among in (Among.ADMINS, Among.BLOCKED, Among.UNREACHABLE):
        few = replace(whole, among=among, people=found[:1], page=Page(0, 1), total=1)
        yield f"people: {among.name.lower()}", listed.people(few, t)
    own = replace(whole, among=Among.LIMITED, people=found[:1], page=Page(0, 1), total=1, limits=_SHOPS)
    yield "limits of everybody", listed.people(own, t)
    sought = replace(whole, people=found[:1], page=Page(0, 1), total=1, words="ann b", typed="Ann <b>")
    yield "people found", listed.people(sought, t)
    nobody = replace(sought, people=(), total=0)
    yield "nobody found", listed.people(nobody, t)
    yield "nobody picked", listed.people(whole, t, putting_away=picker.cancelled(t))
    yield "several picked", listed.people(whole, t, putting_away=picker.too_many(t))


def _pages(t: Translator) -> Iterator[tuple[str, Screen]]:
    behind = ToPeople(number=2)
    yield "person", person(_PAGE, behind, t, looking=ADMIN)
    for held in (0, 500_000):
        purse = replace(PREPAID, held=held, own_day=(1_500_000, 2_000_000))
        yield f"person, prepaid, {held} held", person(replace(_PAGE, purse=purse), behind, t, looking=ADMIN)
    owner = replace(_PAGE, limits=replace(_LIMITS, person=ADMIN), yourself=True)
    yield "person: an owner, oneself", person(owner, behind, t, looking=ADMIN)
    blocked = replace(_ANN, standing=Standing.BLOCKED, role=Role.STRANGER, unreachable_at=NOW)
    yield "person, blocked", person(replace(_PAGE, limits=replace(_LIMITS, person=blocked)), behind, t, looking=ADMIN)
    unknown = replace(_ANN, standing=Standing.UNKNOWN, role=Role.STRANGER, telegram_language=None)
    never = replace(
        _PAGE, limits=replace(_LIMITS, person=unknown), since=None, orders=(), done=(), met=False, spent_month=0
    )
    picked = picker.picked(Picked(_ANN.id, _ANN.name, _ANN.username), t)
    yield "person who never wrote, picked", person(never, behind, t, looking=ADMIN, putting_away=picked)
