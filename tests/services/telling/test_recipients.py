"""What was written for an admin is not told to who is none any more when it leaves."""

from datetime import date

import pytest

from bot.db import people
from bot.db.telling import notices
from bot.domain.access import Standing
from bot.domain.alerts import AlertKind
from bot.domain.details import AlertDetail, CreditRequested, DailyDigest, Detail, EntryAsked, InvitationUsed, LetIn
from bot.domain.notices import NoticeKind
from bot.services.telling.tellings import Telling
from tests.services.floor import ADMIN, ANN, Floor

DIGEST = DailyDigest(date(2026, 1, 14), {}, 0, "USD", balance=5, lasts=7_200)
OF_STAFF: dict[str, tuple[NoticeKind, Detail]] = {
    "an alert": (NoticeKind.ALERT, AlertDetail(AlertKind.UNREACHABLE)),
    "a stranger who asks": (NoticeKind.MESSAGE, EntryAsked(77, "Mallory", "m")),
    "a request for credit": (NoticeKind.MESSAGE, CreditRequested(1, 77, 5, 0, "USD", "Ben", "for the newsletter")),
    "an invitation that was used": (NoticeKind.MESSAGE, InvitationUsed(77, "Ben")),
    "the digest": (NoticeKind.MESSAGE, DIGEST),
}


async def written(floor: Floor, kind: NoticeKind, detail: Detail, person_id: int = ANN) -> None:
    async with floor.database.write() as tx:
        await people.appoint(tx, ANN, admin=True)
        await notices.add(tx, "k", person_id, kind, detail=detail)


async def claimed(floor: Floor) -> Telling:
    (telling,) = await floor.outbox.claim(20)
    return telling


@pytest.mark.parametrize("what", OF_STAFF)
async def test_who_is_still_an_admin_is_told(floor: Floor, what: str) -> None:
    await written(floor, *OF_STAFF[what])
    assert not (await claimed(floor)).withheld


@pytest.mark.parametrize("what", OF_STAFF)
async def test_who_is_an_admin_no_more_is_not_told(floor: Floor, what: str) -> None:
    await written(floor, *OF_STAFF[what])
    async with floor.database.write() as tx:
        await people.appoint(tx, ANN, admin=False)
    assert (await claimed(floor)).withheld


@pytest.mark.parametrize("what", OF_STAFF)
async def test_who_is_blocked_is_not_told(floor: Floor, what: str) -> None:
    await written(floor, *OF_STAFF[what])
    async with floor.database.write() as tx:
        await people.set_standing(tx, ANN, Standing.BLOCKED)
    assert (await claimed(floor)).withheld


@pytest.mark.parametrize("what", OF_STAFF)
async def test_who_is_out_of_the_settings_is_not_told(floor: Floor, what: str) -> None:
    await written(floor, *OF_STAFF[what], person_id=ADMIN + 1)
    assert (await claimed(floor)).withheld


async def test_an_owner_who_never_wrote_is_told(floor: Floor) -> None:
    await written(floor, *OF_STAFF["the digest"], person_id=ADMIN)
    telling = await claimed(floor)
    assert (telling.withheld, telling.notice.detail) == (False, DIGEST)


async def test_the_balance_is_told_only_to_who_may_see_it_when_the_digest_leaves(floor: Floor) -> None:
    await written(floor, *OF_STAFF["the digest"])
    detail = (await claimed(floor)).notice.detail
    assert isinstance(detail, DailyDigest)
    assert (detail.balance, detail.lasts) == (None, None)


async def test_what_concerns_a_person_themselves_is_told_whatever_their_role(floor: Floor) -> None:
    await written(floor, NoticeKind.MESSAGE, LetIn())
    async with floor.database.write() as tx:
        await people.appoint(tx, ANN, admin=False)
    assert not (await claimed(floor)).withheld
