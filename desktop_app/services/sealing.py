"""Sealing the journal and the access log: at the first log-in of a day, on leaving the window, into each backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.errors import StorageProblem
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.domain.seals import Seal
    from desktop_app.storage.work import Work


def seal_if_due(session: Session, work: Work) -> Seal | None:
    """The day's first seal; None where it has one. A day is the clock's, whatever counts as today."""
    last = work.seals.last()
    if last is not None and last.day == session.clock.now()[:10]:
        return None
    return seal_now(session, work)


def seal_now(session: Session, work: Work) -> Seal | None:
    """A seal of both chains as they stand; None where neither has moved since the last."""
    last = work.seals.last()
    ends = (work.journal.last() or (0, ""))[0], (work.access.last() or (0, ""))[0]
    if last is not None and (last.journal.id, last.access.id) == ends:
        return None
    now = session.clock.now()
    return work.seals.add(now[:10], now)


def newest_for_seat(session: Session, work: Work) -> Seal | None:
    """What this seat keeps where another has sealed the day: the newest seal, on a server; None for a file's office,
    which has no other seat."""
    return work.seals.last() if session.database.on_server else None


def lay_beside(session: Session, seal: Seal | None) -> None:
    """The newest seal beside the key ring, once its transaction stands; a full disk is no reason to stop."""
    from desktop_app.storage import seals

    if seal is None:
        return
    try:
        seals.write_beside(session.folder, seal)
    except StorageProblem:
        return


def seal_today(session: Session) -> None:
    """The day's first seal, for a window that stays open past midnight."""
    with session.change() as work:
        seal = seal_if_due(session, work)
    lay_beside(session, seal)
