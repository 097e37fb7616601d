"""Each column that can hold words is accounted for: when what concerns a person alone goes, or why it may stay."""

from sqlalchemy import JSON, String

from bot.db.schema import metadata

BY_AGE = {"orders.number", "sms.text", "sms.code", "sms.sender", "sms.fingerprint", "notices.key", "cards.via"}
"""Erased after RETENTION_DAYS: `db/orders/erasing.py`."""
ON_REQUEST = {
    *(f"people.{name}" for name in ("name", "username", "search_name", "language", "chosen_language", "role")),
    *(f"entry_requests.{name}" for name in ("name", "username", "language", "answer")),
    *(f"credit_requests.{name}" for name in ("reason", "basket")),
    "whereabouts.data",
    "notices.detail",
    "drafts.countries",
    "labels.text",
    "preferences.window",
}
"""Deleted when its person asks for it: `db/people.py`; of notices names and reasons: `db/telling/named.py`."""
KEPT = {
    "people.standing": "a block must not be washed off",
    "credit_requests.answer": "an admin's",
    "invitations.code": "used up, or nobody's yet",
    "searches.text": "without whose it was",
    "accounts.name": "ids",
    "transfers.ref": "ids",
    "transfers.source": "ids",
    "transfers.target": "ids",
    "audit.act": "one of our words",
    "audit.detail": "holds no number and no code; notes are admins'",
    "cards.role": "one of our words",
    "notices.kind": "one of our words",
    "orders.countries": "ids",
    "orders.nonce": "drawn by us",
    "orders.product_id": "HidSim's, of an offer",
    "orders.operation_id": "HidSim's, of an operation: evidence",
    "operation_ids.alias": "the same",
    "orders.currency": "a currency",
    "orders.state": "one of our words",
    "orders.reason": "one of our words",
    "orders.sequel": "one of our words",
    "orders.evidence": "balances",
    "switches.name": "one of our words, or a group's id",
    "switches.value": "the shop's",
    "incidents.kind": "one of our words",
    "incidents.subject": "an id",
    "incidents.detail": "figures, and the name of an admin who paused buying",
    "arrivals.awaited": "one of our words",
    **{f"{table}.{name}": "HidSim's catalog" for table in ("services", "countries") for name in ("hidsim_id", "name")},
    "countries.code": "HidSim's catalog",
    "countries.label": "HidSim's catalog",
    "services.denied_by": "an entry of the settings",
    "countries.denied_by": "an entry of the settings",
}


def can_hold_words() -> set[str]:
    kinds = (String, JSON)
    return {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, kinds) or isinstance(getattr(column.type, "impl_instance", column.type), kinds)
    }


def test_it_is_decided_for_each_column_when_it_goes_or_why_it_stays() -> None:
    assert can_hold_words() == BY_AGE | ON_REQUEST | set(KEPT)


def test_nothing_is_decided_twice() -> None:
    assert len(BY_AGE) + len(ON_REQUEST) + len(KEPT) == len(BY_AGE | ON_REQUEST | set(KEPT))
