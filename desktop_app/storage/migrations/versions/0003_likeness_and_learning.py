"""Keys by which messages that say the same are found; what the program has learned from the office's own cases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop_app.domain.likeness import keys_of

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT_ONCE = 2000


def upgrade() -> None:
    """Two new tables; the cases that stand are made known by their likeness."""
    op.create_table(
        "likeness_keys",
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", _ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "case_id", name=op.f("pk_likeness_keys")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "learned",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_learned")),
    )
    connection = op.get_bind()
    last = 0
    while rows := connection.execute(
        sa.text(
            "SELECT m.case_id, m.title, m.text FROM case_messages m JOIN cases c ON c.id = m.case_id "
            "WHERE c.voided = :no AND m.case_id > :last ORDER BY m.case_id LIMIT :most"
        ),
        {"no": False, "last": last, "most": _AT_ONCE},
    ).all():
        keys = [
            {"key": key, "case_id": case_id} for case_id, title, text in rows for key in keys_of(title, text)
        ]
        if keys:
            connection.execute(
                sa.text("INSERT INTO likeness_keys (key, case_id) VALUES (:key, :case_id)"),
                sorted(keys, key=lambda one: one["key"]),
            )
        last = rows[-1][0]
