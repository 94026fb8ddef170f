"""What a program that was killed left behind in the data folder, cleared away when somebody enters next.

Temporary papers, half-made backups, half-written files, and files of attachments whose transaction never came to its
end. What belongs to somebody who is at work stays: folders and files being written are held by locks, attachments are
looked for with nobody else writing.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from desktop_app.errors import StorageProblem
from desktop_app.private_folder import HALF_MADE, TEMPORARY_FOLDER, sweep
from desktop_app.services.session import Session

_LOG = "office.db-wal"
"""The engine removes it when the last user leaves in good order."""


def was_cut_off(folder: Path) -> bool:
    """Before an office is entered: whether its last user was killed, or somebody is inside."""
    return (folder / _LOG).exists()


def clear(session: Session, cut_off: bool) -> None:
    """Remove all of it; `cut_off` as `was_cut_off` said. Where the disk does not let us it stays, and no work stops."""
    from desktop_app.storage.backup import BACKUPS_FOLDER
    from desktop_app.storage.safe_files import sweep_half_written

    with suppress(OSError, StorageProblem):
        sweep(session.folder / TEMPORARY_FOLDER)
        for place in (session.folder, session.folder / BACKUPS_FOLDER):
            sweep(place, HALF_MADE)
        sweep_half_written(session.folder)
        if cut_off:
            _clear_attachments(session)


def _clear_attachments(session: Session) -> None:
    with session.read() as work:
        if not work.attachments.strays():
            return
    with session.change() as work:
        # Nobody else writes now, so what still belongs to no case never will.
        work.attachments.drop_strays()
