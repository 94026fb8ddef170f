"""Ledgers as Excel files, for the archive and for people who work in sheets (X 第五条（六）, T 第十六条)."""

from __future__ import annotations

import contextlib
import secrets
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from desktop_app.documents.ledger_sheet import (
    FIRST_ROW,
    LAST_POSSIBLE_ROW,
    PAPERS,
    SHEET_FILE,
    LedgerColumn,
    empty_ledger,
)
from desktop_app.documents.poured_rows import Cell, pour
from desktop_app.domain.masking import FIELD_MASKS
from desktop_app.domain.messages import Citizen
from desktop_app.domain.privacy import masked_text
from desktop_app.errors import Refusal, StorageProblem

__all__ = ["Cell", "LedgerColumn", "write_ledger"]

UNMASKED_NOTE = "含网友身份信息，仅限办理使用，不得外传"


def write_ledger(
    path: Path,
    title: str,
    columns: Sequence[LedgerColumn],
    rows: Iterable[Sequence[Cell]],
    *,
    note: str,
    paper: str = "A4",
    unmasked: bool = False,
    covered: bool = False,
) -> int:
    """Writes the ledger and returns how many rows it holds; `rows` are read once, in a stream.

    Identity fields and protected columns are masked unless `unmasked`, and then the sheet says so; or unless all of
    them come `covered` already (`services.ledgers.COVERED`), for it takes the most time, and there the whole citizen
    is known.

    Nothing stands at `path` until all is written; StorageProblem where it can't be, Refusal where there are more rows
    than Excel has.
    """
    if not columns or paper not in PAPERS:
        raise ValueError("a ledger has columns, on A3 or A4")
    if unmasked:
        note = f"{note}　{UNMASKED_NOTE}" if note else UNMASKED_NOTE
    elif not covered:
        rows = _masked_rows(columns, rows)
    part = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        try:
            count = _write(part, title, note, columns, rows, paper)
            part.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    except PermissionError as error:
        raise StorageProblem(
            "file_not_writable",
            f"台账未能写入：{path}。原有内容没有改动。",
            remedy="请先关闭正在打开它的 Excel 或 WPS，或另选一个可以写入的文件夹。",
        ) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StorageProblem(
            "file_not_writable",
            f"台账未能写入：{path}（{reason}）。原有内容没有改动。",
            remedy="请检查文件夹是否存在、磁盘是否已满，再写一次。",
        ) from error
    return count


def _write(
    part: Path,
    title: str,
    note: str,
    columns: Sequence[LedgerColumn],
    rows: Iterable[Sequence[Cell]],
    paper: str,
) -> int:
    empty = empty_ledger(title, note, columns, paper, FIRST_ROW)
    count = 0
    # Of a ledger, level 2 leaves a third more than level 6 and takes a quarter of its time.
    with zipfile.ZipFile(part, "x", zipfile.ZIP_DEFLATED, compresslevel=2) as book:
        with book.open(SHEET_FILE, "w") as sheet:
            sheet.write(empty.head)
            for some, xml in pour(empty.columns, rows, FIRST_ROW):
                count += some
                if FIRST_ROW + count - 1 > LAST_POSSIBLE_ROW:
                    raise Refusal(
                        "too_many_rows",
                        f"一个工作表最多容纳 {LAST_POSSIBLE_ROW - FIRST_ROW + 1:,} 行，台账没有导出。",
                        remedy="请按年份或状态筛选后分次导出。",
                    )
                sheet.write(xml)
            full = empty_ledger(title, note, columns, paper, FIRST_ROW + count - 1)
            sheet.write(full.tail)
        for name, content in full.others:
            book.writestr(name, content)
    return count


def _masked_rows(columns: Sequence[LedgerColumn], rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """The rows with identity fields and protected columns masked; a free text also by what its own row tells."""
    fields = {
        place: FIELD_MASKS[column.key] for place, column in enumerate(columns) if column.key in FIELD_MASKS
    }
    texts = [place for place, column in enumerate(columns) if column.protected and place not in fields]
    places = {column.key: place for place, column in enumerate(columns) if column.key in FIELD_MASKS}
    if not fields and not texts:
        yield from rows
        return
    for row in rows:
        yield _masked_row(row, fields, texts, places)


def _masked_row(
    row: Sequence[Cell],
    fields: dict[int, Callable[[str], str]],
    texts: Sequence[int],
    places: dict[str, int],
) -> Sequence[Cell]:
    shown = list(row)
    for place, mask in fields.items():
        value = row[place]
        shown[place] = mask(str(value)) if value not in (None, "") else value
    if texts:
        own = {key: str(row[place] or "") for key, place in places.items()}
        citizen = Citizen(
            own.get("citizen", ""),
            own.get("contact", ""),
            own.get("work_unit", ""),
            own.get("address", ""),
            own.get("ip", ""),
        )
        for place in texts:
            value = row[place]
            shown[place] = masked_text(value, citizen) if isinstance(value, str) else value
    return shown
