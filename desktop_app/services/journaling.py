"""Writing into the journal: who did it, when, and under which day, told in one place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.events import Event, NewEvent
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


def new_event(
    session: Session,
    action: str,
    keys: Mapping[str, str] | None = None,
    protected: Mapping[str, str] | None = None,
    case: str | None = None,
    on: date | None = None,
) -> NewEvent:
    """An event by the session's user, entered now; `on` is the day of the fact, today where none is given."""
    return NewEvent(
        action=action,
        on=on or session.today,
        by=session.user.name,
        entered=session.clock.now(),
        case=case,
        keys=keys or {},
        protected=protected or {},
        practice=session.clock.practice,
    )


def note(
    session: Session,
    work: Work,
    action: str,
    keys: Mapping[str, str] | None = None,
    protected: Mapping[str, str] | None = None,
    case: str | None = None,
    on: date | None = None,
) -> Event:
    """Append one event; it stands once the caller's transaction does."""
    (event,) = work.journal.append([new_event(session, action, keys, protected, case, on)])
    return event
