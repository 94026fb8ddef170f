"""Recording that somebody looked, printed or took something out: the one place that writes the access log.

A reading act is recorded before what it shows is handed out. Where the database can't be written just then, because
another program is writing for long or the disk is full, the entry waits, encrypted, beside the key ring and is taken
in at the next log-in. Where nothing at all can be written, as on a write-protected copy, reading goes on: whoever can
protect the folder from the program has the folder anyway.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from desktop_app.domain.access_entries import EXPORT, PREVIEW, PRINT, VIEW, NewEntry
from desktop_app.errors import StorageProblem
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

_PATIENCE = 0.3
"""Seconds that a reading act waits while another program writes, as during a long import; then its entry is laid aside."""
_MOST_NUMBERS = 20
"""Case numbers that an entry about many spells out; of more it tells first, last and how many."""


def record_view(session: Session, number: str) -> None:
    """Somebody opened a case. `number` is its register number."""
    record(session, VIEW, case=number)


def record_export(
    session: Session,
    kind: str,
    rows: int,
    sha256: str = "",
    masked: bool = True,
    numbers: Collection[str] = (),
) -> None:
    """Something was taken out of the program: `kind` is what (`ledger`, `issued-register`, `statistics`, `archive`,
    `bulletin` …), `sha256` the file's, by which a leaked copy is told; no name of a file, which may be a citizen's.

    `numbers`: the cases in it, where they are few and chosen.
    """
    keys = {"kind": kind, "rows": str(rows), "masked": "yes" if masked else "no", "sha256": sha256}
    _record_of_cases(session, EXPORT, keys, numbers)


def record_print(session: Session, form: str, numbers: Collection[str], copies: int = 1) -> None:
    """Pages went to a printer, or a file instead of one."""
    _record_of_cases(session, PRINT, {"form": form, "copies": str(copies)}, numbers)


def record_preview(session: Session, form: str, numbers: Collection[str]) -> None:
    """Pages of papers were looked at on the screen."""
    _record_of_cases(session, PREVIEW, {"form": form}, numbers)


def record(
    session: Session, action: str, keys: Mapping[str, str] | None = None, case: str | None = None
) -> bool:
    """One entry in a transaction of its own; False where it could be written nowhere."""
    entry = new_entry(session, action, keys, case)
    try:
        with session.change(_PATIENCE) as work:
            work.access.append([entry])
        return True
    except StorageProblem:
        return lay_aside(session, entry)


def lay_aside(session: Session, entry: NewEntry) -> bool:
    """Beside the key ring, until the next log-in; False where not even that could be written."""
    from desktop_app.storage import waiting_entries

    try:
        waiting_entries.add(session.folder, entry)
    except StorageProblem:
        return False
    return True


def note_access(
    session: Session,
    work: Work,
    action: str,
    keys: Mapping[str, str] | None = None,
    case: str | None = None,
) -> None:
    """The same within a transaction of the caller's; it stands once that does."""
    work.access.append([new_entry(session, action, keys, case)])


def new_entry(
    session: Session, action: str, keys: Mapping[str, str] | None = None, case: str | None = None
) -> NewEntry:
    """An entry by the session's user, now; keys without a value are left out."""
    told = {name: value for name, value in (keys or {}).items() if value}
    return NewEntry(
        action, session.user.name, session.clock.now(), case, told, practice=session.clock.practice
    )


def _record_of_cases(
    session: Session, action: str, keys: Mapping[str, str], numbers: Collection[str]
) -> None:
    """About one case: under its number. About some: with their numbers. About many: from which to which."""
    ordered = sorted(numbers)
    if len(ordered) == 1:
        record(session, action, keys, ordered[0])
        return
    spelt = ",".join(ordered if len(ordered) <= _MOST_NUMBERS else (ordered[0], "…", ordered[-1]))
    told = {"cases": str(len(ordered)), "numbers": spelt} if ordered else {}
    record(session, action, {**keys, **told})
