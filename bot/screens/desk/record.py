"""Everybody's orders, and an order's whole story, for admins: without its number and its codes."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.acts import Act
from bot.domain.notices import NoticeKind
from bot.domain.orders import HOLDING, Order, OrderState
from bot.domain.outcomes import Outcome
from bot.facts.record import Done, Happening, Moved, OrderRecord, RecordPage, RecordRow, Told
from bot.i18n import Html, Translator, clean
from bot.screens.callbacks_of_admins import ToAdmin, ToPerson, ToRecord, ToRecords
from bot.screens.desk.acts import words
from bot.screens.desk.audit import named
from bot.screens.flags import of_any, of_order
from bot.screens.labels import ROW, fitted, width
from bot.screens.navigation import arrows, back, menu
from bot.screens.orders.words import title
from bot.screens.screen import Screen, button, lines, rows, typing_at

_SHORTEST_NAME = 5
_WORD = 40


def records(facts: RecordPage, t: Translator) -> Screen:
    of = None if facts.person_id is None else t("Of {who}", who=named(facts.person_id, facts.names, t))
    some = t.n("🧾 <b>Orders</b>: {n} order", "🧾 <b>Orders</b>: {n} orders", facts.total)
    none = lines(t("🧾 <b>Orders</b>"), t("No order was placed yet."))
    hint = t("Tap one to see all that happened to it.") if facts.rows else None
    return Screen(
        lines(some if facts.total else none, of, hint),
        rows(
            *([button(_row(one, t), ToRecord(order=one.order.id, person=facts.person_id))] for one in facts.rows),
            arrows(facts.page, lambda number: ToRecords(number=number, person=facts.person_id)),
            [back(t, ToAdmin() if facts.person_id is None else ToPerson(person=facts.person_id)), menu(t)],
        ),
        place=typing_at(ToRecords(number=facts.page.number, person=facts.person_id)),
    )


def _row(one: RecordRow, t: Translator) -> str:
    """What is known of the order stays whole, the service's name gets what room is left."""
    order = one.order
    begin = f"#{order.id}"
    paid = t.price(order.charged, order.currency) if order.charged else ""
    end = " ".join(part for part in (of_order(order), _in_a_word(one, t), paid) if part)
    left = max(_SHORTEST_NAME, ROW - width(f"{begin}  {end}"))
    return f"{begin} {fitted(order.service_name, left)} {end}"


def _in_a_word(one: RecordRow, t: Translator) -> str:
    match one.order.state:
        case OrderState.BOUGHT:
            return t.plain("judged bought")
        case OrderState.NOT_BOUGHT:
            return t.plain("judged not bought")
        case _:
            return short(one.outcome, t)


def short(outcome: Outcome, t: Translator) -> str:
    """In a word, for a row of a list."""
    say: Mapping[Outcome, Callable[[], str]] = {
        Outcome.IN_PROGRESS: lambda: t.plain("waiting"),
        Outcome.CODE: lambda: t.plain("code"),
        Outcome.SMS: lambda: t.plain("SMS"),
        Outcome.NO_NUMBER: lambda: t.plain("no number"),
        Outcome.NO_CODE: lambda: t.plain("no code"),
        Outcome.CLOSED: lambda: t.plain("closed"),
        Outcome.REFUSED: lambda: t.plain("refused"),
        Outcome.UNCONFIRMED: lambda: t.plain("unconfirmed"),
    }
    return say[outcome]()


def record(facts: OrderRecord, t: Translator, of: int | None = None) -> Screen:
    """`of`: the person among whose orders it was found, where Back leads; None: everybody's."""
    order = facts.order
    number = t("Number: …{digits}", digits=facts.digits) if facts.digits else None
    first = order.placed_at
    return Screen(
        lines(
            Html("🧾 ") + title(order, t),
            t("👤 {who}", who=named(order.person_id, facts.names, t)),
            t("🕐 {time}", time=t.time(first, "datetime")),
            _asked(order, t),
            _result(facts, t),
            number,
            t("SMS: {sms}, with a code: {codes}", sms=t.number(facts.sms), codes=t.number(facts.codes)),
            _money(facts, t),
            "",
            *(_told(one, first, order.currency, facts, t) for one in facts.happenings),
        ),
        rows(
            arrows(facts.page, lambda number: ToRecord(order=order.id, number=number, person=of)),
            [None if of else button("🧾 " + t.plain("Their orders"), ToRecords(person=order.person_id))],
            [back(t, ToRecords(person=of)), menu(t)],
        ),
    )


def _asked(order: Order, t: Translator) -> Html:
    low, high = (t.money(end, order.currency) for end in (order.window.low, order.window.high))
    if order.product_id is not None:
        return t("Asked for one offer at {price}", price=high)
    if order.countries:
        # NOTE: {countries} are the flags of several countries, of which the number may be of any
        return t("Asked for {low} to {high}, one of {countries}", low=low, high=high, countries=of_any(order.countries))
    return t("Asked for {low} to {high}", low=low, high=high)


def _result(facts: OrderRecord, t: Translator) -> Html:
    """Why it failed, if it did: each reason apart."""
    say: Mapping[Outcome, Callable[[], Html]] = {
        Outcome.IN_PROGRESS: lambda: t("⏳ <b>In progress</b>"),
        Outcome.CODE: lambda: t("✅ <b>The code came</b>"),
        Outcome.SMS: lambda: t("📩 <b>Completed without a code</b>"),
        Outcome.NO_NUMBER: lambda: t("↩️ <b>No number</b>: HidSim found none"),
        Outcome.NO_CODE: lambda: t("↩️ <b>No code</b>: none came in time"),
        Outcome.CLOSED: lambda: t("✋ <b>Closed</b> before a code came"),
        Outcome.REFUSED: lambda: _refused(facts.order, t),
        Outcome.UNCONFIRMED: lambda: _lost(facts.order, t),
    }
    return say[facts.outcome]()


