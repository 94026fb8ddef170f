"""Everything a rule may look at when it judges a case on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from desktop_app.domain.case import Case
from desktop_app.domain.clocks import Clock, case_clock
from desktop_app.domain.messages import Citizen
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.units import UnitRegister
from desktop_app.domain.work_calendar import WorkCalendar


@dataclass(frozen=True)
class Situation:
    """A case, the rules it stands under, and today. `citizen` is there so that public texts can be searched."""

    case: Case
    regulation: Regulation
    calendar: WorkCalendar
    units: UnitRegister
    today: date
    citizen: Citizen = field(default_factory=Citizen)

    @cached_property
    def clock(self) -> Clock | None:
        return case_clock(self.case, self.regulation, self.calendar)
