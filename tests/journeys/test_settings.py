"""What a person sets is set by one tap, said exactly, and holds."""

from dataclasses import replace
from pathlib import Path

from bot.domain.preferences import Preferences
from bot.domain.price_window import Preset
from tests.i18n.german import in_german
from tests.journeys.shop import ANN, Shop, Thumb, World, running, settings_for
from tests.journeys.steps import asks_the_price

GERMAN = {
    "All messages from now on come in the one you choose.": "Alle Nachrichten kommen von jetzt an in dieser Sprache.",
    "How this works": "So geht das",
    "Copy number": "Nummer kopieren",
}


async def opens(shop: Shop) -> Thumb:
    ann = shop.person()
    await ann.start()
    await ann.tap_seen("Settings")
    await ann.sees("Language: English, as in Telegram")
    return ann


async def preferred(shop: Shop) -> Preferences:
    return await shop.app.shop.preferences.of(ANN)


async def test_each_setting_is_a_tap_and_the_screen_says_what_is_set(shop: Shop) -> None:
    ann = await opens(shop)
    await ann.tap_seen("Quiet numbers")
    await ann.sees("A new number comes without a sound. Codes always ring.")
    await ann.tap_seen("Hide codes")
    await ann.tap_seen("5 minutes")
    await ann.sees_button("✓ 5 minutes")
    await ann.tap("Back")
    await ann.sees("Codes are hidden in this chat after 5 minutes.")
    await ann.tap_seen("Loud numbers")
    await ann.sees("A new number comes with a sound.")
    assert await preferred(shop) == Preferences(hide_codes_after=5)


async def test_the_usual_price_is_what_a_pair_begins_with_that_was_never_bought(shop: Shop) -> None:
    ann = await opens(shop)
    await ann.tap_seen("Usual price")
    await ann.sees_button("✓ Median")
    await ann.tap("Cheapest")
    await ann.sees_button("✓ Cheapest")
    assert (await preferred(shop)).window is Preset.CHEAPEST
    price = await asks_the_price(ann)
    cheapest = next(one for one in price.labels if one.startswith("Max")).removeprefix("Max ")
    assert next(one for one in price.labels if one.startswith("Min")) == f"Min {cheapest}"


async def test_quiet_hours_begin_now_and_each_end_moves_by_an_hour(shop: Shop) -> None:
    ann = await opens(shop)
    await ann.tap_seen("Quiet hours")
    await ann.tap_seen("From now, for 8 hours")
    await ann.sees_button("No quiet hours")
    begins = (await preferred(shop)).quiet_from or 0
    assert begins % 30 == 0
    shown = ann.screen()
    times = [one for one in shown.entities if one["type"] == "date_time"]
    assert [one["unix_time"] % 86_400 // 60 for one in times] == [begins, (begins + 480) % 1440]
    rows = shown.raw["reply_markup"]["inline_keyboard"]
    assert [one["text"] for one in rows[0]] == ["➖", "From", "➕"]
    await ann.presses(rows[1][2]["callback_data"], shown)
    set_to = await preferred(shop)
    assert (set_to.quiet_from, set_to.quiet_until) == (begins, (begins + 540) % 1440)
    await ann.tap_seen("No quiet hours")
    await ann.sees("Quiet hours: none")
    assert await preferred(shop) == Preferences()


async def test_a_chosen_language_is_spoken_at_once_and_stays_whatever_telegram_says(
    world: World, tmp_path: Path
) -> None:
    german = in_german(tmp_path / "locales", GERMAN, world.watch)
    async with running(world, settings_for(world, tmp_path), languages=german) as shop:
        ann = await opens(shop)
        await ann.tap_seen("Language")
        await ann.tap_seen("Deutsch")
        await ann.sees("Alle Nachrichten kommen von jetzt an in dieser Sprache.")
        await ann.sees_button("✓ Deutsch")
        commands = shop.server.telegram.state.bot.commands
        await ann.waits_for(lambda: ("chat:100", "") in commands, "her own commands")
        assert "So geht das" in str(commands["chat:100", ""])
        shop.director.queue_story("never")
        await ann.say("telegram brazil")
        await ann.tap_seen("Buy · up to")
        await ann.sees_button("Nummer kopieren")  # a push, which no update of hers has brought
        await ann.say("/language")
        await ann.tap_seen("As in Telegram")
        await ann.sees("All messages from now on come in the one you choose.")
        await ann.waits_for(lambda: ("chat:100", "") not in commands, "the commands of everybody")


async def test_who_chose_a_language_has_todays_commands_also_after_a_new_release(world: World, tmp_path: Path) -> None:
    german, settings = in_german(tmp_path / "locales", GERMAN, world.watch), settings_for(world, tmp_path)
    commands = world.telegram.state.bot.commands
    async with running(world, settings, languages=german) as shop:
        ann = await opens(shop)
        await ann.tap_seen("Language")
        await ann.tap_seen("Deutsch")
        await ann.waits_for(lambda: ("chat:100", "") in commands, "her own commands")
    commands["chat:100", ""] = [{"command": "gone", "description": "What the release before had"}]
    async with running(world, settings, languages=german) as shop:
        ann = shop.person()
        await ann.say("/help")
        await ann.waits_for(lambda: "So geht das" in str(commands["chat:100", ""]), "this release's commands")


async def test_with_ones_data_goes_all_that_was_set(world: World, tmp_path: Path) -> None:
    german = in_german(tmp_path / "locales", GERMAN, world.watch)
    async with running(world, settings_for(world, tmp_path), languages=german) as shop:
        ann = await opens(shop)
        await ann.tap_seen("Quiet numbers")
        await ann.tap_seen("Language")
        await ann.tap_seen("Deutsch")
        commands = shop.server.telegram.state.bot.commands
        await ann.waits_for(lambda: ("chat:100", "") in commands, "her own commands")
        await ann.say("/settings")
        await ann.tap_seen("Delete my data")
        await ann.tap_seen("Confirm")
        await ann.waits_for(lambda: ("chat:100", "") not in commands, "the commands of everybody")
        await ann.say("/settings")
        await ann.sees("Language: English, as in Telegram")
        assert await preferred(shop) == Preferences()


async def test_a_language_that_is_gone_changes_nothing(shop: Shop) -> None:
    ann = await opens(shop)
    await ann.tap_seen("Language")
    await ann.presses("sc1:tlh", await ann.sees("All messages from now on"))
    await ann.sees_button("✓ As in Telegram")
    person = await shop.app.shop.people.get(ANN)
    assert person is not None
    assert replace(person, chosen_language=None) == person
