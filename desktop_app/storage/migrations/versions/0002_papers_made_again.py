"""Papers that can be made again to the byte; document numbers that several cases share, listed by series and year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

from desktop_app.domain.corrections import effective_steps
from desktop_app.domain.issued_numbers import numbers_borne
from desktop_app.storage.case_ids import number_of
from desktop_app.storage.journal import read_event

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORDS = (
    "SELECT event_id, key, coalesce(words, '') FROM protected_words "
    "JOIN events ON events.id = event_id WHERE case_id = :case_id"
)


def upgrade() -> None:
    """New tables for templates, values and shared numbers; numbers already given out are tied to their cases."""
    connection = op.get_bind()
    given = connection.execute(
        sa.text(
            "SELECT number_text, case_id, event_id, voided_reason FROM documents_issued "
            "WHERE case_id IS NOT NULL ORDER BY case_id"
        )
    ).all()
    _rebuild_papers()
    _rebuild_documents_issued()
    _make_new_tables()
    _fill(connection, given)


def _rebuild_papers() -> None:
    op.create_table(
        "papers_new",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("template_sha256", sa.Text(), nullable=False),
        sa.Column("event_id", _ID, nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("joint", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_papers_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
    )
    op.execute(
        "INSERT INTO papers_new SELECT id, case_id, form, number, made, by, sha256, template_sha256, event_id, "
        "file_name, 0 FROM papers"
    )
    op.drop_table("papers")
    op.rename_table("papers_new", "papers")
    op.create_index("ix_papers_case_id", "papers", ["case_id"], unique=False)


def _rebuild_documents_issued() -> None:
    op.create_table(
        "documents_issued_new",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number_text", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("voided_reason", sa.Text(), nullable=False),
        sa.Column("replaced_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", "serial", name=op.f("pk_documents_issued")),
        sa.UniqueConstraint("number_text", name=op.f("uq_documents_issued_number_text")),
    )
    op.execute(
        "INSERT INTO documents_issued_new "
        "SELECT series, year, serial, number_text, '', '', voided_reason, '' FROM documents_issued"
    )
    op.drop_table("documents_issued")
    op.rename_table("documents_issued_new", "documents_issued")
    op.create_index(
        "ix_documents_issued_year", "documents_issued", ["year", "series", "serial"], unique=False
    )


def _make_new_tables() -> None:
    op.create_table(
        "document_cases",
        sa.Column("number_text", sa.Text(), nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=True),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=True),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("served_on", sa.Text(), nullable=True),
        sa.Column("served_manner", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number_text"], ["documents_issued.number_text"], name=op.f("fk_document_cases_number_text")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_document_cases_case_id")),
        sa.PrimaryKeyConstraint("number_text", "case_id", name=op.f("pk_document_cases")),
    )
    op.create_index("ix_document_cases_case_id", "document_cases", ["case_id"], unique=False)
    op.create_index("ix_document_cases_issued_on", "document_cases", ["issued_on"], unique=False)
    op.create_table(
        "paper_values",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("template_sha256", sa.Text(), nullable=False),
        sa.Column("filled", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "template_sha256", name=op.f("pk_paper_values")),
    )
    op.create_table(
        "paper_templates",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_paper_templates")),
    )


def _fill(connection: Any, given: Iterable[Any]) -> None:
    """What the journal tells of each number: its day, addressee and delivery, who took it, whether it stands."""
    of_case: dict[int, dict[str, Any]] = {}
    for number, case_id, event_id, voided_reason in given:
        told = of_case.get(case_id)
        if told is None:
            told = of_case[case_id] = _told(connection, case_id)
        one = told["borne"].get(number)
        connection.execute(
            sa.text(
                "INSERT INTO document_cases VALUES "
                "(:number, :case_id, :event_id, :standing, :on, :to, :served, :manner)"
            ),
            {
                "number": number,
                "case_id": case_id,
                "event_id": event_id,
                "standing": one is not None or not voided_reason,
                "on": one.on.isoformat() if one is not None else told["days"].get(event_id),
                "to": one.addressee if one is not None else "",
                "served": one.served_on.isoformat() if one is not None and one.served_on else None,
                "manner": one.served_manner if one is not None else "",
            },
        )
        # Until now a number stayed void though the correction that voided it had itself been taken back.
        connection.execute(
            sa.text(
                "UPDATE documents_issued SET by = :by, voided_reason = :reason WHERE number_text = :number"
            ),
            {
                "by": told["users"].get(event_id, ""),
                "reason": "" if one is not None else voided_reason,
                "number": number,
            },
        )


def _told(connection: Any, case_id: int) -> dict[str, Any]:
    rows = connection.execute(
        sa.text("SELECT id, canonical FROM events WHERE case_id = :case_id ORDER BY id"), {"case_id": case_id}
    ).all()
    words: dict[int, dict[str, str]] = {}
    for event_id, key, text in connection.execute(sa.text(_WORDS), {"case_id": case_id}):
        words.setdefault(event_id, {})[key] = text
    events = [read_event(canonical, words.get(event_id, {})) for event_id, canonical in rows]
    return {
        "borne": numbers_borne(number_of(case_id), effective_steps(events)),
        "days": {event.id: event.on.isoformat() for event in events},
        "users": {event.id: event.by for event in events},
    }
