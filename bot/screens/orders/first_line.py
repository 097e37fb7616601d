"""What a lock screen shows of a message: the number or the code first, the service's name behind it, no sign before."""

from bot.domain.orders import Order, Sms
from bot.domain.sms import clip
from bot.i18n import Html, Translator, clean, flag
from bot.i18n.phone import international, region_elsewhere
from bot.screens.flags import of_any
from bot.screens.orders.sms import code_of
from bot.screens.screen import COPY_LIMIT, lines

SEEN = 40
"""Characters of a message that a notification shows for sure."""
_LONGEST_CODE = 24
_SHORTEST_NAME = 8
_BETWEEN = 7
"""Characters around the two at most: spaces, a sign, and marks that keep a direction."""


def number_line(order: Order, t: Translator, *, whole: bool) -> Html:
    """Of an order with a number. `whole`: with all of the service's name, where no lock screen shows it."""
    number = international(order.number or "", order.region)
    service = _name(order) if whole else _named(order, len(number))
    # NOTE: begins a message, of which a lock screen shows 40 characters: first the number, then the service's name
    return t("<code>{number}</code> 📞 <b>{service}</b>", number=number, service=service)


def code_lines(order: Order, sms: Sms, t: Translator) -> Html:
    """A code that is too long for the first line stands whole, to be tapped, on the second."""
    code = code_of(sms)
    if code is None:
        # NOTE: begins a message about an SMS in which no code was found: the name of the service that sent it
        return t("SMS 💬 <b>{service}</b>", service=_named(order, 3))
    shown = clip(code, _LONGEST_CODE)
    whole = Html("<code>{}</code>").format(clip(code, COPY_LIMIT))
    first = t(
        # NOTE: begins a message, of which a lock screen shows 40 characters: first the code, then the service's name
        "{code} 🔑 <b>{service}</b>",
        code=whole if shown == code else Html("{}").format(shown),
        service=_named(order, len(shown)),
    )
    return first if shown == code else lines(first, whole)


def _named(order: Order, before: int) -> str:
    """The service's name, cut to the room that so many characters before it leave."""
    return clean(_name(order), max(_SHORTEST_NAME, SEEN - _BETWEEN - before))


def _name(order: Order) -> str:
    """The service's name on one line."""
    return clean(order.service_name).replace("\n", " ")


def place(order: Order, t: Translator) -> Html:
    if not order.country_known:
        # NOTE: {countries} are flags: the number may be of any of these countries
        return t("One of {countries} · #{id}", countries=of_any(order.countries), id=str(order.id))
    return t("{flag} {country} · #{id}", flag=flag(order.country_code), country=_country(order, t), id=str(order.id))


def _country(order: Order, t: Translator) -> str:
    return t.country(order.country_code, order.country_name, order.country_label)


def elsewhere(order: Order, t: Translator) -> Html | None:
    """That the number is from none of the countries ordered; None where nobody can say so."""
    whence = _whence(order, t)
    if whence is None:
        return None
    found = {"flag": whence[0], "country": whence[1], "service": clean(order.service_name, 40)}
    if order.countries:
        return t(
            "⚠️ This number is from {flag} {country}, which is none of the countries you ordered. "
            "If {service} does not take it, close it: no code, no charge.",
            **found,
        )
    return t(
        "⚠️ This number is from {flag} {country}, you ordered {ordered_flag} {ordered}. "
        "If {service} does not take it, close it: no code, no charge.",
        ordered_flag=flag(order.country_code),
        ordered=_country(order, t),
        **found,
    )


def _whence(order: Order, t: Translator) -> tuple[str, str] | None:
    """Flag and name of the country elsewhere: the one that was told, else the one that the digits are of."""
    if order.elsewhere:
        return flag(order.country_code), _country(order, t)
    ordered = [one.code for one in order.countries] or [order.country_code]
    region = None if order.number is None else region_elsewhere(order.number, ordered)
    return None if region is None else (flag(region), t.country(region, region))
