"""Long work of 审计日志, done in a process of its own, so these are plain functions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.services.trail import TrailQuery

if TYPE_CHECKING:
    from desktop_app.services.session import Session
    from desktop_app.services.verification import Verified

Progress = Callable[[int, int], bool]


def verify_office(session: Session, progress: Progress) -> Verified:
    """Look at everything; that it was looked at is an entry."""
    from desktop_app.domain.access_entries import VERIFIED
    from desktop_app.services import access, verification

    found = verification.verify(session, progress=progress)
    access.record(session, VERIFIED, {"problems": str(len(found.problems))})
    return found


def export_trail(query: TrailQuery, target: Path, session: Session, progress: Progress) -> int:
    """Write the lines of `query` into a sheet; how many there are."""
    from desktop_app.documents.trail_sheet import write_trail

    return write_trail(session, query, target)
