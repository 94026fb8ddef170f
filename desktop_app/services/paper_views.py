"""Looking at a paper before it is made: it may tell who the citizen is, so who looked is on record."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.services.journaling import note
from desktop_app.services.session import Session


def note_seen(session: Session, numbers: Iterable[str], title: str) -> None:
    """Note on each case that its protected words were seen on a paper of that title (X 第六条)."""
    with session.change() as work:
        for number in numbers:
            note(session, work, "reveal", protected={"reason": f"预览{title}"}, case=number)
