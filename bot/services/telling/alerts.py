"""Alerts to staff: written like every other notice, each once for its cause and not once a tick."""

from bot.db.database import Tx
from bot.db.telling import notices
from bot.domain.alerts import BEGIN_UNTOLD, LASTING, RIGHTS_TO_CURE, Alert
from bot.domain.details import AlertDetail
from bot.domain.notices import NoticeKind
from bot.services.people.staff import Staff
from bot.services.telling.incidents import Incidents


class Alerts:
    """Tells all who may do what helps. `incidents`: what has an end."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self.incidents = Incidents(staff)

    async def raise_in(self, tx: Tx, alert: Alert) -> None:
        """Once for each cause, and once for as long as an incident goes on; repeating it is harmless."""
        if alert.kind in LASTING:
            await self.incidents.begin(tx, alert.kind, facts=alert.facts)
            if alert.kind not in BEGIN_UNTOLD:
                return
        for admin in await self._staff.having(tx, RIGHTS_TO_CURE[alert.kind]):
            await notices.add(
                tx,
                f"alert:{alert.kind.value}:{alert.cause}:{admin}",
                admin,
                NoticeKind.ALERT,
                order_id=alert.order_id,
                detail=AlertDetail(alert.kind, alert.facts),
            )
