"""An office from nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_EXTRAS: tuple[str, ...] = (
    # Tokens are bigrams of our own (see search_index), so nothing but presence is kept of them.
    "CREATE VIRTUAL TABLE case_search USING fts5"
    "(terms, content='', contentless_delete=1, detail='none', tokenize='ascii')",
    "CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events "
    "BEGIN SELECT RAISE(ABORT, 'events are never changed'); END",
    "CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events "
    "BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END",
    "CREATE TRIGGER cases_counted_in AFTER INSERT ON cases BEGIN "
    "INSERT INTO status_counts (status, is_open, voided, count) VALUES (NEW.status, NEW.is_open, NEW.voided, 1) "
    "ON CONFLICT (status, is_open, voided) DO UPDATE SET count = count + 1; END",
    "CREATE TRIGGER cases_counted_out AFTER DELETE ON cases BEGIN "
    "UPDATE status_counts SET count = count - 1 "
    "WHERE status = OLD.status AND is_open = OLD.is_open AND voided = OLD.voided; END",
    "CREATE TRIGGER cases_counted_over AFTER UPDATE OF status, is_open, voided ON cases BEGIN "
    "UPDATE status_counts SET count = count - 1 "
    "WHERE status = OLD.status AND is_open = OLD.is_open AND voided = OLD.voided; "
    "INSERT INTO status_counts (status, is_open, voided, count) VALUES (NEW.status, NEW.is_open, NEW.voided, 1) "
    "ON CONFLICT (status, is_open, voided) DO UPDATE SET count = count + 1; END",
)


def upgrade() -> None:
    """All tables of the first schema, with the search index, guards and kept counts."""
    op.create_table(
        "cases",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("regulation", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("received", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("board_number", sa.Text(), nullable=False),
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("supporting", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("reminder", sa.Text(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("due_from", sa.Text(), nullable=True),
        sa.Column("awaiting_reply", sa.Boolean(), nullable=False),
        sa.Column("was_overdue", sa.Boolean(), nullable=False),
        sa.Column("dispatched", sa.Text(), nullable=True),
        sa.Column("taken", sa.Text(), nullable=True),
        sa.Column("replied", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Text(), nullable=True),
        sa.Column("archived", sa.Text(), nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    op.create_index(
        "ix_cases_awaiting_due",
        "cases",
        ["due"],
        unique=False,
        sqlite_where=sa.text("awaiting_reply = 1 AND voided = 0"),
    )
    op.create_index(
        "ix_cases_awaiting_reminder",
        "cases",
        ["reminder"],
        unique=False,
        sqlite_where=sa.text("awaiting_reply = 1 AND voided = 0"),
    )
    op.create_index(
        "ix_cases_batch", "cases", ["batch"], unique=False, sqlite_where=sa.text("batch IS NOT NULL")
    )
    op.create_index(
        "ix_cases_board_number",
        "cases",
        ["board_number"],
        unique=False,
        sqlite_where=sa.text("board_number <> ''"),
    )
    op.create_index(
        "ix_cases_category", "cases", ["category"], unique=False, sqlite_where=sa.text("voided = 0")
    )
    op.create_index(
        "ix_cases_category_due",
        "cases",
        ["category", "due"],
        unique=False,
        sqlite_where=sa.text("voided = 0"),
    )
    op.create_index("ix_cases_due", "cases", ["due"], unique=False, sqlite_where=sa.text("voided = 0"))
    op.create_index("ix_cases_lead", "cases", ["lead"], unique=False, sqlite_where=sa.text("voided = 0"))
    op.create_index(
        "ix_cases_open_due", "cases", ["is_open", "due"], unique=False, sqlite_where=sa.text("voided = 0")
    )
    op.create_index(
        "ix_cases_received", "cases", ["received"], unique=False, sqlite_where=sa.text("voided = 0")
    )
    op.create_index("ix_cases_status", "cases", ["status"], unique=False, sqlite_where=sa.text("voided = 0"))
    op.create_index(
        "ix_cases_status_due", "cases", ["status", "due"], unique=False, sqlite_where=sa.text("voided = 0")
    )
    op.create_table(
        "counters",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_counters")),
    )
    op.create_table(
        "documents_issued",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number_text", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("voided_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", "serial", name=op.f("pk_documents_issued")),
        sa.UniqueConstraint("number_text", name=op.f("uq_documents_issued_number_text")),
    )
    op.create_index("ix_documents_issued_case_id", "documents_issued", ["case_id"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("user", "case_id", "action", name=op.f("pk_drafts")),
    )
    op.create_table(
        "events",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index("ix_events_case_id", "events", ["case_id"], unique=False)
    op.create_table(
        "holiday_notices",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("entered", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("year", "region", name=op.f("pk_holiday_notices")),
    )
    op.create_table(
        "import_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("entered", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.Column("duplicates", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("undone", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batches")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_import_batches_sha256", "import_batches", ["sha256"], unique=False)
    op.create_table(
        "journal_head",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_journal_head")),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "status_counts",
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("status", "is_open", "voided", name=op.f("pk_status_counts")),
    )
    op.create_table(
        "units",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_names", sa.Text(), nullable=False),
        sa.Column("superior", sa.Text(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("deputy", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("handler", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("duties", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_units")),
    )
    op.create_table(
        "users",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_users")),
    )
    op.create_table(
        "attachments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.UniqueConstraint("file", name=op.f("uq_attachments_file")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_attachments_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index("ix_attachments_case_id", "attachments", ["case_id"], unique=False)
    op.create_table(
        "case_messages",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("citizen_name", sa.Text(), nullable=False),
        sa.Column("citizen_contact", sa.Text(), nullable=False),
        sa.Column("citizen_work_unit", sa.Text(), nullable=False),
        sa.Column("citizen_address", sa.Text(), nullable=False),
        sa.Column("citizen_ip", sa.Text(), nullable=False),
        sa.Column("board_number", sa.Text(), nullable=False),
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("raw_title", sa.Text(), nullable=False),
        sa.Column("raw_text", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("ratings", sa.Text(), nullable=False),
        sa.Column("extra", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_messages_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_messages")),
    )
    op.create_table(
        "case_units",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_units_case_id")),
        sa.PrimaryKeyConstraint("case_id", "unit", name=op.f("pk_case_units")),
    )
    op.create_index("ix_case_units_unit", "case_units", ["unit", "case_id"], unique=False)
    op.create_table(
        "incoming_keys",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content_digest", sa.Text(), nullable=False),
        sa.Column("board_number", sa.Text(), nullable=False),
        sa.Column("likeness", sa.Text(), nullable=False),
        sa.Column("title_likeness", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_incoming_keys_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_incoming_keys")),
    )
    op.create_index("ix_incoming_keys_board_number", "incoming_keys", ["board_number"], unique=False)
    op.create_index("ix_incoming_keys_content_digest", "incoming_keys", ["content_digest"], unique=False)
    op.create_index("ix_incoming_keys_likeness", "incoming_keys", ["likeness"], unique=False)
    op.create_index("ix_incoming_keys_title_likeness", "incoming_keys", ["title_likeness"], unique=False)
    op.create_table(
        "papers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("template_sha256", sa.Text(), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_papers_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
    )
    op.create_index("ix_papers_case_id", "papers", ["case_id"], unique=False)
    op.create_table(
        "protected_words",
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_protected_words_event_id")),
        sa.PrimaryKeyConstraint("event_id", "key", name=op.f("pk_protected_words")),
    )
    op.create_table(
        "search_texts",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_search_texts_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_search_texts")),
    )
    for statement in _EXTRAS:
        op.execute(statement)
