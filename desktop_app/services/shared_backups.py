"""Which of the seats of one office makes the day's backup, and when the last one was made anywhere.

Eight seats that open in the morning make one backup between them: the first claims it, for an hour. An office in a
file has one seat, which sees by its own folder what there is.
"""

from __future__ import annotations

import json
import platform
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desktop_app.services.session import CHINA, Session
from desktop_app.services.settings_keys import LAST_BACKUP

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

_CLAIM = timedelta(hours=1)
"""Whoever claims it and is switched off keeps it no longer from the others."""
_ANOTHER_AFTER = timedelta(hours=4)
"""On leaving, a backup younger than this is enough: not everybody who goes home makes one of his own."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The last backup that any seat made, or `claimed` to be making: which seat, on which PC, when (ISO), up to which
    link of the journal (empty until it is made)."""

    seat: str
    machine: str
    made: str
    head: str
    claimed: bool = False


def last(session: Session, work: Work) -> Shared | None:
    """None in an office that has one seat, and before there was any."""
    told = work.settings.get(LAST_BACKUP) if _seat(session) else None
    return Shared(**json.loads(told)) if told else None


def is_seen_to(session: Session, work: Work, leaving: bool) -> bool:
    """Whether another seat has made a backup today (`leaving`: within the last hours), or since when nothing was
    recorded, or is making one. What this seat made its own folder tells."""
    known, now = last(session, work), datetime.now(CHINA)
    if known is None or is_own(session, known):
        return False
    age = now - datetime.fromisoformat(known.made)
    if known.claimed:
        return timedelta(0) <= age < _CLAIM
    end = work.journal.last()
    if end is not None and known.head == end[1]:
        return True
    if leaving:
        return timedelta(0) <= age < _ANOTHER_AFTER
    return datetime.fromisoformat(known.made).date() == now.date()


def is_own(session: Session, known: Shared) -> bool:
    """Whether this seat made it."""
    return known.seat == _seat(session)


def claim(session: Session, work: Work) -> None:
    """This seat makes one now."""
    _put(session, work, "", claimed=True)


def record(session: Session, head: str) -> None:
    """This seat has made one, of the journal up to that link."""
    if not _seat(session):
        return
    with session.change() as work:
        _put(session, work, head, claimed=False)


def _put(session: Session, work: Work, head: str, *, claimed: bool) -> None:
    seat = _seat(session)
    if seat:
        now = datetime.now(CHINA).isoformat(timespec="seconds")
        told = Shared(seat, platform.node(), now, head, claimed)
        work.settings.put(LAST_BACKUP, json.dumps(asdict(told), ensure_ascii=False))


def _seat(session: Session) -> str:
    from desktop_app.storage.seat_name import seat_name

    return seat_name(session.folder)
