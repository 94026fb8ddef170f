"""From a row of a sheet to a message that can be registered, or to the reason why it cannot (docs/command-line.md, 导入)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.domain.columns import RATINGS, ColumnMap
from desktop_app.domain.message_text import clean, fold
from desktop_app.domain.message_times import Cell, MessageTime, read_time
from desktop_app.domain.messages import NOTHING, Citizen, Message
from desktop_app.domain.oversight import NOT_FROM_ABOVE, HandedDown

NO_CONTENT = "no_content"
BAD_TIME = "bad_time"
NUMBER_LOST_DIGITS = "number_lost_digits"
NUMBER_CONFLICT = "number_conflict"

EXACT_BELOW = 2**53
"""A sheet keeps numbers as IEEE doubles: from here on neighbouring whole numbers fall together."""

_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+\d+")
_WHOLE_AS_FLOAT = re.compile(r"(\d+)\.0+")
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')
_QUOTED_LENGTH = 30


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be registered. `reason` is the code promised in docs/command-line.md."""

    row: int
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A row read: the message as the register will keep it, and its dates.

    `remarks` say in Chinese what was passed over without turning the row away.
    """

    row: int
    message: Message
    time: MessageTime | None = None
    received_on: date | None = None
    remarks: tuple[str, ...] = ()
    handed_down: HandedDown = NOT_FROM_ABOVE

    def registered_on(self, otherwise: date) -> date:
        """The date of the case's first event: 收件日期, else the day of 留言时间, else `otherwise` (--on)."""
        if self.received_on is not None:
            return self.received_on
        return self.time.date if self.time is not None else otherwise


class _Unreadable(Exception):
    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


