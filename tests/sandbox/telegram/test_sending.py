"""sendMessage and its kin: texts, limits, people who can't be written to, replies, files."""

import pytest

from bot.sandbox.person import Person
from bot.sandbox.telegram import TelegramSandbox
from tests.sandbox.telegram.wire import NOON, PNG, Wire, button, keyboard


async def test_a_message_is_stored_as_parsed_text_with_entities(wire: Wire, ann: Person) -> None:
    sent = await wire.ok("sendMessage", chat_id=ann.id, text=" <b>Hi</b> &amp; bye\n", parse_mode="HTML")
    assert sent["text"] == "Hi & bye"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert ann.screen().html == "<bold>Hi</bold> & bye"


@pytest.mark.parametrize(
    ("text", "parse_mode", "error"),
    [
        ("", "", "message text is empty"),
        ("<b></b>", "HTML", "text must be non-empty"),
        (" \n ", "", "text must be non-empty"),
        ("é" * 16385, "", "text is too long"),
        ("x" * 4097, "", "message is too long"),
        ("<b>" + "x" * 4097 + "</b>", "html", "message is too long"),
        ("x", "BBCode", "unsupported parse_mode"),
        ("a < b", "HTML", 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
    ],
)
async def test_texts_that_telegram_refuses(wire: Wire, ann: Person, text: str, parse_mode: str, error: str) -> None:
    refused = await wire.error("sendMessage", chat_id=ann.id, text=text, parse_mode=parse_mode)
    assert refused == f"400 Bad Request: {error}"


async def test_4096_code_points_fit_whatever_the_markup_adds(wire: Wire, ann: Person) -> None:
    sent = await wire.ok("sendMessage", chat_id=ann.id, text="<b>" + "😀" * 4096 + "</b>", parse_mode="HTML")
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 8192}]


async def test_entities_may_be_given_instead_of_a_parse_mode(wire: Wire, ann: Person) -> None:
    entities = [
        {"type": "code", "offset": 0, "length": 2},
        {"type": "text_link", "offset": 3, "length": 1, "url": "T.ME/x"},
        {"type": "date_time", "offset": 5, "length": 1, "unix_time": 7, "date_time_format": "tD"},
        {"type": "url", "offset": 0, "length": 1},
    ]
    sent = await wire.ok("sendMessage", chat_id=ann.id, text="😀 a b", entities=entities)
    assert sent["entities"] == [
        entities[0],
        {**entities[1], "url": "http://t.me/x"},
        {**entities[2], "date_time_format": "Dt"},
    ]


async def test_a_parse_mode_makes_given_entities_void(wire: Wire, ann: Person) -> None:
    entities = [{"type": "bold", "offset": 0, "length": 1}]
    sent = await wire.ok("sendMessage", chat_id=ann.id, text="x", parse_mode="HTML", entities=entities)
    assert "entities" not in sent


@pytest.mark.parametrize(
    ("entity", "error"),
    [
        (7, "expected an Object"),
        ({"offset": 0, "length": 1}, 'Can\'t find field "type"'),
        ({"type": "nose", "offset": 0, "length": 1}, "Unsupported type specified"),
        ({"type": "bold", "length": 1}, 'Can\'t find field "offset"'),
        (
            {"type": "date_time", "offset": 0, "length": 1, "unix_time": 1, "date_time_format": "q"},
            "Invalid date-time format specified",
        ),
    ],
)
async def test_entities_that_telegram_refuses(wire: Wire, ann: Person, entity: object, error: str) -> None:
    refused = await wire.error("sendMessage", chat_id=ann.id, text="x", entities=[entity])
    assert refused == f"400 Bad Request: can't parse MessageEntity: {error}"


async def test_commands_and_links_are_found_in_plain_text(wire: Wire, ann: Person) -> None:
    text = "/start https://hidsim.com/a?b. @ann_lee #tag $USD a@b.org 1/2"
    sent = await wire.ok("sendMessage", chat_id=ann.id, text=text)
    found = {entity["type"]: text[entity["offset"] :][: entity["length"]] for entity in sent["entities"]}
    assert found == {
        "bot_command": "/start",
        "url": "https://hidsim.com/a?b",
        "mention": "@ann_lee",
        "hashtag": "#tag",
        "cashtag": "$USD",
        "email": "a@b.org",
    }


async def test_nothing_is_found_inside_code(wire: Wire, ann: Person) -> None:
    sent = await wire.ok("sendMessage", chat_id=ann.id, text="<code>/start @ann</code>", parse_mode="HTML")
    assert [entity["type"] for entity in sent["entities"]] == ["code"]


