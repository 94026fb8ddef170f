"""Who else has a case open: told, so that two do not do the same; never a lock (docs/adr/037).

What is known is known for half a minute: whoever went away without a word, or whose line was cut, is told of no longer
than that. For an office in a file nobody is ever told of, and nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.domain.rights import Right
from desktop_app.errors import StorageProblem
from desktop_app.services.case_loading import find_row
from desktop_app.services.regulations import load
from desktop_app.services.seen_by import may_read
from desktop_app.services.session import CHINA, Session

if TYPE_CHECKING:
    from desktop_app.domain.regulation import Regulation
    from desktop_app.storage.presence import There
    from desktop_app.storage.work import Work

TOLD_AS = "presence"
"""The kind of change by which a window hears that somebody came or left."""
BEAT_SECONDS = 10
"""So often somebody who stays says so."""


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody else at the case: ``王敏``, ``14:02``, and what is being filled in, ``答复``, or nothing."""

    user: str
    since: str
    doing: str = ""


def is_told(session: Session) -> bool:
    """Whether there can be anybody to tell of."""
    return session.database.on_server


def arrive(session: Session, number: str) -> tuple[Present, ...]:
    """Somebody opened the case at this seat; who else has it open. A seat is at one case at a time."""
    return beat(session, number)


def beat(session: Session, number: str, doing: str = "") -> tuple[Present, ...]:
    """The case is still open at this seat, the form of the action `doing` on it; who else has it open.

    To be said every BEAT_SECONDS. `number` is a register number.
    """
    session.require(Right.SEE_CASES)
    with session.beside() as work:
        work.presence.stay(session.seat, session.user.name, number, doing)
        return _others(session, work, number)


def leave(session: Session) -> None:
    """No case is open at this seat any more. Where that can't be said, the others find out by themselves."""
    if not is_told(session):
        return
    try:
        with session.beside() as work:
            work.presence.leave(session.seat)
    except StorageProblem:
        return


def others(session: Session, number: str) -> tuple[Present, ...]:
    """Who else has the case open, first come first, as far as is known."""
    session.require(Right.SEE_CASES)
    with session.beside() as work:
        return _others(session, work, number)


def elsewhere(session: Session) -> dict[str, tuple[Present, ...]]:
    """Who has which cases open at other seats, by number; which form stands open is told on the case's page only."""
    session.require(Right.SEE_CASES)
    if not is_told(session):
        return {}
    with session.beside() as work:
        found = work.presence.elsewhere(session.seat)
    told: dict[str, tuple[Present, ...]] = {}
    for number, there in found:
        told[number] = (*told.get(number, ()), Present(there.user, _since(session, there)))
    return told


def _others(session: Session, work: Work, number: str) -> tuple[Present, ...]:
    there = work.presence.others(session.seat, number)
    if not there:
        return ()
    regulation = load(find_row(work, number).regulation)
    return tuple(_told(session, regulation, one) for one in there)


def _told(session: Session, regulation: Regulation, there: There) -> Present:
    """Which form stands open is told to those only who may read what will be recorded."""
    rule = regulation.actions.get(there.doing)
    doing = rule.title if rule is not None and may_read(rule, session.roles) else ""
    return Present(there.user, _since(session, there), doing)


def _since(session: Session, there: There) -> str:
    since = there.since.astimezone(CHINA)
    today = since.date().isoformat() == session.clock.now()[:10]
    return f"{since:%H:%M}" if today else f"{since:%m-%d %H:%M}"