def cell_text(cell: Cell) -> str:
    """A cell as text: 12345.0 is `12345`, a date is ISO, a truth value is TRUE or FALSE as sheets show it."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if math.isfinite(cell) and cell == int(cell) else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def has_lost_digits(cell: Cell) -> bool:
    """Whether a number cell is too long for a sheet to have kept it whole."""
    return isinstance(cell, float) and (not math.isfinite(cell) or abs(cell) >= EXACT_BELOW)


def read_row(number: int, cells: Sequence[Cell], columns: ColumnMap) -> IncomingMessage | Rejected:
    """Reads row `number` (as a person counts it) whose `cells` stand under the header of `columns`."""
    try:
        return _read(_RowReader(number, cells, columns))
    except _Unreadable as fault:
        return Rejected(number, fault.reason, fault.message)


def _read(row: _RowReader) -> IncomingMessage:
    raw_title, raw_text = row.raw("title"), row.raw("text")
    title, text = clean(raw_title), clean(raw_text)
    if not title and not text:
        raise _Unreadable(
            NO_CONTENT, f"第 {row.number} 行：留言主题和留言详情都是空的；请补上其中一项，或删去该行"
        )
    written = row.time("time")
    received = row.time("received_on")
    message = Message(
        title=title,
        text=text,
        citizen=Citizen(
            name=row.text("citizen"),
            contact=row.number_text("contact"),
            work_unit=row.text("work_unit"),
            address=row.text("address"),
            ip=row.text("ip"),
        ),
        board_number=row.board_number(),
        board=row.text("board"),
        kind=row.text("kind"),
        domain=row.text("domain"),
        written="" if written is None else str(written),
        raw_title=raw_title if raw_title != title else "",
        raw_text=raw_text if raw_text != text else "",
        answer=row.text("answer"),
        answered_at=row.lenient_time("answered_at"),
        answered_by=row.text("answered_by"),
        ratings=row.ratings() or NOTHING,
        extra=row.extra() or NOTHING,
    )
    above = HandedDown(row.text("handed_down_by"), row.day("handed_down_on"), row.day("upstream_due"))
    handed_down = above if above != NOT_FROM_ABOVE else NOT_FROM_ABOVE
    received_on = None if received is None else received.date
    return IncomingMessage(row.number, message, written, received_on, tuple(row.remarks), handed_down)


class _RowReader:
    """One row's cells by field. Collects remarks; raises `_Unreadable` for what turns the row away."""

    def __init__(self, number: int, cells: Sequence[Cell], columns: ColumnMap) -> None:
        self.number = number
        self.remarks: list[str] = []
        self._cells = cells
        self._columns = columns

    def _cell(self, field: str) -> Cell:
        index = self._columns.fields.get(field)
        return self._cells[index] if index is not None and index < len(self._cells) else None

    def _place(self, field: str) -> str:
        return f"第 {self.number} 行“{self._columns.name_of(field)}”"

    def raw(self, field: str) -> str:
        cell = self._cell(field)
        if has_lost_digits(cell):
            raise _Unreadable(
                NUMBER_LOST_DIGITS,
                f"{self._place(field)}：{cell_text(cell)} 这个数太长，表格软件已丢掉末尾几位；"
                "请把该列设成文本格式，重新填写完整的号码",
            )
        return cell_text(cell)

    def text(self, field: str) -> str:
        return clean(self.raw(field))

    def number_text(self, field: str) -> str:
        """A field that is a number people read out; `1.38E+10` is what is left of one in a text file."""
        text = self.text(field)
        if _SCIENTIFIC.fullmatch(text):
            raise _Unreadable(
                NUMBER_LOST_DIGITS,
                f"{self._place(field)}：{text} 是科学记数，末尾几位已丢掉；请从原系统重新导出，或填写完整的号码",
            )
        return text

    def board_number(self) -> str:
        """The board's number. `12345.0` and `="12345"` are how some exports write it into text files."""
        number = self.number_text("board_number")
        found = _WHOLE_AS_FLOAT.fullmatch(number) or _QUOTED_FORMULA.fullmatch(number)
        return clean(found[1]) if found else number

    def time(self, field: str) -> MessageTime | None:
        try:
            return self._read_time(field)
        except ValueError as error:
            raise _Unreadable(BAD_TIME, f"{self._place(field)}：{self._quoted(field)} {error}") from error

    def day(self, field: str) -> date | None:
        """The day of a time; what cannot be read turns the row away."""
        read = self.time(field)
        return None if read is None else read.date

    def lenient_time(self, field: str) -> str:
        """A time that no date of the case hangs on: what cannot be read stays as given, with a remark."""
        try:
            read = self._read_time(field)
        except ValueError as error:
            self.remarks.append(f"{self._place(field)}：{self._quoted(field)} {error}；已照原样保存")
            return clean(cell_text(self._cell(field)))
        return "" if read is None else str(read)

    def _read_time(self, field: str) -> MessageTime | None:
        cell = self._cell(field)
        return None if cell is None else read_time(cell, unix_seconds=self._columns.counts_seconds(field))

    def _quoted(self, field: str) -> str:
        given = " ".join(cell_text(self._cell(field)).split())
        return f"“{given[:_QUOTED_LENGTH]}{'…' if len(given) > _QUOTED_LENGTH else ''}”"

    def ratings(self) -> Mapping[str, str]:
        given: dict[str, str] = {}
        for field in RATINGS:
            text = self.lenient_time(field) if field == "reviewed_on" else self.text(field)
            if text:
                given[field] = text
        return given

    def extra(self) -> Mapping[str, str]:
        kept: dict[str, str] = {}
        for index in self._columns.unknown:
            cell = self._cells[index] if index < len(self._cells) else None
            text = cell_text(cell)
            if not text:
                continue
            name = clean(self._columns.header[index]) or f"第{index + 1}列"
            kept[_unused(name, kept)] = text
            if has_lost_digits(cell):
                self.remarks.append(f"第 {self.number} 行“{name}”：{text} 这个数太长，末尾几位可能已失真")
        return kept


def _unused(name: str, taken: Mapping[str, str]) -> str:
    if name not in taken:
        return name
    serial = next(n for n in range(2, len(taken) + 3) if f"{name}（{n}）" not in taken)
    return f"{name}（{serial}）"


def folded_number(board_number: str) -> str:
    """A board number as it is compared: `ＴＬ－001` and `tl-001` are one."""
    return fold(board_number)
