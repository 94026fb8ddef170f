"""A log of who looked, printed, came and went, chained like the journal; and seals of both chains."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two new tables, empty, which like the journal are only added to."""
    op.create_table(
        "access_log",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("case_id", _ID, nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
    )
    op.create_index("ix_access_log_case_id", "access_log", ["case_id"], unique=False)
    op.create_index("ix_access_log_day", "access_log", ["day"], unique=False)
    op.create_table(
        "seals",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("mac", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seals")),
    )
    for table, name, words in (("access_log", "access_log_is", "entries"), ("seals", "seals_are", "seals")):
        for verb, done in (("UPDATE", "changed"), ("DELETE", "deleted")):
            op.execute(
                f"CREATE TRIGGER {name}_not_{done} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{words} are never {done}'); END"
            )
