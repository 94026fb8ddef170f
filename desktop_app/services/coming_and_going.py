"""Who came, who left, who could not get in: entries of the access log.

A failed log-in can't be written where nobody can open the database: it waits beside the key ring
(`storage.waiting_entries`) and is taken into the log at the next log-in, as is the news that the file was lost or cut.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.access_entries import GAP, LOGIN, LOGIN_FAILED, LOGOUT, UNLOCK, NewEntry
from desktop_app.domain.losses import RECOVER
from desktop_app.errors import StorageProblem
from desktop_app.services import access, sealing
from desktop_app.services.session import CHINA, Session

if TYPE_CHECKING:
    from desktop_app.storage.waiting_entries import Start
    from desktop_app.storage.work import Work

WINDOW, COMMAND_LINE = "window", "command-line"
_FAILED = frozenset(("wrong_password", "account_locked"))
_STARTS = "access.waiting"
"""Setting: where the files of waiting entries began."""
_UNKNOWN = "（无此用户）"
_SHOWN_OF_NAME = 1
_PATIENCE = 10.0
"""Seconds: nobody is kept from coming in by a colleague who imports."""


def note_failed(folder: Path, user: str, problem: StorageProblem, by: str = "") -> None:
    """Somebody did not get in, by a password or what else. Whatever is wrong with the disk, only the log-in's own
    problem is told."""
    from desktop_app.storage import waiting_entries

    if problem.code not in _FAILED:
        return
    now = datetime.now(CHINA).isoformat(timespec="milliseconds")
    try:
        keys = {"why": problem.code, **({"as": by} if by else {})}
        waiting_entries.add(folder, NewEntry(LOGIN_FAILED, user, now, keys=keys))
    except StorageProblem:
        return


def note_login(session: Session, via: str) -> None:
    """Somebody got in; what waited is taken into the log, and yesterday is sealed."""
    _note_coming(session, access.new_entry(session, LOGIN, {"via": via}))


def note_unlock(session: Session) -> None:
    """Somebody came back to a window that was locked."""
    _note_coming(session, access.new_entry(session, UNLOCK))


def _note_coming(session: Session, entry: NewEntry) -> None:
    try:
        with ExitStack() as held:
            with session.change(_PATIENCE) as work:
                fresh = _take_waiting(session, work, held)
                work.access.append([entry])
                seal = sealing.seal_if_due(session, work) or sealing.newest_for_seat(session, work)
            if fresh is not None:
                from desktop_app.storage import waiting_entries

                waiting_entries.begin(session.folder, fresh)
        sealing.lay_beside(session, seal)
    except StorageProblem:
        # Damaged, locked, full: whoever may read may still read, and `verify` must come in to say what is wrong.
        access.lay_aside(session, entry)


def note_leaving(session: Session, via: str) -> None:
    """Somebody leaves; both chains are sealed as they stand."""
    entry = access.new_entry(session, LOGOUT, {"via": via})
    try:
        with session.change() as work:
            work.access.append([entry])
            seal = sealing.seal_now(session, work)
        sealing.lay_beside(session, seal)
    except StorageProblem:
        access.lay_aside(session, entry)


def _take_waiting(session: Session, work: Work, held: ExitStack) -> Start | None:
    """What waited goes into the log; the start of the file that takes its place, None where nothing waited.

    The file stays locked until the new one is begun, which is after the transaction stands.
    """
    from desktop_app.storage import waiting_entries

    kept = work.settings.get(_STARTS)
    known = waiting_entries.read_starts(kept) if kept is not None else ()
    if waiting_entries.is_as_known(session.folder, known[0] if known else None):
        return None
    held.enter_context(waiting_entries.locked(session.folder))
    found = waiting_entries.look(session.folder, *known)
    work.access.append([_as_logged(work, entry) for entry in found.entries])
    told = {"fault": found.fault, "only_counted": str(found.only_counted or "")}
    if any(told.values()) and not _data_are_others(work):
        access.note_access(session, work, GAP, told)
    fresh = waiting_entries.Start.anew()
    # Should the machine stop before the new file is begun, the old one is known, with what was taken of it.
    former = [replace(one, taken=found.reached) for one in known[:1]]
    work.settings.put(_STARTS, waiting_entries.write_starts(fresh, *former))
    return fresh


def _as_logged(work: Work, entry: NewEntry) -> NewEntry:
    """Of a name that no user has only the beginning is kept: it may be a password, typed into the wrong field."""
    if entry.action != LOGIN_FAILED or work.users.get(entry.by) is not None:
        return entry
    name = f"{entry.by[:_SHOWN_OF_NAME]}…（{len(entry.by)} 字）"
    return replace(entry, by=_UNKNOWN, keys={**entry.keys, "name": name})


def _data_are_others(work: Work) -> bool:
    """Whether the data were just taken from a backup or a damaged disk: then the file beside is not theirs."""
    last = work.journal.last()
    event = work.journal.get(last[0]) if last is not None else None
    return event is not None and event.action in ("restore", RECOVER)
