"""Screens with a picture or a file: sent, drawn over each other, and told in plain words where Telegram balks."""

from dataclasses import replace
from typing import Any

import pytest

from bot.db import people
from bot.db.telling import notices
from bot.domain.notices import NoticeKind
from bot.i18n import Html
from bot.screens.body import CAPTION_LIMIT, Body, Document, File, Photo
from bot.screens.screen import Screen
from bot.telegram.messenger import Messenger
from tests.sandbox.telegram.wire import PNG
from tests.services.floor import ANN
from tests.telegram.booth import Booth, bots, screen

CHART = File("chart.png", PNG)
LIST = File("orders.csv", b"id;price\n1;0.25\n")


def with_body(body: Body, label: str = "Help") -> Screen:
    return replace(screen(label=label), body=body)


def photo(caption: str = "A <b>chart</b>") -> Screen:
    return with_body(Photo(CHART, Html(caption)))  # noqa: S704 - the test's own text


def document(caption: str = "A <b>list</b>") -> Screen:
    return with_body(Document(LIST, Html(caption)))  # noqa: S704 - the test's own text


def files_uploaded(booth: Booth) -> int:
    return sum(
        isinstance(value, dict) and "size" in value for call in booth.telegram.calls for value in call.params.values()
    )


async def test_a_photo_is_sent_with_its_caption_and_buttons(booth: Booth) -> None:
    ann = await booth.ann()
    sent = await booth.messenger.send(ANN, photo())
    shown = bots(ann)[-1]
    assert (shown.message_id, shown.text, shown.labels) == (sent, "A chart", ["Help"])
    assert shown.parts("bold") == ["chart"]
    assert shown.raw["photo"][0]["file_size"] == len(PNG)


async def test_a_document_is_sent_under_its_name_byte_by_byte(booth: Booth) -> None:
    ann = await booth.ann()
    await booth.messenger.send(ANN, document())
    sent = bots(ann)[-1].raw["document"]
    assert sent["file_name"] == "orders.csv"
    stored = booth.telegram.state.files.get(sent["file_id"])
    assert stored is not None
    assert stored.data == LIST.data


async def test_a_caption_is_no_must(booth: Booth) -> None:
    ann = await booth.ann()
    await booth.messenger.send(ANN, with_body(Photo(CHART)))
    assert (bots(ann)[-1].text, "photo" in bots(ann)[-1].raw) == ("", True)


@pytest.mark.parametrize("made", [photo, document])
async def test_a_menu_of_text_becomes_a_photo_or_document_in_place(booth: Booth, made: Any) -> None:
    async def handler(_tap: Any) -> Screen:
        return made()

    answer, ann = await booth.go(handler)
    assert (answer.text, answer.alert) == ("", False)
    assert len(bots(ann)) == 2
    shown = bots(ann)[-1]
    assert shown.edited
    assert {"photo", "document"} & set(shown.raw)
    assert shown.labels == ["Help"]


async def test_a_photo_becomes_a_text_in_a_new_message_and_goes(booth: Booth) -> None:
    ann = await booth.ann()
    messenger = booth.messenger
    sent = await messenger.send(ANN, photo())
    assert not await messenger.edit(ANN, sent or 0, screen("A menu"))
    new = await messenger.edit_or_send(ANN, sent or 0, screen("A menu"))
    assert [m.message_id for m in bots(ann)][1:] == [new]
    assert bots(ann)[-1].text == "A menu"


async def test_a_photo_that_can_not_be_taken_away_leaves_the_new_message_standing(booth: Booth) -> None:
    ann = await booth.ann()
    sent = await booth.messenger.send(ANN, photo())
    booth.telegram.faults.add(method="deleteMessage", status=400, description="Bad Request: message can't be deleted")
    new = await booth.messenger.edit_or_send(ANN, sent or 0, screen("A menu"))
    assert [m.message_id for m in bots(ann)][1:] == [sent, new]


