"""The columns of the register, by name: what each says of a case, how wide it is, by what it sorts. No Qt here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.case_queries import SortKey
from desktop_app.gui.register_state import deadline_of
from desktop_app.services.queries import Listed


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in pixels at the standard size of text; `figures` stand right-aligned, all of one width."""

    name: str
    title: str
    width: int
    text: Callable[[Listed, date], str]
    sort: SortKey | None = None
    figures: bool = False
    shown: bool = True


def _day(value: date | None, today: date) -> str:
    if value is None:
        return ""
    return f"{value:%m-%d}" if value.year == today.year else value.isoformat()


def title_of(case: Listed) -> str:
    """On one line: messages come with line ends in their titles."""
    return " ".join(case.row.title.split()) or "（无标题）"


def beside_title(case: Listed) -> str:
    """``（王** · 市长板块）``, whatever of it is known; in a search, where the text has what was looked for."""
    if case.found:
        return f"　{case.found}"
    known = [words for words in (case.citizen.name, case.row.board or case.row.source) if words]
    return f"（{' · '.join(known)}）" if known else ""


TICK, TITLE, DEADLINE = "tick", "title", "due"

COLUMNS = (
    Column(TICK, "勾选", 48, lambda case, today: ""),
    Column("number", "登记号", 104, lambda case, today: case.number, "number", figures=True),
    Column("status", "状态", 80, lambda case, today: case.row.status, "status"),
    Column(DEADLINE, "期限", 228, lambda case, today: deadline_of(case, today).text, "due"),
    Column(TITLE, "标题", 400, lambda case, today: title_of(case)),
    Column("category", "类别", 56, lambda case, today: case.row.category),
    Column("unit", "承办单位", 200, lambda case, today: case.row.lead, "unit"),
    Column(
        "received", "收到", 92, lambda case, today: _day(case.row.received, today), "received", figures=True
    ),
    Column("urgency", "急缓", 64, lambda case, today: case.row.urgency, shown=False),
    Column("topic", "主题词", 104, lambda case, today: case.row.topic, shown=False),
    Column("domain", "领域", 80, lambda case, today: case.row.domain, shown=False),
    Column("board", "板块", 112, lambda case, today: case.row.board or case.row.source, shown=False),
    Column(
        "board_number",
        "留言编号",
        112,
        lambda case, today: case.row.board_number,
        figures=True,
        shown=False,
    ),
    Column("supporting", "协办单位", 168, lambda case, today: "、".join(case.row.supporting), shown=False),
    Column(
        "dispatched",
        "交办",
        96,
        lambda case, today: _day(case.row.dispatched, today),
        figures=True,
        shown=False,
    ),
    Column("taken", "签收", 96, lambda case, today: _day(case.row.taken, today), figures=True, shown=False),
    Column(
        "replied", "答复", 96, lambda case, today: _day(case.row.replied, today), figures=True, shown=False
    ),
    Column(
        "published",
        "公开",
        96,
        lambda case, today: _day(case.row.published, today),
        figures=True,
        shown=False,
    ),
)
PLACES = {column.name: place for place, column in enumerate(COLUMNS)}
ALWAYS_SHOWN = frozenset((TICK, "number", TITLE))


def sort_value(case: Listed, column: Column) -> str | int:
    """By what the register sorts a case on that column; cases without a deadline come last."""
    row = case.row
    values: dict[SortKey, str | int] = {
        "number": row.year * 1_000_000 + row.serial,
        "due": row.due.isoformat() if row.due else "9999-12-31",
        "received": row.received.isoformat(),
        "status": row.status,
        "unit": row.lead,
    }
    return values[column.sort] if column.sort is not None else ""
