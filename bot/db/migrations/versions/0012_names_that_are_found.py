"""names of people who are there already, as they are compared in a search

Who writes is written down with it; this is for those who wrote to the release before.
"""

import re
from unicodedata import normalize

import sqlalchemy as sa
from alembic import op
from anyascii import anyascii

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_AT_ONCE = 5_000
_WORD = re.compile(r"[a-z0-9_]+")
_PEOPLE = sa.table("people", sa.column("id", sa.BigInteger), sa.column("name", sa.Text), sa.column("search_name"))


def upgrade() -> None:
    last = -1
    while found := _after(last):
        last = found[-1][0]
        op.get_bind().execute(
            sa.update(_PEOPLE).where(_PEOPLE.c.id == sa.bindparam("person")).values(search_name=sa.bindparam("found")),
            [{"person": person, "found": _folded(name)} for person, name in found],
        )


def _after(last: int) -> list[tuple[int, str]]:
    query = sa.select(_PEOPLE.c.id, _PEOPLE.c.name).where(_PEOPLE.c.id > last).order_by(_PEOPLE.c.id).limit(_AT_ONCE)
    return [(row.id, row.name) for row in op.get_bind().execute(query)]


def _folded(name: str) -> str:
    return " ".join(_WORD.findall(anyascii(normalize("NFKC", name[:200]).casefold()).lower()))


def downgrade() -> None:
    """The release before does not read it."""
