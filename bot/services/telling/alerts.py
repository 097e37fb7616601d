"""Alerts to admins: written like every other notice, each once for its cause and not once a tick."""

from bot.db.database import Tx
from bot.db.telling import notices
from bot.domain.access import Right
from bot.domain.alerts import Alert
from bot.domain.details import AlertDetail
from bot.domain.notices import NoticeKind
from bot.services.people.staff import Staff


class Alerts:
    """Tells all who help to run the shop."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    async def raise_in(self, tx: Tx, alert: Alert) -> None:
        """Once for each cause; repeating it is harmless."""
        for admin in await self._staff.having(tx, Right.OPEN_ADMIN):
            await notices.add(
                tx,
                f"alert:{alert.kind.value}:{alert.cause}:{admin}",
                admin,
                NoticeKind.ALERT,
                order_id=alert.order_id,
                detail=AlertDetail(alert.kind, alert.facts),
            )
