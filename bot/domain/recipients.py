"""Whom a notice may be told when it leaves. It was written for who had a right to it, and rights turn."""

from dataclasses import replace

from bot.domain.access import Right, Role, may
from bot.domain.alerts import RIGHTS_TO_CURE
from bot.domain.details import AlertDetail, CreditRequested, DailyDigest, Detail, EntryAsked, InvitationUsed
from bot.domain.notices import NoticeKind


def right_to_hear(kind: NoticeKind, detail: Detail | None) -> Right | None:
    """What its recipient has to have; None for what concerns themselves."""
    match detail:
        case AlertDetail(what):
            return RIGHTS_TO_CURE[what]
        case EntryAsked():
            return Right.LET_IN
        case CreditRequested():
            return Right.GIVE_CREDIT
        case InvitationUsed():
            return Right.INVITE
        case DailyDigest():
            return Right.SEE_FIGURES
        case _:  # an alert in another release's words
            return Right.OPEN_ADMIN if kind is NoticeKind.ALERT else None


def as_heard(detail: Detail | None, role: Role) -> Detail | None:
    """What somebody who may hear it is told of it."""
    if isinstance(detail, DailyDigest) and not may(role, Right.SEE_BALANCE):
        return replace(detail, balance=None, lasts=None)
    return detail