def _lost(order: Order, t: Translator) -> Html:
    match order.state:
        case OrderState.BOUGHT:
            return t("⚖️ <b>Judged bought</b>: the purchase's answer was lost")
        case OrderState.NOT_BOUGHT:
            return t("⚖️ <b>Judged not bought</b>: the purchase's answer was lost")
        case _:
            return t("⚠️ <b>Unconfirmed</b>: the purchase's answer was lost")


def _refused(order: Order, t: Translator) -> Html:
    why = clean((order.reason or "").replace("_", " "), _WORD)
    return t("😕 <b>Refused</b>: {why}", why=why) if why else t("😕 <b>Refused</b>")


def _money(facts: OrderRecord, t: Translator) -> Html:
    order = facts.order

    def amount(micros: int | None) -> str:
        return "–" if micros is None else t.money(micros, order.currency)

    told = {"price": amount(order.price), "paid": amount(order.charged), "cost": amount(facts.cost)}
    if order.state not in HOLDING:
        return t("Price {price} · paid {paid} · cost {cost}", **told)
    return t("Set aside {held} · price {price} · paid {paid} · cost {cost}", held=amount(order.held), **told)


def _told(one: Happening, first: datetime, currency: str, facts: OrderRecord, t: Translator) -> Html:
    match one:
        case Done():
            said = _deed(one, facts, t)
        case Moved():
            said = t("💰 {what}: {amount}", what=_move(one, t), amount=t.money(one.amount, currency))
        case Told():
            said = _push(one, facts, t)
    return Html("<code>{}</code> {}").format(after(first, one.at), said)


def after(first: datetime, at: datetime) -> str:
    """A moment as the time since the first: minutes, seconds and tenths; hours and days where it took so long."""
    sign = "-" if at < first else "+"
    tenths = round(abs((at - first).total_seconds()) * 10)
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return f"{sign}{minutes}:{rest // 10:02}.{rest % 10}"
    return f"{sign}{hours}:{minutes:02}:{rest // 10:02}"


def _deed(one: Done, facts: OrderRecord, t: Translator) -> Html:
    parts = [words(one.act, one.word, t)]
    if one.actor_id is not None:
        parts.append(named(one.actor_id, facts.names, t))
    parts.extend(_status(one, t))
    reason = one.detail.get("reason")
    if isinstance(reason, str):
        parts.append(Html("{}").format(clean(reason.replace("_", " "), _WORD).replace("\n", " ")))
    return Html(" · ").join(parts)


def _status(one: Done, t: Translator) -> list[Html]:
    """How HidSim answered, as HTTP says it."""
    if one.act not in (Act.ORDER_CLOSE_TRIED, Act.ORDER_SMS_ASKED):
        return []
    status, wait = one.detail.get("status"), one.detail.get("wait")
    if not isinstance(status, int):
        return [t("the answer was lost")]
    if isinstance(wait, int):
        return [t("HTTP {status}, {wait} too early", status=str(status), wait=t.wait(wait))]
    return [t("HTTP {status}", status=str(status))]


def _move(one: Moved, t: Translator) -> Html:
    say: Mapping[str, Callable[[], Html]] = {
        "hold": lambda: t("set aside"),
        "free": lambda: t("free again, the number costs less"),
        "capture": lambda: t("paid"),
        "rest": lambda: t("free again, the rest"),
        "release": lambda: t("free again, all of it"),
        "back": lambda: t("given back, the price was lower"),
        "cost": lambda: t("cost at HidSim"),
        "cost-back": lambda: t("cost back from HidSim"),
        "suspense": lambda: t("booked as a cost, in doubt"),
    }
    found = say.get(one.what)
    return Html("{}").format(clean(one.what, _WORD)) if found is None else found()


def _push(one: Told, facts: OrderRecord, t: Translator) -> Html:
    what = t("🔔 {what}", what=_kind(one.kind, t))
    if one.person_id != facts.order.person_id:
        what = t("{what} to {whom}", what=what, whom=named(one.person_id, facts.names, t))
    if one.done_at is None:
        how = t("not sent yet")
    elif one.taken:
        how = t("taken by Telegram {time}", time=after(facts.order.placed_at, one.done_at))
    else:
        how = t("told by another message {time}", time=after(facts.order.placed_at, one.done_at))
    if not one.tries:
        return t("{what}: {how}", what=what, how=how)
    return t.n("{what}: {how}, refused {n} time", "{what}: {how}, refused {n} times", one.tries, what=what, how=how)


def _kind(kind: NoticeKind | None, t: Translator) -> Html:
    say: Mapping[NoticeKind, Callable[[], Html]] = {
        NoticeKind.CODE: lambda: t("code"),
        NoticeKind.NUMBER: lambda: t("number"),
        NoticeKind.PRICED: lambda: t("price"),
        NoticeKind.ENDED: lambda: t("end"),
        NoticeKind.REFUSED: lambda: t("refusal"),
        NoticeKind.UNCONFIRMED: lambda: t("lost answer"),
        NoticeKind.RELEASED: lambda: t("money back"),
        NoticeKind.ALERT: lambda: t("alert"),
    }
    found = say.get(kind) if kind is not None else None
    return t("message") if found is None else found()
