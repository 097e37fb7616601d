"""What typed words ask for: a service, a country, a maximum price. Pure: knows two matchers, asks nobody."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import category, normalize

from bot.domain.money import to_micros
from bot.i18n.small_words import BOUNDS, CENTS, CONNECTORS, CURRENCIES, LINKS, LONGEST_PHRASE, PHRASES
from bot.services.shop.country_matching import CountryMatcher
from bot.services.shop.matching import LONGEST, Rank, ServiceMatcher, folded

_LIMIT = r"(?:max[.:=]?)?[<≤=~]{0,2}"
_SIGN = r"(?:us\$|r?\$|[€£₽₴₸₺₹₫¥])?"
_CURRENCY = r"(?:[$€£₽₴₸₺₹₫¥đ元刀]|美元|美金|usdt?|eur|gbp|rub)?"
"""Not any letters: services are called 1win and 99app."""
_CENT = r"(?:¢|c|美分)"
_NUMBER = re.compile(
    rf"{_LIMIT}{_SIGN}(\d{{1,7}}(?:[.,٫。]\d{{1,8}})?|[.,٫]\d{{1,8}})(?:{_CURRENCY}|(?P<cent>{_CENT}))[.!?;]*",
    re.IGNORECASE,
)
_NUMBER_LIKE = re.compile(rf"{_LIMIT}{_SIGN}-?[.,٫]?\d[\d.,٫。]*(?:{_CURRENCY}|{_CENT})[!?;]*", re.IGNORECASE)
_LISTED = re.compile(r"(?<=[^\W\d])[,،、]|[,،、](?!\d)")
"""Commas that part words; others are decimal points."""
_EASTERN = re.compile(r"(?<=[٠-٩۰-۹])[/،](?=[٠-٩۰-۹])")
"""What stands for the decimal point on Persian and Arabic keyboards."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_AND_PRICE = re.compile(rf"(.*[\u3400-\u9fff])({_SIGN}\d[\d.,。]*(?:{_CURRENCY}|{_CENT}))", re.IGNORECASE)
_HIGHEST_PRICE = Decimal(1000)
_MOST_FOUND, _MOST_WORDS = 16, 12
_SHORTEST_PART = 3
"""Fewer characters begin too many names to mean one."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a text asks for. `words`: what is left for the service, as typed, for HidSim's own search.

    `unknown`: words that mean nothing, beside a service that was understood.
    """

    service_ids: tuple[int, ...]
    country_id: int | None = None
    max_micros: int | None = None
    words: str = ""
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Maximum:
    """A price alone. `micros` None: a number that can be no price."""

    micros: int | None


@dataclass(frozen=True, slots=True)
class Destination:
    """A country alone, maybe with a maximum. `sure`: it was spelt well."""

    country_id: int
    max_micros: int | None
    sure: bool


def read_maximum(text: str) -> Maximum | None:
    """`0.3`, `$0,3`, `max 0.3 usd`; None for a text that is more or something else than one number."""
    words = _words(text)
    if not any(_NUMBER_LIKE.fullmatch(word) for word in words):
        return None
    rest, found = _without_price(words)
    return None if any(map(folded, rest)) else Maximum(found)


def read_country(text: str, countries: CountryMatcher) -> Destination | None:
    """A country and no more, in any spelling, as a code, a flag or a dial code."""
    words, highest = [part for word in _words(text) for part in _apart(word)], None
    if len(words) > 1:
        words, highest = _without_price(words)
    name = " ".join(_bare(words) or words)
    for look in (countries.dialled, countries.named, countries.coded):
        if (found := look(name)) is not None:
            return Destination(found, highest, sure=True)
    found = countries.misspelt(name)
    return None if found is None else Destination(found, highest, sure=False)


