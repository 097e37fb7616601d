"""Alerts to admins: written like every other notice, each once for its cause and not once a tick."""

from collections.abc import Iterable

from bot.db.database import Tx
from bot.db.telling import notices
from bot.domain.alerts import Alert
from bot.domain.details import AlertDetail
from bot.domain.notices import NoticeKind


class Alerts:
    """Knows the admins of the settings."""

    def __init__(self, admin_ids: Iterable[int]) -> None:
        self._admin_ids = tuple(sorted(admin_ids))

    async def raise_in(self, tx: Tx, alert: Alert) -> None:
        """Once for each cause; repeating it is harmless."""
        for admin in self._admin_ids:
            await notices.add(
                tx,
                f"alert:{alert.kind.value}:{alert.cause}:{admin}",
                admin,
                NoticeKind.ALERT,
                order_id=alert.order_id,
                detail=AlertDetail(alert.kind, alert.facts),
            )
