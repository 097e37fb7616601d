"""Prepaid wallets: what a person sees, and an admin's credit."""

from aiogram.enums import ButtonStyle
from markupsafe import Markup

from bot.domain.people import CreditAsk, Movement, WalletFacts
from bot.i18n import Translator, clean
from bot.screens.callbacks import GiveCredit, ToAdmin, ToHome, ToOrder
from bot.screens.home import purse_line
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, grid, lines, rows


def wallet(facts: WalletFacts, t: Translator) -> Screen:
    """Balance, holds, the last movements, each with its order."""
    moved = [_movement(m, facts.purse.currency, t) for m in facts.movements]
    orders = list(dict.fromkeys(m.order_id for m in facts.movements if m.order_id is not None))[:6]
    buttons = [button(f"#{order}", ToOrder(order=order)) for order in orders]
    return Screen(
        lines(
            t("👛 <b>Wallet</b>"),
            purse_line(facts.purse, t),
            "" if moved else None,
            *moved,
            "",
            t("Credit is added by the operator."),
        ),
        rows(*grid(buttons, 3), [back(t, ToHome()), menu(t)]),
    )


def _movement(movement: Movement, currency: str, t: Translator) -> Markup:
    kinds = {
        "credit": t("credit"),
        "debit": t("taken back by the operator"),
        "hold": t("reserved"),
        "release": t("reservation given back"),
        "back": t("given back: the price was lower"),
        "rest": t("rest of a reservation given back"),
    }
    kind = movement.ref.partition(":")[0]
    amount = ("+" if movement.amount > 0 else "−") + t.money(abs(movement.amount), currency)
    order = t(" · #{id}", id=str(movement.order_id)) if movement.order_id is not None else Markup("")
    when = t.time(movement.at, "datetime")
    return t("{amount} · {kind} · {when}", amount=amount, kind=kinds.get(kind, kind), when=when) + order


def ask(facts: CreditAsk, t: Translator) -> Screen:
    """Asks back; the button carries only the number of what was asked."""
    amount = t.money(abs(facts.amount), facts.currency)
    who = t("<code>{id}</code> {name}", id=str(facts.person.id), name=clean(facts.person.name, 40))
    text = t("Give {amount} to {who}?", amount=amount, who=who)
    if facts.amount < 0:
        text = t("Take {amount} from {who}?", amount=amount, who=who)
    balance = t("Their balance now: {balance}", balance=t.money(facts.balance, facts.currency))
    note = t("Note: {note}", note=clean(facts.note, 200)) if facts.note else None
    yes = button("✅ " + t.plain("Confirm"), GiveCredit(number=facts.number), ButtonStyle.PRIMARY)
    return Screen(lines(text, balance, note), rows([yes, button("↩️ " + t.plain("Cancel"), ToAdmin())]))


def given(facts: CreditAsk, t: Translator) -> Screen:
    return Screen(
        t(
            "✅ Booked: {amount} for <code>{id}</code>. Their balance: {balance}",
            amount=("−" if facts.amount < 0 else "") + t.money(abs(facts.amount), facts.currency),
            id=str(facts.person.id),
            balance=t.money(facts.balance, facts.currency),
        ),
        rows([back(t, ToAdmin()), menu(t)]),
    )


def told(amount: int, balance: int, currency: str, t: Translator) -> Screen:
    """To the person whose wallet it is."""
    size = t.money(abs(amount), currency)
    text = t("👛 The operator added {amount}.", amount=size)
    if amount < 0:
        text = t("👛 The operator took {amount} back.", amount=size)
    return Screen(lines(text, t("Your balance: {balance}", balance=t.money(balance, currency))), rows([menu(t)]))
