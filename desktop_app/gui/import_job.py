"""Reading, trying out and bringing in: those of a large file are jobs, done in a process of their own, so everything
here is plain and can be sent there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.documents import message_files
from desktop_app.documents.sheets import read_table
from desktop_app.domain.incoming import Rejected
from desktop_app.errors import BadData, Cancelled, Fault
from desktop_app.gui.import_state import PREVIEW_ROWS, FileRead, Wish
from desktop_app.services.column_choices import remembered_columns
from desktop_app.services.intake import Brought
from desktop_app.services.session import Session

Progress = Callable[[int, int], bool]

SOON = 1.0
"""Seconds that reading and trying out, which change nothing, are given to end where they are cancelled."""

_SMALL_FILE = 2 * 2**20
"""Bytes up to which the window's own reader reads a file: 10,000 messages, packed, half a second."""

_MOST_COMPARED = 2000
"""Rows up to which a trial is a question of the window's reader and compares messages word by word: the operator waits
for it, and so do the other pages."""


def bring_in(session: Session, progress: Progress, wish: Wish) -> Brought:
    """Bring the file in; `progress` is told the messages registered and those to register."""
    return _bring_in(session, wish, progress, dry_run=False)


def try_out(session: Session, wish: Wish, progress: Progress | None = None) -> Brought:
    """What would become of every row; nothing is changed. `progress` is told the rows looked at, and all."""
    return _bring_in(session, wish, progress, dry_run=True)


def try_out_large(session: Session, progress: Progress, wish: Wish) -> Brought:
    """The same as a job."""
    return try_out(session, wish, progress)


def _bring_in(session: Session, wish: Wish, progress: Progress | None, dry_run: bool) -> Brought:
    return message_files.bring_in_file(
        session,
        wish.path,
        regulation_id=wish.regulation,
        source=wish.source,
        on=wish.on,
        chosen=wish.columns,
        sheet=wish.sheet,
        dry_run=dry_run,
        progress=progress,
        most_compared=_MOST_COMPARED,
        taken_over=wish.taken_over,
        retention=wish.retention,
    )


def is_large(path: Path) -> bool:
    """Whether reading the file is a job; what cannot be looked at is not, and the reading will say why."""
    try:
        return path.stat().st_size > _SMALL_FILE
    except OSError:
        return False


def is_long(read: FileRead) -> bool:
    """Whether trying the file out is a job."""
    return read.rows > _MOST_COMPARED or not read.is_whole


def read_file(session: Session, path: Path, sheet: str | None) -> FileRead:
    """Open a file and look up which columns were chosen for such a header before. Raises BadData."""
    table = read_table(path, sheet)
    return FileRead(path, table, remembered_columns(session, table.header), len(table.rows))


def read_large(session: Session, progress: Progress, path: Path, sheet: str | None) -> FileRead:
    """The same as a job: of the rows only the first come back, the window need not hold the others."""
    read = read_file(session, path, sheet)
    return replace(read, table=replace(read.table, rows=read.table.rows[:PREVIEW_ROWS]))


def keep_faults(read: FileRead, rejected: Sequence[Rejected], path: Path) -> int:
    """Write the rows that cannot be imported to a sheet of their own; how many there are."""
    from desktop_app.documents.fault_sheet import write_fault_sheet

    return write_fault_sheet(path, read.table, rejected)


def keep_faults_of_large(
    session: Session, progress: Progress, read: FileRead, rejected: Sequence[Rejected], path: Path
) -> int:
    """The same as a job, the file read once more. BadData where it is not what it was."""
    table = read_table(read.path, read.table.sheet or None)
    if (table.header, len(table.rows)) != (read.table.header, read.rows):
        raise BadData(Fault(read.path.name, "", "文件在试算以后改过了，行号对不上；请重新打开它再试"))
    if not progress(0, 0):
        raise Cancelled
    return keep_faults(replace(read, table=table), rejected, path)
