"""What those get who may not enter: words, a way to ask for more, and nothing at all for the blocked."""

from aiogram.types import CallbackQuery, Message, Update, User

from bot.domain.access import Standing
from bot.domain.entry import Opening, Stranger
from bot.domain.refusals import Reason, RefusalFacts
from bot.faults import DatabaseFault
from bot.i18n import Translator
from bot.screens import home, refusals
from bot.screens.callbacks import AskEntry
from bot.screens.screen import Screen
from bot.screens.shop.suggestions import Articles, open_the_bot
from bot.services.people.entry import Entry
from bot.services.people.invitations import Invitations
from bot.services.people.people import People
from bot.telegram.doorman import Doorman
from bot.telegram.left_links import LeftLinks

INVITATION = "inv_"
_SPENT = frozenset({Opening.USED, Opening.RUN_OUT})


class Strangers:
    """Decides what to say; the doorman says it, seldom and beside the handlers. Their requests are written there, too,
    so that nobody who is served waits for a stranger's."""

    def __init__(
        self, doorman: Doorman, people: People, entry: Entry, invitations: Invitations, left_links: LeftLinks
    ) -> None:
        self._doorman = doorman
        self._people = people
        self._entry = entry
        self._invitations = invitations
        self._left_links = left_links

    async def opens(self, message: Message | None, user: User) -> Opening:
        """What the invitation in this message did, if there is one in it."""
        code = _invitation(message)
        return Opening.NOTHING if code is None else await self._invitations.open(_stranger(user), code)

    async def turn_away(self, event: Update, user: User, opening: Opening, t: Translator) -> None:
        """Says in the way of the update how they are let in. Other kinds of updates are dropped."""
        tap, message, typing = event.callback_query, event.message, event.inline_query
        known = await self._people.get(user.id)
        if known is not None and known.standing is Standing.BLOCKED:
            if tap is not None:
                self._doorman.answer(tap, None)
        elif tap is not None:
            self._tapped(tap, user, t)
        elif typing is not None:
            self._doorman.answer_inline(typing, Articles((), open_the_bot(t)))
        elif message is not None and opening in _SPENT:
            self._doorman.tell(user.id, home.spent_invitation(opening, t), opening.value)
        elif message is not None:
            asks = _is_start(message)
            self._left_links.leave(user.id, _payload(message))
            self._doorman.tell_of(user.id, lambda: self._screen(user, t, asks=asks), "start" if asks else "private")

    def _tapped(self, tap: CallbackQuery, user: User, t: Translator) -> None:
        if tap.data == AskEntry().pack():
            self._doorman.answer_by(tap, lambda: self._asked(user, t))
        else:
            self._doorman.answer(tap, home.blocked_toast(t))

    async def _screen(self, user: User, t: Translator, *, asks: bool) -> Screen:
        try:
            knock = await (self._entry.ask(_stranger(user)) if asks else self._entry.stands(user.id))
        except DatabaseFault:
            return Screen(refusals.text(RefusalFacts(Reason.NOT_SAVED), t))
        return home.private_bot(user.id, self._people.mode, t, knock)

    async def _asked(self, user: User, t: Translator) -> tuple[str, Screen | None]:
        try:
            knock = await self._entry.ask(_stranger(user))
        except DatabaseFault:
            return refusals.toast(RefusalFacts(Reason.NOT_SAVED), t), None
        return home.knock_toast(knock, t), home.asked_for_entry(user.id, self._people.mode, knock, t)


def _stranger(user: User) -> Stranger:
    return Stranger(user.id, user.full_name, user.username, user.language_code)


def _is_start(message: Message) -> bool:
    return (message.text or "").partition(" ")[0].partition("@")[0] == "/start"


def _payload(message: Message) -> str:
    return (message.text or "").partition(" ")[2] if _is_start(message) else ""


def _invitation(message: Message | None) -> str | None:
    payload = "" if message is None else _payload(message)
    return payload.removeprefix(INVITATION) if payload.startswith(INVITATION) else None
