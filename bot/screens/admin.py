"""What admins see and steer."""

from aiogram.enums import ButtonStyle

from bot.domain.access import AccessMode, Standing
from bot.domain.people import HidSimBalance, PeopleFacts, Person
from bot.domain.refusals import RefusalFacts
from bot.i18n import Translator, clean
from bot.screens import refusals
from bot.screens.callbacks import Decide, Invite, ToAdmin, ToBalance, ToBuying, ToHome, ToPeople, ToUnconfirmed
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, lines, rows


def admin_menu(t: Translator) -> Screen:
    return Screen(
        lines(
            t("<b>Admin</b>"),
            t("Commands: /balance, /users, /allow ID, /block ID, /invite, /pause, /resume, /unconfirmed"),
            t("Prepaid wallets: /credit ID AMOUNT note, /debit ID AMOUNT note"),
        ),
        rows(
            [button("🏦 " + t.plain("Balance"), ToBalance()), button("👥 " + t.plain("People"), ToPeople())],
            [
                button("⏯ " + t.plain("Buying"), ToBuying()),
                button("⚠️ " + t.plain("Unconfirmed"), ToUnconfirmed()),
            ],
            [button("✉️ " + t.plain("Invite"), Invite()), back(t, ToHome())],
        ),
    )


def balance(facts: HidSimBalance, refused: RefusalFacts | None, t: Translator) -> Screen:
    """`refused`: why HidSim's own figure can't be read now; ours are shown all the same."""
    if facts.balance is not None:
        theirs = t("HidSim balance: <b>{amount}</b>", amount=t.money(facts.balance, facts.currency))
    elif refused is not None:
        theirs = refusals.text(refused, t)
    else:
        theirs = t("HidSim balance: HidSim gives none")
    return Screen(
        lines(
            t("🏦 <b>Balance</b>"),
            theirs,
            t("Reserved for orders in progress: {amount}", amount=t.money(facts.held, facts.currency)),
            t("Spent today (UTC): {amount}", amount=t.money(facts.spent_today, facts.currency)),
            t("Spent in 7 days: {amount}", amount=t.money(facts.spent_week, facts.currency)),
        ),
        rows([button("🔄 " + t.plain("Refresh"), ToBalance()), back(t, ToAdmin()), menu(t)]),
    )


def people(facts: PeopleFacts, t: Translator) -> Screen:
    modes = {
        AccessMode.CLOSED: t("Access: closed. Only admins and those they allow."),
        AccessMode.INVITE: t("Access: by invitation. /invite makes a link for one person."),
        AccessMode.OPEN: t("Access: open to everybody who is not blocked."),
    }
    standing = {Standing.ALLOWED: "✅", Standing.BLOCKED: "⛔", Standing.UNKNOWN: "▫️"}
    found = [
        t("{sign} <code>{id}</code> {name}", sign=standing[p.standing], id=str(p.id), name=clean(p.name, 40))
        for p in facts.people
    ]
    return Screen(
        lines(t("👥 <b>People</b>"), modes[facts.mode], "", *found, "", t("/allow ID lets in, /block ID keeps out.")),
        rows([back(t, ToAdmin()), menu(t)]),
    )


def confirm(person: Person, standing: Standing, t: Translator) -> Screen:
    """Acts on people ask back."""
    who = t("<code>{id}</code> {name}", id=str(person.id), name=clean(person.name, 40))
    ask = (
        t("Let {who} in?", who=who)
        if standing is Standing.ALLOWED
        else t("Keep {who} out? Their orders in progress go on, but they can't use the bot.", who=who)
    )
    return Screen(
        ask,
        rows(
            [
                button("✅ " + t.plain("Confirm"), Decide(person=person.id, standing=standing), ButtonStyle.PRIMARY),
                button("↩️ " + t.plain("Cancel"), ToAdmin()),
            ]
        ),
    )


def decided(person: Person, t: Translator) -> Screen:
    who = t("<code>{id}</code>", id=str(person.id))
    if person.is_admin:
        text = t("{who} is an admin by the settings (ADMIN_IDS) and stays in.", who=who)
    elif person.standing is Standing.ALLOWED:
        text = t("✅ {who} may use the bot now. They only have to send /start.", who=who)
    else:
        text = t("⛔ {who} is kept out now.", who=who)
    return Screen(text, rows([button("👥 " + t.plain("People"), ToPeople()), menu(t)]))


def invitation(link: str, mode: AccessMode, t: Translator) -> Screen:
    if mode is AccessMode.CLOSED:
        return Screen(
            t("Invitations are off: ACCESS is closed. Use /allow ID, or set ACCESS=invite and restart the bot."),
            rows([back(t, ToAdmin()), menu(t)]),
        )
    return Screen(
        lines(t("✉️ This link lets one person in, once:"), t("<code>{link}</code>", link=link)),
        rows([back(t, ToAdmin()), menu(t)]),
    )
