"""审计日志 as an Excel sheet: who, when, what and which case, as the auditor looked for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from desktop_app.documents.ledgers import LedgerColumn, write_ledger
from desktop_app.domain.wording import long_date
from desktop_app.services import trail
from desktop_app.services.ledgers import office_name
from desktop_app.services.session import Session
from desktop_app.services.trail import TrailLine, TrailQuery

TITLE = "审计日志"
CHAINS = {"event": "办理", "access": "登录查看"}
"""What the office calls the two chains."""

_COLUMNS = (
    LedgerColumn("chain", "类别", 10),
    LedgerColumn("place", "编号", 9),
    LedgerColumn("entered", "时间", 20),
    LedgerColumn("who", "用户", 12),
    LedgerColumn("what", "事项", 16),
    LedgerColumn("case", "登记号", 12),
    LedgerColumn("facts", "内容", 60),
)


def write_trail(session: Session, query: TrailQuery, path: Path) -> int:
    """Write the lines as .xlsx, note that it was done, and return how many there are."""
    note = f"{office_name(session)}　{_narrowed(query)}{long_date(session.today)}导出"
    path.parent.mkdir(parents=True, exist_ok=True)
    count = write_ledger(path, TITLE, _COLUMNS, _rows(session, query), note=note)
    with path.open("rb") as written:
        trail.record_reading(session, "file", count, hashlib.file_digest(written, "sha256").hexdigest())
    return count


def _rows(session: Session, query: TrailQuery) -> Iterator[tuple[str, ...]]:
    for line in trail.read_all(session, query):
        yield (
            CHAINS[line.chain],
            str(line.id),
            when_words(line),
            line.by,
            line.title,
            line.number,
            line.words,
        )


def when_words(line: TrailLine) -> str:
    """``2026-11-26 22:31:43``."""
    return line.entered[:19].replace("T", " ")


def _narrowed(query: TrailQuery) -> str:
    days = ""
    if query.low is not None or query.high is not None:
        low = long_date(query.low) if query.low is not None else "开始"
        high = long_date(query.high) if query.high is not None else "今天"
        days = f"{low}至{high}　"
    others = (query.user, query.action, query.number, query.text)
    return days + "".join(f"{one}　" for one in others if one)
