"""发文登记簿 to print and to keep: as a Word table or an Excel sheet, A4 landscape, its head on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app.documents.ledgers import LedgerColumn, write_ledger
from desktop_app.documents.paper_runs import save_document
from desktop_app.documents.table_document import TableColumn, table_document
from desktop_app.domain.wording import long_date
from desktop_app.services import issued_papers
from desktop_app.services.issued_papers import IssuedPaper
from desktop_app.services.ledgers import office_name
from desktop_app.services.session import Session

TITLE = "发文登记簿"
EXCEL, WORD, PDF = ".xlsx", ".docx", ".pdf"
KINDS = (EXCEL, WORD, PDF)
"""What a register can be written as; PDF where LibreOffice is on the machine."""

# Heading, width in characters, whether centred: one table for both kinds of file.
_COLUMNS = (
    ("序号", 6.0, True),
    ("文号", 22.0, False),
    ("日期", 12.0, True),
    ("文书", 16.0, False),
    ("主送", 20.0, False),
    ("所涉登记号", 12.0, True),
    ("送达日期、方式", 14.0, True),
    ("作废及理由", 20.0, False),
    ("经手人", 10.0, True),
)


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """What the register is narrowed to (`issued_papers.list_issued`)."""

    series: str | None = None
    year: int | None = None
    on_from: date | None = None
    on_to: date | None = None


def write_register(session: Session, query: RegisterQuery, path: Path) -> int:
    """Write the register as .xlsx, .docx or .pdf, note it in the journal, and return its lines."""
    papers = issued_papers.list_issued(session, query.series, query.year, query.on_from, query.on_to)
    rows = [register_row(place, one) for place, one in enumerate(papers, start=1)]
    note = f"{office_name(session)}　{_narrowed(query, papers)}{_counted(papers)}　{long_date(session.today)}打印"
    if path.suffix.lower() == EXCEL:
        columns = [LedgerColumn(title, title, width) for title, width, _ in _COLUMNS]
        path.parent.mkdir(parents=True, exist_ok=True)
        write_ledger(path, TITLE, columns, rows, note=note)
    else:
        columns_on_paper = [TableColumn(*one) for one in _COLUMNS]
        save_document(session, table_document(TITLE, note, columns_on_paper, rows), path)
    issued_papers.note_register(session, query.series, query.year, len(rows))
    return len(rows)


def register_row(place: int, one: IssuedPaper) -> tuple[str, ...]:
    """A line of the register as it is printed."""
    served = f"{one.served_on} {one.served_manner}".strip() if one.served_on is not None else ""
    return (
        str(place),
        one.document,
        one.on.isoformat() if one.on is not None else "",
        one.title,
        one.to,
        "、".join(one.cases),
        served,
        fate_words(one),
        one.by,
    )


def fate_words(one: IssuedPaper) -> str:
    """What became of a number that stands no more; empty where it stands."""
    if one.missing:
        return "缺号，没有编出"
    if not one.voided:
        return ""
    became = f"；换为{one.replaced_by}" if one.replaced_by else ""
    return f"作废：{one.voided_reason}{became}"


def _narrowed(query: RegisterQuery, papers: Sequence[IssuedPaper]) -> str:
    words = []
    if query.year is not None:
        words.append(f"{query.year}年")
    if query.series is not None:
        words += dict.fromkeys(one.title for one in papers if one.title) or [query.series]
    if query.on_from is not None or query.on_to is not None:
        low = long_date(query.on_from) if query.on_from is not None else "开始"
        high = long_date(query.on_to) if query.on_to is not None else "今天"
        words.append(f"{low}至{high}")
    return "　".join([*words, ""])


def _counted(papers: Sequence[IssuedPaper]) -> str:
    voided = sum(one.voided for one in papers)
    missing = sum(one.missing for one in papers)
    gaps = f"，缺 {missing} 号" if missing else ""
    return f"共 {len(papers) - missing} 号，其中作废 {voided} 号{gaps}"
