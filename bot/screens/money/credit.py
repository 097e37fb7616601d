"""An admin gives credit to somebody, or takes it: by buttons, or by an amount that is typed."""

from aiogram.types import InlineKeyboardButton

from bot.domain.access import Role
from bot.domain.people import Person
from bot.facts.money import CreditAsk, CreditDesk
from bot.i18n import Html, Translator, clean, unlinked
from bot.screens.asking import confirm_or_cancel
from bot.screens.callbacks import ToWallet
from bot.screens.callbacks_of_admins import DeclineCredit, GiveCredit, GrantCredit, ProposeCredit, ToCredit, ToPerson
from bot.screens.contact import ask_line
from bot.screens.naming import plainly, who
from bot.screens.navigation import back, menu
from bot.screens.screen import Row, Screen, button, grid, lines, rows, typing_at


def desk(facts: CreditDesk, t: Translator) -> Screen:
    """What they have, what they ask for, and amounts to give, or to take."""
    person, money = facts.person, t.money(facts.balance, facts.currency)
    here = ToCredit(person=person.id, taken=facts.taken)
    return Screen(
        lines(
            t("👛 Credit of {who}", who=who(person.id, person.name, t)),
            t("Their balance: {balance}", balance=money),
            t("Set aside: {amount}", amount=t.money(facts.held, facts.currency)) if facts.held else None,
            *_asked(facts, t),
            "",
            t("Tap an amount to take it back, or type one.")
            if facts.taken
            else t("Tap an amount to give it, or type one."),
        ),
        rows(
            _answers(facts, t),
            *grid(_amounts(facts, t), 3),
            [_everything(facts, money, t)],
            [_other_way(facts, t)],
            [back(t, ToPerson(person=facts.person.id)), menu(t)],
        ),
        place=typing_at(here),
    )


def _asked(facts: CreditDesk, t: Translator) -> list[Html]:
    if facts.request is None:
        return []
    asked = t("🙏 They ask for {amount}.", amount=t.money(facts.request.amount, facts.currency))
    return [asked, *quoted(facts.request.reason)]


def _answers(facts: CreditDesk, t: Translator) -> Row:
    request = facts.request
    if request is None:
        return []
    return [
        grant_button(request.id, request.amount, facts.currency, t),
        button("🚫 " + t.plain("Decline"), DeclineCredit(request=request.id)),
    ]


def grant_button(request_id: int, amount: int, currency: str, t: Translator) -> InlineKeyboardButton:
    label = t.plain("Grant · {amount}", amount=t.money(amount, currency))
    return button("✅ " + label, GrantCredit(request=request_id, amount=amount))


def _amounts(facts: CreditDesk, t: Translator) -> list[InlineKeyboardButton]:
    return [
        button(
            ("−" if facts.taken else "+") + t.money(amount, facts.currency),
            ProposeCredit(person=facts.person.id, amount=amount, taken=facts.taken),
        )
        for amount in facts.amounts
    ]


def _everything(facts: CreditDesk, money: str, t: Translator) -> InlineKeyboardButton | None:
    if not facts.taken or facts.balance <= 0:
        return None
    label = t.plain("Take all · {amount}", amount=money)
    return button(label, ProposeCredit(person=facts.person.id, amount=facts.balance, taken=True))


def _other_way(facts: CreditDesk, t: Translator) -> InlineKeyboardButton | None:
    if facts.taken:
        # NOTE: leads from taking credit to giving it
        return button("👛 " + t.plain("Give credit"), ToCredit(person=facts.person.id))
    # NOTE: leads from giving credit to taking it
    take = button("➖ " + t.plain("Take credit"), ToCredit(person=facts.person.id, taken=True))
    return take if facts.balance > 0 else None


def ask(facts: CreditAsk, t: Translator) -> Screen:
    """Asks back; the button carries only the number of what was asked. Another amount may be typed."""
    person, amount = facts.person, t.money(abs(facts.amount), facts.currency)
    named = who(person.id, person.name, t)
    text = t("Give {amount} to {who}?", amount=amount, who=named)
    if facts.amount < 0:
        text = t("Take {amount} from {who}?", amount=amount, who=named)
    after = facts.balance + facts.amount
    balance = (
        t("Their balance now: {balance}", balance=t.money(facts.balance, facts.currency))
        if after < 0
        else changed(facts.balance, after, facts.currency, t)
    )
    note = t("Note: {note}", note=clean(facts.note, 200)) if facts.note else None
    no = ToCredit(person=person.id, taken=facts.amount < 0)
    return Screen(
        lines(text, balance, note),
        confirm_or_cancel(t, GiveCredit(number=facts.number), no),
        place=typing_at(no),
    )


def given(facts: CreditAsk, t: Translator) -> Screen:
    person, amount = facts.person, t.money(abs(facts.amount), facts.currency)
    named = who(person.id, person.name, t)
    text = t("✅ {amount} added to the wallet of {who}.", amount=amount, who=named)
    if facts.amount < 0:
        text = t("✅ {amount} taken from the wallet of {who}.", amount=amount, who=named)
    if facts.before is None:
        # NOTE: credit that was given before, and not again by this tap
        text = lines(text, t("This was done already, so nothing was done again."))
        balance = t("Their balance: {balance}", balance=t.money(facts.balance, facts.currency))
    else:
        balance = changed(facts.before, facts.balance, facts.currency, t)
    return Screen(
        lines(text, balance, *_besides(facts, t)),
        rows([to_credit(person.id, t), back(t, ToPerson(person=facts.person.id))], [menu(t)]),
    )


def _besides(facts: CreditAsk, t: Translator) -> list[Html | None]:
    """What else became of it, by this tap."""
    if facts.before is None:
        return []
    request = facts.answers
    asked = None if request is None else t.money(request.amount, facts.currency)
    return [
        t("They had asked for {amount}: this answers that request.", amount=asked) if asked else None,
        t("They can't use the bot, so they were not told.") if facts.person.role is Role.STRANGER else None,
    ]


def told(amount: int, balance: int, currency: str, t: Translator) -> Screen:
    """To the person whose wallet it is."""
    left = t("Your balance: {balance}", balance=t.balance(balance, currency))
    look = [button("👛 " + t.plain("Wallet"), ToWallet()), menu(t)]
    if amount < 0:
        text = t("👛 {amount} was taken back from your wallet.", amount=t.price(-amount, currency))
        return Screen(lines(text, left, ask_line(t)), rows(look))
    return Screen(
        lines(t("👛 {amount} was added to your wallet.", amount=t.balance(amount, currency)), left), rows(look)
    )


def changed(before: int, after: int, currency: str, t: Translator) -> Html:
    # NOTE: what somebody has, before and after
    return t("Their balance: {before} → {after}", before=t.money(before, currency), after=t.money(after, currency))


def to_credit(person_id: int, t: Translator) -> InlineKeyboardButton:
    # NOTE: leads to somebody's credit, where an admin gives or takes some
    return button("👛 " + t.plain("Credit"), ToCredit(person=person_id))


def by(person: Person, t: Translator) -> Html:
    """An admin to an admin, by the name alone."""
    shown = plainly(person.name)
    return t("<b>{name}</b>", name=shown) if shown else who(person.id, "", t)


def quoted(reason: str) -> list[Html]:
    """Somebody's own words, which may be anything; Telegram finds nothing in them to tap."""
    shown = unlinked(clean(reason).strip())
    return [Html("<blockquote>{}</blockquote>").format(shown)] if shown else []
