"""getUpdates: confirming, waiting, life of updates, conflicts."""

import asyncio

import aiohttp

from bot.sandbox.person import Person
from bot.sandbox.telegram import TelegramSandbox
from tests.sandbox.telegram.wire import Wire, button, keyboard, serve

OTHER = "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


def texts(updates: list[dict[str, dict[str, str]]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_are_given_again_until_an_offset_confirms_them(wire: Wire, ann: Person) -> None:
    for text in ("a", "b", "c"):
        await ann.say(text)
    first = await wire.updates()
    assert texts(first) == ["a", "b", "c"]
    assert texts(await wire.updates(offset=first[1]["update_id"])) == ["b", "c"]
    assert texts(await wire.updates(offset=-1)) == ["c"]
    assert texts(await wire.updates(offset=1, limit=1)) == ["c"]


async def test_update_ids_grow_one_by_one(wire: Wire, ann: Person) -> None:
    await ann.say("a")
    await ann.say("b")
    first, second = await wire.updates()
    assert second["update_id"] == first["update_id"] + 1


async def test_a_waiting_poll_ends_with_the_next_update(wire: Wire, ann: Person, telegram: TelegramSandbox) -> None:
    poll = asyncio.gather(wire.updates(timeout=30))
    await telegram.called("getUpdates")
    await ann.say("now")
    assert texts((await poll)[0]) == ["now"]


async def test_a_tap_is_lost_after_150_seconds_and_a_message_after_a_day(
    wire: Wire, ann: Person, telegram: TelegramSandbox
) -> None:
    await wire.ok("sendMessage", chat_id=ann.id, text="menu", reply_markup=keyboard([button("Go")]))
    await ann.tap("Go", wait=False)
    await ann.say("still there?")
    telegram.advance(151)
    assert texts(await wire.updates()) == ["still there?"]
    telegram.advance(24 * 3600)
    assert await wire.updates(offset=1, timeout=0) == []


async def test_kinds_are_allowed_when_the_update_is_created(wire: Wire, ann: Person, telegram: TelegramSandbox) -> None:
    await wire.updates(allowed_updates=["my_chat_member"])
    await ann.say("unheard")
    await ann.block()
    await wire.updates(offset=-10, allowed_updates="nonsense")
    telegram.problems.clear()  # nonsense is no list of kinds
    await ann.unblock()
    assert [set(update) - {"update_id"} for update in await wire.updates(offset=2)] == [{"my_chat_member"}] * 2
    await wire.updates(offset=3, allowed_updates=[])
    await ann.say("heard")
    assert texts(await wire.updates(offset=-1)) == ["heard"]


async def test_a_known_kind_that_never_comes_is_not_the_default(wire: Wire, ann: Person) -> None:
    await wire.updates(allowed_updates=["poll"])
    await ann.say("unheard")
    assert (await wire.ok("getWebhookInfo"))["pending_update_count"] == 0
    await wire.updates(offset=-1, allowed_updates=["no_such_kind"])
    await ann.say("heard")
    assert (await wire.ok("getWebhookInfo"))["pending_update_count"] == 1


async def test_the_older_of_two_pollers_is_sent_away(wire: Wire, ann: Person, telegram: TelegramSandbox) -> None:
    older = asyncio.gather(wire.error("getUpdates", timeout=30))
    await telegram.called("getUpdates")
    newer = asyncio.gather(wire.updates(offset=1, timeout=30))
    assert await older == [OTHER]
    await ann.say("for the newer one")
    assert texts((await newer)[0]) == ["for the newer one"]


async def test_polling_is_refused_while_a_webhook_is_set(wire: Wire) -> None:
    await wire.ok("setWebhook", url="http://127.0.0.1:1/")
    assert await wire.error("getUpdates") == (
        "409 Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )


async def test_setting_a_webhook_ends_a_waiting_poll(wire: Wire, telegram: TelegramSandbox) -> None:
    poll = asyncio.gather(wire.error("getUpdates", timeout=30))
    await telegram.called("getUpdates")
    await wire.ok("setWebhook", url="http://127.0.0.1:1/")
    assert await poll == ["409 Conflict: terminated by setWebhook request"]


async def test_asking_in_haste_brings_one_update_at_a_time(wire: Wire, ann: Person) -> None:
    await ann.say("a")
    await ann.say("b")
    both = await asyncio.gather(wire.updates(offset=5), wire.updates(offset=5))
    assert sorted(len(updates) for updates in both) == [1, 2]


async def test_a_waiting_poll_does_not_keep_the_server_from_stopping(telegram: TelegramSandbox) -> None:
    async with aiohttp.ClientSession() as session:
        async with serve(telegram.app()) as base:
            poll = asyncio.gather(Wire(session, base, telegram.token).updates(timeout=30))
            await telegram.called("getUpdates")
        async with asyncio.timeout(5):
            assert await poll == [[]]
