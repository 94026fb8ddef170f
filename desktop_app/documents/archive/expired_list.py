"""保管期满清册: what a 鉴定 looks at before anything is destroyed, as an Excel sheet with room for its verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from desktop_app.documents.ledgers import Cell, LedgerColumn, write_ledger
from desktop_app.domain.wording import long_date
from desktop_app.services.archive_list import Expired
from desktop_app.services.ledgers import office_name
from desktop_app.services.session import Session

_COLUMNS = (
    LedgerColumn("place", "序号", 6, "number"),
    LedgerColumn("file_number", "档号", 24),
    LedgerColumn("number", "登记号", 12),
    LedgerColumn("title", "题名", 48),
    LedgerColumn("closed", "办结日期", 11, "date"),
    LedgerColumn("retention", "保管期限", 9),
    LedgerColumn("until", "保管至", 11, "date"),
    LedgerColumn("verdict", "鉴定意见（续存／销毁）", 20),
    LedgerColumn("by", "鉴定人、日期", 18),
)


def write_expired(session: Session, on: date, found: Sequence[Expired], path: Path) -> int:
    """Writes the sheet; titles come masked. Errors as `write_ledger`."""
    note = f"{office_name(session)}　截至 {long_date(on)}　{len(found)} 件　鉴定销毁须按档案管理规定审批，双人监销"
    rows: Iterator[list[Cell]] = (
        [place, one.file_number, one.number, one.title, one.closed, one.retention, one.until, "", ""]
        for place, one in enumerate(found, start=1)
    )
    return write_ledger(path, "保管期满档案清册", _COLUMNS, rows, note=note)
