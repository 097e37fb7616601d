"""What the shop's screens show: services, countries, favorites, and the price of a pair."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.catalog import Country, Favorite, PriceTag, Service, Sort
from bot.domain.people import Purse
from bot.domain.price_window import Ladder, Match, Obstacle, Steps, Window
from bot.domain.refusals import RefusalFacts
from bot.domain.results import Result
from bot.domain.sequels import NO_PLAN, Plan
from bot.domain.shared_links import SharedLink
from bot.domain.watches import Watch
from bot.facts.pages import Page


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A line of the country list. `tag` None: the price has not been read yet; `result` None: nobody knows yet."""

    country: Country
    tag: PriceTag | None
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class CountryPage:
    """A slice of the countries for one service, or of those that are sold out.

    `listing`: the id under which this order stays; `chosen`: how it is sorted; `sold_out`: how many are not listed;
    `high`: a maximum that goes on to the price; `unread`: so many prices of the whole list are still to come;
    `has_results`: of some country it is known how well its numbers do.
    """

    service: Service
    sort: Sort
    page: Page
    rows: tuple[CountryRow, ...]
    listing: int = 0
    chosen: Sort = Sort.USUAL
    sold_out: int = 0
    high: int | None = None
    unread: int = 0
    has_results: bool = False


@dataclass(frozen=True, slots=True)
class RecentPair:
    """A service and a country of which the person bought numbers lately."""

    service: Service
    country: Country


@dataclass(frozen=True, slots=True)
class TickPage:
    """A slice of the countries, and which of all are ticked for one order, in the order of the ticks."""

    page: CountryPage
    ticked: tuple[Country, ...]
    currency: str


@dataclass(frozen=True, slots=True)
class ServicePage:
    """A slice of the services, or what a search found (`text`, remembered under the id `search` if at all).

    `unanswered`: HidSim's own search was needed and gave no answer; `unknown`: words of the text that mean nothing;
    `country` and `high`: what else the text said; with a country, each service leads to their price. `named`: the
    text says which service; else these are those that most people ask for.
    """

    services: tuple[Service, ...]
    page: Page
    search: int | None = None
    text: str | None = None
    unanswered: bool = False
    unknown: str = ""
    country: Country | None = None
    named: bool = True
    high: int | None = None


@dataclass(frozen=True, slots=True)
class FavoritePage:
    """A slice of a person's favorites, the last saved first. `removed`: the one that was taken out just now."""

    favorites: tuple[Favorite, ...]
    page: Page
    currency: str
    removed: Favorite | None = None


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """All that the price screen shows. `old`: HidSim did not answer, so these offers were read at `read_at` (UTC).

    `saved`: this pair's window among the favorites. `dearest`: more was asked for, and nothing dearer is offered.
    `plan`: what is agreed to beside the price. `watch`: the person waits for this pair.
    `result`: what the pair's last numbers brought, where enough people tell.
    `countries`: where the number may be of any of several; `country` is then the first of them.
    """

    service: Service
    country: Country
    ladder: Ladder
    window: Window
    match: Match
    steps: Steps
    currency: str
    purse: Purse
    nonce: str
    read_at: datetime
    old: bool
    obstacle: Obstacle | None = None
    saved: Window | None = None
    dearest: bool = False
    plan: Plan = NO_PLAN
    result: Result | None = None
    watch: Watch | None = None
    countries: tuple[Country, ...] = ()


@dataclass(frozen=True, slots=True)
class SoldOut:
    """A pair of which nothing is left. `window`: the one that was asked for, to look again with.

    `watch`: the person waits for it. `countries` as in `PriceFacts`.
    """

    service: Service
    country: Country
    window: Window | None
    watch: Watch | None = None
    countries: tuple[Country, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsold:
    """A purchase that was refused before it was placed: why, and what there is now."""

    why: RefusalFacts
    prices: PriceFacts | SoldOut


@dataclass(frozen=True, slots=True)
class SharedFacts:
    """What somebody is about to share."""

    link: SharedLink
    service: Service
    country: Country | None
    currency: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a few typed letters may mean. `country` None: the service in all of them; `window`: a favorite's."""

    service: Service
    country: Country | None = None
    window: Window | None = None

    @property
    def link(self) -> SharedLink:
        return SharedLink(self.service.id, self.country.id if self.country else None, self.window)


@dataclass(frozen=True, slots=True)
class SuggestionFacts:
    """The likeliest first, none of them twice."""

    found: tuple[Suggestion, ...]
    currency: str


@dataclass(frozen=True, slots=True)
class WatchPage:
    """A slice of what a person waits for, the last begun first. `stopped`: the one that was stopped just now."""

    watches: tuple[Watch, ...]
    page: Page
    currency: str
    stopped: Watch | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """A watch that has just begun. `quiet`: its person has quiet hours, in which it comes without a sound."""

    watch: Watch
    currency: str
    quiet: bool
