"""Everything a rule may look at when it judges a case on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from desktop_app.domain.case import Case, Complaint
from desktop_app.domain.clocks import Clock, case_clock
from desktop_app.domain.messages import Citizen
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.units import UnitRegister
from desktop_app.domain.work_calendar import WorkCalendar


@dataclass(frozen=True)
class Situation:
    """A case, the rules it stands under, and today. `citizen` is there so that public texts can be searched.

    `others` are cases that the step names, by the words that name them; `linked_complaints` is who is complained of
    in the cases that this one answers for as well.
    """

    case: Case
    regulation: Regulation
    calendar: WorkCalendar
    units: UnitRegister
    today: date
    citizen: Citizen = field(default_factory=Citizen)
    others: Mapping[str, Case] = field(default_factory=dict)
    linked_complaints: tuple[Complaint, ...] = ()

    @cached_property
    def clock(self) -> Clock | None:
        return case_clock(self.case, self.regulation, self.calendar)

    def on(self, day: date) -> Situation:
        """The same on another day; the clock, which does not hang on the day, is not read anew."""
        other = replace(self, today=day)
        vars(other)["clock"] = self.clock
        return other

    @property
    def from_above(self) -> bool:
        """Whether the case was handed down by a superior (T 第三条 主席板块)."""
        origin = self.regulation.term("source", self.case.source)
        return origin is not None and "upstream" in origin.flags
