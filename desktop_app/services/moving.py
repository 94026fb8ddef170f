"""Moving the office: from this PC to a server, or back; complete, proved on arrival, and left behind only then.

Both places tell of it by the same event, the last of the old journal and of the new one. The order is what makes it
safe (ADR 039): all arrives and is proved; the old place says that it has left; only then can the new one be entered.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.office_records import Problem
from desktop_app.domain.rights import Right
from desktop_app.errors import BadData, Fault, Refusal, StorageProblem
from desktop_app.services import (
    built_in_notices,
    moved,
    office,
    office_place,
    sealing,
    server_logins,
    verification,
)
from desktop_app.services.journaling import note
from desktop_app.services.moved import Gone
from desktop_app.services.session import Session
from desktop_app.storage import server_address
from desktop_app.storage.server_address import ServerAddress

if TYPE_CHECKING:
    from desktop_app.domain.seals import Seal
    from desktop_app.storage.arrival import Arrival, Papers
    from desktop_app.storage.moving import Carried
    from desktop_app.storage.work import Work

MOVE, REOPEN = "move-office", "reopen-office"
Progress = Callable[[int, int], bool]

_STOOD_THEN = frozenset(("attachment", "attachment_stray", "numbering"))
"""Kinds of problem that do not stand in the way, as in a restore: the office had them already."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was done: from where to where (as given to `--data`), and what came there. `problems`: those that the office
    had before. `finished`: a move that had been cut off was brought to its end."""

    origin: str
    place: str
    cases: int
    events: int
    tables: dict[str, int]
    attachments: int
    templates: int
    problems: tuple[Problem, ...] = ()
    finished: bool = False
    seat_address: str = ""
    """As `office.Founded` has it."""


def ready(session: Session, place: str) -> Callable[[Progress], Moved]:
    """Moving the office to `place`, a folder or a server's address; to be called once the session has let the data go.

    Refusal `not_allowed_for_role`. What is returned raises StorageProblem ``locked`` while anybody else is inside,
    ``office_exists`` where the place is not empty, ``moved`` where it has moved elsewhere already; Cancelled; then
    nothing has changed here, and nothing stays there.
    """
    session.require(Right.RESTORE)
    session.require_cases()
    folder, key, user, fixed = session.folder, session.database.key, session.user, session.clock
    login = session.database.login
    target = _Target.of(place)
    if not target.is_server and target.folder.resolve() == folder.resolve():
        raise Refusal("office_exists", f"数据就在 {folder}，不用搬。", None, "请另写一个地方。")

    def go(progress: Progress) -> Moved:
        from desktop_app.storage import in_use, restoring
        from desktop_app.storage.database import open_database

        with target.swept_if_new(), in_use.alone(folder) as hold:
            restoring.settle_alone(folder)
            here = Session(open_database(folder, key, hold, login), user, fixed, moved_too=True)
            try:
                with here.read() as work:
                    here.look_again(work)
                here.require(Right.RESTORE)
                done = _move(here, target, progress)
            finally:
                here.close()
        return (
            replace(done, seat_address=_with_accounts(target, key, user.name)) if target.is_server else done
        )

    return go


def ready_to_follow(session: Session, place: str) -> Callable[[], Moved]:
    """The same for a seat that stays: its own folder leads to the server once the office is there."""
    go, folder = ready(session, place), session.folder
    if not office_place.is_address(place):
        raise BadData(Fault(place, "", "应写服务器的地址；搬到另一个文件夹请用命令 move"), "bad_address")

    def act() -> Moved:
        done = go(lambda _, __: True)
        address = server_address.read_address(_Target.of(place).folder)
        if address is not None:
            server_address.write_address(folder, address)
        return done

    return act


def _with_accounts(target: _Target, key: bytes, user: str) -> str:
    """Gives everybody an account of the database where that may be; the address for the other seats."""
    session = office.enter_with_key(target.folder, user, key)
    try:
        door = server_logins.set_up(session)
    finally:
        session.close()
    return office_place.go_by_the_door(target.folder, door) if door is not None else ""


def reopen(session: Session, reason: str) -> Gone:
    """Work goes on in the old place after all; what was done in the new one meanwhile is not here.

    Refusal `wrong_state` where the office has not moved, `missing_key` without a reason.
    """
    session.require(Right.RESTORE)
    if not reason.strip():
        raise Refusal("missing_key", "重新启用搬走以前的数据，须写明理由。")
    with session.change() as work:
        found = moved.gone(work)
        if found is None:
            raise Refusal("wrong_state", "这里的数据没有搬走，不用重新启用。")
        moved.unmark(work)
        note(session, work, REOPEN, {"reason": reason.strip()}, protected={"from": found.place})
    return found


# ------------------------------------------------------------------ within


@dataclass(frozen=True, slots=True)
class _Target:
    """Where it goes: a folder, or a seat's folder that points to a server."""

    folder: Path
    address: ServerAddress | None = None
    url: str = ""

    @classmethod
    def of(cls, place: str) -> _Target:
        from desktop_app.storage import network_places

        if office_place.is_address(place):
            address = ServerAddress.of(place)
            return cls(server_address.seat_folder(address), address, place)
        folder = Path(place).absolute()
        if folder.is_file():
            raise BadData(Fault(place, "", "这是一个文件；请写一个空文件夹，或服务器的地址"))
        network_places.refuse_network_place(folder)
        return cls(folder)

    @property
    def is_server(self) -> bool:
        return self.address is not None

    def point(self) -> None:
        """The seat's folder leads to the server from now on."""
        if self.address is not None:
            server_address.settle_seat(self.url)

    def swept_if_new(self) -> _SweptIfNew:
        return _SweptIfNew(self)