async def test_who_has_blocked_the_bot_gets_nothing(wire: Wire, ann: Person) -> None:
    await ann.block()
    for method, params in (
        ("sendMessage", {"text": "x"}),
        ("sendChatAction", {"action": "typing"}),
        ("copyMessage", {"from_chat_id": ann.id, "message_id": 1}),
    ):
        refused = await wire.error(method, chat_id=ann.id, **params)
        assert refused == "403 Forbidden: bot was blocked by the user"
    assert len(ann.chat()) == 1


async def test_blocking_and_coming_back_are_told_to_the_bot(wire: Wire, ann: Person) -> None:
    await ann.block()
    await ann.start()
    updates = await wire.updates()
    statuses = [u["my_chat_member"]["new_chat_member"]["status"] for u in updates if "my_chat_member" in u]
    assert statuses == ["kicked", "member"]
    assert (await wire.ok("sendMessage", chat_id=ann.id, text="welcome back"))["text"] == "welcome back"


async def test_a_bot_may_not_write_first(wire: Wire, telegram: TelegramSandbox) -> None:
    stranger, member = Person(telegram, 8), Person(telegram, 9)
    await member.say_in_group("hello")
    assert await wire.error("sendMessage", chat_id=stranger.id, text="x") == "400 Bad Request: chat not found"
    assert await wire.error("sendMessage", chat_id=member.id, text="x") == (
        "403 Forbidden: bot can't initiate conversation with a user"
    )
    assert await wire.error("sendMessage", chat_id=telegram.state.bot.id, text="x") == (
        "403 Forbidden: the bot can't send messages to the bot"
    )


async def test_a_reply_carries_the_message_it_answers(wire: Wire, ann: Person) -> None:
    question = await ann.say("when?")
    sent = await wire.ok("sendMessage", chat_id=ann.id, text="now", reply_parameters={"message_id": question})
    assert sent["reply_to_message"]["text"] == "when?"


