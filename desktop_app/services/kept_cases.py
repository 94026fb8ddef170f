"""Open cases as last folded, so that what nothing happened to is not folded again (docs/adr/018)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from desktop_app.domain.case import Case
    from desktop_app.domain.case_rows import CaseRow
    from desktop_app.domain.messages import Citizen
    from desktop_app.domain.open_items import OpenItem
    from desktop_app.domain.units import UnitRegister
    from desktop_app.domain.work_calendar import WorkCalendar

_DAYS_KEPT = 4
"""Today and the next working day are asked for all day long; some more in passing."""


@dataclass(slots=True)
class KeptCase:
    """A case as of its newest event, and what was open on it, by day. Threads share it: `items` is replaced whole."""

    last_event: int
    case: Case
    citizen: Citizen
    items: Mapping[date, tuple[OpenItem, ...]] = field(default_factory=dict)

    def keep(self, day: date, items: tuple[OpenItem, ...]) -> None:
        newest = list(self.items.items())[1 - _DAYS_KEPT :]
        self.items = {**dict(newest), day: items}


@dataclass(frozen=True, slots=True)
class KeptCases:
    """The open cases of an office as of one event. What is open on them holds for one calendar and one register of
    units; their rows for one calendar.

    `rows` are in the order of the register. `head` is the newest event of the journal then, None before the first.
    """

    calendar: WorkCalendar | None = None
    units: UnitRegister | None = None
    head: int | None = None
    rows: Mapping[str, CaseRow] = field(default_factory=dict)
    by_number: Mapping[str, KeptCase] = field(default_factory=dict)

    def under(self, calendar: WorkCalendar, units: UnitRegister) -> KeptCases:
        """What may still be used under these: all of it, or the cases without what was open on them."""
        if calendar is self.calendar and units is self.units:
            return self
        cases = {
            number: KeptCase(one.last_event, one.case, one.citizen) for number, one in self.by_number.items()
        }
        if calendar is not self.calendar:
            return KeptCases(calendar, units, by_number=cases)
        return KeptCases(calendar, units, self.head, self.rows, cases)
