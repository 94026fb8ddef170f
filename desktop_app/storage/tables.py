"""The tables of an office's database, as SQLAlchemy Core knows them (the ORM would cost 446 ms at start).

A case's `id` is its register number as one integer (year × 10⁹ + serial), so that the order of the register
is the order of the file. Dates and times are ISO text, lists and mappings JSON text, in every engine alike.
A change here needs a new step in `migrations/versions` and a new `SCHEMA_VERSION`; a test compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy import Boolean as AnyBoolean
from sqlalchemy import Text as AnyText
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

SCHEMA_VERSION = "0011"
"""Head of the migrations."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

# SQLite keeps a row under an INTEGER PRIMARY KEY only if the type is spelled so.
_ID = BigInteger().with_variant(Integer, "sqlite")

# In both engines in the order of its code points, so that a list is the same list on either.
Text = AnyText().with_variant(AnyText(collation="C"), "postgresql")


class _ZeroOrOne(TypeDecorator[bool]):
    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


# SQLite has no other truth than 0 and 1; kept so by PostgreSQL as well, `voided = 0` says the same to both.
Boolean = AnyBoolean().with_variant(_ZeroOrOne(), "postgresql")


def _index(name: str, *columns: str, where: str) -> Index:
    """A partial index of cases: it serves only where its condition stands in the question as literals.

    SQLite keeps the id behind the columns by itself, so that what is equal in them stands in the order of the
    register; to PostgreSQL it must be said, so `server_extras` makes them there.
    """
    partial = Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))
    partial.ddl_if(dialect="sqlite")
    return partial


def _case_id(*, primary_key: bool = False) -> Column[int]:
    return Column("case_id", _ID, ForeignKey("cases.id"), primary_key=primary_key, nullable=False)


schema_version = Table("alembic_version", metadata, Column("version_num", Text, primary_key=True))

settings = Table(
    "settings", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False)
)

events = Table(
    "events",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=False),
    Column("case_id", _ID, nullable=True),  # no foreign key: the event comes before the row it makes
    Column("action", Text, nullable=False),
    Column("canonical", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("ix_events_case_id", "case_id"),
)

# The last link of each chain, kept apart: without it a chain cut off at its end would look whole.
journal_head = Table(
    "journal_head",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("event_id", _ID, nullable=False),
    Column("hash", Text, nullable=False),
)

# Looking, printing, coming and going: a chain of its own, whose last link is the second row of `journal_head`.
access_log = Table(
    "access_log",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=False),
    Column("case_id", _ID, nullable=True),
    Column("action", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("canonical", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("ix_access_log_case_id", "case_id"),
    Index("ix_access_log_day", "day"),
)

# How far both chains had come, once a day and in each backup, under the office's seal key.
seals = Table(
    "seals",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=False),
    Column("canonical", Text, nullable=False),
    Column("mac", Text, nullable=False),
)

