"""What Telegram shows of the bot itself: told once, in each language, and never over the operator's own words."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.signboard import Signboard
from bot.i18n import Languages
from bot.telegram.commands import CommandMenus
from bot.telegram.profile import Profile
from tests.i18n.german import in_german
from tests.telegram.booth import Booth, open_booth

GERMAN = {
    "Tap Start to begin.": "Tippe auf Start.",
    "Phone numbers for sign-ups: the code arrives in the chat. No code, no charge.": "Nummern für Anmeldungen.",
    "How this works": "So geht das",
}
HANDMADE = "The operator's own words, written at BotFather."


@pytest.fixture
async def booth(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Booth]:
    async with open_booth(tmp_path, migrated_file) as opened:
        yield opened


def speaking(folder: Path, name: str = "") -> Languages:
    languages = in_german(folder / "locales", GERMAN)
    languages.speak_for(Signboard(name))
    return languages


def profile(booth: Booth, languages: Languages) -> Profile:
    return Profile(booth.app.front.bot, languages, booth.app.shop.told_to_telegram)


def told(booth: Booth) -> list[str]:
    """The calls that change or read something of the profile."""
    return [one.method for one in booth.telegram.calls if "etMy" in one.method]


async def test_each_text_is_told_in_each_language_and_never_twice(booth: Booth, tmp_path: Path) -> None:
    languages, bot = speaking(tmp_path, "Example Numbers"), booth.telegram.state.bot
    await profile(booth, languages).publish()
    assert bot.name("") == "Example Numbers"
    assert bot.descriptions["de"].endswith("Tippe auf Start.")
    assert bot.descriptions[""].endswith("Tap Start to begin.")
    assert bot.short_descriptions["de"] == "Nummern für Anmeldungen."
    before = len(told(booth))
    await profile(booth, languages).publish()
    assert len(told(booth)) == before


async def test_only_what_has_changed_is_told_again(booth: Booth, tmp_path: Path) -> None:
    await profile(booth, speaking(tmp_path, "Example Numbers")).publish()
    before = len(told(booth))
    await profile(booth, speaking(tmp_path / "later", "Other Numbers")).publish()
    changed = [one for one in told(booth)[before:] if one.startswith("set")]
    assert sorted(changed) == ["setMyDescription", "setMyDescription", "setMyName"]


async def test_what_the_operator_wrote_stays_in_a_shop_without_a_name(booth: Booth, tmp_path: Path) -> None:
    bot = booth.telegram.state.bot
    bot.descriptions[""], bot.names[""] = HANDMADE, "My bot"
    languages = speaking(tmp_path)
    ours = profile(booth, languages)
    languages.name_the_shop("My bot")
    await ours.publish()
    assert (bot.description(""), bot.name("")) == (HANDMADE, "My bot")
    assert bot.short_descriptions[""].startswith("Phone numbers for sign-ups")


async def test_what_the_operator_writes_later_stays_until_our_words_change(booth: Booth, tmp_path: Path) -> None:
    bot = booth.telegram.state.bot
    await profile(booth, speaking(tmp_path, "Example Numbers")).publish()
    bot.descriptions[""] = HANDMADE
    await profile(booth, speaking(tmp_path / "again", "Example Numbers")).publish()
    assert bot.description("") == HANDMADE
    await profile(booth, speaking(tmp_path / "later", "Other Numbers")).publish()
    assert bot.description("").startswith("Other Numbers")


async def test_a_refusal_for_hours_ends_it_and_the_next_start_tells_the_rest(booth: Booth, tmp_path: Path) -> None:
    languages, bot = speaking(tmp_path, "Example Numbers"), booth.telegram.state.bot
    booth.telegram.faults.add(method="setMyName", status=429, retry_after=40_000)
    await profile(booth, languages).publish()
    assert (bot.name(""), set(bot.descriptions)) == ("HidSim", {"", "de"})
    before = len(told(booth))
    await profile(booth, languages).publish()
    assert bot.name("") == "Example Numbers"
    assert told(booth)[before:] == ["getMyName", "setMyName"]


async def test_commands_are_told_in_each_language_and_only_once(booth: Booth, tmp_path: Path) -> None:
    front, shop = booth.app.front, booth.app.shop
    menus = CommandMenus(front.bot, speaking(tmp_path), shop.people, shop.told_to_telegram, booth.app.resources.nursery)
    await menus.publish()
    commands = booth.telegram.state.bot.commands
    assert {one["command"] for one in commands["all_private_chats", "de"]} == {"menu", "settings", "language", "help"}
    assert "So geht das" in str(commands["all_private_chats", "de"])
    assert "How this works" in str(commands["all_private_chats", ""])
    before = _everybodys(booth)
    await menus.publish()
    assert _everybodys(booth) == before


def _everybodys(booth: Booth) -> list[Any]:
    return [one for one in booth.telegram.calls if "all_private_chats" in str(one.params)]
