"""Evidence of a lost purchase stands in the file as every release reads it."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.db.database import Database
from bot.db.orders import orders
from bot.domain.evidence import Evidence
from tests.db.fresh import ANN, NOW, ordered, stock

LATER = NOW + timedelta(seconds=7)
BEFORE = '{"balance_before": 5000000, "read_at": "2026-01-15T12:00:00+00:00"'


@pytest.mark.parametrize(
    ("evidence", "stored"),
    [
        (Evidence(None, None), '{"balance_before": null, "read_at": null}'),
        (Evidence(5_000_000, NOW), BEFORE + "}"),
        (
            Evidence(5_000_000, NOW, 4_880_000, LATER),
            f'{BEFORE}, "balance_after": 4880000, "read_after": "2026-01-15T12:00:07+00:00"}}',
        ),
        (
            Evidence(5_000_000, NOW, None, LATER),
            f'{BEFORE}, "balance_after": null, "read_after": "2026-01-15T12:00:07+00:00"}}',
        ),
    ],
)
async def test_evidence_is_stored_as_ever_and_comes_back_whole(
    database: Database, evidence: Evidence, stored: str
) -> None:
    async with database.write() as tx:
        await stock(tx)
        order = await ordered(tx, ANN)
        assert order.evidence is None
        await orders.keep_evidence(tx, order.id, evidence)
        assert (await tx.connection.execute(text("SELECT evidence FROM orders"))).scalar_one() == stored
        found = await orders.get(tx, order.id)
        assert found is not None
        assert found.evidence == evidence


@pytest.mark.parametrize(
    ("stored", "evidence"),
    [
        ("null", None),
        ("[]", None),
        ("{}", Evidence(None, None)),
        ('{"balance_before": "much", "read_at": "yesterday"}', Evidence(None, None)),
        ('{"balance_before": 5, "read_at": 7, "seen_by": "Ada"}', Evidence(5, None)),
    ],
)
async def test_evidence_of_another_release_keeps_no_order_from_being_read(
    database: Database, stored: str, evidence: Evidence | None
) -> None:
    async with database.write() as tx:
        await stock(tx)
        order = await ordered(tx, ANN)
        await tx.connection.execute(text("UPDATE orders SET evidence = :stored"), {"stored": stored})
        found = await orders.get(tx, order.id)
        assert found is not None
        assert found.evidence == evidence
