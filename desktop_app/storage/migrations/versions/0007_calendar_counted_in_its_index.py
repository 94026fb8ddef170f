"""The index of live deadlines holds every column that a calendar's question names, so that no row is looked at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The same index with more columns."""
    op.drop_index("ix_cases_live_due", "cases")
    op.create_index(
        "ix_cases_live_due",
        "cases",
        ["due", "awaiting_reply", "provisional", "due_from", "voided", "is_open", "replied"],
        unique=False,
        sqlite_where=sa.text(
            "voided = 0 AND (awaiting_reply = 1 OR (is_open = 1 AND due_from = 'dispatch' AND replied IS NULL))"
        ),
    )
