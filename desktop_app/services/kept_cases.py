"""Open cases as a session last knew them, so that what nothing happened to is not read again (docs/adr/034)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from desktop_app.domain.case import Case
    from desktop_app.domain.kept_items import KeptItems, OpenRow
    from desktop_app.domain.messages import Citizen
    from desktop_app.domain.open_items import OpenItem
    from desktop_app.domain.open_spells import OpenSpells
    from desktop_app.domain.units import UnitRegister
    from desktop_app.domain.work_calendar import WorkCalendar

_DAYS_KEPT = 4
"""Today and the next working day are asked for all day long; some more in passing."""


@dataclass(slots=True)
class KeptCase:
    """A case as of its newest event, and what was open on it, by day. Threads share it: `items` is replaced whole.

    `spells` tell what is open on any day; None where that hangs on other cases as well, which `folded` is judged
    with each time: the case and who wrote it.
    """

    row: OpenRow
    spells: OpenSpells | None
    folded: tuple[Case, Citizen] | None = None
    items: Mapping[date, tuple[OpenItem, ...]] = field(default_factory=dict)

    def keep(self, day: date, items: tuple[OpenItem, ...]) -> None:
        newest = list(self.items.items())[1 - _DAYS_KEPT :]
        self.items = {**dict(newest), day: items}


@dataclass(frozen=True, slots=True)
class KeptCases:
    """The open cases of an office as of one event, in the order of the register, under one calendar and one register
    of units, told apart as objects.

    `head` is the newest event of the journal then, None before the first question. `unsaved` is what was found
    anew, and not in the database as yet.
    """

    calendar: WorkCalendar | None = None
    units: UnitRegister | None = None
    head: int | None = None
    by_number: Mapping[str, KeptCase] = field(default_factory=dict)
    unsaved: tuple[KeptItems, ...] = ()

    def under(self, calendar: WorkCalendar, units: UnitRegister) -> KeptCases:
        """What may still be used under these: all of it, or nothing."""
        if calendar is self.calendar and units is self.units:
            return self
        return KeptCases(calendar, units)
