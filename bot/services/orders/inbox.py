"""The SMS of an answer, each with its code and a stable key, and what they change in what an order has already."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.db.database import Tx
from bot.db.orders import erasing, orders
from bot.db.orders import sms as sms_rows
from bot.domain.answer import Answer, Received
from bot.domain.details import CodeCorrected
from bot.domain.moves import Told
from bot.domain.notices import NoticeKind
from bot.domain.orders import Order, Sms
from bot.domain.seals import told_before
from bot.domain.sms import fingerprint, guess_code
from bot.domain.told_code import alike, better, holds, restored
from bot.i18n.phone import completed


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What an answer's SMS changed: `told`, a notice each; `new`: one is there that was not."""

    told: tuple[Told, ...] = ()
    new: bool = False

    def __add__(self, other: "Arrivals") -> "Arrivals":
        return Arrivals((*self.told, *other.told), self.new or other.new)


def keyed(answer: Answer) -> Iterator[tuple[str, Sms]]:
    """Each SMS with its fingerprint; equal texts are told apart by their number."""
    seen_before: Counter[str] = Counter()
    for message in _messages(answer):
        words = message.text or message.code or ""
        seen_before[words] += 1
        yield fingerprint(words, seen_before[words]), message


def _messages(answer: Answer) -> list[Sms]:
    """The answer's SMS with their codes: the structured field first, else the likeliest code, marked as a guess."""
    if not answer.texts:
        return [Sms(0, "", answer.code, None, None)] if answer.code else []
    found, owners = [], _owners(answer)
    for sms in answer.texts:
        told = sms.code or (answer.code if sms in owners else None)
        code = None if told is None else restored(told, sms.text)
        guess = guess_code(sms.text) if code is None else None
        found.append(Sms(0, sms.text, code or guess, sms.sender, sms.received_at, guessed=guess is not None))
    return found


def _owners(answer: Answer) -> list[Received]:
    """Whose code the operation's is: the texts that hold it; the newest, when none does and none brings its own."""
    code = answer.code
    if code is None:
        return []
    holding = [sms for sms in answer.texts if (alike(code, sms.code) if sms.code else holds(sms.text, code))]
    return holding or list(answer.texts[-1:])


async def take(tx: Tx, order: Order, answer: Answer) -> Arrivals:
    """Every SMS once, each with what is to be told of it.

    A code that HidSim gives first without its text and then with it, or the other way round, is one SMS. A code that
    HidSim corrects is told again, as the correction that it is. An erased SMS that HidSim tells again stays erased.
    """
    found = list(keyed(answer))
    known = await sms_rows.keyed(tx, order.id) if found else {}
    arrivals = await _take(tx, order, *_left(order, answer, found, known))
    if arrivals.new and order.erased_at is not None:
        await erasing.take_up(tx, order.id, answer.number)
    return arrivals


async def _take(tx: Tx, order: Order, found: Sequence[tuple[str, Sms]], known: dict[str, Sms]) -> Arrivals:
    arrivals = Arrivals()
    for key, message in found:
        if key in known:
            if not _corrects(known[key], message):
                continue
            if not _of_another_sms(known[key], message):
                arrivals += await _correct(tx, order, key, known[key], message)
                continue
            key, message = fingerprint(message.code or ""), replace(message, text="")
        if key in known or (not message.text and _like(known, message)):
            continue
        bare = next((one for one in _like(known, message).items() if not one[1].text), None)
        if bare is not None:
            del known[bare[0]]
            arrivals += await _correct(tx, order, key, bare[1], message)
            continue
        arrivals += await _add(tx, order, key, message)
    return arrivals


def unwritten(order: Order, answer: Answer, known: dict[str, Sms]) -> Iterator[tuple[Told, Sms]]:
    """What `take` would tell of this answer, for a time in which nothing can be written.

    `known`: the order's SMS by their fingerprints. Of two SMS with one code only the first is told.
    """
    found, known = _left(order, answer, list(keyed(answer)), known)
    for key, message in found:
        if key not in known and not _like(known, message):
            known = {**known, key: message}
            yield Told(NoticeKind.CODE, f"code:{order.id}:{key}"), message
        elif key in known and known[key].code != message.code and _corrects(known[key], message):
            yield _corrected(order.id, known[key], message), message


def _left(
    order: Order, answer: Answer, found: Sequence[tuple[str, Sms]], known: dict[str, Sms]
) -> tuple[Sequence[tuple[str, Sms]], dict[str, Sms]]:
    """What was told and what is known, without what is erased."""
    seals = [(key, sms) for key, sms in known.items() if sms.erased]
    if not seals:
        return found, known
    number = completed(answer.number, order.region) if answer.number else None
    left = [(key, message) for key, message in found if not told_before(key, message, number, seals)]
    return left, {key: sms for key, sms in known.items() if not sms.erased}


def _like(known: dict[str, Sms], message: Sms) -> dict[str, Sms]:
    """What is known with this code."""
    told = message.code
    return {key: one for key, one in known.items() if told and one.code and alike(one.code, told)}


def _corrects(known: Sms, told: Sms) -> bool:
    """HidSim's own word goes before a guess, and its last word before earlier ones."""
    if told.code is None or told.guessed:
        return False
    return known.code is None or known.guessed or better(told.code, known.code)


def _of_another_sms(known: Sms, told: Sms) -> bool:
    """The text proves the code that it has, so the new one belongs to an SMS whose text is still to come."""
    if known.code is None or known.guessed or told.code is None:
        return False
    return holds(told.text, known.code) and not holds(told.text, told.code)


async def _correct(tx: Tx, order: Order, key: str, known: Sms, told: Sms) -> Arrivals:
    """The SMS as HidSim tells it now; a code that is another one than the person has got is pushed."""
    if told.text and known.code and told.code and not better(told.code, known.code):
        told = replace(told, code=known.code)
    await sms_rows.complete(tx, known.id, key, told)
    await orders.show_anew(tx, order.id)
    if not told.code or told.code == known.code:
        return Arrivals()
    return Arrivals((_corrected(order.id, known, told),))


def _corrected(order_id: int, known: Sms, told: Sms) -> Told:
    key = f"recode:{order_id}:{known.id}:{fingerprint(told.code or '')[:16]}"
    return Told(NoticeKind.CODE, key, CodeCorrected(), known.id)


async def _add(tx: Tx, order: Order, key: str, message: Sms) -> Arrivals:
    sms_id = await sms_rows.add(tx, order.id, key, message)
    if sms_id is None:
        return Arrivals()
    await orders.show_anew(tx, order.id)
    return Arrivals((Told(NoticeKind.CODE, f"code:{order.id}:{key}", sms_id=sms_id),), new=True)
