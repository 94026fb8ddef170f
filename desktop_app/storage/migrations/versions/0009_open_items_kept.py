"""What is open on each open case, and on which days, kept beside it; empty until it is found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """One new table: what it keeps is found with the next step of a case, or when the desk is next asked for."""
    op.create_table(
        "open_items",
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("last_event", _ID, nullable=False),
        sa.Column("edition", _TEXT, nullable=False),
        sa.Column("units", _TEXT, nullable=False),
        sa.Column("items", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_open_items_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_open_items")),
    )
