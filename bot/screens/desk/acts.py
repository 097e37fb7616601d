"""What was done, in words: a line for each act of the audit."""

from collections.abc import Callable

from bot.domain.acts import Act
from bot.i18n import Html, Translator, clean

_WORD = 40

WORDS: dict[Act, Callable[[Translator], Html]] = {
    Act.ORDER_PLACING: lambda t: t("🛒 asked for a number"),
    Act.ORDER_SENT: lambda t: t("📤 given out to HidSim"),
    Act.ORDER_REFUSED: lambda t: t("😕 refused: nothing was bought"),
    Act.ORDER_UNCONFIRMED: lambda t: t("⚠️ the purchase's answer was lost"),
    Act.ORDER_RELEASED: lambda t: t("↩️ never confirmed: the money is back"),
    Act.ORDER_BOUGHT: lambda t: t("↩️ bought, and never shown: the money is back"),
    Act.ORDER_NOT_BOUGHT: lambda t: t("↩️ not bought: the money is back"),
    Act.ORDER_CREATING: lambda t: t("⏳ HidSim: creating"),
    Act.ORDER_PENDING: lambda t: t("📞 HidSim: pending, the number is there"),
    Act.ORDER_COMPLETED: lambda t: t("✅ HidSim: completed"),
    Act.ORDER_NO_NUMBER_REFUNDED: lambda t: t("↩️ HidSim: no number, refunded"),
    Act.ORDER_SYSTEM_REFUNDED: lambda t: t("↩️ HidSim: no code, refunded"),
    Act.ORDER_USER_REFUNDED: lambda t: t("↩️ HidSim: closed, refunded"),
    Act.ORDER_JUDGED_BOUGHT: lambda t: t("⚖️ said that it was bought"),
    Act.ORDER_JUDGED_NOT_BOUGHT: lambda t: t("⚖️ said that it was not bought"),
    Act.ORDER_PRICE_ASSUMED: lambda t: t("💲 no price was named: the maximum was taken"),
    Act.ORDER_PRICE_CORRECTED: lambda t: t("💲 the price came late: the rest is back"),
    Act.ORDER_CLOSE_TRIED: lambda t: t("✋ tried to close it"),
    Act.ORDER_SMS_ASKED: lambda t: t("📩 asked for another SMS"),
    Act.BUYING_PAUSED: lambda t: t("⏸ paused buying"),
    Act.BUYING_RESUMED: lambda t: t("▶️ let people buy again"),
    Act.BOOKS_APART: lambda t: t("⚖️ found the books and HidSim's balance apart"),
    Act.BOOKS_FIXED: lambda t: t("⚖️ booked the difference"),
    Act.CREDIT_ASKED: lambda t: t("💳 prepared a change of credit"),
    Act.CREDIT_DONE: lambda t: t("💳 changed the credit"),
    Act.PERSON_ALLOWED: lambda t: t("✅ let in"),
    Act.PERSON_BLOCKED: lambda t: t("⛔ kept out"),
    Act.PERSON_UNKNOWN: lambda t: t("▫️ took the decision back"),
    Act.PERSON_INVITE: lambda t: t("✉️ made an invitation"),
    Act.PERSON_ACCEPTED: lambda t: t("✉️ came in by an invitation"),
    Act.PERSON_LIMITED: lambda t: t("🎚 set a limit"),
    Act.PERSON_ROLE: lambda t: t("🛠 changed the role"),
    Act.PERSON_ERASED: lambda t: t("🧹 deleted their own data"),
    Act.ENTRY_IGNORED: lambda t: t("🙈 ignored somebody who asked to be let in"),
    Act.INVITATION_REVOKED: lambda t: t("✉️ revoked an invitation"),
    Act.CREDIT_REQUESTED: lambda t: t("🙏 asked for credit"),
    Act.CREDIT_WITHDRAWN: lambda t: t("🙏 took a request for credit back"),
    Act.CREDIT_DECLINED: lambda t: t("💳 declined credit"),
    # NOTE: what people owed since billing was shared, when it turned prepaid
    Act.DEBTS_FORGIVEN: lambda t: t("💳 set wallets below zero to zero: billing is prepaid"),
    Act.DIGEST_SET: lambda t: t("🗞 changed the hour of the digest"),
    Act.GUARD_LEVEL: lambda t: t("🛡 the account guard changed its level"),
    Act.ORDER_CLOSE_SENT: lambda t: t("✋ had it closed"),
    # NOTE: another number, bought because the order before it ended without a code
    Act.ORDER_FOLLOWS: lambda t: t("🔁 follows an order without a code"),
    Act.ORDERS_EXPORTED: lambda t: t("📄 exported orders"),
}
"""Every act has its words; a test walks this list."""


def words(act: Act | None, word: str, t: Translator) -> Html:
    """`word`: as it is stored, for an act of another release."""
    say = WORDS.get(act) if act is not None else None
    return Html("<code>{}</code>").format(clean(word, _WORD)) if say is None else say(t)