@pytest.mark.parametrize("method", ["editMessageMedia", "editMessageCaption"])
async def test_where_telegram_turns_no_text_into_a_photo_the_photo_is_sent_and_the_text_goes(
    booth: Booth, method: str
) -> None:
    what = method.removeprefix("editMessage").lower()
    why = f"Bad Request: there is no {what} in the message to edit"
    booth.telegram.faults.add(method="editMessageMedia", status=400, description=why)

    async def handler(_tap: Any) -> Screen:
        return photo()

    _, ann = await booth.go(handler)
    assert len(bots(ann)) == 2
    assert ("photo" in bots(ann)[-1].raw, bots(ann)[-1].edited) == (True, False)


async def test_other_words_below_the_same_file_do_not_send_it_again(booth: Booth) -> None:
    ann = await booth.ann()
    messenger = booth.messenger
    sent = await messenger.send(ANN, photo("One"))
    assert await messenger.edit(ANN, sent or 0, photo("Two"))
    assert await messenger.edit(ANN, sent or 0, photo("Two"))
    assert files_uploaded(booth) == 1
    assert bots(ann)[-1].text == "Two"
    assert await messenger.edit(ANN, sent or 0, document("Three"))
    assert files_uploaded(booth) == 2
    assert (bots(ann)[-1].text, "document" in bots(ann)[-1].raw) == ("Three", True)


async def test_a_process_that_knows_nothing_of_a_message_sends_its_file_again(booth: Booth) -> None:
    ann = await booth.ann()
    sent = await booth.messenger.send(ANN, photo("One"))
    assert await Messenger(booth.app.front.bot).edit(ANN, sent or 0, photo("Two"))
    assert files_uploaded(booth) == 2
    assert bots(ann)[-1].text == "Two"


async def test_a_caption_that_telegram_can_not_parse_goes_out_as_plain_text(booth: Booth) -> None:
    ann = await booth.ann()
    messenger = booth.messenger
    sent = await messenger.send(ANN, photo("Code: <b>123456 &amp; <i>more"))
    assert "123456 & " in bots(ann)[-1].text
    assert await messenger.edit(ANN, sent or 0, photo("Code: <b>654321"))
    assert (bots(ann)[-1].text, bots(ann)[-1].labels) == ("Code: 654321", ["Help"])


async def test_a_caption_that_is_too_long_is_cut_and_not_lost(booth: Booth) -> None:
    ann = await booth.ann()
    await booth.messenger.send(ANN, document("<b>" + "x" * (CAPTION_LIMIT + 1) + "</b>"))
    assert bots(ann)[-1].text == "x" * CAPTION_LIMIT
    await booth.messenger.send(ANN, document("<b>" + "y" * CAPTION_LIMIT + "</b>"))
    assert bots(ann)[-1].parts("bold") == ["y" * CAPTION_LIMIT]


async def test_a_toast_that_comes_too_late_is_read_in_the_caption(impatient: Booth) -> None:
    async def handler(tap: Any) -> Screen:
        query = impatient.telegram.state.taps.find(tap.id)
        assert query is not None
        assert await impatient.telegram.state.events.bell.wait_for(lambda: query.answer is not None, 2)
        return replace(photo(), toast="Too late")

    _, ann = await impatient.go(handler)
    assert bots(ann)[-1].text == "A chart\n\nToo late"


@pytest.mark.parametrize("made", [photo, document])
async def test_a_photo_is_never_drawn_over_a_push(booth: Booth, made: Any) -> None:
    async def handler(_tap: Any) -> Screen:
        return made()

    ann = await booth.ann()
    booth.does(handler)
    pushed = await booth.shows_go(text="An alert")
    async with booth.app.resources.database.write() as tx:
        await people.appoint(tx, ANN, admin=True)
        await notices.add(tx, "k", ANN, NoticeKind.ALERT)
        await notices.done(tx, {1: pushed})
    await ann.tap("Go", wait=False)
    await booth.hears()
    assert [m.message_id for m in bots(ann)][-2] == pushed
    assert bots(ann)[-2].text == "An alert"
    assert bots(ann)[-1].labels == ["Help"]


def test_without_its_buttons_a_screen_is_its_words_or_else_its_file() -> None:
    assert photo().bare() == Screen(Html("A <b>chart</b>"))
    assert with_body(Photo(CHART)).bare() == Screen(Photo(CHART))
    assert screen("Hello").bare() == Screen(Html("Hello"))
