"""On a server: which change came last over each line, for a seat to ask whose answer was lost."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_LAST_CHANGES = (
    'CREATE TABLE last_changes (line text COLLATE "C" PRIMARY KEY, number bigint NOT NULL, '
    'day text COLLATE "C" NOT NULL) WITH (fillfactor = 20)'
)


def upgrade() -> None:
    """One new table; a file needs none, whose answers are not lost."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_LAST_CHANGES)
