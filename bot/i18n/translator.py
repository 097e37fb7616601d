"""One language: messages, numbers, money, times and names of countries, in its words."""

import gettext
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from babel import Locale
from babel.numbers import format_decimal, format_percent

from bot.domain.signboard import Signboard
from bot.i18n.countries import country_name
from bot.i18n.direction import framed, from_the_right, isolate
from bot.i18n.money import format_balance, format_money, format_price, format_prices
from bot.i18n.text import Html, clean, inserted, labelled
from bot.i18n.times import Kind, format_day, format_moment, format_span

_NOBODYS = Signboard()


def utc_now() -> datetime:
    return datetime.now(UTC)


class Translator:
    """Says things in one language. Messages are our own HTML; every value put into them is escaped unless Html.

    A message without a (sound) translation is said in English. A value that a message names and the caller does not
    give is the caller's mistake and raises KeyError in every language.
    """

    __slots__ = ("_locale", "_now", "_texts", "language", "rtl", "shop")

    def __init__(
        self,
        language: str,
        texts: gettext.NullTranslations,
        now: Callable[[], datetime] = utc_now,
        shop: Signboard = _NOBODYS,
    ) -> None:
        """`now`: how far ahead a moment lies decides how it can be shown. `shop`: who is speaking."""
        self._locale = Locale.parse(language)
        self._now = now
        self._texts = texts
        self.language = language
        self.rtl = self._locale.text_direction == "rtl"
        self.shop = shop

    @property
    def own_name(self) -> str:
        """What this language calls itself, as a label begins: "Português"."""
        name = str(self._locale.get_language_name(self._locale) or self.language)
        return name[:1].upper() + name[1:]

    def __call__(self, message: str, /, **values: object) -> Html:
        """gettext. {name} in the message stands for a value."""
        return self._filled(self._texts.gettext(message) if message else "", values)

    def n(self, one: str, many: str, n: int, /, **values: object) -> Html:
        """ngettext. {n} is the number in the language's form."""
        return self._filled(self._texts.ngettext(one, many, n), values | {"n": self.number(n)})

    def p(self, context: str, message: str, /, **values: object) -> Html:
        """pgettext: the same English word where other languages need several."""
        return self._filled(self._texts.pgettext(context, message), values)

    def plain(self, message: str, /, **values: object) -> str:
        """gettext for labels of buttons and toasts, where nothing is parsed: one line, not escaped."""
        return self._labelled(self._texts.gettext(message) if message else "", values)

    def price(self, micros: int, currency: str) -> str:
        """What is, was or may be paid or set aside, in micro-units (1 USD = 1,000,000): usual decimals, rounded up."""
        return self._amount(format_price(micros, currency, self._locale))

    def prices(self, micros: Iterable[int], currency: str) -> dict[int, str]:
        """Prices that stand side by side, told apart: `price`, with more decimals where two would look the same."""
        shown = format_prices(micros, currency, self._locale)
        return {price: self._amount(text) for price, text in shown.items()}

    def balance(self, micros: int, currency: str) -> str:
        """What somebody has: usual decimals, rounded down."""
        return self._amount(format_balance(micros, currency, self._locale))

    def money(self, micros: int, currency: str) -> str:
        """For those who keep books: up to four decimals where the amount has them, ≈ beyond."""
        return self._amount(format_money(micros, currency, self._locale))

    def number(self, n: int) -> str:
        return str(format_decimal(n, locale=self._locale))

    def percent(self, n: int) -> str:
        """Of whole percents."""
        return str(format_percent(n / 100, locale=self._locale))

    def country(self, code: str | None, fallback: str, label: str | None = None) -> str:
        """The country's name in this language; `fallback`, cleaned, when there is no (known) code.

        `label`, cleaned, where the code alone does not say which one it is.
        """
        return clean(label or "") or country_name(code, self._locale) or clean(fallback)

    def time(self, at: datetime, kind: Kind = "time") -> Html:
        """A moment (UTC) as <tg-time>: the client shows it in its own zone and language."""
        return format_moment(at, kind, self._locale, self._now())

    def day(self, at: datetime) -> str:
        """A day (UTC) without its year, short: "Jan 15"."""
        return format_day(at, self._locale)

    def wait(self, seconds: int) -> str:
        """A span in whole words, for sentences that ask for patience: "45 seconds", "1 hour 5 minutes"."""
        return format_span(seconds, self._locale)

    def span(self, seconds: int) -> str:
        """A span in short words, where there is little room: "45 sec", "1 hr 5 min"."""
        return format_span(seconds, self._locale, "short")

    def joined(self, text: str) -> str:
        """A label that was joined by hand and begins with a flag or a name: read from where this language is read."""
        return from_the_right(text) if self.rtl else text

    def _filled(self, message: str, values: dict[str, object]) -> Html:
        message, bound = framed(message) if self.rtl else (message, frozenset[str]())
        texts = {name: inserted(value, rtl=self.rtl and name not in bound) for name, value in values.items()}
        return Html(message.format_map(texts))  # noqa: S704  the message is ours, the values are escaped

    def _labelled(self, message: str, values: dict[str, object]) -> str:
        message, bound = framed(message) if self.rtl else (message, frozenset[str]())
        texts = {name: labelled(value, rtl=self.rtl and name not in bound) for name, value in values.items()}
        return message.format_map(texts)

    def _amount(self, text: str) -> str:
        """An amount also stands in what is joined by hand, a button's label for one."""
        return isolate(clean(text)) if self.rtl else text
