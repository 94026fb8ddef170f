"""Where the files of cases and the office's own paper templates lie, once an office is on a server; empty in a file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Two new tables."""
    op.create_table(
        "attachment_contents",
        sa.Column("file", _TEXT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("file", name=op.f("pk_attachment_contents")),
    )
    op.create_table(
        "office_forms",
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", _TEXT, nullable=False),
        sa.Column("changed", _TEXT, nullable=False),
        sa.Column("by", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_office_forms")),
    )
