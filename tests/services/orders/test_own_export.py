"""Own orders as a file: with numbers, codes and labels, and nobody else's."""

from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from bot.domain.access import Role, Standing
from bot.domain.exporting import OWN_COLUMNS
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.facts.exports import Export, Made
from bot.i18n.phone import international
from bot.services.orders.exports import Exports
from tests.services.floor import ANN, BEN, Floor
from tests.services.orders.test_exports import read_csv

ANN_HERSELF, BEN_HIMSELF = (Person(one, "", Standing.UNKNOWN, "en", Role.BUYER) for one in (ANN, BEN))


async def files(exports: Exports, export: Export) -> AsyncIterator[Made]:
    async with aclosing(exports.files(export)) as steps:
        async for step in steps:
            if isinstance(step, Made):
                yield step


async def exported(floor: Floor, person: Person) -> list[dict[str, str]]:
    export = await floor.shop.exports.begin_own(person)
    try:
        [data] = [made.path.read_bytes() async for made in files(floor.shop.exports, export)]
        return read_csv(data)
    finally:
        floor.shop.exports.end(export)


async def test_own_orders_come_with_number_codes_and_label_and_nobody_elses(floor: Floor) -> None:
    await floor.people.meet(BEN, "Ben", "en")
    done = await floor.pending(nonce="a")
    await floor.record(done, state="completed", number=done.number, code="0042")
    await floor.shop.labels.name(ANN, done.id, '=HYPERLINK("x")')
    await floor.pending(BEN, nonce="b")
    closed = await floor.pending(nonce="c")
    await floor.closing.close(ANN, closed.id)
    first, second = await exported(floor, ANN_HERSELF)
    assert tuple(first) == OWN_COLUMNS
    assert first["number"] == f"'{international(done.number or '', 'BR')}"
    assert (first["outcome"], first["codes"], first["sms"]) == ("code", "0042", "1")
    assert first["label"] == '\'=HYPERLINK("x")'
    assert (second["outcome"], second["codes"], second["paid"]) == ("closed", "", "0")
    assert [row["order"] for row in (first, second)] == [str(done.id), str(closed.id)]
    assert len(await exported(floor, BEN_HIMSELF)) == 1


async def test_what_was_erased_is_in_no_file(floor: Floor) -> None:
    done = await floor.pending()
    await floor.record(done, state="completed", number=done.number, code="7731")
    floor.clock.forward(40 * 86_400)
    await floor.shop.retention.erase_due()
    [row] = await exported(floor, ANN_HERSELF)
    assert (row["number"], row["codes"], row["outcome"]) == ("", "", "code")


async def test_a_code_that_is_hidden_in_the_chat_is_in_no_file_either(floor: Floor) -> None:
    done = await floor.pending()
    await floor.record(done, state="completed", number=done.number, code="7731")
    await floor.shop.preferences.set(ANN, hide_codes_after=5)
    for message in (8, 9):  # the number's, the code's
        [telling] = await floor.shop.outbox.claim(5)
        await floor.shop.outbox.done(telling, message)
    assert (await exported(floor, ANN_HERSELF))[0]["codes"] == "7731"
    floor.clock.forward(5 * 60)
    [row] = await exported(floor, ANN_HERSELF)
    assert (row["codes"], row["outcome"], row["sms"]) == ("", "code", "1")
    await floor.shop.hidden_codes.show(ANN, done.id)
    assert (await exported(floor, ANN_HERSELF))[0]["codes"] == "7731"


async def test_nothing_is_refused_and_a_second_file_waits_for_the_first(floor: Floor) -> None:
    exports = floor.shop.exports
    with pytest.raises(Refusal) as nothing:
        await exports.begin_own(ANN_HERSELF)
    await floor.pending()
    export = await exports.begin_own(ANN_HERSELF)
    with pytest.raises(Refusal) as second:
        await exports.begin_own(ANN_HERSELF)
    exports.end(export)
    assert (nothing.value.facts.reason, second.value.facts.reason) == (
        Reason.NOTHING_TO_EXPORT,
        Reason.EXPORT_UNDER_WAY,
    )
    with pytest.raises(Refusal) as stranger:
        await exports.begin_own(Person(ANN, "", Standing.BLOCKED, "en", Role.STRANGER))
    assert stranger.value.facts.reason is Reason.NOT_ALLOWED


async def test_many_orders_come_in_slices_and_files_and_each_once(floor: Floor) -> None:
    floor.director.fault("/purchase", times=None, status=406, body={"message": "none"})
    for number in range(5):
        await floor.bought(nonce=f"n{number}")
    exports = Exports(floor.database, rows_a_file=2)
    export = await exports.begin_own(ANN_HERSELF)
    found = [read_csv(made.path.read_bytes()) async for made in files(exports, export)]
    assert [len(rows) for rows in found] == [2, 2, 1]
    assert len({row["order"] for rows in found for row in rows}) == 5
