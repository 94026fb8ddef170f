"""An open office and who sits before it: what every act of the office needs, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.national_notices import standard_calendar
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.units import UnitRegister
from desktop_app.domain.users import Role, User
from desktop_app.domain.work_calendar import WorkCalendar
from desktop_app.errors import Refusal
from desktop_app.services import regulations
from desktop_app.services.settings_keys import DEFAULT_REGULATION, OFFICE_NAME

if TYPE_CHECKING:
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


@dataclass
class Session:
    """One user at one open office. Units are read once and again whenever they have changed."""

    database: Database
    user: User
    clock: OfficeClock = field(default_factory=OfficeClock)
    _units: tuple[int, UnitRegister] | None = None
    _calendar: WorkCalendar | None = None

    @contextmanager
    def change(self) -> Iterator[Work]:
        with self.database.change() as work:
            yield work

    @contextmanager
    def read(self) -> Iterator[Work]:
        with self.database.read() as work:
            yield work

    @property
    def folder(self) -> Path:
        """The data folder of the office."""
        return self.database.folder

    def data_version(self) -> int:
        """Changes whenever someone else, such as the command line, has written to the data; asked per thread."""
        return self.database.data_version()

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
        """The working days of this office."""
        if self._calendar is None:
            self._calendar = standard_calendar()
        return self._calendar

    def units(self, work: Work) -> UnitRegister:
        """The unit register as it stands in this transaction."""
        edition = int(work.settings.get(UNITS_EDITION) or 0)
        if self._units is None or self._units[0] != edition:
            self._units = (edition, UnitRegister(work.units.all()))
        return self._units[1]

    def require(self, *roles: Role) -> None:
        """Refuses (`not_allowed_for_role`) unless the user has one of the roles."""
        if not any(role in self.user.roles for role in roles):
            needed = "、".join(role.label for role in roles)
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


UNITS_EDITION = "units.edition"
"""Setting that counts changes of the unit register."""
