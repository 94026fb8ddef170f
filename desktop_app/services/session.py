"""An open office and who sits before it: what every act of the office needs, and nothing more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from desktop_app.domain.entered_notices import EnteredNotice, calendar_with, read_entered
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.rights import Right, Separation, holders, may
from desktop_app.domain.units import UnitRegister
from desktop_app.domain.users import User
from desktop_app.domain.waiting import Waiting
from desktop_app.domain.work_calendar import WorkCalendar
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.services import moved, regulations
from desktop_app.services.kept_cases import KeptCases
from desktop_app.services.own_events import OwnEvents
from desktop_app.services.settings_keys import (
    DEFAULT_REGULATION,
    OFFICE_NAME,
    ROLES_SEPARATED,
    USERS_EDITION,
)
from desktop_app.services.typed_here import SeatCopies

if TYPE_CHECKING:
    from desktop_app.services.learned_model import LearnedModel
    from desktop_app.storage.database import Database
    from desktop_app.storage.work import Work

CHINA = timezone(timedelta(hours=8))
"""Fixed: Windows carries no zone data, and the whole country keeps one time."""


@dataclass(frozen=True, slots=True)
class OfficeClock:
    """Today and now. `fixed` is another day that counts as today (`--today`), for training and tests."""

    fixed: date | None = None

    def today(self) -> date:
        return self.fixed or datetime.now(CHINA).date()

    def now(self) -> str:
        """The real time with +08:00, whatever counts as today."""
        return datetime.now(CHINA).isoformat(timespec="milliseconds")

    @property
    def practice(self) -> bool:
        return self.fixed is not None


class _Transaction(threading.local):
    """The transaction that a thread has open, the calendar as it stands in it, and whether it has changed that."""

    work: Work | None = None
    calendar: WorkCalendar | None = None
    changed: bool = False


@dataclass
class Session:
    """One user at one open office. Units and calendar are read once and again whenever they have changed; so is what
    the user may do (`separation`: how far the office has set its posts apart)."""

    database: Database
    user: User
    clock: OfficeClock = field(default_factory=OfficeClock)
    separation: Separation = Separation.NONE
    users_edition: str = ""
    _units: tuple[int, UnitRegister] | None = None
    _calendar: tuple[str, WorkCalendar] | None = None
    _open: _Transaction = field(default_factory=_Transaction)
    kept_cases: KeptCases = field(default_factory=KeptCases)
    """The open cases as last known; `open_cases` alone looks after them."""
    learned: dict[str, tuple[str, LearnedModel | None]] = field(default_factory=dict)
    """What was learned, by name, with when; `suggestions` alone looks after it."""
    own_events: OwnEvents = field(default_factory=OwnEvents)
    """What this seat itself has recorded; `overtaken` asks."""
    copies: SeatCopies = field(init=False, repr=False)
    """What was typed here and is not on the server yet; `typed_here` alone looks after it."""
    seat: str = field(default_factory=lambda: uuid4().hex)
    """This window, or this call of the command line, among all that are in the office now (`presence`)."""
    moved_too: bool = False
    """Whether it may be in an office that has moved elsewhere."""

    def __post_init__(self) -> None:
        self.copies = SeatCopies(self.database.folder, self.database.key, self.user.name)

    @contextmanager
    def change(self, patience: float | None = None, called: str = "") -> Iterator[Work]:
        """One transaction; `patience` as in `Database.change`. `called`: what others read who wait for it to end; for
        what may take long."""
        by = self.user.name, called
        with self._held_to_role(), self.database.change(patience, by) as work, self._within(work):
            self._see_to_user(work)
            yield work
            self._keep_open_items(work)
            recorded = work.journal.appended
        self.own_events.add(recorded)
        if self._open.changed:
            with (
                suppress(StorageProblem),
                self.read(),
            ):  # what was changed stands, whatever happens to the server now
                self.calendar()

    @contextmanager
    def read(self) -> Iterator[Work]:
        with self._held_to_role(), self.database.read() as work, self._within(work):
            yield work

    def _keep_open_items(self, work: Work) -> None:
        from desktop_app.services.kept_items import keep_in_step

        keep_in_step(self, work)

    @contextmanager
    def beside(self) -> Iterator[Work]:
        """A short transaction for what is no act of the office (`Database.beside`)."""
        with self.database.beside() as work, self._within(work):
            yield work

    @contextmanager
    def _within(self, work: Work) -> Iterator[None]:
        self._open.work, self._open.calendar, self._open.changed = work, None, False
        try:
            yield
        finally:
            self._open.work = self._open.calendar = None

    def _see_to_user(self, work: Work) -> None:
        """Refuses (`not_allowed_for_role`) once, where somebody else has changed meanwhile what this user may do."""
        if (work.settings.get(USERS_EDITION) or "") == self.users_edition:
            return
        before = self.user.roles, self.separation
        self.look_again(work)
        if not self.user.active:
            raise Refusal("not_allowed_for_role", "这个用户已经停用，没有办理。", None, "请找系统管理员。")
        if before != (self.user.roles, self.separation):
            raise Refusal(
                "not_allowed_for_role",
                "您的角色刚刚有变动，这一步没有办理。",
                None,
                "仍要办理的，请再试一次。",
            )

    def look_again(self, work: Work) -> None:
        """What the user may do, as it stands in this transaction; one who is gone may do nothing. StorageProblem
        ``moved`` where the whole office is gone."""
        if not self.moved_too:
            moved.refuse_gone(work)
        self.users_edition = work.settings.get(USERS_EDITION) or ""
        self.separation = Separation(work.settings.get(ROLES_SEPARATED) or "")
        self.user = work.users.get(self.user.name) or User(self.user.name, frozenset(), active=False)

    @property
    def folder(self) -> Path:
        """The data folder of the office."""
        return self.database.folder

    def data_version(self) -> int:
        """Changes whenever someone else, such as the command line, has written to the data; asked per thread."""
        return self.database.data_version()

    def interrupt(self, thread: int) -> None:
        """From another thread: has what that one reads just now end in Cancelled; what it changes goes on."""
        self.database.interrupt(thread)

    def ask_no_longer(self) -> None:
        """From any thread: what became of a change whose answer was lost is not waited for (`outcome_unknown`), nor is
        one's turn to write (`given_up`)."""
        self.database.ask_no_longer()

    def tell_waits(self, waits: Callable[[Waiting | None], None]) -> None:
        """Have a long wait for another seat that writes told, on the thread that waits; None: it is over."""
        self.database.tell_waits(waits)

    def leave(self) -> None:
        """From any thread, as the program ends: nothing waits for a server that does not answer."""
        self.database.leave()

    def close(self) -> None:
        """Let the data go, on all threads."""
        self.database.close()

    @property
    def today(self) -> date:
        return self.clock.today()

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(self.user.roles)

    def calendar(self) -> WorkCalendar:
        """The working days of this office: within a transaction as they stand in it, else as last seen."""
        if self._open.work is None:
            if self._calendar is not None:
                return self._calendar[1]
            with self.read():
                return self.calendar()
        if self._open.calendar is None:
            self._open.calendar = self._calendar_in(self._open.work)
        return self._open.calendar

    def _calendar_in(self, work: Work) -> WorkCalendar:
        edition = work.settings.get(CALENDAR_EDITION) or ""
        if self._calendar is not None and self._calendar[0] == edition:
            return self._calendar[1]
        calendar = calendar_with(entered_notices(work)) if edition else calendar_with(())
        if not self._open.changed:
            # What is not committed yet is nobody else's calendar.
            self._calendar = (edition, calendar)
        return calendar

    def calendar_changed(self) -> None:
        """Within this thread's transaction the notices have changed: what is counted from here on counts by them."""
        self._open.calendar, self._open.changed = None, True

    def units(self, work: Work) -> UnitRegister:
        """The unit register as it stands in this transaction."""
        edition = int(work.settings.get(UNITS_EDITION) or 0)
        if self._units is None or self._units[0] != edition:
            self._units = (edition, UnitRegister(work.units.all()))
        return self._units[1]

    def may(self, right: Right) -> bool:
        """Whether the user has the right."""
        return may(self.user.roles, right, self.separation)

    @property
    def reaches_cases(self) -> bool:
        """Whether the user's account of the database may read cases at all: on a server the posts' may not, where in a
        file the program alone keeps them out."""
        return self.database.login is None or self.may(Right.SEE_CASES)

    @contextmanager
    def _held_to_role(self) -> Iterator[None]:
        """Where a service reads a case before it asks for a right, the server has refused first: the same, said alike."""
        try:
            yield
        except StorageProblem as problem:
            if problem.code == "server_refused":
                self.require_cases()
            raise

    def require_cases(self) -> None:
        """Refuses (`not_allowed_for_role`) what reads cases to a post whose account may not."""
        if not self.reaches_cases:
            raise Refusal(
                "not_allowed_for_role",
                "这一步要读办件；数据在服务器上，管理岗位的数据库账号读不到办件。",
                None,
                "请由经办、审核或领导查看角色的用户办理，或请服务器管理员用建立单位时的数据库账号办理。",
            )

    def require(self, right: Right) -> None:
        """Refuses (`not_allowed_for_role`) unless the user has the right."""
        if not self.may(right):
            needed = "、".join(role.label for role in holders(right, self.separation))
            raise Refusal(
                "not_allowed_for_role",
                f"这一步须由“{needed}”角色的用户办理。",
                None,
                "请换有此权限的用户登录。",
            )

    def office_name(self, work: Work) -> str:
        return work.settings.get(OFFICE_NAME) or ""

    def default_regulation(self, work: Work) -> Regulation:
        chosen = work.settings.get(DEFAULT_REGULATION)
        return regulations.load(chosen if chosen is not None else regulations.known_ids()[0])


def entered_notices(work: Work) -> list[EnteredNotice]:
    """The notices that the office entered, by year and region. StorageProblem `damaged` where they can't be read."""
    try:
        return [one for row in work.notices.all() for one in read_entered(row.text)]
    except (ValueError, KeyError, TypeError) as error:
        raise StorageProblem(
            "damaged", "录入的放假安排读不出来。", "请运行 verify 查明，并从最近的备份恢复。"
        ) from error


UNITS_EDITION = "units.edition"
"""Setting that counts changes of the unit register."""

CALENDAR_EDITION = "calendar.edition"
"""Setting that tells the notices entered (`entered_notices.edition_of`): other seats see by it that they changed."""
