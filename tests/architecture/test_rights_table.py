"""One table of rights: what docs/rights.md promises is what the dispatcher does, for every command, button and role."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiogram.types import CallbackQuery, Message

from bot.domain.access import RIGHTS, Right, Role, Standing
from bot.domain.people import Person
from bot.running import App
from bot.sandbox.person import Person as Thumb
from bot.screens.callbacks import AskEntry
from bot.screens.people.menu import admin_menu
from bot.telegram.commands import admins, everybody
from bot.telegram.routers import stale
from tests.architecture.dispatching import handler_of, message, tap
from tests.architecture.rights_table import EVERYBODYS, handlers, of_dispatcher, of_document
from tests.architecture.test_handlers import BUTTONS, packed
from tests.services.floor import ADA, ANN
from tests.services.people.test_rights import ACTS
from tests.telegram.booth import Booth, bots, open_booth

IN = (Role.OWNER, Role.ADMIN, Role.BUYER)
PERSON = Person(1, "Ann", Standing.ALLOWED, "en")
NOT_IN_SERVICES = {Right.OPEN_ADMIN, Right.BUY, Right.SEE_OWN}
"""A menu; and what is a person's own by their id, which no service is handed by anybody else."""

_BURST = 5
"""Taps of one person that the doorman answers at once."""


@pytest.fixture
async def booth(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Booth]:
    async with open_booth(tmp_path, migrated_file, access="closed") as booth:
        yield booth


async def is_there(app: App, event: Message | CallbackQuery, role: Role) -> bool:
    handler, _ = await handler_of(app, event, replace(PERSON, role=role))
    return handler.callback not in (stale.button, stale.message)


def test_the_documents_roles_are_the_table_that_is_asked() -> None:
    assert {row.right: row.roles for row in of_document() if row.right} == {
        right: tuple(right in RIGHTS[role] for role in (*IN, Role.STRANGER)) for right in Right
    }


async def test_every_command_and_button_stands_in_the_document_once_under_its_right(app: App) -> None:
    """Written anew by `python -m tests.architecture.rights_table`."""
    found = {row.right: (row.commands, row.buttons) for row in of_document()}
    assert found == {right: (row.commands, row.buttons) for right, row in of_dispatcher(app).items()}
    assert Counter(name for row in of_document() for name in row.buttons) == Counter(one.__name__ for one in BUTTONS)
    named = [name for row in of_document() for name in row.commands]
    assert len(named) == len(set(named)) > 10


async def test_a_handler_is_everybodys_or_has_one_right(app: App) -> None:
    own = {router.name for router, kind, _, rights in handlers(app) if not rights and kind != "error"}
    assert own == EVERYBODYS
    assert not [handler.callback for _, _, handler, rights in handlers(app) if len(rights) > 1]


@pytest.mark.parametrize("role", IN)
async def test_a_role_finds_what_the_table_gives_it_and_nothing_else(app: App, role: Role) -> None:
    by_name = {kind.__name__: kind for kind in BUTTONS}
    for row in of_document():
        for button in row.buttons:
            assert await is_there(app, tap(packed(by_name[button])), role) is row.may(role), (role, button)
        for command in row.commands:
            for typed in (f"/{command}", f"/{command} 7", f"/{command}\n7 5"):
                assert await is_there(app, message(typed), role) is row.may(role), (role, typed)


async def test_a_command_for_another_bot_is_nobodys_and_one_for_this_bot_is_its_own(booth: Booth) -> None:
    for row in of_document():
        for command in row.commands:
            for role in IN:
                assert not await is_there(booth.app, message(f"/{command}@another_bot"), role), command
                own = message(f"/{command}@hidsim_demo_bot 7")
                assert await is_there(booth.app, own, role) is row.may(role), (role, command)


async def test_an_admins_menu_shows_no_command_that_does_not_exist_for_them(app: App) -> None:
    t = app.front.languages.translator("en")
    for role in (Role.OWNER, Role.ADMIN):
        for shown in admins(t, replace(PERSON, role=role)):
            assert await is_there(app, message(f"/{shown.command}"), role), (role, shown.command)
    every = {name for row in of_document() for name in row.commands} - {"start"}
    assert {one.command for one in admins(t, replace(PERSON, role=Role.OWNER))} == every
    everybodys = {name for row in of_document() if row.may(Role.BUYER) for name in row.commands}
    assert {one.command for one in everybody(t)} <= everybodys


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMIN])
async def test_the_admins_menu_leads_nowhere_that_does_not_exist(app: App, role: Role) -> None:
    t, person = app.front.languages.translator("en"), replace(PERSON, role=role)
    shown = admin_menu(person, t)
    for button in (one for row in shown.rows for one in row):
        assert await is_there(app, tap(button.callback_data or ""), role), button.text


async def test_whoever_is_out_is_served_by_nothing_whatever_they_send(booth: Booth) -> None:
    """Strangers read one text, in a message or a dialog; the blocked read none. Much of it is dropped in silence."""
    ann, stranger = booth.person(), booth.person(77)
    await booth.app.shop.people.decide(ADA, ANN, Standing.BLOCKED)
    blocked = await _said_to_everything(booth, ann)
    assert set(blocked) == {""}
    assert bots(ann) == []
    said = await _said_to_everything(booth, stranger)
    await stranger.sees("This bot is private.")
    assert {"🔒 This bot is private." in one.text for one in bots(stranger)} == {True}
    assert {text.partition(" ")[0] for text in said} == {"This", "📨"}
    assert not [call for call in booth.calls("editMessageText") if "private" not in call.params["text"]]


async def _said_to_everything(booth: Booth, person: Thumb) -> list[str]:
    """The dialogs after each button's tap, those of them that are answered at all, and after each command."""
    before = len(booth.calls("answerCallbackQuery"))
    await _sends_everything(booth, person)
    answered = lambda: booth.calls("answerCallbackQuery")[before:]  # noqa: E731 - looked at again and again
    await person.waits_until(lambda: len(answered()) >= _BURST, "the answers to a few taps")
    return [str(call.params.get("text") or "") for call in answered()]


async def _sends_everything(booth: Booth, person: Thumb) -> None:
    """Each button's tap, with `AskEntry` first, and each command, as updates of this person."""
    dispatcher, bot = booth.app.front.dispatcher, booth.app.front.bot
    await person.say("/help")
    (first,) = await booth.updates()
    user, chat = first.message.from_user, first.message.chat
    events: list[dict[str, object]] = []
    for data in (AskEntry().pack(), *map(packed, BUTTONS)):
        shown = {"message_id": first.message.message_id, "date": 0, "chat": chat.model_dump()}
        query = {"id": "1", "from": user.model_dump(), "chat_instance": "1", "message": shown, "data": data}
        events.append({"callback_query": query})
    for command in sorted(name for row in of_document() for name in row.commands):
        said = first.message.model_dump(exclude_none=True, by_alias=True) | {"text": f"/{command} 7"}
        events.append({"message": {**said, "from": user.model_dump()}})
    for number, event in enumerate(events, first.update_id + 1000 * person.id):
        await dispatcher.feed_raw_update(bot, {"update_id": number, **event})


def test_every_right_that_stands_before_a_handler_is_asked_again_by_a_service() -> None:
    used = {row.right for row in of_document() if row.right and (row.commands or row.buttons)}
    assert used - NOT_IN_SERVICES <= {right for right, _ in ACTS.values()}
