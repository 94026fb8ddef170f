"""Whether the two chains are what they once were: link by link, by their seals, and by what the backups hold.

Who has the key of an office can write both chains anew, so that they prove whole. The seal beside the key ring and
the backups, of which one lies in a second place, are out of reach of one who only has the data folder's database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.office_records import Problem
from desktop_app.errors import BadData, Fault, StorageProblem
from desktop_app.services import settings_keys
from desktop_app.services.earlier_keys import keys_in
from desktop_app.services.pc_clock import TOLERANCE
from desktop_app.services.session import Session
from desktop_app.services.stages import Watch, unwatched
from desktop_app.services.trail_words import title_of

if TYPE_CHECKING:
    from desktop_app.storage.backup import BackupFacts
    from desktop_app.storage.comparison import Difference
    from desktop_app.storage.work import Work

_RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class EarlierCopy:
    """A backup that the chains are to be held against. `key` opens it; it may be another than today's."""

    file: Path
    key: bytes


def earlier_copy(session: Session, file: Path, unlock: Callable[[Path], bytes]) -> EarlierCopy:
    """The backup of that file; `unlock` opens a key ring with the user's password, where the key has been renewed
    since. BadData where it is no whole backup; StorageProblem `wrong_password`."""
    from desktop_app.private_folder import HALF_MADE, PrivateFolder
    from desktop_app.storage import backup

    facts = backup.read_facts(file)
    if facts is None:
        raise BadData(Fault(file.name, "", "读不出来，不是完整的备份文件"))
    if facts.mark == backup.mark_of(session.database.key):
        return EarlierCopy(file, session.database.key)
    with PrivateFolder(session.folder, HALF_MADE) as beside:
        try:
            backup.unpack(file, beside.path)
        except StorageProblem as problem:
            raise BadData(Fault(file.name, "", problem.message)) from problem
        return EarlierCopy(file, unlock(beside.path))


def chain_problems(
    session: Session, work: Work, in_place: bool, against: EarlierCopy | None, watch: Watch = unwatched
) -> Iterator[Problem]:
    """Everything wrong with the chains, the first fault first, and where a backup tells it, what stood there.

    `watch` is told the number of the event that was reached.
    """
    found = list(work.chains.check(title_of, watch))
    sealed = list(work.seals.check())
    if in_place:
        sealed += work.seals.check_beside(session.folder)
    copies = _earlier_copies(session, work) if in_place else []
    if against is not None:
        copies.insert(0, against)
    yield from found
    told: set[str] = set()
    for copy in copies:
        for problem in _differences(work, copy, at_any_rate=bool(found or sealed)):
            # What the newest backup tells of an entry need not be told of it by all.
            if problem.where not in told:
                told.add(problem.where)
                yield problem
    # A seal tells only that something up to its day is otherwise: what is exact goes first.
    yield from sealed


def clock_notes(work: Work) -> Iterator[Problem]:
    """Entries that were entered before the one before them: the clock of a machine was set back."""
    return work.chains.times_gone_back(TOLERANCE)


def _earlier_copies(session: Session, work: Work) -> list[EarlierCopy]:
    """The office's own backups, each under the key of its day."""
    from desktop_app.storage import backup

    keys = keys_in(session, work)
    return [EarlierCopy(one, backup.key_for(one, keys)) for one in _own_backups(session, work)]


def _own_backups(session: Session, work: Work) -> Iterator[Path]:
    """Those in the data folder and, where it is there, the second place; the newest first."""
    from desktop_app.storage import backup

    second = work.settings.get(settings_keys.SECOND_BACKUP_PLACE)
    for place in (session.folder / backup.BACKUPS_FOLDER, Path(second) if second else None):
        if place is not None:
            with suppress(OSError):
                yield from [one.path for one, _ in backup.own_backups(place, *keys_in(session, work))]


def _differences(work: Work, copy: EarlierCopy, at_any_rate: bool) -> list[Problem]:
    """What the backup has otherwise; where both ends are in the chains nothing can be, and it is not even opened."""
    from desktop_app.storage import backup, comparison

    facts = backup.read_facts(copy.file)
    if facts is None:
        return []
    if not at_any_rate and work.chains.hold((facts.events, facts.head), facts.access):
        return []
    try:
        with backup.opened_database(copy.file, copy.key) as driver:
            found = work.chains.differences(driver)
    except (StorageProblem, OSError):
        # That the backup is damaged is told of it elsewhere.
        return []
    return [
        comparison.problem_of(one, copy.file.name, title_of)
        for one in found
        if not _was_replaced(work, one, facts)
    ]


def _was_replaced(work: Work, one: Difference, facts: BackupFacts) -> bool:
    """Whether the office went on from an earlier backup since: then there are two histories, and both are true."""
    for event in work.journal.of_office(_RESTORE):
        if facts.made >= event.entered:
            continue
        if one.is_journal and one.number >= event.id:
            return True
        sealed = [seal for seal in work.seals.all() if seal.journal.id < event.id]
        if not one.is_journal and (not sealed or one.number > sealed[-1].access.id):
            return True
    return False
