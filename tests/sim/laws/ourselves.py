"""The bot makes no mistakes of its own, and tells no secret."""

import json

from tests.crash.judge import OUR_OWN_MISTAKES
from tests.sim.case import Case, Line, digits

_MAY_END_IT = {
    "DatabaseUnusable": ("database locked", "disk full"),
    "Stopped": ("tokens expire", "HidSim refuses the sign-in", "HidSim: 401"),
}
"""What a supervisor can only answer by starting it again, and the troubles that may lead to it."""
_DISK = ("database locked", "disk full", "disk hangs", "nothing can be written when HidSim has sold")


def nothing_fails(case: Case) -> Line:
    world = case.world
    yield from (fault for keeper in world.keepers for fault in keeper.faults)
    for why in sorted({why for keeper in world.keepers for why in keeper.refused}):
        if not any(world.met[trouble] for trouble in _MAY_END_IT[why]):
            yield f"the bot ended with {why}"
    disk = any(world.met[name] for name in _DISK)
    expected = ("a tick fails", "background work failed") if disk or len(world.keepers) > 1 else ()
    for at, line in world.log.lines:
        event = json.loads(line).get("event") if line.startswith("{") else line
        if (event in OUR_OWN_MISTAKES and event not in expected) or not line.startswith("{"):
            yield f"log at {at:.3f}: {line[:1500]}"
    yield from world.telegram.problems


def no_secret_is_logged(case: Case) -> Line:
    log = "\n".join(line for _, line in case.world.log.lines)
    secrets = [case.world.telegram.token, '"demo"']
    for operation in case.operations.values():
        secrets += [operation.number or "", digits(operation.number), *(sms.text for sms in operation.messages)]
    yield from (f"{secret!r}" for secret in secrets if secret and secret in log)
