"""Names of citizens and all that lists are narrowed down by in the search index; indexes for jumps and the calendar."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop_app.storage.search_index import SearchIndex

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The words stay; the index over them is written anew, with the marks of the rows."""
    op.create_table(
        "search_texts_new",
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_search_texts_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_search_texts")),
    )
    op.execute("INSERT INTO search_texts_new SELECT case_id, folded, '' FROM search_texts")
    op.drop_table("search_texts")
    op.rename_table("search_texts_new", "search_texts")
    op.create_index("ix_cases_number", "cases", ["id"], unique=False, sqlite_where=sa.text("voided = 0"))
    op.create_index(
        "ix_cases_live_due",
        "cases",
        ["due", "awaiting_reply", "provisional", "due_from"],
        unique=False,
        sqlite_where=sa.text(
            "voided = 0 AND (awaiting_reply = 1 OR (is_open = 1 AND due_from = 'dispatch' AND replied IS NULL))"
        ),
    )
    index = SearchIndex(op.get_bind())
    index.put_names()
    index.rebuild()
