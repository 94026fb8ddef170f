"""Long work that the frame starts; it runs in a process of its own, so these are plain functions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.gui.ledger_state import LedgerOrder
    from desktop_app.services.backups import BackedUp
    from desktop_app.services.restoration import Preview
    from desktop_app.services.session import Session

Progress = Callable[[int, int], bool]


def back_up(session: Session, progress: Progress) -> str:
    """Back up into the data folder; the file made."""
    from desktop_app.services import backups

    return str(backups.back_up(session).file)


def back_up_if_due(leaving: bool, session: Session, progress: Progress) -> BackedUp | None:
    """What the program backs up by itself, in the morning and on leaving."""
    from desktop_app.services import backups

    return backups.back_up_if_due(session, leaving)


def export_ledger(order: LedgerOrder, session: Session, progress: Progress) -> int:
    """Write a ledger; its rows."""
    from desktop_app.documents.case_ledger import write_case_ledger

    return write_case_ledger(
        session,
        order.query,
        order.target,
        order.ledger,
        bool(order.reason),
        order.reason,
        progress,
        order.columns,
        order.within,
    )


def learn(session: Session, progress: Progress) -> int:
    """Learn anew from the office's own cases, giving way to whatever else the machine has to do."""
    import os

    from desktop_app.services import suggestions

    if hasattr(os, "nice"):
        os.nice(10)
    return suggestions.refresh(session, progress)


def preview_backup(file: Path, session: Session, progress: Progress) -> Preview:
    """Open a backup and look at everything in it."""
    from desktop_app.services import restoration

    return restoration.preview_of_own(session, file)
