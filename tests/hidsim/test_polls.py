"""A poll is a read that its asker repeats: asked once, in a turn in hand, and an unchanged answer costs no reading."""

import asyncio
import json

import pytest

from bot.hidsim import HidSim, NotFound, OutcomeUnknown, TooManyRequests
from bot.hidsim.exchange import MOST_POLLS
from tests.hidsim.conftest import Connect
from tests.hidsim.scripted_server import Behaviour, ScriptedServer, cut, hang, raw, say

OP = "b" * 24
PATH = f"/operations/{OP}"
PENDING = {"_id": OP, "id": "op-1", "state": "pending", "number": "4915112345678"}


@pytest.mark.parametrize(
    "trouble",
    [say(500), say(502, "<html>"), say(200, b"{"), raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")],
    ids=["500", "502", "half", "cut in the body"],
)
async def test_a_poll_is_asked_once(far: ScriptedServer, hidsim: HidSim, trouble: Behaviour) -> None:
    far.on(PATH, trouble, say(200, PENDING))
    with pytest.raises(OutcomeUnknown):
        await hidsim.poll(OP)
    assert len(far.asked(PATH)) == 1


async def test_a_poll_that_is_refused_as_one_too_many_is_not_repeated(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(PATH, say(429, {"message": "slow"}, Retry_After="0.01"), say(200, PENDING))
    with pytest.raises(TooManyRequests):
        await hidsim.poll(OP)
    assert len(far.asked(PATH)) == 1


async def test_a_poll_gets_a_new_token_when_its_own_is_refused(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(PATH, say(401), say(200, PENDING))
    found = await hidsim.poll(OP, turn=await hidsim.turn())
    assert found is not None
    assert [one.token for one in far.asked(PATH)] == ["token-1", "token-2"]


async def test_a_poll_with_a_turn_in_hand_waits_for_no_other(far: ScriptedServer, connect: Connect) -> None:
    far.on(PATH, say(200, PENDING))
    hidsim = connect(rate_per_second=0.5)
    await hidsim.sign_in()
    hidsim.give_back(await hidsim.turn())
    turn = await hidsim.turn()
    assert await hidsim.poll(OP, turn=turn) is not None
    assert len(far.asked(PATH)) == 1


async def test_the_same_answer_is_told_as_nothing_new(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(PATH, say(200, PENDING), say(200, PENDING), say(200, PENDING | {"state": "completed"}))
    first = await hidsim.poll(OP)
    assert first is not None
    assert await hidsim.poll(OP, known=first.digest) is None
    changed = await hidsim.poll(OP, known=first.digest)
    assert changed is not None
    assert (changed.state, changed.digest == first.digest) == ("completed", False)


async def test_an_answer_in_another_charset_is_another_answer(far: ScriptedServer, hidsim: HidSim) -> None:
    body = json.dumps(PENDING | {"messages": ["é"]}, ensure_ascii=False).encode("latin-1")
    kinds = ("application/json; charset=iso-8859-1", "application/json; charset=iso-8859-5")
    far.on(PATH, *(say(200, body, Content_Type=kind) for kind in kinds))
    first = await hidsim.poll(OP)
    assert first is not None
    assert await hidsim.poll(OP, known=first.digest) is not None


async def test_a_digest_makes_no_two_operations_different(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(PATH, say(200, PENDING))
    polled, read = await hidsim.poll(OP), await hidsim.operation(OP)
    assert polled == read
    assert repr(polled) == repr(read)


async def test_a_refusal_is_told_whatever_was_known(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(PATH, say(200, PENDING), say(404, PENDING))
    first = await hidsim.poll(OP)
    assert first is not None
    with pytest.raises(NotFound):
        await hidsim.poll(OP, known=first.digest)


async def test_a_tap_finds_a_connection_while_polls_get_no_answer(far: ScriptedServer, connect: Connect) -> None:
    far.on(PATH, hang())
    far.on("/auth/me", say(200, {"_id": OP, "balance": "1.50"}))
    hidsim = connect(read_timeout=20)
    await hidsim.sign_in()
    loop = asyncio.get_running_loop()
    polls = [loop.create_task(hidsim.poll(OP, turn=await hidsim.turn())) for _ in range(MOST_POLLS)]
    await asyncio.sleep(0)
    turn = loop.create_task(hidsim.turn())
    assert (await hidsim.me()).balance is not None
    assert not turn.done()
    polls[0].cancel()
    await asyncio.wait_for(turn, 5)
    for one in polls:
        one.cancel()
    await asyncio.gather(*polls, return_exceptions=True)


async def test_a_cut_poll_is_an_unknown_outcome(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(PATH, cut())
    with pytest.raises(OutcomeUnknown):
        await hidsim.poll(OP)
