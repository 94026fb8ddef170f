"""The import as a job: done in a process of its own, so everything here is plain and can be sent there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop_app.documents import message_files
from desktop_app.documents.sheets import read_table
from desktop_app.gui.import_state import FileRead, Wish
from desktop_app.services.column_choices import remembered_columns
from desktop_app.services.intake import Brought
from desktop_app.services.session import Session


def bring_in(session: Session, progress: Callable[[int, int], bool], wish: Wish) -> Brought:
    """Bring the file in; `progress` is told the messages registered and those to register."""
    return _bring_in(session, wish, progress)


def try_out(session: Session, wish: Wish) -> Brought:
    """What would become of every row; nothing is changed."""
    return _bring_in(session, wish, None)


_MOST_COMPARED = 2000
"""Rows up to which a trial compares messages word by word: the operator waits for it, and the window's thread with it."""


def _bring_in(session: Session, wish: Wish, progress: Callable[[int, int], bool] | None) -> Brought:
    return message_files.bring_in_file(
        session,
        wish.path,
        regulation_id=wish.regulation,
        source=wish.source,
        on=wish.on,
        chosen=wish.columns,
        sheet=wish.sheet,
        dry_run=progress is None,
        progress=progress,
        most_compared=_MOST_COMPARED,
        taken_over=wish.taken_over,
        retention=wish.retention,
    )


def read_file(session: Session, path: Path, sheet: str | None) -> FileRead:
    """Open a file and look up which columns were chosen for such a header before. Raises BadData."""
    table = read_table(path, sheet)
    return FileRead(path, table, remembered_columns(session, table.header))
