"""What the operator does not sell: services and countries that the settings deny. Pure: knows lists, asks nobody.

Names are compared as searches compare them: case, accents, scripts, blanks and punctuation make no difference.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.catalog import Country, Service
from bot.domain.listed import Listed
from bot.i18n import code_of, country_names, known_code
from bot.services.shop.country_matching import names_abroad
from bot.services.shop.matching import joined, parts_of_name


@dataclass(frozen=True, slots=True)
class Denial:
    """The operator's two lists as they were written. A `*` in a name stands for any characters, also for none."""

    services: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.services or self.countries)


@dataclass(frozen=True, slots=True)
class Assortment:
    """All that HidSim lists. `denied`, `hidden`: by our ids, the entries that denied some of it before.

    A name of before counts as long as its entry stands: HidSim giving a service another name sells nothing.
    """

    services: Sequence[Service]
    countries: Sequence[Country]
    denied: Mapping[int, str] = field(default_factory=dict)
    hidden: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Denied:
    """What of an assortment is not sold: our ids, each with its entry. `unmatched`: entries that deny nothing."""

    services: dict[int, str] = field(default_factory=dict)
    countries: dict[int, str] = field(default_factory=dict)
    unmatched_services: tuple[str, ...] = ()
    unmatched_countries: tuple[str, ...] = ()


def denied(found: Assortment, denial: Denial, aliases: Mapping[str, Sequence[str]]) -> Denied:
    """A fifth of a second for 20,000 services: beside the loop."""
    services, countries = _Entries(denial.services), _Entries(denial.countries)
    if services.any:
        services.also((name, *others) for name, others in aliases.items())
    if countries.any:
        codes = sorted({one.code for one in found.countries if one.code})
        countries.also((code, *sorted(country_names(code))) for code in codes)
        countries.also(_abroad(codes))
    denied_services = services.of(
        ((one.id, one.hidsim_id, parts_of_name(one.name)) for one in found.services), found.denied
    )
    hidden = countries.of(((one.id, one.hidsim_id, _names_of(one)) for one in found.countries), found.hidden)
    return Denied(
        denied_services, hidden, services.unmatched(denied_services.values()), countries.unmatched(hidden.values())
    )


def listed(services: Sequence[Listed], countries: Sequence[Listed]) -> Assortment:
    """HidSim's lists as an assortment, for whoever has no catalog: our ids are their places."""
    return Assortment(
        [Service(place, one.id, one.name) for place, one in enumerate(services)],
        [
            Country(place, one.id, one.name, known_code(one.code) or code_of(one.name))
            for place, one in enumerate(countries)
        ],
    )


def told(found: Denied, denial: Denial, most: int = 20) -> Iterator[str]:
    """What an operator should hear of the two settings, in sentences: entries that deny nothing, `most` of each."""
    for name, all_of_it, unmatched in (
        ("DENIED_SERVICES", denial.services, found.unmatched_services),
        ("HIDDEN_COUNTRIES", denial.countries, found.unmatched_countries),
    ):
        if unmatched:
            shown = ", ".join(unmatched[:most]) + (", …" if len(unmatched) > most else "")
            yield (
                f"{name}: {len(unmatched)} of {len(all_of_it)} entries match nothing that HidSim lists, so they deny "
                f"nothing (a typo, or HidSim has no such thing): {shown}"
            )


class _Entries:
    """One of the lists, by what its entries are as they are compared: `paypal`, `*bank*`."""

    def __init__(self, written: Iterable[str]) -> None:
        self._written: dict[str, str] = {}
        for one in written:
            self._written.setdefault(_compared(one), one)
        self._ids = {one.strip().casefold(): key for key, one in self._written.items()}
        meant = [key for key in self._written if key.strip("*")]  # what has no letter in it would deny everything
        self._names = {key: key for key in meant if "*" not in key}
        self._starred = tuple((key, max(key.split("*"), key=len)) for key in meant if "*" in key)
        self._alike: dict[str, tuple[str, ...]] = {}

    @property
    def any(self) -> bool:
        return bool(self._written)

    def also(self, groups: Iterable[Iterable[str]]) -> None:
        """An entry that is one name of a group stands for all names of it; not so one with a `*`, or of a group before.

        Several entries may be names of one group, and then they deny the same.
        """
        free = self._names.keys() - self._alike.keys()
        for group in groups:
            names = {joined(name): None for name in group}
            if keys := tuple(name for name in names if name in free):
                self._alike |= dict.fromkeys(keys, keys)
                for name in names.keys() - {""}:
                    self._names.setdefault(name, keys[0])

    def of(self, listed: Iterable[tuple[int, str, Iterable[str]]], before: Mapping[int, str]) -> dict[int, str]:
        """(our id, HidSim's id, names) of what is listed; those that are denied, with the entry."""
        if not self.any:
            return {}
        found = ((ident, self._entry(hidsim_id, names, before.get(ident))) for ident, hidsim_id, names in listed)
        return {ident: entry for ident, entry in found if entry is not None}

    def _entry(self, hidsim_id: str, names: Iterable[str], before: str | None) -> str | None:
        if (key := self._ids.get(hidsim_id.casefold())) is not None:
            return key
        for name in {joined(one) for one in names} - {""}:
            if (key := self._names.get(name)) is not None:
                return key
            for key, longest in self._starred:
                if longest in name and _fits(key, name):
                    return key
        return before if before in self._written else None

    def unmatched(self, matched: Iterable[str]) -> tuple[str, ...]:
        """As they were written."""
        found = {twin for key in matched for twin in self._alike.get(key, (key,))}
        return tuple(one for key, one in self._written.items() if key not in found)


def _compared(entry: str) -> str:
    return re.sub(r"\*+", "*", "*".join(joined(part) for part in entry.split("*")))


def _fits(key: str, name: str) -> bool:
    """Whether the name begins and ends as the key does, with what stands between its stars in this order."""
    first, *between, last = key.split("*")
    if not name.startswith(first):
        return False
    at = len(first)
    for part in between:
        if (at := name.find(part, at)) < 0:
            return False
        at += len(part)
    return name.endswith(last) and at <= len(name) - len(last)


def _abroad(codes: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The codes with their countries' names in other languages."""
    names: dict[str, list[str]] = {code: [code] for code in codes}
    for name, code in names_abroad().items():
        if code in names:
            names[code].append(name)
    return (tuple(one) for one in names.values())


def _names_of(country: Country) -> tuple[str, ...]:
    return (country.name,) if country.code is None else (country.name, country.code)
