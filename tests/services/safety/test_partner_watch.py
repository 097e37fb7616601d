"""HidSim's silence, its sign-in and its balance: told when that begins and when it is over, and not for a blip."""

from pathlib import Path

import pytest
from sqlalchemy import event

from bot.db import incidents
from bot.domain.access import AccessMode
from bot.domain.alerts import AlertKind, BalanceLeft
from bot.services.people.staff import Staff
from bot.services.safety.partner_watch import BalanceTerms, PartnerWatch
from bot.services.telling.incidents import Incidents
from bot.services.telling.verdicts import Verdicts
from tests.services.floor import ADMIN, Floor, open_floor


def watching(floor: Floor, amount: int = 0, hours: int = 0) -> PartnerWatch:
    """A watch as after a restart: it knows nothing of what went on before."""
    verdicts = Verdicts(floor.database, Incidents(Staff([ADMIN])))
    return PartnerWatch(floor.database, floor.partner, verdicts, floor.clock.monotonic, BalanceTerms(amount, hours))


async def looks(floor: Floor, watch: PartnerWatch, seconds: float = 15, *, read: bool = False) -> None:
    """Once every 15 s. `read`: HidSim's balance is asked for before each, as the comparison of the books does."""
    for _ in range(int(seconds // 15)):
        floor.clock.forward(15)
        if read:
            await floor.partner.try_balance()
        await watch.look()


async def test_a_silence_is_told_after_two_minutes_and_its_end_at_the_next_answer(floor: Floor) -> None:
    watch = watching(floor)
    floor.director.down(on=True)
    await floor.partner.try_balance()
    await looks(floor, watch, 105)
    assert await floor.alerted() == []
    await looks(floor, watch, 120)
    assert await floor.alerted() == ["hidsim-silent"]
    floor.director.down(on=False)
    floor.clock.forward(600)  # whatever rest the client has taken is over
    await looks(floor, watch, 30)
    assert await floor.alerted() == ["hidsim-silent", "over hidsim-silent"]


async def test_a_blip_is_no_silence(floor: Floor) -> None:
    watch = watching(floor)
    for _ in range(4):
        floor.director.down(on=True)
        await floor.partner.try_balance()
        await looks(floor, watch, 60)
        floor.director.down(on=False)
        await looks(floor, watch, 60)
    assert await floor.alerted() == []


async def test_a_restart_in_a_silence_tells_it_neither_again_nor_over(floor: Floor) -> None:
    floor.director.down(on=True)
    await floor.partner.try_balance()
    await looks(floor, watching(floor), 180)
    await looks(floor, watching(floor), 180)
    assert await floor.alerted() == ["hidsim-silent"]
    floor.director.down(on=False)
    floor.clock.forward(600)
    await looks(floor, watching(floor), 30)
    assert await floor.alerted() == ["hidsim-silent", "over hidsim-silent"]


async def test_who_sleeps_beside_a_quiet_hidsim_calls_it_reached(floor: Floor) -> None:
    watch = watching(floor)
    await watch.look()
    floor.clock.forward(36_000)  # nobody asked anything for ten hours
    await looks(floor, watch, 60)
    assert await floor.alerted() == []


async def test_a_refused_sign_in_is_told_until_it_is_taken_again(floor: Floor) -> None:
    watch = watching(floor)
    floor.director.refuse_login(on=True)
    floor.director.revoke_tokens()
    for _ in range(3):
        floor.clock.forward(60)
        with pytest.raises(Exception, match="hidsim_sign_in"):
            await floor.partner.try_balance()
        await watch.look()
    assert await floor.alerted() == ["sign-in"]
    floor.account.answers.one_came()  # the client tries a refused sign-in again after seconds of its own
    await looks(floor, watch)
    assert await floor.alerted() == ["sign-in", "over sign-in"]


async def test_a_low_balance_is_told_once_and_over_only_when_it_is_clearly_enough(floor: Floor) -> None:
    watch = watching(floor, amount=10_000_000)
    for balance in ("10.01", "9.99", "10.01", "9.50", "11.99", "9.99"):
        floor.director.set_balance(balance)
        await looks(floor, watch, read=True)
    assert await floor.alerted() == ["balance-low"]
    floor.director.set_balance("12")
    await looks(floor, watch, 60, read=True)
    assert await floor.alerted() == ["balance-low", "over balance-low"]


async def test_a_bound_of_nothing_switches_it_off(floor: Floor) -> None:
    watch = watching(floor)
    floor.director.set_balance("0")
    await looks(floor, watch, read=True)
    assert await floor.alerted() == []


async def test_what_the_settings_switch_off_ends_without_a_word(floor: Floor) -> None:
    async with floor.database.write() as tx:
        for kind in (AlertKind.LOW_BALANCE, AlertKind.SHORT_BALANCE):
            await floor.shop.incidents.begin(tx, kind, facts=BalanceLeft(1, "USD"))
    await looks(floor, watching(floor), 30, read=True)
    assert await floor.alerted() == ["balance-low", "balance-short"]
    async with floor.database.read() as tx:
        assert await incidents.going_on(tx) == []


async def refused(floor: Floor, balance: str, nonce: str = "n1") -> None:
    """Ann wants to buy, and HidSim's balance does not suffice."""
    floor.director.set_prices("Telegram", "BR", ["0.79"])
    floor.director.set_balance(balance)
    await floor.partner.try_balance()
    await floor.bought(nonce=nonce)


async def of_empty(floor: Floor) -> list[str]:
    return [one for one in await floor.alerted() if "empty" in one]


async def test_a_top_up_ends_an_empty_balance_while_nobody_buys_and_a_refund_does_not(floor: Floor) -> None:
    await refused(floor, "0.20")
    assert await of_empty(floor) == ["empty"]
    for balance in ("0.20", "1.00"):
        floor.director.set_balance(balance)
        await looks(floor, watching(floor), read=True)  # each a restart: what it was at its beginning is kept
    assert await of_empty(floor) == ["empty"]
    floor.director.set_balance("20")
    await looks(floor, watching(floor), 30, read=True)
    assert await of_empty(floor) == ["empty", "over empty"]


async def test_a_second_empty_balance_is_measured_by_its_own_beginning(floor: Floor) -> None:
    watch = floor.shop.partner_watch
    await refused(floor, "0.20")
    await looks(floor, watch, read=True)
    floor.director.set_balance("5")
    await looks(floor, watch, read=True)
    await refused(floor, "0.10", "n2")
    floor.director.set_balance("0.15")
    await looks(floor, watch, 60, read=True)
    assert await of_empty(floor) == ["empty", "over empty", "empty"]


async def test_a_balance_that_falls_fast_is_told_before_it_is_low(floor: Floor) -> None:
    watch = watching(floor, amount=1_000_000, hours=12)
    floor.director.set_prices("Telegram", "BR", ["0.24"])
    await floor.bought()
    floor.director.set_balance("3.00")
    await looks(floor, watch, read=True)
    assert await floor.alerted() == []  # a hundredth an hour lasts for weeks
    for number in range(2):
        floor.director.set_prices("Telegram", "BR", ["0.79"])
        await floor.bought(nonce=f"m{number}")
    floor.director.set_balance("0.90")
    await looks(floor, watch, read=True)
    assert await floor.alerted() == ["balance-low"]  # its end is near too, which needs no second word


async def test_a_short_balance_is_told_and_over_when_the_day_is_over(floor: Floor) -> None:
    watch = watching(floor, hours=12)
    floor.director.set_prices("Telegram", "BR", ["0.50"])
    await floor.bought()
    floor.director.set_balance("0.20")
    await looks(floor, watch, read=True)
    assert await floor.alerted() == []  # of less than an hour nobody can tell a pace
    floor.clock.forward(7_200)
    await looks(floor, watch, read=True)
    assert await floor.alerted() == ["balance-short"]
    floor.clock.forward(86_400)
    await looks(floor, watch, read=True)
    assert await floor.alerted() == ["balance-short", "over balance-short"]


async def test_while_nothing_changes_nothing_is_asked_of_the_database(floor: Floor) -> None:
    watch = watching(floor, amount=10_000_000, hours=12)
    await looks(floor, watch, 30, read=True)
    said: list[str] = []
    listen = lambda _c, _u, statement, *_: said.append(statement)  # noqa: E731
    engine = floor.database._engine.sync_engine
    event.listen(engine, "before_cursor_execute", listen)
    await looks(floor, watch, 60)
    event.remove(engine, "before_cursor_execute", listen)
    assert said == []


async def test_a_purchase_that_works_ends_what_refused_the_others(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path, migrated_file, access=AccessMode.OPEN) as bare:
        floor = await bare.opened()
        floor.director.set_balance("0")
        for nonce in "abc":
            await floor.bought(nonce=nonce)
        assert await of_empty(floor) == ["empty"]
        floor.director.set_balance("20")
        await floor.bought(nonce="d")
        assert await of_empty(floor) == ["empty", "over empty"]
