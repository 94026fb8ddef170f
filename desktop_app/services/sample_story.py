"""How a story of the sample office is told: steps laid back from today over working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_app.domain.history import approval_chain
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.units import Unit, UnitRegister
from desktop_app.domain.work_calendar import WorkCalendar

Sample = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One step of a story."""

    action: str
    on: date
    keys: dict[str, str]


@dataclass(frozen=True, slots=True)
class Day:
    """Working days counted back from today."""

    calendar: WorkCalendar
    today: date

    def back(self, n: int) -> date:
        """The n-th working day before today; 0 is today itself."""
        day = self.today
        for _ in range(n):
            day = self.calendar.last_working_day_before(day)
        return day


class Story:
    """A story as it is told: each method adds a step on the n-th working day before today."""

    def __init__(self, sample: Sample, day: Day, regulation: Regulation, units: UnitRegister) -> None:
        self.sample = sample
        self.day = day
        self.regulation = regulation
        unit = units.find(sample["unit"])
        self.unit = unit if unit is not None else Unit(sample["unit"])
        self.steps: list[Told] = []
        self.limit = regulation.limits.reply.days

    @property
    def from_above(self) -> bool:
        """Whether a superior handed the message down."""
        origin = self.regulation.term("source", self.sample["board"])
        return origin is not None and "upstream" in origin.flags

    def step(self, action: str, back: int, **keys: str) -> None:
        self.steps.append(
            Told(action, self.day.back(back), {name: value for name, value in keys.items() if value})
        )

    def accepted(self, back: int) -> None:
        kind = self.sample.get("complained_kind")
        self.step("accept", back, category=self.sample["category"], urgency=self.sample["urgency"])
        if kind:
            self.step(
                "complained-of",
                back,
                kind=kind,
                unit=self.sample.get("complained_unit", ""),
                person=self.sample.get("complained_person", ""),
            )

    def dispatched(self, back: int) -> None:
        self.accepted(back)
        self.step(
            "dispatch",
            back,
            lead=self.sample["unit"],
            supporting=self.sample.get("supporting", ""),
            opinion=self.sample.get("opinion", ""),
        )

    def received(self, back: int) -> None:
        self.dispatched(back)
        self.step("receive", back, by=self.unit.handler, manner="签收")

    def contacted(self, when: str, back: int) -> None:
        if self.sample.get("contact"):
            self.step("contact", back, when=when, channel="电话", result="已联系，核实了情况。")

    def replied(self, back: int, stamped: str = "yes") -> None:
        self.step(
            "reply",
            back,
            text=self.sample["reply"],
            suggested_public="no" if self.sample.get("private_reason") else "yes",
            signer=self.unit.head,
            stamped=stamped,
            handler=self.unit.handler,
            phone=self.unit.phone,
        )

    def reviewed(self, back: int) -> None:
        private = self.sample.get("private_reason", "")
        self.step("pass-review", back, by="李建国", public="no" if private else "yes", private_reason=private)

    def signed_off(self, back: int) -> None:
        if "sign-off" in self.regulation.actions:
            self.step("sign-off", back, by="秘书长")

    def answered(self, back: int) -> None:
        """Reviewed, signed off where that is asked, and told to the citizen the same day."""
        self.reviewed(back)
        self.signed_off(back)
        if not self.sample.get("private_reason"):
            self.step("publish", back, place="人民网领导留言板")
            return
        self.step("answer-privately", back, by=self.unit.handler, channel="电话")
        if "post-note" in self.regulation.actions:
            self.step("post-note", back, text="该留言涉及个人隐私，承办单位已直接答复留言人。")

    def urged(self, back: int) -> None:
        self.step("urge", back, to=f"{self.unit.name}主要负责人", channel="电话", by="王敏")
        self.step("serve", back, paper="urge", manner="当面", received_by=self.unit.handler)

    def extended(self, asked: int, granted: int, days: str) -> None:
        self.step(
            "apply-extension",
            asked,
            days=days,
            reason="涉及多个部门，需现场核查。",
            applicant=self.unit.name,
            progress="已初步调查，正在会商。",
            citizen_told="yes",
        )
        if granted < 0:
            return
        for level in approval_chain(self.regulation, self.sample["board"]):
            self.step("approve-extension", granted, level=level, by=f"{level}负责人")