def parse_query(text: str, matcher: ServiceMatcher, countries: CountryMatcher) -> Query:
    """Reads `telegram brazil 0.3`: a service, maybe a country, maybe a maximum price; in any order.

    Also a price alone. The last number is the price unless it belongs to a service's exact name; one that can be no
    price is ignored beside words. The price is what the person typed, in micro-units of the shop's currency.
    """
    words, highest = [part for word in _words(text) for part in _unglued(word, matcher, countries)], None
    if len(words) > 1 and not matcher.exact(" ".join(words)):
        words, highest = _without_price(words, matcher)
    elif len(words) == 1 and not matcher.exact(words[0]) and (highest := _price(words[0])):
        words = []
    services, country, rest = _split(words, matcher, countries)
    if len(rest) > 1 and (part := _exact_part(rest, matcher)):
        services, known, unknown = part
        return Query(services, country, highest, known, unknown)
    return Query(services, country, highest, " ".join(rest))


def _exact_part(words: list[str], matcher: ServiceMatcher) -> tuple[tuple[int, ...], str, str] | None:
    """`telegram atlantis`: the service that some of the words name exactly, when all of them together name none.

    Not where they are a name with slips: "whats ap" is fewer slips away from it than letters would be dropped.
    """
    ranked = matcher.ranked(" ".join(words))
    if ranked and ranked[0][1] is not Rank.TYPO:
        return None
    slips = matcher.slips(" ".join(words)) if ranked else LONGEST
    for known, rest in parts_of(words):
        dropped = len("".join(folded(" ".join(rest)))) - matcher.is_own_name(known)
        if dropped <= slips and (found := matcher.exact(known)):
            return tuple(found[:_MOST_FOUND]), known, meaningful(rest)
    return None