class _SweptIfNew:
    """A seat's folder that was not there before goes again where nothing came of it."""

    def __init__(self, target: _Target) -> None:
        self._target = target
        self._new = target.is_server and not target.folder.exists()

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and self._new:
            shutil.rmtree(self._target.folder, ignore_errors=True)


def _move(session: Session, target: _Target, progress: Progress) -> Moved:
    from desktop_app.storage import arrival

    target.point()
    with session.read() as work:
        found, last = moved.gone(work), work.journal.last()
    if found is not None:
        return _finished(session, target, found, last[1] if last is not None else "")
    built_in_notices.follow(session)
    with arrival.arrival_at(target.folder, session.database.key) as coming:
        done, seal = _carried(session, target, coming, progress)
    sealing.lay_beside(session, seal)
    arrival.open_door_at(target.folder)
    _lay_seal(target.folder, seal)
    return done


def _finished(session: Session, target: _Target, found: Gone, head: str) -> Moved:
    """The end of a move that was cut off after the old place had been left."""
    from desktop_app.storage import arrival

    papers = arrival.papers_at(target.folder)
    if papers is None or papers.head != head:
        with session.read() as work:
            moved.refuse_gone(work)
    arrival.open_door_at(target.folder)
    with session.read() as work:
        seal, cases, events = work.seals.last(), sum(1 for _ in work.cases.all()), work.journal.count()
    _lay_seal(target.folder, seal)
    origin = office_place.shown(session.folder)
    return Moved(origin, office_place.shown(target.folder), cases, events, {}, 0, 0, finished=True)


def _carried(
    session: Session, target: _Target, coming: Arrival, progress: Progress
) -> tuple[Moved, Seal | None]:
    """All of it to the new place, proved there; the old one marked, in the same transaction that was copied."""
    key, origin, place = (
        session.database.key,
        office_place.shown(session.folder),
        office_place.shown(target.folder),
    )
    with session.change() as work:
        note(session, work, MOVE, protected={"from": origin, "to": place})
        seal = sealing.seal_now(session, work)
        carrying = _part(progress, 0)
        departing = work.departing()
        carried = coming.fill(
            key, lambda there, folder, build: departing.carry(there, folder, carrying, build)
        )
        found = _proved(session, coming, _part(progress, 1))
        coming.settle(_papers(session, work))
        moved.mark(work, Gone(place, office_place.where(target.folder), session.clock.now()))
    return _told(origin, place, carried, found), seal


def _part(progress: Progress, place: int) -> Progress:
    """One of the two halves of the work, in tenths of a percent of the whole."""

    def tell(done: int, total: int) -> bool:
        return progress(500 * place + 500 * min(done, total) // max(total, 1), 1000)

    return tell


def _proved(session: Session, coming: Arrival, progress: Progress) -> verification.Verified:
    database = coming.proved(session.database.key)
    try:
        there = Session(database, session.user, session.clock)
        with there.read() as work:
            there.look_again(work)
        found = verification.verify(there, in_place=False, progress=progress)
    finally:
        database.close()
    hindering = [one for one in found.problems if one.kind not in _STOOD_THEN]
    if hindering:
        more = f"（共 {len(hindering)} 处）" if len(hindering) > 1 else ""
        raise StorageProblem(
            "damaged",
            f"搬到新处以后没有通过核验，没有搬：{hindering[0].message}{more}原处没有改动。",
            "请先在原处运行 verify；原处也有同样的问题的，先从备份恢复，或用 verify --rebuild 重建。",
        )
    return found


def _papers(session: Session, work: Work) -> Papers:
    from desktop_app.storage import arrival, backup, keyring_entries, shelves, waiting_entries

    shelf = shelves.shelf_of(session.folder)
    read = {name: shelf.read(name) for name in (keyring_entries.KEYRING_FILE, waiting_entries.WAITING_FILE)}
    last = work.journal.last()
    return arrival.Papers(
        backup.mark_of(session.database.key),
        last[1] if last is not None else "",
        {name: content for name, content in read.items() if content is not None},
    )


def _lay_seal(folder: Path, seal: Seal | None) -> None:
    from desktop_app.storage import seals

    if seal is not None:
        with suppress(StorageProblem):
            seals.write_beside(folder, seal)


def _told(origin: str, place: str, carried: Carried, found: verification.Verified) -> Moved:
    return Moved(
        origin,
        place,
        found.cases,
        found.events,
        dict(carried.tables),
        carried.attachments,
        carried.templates,
        found.problems,
    )