async def test_a_reply_to_a_lost_message_needs_permission(wire: Wire, ann: Person) -> None:
    lost = {"message_id": 99}
    assert await wire.error("sendMessage", chat_id=ann.id, text="x", reply_parameters=lost) == (
        "400 Bad Request: message to be replied not found"
    )
    allowed = {**lost, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await wire.ok("sendMessage", chat_id=ann.id, text="x", reply_parameters=allowed)


@pytest.mark.parametrize(
    ("parameters", "error"),
    [
        ("{", "can't parse reply parameters JSON object"),
        ([], "object expected as reply parameters"),
        ({"quote": "x"}, 'can\'t find field "message_id"'),
        ({"message_id": True}, 'field "message_id" must be of type Number'),
    ],
)
async def test_reply_parameters_that_telegram_refuses(wire: Wire, ann: Person, parameters: object, error: str) -> None:
    refused = await wire.error("sendMessage", chat_id=ann.id, text="x", reply_parameters=parameters)
    assert refused == f"400 Bad Request: {error}"


async def test_a_photo_arrives_with_its_size_and_caption(wire: Wire, ann: Person) -> None:
    sent = await wire.ok(
        "sendPhoto", chat_id=ann.id, caption="<i>c</i>", parse_mode="HTML", files={"photo": ("p.png", PNG)}
    )
    assert (sent["photo"][0]["width"], sent["photo"][0]["height"]) == (20, 10)
    assert sent["caption_entities"] == [{"type": "italic", "offset": 0, "length": 1}]
    assert ann.screen().text == "c"


async def test_a_document_can_be_downloaded_by_the_bot_and_seen_by_the_page(wire: Wire, ann: Person) -> None:
    files = {"csv": ("orders é.csv", b"a;b\n")}
    sent = await wire.ok("sendDocument", chat_id=ann.id, document="attach://csv", files=files)
    file_id = sent["document"]["file_id"]
    assert sent["document"]["file_name"] == "orders é.csv"
    path = (await wire.ok("getFile", file_id=file_id))["file_path"]
    for url in (f"{wire.base}/file/bot{wire.token}/{path}", f"{wire.base}/sim/files/{file_id}"):
        async with wire.session.get(url) as answer:
            assert (answer.status, await answer.read()) == (200, b"a;b\n")
    again = await wire.ok("sendDocument", chat_id=ann.id, document=file_id)
    assert again["document"] == sent["document"]


@pytest.mark.parametrize(
    ("params", "files", "error"),
    [
        ({}, {}, "there is no photo in the request"),
        ({"photo": "attach://x"}, {}, "there is no photo in the request"),
        ({"photo": "nonsense"}, {}, "wrong file identifier/HTTP URL specified"),
        ({"photo": "https://x.org/a.png"}, {}, "failed to get HTTP URL content"),
        ({}, {"photo": ("a.png", b"")}, "file must be non-empty"),
        ({}, {"photo": ("a.png", b"text")}, "IMAGE_PROCESS_FAILED"),
        ({"caption": "x" * 1025}, {"photo": ("a.png", PNG)}, "message caption is too long"),
    ],
)
async def test_photos_that_telegram_refuses(
    wire: Wire, ann: Person, params: dict[str, str], files: dict[str, tuple[str, bytes]], error: str
) -> None:
    refused = await wire.error("sendPhoto", chat_id=ann.id, files=files, **params)
    assert refused == f"400 Bad Request: {error}"


async def test_a_copy_is_the_bots_own_and_a_forward_is_frozen(wire: Wire, ann: Person) -> None:
    original = await ann.say("keep this")
    params = {"chat_id": ann.id, "from_chat_id": ann.id, "message_id": original}
    copy = await wire.ok("copyMessage", **params)
    forward = await wire.ok("forwardMessage", **params)
    assert forward["forward_origin"]["sender_user"]["id"] == ann.id
    assert (await wire.ok("editMessageText", chat_id=ann.id, message_id=copy["message_id"], text="new"))[
        "text"
    ] == "new"
    assert await wire.error("editMessageText", chat_id=ann.id, message_id=forward["message_id"], text="new") == (
        "400 Bad Request: message can't be edited"
    )
    params["message_id"] = 99
    assert await wire.error("copyMessage", **params) == "400 Bad Request: message to copy not found"
    assert await wire.error("forwardMessage", **params) == "400 Bad Request: message to forward not found"


async def test_protected_messages_can_not_be_copied(wire: Wire, ann: Person) -> None:
    sent = await wire.ok("sendMessage", chat_id=ann.id, text="secret", protect_content=True)
    refused = await wire.error("copyMessage", chat_id=ann.id, from_chat_id=ann.id, message_id=sent["message_id"])
    assert sent["has_protected_content"] is True
    assert refused == "400 Bad Request: message can't be copied"


async def test_an_action_shows_for_five_seconds_or_until_the_next_message(
    wire: Wire, ann: Person, telegram: TelegramSandbox
) -> None:
    await wire.ok("sendChatAction", chat_id=ann.id, action="typing")
    assert (await wire.see(f"/people/{ann.id}/chat"))["actions"] == ["typing"]
    telegram.advance(5)
    assert (await wire.see(f"/people/{ann.id}/chat"))["actions"] == []
    assert await wire.error("sendChatAction", chat_id=ann.id, action="yawning") == (
        "400 Bad Request: wrong parameter action in request"
    )


async def test_a_reply_keyboard_stays_until_it_is_removed(wire: Wire, ann: Person) -> None:
    markup = {"keyboard": [["Yes", {"text": "No"}], [""]], "resize_keyboard": True}
    sent = await wire.ok("sendMessage", chat_id=ann.id, text="sure?", reply_markup=markup)
    chat = await wire.see(f"/people/{ann.id}/chat")
    assert chat["keyboard"] == {"keyboard": [[{"text": "Yes"}, {"text": "No"}]], "resize_keyboard": True}
    assert "reply_markup" not in sent
    assert await wire.error("editMessageText", chat_id=ann.id, message_id=sent["message_id"], text="y") == (
        "400 Bad Request: message can't be edited"
    )
    await wire.ok("sendMessage", chat_id=ann.id, text="thanks", reply_markup={"remove_keyboard": True})
    assert (await wire.see(f"/people/{ann.id}/chat"))["keyboard"] is None


async def test_a_preview_that_is_off_is_told(wire: Wire, ann: Person) -> None:
    options = {"is_disabled": True}
    sent = await wire.ok("sendMessage", chat_id=ann.id, text="t.me/x", link_preview_options=options)
    assert sent["link_preview_options"] == options
    assert await wire.error("sendMessage", chat_id=ann.id, text="x", link_preview_options=[]) == (
        "400 Bad Request: object expected as link preview options"
    )


async def test_an_inline_keyboard_comes_back_with_the_message(wire: Wire, ann: Person) -> None:
    markup = keyboard([button("Buy", callback_data="b", style="success"), button("Copy", copy_text={"text": "1"})])
    sent = await wire.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert sent["reply_markup"] == markup
    assert ann.screen().buttons == [["Buy", "Copy"]]


@pytest.mark.parametrize(("days", "taken"), [(0, True), (1_098, True), (1_099, False)])
async def test_a_date_too_far_ahead_is_refused(wire: Wire, ann: Person, days: int, taken: bool) -> None:
    unix = int(NOON.timestamp()) + days * 86_400
    dated = {"chat_id": ann.id, "text": f'<tg-time unix="{unix}">then</tg-time>', "parse_mode": "HTML"}
    plain = await wire.ok("sendMessage", chat_id=ann.id, text="x")
    for answer in (
        await wire.call("sendMessage", **dated),
        await wire.call("editMessageText", message_id=plain["message_id"], **dated),
    ):
        assert answer["ok"] is taken
        assert taken or answer["description"] == "Bad Request: ENTITY_DATE_INVALID"
