"""Several seats: a draft belongs to the seat it was typed at as well; and, on a server, who has which case open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

_DRAFTS_TOLD = (
    "CREATE TRIGGER drafts_told AFTER INSERT OR UPDATE OR DELETE ON drafts "
    "FOR EACH STATEMENT EXECUTE FUNCTION tell_seats()"
)
_PRESENCE = (
    'CREATE UNLOGGED TABLE presence (seat text COLLATE "C" PRIMARY KEY, "user" text COLLATE "C" NOT NULL, '
    'case_id bigint NOT NULL, doing text COLLATE "C" NOT NULL, since timestamptz NOT NULL, beat timestamptz NOT NULL)'
)


def upgrade() -> None:
    """What was typed before is no seat's in particular."""
    op.execute("CREATE TABLE drafts_before AS SELECT * FROM drafts")
    op.drop_table("drafts")
    op.create_table(
        "drafts",
        sa.Column("user", _TEXT, nullable=False),
        sa.Column("case_id", _ID, autoincrement=False, nullable=False),
        sa.Column("action", _TEXT, nullable=False),
        sa.Column("seat", _TEXT, nullable=False),
        sa.Column("text", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("user", "case_id", "action", "seat", name=op.f("pk_drafts")),
    )
    op.execute(
        'INSERT INTO drafts ("user", case_id, action, seat, text) '
        "SELECT \"user\", case_id, action, '', text FROM drafts_before"
    )
    op.drop_table("drafts_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_DRAFTS_TOLD)
        op.execute(_PRESENCE)
