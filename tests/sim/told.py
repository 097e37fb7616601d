"""A world's day as text, by the clock: what went wrong, what people did and saw, HidSim's side, and the bot's log."""

from collections.abc import Iterator
from datetime import datetime

from tests.sim.case import seconds
from tests.sim.run import Play

_WIDTH = 160


def story(play: Play, wrong: list[str]) -> str:
    world = play.world
    everything = sorted([*_happened(play), *_chats(play), *_hidsim(play), *_log(play)], key=lambda line: line[0])
    lines = [f"{at:9.3f}  {said}" for at, said in everything]
    judged = [f"NOT TRUE  {line}" for line in wrong] or ["everything held"]
    return "\n".join([f"seed {world.seed}: {play.script.given}", *_cast(play), "", *lines, "", *judged, ""])


def _cast(play: Play) -> Iterator[str]:
    """With the places by which a shorter run names them."""
    for part, one in zip(play.script.people, play.people, strict=True):
        yield f"  person {part.place}: {one.name} ({one.id}), from {part.begins:.1f} s: {', '.join(part.stories)}"
    yield f"  the admin ({play.admin.id}): {', '.join(play.script.duties) or 'nothing'}"
    for trouble in play.script.troubles:
        yield f"  trouble {trouble.place}, at {trouble.at:.1f} s: {trouble.kind}"


Line = tuple[float, str]


def _happened(play: Play) -> Iterator[Line]:
    yield from play.world.told


def _chats(play: Play) -> Iterator[Line]:
    for line in play.world.telegram.transcript:
        who = f"bot > {line.chat_id}" if line.who == "bot" else f"{line.chat_id} > bot"
        text = " / ".join(line.text.splitlines())[:_WIDTH]
        buttons = " ".join(f"[{label}]" for row in line.buttons for label in row)
        yield seconds(datetime.fromisoformat(line.at)), f"    {who} {line.kind} #{line.message_id}: {text} {buttons}"


def _hidsim(play: Play) -> Iterator[Line]:
    record = play.world.hidsim.record
    for one in record.purchases:
        yield seconds(one.at), f"        HidSim sells {one.operation_id} for {one.price}"
    for close in record.closes:
        yield seconds(close.at), f"        HidSim is asked to close {close.operation_id}: {close.status}"
    for refund in record.refunds:
        yield seconds(refund.at), f"        HidSim gives {refund.amount} back for {refund.operation_id}: {refund.state}"
    for operation in play.world.hidsim._backend.book:
        for sms in operation.messages:
            yield seconds(sms.received_at), f"        HidSim has an SMS of {operation.object_id}"


def _log(play: Play) -> Iterator[Line]:
    for at, line in play.world.log.lines:
        yield at, f"            log {line[:3000]}"