protected_words = Table(
    "protected_words",
    metadata,
    Column("event_id", _ID, ForeignKey("events.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("words", Text, nullable=True),  # NULL after lawful disposal; the digest in the event stays
    Column("salt", Text, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=False),
    Column("regulation", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("received", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("board_number", Text, nullable=False),
    Column("board", Text, nullable=False),
    Column("domain", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("lead", Text, nullable=False),
    Column("supporting", Text, nullable=False),
    Column("due", Text),
    Column("reminder", Text),
    Column("provisional", Boolean, nullable=False),
    Column("due_from", Text),
    Column("awaiting_reply", Boolean, nullable=False),
    Column("was_overdue", Boolean, nullable=False),
    Column("dispatched", Text),
    Column("taken", Text),
    Column("replied", Text),
    Column("published", Text),
    Column("private", Boolean, nullable=False),
    Column("closed", Text),
    Column("archived", Text),
    Column("voided", Boolean, nullable=False),
    Column("batch", Integer),
    # A partial index serves only where its condition stands in the query as literals. Voided cases are
    # in no list but the one that asks for them, so the lists' indexes leave them out and need no look-up.
    *(
        _index(f"ix_cases_{name}", *columns, where="voided = 0")
        for name, columns in (
            ("due", ("due",)),
            ("open_due", ("is_open", "due")),
            ("status_due", ("status", "due")),
            ("status", ("status",)),
            ("received", ("received",)),
            ("lead", ("lead",)),
            ("category", ("category",)),
            ("category_due", ("category", "due")),
        )
    ),
    # The whole list by number, for jumps into its midst; and what a calendar shows: all of it in the index itself.
    _index("ix_cases_number", "id", where="voided = 0"),
    _index(
        "ix_cases_live_due",
        "due",
        "awaiting_reply",
        "provisional",
        "due_from",
        "voided",
        "is_open",
        "replied",
        where="voided = 0 AND (awaiting_reply = 1 OR (is_open = 1 AND due_from = 'dispatch' AND replied IS NULL))",
    ),
    _index("ix_cases_awaiting_due", "due", where="awaiting_reply = 1 AND voided = 0"),
    _index("ix_cases_awaiting_reminder", "reminder", where="awaiting_reply = 1 AND voided = 0"),
    _index("ix_cases_board_number", "board_number", where="board_number <> ''"),
    _index("ix_cases_batch", "batch", where="batch IS NOT NULL"),
)

status_counts = Table(
    "status_counts",
    metadata,
    Column("status", Text, primary_key=True),
    Column("is_open", Boolean, primary_key=True),
    Column("voided", Boolean, primary_key=True),
    Column("count", Integer, nullable=False),
)

case_units = Table(
    "case_units",
    metadata,
    _case_id(primary_key=True),
    Column("unit", Text, primary_key=True),
    Index("ix_case_units_unit", "unit", "case_id"),
)

case_messages = Table(
    "case_messages",
    metadata,
    _case_id(primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("citizen_name", Text, nullable=False),
    Column("citizen_contact", Text, nullable=False),
    Column("citizen_work_unit", Text, nullable=False),
    Column("citizen_address", Text, nullable=False),
    Column("citizen_ip", Text, nullable=False),
    Column("board_number", Text, nullable=False),
    Column("board", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("domain", Text, nullable=False),
    Column("written", Text, nullable=False),
    Column("raw_title", Text, nullable=False),
    Column("raw_text", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_at", Text, nullable=False),
    Column("answered_by", Text, nullable=False),
    Column("ratings", Text, nullable=False),
    Column("extra", Text, nullable=False),
)

# `names`: the citizen's, folded, and how it is spelled; what search goes by is never shown.
search_texts = Table(
    "search_texts",
    metadata,
    _case_id(primary_key=True),
    Column("folded", Text, nullable=False),
    Column("names", Text, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("series", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

documents_issued = Table(
    "documents_issued",
    metadata,
    Column("series", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("serial", Integer, primary_key=True, autoincrement=False),
    Column("number_text", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("voided_reason", Text, nullable=False),
    Column("replaced_by", Text, nullable=False),
    UniqueConstraint("number_text"),
    Index("ix_documents_issued_year", "year", "series", "serial"),
)

# What the steps of each case make of a number, as the row of `cases` is what they make of the case. One paper
# may be about several cases; a case whose step was voided keeps its row here, standing no more.
document_cases = Table(
    "document_cases",
    metadata,
    Column("number_text", Text, ForeignKey("documents_issued.number_text"), primary_key=True),
    _case_id(primary_key=True),
    Column("event_id", _ID),
    Column("standing", Boolean, nullable=False),
    Column("issued_on", Text),
    Column("addressee", Text, nullable=False),
    Column("served_on", Text),
    Column("served_manner", Text, nullable=False),
    Index("ix_document_cases_case_id", "case_id"),
    Index("ix_document_cases_issued_on", "issued_on"),
)

# What the journal makes of a case for the figures. It holds while `last_event` is the case's newest event and
# `edition` that of the definitions and of the calendar; else it is found again (services/figure_facts).
case_figures = Table(
    "case_figures",
    metadata,
    _case_id(primary_key=True),
    Column("last_event", _ID, nullable=False),
    Column("edition", Text, nullable=False),
    Column("facts", Text, nullable=False),
)

# What is open on an open case, and on which days. It holds while `last_event` is the case's newest event, `edition` that
# of the rules and of the calendar, and `units` what the unit register says; else it is found again (services/open_cases).
open_items = Table(
    "open_items",
    metadata,
    _case_id(primary_key=True),
    Column("last_event", _ID, nullable=False),
    Column("edition", Text, nullable=False),
    Column("units", Text, nullable=False),
    Column("items", Text, nullable=False),
)

# The figures of a period as a bulletin told them, with what each case counted in; only added to. `id` is the number
# of the event that issued it, which bears `digest`.
bulletins = Table(
    "bulletins",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=False),
    Column("period_from", Text, nullable=False),
    Column("period_to", Text, nullable=False),
    Column("issued_on", Text, nullable=False),
    Column("told_on", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("entered", Text, nullable=False),
    Column("figures", Text, nullable=False),
    Column("counted", Text, nullable=False),
    Column("digest", Text, nullable=False),
)

units = Table(
    "units",
    metadata,
    Column("name", Text, primary_key=True),
    Column("short_names", Text, nullable=False),
    Column("superior", Text, nullable=False),
    Column("head", Text, nullable=False),
    Column("deputy", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("handler", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("duties", Text, nullable=False),
    Column("place", Integer, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("roles", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created", Text, nullable=False),
)

papers = Table(
    "papers",
    metadata,
    Column("id", _ID, primary_key=True),
    _case_id(),
    Column("form", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("template_sha256", Text, nullable=False),
    Column("event_id", _ID),
    Column("file_name", Text, nullable=False),
    Column("joint", Boolean, nullable=False),
    Index("ix_papers_case_id", "case_id"),
)

# By what was made and of what, so that a paper printed ten times, or about twenty cases, is kept once.
paper_values = Table(
    "paper_values",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("template_sha256", Text, primary_key=True),
    Column("filled", Text, nullable=False),
)

paper_templates = Table(
    "paper_templates",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

import_batches = Table(
    "import_batches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("entered", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("imported", Integer, nullable=False),
    Column("duplicates", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("undone", Text, nullable=False),
    Index("ix_import_batches_sha256", "sha256"),
    sqlite_autoincrement=True,  # an id is never given twice
)

incoming_keys = Table(
    "incoming_keys",
    metadata,
    _case_id(primary_key=True),
    Column("content_digest", Text, nullable=False),
    Column("board_number", Text, nullable=False),
    Column("likeness", Text, nullable=False),
    Column("title_likeness", Text, nullable=False),
    Index("ix_incoming_keys_content_digest", "content_digest"),
    Index("ix_incoming_keys_board_number", "board_number"),
    Index("ix_incoming_keys_likeness", "likeness"),
    Index("ix_incoming_keys_title_likeness", "title_likeness"),
)

# By what a message is found that says the same in other words (domain.likeness). No foreign key: it would want an
# index by case as large as the table, only to be kept.
likeness_keys = Table(
    "likeness_keys",
    metadata,
    Column("key", _ID, primary_key=True, autoincrement=False),
    Column("case_id", _ID, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# What the program has learned from this office's cases; made anew at any time, so nothing is lost with it.
learned = Table(
    "learned",
    metadata,
    Column("name", Text, primary_key=True),
    Column("made", Text, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", _ID, primary_key=True),
    _case_id(),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("nonce", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("by", Text, nullable=False),
    UniqueConstraint("file"),
    Index("ix_attachments_case_id", "case_id"),
)

# The sealed files themselves, where the office lies on a server; that of a file has them in a folder beside it.
attachment_contents = Table(
    "attachment_contents",
    metadata,
    Column("file", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

# The office's own paper templates, on a server likewise.
office_forms = Table(
    "office_forms",
    metadata,
    Column("name", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Column("by", Text, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("user", Text, primary_key=True),
    Column("case_id", _ID, primary_key=True, autoincrement=False),
    Column("action", Text, primary_key=True),
    Column("seat", Text, primary_key=True),
    Column("text", Text, nullable=False),
)

holiday_notices = Table(
    "holiday_notices",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("region", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("entered", Text, nullable=False),
    Column("by", Text, nullable=False),
)
