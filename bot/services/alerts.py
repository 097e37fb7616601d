"""Alerts to admins: written like every other notice, each once for its cause and not once a tick."""

from collections.abc import Iterable
from datetime import datetime

from bot.db import notices
from bot.db.database import AsyncConnection
from bot.domain.notices import NoticeKind


class Alerts:
    """Knows the admins of the settings."""

    def __init__(self, admin_ids: Iterable[int]) -> None:
        self._admin_ids = tuple(sorted(admin_ids))

    async def raise_in(
        self,
        connection: AsyncConnection,
        what: str,
        cause: str,
        now: datetime,
        *,
        order_id: int | None = None,
        **detail: str,
    ) -> None:
        """One alert of a kind for one cause (an order, an hour); repeating it is harmless."""
        for admin in self._admin_ids:
            await notices.add(
                connection,
                f"alert:{what}:{cause}:{admin}",
                admin,
                NoticeKind.ALERT,
                now,
                order_id=order_id,
                detail={"what": what, **detail},
            )
