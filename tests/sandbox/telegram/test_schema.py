"""The schema check finds what it should, and its file can be made again."""

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.telegram import make_schema, schema

USER = {"id": 1, "is_bot": False, "first_name": "A"}
MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}


def test_the_schema_is_that_of_bot_api_10_3() -> None:
    assert schema.load()["version"] == "10.3"
    assert "callback_query" in schema.update_kinds()
    assert schema.method_names()["sendmessage"] == "sendMessage"


@pytest.mark.parametrize(
    ("name", "value", "problems"),
    [
        ("User", USER, []),
        ("User", {**USER, "nose": 1}, ["User.nose: User has no such field"]),
        ("User", {"id": 1, "is_bot": False}, ["User.first_name: missing"]),
        ("User", {**USER, "id": "1"}, ["User.id: not Integer"]),
        ("User", {**USER, "is_premium": False}, ["User.is_premium: not True"]),
        ("ChatMember", {"status": "member", "user": USER}, []),
        ("ChatMember", {"status": "away", "user": USER}, ["ChatMember.status: not member"]),
        ("Message", {**MESSAGE, "photo": [{}]}, ["Message.photo[0].file_id: missing"]),
        ("Message", {**MESSAGE, "photo": {}}, ["Message.photo: not an array"]),
        ("Update", [], ["Update: not Update"]),
    ],
)
def test_values_are_checked_field_by_field(name: str, value: Any, problems: list[str]) -> None:
    found = schema.check_type(name, value)
    assert found[: len(problems)] == problems
    assert bool(found) == bool(problems)


def test_calls_and_answers_are_checked() -> None:
    assert schema.check_call("sendMessage", {"chat_id": "5", "text": "7", "protect_content": "true"}) == []
    assert schema.check_call("sendMessage", {"chat_id": "5", "txt": "x"}) == [
        "sendMessage.txt: no such parameter",
        "sendMessage.text: missing",
    ]
    assert schema.check_call("deleteMessage", {"chat_id": "5", "message_id": "x"}) == [
        "deleteMessage.message_id: not Integer"
    ]
    assert schema.check_answer("getMe", USER) == []
    assert schema.check_answer("deleteMessage", 1) == ["deleteMessage(): not Boolean"]


def raw_schema() -> dict[str, Any]:
    """A schema in aiogram's layout, with one method and two types."""
    field = {"name": "status", "type": "String", "required": True, "description": "Status, always 'member'"}
    items = [
        {"name": "ChatMember", "category": "types", "annotations": [], "description": "One of\n - ChatMemberMember"},
        {"name": "ChatMemberMember", "category": "types", "annotations": [field], "description": "x"},
        {
            "name": "getChatMember",
            "category": "methods",
            "annotations": [{"name": "n", "type": "Integer or String", "required": False, "description": "x"}],
            "description": "Use it. Returns a ChatMember object on success.",
        },
    ]
    return {"api": {"version": "1.0"}, "items": [{"children": items}]}


def test_the_file_is_made_from_an_aiogram_source_distribution(tmp_path: Path) -> None:
    inside = tmp_path / "aiogram-9" / ".butcher" / "schema" / "schema.json"
    inside.parent.mkdir(parents=True)
    inside.write_text(json.dumps(raw_schema()))
    archive, target = tmp_path / "aiogram-9.tar.gz", tmp_path / "out.json"
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(tmp_path / "aiogram-9", "aiogram-9")
    make_schema.main(str(archive), target)
    assert json.loads(target.read_text()) == {
        "version": "1.0",
        "methods": {"getChatMember": {"fields": {"n?": "Integer|String"}, "returns": ["ChatMember"]}},
        "types": {
            "ChatMember": {"any": ["ChatMemberMember"]},
            "ChatMemberMember": {"fields": {"status": "String=member"}},
        },
    }