def parts_of(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The words that stand together at either end, the most first, each with the others."""
    words = words[:_MOST_WORDS]
    for size in range(len(words) - 1, 0, -1):
        for known, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            if len(part := " ".join(known)) >= _SHORTEST_PART:
                yield part, rest


def meaningful(words: list[str]) -> str:
    """Without the words that mean nothing to a shop: what is left was meant to say something."""
    return " ".join(w for w in words if folded(w) and w.casefold() not in BOUNDS | CONNECTORS | LINKS)


def _words(text: str) -> list[str]:
    """As typed, but for what no eye sees, wide letters, and the many signs of a decimal point."""
    seen = "".join(one for one in normalize("NFKC", text[:LONGEST]) if category(one) != "Cf")
    return _EASTERN.sub("٫", _LISTED.sub(" ", seen[:LONGEST])).split()[:_MOST_WORDS]


def _unglued(word: str, matcher: ServiceMatcher, countries: CountryMatcher) -> list[str]:
    """`电报巴西0.3`: Chinese has no blanks, so a service, a country and a price stand in one word."""
    if not _HAN.search(word) or matcher.exact(word) or countries.named(word) is not None:
        return [word]
    name, *price = _apart(word)
    for at in range(1, len(name)):
        for service, country in ((name[:at], name[at:]), (name[at:], name[:at])):
            if countries.named(country) is not None and matcher.exact(service):
                return [service, country, *price]
    return [name, *price]


def _apart(word: str) -> list[str]:
    """`巴西0.3`: a name and a price."""
    found = _HAN_AND_PRICE.fullmatch(word)
    return [word] if found is None else [found[1], found[2]]


def _split(
    words: list[str], matcher: ServiceMatcher, countries: CountryMatcher
) -> tuple[tuple[int, ...], int | None, list[str]]:
    """Which words are the country: by name before by code; words that are all a service before a misspelt country."""
    said = [word for word in words if word.casefold() not in CONNECTORS or countries.coded(word) is not None]
    for kept in (words, said):
        if exact := matcher.exact(" ".join(kept)):
            return tuple(exact[:_MOST_FOUND]), None, kept
    ranked = matcher.ranked(" ".join(words))
    spelt_well = bool(ranked) and ranked[0][1] is not Rank.TYPO
    alone: tuple[int, list[str]] | None = None
    for look in (countries.dialled, countries.named, countries.coded, countries.misspelt):
        if look == countries.misspelt and (spelt_well or alone):
            break
        for head, tail in _cuts(words):
            if (country := look(" ".join(_bare(tail) or tail))) is None:
                continue
            service = _bare(head)
            if (found := matcher.ranked(" ".join(service))) and not (
                len(service) > 1 and _exact_part(service, matcher)
            ):
                return _ids(found), country, service
            alone = alone or (country, service)
    if not ranked and alone is None:
        words = _bare(words)
        ranked = matcher.ranked(" ".join(words))
    if spelt_well or alone is None:
        return _ids(ranked), None, words
    return (), *alone


def _cuts(words: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """(service, country) for every place a country can stand: behind or before, the longest first."""
    for size in range(min(len(words), 6), 0, -1):
        yield words[:-size], words[-size:]
        yield words[size:], words[:size]


def _bare(words: list[str]) -> list[str]:
    """Without the words at either end that mean nothing to a shop."""
    start, end = 0, len(words)
    while start < end and words[start].casefold() in CONNECTORS:
        start += 1
    while end > start and words[end - 1].casefold() in CONNECTORS:
        end -= 1
    return words[start:end]


def _ids(ranked: list[tuple[int, Rank]]) -> tuple[int, ...]:
    return tuple(ident for ident, _ in ranked[:_MOST_FOUND])


def _without_price(words: list[str], matcher: ServiceMatcher | None = None) -> tuple[list[str], int | None]:
    """The words without the last number and without those around it that only say that it is a maximum."""
    places = [n for n, word in enumerate(words) if _NUMBER_LIKE.fullmatch(word)]
    if not places:
        return words, None
    last = places[-1]
    if matcher is not None and matcher.exact(words[last]) and not _names_a_service(words, last, matcher):
        return words, None  # a service may be called "163"
    before, (after, cents) = _before_price(words[:last]), _behind_price(words[last + 1 :])
    rest = before + after
    if not rest and matcher is not None and matcher.exact(" ".join(words[:last])):
        rest = words[:last]  # a service may be called "Max"
    return rest, _price(words[last], cents=cents)


def _before_price(words: list[str]) -> list[str]:
    while words:
        if size := _phrase(words, -1):
            words = words[:-size]
        elif _is_bound(words):
            words = words[:-1]
        else:
            break
    return words


def _behind_price(words: list[str]) -> tuple[list[str], bool]:
    """Also whether the price was in cents."""
    cents = bool(words) and words[0].casefold() in CENTS
    words = words[cents:]
    while words:
        if size := _phrase(words, 1):
            words = words[size:]
        elif words[0].casefold() in CURRENCIES | BOUNDS or not folded(words[0]):
            words = words[1:]
        else:
            break
    return words, cents


def _phrase(words: list[str], step: int) -> int:
    """How many words at the end (`step` -1) or at the beginning (1) are one of the phrases."""
    sizes = range(min(LONGEST_PHRASE, len(words)), 0, -1)
    ends = ((size, words[-size:] if step < 0 else words[:size]) for size in sizes)
    return next((size for size, end in ends if " ".join(end).casefold() in PHRASES), 0)


def _names_a_service(words: list[str], but: int, matcher: ServiceMatcher) -> bool:
    """Whether the words besides this one name a service, all together or some of them."""
    others = words[:but] + words[but + 1 :]
    return any(matcher.exact(part) for part in (" ".join(others), *(part for part, _ in parts_of(others))))


def _is_bound(before: list[str]) -> bool:
    last, previous = before[-1].casefold(), before[-2].casefold() if len(before) > 1 else ""
    return last in BOUNDS | CURRENCIES or not folded(last) or (last in LINKS and previous in BOUNDS)


def _price(word: str, *, cents: bool = False) -> int | None:
    """Micro-units; None for what can't be a price: nothing, or more than a thousand. `cents`: the next word says so."""
    if (number := _NUMBER.fullmatch(word)) is None:
        return None
    amount = Decimal(re.sub(r"[,٫。]", ".", number[1])) / (100 if cents or number["cent"] else 1)
    return to_micros(amount) or None if amount <= _HIGHEST_PRICE else None
